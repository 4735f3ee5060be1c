import type { Finding } from '../../shared/findings.ts';
import type { Analysis } from '../infer/types.ts';
export function quickFixes(_analysis: Analysis): readonly Finding[] { return []; }
