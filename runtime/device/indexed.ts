// Stores through indices: elements in order, so the last of equal indices wins and sums meet none twice at once.
// Eight-byte elements that are only moved travel as two 32-bit words: no BigInt is made, no NaN loses its bits.
import { dtypes, type DType } from '../../src/shared/dtypes.ts';
import { forEachElement, readDense, type Cells, type MemoryViews } from '../emit/dense.ts';
import { castCell, scalarOp } from '../emit/scalars.ts';
import type { Strided } from '../ir/array.ts';
import { isRowMajor, sizeOf } from '../ir/layout.ts';
import type { OpName } from '../ir/ops.ts';

/** Every element becomes `value`, cast to the dtype. */
export function fillElements(views: MemoryViews, out: Strided, value: number): void {
  const cells = views.of(out.dtype) as Cells;
  const base = out.storage.ptr / dtypes[out.dtype].bytes;
  const cell = castCell('float64', out.dtype)(value);
  if (isRowMajor(out)) {
    const start = base + out.offset;
    const end = start + sizeOf(out.shape);
    (cells as unknown as { fill(value: number | bigint, start: number, end: number): void }).fill(cell, start, end);
    return;
  }
  forEachElement(out, (_, at) => {
    cells[base + at] = cell;
  });
}

/** The integers of an index array, row-major, as numbers. */
function indexList(views: MemoryViews, x: Strided): Int32Array | Float64Array {
  const { data } = readDense(views, x);
  if (x.dtype === 'int32') return data as unknown as Int32Array;
  const words = new Int32Array((data as unknown as BigInt64Array).buffer);
  const list = new Float64Array(data.length);
  for (let i = 0; i < list.length; i++) list[i] = (words[2 * i + 1] ?? 0) * 2 ** 32 + ((words[2 * i] ?? 0) >>> 0);
  return list;
}

/** `to[at[i]] = from[i]`, element positions in the memory of the dtype. */
function mover(views: MemoryViews, dtype: DType, from: Cells): (to: number, i: number) => void {
  if (dtypes[dtype].bytes < 8) {
    const to = views.of(dtype) as Cells;
    return (at, i) => {
      to[at] = from[i] as number;
    };
  }
  const words = new Int32Array((from as unknown as Float64Array).buffer);
  const to = views.of('int32') as Int32Array;
  return (at, i) => {
    to[2 * at] = words[2 * i] ?? 0;
    to[2 * at + 1] = words[2 * i + 1] ?? 0;
  };
}

function updater(views: MemoryViews, dtype: DType, mode: string, from: Cells): (to: number, i: number) => void {
  const combine = mode === 'set' ? undefined : scalarOp(mode as OpName, dtype);
  if (!combine) return mover(views, dtype, from);
  const to = views.of(dtype) as Cells;
  return (at, i) => {
    to[at] = combine(to[at] as number, from[i] as number);
  };
}

/** `storage[x.offset + offsets[i]] ∘= values[i]`, in order. */
export function putElements(
  views: MemoryViews,
  x: Strided,
  offsets: Strided,
  values: Strided,
  mode: 'set' | 'add',
): void {
  const base = x.storage.ptr / dtypes[x.dtype].bytes + x.offset;
  const update = updater(views, x.dtype, mode, readDense(views, values).data);
  indexList(views, offsets).forEach((offset, i) => update(base + offset, i));
}

/** Rows of `updates` into those rows of row-major `out` that `indices` name, in order. */
export function scatterRows(views: MemoryViews, out: Strided, indices: Strided, updates: Strided, mode: string): void {
  const base = out.storage.ptr / dtypes[out.dtype].bytes + out.offset;
  const update = updater(views, out.dtype, mode, readDense(views, updates).data);
  const row = out.strides[0] ?? 0;
  const inner = { shape: out.shape.slice(1), strides: out.strides.slice(1), offset: 0 };
  const size = sizeOf(inner.shape);
  indexList(views, indices).forEach((index, k) => {
    forEachElement(inner, (i, at) => update(base + index * row + at, k * size + i));
  });
}
