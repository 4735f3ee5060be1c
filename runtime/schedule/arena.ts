// One block of memory for all intermediate values of a program: offsets by liveness, first fit.

export interface Lifetime {
  readonly bytes: number;
  /** Step that writes it, and the last one that reads it. */
  readonly from: number;
  readonly to: number;
}

export interface Arena {
  readonly offsets: readonly number[];
  readonly bytes: number;
}

/** Lays values of the given lifetimes out; offsets are multiples of `alignment` (256 for WebGPU bindings). */
export function layArena(values: readonly Lifetime[], alignment = 256): Arena {
  const round = (n: number) => Math.ceil(Math.max(n, 1) / alignment) * alignment;
  const offsets = new Array<number>(values.length).fill(0);
  const placed: number[] = [];
  let total = 0;
  const bySize = values.map((_, i) => i).sort((a, b) => (values[b]?.bytes ?? 0) - (values[a]?.bytes ?? 0) || a - b);
  for (const i of bySize) {
    const value = values[i] as Lifetime;
    const size = round(value.bytes);
    const busy = placed
      .map(j => ({ start: offsets[j] ?? 0, ...(values[j] as Lifetime) }))
      .filter(other => other.from <= value.to && value.from <= other.to)
      .sort((a, b) => a.start - b.start);
    let at = 0;
    for (const other of busy) {
      if (other.start - at >= size) break;
      at = Math.max(at, other.start + round(other.bytes));
    }
    offsets[i] = at;
    placed.push(i);
    total = Math.max(total, at + size);
  }
  return { offsets, bytes: total };
}
