// Conditions that several hazards share.
import type { DType } from '../../shared/dtypes.ts';
import { isFloat, isInteger } from '../../shared/dtypes.ts';
import { unwrap } from '../syntax/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue } from '../infer/types.ts';
import type { Hit, Site } from './types.ts';

/** The dtype of an array, NumPy scalar or tensor; null for the rest. */
export function dtypeOf(value: AbstractValue): DType | null {
  return value.kind === 'array' || value.kind === 'scalar' || value.kind === 'tensor' ? value.dtype : null;
}
export const isArray = (value: AbstractValue): boolean => value.kind === 'array';
export const isTensor = (value: AbstractValue): boolean => value.kind === 'tensor';
export const isNumpy = (value: AbstractValue): boolean => value.kind === 'array' || value.kind === 'scalar';
export const rankOf = (value: AbstractValue): number | null =>
  (value.kind === 'array' || value.kind === 'tensor') && value.shape ? value.shape.length : null;
export const integral = (value: AbstractValue): boolean => {
  const dtype = dtypeOf(value);
  return dtype !== null && isInteger(dtype);
};
export const floating = (value: AbstractValue): boolean => {
  const dtype = dtypeOf(value);
  return dtype !== null && isFloat(dtype);
};
export const boolean = (value: AbstractValue): boolean => dtypeOf(value) === 'bool';

export interface Operands {
  readonly operator: string;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}

/** The operands of a binary operator, a comparison of two values or an augmented assignment. */
export function operandsOf(node: SyntaxNode): Operands | null {
  if (node.kind === 'comparison_operator') {
    const [left, right, more] = node.items;
    const operator = node.child('operators')?.text ?? '';
    return left && right && !more ? { operator, left, right } : null;
  }
  const left = node.child('left');
  const right = node.child('right');
  const operator = node.child('operator')?.kind.replace(/=$/, '') ?? '';
  return left && right ? { operator, left, right } : null;
}

/** One operand of each sort, in either order. */
export function pair(
  site: Site,
  first: (value: AbstractValue) => boolean,
  second: (value: AbstractValue) => boolean,
): boolean {
  const operands = operandsOf(site.node);
  if (!operands) return false;
  const [a, b] = [site.value(operands.left), site.value(operands.right)];
  return (first(a) && second(b)) || (first(b) && second(a));
}

/** The call node of the function whose decorators or wrapping make it a tf.function. */
export function graphFunction(site: Site, node: SyntaxNode = site.node): SyntaxNode | null {
  for (let fn = node.above('function_definition', 'lambda'); fn; fn = fn.above('function_definition', 'lambda'))
    if (site.analysis.functionOf(fn)?.decorators.includes('tensorflow.function')) return fn;
  return null;
}

/** The `with tf.GradientTape() as tape:` around a node. */
export function tapeAround(site: Site, node: SyntaxNode = site.node): SyntaxNode | null {
  for (let outer = node.above('with_statement'); outer; outer = outer.above('with_statement')) {
    const items = outer.first('with_clause')?.items ?? [];
    const opens = items.some(item =>
      [...item.walk()].some(n => site.analysis.resolve(n) === 'tensorflow.GradientTape'),
    );
    if (opens && outer.child('body')?.contains(node)) return outer;
  }
  return null;
}

/** A name or expression, shortened for a message. */
export const brief = (node: SyntaxNode): string => {
  const text = unwrap(node).text.replace(/\s+/g, ' ');
  return text.length > 30 ? text.slice(0, 29) + '…' : text;
};
export const named = (node: SyntaxNode, at?: SyntaxNode): Hit => ({ words: { x: brief(node) }, ...(at ? { at } : {}) });

/** Whether any argument of a call is (or holds) a tensor. */
export function tensorArgument(site: Site): SyntaxNode | null {
  const args = site.node.child('arguments')?.items ?? [];
  for (const item of args) {
    const value = item.kind === 'keyword_argument' ? item.child('value') : item;
    if (value && isTensor(site.value(value))) return value;
  }
  return null;
}
