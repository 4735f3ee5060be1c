// Axes and their jobs: which are rows and columns of the picture, which are fixed or reduced; and the same as an expression that
// can be edited: `x[17, :, :, 0]`. Pure.
import type { AxisJob, TensorRow } from '../../src/shared/tensors.ts';

/** The last two axes with more than one element are the picture; the others are fixed at their first index. */
export function firstJobs(shape: readonly number[]): AxisJob[] {
  const long = shape.flatMap((size, axis) => (size > 1 ? [axis] : []));
  const rest = shape.map((_, axis) => axis).filter(axis => !long.includes(axis));
  // Axes with one element serve where there are not enough others.
  const picture = [...long.slice(-2), ...rest.reverse()].slice(0, Math.min(2, shape.length)).sort((a, b) => a - b);
  const columns = picture.at(-1);
  return shape.map((_, axis) =>
    axis === columns ? { job: 'columns' } : picture.includes(axis) ? { job: 'rows' } : { job: 'fixed', index: 0 },
  );
}

/** Gives an axis another job; an axis that had `rows` or `columns` before takes over the old job of this one. */
export function withJob(jobs: readonly AxisJob[], axis: number, job: AxisJob['job']): AxisJob[] {
  const before = jobs[axis];
  return jobs.map((each, at) => {
    if (at === axis) return job === 'fixed' ? { job, index: before?.job === 'fixed' ? before.index : 0 } : { job };
    if ((job === 'rows' || job === 'columns') && each.job === job)
      return before?.job === 'rows' || before?.job === 'columns' ? { job: before.job } : { job: 'fixed', index: 0 };
    return each;
  });
}

/** `x[17, :, :, 0]`; reduced axes are named by what reduces them. */
export function expressionOf(name: string, jobs: readonly AxisJob[]): string {
  if (!jobs.length) return name;
  const parts = jobs.map(each =>
    each.job === 'fixed' ? String(each.index) : each.job === 'rows' || each.job === 'columns' ? ':' : each.job,
  );
  return `${name}[${parts.join(', ')}]`;
}

/** The shape of what an expression gives. */
export const shapeOf = (shape: readonly number[], jobs: readonly AxisJob[]): number[] =>
  shape.filter((_, axis) => jobs[axis]?.job === 'rows' || jobs[axis]?.job === 'columns');

export type Parsed = { readonly row: TensorRow; readonly jobs: readonly AxisJob[] } | { readonly problem: string };

/** Reads an edited expression: a name, and for each axis an index, `:`, `mean` or `max`; what is left out is `:` or 0. */
export function parseExpression(text: string, rows: readonly TensorRow[], before: readonly AxisJob[]): Parsed {
  const trimmed = text.trim();
  // A name may itself hold brackets (`params["W"]`): the longest name that fits wins.
  const row = [...rows]
    .sort((a, b) => b.name.length - a.name.length)
    .find(
      each =>
        trimmed === each.name || (trimmed.startsWith(each.name) && /^\s*\[/.test(trimmed.slice(each.name.length))),
    );
  if (!row) return { problem: `There is no array named ${/^[^[\s]*/.exec(trimmed)?.[0] || '…'}.` };
  const rest = trimmed.slice(row.name.length).trim();
  const { shape } = row;
  if (rest === '') return { row, jobs: firstJobs(shape) };
  const inside = /^\[(.*)\]$/.exec(rest)?.[1];
  if (inside === undefined) return { problem: 'A slice ends with ].' };
  const parts = inside.trim() === '' ? [] : inside.split(',').map(part => part.trim());
  if (parts.length > shape.length)
    return { problem: `${row.name} has ${shape.length} ${shape.length === 1 ? 'axis' : 'axes'}, not ${parts.length}.` };
  const jobs: AxisJob[] = [];
  for (const [axis, size] of shape.entries()) {
    const part = parts[axis] ?? ':';
    if (part === ':') jobs.push({ job: 'rows' });
    else if (part === 'mean' || part === 'max') jobs.push({ job: part });
    else if (/^-?\d+$/.test(part)) {
      const index = Number(part) < 0 ? size + Number(part) : Number(part);
      if (index < 0 || index >= size)
        return { problem: `Index ${part} is out of bounds for axis ${axis} with size ${size}.` };
      jobs.push({ job: 'fixed', index });
    } else return { problem: `${part} is not an index, :, mean or max.` };
  }
  const free = jobs.flatMap((each, axis) => (each.job === 'rows' ? [axis] : []));
  // More than two free axes: the first ones are fixed.
  for (const axis of free.slice(0, Math.max(0, free.length - 2))) jobs[axis] = { job: 'fixed', index: 0 };
  const [first, second] = free.slice(-2);
  if (second === undefined) {
    if (first !== undefined) jobs[first] = { job: 'columns' };
  } else if (first !== undefined) {
    const swapped = before[first]?.job === 'columns' && before[second]?.job === 'rows';
    jobs[first] = { job: swapped ? 'columns' : 'rows' };
    jobs[second] = { job: swapped ? 'rows' : 'columns' };
  }
  return { row, jobs };
}

/** The place of a cell as an index of the whole array: `x[17, 12, 18, 0]`. */
export function placeOf(name: string, jobs: readonly AxisJob[], row: number, column: number): string {
  if (!jobs.length) return name;
  const parts = jobs.map(each => {
    switch (each.job) {
      case 'rows':
        return row;
      case 'columns':
        return column;
      case 'fixed':
        return each.index;
      case 'mean':
      case 'max':
        return each.job;
      default:
        return each satisfies never;
    }
  });
  return `${name}[${parts.join(', ')}]`;
}
