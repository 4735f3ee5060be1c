// Every pair of dtypes × {array, NumPy scalar, Python scalar} × operator against real NumPy: dtype, container, values, errors.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInProcess } from '../../support/kernel.ts';

const oracle = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../oracle');
const recorded = JSON.parse(readFileSync(path.join(oracle, 'recorded/promotion.json'), 'utf8')) as Record<
  string,
  string
>;

test('operators promote as NumPy does', async () => {
  const kernel = await startInProcess();
  const source = `import json, sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nfrom promotion_cases import cases\nprint(json.dumps(cases()))`;
  const { stdout, error } = kernel.run(source, { path: path.join(oracle, 'run.py'), folder: oracle });
  assert.equal(error, null);
  const found = JSON.parse(stdout) as Record<string, string>;
  const wrong = Object.entries(recorded).filter(([key, expected]) => found[key] !== expected);
  assert.deepEqual(
    wrong.map(([key, expected]) => `${key}: ${expected}; here ${found[key]}`),
    [],
  );
  assert.equal(Object.keys(found).length, Object.keys(recorded).length);
});
