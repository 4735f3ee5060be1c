// Comparing before and after: the command lifts and opens the tab, a lift brings its comparison into the panel, the diff opens from it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelState } from '../../src/shared/panel.ts';
import type { ReportData } from '../../src/shared/report.ts';
import { closeAll, features, open, openNew, waitFor } from './support.ts';

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(`tensorlift.${command}`, ...args);
const reportOf = (state: PanelState): ReportData | null =>
  state.kind === 'ready' ? state.run.report : state.kind === 'error' ? (state.run?.report ?? null) : null;

suite('compare', function () {
  this.timeout(90_000);
  teardown(closeAll);

  test('the command lifts, runs both sides and opens the tab; what is shown was measured', async () => {
    const { panel } = await features();
    const { document } = await open('heat.py');
    await run('compare', document.uri);
    const report = reportOf(panel.state);
    assert.ok(report?.comparison);
    const store = report.comparison.rows.find(({ before }) => before.startsWith('rod[1:-1] ='));
    assert.ok(store);
    assert.match(store.after, /rod\[1:-1\]\.assign\(/);
    assert.equal(store.result, 'identical');
    assert.deepEqual(store.value?.dtypes, ['float64', 'float64']);
    assert.ok(store.counts[0] > 1 && store.counts[0] === store.counts[1], String(store.counts));
    assert.ok(store.ms.every(ms => ms !== null && ms > 0));
    assert.equal(report.verification?.verdict.status, 'verified');
  });

  test('a run of the same text keeps the comparison; a changed text has none', async () => {
    const { panel, shown } = await features();
    const editor = await openNew('import numpy as np\nx = np.exp(np.ones(3))\nprint(x)\n');
    await run('liftFile', editor.document.uri);
    await vscode.window.showTextDocument(editor.document);
    await run('showGraph', editor.document.uri);
    await waitFor(() => reportOf(panel.state)?.run && reportOf(panel.state)?.comparison, 30_000);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(3, 0), 'y = x + 1\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(shown.isCompared(editor.document.getText()), false);
    await run('showGraph', editor.document.uri);
    await waitFor(() => reportOf(panel.state)?.source.includes('y = x + 1'), 30_000);
    assert.equal(reportOf(panel.state)?.comparison, undefined);
  });

  test('a row shows its line; Open Diff opens the difference', async () => {
    const { panel } = await features();
    const editor = await openNew('import numpy as np\n\nx = np.exp(np.ones(3))\nprint(x)\n');
    await run('compare', editor.document.uri);
    const row = reportOf(panel.state)?.comparison?.rows[0];
    assert.ok(row);
    panel.receive({ type: 'reveal', range: row.range, focus: true });
    await waitFor(() => vscode.window.activeTextEditor?.selection.start.line === 2);
    panel.receive({ type: 'command', command: 'openDiff' });
    const tab = await waitFor(() => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputTextDiff ? activeTab : null;
    }, 30_000);
    assert.match(tab.label, /↔ lifted: verified/);
  });

  test('the arguments of the last run are inputs, also where the file no longer makes the call', async () => {
    const { panel } = await features();
    const text = 'import numpy as np\n\ndef f(k: int):\n  return np.arange(4) * k\n\n\nf(-7)\n';
    const { document } = await openNew(text);
    await run('runFile', document.uri);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(5, 0, 7, 0));
    await vscode.workspace.applyEdit(edit);
    await run('compare', document.uri);
    const units = reportOf(panel.state)?.conversion?.units ?? [];
    assert.equal(units.find(({ name }) => name === 'f')?.verification?.origins?.last, 1);
  });

  test('the empty tab asks for the same', async () => {
    const { panel } = await features();
    const editor = await openNew('import numpy as np\nx = np.sqrt(np.ones(3))\n');
    await run('showGraph', editor.document.uri);
    await waitFor(() => reportOf(panel.state)?.run, 30_000);
    assert.equal(reportOf(panel.state)?.comparison, undefined);
    panel.receive({ type: 'command', command: 'compare' });
    await waitFor(() => reportOf(panel.state)?.comparison, 30_000);
  });
});
