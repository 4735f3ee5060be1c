// From what two programs did to a verdict: which differences count, and how it is said. The programs themselves run elsewhere.
import type { Origin, Verification } from '../../shared/findings.ts';
import { edges, isNamed, type EdgeCase } from './edges.ts';
import type { RanStatement } from './statements.ts';

/** One compared value, as `runtime/python/tensorlift/verify` reports it. */
export interface ComparedValue {
  readonly name: string;
  readonly dtypes?: readonly [string, string];
  readonly shapes?: readonly [readonly number[], readonly number[]];
  readonly maxAbs?: number;
  readonly maxRel?: number;
  readonly problem?: string;
}
export interface ProgramError {
  readonly type: string;
  readonly message: string;
  readonly line: number | null;
}
/** One call of both functions. */
export interface ComparedInput {
  readonly origin: Exclude<Origin, 'run'>;
  /** Of samples. */
  readonly case?: 'normal' | EdgeCase;
  /** The exception of the original; where the converted function raised another, or none, a row says so. */
  readonly raised: string | null;
  readonly rows: readonly ComparedValue[];
}
export interface ComparedFunction {
  readonly name: string;
  readonly inputs: readonly ComparedInput[];
  readonly gradient: 'checked' | 'not-differentiable' | 'not-run';
  /** A text says why the gradient could not be taken. */
  readonly gradientMaxRel: number | string | null;
}
/** An example in a docstring whose output, in the original, is not what it expects. Lines count from 1. */
export interface FailedDoctest {
  readonly name: string;
  readonly line: number;
  readonly want: string;
  readonly got: string;
}
export interface Comparison {
  readonly versions: { readonly numpy: string; readonly tensorflow: string | null };
  readonly errors: readonly [ProgramError | null, ProgramError | null];
  /** The first difference in what the programs print, if there is one. */
  readonly text: string | null;
  /** How many lines the original printed. */
  readonly lines: number;
  readonly values: readonly ComparedValue[];
  readonly functions: readonly ComparedFunction[];
  readonly doctests: readonly FailedDoctest[];
  /** As many as the request has rows. */
  readonly statements?: readonly RanStatement[];
  /** The times of statements are those of a second run. */
  readonly warm?: boolean;
}

/** Largest error relative to the largest magnitude in the array that a reordered sum may make. Integers and booleans must be equal. */
const bounds: Readonly<Record<string, number>> = { float64: 1e-12, float32: 1e-5 };
/** Central differences with a step of 1e-5 have about ten good digits, curvature takes some. */
const gradientBound = 1e-5;

/** The first difference that counts, in words, or null. */
export function differenceOf(value: ComparedValue): string | null {
  if (value.problem !== undefined) return `${value.name}: ${value.problem}`;
  const [left, right] = value.dtypes ?? ['float64', 'float64'];
  const bound = Math.max(bounds[left] ?? 0, bounds[right] ?? 0);
  const error = value.maxRel ?? 0;
  return error > bound ? `${value.name} differs by ${error.toExponential(1)} relative to its largest value` : null;
}

export const where = (by: Verification['by'], versions: Comparison['versions']): string =>
  by === 'runtime'
    ? 'in the bundled runtime'
    : `on NumPy ${versions.numpy} and TensorFlow ${versions.tensorflow ?? '?'}`;

const worst = (values: readonly ComparedValue[], key: 'maxAbs' | 'maxRel'): number =>
  values.reduce((largest, value) => Math.max(largest, value[key] ?? 0), 0);

/** How an input differs and whether a note of a change names that; null where it agrees. */
function differenceAt(input: ComparedInput, notes: readonly string[]): { text: string; named: boolean } | null {
  const difference = input.rows.map(differenceOf).find(text => text !== null);
  if (difference === undefined) return null;
  const edge = input.case === undefined || input.case === 'normal' ? null : input.case;
  return {
    text: `${difference}${edge === null ? (input.origin === 'last' ? ' (called as in the last run)' : '') : ` (for ${edges[edge].words})`}`,
    named: edge !== null && isNamed(edge, notes),
  };
}

/**
 * The verdict on one function: called on the inputs that there are. `notes` are what its changes say of themselves: a difference
 * on an edge case that one of them names is told, and is no failure.
 */
