// dtype and shape behind names, as VS Code would show them.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, features, open, openNotebook, setText, waitFor } from './support.ts';

/** The document's text with its hints behind the names. */
async function hinted(document: vscode.TextDocument, range?: vscode.Range): Promise<string> {
  const all = range ?? new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    all,
  );
  let text = document.getText();
  for (const { position, label } of [...hints].sort((a, b) => b.position.compareTo(a.position))) {
    const at = document.offsetAt(position);
    text = `${text.slice(0, at)}‹${typeof label === 'string' ? label : label.map(part => part.value).join('')}›${text.slice(at)}`;
  }
  return text;
}

suite('inlay hints', () => {
  suiteTeardown(closeAll);
  teardown(() =>
    vscode.workspace
      .getConfiguration('tensorlift')
      .update('inlayHints.shapes', undefined, vscode.ConfigurationTarget.Workspace),
  );

  test('tell dtype and shape where a name gets its value', async () => {
    const { document } = await open('heat.py');
    const text = await waitFor(async () => {
      const now = await hinted(document);
      return now.includes('‹') && now;
    });
    for (const line of ['rod‹f64[9]› = np.zeros(9)', 'rod‹f64[9]› = spread(rod, 12)', 'flow‹f64[8]› = np.diff(rod)'])
      assert.ok(text.includes(line), text);
    assert.ok(!/def spread.*‹|for _.*‹/.test(text));
  });

  test('only where they are asked for', async () => {
    const { document } = await open('heat.py');
    const text = await hinted(document, new vscode.Range(11, 0, 11, 17));
    assert.equal(text.split('‹').length, 2);
  });

  test('follow the text, behind surrogate pairs too', async () => {
    const editor = await open({ text: 'import numpy as np\nx = np.ones(2)\n' });
    await waitFor(async () => (await hinted(editor.document)).includes('x‹f64[2]›'));
    await setText(editor, 'import numpy as np\ns = "😀"; y = np.ones((4, 5), np.float32)\n');
    await waitFor(async () => (await hinted(editor.document)).includes('s = "😀"; y‹f32[4,5]› = '));
  });

  test('are told with words', async () => {
    const { document } = await open('heat.py');
    const hints = await waitFor(async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        new vscode.Range(0, 0, 99, 0),
      );
      return found.length > 0 && found;
    });
    assert.equal(hints[0]?.tooltip, 'NumPy array of float64, shape (9,) (inferred)');
    assert.equal(hints[0]?.kind, vscode.InlayHintKind.Type);
  });

  test('tell in the cells of a notebook what other cells give', async () => {
    const { notebook } = await openNotebook('cells.ipynb');
    const { document } = notebook.cellAt(2);
    await waitFor(async () => (await hinted(document)).includes('a‹f64[2,3]› = np.arange'));
  });

  test('tell what the last run saw where nothing is known before', async () => {
    const text = 'import numpy as np\nx = eval("np.ones((2, 2))")\n';
    const { document } = await open({ text });
    await (await features()).analyses.current(document);
    assert.ok(!(await hinted(document)).includes('‹'));
    await vscode.commands.executeCommand('tensorlift.runFile');
    await waitFor(async () => (await hinted(document)).includes('x‹f64[2,2]› = eval'), 30_000);
  }).timeout(60_000);

  test('can be switched off', async () => {
    const { document } = await open('heat.py');
    await waitFor(async () => (await hinted(document)).includes('‹'));
    await vscode.workspace
      .getConfiguration('tensorlift')
      .update('inlayHints.shapes', false, vscode.ConfigurationTarget.Workspace);
    await waitFor(async () => !(await hinted(document)).includes('‹'));
  });
});
