// Matrix products, inverses, and the family of diagonals.
import { isFloat } from '../../../src/shared/dtypes.ts';
import type { Typed } from '../../ir/node.ts';
import {
  apply,
  constant,
  expand,
  flag,
  full,
  isList,
  joint,
  number,
  range,
  reshape,
  sizeOf,
  take,
  text,
} from '../build.ts';
import { KernelError, LateKernelError, shapeText } from '../errors.ts';
import type { Json, Lib, LowerArgs, TfOp } from '../types.ts';

const products = 'bfloat16, half, float, double, int32, int64, uint8, uint16, uint32, uint64, complex64, complex128';
const inverses = 'double, float, half, complex64, complex128';

function matMul<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [x, y] = [take(inputs, 0), take(inputs, 1)];
  const [p, q] = [flag(attrs, 'transpose_a'), flag(attrs, 'transpose_b')];
  if (isFloat(x.dtype)) {
    if (x.shape.length < 2) throw new KernelError('In[0] ndims must be >= 2');
    if (y.shape.length < 2) throw new KernelError('In[1] ndims must be >= 2');
  }
  if (x.shape.length !== y.shape.length)
    throw new KernelError(`In[0] and In[1] has different ndims: ${shapeText(x.shape)} vs. ${shapeText(y.shape)}`);
  if (x.shape.length !== 2) throw new KernelError(`In[0] and In[1] ndims must be == 2: ${x.shape.length}`);
  if (x.shape[p ? 0 : 1] !== y.shape[q ? 1 : 0])
    throw new KernelError(`Matrix size-incompatible: In[0]: ${shapeText(x.shape)}, In[1]: ${shapeText(y.shape)}`);
  return [b.op('dot', [x, y], { lhsContract: [p ? 0 : 1], rhsContract: [q ? 1 : 0], lhsBatch: [], rhsBatch: [] })];
}

function batchMatMul<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [x, y] = [take(inputs, 0), take(inputs, 1)];
  const [p, q] = [flag(attrs, 'adj_x'), flag(attrs, 'adj_y')];
  if (x.shape.length < 2) throw new KernelError(`In[0] ndims must be >= 2: ${x.shape.length}`);
  if (y.shape.length < 2) throw new KernelError(`In[1] ndims must be >= 2: ${y.shape.length}`);
  const batch = joint([x.shape.slice(0, -2), y.shape.slice(0, -2)]);
  if (!batch)
    throw new KernelError(
      `In[0] and In[1] must have compatible batch dimensions: ${shapeText(x.shape)} vs. ${shapeText(y.shape)}`,
    );
  if (x.shape.at(p ? -2 : -1) !== y.shape.at(q ? -1 : -2))
    throw new KernelError(`Matrix size-incompatible: In[0]: ${shapeText(x.shape)}, In[1]: ${shapeText(y.shape)}`);
  const axes = range(batch.length);
  const n = batch.length;
  const wide = (t: T): T => expand(b, t, [...batch, ...t.shape.slice(-2)]);
  return [
    b.op('dot', [wide(x), wide(y)], {
      lhsContract: [p ? n : n + 1],
      rhsContract: [q ? n + 1 : n],
      lhsBatch: axes,
      rhsBatch: axes,
    }),
  ];
}

/** Keeps the main diagonal with so many below and above it; a negative number keeps all. */
function bandPart<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const x = take(inputs, 0);
  if (x.shape.length < 2) throw new KernelError(`input must be at least 2-dim, received shape: ${shapeText(x.shape)}`);
  const [rows = 0, columns = 0] = x.shape.slice(-2);
  const [below, above] = [number(attrs, 'num_lower', 0), number(attrs, 'num_upper', 0)];
  if (below > rows)
    throw new KernelError(`num_lower must be negative or less or equal to number of rows (${rows}) got: ${below}`);
  if (above > columns)
    throw new KernelError(
      `num_upper must be negative or less or equal to number of columns (${columns}) got: ${above}`,
    );
  const kept = range(rows).flatMap(i =>
    range(columns).map(j => ((below < 0 || i - j <= below) && (above < 0 || j - i <= above) ? 1 : 0)),
  );
  const mask = constant(b, kept, 'bool', [rows, columns]);
  return [apply(b, 'where', expand(b, mask, x.shape), x, full(b, 0, x.dtype, x.shape))];
}

