// Findings in text: severity and rule, message, the lines with carets, the fixes.
import type { CheckedFile } from '../../service/check.ts';
import type { Document } from '../../service/analysis.ts';
import type { Finding, Level, Severity } from '../../shared/findings.ts';
import type { Range } from '../../shared/positions.ts';
import { excerpt, linesOf } from '../excerpt.ts';
import { count } from '../style.ts';
import type { Colour, Paint } from '../style.ts';

export interface CheckedText {
  readonly file: CheckedFile;
  /** The Python text that the ranges count in. */
  readonly text: string;
  readonly notebook: Document['notebook'];
}

const severityColours: Readonly<Record<Severity, Colour>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'cyan',
};
const levelColours: Readonly<Record<Level, Colour>> = { safe: 'green', review: 'yellow', unsafe: 'red' };

function place(
  { file, text, notebook }: CheckedText,
  range: Range,
): { lines: readonly string[]; name: string; range: Range } {
  const found = notebook?.locate(range.start);
  if (!found) return { lines: linesOf(text), name: file.path, range };
  // Line numbers of a notebook count within the cell.
  const first = found.cell.firstLine;
  const move = ({ line, character }: Range['start']) => ({ line: line - first, character });
  const lines = linesOf(text.slice(found.cell.start, found.cell.end));
  return {
    lines,
    name: `${file.path} (cell ${found.cell.index + 1})`,
    range: { start: move(range.start), end: move(range.end) },
  };
}

function printFinding(checked: CheckedText, finding: Finding, paint: Paint): void {
  const colour = severityColours[finding.severity];
  const { lines, name, range } = place(checked, finding.range);
  const gutter = ' '.repeat(String(Math.min(range.end.line, range.start.line + 2, lines.length - 1) + 1).length);
  const title = paint('bold', `${paint(colour, `${finding.severity}[${finding.rule}]`)}: ${finding.message}`);
  const fixes = finding.fixes.map(
    fix => `${gutter} ${paint('blue', '=')} fix (${paint(levelColours[fix.level], fix.level)}): ${fix.title}`,
  );
  process.stdout.write(`${[title, excerpt(lines, name, range, paint, colour), ...fixes].join('\n')}\n\n`);
}

export function printFindings(checked: CheckedText, paint: Paint): void {
  for (const finding of checked.file.diagnostics) printFinding(checked, finding, paint);
}

/** `3 findings in 1 file: 1 warning, 2 hints; 2 can be fixed.` */
export function printSummary(files: readonly CheckedFile[], paint: Paint): void {
  const findings = files.flatMap(file => file.diagnostics);
  if (!findings.length)
    return void process.stdout.write(`${paint('green', 'Nothing found')} in ${count(files.length, 'file')}.\n`);
  const severities = ['error', 'warning', 'info', 'hint'] as const;
  const parts = severities.flatMap(severity => {
    const n = findings.filter(finding => finding.severity === severity).length;
    return n ? [severity === 'info' ? `${n} info` : count(n, severity)] : [];
  });
  const fixable = findings.filter(finding => finding.fixes.length).length;
  const fixed = fixable ? `; ${fixable} can be fixed (tensorlift convert)` : '';
  process.stdout.write(
    `${count(findings.length, 'finding')} in ${count(files.length, 'file')}: ${parts.join(', ')}${fixed}.\n`,
  );
}
