// Import lines: what the converted program needs is added, what it no longer uses is dropped.
import type { SyntaxNode } from '../syntax/index.ts';
import type { Analysis } from '../infer/types.ts';
import { dropLine } from './lines.ts';
import type { Edit } from './statements.ts';

interface Imported {
  readonly statement: SyntaxNode;
  /** What the name of the statement is bound to. */
  readonly name: string;
  readonly only: boolean;
}

interface Imports {
  readonly modules: ReadonlyMap<string, Imported>;
  readonly fromNumpy: readonly SyntaxNode[];
  /** The text of the file without comments and strings. */
  readonly code: string;
  /** How often each name occurs in `code`. */
  readonly uses: Map<string, number>;
}
/** Each expression asks again: found once for each analysis. */
const known = new WeakMap<Analysis, Imports>();

function importsOf(analysis: Analysis): Imports {
  const found = known.get(analysis) ?? {
    modules: moduleImports(analysis),
    fromNumpy: analysis.program.root.items.filter(
      ({ kind, text }) => kind === 'import_from_statement' && /^from\s+numpy(\.|\s)/.test(text),
    ),
    code: code(analysis.program.source.text),
    uses: new Map<string, number>(),
  };
  known.set(analysis, found);
  return found;
}

/** Whether a name is still used in the converted program, outside the statement that imports it. */
export type StillUsed = (name: string, statement: SyntaxNode) => boolean;

export const usedIn =
  (converted: string): StillUsed =>
  (name, statement) =>
    mentions(converted.replace(statement.text, ''), name);

/** The same when only one expression becomes another text: counts, so that the rest is not read again. */
export function usedAround(analysis: Analysis, expression: SyntaxNode, newText: string): StillUsed {
  const { code: text, uses } = importsOf(analysis);
  return (name, statement) => {
    const all = uses.get(name) ?? occurrences(text, name);
    uses.set(name, all);
    const [imported, before, after] = [statement.text, expression.text, newText].map(part =>
      occurrences(code(part), name),
    );
    return all - (imported ?? 0) - (before ?? 0) + (after ?? 0) > 0;
  };
}

/** Module-level `import x as y` statements, by module. */
function moduleImports(analysis: Analysis): ReadonlyMap<string, Imported> {
  const found = new Map<string, Imported>();
  for (const statement of analysis.program.root.items) {
    if (statement.kind !== 'import_statement') continue;
    const parts = statement.all('name');
    for (const part of parts) {
      const module = part.kind === 'aliased_import' ? (part.child('name')?.text ?? '') : part.text;
      const name = part.kind === 'aliased_import' ? (part.child('alias')?.text ?? module) : module;
      if (!found.has(module)) found.set(module, { statement, name, only: parts.length === 1 });
    }
  }
  return found;
}

/** How TensorFlow is called in the file: its alias, `tf` where there is none, `tensorflow` where `tf` is something else. */
export function tensorflowName(analysis: Analysis): string {
  const imported = importsOf(analysis).modules.get('tensorflow');
  if (imported) return imported.name;
  const taken = analysis.scopes.some(scope => scope.bindings.has('tf'));
  return taken ? 'tensorflow' : 'tf';
}

/** Text with comments and plain strings blanked (f-strings may hold code and stay). */
function code(text: string): string {
  return text.replace(
    /#[^\n]*|([fFrRbBuU]{0,2})("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/g,
    (found, prefix: string | undefined) => (found.startsWith('#') ? ' ' : /[fF]/.test(prefix ?? '') ? found : "''"),
  );
}
const word = (name: string): RegExp => new RegExp(`(?<![\\w.])${name}(?!\\w)`, 'g');
const occurrences = (text: string, name: string): number => text.match(word(name))?.length ?? 0;
export const mentions = (text: string, name: string): boolean => word(name).test(code(text));

/**
 * The edits of the import lines. `needs`: `tf`, `math`, `time`.
 */
export function importEdits(
  analysis: Analysis,
  used: StillUsed,
  needs: ReadonlySet<string>,
  tf: string,
): readonly Edit[] {
  const { source, root } = analysis.program;
  const { modules: imports, fromNumpy } = importsOf(analysis);
  const numpy = imports.get('numpy');
  const lineBreak = source.lineBreak;
  const wanted: string[] = [];
  for (const module of ['math', 'time']) if (needs.has(module) && !imports.has(module)) wanted.push(`import ${module}`);
  const needsTensorFlow = needs.has('tf') && !imports.has('tensorflow');
  const last = tf === 'tensorflow' ? 'import tensorflow' : `import tensorflow as ${tf}`;
  const edits: Edit[] = [];
  const drop = numpy?.only === true && needs.has('tf') && !used(numpy.name, numpy.statement);
  for (const statement of needs.has('tf') ? fromNumpy : []) {
    const names = statement
      .all('name')
      .map(part => (part.kind === 'aliased_import' ? part.child('alias')?.text : part.text) ?? '');
    if (names.length === 0 || statement.first('wildcard_import')) continue;
    if (names.every(name => !used(name, statement))) {
      if (!numpy && needsTensorFlow && !edits.length) {
        edits.push({
          start: statement.start,
          end: statement.end,
          newText: [...wanted.splice(0), last].join(lineBreak),
        });
      } else edits.push(dropLine(analysis, statement));
    }
  }
  if (edits.some(edit => edit.newText.includes(last))) return edits;
  if (drop && numpy) {
    const lines = [...wanted, ...(needsTensorFlow ? [last] : [])];
    if (lines.length > 0)
      edits.push({ start: numpy.statement.start, end: numpy.statement.end, newText: lines.join(lineBreak) });
    else edits.push(dropLine(analysis, numpy.statement));
    return edits;
  }
  const anchor =
    numpy?.statement ??
    imports.get('tensorflow')?.statement ??
    root.items.find(item => item.kind.startsWith('import_'));
  if (wanted.length > 0) {
    const start = anchor?.start ?? firstStatement(analysis);
    edits.push({ start, end: start, newText: wanted.map(line => line + lineBreak).join('') });
  }
  if (needsTensorFlow) {
    if (anchor)
      edits.push({
        start: source.lineEnd(source.lineAt(anchor.end)),
        end: source.lineEnd(source.lineAt(anchor.end)),
        newText: lineBreak + last,
      });
    else {
      const start = firstStatement(analysis);
      edits.push({ start, end: start, newText: last + lineBreak });
    }
  }
  return edits;
}

/** Where a file without imports takes one: behind its docstring and comments at the top. */
function firstStatement(analysis: Analysis): number {
  const statements = analysis.program.root.items.filter(item => item.kind !== 'comment');
  const [first, second] = statements;
  if (first?.kind === 'expression_statement' && first.items[0]?.kind === 'string' && second) return second.start;
  return first?.start ?? 0;
}
