// The extension starts with the first Python file, quickly, and does nothing that nobody needs yet.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { suite, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { api, closeAll, features, open, waitFor } from './support.ts';

suite('activation', () => {
  suiteTeardown(closeAll);

  test('takes less than 50 ms, with the time to load the code', async () => {
    const { activationMs } = await api();
    const file = path.join(
      vscode.extensions.getExtension('tensorlift.tensorlift')?.extensionPath ?? '',
      'dist/extension.cjs',
    );
    const load = createRequire(file);
    // Loaded again as if for the first time: the best of five, since other programs use the machine too.
    const times = [1, 2, 3, 4, 5].map(() => {
      Reflect.deleteProperty(load.cache, load.resolve(file));
      const started = performance.now();
      load(file);
      return performance.now() - started;
    });
    const all = activationMs + Math.min(...times);
    assert.ok(all < 50, `${activationMs.toFixed(1)} ms and ${times.map(ms => ms.toFixed(1)).join(', ')} ms to load`);
  });

  test('starts no thread and no process before a Python file is open', async () => {
    const { service, runs, analyses } = await features();
    assert.ok(
      !vscode.workspace.textDocuments.some(({ languageId }) => languageId === 'python'),
      'run alone, this is first',
    );
    assert.deepEqual([service.running, runs.host.current], [false, null]);
    assert.deepEqual(analyses.all(), []);
  });

  test('starts none for a Python file without NumPy and TensorFlow', async () => {
    const { service, runs, analyses } = await features();
    const { document } = await open('plain.py');
    const analysed = await analyses.current(document);
    assert.equal(analysed?.outline.relevant, false);
    assert.deepEqual([service.running, runs.host.current], [false, null]);
  });

  test('starts the analysis with a file that imports one of them', async () => {
    const { service, analyses } = await features();
    const { document } = await open('heat.py');
    await waitFor(() => analyses.latest(document)?.outline.relevant);
    assert.ok(service.running);
  });
});
