// Products, norms and the inverse, over the engine's general dot product and its routines.
import { isFloat, promote } from '../../src/shared/dtypes.ts';
import type { DType } from '../../src/shared/dtypes.ts';
import type { Builder, Typed } from '../ir/node.ts';
import { NumpyError, tuple } from './errors.ts';
import { max, min, sum } from './reductions.ts';
import { broadcastShapes, cast, normalizeAxes, resultType, scalar, sizeOf, toArray } from './operand.ts';
import type { Operand } from './operand.ts';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const both = <T extends Typed>(b: Builder<T>, x: Operand<T>, y: Operand<T>): [T, T] => {
  const dtype = resultType([x, y]);
  return [cast(b, toArray(b, x), dtype), cast(b, toArray(b, y), dtype)];
};
const contract = <T extends Typed>(b: Builder<T>, x: T, y: T, left: number, right: number): T =>
  b.op('dot', [x, y], { lhsContract: [left], rhsContract: [right], lhsBatch: [], rhsBatch: [] });

/** `numpy.dot`: products with scalars, else the last axis of a with the second to last of b. */
export function dot<T extends Typed>(b: Builder<T>, left: Operand<T>, right: Operand<T>): T {
  const [x, y] = both(b, left, right);
  const [m, n] = [x.shape.length, y.shape.length];
  if (m === 0 || n === 0) return b.op('mul', [x, y]);
  const axis = Math.max(0, n - 2);
  if (x.shape[m - 1] !== y.shape[axis])
    throw new NumpyError(
      'ValueError',
      `shapes ${tuple(x.shape, ',')} and ${tuple(y.shape, ',')} not aligned: ${x.shape[m - 1]} (dim ${m - 1}) != ${y.shape[axis]} (dim ${axis})`,
    );
  return contract(b, x, y, m - 1, axis);
}

const matmulSignature = '(n?,k),(k,m?)->(n?,m?)';

/** `numpy.matmul`: vectors are rows or columns that disappear again, further axes are batches. */
export function matmul<T extends Typed>(b: Builder<T>, left: Operand<T>, right: Operand<T>): T {
  let [x, y] = both(b, left, right);
  [x, y].forEach((operand, i) => {
    if (operand.shape.length === 0)
      throw new NumpyError(
        'ValueError',
        `matmul: Input operand ${i} does not have enough dimensions (has 0, gufunc core with signature ${matmulSignature} requires 1)`,
      );
  });
  const [row, column] = [x.shape.length === 1, y.shape.length === 1];
  const k = x.shape[x.shape.length - 1] ?? 1;
  const inner = y.shape[Math.max(0, y.shape.length - 2)] ?? 1;
  if (k !== inner)
    throw new NumpyError(
      'ValueError',
      `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${matmulSignature} (size ${inner} is different from ${k})`,
    );
  if (x.shape.length <= 2 && y.shape.length <= 2)
    return contract(b, x, y, x.shape.length - 1, Math.max(0, y.shape.length - 2));
  if (row) x = b.op('reshape', [x], { shape: [1, k] });
  if (column) y = b.op('reshape', [y], { shape: [k, 1] });
  const batch = batchShape(x, y);
  const rank = batch.length;
  const [n, m] = [x.shape[x.shape.length - 2] ?? 1, y.shape[y.shape.length - 1] ?? 1];
  const axes = range(0, rank);
  const product = b.op(
    'dot',
    [b.op('expand', [x], { shape: [...batch, n, k] }), b.op('expand', [y], { shape: [...batch, k, m] })],
    { lhsContract: [rank + 1], rhsContract: [rank], lhsBatch: axes, rhsBatch: axes },
  );
  const shape = [...batch, ...(row ? [] : [n]), ...(column ? [] : [m])];
  return row || column ? b.op('reshape', [product], { shape }) : product;
}

