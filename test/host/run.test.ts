// Running in the editor: files, statements with what they need, functions, cells; errors, cancelling, limits, and a kernel that dies.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { RunRecord } from '../../src/editor/run/runs.ts';
import type { KernelHost } from '../../src/editor/run/kernelHost.ts';
import { closeAll, features, folder, open, openNotebook, setText, waitFor } from './support.ts';

const command = (id: string, ...args: unknown[]): Thenable<RunRecord | null> =>
  vscode.commands.executeCommand(id, ...args);
const cursor = (editor: vscode.TextEditor, line: number, character = 0): void => {
  editor.selection = new vscode.Selection(line, character, line, character);
};
/** What statements ran, by line. */
const ran = (record: RunRecord | null): readonly number[] => record?.ran ?? [];
const value = (record: RunRecord | null, name: string): string | undefined =>
  record?.lines.findLast(line => line.name === name)?.repr;
let scripts = 0;
/** Opens a new file with these lines. */
async function script(...all: string[]): Promise<vscode.TextEditor> {
  const name = `script_${++scripts}.py`;
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), Buffer.from(`${all.join('\n')}\n`));
  return open(name);
}

/** The same, opened as users do: what an extension opens stays open for minutes, unseen. */
async function asUsersDo(...all: string[]): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder(), `script_${++scripts}.py`);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(`${all.join('\n')}\n`));
  await vscode.commands.executeCommand('vscode.open', uri);
  return waitFor(() => {
    const { document } = vscode.window.activeTextEditor ?? {};
    return document?.uri.toString() === uri.toString() && document;
  });
}

