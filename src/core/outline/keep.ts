// Some statements of a program: those that a name needs, and the text with every other line blanked, so that line numbers stay.
import type { OutlineStatement } from '../../shared/outline.ts';
import type { Range } from '../../shared/positions.ts';

/** The last line with text of a statement: ranges of blocks may end at the start of the next line. */
export const lastLine = ({ start, end }: Range): number =>
  end.character === 0 && end.line > start.line ? end.line - 1 : end.line;

/** The statements that stand on the lines from `first` to `last`. */
export function between(statements: readonly OutlineStatement[], first: number, last: number): number[] {
  return statements.flatMap(({ range }, index) =>
    range.start.line <= last && lastLine(range) >= first ? [index] : [],
  );
}

/** With the statements that share a line with one of them, `a = 1; b = 2`: they can only run together. */
export function sharing(statements: readonly OutlineStatement[], chosen: readonly number[]): number[] {
  const wanted = new Set(chosen);
  const found: number[] = [];
  let group: number[] = [];
  const close = (): void => {
    if (group.some(index => wanted.has(index))) found.push(...group);
    group = [];
  };
  statements.forEach(({ range }, index) => {
    const before = statements[index - 1];
    if (before && range.start.line > lastLine(before.range)) close();
    group.push(index);
  });
  close();
  return found;
}

/** The statements that make the module's name `name` what it is, through everything that they need. */
export function needed(statements: readonly OutlineStatement[], name: string): number[] {
  const chosen = new Set<number>();
  const names = new Set([name]);
  for (const wanted of names)
    statements.forEach((statement, index) => {
      if (!statement.defines.includes(wanted)) return;
      chosen.add(index);
      for (const other of statement.needs) names.add(other);
    });
  return sharing(statements, [...chosen]);
}

/** The lines of the chosen statements; all others are empty. */
export function keptLines(
  lines: readonly string[],
  statements: readonly OutlineStatement[],
  chosen: readonly number[],
): readonly string[] {
  const kept = new Set<number>();
  for (const index of chosen) {
    const range = statements[index]?.range;
    if (range) for (let line = range.start.line; line <= lastLine(range); line++) kept.add(line);
  }
  return lines.map((line, at) => (kept.has(at) ? line : ''));
}
