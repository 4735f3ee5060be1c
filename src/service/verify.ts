// Use case: two files that should do the same.
import { programVerdict, verdictText, type Comparison } from '../core/compare/index.ts';
import type { Verification } from '../shared/findings.ts';
import { programPath } from './analysis.ts';
import { compare, type CompareOptions } from './compare.ts';
import { programText } from './run.ts';

/** For front ends: how many inputs, and where they came from. */
export { inputsText } from '../core/compare/index.ts';

export interface Verified {
  readonly verdict: Verification;
  readonly text: string;
  readonly comparison: Comparison;
}

/** `filename` is absolute: data and modules beside it can be read. Two notebooks are compared by their code cells. */
export async function verify(
  original: string,
  converted: string,
  filename: string,
  options: CompareOptions = {},
): Promise<Verified> {
  const request = {
    filename: programPath(filename),
    original: programText(original, filename),
    converted: programText(converted, filename),
    functions: [],
    strict: true,
  };
  const comparison = await compare(request, options);
  const verdict = programVerdict(comparison, options.python === undefined ? 'runtime' : 'python');
  return { verdict, text: verdictText(verdict, comparison.versions), comparison };
}
