// Why a lift has nothing to show, in one friendly sentence and with the line that it is about. No VS Code here.
import type { Converted } from '../../service/convert.ts';
import type { Blocked } from '../../shared/findings.ts';
import type { CellLines } from '../cells.ts';

export interface Nothing {
  readonly message: string;
  /** Of the program, 0-based; null where it is about no line. */
  readonly line: number | null;
}

/** Null where the conversion came to something. `only`, `cell`: the function or cell that was asked for. */
export function whyNothing(
  name: string,
  only: string | null,
  { edits, units, broken }: Converted,
  cell: (CellLines & { readonly name: string }) | null = null,
): Nothing | null {
  if (broken) {
    const { line } = broken.start;
    return { message: `${name} has a syntax error in line ${line + 1}: it can be lifted once that is mended.`, line };
  }
  // Borders around what stays NumPy are nothing, too.
  if (edits.length > 0 && units.some(({ status }) => status === 'converted' || status === 'partial')) return null;
  const asked = units.filter(unit => only === null || unit.name === only);
  if (asked.length === 0) return { message: `${name} has no function \`${only ?? ''}\`.`, line: null };
  const what = cell?.name ?? (only === null ? name : `\`${only}\``);
  const inCell = ({ range: { start } }: Blocked): boolean =>
    !cell || (cell.first <= start.line && start.line < cell.end);
  const [first] = asked.flatMap(unit => unit.blocked).filter(inCell);
  if (!first) return { message: `There is nothing to lift in ${what}.`, line: null };
  const { line } = first.range.start;
  return { message: `Nothing in ${what} can be lifted. Line ${line + 1}: ${first.reason}.`, line };
}
