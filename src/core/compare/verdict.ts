// From what two programs did to a verdict: which differences count, and how it is said. The programs themselves run elsewhere.
import type { Verification } from '../../shared/findings.ts';

/** One compared value, as `runtime/python/tensorlift/verify.py` reports it. */
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
export interface ComparedFunction {
  readonly name: string;
  readonly inputs: number;
  readonly rows: readonly ComparedValue[];
  readonly gradient: 'checked' | 'not-differentiable' | 'not-run';
  /** A text says why the gradient could not be taken. */
  readonly gradientMaxRel: number | string | null;
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

/** The verdict on one function: called on the recorded and sampled inputs. */
export function functionVerdict(compared: ComparedFunction, by: Verification['by']): Verification {
  const base = {
    by,
    inputs: compared.inputs,
    maxAbs: worst(compared.rows, 'maxAbs'),
    maxRel: worst(compared.rows, 'maxRel'),
    gradient: compared.gradient,
  };
  const difference = compared.rows.map(differenceOf).find(text => text !== null);
  if (difference) return { ...base, status: 'differs', reason: difference };
  if (compared.inputs === 0)
    return { ...base, status: 'not-run', reason: 'the file has no call of it and its arguments have no known shape' };
  const { gradientMaxRel } = compared;
  if (compared.gradient === 'checked' && typeof gradientMaxRel === 'number' && gradientMaxRel > gradientBound)
    return {
      ...base,
      status: 'differs',
      reason: `the gradient differs from central differences by ${gradientMaxRel.toExponential(1)}`,
    };
  return { ...base, status: 'verified' };
}

/** The verdict on two whole programs: how they ended, what they printed, their module-level arrays. */
export function programVerdict(comparison: Comparison, by: Verification['by']): Verification {
  const { errors, values, text } = comparison;
  const base = {
    by,
    inputs: 1,
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

/** "agrees on 12 inputs in the bundled runtime" and its opposites. */
export function verdictText(verification: Verification, versions: Comparison['versions']): string {
  const place = where(verification.by, versions);
  const inputs = verification.inputs === 1 ? '1 input' : `${verification.inputs} inputs`;
  const error = verification.maxAbs > 0 ? `, largest difference ${verification.maxAbs.toExponential(1)}` : '';
  const gradient = verification.gradient === 'checked' ? ', gradient checked by central differences' : '';
  switch (verification.status) {
    case 'verified':
      return `agrees on ${inputs} ${place}${error}${gradient}`;
    case 'differs':
      return `differs ${place}: ${verification.reason ?? 'unknown'}`;
    case 'failed':
      return `could not be compared ${place}: ${verification.reason ?? 'unknown'}`;
    case 'not-run':
      return `not run: ${verification.reason ?? 'unknown'}`;
  }
}
