// What to run: turns "this file", "this selection", "this cell" or "this call" into the statements to execute and the text to
// send. Lines that do not run are blanked, so that line numbers stay those of the file. Pure: no editor, no kernel.
import { between, keptLines, lastLine, sharing } from '../../core/outline/keep.ts';
import type { Outline, OutlineFunction, OutlineStatement } from '../../shared/outline.ts';
import type { Position, Range } from '../../shared/positions.ts';
import { Statements, type Ledger } from './ledger.ts';

/** A version of a program, as it is when somebody asks to run it. */
export interface Subject {
  readonly text: string;
  readonly outline: Outline;
}

export type Target =
  | { readonly kind: 'file' }
  /** Empty: the statement at the cursor. */
  | { readonly kind: 'selection'; readonly range: Range }
  /** Lines from `first` up to, not including, `end`. */
  | { readonly kind: 'lines'; readonly first: number; readonly end: number }
  /** An expression, evaluated at the place of the statement that holds `line`. */
  | { readonly kind: 'expression'; readonly text: string; readonly at: Position };

/** One text for the kernel. */
export interface Step {
  readonly source: string;
  /** Indices of the outline's statements that it executes, in order. */
  readonly statements: readonly number[];
  /** An expression that is no statement of the file: where it stands. */
  readonly expression: Range | null;
}

export type Plan =
  | { readonly kind: 'run'; readonly steps: readonly Step[]; readonly statements: Statements }
  /** The place is in a function of the module: its call is what can be run. */
  | { readonly kind: 'function'; readonly function: OutlineFunction }
  | { readonly kind: 'nothing'; readonly reason: string };

export function plan(subject: Subject, target: Target, ledger: Ledger): Plan {
  const { outline } = subject;
  const lines = linesOf(subject.text);
  const statements = statementsOf(subject);
  const run = (targets: readonly number[]): Plan => ({
    kind: 'run',
    steps: [step(lines, outline, ledger.plan(statements, targets))],
    statements,
  });
  switch (target.kind) {
    case 'file': {
      const all = outline.statements.map((_, index) => index);
      return { kind: 'run', steps: [{ source: subject.text, statements: all, expression: null }], statements };
    }
    case 'lines': {
      const inside = between(outline.statements, target.first, target.end - 1);
      return inside.length ? run(inside) : nothing('There is no code in this cell.');
    }
    case 'expression':
      return evaluate(subject, lines, statements, target.text, target.at, ledger);
    case 'selection': {
      const { start, end } = target.range;
      const empty = start.line === end.line && start.character === end.character;
      if (empty) {
        const found = statementAt(outline, lines, start.line);
        if (found === null) return nothing('There is no statement here.');
        return functionAt(outline, start) ?? run(sharing(outline.statements, [found]));
      }
      const text = textIn(lines, target.range);
      if (!text.trim()) return nothing('There is no code in the selection.');
      const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
      const inside = between(outline.statements, start.line, last);
      const [only] = inside;
      const whole = inside.filter(index => covers(target.range, outline.statements[index], lines));
      if (whole.length > 0 || only === undefined || inside.length > 1) {
        const chosen = whole.length > 0 ? whole : inside;
        return chosen.length
          ? run(sharing(outline.statements, chosen))
          : nothing('There is no statement in the selection.');
      }
      const inFunction = functionAt(outline, start);
      if (inFunction) return inFunction;
      if (!isExpression(text)) return run(sharing(outline.statements, [only]));
      const lead = text.length - text.trimStart().length;
      const from = text.slice(0, lead).includes('\n') ? start : { ...start, character: start.character + lead };
      return evaluate(subject, lines, statements, text.trim(), from, ledger);
    }
  }
}

const nothing = (reason: string): Plan => ({ kind: 'nothing', reason });

export const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);

/** The statements of a subject with their texts. */
export function statementsOf({ text, outline }: Subject): Statements {
  const lines = linesOf(text);
  return new Statements(
    outline.statements,
    outline.statements.map(statement => textIn(lines, statement.range).trim()),
  );
}

function textIn(lines: readonly string[], { start, end }: Range): string {
  if (start.line === end.line) return (lines[start.line] ?? '').slice(start.character, end.character);
  return [
    (lines[start.line] ?? '').slice(start.character),
    ...lines.slice(start.line + 1, end.line),
    (lines[end.line] ?? '').slice(0, end.character),
  ].join('\n');
}

