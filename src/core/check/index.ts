// The findings of a program: hazards, Session-era code, and what the conversion offers, in one list; and its inferred values.
import type { Finding, InferredValue } from '../../shared/findings.ts';
import type { Position } from '../../shared/positions.ts';
import type { Analysis } from '../infer/types.ts';
import { hazardFindings } from '../hazards/index.ts';
import { isIgnored } from '../syntax/index.ts';
import { sessionFindings } from './session.ts';
import { inferredValues } from './values.ts';

export { inferredValues } from './values.ts';
export { sessionFindings, sessionRules } from './session.ts';

/** Where findings come from that this room does not make: the conversion's hints and fixes. */
export type FindingSource = (analysis: Analysis) => readonly Finding[];

export interface Checked {
  readonly findings: readonly Finding[];
  readonly values: readonly InferredValue[];
}

/**
 * All findings in the order of the text, without those that comments switch off. A finding of another source under the
 * same rule and place as one of ours brings its fixes to it.
 */
export function check(analysis: Analysis, ...sources: readonly FindingSource[]): Checked {
  const found = [
    ...hazardFindings(analysis),
    ...sessionFindings(analysis),
    ...sources.flatMap(source => source(analysis)),
  ];
  const byPlace = new Map<string, Finding>();
  for (const finding of found) {
    const { start } = finding.range;
    const key = `${finding.rule}@${start.line}:${start.character}`;
    const known = byPlace.get(key);
    byPlace.set(key, known ? { ...known, fixes: [...known.fixes, ...finding.fixes] } : finding);
  }
  const { ignores } = analysis.program;
  const findings = [...byPlace.values()]
    .filter(({ rule, range }) => !isIgnored(ignores, range.start.line, rule))
    .sort((a, b) => order(a.range.start, b.range.start) || (a.rule < b.rule ? -1 : 1));
  return { findings, values: inferredValues(analysis) };
}

const order = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;
