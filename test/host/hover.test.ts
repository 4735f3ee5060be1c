// Hovers: what a call becomes, and what an array holds.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, features, open, openNotebook, waitFor } from './support.ts';

/** Our hovers over the first place where `text` stands, as Markdown. */
async function hover(document: vscode.TextDocument, text: string, offset = 0): Promise<string> {
  await (await features()).analyses.current(document);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(document.getText().indexOf(text) + offset),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map(part => (part instanceof vscode.MarkdownString ? part.value : ''))
    .filter(part => /command:tensorlift|NumPy array|tensor of|last run|under TensorFlow/i.test(part))
    .join('\n\n');
}

suite('hover', () => {
  suiteTeardown(closeAll);
  teardown(() =>
    vscode.workspace
      .getConfiguration('tensorlift')
      .update('hover.enable', undefined, vscode.ConfigurationTarget.Workspace),
  );

  test('over a call shows what it becomes, its level and why', async () => {
    const { document } = await open('heat.py');
    const text = await hover(document, 'np.zeros(9)');
    assert.match(text, /- np\.zeros\(9\)\n\+ tf\.zeros\(9, tf\.float64\)/);
    assert.match(text, /\*\*Safe\.\*\*/);
    assert.match(text, /command:tensorlift\.applyFix/);
    assert.match(text, /command:tensorlift\.explainRule/);
  });

  test('says a thing once, with what the diagnostic says', async () => {
    const { document } = await open('heat.py');
    const text = await hover(document, 'np.zeros(9)');
    const diagnostics = vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ range }) => range.contains(document.positionAt(document.getText().indexOf('np.zeros'))));
    assert.equal(diagnostics.length, 1);
    assert.ok(!text.includes(diagnostics[0]?.message ?? ''));
    assert.ok(!text.includes('This is float64 in NumPy'), 'the fix takes care of it');
  });

  test('its link applies the fix, and undo takes it back', async () => {
    const { document } = await open({ text: 'import numpy as np\nx = np.zeros(9)\n' });
    const before = document.getText();
    const link = /command:tensorlift\.applyFix\?(\S+)/.exec(await hover(document, 'np.zeros(9)'));
    const [fix] = JSON.parse(decodeURIComponent(link?.[1] ?? '')) as unknown[];
    await vscode.commands.executeCommand('tensorlift.applyFix', fix);
    assert.match(document.getText(), /tf\.zeros\(9, tf\.float64\)/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  test('over a name says dtype and shape, where it is used too', async () => {
    const { document } = await open('heat.py');
    assert.match(await hover(document, 'flow = np'), /NumPy array of float64, shape \(8,\)/);
    assert.match(await hover(document, 'np.abs(flow)', 8), /NumPy array of float64, shape \(8,\)/);
    assert.match(await hover(document, 'rod, steps'), /NumPy array of float64, shape \(9,\)/);
  });

  test('over a name shows what the last run saw', async () => {
    const { document } = await open('heat.py');
    await vscode.commands.executeCommand('tensorlift.runFile');
    const text = await waitFor(async () => {
      const now = await hover(document, 'flow = np');
      return now.includes('Last run') && now;
    }, 30_000);
    assert.match(text, /\| Range \|/);
    assert.match(text, /!\[[^\]]+\]\(data:image\/svg\+xml;base64,/);
  }).timeout(60_000);

  test('over the name of a function, and a call of it, says what it bears', async () => {
    const { document } = await open('heat.py');
    const text = await hover(document, 'spread(rod, steps)');
    assert.match(
      text,
      /\$\(error\)&nbsp;With tensors \| \[line 8\]\(file:.*heat\.py#L8\): `rod` is a tensor: it cannot be changed in place/,
    );
    assert.match(text, /command:tensorlift\.explainRule/);
    assert.match(await hover(document, 'spread(rod, 12)'), /\$\(error\)&nbsp;With tensors/);
  });

  test('has nothing to say elsewhere', async () => {
    const { document } = await open('heat.py');
    assert.equal(await hover(document, '"""NumPy'), '');
    assert.equal(await hover(document, 'import numpy'), '');
    assert.equal(await hover((await open('plain.py')).document, 'print'), '');
  });

  test('works in the cells of a notebook', async () => {
    const { notebook } = await openNotebook('cells.ipynb');
    const { document } = notebook.cellAt(2);
    assert.match(await hover(document, 'np.sum'), /\+ tf\.reduce_sum\(a, axis=1\)/);
    assert.match(await hover(notebook.cellAt(3).document, 'np.tanh(a)', 8), /NumPy array of float64, shape \(2, 3\)/);
  });

  test('can be switched off; diagnostics then say all', async () => {
    const { document } = await open('heat.py');
    await vscode.workspace
      .getConfiguration('tensorlift')
      .update('hover.enable', false, vscode.ConfigurationTarget.Workspace);
    assert.equal(await hover(document, 'np.zeros(9)'), '');
    await waitFor(() =>
      vscode.languages.getDiagnostics(document.uri).some(({ message }) => message.includes('becomes `tf.zeros')),
    );
  });
});
