// A notebook (.ipynb) as one Python program: the code cells one after another, and edits of the program back as cells.
import type { Position, Range, TextEdit } from '../../shared/positions.ts';
import { Source, applyEdits } from './source.ts';

export interface NotebookCell {
  /** Index among all cells of the notebook. */
  readonly index: number;
  /** UTF-16 offsets of the cell in the program's text. */
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
}

export interface Notebook {
  /** The text of the program; a line break stands between cells. */
  readonly text: string;
  readonly cells: readonly NotebookCell[];
  /** Where cells begin, for the parser. */
  readonly starts: readonly number[];
  /** The cell that a position of the program belongs to, and the position within it. */
  locate(position: Position): { readonly cell: NotebookCell; readonly position: Position } | null;
  /** The notebook's JSON after edits of the program. Cells that no edit touches keep their `source` as it was. */
  apply(edits: readonly TextEdit[]): string;
}

interface RawCell {
  cell_type?: unknown;
  source?: unknown;
}

/** Reads a notebook. A text that is not a notebook is a SyntaxError with a plain sentence. */
export function readNotebook(json: string): Notebook {
  const document = parseJson(json);
  const parts: string[] = [];
  const cells: NotebookCell[] = [];
  let offset = 0;
  let line = 0;
  document.cells.forEach((cell, index) => {
    if (cell.cell_type !== 'code') return;
    const text = sourceOf(cell);
    cells.push({ index, start: offset, end: offset + text.length, firstLine: line });
    const block = text + '\n';
    parts.push(block);
    offset += block.length;
    line += new Source(block).lineStarts.length - 1;
  });
  const source = new Source(parts.join(''));
  const cellAt = (offset_: number): NotebookCell | null =>
    cells.findLast(cell => cell.start <= offset_ && offset_ <= cell.end) ?? null;
  return {
    text: source.text,
    cells,
    starts: cells.map(cell => cell.start),
    locate(position) {
      const cell = cellAt(source.offsetAt(position));
      return cell && { cell, position: { ...position, line: position.line - cell.firstLine } };
    },
    apply(edits) {
      const byCell = new Map<NotebookCell, TextEdit[]>();
      for (const edit of edits) {
        const start = source.offsetAt(edit.range.start);
        const end = source.offsetAt(edit.range.end);
        const cell = cellAt(start);
        if (!cell || end > cell.end) throw new RangeError('an edit may not cross the border of a cell');
        const list = byCell.get(cell) ?? [];
        list.push({ range: shift(edit.range, cell.firstLine), newText: edit.newText });
        byCell.set(cell, list);
      }
      if (byCell.size === 0) return json;
      const copy = parseJson(json);
      for (const [cell, list] of byCell) {
        const raw = copy.cells[cell.index];
        if (!raw) continue;
        const text = applyEdits(sourceOf(raw), list);
        raw.source = Array.isArray(raw.source) ? text.split(/(?<=\n)/) : text;
      }
      const indent = /^\{\r?\n([ \t]+)/.exec(json)?.[1] ?? '';
      const out = JSON.stringify(copy, null, indent);
      return json.endsWith('\n') ? out + '\n' : out;
    },
  };
}

const shift = (range: Range, lines: number): Range => ({
  start: { ...range.start, line: range.start.line - lines },
  end: { ...range.end, line: range.end.line - lines },
});

function sourceOf(cell: RawCell): string {
  if (typeof cell.source === 'string') return cell.source;
  return Array.isArray(cell.source) ? cell.source.filter(part => typeof part === 'string').join('') : '';
}

function parseJson(json: string): { cells: RawCell[] } {
  const value: unknown = JSON.parse(json.startsWith('\uFEFF') ? json.slice(1) : json);
  if (typeof value !== 'object' || value === null || !('cells' in value) || !Array.isArray(value.cells))
    throw new SyntaxError('This is not a Jupyter notebook: it has no list of cells.');
  return value as { cells: RawCell[] };
}
