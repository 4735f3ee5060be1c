// Arrays from shapes and rules. `shape` is complete; dtypes have their defaults already.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Builder, Typed } from '../ir/node.ts';
import { NumpyError } from './errors.ts';
import { scalar } from './operand.ts';

const filledWith =
  (value: number) =>
  <T extends Typed>(b: Builder<T>, shape: readonly number[], dtype: DType = 'float64'): T => {
    if (shape.some(n => n < 0)) throw new NumpyError('ValueError', 'negative dimensions are not allowed');
    return b.op('expand', [scalar(b, value, dtype)], { shape });
  };
export const zeros = filledWith(0);
export const ones = filledWith(1);
/** Memory is always zeroed here, so that no program sees another one's values. */
export const empty = zeros;

export const zeros_like = <T extends Typed>(
  b: Builder<T>,
  a: T,
  dtype?: DType | null,
  shape?: readonly number[] | null,
): T => zeros(b, shape ?? a.shape, dtype ?? a.dtype);
export const ones_like = <T extends Typed>(
  b: Builder<T>,
  a: T,
  dtype?: DType | null,
  shape?: readonly number[] | null,
): T => ones(b, shape ?? a.shape, dtype ?? a.dtype);

/** Ones where column − row = k. */
export function eye<T extends Typed>(
  b: Builder<T>,
  n: number,
  m: number | null = null,
  k = 0,
  dtype: DType = 'float64',
): T {
  const columns = m ?? n;
  if (n < 0 || columns < 0) throw new NumpyError('ValueError', 'negative dimensions are not allowed');
  const shape = [n, columns];
  const row = b.op('iota', [], { dtype: 'int64', shape, axis: 0 });
  const column = b.op('iota', [], { dtype: 'int64', shape, axis: 1 });
  const on = b.op('eq', [b.op('sub', [column, row]), scalar(b, k, 'int64')]);
  return dtype === 'bool' ? on : b.op('cast', [on], { dtype });
}

/** 0, 1, …, n − 1. */
export const iota = <T extends Typed>(b: Builder<T>, n: number, dtype: DType): T =>
  b.op('iota', [], { dtype, shape: [n], axis: 0 });
