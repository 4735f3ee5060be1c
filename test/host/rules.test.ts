// Rules explained and switched off: for a line, a file, a workspace; edits can be undone.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, openNotebook, waitFor } from './support.ts';

const disable = (uri: vscode.Uri, rule: string, line: number, where: 'line' | 'file' | 'workspace') =>
  vscode.commands.executeCommand('tensorlift.disableRule', { uri: uri.toString(), rule, line, where });
const rulesAt = (uri: vscode.Uri, line: number) =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ range }) => range.start.line === line)
    .map(({ code }) => (typeof code === 'object' ? code.value : ''));
const text = 'import numpy as np\nx = np.zeros(3)\ny = np.zeros(4)\n';

suite('rules', () => {
  suiteTeardown(closeAll);
  teardown(() =>
    vscode.workspace
      .getConfiguration('tensorlift')
      .update('lint.rules', undefined, vscode.ConfigurationTarget.Workspace),
  );

  test('a rule is off for a line, until that is undone', async () => {
    const { document } = await open({ text });
    await waitFor(() => rulesAt(document.uri, 1).includes('TL103'));
    await disable(document.uri, 'TL103', 1, 'line');
    assert.equal(document.lineAt(1).text, 'x = np.zeros(3)  # tensorlift: ignore[TL103]');
    await waitFor(() => !rulesAt(document.uri, 1).includes('TL103') && rulesAt(document.uri, 2).includes('TL103'));
    // What the conversion would have told for the hazard at the same place is told by itself now: it can be added to the list.
    await disable(document.uri, 'TL202', 1, 'line');
    assert.equal(document.lineAt(1).text, 'x = np.zeros(3)  # tensorlift: ignore[TL103, TL202]');
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await waitFor(() => rulesAt(document.uri, 1).includes('TL103'));
  });

  test('for a file', async () => {
    const { document } = await open({ text });
    await waitFor(() => rulesAt(document.uri, 2).includes('TL103'));
    await disable(document.uri, 'TL103', 1, 'file');
    assert.equal(document.lineAt(0).text, '# tensorlift: ignore-file[TL103]');
    await waitFor(() => ![2, 3].some(line => rulesAt(document.uri, line).includes('TL103')));
  });

  test('for the workspace', async () => {
    const { document } = await open({ text });
    await waitFor(() => rulesAt(document.uri, 1).includes('TL103'));
    await disable(document.uri, 'TL103', 1, 'workspace');
    assert.deepEqual(vscode.workspace.getConfiguration('tensorlift').inspect('lint.rules')?.workspaceValue, {
      TL103: 'off',
    });
    await waitFor(() => !rulesAt(document.uri, 1).includes('TL103'));
  });

  test('in the right cell of a notebook', async () => {
    const { notebook } = await openNotebook('cells.ipynb');
    const { document } = notebook.cellAt(2);
    await waitFor(() => rulesAt(document.uri, 1).includes('TL134'));
    // Line 4 of the program: two lines of the first cell with its empty last one, then the second line of this cell.
    await disable(notebook.uri, 'TL134', 4, 'line');
    assert.equal(document.lineAt(1).text, 'print(np.sum(a, axis=1))  # tensorlift: ignore[TL134]');
    await waitFor(() => !rulesAt(document.uri, 1).includes('TL134'));
    await disable(notebook.uri, 'TL146', 3, 'file');
    assert.equal(notebook.cellAt(1).document.lineAt(0).text, '# tensorlift: ignore-file[TL146]');
    await waitFor(() => !rulesAt(document.uri, 0).includes('TL146'));
  });

  test('a rule is explained by its page', async () => {
    await vscode.commands.executeCommand('tensorlift.explainRule', 'TL103');
    await waitFor(() => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('TL103.md'));
  });
});
