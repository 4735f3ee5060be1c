// Every gradient rule against central differences in float64, and its own gradient too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { algebra } from '../../../runtime/grad/algebra.ts';
import { gradient } from '../../../runtime/grad/gradient.ts';
import { vjp } from '../../../runtime/grad/vjp.ts';
import type { Dense } from '../../../runtime/emit/dense.ts';
import { sizeOf } from '../../../runtime/ir/layout.ts';
import type { Attrs, Node } from '../../../runtime/ir/node.ts';
import type { OpName } from '../../../runtime/ir/ops.ts';
import { dense, numbers, Recorder } from '../../support/reference.ts';

type Range = readonly [number, number];
interface Operand {
  readonly shape: readonly number[];
  /** Bounds of the random values, or the values of an operand that is not differentiated. */
  readonly within?: Range;
  readonly bools?: readonly number[];
  readonly indices?: readonly number[];
}
interface Case {
  readonly op: OpName;
  readonly operands: readonly Operand[];
  readonly attrs?: Attrs;
  readonly orders?: 1 | 2;
}

const x = (...shape: number[]): Operand => ({ shape });
const positive = (...shape: number[]): Operand => ({ shape, within: [0.5, 2] });
const small = (...shape: number[]): Operand => ({ shape, within: [-0.6, 0.6] });
const large = (...shape: number[]): Operand => ({ shape, within: [3.1, 3.9] });
const bools = (...values: number[]): Operand => ({ shape: [values.length], bools: values });
const indices = (shape: number[], ...values: number[]): Operand => ({ shape, indices: values });
const slice = (starts: number[], sizes: number[], steps: number[]): Attrs => ({ starts, sizes, steps });
const dot = (
  lhsContract: number[],
  rhsContract: number[],
  lhsBatch: number[] = [],
  rhsBatch: number[] = [],
): Attrs => ({
  ...{ lhsContract, rhsContract, lhsBatch, rhsBatch },
});

