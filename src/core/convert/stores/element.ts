// `x[i] = v`, `x[i, j] = v`, `x[i] = row`, `x[indices] = v` → tf.tensor_scatter_nd_update.
// Proof: x is seen under no other name (alone.ts); the index is whole numbers, or an index array on axis 0; the value has, or is
// broadcast to, the shape of what is replaced. Repeated indices write in order in both libraries; `x[indices] += v` reads first.
import type { Dim } from '../../../shared/findings.ts';
import type { AbstractValue } from '../../infer/types.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import { arrayShape, isPlain, numericOf, weakOf } from '../values.ts';
import type { Lifter } from '../lifter.ts';
import { isNatural } from '../arguments.ts';
import { isAtom, Refused } from '../term.ts';
import { unwrap } from '../../syntax/index.ts';
import type { Store } from './store.ts';
import { storedValue } from './store.ts';

/** Index by whole numbers only: `items` without trailing full slices. */
export function elementStore(lifter: Lifter, store: Store, items: readonly SyntaxNode[]): string {
  const { name, rank, tf } = store;
  const indices = items.map((item, axis) => scatterIndex(lifter, store, item, axis)).join(', ');
  if (items.length === rank) {
    const value = storedValue(
      lifter,
      store,
      `${name.text}[${items.map(item => lifter.expr(item, 'any').text).join(', ')}]`,
      0,
    );
    if (store.operator === '+' && store.variable === false)
      return `${name.text} = ${tf}.tensor_scatter_nd_add(${name.text}, [[${indices}]], [${addend(lifter, store)}])`;
    return `${name.text} = ${tf}.tensor_scatter_nd_update(${name.text}, [[${indices}]], [${value}])`;
  }
  const row = `${name.text}[${items.map(item => lifter.expr(item, 'any').text).join(', ')}]`;
  const left = rank - items.length;
  const shape = numericOf(lifter.value(name))?.shape?.slice(items.length) ?? [];
  let value = storedValue(lifter, store, row, left);
  if (!sameShape(arrayShape(lifter.value(store.value)), shape) || weakOf(lifter.value(store.value)))
    value = store.operator === '' ? `${tf}.broadcast_to(${value}, ${name.text}.shape[${items.length}:])` : value;
  return `${name.text} = ${tf}.tensor_scatter_nd_update(${name.text}, [[${indices}]], [${value}])`;
}

/** What is added, in the dtype of the array. */
function addend(lifter: Lifter, store: Store): string {
  return lifter.tensor(store.value, store.dtype, true).text;
}

const sameShape = (a: readonly unknown[] | null, b: readonly unknown[]): boolean =>
  a !== null && a.length === b.length && a.every((dim, i) => dim !== null && dim === b[i]);

/** A negative index is counted from the end of its axis: scatter takes none. */
export function scatterIndex(lifter: Lifter, store: Store, item: SyntaxNode, axis: number): string {
  const value = lifter.value(item);
  if (value.kind === 'int' && value.value !== null && value.value < 0) {
    const dim = numericOf(lifter.value(store.name))?.shape?.[axis];
    if (typeof dim === 'number' && dim + value.value >= 0) return String(dim + value.value);
    return `${store.name.text}.shape[${axis}] - ${-value.value}`;
  }
  const text = lifter.expr(item, 'any').text;
  if (!isNatural(lifter, unwrap(item), value)) store.differences.push('a negative index raises in TensorFlow');
  return text;
}

/** `x[indices] = v` on axis 0. */
export function indexArrayStore(lifter: Lifter, store: Store, item: SyntaxNode): string {
  const { name, rank, tf } = store;
  const indexShape = arrayShape(lifter.value(item));
  if (indexShape?.length !== 1)
    throw new Refused('store', item, 'a store through an index array of more than one axis');
  const literal = lifter.value(item);
  const items = unwrap(item).kind === 'list' && isPlain(literal) ? unwrap(item).items : null;
  const index = lifter.tensor(item, null);
  const receiver = isAtom(index.text) ? index.text : `(${index.text})`;
  const places = items ? `[${items.map(one => `[${one.text}]`).join(', ')}]` : `${receiver}[:, None]`;
  const value = lifter.value(store.value);
  const shape = arrayShape(value);
  const [length] = numericOf(lifter.value(name))?.shape ?? [];
  if (!isWithin(literal, length ?? null))
    store.differences.push('an index out of range, or below zero, raises in TensorFlow');
  if (
    (literal.kind === 'list' || literal.kind === 'tuple') &&
    literal.items?.some(found => found.kind === 'int' && (found.value ?? 0) < 0)
  )
    throw new Refused('store', item, 'tf.tensor_scatter_nd_update takes no negative indices');
  let text = storedValue(lifter, store, `${tf}.gather(${name.text}, ${index.text})`, rank);
  const own = numericOf(lifter.value(name))?.shape ?? [];
  if (store.operator === '' && !sameShape(shape, [indexShape[0], ...own.slice(1)])) {
    if (!shape) throw new Refused('store', store.value, 'the shape of the stored value is not known');
    const rest = rank > 1 ? ` + ${name.text}.shape[1:]` : '';
    text = `${tf}.broadcast_to(${text}, ${items ? `[${items.length}]` : `${receiver}.shape`}${rest})`;
  }
  return `${name.text} = ${tf}.tensor_scatter_nd_update(${name.text}, ${places}, ${text})`;
}

/** A literal list of places that an axis of this length has. */
const isWithin = (value: AbstractValue, length: Dim): boolean =>
  value.kind === 'list' &&
  typeof length === 'number' &&
  value.items?.every(item => item.kind === 'int' && item.value !== null && item.value >= 0 && item.value < length) ===
    true;

/** `x[rows, columns] = v`: one element per pair. */
export function pairStore(lifter: Lifter, store: Store, items: readonly SyntaxNode[]): string {
  const { name, rank, tf } = store;
  if (items.length !== rank) throw new Refused('store', store.statement, 'index arrays for some of the axes only');
  const lengths = items.map(item => arrayShape(lifter.value(item)));
  const [first] = lengths;
  if (!lengths.every(shape => shape?.length === 1 && shape[0] !== null && shape[0] === first?.[0]))
    throw new Refused('store', store.statement, 'the index arrays are not known to have one length');
  const indices = items.map(item => lifter.tensor(item, 'int64').text);
  const pairs = `${tf}.stack([${indices.join(', ')}], -1)`;
  const shape = arrayShape(lifter.value(store.value));
  store.differences.push('an index out of range, or below zero, raises in TensorFlow');
  let value = storedValue(lifter, store, `${tf}.gather_nd(${name.text}, ${pairs})`, 1);
  if (store.operator === '' && shape?.length === 0) value = `${tf}.broadcast_to(${value}, ${indices[0] ?? ''}.shape)`;
  else if (store.operator === '' && !sameShape(shape, first ?? []))
    throw new Refused('store', store.value, 'the shape of the stored value is not known');
  return `${name.text} = ${tf}.tensor_scatter_nd_update(${name.text}, ${pairs}, ${value})`;
}
