// The aliasing programs (views, overlaps, negative steps, out=, +=, index and mask stores) against real NumPy's answers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInProcess } from '../../support/kernel.ts';

const oracle = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../oracle');
const recorded = JSON.parse(readFileSync(path.join(oracle, 'recorded/aliasing.json'), 'utf8')) as {
  count: number;
  digests: string;
};

test(`${recorded.count} store-heavy programs give what NumPy gives`, async () => {
  const kernel = await startInProcess();
  const portion = 2000;
  for (let first = 0; first < recorded.count; first += portion) {
    const source = `import sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nfrom aliasing_programs import digests\nprint(digests(${first}, ${portion}))`;
    const { stdout, error } = kernel.run(source, { path: path.join(oracle, 'run.py'), folder: oracle });
    assert.equal(error, null);
    const digests = stdout.trim();
    const different: number[] = [];
    for (let i = 0; i < portion; i++) {
      const expected = recorded.digests.slice((first + i) * 8, (first + i + 1) * 8);
      if (digests.slice(i * 8, i * 8 + 8) !== expected) different.push(first + i);
    }
    assert.deepEqual(different, [], 'programs (seeds) that differ from NumPy');
  }
});
