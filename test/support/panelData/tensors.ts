// Arrays of that training step, and answers to requests for their slices.
import type { Slice, SliceRequest, TensorRow } from '../../../src/shared/tensors.ts';

const tensor = (name: string, shape: number[], part: Partial<TensorRow> = {}): TensorRow => ({
  name,
  type: 'Tensor',
  dtype: 'float32',
  shape,
  bytes: 4 * shape.reduce((product, dim) => product * dim, 1),
  nonFinite: 0,
  ...part,
});

export const tensors: readonly TensorRow[] = [
  tensor('x_img', [64, 28, 28, 1], { nonFinite: 4 }),
  tensor('x', [64, 784], { nonFinite: 4 }),
  tensor('y', [64], { dtype: 'int64', bytes: 512 }),
  tensor('W1', [784, 256], { type: 'Variable' }),
  tensor('b1', [256], { type: 'Variable' }),
  tensor('h1', [64, 256]),
  tensor('logits', [64, 10]),
  tensor('mask', [64, 10], { dtype: 'bool', bytes: 640 }),
  tensor('loss', []),
  tensor('none', [0, 3]),
  tensor('big', [10_000, 10_000], { type: 'ndarray', dtype: 'float64', bytes: 800_000_000 }),
  tensor('∂W1', [784, 256], { gradientOf: 'W1' }),
  tensor('∂b3', [10], { gradientOf: 'b3', nonFinite: 10 }),
];

/** What the array named in a request holds at a place; the picture of a hook, with a few values that are not finite. */
export function valueAt(name: string, row: number, column: number): number {
  if (name === 'x_img') {
    if ((row === 6 && (column === 9 || column === 10)) || (row === 7 && column === 9)) return NaN;
    if (row === 12 && column === 18) return Infinity;
    const top = Math.hypot(row - 9, column - 14);
    const low = Math.hypot(row - 18, column - 14);
    const near = Math.min(Math.abs(top - 5), Math.abs(low - 5));
    return column < 12 && row > 7 && row < 20 ? 0 : Math.max(0, 0.98 - near * near * 0.25);
  }
  if (name === 'mask') return (row + column) % 3 === 0 ? 1 : 0;
  if (name === '∂b3') return NaN;
  return Math.sin(row / 7) * Math.cos(column / 5) * 0.8;
}

/** Answers a request as the kernel would. */
export function sliceOf(request: SliceRequest): Slice {
  const row = tensors.find(each => each.name === request.name);
  const shape = row?.shape ?? [];
  const size = (job: 'rows' | 'columns') => {
    const axis = request.axes.findIndex(each => each.job === job);
    return axis < 0 ? 1 : (shape[axis] ?? 1);
  };
  const [rows, columns] = [size('rows'), size('columns')];
  const values: number[] = [];
  const part = ({ start, count, step }: SliceRequest['rows'], full: number) =>
    Array.from({ length: Math.ceil(count / step) }, (_, index) => start + index * step).filter(at => at < full);
  for (const r of part(request.rows, rows))
    for (const c of part(request.columns, columns)) values.push(valueAt(request.name, r, c));
  const finite = values.filter(Number.isFinite);
  const [min, max] = [Math.min(...finite, Infinity), Math.max(...finite, -Infinity)];
  const mean = finite.reduce((sum, value) => sum + value, 0) / (finite.length || 1);
  const histogram = new Array<number>(24).fill(0);
  for (const value of finite) {
    const bin = max > min ? Math.min(23, Math.floor(((value - min) / (max - min)) * 24)) : 0;
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  return {
    name: request.name,
    dtype: row?.dtype ?? 'float32',
    shape,
    rows,
    columns,
    values: Float64Array.from(values),
    min,
    max,
    mean,
    std: Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (finite.length || 1)),
    zeros: finite.filter(value => value === 0).length,
    nan: values.filter(Number.isNaN).length,
    infinite: values.filter(value => Math.abs(value) === Infinity).length,
    histogram,
  };
}