const cases: readonly Case[] = [
  { op: 'neg', operands: [x(3)] },
  { op: 'abs', operands: [x(2, 3)] },
  { op: 'sign', operands: [x(3)] },
  { op: 'sqrt', operands: [positive(3)] },
  { op: 'exp', operands: [x(3)] },
  { op: 'log', operands: [positive(3)] },
  { op: 'sin', operands: [x(3)] },
  { op: 'cos', operands: [x(3)] },
  { op: 'tanh', operands: [x(3)] },
  ...(['log2', 'log10', 'log1p', 'cbrt'] as const).map(op => ({ op, operands: [positive(3)] })),
  ...(['expm1', 'atan', 'sinh', 'cosh', 'asinh'] as const).map(op => ({ op, operands: [x(3)] })),
  ...(['tan', 'asin', 'acos', 'atanh'] as const).map(op => ({ op, operands: [small(3)] })),
  { op: 'acosh', operands: [large(3)] },
  { op: 'atan2', operands: [x(2, 3), positive(3)] },
  { op: 'cast', operands: [x(3)], attrs: { dtype: 'float64' } },
  { op: 'add', operands: [x(2, 3), x(3)] },
  { op: 'add', operands: [x(2, 1), x(1, 3)] },
  { op: 'sub', operands: [x(), x(2, 3)] },
  { op: 'mul', operands: [x(2, 1, 3), x(4, 1)] },
  { op: 'div', operands: [x(2, 3), positive(3)] },
  { op: 'mod', operands: [x(4), large(4)] },
  { op: 'mod', operands: [large(3), { shape: [1], within: [1.3, 1.5] }] },
  { op: 'pow', operands: [positive(2, 3), x(3)] },
  { op: 'max', operands: [x(2, 3), x(3)] },
  { op: 'min', operands: [x(2, 3), x(2, 1)] },
  { op: 'hypot', operands: [x(3), x(2, 3)] },
  { op: 'where', operands: [bools(1, 0, 1), x(2, 3), x()] },
  { op: 'reshape', operands: [x(2, 3)], attrs: { shape: [3, 1, 2] } },
  { op: 'permute', operands: [x(2, 3, 4)], attrs: { axes: [2, 0, 1] } },
  { op: 'expand', operands: [x(3, 1)], attrs: { shape: [2, 3, 4] } },
  { op: 'slice', operands: [x(5, 4)], attrs: slice([1, 0], [3, 4], [1, 1]) },
  { op: 'slice', operands: [x(7, 4)], attrs: slice([1, 3], [3, 2], [2, -2]) },
  { op: 'slice', operands: [x(7)], attrs: slice([6], [3], [-3]) },
  { op: 'slice', operands: [x(5, 3)], attrs: slice([2, 2], [1, 3], [4, -1]) },
  { op: 'slice', operands: [x(5, 3)], attrs: slice([5, 0], [0, 3], [1, 1]) },
  { op: 'pad', operands: [x(2, 3)], attrs: { low: [1, 0], high: [0, 2], value: 7 } },
  { op: 'concat', operands: [x(2, 1), x(2, 3), x(2, 0)], attrs: { axis: 1 } },
  { op: 'sum', operands: [x(2, 3, 4)], attrs: { axes: [0, 2] } },
  { op: 'sum', operands: [x(2, 3)], attrs: { axes: [0, 1] } },
  { op: 'prod', operands: [x(2, 3, 2)], attrs: { axes: [2, 0] } },
  { op: 'prod', operands: [x(4)], attrs: { axes: [0] } },
  { op: 'prod', operands: [x(2, 0)], attrs: { axes: [1] } },
  { op: 'reduceMax', operands: [x(2, 3, 4)], attrs: { axes: [1] } },
  { op: 'reduceMin', operands: [x(2, 3, 4)], attrs: { axes: [0, 1, 2] } },
  { op: 'cumsum', operands: [x(2, 4)], attrs: { axis: 1 } },
  { op: 'cumsum', operands: [x(3, 2)], attrs: { axis: 0 } },
  { op: 'cumprod', operands: [x(4, 2)], attrs: { axis: 0 } },
  { op: 'dot', operands: [x(2, 3), x(3, 4)], attrs: dot([1], [0]) },
  { op: 'dot', operands: [x(3), x(3)], attrs: dot([0], [0]) },
  { op: 'dot', operands: [x(2), x(3)], attrs: dot([], []) },
  { op: 'dot', operands: [x(5, 2, 3), x(5, 3, 4)], attrs: dot([2], [1], [0], [0]) },
  { op: 'dot', operands: [x(3, 5, 2, 4), x(4, 2, 3, 5)], attrs: dot([3, 0], [0, 2], [1], [3]) },
  { op: 'dot', operands: [x(2, 3, 4), x(4, 3, 2)], attrs: dot([0, 2], [2, 0]) },
  { op: 'gather', operands: [x(4, 3), indices([2, 2], 0, 3, 3, 1)], attrs: { axis: 0 } },
  { op: 'gather', operands: [x(2, 4, 3), indices([3], 2, 2, 0)], attrs: { axis: 1 } },
  { op: 'gather', operands: [x(2, 3), indices([], 1)], attrs: { axis: 1 } },
  { op: 'scatter', operands: [x(4, 2), indices([2], 3, 0), x(2, 2)], attrs: { mode: 'set' } },
  { op: 'scatter', operands: [x(4, 2), indices([3], 3, 0, 3), x(3, 2)], attrs: { mode: 'add' } },
  { op: 'scatter', operands: [x(4), indices([3], 3, 0, 3), x(3)], attrs: { mode: 'mul' } },
  { op: 'scatter', operands: [x(4), indices([3], 3, 0, 3), x(3)], attrs: { mode: 'max' } },
  { op: 'scatter', operands: [x(4), indices([3], 3, 0, 3), x(3)], attrs: { mode: 'min' } },
  { op: 'sort', operands: [x(3, 4)], attrs: { axis: 1 } },
  { op: 'sort', operands: [x(3, 2, 2)], attrs: { axis: 0 } },
  { op: 'inverse', operands: [{ shape: [2, 3, 3], within: [-2, 2] }] },
  { op: 'solve', operands: [{ shape: [2, 3, 3], within: [-2, 2] }, x(2, 3, 2)] },
  { op: 'det', operands: [{ shape: [2, 3, 3], within: [-2, 2] }] },
];

