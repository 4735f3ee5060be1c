// Calls of functions, methods and operators print what the real NumPy prints: results, dtypes, errors, warnings.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInProcess } from '../../support/kernel.ts';

const oracle = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../oracle');

test('the recorded calls give the same', async () => {
  const kernel = await startInProcess();
  const { stdout, error } = kernel.run(
    `import sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nimport snippets\nprint(snippets.failures('functions'))`,
  );
  assert.equal(error, null);
  const { count, wrong } = JSON.parse(stdout) as {
    count: number;
    wrong: { source: string; expected: string; got: string }[];
  };
  assert.ok(count >= 250, `${count} calls`);
  const shown = wrong.map(({ source, expected, got }) => `${source}\n    NumPy: ${expected}\n    here:  ${got}`);
  assert.equal(wrong.length, 0, `${wrong.length} of ${count} differ:\n${shown.join('\n')}`);
});
