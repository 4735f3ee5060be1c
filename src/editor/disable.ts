// Where a comment that switches a rule off goes: behind the line, above it where the line cannot carry a comment, or at the top of the
// file. Pure: text in, edits out; an existing comment of ours is extended.
import type { TextEdit } from '../shared/positions.ts';

/** How a line of Python begins and ends: inside a string that goes on, or after a backslash, no comment can stand. */
export interface LineState {
  readonly startsInside: boolean;
  readonly endsInside: boolean;
}

/** The states of all lines. */
export function lineStates(lines: readonly string[]): readonly LineState[] {
  let quote = '';
  let continued = false;
  return lines.map(line => {
    const startsInside = quote !== '' || continued;
    continued = false;
    for (let at = 0; at < line.length; at++) {
      const unit = line[at] ?? '';
      if (quote) {
        if (unit === '\\') at++;
        else if (line.startsWith(quote, at)) {
          at += quote.length - 1;
          quote = '';
        }
      } else if (unit === '#') break;
      else if (unit === '"' || unit === "'") {
        quote = line.startsWith(unit.repeat(3), at) ? unit.repeat(3) : unit;
        at += quote.length - 1;
      } else if (unit === '\\' && at === line.length - 1) continued = true;
    }
    // A string in single quotes ends with its line unless a backslash takes the line break away.
    if (quote.length === 1 && !line.endsWith('\\')) quote = '';
    return { startsInside, endsInside: quote !== '' || continued };
  });
}

const split = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);
const lineBreakOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';

type Kind = 'ignore' | 'ignore-next-line' | 'ignore-file';

/** Adds a rule to the comment of a line; null where there is none, no edit where it is off already. */
function extended(line: string, at: number, kind: Kind, rule: string): readonly TextEdit[] | null {
  const match = new RegExp(`#\\s*tensorlift:\\s*${kind}(?![\\w-])(\\s*\\[([^\\]]*)\\])?`).exec(line);
  if (!match) return null;
  const [whole, list, rules = ''] = match;
  const names = rules.split(',').map(name => name.trim());
  if (list === undefined || names.includes(rule) || names.includes('all')) return [];
  const character = match.index + whole.length - 1;
  return [insert(at, character, rules.trim() === '' ? rule : `, ${rule}`)];
}

const insert = (line: number, character: number, newText: string): TextEdit => ({
  range: { start: { line, character }, end: { line, character } },
  newText,
});

/** Switches a rule off for one line (0-based); null where no comment can say so, no edit where it is off already. */
export function disableOnLine(text: string, at: number, rule: string): readonly TextEdit[] | null {
  const lines = split(text);
  const line = lines[at];
  if (line === undefined) return null;
  const above = lines[at - 1];
  const known = extended(line, at, 'ignore', rule) ?? (above && extended(above, at - 1, 'ignore-next-line', rule));
  if (known) return known;
  const state = lineStates(lines)[at];
  if (!state?.endsInside) {
    const end = line.trimEnd().length;
    return [insert(at, end, `${end > 0 ? '  ' : ''}# tensorlift: ignore[${rule}]`)];
  }
  if (state.startsInside) return null;
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return [insert(at, 0, `${indent}# tensorlift: ignore-next-line[${rule}]${lineBreakOf(text)}`)];
}

/** Switches a rule off for a whole file: at its top, behind what has to stand first. */
export function disableInFile(text: string, rule: string): readonly TextEdit[] {
  const lines = split(text);
  for (const [at, line] of lines.entries()) {
    const known = extended(line, at, 'ignore-file', rule);
    if (known) return known;
  }
  const at = topOf(lines);
  const comment = `# tensorlift: ignore-file[${rule}]`;
  const lineBreak = lineBreakOf(text);
  // Behind the last line there is no line to insert before.
  if (at >= lines.length) return [insert(lines.length - 1, lines.at(-1)?.length ?? 0, `${lineBreak}${comment}`)];
  return [insert(at, 0, `${comment}${lineBreak}`)];
}

/** The first line behind `#!`, the encoding, a cell's magic, and the docstring. */
function topOf(lines: readonly string[]): number {
  let top = 0;
  if (/^\uFEFF?#!/.test(lines[0] ?? '') || /^%%/.test(lines[0] ?? '')) top = 1;
  if (top < 2 && /^[ \t\f]*#.*?coding[:=]/.test(lines[top] ?? '')) top++;
  const first = lines.findIndex((line, at) => at >= top && /^\s*[^#\s]/.test(line));
  if (!/^[rRuU]?(?:"|')/.test(lines[first] ?? '')) return top;
  const states = lineStates(lines);
  let end = first;
  while (states[end]?.endsInside) end++;
  return end + 1;
}
