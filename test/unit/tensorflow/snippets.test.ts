// Snippets recorded on the real TensorFlow print the same in the kernel: tensors, errors, variables, graphs, gradients.
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
  ['tensorflow', 250],
  ['tensorflow_ops', 190],
  ['tensorflow_graph', 60],
  ['tensorflow_dtypes', 100],
] as const) {
  test(`${name}: the recorded snippets print the same`, () => {
    const { stdout, error } = kernel.run(
      `import sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nimport snippets\nprint()\nprint(snippets.failures('${name}'))`,
    );
    assert.equal(error, null);
    const { count, wrong } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Report;
    assert.ok(count >= least, `${count} snippets`);
    const shown = wrong
      .slice(0, 20)
      .map(({ source, expected, got }) => `${source}\n    expected ${expected.trim()}\n    got      ${got.trim()}`);
    assert.equal(wrong.length, 0, `${wrong.length} of ${count} snippets differ:\n${shown.join('\n')}`);
  });
}
