// View arithmetic: what reshape, permute, expand and slice do to shape, strides and offset, without touching memory.
// Strides and offsets count elements.

export interface Layout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

/** Strides of a row-major (C order) array. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

/** Row-major without gaps. Axes of length 1 may have any stride, and so may empty arrays. */
export function isRowMajor({ shape, strides }: Layout): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis] ?? 1;
    if (n === 0) return true;
    if (n !== 1 && strides[axis] !== step) return false;
    step *= n;
  }
  return true;
}

/** NumPy's broadcasting; null where the shapes do not fit. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] | null {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const m = a[a.length - i] ?? 1;
    const n = b[b.length - i] ?? 1;
    if (m !== n && m !== 1 && n !== 1) return null;
    shape[rank - i] = m === 1 ? n : m;
  }
  return shape;
}

/** Strides that read an array of `shape` as one of shape `to` (which it broadcasts to): 0 along repeated axes. */
export function expandStrides(
  shape: readonly number[],
  strides: readonly number[],
  to: readonly number[],
): readonly number[] {
  if (sameShape(shape, to)) return strides;
  const lead = to.length - shape.length;
  return to.map((n, axis) => (axis < lead || (shape[axis - lead] === 1 && n !== 1) ? 0 : (strides[axis - lead] ?? 0)));
}

/**
 * Strides of the same memory under another shape of equal size, or null where that takes a copy.
 * Groups of old and new axes with equal products are matched; the old axes of a group must lie without gaps.
 */
export function reshapeStrides(from: Layout, shape: readonly number[]): number[] | null {
  if (sizeOf(shape) === 0) return rowMajor(shape);
  const old = from.shape.flatMap((n, axis) => (n === 1 ? [] : [{ n, stride: from.strides[axis] ?? 0 }]));
  const strides = new Array<number>(shape.length).fill(1);
  let i = 0;
  let j = 0;
  while (i < old.length && j < shape.length) {
    let m = old[i]?.n ?? 1;
    let n = shape[j] ?? 1;
    let iEnd = i + 1;
    let jEnd = j + 1;
    while (m !== n) {
      if (m < n) m *= old[iEnd++]?.n ?? 1;
      else n *= shape[jEnd++] ?? 1;
    }
    for (let k = i; k < iEnd - 1; k++) {
      const [a, b] = [old[k], old[k + 1]];
      if (a && b && a.stride !== b.stride * b.n) return null;
    }
    let step = old[iEnd - 1]?.stride ?? 1;
    for (let k = jEnd - 1; k >= j; k--) {
      strides[k] = step;
      step *= shape[k] ?? 1;
    }
    i = iEnd;
    j = jEnd;
  }
  const last = j > 0 ? (strides[j - 1] ?? 1) : 1;
  for (let k = j; k < shape.length; k++) strides[k] = last;
  return strides;
}

export const permuteLayout = ({ shape, strides, offset }: Layout, axes: readonly number[]): Layout => ({
  shape: axes.map(axis => shape[axis] ?? 1),
  strides: axes.map(axis => strides[axis] ?? 0),
  offset,
});

/** Elements `start, start + step, …` along each axis. */
export function sliceLayout(
  from: Layout,
  starts: readonly number[],
  sizes: readonly number[],
  steps: readonly number[],
): Layout {
  let offset = from.offset;
  const empty = sizes.includes(0);
  const strides = from.strides.map((stride, axis) => {
    if (!empty) offset += stride * (starts[axis] ?? 0);
    return stride * (steps[axis] ?? 1);
  });
  return { shape: sizes, strides, offset };
}

/** First and last element that the layout touches, or null when it is empty. */
export function extent({ shape, strides, offset }: Layout): readonly [number, number] | null {
  let low = offset;
  let high = offset;
  for (let axis = 0; axis < shape.length; axis++) {
    const n = shape[axis] ?? 1;
    if (n === 0) return null;
    const reach = (n - 1) * (strides[axis] ?? 0);
    if (reach < 0) low += reach;
    else high += reach;
  }
  return [low, high];
}

