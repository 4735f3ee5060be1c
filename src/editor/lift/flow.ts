// Lifting a file or a function: conversion and verification with progress, then the preview that the settings ask for.
import * as vscode from 'vscode';
import type { Converted } from '../../service/convert.ts';
import { overallVerdict } from '../../core/compare/index.ts';
import { applyEdits } from '../../core/syntax/index.ts';
import type { Verification } from '../../shared/findings.ts';
import type { CellLines } from '../cells.ts';
import type { Features } from '../features.ts';
import { isCurrent, placeOf, workspaceEdit, type OpenProgram } from '../programs.ts';
import { setting } from '../settings.ts';
import { currentProgram, verifyOptions, whyNotVerified } from './checks.ts';
import { lineNotes, meets } from './edits.ts';
import { whyNothing } from './nothing.ts';
import type { Lift, LiftRequest, Proposal, Proposals } from './proposals.ts';
import { liftReport } from './report.ts';
import { diffTitle, disagrees, headline, levelWord, shortened, verdictWords } from './titles.ts';

export const nameOf = ({ uri }: OpenProgram): string => uri.path.split('/').at(-1) ?? uri.path;
const notRun = (reason: string): Verification => ({
  status: 'not-run',
  by: 'runtime',
  inputs: 0,
  maxAbs: 0,
  maxRel: 0,
  gradient: 'not-run',
  reason,
});

