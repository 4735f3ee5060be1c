// The extension starts with the first Python file, quickly.
import assert from 'node:assert/strict';
import { suite, suiteTeardown, test } from 'mocha';
import { api, closeAll, open } from './support.ts';

suite('activation', () => {
  suiteTeardown(closeAll);

  test('a Python file activates the extension, in less than 50 ms', async () => {
    await open('heat.py');
    const { activationMs } = await api();
    assert.ok(activationMs < 50, `${activationMs} ms`);
  });
});
