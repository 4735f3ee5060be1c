// Functions in WGSL that need loops or 64-bit products: what runtime/math leaves to the emitters.
import type { DType } from '../../src/shared/dtypes.ts';
import type { ScalarOp } from '../schedule/kernel.ts';

/** The upper 32 bits of a product. */
export const highProduct = `fn high_product(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let left = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let right = (a & 0xffffu) * (b >> 16u) + (left & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (left >> 16u) + (right >> 16u);
}
`;

/**
 * Powers of positive numbers as 2^(y·log2 x) in integers of 32 bits (float32 could not hold the logarithm exactly enough
 * for large powers): x = 2^e·(1+f) with f in [-1/4, 1/2), log2(1+f) = f·g(f) with a polynomial of degree 14 that was
 * fitted at Chebyshev nodes (error 2^-40); both parts of the logarithm times y as whole number and 32-bit fraction.
 */
const power = `struct Fixed { whole: i32, fraction: u32 }
const log2_series = array<u32, 15>(
  3098164009u, 1549082005u, 1032721338u, 774540998u, 619632625u, 516360714u, 442604882u, 387287495u,
  343999271u, 309013217u, 283596222u, 270706748u, 248361051u, 170635174u, 57823230u,
);
// n · 2^-places
fn fixed(n: u32, places: i32, negative: bool) -> Fixed {
  var result = Fixed(0, 0u);
  if (places <= 0) { result.whole = i32(n << u32(min(-places, 31))); }
  else if (places < 32) { result = Fixed(i32(n >> u32(places)), n << u32(32 - places)); }
  else if (places < 64) { result.fraction = n >> u32(places - 32); }
  if (negative) {
    result.fraction = ~result.fraction + 1u;
    result.whole = select(~result.whole, -result.whole, result.fraction == 0u);
  }
  return result;
}
fn positive_power(x: f32, y: f32) -> f32 {
  let bits = bitcast<u32>(x);
  var mantissa = (bits & 0x7fffffu) | select(0u, 0x800000u, bits >= 0x800000u);
  let leading = countLeadingZeros(mantissa) - 8u;
  mantissa <<= leading;
  var exponent = max(i32(bits >> 23u), 1) - 127 - i32(leading);
  // f · 2^32, from 1+f = mantissa · 2^-23, or half of that.
  let halve = mantissa >= 0xc00000u;
  exponent += select(0, 1, halve);
  let below = halve;
  let f = select((mantissa - 0x800000u) << 9u, (0x1000000u - mantissa) << 8u, below);
  var g = log2_series[14];
  for (var k = 13; k >= 0; k -= 1) {
    let term = high_product(f, g) + (((f * g) >> 31u) & 1u);
    g = select(log2_series[k] - term, log2_series[k] + term, below);
  }
  let shift = countLeadingZeros(f);
  let log_mantissa = high_product(f << (shift & 31u), g);
  let about = (f32(exponent) + select(1.0f, -1.0f, below) * f32(f) * f32(g) * 1.0842021724855044e-19f) * y;
  if (about > 130.0f) { return bitcast<f32>(inf_bits); }
  if (about < -152.0f) { return 0.0f; }
  let y_bits = bitcast<u32>(y);
  let y_mantissa = (y_bits & 0x7fffffu) | select(0u, 0x800000u, (y_bits & 0x7f800000u) != 0u);
  let y_exponent = max(i32((y_bits >> 23u) & 255u), 1) - 127;
  let y_negative = y < 0.0f;
  let a = fixed(u32(abs(exponent)) * y_mantissa, 23 - y_exponent, (exponent < 0) != y_negative);
  let product = high_product(y_mantissa << 8u, log_mantissa);
  var b = fixed(product, 30 + i32(shift) - y_exponent, below != y_negative);
  if (f == 0u) { b = Fixed(0, 0u); }
  let fraction = a.fraction + b.fraction;
  var whole = a.whole + b.whole + select(0, 1, fraction < b.fraction);
  var z = f32(fraction) * 2.3283064365386963e-10f;
  if (fraction >= 0x80000000u) {
    whole += 1;
    z = f32(~fraction + 1u) * -2.3283064365386963e-10f;
  }
  var series = 0.0001545316294512069f;
  series = series * z + 0.0013390863364671234f;
  series = series * z + 0.009618082557277852f;
  series = series * z + 0.05550357114219078f;
  series = series * z + 0.24022650760568126f;
  series = series * z + 0.6931471880262288f;
  let half = whole / 2;
  let scale = bitcast<f32>(u32(half + 127) << 23u);
  return ((series * z + 1.0f) * scale) * bitcast<f32>(u32(whole - half + 127) << 23u);
}
fn pow_float32(x: f32, y: f32) -> f32 {
  let ux = bitcast<u32>(x) & 0x7fffffffu;
  let uy = bitcast<u32>(y) & 0x7fffffffu;
  if (uy == 0u || bitcast<u32>(x) == 0x3f800000u) { return 1.0f; }
  if (ux > 0x7f800000u || uy > 0x7f800000u) { return bitcast<f32>(nan_bits); }
  let inf = bitcast<f32>(inf_bits);
  if (uy == 0x7f800000u) {
    if (ux == 0x3f800000u) { return 1.0f; }
    return select(0.0f, inf, (ux > 0x3f800000u) == (bitcast<u32>(y) == uy));
  }
  let whole = uy >= 0x4b000000u || round(y) == y;
  let odd = whole && uy < 0x4b800000u && (i32(y) & 1) != 0;
  let negative = bitcast<u32>(x) != ux;
  if (ux == 0u || ux == 0x7f800000u) {
    let size = select(0.0f, inf, (ux == 0u) != (bitcast<u32>(y) == uy));
    return select(size, bitcast<f32>(bitcast<u32>(size) | 0x80000000u), negative && odd);
  }
  if (negative && !whole) { return bitcast<f32>(nan_bits); }
  let value = positive_power(abs(x), y);
  return select(value, bitcast<f32>(bitcast<u32>(value) | 0x80000000u), negative && odd);
}
`;

