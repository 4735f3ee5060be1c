// Random ops, one by one: the WebAssembly device against the reference interpreter, bit by bit where both must agree.
// `node --import tsx test/fuzz/eager.ts [ops] [seed]`
import { createEngine } from '../../runtime/device/engine.ts';
import { createHeap } from '../../runtime/device/heap.ts';
import type { Engine, Strided } from '../../runtime/ir/array.ts';
import { OpError } from '../../runtime/ir/errors.ts';
import { sizeOf } from '../../runtime/ir/layout.ts';
import type { OpName } from '../../runtime/ir/ops.ts';
import { randomCall, randomShape, randomValues, type Call, type Supply } from './ops.ts';
import { random, type Random } from './random.ts';

/** Ops whose float results may differ: by ulps of the result, or relative to the largest term. */
const ulps: Partial<Record<OpName, number>> = { exp: 4, log: 4, sin: 4, cos: 4, tanh: 4, pow: 2, hypot: 4 };

// Kernels are cached by engine, so all cases share one.
const heap = createHeap();
const wasm = createEngine(heap, { device: 'wasm' });
const reference = createEngine(heap, { device: 'reference' });

/** An array of random strides: a slice of a larger one, its axes turned round. */
function strided(r: Random, e: Engine, dtype: Strided['dtype'], shape: readonly number[]): Strided {
  const axes = [...shape.keys()].sort(() => r.below(3) - 1);
  const steps = shape.map(() => (r.chance(0.6) ? 1 : r.pick([2, -1, -2])));
  const whole = axes.map(axis => (shape[axis] ?? 1) * Math.abs(steps[axis] ?? 1));
  const x = e.constant(randomValues(r, dtype, sizeOf(whole)), dtype, whole);
  const turned = e.op('permute', [x], { axes: axes.map((_, i) => axes.indexOf(i)) });
  const starts = shape.map((n, i) => ((steps[i] ?? 1) < 0 ? n * Math.abs(steps[i] ?? 1) - 1 : 0));
  return e.op('slice', [turned], { starts, sizes: shape, steps });
}

function sameValue(a: number | bigint, b: number | bigint, tolerance: number, least: number): boolean {
  if (typeof a === 'bigint' || typeof b === 'bigint') return a === b;
  if (Object.is(a, b)) return true;
  return tolerance > 0 && Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), least);
}

export interface Difference {
  readonly seed: number;
  readonly call: string;
  readonly at: number;
  readonly expected: unknown;
  readonly got: unknown;
}

function attempt(e: Engine, call: Call<Strided>): Strided | string {
  try {
    return e.op(call.op, call.inputs, call.attrs);
  } catch (error) {
    if (error instanceof OpError) return error.message;
    throw error;
  }
}

/** One random op on both devices; null when they agree (or the draw made no call). */
export function eagerCase(seed: number): Difference | null {
  const r = random(seed);
  const supply: Supply<Strided> = {
    get: dtype => strided(r, wasm, dtype, randomShape(r)),
    make: (dtype, shape) => strided(r, wasm, dtype, shape),
    indices(dtype, shape, n) {
      const values = Array.from({ length: sizeOf(shape) }, () => r.below(n));
      return wasm.constant(dtype === 'int64' ? values.map(v => BigInt(v)) : values, dtype, shape);
    },
  };
  const call = randomCall(r, supply);
  if (!call) return null;
  const [got, expected] = [attempt(wasm, call), attempt(reference, call)];
  const text = `${call.op}(${call.inputs.map(x => `${x.dtype}[${x.shape}]/${x.strides}`).join(', ')}) ${JSON.stringify(call.attrs)}`;
  if (typeof got === 'string' || typeof expected === 'string')
    return got === expected ? null : { seed, call: text, at: -1, expected, got };
  const single = got.dtype === 'float32' ? 2 ** -23 : 2 ** -52;
  // Products are summed in another order there: allow for cancellation, relative to the largest result.
  const [a, b] = [wasm.read(got), reference.read(expected)];
  let largest = 0;
  for (const v of b) if (Number.isFinite(Number(v))) largest = Math.max(largest, Math.abs(Number(v)));
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (sameValue(x, y, (ulps[call.op] ?? 0) * single, got.dtype === 'float32' ? 2 ** -126 : 2 ** -1022)) continue;
    // Zeros of either sign are equal to a sort, which need not keep their order.
    if (call.op === 'sort' && x === y) continue;
    if (call.op === 'dot' && (Math.abs(x - y) <= 64 * single * Math.max(largest, 1e4) || !Number.isFinite(y))) continue;
    return { seed, call: text, at: i, expected: y, got: x };
  }
  return null;
}

if (process.argv[1]?.endsWith('fuzz/eager.ts')) {
  const [count, first] = [Number(process.argv[2] ?? 20000), Number(process.argv[3] ?? 1)];
  let failed = 0;
  for (let seed = first; seed < first + count && failed < 20; seed++) {
    const difference = eagerCase(seed);
    if (difference) {
      failed++;
      console.log(difference);
    }
  }
  console.log(`${count - failed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
