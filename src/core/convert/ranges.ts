// Whether a number that is known has a value in a dtype: where NumPy raises or the processor decides, nothing is converted.
import { isFloat } from '../../shared/dtypes.ts';
import type { DType } from '../../shared/dtypes.ts';
import type { AbstractValue } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { Refused } from './term.ts';

const limits: Partial<Record<DType, readonly [number, number]>> = {
  uint8: [0, 255],
  int32: [-(2 ** 31), 2 ** 31 - 1],
};
/** A Python int that does not fit raises in NumPy and wraps in TensorFlow. */
export function checkRange(value: AbstractValue, dtype: DType | null, node: SyntaxNode): void {
  const range = dtype ? limits[dtype] : undefined;
  if (!range || value.kind !== 'int' || value.value === null) return;
  if (value.value < range[0] || value.value > range[1])
    throw new Refused(
      'dtype',
      node,
      `${value.value} does not fit into ${dtype}: NumPy raises OverflowError, TensorFlow wraps`,
    );
}

/** Whether tf.constant takes numbers of one dtype for another: no floats for integers, and nothing but bools for bools. */
export const holds = (dtype: DType, own: DType): boolean => {
  if (dtype === 'bool' || own === 'bool') return own === dtype || (own === 'bool' && dtype !== 'uint8');
  return isFloat(dtype) || !isFloat(own);
};

/** A cast of what has no value in the other dtype gives whatever the processor makes of it. */
export function checkCast(value: AbstractValue, dtype: DType, node: SyntaxNode): void {
  const range = limits[dtype] ?? [-(2 ** 63), 2 ** 63];
  if (dtype === 'bool' || value.kind !== 'float' || value.value === null) return;
  if (!(value.value > range[0] - 1 && value.value < range[1] + 1))
    throw new Refused('dtype', node, `${value.value} has no value in ${dtype}`);
}
