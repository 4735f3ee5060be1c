// A store into an array: which strategy, and the statement that comes out.
import type { SyntaxNode } from '../../syntax/index.ts';
import { transforms } from '../../rules/index.ts';
import type { Lifter } from '../lifter.ts';
import { indexItems, indexKind, isFullSlice } from '../subscripts.ts';
import { CAUGHT } from '../caught.ts';
import { Refused } from '../term.ts';
import { numericOf } from '../values.ts';
import { keepNumpy, requireAlone } from './alone.ts';
import { elementStore, indexArrayStore, pairStore } from './element.ts';
import { maskStore } from './mask.ts';
import { variableStore, wholeStore } from './slice.ts';
import { noteStore } from './store.ts';
import type { Store } from './store.ts';

/** The text of a store `target[…] operator= value` into a lifted name; a new plan where it has none. */
export function convertStore(
  lifter: Lifter,
  statement: SyntaxNode,
  target: SyntaxNode,
  value: SyntaxNode,
  operator: string,
): string {
  const name = target.child('value');
  if (!name || name.kind !== 'identifier') throw new Refused('store', target, 'only stores into names are followed');
  if (lifter.isCaught(statement)) return keepNumpy(lifter, name, 'argument', CAUGHT, statement);
  requireAlone(lifter, name, statement);
  const result = lifter.attempt(() => strategy(lifter, statement, target, name, value, operator));
  if (result instanceof Refused) return keepNumpy(lifter, name, result.reason, result.message, statement);
  return result;
}

function strategy(
  lifter: Lifter,
  statement: SyntaxNode,
  target: SyntaxNode,
  name: SyntaxNode,
  value: SyntaxNode,
  operator: string,
): string {
  const numeric = numericOf(lifter.value(name));
  const dtype = lifter.mapped(numeric?.dtype ?? null);
  if (!numeric || !dtype || !numeric.shape)
    throw new Refused('unknown', name, `the dtype or rank of \`${name.text}\` is not known`);
  const binding = lifter.analysis.bindingOf(name);
  const variable = binding !== null && lifter.plan.variables.has(binding);
  const store: Store = {
    statement,
    name,
    value,
    operator,
    rank: numeric.shape.length,
    dtype,
    variable,
    tf: lifter.tf,
    differences: [],
  };
  const items = indexItems(lifter, target);
  const kinds = items.map(item => indexKind(lifter, item));
  const note = (id: string): void => noteStore(lifter, id, store.differences, statement);

  if (items.length === 1 && (items.every(isFullSlice) || kinds[0] === 'ellipsis')) {
    const text = wholeStore(lifter, store);
    note(transforms.wholeStore.id);
    return text;
  }
  const [first] = items;
  if (first && kinds[0] === 'mask' && items.length === 1) {
    const text = maskStore(lifter, store, first);
    note(transforms.maskStore.id);
    return variable ? text.replace(/^(\w+) = ([\s\S]*)$/, '$1.assign($2)') : text;
  }
  if (first && kinds[0] === 'indices' && items.length === 1 && !variable) {
    const text = indexArrayStore(lifter, store, first);
    note(transforms.elementStore.id);
    return text;
  }
  if (items.length > 1 && !variable && kinds.every(kind => kind === 'indices')) {
    const text = pairStore(lifter, store, items);
    note(transforms.elementStore.id);
    return text;
  }
  let whole = items.length;
  while (whole > 0 && isFullSlice(items[whole - 1] ?? target)) whole--;
  const leading = items.slice(0, whole);
  if (!variable && leading.length > 0 && leading.every((_, at) => kinds[at] === 'int')) {
    const text = elementStore(lifter, store, leading);
    note(transforms.elementStore.id);
    return text;
  }
  if (kinds.every(kind => kind === 'int' || kind === 'slice' || kind === 'ellipsis')) {
    const text = variableStore(lifter, store, target, items);
    note(transforms.sliceStore.id);
    return text;
  }
  throw new Refused('store', target, 'a store through this mixture of indices has no proven form');
}
