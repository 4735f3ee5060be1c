// Rows of lenses over functions and cells, and that they stay where they are while the user types.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, openNotebook, waitFor } from './support.ts';

/** Line → titles of our lenses. */
async function rows(document: vscode.TextDocument): Promise<Record<number, string>> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
  );
  const found: Record<number, string> = {};
  for (const { range, command } of lenses)
    if (command && /^(?:Run|Lift|Graph|Gradient)$/.test(command.title))
      found[range.start.line] = [found[range.start.line], command.title].filter(Boolean).join(' ');
  return found;
}
const all = 'Run Lift Graph Gradient';

suite('code lens', () => {
  suiteTeardown(closeAll);
  teardown(() =>
    vscode.workspace
      .getConfiguration('tensorlift')
      .update('codeLens.graph', undefined, vscode.ConfigurationTarget.Workspace),
  );

  test('a row stands over each function that uses the libraries', async () => {
    const { document } = await open('heat.py');
    assert.deepEqual(await waitFor(async () => ((await rows(document))[5] ? rows(document) : null)), { 5: all });
  });

  test('there is nothing to lift in TensorFlow code, and no row in plain Python', async () => {
    const { document } = await open('gradient.py');
    await waitFor(async () => (await rows(document))[3]);
    assert.deepEqual(await rows(document), { 3: 'Run Graph Gradient' });
    assert.deepEqual(await rows((await open('plain.py')).document), {});
  });

  test('a lens hands over program and function', async () => {
    const { document } = await open('heat.py');
    await waitFor(async () => (await rows(document))[5]);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const run = lenses.find(({ command }) => command?.command === 'tensorlift.runFunction');
    const [target] = (run?.command?.arguments ?? []) as { uri: vscode.Uri; name: string }[];
    assert.deepEqual([String(target?.uri), target?.name], [document.uri.toString(), 'spread']);
  });

  test('rows move with their lines at once, and stay while the text is broken', async () => {
    const editor = await open({
      text: 'import numpy as np\n\n\ndef f(x):\n    return np.sin(x)\n\n\ndef g(x):\n    return np.cos(x)\n',
    });
    const { document } = editor;
    await waitFor(async () => (await rows(document))[7]);
    await editor.edit(edit => edit.insert(new vscode.Position(1, 0), '# one\n# two\n'));
    assert.deepEqual(await rows(document), { 5: all, 9: all });
    await editor.edit(edit => edit.replace(document.lineAt(6).range, '    return np.sin((x'));
    for (let time = 0; time < 20; time++) {
      assert.deepEqual(Object.keys(await rows(document)), ['5', '9']);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await editor.edit(edit => edit.delete(new vscode.Range(9, 0, 11, 0)));
    assert.deepEqual(Object.keys(await rows(document)), ['5']);
  });

  test('cells of a file and of a notebook have a row', async () => {
    const { document } = await open({ text: 'import numpy as np\n# %% One\nx = np.ones(2)\n# %%\ny = np.exp(x)\n' });
    await waitFor(async () => (await rows(document))[3]);
    assert.deepEqual(await rows(document), { 1: 'Run Lift Graph', 3: 'Run Lift Graph' });
    const { notebook } = await openNotebook('cells.ipynb');
    // There is nothing to lift in imports, nor in what has no rule.
    const wanted = { 1: 'Run Graph', 2: 'Run Lift Graph', 3: /^Run (?:Lift )?Graph$/ };
    for (const [at, row] of Object.entries(wanted))
      await waitFor(async () => (await rows(notebook.cellAt(Number(at)).document))[0]?.match(row));
  });

  test('each lens has a switch', async () => {
    const { document } = await open('heat.py');
    await vscode.workspace
      .getConfiguration('tensorlift')
      .update('codeLens.graph', false, vscode.ConfigurationTarget.Workspace);
    await waitFor(async () => (await rows(document))[5] === 'Run Lift Gradient');
  });
});
