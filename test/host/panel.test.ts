// The panel: what it shows of a run, selection both ways, slices, export, and how it comes back.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelRun, ToPanel } from '../../src/shared/panel.ts';
import { closeAll, features, file, open, openNew, openNotebook, setText, waitFor } from './support.ts';

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
    return await waitFor(() => found, 30_000, `the message ${type}`);
  } finally {
    listening.dispose();
  }
}

suite('panel', function () {
  this.timeout(60_000);
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

  test('a second look runs nothing', async () => {
    const { runs } = await features();
    const editor = await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    const before = runs.last(editor.document.uri)?.startedAt;
    await vscode.commands.executeCommand('tensorlift.showGraph', { uri: editor.document.uri.toString() });
    assert.equal(runs.last(editor.document.uri)?.startedAt, before);
  });

  test('a run of the program replaces what is shown', async () => {
    const { panel } = await features();
    const editor = await openNew('import numpy as np\nx = np.ones(3)\n');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    assert.equal((await shown()).tensors.find(({ name }) => name === 'x')?.shape.join(), '3');
    await setText(editor, 'import numpy as np\nx = np.ones(4) * 2\n');
    await vscode.commands.executeCommand('tensorlift.runFile', editor.document.uri);
    const run = await waitFor(() => {
      const { state } = panel;
      return state.kind === 'ready' && state.run.tensors[0]?.shape[0] === 4 && state.run;
    });
    assert.match(run.report.source, /ones\(4\)/);
    assert.ok(run.report.conversion, 'the overview has the lifted code');
  });

  test('a Python error is shown with what ran before it', async () => {
    const { panel } = await features();
    const { document } = await openNew('import numpy as np\nx = np.ones(3) + 1\ny = x @ np.ones(4)\n');
    await vscode.commands.executeCommand('tensorlift.showGraph', document.uri);
    const state = await waitFor(() => (panel.state.kind === 'error' ? panel.state : null), 20_000);
    assert.equal(state.error.type, 'ValueError');
    assert.equal(state.error.range?.start.line, 2);
    assert.ok((state.run?.report.run?.graph.nodes.length ?? 0) > 0);
  });

  test('a node selects its source; the editor keeps the focus where it was', async () => {
    const { panel } = await features();
    const editor = await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    const { report } = await shown();
    const node = report.run?.graph.nodes.find(({ group }) => group.includes('f'));
    assert.ok(node?.range);
    panel.receive({ type: 'reveal', range: node.range });
    await waitFor(() => editor.document.getText(editor.selection) === 'x * x', 5000, 'the selection of x * x');
  });

  test('a node of a closed file opens it', async () => {
    const { panel } = await features();
    await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    await shown();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file('heat.py')));
    const place = { line: 4, character: 11 };
    panel.receive({ type: 'reveal', range: { start: place, end: { line: 4, character: 16 } }, focus: true });
    const editor = await waitFor(() => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.endsWith('gradient.py') ? active : null;
    });
    await waitFor(() => editor.document.getText(editor.selection) === 'x * x');
  });

  test('the cursor selects its node, what the panel selected is not told back', async () => {
    const { panel } = await features();
    const editor = await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    await shown();
    const { position } = await told('select', () => {
      editor.selection = new vscode.Selection(4, 13, 4, 13);
    });
    assert.deepEqual(position, { line: 4, character: 13 });
    const posts: string[] = [];
    const listening = panel.onDidPost(({ type }) => posts.push(type));
    panel.receive({ type: 'reveal', range: { start: { line: 7, character: 0 }, end: { line: 7, character: 1 } } });
    await waitFor(() => editor.selection.active.line === 7);
    await new Promise(resolve => setTimeout(resolve, 300));
    listening.dispose();
    assert.deepEqual(posts, []);
  });

  test('changed lines are told, and taken back; places move with their lines', async () => {
    const { panel } = await features();
    const editor = await openNew('import numpy as np\nx = np.ones(3)\ny = x + 1\n');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    await shown();
    const insert = (text: string) => editor.edit(edit => edit.insert(new vscode.Position(1, 0), text));
    const stale = await told('stale', () => insert('z = 5\n'));
    assert.deepEqual(stale.lines, [0]);
    panel.receive({ type: 'reveal', range: { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } } });
    await waitFor(() => editor.document.getText(editor.selection) === 'x + 1');
    const fresh = await told('stale', () =>
      editor.edit(edit => edit.delete(new vscode.Range(new vscode.Position(1, 0), new vscode.Position(2, 0)))),
    );
    assert.deepEqual(fresh.lines, []);
  });

  test('slices come from the kernel; a name that is gone is said', async () => {
    const { panel } = await features();
    await openNew('import numpy as np\nx = np.arange(12.0).reshape(3, 4)\n');
    await vscode.commands.executeCommand('tensorlift.showTensors');
    const { namespace } = await shown();
    assert.ok(namespace);
    const part = (count: number) => ({ start: 0, count, step: 1 });
    const axes = [{ job: 'rows' }, { job: 'columns' }] as const;
    const request = { namespace, name: 'x', axes, rows: part(3), columns: part(4) };
    const { id, slice, problem } = await told('slice', () => panel.receive({ type: 'slice', id: 7, request }));
    assert.equal(id, 7);
    assert.ok(slice, problem);
    assert.ok(ArrayBuffer.isView(slice.values));
    assert.deepEqual([...slice.values], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const gone = await told('slice', () =>
      panel.receive({ type: 'slice', id: 8, request: { ...request, name: 'nobody' } }),
    );
    assert.equal(gone.slice, null);
    assert.match(gone.problem ?? '', /nobody/);
  });

  test('a notebook is one program: its node selects the cell', async () => {
    const { panel } = await features();
    const { notebook } = await openNotebook('cells.ipynb');
    await vscode.commands.executeCommand('tensorlift.showGraph', notebook.uri);
    const { report } = await shown();
    assert.equal(report.title, 'cells.ipynb');
    const node = report.run?.graph.nodes.findLast(({ range }) => range);
    assert.ok(node?.range);
    panel.receive({ type: 'reveal', range: node.range });
    await waitFor(() =>
      vscode.window.visibleTextEditors.some(({ document, selection }) => {
        const cell = document.uri.scheme === 'vscode-notebook-cell';
        return cell && !selection.isEmpty && document.getText(selection).length > 0;
      }),
    );
  });

  test('a long run is said to be loading, Cancel ends it', async () => {
    const { panel, runs } = await features();
    await openNew('import numpy as np\nx = np.ones(2) + 1\nwhile True:\n    pass\n');
    void vscode.commands.executeCommand('tensorlift.showGraph');
    const loading = await waitFor(() => {
      const { state } = panel;
      return state.kind === 'loading' && state.steps[1]?.state === 'active' && state;
    });
    assert.deepEqual(
      loading.steps.map(({ label }) => label),
      ['Starting Python', 'Running', 'Reading the graph'],
    );
    await waitFor(() => runs.running?.ran.includes(1), 10_000, 'the second line to run');
    panel.receive({ type: 'command', command: 'cancel' });
    const state = await waitFor(() => (panel.state.kind === 'error' ? panel.state : null), 20_000);
    assert.equal(state.error.type, 'KeyboardInterrupt');
    assert.ok((state.run?.report.run?.graph.nodes.length ?? 0) > 0, 'what ran before is shown');
  });

  test('a kernel that dies is said to be gone; the next run has another', async () => {
    const { panel, runs } = await features();
    await openNew('import numpy as np\nx = np.ones(2) + 1\nwhile x[0] > 0:\n    pass\n');
    void vscode.commands.executeCommand('tensorlift.showGraph');
    await waitFor(() => panel.state.kind === 'loading' && panel.state.steps[1]?.state === 'active');
    const { pid } = await waitFor(() => runs.host.current);
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    const state = await waitFor(() => (panel.state.kind === 'dead' ? panel.state : null), 20_000);
    assert.match(state.reason, /process ended/);
    await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    assert.equal((await shown()).report.run?.status, 'ok');
  });

  test('after a restart of the kernel the graph stays, its tensors cannot be sliced', async () => {
    const { panel } = await features();
    const { document } = await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showTensors');
    await waitFor(() => panel.state.kind === 'ready' && panel.state.run.namespace !== null);
    await vscode.commands.executeCommand('tensorlift.restartKernel');
    await waitFor(() => panel.state.kind === 'ready' && panel.state.run.namespace === null);
    await vscode.commands.executeCommand('tensorlift.showTensors', document.uri);
    await waitFor(() => panel.state.kind === 'ready' && panel.state.run.namespace !== null);
  });

  test('the report is one file that needs nothing else', async () => {
    const editor = await open('gradient.py');
    const target = file('gradient.report.html');
    await vscode.commands.executeCommand('tensorlift.exportReport', { uri: editor.document.uri, target });
    const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    assert.match(page, /<title>gradient\.py · Tensorlift<\/title>/);
    assert.match(page, /default-src 'none'/);
    assert.doesNotMatch(page, /<(?:script|img|iframe)[^>]*\ssrc=|<link/);
    const data: unknown = JSON.parse(/id="tensorlift-data">(.*?)<\/script>/s.exec(page)?.[1] ?? 'null');
    assert.ok(Array.isArray(data) && data[0].run.graph.nodes.length > 0);
    assert.equal(data[0].run.gradients[0].value, '6.0');
  });

  test('a panel that VS Code restores says what can run again', async () => {
    const { panel, shown: program } = await features();
    await open('gradient.py');
    await vscode.commands.executeCommand('tensorlift.showGraph');
    await shown();
    panel.close();
    assert.equal(panel.isOpen, false);
    panel.show(program.empty());
    const view = vscode.window.createWebviewPanel('tensorlift.panel', 'Tensorlift', vscode.ViewColumn.Beside, {});
    const { state } = await told('show', () => panel.adopt(view));
    assert.deepEqual(state, { kind: 'empty', title: 'gradient.py' });
    panel.receive({ type: 'command', command: 'run' });
    assert.equal((await shown()).report.title, 'gradient.py');
  });
});
