// Running in the editor: files, statements with what they need, functions, cells; errors, cancelling, limits, and a kernel that dies.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { RunRecord } from '../../src/editor/run/runs.ts';
import { closeAll, features, open, openNotebook, setText, waitFor } from './support.ts';

const command = (id: string, ...args: unknown[]): Thenable<RunRecord | null> =>
  vscode.commands.executeCommand(id, ...args);
const cursor = (editor: vscode.TextEditor, line: number, character = 0): void => {
  editor.selection = new vscode.Selection(line, character, line, character);
};
/** What statements ran, by line. */
const ran = (record: RunRecord | null): readonly number[] => record?.ran ?? [];
const value = (record: RunRecord | null, name: string): string | undefined =>
  record?.lines.findLast(line => line.name === name)?.repr;
const lines = (...all: string[]): { readonly text: string } => ({ text: `${all.join('\n')}\n` });

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
    const editor = await open(
      lines('import numpy as np', 'a = np.arange(3)', 'b = np.ones(5)', 'c = a + 1', 'd = c * 2'),
    );
    cursor(editor, 4);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [0, 1, 3, 4]);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [4]);
    cursor(editor, 2);
    assert.deepEqual(ran(await command('tensorlift.runSelection')), [2]);
  });
});
