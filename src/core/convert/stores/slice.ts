// `x[1:-1] = v`, `x[:, 0] = v`, `x[::2] += v` → a sliced assign of a tf.Variable; `x[:] = v` → a broadcast.
// Proof: x is seen under no other name (alone.ts), so that a variable and its slices are seen only where they are read anew.
// Every place that binds the name makes a variable; what leaves the name (a return, a list, another name) is a copy.
import type { Binding } from '../../infer/types.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import { basicIndex, indexKind } from '../subscripts.ts';
import type { Lifter } from '../lifter.ts';
import { Replan } from '../plan.ts';
import { Refused } from '../term.ts';
import { isReturned } from './alone.ts';
import { arrayShape, numericOf, weakOf } from '../values.ts';
import type { Store } from './store.ts';
import { storedValue } from './store.ts';

/** Any basic index, on a variable. */
export function variableStore(lifter: Lifter, store: Store, target: SyntaxNode, items: readonly SyntaxNode[]): string {
  const binding = lifter.analysis.bindingOf(store.name);
  if (!binding?.definitions.every(node => makesVariable(lifter, binding, node)))
    throw new Refused(
      'store',
      store.name,
      `\`${store.name.text}\` is bound together with others: it can not become a variable`,
    );
  if (!lifter.plan.variables.has(binding)) {
    lifter.plan.variables.add(binding);
    throw new Replan();
  }
  const place = lifter.splice(target, basicIndex(lifter, items));
  const rank = store.rank - items.filter(item => indexKind(lifter, item) === 'int').length;
  return `${place}.assign(${storedValue(lifter, store, place, rank, true)})`;
}

/** Whether a place that binds the name can wrap what it gets: an assignment to it alone, or a parameter that is returned. */
function makesVariable(lifter: Lifter, binding: Binding, node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.kind === 'augmented_assignment') return true;
  if (parent?.kind === 'assignment')
    return parent.child('right')?.kind !== 'assignment' && parent.parent?.kind !== 'assignment';
  return isReturned(lifter, binding);
}

/** `x[:] = v` and `x[...] = v`. */
export function wholeStore(lifter: Lifter, store: Store): string {
  const { name, tf } = store;
  const shape = numericOf(lifter.value(name))?.shape ?? null;
  const own = arrayShape(lifter.value(store.value));
  const same =
    shape !== null && own?.length === shape.length && own.every((dim, i) => dim !== null && dim === shape[i]);
  const value = storedValue(lifter, store, name.text, store.rank, false);
  const scalar = weakOf(lifter.value(store.value)) !== null;
  const text =
    store.operator !== ''
      ? value
      : same && !scalar
        ? `${tf}.identity(${value})`
        : `${tf}.broadcast_to(${value}, ${name.text}.shape)`;
  return store.variable ? `${name.text}.assign(${text})` : `${name.text} = ${text}`;
}
