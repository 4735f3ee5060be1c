// Lifting functions, cells and files: diff or refactor preview, with the verdict.
import * as vscode from 'vscode';
import { cellAt, cellLines } from './cells.ts';
import type { Features } from './features.ts';
import { openBeside } from './lift/beside.ts';
import { registerBanner } from './lift/banner.ts';
import { whyNotVerified } from './lift/checks.ts';
import { accept, makeLift, nameOf, openDiff, preview } from './lift/flow.ts';
import { chooseInterpreter } from './lift/interpreters.ts';
import { Proposals, type CellRequest, type Lift, type LiftRequest } from './lift/proposals.ts';
import { disagrees, headline } from './lift/titles.ts';
import { isCurrent, notebookProgram, programOf, programPosition, type OpenProgram } from './programs.ts';
import { setting } from './settings.ts';

/** What lenses, actions and hovers pass: a program and, perhaps, a function of it. */
export interface LiftTarget {
  readonly uri: vscode.Uri | string;
  readonly name?: string;
  /** Index of a cell, as in `cellLines`. */
  readonly cell?: number;
}
type Argument = LiftTarget | vscode.Uri | string | undefined;

export function registerLift(features: Features): vscode.Disposable {
  const proposals = new Proposals();
  let last: Lift | null = null;
  const make = async (program: OpenProgram, request: LiftRequest): Promise<Lift | null> => {
    const made = await makeLift(features, program, request);
    last = made ?? last;
    return made;
  };
  const lift = async (program: OpenProgram, request: LiftRequest): Promise<void> => {
    const made = await make(program, request);
    if (made) await preview(made, proposals);
  };
  const beside = async (target: Argument): Promise<void> => {
    const made = await make(await programAt(target), { only: null });
    if (!made) return;
    await openBeside(made);
    if (disagrees(made.verdict.status))
      void vscode.window.showWarningMessage(`The lifted ${nameOf(made.program)} ${made.words}.`);
    else vscode.window.setStatusBarMessage(headline(made.verdict, made.words), 10_000);
  };
  const proposal = (target: Argument) => {
    const found = proposals.of(uriOf(target));
    if (!found) throw new Error('There is no lifted code to decide on: lift a file or a function first.');
    return found;
  };
  return vscode.Disposable.from(
    proposals,
    registerBanner(proposals),
    features.command('tensorlift.liftFile', async (target?: Argument) =>
      setting('tensorlift.convert.target', uriOf(target)) === 'beside'
        ? beside(target)
        : lift(await programAt(target), { only: null }),
    ),
    features.command('tensorlift.liftFileBeside', beside),
    features.command('tensorlift.liftFunction', async (target?: Argument) => {
      const program = await programAt(target);
      const only = nameIn(target) ?? (await functionAtCursor(features, program));
      if (only === null) void vscode.window.showInformationMessage('Put the cursor into a function to lift it.');
      else await lift(program, { only });
    }),
    features.command('tensorlift.liftCell', async (target?: Argument) => {
      const program = await programAt(target);
      const cell = cellIn(program, target);
      await lift(program, { only: null, ...(cell ? { cell } : {}) });
    }),
    features.command('tensorlift.compare', async (target?: Argument) => {
      const program = await programAt(target);
      const reason = whyNotVerified(program);
      if (reason !== null) throw new Error(`Comparing runs both sides, and ${reason}.`);
      if (!features.shown.isCompared(program.text) && !(await make(program, { only: null }))) return;
      await features.shown.showComparison(program);
    }),
    features.command('tensorlift.openLiftDiff', async (target?: Argument) => {
      const program = await programAt(target);
      const isLast = last?.program.uri.toString() === program.uri.toString() && isCurrent(last.program);
      const found = isLast ? last : await make(program, { only: null });
      if (found) await openDiff(found, proposals);
    }),
    features.command('tensorlift.acceptLift', (target?: Argument) => accept(features, proposals, proposal(target))),
    features.command('tensorlift.discardLift', (target?: Argument) => proposals.close(proposal(target))),
    features.command('tensorlift.showLiftReport', (target?: Argument) =>
      vscode.commands.executeCommand('markdown.showPreviewToSide', proposal(target).report),
    ),
    features.command('tensorlift.verifyWithPython', async (target?: Argument) => {
      const before = proposals.of(uriOf(target)) ?? proposals.of();
      const program = before?.program ?? (await programAt(target));
      const python = await chooseInterpreter(program.uri);
      if (python === undefined) return;
      const made = await make(program, { ...(before?.request ?? { only: null }), python });
      if (!made) return;
      if (before) await proposals.close(before);
      await openDiff(made, proposals);
      const say = disagrees(made.verdict.status)
        ? vscode.window.showWarningMessage
        : vscode.window.showInformationMessage;
      void say(`The lifted ${nameOf(program)} ${made.words}.`);
    }),
  );
}

