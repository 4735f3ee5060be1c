// Subscript reads: whole numbers, slices, None and ... stay; masks become boolean_mask, index arrays gather, pairs gather_nd.
import { ruleFor } from '../rules/index.ts';
import type { Call } from '../rules/index.ts';
import type { AbstractValue } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { unwrap } from '../syntax/index.ts';
import { applyRule } from './calls.ts';
import { convertIndexer } from './indexers.ts';
import type { Lifter, Replacement } from './lifter.ts';
import { convertPlaces, maskBehind } from './places.ts';
import { isAtom, Refused } from './term.ts';
import type { Term, Want } from './term.ts';
import { arrayDType, arrayShape, carrierOf, isIntegral, numericOf } from './values.ts';

export type IndexKind = 'int' | 'slice' | 'new' | 'ellipsis' | 'mask' | 'indices' | 'tuple' | 'other';

/** What one item of an index is. */
export function indexKind(lifter: Lifter, node: SyntaxNode): IndexKind {
  const inner = unwrap(node);
  if (inner.kind === 'slice') return 'slice';
  if (inner.kind === 'ellipsis' || inner.text === '...') return 'ellipsis';
  if (inner.kind === 'none' || lifter.analysis.resolve(inner) === 'numpy.newaxis') return 'new';
  const value = lifter.value(inner);
  if (value.kind === 'none') return 'new';
  if (value.kind === 'tuple') return isIndexTuple(value) ? 'tuple' : 'other';
  if (isIntegral(value)) return 'int';
  if (value.kind === 'bool') return 'other';
  const rank = arrayShape(value)?.length;
  const dtype = arrayDType(value);
  if (rank === undefined || rank === 0) return 'other';
  if (dtype === 'bool') return 'mask';
  return dtype === 'int64' || dtype === 'int32' ? 'indices' : 'other';
}

/** A tuple from elsewhere that holds a vector of indices for each of the first axes, as np.where gives it. */
const isIndexTuple = (value: AbstractValue): boolean =>
  value.kind === 'tuple' &&
  (value.items?.length ?? 0) > 0 &&
  value.items?.every(item => arrayShape(item)?.length === 1 && arrayDType(item) === 'int64') === true;

/** The items between the brackets: `x[i, j]` and `x[(i, j)]` have two; `x[np.where(m)]` has the mask. */
export function indexItems(lifter: Lifter, node: SyntaxNode): readonly SyntaxNode[] {
  const items = node.all('subscript');
  const [only] = items;
  const inner = items.length === 1 && only ? unwrap(only) : null;
  if (inner?.kind === 'tuple') return inner.items;
  const mask = inner && maskBehind(lifter, inner);
  return mask ? [mask] : items;
}

export const isFullSlice = (node: SyntaxNode): boolean => node.kind === 'slice' && node.items.length === 0;

export function convertSubscript(lifter: Lifter, node: SyntaxNode, want: Want): Term {
  const base = node.child('value');
  if (!base) return lifter.rebuild(node, 'numpy');
  const indexer = convertIndexer(lifter, node, base);
  if (indexer) return indexer;
  const numeric = numericOf(lifter.value(base));
  if (!numeric) return convertPlaces(lifter, node, base) ?? container(lifter, node, base);
  if (!numeric.numpy)
    return { ...lifter.rebuild(node, 'any'), rep: 'tensor', dtype: numericOf(lifter.value(node))?.dtype ?? null };
  if (want === 'numpy' && carrierOf(lifter.value(node)) === 'opaque')
    throw new Refused('unknown', node, 'what is read here is not known');
  const items = indexItems(lifter, node);
  const kinds = items.map(item => indexKind(lifter, item));
  const indexing = classify(lifter, items, kinds);
  const special = kinds.findIndex(kind => kind === 'mask' || kind === 'indices' || kind === 'tuple');
  const bound = new Map<string, readonly SyntaxNode[]>([['array', [base]]]);
  if (indexing === 'basic') return basic(lifter, node, base, items);
  if (indexing === 'other')
    throw new Refused('argument', node, 'this mixture of indices has no rule: index in two steps');
  const item = items[special];
  if (item && indexing === 'mask') bound.set('mask', [item]);
  if (item && (indexing === 'gather' || indexing === 'tuple')) bound.set('indices', [item]);
  if (indexing === 'pairs') bound.set('pairs', items);
  const rule = ruleFor(indexing === 'mask' ? 'subscript mask' : 'subscript gather');
  if (!rule) return lifter.rebuild(node, 'numpy');
  checkLiteral(lifter, items);
  return applyRule(lifter, rule, node, bound, { indexing, axis: Math.max(0, special) });
}

