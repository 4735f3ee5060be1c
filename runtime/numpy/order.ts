// NumPy's memory order of results ('K'): elementwise results are laid out as their operands are, which decides later whether
// ravel and reshape give a view or a copy.
import type { Strided } from '../ir/array.ts';
import { expandStrides, isRowMajor } from '../ir/layout.ts';
import type { Builder } from '../ir/node.ts';

/**
 * The axes from outer to inner as NumPy's iterator visits the operands: sorted by falling stride where the operands agree,
 * else as they stand. Null when that is the order of the axes.
 */
export function visitingOrder(operands: readonly Strided[], shape: readonly number[]): number[] | null {
  if (shape.length < 2 || operands.every(x => isRowMajor(x))) return null;
  const strides = operands.map(x => expandStrides(x.shape, x.strides, shape));
  const axes = shape.map((_, axis) => axis);
  // Insertion sort from the innermost axis, as the iterator does it: an axis moves inwards past those with larger strides.
  const outward = axes.reverse();
  for (let i = 1; i < outward.length; i++) {
    const axis = outward[i] ?? 0;
    let place = i;
    for (let j = i - 1; j >= 0; j--) {
      const other = outward[j] ?? 0;
      let [ambiguous, swap] = [true, false];
      for (const s of strides) {
        const [a, c] = [Math.abs(s[axis] ?? 0), Math.abs(s[other] ?? 0)];
        if (a === 0 || c === 0 || shape[axis] === 1 || shape[other] === 1) continue;
        if (c <= a) swap = false;
        else if (ambiguous) swap = true;
        ambiguous = false;
      }
      if (ambiguous) continue;
      if (!swap) break;
      place = j;
    }
    outward.splice(i, 1);
    outward.splice(place, 0, axis);
  }
  const order = outward.reverse();
  return order.every((axis, i) => axis === i) ? null : order;
}

const inverse = (order: readonly number[]): number[] => order.map((_, axis) => order.indexOf(axis));

/** Views of the operands with their axes in visiting order. */
export const reordered = (
  b: Builder<Strided>,
  x: Strided,
  shape: readonly number[],
  order: readonly number[],
): Strided => b.op('permute', [b.op('expand', [x], { shape })], { axes: order });

/** The same memory with the axes back in their places. Takes over the reference. */
export function restored(x: Strided, order: readonly number[]): Strided {
  const back = inverse(order);
  return { ...x, shape: back.map(i => x.shape[i] ?? 1), strides: back.map(i => x.strides[i] ?? 0) };
}
