// Use case: everything about one file on one page.
import { overallVerdict, verdictText } from '../core/compare/index.ts';
import type { ReportData } from '../shared/report.ts';
import manifest from '../../package.json' with { type: 'json' };
import { check } from './check.ts';
import { convert, type ConvertOptions } from './convert.ts';
import { pageOf } from './reportPage.ts';
import { programPath } from './analysis.ts';
import { programText, run, type RunOutcome } from './run.ts';

export interface ReportOptions extends ConvertOptions {
  readonly progress?: (step: string) => void;
}

/** Gathers the page's data. The program that runs is the file's own text, or the converted one where that isn't Python. */
export async function reportData(file: string, name: string, options: ReportOptions = {}): Promise<ReportData> {
  // The page shows the program of a notebook, not its JSON.
  const [text, path] = [programText(file, name), programPath(name)];
  options.progress?.('Checking');
  const { diagnostics } = await check(text, path);
  options.progress?.('Converting and verifying');
  const { verification, versions, comparison, ...conversion } = await convert(text, path, {
    ...options,
    statements: true,
  });
  options.progress?.('Running');
  const outcome = await run({ path, source: text, lines: true, trace: true, ...options });
  const broken = outcome.error?.type === 'SyntaxError' && conversion.source !== text;
  const second = broken
    ? await run({ path, source: conversion.source, lines: true, trace: true, ...options })
    : outcome;
  const verdict = overallVerdict({ verification, units: conversion.units });
  const noVersions = { numpy: '?', tensorflow: null };
  return {
    title: name.split(/[\\/]/).at(-1) ?? name,
    path: name.split(/[\\/]/).at(-1) ?? name,
    source: text,
    findings: diagnostics,
    conversion,
    verification: verdict && { verdict, text: verdictText(verdict, versions ?? noVersions) },
    ...(comparison ? { comparison } : {}),
    run: { ...second, status: resultStatus(second) },
    made: { at: Date.now(), version: manifest.version },
  };
}

export const resultStatus = ({ status }: RunOutcome): 'ok' | 'error' | 'timeout' =>
  status === 'ok' || status === 'timeout' ? status : 'error';

export async function report(text: string, path: string, options: ReportOptions = {}): Promise<string> {
  return pageOf([await reportData(text, path, options)]);
}
