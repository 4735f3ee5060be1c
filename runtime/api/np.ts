// NumPy's functions in TypeScript: the same names, dtypes and errors, over arrays of this API.
import type { DType } from '../../src/shared/dtypes.ts';
import { sizeOf } from '../ir/layout.ts';
import type { Builder, Typed } from '../ir/node.ts';
import * as creation from '../numpy/creation.ts';
import { callUfunc, clip, where, type UfuncName } from '../numpy/elementwise.ts';
import { NumpyError, tuple } from '../numpy/errors.ts';
import * as linalg from '../numpy/linalg.ts';
import { cast, materialize, normalizeAxes, normalizeAxis, resultType, toArray } from '../numpy/operand.ts';
import * as reductions from '../numpy/reductions.ts';
import { apply, applyAll, fromValues, Tensor, type ArrayLike, type Nested, type TypedValues } from './tensor.ts';

const unary = (name: UfuncName) => (x: ArrayLike) => apply((b, a) => callUfunc(b, name, [a]), x);
const binary = (name: UfuncName) => (x: ArrayLike, y: ArrayLike) =>
  apply((b, l, r) => callUfunc(b, name, [l, r]), x, y);

export interface ReduceOptions {
  /** One axis or several, negative ones from the end; all by default. */
  readonly axis?: number | readonly number[] | null;
  readonly keepdims?: boolean;
  readonly dtype?: DType;
}

type Reduce = <T extends Typed>(b: Builder<T>, a: T, options: reductions.VarianceOptions<T>) => T;
const reduction =
  (reduce: Reduce) =>
  (x: ArrayLike, { axis = null, ...rest }: ReduceOptions = {}): Tensor => {
    const axes = typeof axis === 'number' ? [axis] : axis;
    return one(x, (b, a) => reduce(b, a, { axes, ...rest }));
  };

/** Applies a function of one array. */
const one = (x: ArrayLike, f: <T extends Typed>(b: Builder<T>, a: T) => T): Tensor =>
  apply((b, a) => f(b, toArray(b, a)), x);

type AlongAxis = <T extends Typed>(b: Builder<T>, a: T, axis: number | null) => T;
const along =
  (f: AlongAxis, standard: number | null) =>
  (x: ArrayLike, axis: number | null = standard): Tensor =>
    one(x, (b, a) => f(b, a, axis));

const make = (f: <T extends Typed>(b: Builder<T>) => T): Tensor => applyAll(b => f(b), []);
const shapeList = (shape: number | readonly number[]): readonly number[] =>
  typeof shape === 'number' ? [shape] : shape;