/** Converts and verifies. Null where the user cancelled, or was told why there is nothing to show. */
export async function makeLift(
  { service, runs, shown: panel }: Features,
  program: OpenProgram,
  request: LiftRequest,
): Promise<Lift | null> {
  const { only, cell } = request;
  const part = cell?.name ?? (only === null ? null : `\`${only}\``);
  const lines = cell?.linesIn(program);
  if (lines === null) throw new Error('This cell is gone.');
  const options = {
    statements: true,
    level: setting('tensorlift.convert.level', program.uri),
    dtypes: setting('tensorlift.convert.dtypes', program.uri),
    ...(only === null ? {} : { function: only }),
    ...(lines ? { part: lines } : {}),
  };
  const skipped = whyNotVerified(program);
  const last = skipped === null ? await runs.calls(program.uri.toString()).catch(() => null) : null;
  const converted = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Lifting ${part ?? nameOf(program)}…`, cancellable: true },
    async (_progress, token): Promise<Converted | null> => {
      const control = new AbortController();
      const cancelled = new Promise<null>(resolve =>
        token.onCancellationRequested(() => {
          control.abort();
          resolve(null);
        }),
      );
      const { python } = request;
      const made =
        skipped === null
          ? service.call(
              'convert',
              [
                program.source,
                program.path,
                {
                  ...options,
                  ...verifyOptions(program),
                  ...(last === null ? {} : { last }),
                  ...(python === undefined ? {} : { python }),
                },
              ],
              control.signal,
            )
          : service.call('rewrite', [program.source, program.path, options]);
      made.catch(() => undefined);
      return Promise.race([made, cancelled]);
    },
  );
  if (!converted || tellNothing(program, request, lines ?? null, converted)) return null;
  const verdict = skipped === null ? overallVerdict(converted) : notRun(skipped);
  const shown = verdict ?? notRun('nothing had to be run');
  const words = verdictWords(shown, converted.versions);
  const { verification: _verification, versions: _versions, comparison, ...conversion } = converted;
  const verification = verdict && { verdict, text: words };
  panel.prove(program.text, { conversion, verification, ...(comparison ? { comparison } : {}) });
  return {
    program,
    request,
    converted,
    text: applyEdits(program.text, converted.edits),
    verdict: shown,
    words,
    notes: lineNotes(program.text, converted.edits, converted.changes),
  };
}

/** Says why a conversion came to nothing; false where it came to something. */
function tellNothing(
  program: OpenProgram,
  { only, cell }: LiftRequest,
  lines: CellLines | null,
  converted: Converted,
): boolean {
  const nothing = whyNothing(nameOf(program), only, converted, cell && lines ? { name: cell.name, ...lines } : null);
  if (nothing?.line === null) void vscode.window.showInformationMessage(nothing.message);
  else if (nothing) void tell(nothing.message, program, nothing.line);
  return nothing !== null;
}

async function tell(message: string, program: OpenProgram, line: number): Promise<void> {
  if ((await vscode.window.showInformationMessage(message, 'Go to Line')) === undefined) return;
  const place = placeOf(program, { start: { line, character: 0 }, end: { line, character: 0 } });
  if (place) await vscode.window.showTextDocument(place.document, { selection: place.range });
}

/** Shows a lift as the settings say. */
export async function preview(lift: Lift, proposals: Proposals): Promise<void> {
  switch (setting('tensorlift.convert.preview', lift.program.uri)) {
    case 'diff':
      return openDiff(lift, proposals);
    case 'refactor':
      await vscode.workspace.applyEdit(confirmed(lift), { isRefactoring: true });
      return;
    case 'none':
      if (disagrees(lift.verdict.status) && !(await insist(lift, 'Show Difference', () => openDiff(lift, proposals))))
        return;
      if (await apply(lift)) vscode.window.setStatusBarMessage(headline(lift.verdict, lift.words), 10_000);
  }
}

export async function openDiff(lift: Lift, proposals: Proposals): Promise<void> {
  const { program, request, verdict } = lift;
  const editor = vscode.window.activeTextEditor;
  const inside = editor && program.parts.some(part => part.document === editor.document);
  const page = liftReport(nameOf(program), lift.converted, verdict, lift.words);
  const proposal = proposals.add(lift, page, inside ? editor.selection : null);
  const title = diffTitle(nameOf(program), request.cell?.name ?? request.only, verdict);
  await vscode.commands.executeCommand('vscode.diff', proposal.left, proposal.right, title, { preview: false });
}

/** Asks before something is applied whose two sides do not agree. */
async function insist(lift: Lift, other: string, instead: () => Promise<void>): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    `The lifted ${nameOf(lift.program)} ${lift.words}.`,
    { modal: other === '' },
    'Apply Anyway',
    ...(other === '' ? [] : [other]),
  );
  if (answer === other && other !== '') await instead();
  return answer === 'Apply Anyway';
}

/** The edits, each to be confirmed in the refactor preview under its level. */
export function confirmed({ program, converted }: Lift): vscode.WorkspaceEdit {
  const made = new vscode.WorkspaceEdit();
  for (const { range, newText } of converted.edits) {
    const place = placeOf(program, range);
    if (!place) continue;
    const change = converted.changes.find(each => meets(each.range, range));
    const label = change
      ? `${levelWord[change.level]} ${change.rule}${change.note === null ? '' : `: ${shortened(change.note, 80)}`}`
      : 'Imports and borders';
    const metadata = { needsConfirmation: true, label, description: shortened(newText, 80) };
    made.replace(place.document.uri, place.range, newText, metadata);
  }
  return made;
}

/** Puts the lifted code in place, in one step of undo. */
export async function apply({ program, converted }: Lift): Promise<boolean> {
  return vscode.workspace.applyEdit(workspaceEdit(program, converted.edits), { isRefactoring: true });
}

/** Accepts what a diff shows; a text that changed meanwhile is lifted again first. */
export async function accept(features: Features, proposals: Proposals, proposal: Proposal): Promise<void> {
  if (!isCurrent(proposal.program)) return again(features, proposals, proposal);
  if (disagrees(proposal.verdict.status) && !(await insist(proposal, '', () => Promise.resolve()))) return;
  const done = await apply(proposal);
  if (!done) throw new Error(`${nameOf(proposal.program)} could not be changed: is it read-only?`);
  await proposals.close(proposal);
  const [part] = proposal.program.parts;
  if (proposal.program.notebook) await vscode.window.showNotebookDocument(proposal.program.notebook);
  else if (part)
    await vscode.window.showTextDocument(part.document, {
      preview: false,
      ...(proposal.selection ? { selection: proposal.selection } : {}),
    });
}

async function again(features: Features, proposals: Proposals, proposal: Proposal): Promise<void> {
  const program = currentProgram(proposal.program);
  await proposals.close(proposal);
  if (!program) {
    void vscode.window.showInformationMessage(`${nameOf(proposal.program)} was closed; nothing was changed.`);
    return;
  }
  const lift = await makeLift(features, program, proposal.request);
  if (!lift) return;
  await openDiff(lift, proposals);
  void vscode.window.showInformationMessage(
    `${nameOf(program)} has changed since it was lifted. It was lifted again: look at the new difference.`,
  );
}
