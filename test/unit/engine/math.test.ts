// The maths library against the host's functions on 100,000 points each, and NumPy's special values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../../runtime/device/engine.ts';
import { createHeap } from '../../../runtime/device/heap.ts';
import type { OpName } from '../../../runtime/ir/ops.ts';
import { random } from '../../fuzz/random.ts';

const engine = createEngine(createHeap());
const points = 100_000;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

type Row = readonly [OpName, (x: number) => number, number, number];
const functions: readonly Row[] = [
  ['exp', Math.exp, -700, 700],
  ['exp', Math.exp, -1, 1],
  ['log', Math.log, 0, 2],
  ['log', Math.log, 0, 1e9],
  ['sin', Math.sin, -7, 7],
  ['sin', Math.sin, -1e9, 1e9],
  ['cos', Math.cos, -7, 7],
  ['cos', Math.cos, -1e9, 1e9],
  ['tanh', Math.tanh, -1, 1],
  ['tanh', Math.tanh, -20, 20],
];

const wide = new DataView(new ArrayBuffer(8));
/** Distance in representable numbers. */
function ulps(a: number, b: number, single: boolean): number {
  if (Object.is(a, b) || (a === 0 && b === 0)) return 0;
  const order = (x: number): bigint => {
    if (single) wide.setFloat32(0, x);
    else wide.setFloat64(0, x);
    const bits = single ? BigInt(wide.getInt32(0)) : wide.getBigInt64(0);
    return bits < 0n ? -(bits & (single ? 0x7fffffffn : 0x7fffffffffffffffn)) : bits;
  };
  const distance = order(a) - order(b);
  return Number(distance < 0n ? -distance : distance);
}

for (const dtype of ['float64', 'float32'] as const) {
  for (const [op, host, low, high] of functions) {
    // The host's own functions are good to one ulp in float64.
    const bound = 2;
    const reach = dtype === 'float32' && op === 'exp' ? Math.min(high, 85) : high;
    test(`${dtype} ${op} on ${Math.max(low, -reach)} … ${reach}: at most ${bound} ulp`, () => {
      const r = random(7);
      const [from, to] = [Math.max(low, -reach), reach];
      const xs = Array.from({ length: points }, () => from + ((to - from) * (r.below(2 ** 30) + 0.5)) / 2 ** 30);
      const x = engine.constant(xs, dtype, [points]);
      const y = engine.op(op, [x]);
      const [given, got] = [engine.read(x), engine.read(y)];
      let worst = 0;
      for (let i = 0; i < points; i++) {
        const exact = host(given[i] as number);
        const expected = dtype === 'float32' ? Math.fround(exact) : exact;
        worst = Math.max(worst, ulps(got[i] as number, expected, dtype === 'float32'));
      }
      engine.release(x);
      engine.release(y);
      assert.ok(worst <= bound, `${worst} ulp`);
    });
  }

  const specials: readonly [OpName, readonly number[], readonly number[]][] = [
    ['exp', [nan, inf, -inf, 0, -0, 1000, -1000], [nan, inf, 0, 1, 1, inf, 0]],
    ['log', [nan, inf, -inf, 0, -0, -1, 1], [nan, inf, nan, -inf, -inf, nan, 0]],
    ['sin', [nan, inf, -inf, 0, -0], [nan, nan, nan, 0, -0]],
    ['cos', [nan, inf, -inf, 0, -0], [nan, nan, nan, 1, 1]],
    ['tanh', [nan, inf, -inf, 0, -0, 100, -100], [nan, 1, -1, 0, -0, 1, -1]],
    ['sign', [nan, inf, -inf, 0, -0, -3, 2], [nan, 1, -1, 0, 0, -1, 1]],
  ];
  for (const [op, given, expected] of specials) {
    test(`${dtype} ${op}: special values, in lanes and one by one`, () => {
      const x = engine.constant(given, dtype, [given.length]);
      assert.deepEqual([...engine.read(engine.op(op, [x]))], expected);
      const twice = engine.constant(
        given.flatMap(v => [v, v]),
        dtype,
        [2 * given.length],
      );
      const every = engine.op('slice', [twice], { starts: [0], sizes: [given.length], steps: [2] });
      assert.deepEqual([...engine.read(engine.op(op, [every]))], expected);
    });
  }
  test(`${dtype} hypot: infinity beats NaN, no overflow`, () => {
    const x = engine.constant([3, inf, nan, nan, 1e30, 0], dtype, [6]);
    const y = engine.constant([4, nan, -inf, 1, 0, 0], dtype, [6]);
    const got = [...engine.read(engine.op('hypot', [x, y]))].map(Number);
    assert.deepEqual(got, [5, inf, inf, nan, dtype === 'float32' ? Math.fround(1e30) : 1e30, 0]);
  });
}
