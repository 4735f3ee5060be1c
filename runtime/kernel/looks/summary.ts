// The summary of an array that stands beside a line: range and mean, a sparkline, a small heat map. A few milliseconds for
// millions of elements.
import type { ValueSummary } from '../../../src/shared/tensors.ts';
import type { Strided } from '../../ir/array.ts';
import { sizeOf } from '../../ir/layout.ts';
import type { Reader } from './elements.ts';
import { Counts, Histogram, forEachRun, positionOf, reader } from './elements.ts';

/** Larger arrays have no summary: looking at them would be felt. */
const mostElements = 1 << 25;
/** Longer vectors are drawn as a histogram. */
const longestSeries = 512;
const points = 64;
const bins = 24;
const cells = 24;
/** The histogram of a larger array is that of so many of its elements. */
const mostCounted = 1 << 15;

/** Five digits are enough for a picture. */
const rounded = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null);

/** `count` row-major numbers spread evenly over `size`, the first and the last among them. */
const spread = (size: number, count: number): number[] =>
  Array.from({ length: Math.min(size, count) }, (_, i) =>
    size <= count ? i : Math.round((i * (size - 1)) / (count - 1)),
  );

function spark(x: Strided, read: Reader, size: number, counts: Counts): ValueSummary['spark'] {
  if (size < 2 || counts.finite === 0) return null;
  const element = (i: number) => read(positionOf(x, i), 1, 1)[0] ?? NaN;
  if (x.shape.length === 1 && size <= longestSeries)
    return { kind: 'series', values: spread(size, points).map(i => rounded(element(i))) };
  const histogram = new Histogram(bins, counts.min, counts.max);
  if (size <= mostCounted) forEachRun(x, read, values => histogram.add(values));
  else histogram.add(Float64Array.from(spread(size, mostCounted), element));
  return { kind: 'histogram', values: histogram.bins };
}

/** The last two axes, at the first index of the others. */
function heat(x: Strided, read: Reader): ValueSummary['heat'] {
  const rank = x.shape.length;
  if (rank < 2) return null;
  const [down = 0, across = 0] = x.strides.slice(-2);
  const [rows, columns] = [spread(x.shape[rank - 2] ?? 1, cells), spread(x.shape[rank - 1] ?? 1, cells)];
  const values = rows.flatMap(r => columns.map(c => rounded(read(r * down + c * across, 1, 1)[0] ?? NaN)));
  return { rows: rows.length, columns: columns.length, values };
}

/** Null for scalars, for arrays without elements, and for those too large to look at in passing. */
export function summarize(memory: WebAssembly.Memory, x: Strided): ValueSummary | null {
  const size = sizeOf(x.shape);
  if (x.shape.length === 0 || size === 0 || size > mostElements) return null;
  const read = reader(memory, x);
  const counts = new Counts();
  forEachRun(x, read, values => counts.add(values));
  const some = counts.finite > 0;
  const mean = counts.sum / counts.finite;
  return {
    min: some ? counts.min : null,
    max: some ? counts.max : null,
    mean: Number.isFinite(mean) ? mean : null,
    nonFinite: counts.nan + counts.infinite,
    spark: spark(x, read, size, counts),
    heat: heat(x, read),
  };
}

/** How many elements are NaN or infinite. */
export function countNonFinite(memory: WebAssembly.Memory, x: Strided): number {
  if (x.dtype !== 'float32' && x.dtype !== 'float64') return 0;
  const counts = new Counts();
  forEachRun(x, reader(memory, x), values => counts.add(values));
  return counts.nan + counts.infinite;
}
