// What the panel shows of a run, as data: made from the record of the run and from what the analysis says. Knows no editor.
import type { StatementComparison } from '../../shared/comparison.ts';
import type { Conversion, Finding } from '../../shared/findings.ts';
import type { RunDone } from '../../shared/protocol.ts';
import type { ReportData } from '../../shared/report.ts';
import type { LineResult, RunResult } from '../../shared/trace.ts';

/** The part of a run's record that a report is made of. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly LineResult[];
  readonly startedAt: number;
  readonly done: RunDone | null;
}

export interface About {
  /** Path of the file, and its text as Python. */
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly conversion: Conversion | null;
  readonly verification: ReportData['verification'];
  readonly comparison?: StatementComparison;
  readonly version: string;
}

/** An interrupted run and one whose kernel died ended with an error, as the command line says it. */
export const statusOf = ({ status }: RunDone): RunResult['status'] =>
  status === 'ok' || status === 'timeout' ? status : 'error';

export const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

export function resultOf(ran: Ran): RunResult | null {
  if (!ran.done) return null;
  const { error, device, gradients, graph, ms } = ran.done;
  return {
    status: statusOf(ran.done),
    stdout: ran.stdout,
    stderr: ran.stderr,
    error,
    device,
    lines: ran.lines,
    gradients,
    graph,
    ms: { start: 0, run: ms },
  };
}

export function reportOf(ran: Ran, about: About): ReportData {
  return {
    title: nameOf(about.path),
    path: nameOf(about.path),
    source: about.text,
    findings: about.findings,
    conversion: about.conversion,
    verification: about.verification,
    ...(about.comparison ? { comparison: about.comparison } : {}),
    run: resultOf(ran),
    made: { at: ran.startedAt, version: about.version },
  };
}
