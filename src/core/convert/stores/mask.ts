// `x[m] = v` → tf.where, or tf.tensor_scatter_nd_update with tf.where(m) where v holds one value per true element.
// Proof: x is seen under no other name (alone.ts); m is bool and has the shape of x or of its first axes.
import type { SyntaxNode } from '../../syntax/index.ts';
import { unwrap } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
import { isAtom, Refused } from '../term.ts';
import { arrayShape, weakOf } from '../values.ts';
import type { Store } from './store.ts';
import { storedValue } from './store.ts';

export function maskStore(lifter: Lifter, store: Store, mask: SyntaxNode): string {
  const { name, rank, tf } = store;
  const maskRank = arrayShape(lifter.value(mask))?.length;
  if (maskRank === undefined || maskRank > rank) throw new Refused('store', mask, 'the rank of the mask is not known');
  const condition = lifter.tensor(mask, null).text;
  const receiver = isAtom(condition) ? condition : `(${condition})`;
  const where =
    maskRank === rank
      ? condition
      : `${receiver}[..., ${Array<string>(rank - maskRank)
          .fill('None')
          .join(', ')}]`;
  const whole = sameMask(store.value, mask);
  if (whole && store.operator === '') {
    const source = lifter.tensor(whole, store.dtype).text;
    return `${name.text} = ${tf}.where(${where}, ${source}, ${name.text})`;
  }
  const value = lifter.value(store.value);
  const scalar = weakOf(value) !== null || arrayShape(value)?.length === 0;
  if (!scalar) {
    if (store.operator !== '' || maskRank !== rank || arrayShape(value)?.length !== 1)
      throw new Refused('store', store.value, 'the shape of the stored value does not show how it meets the mask');
    const [length] = arrayShape(value) ?? [];
    if (length === 1)
      throw new Refused('store', store.value, 'one value in an array is stored at all places of the mask');
    if (typeof length !== 'number')
      store.differences.push(
        'an array of one value is stored at all places of the mask in NumPy and raises in TensorFlow',
      );
    return `${name.text} = ${tf}.tensor_scatter_nd_update(${name.text}, ${tf}.where(${condition}), ${storedValue(lifter, store, '', 1)})`;
  }
  const text = storedValue(lifter, store, name.text, 0, false);
  return `${name.text} = ${tf}.where(${where}, ${text}, ${name.text})`;
}

/** `y` in `x[m] = y[m]`: y has the shape of x, so that tf.where can choose. */
function sameMask(value: SyntaxNode, mask: SyntaxNode): SyntaxNode | null {
  const inner = unwrap(value);
  const [index, more] = inner.kind === 'subscript' ? inner.all('subscript') : [];
  return index && !more && index.text === mask.text ? inner.child('value') : null;
}
