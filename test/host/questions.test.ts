// Questions that the extension asks, and what comes of each answer. The answers are given in the user's place: `vscode.window` is one
// object for the extension and its tests.
import assert from 'node:assert/strict';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { RunRecord } from '../../src/editor/run/runs.ts';
import { closeAll, features, file, open, openNew, waitFor } from './support.ts';

type Asking =
  | 'showWarningMessage'
  | 'showInformationMessage'
  | 'showInputBox'
  | 'showQuickPick'
  | 'showOpenDialog'
  | 'showSaveDialog';

const restore: (() => void)[] = [];
/** Puts a function in the place of one of VS Code's, until the test ends. */
function replace<Holder extends object, Name extends keyof Holder>(holder: Holder, name: Name, by: Holder[Name]): void {
  const before = holder[name];
  holder[name] = by;
  restore.push(() => (holder[name] = before));
}

/** Answers every question of a kind; gives what was asked, each time the arguments. */
function answer(kind: Asking, reply: (...asked: unknown[]) => unknown): readonly (readonly unknown[])[] {
  const asked: unknown[][] = [];
  replace(vscode.window, kind, ((...args: unknown[]) => {
    asked.push(args);
    return Promise.resolve(reply(...args));
  }) as never);
  return asked;
}

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(`tensorlift.${command}`, ...args);

