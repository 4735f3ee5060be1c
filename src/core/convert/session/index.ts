import type { Finding } from '../../../shared/findings.ts';
import type { Analysis } from '../../infer/types.ts';
import type { Lifter } from '../lifter.ts';
import type { Edit } from '../statements.ts';
export function sessionConversion(_lifter: Lifter): readonly Edit[] { return []; }
export function sessionFixes(_analysis: Analysis): readonly Finding[] { return []; }
