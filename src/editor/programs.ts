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

/** Schemes of documents that only show a text: the left side of a diff, output, lifted code before it is accepted. */
const shownOnly: ReadonlySet<string> = new Set([
  ...['git', 'gitfs', 'gitlens', 'pr', 'review', 'vscode-scm', 'conflictResolution', 'output', 'vscode-local-history'],
  liftedScheme,
]);

/** A Python file, or the cell of a notebook, that is somebody's own text. */
export const isOurs = (document: vscode.TextDocument): boolean =>
  isPython(document) &&
  !shownOnly.has(document.uri.scheme) &&
  (document.uri.scheme !== 'vscode-notebook-cell' || notebookOf(document) !== null);

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

/** The program that a document is, or is part of; null for what is not ours. */
export function programOf(document: vscode.TextDocument): OpenProgram | null {
  if (!isPython(document)) return null;
  const notebook = notebookOf(document);
  if (notebook) return notebookProgram(notebook);
  if (foreign.has(document.uri.scheme)) return null;
  const part = { document, version: document.version, firstLine: 0, lines: document.lineCount };
  const text = document.getText();
  return { uri: document.uri, notebook: null, parts: [part], text, path: pathOf(document.uri, '.py'), source: text };
}

const codeCells = (notebook: vscode.NotebookDocument): readonly vscode.NotebookCell[] =>
  notebook.getCells().filter(cell => cell.kind === vscode.NotebookCellKind.Code && isPython(cell.document));

export function notebookProgram(notebook: vscode.NotebookDocument): OpenProgram {
  const cells = codeCells(notebook);
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

/** Whether no document of the program changed since the snapshot, and a notebook still has these cells in this order. */
export function isCurrent({ parts, notebook }: OpenProgram): boolean {
  if (!parts.every(part => part.document.version === part.version && !part.document.isClosed)) return false;
  if (!notebook) return true;
  const cells = codeCells(notebook);
  return cells.length === parts.length && cells.every((cell, at) => cell.document === parts[at]?.document);
}

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
export const openPrograms = (): readonly OpenProgram[] =>
  openUris()
    .map(openProgram)
    .filter(program => program !== null);

/** The addresses of all programs that are open in this window. */
export const openUris = (): readonly vscode.Uri[] => [
  ...vscode.workspace.textDocuments
    .filter(document => document.uri.scheme !== 'vscode-notebook-cell' && isOurs(document))
    .map(({ uri }) => uri),
  ...openNotebooks().map(({ uri }) => uri),
];

const openNotebooks = (): readonly vscode.NotebookDocument[] =>
  vscode.workspace.notebookDocuments.filter(notebook => notebook.notebookType === notebookType && !notebook.isClosed);

/** The program at an address as it is now; null where it is not open or not ours. */
export function openProgram(uri: vscode.Uri): OpenProgram | null {
  const key = uri.toString();
  const notebook = openNotebooks().find(each => each.uri.toString() === key);
  if (notebook) return notebookProgram(notebook);
  const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === key && !each.isClosed);
  return document ? programOf(document) : null;
}

/** The lines of a program; split once. */
export function linesOf(program: OpenProgram): readonly string[] {
  const known = lines.get(program) ?? program.text.split(/\r\n|\n|\r/);
  lines.set(program, known);
  return known;
}
const lines = new WeakMap<OpenProgram, readonly string[]>();
