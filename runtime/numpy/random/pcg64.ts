// PCG64: O'Neill's 128-bit linear congruential generator with the XSL-RR output (2014). 128-bit numbers are four words of
// 32 bits, the lowest first; a draw is one product of 128 bits.
import { doubleStep } from './bits.ts';
import type { BitGenerator } from './bits.ts';

/** The multiplier 0x2360ed051fc65da44385df649fccf645 in halves of 16 bits, the lowest first. */
const multiplier = [0xf645, 0x9fcc, 0xdf64, 0x4385, 0x5da4, 0x1fc6, 0xed05, 0x2360] as const;
const [m0, m1, m2, m3, m4, m5, m6, m7] = multiplier;

export class PCG64 implements BitGenerator {
  low = 0;
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;
  private readonly inc: readonly [number, number, number, number];
  /** The upper half of a 64-bit draw, kept for the next 32-bit draw. */
  private kept = -1;

  /** `words`: the eight 32-bit words of a SeedSequence: state (high, low), then stream (high, low), each lowest word first. */
  constructor(words: Uint32Array) {
    const w = (i: number) => words[i] ?? 0;
    const sequence = [w(6), w(7), w(4), w(5)] as const;
    this.inc = [
      ((sequence[0] << 1) | 1) >>> 0,
      ((sequence[1] << 1) | (sequence[0] >>> 31)) >>> 0,
      ((sequence[2] << 1) | (sequence[1] >>> 31)) >>> 0,
      ((sequence[3] << 1) | (sequence[2] >>> 31)) >>> 0,
    ];
    this.step();
    this.add(w(2), w(3), w(0), w(1));
    this.step();
  }

  private add(a0: number, a1: number, a2: number, a3: number): void {
    let sum = this.s0 + a0;
    this.s0 = sum >>> 0;
    sum = this.s1 + a1 + (sum > 0xffffffff ? 1 : 0);
    this.s1 = sum >>> 0;
    sum = this.s2 + a2 + (sum > 0xffffffff ? 1 : 0);
    this.s2 = sum >>> 0;
    this.s3 = (this.s3 + a3 + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  }

  /** state = state * multiplier + inc, by columns of 16 bits: a column of eight products stays below 2 ** 36. */
  private step(): void {
    const a0 = this.s0 & 0xffff;
    const a1 = this.s0 >>> 16;
    const a2 = this.s1 & 0xffff;
    const a3 = this.s1 >>> 16;
    const a4 = this.s2 & 0xffff;
    const a5 = this.s2 >>> 16;
    const a6 = this.s3 & 0xffff;
    const a7 = this.s3 >>> 16;
    const [i0, i1, i2, i3] = this.inc;
    const carry = 1 / 65536;
    let c = a0 * m0 + (i0 & 0xffff);
    const r0 = c & 0xffff;
    c = Math.floor(c * carry) + a0 * m1 + a1 * m0 + (i0 >>> 16);
    const r1 = c & 0xffff;
    c = Math.floor(c * carry) + a0 * m2 + a1 * m1 + a2 * m0 + (i1 & 0xffff);
    const r2 = c & 0xffff;
    c = Math.floor(c * carry) + a0 * m3 + a1 * m2 + a2 * m1 + a3 * m0 + (i1 >>> 16);
    const r3 = c & 0xffff;
    c = Math.floor(c * carry) + a0 * m4 + a1 * m3 + a2 * m2 + a3 * m1 + a4 * m0 + (i2 & 0xffff);
    const r4 = c & 0xffff;
    c = Math.floor(c * carry) + a0 * m5 + a1 * m4 + a2 * m3 + a3 * m2 + a4 * m1 + a5 * m0 + (i2 >>> 16);
    const r5 = c & 0xffff;
    c = Math.floor(c * carry) + a0 * m6 + a1 * m5 + a2 * m4 + a3 * m3 + a4 * m2 + a5 * m1 + a6 * m0 + (i3 & 0xffff);
    const r6 = c & 0xffff;
    c =
      Math.floor(c * carry) +
      a0 * m7 +
      a1 * m6 +
      a2 * m5 +
      a3 * m4 +
      a4 * m3 +
      a5 * m2 +
      a6 * m1 +
      a7 * m0 +
      (i3 >>> 16);
    this.s0 = (r0 | (r1 << 16)) >>> 0;
    this.s1 = (r2 | (r3 << 16)) >>> 0;
    this.s2 = (r4 | (r5 << 16)) >>> 0;
    this.s3 = (r6 | (c << 16)) >>> 0;
  }

  next64(): number {
    this.step();
    const high = this.s3 ^ this.s1;
    const low = this.s2 ^ this.s0;
    const by = this.s3 >>> 26;
    // Rotation of (high, low) to the right.
    const [h, l] = by & 32 ? [low, high] : [high, low];
    const n = by & 31;
    if (n === 0) {
      this.low = l >>> 0;
      return h >>> 0;
    }
    this.low = ((l >>> n) | (h << (32 - n))) >>> 0;
    return ((h >>> n) | (l << (32 - n))) >>> 0;
  }

  next32(): number {
    if (this.kept >= 0) {
      const word = this.kept;
      this.kept = -1;
      return word;
    }
    this.kept = this.next64();
    return this.low;
  }

  nextDouble(): number {
    const high = this.next64();
    return (high * 2097152 + (this.low >>> 11)) * doubleStep;
  }
}