/** The statement of a line; of an empty line the one before, of a comment the one after. */
function statementAt({ statements }: Outline, lines: readonly string[], line: number): number | null {
  const at = statements.findIndex(({ range }) => range.start.line <= line && line <= lastLine(range));
  if (at >= 0) return at;
  const after = statements.findIndex(({ range }) => range.start.line > line);
  const before = statements.findLastIndex(({ range }) => range.end.line <= line);
  const comment = (lines[line] ?? '').trim().startsWith('#');
  const order = comment ? [after, before] : [before, after];
  return order.find(index => index >= 0) ?? null;
}

function functionAt({ functions }: Outline, { line }: Position): Plan | null {
  const found = functions.find(
    each => each.kind === 'function' && each.range.start.line <= line && line <= lastLine(each.range),
  );
  return found ? { kind: 'function', function: found } : null;
}

function covers(selection: Range, statement: OutlineStatement | undefined, lines: readonly string[]): boolean {
  if (!statement) return false;
  const { start, end } = statement.range;
  const last = lastLine(statement.range);
  const lastCharacter = last === end.line ? end.character : (lines[last] ?? '').trimEnd().length;
  return (
    (selection.start.line < start.line ||
      (selection.start.line === start.line && selection.start.character <= start.character)) &&
    (selection.end.line > last || (selection.end.line === last && selection.end.character >= lastCharacter))
  );
}

/** Whether a text inside a statement can be evaluated: balanced, and not an assignment or a keyword's statement. */
export function isExpression(text: string): boolean {
  const bare = withoutStrings(text.trim());
  if (bare === null || bare === '' || bare.includes('#')) return false;
  const closing: string[] = [];
  const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
  let top = '';
  for (const unit of bare) {
    if (unit in pairs) closing.push(pairs[unit] ?? '');
    else if (')]}'.includes(unit)) {
      if (closing.pop() !== unit) return false;
    } else if (closing.length === 0) top += unit;
  }
  if (closing.length > 0) return false;
  if (/(?<![=!<>:])=(?!=)/.test(top) || /[,:;]\s*$|^\s*[,:;.]|;/.test(top)) return false;
  if (
    /\n/.test(top) ||
    /^(?:if|for|while|with|def|class|return|import|from|assert|del|raise|try|else|pass|break)\b/.test(top)
  )
    return false;
  return !/[-+*/%@&|^~<>=.]\s*$|^\s*[*/%@&|^<>=]|\b(?:and|or|not|in|is|if|else)\s*$|^(?:and|or|in|is)\b/.test(bare);
}

/** The text with strings replaced by `""`; null where a string does not end. */
function withoutStrings(text: string): string | null {
  const out = text.replace(/("""|''')[^]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
  return /['"]/.test(out.replaceAll('""', '')) ? null : out;
}

function evaluate(
  { outline }: Subject,
  lines: readonly string[],
  statements: Statements,
  text: string,
  at: Position,
  ledger: Ledger,
): Plan {
  const around = outline.statements.findIndex(({ range }) => range.start.line <= at.line && at.line <= lastLine(range));
  const place = around < 0 ? outline.statements.filter(({ range }) => range.start.line < at.line).length : around;
  const bare = (withoutStrings(text) ?? text).replace(/\.\s*[A-Za-z_]\w*/g, '');
  const names = [...new Set(bare.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [])];
  const own = statements.rows[around];
  // What a block binds has the value that it had when the block ended; so has the left side of an assignment.
  const after = names.some(name => own?.defines.includes(name) && (own.kind === 'block' || !own.needs.includes(name)));
  const first = ledger.plan(statements, [], { names, at: after ? place + 1 : place });
  const steps: Step[] = first.length ? [step(lines, outline, first)] : [];
  // A bracket in the first column keeps the columns of the rest.
  const source = at.character > 0 ? `(${' '.repeat(at.character - 1)}${text})` : text;
  const count = text.split('\n').length;
  const tail = text.slice(text.lastIndexOf('\n') + 1).length;
  const end = { line: at.line + count - 1, character: count === 1 ? at.character + tail : tail };
  steps.push({ source: '\n'.repeat(at.line) + source + '\n', statements: [], expression: { start: at, end } });
  return { kind: 'run', steps, statements };
}

/** The text with everything blanked but the lines of these statements. */
function step(lines: readonly string[], { statements }: Outline, chosen: readonly number[]): Step {
  const all = sharing(statements, chosen);
  const end = statements[all.at(-1) ?? -1];
  const source = keptLines(lines.slice(0, end ? lastLine(end.range) + 1 : 0), statements, all).join('\n') + '\n';
  return { source, statements: all, expression: null };
}
