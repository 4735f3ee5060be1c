// What package.json promises is there once the extension runs.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/contributions/commands.ts';
import { settings } from '../../src/editor/contributions/settings.ts';
import { api, closeAll } from './support.ts';

suite('manifest', () => {
  suiteTeardown(closeAll);

  test('every command has an implementation', async () => {
    await api();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.keys(commands).filter(id => !registered.has(id)),
      [],
    );
  });

  test('every setting has its default', () => {
    for (const [id, { default: value }] of Object.entries(settings))
      assert.deepEqual(vscode.workspace.getConfiguration().inspect(id)?.defaultValue, value, id);
  });

  test('the colours and keys are contributed', () => {
    const { contributes } = vscode.extensions.getExtension('tensorlift.tensorlift')?.packageJSON as {
      contributes: { colors: { id: string }[]; keybindings: { command: string }[] };
    };
    assert.ok(contributes.colors.length > 0);
    assert.deepEqual(
      contributes.keybindings.map(({ command }) => command).filter(command => !(command in commands)),
      [],
    );
  });
});