const isTarget = (value: Argument): value is LiftTarget =>
  typeof value === 'object' && !(value instanceof vscode.Uri) && 'uri' in value;
const nameIn = (value: Argument): string | null => (isTarget(value) ? (value.name ?? null) : null);
function uriOf(value: Argument): vscode.Uri | undefined {
  const uri = isTarget(value) ? value.uri : value;
  return typeof uri === 'string' ? vscode.Uri.parse(uri) : uri instanceof vscode.Uri ? uri : undefined;
}

/** The program that was named, else the one in front. */
async function programAt(target: Argument): Promise<OpenProgram> {
  const uri = uriOf(target);
  const front = vscode.window.activeTextEditor?.document;
  const notebooks = vscode.workspace.notebookDocuments;
  const notebook = uri
    ? notebooks.find(each => each.uri.toString() === uri.toString())
    : vscode.window.activeNotebookEditor?.notebook;
  if (notebook) return notebookProgram(notebook);
  const document = uri ? await vscode.workspace.openTextDocument(uri) : front;
  const program = document && programOf(document);
  if (!program) throw new Error('Open a Python file or a notebook first.');
  return program;
}

/** The cell that was named, else the one at the cursor; null in a file without cells, which is lifted whole, as Run Cell runs it. */
function cellIn(program: OpenProgram, target: Argument): CellRequest | null {
  const cell = isTarget(target) ? (target.cell ?? null) : cellAtCursor(program);
  if (cell === null) return null;
  const document = program.notebook ? program.parts[cell]?.document : undefined;
  if (!document) return { name: `cell ${cell + 1}`, linesIn: now => cellLines(now, cell) };
  // Cells before it may come and go meanwhile.
  const index = program.notebook?.getCells().findIndex(each => each.document === document) ?? cell;
  const linesIn = (now: OpenProgram) =>
    cellLines(
      now,
      now.parts.findIndex(part => part.document === document),
    );
  return { name: `cell ${index + 1}`, linesIn };
}

function cellAtCursor(program: OpenProgram): number | null {
  const notebook = vscode.window.activeNotebookEditor;
  if (program.notebook && notebook?.notebook === program.notebook) {
    const { document } = program.notebook.cellAt(notebook.selection.start);
    const at = program.parts.findIndex(part => part.document === document);
    return at < 0 ? null : at;
  }
  const editor = vscode.window.activeTextEditor;
  const position = editor && programPosition(program, editor.document, editor.selection.active);
  return position ? cellAt(program, position.line) : null;
}

/** The outermost function around the cursor. */
async function functionAtCursor({ analyses }: Features, program: OpenProgram): Promise<string | null> {
  const editor = vscode.window.activeTextEditor;
  const position = editor && programPosition(program, editor.document, editor.selection.active);
  if (!position) return null;
  const analysed = await analyses.currentOf(program);
  const found = analysed?.outline.functions.find(
    ({ kind, range }) => kind === 'function' && range.start.line <= position.line && position.line <= range.end.line,
  );
  return found?.name ?? null;
}
