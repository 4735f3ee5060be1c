// The standard normal distribution by the ziggurat of Marsaglia and Tsang (2000) with 256 layers, in the 52-bit form of
// Doornik (2005) that Generator uses. The tables are computed from the formula, with the roundings of NumPy's own tables.
import type { BitGenerator } from './bits.ts';
import { exactExp, exactLog } from './exact.ts';

/** Where the tail begins, and the area of a layer. */
const tail = 3.6541528853610088;
const area = 0.004928673233974652;
const steps = 2 ** 52;

/** Acceptance bound (integers below 2 ** 52), width per step, and height of each layer. */
export function makeTables(): {
  readonly accept: Float64Array;
  readonly width: Float64Array;
  readonly height: Float64Array;
} {
  const accept = new Float64Array(256);
  const width = new Float64Array(256);
  const height = new Float64Array(256);
  const density = (x: number) => exactExp(-0.5 * x * x);
  const even = (x: number) => {
    const whole = Math.floor(x);
    const rest = x - whole;
    return whole + (rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? 1 : 0);
  };
  let edge = tail;
  let above = density(tail);
  width[255] = tail / steps;
  height[255] = above;
  accept[0] = even(((tail * above) / area) * steps);
  width[0] = area / above / steps;
  height[0] = 1;
  for (let i = 254; i > 0; i--) {
    const x = Math.sqrt(-2 * exactLog(area / edge + above));
    accept[i + 1] = even((x / edge) * steps);
    width[i] = x / steps;
    // NumPy's table has one height that is a unit in the last place above the rounded value.
    above = density(x) + (i === 38 ? 2 ** -53 : 0);
    height[i] = above;
    edge = x;
  }
  return { accept, width, height };
}

let tables: ReturnType<typeof makeTables> | undefined;
const inverseTail = 0.27366123732975828;

/** One standard normal value. */
export function standardNormal(bits: BitGenerator): number {
  const { accept, width, height } = (tables ??= makeTables());
  for (;;) {
    const high = bits.next64();
    const { low } = bits;
    const layer = low & 0xff;
    const size = (low >>> 9) + (high & 0x1fffffff) * 8388608;
    const distance = size * (width[layer] ?? 0);
    const x = low & 0x100 ? -distance : distance;
    if (size < (accept[layer] ?? 0)) return x;
    if (layer === 0) {
      for (;;) {
        const far = -inverseTail * Math.log1p(-bits.nextDouble());
        const near = -Math.log1p(-bits.nextDouble());
        if (near + near > far * far) return (low >>> 17) & 1 ? -(tail + far) : tail + far;
      }
    }
    const bottom = height[layer] ?? 0;
    if (((height[layer - 1] ?? 0) - bottom) * bits.nextDouble() + bottom < Math.exp(-0.5 * x * x)) return x;
  }
}
