// Session-era programs: what a session ran becomes a `tf.function` that is called, `%timeit` inside an expression becomes a
// measured call with a warm-up, and the results of the two sides are compared.
import type { Finding } from '../../../shared/findings.ts';
import type { Analysis } from '../../infer/types.ts';
import { sessionFindings } from '../../check/session.ts';
import { importEdits, usedIn } from '../imports.ts';
import { lift } from '../index.ts';
import { applyEdits } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
import type { Edit } from '../statements.ts';
import { graphEdits } from './graph.ts';
import { timingEdits } from './timing.ts';

/** The edits of statements that are not lifted one expression at a time; the rest is noted in the lifter. */
export function sessionConversion(lifter: Lifter): readonly Edit[] {
  const { program } = lifter.analysis;
  const old = /\b(Session|placeholder|disable_eager_execution|disable_v2_behavior)\b/.test(program.source.text);
  const graph = old ? graphEdits(lifter) : [];
  return [...graph, ...timingEdits(lifter)];
}

/** The findings of sessions and timings, each with the fix that migrates the program as a whole. */
export function sessionFixes(analysis: Analysis): readonly Finding[] {
  const findings = sessionFindings(analysis).filter(({ rule }) => rule !== 'TL308');
  if (findings.length === 0) return [];
  // No function has an empty name: nothing but the session is converted.
  const { edits, lifter } = lift(analysis, { dtypes: 'faithful', level: 'review', function: '' });
  if (edits.length === 0) return [];
  const { source } = analysis.program;
  const textEdits = (list: readonly Edit[]): readonly { range: ReturnType<typeof source.range>; newText: string }[] =>
    list.map(edit => ({ range: source.range(edit.start, edit.end), newText: edit.newText }));
  const converted = applyEdits(source, textEdits(edits));
  const all = textEdits([...edits, ...importEdits(analysis, usedIn(converted), lifter.imports, lifter.tf)]);
  const fix = {
    title: 'Replace session and %timeit by a compiled function and measured calls',
    level: 'review',
    edits: all,
  } as const;
  // A timed statement is left to the user.
  const timed = new Set(lifter.used.flatMap(({ rule, node }) => (rule === 'TL302' ? [source.lineAt(node.start)] : [])));
  return findings
    .filter(({ rule, range }) => rule !== 'TL302' || timed.has(range.start.line))
    .map(finding => ({ ...finding, fixes: [fix] }));
}
