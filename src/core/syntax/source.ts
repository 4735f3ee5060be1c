// A text with its lines: offsets (UTF-16 units) to positions and back, and text edits that leave every other unit as it was.
import type { Position, Range, TextEdit } from '../../shared/positions.ts';

export class Source {
  readonly text: string;
  /** Offset of the first unit of each line. Lines end at \n, \r\n or \r, as in VS Code. */
  readonly lineStarts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.lineStarts = starts;
  }

  /** The line that holds an offset, by bisection. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, character: offset - (this.lineStarts[line] ?? 0) };
  }

  /** The offset of a position; positions behind the end of a line or of the text are moved to that end. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const start = this.lineStarts[line];
    if (start === undefined) return this.text.length;
    return Math.min(start + Math.max(0, character), this.lineEnd(line));
  }

  range(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** Offset of the end of a line, before its line break. */
  lineEnd(line: number): number {
    let end = this.lineStarts[line + 1] ?? this.text.length;
    while (end > (this.lineStarts[line] ?? 0) && /[\r\n]/.test(this.text[end - 1] ?? '')) end--;
    return end;
  }

  /** A line without its line break. */
  lineText(line: number): string {
    return this.text.slice(this.lineStarts[line] ?? this.text.length, this.lineEnd(line));
  }

  /** The line break in use, for text that is added: the first one found, else \n. */
  get lineBreak(): string {
    return /\r\n|\n|\r/.exec(this.text)?.[0] ?? '\n';
  }
}

/** Applies edits that do not overlap (two insertions at one place keep their order). Overlap is a RangeError. */
export function applyEdits(text: string | Source, edits: readonly TextEdit[]): string {
  const source = typeof text === 'string' ? new Source(text) : text;
  const sorted = edits
    .map((edit, order) => ({
      start: source.offsetAt(edit.range.start),
      end: source.offsetAt(edit.range.end),
      newText: edit.newText,
      order,
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, newText } of sorted) {
    if (start < at || end < start) throw new RangeError(`edits overlap at offset ${start}`);
    parts.push(source.text.slice(at, start), newText);
    at = end;
  }
  parts.push(source.text.slice(at));
  return parts.join('');
}

/** Whether two ranges share at least one unit; touching ends do not count. */
export function overlaps(a: Range, b: Range): boolean {
  const before = (p: Position, q: Position): boolean =>
    p.line < q.line || (p.line === q.line && p.character < q.character);
  return before(a.start, b.end) && before(b.start, a.end);
}
