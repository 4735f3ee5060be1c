// exp, log, sin, cos, tanh and hypot in float64. The leading terms are carried as unevaluated sums, so that only the last
// rounding shows (about 0.51 ulp); series are Taylor's, long enough for the reduced range.
import type { ScalarFunction } from '../ir/scalar.ts';
import { Body, twoProduct, twoSum, type Pair, type Value } from './body.ts';

/** ln 2 and π/2 in parts: products of the first parts with the small integers that occur are exact. */
const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;
/** Adding 1.5·2⁵² rounds to an integer and leaves it in the low bits. */
const shifter = 6755399441055744;
const shifterBits = 0x4338000000000000n;

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

interface Exponential {
  /** eʳ as high + low, and 2ᵏ in two factors. */
  readonly high: Value;
  readonly low: Value;
  readonly scale: readonly [Value, Value];
}

/** eˣ = (high + low) · scale, for |x| < 800. */
function exponential(f: Body, x: Value): Exponential {
  const shifted = f.plus(f.times(x, Math.LOG2E), shifter);
  const k = f.plus(shifted, -shifter);
  const whole = f.sub(f.bits(shifted, 'int64'), f.constant(shifterBits, 'int64'));
  const first = f.sub(x, f.times(k, ln2High));
  const rest = f.times(k, ln2Low);
  const r = f.sub(first, rest);
  const rLow = f.sub(f.sub(first, r), rest);
  const square = twoProduct(f, r, r);
  const series = f.polynomial(
    r,
    range(3, 14).map(n => 1 / factorial(n)),
  );
  const cubed = f.mul(f.mul(square.high, r), series);
  const a = twoSum(f, f.like(1, r), r);
  const b = twoSum(f, a.high, f.times(square.high, 0.5));
  const small = f.add(f.add(cubed, f.times(square.low, 0.5)), f.add(rLow, f.mul(r, rLow)));
  const half = f.do('shr', whole, f.constant(1n, 'int64'));
  const power = (n: Value) => f.bits(f.do('shl', f.plus(n, 1023), f.constant(52n, 'int64')), 'float64');
  return { high: b.high, low: f.add(small, f.add(a.low, b.low)), scale: [power(half), power(f.sub(whole, half))] };
}

export function exp(): ScalarFunction {
  const f = new Body('exp_f64', ['float64']);
  const x = f.do('min', f.do('max', f.param(0), f.constant(-746, 'float64')), f.constant(710, 'float64'));
  const { high, low, scale } = exponential(f, x);
  return f.done(f.mul(f.mul(f.add(high, low), scale[0]), scale[1]));
}

/** ln x as high + low for x that is normal and positive, from the bits of x; `extra` is added to the exponent. */
function logarithm(f: Body, x: Value, extra: Value): Pair {
  const bits = f.bits(x, 'int64');
  const k = f.do('shr', f.sub(bits, f.constant(0x3fe6a09e667f3bcdn, 'int64')), f.constant(52n, 'int64'));
  const m = f.bits(f.sub(bits, f.do('shl', k, f.constant(52n, 'int64'))), 'float64');
  const exponent = f.add(f.plus(f.bits(f.add(k, f.constant(shifterBits, 'int64')), 'float64'), -shifter), extra);
  // ln m = 2·artanh(s), s = (m - 1) / (m + 1).
  const top = f.plus(m, -1);
  const bottom = twoSum(f, m, f.like(1, m));
  const s = f.div(top, bottom.high);
  const back = twoProduct(f, s, bottom.high);
  const left = f.sub(f.sub(f.sub(top, back.high), back.low), f.mul(s, bottom.low));
  const sLow = f.div(left, bottom.high);
  const z = f.mul(s, s);
  const series = f.polynomial(
    z,
    range(1, 13).map(n => 2 / (2 * n + 1)),
  );
  const sum = twoSum(f, f.times(exponent, ln2High), f.times(s, 2));
  const small = f.add(f.mul(f.mul(z, s), series), f.times(sLow, 2));
  return { high: sum.high, low: f.add(f.add(sum.low, small), f.times(exponent, ln2Low)) };
}

export function log(): ScalarFunction {
  const f = new Body('log_f64', ['float64']);
  const x = f.param(0);
  const tiny = f.compare('lt', x, f.constant(2.2250738585072014e-308, 'float64'));
  const scaled = f.where(tiny, f.times(x, 2 ** 54), x);
  const { high, low } = logarithm(f, scaled, f.where(tiny, f.constant(-54, 'float64'), f.constant(0, 'float64')));
  const zero = f.constant(0, 'float64');
  const infinity = f.constant(Infinity, 'float64');
  const finite = f.where(f.compare('lt', x, infinity), f.add(high, low), x);
  const known = f.where(f.compare('gt', x, zero), finite, f.constant(NaN, 'float64'));
  const atZero = f.where(f.compare('eq', x, zero), f.constant(-Infinity, 'float64'), known);
  return f.done(f.where(f.compare('ne', x, x), x, atZero));
}

/** Beyond this the reduction by π/2 in three parts loses bits; the device takes another way there. */
export const largestAngle = 500000;

