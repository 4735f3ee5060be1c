// Cells: of a notebook, and of a plain Python file, where they are the parts that begin with a `# %%` comment, as in other tools.
import type { OpenProgram } from './programs.ts';

export interface TextCell {
  /** The line of its marker. */
  readonly line: number;
  /** Its last line. */
  readonly lastLine: number;
  readonly title: string;
}

const marker = /^#\s*%%(?!%)\s*(?:\[(?!markdown)[^\]]*\])?\s*(.*)$/;
const other = /^#\s*%%\s*\[markdown\]/i;

/** The lines of a program that a cell has, the last one left out. */
export interface CellLines {
  readonly first: number;
  readonly end: number;
}

/** A cell by its index among the parts of a notebook, or among the `# %%` cells of a file; null where it is gone. */
export function cellLines({ notebook, parts, text }: OpenProgram, cell: number): CellLines | null {
  if (notebook) {
    const part = parts[cell];
    return part ? { first: part.firstLine, end: part.firstLine + part.lines } : null;
  }
  const found = textCells(text)[cell];
  return found ? { first: found.line, end: found.lastLine + 1 } : null;
}

/** The index of the cell at a line of the program; null in a file without cells, and above the first one. */
export function cellAt({ notebook, parts, text }: OpenProgram, line: number): number | null {
  const starts = notebook ? parts.map(({ firstLine }) => firstLine) : textCells(text).map(cell => cell.line);
  const at = starts.findLastIndex(start => start <= line);
  return at < 0 ? null : at;
}

/** The code cells of a text in their order; empty for a file without markers. `cell` of a command is an index into this list. */
export function textCells(text: string): readonly TextCell[] {
  if (!text.includes('%%')) return [];
  const lines = text.split(/\r\n|\n|\r/);
  const starts = lines.flatMap((line, at) => (marker.test(line) || other.test(line) ? [at] : []));
  return starts.flatMap((line, at) => {
    const head = lines[line] ?? '';
    if (other.test(head)) return [];
    return [{ line, lastLine: (starts[at + 1] ?? lines.length) - 1, title: marker.exec(head)?.[1]?.trim() ?? '' }];
  });
}