/** C's fmod, exact: long division of the mantissas. */
const remainder = `fn remainder(a: f32, b: f32) -> f32 {
  let ua = bitcast<u32>(a) & 0x7fffffffu;
  let ub = bitcast<u32>(b) & 0x7fffffffu;
  if (ub == 0u || ua >= 0x7f800000u || ub > 0x7f800000u) { return bitcast<f32>(nan_bits); }
  if (ua < ub) { return a; }
  let eb = max(i32(ub >> 23u), 1);
  var e = max(i32(ua >> 23u), 1);
  var ma = (ua & 0x7fffffu) | select(0u, 0x800000u, ua >= 0x800000u);
  let mb = (ub & 0x7fffffu) | select(0u, 0x800000u, ub >= 0x800000u);
  for (; e > eb; e -= 1) {
    if (ma >= mb) { ma -= mb; }
    ma <<= 1u;
  }
  if (ma >= mb) { ma -= mb; }
  let sign = bitcast<u32>(a) & 0x80000000u;
  if (ma == 0u) { return bitcast<f32>(sign); }
  let shift = min(i32(countLeadingZeros(ma)) - 8, eb - 1);
  ma <<= u32(shift);
  let exponent = select(0u, u32(eb - shift), ma >= 0x800000u);
  return bitcast<f32>(sign | (exponent << 23u) | (ma & 0x7fffffu));
}
`;

