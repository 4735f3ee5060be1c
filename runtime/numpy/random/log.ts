// The natural logarithm to the last bit of the C library that NumPy's Linux wheels call. randn is defined by that bit, and no
// two libraries agree on it. The method is published (Nagy's log in musl and glibc: x = 2^k z, log x = k ln 2 + log c +
// log(z / c) with a table of 128 values of 1/c and log c, and fused multiply-adds). The table is not kept here: the Python
// interpreter brings the same C library along, so it is read from the interpreter's memory.

/** Constants of the library, in the order in which they lie in memory. */
interface LogData {
  readonly ln2Low: number;
  /** Coefficients of log(1 + r) − r for small r. */
  readonly small: Float64Array;
  /** The same for x near 1. */
  readonly near: Float64Array;
  /** 1/c and log c, in turn. */
  readonly table: Float64Array;
}

const ln2High = 0.6931471805598903;
const entries = 128;

/** Finds the constants in static memory: ln 2 in two parts, then coefficients that begin −1/2, 1/3, … */
export function findLogData(memory: ArrayBufferLike, limit = 16 * 1024 * 1024): LogData | null {
  const words = new Float64Array(memory, 0, Math.min(memory.byteLength, limit) >>> 3);
  for (let i = words.indexOf(ln2High); i >= 0; i = words.indexOf(ln2High, i + 1)) {
    const at = (k: number) => words[i + k] ?? 0;
    // exp and pow keep ln 2 as well, but other coefficients.
    if (Math.abs(at(2) + 0.5) < 1e-9 && Math.abs(at(3) - 1 / 3) < 1e-6 && Math.abs(at(7) + 0.5) < 1e-9) {
      return {
        ln2Low: at(1),
        small: words.slice(i + 2, i + 7),
        near: words.slice(i + 7, i + 18),
        table: words.slice(i + 18, i + 18 + 2 * entries),
      };
    }
  }
  return null;
}

const splitter = 134217729; // 2 ** 27 + 1

/** a * b + c with one rounding (Dekker's product, Knuth's sum); for numbers far from overflow and underflow. */
export function fma(a: number, b: number, c: number): number {
  const product = a * b;
  let t = splitter * a;
  const aHigh = t - (t - a);
  const aLow = a - aHigh;
  t = splitter * b;
  const bHigh = t - (t - b);
  const bLow = b - bHigh;
  const error = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const part = sum - product;
  return sum + (product - (sum - part) + (c - part) + error);
}

const view = new DataView(new ArrayBuffer(8));

/** log x for normal x > 0, from the constants of the library. */
export function makeLog({ ln2Low, small, near, table }: LogData): (x: number) => number {
  const [a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0] = small;
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0, b7 = 0, b8 = 0, b9 = 0, b10 = 0] = near;
  const nearOne = (x: number): number => {
    const r = x - 1;
    const r2 = r * r;
    const r3 = r * r2;
    let y = fma(r3, b10, fma(r2, b9, fma(r, b8, b7)));
    y = fma(y, r3, fma(r2, b6, fma(r, b5, b4)));
    y = fma(y, r3, fma(r2, b3, fma(r, b2, b1)));
    // r in two parts, so that r² / 2 is exact in its upper part.
    const wide = fma(r, 134217728, r);
    const high = fma(-134217728, r, wide);
    const square = high * high;
    const top = fma(square, b0, r);
    const rest = fma(b0 * (r - high), r + high, fma(square, b0, r - top));
    return fma(y, r3, rest) + top;
  };
  return x => {
    if (x === 1) return 0;
    if (x >= 0.9375 && x < 1.06469726562500022) return nearOne(x);
    view.setFloat64(0, x);
    const upper = view.getInt32(0);
    // z in [0.6875, 1.375): the exponent is taken off by the bits above it.
    const offset = (upper - 0x3fe60000) | 0;
    const i = (offset >>> 13) & 127;
    const k = offset >> 20;
    view.setInt32(0, upper - (offset & 0xfff00000));
    const z = view.getFloat64(0);
    const r = fma(z, table[2 * i] ?? 0, -1);
    const w = fma(k, ln2High, table[2 * i + 1] ?? 0);
    const high = w + r;
    const square = r * r;
    const low = fma(square, a0, fma(k, ln2Low, w - high + r));
    const y = fma(fma(r, a4, a3), square, fma(r, a2, a1));
    return fma(r * square, y, low) + high;
  };
}
