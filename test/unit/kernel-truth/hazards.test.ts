// Every hazard row of the covered names, replayed in the kernel: NumPy's form, the naive and the correct TensorFlow forms must
// give what the real packages gave (recorded in test/oracle/recorded/hazards.json): dtype, shape, value, exception type.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInProcess } from '../../support/kernel.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const oracle = path.resolve(here, '../../oracle');

interface Wrong {
  readonly n: string;
  readonly side: string;
  readonly what: string;
  readonly source: string;
  readonly expected: unknown;
  readonly got: unknown;
}
interface Replay {
  readonly rows: number;
  readonly sources: number;
  readonly wrong: readonly Wrong[];
}

/** Known gaps: `row side` → the reason. A listed one that agrees again must be taken off the list. */
const gaps = JSON.parse(readFileSync(path.join(here, 'hazard-gaps.json'), 'utf8')) as Readonly<Record<string, string>>;

let replay: Replay;
before(async () => {
  const kernel = await startInProcess();
  const { stdout, error } = kernel.run(
    `import sys\nsys.path.insert(0, ${JSON.stringify(oracle)})\nimport hazard_outcomes\nprint()\nprint(hazard_outcomes.replay())`,
  );
  assert.equal(error, null);
  replay = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Replay;
});

test('all rows ran', () => {
  assert.ok(replay.rows >= 400, `${replay.rows} rows`);
  assert.ok(replay.sources >= 1200, `${replay.sources} sources`);
});

test('every outcome is that of the real packages', () => {
  const unexpected = replay.wrong.filter(({ n, side }) => !(`${n} ${side}` in gaps));
  const lines = unexpected.map(
    ({ n, side, what, source, expected, got }) =>
      `${n} ${side} differs in ${what}: ${source.replaceAll('\n', ' ; ').slice(0, 160)}\n    expected ${JSON.stringify(expected).slice(0, 200)}\n    got      ${JSON.stringify(got).slice(0, 200)}`,
  );
  assert.equal(unexpected.length, 0, `${unexpected.length} of ${replay.sources} sources differ\n${lines.join('\n')}`);
});

test('no gap is listed that is closed', () => {
  const open = new Set(replay.wrong.map(({ n, side }) => `${n} ${side}`));
  assert.deepEqual(
    Object.keys(gaps).filter(key => !open.has(key)),
    [],
  );
});