/** Lowest and highest diagonal from `k`: a number or a pair. */
function diagonals(k: Json | undefined): readonly [number, number] {
  const [low = 0, high = low] = isList(k) ? k.map(Number) : [Number(k ?? 0)];
  if (low > high)
    throw new KernelError(
      `lower_diag_index must not be larger than upper_diag_index: received ${low} is larger than ${high}`,
    );
  return [low, high];
}

/** `it` is how the two kernels go on behind the lower number. */
function inBounds(low: number, high: number, rows: number, columns: number, it: string): void {
  const outside = (d: number): boolean => d !== 0 && (d <= -rows || d >= columns);
  const range = `must be between ${-rows} and ${columns}`;
  if (outside(low)) throw new KernelError(`lower_diag_index is out of bound: ${low}${it} ${range}`);
  if (outside(high)) throw new KernelError(`upper_diag_index is out of bound: ${high} It ${range}`);
}

/** Where diagonal `d` begins in its row of length `width`, by `align`. */
function offset(d: number, length: number, width: number, align: string): number {
  const right =
    (d >= 0 && (align === 'RIGHT_LEFT' || align === 'RIGHT_RIGHT')) ||
    (d <= 0 && (align === 'LEFT_RIGHT' || align === 'RIGHT_RIGHT'));
  return right ? width - length : 0;
}

const lengthOf = (d: number, rows: number, columns: number): number =>
  Math.min(rows + Math.min(d, 0), columns - Math.max(d, 0));

/** `table[places]` along the last axis; where a place is −1, `otherwise`. */
function pick<T extends Typed>(
  b: Lib<T>,
  table: T,
  places: readonly number[],
  shape: readonly number[],
  otherwise: T,
): T {
  const found = b.op(
    'gather',
    [
      table,
      constant(
        b,
        places.map(p => Math.max(0, p)),
        'int32',
      ),
    ],
    { axis: table.shape.length - 1 },
  );
  const placed = reshape(b, found, [...table.shape.slice(0, -1), ...shape]);
  if (places.every(p => p >= 0)) return placed;
  const mask = constant(
    b,
    places.map(p => (p < 0 ? 0 : 1)),
    'bool',
    shape,
  );
  return apply(b, 'where', mask, placed, otherwise);
}

/** For every cell of a matrix its place in the packed diagonals, −1 beside them. */
function cells(rows: number, columns: number, low: number, high: number, width: number, align: string): number[] {
  return range(rows * columns).map(at => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    const d = j - i;
    if (d < low || d > high) return -1;
    const start = offset(d, lengthOf(d, rows, columns), width, align);
    return (high - d) * width + i - Math.max(-d, 0) + start;
  });
}

function flatDiagonals<T extends Typed>(
  b: Lib<T>,
  x: T,
  count: number,
): { table: T; width: number; lead: readonly number[] } {
  const width = x.shape.at(-1) ?? 0;
  const lead = x.shape.slice(0, count > 1 ? -2 : -1);
  return { table: reshape(b, x, [...lead, count * width]), width, lead };
}

function diag<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [x, padding] = [take(inputs, 0), take(inputs, 1)];
  if (x.shape.length < 1)
    throw new KernelError(`diagonal must be at least 1-dim, received shape: ${shapeText(x.shape)}`);
  const [low, high] = diagonals(attrs.k);
  if (high > low && x.shape.at(-2) !== high - low + 1)
    throw new KernelError(
      'The number of diagonals provided in the input does not match the lower_diag_index and upper_diag_index range.',
    );
  const { table, width } = flatDiagonals(b, x, high - low + 1);
  const [leastRows, leastColumns] = [width - Math.min(high, 0), width + Math.max(low, 0)];
  let [rows, columns] = [number(attrs, 'num_rows', -1), number(attrs, 'num_cols', -1)];
  if (rows === -1 && columns === -1) rows = columns = Math.max(leastRows, leastColumns);
  else if (rows === -1) rows = leastRows;
  else if (columns === -1) columns = leastColumns;
  return [pick(b, table, cells(rows, columns, low, high, width, text(attrs, 'align')), [rows, columns], padding)];
}

function diagPart<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [x, padding] = [take(inputs, 0), take(inputs, 1)];
  if (x.shape.length < 2) throw new KernelError(`input must be at least 2-dim, received shape: ${shapeText(x.shape)}`);
  const [low, high] = diagonals(attrs.k);
  const [rows, columns] = [x.shape.at(-2) ?? 0, x.shape.at(-1) ?? 0];
  inBounds(low, high, rows, columns, '. It');
  const width = Math.min(rows + Math.min(high, 0), columns - Math.max(low, 0));
  const count = high - low + 1;
  const places = range(count * width).map(at => {
    const [d, n] = [high - Math.floor(at / width), at % width];
    const length = lengthOf(d, rows, columns);
    const p = n - offset(d, length, width, text(attrs, 'align'));
    return p < 0 || p >= length ? -1 : (Math.max(-d, 0) + p) * columns + Math.max(d, 0) + p;
  });
  const table = reshape(b, x, [...x.shape.slice(0, -2), rows * columns]);
  return [pick(b, table, places, count > 1 ? [count, width] : [width], padding)];
}

