// Whole lines of a program.
import type { Analysis } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { Edit } from './statements.ts';

/** Drops a statement with its lines where it stands alone on them; in a block of its own it becomes `pass`. */
export function dropLine(analysis: Analysis, statement: SyntaxNode): Edit {
  const { source } = analysis.program;
  const line = source.lineAt(statement.start);
  const end = source.lineAt(statement.end);
  const before = source.text.slice(source.lineStarts[line] ?? 0, statement.start);
  const after = source.text.slice(statement.end, source.lineEnd(end));
  if (before.trim() !== '' || !/^\s*(#.*)?$/.test(after))
    return { start: statement.start, end: statement.end, newText: 'pass' };
  return {
    start: source.lineStarts[line] ?? statement.start,
    end: source.lineStarts[end + 1] ?? source.text.length,
    newText: '',
  };
}
