// Quick fixes and rewrites: what is offered where, what a fix makes of the text, and what it leaves alone.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, features, open, openNotebook, setText, waitFor } from './support.ts';

type Actions = readonly vscode.CodeAction[];

async function actionsAt(document: vscode.TextDocument, range: vscode.Range, kind?: string): Promise<Actions> {
  await (await features()).analyses.current(document);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind,
    50,
  );
}

/** The range of a piece of the text. */
function of(document: vscode.TextDocument, text: string): vscode.Range {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${text} is in the text`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

const titled = (actions: Actions, start: string): vscode.CodeAction => {
  const found = actions.find(({ title }) => title.startsWith(start));
  assert.ok(found, `"${start}" is offered among:\n${actions.map(({ title }) => title).join('\n')}`);
  return found;
};

async function take({ edit, command }: vscode.CodeAction): Promise<void> {
  if (edit) assert.ok(await vscode.workspace.applyEdit(edit));
  if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

suite('code actions', function () {
  this.timeout(60_000);
  teardown(closeAll);

  test('a fix says its level, is preferred where it is safe, and changes one call', async () => {
    const { document } = await open('heat.py');
    const before = document.getText();
    const actions = await actionsAt(document, of(document, 'np.diff'));
    const fix = titled(actions, 'Replace with `(tf.convert_to_tensor(rod)[1:]');
    assert.match(fix.title, / · Safe$/);
    assert.equal(fix.isPreferred, true);
    assert.ok(fix.kind?.contains(vscode.CodeActionKind.QuickFix));
    await take(fix);
    assert.equal(
      document.getText(),
      before
        .replace('np.diff(rod)', '(tf.convert_to_tensor(rod)[1:] - tf.convert_to_tensor(rod)[:-1]).numpy()')
        .replace('import numpy as np', 'import numpy as np\nimport tensorflow as tf'),
    );
  });

  test('function and file are offered with their levels and counts', async () => {
    const { document } = await open('heat.py');
    const titles = (await actionsAt(document, of(document, 'return rod'))).map(({ title }) => title);
    assert.ok(
      titles.some(title => /^Lift `spread` to TensorFlow… · Review \(\d+ safe, \d+ review\)$/.test(title)),
      titles.join('\n'),
    );
    assert.ok(titles.some(title => /^Lift file to TensorFlow… · Review \(\d+ safe, \d+ review\)$/.test(title)));
    assert.ok(titles.some(title => /^Lift all safe calls in this file · Safe · \d+$/.test(title)));
  });

  test('every finding can be explained and switched off', async () => {
    const { document } = await open('heat.py');
    const actions = await actionsAt(document, of(document, 'np.diff'), vscode.CodeActionKind.QuickFix.value);
    assert.deepEqual(
      actions.slice(1).map(({ title }) => title),
      [
        'Explain TL143: diff',
        'Disable TL143 for this line',
        'Disable TL143 for this file',
        'Disable TL143 for this workspace',
      ],
    );
  });

  test('nothing is offered in a file without NumPy', async () => {
    const { document } = await open('plain.py');
    assert.deepEqual(await actionsAt(document, new vscode.Range(2, 0, 3, 10)), []);
  });

  test('what stays NumPy is listed with its reason', async () => {
    const { document } = await open({ text: 'import numpy as np\nx = np.zeros(3)\nnp.save("w.npy", x)\n' });
    const listed = await actionsAt(document, of(document, 'np.save'), vscode.CodeActionKind.QuickFix.value);
    assert.match(titled(listed, 'Stays NumPy: ').title, / · Blocked$/);
  });

  for (const [what, text] of [
    [
      'line ends and tabs',
      'import numpy as np\r\nif True:\r\n\ta = np.zeros((2, 3))\t # two\r\n\tprint( np.sum(a, axis=0) )\r\n',
    ],
    [
      'surrogate pairs',
      'import numpy as np\n\nname = "😀 𝛼"; total = np.sum(np.array([1.0, 2.0]))  # 😀\nprint("𝛼", np.exp(total))\n',
    ],
  ] as const)
    test(`one statement of several calls; ${what} stay`, async () => {
      const editor = await open({ text: '' });
      if (text.includes('\r\n')) await editor.edit(edit => edit.setEndOfLine(vscode.EndOfLine.CRLF));
      await setText(editor, text);
      const { document } = editor;
      assert.equal(document.getText(), text);
      const line = document.lineAt(2).range;
      const [fix] = (await actionsAt(document, line)).filter(({ title }) => title.startsWith('Replace with '));
      assert.ok(fix?.edit);
      const before = document.getText();
      await take(fix);
      const after = document.getText();
      assert.notEqual(after, before);
      const replaced = /np\.\w+\((?:[^()]|\([^()]*\))*\)/.exec(document.lineAt(2).text);
      assert.equal(replaced, null, 'no NumPy call is left in the line');
      const untouched = (whole: string) => whole.split(/(?<=\n)/).filter(each => !/np|tf/.test(each));
      assert.deepEqual(untouched(after), untouched(before));
      for (const kept of ['\t # two\r\n', '# 😀\n', 'name = "😀 𝛼"; total = '])
        assert.equal(after.includes(kept), before.includes(kept));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
    });

  test('the source action applies every safe change and no other, and then offers nothing', async () => {
    const { document } = await open({
      text: 'import numpy as np\n\n\ndef f(v):\n    v[0] = 1.0\n\n\na = np.zeros(3)\nf(a)\nb = np.exp(np.ones(2))\nprint(a, b)\n',
    });
    const all = await actionsAt(document, new vscode.Range(0, 0, 0, 0), 'source.fixAll.tensorlift');
    assert.equal(all.length, 1);
    const [action] = all;
    assert.ok(action?.edit, 'the edit is resolved');
    await take(action);
    assert.match(document.getText(), /^b = tf\.exp\(tf\.ones\(2, tf\.float64\)\)$/m);
    assert.match(document.getText(), /v\[0\] = 1\.0/, 'a change to review is not applied');
    assert.match(document.getText(), /^import numpy as np\nimport tensorflow as tf$/m);
    assert.deepEqual(await actionsAt(document, new vscode.Range(0, 0, 0, 0), 'source.fixAll.tensorlift'), []);
  });

  test('source actions come only where they are asked for', async () => {
    const { document } = await open('heat.py');
    for (const { kind } of await actionsAt(document, of(document, 'np.diff')))
      assert.ok(!vscode.CodeActionKind.Source.contains(kind ?? vscode.CodeActionKind.Empty));
  });

  test('in a notebook, only the source action of notebooks, with edits in the right cells', async () => {
    const { notebook } = await openNotebook('cells.ipynb');
    const cells = notebook.getCells().map(cell => cell.document);
    const [, first, second] = cells;
    assert.ok(first && second);
    const top = new vscode.Range(0, 0, 0, 0);
    assert.deepEqual(await actionsAt(first, top, 'source.fixAll.tensorlift'), []);
    const [action] = await actionsAt(first, top, 'notebook.source.fixAll.tensorlift');
    assert.ok(action?.edit);
    const texts = cells.map(document => document.getText());
    await take(action);
    assert.match(first.getText(), /^%matplotlib inline\n/);
    assert.match(second.getText(), /tf\.reduce_sum\(a, axis=1\)/);
    assert.equal(cells[0]?.getText(), texts[0]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('sessions and %timeit have one fix for the whole program', async () => {
    const text = [
      'import tensorflow as tf',
      'a = tf.constant([[1.0, 2.0]])',
      'c = a * 2.0',
      'with tf.compat.v1.Session() as sess:',
      '    r = sess.run(c)',
      'print("t:", %timeit -n 1 -r 1 sess.run(c))',
      '',
    ].join('\n');
    const { document } = await open({ text });
    const actions = await actionsAt(document, of(document, '%timeit'));
    const fixes = actions.filter(({ title }) => title.startsWith('Replace session'));
    assert.equal(fixes.length, 1);
    const [fix] = fixes;
    assert.ok(fix);
    assert.match(fix.title, / · Review$/);
    assert.notEqual(fix.isPreferred, true);
    await take(fix);
    assert.match(document.getText(), /@tf\.function/);
    assert.doesNotMatch(document.getText(), /Session|%timeit/);
  });

  test('an applied fix is verified; its title says so from then on', async () => {
    const { document } = await open({ text: 'import numpy as np\nprint(np.exp(np.ones(2)))\n' });
    const [fix] = await actionsAt(document, of(document, 'np.exp'));
    assert.ok(fix);
    assert.match(fix.title, / · Safe$/);
    await take(fix);
    await vscode.commands.executeCommand('undo');
    await waitFor(
      async () => (await actionsAt(document, of(document, 'np.exp')))[0]?.title.endsWith(' · Safe, agrees on 1 input'),
      30_000,
      'the verdict in the title',
    );
  });
});
