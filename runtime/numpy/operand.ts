// Arguments of the functions: arrays, and scalars that are weak (Python's own) or strong (NumPy's), with NEP 50 promotion.
import {
  defaultDType,
  dtypes,
  isBig,
  isFloat,
  isInteger,
  promote,
  promoteWeak,
  rangeOf,
  wrapInteger,
} from '../../src/shared/dtypes.ts';
import type { DType, WeakKind } from '../../src/shared/dtypes.ts';
import { castCell } from '../emit/scalars.ts';
import type { Builder, Typed } from '../ir/node.ts';
import { NumpyError, tuple } from './errors.ts';

/** A number that is not an array yet. `weak` names the Python type; null means that `dtype` is its own. */
export interface Scalar {
  readonly weak: WeakKind | null;
  readonly dtype: DType;
  readonly value: number | bigint;
}
export type Operand<T> = T | Scalar;

export const weak = (value: number | bigint, kind: WeakKind): Scalar => ({
  weak: kind,
  dtype: defaultDType[kind],
  value,
});
export const isScalar = <T extends Typed>(x: Operand<T>): x is Scalar => 'value' in x;
export const shapeOf = <T extends Typed>(x: Operand<T>): readonly number[] => (isScalar(x) ? [] : x.shape);
export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/** `numpy.result_type`: strong operands decide, weak ones only lift the kind. */
export function resultType<T extends Typed>(operands: readonly Operand<T>[]): DType {
  let strong: DType | null = null;
  const kinds: WeakKind[] = [];
  for (const x of operands) {
    if (isScalar(x) && x.weak) kinds.push(x.weak);
    else strong = strong ? promote(strong, x.dtype) : x.dtype;
  }
  if (strong) return kinds.reduce(promoteWeak, strong);
  // Alone, a Python integer may be as large as an unsigned one.
  if (operands.length === 1) return operands[0]?.dtype ?? 'float64';
  return kinds.map(kind => defaultDType[kind]).reduce(promote, 'bool');
}

/** −1 or 1 when the Python integer lies below or above the dtype's range, else 0. */
export function outOfRange(value: number | bigint, dtype: DType): -1 | 0 | 1 {
  if (!isInteger(dtype)) return 0;
  const [low, high] = rangeOf(dtype);
  return value < low ? -1 : value > high ? 1 : 0;
}

/** NumPy's words: integers go through C's long, or where the dtype is wide and has no sign, through the unsigned one. */
function refuseInteger(value: number | bigint, dtype: DType): never {
  const unsigned = dtype === 'uint32' || dtype === 'uint64';
  const fits = outOfRange(value, 'int64') === 0 || (unsigned && outOfRange(value, 'uint64') === 0);
  const words = fits
    ? `Python integer ${value} out of bounds for ${dtype}`
    : 'Python int too large to convert to C long';
  throw new NumpyError('OverflowError', words);
}

/** The scalar as an element of `dtype`, as C converts it; a weak integer must fit. */
export function convert(x: Scalar, dtype: DType): number | bigint {
  if (x.weak === 'int' && outOfRange(x.value, dtype) !== 0) refuseInteger(x.value, dtype);
  const { value } = x;
  if (x.weak === 'int' && isFloat(dtype) && Math.abs(Number(value)) === Infinity)
    throw new NumpyError('OverflowError', 'int too large to convert to float');
  // A Python float becomes an integer element through int(), which must fit as well.
  if (x.weak === 'float' && isInteger(dtype) && !Number.isFinite(Number(value)))
    throw Number.isNaN(Number(value))
      ? new NumpyError('ValueError', 'cannot convert float NaN to integer')
      : new NumpyError('OverflowError', 'cannot convert float infinity to integer');
  if (x.weak === 'float' && isInteger(dtype))
    return convert({ weak: 'int', dtype: 'int64', value: BigInt(Math.trunc(Number(value))) }, dtype);
  if (dtype === 'bool') return Number(value) === 0 ? 0 : 1;
  if (isFloat(dtype)) return dtype === 'float32' ? Math.fround(Number(value)) : Number(value);
  if (typeof value === 'number') return castCell('float64', dtype)(value);
  const wrapped = wrapInteger(dtype, value);
  return isBig(dtype) ? wrapped : Number(wrapped);
}

/** A 0-d constant of `dtype`. */
export function scalar<T extends Typed>(b: Builder<T>, value: number | bigint, dtype: DType): T {
  const element = convert({ weak: null, dtype, value }, dtype);
  return isBig(dtype)
    ? b.constant([typeof element === 'bigint' ? element : BigInt(element)], dtype, [])
    : b.constant([Number(element)], dtype, []);
}

export const cast = <T extends Typed>(b: Builder<T>, x: T, dtype: DType): T =>
  x.dtype === dtype ? x : b.op('cast', [x], { dtype });

/** The operand as an array of `dtype`. */
export function materialize<T extends Typed>(b: Builder<T>, x: Operand<T>, dtype: DType): T {
  if (!isScalar(x)) return cast(b, x, dtype);
  return scalar(b, convert(x, dtype), dtype);
}

/** The operand as an array of the dtype that it has by itself. */
export const toArray = <T extends Typed>(b: Builder<T>, x: Operand<T>): T => materialize(b, x, x.dtype);

/** NumPy's broadcasting of shapes, with its error. */
export function broadcastShapes(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map(s => s.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes)
    shape.forEach((d, i) => {
      const at = rank - shape.length + i;
      const seen = result[at] ?? 1;
      if (d === 1 || d === seen) return;
      if (seen !== 1) {
        const words = shapes.map(s => tuple(s, ',')).join(' ');
        throw new NumpyError('ValueError', `operands could not be broadcast together with shapes ${words} `);
      }
      result[at] = d;
    });
  return result;
}

/** A non-negative axis, or NumPy's AxisError. */
export function normalizeAxis(axis: number, rank: number): number {
  if (axis < -rank || axis >= rank)
    throw new NumpyError('AxisError', `axis ${axis} is out of bounds for array of dimension ${rank}`);
  return axis < 0 ? axis + rank : axis;
}

/** Sorted non-negative axes; null means all of them. */
export function normalizeAxes(axes: readonly number[] | null, rank: number): number[] {
  if (axes === null) return Array.from({ length: rank }, (_, i) => i);
  const found = axes.map(axis => normalizeAxis(axis, rank));
  if (new Set(found).size !== found.length) throw new NumpyError('ValueError', "duplicate value in 'axis'");
  return found.sort((a, b) => a - b);
}

export const bytesOf = (dtype: DType): number => dtypes[dtype].bytes;