export function functionVerdict(
  compared: ComparedFunction,
  by: Verification['by'],
  notes: readonly string[] = [],
): Verification {
  const { inputs, gradientMaxRel } = compared;
  const judged = inputs.map(input => ({ ...input, difference: differenceAt(input, notes) }));
  const agreeing = judged.filter(({ difference }) => difference === null);
  const rows = agreeing.flatMap(input => input.rows);
  const named = judged.flatMap(({ difference }) => (difference?.named ? [difference.text] : []));
  const base = {
    by,
    inputs: agreeing.length,
    origins: countOrigins(agreeing.map(({ origin }) => origin)),
    maxAbs: worst(rows, 'maxAbs'),
    maxRel: worst(rows, 'maxRel'),
    gradient: compared.gradient,
    ...(named.length > 0 ? { named } : {}),
  };
  const bad = judged.find(({ difference }) => difference?.named === false)?.difference;
  if (bad) {
    const all = worstOf(judged);
    return {
      ...base,
      ...all,
      inputs: inputs.length,
      origins: countOrigins(inputs.map(({ origin }) => origin)),
      status: 'differs',
      reason: bad.text,
    };
  }
  if (inputs.length === 0)
    return { ...base, status: 'not-run', reason: 'the file has no call of it and its arguments have no known shape' };
  if (agreeing.every(({ raised }) => raised !== null)) {
    const raised = [...new Set(judged.flatMap(input => input.raised ?? []))].join(', ');
    return { ...base, status: 'not-run', reason: `on every input that was tried the original raises ${raised}` };
  }
  if (compared.gradient === 'checked' && typeof gradientMaxRel === 'number' && gradientMaxRel > gradientBound)
    return {
      ...base,
      status: 'differs',
      reason: `the gradient differs from central differences by ${gradientMaxRel.toExponential(1)}`,
    };
  return { ...base, status: 'verified' };
}

const worstOf = (inputs: readonly ComparedInput[]): { maxAbs: number; maxRel: number } => {
  const rows = inputs.flatMap(input => input.rows);
  return { maxAbs: worst(rows, 'maxAbs'), maxRel: worst(rows, 'maxRel') };
};

function countOrigins(list: readonly Origin[]): Partial<Record<Origin, number>> {
  const counts: Partial<Record<Origin, number>> = {};
  for (const origin of list) counts[origin] = (counts[origin] ?? 0) + 1;
  return counts;
}

/** The verdict on two whole programs: how they ended, what they printed, their module-level arrays. */
export function programVerdict(comparison: Comparison, by: Verification['by']): Verification {
  const { errors, values, text, doctests } = comparison;
  const base = {
    by,
    inputs: 1,
    origins: { run: 1 },
    ...(doctests.length > 0 ? { doctests: doctests.map(doctestText) } : {}),
    maxAbs: worst(values, 'maxAbs'),
    maxRel: worst(values, 'maxRel'),
    gradient: 'not-run' as const,
  };
  const [left, right] = errors;
  const said = (error: ProgramError) =>
    `${error.type}: ${error.message}${error.line === null ? '' : ` (line ${error.line})`}`;
  if (left) return { ...base, status: 'failed', reason: `the original raises ${said(left)}` };
  if (right) return { ...base, status: 'failed', reason: `the converted program raises ${said(right)}` };
  const difference = values.map(differenceOf).find(found => found !== null) ?? text;
  return difference ? { ...base, status: 'differs', reason: difference } : { ...base, status: 'verified' };
}

const doctestText = ({ name, line, want, got }: FailedDoctest): string =>
  `its doctest${name === '' ? '' : ` of ${name}`} (line ${line}) expects: ${want}; it gives ${got}`;

/** One of them, and several. */
const originWords: Readonly<Record<Origin, readonly [string, string]>> = {
  run: ['run of the file', 'runs of the file'],
  call: ['call', 'calls'],
  doctest: ['doctest', 'doctests'],
  last: ['call of the last run', 'calls of the last run'],
  sample: ['sample', 'samples'],
};

/** "6 inputs (2 calls, 1 doctest, 3 samples)". */
export function inputsText({ inputs, origins }: Verification): string {
  const all = inputs === 1 ? '1 input' : `${inputs} inputs`;
  const parts = Object.entries(originWords).flatMap(([origin, [one, several]]) => {
    const count = origins?.[origin as Origin] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  return parts.length === 0 || (parts.length === 1 && origins?.run === 1) ? all : `${all} (${parts.join(', ')})`;
}

/** "agrees on 6 inputs (2 calls, 1 doctest, 3 samples) in the bundled runtime" and its opposites. */
export function verdictText(verification: Verification, versions: Comparison['versions']): string {
  const place = where(verification.by, versions);
  const error = verification.maxAbs > 0 ? `, largest difference ${verification.maxAbs.toExponential(1)}` : '';
  const gradient = verification.gradient === 'checked' ? ', gradient checked by central differences' : '';
  const named = verification.named?.length ?? 0;
  const noted = named === 0 ? '' : `, differs on ${named} edge ${named === 1 ? 'case' : 'cases'} that a note names`;
  const [doctest] = verification.doctests ?? [];
  const witness = doctest === undefined ? '' : `; the original does not do what ${doctest}`;
  switch (verification.status) {
    case 'verified':
      return `agrees on ${inputsText(verification)} ${place}${error}${gradient}${noted}${witness}`;
    case 'differs':
      return `differs ${place}: ${verification.reason ?? 'unknown'}`;
    case 'failed':
      return `could not be compared ${place}: ${verification.reason ?? 'unknown'}`;
    case 'not-run':
      return `not run: ${verification.reason ?? 'unknown'}`;
  }
}