function setDiag<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [x, values] = [take(inputs, 0), take(inputs, 1)];
  if (x.shape.length < 2) throw new KernelError(`input must be at least 2-dim, received shape: ${shapeText(x.shape)}`);
  const [low, high] = diagonals(attrs.k);
  const [rows, columns] = [x.shape.at(-2) ?? 0, x.shape.at(-1) ?? 0];
  inBounds(low, high, rows, columns, ' It');
  const expected = Math.min(rows + Math.min(high, 0), columns - Math.max(low, 0));
  const { table, width, lead } = flatDiagonals(b, values, high - low + 1);
  if (width !== expected || sizeOf(lead) !== sizeOf(x.shape.slice(0, -2)))
    throw new LateKernelError(
      "Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the longests diagonal in range [lower_diag_index:upper_diag_index].",
    );
  return [pick(b, table, cells(rows, columns, low, high, width, text(attrs, 'align')), [rows, columns], x)];
}

export const linalg: Readonly<Record<string, TfOp>> = {
  MatMul: { args: 'a:T b:T', allowed: { T: products }, noKernel: ['uint8'], lower: matMul },
  BatchMatMulV2: {
    args: 'x:T y:T',
    allowed: {
      T: 'bfloat16, half, float, double, int16, int32, int64, uint8, uint16, uint32, uint64, complex64, complex128',
    },
    noKernel: ['uint8'],
    lower: batchMatMul,
  },
  MatrixInverse: {
    args: 'input:T',
    allowed: { T: inverses },
    lower: ({ b, inputs, attrs }) => {
      const x = take(inputs, 0);
      const rank = x.shape.length;
      if (rank < 2) throw new KernelError(`Input tensor 0 must have rank >= 2, got ${rank}`);
      if (x.shape.at(-1) !== x.shape.at(-2)) throw new KernelError('Input matrix must be square.');
      const axes = [...range(rank - 2), rank - 1, rank - 2];
      return [apply(b, 'inverse', flag(attrs, 'adjoint') ? b.op('permute', [x], { axes }) : x)];
    },
  },
  MatrixDeterminant: {
    args: 'input:T',
    allowed: { T: 'half, float, double, complex64, complex128' },
    lower: ({ b, inputs }) => {
      const x = take(inputs, 0);
      const rank = x.shape.length;
      if (rank < 2) throw new KernelError(`Input tensor 0 must have rank >= 2, got ${rank}`);
      if (x.shape.at(-1) !== x.shape.at(-2)) throw new KernelError('Input matrix must be square.');
      return [apply(b, 'det', x)];
    },
  },
  MatrixSolve: {
    args: 'matrix:T rhs:T',
    allowed: { T: inverses },
    lower: ({ b, inputs, attrs }) => {
      const [x, y] = [take(inputs, 0), take(inputs, 1)];
      const rank = x.shape.length;
      [x, y].forEach(({ shape }, i) => {
        if (shape.length < 2) throw new KernelError(`Input tensor ${i} must have rank >= 2, got ${shape.length}`);
      });
      if (x.shape.at(-1) !== x.shape.at(-2)) throw new KernelError('First input (lhs) must be a square matrix.');
      if (x.shape.at(-2) !== y.shape.at(-2)) throw new KernelError('Input matrix and rhs are incompatible.');
      const axes = [...range(rank - 2), rank - 1, rank - 2];
      return [apply(b, 'solve', flag(attrs, 'adjoint') ? b.op('permute', [x], { axes }) : x, y)];
    },
  },
  Svd: {
    args: 'input:T',
    allowed: { T: inverses },
    grad: 'none',
    lower: ({ b, inputs }) => [apply(b, 'singularValues', take(inputs, 0))],
  },
  MatrixDiagV3: { args: 'diagonal:T padding_value:T', lower: diag },
  MatrixBandPart: { args: 'input:T', lower: bandPart },
  MatrixDiagPartV3: { args: 'input:T padding_value:T', lower: diagPart },
  MatrixSetDiagV3: { args: 'input:T diagonal:T', lower: setDiag },
};
