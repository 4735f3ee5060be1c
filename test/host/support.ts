// What tests in the extension host share: the extension's own objects, files of the workspace, and waiting for what comes.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../src/editor/extension.ts';
import type { Features } from '../../src/editor/features.ts';

/** The extension, activated. */
export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('tensorlift.tensorlift');
  assert.ok(extension, 'the extension is there');
  return extension.activate();
}

/** What its features share: service, analyses, runs, panel. */
export const features = async (): Promise<Features> => (await api()).features;

/** Calls until the answer is neither false, null nor undefined, and gives it; a rejected call counts as not yet. */
export async function waitFor<T>(
  call: () => T | PromiseLike<T>,
  ms = 10_000,
  what = call.toString(),
): Promise<Exclude<T, false | null | undefined>> {
  let problem: unknown = null;
  for (const end = Date.now() + ms; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 20))) {
    try {
      const answer = await call();
      if (answer !== false && answer !== null && answer !== undefined)
        return answer as Exclude<T, false | null | undefined>;
      problem = null;
    } catch (error) {
      problem = error;
    }
  }
  throw new Error(`waited ${ms} ms for ${what}`, { cause: problem });
}

/** The folder of the run: a copy of test/host/workspace that tests may write to. */
export function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, 'a folder is open');
  return first.uri;
}

export const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), name);

/** Opens a file of the workspace by name, or a Python text that has no file, in an editor. */
export async function open(what: string | { readonly text: string }): Promise<vscode.TextEditor> {
  const document =
    typeof what === 'string'
      ? await vscode.workspace.openTextDocument(file(what))
      : await vscode.workspace.openTextDocument({ language: 'python', content: what.text });
  return vscode.window.showTextDocument(document, { preview: false });
}

let made = 0;

/** Opens a new file of the workspace: unlike a text without a file, its address was never another's. */
export async function openNew(text: string): Promise<vscode.TextEditor> {
  const name = `made-${++made}-${Date.now()}.py`;
  await vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));
  return open(name);
}

/** Opens a copy of a notebook of the workspace, under its name in a folder of its own: what other tests do to theirs is theirs. */
export async function openNotebook(name: string): Promise<vscode.NotebookEditor> {
  const copy = file(`notebook-${++made}/${name}`);
  await vscode.workspace.fs.copy(file(name), copy);
  return vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(copy));
}

/** Closes all editors; what was changed and not saved is thrown away. */
export async function closeAll(): Promise<void> {
  for (let editor = vscode.window.activeTextEditor; editor?.document.isDirty; editor = vscode.window.activeTextEditor)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Replaces the whole text of an editor, as a user would who pastes. */
export async function setText(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const all = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  assert.ok(await editor.edit(edit => edit.replace(all, text)));
}
