// Orders and samples without repetition, with the bits drawn in NumPy's order.
import type { BitGenerator } from './bits.ts';
import { bounded32 } from './bounded.ts';

/** From the end down to `first`: each value changes places with one that is not behind it. */
export function shuffle(bits: BitGenerator, values: BigInt64Array, first: number, masked: boolean): void {
  for (let i = values.length - 1; i >= first; i--) {
    const j = bounded32(bits, i, masked)();
    const kept = values[i] ?? 0n;
    values[i] = values[j] ?? 0n;
    values[j] = kept;
  }
}

/** Floyd's algorithm: as many different integers below `population` as there is room for, not yet shuffled. */
export function floyd(bits: BitGenerator, values: BigInt64Array, population: number): void {
  const taken = new Set<number>();
  const start = population - values.length;
  for (let j = start; j < population; j++) {
    const drawn = bounded32(bits, j, false)();
    const value = taken.has(drawn) ? j : drawn;
    taken.add(value);
    values[j - start] = BigInt(value);
  }
}
