// Functions of one number whose derivative is known everywhere they are: trigonometric, hyperbolic, logarithms beside 1.
import type { ApiRow } from '../types.ts';

const smooth = (name: string, aliases: readonly string[], doc: string, signature = '(x, name=None)'): ApiRow => ({
  name,
  aliases,
  kind: 'function',
  home: 'python',
  signature,
  doc,
  dtype: 'promote',
  shape: signature === '(x, name=None)' ? 'same' : 'broadcast',
  gradient: 'smooth',
  devices: 'wasm',
});

export const smooths: readonly ApiRow[] = [
  smooth('tan', ['math.tan'], 'Tangent.'),
  smooth('asin', ['math.asin'], 'Angle whose sine is x.'),
  smooth('acos', ['math.acos'], 'Angle whose cosine is x.'),
  smooth('atan', ['math.atan'], 'Angle whose tangent is x.'),
  smooth('atan2', ['math.atan2'], 'Angle of the point (x, y).', '(y, x, name=None)'),
  smooth('sinh', ['math.sinh'], 'Hyperbolic sine.'),
  smooth('cosh', ['math.cosh'], 'Hyperbolic cosine.'),
  smooth('asinh', ['math.asinh'], 'Inverse of the hyperbolic sine.'),
  smooth('acosh', ['math.acosh'], 'Inverse of the hyperbolic cosine.'),
  smooth('atanh', ['math.atanh'], 'Inverse of the hyperbolic tangent.'),
  smooth('math.log1p', [], 'Logarithm of 1 + x.'),
  smooth('math.expm1', [], 'Exponential minus 1.'),
];
