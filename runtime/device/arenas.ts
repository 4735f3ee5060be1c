// Where programs put their intermediate values: one after the other, all of them work in the same block.
import type { Heap, Storage } from '../ir/array.ts';

/** An arena of at most so many bytes is kept between runs; for larger ones memory is asked for and freed by each run. */
const mostKept = 1 << 24;

export class Arenas {
  readonly #heap: Heap;
  /** Not here while a program works in it: a checkpoint may run Python, and that another program. */
  #kept: Storage | null = null;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** A block of at least so many bytes. */
  borrow(bytes: number): Storage {
    const kept = this.#kept;
    if (kept && kept.bytes >= bytes) {
      this.#kept = null;
      return kept;
    }
    return { ptr: this.#heap.alloc(bytes), bytes, refs: 1 };
  }

  giveBack(arena: Storage): void {
    const kept = this.#kept;
    if (arena.bytes > mostKept || (kept && kept.bytes >= arena.bytes)) return this.#heap.free(arena.ptr);
    if (kept) this.#heap.free(kept.ptr);
    this.#kept = arena;
  }
}
