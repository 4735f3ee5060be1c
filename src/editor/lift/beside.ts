// Lifted code as a new file beside the original. Nothing that exists is ever written over.
import * as vscode from 'vscode';
import { applyEdits } from '../../core/syntax/index.ts';
import { notebookType } from '../contributions/ids.ts';
import type { Lift } from './proposals.ts';
import { numberedName } from './titles.ts';

/** Writes the lifted program and opens it beside; a notebook, and a file that is nowhere on disk, become untitled ones. */
export async function openBeside(lift: Lift): Promise<vscode.Uri> {
  const { program, text } = lift;
  const viewColumn = vscode.ViewColumn.Beside;
  if (program.notebook) {
    const document = await vscode.workspace.openNotebookDocument(notebookType, liftedNotebook(lift, program.notebook));
    await vscode.window.showNotebookDocument(document, { viewColumn, preview: false });
    return document.uri;
  }
  if (program.uri.scheme === 'untitled') {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: text });
    await vscode.window.showTextDocument(document, { viewColumn, preview: false });
    return document.uri;
  }
  const folder = vscode.Uri.joinPath(program.uri, '..');
  const taken = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  const name = numberedName(program.uri.path.split('/').at(-1) ?? 'program.py', taken);
  const uri = vscode.Uri.joinPath(folder, name);
  const made = new vscode.WorkspaceEdit();
  made.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(made))) throw new Error(`${name} could not be written.`);
  await vscode.window.showTextDocument(uri, { viewColumn, preview: false });
  return uri;
}

/** The notebook with lifted code cells, without outputs: they belong to the code that made them. */
function liftedNotebook({ program, converted }: Lift, notebook: vscode.NotebookDocument): vscode.NotebookData {
  const cells = notebook.getCells().map(cell => {
    const { document, kind, metadata } = cell;
    const part = program.parts.find(each => each.document === document);
    const edits = part
      ? converted.edits
          .filter(({ range: { start } }) => start.line >= part.firstLine && start.line < part.firstLine + part.lines)
          .map(({ range: { start, end }, newText }) => ({
            range: {
              start: { ...start, line: start.line - part.firstLine },
              end: { ...end, line: end.line - part.firstLine },
            },
            newText,
          }))
      : [];
    const made = new vscode.NotebookCellData(kind, applyEdits(document.getText(), edits), document.languageId);
    made.metadata = metadata;
    return made;
  });
  const data = new vscode.NotebookData(cells);
  data.metadata = notebook.metadata;
  return data;
}
