// Which rows of lenses a program has, and how they stay where they are: a row moves with its line, and one that was shown stays
// while its line still stands there, so that nothing jumps while the user types. Pure; `codeLens.ts` shows them.
import type { Outline, OutlineFunction } from '../shared/outline.ts';
import type { Position } from '../shared/positions.ts';
import { shifted, type Change } from './positions.ts';

/** A row of lenses, in one of the documents of a program. */
export interface Row {
  readonly kind: 'function' | 'cell';
  /** Of the function; empty for cells. */
  readonly name: string;
  /** Index of the cell, in the notebook or in the file; -1 for functions. */
  readonly cell: number;
  /** In the document. */
  readonly at: Position;
  /** It has something to lift, and a graph. */
  readonly lifts: boolean;
  readonly gradient: boolean;
}

/** The rows of functions of the module that use NumPy or TensorFlow. Positions are those of the program. */
export function functionRows({ functions }: Outline): readonly Row[] {
  return functions
    .filter(({ kind, library }) => kind === 'function' && library !== 'none')
    .map(each => ({
      kind: 'function',
      name: each.name,
      cell: -1,
      at: { line: each.range.start.line, character: each.range.start.character },
      lifts: each.library !== 'tensorflow',
      gradient: canDifferentiate(each),
    }));
}

/** A gradient is taken with respect to parameters. */
const canDifferentiate = ({ parameters }: OutlineFunction): boolean => parameters.length > 0;

/** Rows after edits of their document. */
export const moved = (rows: readonly Row[], changes: readonly Change[]): readonly Row[] =>
  rows.flatMap(row => {
    const at = shifted(row.at, changes);
    return at ? [{ ...row, at }] : [];
  });

/**
 * The rows after an analysis: the new ones, and those of before that it does not name although their `def` still stands there
 * (a body that is being typed may not parse, or not use the library at this moment).
 */
export function merged(
  before: readonly Row[],
  now: readonly Row[],
  lineText: (line: number) => string,
): readonly Row[] {
  const taken = new Set(now.map(({ at }) => at.line));
  const stays = before.filter(
    ({ kind, name, at }) =>
      kind === 'function' &&
      !taken.has(at.line) &&
      new RegExp(`^(?:async\\s+)?def\\s+${name}\\b|^@`).test(lineText(at.line)),
  );
  return [...now, ...stays].sort((a, b) => a.at.line - b.at.line);
}
