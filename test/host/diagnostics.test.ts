// Findings in the editor: severity, place and page, in files and notebooks, through edits, settings, closing and other languages.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, features, file, open, openNotebook, setText, waitFor } from './support.ts';

const { Hint, Information, Warning, Error: Failure } = vscode.DiagnosticSeverity;
const ours = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'tensorlift');
const ruleOf = ({ code }: vscode.Diagnostic) => (typeof code === 'object' ? String(code.value) : '');
const rules = (uri: vscode.Uri) => ours(uri).map(ruleOf);
/** Waits until a document has a finding of a rule, and gives it. */
const finding = (uri: vscode.Uri, rule: string) =>
  waitFor(() => ours(uri).find(each => ruleOf(each) === rule), 10_000, `${rule} in ${uri.path}`);
const settings = () => vscode.workspace.getConfiguration('tensorlift');

suite('diagnostics', () => {
  suiteTeardown(closeAll);
  teardown(async () => {
    await settings().update('lint.rules', undefined, vscode.ConfigurationTarget.Workspace);
    await settings().update('lint.enable', undefined, vscode.ConfigurationTarget.Workspace);
  });

  test('what can be lifted is a hint, a change of meaning a warning', async () => {
    const { document } = await open('heat.py');
    assert.equal((await finding(document.uri, 'TL103')).severity, Hint);
    assert.equal((await finding(document.uri, 'TL224')).severity, Warning);
    for (const { severity } of ours(document.uri)) assert.ok(severity === Hint || severity === Warning);
  });

  test('every rule opens its page, which is part of the extension', async () => {
    const { document } = await open('heat.py');
    const { code } = await finding(document.uri, 'TL103');
    assert.ok(typeof code === 'object');
    assert.equal(code.value, 'TL103');
    const page = await vscode.workspace.fs.readFile(code.target);
    assert.match(new TextDecoder().decode(page), /^# TL103 np\.zeros/);
  });

  test('errors and information keep their severity, deprecated code is struck through', async () => {
    const { document } = await open({
      text: [
        'import tensorflow as tf',
        'import numpy as np',
        'a = tf.constant(1.0)',
        'tf.config.run_functions_eagerly(True)',
        'with tf.compat.v1.Session() as sess:',
        '    print(sess.run(a))',
        'print(%timeit np.ones(3))',
      ].join('\n'),
    });
    assert.equal((await finding(document.uri, 'TL301')).severity, Failure);
    assert.equal((await finding(document.uri, 'TL308')).severity, Information);
    const session = await finding(document.uri, 'TL303');
    assert.equal(session.severity, Warning);
    assert.deepEqual(session.tags, [vscode.DiagnosticTag.Deprecated]);
  });

  test('ranges are right after surrogate pairs and with CRLF', async () => {
    const { document } = await open('surrogates.py');
    await finding(document.uri, 'TL121');
    for (const { range } of ours(document.uri)) assert.match(document.getText(range), /^np\./);
    const crlf = await open('crlf.py');
    assert.equal(crlf.document.getText((await finding(crlf.document.uri, 'TL134')).range), 'np.sum(a, axis=0)');
  });

  test('follow the text', async () => {
    const editor = await open({ text: 'import numpy as np\nx = np.zeros(3)\n' });
    const { uri } = editor.document;
    await finding(uri, 'TL103');
    await setText(editor, 'import numpy as np\n\n\nk = np.argmax(np.ones((2, 2)))\n');
    const found = await waitFor(() => ours(uri).find(each => ruleOf(each) === 'TL204' && each.range.start.line === 3));
    assert.equal(editor.document.getText(found.range), 'np.argmax(np.ones((2, 2)))');
    await setText(editor, 'x = 1\n');
    await waitFor(() => ours(uri).length === 0);
  });

  test('say nothing about Python without NumPy and TensorFlow', async () => {
    const { document } = await open('plain.py');
    await (await features()).analyses.current(document);
    assert.deepEqual(ours(document.uri), []);
  });

  test('a rule can be off or louder, and all can be off', async () => {
    const { document } = await open('heat.py');
    await finding(document.uri, 'TL103');
    await settings().update('lint.rules', { TL103: 'off', TL143: 'error' }, vscode.ConfigurationTarget.Workspace);
    await waitFor(() => !rules(document.uri).includes('TL103'));
    assert.equal((await finding(document.uri, 'TL143')).severity, Failure);
    await settings().update('lint.enable', false, vscode.ConfigurationTarget.Workspace);
    await waitFor(() => ours(document.uri).length === 0);
    await settings().update('lint.enable', undefined, vscode.ConfigurationTarget.Workspace);
    await finding(document.uri, 'TL143');
  });

  test('comments switch rules off', async () => {
    const { document } = await open({
      text: 'import numpy as np\nx = np.zeros(3)  # tensorlift: ignore[TL103, TL202]\ny = np.ones(3)\n',
    });
    await waitFor(() => ours(document.uri).length > 0);
    assert.ok(ours(document.uri).every(({ range }) => range.start.line === 2));
  });

  test('go with the language, and come back with it', async () => {
    const { document } = await open({ text: 'import numpy as np\nx = np.zeros(3)\n' });
    await finding(document.uri, 'TL103');
    const plain = await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await waitFor(() => ours(plain.uri).length === 0);
    const python = await vscode.languages.setTextDocumentLanguage(plain, 'python');
    await finding(python.uri, 'TL103');
  });

  test('go when the file is renamed or closed', async () => {
    const [old, renamed] = [file('old name.py'), file('new name.py')];
    await vscode.workspace.fs.writeFile(old, new TextEncoder().encode('import numpy as np\nx = np.zeros(3)\n'));
    await open('old name.py');
    await finding(old, 'TL103');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(old, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await finding(renamed, 'TL103');
    await waitFor(() => ours(old).length === 0);
    await closeAll();
    await waitFor(() => ours(renamed).length === 0);
    await vscode.workspace.fs.delete(renamed);
  });

  test('of a notebook stand in its cells, and move with them', async () => {
    const { notebook } = await openNotebook('cells.ipynb');
    const cell = (at: number) => {
      const found = notebook.cellAt(at).document;
      return found;
    };
    const sum = await finding(cell(2).uri, 'TL134');
    assert.equal(cell(2).getText(sum.range), 'np.sum(a, axis=1)');
    const tanh = await finding(cell(3).uri, 'TL610');
    assert.equal(cell(3).getText(tanh.range), 'np.tanh(a)');

    // A cell more in front of them, with a name that changes what is known.
    const edit = new vscode.WorkspaceEdit();
    const extra = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'c = np.zeros(2)', 'python');
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(2, [extra])]);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await finding(cell(2).uri, 'TL103');
    await waitFor(() => rules(cell(3).uri).includes('TL134') && rules(cell(4).uri).includes('TL610'));

    // And away again.
    const { uri } = cell(2);
    const remove = new vscode.WorkspaceEdit();
    remove.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(2, 3))]);
    assert.ok(await vscode.workspace.applyEdit(remove));
    await waitFor(() => ours(uri).length === 0 && rules(cell(2).uri).includes('TL134'));

    // A cell of another language is no part of the program.
    const changed = cell(3);
    await vscode.languages.setTextDocumentLanguage(changed, 'plaintext');
    await waitFor(() => ours(changed.uri).length === 0);
  }).timeout(60_000);
});
