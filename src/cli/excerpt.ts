// A few lines of source with carets under a range, as compilers show them.
import type { Range } from '../shared/positions.ts';
import { width } from './style.ts';
import type { Colour, Paint } from './style.ts';

export const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);
const expandTabs = (text: string): string => text.replaceAll('\t', '    ');

/** `path:line:column` from 1, the lines of the range (at most three), and carets. */
export function excerpt(lines: readonly string[], name: string, range: Range, paint: Paint, colour: Colour): string {
  const { start, end } = range;
  const last = Math.min(end.line, start.line + 2, lines.length - 1);
  const gutter = String(last + 1).length;
  const bar = (label: string) => paint('blue', `${label.padStart(gutter)} |`);
  const out = [`${' '.repeat(gutter)}${paint('blue', '-->')} ${name}:${start.line + 1}:${start.character + 1}`];
  for (let line = start.line; line <= last; line++) {
    const text = lines[line] ?? '';
    out.push(`${bar(String(line + 1))} ${expandTabs(text)}`.trimEnd());
    const from = line === start.line ? start.character : text.length - text.trimStart().length;
    const to = line === end.line ? end.character : text.length;
    const indent = width(expandTabs(text.slice(0, from)));
    const carets = Math.max(1, width(expandTabs(text.slice(from, to))));
    out.push(`${bar('')} ${' '.repeat(indent)}${paint(colour, '^'.repeat(carets))}`);
  }
  if (end.line > last) out.push(`${bar('')} ${paint('dim', `… ${end.line - last} more lines`)}`);
  return out.join('\n');
}
