// exp and log rounded correctly, in fixed point with 140 binary places: slow, for tables that are computed once.

const places = 140n;
const one = 1n << places;

/** The exact value of a double in fixed point (|x| < 2 ** 60; bits below 2 ** -140 do not occur here). */
function fixed(x: number): bigint {
  let value = x;
  let shift = 0n;
  while (!Number.isInteger(value)) {
    value *= 2;
    shift++;
  }
  return (BigInt(value) << places) >> shift;
}

/** The nearest double: Number() of a bigint rounds to nearest, and the scaling by a power of two is exact. */
const rounded = (x: bigint): number => Number(x) / 2 ** Number(places);

/** exp(x) for −20 < x ≤ 0: Taylor's series at x / 256, then eight squarings. */
export function exactExp(x: number): number {
  const small = fixed(x) >> 8n;
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n && n < 60n; n++) {
    term = (term * small) / (n << places);
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> places;
  return rounded(sum);
}

/** 2 atanh((m − 1) / (m + 1)) = log m for m near 1. */
function logNearOne(m: bigint): bigint {
  const t = ((m - one) << places) / (m + one);
  const square = (t * t) >> places;
  let power = t;
  let sum = 0n;
  for (let n = 1n; power !== 0n && n < 200n; n += 2n) {
    sum += power / n;
    power = (power * square) >> places;
  }
  return 2n * sum;
}

const ln2 = 2n * logNearOne((one * 4n) / 3n) + logNearOne((one * 9n) / 8n);

/** log(x) for x > 0. */
export function exactLog(x: number): number {
  let exponent = 0n;
  let mantissa = x;
  while (mantissa < 0.75) {
    mantissa *= 2;
    exponent--;
  }
  while (mantissa > 1.5) {
    mantissa /= 2;
    exponent++;
  }
  return rounded(logNearOne(fixed(mantissa)) + exponent * ln2);
}
