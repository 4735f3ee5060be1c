// The elements of an array as doubles, a run at a time: what summaries and slices are made of. Nothing is allocated in the heap,
// no op runs, and a trace hears nothing of it.
import { dtypes, isBig } from '../../../src/shared/dtypes.ts';
import { arrayTypes } from '../../emit/dense.ts';
import type { Strided } from '../../ir/array.ts';
import { coalesce, sizeOf } from '../../ir/layout.ts';

/** Elements of the longest run: short enough for the nearest cache. */
export const longestRun = 4096;

/**
 * `count` elements from position `first` on, `step` apart; positions count from the array's own offset. The result is valid
 * until the next call. 64-bit integers are rounded to doubles, booleans are 0 and 1.
 */
export type Reader = (first: number, count: number, step: number) => Float64Array;

/** Reads the array where it lies; made anew for each look, since the memory may grow in between. */
export function reader(memory: WebAssembly.Memory, { storage, offset, dtype }: Strided): Reader {
  const base = storage.ptr / dtypes[dtype].bytes + offset;
  const out = new Float64Array(longestRun);
  if (isBig(dtype)) {
    // As two halves: a BigInt for each element would take ten times as long.
    const low = new Uint32Array(memory.buffer);
    const high = dtype === 'int64' ? new Int32Array(memory.buffer) : low;
    return (first, count, step) => {
      let at = (base + first) * 2;
      for (let i = 0; i < count; i++, at += step * 2) out[i] = (high[at + 1] ?? 0) * 2 ** 32 + (low[at] ?? 0);
      return out.subarray(0, count);
    };
  }
  const source = new arrayTypes[dtype](memory.buffer as ArrayBuffer);
  return (first, count, step) => {
    const start = base + first;
    if (step === 1) {
      const run = source.subarray(start, start + count);
      if (run instanceof Float64Array) return run;
      out.set(run);
    } else for (let i = 0, at = start; i < count; i++, at += step) out[i] = source[at] ?? 0;
    return out.subarray(0, count);
  };
}

/** Calls `visit` with all elements of an array, in the order of memory. */
export function forEachRun(x: Strided, read: Reader, visit: (values: Float64Array) => void): void {
  if (sizeOf(x.shape) === 0) return;
  const order = [...x.shape.keys()].sort((a, b) => Math.abs(x.strides[b] ?? 0) - Math.abs(x.strides[a] ?? 0));
  const loops = coalesce(
    order.map(axis => x.shape[axis] ?? 1),
    [order.map(axis => x.strides[axis] ?? 0)],
  );
  const [strides = []] = loops.strides;
  const last = loops.shape.length - 1;
  const [length, step] = last < 0 ? [1, 1] : [loops.shape[last] ?? 1, strides[last] ?? 0];
  const walk = (axis: number, at: number): void => {
    if (axis < last) {
      for (let i = 0; i < (loops.shape[axis] ?? 1); i++) walk(axis + 1, at + i * (strides[axis] ?? 0));
      return;
    }
    for (let i = 0; i < length; i += longestRun) visit(read(at + i * step, Math.min(longestRun, length - i), step));
  };
  walk(0, 0);
}

/** Position of the element with a row-major number. */
export function positionOf({ shape, strides }: Strided, index: number): number {
  let [rest, at] = [index, 0];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis] ?? 1;
    at += (rest % n) * (strides[axis] ?? 0);
    rest = Math.floor(rest / n);
  }
  return at;
}

/** What is counted of elements in one pass; minimum, maximum and sum are over the finite ones. */
export class Counts {
  min = Infinity;
  max = -Infinity;
  sum = 0;
  finite = 0;
  nan = 0;
  infinite = 0;

  add(values: Float64Array): void {
    // Four at a time, in variables of their own: the processor works on them side by side.
    let [min0, min1, min2, min3] = [this.min, this.min, this.min, this.min];
    let [max0, max1, max2, max3] = [this.max, this.max, this.max, this.max];
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    const fours = values.length - (values.length % 4);
    for (let i = 0; i < fours; i += 4) {
      const a = values[i] as number;
      const b = values[i + 1] as number;
      const c = values[i + 2] as number;
      const d = values[i + 3] as number;
      sum0 += a;
      sum1 += b;
      sum2 += c;
      sum3 += d;
      min0 = a < min0 ? a : min0;
      min1 = b < min1 ? b : min1;
      min2 = c < min2 ? c : min2;
      min3 = d < min3 ? d : min3;
      max0 = a > max0 ? a : max0;
      max1 = b > max1 ? b : max1;
      max2 = c > max2 ? c : max2;
      max3 = d > max3 ? d : max3;
    }
    const sum = sum0 + sum1 + (sum2 + sum3);
    // A finite sum has finite terms only; else the run is looked at once more, element by element.
    if (sum - sum !== 0) return this.#addSingly(values, 0);
    this.min = Math.min(min0, min1, min2, min3);
    this.max = Math.max(max0, max1, max2, max3);
    this.sum += sum;
    this.finite += fours;
    this.#addSingly(values, fours);
  }

  #addSingly(values: Float64Array, from: number): void {
    for (let i = from; i < values.length; i++) {
      const value = values[i] as number;
      if (value - value === 0) {
        if (value < this.min) this.min = value;
        if (value > this.max) this.max = value;
        this.sum += value;
        this.finite++;
      } else if (value !== value) this.nan++;
      else this.infinite++;
    }
  }
}

/** Counts in equal bins from `min` to `max`; what is not finite is left out. */
export class Histogram {
  readonly bins: number[];
  readonly #min: number;
  readonly #scale: number;

  constructor(bins: number, min: number, max: number) {
    this.bins = new Array<number>(bins).fill(0);
    this.#min = min;
    this.#scale = max > min ? bins / (max - min) : 0;
  }

  add(values: Float64Array): void {
    const last = this.bins.length - 1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (value - value !== 0) continue;
      const bin = Math.min(last, Math.floor((value - this.#min) * this.#scale));
      this.bins[bin] = (this.bins[bin] ?? 0) + 1;
    }
  }
}