/** NumPy by its own names. Functions never change their arguments; every call gives a new array. */
export const np = {
  /** `np.array([[1, 2], [3, 4]])`: float64 for numbers, int64 for bigints, bool for booleans, or `dtype`. */
  array: (values: Nested | TypedValues | Tensor, dtype?: DType): Tensor =>
    values instanceof Tensor ? np.astype(values, dtype ?? values.dtype) : fromValues(values, dtype),
  zeros: (shape: number | readonly number[], dtype: DType = 'float64') =>
    make(b => creation.zeros(b, shapeList(shape), dtype)),
  ones: (shape: number | readonly number[], dtype: DType = 'float64') =>
    make(b => creation.ones(b, shapeList(shape), dtype)),
  full: (shape: number | readonly number[], value: number, dtype: DType = 'float64') =>
    make(b =>
      b.op('expand', [materialize(b, { weak: null, dtype: 'float64', value }, dtype)], { shape: shapeList(shape) }),
    ),
  eye: (n: number, m: number | null = null, k = 0, dtype: DType = 'float64') =>
    make(b => creation.eye(b, n, m, k, dtype)),
  /** `arange(stop)` or `arange(start, stop, step)`. */
  arange(start: number, stop?: number, step = 1, dtype: DType = 'float64'): Tensor {
    const [from, to] = stop === undefined ? [0, start] : [start, stop];
    const n = Math.max(0, Math.ceil((to - from) / step));
    return fromValues(
      Array.from({ length: n }, (_, i) => from + i * step),
      dtype,
    );
  },
  linspace: (start: number, stop: number, num = 50): Tensor =>
    fromValues(
      Array.from({ length: num }, (_, i) =>
        i === num - 1 && num > 1 ? stop : start + (i * (stop - start)) / Math.max(num - 1, 1),
      ),
    ),

  ...{ sqrt: unary('sqrt'), exp: unary('exp'), log: unary('log'), sin: unary('sin'), cos: unary('cos') },
  ...{ tanh: unary('tanh'), abs: unary('abs'), negative: unary('negative'), square: unary('square') },
  ...{ sign: unary('sign'), floor: unary('floor'), ceil: unary('ceil'), rint: unary('rint') },
  ...{ isnan: unary('isnan'), isfinite: unary('isfinite'), logical_not: unary('logical_not') },
  ...{ add: binary('add'), subtract: binary('subtract'), multiply: binary('multiply'), divide: binary('divide') },
  ...{ floor_divide: binary('floor_divide'), remainder: binary('remainder'), power: binary('power') },
  ...{ maximum: binary('maximum'), minimum: binary('minimum'), hypot: binary('hypot') },
  ...{ equal: binary('equal'), not_equal: binary('not_equal'), less: binary('less') },
  ...{ less_equal: binary('less_equal'), greater: binary('greater'), greater_equal: binary('greater_equal') },
  ...{ logical_and: binary('logical_and'), logical_or: binary('logical_or') },
  where: (condition: ArrayLike, x: ArrayLike, y: ArrayLike) =>
    apply((b, c, l, r) => where(b, c, l, r), condition, x, y),
  clip: (x: ArrayLike, low: number | null, high: number | null) =>
    apply(
      (b, a, l, h) => clip(b, toArray(b, a), low === null ? null : l, high === null ? null : h),
      x,
      low ?? 0,
      high ?? 0,
    ),
  astype: (x: ArrayLike, dtype: DType) => one(x, (b, a) => cast(b, a, dtype)),

  ...{ sum: reduction(reductions.sum), prod: reduction(reductions.prod), mean: reduction(reductions.mean) },
  ...{ max: reduction(reductions.max), min: reduction(reductions.min), any: reduction(reductions.any) },
  ...{ all: reduction(reductions.all), std: reduction(reductions.std), var: reduction(reductions.variance) },
  ...{ argmax: along(reductions.argmax, null), argmin: along(reductions.argmin, null) },
  ...{ sort: along(reductions.sort, -1), argsort: along(reductions.argsort, -1) },
  ...{ cumsum: along(reductions.cumsum, null), cumprod: along(reductions.cumprod, null) },

  matmul: (x: ArrayLike, y: ArrayLike) => apply((b, l, r) => linalg.matmul(b, l, r), x, y),
  dot: (x: ArrayLike, y: ArrayLike) => apply((b, l, r) => linalg.dot(b, l, r), x, y),
  inv: (x: ArrayLike) => one(x, linalg.inv),
  norm: (x: ArrayLike, ord: linalg.NormOrder = null) => one(x, (b, a) => linalg.norm(b, a, ord)),

  /** One size may be -1: it is what remains. */
  reshape: (x: ArrayLike, shape: number | readonly number[]) =>
    one(x, (b, a) => b.op('reshape', [a], { shape: completeShape(shapeList(shape), a.shape) })),
  transpose: (x: ArrayLike, axes?: readonly number[]) =>
    one(x, (b, a) => {
      const rank = a.shape.length;
      const order =
        axes?.map(axis => normalizeAxis(axis, rank)) ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
      return b.op('permute', [a], { axes: order });
    }),
  expand_dims: (x: ArrayLike, axis: number) =>
    one(x, (b, a) => {
      const at = normalizeAxis(axis, a.shape.length + 1);
      return b.op('reshape', [a], { shape: [...a.shape.slice(0, at), 1, ...a.shape.slice(at)] });
    }),
  /** Removes axes of length 1: the ones named, or all of them. */
  squeeze: (x: ArrayLike, axis: number | readonly number[] | null = null) =>
    one(x, (b, a) => {
      const ones = a.shape.flatMap((n, i) => (n === 1 ? [i] : []));
      const gone = axis === null ? ones : normalizeAxes(shapeList(axis), a.shape.length);
      if (gone.some(i => a.shape[i] !== 1))
        throw new NumpyError('ValueError', 'cannot select an axis to squeeze out which has size not equal to one');
      return b.op('reshape', [a], { shape: a.shape.filter((_, i) => !gone.includes(i)) });
    }),
  broadcast_to: (x: ArrayLike, shape: readonly number[]) => one(x, (b, a) => b.op('expand', [a], { shape })),
  concatenate: (parts: readonly ArrayLike[], axis = 0) =>
    applyAll((b, operands) => {
      const dtype = resultType(operands);
      const arrays = operands.map(x => materialize(b, x, dtype));
      return b.op('concat', arrays, { axis: normalizeAxis(axis, arrays[0]?.shape.length ?? 0) });
    }, parts),
} as const;

function completeShape(wanted: readonly number[], from: readonly number[]): readonly number[] {
  const size = sizeOf(from);
  const rest = wanted.filter(n => n !== -1).reduce((a, b) => a * b, 1);
  const shape = wanted.map(n => (n === -1 ? size / rest : n));
  if (sizeOf(shape) !== size || !shape.every(Number.isInteger))
    throw new NumpyError('ValueError', `cannot reshape array of size ${size} into shape ${tuple(wanted, ',')}`);
  return shape;
}
