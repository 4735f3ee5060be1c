// What a stream of random bits is: the distributions are written over it, MT19937 and PCG64 implement it.

export interface BitGenerator {
  /** The next 32 bits. */
  next32(): number;
  /** The next 64 bits: the upper half is returned, the lower half left in `low`. */
  next64(): number;
  low: number;
  /** Uniform in [0, 1) with 53 bits. */
  nextDouble(): number;
}

/** 2 ** -53 */
export const doubleStep = 1 / 9007199254740992;
