// An array in memory: storage + offset + shape + strides. Views share the storage; whoever writes through one writes them all.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Attrs, Builder, Typed } from './node.ts';
import type { OpName } from './ops.ts';

/** A block of the heap. `release` gives it back when no view is left (reference counts are kept by the owner of the views). */
export interface Storage {
  /** Byte address in the heap. */
  readonly ptr: number;
  readonly bytes: number;
  refs: number;
}

/** Offset and strides count elements, not bytes; strides may be 0 (broadcast) or negative. */
export interface Strided extends Typed {
  readonly storage: Storage;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The elements of an array, by its dtype: bigint for int64 and uint64. */
export type Values =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Linear memory and its allocator. In the kernel it is Pyodide's own heap, in tests a memory of our own. It may grow: never keep a typed array. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  /** 16-byte aligned; throws OutOfMemory with the size asked for. */
  alloc(bytes: number): number;
  free(ptr: number): void;
}

/**
 * The eager side of the engine. Every op is one prepared kernel, cached by op, dtypes and layout.
 * `op` allocates its result; `write` is the only thing that changes memory that exists.
 */
export interface Engine extends Builder<Strided> {
  readonly heap: Heap;
  empty(dtype: DType, shape: readonly number[]): Strided;
  /** As `op`, but into `out` (any strides, same shape and dtype as the result; overlap with the inputs is handled as NumPy does). */
  opInto(out: Strided, name: OpName, inputs: readonly Strided[], attrs?: Attrs): void;
  /** `out[...] = x`: broadcasts, casts (as C does for NumPy's astype) and copes with overlap. */
  write(out: Strided, x: Strided): void;
  /** Elements of the storage of `x` at element offsets (int64, any shape), counted from `x.offset` → a new array of the indices' shape. */
  take(x: Strided, offsets: Strided): Strided;
  /** The reverse: `storage[x.offset + offsets[i]] ∘= values[i]`, in order. `values` has the offsets' shape and x's dtype. */
  put(x: Strided, offsets: Strided, values: Strided, mode: 'set' | 'add'): void;
  /** Row-major copy of the values. */
  read(x: Strided): Values;
  release(x: Strided): void;
}
