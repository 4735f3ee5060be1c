// One page about a lift, in Markdown: the verdict, each function, each change with its level, and what stays NumPy. No VS Code here.
import type { Converted } from '../../service/convert.ts';
import type { Verification } from '../../shared/findings.ts';
import { headline, levelCounts, levelWord, verdictWords } from './titles.ts';

/** Text that Markdown and tables leave as it is. */
const plain = (text: string): string => text.replace(/[\\|<>*_]/g, '\\$&').replace(/\s+/g, ' ');
const status = {
  converted: 'lifted',
  partial: 'lifted in part',
  blocked: 'stays NumPy',
  unchanged: 'unchanged',
} as const;

export function liftReport(name: string, converted: Converted, verdict: Verification, words: string): string {
  const { units, changes, versions } = converted;
  const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const functions = units.map(unit =>
    row(
      unit.name === '<module>' ? 'the module' : `\`${unit.name}\``,
      status[unit.status],
      unit.status === 'converted' || unit.status === 'partial' ? levelWord[unit.level] : '',
      unit.verification ? plain(verdictWords(unit.verification, versions)) : '',
    ),
  );
  const lines = changes.map(change =>
    row(String(change.range.start.line + 1), levelWord[change.level], change.rule, plain(change.note ?? '')),
  );
  const kept = units
    .flatMap(unit => unit.blocked)
    .map(({ range, rule, reason }) => row(String(range.start.line + 1), rule, plain(reason)));
  const section = (title: string, header: readonly string[], rows: readonly string[]): readonly string[] =>
    rows.length === 0 ? [] : [`## ${title}`, '', row(...header), row(...header.map(() => '---')), ...rows, ''];
  return [
    `# ${plain(name)}, lifted to TensorFlow`,
    '',
    `**${plain(headline(verdict, words))}.**`,
    '',
    ...(changes.length === 0 ? [] : [`Changes: ${levelCounts(changes)}.`, '']),
    ...section('Functions', ['Function', 'Result', 'Level', 'Verdict'], functions),
    ...section('Changes', ['Line', 'Level', 'Rule', 'What differs'], [...new Set(lines)]),
    ...section('Stays NumPy', ['Line', 'Rule', 'Why'], kept),
  ].join('\n');
}
