// Arguments of the functions: arrays, and scalars that are weak (Python's own) or strong (NumPy's), with NEP 50 promotion.
import { defaultDType, dtypes, isInteger, promote, promoteWeak } from '../../src/shared/dtypes.ts';
import type { DType, WeakKind } from '../../src/shared/dtypes.ts';
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
  return kinds.map(kind => defaultDType[kind]).reduce(promote, 'bool');
}

const limits = {
  uint8: [0n, 255n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** −1 or 1 when the Python integer lies below or above the dtype's range, else 0. */
export function outOfRange(value: number | bigint, dtype: DType): -1 | 0 | 1 {
  if (dtype !== 'uint8' && dtype !== 'int32' && dtype !== 'int64') return 0;
  const [low, high] = limits[dtype];
  return value < low ? -1 : value > high ? 1 : 0;
}

/** The scalar as an element of `dtype`, as C converts it; a weak integer must fit. */
export function convert(x: Scalar, dtype: DType): number | bigint {
  if (x.weak === 'int' && isInteger(dtype) && outOfRange(x.value, dtype) !== 0)
    throw new NumpyError(
      'OverflowError',
      dtype === 'int64'
        ? 'Python int too large to convert to C long'
        : `Python integer ${x.value} out of bounds for ${dtype}`,
    );
  const { value } = x;
  // A Python float becomes an integer element through int(), which must fit as well.
  if (x.weak === 'float' && isInteger(dtype))
    return convert({ weak: 'int', dtype: 'int64', value: BigInt(Math.trunc(Number(value))) }, dtype);
  switch (dtype) {
    case 'bool':
      return Number(value) === 0 ? 0 : 1;
    case 'int64':
      return typeof value === 'bigint' ? value : BigInt(Number.isFinite(value) ? Math.trunc(value) : -(2 ** 63));
    case 'int32':
      return Number(BigInt.asIntN(32, typeof value === 'bigint' ? value : BigInt(Math.trunc(value) || 0)));
    case 'uint8':
      return Number(BigInt.asUintN(8, typeof value === 'bigint' ? value : BigInt(Math.trunc(value) || 0)));
    case 'float32':
      return Math.fround(Number(value));
    case 'float64':
      return Number(value);
  }
}

/** A 0-d constant of `dtype`. */
export function scalar<T extends Typed>(b: Builder<T>, value: number | bigint, dtype: DType): T {
  const element = convert({ weak: null, dtype, value }, dtype);
  return dtype === 'int64'
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
