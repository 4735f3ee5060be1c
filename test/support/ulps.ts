// Comparing results of kernels: exactly, or within some units in the last place.
import assert from 'node:assert/strict';
import type { Dense } from '../../runtime/emit/dense.ts';

const bits = new DataView(new ArrayBuffer(4));
/** float32 values as integers in their order: neighbours differ by one. */
function ordinal(x: number): number {
  bits.setFloat32(0, x);
  const pattern = bits.getInt32(0);
  return pattern < 0 ? -(pattern & 0x7fffffff) : pattern;
}

/** Distance of two float32 values in units in the last place. */
export const ulpsApart = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b)
    ? Number.isNaN(a) === Number.isNaN(b)
      ? 0
      : Infinity
    : Math.abs(ordinal(a) - ordinal(b));

/**
 * Same dtype and shape; integers equal; float32 within `ulps`, or within `absolute` times 1 or the value.
 * Subnormal numbers may be zero: WGSL allows it.
 */
export function assertDense(found: Dense, expected: Dense, ulps: number, absolute = 0): void {
  assert.equal(found.dtype, expected.dtype);
  assert.deepEqual(found.shape, expected.shape);
  assert.equal(found.data.length, expected.data.length);
  for (let i = 0; i < expected.data.length; i++) {
    const [a, b] = [found.data[i], expected.data[i]];
    if (a === b) continue;
    const [x, y] = [Number(a), Number(b)];
    if (expected.dtype === 'float32' && Math.max(Math.abs(x), Math.abs(y)) < 2 ** -126) continue;
    if (
      expected.dtype === 'float32' &&
      (ulpsApart(x, y) <= ulps || Math.abs(x - y) <= absolute * Math.max(1, Math.abs(y)))
    )
      continue;
    assert.fail(`[${i}] is ${a}, should be ${b}`);
  }
}
