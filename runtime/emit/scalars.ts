// What every elementwise op means for one element, in each kind of dtype: the definition that the kernels are held to.
// float32 results are rounded by the store; every float op here is exact or correctly rounded in double first.
import { isBig, isFloat, type DType } from '../../src/shared/dtypes.ts';
import type { OpName } from '../ir/ops.ts';
import { hostOps } from '../ir/scalar.ts';

type Num = (a: number, b: number) => number;
type Big = (a: bigint, b: bigint) => bigint;
type Round = (x: number) => number;

const round32 = Math.fround;
const exact: Round = x => x;

export function roundHalfEven(x: number): number {
  const near = Math.round(x);
  const even = Math.abs(x) % 1 === 0.5 && near % 2 !== 0 ? near - 1 : near;
  return even === 0 ? (x < 0 || Object.is(x, -0) ? -0 : 0) : even;
}

function floatMod(a: number, b: number): number {
  const mod = a % b;
  if (b === 0) return NaN;
  if (mod === 0) return b < 0 ? -0 : 0;
  return b < 0 !== mod < 0 ? mod + b : mod;
}

/** Floor division by way of the remainder, as C programs do it: a / b rounded first would step over whole numbers. */
function floatFloorDiv(a: number, b: number, round: Round): number {
  if (b === 0) return a / b;
  let mod = a % b;
  let quotient = round(round(a - mod) / b);
  if (mod !== 0 && b < 0 !== mod < 0) {
    mod += b;
    quotient = round(quotient - 1);
  }
  if (Number.isNaN(quotient)) return NaN;
  if (quotient === 0) return Object.is(a / b, -0) || a / b < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** C's pow: 1 to any power and -1 to ±inf are 1. */
const floatPow: Num = (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b);

const floats = (round: Round): Partial<Record<OpName, Num>> => ({
  neg: a => -a,
  abs: a => Math.abs(a),
  sign: a => (a > 0 ? 1 : a < 0 ? -1 : a === 0 ? 0 : NaN),
  floor: a => Math.floor(a),
  ceil: a => Math.ceil(a),
  round: roundHalfEven,
  sqrt: a => Math.sqrt(a),
  exp: a => Math.exp(a),
  log: a => Math.log(a),
  sin: a => Math.sin(a),
  cos: a => Math.cos(a),
  tanh: a => Math.tanh(a),
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  floordiv: (a, b) => floatFloorDiv(a, b, round),
  mod: (a, b) => floatMod(a, b),
  pow: floatPow,
  max: (a, b) => (a > b || a !== a ? a : b),
  min: (a, b) => (a < b || a !== a ? a : b),
  hypot: (a, b) => Math.hypot(a, b),
  ...Object.fromEntries(hostOps.map(op => [op, Math[op]])),
});

function intPow(a: number, b: number): number {
  if (b < 0) return a === 1 ? 1 : a === -1 ? (b % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  for (let base = a; b > 0; b = Math.floor(b / 2)) {
    if (b % 2 === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

const integers: Partial<Record<OpName, Num>> = {
  neg: a => -a,
  abs: a => Math.abs(a),
  sign: a => Math.sign(a),
  not: a => ~a,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => Math.imul(a, b),
  floordiv: (a, b) => (b === 0 ? 0 : Math.floor(a / b)),
  mod: (a, b) => (b === 0 ? 0 : a - b * Math.floor(a / b)),
  pow: intPow,
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

const bools: Partial<Record<OpName, Num>> = {
  not: a => 1 - a,
  add: (a, b) => a | b,
  mul: (a, b) => a & b,
  max: (a, b) => a | b,
  min: (a, b) => a & b,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

function bigFloorDiv(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function bigPow(a: bigint, b: bigint): bigint {
  if (b < 0n) return a === 1n ? 1n : a === -1n ? (b % 2n === 0n ? 1n : -1n) : 0n;
  let result = 1n;
  for (let base = a; b > 0n; b >>= 1n) {
    if (b & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return result;
}

const bigs: Partial<Record<OpName, Big>> = {
  neg: a => -a,
  abs: a => (a < 0n ? -a : a),
  sign: a => (a > 0n ? 1n : a < 0n ? -1n : 0n),
  not: a => ~a,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  floordiv: bigFloorDiv,
  mod: (a, b) => (b === 0n ? 0n : a - b * bigFloorDiv(a, b)),
  pow: bigPow,
  max: (a, b) => (a > b ? a : b),
  min: (a, b) => (a < b ? a : b),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

type Cell = number | bigint;
/** One element of an op; unary ops ignore `b`. Both are bigint where the dtype is int64 or uint64. */
export type Scalar = (a: Cell, b: Cell) => Cell;

const tables: Record<DType, Partial<Record<OpName, Num>> | Partial<Record<OpName, Big>>> = {
  bool: bools,
  int8: integers,
  uint8: integers,
  int16: integers,
  uint16: integers,
  int32: integers,
  uint32: integers,
  int64: bigs,
  uint64: bigs,
  float32: floats(round32),
  float64: floats(exact),
};

/** The meaning of an arithmetic op for a dtype, or undefined where there is none. */
export const scalarOp = (op: OpName, dtype: DType): Scalar | undefined => tables[dtype][op] as Scalar | undefined;

export const comparisons: Partial<Record<OpName, (a: Cell, b: Cell) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

const int64Min = -(2n ** 63n);
const int32Min = -(2 ** 31);

/** C's conversion on x86-64: truncation, and the smallest integer for what does not fit. */
const toInt32 = (x: number): number => (x > -2147483649 && x < 2147483648 ? Math.trunc(x) : int32Min);
const toInt64 = (x: number): bigint => (x >= -(2 ** 63) && x < 2 ** 63 ? BigInt(Math.trunc(x)) : int64Min);
const toUint64 = (x: number): bigint => (x >= 2 ** 63 ? toInt64(x - 2 ** 63) - int64Min : toInt64(x));

/** Casts one element; the store into the typed array does the wrapping and rounding that remains. */
export function castCell(from: DType, to: DType): (a: Cell) => Cell {
  if (to === 'bool') return a => (a == 0 ? 0 : 1); // eslint-disable-line eqeqeq -- 0n too
  if (isBig(from)) {
    if (isBig(to)) return a => a;
    if (isFloat(to)) return to === 'float32' ? bigToFloat32 : a => Number(a);
    return a => Number(BigInt.asIntN(32, a as bigint));
  }
  if (!isFloat(from)) return isBig(to) ? a => BigInt(a as number) : a => a;
  if (isFloat(to)) return a => a;
  if (isBig(to)) return to === 'uint64' ? a => toUint64(a as number) : a => toInt64(a as number);
  // uint32 goes by way of 64 bits, the narrower ones by way of 32.
  if (to === 'uint32') return a => Number(BigInt.asUintN(32, toInt64(a as number)));
  return a => toInt32(a as number);
}

/** int64 or uint64 to float32 in one rounding: the double in between keeps a sticky bit of what it cuts off. */
function bigToFloat32(a: Cell): number {
  const big = a as bigint;
  const double = Number(big);
  const back = BigInt(double);
  if (back === big || Math.abs(double) < 2 ** 53) return double;
  const single = Math.fround(double);
  // Only a double that lies exactly between two floats can have been rounded the wrong way.
  const other = single + (double - single) * 2;
  if (Math.fround(other) !== other || other === single) return single;
  const above = big > back;
  return above === other > single ? other : single;
}
