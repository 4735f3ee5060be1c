// A heap over a WebAssembly.Memory of our own, for tests and the TypeScript API (in the kernel it is Pyodide's heap).
// Freed blocks go to a list per size class (16-byte steps up to 1 KiB, then quarters of a power of two); when memory is
// full, a larger free block serves as a whole.
import type { Heap } from '../ir/array.ts';
import { OutOfMemory } from '../ir/errors.ts';

const page = 65536;
/** What a 32-bit memory can hold, less its last page. */
const limit = 65535 * page;

/** Rounds up to a size class: at most a quarter of a block is lost. */
function sizeClass(bytes: number): number {
  if (bytes <= 1024) return Math.max(16, Math.ceil(bytes / 16) * 16);
  const step = 2 ** (Math.floor(Math.log2(bytes - 1)) - 2);
  return Math.ceil(bytes / step) * step;
}

export interface OwnHeap extends Heap {
  /** Bytes that are handed out now. */
  readonly used: number;
}

/** @param maximum bytes that the memory may grow to. */
export function createHeap(maximum = limit): OwnHeap {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: Math.min(65536, Math.ceil(maximum / page)) });
  const free = new Map<number, number[]>();
  const sizes = new Map<number, number>();
  let top = 1024; // address 0 stays unused, so that a null pointer is never an array
  let used = 0;

  function fresh(size: number, asked: number): number {
    const end = top + size;
    if (end > Math.min(maximum, limit)) return reuse(size, asked);
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) {
      // Grow by an eighth at least: every growth detaches the views that others hold.
      const wish = Math.max(missing, memory.buffer.byteLength / 8);
      const most = Math.min(maximum, limit) - memory.buffer.byteLength;
      try {
        memory.grow(Math.ceil(Math.max(missing, Math.min(wish, most)) / page));
      } catch {
        return reuse(size, asked);
      }
    }
    const ptr = top;
    top = end;
    return ptr;
  }

  /** The last resort: the smallest free block that is large enough, whole. */
  function reuse(size: number, asked: number): number {
    let best = Infinity;
    for (const [blockSize, blocks] of free)
      if (blocks.length && blockSize >= size && blockSize < best) best = blockSize;
    const ptr = free.get(best)?.pop();
    if (ptr === undefined) throw new OutOfMemory(asked);
    sizes.set(ptr, best);
    used += best - size;
    return ptr;
  }

  return {
    memory,
    get used() {
      return used;
    },
    alloc(bytes) {
      const size = sizeClass(bytes);
      let ptr = free.get(size)?.pop();
      if (ptr === undefined) {
        ptr = fresh(size, bytes);
        if (!sizes.has(ptr)) sizes.set(ptr, size);
      }
      used += size;
      return ptr;
    },
    free(ptr) {
      const size = sizes.get(ptr);
      if (size === undefined) throw new RangeError(`free of ${ptr}, which was never given out`);
      used -= size;
      const blocks = free.get(size);
      if (blocks) blocks.push(ptr);
      else free.set(size, [ptr]);
    },
  };
}
