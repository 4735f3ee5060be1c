// The panel: what it shows of a run, selection both ways, slices, export, and how it comes back.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelRun, ToPanel } from '../../src/shared/panel.ts';
import { closeAll, features, file, open, openNotebook, setText, waitFor } from './support.ts';

/** The run that the panel shows. */
async function shown(ms = 20_000): Promise<PanelRun> {
  const { panel } = await features();
  return waitFor(() => (panel.state.kind === 'ready' ? panel.state.run : null), ms, 'a run in the panel');
}

/** The next message of a type that the page is sent. */
async function told<Type extends ToPanel['type']>(
  type: Type,
  action: () => unknown,
  fits: (message: Extract<ToPanel, { type: Type }>) => boolean = () => true,
): Promise<Extract<ToPanel, { type: Type }>> {
  const { panel } = await features();
  let found: Extract<ToPanel, { type: Type }> | null = null;
  const listening = panel.onDidPost(message => {
    if (message.type === type && fits(message as Extract<ToPanel, { type: Type }>))
      found ??= message as Extract<ToPanel, { type: Type }>;
  });
  try {
    await action();
    return await waitFor(() => found, 10_000, `the message ${type}`);
  } finally {
    listening.dispose();
  }
}

suite('panel', () => {
  teardown(closeAll);

  test('shows the graph of a file that has not run yet', async () => {
    await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    const { report, namespace } = await shown();
    assert.equal(report.title, 'gradient.py');
    assert.equal(report.run?.status, 'ok');
    const lanes = new Set(report.run?.graph.nodes.map(({ lane }) => lane));
    assert.deepEqual([...lanes].sort(), ['backward', 'forward']);
    assert.equal(namespace, file('gradient.py').toString());
    assert.ok(vscode.window.activeTextEditor, 'the editor keeps the focus');
  });
});
