// A program as it is open: one Python document, or the code cells of a notebook one after another. Translates positions both ways.
import * as vscode from 'vscode';
import type { Position, Range, TextEdit } from '../shared/positions.ts';
import { liftedScheme, notebookType } from './contributions/ids.ts';

/** A document of the program, and the line of the program where it begins. */
export interface Part {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly firstLine: number;
  readonly lines: number;
}

/** A snapshot: texts and versions as they were when it was taken. */
export interface OpenProgram {
  /** The file, or the notebook (never a cell). */
  readonly uri: vscode.Uri;
  readonly notebook: vscode.NotebookDocument | null;
  readonly parts: readonly Part[];
  /** Python text; of a notebook, its code cells with a line break between them. */
  readonly text: string;
  /** Name and text as the service takes them: a notebook comes as a notebook file with these cells. */
  readonly path: string;
  readonly source: string;
}

const isPython = (document: vscode.TextDocument): boolean => document.languageId === 'python';

/** The notebook that a cell belongs to. */
export const notebookOf = (document: vscode.TextDocument): vscode.NotebookDocument | null =>
  document.uri.scheme === 'vscode-notebook-cell'
    ? (vscode.workspace.notebookDocuments.find(
        notebook =>
          notebook.notebookType === notebookType && notebook.getCells().some(cell => cell.document === document),
      ) ?? null)
    : null;

/** Cells of other notebooks, left sides of differences, lifted code that nobody has accepted yet. */
const foreign: ReadonlySet<string> = new Set(['vscode-notebook-cell', 'git', liftedScheme]);

/** The program that a document is, or is part of; null for what is not ours: other languages, diffs' left sides, output. */
export function programOf(document: vscode.TextDocument): OpenProgram | null {
  if (!isPython(document)) return null;
  const notebook = notebookOf(document);
  if (notebook) return notebookProgram(notebook);
  if (foreign.has(document.uri.scheme)) return null;
  const part = { document, version: document.version, firstLine: 0, lines: document.lineCount };
  const text = document.getText();
  return { uri: document.uri, notebook: null, parts: [part], text, path: pathOf(document.uri, '.py'), source: text };
}

export function notebookProgram(notebook: vscode.NotebookDocument): OpenProgram {
  const cells = notebook
    .getCells()
    .filter(cell => cell.kind === vscode.NotebookCellKind.Code && isPython(cell.document));
  const parts: Part[] = [];
  let firstLine = 0;
  for (const { document } of cells) {
    parts.push({ document, version: document.version, firstLine, lines: document.lineCount });
    firstLine += document.lineCount;
  }
  const texts = cells.map(cell => cell.document.getText());
  return {
    uri: notebook.uri,
    notebook,
    parts,
    text: texts.map(text => `${text}\n`).join(''),
    path: pathOf(notebook.uri, '.ipynb'),
    source: JSON.stringify({ cells: texts.map(source => ({ cell_type: 'code', source })) }),
  };
}

/** A path on disk, or one that stands for a document that has none. */
function pathOf(uri: vscode.Uri, ending: string): string {
  if (uri.scheme === 'file' || uri.scheme === 'vscode-remote') return uri.fsPath;
  return uri.path.endsWith(ending) ? uri.path : `${uri.path}${ending}`;
}

/** Where a line of the program is. */
export function partAt(program: OpenProgram, line: number): Part | null {
  return program.parts.findLast(part => part.firstLine <= line) ?? null;
}

export interface Place {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** A range of the program in the document that shows it. */
export function placeOf(program: OpenProgram, range: Range): Place | null {
  const part = partAt(program, range.start.line);
  if (!part) return null;
  const at = ({ line, character }: Position) => new vscode.Position(Math.max(0, line - part.firstLine), character);
  return { document: part.document, range: new vscode.Range(at(range.start), at(range.end)) };
}

/** The position in the program of a position in one of its documents. */
export function programPosition(
  program: OpenProgram,
  document: vscode.TextDocument,
  position: vscode.Position,
): Position | null {
  const part = program.parts.find(each => each.document === document);
  return part ? { line: position.line + part.firstLine, character: position.character } : null;
}

/** Whether no document of the program changed since the snapshot. */
export const isCurrent = (program: OpenProgram): boolean =>
  program.parts.every(part => part.document.version === part.version && !part.document.isClosed) &&
  (program.notebook === null || notebookProgram(program.notebook).parts.length === program.parts.length);

/** Edits of the program as edits of its documents. */
export function workspaceEdit(
  program: OpenProgram,
  edits: readonly TextEdit[],
  metadata?: vscode.WorkspaceEditEntryMetadata,
): vscode.WorkspaceEdit {
  const made = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    const place = placeOf(program, range);
    if (place) made.replace(place.document.uri, place.range, newText, metadata);
  }
  return made;
}

/** All programs that are open in this window, notebooks once. */
export function openPrograms(): readonly OpenProgram[] {
  const files = vscode.workspace.textDocuments.filter(document => document.uri.scheme !== 'vscode-notebook-cell');
  const notebooks = vscode.workspace.notebookDocuments.filter(notebook => notebook.notebookType === notebookType);
  return [...files.map(programOf).filter(program => program !== null), ...notebooks.map(notebookProgram)];
}
