// The ufuncs: one row each says which dtype its loop runs in and which primitives it is made of.
import { dtypes, isFloat, isInteger, isUnsigned, promote, rangeOf } from '../../src/shared/dtypes.ts';
import type { DType } from '../../src/shared/dtypes.ts';
import type { OpName } from '../ir/ops.ts';
import type { Builder, Typed } from '../ir/node.ts';
import { NumpyError, unsupportedResult } from './errors.ts';
import {
  broadcastShapes,
  cast,
  isScalar,
  materialize,
  outOfRange,
  resultType,
  scalar,
  shapeOf,
  sizeOf,
} from './operand.ts';
import type { Operand } from './operand.ts';

/** From the promoted dtype of the inputs to the dtype that the loop runs in; throws where NumPy has no loop, or one that is not here. */
type LoopRule = (name: string, promoted: DType) => DType;

export interface UfuncRow {
  readonly nin: 1 | 2;
  readonly loop: LoopRule;
  /** The result is bool whatever the loop's dtype. */
  readonly predicate?: true;
  /** reduce and accumulate: the primitive reduction that does it, and the value of an empty one. */
  readonly reduce?: OpName;
  readonly scan?: OpName;
  readonly identity?: number;
  lower<T extends Typed>(b: Builder<T>, inputs: readonly T[], dtype: DType): T;
}

const noLoop = (name: string): NumpyError =>
  new NumpyError(
    'UFuncNoLoopError',
    `ufunc '${name}' did not contain a loop with signature matching types <class 'numpy.dtypes.BoolDType'> -> None`,
  );