/** sin (quarter 0) or cos (quarter 1) of |x| ≤ `largestAngle`. */
function circular(name: string, quarter: 0 | 1): ScalarFunction {
  const f = new Body(name, ['float64']);
  const x = f.param(0);
  const shifted = f.plus(f.times(x, 2 / Math.PI), shifter);
  const k = f.plus(shifted, -shifter);
  const whole = f.add(f.bits(shifted, 'int64'), f.constant(BigInt(quarter), 'int64'));
  // x - k·π/2: the first product is exact, what the others lose is kept.
  const first = f.sub(x, f.times(k, halfPi[0]));
  const second = twoProduct(f, k, f.like(halfPi[1], k));
  const a = twoSum(f, first, f.neg(second.high));
  const low = f.sub(a.low, f.add(second.low, f.times(k, halfPi[2])));
  const r = f.add(a.high, low);
  const rLow = f.add(f.sub(a.high, r), low);
  const square = twoProduct(f, r, r);
  const z = square.high;
  const sign = (n: number) => (n % 2 === 0 ? 1 : -1);
  const odd = f.polynomial(
    z,
    range(1, 9).map(n => sign(n) / factorial(2 * n + 1)),
  );
  // sin = r + (r³·odd + rLow·(1 - r²/2))
  const sine = f.add(r, f.add(f.mul(f.mul(z, r), odd), f.sub(rLow, f.mul(rLow, f.times(z, 0.5)))));
  const even = f.polynomial(
    z,
    range(2, 9).map(n => sign(n) / factorial(2 * n)),
  );
  const top = twoSum(f, f.like(1, z), f.times(z, -0.5));
  const small = f.add(f.sub(f.mul(f.mul(z, z), even), f.times(square.low, 0.5)), f.sub(top.low, f.mul(r, rLow)));
  const cosine = f.add(top.high, small);
  const bit = (n: bigint) => f.compare('ne', f.do('and', whole, f.constant(n, 'int64')), f.constant(0n, 'int64'));
  const value = f.where(bit(1n), cosine, sine);
  const signed = f.where(bit(2n), f.neg(value), value);
  if (quarter === 1) return f.done(signed);
  // sin(-0) is -0.
  return f.done(f.where(f.compare('eq', x, f.like(0, x)), x, signed));
}
export const sin = (): ScalarFunction => circular('sin_f64', 0);
export const cos = (): ScalarFunction => circular('cos_f64', 1);

/** tanh x = E / (E + 2) with E = e²ˣ - 1 as a sum of two; x itself where it is tiny. */
export function tanh(): ScalarFunction {
  const f = new Body('tanh_f64', ['float64']);
  const given = f.param(0);
  const x = f.do('min', f.abs(given), f.constant(22, 'float64'));
  const { high, low, scale } = exponential(f, f.times(x, 2));
  const scaled = (v: Value) => f.mul(f.mul(v, scale[0]), scale[1]);
  const minusOne = twoSum(f, scaled(high), f.like(-1, x));
  const e = twoSum(f, minusOne.high, f.add(minusOne.low, scaled(low)));
  const bottom = twoSum(f, e.high, f.like(2, x));
  const bottomLow = f.add(bottom.low, e.low);
  const q = f.div(e.high, bottom.high);
  const back = twoProduct(f, q, bottom.high);
  const left = f.add(f.sub(f.sub(e.high, back.high), back.low), f.sub(e.low, f.mul(q, bottomLow)));
  const value = f.do('min', f.add(q, f.div(left, bottom.high)), f.like(1, x));
  const tiny = f.compare('lt', x, f.like(2 ** -27, x));
  return f.done(f.where(tiny, given, f.withSign(value, given)));
}

/** √(x² + y²) with the squares as sums of two, scaled by a power of two where they would leave the range. */
export function hypot(): ScalarFunction {
  const f = new Body('hypot_f64', ['float64', 'float64']);
  const [x, y] = [f.abs(f.param(0)), f.abs(f.param(1))];
  const infinity = f.constant(Infinity, 'float64');
  const larger = f.do('max', x, y);
  const big = f.compare('gt', larger, f.like(1e150, x));
  const small = f.compare('lt', larger, f.like(1e-140, x));
  const one = f.like(1, x);
  const scale = f.where(big, f.like(2 ** -600, x), f.where(small, f.like(2 ** 600, x), one));
  const unscale = f.where(big, f.like(2 ** 600, x), f.where(small, f.like(2 ** -600, x), one));
  const [a, b] = [f.mul(x, scale), f.mul(y, scale)];
  const [p, q] = [twoProduct(f, a, a), twoProduct(f, b, b)];
  const sum = twoSum(f, p.high, q.high);
  const low = f.add(sum.low, f.add(p.low, q.low));
  const root = f.sqrt(sum.high);
  const back = twoProduct(f, root, root);
  const left = f.add(f.sub(f.sub(sum.high, back.high), back.low), low);
  const corrected = f.add(root, f.div(left, f.times(root, 2)));
  const zero = f.compare('eq', larger, f.like(0, x));
  const value = f.where(zero, larger, f.mul(corrected, unscale));
  const infinite = f.op('or', 'bool', f.compare('eq', x, infinity), f.compare('eq', y, infinity));
  return f.done(f.where(infinite, infinity, value));
}