/** Literal negative indices would raise in tf.gather. */
function checkLiteral(lifter: Lifter, items: readonly SyntaxNode[]): void {
  for (const item of items) {
    const value = lifter.value(item);
    const inner = value.kind === 'list' || value.kind === 'tuple' ? (value.items ?? []) : [];
    if (inner.some(found => found.kind === 'int' && (found.value ?? 0) < 0))
      throw new Refused('argument', item, 'tf.gather takes no negative indices: write them from the front');
  }
}

/** A name: np.nonzero of numbers as an index has no form of its own. */
const isIdentifier = (node: SyntaxNode | undefined): boolean =>
  node !== undefined && unwrap(node).kind === 'identifier';

function classify(
  lifter: Lifter,
  items: readonly SyntaxNode[],
  kinds: readonly IndexKind[],
): NonNullable<Call['indexing']> {
  if (kinds.includes('tuple')) return items.length === 1 && isIdentifier(items[0]) ? 'tuple' : 'other';
  if (kinds.includes('other')) return 'other';
  const special = kinds.flatMap((kind, at) => (kind === 'mask' || kind === 'indices' ? [at] : []));
  if (special.length === 0) return 'basic';
  const rest = items.filter((_, at) => !special.includes(at));
  if (special.length === 1 && rest.every(isFullSlice)) return kinds.includes('mask') ? 'mask' : 'gather';
  const pairs = items.every(item => ['indices', 'int'].includes(indexKind(lifter, item)));
  const shapes = items.map(item => arrayShape(lifter.value(item)));
  const same = shapes.every(
    shape => shape?.length === 1 && (shape[0] === shapes[0]?.[0] || shape[0] === null || shapes[0]?.[0] === null),
  );
  return pairs && same && !kinds.includes('mask') ? 'pairs' : 'other';
}

/** The index of a basic subscript, with converted bounds. */
export function basicIndex(lifter: Lifter, items: readonly SyntaxNode[]): readonly Replacement[] {
  return items.map((item): Replacement => {
    const inner = unwrap(item);
    if (inner.kind !== 'slice') return [item, lifter.expr(item, 'any').text];
    const parts = inner.items.map((part): Replacement => [part, lifter.expr(part, 'any').text]);
    return [item, lifter.splice(inner, parts)];
  });
}

function basic(lifter: Lifter, node: SyntaxNode, base: SyntaxNode, items: readonly SyntaxNode[]): Term {
  const array = lifter.tensor(base, null);
  const receiver = isAtom(array.text) ? array.text : `(${array.text})`;
  const text = lifter.splice(node, [[base, receiver], ...basicIndex(lifter, items)]);
  if (carrierOf(lifter.value(node)) === 'opaque') throw new Refused('unknown', node, 'what is read here is not known');
  return { text, rep: 'tensor', dtype: array.dtype, form: 'atom' };
}

/** An element of a list, tuple or dict, or of something unknown. */
function container(lifter: Lifter, node: SyntaxNode, base: SyntaxNode): Term {
  const carrier = carrierOf(lifter.value(base));
  const items = node.all('subscript');
  if (carrier !== 'container' && carrier !== 'python') return lifter.rebuild(node, 'numpy');
  const term = lifter.expr(base, 'any');
  const receiver = isAtom(term.text) || term.form === 'atom' ? term.text : `(${term.text})`;
  const text = lifter.splice(node, [[base, receiver], ...basicIndex(lifter, items)]);
  const own = carrierOf(lifter.value(node));
  if (own !== 'array' && own !== 'container') return { text, rep: 'python', dtype: null, form: 'atom' };
  const rep = carrier === 'container' ? term.rep : 'numpy';
  return {
    text,
    rep,
    dtype: rep === 'tensor' ? lifter.mapped(numericOf(lifter.value(node))?.dtype ?? null) : null,
    form: 'atom',
  };
}
