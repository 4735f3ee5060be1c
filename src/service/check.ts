// Use case: the findings of texts, and what inlay hints show.
import { check as findingsOf } from '../core/check/index.ts';
import { quickFixes } from '../core/convert/index.ts';
import type { Finding, InferredValue } from '../shared/findings.ts';
import { openDocument } from './analysis.ts';

export interface CheckedFile {
  readonly path: string;
  readonly diagnostics: readonly Finding[];
  readonly values: readonly InferredValue[];
}

/** `path` decides whether the text is a notebook; nothing is read from disk. */
export async function check(text: string, path: string): Promise<CheckedFile> {
  const { analysis } = await openDocument(text, path);
  const { findings, values } = findingsOf(analysis, quickFixes);
  return { path, diagnostics: findings, values };
}
