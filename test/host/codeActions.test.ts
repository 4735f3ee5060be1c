// Quick fixes and rewrites: what is offered where, what a fix makes of the text, and what it leaves alone.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, features, open } from './support.ts';

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

suite('code actions', () => {
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
});
