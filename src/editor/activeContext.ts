// The context key that shows our commands in the palette: a Python file or a notebook is in sight, wherever the keyboard is.
import * as vscode from 'vscode';
import { contextKeys, notebookType } from './contributions/ids.ts';

export function registerActiveContext(): vscode.Disposable {
  const { window } = vscode;
  let told: boolean | null = null;
  const tell = (): void => {
    const active =
      window.visibleTextEditors.some(({ document }) => document.languageId === 'python') ||
      window.visibleNotebookEditors.some(({ notebook }) => notebook.notebookType === notebookType);
    if (active !== told) void vscode.commands.executeCommand('setContext', contextKeys.active, active);
    told = active;
  };
  tell();
  return vscode.Disposable.from(
    window.onDidChangeVisibleTextEditors(tell),
    window.onDidChangeVisibleNotebookEditors(tell),
    // A document that changes its language is opened again.
    vscode.workspace.onDidOpenTextDocument(tell),
  );
}
