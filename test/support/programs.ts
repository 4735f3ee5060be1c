// Small programs over the primitives, for every device: what they compute, and how exactly it must come out.
import { algebra } from '../../runtime/grad/algebra.ts';
import { gradient } from '../../runtime/grad/gradient.ts';
import type { Dense } from '../../runtime/emit/dense.ts';
import { sizeOf } from '../../runtime/ir/layout.ts';
import type { Node } from '../../runtime/ir/node.ts';
import type { DType } from '../../src/shared/dtypes.ts';
import { dense, Recorder } from './reference.ts';

export interface TestProgram {
  readonly name: string;
  readonly recorder: Recorder;
  readonly outputs: readonly Node[];
  readonly inputs: ReadonlyMap<Node, Dense>;
  /** Allowed difference, relative to the value or to 1; 0: exactly equal. */
  readonly tolerance: number;
}

type M = ReturnType<typeof algebra>;
type Body = (m: M, inputs: readonly Node[], r: Recorder) => Node | readonly Node[];
type Given = readonly [DType, ...number[]];

let seed = 1;
const random = (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const draw = (dtype: DType): number => {
  const unit = random();
  if (dtype === 'bool') return Number(unit > 0.5);
  return dtype === 'float32' ? Math.fround(unit * 4 - 2) : Math.floor(unit * 9);
};

function program(name: string, given: readonly Given[], tolerance: number, body: Body): TestProgram {
  const recorder = new Recorder();
  const inputs = new Map(
    given.map(([dtype, ...shape]) => {
      const values = Array.from({ length: sizeOf(shape) }, () => draw(dtype));
      return [recorder.input(dtype, shape), dense(values, dtype, shape)] as const;
    }),
  );
  const result = body(algebra(recorder), [...inputs.keys()], recorder);
  return { name, recorder, outputs: Array.isArray(result) ? (result as Node[]) : [result as Node], inputs, tolerance };
}

const axes = (x: Node): number[] => x.shape.map((_, axis) => axis);
const mean = (m: M, x: Node, over: number[]): Node => {
  const count = over.reduce((n, axis) => n * (x.shape[axis] ?? 1), 1);
  return m.div(m.sum(x, over), m.scalar(count, x.dtype));
};
const softmax = (m: M, r: Recorder, x: Node): Node => {
  const last = [x.shape.length - 1];
  const e = r.op('exp', [m.sub(x, m.spread(r.op('reduceMax', [x], { axes: last }), last, x.shape))]);
  return m.div(e, m.spread(m.sum(e, last), last, x.shape));
};
const f = (...shape: number[]): Given => ['float32', ...shape];
const i = (...shape: number[]): Given => ['int32', ...shape];

/** Programs of float32, int32, uint8, bool and int64 indices: what the GPU runs. */
export const programs = (): TestProgram[] => [
  program('chain with broadcasting', [f(50, 1), f(70)], 1e-6, (m, [x, y]) =>
    m.div(
      m.add(m.mul(x as Node, y as Node), m.scalar(1.5, 'float32')),
      m.add(m.mul(y as Node, y as Node), m.scalar(1, 'float32')),
    ),
  ),
  program('tanh chain', [f(1000)], 2e-6, (_, [x], r) => r.op('tanh', [r.op('sin', [r.op('exp', [x as Node])])])),
  program('softmax', [f(7, 300)], 2e-6, (m, [x], r) => softmax(m, r, x as Node)),
  program('mean and variance', [f(6, 500)], 4e-6, (m, [x]) => {
    const center = m.sub(x as Node, m.spread(mean(m, x as Node, [1]), [1], [6, 500]));
    return [mean(m, x as Node, [1]), mean(m, m.mul(center, center), [1])];
  }),
  program('layer norm', [f(6, 64), f(64), f(64)], 1e-5, (m, [x, scale, shift], r) => {
    const spread = (y: Node): Node => m.spread(y, [1], [6, 64]);
    const center = m.sub(x as Node, spread(mean(m, x as Node, [1])));
    const deviation = r.op('sqrt', [m.add(mean(m, m.mul(center, center), [1]), m.scalar(1e-5, 'float32'))]);
    return m.add(m.mul(m.div(center, spread(deviation)), scale as Node), shift as Node);
  }),
  program('sum of a million', [f(1000, 1000)], 2e-3, (m, [x]) => m.sum(m.mul(x as Node, x as Node), [0, 1])),
  program('sum over the first axis', [f(300, 5000)], 2e-4, (m, [x]) => m.sum(x as Node, [0])),
  program('column sums of int32', [i(400, 30)], 0, (m, [x]) => [m.sum(x as Node, [0]), m.sum(x as Node, [1])]),
  program('max, min, any and all', [f(9, 40), ['bool', 9, 40]], 0, (_, [x, b], r) => [
    r.op('reduceMax', [x as Node], { axes: [0] }),
    r.op('reduceMin', [x as Node], { axes: [1] }),
    r.op('reduceMax', [b as Node], { axes: [0, 1] }),
    r.op('reduceMin', [b as Node], { axes: [1] }),
  ]),
  program('argmax, argmin', [f(20, 400), i(3, 7, 5)], 0, (_, [x, y], r) => [
    r.op('argmax', [x as Node], { axis: 1 }),
    r.op('argmin', [x as Node], { axis: 0 }),
    r.op('argmax', [y as Node], { axis: 1 }),
  ]),
  program('running sums', [f(4, 60), i(60, 3)], 1e-6, (m, [x, y]) => [
    m.cumsum(x as Node, 1),
    m.cumsum(y as Node, 0),
    m.cumprod(m.slice(x as Node, [0, 0], [4, 6], [1, 2]), 1),
  ]),
  program('integers', [i(100), i(100), ['uint8', 100]], 0, (m, [x, y, z], r) => [
    m.floordiv(x as Node, m.sub(y as Node, m.scalar(4, 'int32'))),
    r.op('mod', [x as Node, m.sub(y as Node, m.scalar(4, 'int32'))]),
    r.op('pow', [m.sub(x as Node, m.scalar(4, 'int32')), y as Node]),
    m.mul(m.add(z as Node, m.scalar(250, 'uint8')), z as Node),
    m.cast(m.mul(z as Node, m.scalar(100, 'uint8')), 'float32'),
  ]),
  program('masks', [f(200), f(200)], 0, (m, [x, y], r) => {
    const both = m.and(m.gt(x as Node, m.scalar(0, 'float32')), m.not(m.le(y as Node, x as Node)));
    return [both, m.where(both, x as Node, m.neg(y as Node)), r.op('xor', [both, m.eq(x as Node, x as Node)])];
  }),
  program('slices, flips, transposes', [f(8, 9, 10)], 0, (m, [x]) => {
    const part = m.slice(x as Node, [7, 1, 9], [4, 3, 5], [-2, 3, -2]);
    return [m.permute(part, [2, 0, 1]), m.reshape(m.permute(part, [1, 2, 0]), [15, 4]), m.flip(x as Node, [1])];
  }),
  program('pad and concat', [f(3, 4), f(3, 2)], 0, (m, [x, y], r) => [
    r.op('pad', [x as Node], { low: [1, 0], high: [0, 2], value: -1.5 }),
    m.concat([x as Node, y as Node, m.flip(x as Node, [0, 1])], 1),
  ]),
  program('gather rows and columns', [f(10, 6), ['int64', 5], i(2, 3)], 0, (m, [x, rows, columns], r) => [
    m.gather(x as Node, rows as Node, 0),
    m.gather(x as Node, m.where(m.gt(columns as Node, m.scalar(5, 'int32')), m.scalar(5, 'int32'), columns as Node), 1),
    r.op('iota', [], { dtype: 'float32', shape: [4, 5], axis: 1 }),
  ]),
  program('a counter, flipped', [], 0, (m, _, r) => {
    const rows = r.op('iota', [], { dtype: 'int64', shape: [6, 4], axis: 0 });
    return [m.flip(rows, [0, 1]), m.slice(rows, [1, 0], [3, 2], [2, 3]), m.cast(rows, 'float32')];
  }),
  program('matrix products', [f(5, 17, 33), f(5, 33, 9), f(70, 64), f(64, 130)], 1e-5, (m, [a, b, c, d]) => [
    m.matmul(a as Node, b as Node),
    m.matmul(c as Node, d as Node),
    m.matmul(m.transpose(c as Node), m.slice(c as Node, [69, 0], [70, 64], [-1, 1])),
    m.dot(a as Node, b as Node, { lhsContract: [0, 2], rhsContract: [0, 1], lhsBatch: [], rhsBatch: [] }),
    m.dot(a as Node, a as Node, { lhsContract: [1], rhsContract: [1], lhsBatch: [2], rhsBatch: [2] }),
  ]),
  program('integer product', [i(20, 30), i(30, 10)], 0, (m, [a, b]) => m.matmul(a as Node, b as Node)),
  program('two layers and their gradient', [f(32, 20), f(20, 16), f(16), f(16, 3)], 2e-5, (m, [x, w, b, v], r) => {
    const hidden = r.op('max', [m.add(m.matmul(x as Node, w as Node), b as Node), m.scalar(0, 'float32')]);
    const scores = softmax(m, r, m.matmul(hidden, v as Node));
    const loss = m.neg(mean(m, m.log(m.slice(scores, [0, 0], [32, 1], [1, 1])), [0, 1]));
    return [loss, ...(gradient(r, [loss], null, [w as Node, b as Node, v as Node]) as Node[])];
  }),
  program('gradient through sums, maxima and slices', [f(6, 40)], 1e-5, (m, [x], r) => {
    const top = r.op('reduceMax', [x as Node], { axes: [1] });
    const loss = m.sum(m.mul(m.sum(m.slice(m.mul(x as Node, x as Node), [0, 1], [6, 13], [1, 3]), [1]), top), [0]);
    return gradient(r, [loss], null, [x as Node]) as Node[];
  }),
  program('nothing to do', [f(0, 3), f(2, 3)], 0, (m, [x, y]) => [
    m.sum(x as Node, [0]),
    m.add(x as Node, m.scalar(1, 'float32')),
    m.matmul(x as Node, m.transpose(y as Node)),
    y as Node,
    m.sum(y as Node, axes(y as Node).slice(0, 0)),
  ]),
];
