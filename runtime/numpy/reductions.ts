// Reductions, cumulative sums, sorting: `axes` null means all; results keep NumPy's dtypes and order of work.
import { accumulatorOf, isFloat } from '../../src/shared/dtypes.ts';
import type { DType } from '../../src/shared/dtypes.ts';
import type { Builder, Typed } from '../ir/node.ts';
import type { OpName } from '../ir/ops.ts';
import { NumpyError, unsupportedResult } from './errors.ts';
import { cast, materialize, normalizeAxes, normalizeAxis, scalar, sizeOf } from './operand.ts';
import type { Operand } from './operand.ts';

/** The arguments that reductions share. */
export interface ReduceOptions<T> {
  readonly axes?: readonly number[] | null;
  readonly dtype?: DType | null;
  readonly keepdims?: boolean;
  readonly initial?: Operand<T> | null;
  readonly where?: T | null;
}

/** As normalizeAxes; a scalar may be reduced along its axis 0, which it does not have. */
export function reducedAxes(axes: readonly number[] | null, rank: number): number[] {
  return rank === 0 && axes?.length === 1 && (axes[0] === 0 || axes[0] === -1) ? [] : normalizeAxes(axes, rank);
}

export const countAlong = (shape: readonly number[], axes: readonly number[]): number =>
  axes.reduce((n, axis) => n * (shape[axis] ?? 1), 1);

const keep = <T extends Typed>(b: Builder<T>, y: T, shape: readonly number[], axes: readonly number[]): T =>
  b.op('reshape', [y], { shape: shape.map((n, axis) => (axes.includes(axis) ? 1 : n)) });

/** Elements that `where` leaves out become `fill`, which changes nothing. */
function masked<T extends Typed>(b: Builder<T>, x: T, where: T | null | undefined, fill: number): T {
  if (!where) return x;
  if (where.dtype !== 'bool')
    throw new NumpyError(
      'TypeError',
      `Cannot cast array data from dtype('${where.dtype}') to dtype('bool') according to the rule 'safe'`,
    );
  return b.op('where', [where, x, scalar(b, fill, x.dtype)]);
}

/** One reducing primitive with NumPy's extras around it. */
export function reduce<T extends Typed>(
  b: Builder<T>,
  op: OpName,
  combine: OpName,
  x: T,
  fill: number,
  { axes = null, keepdims = false, initial = null, where = null }: ReduceOptions<T>,
): T {
  const along = reducedAxes(axes, x.shape.length);
  let y = masked(b, x, where, fill);
  if (along.length > 0) y = b.op(op, [y], { axes: along });
  // A sum begins with 0, also one over no axis: −0 becomes 0.
  else if (op === 'sum') y = b.op('add', [y, scalar(b, 0, y.dtype)]);
  if (initial !== null) y = b.op(combine, [y, materialize(b, initial, x.dtype)]);
  return keepdims ? keep(b, y, x.shape, along) : y;
}

export function sum<T extends Typed>(b: Builder<T>, a: T, options: ReduceOptions<T> = {}): T {
  const dtype = options.dtype ?? accumulatorOf(a.dtype);
  if (dtype === 'bool') return any(b, a, options);
  return reduce(b, 'sum', 'add', cast(b, a, dtype), 0, options);
}

export function prod<T extends Typed>(b: Builder<T>, a: T, options: ReduceOptions<T> = {}): T {
  const dtype = options.dtype ?? accumulatorOf(a.dtype);
  if (dtype === 'bool') return all(b, a, options);
  return reduce(b, 'prod', 'mul', cast(b, a, dtype), 1, options);
}

const truth = <T extends Typed>(b: Builder<T>, a: T): T =>
  a.dtype === 'bool' ? a : b.op('ne', [a, scalar(b, 0, a.dtype)]);

export const any = <T extends Typed>(b: Builder<T>, a: T, options: ReduceOptions<T> = {}): T =>
  reduce(b, 'reduceMax', 'or', truth(b, a), 0, options);

export const all = <T extends Typed>(b: Builder<T>, a: T, options: ReduceOptions<T> = {}): T =>
  reduce(b, 'reduceMin', 'and', truth(b, a), 1, options);

const extreme =
  (op: 'reduceMax' | 'reduceMin', combine: 'max' | 'min', ufunc: string) =>
  <T extends Typed>(b: Builder<T>, a: T, options: ReduceOptions<T> = {}): T => {
    const { initial = null, where = null } = options;
    const along = reducedAxes(options.axes ?? null, a.shape.length);
    if (initial === null && !where && countAlong(a.shape, along) === 0)
      throw new NumpyError('ValueError', `zero-size array to reduction operation ${ufunc} which has no identity`);
    if (!where) {
      if (countAlong(a.shape, along) === 0 && initial !== null) return filled(b, a, along, options, initial);
      return reduce(b, op, combine, a, 0, options);
    }
    if (initial === null)
      throw new NumpyError(
        'ValueError',
        `reduction operation '${ufunc}' does not have an identity, so to use a where mask one has to specify 'initial'`,
      );
    const start = materialize(b, initial, a.dtype);
    return reduce(b, op, combine, b.op('where', [where, a, start]), 0, { ...options, where: null });
  };

