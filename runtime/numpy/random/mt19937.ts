// MT19937, the Mersenne Twister of Matsumoto and Nishimura (1998), seeded as their init_genrand and init_by_array do.
import type { BitGenerator } from './bits.ts';

const length = 624;
const shift = 397;

export class MT19937 implements BitGenerator {
  readonly state = new Uint32Array(length);
  position = length;
  low = 0;

  constructor(seed = 5489) {
    this.seed(seed);
  }

  /** A seed of 32 bits. */
  seed(seed: number): void {
    const { state } = this;
    let previous = seed >>> 0;
    state[0] = previous;
    for (let i = 1; i < length; i++) {
      previous = (Math.imul(1812433253, previous ^ (previous >>> 30)) + i) >>> 0;
      state[i] = previous;
    }
    this.position = length;
  }

  /** A seed of any number of 32-bit words. */
  seedByArray(key: readonly number[]): void {
    const { state } = this;
    const at = (i: number) => state[i] ?? 0;
    const mixed = (i: number, factor: number) => Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), factor);
    this.seed(19650218);
    let i = 1;
    let j = 0;
    const wrap = () => {
      if (++i < length) return;
      state[0] = at(length - 1);
      i = 1;
    };
    for (let k = Math.max(length, key.length); k > 0; k--) {
      state[i] = (at(i) ^ mixed(i, 1664525)) + (key[j] ?? 0) + j;
      wrap();
      if (++j >= key.length) j = 0;
    }
    for (let k = length - 1; k > 0; k--) {
      state[i] = (at(i) ^ mixed(i, 1566083941)) - i;
      wrap();
    }
    state[0] = 0x80000000;
    this.position = length;
  }

  private twist(): void {
    const { state } = this;
    const step = (i: number, next: number, far: number) => {
      const y = ((state[i] ?? 0) & 0x80000000) | ((state[next] ?? 0) & 0x7fffffff);
      state[i] = (state[far] ?? 0) ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    };
    let i = 0;
    for (; i < length - shift; i++) step(i, i + 1, i + shift);
    for (; i < length - 1; i++) step(i, i + 1, i + shift - length);
    step(length - 1, 0, shift - 1);
    this.position = 0;
  }

  next32(): number {
    if (this.position === length) this.twist();
    let y = this.state[this.position++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  next64(): number {
    const high = this.next32();
    this.low = this.next32();
    return high;
  }

  nextDouble(): number {
    const a = this.next32() >>> 5;
    const b = this.next32() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }
}
