// Small helpers over a builder: constants, casts, shapes, and the arguments that an op takes either as attribute or as tensor.
import { isBig, type DType } from '../../src/shared/dtypes.ts';
import type { OpName } from '../ir/ops.ts';
import type { Typed } from '../ir/node.ts';
import { KernelError, shapeText } from './errors.ts';
import type { Json, Lib, LowerArgs, TfAttrs } from './types.ts';

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Row-major numbers as a constant of any dtype. */
export function constant<T extends Typed>(
  b: Lib<T>,
  values: readonly (number | bigint)[],
  dtype: DType,
  shape: readonly number[] = [values.length],
): T {
  return isBig(dtype)
    ? b.constant(
        values.map(v => (typeof v === 'bigint' ? v : BigInt(Math.trunc(v)))),
        dtype,
        shape,
      )
    : b.constant(values.map(Number), dtype, shape);
}

export const scalar = <T extends Typed>(b: Lib<T>, value: number | bigint, dtype: DType): T =>
  constant(b, [value], dtype, []);

/** `shape` filled with one value. */
export function full<T extends Typed>(b: Lib<T>, value: number | bigint, dtype: DType, shape: readonly number[]): T {
  return expand(b, scalar(b, value, dtype), shape);
}

export const sameShape = (a: readonly number[], c: readonly number[]): boolean =>
  a.length === c.length && a.every((d, i) => d === c[i]);

export const reshape = <T extends Typed>(b: Lib<T>, x: T, shape: readonly number[]): T =>
  sameShape(x.shape, shape) ? x : b.op('reshape', [x], { shape });

export const expand = <T extends Typed>(b: Lib<T>, x: T, shape: readonly number[]): T =>
  sameShape(x.shape, shape) ? x : b.op('expand', [x], { shape });

export const cast = <T extends Typed>(b: Lib<T>, x: T, dtype: DType): T =>
  x.dtype === dtype ? x : b.op('cast', [x], { dtype });

export const permute = <T extends Typed>(b: Lib<T>, x: T, axes: readonly number[]): T =>
  axes.every((axis, i) => axis === i) ? x : b.op('permute', [x], { axes });

/** Primitive with fewer brackets. */
export const apply = <T extends Typed>(b: Lib<T>, name: OpName, ...inputs: T[]): T => b.op(name, inputs);

/** One axis from `start`, `size` elements, by `step`; the other axes whole. */
export function sliceAxis<T extends Typed>(b: Lib<T>, x: T, axis: number, start: number, size: number, step = 1): T {
  const starts = x.shape.map((_, i) => (i === axis ? start : 0));
  const sizes = x.shape.map((d, i) => (i === axis ? size : d));
  const steps = x.shape.map((_, i) => (i === axis ? step : 1));
  return b.op('slice', [x], { starts, sizes, steps });
}

export const flip = <T extends Typed>(b: Lib<T>, x: T, axis: number): T => {
  const n = x.shape[axis] ?? 0;
  return n < 2 ? x : sliceAxis(b, x, axis, n - 1, n, -1);
};

export function padAxes<T extends Typed>(
  b: Lib<T>,
  x: T,
  low: readonly number[],
  high: readonly number[],
  value = 0,
): T {
  return [...low, ...high].every(n => n === 0) ? x : b.op('pad', [x], { low, high, value });
}

/** A number or a list of numbers that is an attribute, or else the values of the tensor `inputs[at]`. */
export function ints<T extends Typed>(
  b: Lib<T>,
  attrs: TfAttrs,
  name: string,
  inputs: readonly T[],
  at: number,
): number[] {
  const given = attrs[name];
  if (typeof given === 'number') return [given];
  if (Array.isArray(given)) return given.flat(9).map(Number);
  const tensor = inputs[at];
  if (!tensor) return [];
  return Array.from(b.read(tensor) as ArrayLike<number>, Number);
}

/** As `ints` for the one argument of an op that has to be a scalar; `complain` gives the words for another shape. */
export function single<T extends Typed>(
  { b, attrs, inputs }: LowerArgs<T>,
  name: string,
  at: number,
  complain: (shape: readonly number[]) => string,
): number {
  const given = ints(b, attrs, name, inputs, at);
  const shape = attrs[name] === undefined ? (inputs[at]?.shape ?? []) : isList(attrs[name]) ? [given.length] : [];
  if (shape.length > 0) throw new KernelError(complain(shape));
  return given[0] ?? 0;
}

export const flag = (attrs: TfAttrs, name: string): boolean => attrs[name] === true;
export const number = (attrs: TfAttrs, name: string, fallback: number): number => {
  const given = attrs[name];
  return typeof given === 'number' ? given : fallback;
};
export const text = (attrs: TfAttrs, name: string): string => String(attrs[name] ?? '');
export const dtypeOf = (attrs: TfAttrs, name: string, fallback: DType): DType =>
  (attrs[name] as DType | undefined) ?? fallback;
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The joint shape of broadcasting, or null. */
export function joint(shapes: readonly (readonly number[])[]): number[] | null {
  const rank = Math.max(0, ...shapes.map(s => s.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes)
    for (const [i, d] of shape.entries()) {
      const at = rank - shape.length + i;
      const seen = result[at] ?? 1;
      if (d === seen || d === 1) continue;
      if (seen !== 1) return null;
      result[at] = d;
    }
  return result;
}

export function checkBroadcast(x: Typed, y: Typed): void {
  if (!joint([x.shape, y.shape]))
    throw new KernelError(`Incompatible shapes: ${shapeText(x.shape)} vs. ${shapeText(y.shape)}`);
}

/** Sums a cotangent down to the shape that was broadcast. */
export function unbroadcast<T extends Typed>(b: Lib<T>, g: T, shape: readonly number[]): T {
  if (sameShape(g.shape, shape)) return g;
  const lead = g.shape.length - shape.length;
  const axes = range(g.shape.length).filter(i => i < lead || (shape[i - lead] === 1 && g.shape[i] !== 1));
  return reshape(b, axes.length ? b.op('sum', [g], { axes }) : g, shape);
}

/** The operands of an op, which the type check has counted already. */
export function take<T>(inputs: readonly T[], at: number): T {
  const found = inputs[at];
  if (found === undefined) throw new RangeError(`operand ${at} is missing`);
  return found;
}
