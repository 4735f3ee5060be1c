// A two-dimensional picture of an array: each axis is its rows, its columns, fixed at an index, or reduced. The numbers beside it
// are those of the whole picture, of which only a part is sent.
import type { AxisJob, Slice, SliceRequest } from '../../../src/shared/tensors.ts';
import { maxSliceValues } from '../../../src/shared/tensors.ts';
import type { Strided } from '../../ir/array.ts';
import type { Reader } from './elements.ts';
import { Counts, Histogram, longestRun, reader } from './elements.ts';

const bins = 32;
/** How long one look may take, in milliseconds. */
const patience = 3000;
/** How many elements one value of the picture may come from. */
const mostReduced = 1 << 22;

/** Why a request cannot be answered, in words for the reader. */
export class SliceProblem extends Error {}

interface Axis {
  readonly length: number;
  readonly stride: number;
}

interface Picture {
  readonly rows: Axis;
  readonly columns: Axis;
  /** Reduced axes: means are taken before maxima. */
  readonly mean: readonly Axis[];
  readonly max: readonly Axis[];
  /** Position of the first element. */
  readonly first: number;
}

const plural = (n: number, noun: string) => `${n} ${n === 1 ? noun : noun === 'axis' ? 'axes' : `${noun}s`}`;

function pictureOf(x: Strided, name: string, jobs: readonly AxisJob[]): Picture {
  if (jobs.length !== x.shape.length)
    throw new SliceProblem(`${name} has ${plural(x.shape.length, 'axis')}, not ${jobs.length}`);
  const single: Axis = { length: 1, stride: 0 };
  let first = 0;
  const of = (job: AxisJob['job']): Axis[] =>
    jobs.flatMap((each, axis) =>
      each.job === job ? [{ length: x.shape[axis] ?? 1, stride: x.strides[axis] ?? 0 }] : [],
    );
  jobs.forEach((each, axis) => {
    if (each.job !== 'fixed') return;
    const length = x.shape[axis] ?? 1;
    if (!Number.isInteger(each.index) || each.index < 0 || each.index >= length)
      throw new SliceProblem(`index ${each.index} is outside axis ${axis} of ${name}, which has ${length}`);
    first += each.index * (x.strides[axis] ?? 0);
  });
  const [rows, columns, mean, max] = [of('rows'), of('columns'), of('mean'), of('max')];
  if (rows.length > 1 || columns.length > 1) throw new SliceProblem('one axis is the rows and one the columns');
  if ([...mean, ...max].some(({ length }) => length === 0))
    throw new SliceProblem(`${name} has no elements along an axis that is reduced`);
  return { rows: rows[0] ?? single, columns: columns[0] ?? single, mean, max, first };
}

/** Positions of all combinations of indices of some axes. */
const positions = (axes: readonly Axis[], first: number): number[] =>
  axes.reduce(
    (found, { length, stride }) => found.flatMap(at => Array.from({ length }, (_, i) => at + i * stride)),
    [first],
  );

/** Reads a run of a row of the picture, reduced; columns `from` to `from + count`. */
function rowReader(
  { rows, columns, mean, max, first }: Picture,
  read: Reader,
): (row: number, from: number, count: number) => Float64Array {
  if (mean.length + max.length === 0)
    return (row, from, count) => read(first + row * rows.stride + from * columns.stride, count, columns.stride);
  const tooMuch = new SliceProblem('reducing so many elements takes too long: fix an axis');
  if ([...mean, ...max].reduce((product, { length }) => product * length, 1) > mostReduced) throw tooMuch;
  const [averaged, compared] = [positions(mean, 0), positions(max, 0)];
  const [out, sum] = [new Float64Array(longestRun), new Float64Array(longestRun)];
  const deadline = performance.now() + patience;
  return (row, from, count) => {
    const start = first + row * rows.stride + from * columns.stride;
    compared.forEach((outer, k) => {
      if (performance.now() > deadline) throw tooMuch;
      sum.fill(0, 0, count);
      for (const inner of averaged) {
        const values = read(start + outer + inner, count, columns.stride);
        for (let i = 0; i < count; i++) sum[i] = (sum[i] as number) + (values[i] as number);
      }
      for (let i = 0; i < count; i++) {
        const value = (sum[i] as number) / averaged.length;
        const best = out[i] as number;
        // As NumPy's maximum: NaN wins.
        if (k === 0 || value > best || value !== value) out[i] = value;
      }
    });
    return out.subarray(0, count);
  };
}

/** Indices `start`, `start + step`, … below `start + count`, within an axis. */
function partOf({ start, count, step }: SliceRequest['rows'], length: number): number[] {
  const whole = [start, count, step].every(Number.isInteger) && start >= 0 && count >= 0 && step >= 1;
  if (!whole) throw new SliceProblem('a part is given by whole numbers: start, count, and a step of at least 1');
  const found: number[] = [];
  for (let i = start; i < Math.min(length, start + count); i += step) {
    found.push(i);
    if (found.length > maxSliceValues) break;
  }
  return found;
}

/** Throws `SliceProblem` where the request does not fit the array. */
export function sliceOf(memory: WebAssembly.Memory, x: Strided, request: SliceRequest): Slice {
  const { name } = request;
  const picture = pictureOf(x, name, request.axes);
  const { rows, columns } = picture;
  const [down, across] = [partOf(request.rows, rows.length), partOf(request.columns, columns.length)];
  if (down.length * across.length > maxSliceValues)
    throw new SliceProblem(`a slice has at most ${maxSliceValues} values, not ${down.length * across.length}`);
  const row = rowReader(picture, reader(memory, x));
  // The order is the same to the counts: the longer axis makes fewer, longer runs.
  const along = rows.length > columns.length ? { ...picture, rows: columns, columns: rows } : picture;
  const line = along === picture ? row : rowReader(along, reader(memory, x));
  const everyRun = (visit: (values: Float64Array) => void) => {
    for (let r = 0; r < along.rows.length; r++)
      for (let c = 0; c < along.columns.length; c += longestRun)
        visit(line(r, c, Math.min(longestRun, along.columns.length - c)));
  };

  const counts = new Counts();
  everyRun(values => counts.add(values));
  const { finite, nan, infinite } = counts;
  const [min, max, mean] = finite > 0 ? [counts.min, counts.max, counts.sum / finite] : [0, 0, 0];
  const histogram = new Histogram(bins, min, max);
  let [squares, zeros] = [0, 0];
  everyRun(values => {
    histogram.add(values);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (value === 0) zeros++;
      if (value - value === 0) squares += (value - mean) ** 2;
    }
  });

  const values = new Float64Array(down.length * across.length);
  down.forEach((r, i) => {
    // Runs as long as a block of columns: the wanted ones are picked out of it.
    let from = -longestRun;
    let block: Float64Array = values;
    for (let c = 0; c < across.length; c++) {
      const at = across[c] ?? 0;
      if (at >= from + longestRun) {
        from = at;
        block = row(r, from, Math.min(longestRun, columns.length - from));
      }
      values[i * across.length + c] = block[at - from] ?? NaN;
    }
  });
  return {
    name,
    dtype: x.dtype,
    shape: [...x.shape],
    rows: rows.length,
    columns: columns.length,
    values,
    ...{ min, max, mean, zeros, nan, infinite },
    std: finite > 0 ? Math.sqrt(squares / finite) : 0,
    histogram: histogram.bins,
  };
}
