// Gradients at kinks, poles and ties are those that real TensorFlow gave (test/oracle/record_grad.py).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { algebra, type Algebra } from '../../../runtime/grad/algebra.ts';
import { gradient } from '../../../runtime/grad/gradient.ts';
import type { Node } from '../../../runtime/ir/node.ts';
import type { OpName } from '../../../runtime/ir/ops.ts';
import { dense, numbers, Recorder } from '../../support/reference.ts';

type Nested = number | string | readonly Nested[];
interface Recorded {
  readonly name: string;
  readonly inputs: readonly Nested[];
  readonly gradients: readonly (Nested | null)[];
}

const file = new URL('../../oracle/recorded/grad.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];

const shapeOf = (value: Nested): number[] =>
  Array.isArray(value) ? [value.length, ...(value.length > 0 ? shapeOf(value[0] as Nested) : [])] : [];
const special: Record<string, number> = { nan: NaN, inf: Infinity, '-inf': -Infinity };
const flat = (value: Nested): number[] =>
  Array.isArray(value) ? value.flatMap(flat) : [special[value as string] ?? Number(value)];

/** The functions of the recording that are not one op with the operands alone. */
const composed: Record<string, (r: Recorder, m: Algebra, x: Node, y: Node) => Node> = {
  clip: (r, m, x) => r.op('min', [r.op('max', [x, m.scalar(0, x.dtype)]), m.scalar(1, x.dtype)]),
  where: (_, m, x, y) => m.where(m.gt(x, m.scalar(0, x.dtype)), x, y),
  reduceMax: (r, _, x) => r.op('reduceMax', [x], { axes: [0] }),
  reduceMinRows: (r, _, x) => r.op('reduceMin', [x], { axes: [0] }),
  prod: (r, _, x) => r.op('prod', [x], { axes: [0] }),
  cumsum: (_, m, x) => m.cumsum(x, 0),
  cumprod: (_, m, x) => m.cumprod(x, 0),
  sortFirst: (r, m, x) => m.slice(r.op('sort', [x], { axis: 0 }), [0], [1], [1]),
  castThere: (_, m, x) => m.cast(m.cast(x, 'int32'), 'float64'),
  castNarrow: (_, m, x) => m.cast(m.cast(x, 'float32'), 'float64'),
  argmax: (r, m, x) => m.cast(r.op('argmax', [x], { axis: 0 }), 'float64'),
  scatterSet: (r, _, x, u) => r.op('scatter', [x, places(r), u], { mode: 'set' }),
  scatterAdd: (r, _, x, u) => r.op('scatter', [x, places(r), u], { mode: 'add' }),
  scatterMax: (r, _, x, u) => r.op('scatter', [x, places(r), u], { mode: 'max' }),
  scatterMin: (r, _, x, u) => r.op('scatter', [x, places(r), u], { mode: 'min' }),
  squareThenDiscard: (_, m, x) => m.mul(x, x),
};
const places = (r: Recorder): Node => r.constant([0, 0, 1], 'int32', [3]);

for (const { name, inputs, gradients } of recorded) {
  test(`${name} ${JSON.stringify(inputs)}`, () => {
    const recorder = new Recorder();
    const nodes = inputs.map(value => recorder.input('float64', shapeOf(value)));
    const values = new Map(nodes.map((node, i) => [node, dense(flat(inputs[i] as Nested), 'float64', node.shape)]));
    const [x, y = x] = nodes as [Node, Node?];
    const result = composed[name]?.(recorder, algebra(recorder), x, y) ?? recorder.op(name as OpName, nodes);
    gradient(recorder, [result], null, nodes).forEach((found, i) => {
      const expected = gradients[i] ?? null;
      assert.equal(found === null, expected === null, `gradient ${i} is ${found ? 'there' : 'null'}`);
      if (!found || expected === null) return;
      const [result] = recorder.evaluate([found], values);
      assert.deepEqual(result?.shape, shapeOf(expected));
      numbers(result?.data ?? []).forEach((value, k) => {
        const wanted = flat(expected)[k] ?? 0;
        const close = Object.is(value + 0, wanted + 0) || Math.abs(value - wanted) <= 1e-14 * Math.abs(wanted);
        assert.ok(close, `gradient ${i}[${k}] is ${value}, TensorFlow says ${wanted}`);
      });
    });
  });
}

test('a node marked `stop` lets nothing through', () => {
  const recorder = new Recorder();
  const m = algebra(recorder);
  const x = recorder.input('float64', []);
  const stopped = recorder.op('reshape', [x], { shape: [], stop: true });
  const [g] = gradient(recorder, [m.mul(x, stopped)], null, [x]);
  assert.ok(g);
  assert.deepEqual(numbers(recorder.evaluate([g], new Map([[x, dense([3], 'float64', [])]]))[0]?.data ?? []), [3]);
  assert.deepEqual(gradient(recorder, [stopped], null, [x]), [null]);
});

test('a node in the middle and an output can be sources; integers have no gradient', () => {
  const recorder = new Recorder();
  const m = algebra(recorder);
  const x = recorder.input('float64', [2]);
  const n = recorder.input('int32', [2]);
  const middle = m.mul(x, x);
  const y = m.mul(middle, m.cast(n, 'float64'));
  const found = gradient(recorder, [y], null, [middle, y, n]);
  const values = new Map([
    [x, dense([3, 4], 'float64', [2])],
    [n, dense([5, 6], 'int32', [2])],
  ]);
  assert.deepEqual(
    recorder.evaluate(found.slice(0, 2) as Node[], values).map(({ data }) => numbers(data)),
    [
      [5, 6],
      [1, 1],
    ],
  );
  assert.equal(found[2], null);
});

test('an op whose gradient is missing says so', () => {
  const recorder = new Recorder();
  const x = recorder.input('float64', [2, 2]);
  assert.throws(
    () => gradient(recorder, [recorder.op('singularValues', [x])], null, [x]),
    /the gradient of singularValues is not supported/,
  );
});
