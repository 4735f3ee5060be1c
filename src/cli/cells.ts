// Positions of a notebook: everything that counts in the program of all code cells is told within its cell, as VS Code does.
import type { Document } from '../service/analysis.ts';
import type { Position, Range } from '../shared/positions.ts';

type Located = { readonly [key: string]: unknown };

const isRange = (value: unknown): value is Range =>
  typeof value === 'object' && value !== null && 'start' in value && 'end' in value && isPosition(value.start);
const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' && value !== null && 'line' in value && 'character' in value;

/**
 * A copy in which every object with a `range` or a `line` of its own has both within the cell, and `cell`: the index of
 * the cell among all cells of the notebook. Without a notebook the value itself.
 */
export function inCells<T>(value: T, notebook: Document['notebook']): T {
  if (!notebook) return value;
  const visit = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(visit);
    if (typeof item !== 'object' || item === null) return item;
    const { range, line, ...rest } = item as Located;
    const copy = Object.fromEntries(
      Object.entries(item).map(([key, inner]) => [key, key in rest ? visit(inner) : inner]),
    );
    const first = isRange(range) ? range.start : typeof line === 'number' ? { line, character: 0 } : null;
    const found = first && notebook.locate(first);
    if (!found) return copy;
    const { index, firstLine } = found.cell;
    const move = (position: Position) => ({ ...position, line: position.line - firstLine });
    return {
      ...copy,
      ...(isRange(range) ? { range: { start: move(range.start), end: move(range.end) } } : {}),
      ...(typeof line === 'number' ? { line: line - firstLine } : {}),
      cell: index,
    };
  };
  return visit(value) as T;
}
