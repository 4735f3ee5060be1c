// Replays snippets recorded on the real packages (test/oracle/recorded) in one kernel: each must print the same there.
import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInProcess } from './kernel.ts';
import type { InProcess } from './kernel.ts';

const oracle = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../oracle');

interface Report {
  readonly count: number;
  readonly wrong: readonly { readonly source: string; readonly expected: string; readonly got: string }[];
}

/** A test for each record: its name, and how many snippets it has at least. */
export function replaySnippets(records: readonly (readonly [name: string, least: number])[]): void {
  let kernel: InProcess;
  before(async () => {
    kernel = await startInProcess();
  });
  for (const [name, least] of records)
    test(`${name}: the recorded snippets print the same`, () => {
      // Snippets may print past the redirection: the report stands on a line of its own, the last one.
      const { stdout, error } = kernel.run(
        `import sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nimport snippets\nprint()\nprint(snippets.failures('${name}'))`,
      );
      assert.equal(error, null);
      const { count, wrong } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Report;
      assert.ok(count >= least, `${count} snippets`);
      const shown = wrong.slice(0, 12).map(({ source, expected, got }) => {
        const [left, right] = [expected.split('\n'), got.split('\n')];
        const at = left.findIndex((line, i) => line !== right[i]);
        return `${source}\n    line ${at}: expected ${left[at]}\n    line ${at}: got      ${right[at]}`;
      });
      assert.equal(wrong.length, 0, `${wrong.length} of ${count} snippets differ:\n${shown.join('\n')}`);
    });
}
