// The general dtype and shape rules of API rows.
import type { ApiRow } from '../../../shared/api/types.ts';
import type { DType } from '../../../shared/dtypes.ts';
import { accumulatorOf, dtypes, isFloat } from '../../../shared/dtypes.ts';
import type { AbstractValue, ArrayValue, Shape } from '../types.ts';
import type { Call } from '../library/dispatch.ts';
import { dtypeArgument } from '../library/dtypes.ts';
import { literalArray } from '../library/literal.ts';
import { parseSignature } from '../library/signature.ts';
import { broadcast, reduceShape } from '../dims.ts';
import { operandOf, resultType, shapeOf } from '../operators.ts';
import { array, arrayOrScalar, unknown } from '../values.ts';
import { shapeArgument } from './arguments.ts';

export type RowRules = Pick<ApiRow, 'name' | 'signature' | 'dtype' | 'shape' | 'fallback'>;

/** The value of a call by its row's rules; null where they don't say it. */
export function applyRow(row: RowRules, call: Call): AbstractValue | null {
  const out = call.get('out');
  if (out?.kind === 'array') return out;
  const operands = operandsOf(row, call);
  const shape = shapeBy(row, call, operands);
  if (shape === undefined) return null;
  const dtype = dtypeBy(row, call, operands);
  return row.shape === 'argument' || row.shape === 'like' ? array(dtype, shape) : arrayOrScalar(dtype, shape);
}

/** The array arguments, as arrays. */
function operandsOf(row: RowRules, call: Call): readonly AbstractValue[] {
  const names = parseSignature(row.signature ?? '()').map(parameter => parameter.name);
  const count = row.shape === 'broadcast' ? 2 : 1;
  const given = call.self ? [call.self] : [];
  for (const name of names.slice(0, count - given.length)) given.push(call.raw(name) ?? unknown);
  return given.map(value => numeric(call, value));
}

/** Lists become arrays; values of which nothing is known become arrays of which nothing is known. */
export function numeric(call: Call, value: AbstractValue): AbstractValue {
  const literal = literalArray(call.m, value);
  if (literal.kind === 'tensor') return array(literal.dtype, literal.shape);
  return operandOf(literal) ? literal : array(null, null);
}

/** The dtype of the array that NumPy makes of a value: here Python numbers do not adapt. */
export function ownDType(value: AbstractValue): DType | null {
  const operand = operandOf(value);
  return operand && 'strong' in operand ? operand.strong : resultType([operand]);
}

/** The array that a function or method works on. */
export function subject(call: Call, name: string): ArrayValue {
  const value = numeric(call, call.self ?? call.raw(name) ?? unknown);
  if (value.kind === 'array') return value;
  return array(ownDType(value), operandOf(value) ? [] : null);
}

function shapeBy(row: RowRules, call: Call, operands: readonly AbstractValue[]): Shape | undefined {
  const [first = unknown] = operands;
  switch (row.shape) {
    case 'same':
      return shapeOf(first);
    case 'broadcast':
      return broadcast(...operands.map(shapeOf));
    case 'reduce':
      return reduced(call, shapeOf(first));
    case 'argument':
      return shapeArgument(call.m, call.raw('shape'));
    case 'like':
      return call.get('shape') ? shapeArgument(call.m, call.raw('shape')) : shapeOf(first);
    case 'scalar':
      return [];
    case 'own':
      return undefined;
  }
}

/** The shape after a reduction by `axis` and `keepdims`. */
export function reduced(call: Call, shape: Shape): Shape {
  const keep = call.raw('keepdims');
  const keepdims = !keep ? false : keep.kind === 'bool' ? keep.value : null;
  const axis = call.get('axis');
  if (!axis) return reduceShape(shape, null, keepdims);
  if (axis.kind === 'int') return reduceShape(shape, axis.value === null ? 'one' : [axis.value], keepdims);
  if (axis.kind === 'tuple' && axis.items) {
    const axes = axis.items.map(item => (item.kind === 'int' ? item.value : null));
    const known = axes.filter(item => item !== null);
    if (known.length === axes.length) return reduceShape(shape, known, keepdims);
  }
  return null;
}

export const floatOf = (dtype: DType | null): DType | null => {
  if (!dtype || isFloat(dtype)) return dtype;
  // One byte becomes float16, which is not covered.
  const { bytes } = dtypes[dtype];
  return bytes === 1 ? null : bytes === 2 ? 'float32' : 'float64';
};
export const meanOf = (dtype: DType | null): DType | null => (!dtype || isFloat(dtype) ? dtype : 'float64');
export const sumOf = (dtype: DType | null): DType | null => dtype && accumulatorOf(dtype);

/** Functions that take bool as int8. */
const byteOfBool = new Set(['square', 'floor_divide', 'remainder', 'power', 'left_shift', 'right_shift']);
/** Functions that promote, but have no loop for bool. */
const noBool = new Set('negative positive sign round around subtract ptp'.split(' '));

function dtypeBy(row: RowRules, call: Call, operands: readonly AbstractValue[]): DType | null {
  const p = resultType(operands.map(operandOf));
  const given = call.get('dtype');
  switch (row.dtype) {
    case 'promote':
      if (given) return dtypeArgument(given, p);
      if (p === 'bool' && byteOfBool.has(row.name)) return 'int8';
      return noBool.has(row.name) && p === 'bool' ? null : p;
    case 'float':
      return given ? dtypeArgument(given, null) : floatOf(p);
    case 'comparison':
      return 'bool';
    case 'index':
      return 'int64';
    case 'accumulate':
      return dtypeArgument(given, sumOf(p));
    case 'mean':
      return dtypeArgument(given, meanOf(p));
    case 'argument':
      return dtypeArgument(given, row.fallback ?? null);
    case 'like':
      return dtypeArgument(given, p);
    case 'literal':
    case 'own':
      return null;
  }
}
