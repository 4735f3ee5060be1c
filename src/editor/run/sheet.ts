// Results where they stand: keeps what runs left at the lines of one document, moves it along with edits, and knows what is stale.
// Pure: a document is a list of lines here.
import type { LineResult } from '../../shared/trace.ts';

export type RowState = 'waiting' | 'running' | 'ran' | 'threw' | 'skipped';

/** A statement that was to run, or a line inside one that has results of its own. */
export interface Row {
  start: number;
  end: number;
  /** Columns of the text: what happens before the first or behind the last does not touch it. */
  readonly startCharacter: number;
  readonly endCharacter: number;
  /** As it ran. */
  readonly text: string;
  readonly kind: 'plain' | 'block' | 'definition' | 'inner';
  readonly defines: readonly string[];
  readonly needs: readonly string[];
  state: RowState;
  /** By name, the last one that was assigned at the end. */
  readonly results: Map<string, LineResult>;
  printed: string;
  /** What it drew: `2 curves`. */
  figure: string;
  /** Why the value may not be what the line gives now: its own text changed, something it needs did, or the kernel forgot it. */
  stale: 'changed' | 'needs' | 'lost' | null;
}

export interface Change {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly text: string;
}

const block = /^(?:if|for|while|try|with|match|async)\b/;
const definition = /^(?:def|class|async\s+def|@)/;

export class Sheet {
  #rows: Row[] = [];

  get rows(): readonly Row[] {
    return this.#rows;
  }

  clear(): void {
    this.#rows = [];
  }

  /** Another run begins: the error of the one before is no longer shown. */
  forgive(): void {
    for (const row of this.#rows) if (row.state === 'threw') row.state = 'skipped';
  }

  /** A statement is about to run: what stood there goes. */
  plan(lines: readonly string[], start: number, end: number, about: Pick<Row, 'defines' | 'needs'>): Row {
    if (this.#rows.some(row => row.end >= start))
      this.#rows = this.#rows.filter(row => row.end < start || row.start > end);
    const row = rowOf(lines, start, end, null, about);
    this.#rows.push(row);
    return row;
  }

  /** The row that shows what came at a line: the statement that begins there, or one made for the line. */
  at(lines: readonly string[], line: number): Row {
    const known = this.#rows.find(row => row.start === line);
    if (known) return known;
    const row = rowOf(lines, line, line, 'inner', { defines: [], needs: [] });
    this.#rows.push(row);
    return row;
  }

  /** Moves rows along with an edit; those whose text was taken away go. Changes of one event come with the last place first. */
  edit({ start: from, end: to, text }: Change): void {
    const added = (text.match(/\r\n|\n|\r/g) ?? []).length;
    const delta = added - (to.line - from.line);
    this.#rows = this.#rows.filter(row => {
      if (to.line < row.start || (to.line === row.start && to.character <= row.startCharacter && delta !== 0)) {
        row.start += delta;
        row.end += delta;
        return row.start >= 0;
      }
      if (from.line > row.end || (from.line === row.end && from.character >= row.endCharacter && to.line > row.start))
        return true;
      if (from.line === row.end && from.character >= row.endCharacter) return true;
      const whole =
        from.line < row.start || (from.line === row.start && from.character <= row.startCharacter)
          ? to.line > row.end
          : false;
      if (whole && text === '') return false;
      const start = Math.min(row.start, from.line + added);
      row.end = Math.max(start, to.line <= row.end ? row.end + delta : from.line + added);
      row.start = start;
      return true;
    });
  }

  /** Finds out what is stale, for the text as it is now. `lost`: the kernel forgot everything. */
  refresh(lines: readonly string[], lost = false): void {
    const names = new Set<string>();
    const rows = [...this.#rows].sort((a, b) => a.start - b.start);
    for (const row of rows) {
      if (!isAsItRan(lines, row)) row.stale = 'changed';
      else row.stale = row.stale === 'lost' || lost ? 'lost' : null;
      if (row.stale === 'changed') for (const name of row.defines) names.add(name);
    }
    // Functions may read what is bound below them: once more for what they define.
    for (let before = -1; before !== names.size;) {
      before = names.size;
      for (const row of rows)
        if (row.stale === null && row.needs.some(name => names.has(name) && !bindsBefore(rows, row, name))) {
          row.stale = 'needs';
          for (const name of row.defines) names.add(name);
        }
    }
    const outer = rows.filter(row => row.kind !== 'inner');
    for (const row of rows)
      if (row.kind === 'inner' && row.stale === null)
        row.stale = outer.find(each => each.start <= row.start && row.end <= each.end)?.stale ?? null;
  }
}

/** Whether the last row above that binds the name is neither changed nor stale: then it is this one that counts. */
function bindsBefore(rows: readonly Row[], row: Row, name: string): boolean {
  if (row.kind === 'definition') return false;
  const above = rows.filter(each => each.start < row.start && each.defines.includes(name));
  const last = above.at(-1);
  return last !== undefined && last.kind === 'plain' && !last.needs.includes(name) && last.stale === null;
}

function rowOf(
  lines: readonly string[],
  start: number,
  end: number,
  kind: 'inner' | null,
  { defines, needs }: Pick<Row, 'defines' | 'needs'>,
): Row {
  const text = textOf(lines, start, end);
  const first = lines[start] ?? '';
  return {
    start,
    end,
    startCharacter: first.length - first.trimStart().length,
    endCharacter: (lines[end] ?? '').trimEnd().length,
    text,
    kind: kind ?? (definition.test(text) ? 'definition' : block.test(text) ? 'block' : 'plain'),
    defines,
    needs,
    state: 'waiting',
    results: new Map(),
    printed: '',
    figure: '',
    stale: null,
  };
}

const textOf = (lines: readonly string[], start: number, end: number): string =>
  lines
    .slice(start, end + 1)
    .map(line => line.trimEnd())
    .join('\n')
    .trim();

const isAsItRan = (lines: readonly string[], row: Row): boolean => {
  const now = textOf(lines, row.start, row.end);
  return now === row.text || (row.kind !== 'block' && withoutComment(now) === withoutComment(row.text));
};

/** Without a comment behind the last line; a `#` that may stand in a string is left. */
const withoutComment = (text: string): string => text.replace(/\s*#[^'"\n]*$/, '');

/** The line that shows a row's value: the last one of a plain statement, the first one of what has a body. */
export const displayLine = ({ kind, start, end }: Row): number => (kind === 'plain' ? end : start);
