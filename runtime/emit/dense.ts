// Values outside the heap: typed arrays in row-major order, read from and written to strided arrays.
import { dtypes, type DType } from '../../src/shared/dtypes.ts';
import type { Strided, Values } from '../ir/array.ts';
import { isRowMajor, sizeOf, type Layout } from '../ir/layout.ts';

export type { Values };

/** A typed array seen as cells: bigint for int64 and uint64, number elsewhere. Stores wrap and round as the element type does. */
export interface Cells {
  readonly length: number;
  [index: number]: number | bigint;
}

export interface Dense {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Cells;
}

export const arrayTypes = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const satisfies Record<DType, unknown>;

export const newValues = (dtype: DType, size: number): Values => new arrayTypes[dtype](size);
export const newDense = (dtype: DType, shape: readonly number[]): Dense => ({
  dtype,
  shape,
  data: newValues(dtype, sizeOf(shape)) as Cells,
});

/** Typed arrays over a whole memory. They are made anew after the memory has grown, so ask each time. */
export class MemoryViews {
  readonly #memory: WebAssembly.Memory;
  #buffer: ArrayBufferLike | null = null;
  #views = new Map<DType, Values>();

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  of(dtype: DType): Values {
    const { buffer } = this.#memory;
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#views.clear();
    }
    let view = this.#views.get(dtype);
    if (!view) {
      const length = Math.floor(buffer.byteLength / dtypes[dtype].bytes);
      view = new arrayTypes[dtype](buffer as ArrayBuffer, 0, length);
      this.#views.set(dtype, view);
    }
    return view;
  }
}

/** Calls `visit(position, element)` for every element in row-major order. */
export function forEachElement({ shape, strides, offset }: Layout, visit: (i: number, at: number) => void): void {
  const size = sizeOf(shape);
  const rank = shape.length;
  if (size === 0) return;
  const index = new Array<number>(rank).fill(0);
  let at = offset;
  for (let i = 0; i < size; i++) {
    visit(i, at);
    for (let axis = rank - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      at += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 1)) {
        index[axis] = next;
        break;
      }
      at -= next * (strides[axis] ?? 0);
      index[axis] = 0;
    }
  }
}

/** A row-major copy of the values. */
export function readDense(views: MemoryViews, x: Strided): Dense {
  const base = x.storage.ptr / dtypes[x.dtype].bytes;
  const source = views.of(x.dtype);
  const size = sizeOf(x.shape);
  if (isRowMajor(x)) {
    const start = base + x.offset;
    return { dtype: x.dtype, shape: x.shape, data: source.slice(start, start + size) as Cells };
  }
  const out = newDense(x.dtype, x.shape);
  const cells = source as Cells;
  forEachElement(x, (i, at) => {
    out.data[i] = cells[base + at] as number;
  });
  return out;
}

/** `x[...] = values`, which have the shape and dtype of x. */
export function writeDense(views: MemoryViews, x: Strided, values: Cells): void {
  const base = x.storage.ptr / dtypes[x.dtype].bytes;
  const target = views.of(x.dtype) as Cells;
  forEachElement(x, (i, at) => {
    target[base + at] = values[i] as number;
  });
}
