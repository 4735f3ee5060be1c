// Use case: everything that an editor shows of a text while it is edited: findings, inferred values, functions, statements.
import { check as findingsOf } from '../core/check/index.ts';
import { offered, quickFixes } from '../core/convert/index.ts';
import { outline } from '../core/outline/index.ts';
import { readiness } from '../core/readiness/index.ts';
import type { Change, Finding, InferredValue } from '../shared/findings.ts';
import type { Outline } from '../shared/outline.ts';
import type { FunctionReadiness } from '../shared/readiness.ts';
import { openDocument } from './analysis.ts';

export interface Inspected {
  readonly findings: readonly Finding[];
  readonly values: readonly InferredValue[];
  readonly outline: Outline;
  readonly readiness: readonly FunctionReadiness[];
  /** What lifting the whole program would do. */
  readonly changes: readonly Change[];
}

/** `path` decides whether the text is a notebook; nothing is read from disk. Positions of notebooks are those of the program. */
export async function inspect(text: string, path: string): Promise<Inspected> {
  const { analysis } = await openDocument(text, path);
  return {
    ...findingsOf(analysis, quickFixes),
    outline: outline(analysis),
    readiness: readiness(analysis),
    changes: offered(analysis),
  };
}
