// Before and after a lift, statement by statement: what the Compare view shows. Every number was measured by running both sides.
import type { Level } from './findings.ts';
import type { Range } from './positions.ts';

/** `kept` stays NumPy; `none`: there is no value to compare, and `why` says the reason. */
export type StatementResult = 'identical' | 'close' | 'differs' | 'kept' | 'none';

export interface ValueBeforeAfter {
  readonly name: string;
  readonly dtypes: readonly [string, string];
  readonly shapes: readonly [readonly number[], readonly number[]];
}

export interface StatementRow {
  /** Of the original. */
  readonly range: Range;
  readonly before: string;
  readonly after: string;
  /** Null: only the border between NumPy and TensorFlow moved. */
  readonly level: Level | null;
  readonly rules: readonly string[];
  /** How the changes differ, and why something stays NumPy. */
  readonly notes: readonly string[];
  readonly value: ValueBeforeAfter | null;
  readonly maxAbs: number | null;
  readonly maxRel: number | null;
  readonly result: StatementResult;
  /** "identical", "within 2 ulp", "dtype int64 became int32". */
  readonly words: string;
  /** Why there is no value, or no time; null where there is. */
  readonly why: string | null;
  /** Milliseconds of one execution, the median; null where it was not measured. */
  readonly ms: readonly [number | null, number | null];
  /** How often each side was executed. */
  readonly counts: readonly [number, number];
}

export interface StatementComparison {
  readonly rows: readonly StatementRow[];
  /** Milliseconds in all statements that were measured on both sides, each counted once; null where none was. */
  readonly ms: readonly [number, number] | null;
  /** The times are those of later runs; else of the first, with all that a first run has to prepare. */
  readonly warm: boolean;
}
