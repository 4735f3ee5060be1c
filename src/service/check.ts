// Use case: the findings of texts, what inlay hints show, and what each function bears.
import { check as findingsOf } from '../core/check/index.ts';
import { quickFixes } from '../core/convert/index.ts';
import { readiness } from '../core/readiness/index.ts';
import type { Finding, InferredValue } from '../shared/findings.ts';
import type { FunctionReadiness } from '../shared/readiness.ts';
import { openDocument } from './analysis.ts';

export interface CheckedFile {
  readonly path: string;
  readonly diagnostics: readonly Finding[];
  readonly values: readonly InferredValue[];
  readonly functions: readonly FunctionReadiness[];
}

/** `path` decides whether the text is a notebook; nothing is read from disk. */
export async function check(text: string, path: string): Promise<CheckedFile> {
  const { analysis } = await openDocument(text, path);
  const { findings, values } = findingsOf(analysis, quickFixes);
  return { path, diagnostics: findings, values, functions: readiness(analysis) };
}
