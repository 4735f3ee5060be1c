// Integer and boolean indexing: the places that an index names, as element offsets that the engine's take and put understand.
import { isBig } from '../../src/shared/dtypes.ts';
import type { Engine, Strided } from '../ir/array.ts';
import type { Typed } from '../ir/node.ts';
import { NumpyError, tuple } from './errors.ts';
import { broadcastShapes, sizeOf } from './operand.ts';

/** An index array with the axis of the view that it stands for. */
export interface AxisIndex {
  readonly axis: number;
  /** The axis that error messages name: that of the user's array. */
  readonly named: number;
  readonly index: Strided;
}

const rowMajor = (shape: readonly number[]): number[] => {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
};

/** Calls `visit` with the position and the offset of every element of a strided space, in row-major order. */
function walk(
  shape: readonly number[],
  strides: readonly number[],
  visit: (position: number, offset: number) => void,
): void {
  const rank = shape.length;
  const total = sizeOf(shape);
  const counter = new Array<number>(rank).fill(0);
  let offset = 0;
  for (let position = 0; position < total; position++) {
    visit(position, offset);
    for (let axis = rank - 1; axis >= 0; axis--) {
      const next = (counter[axis] ?? 0) + 1;
      const stride = strides[axis] ?? 0;
      if (next < (shape[axis] ?? 1)) {
        counter[axis] = next;
        offset += stride;
        break;
      }
      counter[axis] = 0;
      offset -= (next - 1) * stride;
    }
  }
}

const broadcastStrides = (shape: readonly number[], to: readonly number[]): number[] => {
  const own = rowMajor(shape);
  const lead = to.length - shape.length;
  return to.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : (own[axis - lead] ?? 0)));
};

/**
 * The shape of x[indices]. The broadcast index axes stand where the indexed axes stood if these are neighbours (`together`),
 * else in front: NumPy's transposition rule. `before` and `after` are the other axes on their two sides.
 */
export function chosenShape(
  x: Typed,
  indices: readonly AxisIndex[],
  together: boolean,
): {
  readonly shape: number[];
  readonly common: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
} {
  const common = indexShape(indices.map(({ index }) => index.shape));
  const rest = x.shape.map((_, axis) => axis).filter(axis => indices.every(i => i.axis !== axis));
  const firstAxis = Math.min(...indices.map(i => i.axis));
  const before = together ? rest.filter(axis => axis < firstAxis) : [];
  const after = rest.filter(axis => !before.includes(axis));
  const lengths = (axes: readonly number[]): number[] => axes.map(axis => x.shape[axis] ?? 1);
  return { shape: [...lengths(before), ...common, ...lengths(after)], common, before, after };
}

/** Element offsets (from `x.offset`) that the index arrays choose, and the shape of the result. */
export function chooseOffsets(
  engine: Engine,
  x: Strided,
  indices: readonly AxisIndex[],
  together: boolean,
): { readonly offsets: Int32Array; readonly shape: number[] } {
  const { shape, common, before, after } = chosenShape(x, indices, together);
  const chosen = new Int32Array(sizeOf(common));
  for (const { axis, named, index } of indices) {
    const length = x.shape[axis] ?? 0;
    const stride = x.strides[axis] ?? 0;
    const places = indexValues(engine, index);
    if (chosen.length)
      for (let i = 0; i < places.length; i++) {
        const at = places[i] as number;
        if (at < -length || at >= length)
          throw new NumpyError('IndexError', `index ${at} is out of bounds for axis ${named} with size ${length}`);
        places[i] = (at < 0 ? at + length : at) * stride;
      }
    if (places.length === chosen.length)
      for (let i = 0; i < places.length; i++) chosen[i] = (chosen[i] as number) + (places[i] as number);
    else
      walk(common, broadcastStrides(index.shape, common), (position, source) => {
        chosen[position] = (chosen[position] as number) + (places[source] as number);
      });
  }
  if (before.length + after.length === 0) return { offsets: chosen, shape };
  const [outer, inner] = [before, after].map(axes => {
    const lengths = axes.map(axis => x.shape[axis] ?? 1);
    const offsets = new Int32Array(sizeOf(lengths));
    walk(
      lengths,
      axes.map(axis => x.strides[axis] ?? 0),
      (position, offset) => (offsets[position] = offset),
    );
    return offsets;
  });
  const offsets = new Int32Array(sizeOf(shape));
  let at = 0;
  for (const low of outer ?? [])
    for (const middle of chosen) for (const high of inner ?? []) offsets[at++] = low + middle + high;
  return { offsets, shape };
}

/** Index values as numbers, row-major; int64 without BigInt where they fit 32 bits, as valid ones do. */
function indexValues(engine: Engine, index: Strided): Float64Array {
  const values = engine.read(index);
  const numbers = new Float64Array(values.length);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    for (let i = 0; i < numbers.length; i++)
      numbers[i] = (words[2 * i + 1] as number) * 2 ** 32 + ((words[2 * i] as number) >>> 0);
  } else numbers.set(values);
  return numbers;
}

function indexShape(shapes: readonly (readonly number[])[]): number[] {
  try {
    return broadcastShapes(shapes);
  } catch {
    const words = shapes.flatMap(s => (s.length ? tuple(s, ',') : [])).join(' ');
    throw new NumpyError(
      'IndexError',
      `shape mismatch: indexing arrays could not be broadcast together with shapes ${words} `,
    );
  }
}

/** The offsets as an int64 array of the engine: low and high words, since no offset needs more than 31 bits. */
export function offsetArray(engine: Engine, offsets: Int32Array, shape: readonly number[]): Strided {
  const x = engine.empty('int64', shape);
  const words = new Int32Array(engine.heap.memory.buffer, x.storage.ptr + x.offset * 8, offsets.length * 2);
  for (let i = 0; i < offsets.length; i++) {
    const value = offsets[i] as number;
    words[2 * i] = value;
    words[2 * i + 1] = value < 0 ? -1 : 0;
  }
  return x;
}

/** Row-major coordinates of the true elements: an int64 array [rank, count]. */
export function nonzero(engine: Engine, x: Strided): Strided {
  const values = engine.read(x);
  const rank = x.shape.length;
  const zero = isBig(x.dtype) ? 0n : 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== zero) count++;
  const coordinates = new Int32Array(rank * count);
  const steps = rowMajor(x.shape);
  let found = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === zero) continue;
    let left = i;
    for (let axis = 0; axis < rank; axis++) {
      const step = steps[axis] ?? 1;
      const at = step === 1 ? left : Math.floor(left / step);
      coordinates[axis * count + found] = at;
      left -= at * step;
    }
    found++;
  }
  return offsetArray(engine, coordinates, [rank, count]);
}
