// The dtypes and NumPy's promotion (NEP 50): the one table that the engine, both function libraries and the analysis read.
// Nothing here knows of arrays; the engine's ops take operands that are already of one dtype.

export const dtypes = {
  bool: { bytes: 1, kind: 'b', code: 0, short: 'bool', char: '?' },
  int8: { bytes: 1, kind: 'i', code: 1, short: 'i8', char: 'b' },
  uint8: { bytes: 1, kind: 'u', code: 2, short: 'u8', char: 'B' },
  int16: { bytes: 2, kind: 'i', code: 3, short: 'i16', char: 'h' },
  uint16: { bytes: 2, kind: 'u', code: 4, short: 'u16', char: 'H' },
  int32: { bytes: 4, kind: 'i', code: 5, short: 'i32', char: 'i' },
  uint32: { bytes: 4, kind: 'u', code: 6, short: 'u32', char: 'I' },
  int64: { bytes: 8, kind: 'i', code: 7, short: 'i64', char: 'l' },
  uint64: { bytes: 8, kind: 'u', code: 8, short: 'u64', char: 'L' },
  float32: { bytes: 4, kind: 'f', code: 9, short: 'f32', char: 'f' },
  float64: { bytes: 8, kind: 'f', code: 10, short: 'f64', char: 'd' },
} as const;

export type DType = keyof typeof dtypes;
/** The integers of 64 bits: their elements are bigint in TypeScript. */
export type BigDType = 'int64' | 'uint64';
/** A Python scalar without a dtype of its own: it adapts to the array it meets (NEP 50 "weak"). */
export type WeakKind = 'bool' | 'int' | 'float';

export const allDTypes = Object.keys(dtypes) as readonly DType[];
export const dtypeOfCode = (code: number): DType => {
  const found = allDTypes[code];
  if (!found) throw new RangeError(`no dtype has the code ${code}`);
  return found;
};
export const isFloat = (dtype: DType): boolean => dtypes[dtype].kind === 'f';
export const isInteger = (dtype: DType): boolean => dtypes[dtype].kind === 'i' || dtypes[dtype].kind === 'u';
export const isUnsigned = (dtype: DType): boolean => dtypes[dtype].kind === 'u';
export const isBig = (dtype: DType): dtype is BigDType => dtype === 'int64' || dtype === 'uint64';

/** The dtypes of tensors: TensorFlow has kernels for the other ones too, but of fewer ops than the conversion could count on. */
export const tensorDTypes = [
  'bool',
  'uint8',
  'int32',
  'int64',
  'float32',
  'float64',
] as const satisfies readonly DType[];
export const isTensorDType = (dtype: DType): boolean => (tensorDTypes as readonly DType[]).includes(dtype);

/** Least and greatest value of an integer dtype or bool. */
export function rangeOf(dtype: DType): readonly [least: bigint, greatest: bigint] {
  const { bytes, kind } = dtypes[dtype];
  if (kind === 'b') return [0n, 1n];
  const bits = BigInt(8 * bytes);
  return kind === 'u' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

/** The integer modulo 2 to the number of bits of an integer dtype. */
export function wrapInteger(dtype: DType, value: bigint): bigint {
  const bits = 8 * dtypes[dtype].bytes;
  return isUnsigned(dtype) ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
}

const integerOf = (kind: 'i' | 'u', bytes: number): DType | undefined =>
  allDTypes.find(name => dtypes[name].kind === kind && dtypes[name].bytes === bytes);

/** `numpy.result_type` of two arrays: the smallest dtype that both can be cast to safely. */
export function promote(a: DType, b: DType): DType {
  if (a === b || b === 'bool') return a;
  if (a === 'bool') return b;
  const [low, high] = dtypes[a].code < dtypes[b].code ? [a, b] : [b, a];
  // float32 has 24 bits of mantissa: too few for 32- and 64-bit integers.
  if (isFloat(high)) return isFloat(low) || dtypes[low].bytes < 4 ? high : 'float64';
  if (dtypes[low].kind === dtypes[high].kind) return high;
  const [signed, unsigned] = isUnsigned(low) ? [high, low] : [low, high];
  if (dtypes[signed].bytes > dtypes[unsigned].bytes) return signed;
  return integerOf('i', 2 * dtypes[unsigned].bytes) ?? 'float64';
}

/** The dtype of `array ∘ python_scalar`. A weak scalar changes the kind, never the width. */
export function promoteWeak(array: DType, scalar: WeakKind): DType {
  if (scalar === 'bool') return array;
  if (scalar === 'int') return array === 'bool' ? 'int64' : array;
  return isFloat(array) ? array : 'float64';
}

/** The dtype in which NumPy adds and multiplies up elements: integers narrower than 64 bits are widened. */
export function accumulatorOf(dtype: DType): DType {
  if (isFloat(dtype)) return dtype;
  return isUnsigned(dtype) ? 'uint64' : 'int64';
}

/** The dtype that TensorFlow divides integer tensors in. */
export const quotientOf = (integer: DType): DType => (dtypes[integer].bytes <= 2 ? 'float32' : 'float64');

/** The dtype that a Python scalar gets when it becomes an array by itself. */
export const defaultDType: Record<WeakKind, DType> = { bool: 'bool', int: 'int64', float: 'float64' };
