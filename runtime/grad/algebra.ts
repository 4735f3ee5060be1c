// Short names for the primitives over a graph builder, so that a gradient rule reads like its formula.
// Nothing is computed here: every function adds a node, or returns its operand where there is nothing to do.
import { isBig, type DType } from '../../src/shared/dtypes.ts';
import { sameShape, sizeOf } from '../ir/layout.ts';
import type { Builder, Node } from '../ir/node.ts';

export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
/** The axes `0 … rank-1` that do not stand in `axes`, ascending. */
export const otherAxes = (rank: number, axes: readonly number[]): number[] =>
  range(0, rank).filter(axis => !axes.includes(axis));
/** Where each axis went: `inverse[axes[i]] = i`. */
export const inversePermutation = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis));
/** `shape` with size 1 on the reduced axes. */
export const keptDims = (shape: readonly number[], axes: readonly number[]): number[] =>
  shape.map((n, axis) => (axes.includes(axis) ? 1 : n));

export type Algebra = ReturnType<typeof algebra>;

/** The vocabulary of the gradient rules over `builder`. */
export function algebra(builder: Builder<Node>) {
  const unary = (name: 'neg' | 'sign' | 'log' | 'sin' | 'cos' | 'sinh' | 'cosh' | 'sqrt' | 'not') => (x: Node) =>
    builder.op(name, [x]);
  const binary =
    (name: 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'floordiv' | 'eq' | 'gt' | 'ge' | 'le' | 'and') =>
    (x: Node, y: Node) =>
      builder.op(name, [x, y]);

  const scalar = (value: number, dtype: DType): Node =>
    builder.constant(isBig(dtype) ? [BigInt(value)] : [value], dtype, []);
  const full = (value: number, like: Node): Node => expand(scalar(value, like.dtype), like.shape);
  const where = (condition: Node, x: Node, y: Node): Node => builder.op('where', [condition, x, y]);
  const cast = (x: Node, dtype: DType): Node => (x.dtype === dtype ? x : builder.op('cast', [x], { dtype }));

  const reshape = (x: Node, shape: readonly number[]): Node =>
    sameShape(x.shape, shape) ? x : builder.op('reshape', [x], { shape });
  const expand = (x: Node, shape: readonly number[]): Node =>
    sameShape(x.shape, shape) ? x : builder.op('expand', [x], { shape });
  const permute = (x: Node, axes: readonly number[]): Node =>
    axes.every((axis, i) => axis === i) ? x : builder.op('permute', [x], { axes });
  const slice = (x: Node, starts: readonly number[], sizes: readonly number[], steps: readonly number[]): Node =>
    sameShape(x.shape, sizes) && steps.every(step => step === 1)
      ? x
      : builder.op('slice', [x], { starts, sizes, steps });
  const pad = (x: Node, low: readonly number[], high: readonly number[]): Node =>
    [...low, ...high].every(n => n === 0) ? x : builder.op('pad', [x], { low, high, value: 0 });
  const concat = (parts: readonly Node[], axis: number): Node => builder.op('concat', parts, { axis });
  /** Reverses the order along the axes. */
  const flip = (x: Node, axes: readonly number[]): Node =>
    axes.length === 0
      ? x
      : slice(
          x,
          x.shape.map((n, axis) => (axes.includes(axis) ? Math.max(n - 1, 0) : 0)),
          x.shape,
          x.shape.map((_, axis) => (axes.includes(axis) ? -1 : 1)),
        );

  const sum = (x: Node, axes: readonly number[]): Node => (axes.length === 0 ? x : builder.op('sum', [x], { axes }));
  const cumsum = (x: Node, axis: number): Node => builder.op('cumsum', [x], { axis });
  const cumprod = (x: Node, axis: number): Node => builder.op('cumprod', [x], { axis });
  /** A reduced value, spread over the shape that it was reduced from. */
  const spread = (x: Node, axes: readonly number[], shape: readonly number[]): Node =>
    expand(reshape(x, keptDims(shape, axes)), shape);
  /** Undoes broadcasting: sums over the axes along which a value of `shape` was repeated. */
  const unbroadcast = (x: Node, shape: readonly number[]): Node => {
    const lead = x.shape.length - shape.length;
    const axes = x.shape.flatMap((n, axis) => (axis < lead || (shape[axis - lead] === 1 && n !== 1) ? [axis] : []));
    return reshape(sum(x, axes), shape);
  };

  const dot = (x: Node, y: Node, attrs: DotAxes): Node => builder.op('dot', [x, y], { ...attrs });
  /** Product of the matrices in the last two axes; the axes before them are equal. */
  const matmul = (x: Node, y: Node): Node => {
    const rank = x.shape.length;
    const batch = range(0, rank - 2);
    return dot(x, y, { lhsContract: [rank - 1], rhsContract: [rank - 2], lhsBatch: batch, rhsBatch: batch });
  };
  const transpose = (x: Node): Node => {
    const rank = x.shape.length;
    return permute(x, [...range(0, rank - 2), rank - 1, rank - 2]);
  };

  const gather = (x: Node, indices: Node, axis: number): Node => builder.op('gather', [x, indices], { axis });
  const scatter = (x: Node, indices: Node, updates: Node, mode: 'set' | 'add' | 'mul'): Node =>
    builder.op('scatter', [x, indices, updates], { mode });
  const argsort = (x: Node, axis: number): Node => builder.op('argsort', [x], { axis });
  /** `result[…, i, …] = x[…, indices[…, i, …], …]` along one axis; `x` and `indices` (int64) have the same shape. */
  const takeAlong = (x: Node, indices: Node, axis: number): Node => {
    const order = [...otherAxes(x.shape.length, [axis]), axis];
    const moved = permute(x, order);
    const n = moved.shape.at(-1) ?? 1;
    const rows = sizeOf(moved.shape) / Math.max(n, 1);
    if (sizeOf(moved.shape) === 0) return x;
    const row = builder.op('iota', [], { dtype: 'int64', shape: [rows, n], axis: 0 });
    const flat = binary('add')(reshape(permute(indices, order), [rows, n]), binary('mul')(row, scalar(n, 'int64')));
    const taken = gather(reshape(moved, [rows * n]), reshape(flat, [rows * n]), 0);
    return permute(reshape(taken, moved.shape), inversePermutation(order));
  };

  return {
    neg: unary('neg'),
    sign: unary('sign'),
    log: unary('log'),
    sin: unary('sin'),
    cos: unary('cos'),
    sinh: unary('sinh'),
    cosh: unary('cosh'),
    sqrt: unary('sqrt'),
    not: unary('not'),
    add: binary('add'),
    sub: binary('sub'),
    mul: binary('mul'),
    div: binary('div'),
    pow: binary('pow'),
    floordiv: binary('floordiv'),
    eq: binary('eq'),
    gt: binary('gt'),
    ge: binary('ge'),
    le: binary('le'),
    and: binary('and'),
    inverse: (x: Node): Node => builder.op('inverse', [x]),
    solve: (a: Node, rhs: Node): Node => builder.op('solve', [a, rhs]),
    ...{ scalar, full, where, cast, reshape, expand, permute, slice, pad, concat, flip },
    ...{ sum, cumsum, cumprod, spread, unbroadcast, dot, matmul, transpose, gather, scatter, argsort, takeAlong },
  };
}

export interface DotAxes {
  readonly lhsContract: readonly number[];
  readonly rhsContract: readonly number[];
  readonly lhsBatch: readonly number[];
  readonly rhsBatch: readonly number[];
}
