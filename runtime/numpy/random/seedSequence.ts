// SeedSequence: O'Neill's seed_seq_fe as NumPy uses it, from entropy words to well-mixed state words.

const initA = 0x43b0d7e5;
const multA = 0x931e8875;
const initB = 0x8b51f9dd;
const multB = 0x58f38ded;
const mixLeft = 0xca01f9dd;
const mixRight = 0x4973f715;
const poolSize = 4;

/** `count` words of 32 bits from any number of entropy words of 32 bits. */
export function seedWords(entropy: readonly number[], count: number): Uint32Array {
  let constant = initA;
  const hash = (value: number): number => {
    value = (value ^ constant) >>> 0;
    constant = Math.imul(constant, multA) >>> 0;
    value = Math.imul(value, constant) >>> 0;
    return (value ^ (value >>> 16)) >>> 0;
  };
  const mix = (x: number, y: number): number => {
    const value = (Math.imul(mixLeft, x) - Math.imul(mixRight, y)) >>> 0;
    return (value ^ (value >>> 16)) >>> 0;
  };
  const pool = Array.from({ length: poolSize }, (_, i) => hash(entropy[i] ?? 0));
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) {
      if (from !== to) pool[to] = mix(pool[to] ?? 0, hash(pool[from] ?? 0));
    }
  }
  for (const word of entropy.slice(poolSize)) {
    for (let to = 0; to < poolSize; to++) pool[to] = mix(pool[to] ?? 0, hash(word));
  }
  constant = initB;
  return Uint32Array.from({ length: count }, (_, i) => {
    let value = ((pool[i % poolSize] ?? 0) ^ constant) >>> 0;
    constant = Math.imul(constant, multB) >>> 0;
    value = Math.imul(value, constant) >>> 0;
    return (value ^ (value >>> 16)) >>> 0;
  });
}