const notSupported = (name: string): NumpyError =>
  new NumpyError(
    'TypeError',
    `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );

const any: LoopRule = (_, p) => p;
const noBool: LoopRule = (name, p) => {
  if (p === 'bool') throw noLoop(name);
  return p;
};
const int8ForBool: LoopRule = (_, p) => (p === 'bool' ? 'int8' : p);
const boolRefused =
  (words: string): LoopRule =>
  (_, p) => {
    if (p === 'bool') throw new NumpyError('TypeError', words);
    return p;
  };
const floating: LoopRule = (name, p) => {
  if (dtypes[p].bytes === 1) throw unsupportedResult(name, p, 'float16');
  return isFloat(p) ? p : dtypes[p].bytes === 2 ? 'float32' : 'float64';
};
const quotient: LoopRule = (_, p) => (isFloat(p) ? p : 'float64');
const bits: LoopRule = (name, p) => {
  if (isFloat(p)) throw notSupported(name);
  return p;
};
const shifts: LoopRule = (name, p) => bits(name, p === 'bool' ? 'int8' : p);
const logical: LoopRule = () => 'bool';

type Lower = UfuncRow['lower'];
const direct =
  (op: OpName): Lower =>
  (b, inputs) =>
    b.op(op, inputs);
const unary = (loop: LoopRule, lower: OpName | Lower): UfuncRow => ({
  nin: 1,
  loop,
  lower: typeof lower === 'string' ? direct(lower) : lower,
});
const binary = (loop: LoopRule, lower: OpName | Lower, more: Partial<UfuncRow> = {}): UfuncRow => ({
  nin: 2,
  loop,
  lower: typeof lower === 'string' ? direct(lower) : lower,
  ...more,
});
const comparison = (op: OpName): UfuncRow => binary(any, op, { predicate: true });
/** floor, ceil, trunc: integers stay as they are. */
const onlyFloats =
  (lower: Lower): Lower =>
  (b, inputs, dtype) =>
    isFloat(dtype) ? lower(b, inputs, dtype) : first(inputs);

const input =
  (i: number) =>
  <T>(inputs: readonly T[]): T => {
    const x = inputs[i];
    if (x === undefined) throw new RangeError(`a ufunc was called without input ${i}`);
    return x;
  };
const [first, second] = [input(0), input(1)];
const isNaN: Lower = (b, inputs) => {
  const x = first(inputs);
  return b.op('ne', [x, x]);
};
const isInf: Lower = (b, inputs, dtype) => {
  const x = first(inputs);
  if (!isFloat(dtype)) return b.op('ne', [x, x]);
  return b.op('eq', [b.op('abs', [x]), scalar(b, Infinity, dtype)]);
};
const isFinite: Lower = (b, inputs, dtype) => {
  const x = first(inputs);
  if (!isFloat(dtype)) return b.op('eq', [x, x]);
  return b.op('lt', [b.op('abs', [x]), scalar(b, Infinity, dtype)]);
};
const trunc: Lower = onlyFloats((b, inputs, dtype) => {
  const x = first(inputs);
  const negative = b.op('lt', [x, scalar(b, 0, dtype)]);
  return b.op('where', [negative, b.op('ceil', [x]), b.op('floor', [x])]);
});

/** 2ⁿ in the dtype: 0 where n is negative or the bit lies outside, so that shifts are products and quotients. */
/** One factor, divided in the dtype itself: in float32 180 / π is another number than the nearest one. */
const times =
  (over: number, under: number): Lower =>
  (b, inputs, dtype) => {
    const factor = dtype === 'float32' ? Math.fround(over) / Math.fround(under) : over / under;
    return b.op('mul', [first(inputs), scalar(b, factor, dtype)]);
  };
const toRadians = times(Math.PI, 180);
const toDegrees = times(180, Math.PI);

const powerOf2: Lower = (b, inputs, dtype) => b.op('pow', [scalar(b, 2, dtype), second(inputs)]);
const leftShift: Lower = (b, inputs, dtype) => b.op('mul', [first(inputs), powerOf2(b, inputs, dtype)]);
const rightShift: Lower = (b, inputs, dtype) => {
  const [x, n] = [first(inputs), second(inputs)];
  const quotient = b.op('floordiv', [x, powerOf2(b, inputs, dtype)]);
  if (isUnsigned(dtype)) return quotient;
  // The highest power would be the sign.
  const bound = scalar(b, 8 * dtypes[dtype].bytes - 1, dtype);
  const inside = b.op('and', [b.op('ge', [n, scalar(b, 0, dtype)]), b.op('lt', [n, bound])]);
  const sign = b.op('where', [b.op('lt', [x, scalar(b, 0, dtype)]), scalar(b, -1, dtype), scalar(b, 0, dtype)]);
  return b.op('where', [inside, quotient, sign]);
};

/** Every ufunc by NumPy's name. */
export const ufuncs = {
  sqrt: unary(floating, 'sqrt'),
  exp: unary(floating, 'exp'),
  log: unary(floating, 'log'),
  sin: unary(floating, 'sin'),
  cos: unary(floating, 'cos'),
  tanh: unary(floating, 'tanh'),
  log2: unary(floating, 'log2'),
  log10: unary(floating, 'log10'),
  log1p: unary(floating, 'log1p'),
  expm1: unary(floating, 'expm1'),
  tan: unary(floating, 'tan'),
  arcsin: unary(floating, 'asin'),
  arccos: unary(floating, 'acos'),
  arctan: unary(floating, 'atan'),
  sinh: unary(floating, 'sinh'),
  cosh: unary(floating, 'cosh'),
  arcsinh: unary(floating, 'asinh'),
  arccosh: unary(floating, 'acosh'),
  arctanh: unary(floating, 'atanh'),
  cbrt: unary(floating, 'cbrt'),
  deg2rad: unary(floating, toRadians),
  radians: unary(floating, toRadians),
  rad2deg: unary(floating, toDegrees),
  degrees: unary(floating, toDegrees),
  abs: unary(any, (b, inputs, dtype) => (dtype === 'bool' ? first(inputs) : b.op('abs', inputs))),
  negative: unary(
    boolRefused(
      'The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.',
    ),
    'neg',
  ),
  positive: unary(noBool, (_, inputs) => first(inputs)),
  square: unary(int8ForBool, (b, inputs) => b.op('mul', [first(inputs), first(inputs)])),
  sign: unary(noBool, 'sign'),
  floor: unary(any, onlyFloats(direct('floor'))),
  ceil: unary(any, onlyFloats(direct('ceil'))),
  trunc: unary(any, trunc),
  rint: unary(floating, 'round'),
  isnan: { ...unary(any, isNaN), predicate: true },
  isinf: { ...unary(any, isInf), predicate: true },
  isfinite: { ...unary(any, isFinite), predicate: true },
  invert: unary(bits, 'not'),
  logical_not: { ...unary(logical, 'not'), predicate: true },

  add: binary(any, 'add', { reduce: 'sum', scan: 'cumsum', identity: 0 }),
  subtract: binary(
    boolRefused(
      'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
    ),
    'sub',
  ),
  multiply: binary(any, 'mul', { reduce: 'prod', scan: 'cumprod', identity: 1 }),
  divide: binary(quotient, 'div'),
  floor_divide: binary(int8ForBool, 'floordiv'),
  remainder: binary(int8ForBool, 'mod'),
  power: binary(int8ForBool, 'pow'),
  maximum: binary(any, 'max', { reduce: 'reduceMax' }),
  minimum: binary(any, 'min', { reduce: 'reduceMin' }),
  hypot: binary(floating, 'hypot'),
  arctan2: binary(floating, 'atan2'),
  bitwise_and: binary(bits, 'and'),
  bitwise_or: binary(bits, 'or'),
  bitwise_xor: binary(bits, 'xor'),
  left_shift: binary(shifts, leftShift),
  right_shift: binary(shifts, rightShift),
  equal: comparison('eq'),
  not_equal: comparison('ne'),
  less: comparison('lt'),
  less_equal: comparison('le'),
  greater: comparison('gt'),
  greater_equal: comparison('ge'),
  logical_and: binary(logical, 'and', { predicate: true, reduce: 'reduceMin', identity: 1 }),
  logical_or: binary(logical, 'or', { predicate: true, reduce: 'reduceMax', identity: 0 }),
  logical_xor: binary(logical, 'xor', { predicate: true }),
} satisfies Record<string, UfuncRow>;

export type UfuncName = keyof typeof ufuncs;

/** The dtype that the loop of `name` runs in for these operands. */
export function loopDType<T extends Typed>(name: UfuncName, operands: readonly Operand<T>[]): DType {
  const row: UfuncRow = ufuncs[name];
  // Each operand is taken by the smallest float that holds it, so int8 beside int16 gives float32.
  const wide = operands.filter(x => !isScalar(x) || x.weak === null).filter(x => dtypes[x.dtype].bytes > 1);
  if (row.loop === floating && row.nin === 2 && wide.length > 0 && !operands.some(x => isScalar(x) && x.weak))
    return wide.map(x => floating(name, x.dtype)).reduce(promote);
  return row.loop(name, resultType(operands));
}

/** Whether a ufunc has a loop that gives `dtype`. */
export function hasLoop(name: UfuncName, dtype: DType): boolean {
  const row: UfuncRow = ufuncs[name];
  if (row.predicate) return dtype === 'bool';
  try {
    return row.loop(name, dtype) === dtype;
  } catch {
    return false;
  }
}

/** The operand in the loop's dtype: logical loops take the truth of it. */
function prepare<T extends Typed>(b: Builder<T>, row: UfuncRow, x: Operand<T>, dtype: DType): T {
  if (row.loop === logical && x.dtype !== 'bool') {
    const own = materialize(b, x, x.dtype);
    return b.op('ne', [own, scalar(b, 0, own.dtype)]);
  }
  return materialize(b, x, dtype);
}

/** Compares with a Python integer that the dtype cannot hold: the answer is the same for every element. */
function compareBeyond<T extends Typed>(b: Builder<T>, name: UfuncName, operands: readonly Operand<T>[]): T | null {
  const promoted = resultType(operands);
  if (!isInteger(promoted)) return null;
  const sides = operands.map(x => (isScalar(x) && x.weak === 'int' ? outOfRange(x.value, promoted) : 0));
  const [left = 0, right = 0] = sides;
  if (left === 0 && right === 0) return null;
  const order = Math.sign(left - right);
  const truth = {
    equal: order === 0,
    not_equal: order !== 0,
    less: order < 0,
    less_equal: order <= 0,
    greater: order > 0,
    greater_equal: order >= 0,
  }[name as 'equal'];
  const shape = broadcastShapes(operands.map(shapeOf));
  return b.constant(new Uint8Array(sizeOf(shape)).fill(truth ? 1 : 0), 'bool', shape);
}

/** Compares integers with and without a sign that have no integer dtype in common: exactly, not as floats. */
function compareSigns<T extends Typed>(b: Builder<T>, name: UfuncName, operands: readonly Operand<T>[]): T | null {
  const [x, y] = operands;
  const strong = operands.every(operand => !isScalar(operand) || operand.weak === null);
  if (!x || !y || !strong || isFloat(x.dtype) || isFloat(y.dtype) || !isFloat(resultType(operands))) return null;
  const op = (ufuncs[name].lower as Lower)(
    b,
    operands.map(operand => materialize(b, operand, 'uint64')),
    'uint64',
  );
  const first = !isUnsigned(x.dtype);
  const signed = materialize(b, first ? x : y, 'int64');
  const negative = b.op('lt', [signed, scalar(b, 0, 'int64')]);
  // What a negative number gives, whatever the other one is.
  const below = first ? ['not_equal', 'less', 'less_equal'] : ['not_equal', 'greater', 'greater_equal'];
  return b.op('where', [negative, scalar(b, below.includes(name) ? 1 : 0, 'bool'), op]);
}

/** Calls a ufunc: promotion, checks, primitives. `dtype` forces the loop (casting has been checked by the caller). */
export function callUfunc<T extends Typed>(
  b: Builder<T>,
  name: UfuncName,
  operands: readonly Operand<T>[],
  dtype: DType | null = null,
): T {
  const row: UfuncRow = ufuncs[name];
  if (row.predicate && row.nin === 2 && row.loop === any) {
    const answer = compareBeyond(b, name, operands) ?? compareSigns(b, name, operands);
    if (answer) return answer;
  }
  if (name === 'power') refuseNegativePower(operands);
  const loop = row.predicate || !dtype ? loopDType(name, operands) : row.loop(name, dtype);
  if (operands.length === 2) broadcastShapes(operands.map(shapeOf));
  return row.lower(
    b,
    operands.map(x => prepare(b, row, x, loop)),
    loop,
  );
}

function refuseNegativePower<T extends Typed>(operands: readonly Operand<T>[]): void {
  const [, exponent] = operands;
  if (exponent && isScalar(exponent) && exponent.value < 0 && isInteger(resultType(operands)))
    throw new NumpyError('ValueError', 'Integers to negative integer powers are not allowed.');
}

/** `array ** scalar` as the operator does it: the common exponents have kernels of their own. Null where there is none. */
export function operatorPower<T extends Typed>(b: Builder<T>, base: T, exponent: Operand<T>): T | null {
  if (!isScalar(exponent) || exponent.weak === null || exponent.weak === 'bool') return null;
  const dtype = resultType([base, exponent]);
  const value = Number(exponent.value);
  if (base.dtype === 'bool' && value === 2 && exponent.weak === 'int') return callUfunc(b, 'square', [base]);
  const x = cast(b, base, dtype);
  if (value === 2) return b.op('mul', [x, x]);
  if (!isFloat(dtype)) return null;
  if (value === 0.5) return b.op('sqrt', [x]);
  if (value === -1) return b.op('div', [scalar(b, 1, dtype), x]);
  return null;
}

const function2 =
  (name: UfuncName) =>
  <T extends Typed>(b: Builder<T>, x1: Operand<T>, x2: Operand<T>): T =>
    callUfunc(b, name, [x1, x2]);

export const add = function2('add');
export const subtract = function2('subtract');
export const multiply = function2('multiply');
export const divide = function2('divide');
export const maximum = function2('maximum');
export const minimum = function2('minimum');

/** `numpy.where` with three arguments. */
export function where<T extends Typed>(b: Builder<T>, condition: Operand<T>, x: Operand<T>, y: Operand<T>): T {
  const dtype = resultType([x, y]);
  broadcastShapes([condition, x, y].map(shapeOf));
  const truth = prepare(b, ufuncs.logical_not, condition, 'bool');
  // Python integers are cast here as arrays are: they wrap around.
  const cell = (side: Operand<T>): T =>
    isScalar(side) && side.weak === 'int' ? scalar(b, side.value, dtype) : materialize(b, side, dtype);
  return b.op('where', [truth, cell(x), cell(y)]);
}

/** A bound of clip, or null where it is a Python integer at that end of the dtype or beyond, so that it changes nothing. */
export function clipBound<T extends Typed>(x: Operand<T> | null, dtype: DType, end: 0 | 1): Operand<T> | null {
  if (!x || !isScalar(x) || x.weak !== 'int' || !isInteger(dtype)) return x;
  const limit = rangeOf(dtype)[end];
  return (end ? x.value >= limit : x.value <= limit) ? null : x;
}

/** `numpy.clip`: both bounds join the promotion. */
export function clip<T extends Typed>(b: Builder<T>, a: T, min: Operand<T> | null, max: Operand<T> | null): T {
  const [low, high] = [clipBound(min, a.dtype, 0), clipBound(max, a.dtype, 1)];
  const operands = [a, low, high].filter(x => x !== null);
  const dtype = resultType(operands);
  let result = cast(b, a, dtype);
  // Between two numbers, −0 stays where it equals the bound 0; elsewhere the bound is taken.
  const both = low !== null && high !== null && shapeOf(low).length === 0 && shapeOf(high).length === 0;
  const limited = (op: OpName, bound: Operand<T>): T => {
    const limit = materialize(b, bound, dtype);
    return b.op(op, both ? [limit, result] : [result, limit]);
  };
  if (low !== null) result = limited('max', low);
  if (high !== null) result = limited('min', high);
  return result;
}
