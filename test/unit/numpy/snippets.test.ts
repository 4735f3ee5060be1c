// Snippets recorded on the real packages print the same in the kernel: arrays, scalars, tensors, random streams, numpy.testing.
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInProcess } from '../../support/kernel.ts';
import type { InProcess } from '../../support/kernel.ts';

const oracle = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../oracle');

interface Report {
  readonly count: number;
  readonly wrong: readonly { readonly source: string; readonly expected: string; readonly got: string }[];
}

let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

for (const [name, least] of [
  ['printing', 500],
  ['scalars', 600],
  ['random', 160],
  ['testing', 50],
  ['tensors', 125],
] as const) {
  test(`${name}: the recorded snippets print the same`, () => {
    const { stdout, error } = kernel.run(
      `import sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nimport snippets\nprint(snippets.failures('${name}'))`,
    );
    assert.equal(error, null);
    const { count, wrong } = JSON.parse(stdout) as Report;
    assert.ok(count >= least, `${count} snippets`);
    const shown = wrong.slice(0, 12).map(({ source, expected, got }) => {
      const lines = expected.split('\n');
      const at = lines.findIndex((line, i) => line !== got.split('\n')[i]);
      return `${source}\n    line ${at}: expected ${lines[at]}\n    line ${at}: got      ${got.split('\n')[at]}`;
    });
    assert.equal(wrong.length, 0, `${wrong.length} of ${count} snippets differ:\n${shown.join('\n')}`);
  });
}
