// From what the statements of two programs did to the rows of the Compare view: which word stands for which difference.
import type { ValueBeforeAfter, StatementComparison, StatementRow } from '../../shared/comparison.ts';
import type { Level, Verification } from '../../shared/findings.ts';
import type { ChangedStatement } from '../convert/rows.ts';
import { differenceOf, type ComparedValue, type Comparison } from './verdict.ts';

/** A row as the judge answers it; `skipped` stands in for a value that is too large to keep. */
export interface RanStatement {
  readonly counts: readonly [number, number];
  readonly ms: readonly [number | null, number | null];
  /** The same without the time of rows inside. */
  readonly own: readonly [number | null, number | null];
  readonly values: readonly (ComparedValue & { readonly ulps?: number | null; readonly skipped?: 'large' })[];
}

/** `verdict` is that of the whole program: where it failed, there is nothing to compare. */
export function statementRows(
  changed: readonly ChangedStatement[],
  comparison: Comparison | null,
  verdict: Verification,
): StatementComparison {
  const ran = comparison?.statements;
  const rows = changed.map((statement, at) => rowOf(statement, ran?.[at] ?? null, verdict));
  const both = (ran ?? []).filter(({ ms }) => ms[0] !== null && ms[1] !== null);
  // Medians, so that a pause of the machine in one execution counts for nothing.
  const sum = (side: 0 | 1): number =>
    both.reduce((total, { own, counts }) => total + (own[side] ?? 0) * counts[side], 0);
  return { rows, ms: both.length > 0 ? [sum(0), sum(1)] : null, warm: comparison?.warm ?? false };
}

const levels: readonly Level[] = ['safe', 'review', 'unsafe'];

function rowOf(statement: ChangedStatement, ran: RanStatement | null, verdict: Verification): StatementRow {
  const { range, before, after, changes, kept } = statement;
  const found = ran ? worstOf(ran.values) : null;
  const numbers = { maxAbs: found?.maxAbs ?? null, maxRel: found?.maxRel ?? null };
  const level = changes.reduce<Level | null>(
    (worst, change) => (worst === null || levels.indexOf(change.level) > levels.indexOf(worst) ? change.level : worst),
    null,
  );
  const why = found ? null : whyNone(statement, ran, verdict);
  return {
    range,
    before,
    after,
    level,
    rules: [...new Set([...changes, ...kept].map(({ rule }) => rule))],
    notes: [...new Set([...changes.flatMap(({ note }) => note ?? []), ...kept.map(({ reason }) => reason)])],
    value: found && valueOf(found),
    ...numbers,
    ...wordsOf(statement, found),
    why,
    ms: ran?.ms ?? [null, null],
    counts: ran?.counts ?? [0, 0],
  };
}

type Found = RanStatement['values'][number];

/** The value that differs most: one with a problem before one with an error. */
function worstOf(values: RanStatement['values']): Found | null {
  const seen = values.filter(({ skipped }) => skipped === undefined);
  const rank = (value: Found): number => (value.problem === undefined ? (value.maxRel ?? 0) : Infinity);
  return seen.reduce<Found | null>(
    (worst, value) => (worst === null || rank(value) > rank(worst) ? value : worst),
    null,
  );
}

const valueOf = ({ name, dtypes, shapes }: Found): ValueBeforeAfter | null =>
  dtypes && shapes ? { name, dtypes, shapes } : null;

function wordsOf({ kept }: ChangedStatement, found: Found | null): Pick<StatementRow, 'result' | 'words'> {
  const difference = found && differenceOf(found);
  if (found && difference !== null) return { result: 'differs', words: found.problem ?? difference };
  if (kept.length > 0) return { result: 'kept', words: 'kept' };
  if (!found) return { result: 'none', words: '–' };
  if ((found.maxAbs ?? 0) === 0) return { result: 'identical', words: 'identical' };
  const { ulps } = found;
  const near =
    typeof ulps === 'number' && ulps < 1000 ? `within ${Math.ceil(ulps)} ulp` : `within ${error(found.maxRel)}`;
  return { result: 'close', words: near };
}

const error = (value = 0): string => value.toExponential(1);

function whyNone(
  { head, inside, returnsMore, before: text }: ChangedStatement,
  ran: RanStatement | null,
  verdict: Verification,
): string {
  if (!ran || (verdict.status !== 'verified' && verdict.status !== 'differs'))
    return verdict.reason === undefined
      ? 'the two programs were not run'
      : `the programs were not compared: ${verdict.reason}`;
  if (head) return 'the head of a block has no value of its own';
  const [before, after] = ran.counts;
  if (before === 0 && after === 0)
    return inside === null ? 'it did not run' : `it did not run: no input of ${inside} was tried, or none came here`;
  if (before === 0 || after === 0)
    return `it ran ${before === 0 ? 'after' : 'before'} the lift only: the other side may be part of a compiled function`;
  if (returnsMore && /^return\b/.test(text)) return 'after the lift the function returns what it changed, too';
  if (ran.values.some(({ skipped }) => skipped === 'large')) return 'the value has more than a million elements';
  return 'it assigns nothing that both sides have; what is printed is compared as a whole';
}
