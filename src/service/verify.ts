// Use case: two files that should do the same.
import { programVerdict, verdictText, type Comparison } from '../core/compare/index.ts';
import type { Verification } from '../shared/findings.ts';
import { compare, type CompareOptions } from './compare.ts';

export interface Verified {
  readonly verdict: Verification;
  readonly text: string;
  readonly comparison: Comparison;
}

/** `filename` is absolute: data and modules beside it can be read. */
export async function verify(
  original: string,
  converted: string,
  filename: string,
  options: CompareOptions = {},
): Promise<Verified> {
  const comparison = await compare({ filename, original, converted, functions: [], strict: true }, options);
  const verdict = programVerdict(comparison, options.python === undefined ? 'runtime' : 'python');
  return { verdict, text: verdictText(verdict, comparison.versions), comparison };
}
