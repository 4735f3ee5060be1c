// What Python may call of the random streams: a stream has a number; arrays are allocated by Python and filled here.
import { dtypes, type DType } from '../../../src/shared/dtypes.ts';
import { arrayTypes } from '../../emit/dense.ts';
import type { Strided } from '../../ir/array.ts';
import { answers } from '../border.ts';
import type { Border, BorderTable } from '../border.ts';
import { bounded1, bounded32, bounded64, boundedNarrow } from './bounded.ts';
import { PolarNormal } from './legacyNormal.ts';
import { findLogData, makeLog } from './log.ts';
import { MT19937 } from './mt19937.ts';
import { PCG64 } from './pcg64.ts';
import { seedWords } from './seedSequence.ts';
import { floyd, shuffle } from './shuffle.ts';
import { standardNormal } from './ziggurat.ts';

interface Stream {
  readonly bits: MT19937 | PCG64;
  /** One value of the standard normal distribution. */
  readonly normal: () => number;
  /** The polar method's second value, where the stream is a legacy one. */
  readonly polar?: PolarNormal;
}

const words = (text: string): number[] => (text === '' ? [] : text.split(',').map(Number));

/** Streams by number; `seed` words of 32 bits as text with commas. */
export const randomTable: BorderTable = border => {
  const streams: (Stream | undefined)[] = [];
  const add = (stream: Stream): number => {
    const free = streams.indexOf(undefined);
    if (free < 0) return streams.push(stream) - 1;
    streams[free] = stream;
    return free;
  };
  const get = (id: number): Stream => {
    const found = streams[id];
    if (!found) throw new RangeError(`random stream ${id} is not in use`);
    return found;
  };
  let log: ((x: number) => number) | undefined;
  const libraryLog = (): ((x: number) => number) => {
    const data = findLogData(border.engine.heap.memory.buffer);
    return data ? makeLog(data) : Math.log;
  };
  const twister = (id: number): { bits: MT19937; polar: PolarNormal } => {
    const { bits, polar } = get(id);
    if (!(bits instanceof MT19937) || !polar) throw new TypeError('the stream is not a legacy one');
    return { bits, polar };
  };
  return {
    random_mt19937: () => {
      const bits = new MT19937();
      const polar = new PolarNormal(bits, (log ??= libraryLog()));
      return add({ bits, polar, normal: () => polar.next() });
    },
    random_pcg64: (entropy: string) => {
      const bits = new PCG64(seedWords(words(entropy), 8));
      return add({ bits, normal: () => standardNormal(bits) });
    },
    random_free: (id: number) => {
      streams[id] = undefined;
      return answers.done;
    },
    /** Restarts a legacy stream from one word, from several, or from entropy that is mixed first. */
    random_seed: (id: number, how: string, text: string) => {
      const { bits, polar } = twister(id);
      const key = words(text);
      if (how === 'word') bits.seed(key[0] ?? 0);
      else bits.seedByArray(how === 'key' ? key : Array.from(seedWords(key, 624)));
      polar.kept = null;
      return answers.done;
    },
    /** The state of a legacy stream: 624 words, position, kept normal value (empty: none). */
    random_get_state: (id: number) => {
      const { bits, polar } = twister(id);
      return `${bits.state.join(',')};${bits.position};${polar.kept ?? ''}`;
    },
    random_set_state: (id: number, text: string) => {
      const { bits, polar } = twister(id);
      const [state = '', position = '', kept = ''] = text.split(';');
      bits.state.set(words(state));
      bits.position = Number(position);
      polar.kept = kept === '' ? null : Number(kept);
      return answers.done;
    },
    /** One value: `uniform` in [a, a + b), `normal` with mean a and deviation b. */
    random_one: (id: number, what: string, a: number, b: number) => {
      const { bits, normal } = get(id);
      return a + b * (what === 'normal' ? normal() : bits.nextDouble());
    },
    /** The same for every element of a float array. */
    random_fill: (id: number, what: string, handle: number, a: number, b: number) => {
      fillFloats(get(id), what, floatsOf(border, border.array(handle)), a, b);
      return answers.done;
    },
    /** Integers in [low, low + range], which come as decimal text. */
    random_integers: (id: number, masked: number, handle: number, low: string, range: string) => {
      fillIntegers(border, get(id), border.array(handle), BigInt(low), BigInt(range), masked === 1);
      return answers.done;
    },
    /** One integer, as decimal text; `dtype` decides how bits are used. */
    random_integer: (id: number, masked: number, dtype: DType, low: string, range: string) => {
      const value = integers(get(id), dtype, BigInt(range), masked === 1)();
      return String(BigInt(low) + BigInt(value));
    },
    /** Shuffles an int64 array of one axis down to position `first`. */
    random_shuffle: (id: number, masked: number, handle: number, first: number) => {
      shuffle(get(id).bits, positions(border, handle), first, masked === 1);
      return answers.done;
    },
    /** Fills an int64 array with different integers below `population`. */
    random_floyd: (id: number, population: number, handle: number) => {
      floyd(get(id).bits, positions(border, handle), population);
      return answers.done;
    },
  };
};

