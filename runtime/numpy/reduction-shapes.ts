// What NumPy says of `out=` and `where=` of reductions that do not fit: the words of its iterator, which sees the axes remapped.
import type { Typed } from '../ir/node.ts';
import { NumpyError, tuple } from './errors.ts';
import { broadcastShapes, normalizeAxes } from './operand.ts';
import { reducedAxes } from './reductions.ts';

/** The ufunc behind each reduction: its name stands in errors. */
export const reducing: Readonly<Record<string, string>> = {
  ...{ sum: 'add', mean: 'add', std: 'add', var: 'add', cumsum: 'add', prod: 'multiply', cumprod: 'multiply' },
  ...{ max: 'maximum', min: 'minimum', any: 'logical_or', all: 'logical_and' },
};

export const remapped = (words: string): NumpyError =>
  new NumpyError(
    'ValueError',
    `operands could not be broadcast together with remapped shapes [original->remapped]: ${words}`,
  );

/** `(2,)->(2,newaxis)`; axes that are new in front are not written. */
export const remap = (from: readonly number[], to: readonly (number | 'newaxis')[]): string => {
  const start = to.findIndex(n => n !== 'newaxis');
  const shown = start < 0 ? [] : to.slice(start);
  const inside = shown.length === 1 && start === 0 && to.length === 1 ? `${shown[0]},` : shown.join(',');
  return `${tuple(from, ',')}->(${inside})`;
};

interface Options {
  readonly axes: readonly number[] | null;
  readonly keepdims: boolean;
  readonly where: Typed | null;
}

function checkMask(mask: Typed, x: Typed, averages: boolean): void {
  if (averages && x.shape.length === 0 && mask.shape.length > 0)
    throw new NumpyError('ValueError', 'cannot broadcast a non-scalar to a scalar array');
  if (mask.shape.length > x.shape.length)
    throw new NumpyError('ValueError', 'input operand has more dimensions than allowed by the axis remapping');
  const words = averages
    ? `${tuple(mask.shape, ',')}  and requested shape ${tuple(x.shape, ',')}`
    : `${tuple(x.shape, ',')} ${tuple(mask.shape, ',')} `;
  let joint: readonly number[];
  try {
    joint = broadcastShapes([x.shape, mask.shape]);
  } catch {
    throw remapped(words);
  }
  if (tuple(joint) === tuple(x.shape)) return;
  if (averages) throw remapped(words);
  throw new NumpyError(
    'ValueError',
    `non-broadcastable operand with shape ${tuple(x.shape, ',')} doesn't match the broadcast shape ${tuple(joint, ',')}`,
  );
}

/** Means count the elements of their mask before anything else; the others look at the axes first. */
export function checkReductionShapes(
  ufunc: string,
  averages: boolean,
  x: Typed,
  { axes, keepdims, where }: Options,
  out: Typed | null,
): void {
  if (where && averages) checkMask(where, x, true);
  if (averages && axes && x.shape.length === 0) normalizeAxes(axes, 0);
  const along = reducedAxes(axes, x.shape.length);
  if (out) checkOut(ufunc, x, along, keepdims, out);
  if (where && !averages) checkMask(where, x, false);
}

function checkOut(ufunc: string, x: Typed, along: readonly number[], keepdims: boolean, out: Typed): void {
  const kept = x.shape.map((n, axis) => (along.includes(axis) ? 1 : n));
  const shape = keepdims ? kept : x.shape.filter((_, axis) => !along.includes(axis));
  if (out.shape.length !== shape.length)
    throw new NumpyError(
      'ValueError',
      `output parameter for reduction operation ${ufunc} has the wrong number of dimensions: Found ${out.shape.length} but expected ${shape.length}${keepdims ? " (must match the operand's when keepdims=True)" : ''}`,
    );
  if (tuple(out.shape) === tuple(shape)) return;
  let next = 0;
  const to = keepdims
    ? out.shape
    : x.shape.map((_, axis) => (along.includes(axis) ? ('newaxis' as const) : (out.shape[next++] ?? 1)));
  throw remapped(`${remap(out.shape, to)} ${tuple(x.shape, ',')} `);
}
