// What all stores share: the target, the operator of an augmented store, and the stored value in the dtype of the array.
import { isFloat, promote, promoteWeak } from '../../../shared/dtypes.ts';
import type { DType } from '../../../shared/dtypes.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
import { isAtom, Refused } from '../term.ts';
import { arrayDType, arrayShape, numericOf, weakOf } from '../values.ts';

export interface Store {
  readonly statement: SyntaxNode;
  readonly name: SyntaxNode;
  readonly value: SyntaxNode;
  /** '' for `=`, else the operator of `+=` and friends. */
  readonly operator: string;
  readonly rank: number;
  /** dtype of the array in the converted program. */
  readonly dtype: DType;
  readonly variable: boolean;
  readonly tf: string;
  /** Differences that make the store Review. */
  readonly differences: string[];
}

/**
 * The value to store, as text, in the dtype of the array. `rank`: axes of the place, which the value may not exceed; `numbers`: Python
 * numbers stay as they are, else they become constants. An augmented store computes with `current`, what stands there now.
 */
export function storedValue(lifter: Lifter, store: Store, current: string, rank: number, numbers = rank === 0): string {
  const { value, dtype, operator } = store;
  checkRank(lifter, store, rank);
  const abstract = lifter.value(value);
  const weak = weakOf(abstract);
  const own = numericOf(abstract) ? lifter.mapped(numericOf(abstract)?.dtype ?? null) : null;
  if (operator !== '') return combined(lifter, store, current);
  if (weak) {
    const loses = weak === 'float' && !isFloat(dtype);
    const term = lifter.expr(value, 'any');
    if (loses) return lifter.cast(lifter.constant(term, 'float64', value), dtype, value).text;
    return numbers && weak !== 'bool' && dtype !== 'bool' ? term.text : lifter.constant(term, dtype, value).text;
  }
  if (!own && !arrayDType(abstract)) throw new Refused('unknown', value, 'the dtype of the stored value is not known');
  return lifter.tensor(value, dtype).text;
}

/** NumPy drops axes of length one in front of a stored value; TensorFlow has no such thing. `rank`: axes of the place. */
function checkRank(lifter: Lifter, store: Store, rank: number): void {
  const abstract = lifter.value(store.value);
  if (weakOf(abstract)) return;
  const own = arrayShape(abstract);
  if (own && own.length > rank)
    throw new Refused('store', store.value, 'the stored value has more axes than the place it is stored in');
  if (!own) store.differences.push('a stored value with more axes than its place raises in TensorFlow');
}

/** `current op value`; refused where NumPy would compute in another dtype than the array's. */
function combined(lifter: Lifter, store: Store, current: string): string {
  const { value, dtype, operator } = store;
  const abstract = lifter.value(value);
  const weak = weakOf(abstract);
  const own = arrayDType(abstract);
  if (!weak && !own) throw new Refused('unknown', value, 'the dtype of the stored value is not known');
  const computed = weak ? promoteWeak(dtype, weak) : promote(dtype, lifter.mapped(own) ?? dtype);
  const divides = operator === '/' && !isFloat(dtype);
  if (computed !== dtype || divides || dtype === 'bool' || operator === '@')
    throw new Refused('store', value, `\`${operator}=\` with this value computes in another dtype than the array has`);
  if (operator === '//' || operator === '%')
    store.differences.push('a zero divisor raises in TensorFlow, and float quotients may differ by one');
  const term = lifter.tensor(value, dtype, true);
  const loose =
    !isAtom(term.text) &&
    !/^[\w.]+$/.test(term.text) &&
    (operator !== '+' || /[<>=&|^]|\b(and|or|if|not)\b/.test(term.text));
  return `${current} ${operator} ${loose ? `(${term.text})` : term.text}`;
}

/** Notes a store with its level; refused where differences are not allowed. */
export function noteStore(lifter: Lifter, id: string, differences: readonly string[], statement: SyntaxNode): void {
  const [first] = differences;
  if (first !== undefined && !lifter.allowed('review')) throw new Refused('level', statement, `review only: ${first}`);
  lifter.note(id, first === undefined ? 'safe' : 'review', first ?? null, statement);
}
