// dtypes and shapes in short (`f64[1000,1000]`, for inlay hints) and in words (for tooltips and hovers).
import { dtypes } from '../shared/dtypes.ts';
import type { Dim, InferredValue } from '../shared/findings.ts';

const short: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(dtypes).map(([name, row]) => [name, row.short]),
);

/** `f64`; a dtype that the table does not know keeps its name, an unknown one is `?`. */
export const shortDType = (dtype: string | null): string => (dtype === null ? '?' : (short[dtype] ?? dtype));

/** `f64[1000,1000]`, `i64[]`, `f64[n,?]`, `f64[…]` where the rank is unknown. */
export const typeLabel = (dtype: string | null, shape: readonly Dim[] | null): string =>
  `${shortDType(dtype)}[${shape === null ? '…' : shape.map(dim => dim ?? '?').join(',')}]`;

const nouns: Readonly<Record<InferredValue['type'], string>> = {
  array: 'NumPy array',
  tensor: 'tensor',
  variable: 'tf.Variable',
  scalar: 'NumPy scalar',
};

/** "NumPy array of float64, shape (1000, 1000)". */
export function typeWords(type: InferredValue['type'], dtype: string | null, shape: readonly Dim[] | null): string {
  const of = dtype === null ? 'of unknown dtype' : `of ${dtype}`;
  if (type === 'scalar') return `${nouns[type]} ${of}`;
  return `${nouns[type]} ${of}, ${shape === null ? 'any number of axes' : shapeWords(shape)}`;
}

/** "shape (3, n)", "no axes". */
export function shapeWords(shape: readonly Dim[]): string {
  if (shape.length === 0) return 'no axes';
  const dims = shape.map(dim => dim ?? '?').join(', ');
  return `shape (${dims}${shape.length === 1 ? ',' : ''})`;
}

/** Whether nothing is left to learn. */
export const isComplete = ({ dtype, shape }: Pick<InferredValue, 'dtype' | 'shape'>): boolean =>
  dtype !== null && shape !== null && shape.every(dim => typeof dim === 'number');