/** By dtype and op. Integers: division by zero gives 0, powers wrap. */
export const writtenFunctions: Partial<Record<DType, Partial<Record<ScalarOp, string>>>> = {
  float32: {
    pow: power,
    mod: `${remainder}fn mod_float32(a: f32, b: f32) -> f32 {
  let rest = remainder(a, b);
  if (rest == 0.0f) { return select(0.0f, -0.0f, b < 0.0f); }
  return select(rest, rest + b, (rest < 0.0f) != (b < 0.0f));
}
`,
    floordiv: `${remainder.replaceAll('remainder', 'quotient_rest')}fn floordiv_float32(a: f32, b: f32) -> f32 {
  if ((bitcast<u32>(b) & 0x7fffffffu) == 0u) { return a / b; }
  let rest = quotient_rest(a, b);
  if (is_nan(rest)) { return rest; }
  // A whole number but for the rounding of the division.
  let whole = (a - rest) / b;
  let down = select(0.0f, 1.0f, rest != 0.0f && (rest < 0.0f) != (b < 0.0f));
  let quotient = round(whole) - down;
  let negative = ((bitcast<u32>(a) ^ bitcast<u32>(b)) >> 31u) != 0u;
  return select(quotient, select(0.0f, bitcast<f32>(0x80000000u | (nan_bits & 0u)), negative), quotient == 0.0f);
}
`,
  },
  int32: {
    sign: 'fn sign_int32(a: i32) -> i32 { return sign(a); }\n',
    floordiv: `fn floordiv_int32(a: i32, b: i32) -> i32 {
  if (b == 0) { return 0; }
  return a / b - select(0, 1, a % b != 0 && (a < 0) != (b < 0));
}
`,
    mod: `fn mod_int32(a: i32, b: i32) -> i32 {
  if (b == 0) { return 0; }
  let rest = a % b;
  return rest + select(0, b, rest != 0 && (rest < 0) != (b < 0));
}
`,
    pow: `fn pow_int32(a: i32, b: i32) -> i32 {
  if (b < 0) { return select(select(0, select(1, -1, (b & 1) != 0), a == -1), 1, a == 1); }
  var result = 1;
  var base = a;
  for (var n = b; n > 0; n >>= 1u) {
    if ((n & 1) != 0) { result *= base; }
    base *= base;
  }
  return result;
}
`,
  },
  uint8: {
    sign: 'fn sign_uint8(a: u32) -> u32 { return min(a, 1u); }\n',
    floordiv: 'fn floordiv_uint8(a: u32, b: u32) -> u32 { return select(a / max(b, 1u), 0u, b == 0u); }\n',
    mod: 'fn mod_uint8(a: u32, b: u32) -> u32 { return select(a % max(b, 1u), 0u, b == 0u); }\n',
    pow: `fn pow_uint8(a: u32, b: u32) -> u32 {
  var result = 1u;
  var base = a;
  for (var n = b; n > 0u; n >>= 1u) {
    if ((n & 1u) != 0u) { result = (result * base) & 255u; }
    base = (base * base) & 255u;
  }
  return result;
}
`,
  },
};

/**
 * Angles of any size: the quarter turn that is nearest, and the angle that remains, from the product of the mantissa
 * with the bits of 2/π that matter for the exponent (Payne and Hanek).
 */
export const angleReduction = `struct Quarters { turns: u32, rest: f32 }
const two_over_pi = array<u32, 7>(
  0x28be60dbu, 0x9391054au, 0x7f09d5f4u, 0x7d4d3770u, 0x36d8a566u, 0x4f10e410u, 0x7f9458eau,
);
fn quarters(x: f32) -> Quarters {
  let bits = bitcast<u32>(x) & 0x7fffffffu;
  let mantissa = (bits << 8u) | 0x80000000u;
  let exponent = (bits >> 23u) - 126u;
  let word = exponent >> 5u;
  let shift = exponent & 31u;
  var high = select(0u, two_over_pi[max(word, 1u) - 1u], word > 0u);
  var middle = two_over_pi[word];
  var low = two_over_pi[word + 1u];
  if (shift > 0u) {
    high = (high << shift) | (middle >> (32u - shift));
    middle = (middle << shift) | (low >> (32u - shift));
    low = (low << shift) | (two_over_pi[word + 2u] >> (32u - shift));
  }
  // The product in 64 bits: two of whole quarters (more have gone), 62 of the fraction.
  let carried = high_product(mantissa, low);
  var below = mantissa * middle + carried;
  var above = high_product(mantissa, middle) + select(0u, 1u, below < carried) + mantissa * high;
  var turns = above >> 30u;
  above &= 0x3fffffffu;
  var sign = 1.0f;
  if ((above & 0x20000000u) != 0u) {
    turns += 1u;
    below = ~below + 1u;
    above = (0x40000000u - above - select(0u, 1u, below != 0u));
    sign = -1.0f;
  }
  let fraction = f32(above) * 9.313225746154785e-10f + f32(below) * 2.168404344971009e-19f;
  return Quarters(turns, sign * fraction * 1.5707963267948966f);
}
`;

/** sin or cos, by way of `quarters` where the angle is larger than `largest`. */
export const wideAngle = (op: 'sin' | 'cos', largest: number): string => `fn wide_${op}(x: f32) -> f32 {
  let bits = bitcast<u32>(x) & 0x7fffffffu;
  if (bits >= 0x7f800000u) { return bitcast<f32>(nan_bits); }
  if (abs(x) <= ${largest}.0f) { return ${op}_float32(x); }
  let reduced = quarters(x);
  let turns = reduced.turns + ${op === 'sin' ? 0 : 1}u;
  let value = select(sin_float32(reduced.rest), cos_float32(reduced.rest), (turns & 1u) != 0u);
  let turned = select(value, -value, (turns & 2u) != 0u);
  return ${op === 'sin' ? 'select(turned, -turned, x < 0.0f)' : 'turned'};
}
`;
