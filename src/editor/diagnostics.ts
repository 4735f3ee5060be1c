// Findings as diagnostics: hints under what can be lifted (three dots, never in Problems), warnings where the meaning would change.
// VS Code moves them while the user types; they are replaced when the next analysis is there, and go when the document closes.
import * as vscode from 'vscode';
import { diagnosticSource } from './contributions/ids.ts';
import type { Finding, Level } from '../shared/findings.ts';
import type { Analysed } from './analyses.ts';
import type { Features } from './features.ts';
import { shownFindings, type Loudness, type Shown } from './lint.ts';
import { isCurrent, linesOf, placeOf, type Place } from './programs.ts';
import { rulePage } from './rulePages.ts';
import { onSetting, setting } from './settings.ts';

const severities: Readonly<Record<Loudness, vscode.DiagnosticSeverity>> = {
  hint: vscode.DiagnosticSeverity.Hint,
  information: vscode.DiagnosticSeverity.Information,
  warning: vscode.DiagnosticSeverity.Warning,
  error: vscode.DiagnosticSeverity.Error,
};
/** Code of TensorFlow 1 that TensorFlow 2 keeps for compatibility only: it is struck through. */
const deprecated: ReadonlySet<string> = new Set(['session', 'placeholder', 'variables-initializer', 'disable-eager']);

const made = new WeakMap<Analysed, { readonly key: string; readonly shown: readonly Shown[] }>();

/** The findings of an analysis as the settings want them shown. */
export function shownOf(analysed: Analysed): readonly Shown[] {
  const { findings, outline, program } = analysed;
  if (!setting('tensorlift.lint.enable', program.uri)) return [];
  const overrides = setting('tensorlift.lint.rules', program.uri);
  const key = JSON.stringify(overrides);
  const known = made.get(analysed);
  if (known?.key === key) return known.shown;
  const lines = linesOf(program);
  const shown = shownFindings(findings, outline.functions, overrides, line => lines[line] ?? '');
  made.set(analysed, { key, shown });
  return shown;
}

export function registerDiagnostics({ analyses, context }: Features): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  /** Program → the documents that have its diagnostics. */
  const documents = new Map<string, readonly vscode.Uri[]>();

  const show = (analysed: Analysed): void => {
    const { program } = analysed;
    // Of an older text: what is shown has been moved by VS Code, and the next analysis is on its way.
    if (!isCurrent(program)) return;
    const byDocument = new Map<string, vscode.Diagnostic[]>(
      program.parts.map(({ document }) => [document.uri.toString(), []]),
    );
    const hovers = setting('tensorlift.hover.enable', program.uri);
    for (const shown of loudest(shownOf(analysed))) {
      const place = placeOf(program, shown.range);
      if (place) byDocument.get(place.document.uri.toString())?.push(diagnosticOf(shown, place, hovers, context));
    }
    const key = program.uri.toString();
    for (const uri of documents.get(key) ?? []) if (!byDocument.has(uri.toString())) collection.delete(uri);
    const uris = program.parts.map(part => part.document.uri);
    documents.set(key, uris);
    for (const uri of uris) collection.set(uri, byDocument.get(uri.toString()));
  };
  const clear = (uri: vscode.Uri): void => {
    for (const each of documents.get(uri.toString()) ?? []) collection.delete(each);
    documents.delete(uri.toString());
  };
  const again = (): void => {
    for (const analysed of analyses.all()) show(analysed);
  };
  again();
  return vscode.Disposable.from(
    collection,
    analyses.onDidAnalyse(show),
    analyses.onDidClose(clear),
    onSetting(['tensorlift.lint.enable', 'tensorlift.lint.rules', 'tensorlift.hover.enable'], again),
  );
}

/** VS Code passes on no more of one file; of more it would say in Problems that some are left out. */
const most = 1000;
const loudness: readonly Loudness[] = ['error', 'warning', 'information', 'hint'];

function loudest(shown: readonly Shown[]): readonly Shown[] {
  if (shown.length <= most) return shown;
  return loudness.flatMap(each => shown.filter(one => one.loudness === each)).slice(0, most);
}

const levels: Readonly<Record<Level, string>> = { safe: 'Safe', review: 'Review', unsafe: 'Unsafe' };

/** One sentence: what our hover shows beside it is not said twice. */
function messageOf({ message, becomes, notes, fixes }: Finding, hovers: boolean): string {
  if (!hovers) return message;
  const [fix] = fixes;
  if (becomes !== undefined && fix) return `Can be lifted to TensorFlow · ${levels[fix.level]}`;
  return notes?.length ? message.replace(/ What differs: [^]*$/, '') : message;
}

function diagnosticOf(
  { finding, loudness }: Shown,
  { range }: Place,
  hovers: boolean,
  context: vscode.ExtensionContext,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, messageOf(finding, hovers), severities[loudness]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: finding.rule, target: rulePage(context.extensionUri, finding.rule) };
  if (deprecated.has(finding.name)) diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  return diagnostic;
}