/** An empty reduction that starts from `initial`. */
function filled<T extends Typed>(
  b: Builder<T>,
  a: T,
  along: readonly number[],
  { keepdims = false }: ReduceOptions<T>,
  initial: Operand<T>,
): T {
  const shape = keepdims
    ? a.shape.map((n, axis) => (along.includes(axis) ? 1 : n))
    : a.shape.filter((_, axis) => !along.includes(axis));
  return b.op('expand', [materialize(b, initial, a.dtype)], { shape });
}

export const max = extreme('reduceMax', 'max', 'maximum');
export const min = extreme('reduceMin', 'min', 'minimum');

/** Sum over count; the count is that of `where` if given. Integers and bool are added up as float64. */
export function mean<T extends Typed>(b: Builder<T>, a: T, options: ReduceOptions<T> = {}): T {
  const dtype = options.dtype ?? (isFloat(a.dtype) ? a.dtype : 'float64');
  const total = sum(b, a, { ...options, dtype });
  const quotient = isFloat(dtype) ? dtype : 'float64';
  const result = b.op('div', [cast(b, total, quotient), count(b, a, options, quotient)]);
  return cast(b, result, dtype);
}

/** How many elements a reduction takes, as an array that broadcasts with its result. */
function count<T extends Typed>(b: Builder<T>, a: T, options: ReduceOptions<T>, dtype: DType): T {
  const { axes = null, where = null, keepdims = false } = options;
  const along = reducedAxes(axes, a.shape.length);
  if (!where) return scalar(b, countAlong(a.shape, along), dtype);
  const ones = b.op('cast', [b.op('expand', [where], { shape: a.shape })], { dtype });
  return reduce(b, 'sum', 'add', ones, 0, { axes: along, keepdims });
}

export interface VarianceOptions<T> extends ReduceOptions<T> {
  readonly ddof?: number;
}

/** Two passes, as NumPy: the mean of the squared distances from the mean. */
export function variance<T extends Typed>(b: Builder<T>, a: T, options: VarianceOptions<T> = {}): T {
  const { axes = null, ddof = 0, keepdims = false, where = null } = options;
  const dtype = options.dtype ?? (isFloat(a.dtype) ? a.dtype : 'float64');
  if (!isFloat(dtype)) throw unsupportedResult('var', a.dtype, `a variance in ${dtype}`);
  const x = cast(b, a, dtype);
  const centre = mean(b, x, { axes, keepdims: true, where });
  const distance = b.op('sub', [x, centre]);
  const total = sum(b, b.op('mul', [distance, distance]), { axes, keepdims, where });
  const n = count(b, a, options, dtype);
  const free = b.op('max', [b.op('sub', [n, scalar(b, ddof, dtype)]), scalar(b, 0, dtype)]);
  return b.op('div', [total, free]);
}

export const std = <T extends Typed>(b: Builder<T>, a: T, options: VarianceOptions<T> = {}): T =>
  b.op('sqrt', [variance(b, a, options)]);

const argExtreme =
  (op: 'argmax' | 'argmin') =>
  <T extends Typed>(b: Builder<T>, a: T, axis: number | null = null, keepdims = false): T => {
    const flat = axis === null;
    const x = flat
      ? b.op('reshape', [a], { shape: [sizeOf(a.shape)] })
      : a.shape.length === 0
        ? b.op('reshape', [a], { shape: [1] })
        : a;
    const along = normalizeAxis(axis ?? 0, flat ? 1 : Math.max(1, a.shape.length));
    if ((x.shape[along] ?? 1) === 0) throw new NumpyError('ValueError', `attempt to get ${op} of an empty sequence`);
    const y = b.op(op, [x], { axis: along });
    if (!keepdims) return y;
    return b.op('reshape', [y], { shape: a.shape.map((n, i) => (flat || i === along ? 1 : n)) });
  };
export const argmax = argExtreme('argmax');
export const argmin = argExtreme('argmin');

const sorting =
  (op: 'sort' | 'argsort') =>
  <T extends Typed>(b: Builder<T>, a: T, axis: number | null = -1): T => {
    const x = axis === null ? b.op('reshape', [a], { shape: [sizeOf(a.shape)] }) : a;
    if (x.shape.length === 0 && op === 'argsort') {
      normalizeAxis(axis ?? -1, 1);
      return b.op('reshape', [scalar(b, 0, 'int64')], { shape: [1] });
    }
    return b.op(op, [x], { axis: normalizeAxis(axis ?? -1, x.shape.length) });
  };
export const argsort = sorting('argsort');
export const sort = sorting('sort');

const scan =
  (op: 'cumsum' | 'cumprod') =>
  <T extends Typed>(b: Builder<T>, a: T, axis: number | null = null, dtype: DType | null = null): T => {
    const x = axis === null || a.shape.length === 0 ? b.op('reshape', [a], { shape: [sizeOf(a.shape)] }) : a;
    const along = { axis: normalizeAxis(axis ?? 0, x.shape.length) };
    const work = dtype ?? accumulatorOf(a.dtype);
    if (work !== 'bool') return b.op(op, [cast(b, x, work)], along);
    // Sums and products of truths are truths.
    return truth(b, b.op(op, [cast(b, truth(b, x), 'int64')], along));
  };
export const cumsum = scan('cumsum');
export const cumprod = scan('cumprod');
