// Functions in WGSL that need loops or 64-bit products: what runtime/math leaves to the emitters.
import type { DType } from '../../src/shared/dtypes.ts';
import type { ScalarOp } from '../schedule/kernel.ts';

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

/** By dtype and op. Integers: division by zero gives 0, powers wrap. There is no float32 pow that is exact enough yet. */
export const writtenFunctions: Partial<Record<DType, Partial<Record<ScalarOp, string>>>> = {
  float32: {
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
fn high_product(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let left = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let right = (a & 0xffffu) * (b >> 16u) + (left & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (left >> 16u) + (right >> 16u);
}
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