function batchShape(x: Typed, y: Typed): number[] {
  const [left, right] = [x.shape.slice(0, -2), y.shape.slice(0, -2)];
  try {
    return broadcastShapes([left, right]);
  } catch {
    const [a, c] = [x, y].map(operand => tuple(operand.shape, ','));
    throw new NumpyError(
      'ValueError',
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${a}->${remapped(left)} ${c}->${remapped(right)}  and requested shape ${tuple([x.shape[x.shape.length - 2] ?? 1, y.shape[y.shape.length - 1] ?? 1], ',')}`,
    );
  }
}
const remapped = (batch: readonly number[]): string => `(${batch.map(String).join(',')},newaxis,newaxis)`;

/** `ord` of linalg.norm: a number, or 'fro', 'nuc'; null is the 2-norm of all elements. */
export type NormOrder = number | 'fro' | 'nuc' | null;

export function norm<T extends Typed>(
  b: Builder<T>,
  a: T,
  ord: NormOrder = null,
  axis: readonly number[] | null = null,
  keepdims = false,
): T {
  const x = isFloat(a.dtype) ? a : cast(b, a, 'float64');
  const rank = x.shape.length;
  const restore = (y: T, axes: readonly number[]): T =>
    keepdims ? b.op('reshape', [y], { shape: x.shape.map((n, i) => (axes.includes(i) ? 1 : n)) }) : y;
  if (axis === null && (ord === null || (ord === 'fro' && rank === 2) || (ord === 2 && rank === 1))) {
    const flat = b.op('reshape', [x], { shape: [sizeOf(x.shape)] });
    return restore(b.op('sqrt', [contract(b, flat, flat, 0, 0)]), range(0, rank));
  }
  const ordered = axis ?? range(0, rank);
  const axes = normalizeAxes(ordered, rank);
  if (ordered.length === 1) return restore(vectorNorm(b, x, ord, axes), axes);
  if (ordered.length === 2) {
    const [row = 0, column = 1] = ordered.map(i => (i < 0 ? i + rank : i));
    return restore(matrixNorm(b, x, ord, row, column), axes);
  }
  throw new NumpyError('ValueError', 'Improper number of dimensions to norm.');
}

/** What norms of nothing start from. */
const none = { weak: 'int', dtype: 'int64', value: 0 } as const;

function vectorNorm<T extends Typed>(b: Builder<T>, x: T, ord: NormOrder, axes: readonly number[]): T {
  const size = b.op('abs', [x]);
  if (typeof ord === 'string') throw new NumpyError('ValueError', `Invalid norm order '${ord}' for vectors`);
  if (ord === Infinity) return max(b, size, { axes, initial: none });
  if (ord === -Infinity) return min(b, size, { axes });
  if (ord === 0) return sum(b, b.op('cast', [b.op('ne', [x, scalar(b, 0, x.dtype)])], { dtype: x.dtype }), { axes });
  if (ord === 1) return sum(b, size, { axes });
  if (ord === null || ord === 2) return b.op('sqrt', [sum(b, b.op('mul', [x, x]), { axes })]);
  const powers = b.op('pow', [size, scalar(b, ord, x.dtype)]);
  return b.op('pow', [sum(b, powers, { axes }), scalar(b, 1 / ord, x.dtype)]);
}

function matrixNorm<T extends Typed>(b: Builder<T>, x: T, ord: NormOrder, row: number, column: number): T {
  if (row === column) throw new NumpyError('ValueError', 'Duplicate axes given.');
  const lines = (along: number, other: number, pick: typeof max): T => {
    const totals = sum(b, b.op('abs', [x]), { axes: [along] });
    const axes = [other > along ? other - 1 : other];
    return pick(b, totals, sizeOf(totals.shape) === 0 ? { axes, initial: none } : { axes });
  };
  switch (ord) {
    case null:
    case 'fro':
      return b.op('sqrt', [sum(b, b.op('mul', [x, x]), { axes: [row, column] })]);
    case 1:
      return lines(row, column, max);
    case -1:
      return lines(row, column, min);
    case Infinity:
      return lines(column, row, max);
    case -Infinity:
      return lines(column, row, min);
    case 2:
    case -2:
    case 'nuc': {
      const rest = range(0, x.shape.length).filter(i => i !== row && i !== column);
      const values = b.op('singularValues', [b.op('permute', [x], { axes: [...rest, row, column] })]);
      const last = [values.shape.length - 1];
      return ord === 2
        ? max(b, values, { axes: last, initial: none })
        : ord === -2
          ? min(b, values, { axes: last })
          : sum(b, values, { axes: last });
    }
    default:
      throw new NumpyError('ValueError', 'Invalid norm order for matrices.');
  }
}

function refuseNonSquare(shape: readonly number[]): void {
  const rank = shape.length;
  if (rank < 2)
    throw new NumpyError('LinAlgError', `${rank}-dimensional array given. Array must be at least two-dimensional`);
  if (shape[rank - 1] !== shape[rank - 2])
    throw new NumpyError('LinAlgError', 'Last 2 dimensions of the array must be square');
}

/** `numpy.linalg.inv`. */
export function inv<T extends Typed>(b: Builder<T>, a: T): T {
  refuseNonSquare(a.shape);
  return b.op('inverse', [isFloat(a.dtype) ? a : cast(b, a, 'float64')]);
}

/** `numpy.linalg.det`. */
export function det<T extends Typed>(b: Builder<T>, a: T): T {
  refuseNonSquare(a.shape);
  return b.op('det', [isFloat(a.dtype) ? a : cast(b, a, 'float64')]);
}

/** `numpy.linalg.solve`: a vector on the right is one with one axis. */
export function solve<T extends Typed>(b: Builder<T>, a: T, right: T): T {
  refuseNonSquare(a.shape);
  const vector = right.shape.length === 1;
  if (right.shape.length === 0)
    throw new NumpyError(
      'ValueError',
      'solve: Input operand 1 does not have enough dimensions (has 0, gufunc core with signature (m,m),(m,n)->(m,n) requires 2)',
    );
  const dtype = a.dtype === 'float32' && right.dtype === 'float32' ? 'float32' : 'float64';
  const columns = vector ? b.op('reshape', [right], { shape: [...right.shape, 1] }) : right;
  const [n = 0, [rows = 0, across = 0]] = [a.shape.at(-1), columns.shape.slice(-2)];
  if (rows !== n)
    throw new NumpyError(
      'ValueError',
      `solve${vector ? '1' : ''}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${vector ? '(m,m),(m)->(m)' : '(m,m),(m,n)->(m,n)'} (size ${rows} is different from ${n})`,
    );
  const batch = broadcastShapes([a.shape.slice(0, -2), columns.shape.slice(0, -2)]);
  const y = b.op('solve', [
    b.op('expand', [cast(b, a, dtype)], { shape: [...batch, n, n] }),
    b.op('expand', [cast(b, columns, dtype)], { shape: [...batch, rows, across] }),
  ]);
  return vector ? b.op('reshape', [y], { shape: [...batch, n] }) : y;
}

/** `numpy.outer`: both flattened. */
export function outer<T extends Typed>(b: Builder<T>, left: T, right: T): T {
  const dtype: DType = promote(left.dtype, right.dtype);
  const x = b.op('reshape', [cast(b, left, dtype)], { shape: [sizeOf(left.shape), 1] });
  const y = b.op('reshape', [cast(b, right, dtype)], { shape: [1, sizeOf(right.shape)] });
  return b.op('mul', [x, y]);
}
