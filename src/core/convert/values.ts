// What the conversion asks about abstract values: does it hold arrays, of which dtype and shape, is it a Python number.
import { defaultDType, isTensorDType, promote, promoteWeak } from '../../shared/dtypes.ts';
import type { DType, WeakKind } from '../../shared/dtypes.ts';
import type { AbstractValue, Shape } from '../infer/types.ts';

/** dtype and shape of what can become a tensor: arrays, NumPy scalars, tensors, and names that hold now a number, now a scalar. */
export interface Numeric {
  readonly dtype: DType | null;
  readonly shape: Shape;
  /** An ndarray or NumPy scalar (tensors are not). */
  readonly numpy: boolean;
}

export const optionsOf = (value: AbstractValue): readonly AbstractValue[] =>
  value.kind === 'union' ? value.options : [value];

export function weakOf(value: AbstractValue): WeakKind | null {
  return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' ? value.kind : null;
}

/** A dtype that tensors have; the others count as unknown, since no rule knows which kernels TensorFlow has for them. */
const tensorDType = (dtype: DType | null): DType | null => (dtype && isTensorDType(dtype) ? dtype : null);

/** The dtype of an array that no tensor gets. */
export const foreignDType = (value: AbstractValue): DType | null =>
  (value.kind === 'array' || value.kind === 'scalar') && value.dtype && !isTensorDType(value.dtype)
    ? value.dtype
    : null;

/** Null where the value is not an array, a NumPy scalar or a tensor. */
export function numericOf(value: AbstractValue): Numeric | null {
  switch (value.kind) {
    case 'array':
      return { dtype: tensorDType(value.dtype), shape: value.shape, numpy: true };
    case 'scalar':
      return { dtype: tensorDType(value.dtype), shape: [], numpy: true };
    case 'tensor':
      return { dtype: tensorDType(value.dtype), shape: value.shape, numpy: false };
    case 'union': {
      const options = value.options.filter(option => option.kind !== 'none');
      const strong = options.map(numericOf).filter(found => found !== null);
      const weak = options.map(weakOf).filter(found => found !== null);
      const [first] = strong;
      if (!first || strong.length + weak.length !== options.length) return null;
      const dtype = strong.every(found => found.dtype === first.dtype) ? first.dtype : null;
      const same = strong.every(found => found.shape?.length === first.shape?.length) && weak.length === 0;
      const scalars = strong.every(found => found.shape?.length === 0);
      return {
        dtype: dtype && weak.every(kind => promoteWeak(dtype, kind) === dtype) ? dtype : null,
        shape: scalars ? [] : same ? first.shape : null,
        numpy: strong.every(found => found.numpy),
      };
    }
    default:
      return null;
  }
}

/** An array or NumPy scalar, and nothing else. */
export const isArray = (value: AbstractValue): boolean => optionsOf(value).every(option => numericOf(option) !== null);

/**
 * Whether a value is now a Python number, now an array or NumPy scalar of another type than NumPy makes of that number (`strict`: of
 * any type): as a tensor it would no longer show which.
 */
export function isMixed(value: AbstractValue, strict = false): boolean {
  if (value.kind !== 'union') return false;
  const strong = value.options.flatMap(option => numericOf(option) ?? []);
  const weak = value.options.flatMap(option => weakOf(option) ?? []);
  return strong.length > 0 && weak.some(kind => strong.some(({ dtype }) => strict || dtype !== defaultDType[kind]));
}

export type Carrier = 'array' | 'container' | 'python' | 'opaque';

/**
 * What a value may carry into the converted program: an array whose dtype is known (so it can be a tensor), a list or tuple
 * of such, nothing that has to do with arrays, or something that may hold arrays and is not known well enough.
 */
export function carrierOf(value: AbstractValue): Carrier {
  switch (value.kind) {
    case 'unknown':
      return 'opaque';
    case 'array':
    case 'scalar':
      return tensorDType(value.dtype) === null ? 'opaque' : 'array';
    case 'tensor':
      return 'array';
    case 'tuple':
    case 'list':
    case 'iterable': {
      const inner = value.items ?? (value.element ? [value.element] : []);
      const carriers = inner.map(carrierOf);
      if (carriers.includes('opaque')) return 'opaque';
      return carriers.includes('array') || carriers.includes('container') ? 'container' : 'python';
    }
    case 'union': {
      if (numericOf(value)) return numericOf(value)?.dtype ? 'array' : 'opaque';
      const carriers = value.options.map(carrierOf);
      return carriers.every(carrier => carrier === 'python') ? 'python' : 'opaque';
    }
    case 'dict':
    case 'instance':
      return 'python';
    default:
      return 'python';
  }
}

/** dtype of the array that NumPy makes of a number or (nested) sequence; null where it is not known. */
export function arrayDType(value: AbstractValue): DType | null {
  const numeric = numericOf(value);
  if (numeric) return numeric.dtype;
  const weak = weakOf(value);
  if (weak) return weak === 'bool' ? 'bool' : weak === 'int' ? 'int64' : 'float64';
  if (value.kind !== 'tuple' && value.kind !== 'list' && value.kind !== 'iterable') return null;
  const inner = value.items ?? (value.element ? [value.element] : []);
  if (inner.length === 0) return value.items ? 'float64' : null;
  let dtype: DType | null = arrayDType(inner[0] ?? { kind: 'none' });
  for (const item of inner) {
    const next = arrayDType(item);
    dtype = dtype && next ? promote(dtype, next) : null;
  }
  return dtype;
}

/** Shape of the array that NumPy makes of a value. */
export function arrayShape(value: AbstractValue): Shape {
  const numeric = numericOf(value);
  if (numeric) return numeric.shape;
  if (weakOf(value)) return [];
  if (value.kind !== 'tuple' && value.kind !== 'list' && value.kind !== 'iterable') return null;
  const first = value.items?.[0] ?? value.element;
  const inner = first ? arrayShape(first) : [];
  return inner ? [value.length, ...inner] : null;
}

/** Only Python numbers inside, however deep. */
export function isPlain(value: AbstractValue): boolean {
  if (weakOf(value)) return true;
  if (value.kind !== 'tuple' && value.kind !== 'list' && value.kind !== 'iterable') return false;
  const inner = value.items ?? (value.element ? [value.element] : []);
  return (inner.length > 0 || value.items !== null) && inner.every(isPlain);
}

export const isIntegral = (value: AbstractValue): boolean => {
  if (value.kind === 'int') return true;
  const numeric = numericOf(value);
  return numeric?.shape?.length === 0 && (numeric.dtype === 'int64' || numeric.dtype === 'int32');
};
