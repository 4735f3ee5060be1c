// `x[i], x[j] = x[j], x[i]` and `x[i] = x[j] = v`: several elements of one array at once → one tf.tensor_scatter_nd_update.
// Proof: x is seen under no other name (alone.ts); each target is one element, so that the values on the right are numbers that were
// read before anything is written (of rows, NumPy reads views that the first store has changed already); repeated indices write in
// order in both libraries.
import { transforms } from '../../rules/index.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
import { indexItems, indexKind } from '../subscripts.ts';
import { CAUGHT } from '../caught.ts';
import { Refused } from '../term.ts';
import { arrayShape, numericOf, weakOf } from '../values.ts';
import { keepNumpy, requireAlone } from './alone.ts';
import { scatterIndex } from './element.ts';
import { noteStore, storedValue } from './store.ts';

/** The text of such an assignment; null where it is another one. */
export function convertSwap(
  lifter: Lifter,
  statement: SyntaxNode,
  targets: readonly SyntaxNode[],
  values: readonly SyntaxNode[],
): string | null {
  const [first] = targets;
  const name = first?.kind === 'subscript' ? first.child('value') : null;
  const binding = name?.kind === 'identifier' ? lifter.analysis.bindingOf(name) : null;
  if (!name || !binding || lifter.isKept(binding) || lifter.plan.variables.has(binding)) return null;
  if (values.length !== targets.length || values.some(value => value.kind === 'list_splat')) return null;
  const numeric = numericOf(lifter.value(name));
  const dtype = lifter.mapped(numeric?.dtype ?? null);
  const rank = numeric?.shape?.length;
  if (!numeric?.numpy || !dtype || rank === undefined) return null;
  const isElement = (item: SyntaxNode): boolean => {
    const base = item.kind === 'subscript' ? item.child('value') : null;
    const indices = base?.kind === 'identifier' && base.text === name.text ? indexItems(lifter, item) : [];
    return indices.length === rank && indices.every(index => indexKind(lifter, index) === 'int');
  };
  const isNumber = (value: SyntaxNode): boolean =>
    arrayShape(lifter.value(value))?.length === 0 || weakOf(lifter.value(value)) !== null;
  if (!targets.every(isElement) || !values.every(isNumber)) return null;
  if (lifter.isCaught(statement)) return keepNumpy(lifter, name, 'argument', CAUGHT, statement);
  requireAlone(lifter, name, statement);
  const differences: string[] = [];
  const base = { statement, name, operator: '', rank, dtype, variable: false, tf: lifter.tf, differences };
  const result = lifter.attempt(() => {
    const stores = values.map(value => ({ ...base, value }));
    const indices = targets.map(
      item =>
        `[${indexItems(lifter, item)
          .map((index, axis) => scatterIndex(lifter, { ...base, value: item }, index, axis))
          .join(', ')}]`,
    );
    const texts = stores.map(store => storedValue(lifter, store, '', 0));
    noteStore(lifter, transforms.elementStore.id, differences, statement);
    return `${name.text} = ${lifter.tf}.tensor_scatter_nd_update(${name.text}, [${indices.join(', ')}], [${texts.join(', ')}])`;
  });
  return result instanceof Refused ? keepNumpy(lifter, name, result.reason, result.message, statement) : result;
}
