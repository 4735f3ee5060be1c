// exp, log, sin, cos, tanh and hypot in float32 arithmetic alone, for four lanes of a CPU vector and for WGSL.
// No step relies on exact error terms, since shader compilers may regroup: errors stay below 2 ulp.
import type { ScalarFunction } from '../ir/scalar.ts';
import { Body, type Value } from './body.ts';

/** Adding 1.5·2²³ rounds to an integer and leaves it in the low bits. */
const shifter = 12582912;
const shifterBits = 0x4b400000;
const ln2High = 0.693359375;
const ln2Low = -2.12194440054691e-4;
/** π/2 in parts of few bits: their products with the integers that occur are exact. */
const halfPi = [1.5703125, 4.837512969970703e-4, 7.549533620476723e-8, 2.5633441042190513e-12] as const;

const one = (f: Body, like: Value): Value => f.like(1, like);

/** x rounded to an integer after scaling, as float and as int32. */
function rounded(f: Body, x: Value, scale: number): { readonly float: Value; readonly int: Value } {
  const shifted = f.plus(f.times(x, scale), shifter);
  const int = f.sub(f.bits(shifted, 'int32'), f.constant(shifterBits, 'int32'));
  // From the integer, not by subtracting the shifter again: a compiler could cancel that.
  return { float: f.op('cast', 'float32', int), int };
}

/** eˣ for -104 ≤ x ≤ 89. */
function exponential(f: Body, x: Value): Value {
  const k = rounded(f, x, Math.LOG2E);
  const r = f.sub(f.sub(x, f.times(k.float, ln2High)), f.times(k.float, ln2Low));
  const series = f.polynomial(r, [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040]);
  const value = f.plus(f.add(r, f.mul(f.mul(r, r), series)), 1);
  const half = f.do('shr', k.int, f.constant(1, 'int32'));
  const power = (n: Value) => f.bits(f.do('shl', f.plus(n, 127), f.constant(23, 'int32')), 'float32');
  return f.mul(f.mul(value, power(half)), power(f.sub(k.int, half)));
}

export function exp(): ScalarFunction {
  const f = new Body('exp_f32', ['float32']);
  const x = f.param(0);
  const clamped = f.do('min', f.do('max', x, f.constant(-104, 'float32')), f.constant(89, 'float32'));
  return f.done(f.where(f.compare('ne', x, x), x, exponential(f, clamped)));
}

export function log(): ScalarFunction {
  const f = new Body('log_f32', ['float32']);
  const x = f.param(0);
  const tiny = f.compare('lt', x, f.constant(2 ** -126, 'float32'));
  const bits = f.bits(f.where(tiny, f.times(x, 2 ** 25), x), 'int32');
  const k = f.do('shr', f.sub(bits, f.constant(0x3f3504f3, 'int32')), f.constant(23, 'int32'));
  const m = f.bits(f.sub(bits, f.do('shl', k, f.constant(23, 'int32'))), 'float32');
  const zero = f.constant(0, 'float32');
  const exponent = f.add(f.op('cast', 'float32', k), f.where(tiny, f.constant(-25, 'float32'), zero));
  const t = f.plus(m, -1);
  const s = f.div(t, f.plus(t, 2));
  const z = f.mul(s, s);
  const series = f.mul(z, f.polynomial(z, [2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11]));
  const half = f.times(f.mul(t, t), 0.5);
  const correction = f.add(f.mul(s, f.add(half, series)), f.times(exponent, ln2Low));
  const value = f.add(f.times(exponent, ln2High), f.sub(t, f.sub(half, correction)));
  const finite = f.where(f.compare('lt', x, f.constant(Infinity, 'float32')), value, x);
  const known = f.where(f.compare('gt', x, zero), finite, f.constant(NaN, 'float32'));
  const atZero = f.where(f.compare('eq', x, zero), f.constant(-Infinity, 'float32'), known);
  return f.done(f.where(f.compare('ne', x, x), x, atZero));
}

/** Beyond this the reduction in float32 loses bits. */
export const largestAngle = 1000;

function circular(name: string, quarter: 0 | 1): ScalarFunction {
  const f = new Body(name, ['float32']);
  const x = f.param(0);
  const k = rounded(f, x, 2 / Math.PI);
  const r = halfPi.reduce((rest, part) => f.sub(rest, f.times(k.float, part)), x);
  const z = f.mul(r, r);
  const sine = f.add(r, f.mul(f.mul(z, r), f.polynomial(z, [-1 / 6, 1 / 120, -1 / 5040, 1 / 362880])));
  const even = f.polynomial(z, [1 / 24, -1 / 720, 1 / 40320, -1 / 3628800]);
  const cosine = f.add(f.sub(one(f, z), f.times(z, 0.5)), f.mul(f.mul(z, z), even));
  const whole = f.plus(k.int, quarter);
  const bit = (n: number) => f.compare('ne', f.do('and', whole, f.constant(n, 'int32')), f.constant(0, 'int32'));
  const value = f.where(bit(1), cosine, sine);
  const signed = f.where(bit(2), f.neg(value), value);
  const finite = f.compare('lt', f.abs(x), f.constant(Infinity, 'float32'));
  const checked = f.where(finite, signed, f.constant(NaN, 'float32'));
  return f.done(quarter === 1 ? checked : f.where(f.compare('eq', x, f.like(0, x)), x, checked));
}
export const sin = (): ScalarFunction => circular('sin_f32', 0);
export const cos = (): ScalarFunction => circular('cos_f32', 1);

/** Taylor's series of tanh up to 0.55, 1 - 2 / (e²ˣ + 1) above. */
export function tanh(): ScalarFunction {
  const f = new Body('tanh_f32', ['float32']);
  const given = f.param(0);
  const x = f.do('min', f.abs(given), f.constant(10, 'float32'));
  const z = f.mul(x, x);
  const series = f.polynomial(z, [
    ...[-1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925, 21844 / 6081075, -929569 / 638512875],
    ...[6404582 / 10854718875, -443861162 / 1856156927625],
  ]);
  const small = f.add(x, f.mul(f.mul(x, z), series));
  const exponent = exponential(f, f.times(x, 2));
  const large = f.sub(one(f, x), f.div(f.like(2, x), f.plus(exponent, 1)));
  const value = f.where(f.compare('lt', x, f.constant(0.55, 'float32')), small, large);
  return f.done(f.where(f.compare('ne', given, given), given, f.withSign(value, given)));
}

/** √(x² + y²), scaled so that no square leaves the range. */
export function hypot(): ScalarFunction {
  const f = new Body('hypot_f32', ['float32', 'float32']);
  const [x, y] = [f.abs(f.param(0)), f.abs(f.param(1))];
  const infinity = f.constant(Infinity, 'float32');
  const larger = f.do('max', x, y);
  const scaleUp = f.compare('lt', larger, f.like(2 ** -60, x));
  const scaleDown = f.compare('gt', larger, f.like(2 ** 60, x));
  const pick = (down: number, up: number) =>
    f.where(scaleDown, f.like(down, x), f.where(scaleUp, f.like(up, x), one(f, x)));
  const scale = pick(2 ** -66, 2 ** 90);
  const [a, b] = [f.mul(x, scale), f.mul(y, scale)];
  const root = f.mul(f.sqrt(f.add(f.mul(a, a), f.mul(b, b))), pick(2 ** 66, 2 ** -90));
  const infinite = f.op('or', 'bool', f.compare('eq', x, infinity), f.compare('eq', y, infinity));
  return f.done(f.where(infinite, infinity, root));
}
