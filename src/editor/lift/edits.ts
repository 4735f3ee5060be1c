// Sets of text edits: several fixes as one, an edit taken back, and what an edited line came from. No VS Code here.
import { Source } from '../../core/syntax/index.ts';
import type { Change, Level } from '../../shared/findings.ts';
import type { Position, Range, TextEdit } from '../../shared/positions.ts';
import { worstLevel } from './titles.ts';

const before = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
const isEmpty = ({ start, end }: Range): boolean => !before(start, end);
/** Whether two ranges meet; a cursor meets what it touches. */
export const meets = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);
const overlap = (a: Range, b: Range): boolean => before(a.start, b.end) && before(b.start, a.end);
const order = (a: TextEdit, b: TextEdit): number =>
  before(a.range.start, b.range.start) ? -1 : before(b.range.start, a.range.start) ? 1 : 0;

/** The lines of a text that is nothing but imports; none otherwise. */
function imports(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/).filter(line => line.trim() !== '');
  return lines.every(line => /^(import|from)\s/.test(line)) ? lines : [];
}

/**
 * The edits of several fixes as one set: an import that two of them bring comes once. Null where two of them change the same
 * text: such fixes can't be applied together.
 */
export function mergeFixes(fixes: readonly (readonly TextEdit[])[]): readonly TextEdit[] | null {
  const merged: TextEdit[] = [];
  const known = new Set<string>();
  for (const edit of fixes.flat()) {
    const key = JSON.stringify(edit);
    if (known.has(key)) continue;
    known.add(key);
    merged.push(edit);
  }
  // Of edits that bring import lines, one that replaces a line wins over insertions of the same line.
  const brings = merged
    .filter(edit => imports(edit.newText).length > 0)
    .sort((a, b) => Number(isEmpty(a.range)) - Number(isEmpty(b.range)));
  const brought = new Set<string>();
  const dropped = new Set<TextEdit>();
  for (const edit of brings) {
    const lines = imports(edit.newText);
    if (isEmpty(edit.range) && lines.every(line => brought.has(line))) dropped.add(edit);
    for (const line of lines) brought.add(line);
  }
  const kept = merged.filter(edit => !dropped.has(edit)).sort(order);
  const clash = kept.some((edit, i) => kept.slice(i + 1).some(other => overlap(edit.range, other.range)));
  return clash ? null : kept;
}

/** The edits that take `edits` of `text` back. */
export function inverse(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const source = new Source(text);
  const pieces = edits
    .map(({ range, newText }) => ({ start: source.offsetAt(range.start), end: source.offsetAt(range.end), newText }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  const spans: { readonly start: number; readonly end: number; readonly old: string }[] = [];
  let [at, length] = [0, 0];
  for (const { start, end, newText } of pieces) {
    parts.push(text.slice(at, start), newText);
    length += start - at;
    spans.push({ start: length, end: length + newText.length, old: text.slice(start, end) });
    length += newText.length;
    at = end;
  }
  parts.push(text.slice(at));
  const after = new Source(parts.join(''));
  return spans.map(({ start, end, old }) => ({ range: after.range(start, end), newText: old }));
}

/** Where an edit, one of `edits`, stands in the edited text. */
export function landed(text: string, edits: readonly TextEdit[], edit: TextEdit): Range | null {
  const at = [...edits].sort(order).indexOf(edit);
  return inverse(text, edits)[at]?.range ?? null;
}

/** What stands beside a line of the lifted text. */
export interface Note {
  /** Of the lifted text, 0-based. */
  readonly line: number;
  readonly level: Level;
  readonly rules: readonly string[];
  /** What differs, one sentence part each. */
  readonly differences: readonly string[];
}

/** The lines of the lifted text that changed, each with its level and its rules. */
export function lineNotes(text: string, edits: readonly TextEdit[], changes: readonly Change[]): readonly Note[] {
  const source = new Source(text);
  const spans = inverse(text, edits);
  const sorted = [...edits]
    .map(({ range }) => ({ start: source.offsetAt(range.start), end: source.offsetAt(range.end) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const byLine = new Map<number, Change[]>();
  for (const change of changes) {
    const [start, end] = [source.offsetAt(change.range.start), source.offsetAt(change.range.end)];
    const around = sorted.findIndex(edit => edit.start <= start && end <= edit.end && edit.start < edit.end);
    const inside = sorted.findIndex(edit => start <= edit.start && edit.end <= end && edit.start < edit.end);
    const at = spans[around >= 0 ? around : inside];
    if (!at) continue;
    // What concerns a whole function stands at its first line.
    const wide = around < 0 && change.range.start.line < change.range.end.line;
    const line = wide ? movedLine(source, sorted, spans, start) : at.range.start.line;
    byLine.set(line, [...(byLine.get(line) ?? []), change]);
  }
  return [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, list]) => ({
      line,
      level: worstLevel(list.map(change => change.level)),
      rules: [...new Set(list.map(change => change.rule))],
      differences: [...new Set(list.flatMap(change => change.note ?? []))],
    }));
}

/** The line of the edited text that an offset of the original, outside of edits, has come to. */
function movedLine(
  source: Source,
  pieces: readonly { readonly start: number; readonly end: number }[],
  spans: readonly TextEdit[],
  offset: number,
): number {
  const last = pieces.findLastIndex(piece => piece.end <= offset);
  const line = source.lineAt(offset);
  const [piece, span] = [pieces[last], spans[last]];
  return piece && span ? line - source.lineAt(piece.end) + span.range.end.line : line;
}

/** The line, of the first ones, on which a headline has most room: one without a note of its own. */
export function headlineAt(lines: readonly string[], notes: readonly Note[]): number {
  const taken = new Set(notes.map(note => note.line));
  const free = lines.slice(0, 8).flatMap((text, line) => (taken.has(line) ? [] : [{ line, length: text.length }]));
  return free.reduce((best, each) => (each.length < best.length ? each : best), { line: 0, length: Infinity }).line;
}

/** "Safe TL131" or "Review TL310: no longer in place". */
export function noteText({ level, rules, differences }: Note): string {
  const word = { safe: '✓ Safe', review: 'Review', unsafe: 'Unsafe' }[level];
  const [first] = differences;
  return `${word} ${rules.join(', ')}${first === undefined ? '' : `: ${first.length > 70 ? `${first.slice(0, 69).trimEnd()}…` : first}`}`;
}
