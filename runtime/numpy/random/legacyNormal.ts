// Normal values as the legacy functions make them: Marsaglia's polar method, which yields two values and keeps one for the next call.
import type { BitGenerator } from './bits.ts';

export class PolarNormal {
  /** The value kept for the next call. */
  kept: number | null = null;
  private readonly bits: BitGenerator;
  private readonly log: (x: number) => number;

  constructor(bits: BitGenerator, log: (x: number) => number) {
    this.bits = bits;
    this.log = log;
  }

  next(): number {
    const { kept, bits } = this;
    if (kept !== null) {
      this.kept = null;
      return kept;
    }
    for (;;) {
      const x = 2 * bits.nextDouble() - 1;
      const y = 2 * bits.nextDouble() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * this.log(square)) / square);
      this.kept = factor * x;
      return factor * y;
    }
  }
}
