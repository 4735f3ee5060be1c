// How tf.print writes tensors: shortest decimal that reads back, three elements at each edge of an axis.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Values } from './types.ts';

/** C's `%.{digits}g`. */
export function general(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < digits) {
    const fixed = value.toFixed(Math.max(0, digits - 1 - exponent));
    return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  }
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function element(value: number | bigint | undefined, dtype: DType): string {
  if (typeof value === 'bigint') return value.toString();
  const x = value ?? 0;
  if (dtype === 'float32') {
    const short = general(x, 6);
    return Math.fround(Number(short)) === x || !Number.isFinite(x) ? short : general(x, 9);
  }
  if (dtype === 'float64') {
    const short = general(x, 15);
    return Number(short) === x || !Number.isFinite(x) ? short : general(x, 17);
  }
  return String(x);
}

/** A tensor as tf.print shows it; `summarize` elements at each edge, −1 for all. */
export function printTensor(values: Values, dtype: DType, shape: readonly number[], summarize: number): string {
  const write = (axis: number, start: number): string => {
    if (axis === shape.length) return element(values[start], dtype);
    const n = shape[axis] ?? 0;
    const step = shape.slice(axis + 1).reduce((size, d) => size * d, 1);
    const cut = summarize >= 0 && n > 2 * summarize;
    const last = axis === shape.length - 1;
    const separator = last ? ' ' : `${'\n'.repeat(shape.length - axis - 1)}${' '.repeat(axis + 1)}`;
    const at = Array.from({ length: n }, (_, i) => i);
    const edges = cut ? [...at.slice(0, summarize), -1, ...at.slice(n - summarize)] : at;
    return `[${edges.map(i => (i < 0 ? '...' : write(axis + 1, start + i * step))).join(separator)}]`;
  };
  return write(0, 0);
}