/** The elements of an int64 array of one axis. */
function positions(border: Border, handle: number): BigInt64Array {
  const x = border.array(handle);
  return new BigInt64Array(border.engine.heap.memory.buffer, x.storage.ptr + x.offset * 8, x.shape[0] ?? 0);
}

const count = (x: Strided): number => x.shape.reduce((a, b) => a * b, 1);

function floatsOf(border: Border, x: Strided): Float32Array | Float64Array {
  const kind = x.dtype === 'float32' ? Float32Array : Float64Array;
  return new kind(border.engine.heap.memory.buffer, x.storage.ptr + x.offset * dtypes[x.dtype].bytes, count(x));
}

function fillFloats(
  { bits, normal }: Stream,
  what: string,
  out: Float32Array | Float64Array,
  a: number,
  b: number,
): void {
  const n = out.length;
  if (what === 'normal') {
    for (let i = 0; i < n; i++) out[i] = a + b * normal();
  } else if (out instanceof Float32Array) {
    for (let i = 0; i < n; i++) out[i] = (bits.next32() >>> 8) / 16777216;
  } else if (a === 0 && b === 1) {
    for (let i = 0; i < n; i++) out[i] = bits.nextDouble();
  } else {
    for (let i = 0; i < n; i++) out[i] = a + b * bits.nextDouble();
  }
}

/** A source of values in [0, range] that uses the bits as NumPy does for this dtype. */
function integers({ bits }: Stream, dtype: DType, range: bigint, masked: boolean): () => number | bigint {
  if (dtype === 'bool') return bounded1(bits, Number(range));
  const width = 8 * dtypes[dtype].bytes;
  if (width === 8 || width === 16) return boundedNarrow(bits, width, Number(range), masked);
  if (range > 0xffffffffn) return bounded64(bits, range, masked);
  return bounded32(bits, Number(range), masked);
}

function fillIntegers(border: Border, stream: Stream, x: Strided, low: bigint, range: bigint, masked: boolean): void {
  const { buffer } = border.engine.heap.memory;
  const next = integers(stream, x.dtype, range, masked);
  const at = x.storage.ptr + x.offset * dtypes[x.dtype].bytes;
  const n = count(x);
  if (x.dtype === 'int64') {
    if (range <= 0xffffffffn && low >= -0x10000000000000n && low <= 0xfffffffffffffn) {
      // Both words by number: a bigint for each element would cost ten times as much.
      const halves = new Int32Array(buffer, at, 2 * n);
      const base = Number(low);
      for (let i = 0; i < n; i++) {
        const value = base + Number(next());
        halves[2 * i] = value;
        halves[2 * i + 1] = Math.floor(value / 4294967296);
      }
      return;
    }
    const out = new BigInt64Array(buffer, at, n);
    for (let i = 0; i < n; i++) out[i] = low + BigInt(next());
    return;
  }
  const out = new arrayTypes[x.dtype](buffer as ArrayBuffer, at, n);
  if (out instanceof BigUint64Array) {
    for (let i = 0; i < n; i++) out[i] = low + BigInt(next());
    return;
  }
  const base = Number(low);
  for (let i = 0; i < n; i++) out[i] = base + Number(next());
}