/** Numbers in [0, 1) that are the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Graph {
  readonly recorder: Recorder;
  /** The operands that are differentiated. */
  readonly sources: readonly Node[];
  readonly values: Map<Node, Dense>;
  /** A scalar: the op's result times fixed weights. */
  readonly loss: Node;
}

function build({ op, operands, attrs = {} }: Case, random: () => number): Graph {
  const recorder = new Recorder();
  const values = new Map<Node, Dense>();
  const inputs = operands.map(({ shape, within: [low, high] = [-1.5, 1.5], bools, indices }) => {
    const dtype = bools ? 'bool' : indices ? 'int64' : 'float64';
    const node = recorder.input(dtype, shape);
    const drawn = bools ?? indices ?? Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random());
    values.set(node, dense(drawn, dtype, shape));
    return node;
  });
  const loss = weigh(recorder, [recorder.op(op, inputs, attrs)], random);
  return { recorder, sources: inputs.filter(node => node.dtype === 'float64'), values, loss };
}

/** The sum of the nodes' elements, each times a random weight. */
function weigh(recorder: Recorder, nodes: readonly Node[], random: () => number): Node {
  const m = algebra(recorder);
  return nodes
    .map(node => {
      const weights = Array.from({ length: sizeOf(node.shape) }, () => random() + 0.5);
      const weighed = m.mul(node, recorder.constant(weights, 'float64', node.shape));
      return m.sum(
        weighed,
        node.shape.map((_, axis) => axis),
      );
    })
    .reduce(m.add);
}

function differences({ recorder, sources, values, loss }: Graph, step: number): number[] {
  return sources.flatMap(source => {
    const at = values.get(source) as Dense;
    return numbers(at.data).map((_, i) => {
      const [above = 0, below = 0] = [step, -step].map(delta => {
        const moved = { ...at, data: Float64Array.from(numbers(at.data)) };
        moved.data[i] = (moved.data[i] ?? 0) + delta;
        return Number(recorder.evaluate([loss], new Map([...values, [source, moved]]))[0]?.data[0]);
      });
      return (above - below) / (2 * step);
    });
  });
}

function assertClose(found: readonly number[], expected: readonly number[], what: string): void {
  const scale = Math.max(1, ...expected.map(Math.abs));
  assert.equal(found.length, expected.length, what);
  found.forEach((value, i) => {
    const difference = Math.abs(value - (expected[i] ?? NaN));
    assert.ok(difference <= 1e-7 * scale, `${what}: [${i}] ${value}, differences say ${expected[i]}`);
  });
}

const gradients = ({ recorder, sources, loss }: Graph): readonly Node[] => {
  const m = algebra(recorder);
  return gradient(recorder, [loss], null, sources).map((g, i) => g ?? m.full(0, sources[i] as Node));
};

cases.forEach((kase, number) => {
  const operands = kase.operands.map(({ shape }) => `[${shape}]`).join(' ');
  test(`${kase.op} ${operands} ${JSON.stringify(kase.attrs ?? {})}`, () => {
    const random = generator(number + 1);
    const first = build(kase, random);
    const found = gradients(first);
    found.forEach((g, i) => assert.deepEqual(g.shape, first.sources[i]?.shape));
    const values = (nodes: readonly Node[]) =>
      first.recorder.evaluate(nodes, first.values).flatMap(({ data }) => numbers(data));
    assertClose(values(found), differences(first, 1e-5), 'first order');

    const second: Graph = { ...first, loss: weigh(first.recorder, found, random) };
    assertClose(values(gradients(second)), differences(second, 1e-5), 'second order');
  });
});

test('every rule has a case', () => {
  const covered = new Set(cases.map(({ op }) => op));
  const rules = Object.entries(vjp).filter(([, rule]) => typeof rule === 'function');
  assert.deepEqual(
    rules.map(([op]) => op).filter(op => !covered.has(op as OpName)),
    [],
  );
});
