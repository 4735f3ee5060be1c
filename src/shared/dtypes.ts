// The dtypes and NumPy's promotion (NEP 50): the one table that the engine, both function libraries and the analysis read.
// Nothing here knows of arrays; the engine's ops take operands that are already of one dtype.

export const dtypes = {
  bool: { bytes: 1, kind: 'b', code: 0, short: 'bool', char: '?' },
  uint8: { bytes: 1, kind: 'u', code: 1, short: 'u8', char: 'B' },
  int32: { bytes: 4, kind: 'i', code: 2, short: 'i32', char: 'i' },
  int64: { bytes: 8, kind: 'i', code: 3, short: 'i64', char: 'l' },
  float32: { bytes: 4, kind: 'f', code: 4, short: 'f32', char: 'f' },
  float64: { bytes: 8, kind: 'f', code: 5, short: 'f64', char: 'd' },
} as const;

export type DType = keyof typeof dtypes;
/** A Python scalar without a dtype of its own: it adapts to the array it meets (NEP 50 "weak"). */
export type WeakKind = 'bool' | 'int' | 'float';

export const allDTypes = Object.keys(dtypes) as readonly DType[];
export const dtypeOfCode = (code: number): DType => {
  const found = allDTypes.find(name => dtypes[name].code === code);
  if (!found) throw new RangeError(`no dtype has the code ${code}`);
  return found;
};
export const isFloat = (dtype: DType): boolean => dtypes[dtype].kind === 'f';
export const isInteger = (dtype: DType): boolean => dtypes[dtype].kind === 'i' || dtypes[dtype].kind === 'u';

/** `numpy.result_type` of two arrays: the smallest dtype that both can be cast to safely. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const [low, high] = dtypes[a].code < dtypes[b].code ? [a, b] : [b, a];
  // float32 has 24 bits of mantissa: too few for 32- and 64-bit integers.
  if (high === 'float32' && (low === 'int32' || low === 'int64')) return 'float64';
  return high;
}

/** The dtype of `array ∘ python_scalar`. A weak scalar changes the kind, never the width. */
export function promoteWeak(array: DType, scalar: WeakKind): DType {
  if (scalar === 'bool') return array;
  if (scalar === 'int') return array === 'bool' ? 'int64' : array;
  return isFloat(array) ? array : 'float64';
}

/** The dtype that a Python scalar gets when it becomes an array by itself. */
export const defaultDType: Record<WeakKind, DType> = { bool: 'bool', int: 'int64', float: 'float64' };
