// How numbers, types and times are written. Tabular: the same kind of number always has the same form.
import { dtypes, type DType } from '../../src/shared/dtypes.ts';

/** `f32[64,128]` */
export const typeText = (dtype: DType | string, shape: readonly number[]): string =>
  `${dtype in dtypes ? dtypes[dtype as DType].short : dtype}[${shape.join(',')}]`;

/** JSON has no NaN and no infinity: they arrive as null. */
export function numberText(value: number | null): string {
  if (value === null) return 'NaN';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '−Inf';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-3 ? value.toExponential(2) : Number(value.toPrecision(4)).toString();
  return text.replaceAll('-', '−');
}

export function timeText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 1) return `${ms.toFixed(ms >= 100 ? 0 : 2)} ms`;
  return `${(ms * 1000).toFixed(0)} µs`;
}

export function bytesText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0);
  return `${Number((bytes / 1024 ** step).toPrecision(3))} ${units[step]}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

/** `64×128`; scalars are `scalar`. */
export const shapeText = (shape: readonly number[]): string => (shape.length ? shape.join('×') : 'scalar');

/** Digits in groups of three, with thin spaces: `235 146`. */
export const countText = (count: number): string => count.toLocaleString('en').replaceAll(',', '\u2009');
