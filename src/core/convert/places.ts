// np.where(c) and np.nonzero(c) as an index are the mask c; one of the arrays that they give is a column of tf.where(c).
import { ruleFor } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { unwrap } from '../syntax/index.ts';
import { applyRule } from './calls.ts';
import type { Lifter } from './lifter.ts';
import type { Term } from './term.ts';
import { arrayDType, arrayShape, numericOf } from './values.ts';

/** What is tested for truth in np.where(c), np.nonzero(c) and c.nonzero(); null where a node is something else. */
function testedBy(lifter: Lifter, node: SyntaxNode): SyntaxNode | null {
  const call = unwrap(node);
  if (call.kind !== 'call') return null;
  const resolved = lifter.analysis.resolve(call);
  const [first, more] = call.child('arguments')?.items ?? [];
  if (resolved === 'ndarray.nonzero' && !first) return call.child('function')?.child('object') ?? null;
  if (resolved !== 'numpy.where' && resolved !== 'numpy.nonzero') return null;
  return first && !more && first.kind !== 'keyword_argument' && numericOf(lifter.value(first)) ? first : null;
}

/** The mask that stands behind an index of places; null where the index is another one. */
export function maskBehind(lifter: Lifter, index: SyntaxNode): SyntaxNode | null {
  const tested = testedBy(lifter, index);
  return tested && arrayDType(lifter.value(tested)) === 'bool' ? tested : null;
}

/** `np.where(c)[k]`; null where a subscript is another one. */
export function convertPlaces(lifter: Lifter, node: SyntaxNode, base: SyntaxNode): Term | null {
  const tested = testedBy(lifter, base);
  const rule = ruleFor('nonzero element');
  const [index, more] = node.all('subscript');
  const value = index ? lifter.value(index) : null;
  const rank = tested ? arrayShape(lifter.value(tested))?.length : undefined;
  if (!tested || !rule || more || value?.kind !== 'int' || value.value === null || rank === undefined) return null;
  const axis = value.value < 0 ? value.value + rank : value.value;
  if (axis < 0 || axis >= rank) return null;
  return applyRule(lifter, rule, node, new Map([['a', [tested]]]), { axis });
}