suite('run', function () {
  this.timeout(60_000);
  teardown(closeAll);
  suiteTeardown(closeAll);

  test('Run File: fresh namespace, results by line, what was printed', async () => {
    await open('heat.py');
    for (const _ of [1, 2]) {
      const record = await command('tensorlift.runFile');
      assert.equal(record?.done?.status, 'ok', record?.error?.traceback);
      assert.match(record.stdout, /^temperatures: \[100\./);
      assert.match(record.stdout, /largest drop: \d/);
      assert.deepEqual(ran(record), [0, 2, 5, 11, 12, 13, 14, 15, 17, 18]);
      assert.deepEqual(
        record.lines.filter(line => line.line === 15).map(line => [line.name, line.shape]),
        [['flow', [8]]],
      );
      assert.deepEqual(
        record.printed.map(({ line, text }) => [line, text.slice(0, 7)]),
        [
          [17, 'tempera'],
          [18, 'largest'],
        ],
      );
    }
  });

  test('Run Selection or Statement first runs what it needs, once', async () => {
    const editor = await script('import numpy as np', 'a = np.arange(3)', 'b = np.ones(5)', 'c = a + 1', 'd = c * 2');
    cursor(editor, 4);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [0, 1, 3, 4]);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [4]);
    cursor(editor, 2);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [2]);
  });

  test('an edit runs what changed again, and makes its results stale', async () => {
    const editor = await script('import numpy as np', 'a = np.arange(3)', 'b = a + 1', 'c = a * 2');
    await command('tensorlift.runFile');
    await editor.edit(edit => edit.replace(new vscode.Range(2, 8, 2, 9), '5'));
    cursor(editor, 3);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [3]);
    cursor(editor, 2);
    const again = await command('tensorlift.runSelection');
    assert.deepEqual(ran(again), [2], JSON.stringify(again?.error ?? again));
    assert.equal(value(again, 'b'), 'array([5, 6, 7])');
  });

  test('a selected expression is evaluated where it stands', async () => {
    const editor = await script('import numpy as np', 'a = np.arange(3)', 'b = (a + 1) * 2');
    editor.selection = new vscode.Selection(2, 5, 2, 10);
    const record = await command('tensorlift.runSelection');
    assert.deepEqual(
      record?.lines.filter(line => line.name === '').map(({ line, repr }) => [line, repr]),
      [[2, 'array([1, 2, 3])']],
    );
  });

  test('Run Function repeats the last call of the file; the cursor in a function means the same', async () => {
    const editor = await open('heat.py');
    const uri = editor.document.uri.toString();
    const first = await command('tensorlift.runFunction', { uri, name: 'spread' });
    assert.equal(first?.done?.status, 'ok', first?.error?.traceback);
    const result = value(first, '');
    assert.match(result ?? '', /^array\(\[100\./);
    cursor(editor, 7, 8);
    assert.equal(value(await command('tensorlift.runSelection'), ''), result, 'rod is made anew: the call changes it');
  });

  test('a cell of a notebook runs after what it needs from others, magics left out', async () => {
    const editor = await openNotebook('cells.ipynb');
    const cells = editor.notebook.getCells().filter(cell => cell.kind === vscode.NotebookCellKind.Code);
    const record = await command('tensorlift.runCell', cells.at(-1));
    assert.equal(record?.done?.status, 'ok', record?.error?.traceback);
    assert.ok(record.ran.length > 0);
  });

  test('an error stands at its line, with the frames of the traceback', async () => {
    const editor = await script(
      'import numpy as np',
      'def solve(a):',
      '    return np.linalg.inv(a)',
      '',
      'solve(np.zeros((2, 2)))',
      'x = 1',
    );
    const record = await command('tensorlift.runFile');
    assert.equal(record?.error?.type, 'LinAlgError');
    const found = await waitFor(() =>
      vscode.languages.getDiagnostics(editor.document.uri).find(({ source }) => source === 'tensorlift run'),
    );
    assert.match(found.message, /^LinAlgError: Singular matrix/);
    assert.equal(found.range.start.line, 2);
    assert.deepEqual(
      found.relatedInformation?.map(({ location }) => location.range.start.line),
      [4, 2],
    );
    assert.deepEqual(ran(record), [0, 1]);
    await setText(editor, 'import numpy as np\n');
    await waitFor(() =>
      vscode.languages.getDiagnostics(editor.document.uri).every(({ source }) => source !== 'tensorlift run'),
    );
  });

  test('Cancel ends an endless loop within a second', async () => {
    await script('import numpy as np', 'n = 0', 'while True:', '    n = n + 1');
    const { runs } = await features();
    const run = command('tensorlift.runFile');
    await waitFor(() => runs.running?.ran.length === 2, 30_000);
    const started = performance.now();
    await command('tensorlift.cancelRun');
    const record = await run;
    const ms = performance.now() - started;
    assert.equal(record?.done?.status, 'interrupted');
    assert.ok(ms < 1000, `${ms} ms`);
    console.log(`      cancelled in ${Math.round(ms)} ms`);
  });

  test('running a file again ends its run; another file waits', async () => {
    await script('import numpy as np', 'if "go" not in globals():', '    go = 0', 'while True:', '    go = go + 1');
    const { runs } = await features();
    const first = command('tensorlift.runFile');
    await waitFor(() => runs.running?.ran.length === 2, 30_000);
    const second = command('tensorlift.runFile');
    assert.equal((await first)?.done?.status, 'interrupted');
    await waitFor(() => runs.running?.ran.length === 2, 30_000);
    await script('import numpy as np', 'other = np.arange(2)');
    const third = command('tensorlift.runFile');
    assert.equal(runs.running?.ran.length, 2, 'the other file waits');
    await command('tensorlift.cancelRun');
    assert.equal((await second)?.done?.status, 'interrupted');
    assert.equal(value(await third, 'other'), 'array([0, 1])');
  });

  test('a kernel that dies says so; the next run has a new one', async () => {
    const editor = await script('import numpy as np', 'a = np.arange(3)', 'while True:', '    pass');
    const { runs } = await features();
    const lost: string[] = [];
    const listening = runs.onDidLose(reason => lost.push(reason));
    const run = command('tensorlift.runFile');
    await waitFor(() => runs.running?.ran.length === 2, 30_000);
    const pid = (await runs.host.current)?.pid;
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    assert.equal((await run)?.state, 'died');
    assert.deepEqual(lost, ['The kernel stopped: its process ended.']);
    listening.dispose();
    cursor(editor, 1);
    const next = await command('tensorlift.runSelection');
    assert.deepEqual(ran(next), [0, 1], 'the import runs again');
  });

  test('the time limit ends a run and names the setting', async () => {
    const settings = vscode.workspace.getConfiguration('tensorlift.run');
    await settings.update('timeout', 1, vscode.ConfigurationTarget.Workspace);
    try {
      const editor = await open('endless.py');
      assert.equal((await command('tensorlift.runFile'))?.done?.status, 'timeout');
      const found = await waitFor(() =>
        vscode.languages.getDiagnostics(editor.document.uri).find(({ source }) => source === 'tensorlift run'),
      );
      assert.match(found.message, /^Timeout: ended after 1 s, the limit of the setting tensorlift\.run\.timeout/);
    } finally {
      await settings.update('timeout', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('the memory limit is a MemoryError, once the kernel started again', async () => {
    const settings = vscode.workspace.getConfiguration('tensorlift.run');
    await settings.update('memoryLimit', 256, vscode.ConfigurationTarget.Workspace);
    try {
      await command('tensorlift.restartKernel');
      await script('import numpy as np', 'x = np.ones(100_000_000)');
      assert.match((await command('tensorlift.runFile'))?.error?.type ?? '', /MemoryError/);
    } finally {
      await settings.update('memoryLimit', undefined, vscode.ConfigurationTarget.Workspace);
      await command('tensorlift.restartKernel');
    }
  });

  test('input() takes a line from the input box', async () => {
    await script('name = input("who? ")', 'print("hello", name)');
    const run = command('tensorlift.runFile');
    const { runs } = await features();
    await waitFor(() => runs.running?.stdout.endsWith('who? '), 30_000);
    const typed = waitFor(async () => {
      await vscode.commands.executeCommand('type', { text: '' });
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return runs.running === null;
    }, 30_000);
    const record = await run;
    await typed;
    assert.match(record?.stdout ?? '', /hello/);
  });

  test('files have namespaces of their own', async () => {
    await script('import numpy as np', 'only_here = np.ones(2)');
    await command('tensorlift.runFile');
    await script('import numpy as np', 'only_here.sum()');
    assert.equal((await command('tensorlift.runFile'))?.error?.type, 'NameError');
  });

  test('closing a file frees its names; opened again, it begins anew', async () => {
    const { runs } = await features();
    const { uri } = await asUsersDo('import numpy as np', 'x = np.arange(3)', 'print(x)');
    assert.equal((await command('tensorlift.runFile'))?.done?.status, 'ok');
    assert.deepEqual(
      (await runs.tensors(uri.toString())).map(({ name }) => name),
      ['x'],
    );
    await closeAll();
    await waitFor(async () => (await runs.tensors(uri.toString())).length === 0, 30_000);
    assert.equal(runs.last(uri), null);
    const again = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    cursor(again, 2);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [0, 1, 2]);
  });

  test('closing a file in the middle of its run lets it end, and frees its names then', async () => {
    const { runs } = await features();
    const document = await asUsersDo(
      'import time',
      'import numpy as np',
      'x = np.ones(4)',
      'time.sleep(3)',
      'print(x)',
    );
    const run = command('tensorlift.runFile');
    await waitFor(() => runs.last(document.uri)?.ran.includes(2));
    await closeAll();
    const record = await run;
    assert.match(record?.stdout ?? '', /1\. 1\. 1\. 1\./);
    await waitFor(() => document.isClosed && runs.last(document.uri) === null, 30_000);
    assert.deepEqual(await runs.tensors(document.uri.toString()), []);
  });

  test('a module beside the file can be imported, and its error is marked in it', async () => {
    const module = vscode.Uri.joinPath(folder(), 'helper_of_run.py');
    const main = vscode.Uri.joinPath(folder(), 'main_of_run.py');
    const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    await write(module, 'def half(x):\n    return x / 0\n');
    await write(main, 'import helper_of_run\nhelper_of_run.half(1)\n');
    await open('main_of_run.py');
    const record = await command('tensorlift.runFile');
    assert.equal(record?.error?.type, 'ZeroDivisionError');
    const found = await waitFor(() => vscode.languages.getDiagnostics(module)[0]);
    assert.equal(found.range.start.line, 1);
    const own = vscode.languages.getDiagnostics(main).find(({ source }) => source === 'tensorlift run');
    assert.equal(own?.range.start.line, 1);
  });

  test('no process is left when the session is disposed', async () => {
    await open('heat.py');
    const { log, runs } = await features();
    // The class of the extension's own bundle: it knows where the kernel lies.
    const Host = runs.host.constructor as typeof KernelHost;
    const host = new Host(log);
    const { pid } = await host.get(null);
    assert.ok(pid && isAlive(pid));
    host.dispose();
    await waitFor(() => !isAlive(pid), 5000);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
