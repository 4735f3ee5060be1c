// Random calls with all their arguments (test/oracle/call_programs.py) against real NumPy's answers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInProcess } from '../../support/kernel.ts';

const oracle = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../oracle');
const recorded = JSON.parse(readFileSync(path.join(oracle, 'recorded/calls.json'), 'utf8')) as {
  count: number;
  digests: string;
};

test(`${recorded.count} random calls give what NumPy gives`, async () => {
  const kernel = await startInProcess();
  const source = `import sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nfrom call_programs import digests\nprint(digests(0, ${recorded.count}))`;
  const { stdout, error } = kernel.run(source, { path: path.join(oracle, 'run.py'), folder: oracle });
  assert.equal(error, null);
  const digests = stdout.trim();
  const different: number[] = [];
  for (let i = 0; i < recorded.count; i++)
    if (digests.slice(i * 8, i * 8 + 8) !== recorded.digests.slice(i * 8, i * 8 + 8)) different.push(i);
  assert.deepEqual(different, [], 'calls (seeds) that differ from NumPy');
});