suite('questions', function () {
  this.timeout(60_000);
  teardown(async () => {
    for (const undo of restore.splice(0).reverse()) undo();
    await closeAll();
  });

  const text = 'import numpy as np\nx = np.ones(3)\nprint(x)\n';
  /** Applies a fix that changes what the program prints, as the link in a hover does. */
  async function applyWrong(): Promise<vscode.TextDocument> {
    const { document } = await openNew(text);
    await (await features()).analyses.current(document);
    const range = { start: { line: 1, character: 4 }, end: { line: 1, character: 14 } };
    await run('applyFix', {
      uri: document.uri.toString(),
      version: document.version,
      rule: 'TL104',
      title: 'Replace with `np.zeros(3)`',
      edits: [{ range, newText: 'np.zeros(3)' }],
    });
    return document;
  }

  test('a fix that was seen to differ is taken back by Undo', async () => {
    const asked = answer('showWarningMessage', () => 'Undo');
    const document = await applyWrong();
    await waitFor(() => asked.length > 0, 45_000);
    assert.match(String(asked[0]?.[0]), /after “Replace with `np\.zeros\(3\)`” the program differs/);
    assert.deepEqual(asked[0]?.slice(1), ['Undo', 'Show Difference']);
    await waitFor(() => document.getText() === text);
  });

  test('Show Difference shows the program before and after', async () => {
    const asked = answer('showWarningMessage', () => 'Show Difference');
    const document = await applyWrong();
    await waitFor(() => asked.length > 0, 45_000);
    const input = await waitFor(() => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return (
        tab?.label.includes('before and after the fix') && tab.input instanceof vscode.TabInputTextDiff && tab.input
      );
    });
    const side = async (uri: vscode.Uri) => (await vscode.workspace.openTextDocument(uri)).getText();
    assert.equal(await side(input.original), text);
    assert.match(await side(input.modified), /x = np\.zeros\(3\)/);
    assert.match(document.getText(), /np\.zeros/, 'the fix stays');
  });

  test('what was typed since is not lost by Undo', async () => {
    let go: (value: string) => void = () => undefined;
    const asked = answer('showWarningMessage', () => new Promise(resolve => (go = resolve)));
    const told = answer('showInformationMessage', () => undefined);
    const document = await applyWrong();
    await waitFor(() => asked.length > 0, 45_000);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(3, 0), 'y = 1\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    go('Undo');
    await waitFor(() => told.length > 0);
    assert.match(String(told[0]?.[0]), /The text has changed since the fix/);
    assert.match(document.getText(), /np\.zeros\(3\)\nprint\(x\)\ny = 1\n/);
  });

  test('Browse… takes any interpreter; none chosen, nothing happens', async () => {
    await open('heat.py');
    const chosen: vscode.Uri[] = [];
    const picks = answer('showQuickPick', items =>
      (items as readonly { label: string }[]).find(({ label }) => label.includes('Browse')),
    );
    const dialogs = answer('showOpenDialog', () => chosen);
    answer('showInformationMessage', () => undefined);
    answer('showWarningMessage', () => undefined);
    await run('verifyWithPython');
    assert.equal(dialogs.length, 1);
    assert.ok(!(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff));
    chosen.push(file('no-python-here'));
    await run('verifyWithPython');
    assert.equal(picks.length, 2);
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    assert.match(tab.label, /not verified, .*no-python-here/);
  });

  test('Run Function asks for arguments, suggests some of the right shape, and remembers the answer', async () => {
    const { document } = await openNew(
      'import numpy as np\n\ndef scale(a, k=2):\n    assert a.shape == (2, 3)\n    b = a * k\n    return b\n',
    );
    let given = 'np.ones((2, 3)), 5';
    const asked = answer('showInputBox', () => given);
    const target = { uri: document.uri.toString(), name: 'scale' };
    const record = (await run('runFunction', target)) as RunRecord | null;
    const [first] = asked[0] as [vscode.InputBoxOptions];
    assert.equal(first.title, 'Run scale');
    assert.match(first.prompt ?? '', /scale\(a, k=?2?\)/);
    assert.match(first.value ?? '', /^np\.random\.rand\(/);
    assert.equal(record?.done?.status, 'ok', record?.error?.traceback);
    assert.match(record.lines.findLast(line => line.name === '')?.repr ?? '', /5\., 5\., 5\./);
    given = 'np.zeros((2, 3))';
    await run('runFunction', target);
    assert.equal((asked[1] as [vscode.InputBoxOptions])[0].value, 'np.ones((2, 3)), 5', 'the last answer');
  });

  test('Escape in the question of a function runs nothing', async () => {
    const { document } = await openNew('import numpy as np\n\ndef f(a):\n    return np.sum(a)\n');
    answer('showInputBox', () => undefined);
    assert.equal(await run('runFunction', { uri: document.uri.toString(), name: 'f' }), null);
    assert.equal((await features()).runs.last(document.uri), null);
  });

  test('Escape in input() is the end of the input', async () => {
    await openNew('try:\n    input("who? ")\nexcept EOFError:\n    print("nobody")\n');
    const asked = answer('showInputBox', () => undefined);
    const record = (await run('runFile')) as RunRecord | null;
    assert.equal(record?.done?.status, 'ok', record?.error?.traceback);
    assert.match(record.stdout, /nobody/);
    assert.equal((asked[0] as [vscode.InputBoxOptions])[0].prompt, 'who?');
  });

  test('pictures, tables and profiles of the panel are written where the user says', async () => {
    const { panel, shown } = await features();
    await open('heat.py');
    await run('runFile');
    await run('showTimings');
    await waitFor(() => shown.run, 30_000);
    answer('showInformationMessage', () => undefined);
    const dialogs = answer('showSaveDialog', options => (options as vscode.SaveDialogOptions).defaultUri);
    const written = (name: string): Promise<Uint8Array> =>
      waitFor(async () => {
        const bytes = await vscode.workspace.fs.readFile(file(name));
        return bytes.length > 0 && bytes;
      });
    const text = async (name: string) => new TextDecoder().decode(await written(name));
    const table = 'a,b\r\n1,2\r\n';
    panel.receive({ type: 'save', kind: 'svg', name: 'picture', content: '<svg/>' });
    assert.equal(await text('picture.svg'), '<svg/>');
    panel.receive({
      type: 'save',
      kind: 'png',
      name: 'picture.png',
      content: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
    });
    assert.deepEqual([...(await written('picture.png'))], [0x89, 0x50, 0x4e, 0x47]);
    panel.receive({ type: 'save', kind: 'csv', name: 'gradients', content: table });
    assert.equal(await text('gradients.csv'), table);
    panel.receive({ type: 'command', command: 'exportProfile' });
    const { nodes, samples } = JSON.parse(await text('heat.cpuprofile')) as {
      nodes: readonly { callFrame: { url: string } }[];
      samples: readonly number[];
    };
    assert.ok(nodes.some(({ callFrame }) => callFrame.url.endsWith('heat.py')));
    assert.ok(samples.length > 0);
    assert.deepEqual(
      dialogs.map(([options]) => Object.keys((options as vscode.SaveDialogOptions).filters ?? {})[0]),
      ['SVG picture', 'PNG picture', 'Table', 'CPU profile'],
    );
  });

  test('no place chosen, nothing is written', async () => {
    const { panel } = await features();
    const dialogs = answer('showSaveDialog', () => undefined);
    const writes = answer('showInformationMessage', () => undefined);
    panel.receive({ type: 'save', kind: 'csv', name: 'never', content: 'a' });
    await waitFor(() => dialogs.length === 1);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(file('never.csv'))));
    assert.equal(writes.length, 0);
  });

  test('commands are listed while a Python file or notebook is in sight, and only then', async () => {
    const told: boolean[] = [];
    const { executeCommand } = vscode.commands;
    replace(vscode.commands, 'executeCommand', ((command: string, ...args: unknown[]) => {
      if (command === 'setContext' && args[0] === 'tensorlift.active') told.push(args[1] as boolean);
      return executeCommand(command, ...args);
    }) as typeof executeCommand);
    await closeAll();
    await waitFor(() => told.at(-1) === false || told.length === 0);
    await open('heat.py');
    await waitFor(() => told.at(-1) === true);
    const count = told.length;
    const other = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'a' });
    await vscode.window.showTextDocument(other, { viewColumn: vscode.ViewColumn.Beside });
    assert.equal(told.length, count, 'the file is still in sight');
    await closeAll();
    await waitFor(() => told.at(-1) === false);
    // A text becomes Python.
    const text = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'import numpy' });
    await vscode.window.showTextDocument(text);
    await vscode.languages.setTextDocumentLanguage(text, 'python');
    await waitFor(() => told.at(-1) === true);
  });
});
