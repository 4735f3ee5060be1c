// Integers from an interval. The legacy functions mask and reject; Generator multiplies (Lemire 2019). Narrow types draw
// several values from one word, as NumPy does: a stream stays in step only if every bit is used the same way.
import type { BitGenerator } from './bits.ts';

/** The smallest 2 ** n − 1 that is not below `max` (max < 2 ** 32). */
const maskFor = (max: number): number => (max === 0 ? 0 : 0xffffffff >>> Math.clz32(max));

/** A source of values in [0, range] (range < 2 ** 32). */
export function bounded32(bits: BitGenerator, range: number, masked: boolean): () => number {
  if (range === 0) return () => 0;
  if (range === 0xffffffff) return () => bits.next32();
  if (masked) {
    const mask = maskFor(range);
    return () => {
      for (;;) {
        const value = (bits.next32() & mask) >>> 0;
        if (value <= range) return value;
      }
    };
  }
  const count = range + 1;
  const threshold = (0xffffffff - range) % count;
  return () => {
    for (;;) {
      // The product of two 32-bit numbers: its upper word is the value, its lower word decides.
      const word = bits.next32();
      const low = Math.imul(word, count) >>> 0;
      if (low >= threshold) return productHigh(word, count);
    }
  };
}

/** Upper 32 bits of the product of two 32-bit numbers. */
function productHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle % 65536);
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(other / 65536)) >>> 0;
}

/** Values in [0, range] of 8 or 16 bits: four or two from each word. */
export function boundedNarrow(bits: BitGenerator, width: 8 | 16, range: number, masked: boolean): () => number {
  let left = 0;
  let buffer = 0;
  const most = 2 ** width - 1;
  const next = (): number => {
    if (left === 0) {
      buffer = bits.next32();
      left = 32 / width - 1;
    } else {
      buffer >>>= width;
      left--;
    }
    return buffer & most;
  };
  if (range === 0) return () => 0;
  if (range === most) return next;
  if (masked) {
    const mask = maskFor(range);
    return () => {
      for (;;) {
        const value = next() & mask;
        if (value <= range) return value;
      }
    };
  }
  const count = range + 1;
  const threshold = (most - range) % count;
  return () => {
    for (;;) {
      const product = next() * count;
      if ((product & most) >>> 0 >= threshold) return product >>> width;
    }
  };
}

/** Zeros and ones: 32 from each word. */
export function bounded1(bits: BitGenerator, range: number): () => number {
  let left = 0;
  let buffer = 0;
  if (range === 0) return () => 0;
  return () => {
    if (left === 0) {
      buffer = bits.next32();
      left = 31;
    } else {
      buffer >>>= 1;
      left--;
    }
    return buffer & 1;
  };
}

const full = (1n << 64n) - 1n;

/** Values in [0, range] for ranges of more than 32 bits. */
export function bounded64(bits: BitGenerator, range: bigint, masked: boolean): () => bigint {
  const next = (): bigint => {
    const high = bits.next64();
    return (BigInt(high) << 32n) | BigInt(bits.low);
  };
  if (range === full) return next;
  if (masked) {
    const mask = (1n << BigInt(range.toString(2).length)) - 1n;
    return () => {
      for (;;) {
        const value = next() & mask;
        if (value <= range) return value;
      }
    };
  }
  const count = range + 1n;
  const threshold = (full - range) % count;
  return () => {
    for (;;) {
      const product = next() * count;
      if ((product & full) >= threshold) return product >> 64n;
    }
  };
}
