// Lifting files and functions: the difference and its verdict, accepting, undoing, a text that changed meanwhile, a file beside.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, file, folder, open, openNotebook, waitFor } from './support.ts';

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(`tensorlift.${command}`, ...args);

/** The tab of the difference that is in front. */
const difference = () =>
  waitFor(
    () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputTextDiff ? { label: tab.label, input: tab.input } : null;
    },
    45_000,
    'a difference',
  );
const isClosed = () =>
  waitFor(() => !(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff));

/** Sets a setting of the workspace for one test. */
async function withSetting<T>(id: string, value: unknown, action: () => Promise<T>): Promise<T> {
  const target = vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration().update(id, value, target);
  try {
    return await action();
  } finally {
    await vscode.workspace.getConfiguration().update(id, undefined, target);
  }
}

suite('lift', function () {
  this.timeout(90_000);
  teardown(closeAll);

  test('a file opens as a difference with the verdict; accepting is one step of undo', async () => {
    const { document } = await open('heat.py');
    const before = document.getText();
    await run('liftFile', { uri: document.uri });
    const { label, input } = await difference();
    assert.match(label, /^heat\.py ↔ lifted: verified, agrees on \d+ inputs$/);
    assert.equal(input.original.toString(), document.uri.toString());
    const lifted = (await vscode.workspace.openTextDocument(input.modified)).getText();
    assert.match(lifted, /^import tensorflow as tf$/m);
    assert.match(lifted, /rod\[1:-1\]\.assign\(/);
    assert.equal(document.getText(), before, 'nothing has changed yet');
    await run('acceptLift', input.modified);
    await isClosed();
    assert.equal(document.getText(), lifted);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  test('a function alone', async () => {
    const { document } = await open({
      text: 'import numpy as np\n\ndef f(x):\n    return np.exp(x)\n\nprint(f(np.zeros(3)), np.ones(2))\n',
    });
    await run('liftFunction', { uri: document.uri.toString(), name: 'f' });
    const { label, input } = await difference();
    assert.match(label, /↔ lifted \(f\): verified/);
    const lifted = (await vscode.workspace.openTextDocument(input.modified)).getText();
    assert.match(lifted, /return tf\.exp\(x\)/);
    assert.match(lifted, /np\.ones\(2\)/, 'the rest stays NumPy');
    await run('discardLift', input.modified);
    await isClosed();
    assert.match(document.getText(), /np\.exp/);
  });

  test('the lens of a cell lifts that cell alone; what it needs of others comes in as it is', async () => {
    const { notebook } = await openNotebook('cells.ipynb');
    await run('liftCell', { uri: notebook.uri, cell: 1 });
    const { label, input } = await difference();
    assert.match(label, /^cells\.ipynb ↔ lifted \(cell 3\): verified/);
    await run('acceptLift', input.modified);
    await waitFor(() => notebook.cellAt(2).document.getText().includes('tf.'));
    const [, imports, second, third] = notebook.getCells().map(cell => cell.document.getText());
    assert.match(imports ?? '', /^import numpy as np\nimport tensorflow as tf$/m);
    assert.match(
      second ?? '',
      /^a = np\.arange\(6\.0\)\.reshape\(2, 3\)\nprint\(tf\.reduce_sum\(tf\.convert_to_tensor\(a\), axis=1\)/,
    );
    assert.match(third ?? '', /^b = np\.tanh\(a\)$/m);
  });

  test('so does the one of a `# %%` cell; lifted again, it is the same cell', async () => {
    const editor = await open({
      text: '# %%\nimport numpy as np\nx = np.ones(3)\n# %%\ny = np.exp(x)\nprint(np.sum(y))\n# %%\nprint(np.max(x))\n',
    });
    editor.selection = new vscode.Selection(4, 0, 4, 0);
    await run('liftCell');
    const first = await difference();
    assert.match(first.label, /lifted \(cell 2\): verified/);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(2, 0), 'w = np.zeros(2)\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await run('acceptLift', first.input.modified);
    const again = await difference();
    const lifted = (await vscode.workspace.openTextDocument(again.input.modified)).getText();
    assert.match(lifted, /^y = tf\.exp\(/m);
    assert.match(lifted, /^w = np\.zeros\(2\)$/m);
    assert.match(lifted, /^print\(np\.max\(x\)\)$/m);
    await run('discardLift', again.input.modified);
  });

  test('a text that changed meanwhile is lifted again before it is accepted', async () => {
    const editor = await open({ text: 'import numpy as np\nprint(np.exp(np.ones(2)))\n' });
    const { document } = editor;
    await run('liftFile');
    const first = await difference();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(2, 0), 'print(np.sqrt(np.ones(3)))\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await run('acceptLift', first.input.modified);
    assert.match(document.getText(), /np\.exp/, 'what was shown is not applied');
    const second = await difference();
    assert.notEqual(second.input.modified.toString(), first.input.modified.toString());
    await run('acceptLift', second.input.modified);
    await isClosed();
    assert.match(document.getText(), /tf\.sqrt/);
    assert.doesNotMatch(document.getText(), /np\./);
  });

  test('a new file beside never overwrites one', async () => {
    const { document } = await open('crlf.py');
    await run('liftFileBeside', { uri: document.uri });
    await run('liftFileBeside', { uri: document.uri });
    const names = (await vscode.workspace.fs.readDirectory(folder())).map(([name]) => name);
    assert.ok(names.includes('crlf_tf.py') && names.includes('crlf_tf_2.py'), names.join(' '));
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file('crlf_tf.py')));
    assert.equal(
      text,
      document
        .getText()
        .replace('import numpy as np', 'import tensorflow as tf')
        .replace('np.zeros((2, 3))', 'tf.zeros((2, 3), tf.float64)')
        .replace('np.sum(a, axis=0)', 'tf.reduce_sum(a, axis=0)')
        .replace('print(b)', 'print(b.numpy())'),
    );
    assert.match(text, /\r\n/);
    for (const name of ['crlf_tf.py', 'crlf_tf_2.py']) await vscode.workspace.fs.delete(file(name));
  });

  test('without a preview the text changes at once', async () => {
    const { document } = await open({
      text: 'import numpy as np\n\tx = 1\n'.replace('\t', '') + 'print(np.exp(np.ones(2)))\n',
    });
    await withSetting('tensorlift.convert.preview', 'none', async () => {
      await run('liftFile');
      await waitFor(() => document.getText().includes('tf.exp'));
    });
  });

  test("VS Code's refactor preview changes nothing before it is confirmed", async () => {
    const { document } = await open({ text: 'import numpy as np\nprint(np.exp(np.ones(2)))\n' });
    const before = document.getText();
    await withSetting('tensorlift.convert.preview', 'refactor', async () => {
      const lifting = run('liftFile');
      await waitFor(async () => {
        await vscode.commands.executeCommand('refactorPreview.discard');
        return Promise.race([Promise.resolve(lifting).then(() => true), new Promise(done => setTimeout(done, 300))]);
      }, 30_000);
      assert.equal(document.getText(), before);
    });
  });

  test('of a notebook, the cells change that have NumPy', async () => {
    const { notebook } = await openNotebook('cells.ipynb');
    const texts = () => notebook.getCells().map(cell => cell.document.getText());
    const before = texts();
    await run('liftFile', { uri: notebook.uri });
    const { input } = await difference();
    await run('acceptLift', input.modified);
    await waitFor(() => texts()[2]?.includes('tf.'));
    const after = texts();
    assert.equal(after[0], before[0]);
    assert.match(
      after[1] ?? '',
      /^%matplotlib inline\nimport numpy as np\nimport tensorflow as tf\n?|^%matplotlib inline\nimport tensorflow as tf\n?/,
    );
    assert.match(after[2] ?? '', /tf\.reduce_sum\(a, axis=1\)/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
