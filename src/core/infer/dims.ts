// Arithmetic on dimensions and shapes. A symbol stands for one size; null is a size of which nothing is known.
import type { Dim } from '../../shared/findings.ts';
import type { Shape } from './types.ts';

export const joinDim = (a: Dim, b: Dim): Dim => (a === b ? a : null);

export function joinShape(a: Shape, b: Shape): Shape {
  if (!a || !b || a.length !== b.length) return null;
  return a.map((dim, i) => joinDim(dim, b[i] ?? null));
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a === b || (!!a && !!b && a.length === b.length && a.every((dim, i) => dim === b[i]));

/** The size of two axes that are broadcast together, given that it raises nothing. */
export function broadcastDim(a: Dim, b: Dim): Dim {
  if (a === b) return a;
  if (a === 1) return b;
  if (b === 1) return a;
  // A known size other than 1 wins: the other is the same or 1.
  if (typeof a === 'number') return a;
  if (typeof b === 'number') return b;
  return null;
}

export function broadcast(...shapes: readonly Shape[]): Shape {
  let result: Shape = [];
  for (const shape of shapes) {
    if (!shape || !result) return null;
    const rank: number = Math.max(shape.length, result.length);
    const left: readonly Dim[] = [...Array<Dim>(rank - result.length).fill(1), ...result];
    const right: readonly Dim[] = [...Array<Dim>(rank - shape.length).fill(1), ...shape];
    result = left.map((dim, i) => broadcastDim(dim, right[i] ?? null));
  }
  return result;
}

/** The number of elements, where all sizes are numbers (or one of them is 0). */
export function product(shape: Shape): number | null {
  if (!shape) return null;
  if (shape.includes(0)) return 0;
  let total = 1;
  for (const dim of shape) {
    if (typeof dim !== 'number') return null;
    total *= dim;
  }
  return total;
}

/** The number of elements as a dimension: a number, a lone symbol, or null. */
export function productDim(shape: Shape): Dim {
  if (!shape) return null;
  const known = product(shape);
  if (known !== null) return known;
  const rest = shape.filter(dim => dim !== 1);
  return rest.length === 1 ? (rest[0] ?? null) : null;
}

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  return null;
}

const maxSymbol = 24;
/** The symbol of `a op b`, where the text stays short; it is equal to another only where text and symbols are equal. */
export function symbolOf(a: Dim, op: string, b: Dim): string | null {
  if (a === null || b === null) return null;
  const text = `${group(a)}${op}${group(b)}`;
  return text.length <= maxSymbol ? text : null;
}
const group = (dim: Exclude<Dim, null>): string =>
  typeof dim === 'string' && /[^\w]/.test(dim) ? `(${dim})` : String(dim);

/** Whether a dimension is made from one of the symbols. */
export function mentions(dim: Dim, symbols: ReadonlySet<string>): boolean {
  if (typeof dim !== 'string') return false;
  return (dim.match(/[A-Za-z_]\w*(?:'\d+)?/g) ?? []).some(name => symbols.has(name));
}

/** A non-negative axis, or null when it is out of range. */
export function normalAxis(axis: number, rank: number): number | null {
  const at = axis < 0 ? axis + rank : axis;
  return at >= 0 && at < rank ? at : null;
}

/** The shape after a reduction over the axes (null: all). `unknownAxis`: some one axis. */
export function reduceShape(shape: Shape, axes: readonly number[] | null | 'one', keepdims: boolean | null): Shape {
  if (!shape || keepdims === null) return axes === null && keepdims === false ? [] : null;
  if (axes === null) return keepdims ? shape.map(() => 1) : [];
  if (axes === 'one') {
    if (keepdims) return shape.map(dim => (dim === 1 ? 1 : null));
    const rest = shape.slice(1);
    return rest.every(dim => dim === shape[0]) ? rest : rest.map(() => null);
  }
  const normal = new Set<number>();
  for (const axis of axes) {
    const at = normalAxis(axis, shape.length);
    if (at === null) return null;
    normal.add(at);
  }
  return keepdims ? shape.map((dim, i) => (normal.has(i) ? 1 : dim)) : shape.filter((_, i) => !normal.has(i));
}

/** The shape after `reshape`: one size may be -1. */
export function reshapeTo(from: Shape, sizes: readonly (Dim | -1)[]): Shape {
  const open = sizes.indexOf(-1);
  if (open < 0) return sizes.map(size => (typeof size === 'number' && size < 0 ? null : size));
  const rest = sizes.filter((_, i) => i !== open);
  let filled: Dim = null;
  const total = product(from);
  const others = product(rest);
  if (total !== null && others !== null && others > 0 && total % others === 0) filled = total / others;
  else if (rest.every(size => size === 1)) filled = productDim(from);
  else if (from) filled = quotient(from, rest);
  return sizes.map((size, i) => (i === open ? filled : size));
}

/** from / rest by cancelling equal sizes; exact only when what is left is one dimension, or numbers that divide. */
function quotient(from: readonly Dim[], rest: readonly Dim[]): Dim {
  const left = from.filter(dim => dim !== 1);
  let divisor = 1;
  for (const dim of rest) {
    const at = dim === null ? -1 : left.indexOf(dim);
    if (at >= 0) left.splice(at, 1);
    else if (typeof dim === 'number') divisor *= dim;
    else return null;
  }
  if (left.length === 0) return divisor === 1 ? 1 : null;
  if (left.length === 1 && divisor === 1) return left[0] ?? null;
  const total = product(left);
  return total !== null && divisor > 0 && total % divisor === 0 ? total / divisor : null;
}
