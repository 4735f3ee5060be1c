// What the page shows: one object, embedded in the report or sent to the panel.
import type { StatementComparison } from './comparison.ts';
import type { Conversion, Finding, Verification } from './findings.ts';
import type { RunResult } from './trace.ts';

export interface ReportData {
  readonly title: string;
  readonly path: string;
  readonly source: string;
  readonly findings: readonly Finding[];
  readonly conversion: Conversion | null;
  /** The verdict on the whole file, and in words. */
  readonly verification: { readonly verdict: Verification; readonly text: string } | null;
  /** Statement by statement; left out where nothing was lifted and compared. */
  readonly comparison?: StatementComparison;
  readonly run: RunResult | null;
  /** Milliseconds since the epoch, and the version that made the page. */
  readonly made: { readonly at: number; readonly version: string };
}