/** True unless the two certainly share no byte. Both are given with their byte address and element size. */
export function mayOverlap(a: Layout, aPtr: number, aBytes: number, b: Layout, bPtr: number, bBytes: number): boolean {
  const x = extent(a);
  const y = extent(b);
  if (!x || !y) return false;
  return aPtr + x[0] * aBytes < bPtr + (y[1] + 1) * bBytes && bPtr + y[0] * bBytes < aPtr + (x[1] + 1) * aBytes;
}

/**
 * Loops over one index space that several arrays share: axes of length 1 go, and neighbours merge where every array
 * allows it. `strides[k]` are those of array k, already expanded to `shape`.
 */
export function coalesce(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
): { readonly shape: number[]; readonly strides: number[][] } {
  const outShape: number[] = [];
  const out: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const n = shape[axis] ?? 1;
    if (n === 1) continue;
    const last = outShape.length - 1;
    const merges = last >= 0 && strides.every((s, k) => out[k]?.[last] === (s[axis] ?? 0) * n);
    if (merges) outShape[last] = (outShape[last] ?? 1) * n;
    else outShape.push(n);
    strides.forEach((s, k) => {
      if (merges) (out[k] as number[])[last] = s[axis] ?? 0;
      else out[k]?.push(s[axis] ?? 0);
    });
  }
  return { shape: outShape, strides: out };
}

/**
 * The order in which NumPy visits an array: axes by falling stride, so that the innermost loop runs along memory.
 * Equal strides keep their order. Sums depend on it in the last bits.
 */
export function memoryOrder({ shape, strides }: Layout): number[] {
  const axes = shape.map((_, axis) => axis);
  // Insertion sort: stable, and an axis of stride 0 or length 1 never moves past its neighbours.
  for (let i = 1; i < axes.length; i++) {
    for (let j = i; j > 0; j--) {
      const a = axes[j - 1] ?? 0;
      const b = axes[j] ?? 0;
      const sa = Math.abs(strides[a] ?? 0);
      const sb = Math.abs(strides[b] ?? 0);
      if (sa >= sb || sa === 0 || sb === 0) break;
      axes[j - 1] = b;
      axes[j] = a;
    }
  }
  return axes;
}

/** An operand of a reduction in the order in which NumPy visits it, see `reductionOrder`. */
export interface ReductionOrder {
  readonly view: Layout;
  /** The reduced axes of `view`. */
  readonly axes: readonly number[];
  /** For each kept axis of `view`, in order, its place in the result. */
  readonly kept: readonly number[];
}

/**
 * Memory order of an operand that is reduced over `axes`. As in NumPy, axes of negative stride keep their direction, axes
 * of length 1 do not count, and reduced axes that follow each other without a gap become one.
 */
export function reductionOrder(x: Layout, axes: readonly number[]): ReductionOrder {
  const isLong = (axis: number) => x.shape[axis] !== 1;
  const inMemory = memoryOrder(x);
  const order = [...inMemory.filter(axis => !isLong(axis)), ...inMemory.filter(isLong)];
  const keptAxes = x.shape.map((_, axis) => axis).filter(axis => !axes.includes(axis));
  const shape: number[] = [];
  const strides: number[] = [];
  const reduced: number[] = [];
  for (const axis of order) {
    const [n, stride] = [x.shape[axis] ?? 1, x.strides[axis] ?? 0];
    const gone = axes.includes(axis);
    if (gone && n === 1) continue;
    const last = shape.length - 1;
    if (gone && reduced.at(-1) === last && last >= 0 && strides[last] === stride * n) {
      shape[last] = (shape[last] ?? 1) * n;
      strides[last] = stride;
      continue;
    }
    if (gone) reduced.push(shape.length);
    shape.push(n);
    strides.push(stride);
  }
  return {
    view: { shape, strides, offset: x.offset },
    axes: reduced,
    kept: order.filter(axis => !axes.includes(axis)).map(axis => keptAxes.indexOf(axis)),
  };
}
