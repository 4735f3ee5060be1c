// Run File, Selection, Statement, Function, Cell; Cancel; Restart.
import * as vscode from 'vscode';
import { cellAt, cellLines } from '../cells.ts';
import type { LensTarget } from '../codeLens.ts';
import type { Features } from '../features.ts';
import { notebookProgram, programOf, programPosition, type OpenProgram } from '../programs.ts';
import { setting } from '../settings.ts';
import { registerKernelMessages } from './kernelMessages.ts';
import { registerRunFunction, type RunFunction } from './runFunction.ts';
import { Runner } from './runner.ts';

export function registerRunCommands(features: Features): vscode.Disposable {
  const { runs, command, analyses } = features;
  const runner = new Runner(features);
  const runFunction = registerRunFunction(features, runner);
  return vscode.Disposable.from(
    runFunction,
    registerKernelMessages(features),
    command('tensorlift.runFile', (target?: unknown) => runner.file(programFor(target))),
    command('tensorlift.runSelection', () => runSelection(runner, runFunction)),
    command('tensorlift.runCell', (target?: unknown) => runCell(runner, target)),
    command('tensorlift.cancelRun', () => runs.cancel()),
    command('tensorlift.restartKernel', async () => {
      await runs.restart();
      vscode.window.setStatusBarMessage('Tensorlift: the kernel was restarted.', 5000);
    }),
    analyses.onDidAnalyse(({ outline, program }) => {
      if (outline.relevant && vscode.workspace.isTrusted && setting('tensorlift.run.standby') && isShown(program))
        runs.warm(program);
    }),
  );
}

/** A file that somebody looks at, not one that was opened on the way. */
const isShown = (program: OpenProgram): boolean =>
  vscode.window.visibleTextEditors.some(editor => program.parts.some(part => part.document === editor.document));

/** The program that a command was given (a file's address, a notebook's cell or editor), else that of the active editor. */
export function programFor(target?: unknown): OpenProgram {
  const uri = target instanceof vscode.Uri ? target : null;
  const documents = vscode.workspace.textDocuments;
  const notebooks = vscode.workspace.notebookDocuments;
  const notebook =
    (uri && notebooks.find(each => each.uri.toString() === uri.toString())) ??
    (uri ? undefined : vscode.window.activeNotebookEditor?.notebook);
  const document = uri
    ? documents.find(each => each.uri.toString() === uri.toString())
    : vscode.window.activeTextEditor?.document;
  const program = notebook ? notebookProgram(notebook) : document && programOf(document);
  if (!program) throw new Error('Open a Python file or a notebook first.');
  return program;
}

async function runSelection(runner: Runner, runFunction: RunFunction): Promise<unknown> {
  const editor = vscode.window.activeTextEditor;
  const program = editor && programOf(editor.document);
  if (!program) throw new Error('Put the cursor into a Python file first.');
  const { selection, document } = editor;
  const start = programPosition(program, document, selection.start);
  const end = programPosition(program, document, selection.end);
  if (!start || !end) return null;
  const answer = await runner.part(program, { kind: 'selection', range: { start, end } });
  if (!answer || 'program' in answer) return answer;
  if (answer.kind === 'function') return runFunction.run(program, answer.function, { quiet: true });
  vscode.window.setStatusBarMessage(`Tensorlift: ${answer.reason}`, 5000);
  return answer;
}

/** A cell of a notebook (from its toolbar), the lines of a lens, or the `# %%` cell at the cursor. */
async function runCell(runner: Runner, target: unknown): Promise<unknown> {
  const { program, first, end } = cellOf(target);
  const answer = await runner.part(program, { kind: 'lines', first, end });
  if (answer && 'reason' in answer) vscode.window.setStatusBarMessage(`Tensorlift: ${answer.reason}`, 5000);
  return answer;
}

interface Lines {
  readonly program: OpenProgram;
  readonly first: number;
  readonly end: number;
}

function cellOf(target: unknown): Lines {
  if (isNotebookCell(target)) return ofDocument(notebookProgram(target.notebook), target.document);
  if (isLensTarget(target)) {
    const program = programFor(vscode.Uri.parse(String(target.uri)));
    const lines = cellLines(program, target.cell);
    if (!lines) throw new Error('This cell is gone.');
    return { program, ...lines };
  }
  const program = programFor();
  const notebook = vscode.window.activeNotebookEditor;
  if (program.notebook && notebook)
    return ofDocument(program, notebook.notebook.cellAt(notebook.selection.start).document);
  return markedCell(program, vscode.window.activeTextEditor?.selection.active.line ?? 0);
}

function ofDocument(program: OpenProgram, document: vscode.TextDocument): Lines {
  const part = program.parts.find(each => each.document === document);
  if (!part) throw new Error('This cell holds no Python code.');
  return { program, first: part.firstLine, end: part.firstLine + part.lines };
}

/** The cell around a line of a file that is divided by `# %%`; the whole file where it is not. */
function markedCell(program: OpenProgram, line: number): Lines {
  const cell = cellAt(program, line);
  const lines = cell === null ? null : cellLines(program, cell);
  return { program, ...(lines ?? { first: 0, end: program.text.split('\n').length }) };
}

const isNotebookCell = (value: unknown): value is vscode.NotebookCell =>
  typeof value === 'object' && value !== null && 'notebook' in value && 'document' in value;
const isLensTarget = (value: unknown): value is LensTarget & { readonly cell: number } =>
  typeof value === 'object' && value !== null && 'uri' in value && 'cell' in value && typeof value.cell === 'number';
