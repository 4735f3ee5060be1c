// Which lines changed since a run, and where the others are now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineDiff } from '../../../src/editor/panel/lines.ts';

const before = ['import numpy as np', 'x = np.ones(3)', '', 'y = x + 1', 'z = y * 2'];
const text = before.join('\n');

interface Case {
  readonly name: string;
  readonly now: readonly string[];
  readonly changed: readonly number[];
  /** Old line → line of the new text. */
  readonly moved: readonly (readonly [number, number])[];
}

const cases: readonly Case[] = [
  { name: 'nothing', now: before, changed: [], moved: [[4, 4]] },
  { name: 'one line', now: before.with(1, 'x = np.ones(4)'), changed: [1], moved: [[3, 3]] },
  {
    name: 'two lines apart',
    now: before.with(0, 'import numpy').with(4, 'z = y * 3'),
    changed: [0, 4],
    moved: [[3, 3]],
  },
  {
    name: 'a line added',
    now: before.toSpliced(2, 0, 'x[0] = 5'),
    changed: [1],
    moved: [
      [1, 1],
      [3, 4],
    ],
  },
  { name: 'a line deleted', now: before.toSpliced(1, 1), changed: [1], moved: [[3, 2]] },
  { name: 'blank lines added', now: before.toSpliced(2, 0, '', ''), changed: [], moved: [[3, 5]] },
  {
    name: 'a line added and one far behind it changed',
    now: before.with(4, 'z = y').toSpliced(1, 0, 'import math'),
    changed: [0, 4],
    moved: [[3, 4]],
  },
];

for (const { name, now, changed, moved } of cases)
  test(`changed: ${name}`, () => {
    const diff = lineDiff(text, now.join('\n'));
    assert.deepEqual(diff.changed, changed);
    for (const [old, place] of moved) assert.equal(diff.now(old), place);
    now.forEach((line, i) => {
      const old = diff.then(i);
      if (old !== null) assert.equal(before[old], line);
    });
  });

test('line breaks are no change', () => {
  assert.deepEqual(lineDiff('a\nb\n', 'a\r\nb\r\n').changed, []);
});

test('ten thousand changed lines take no second', () => {
  const long = Array.from({ length: 10_000 }, (_, i) => `a${i}`);
  const started = performance.now();
  const diff = lineDiff(['x', ...long, 'y'].join('\n'), ['x', ...long.map(each => `${each}!`), 'new', 'y'].join('\n'));
  assert.equal(diff.changed.length, 10_000);
  assert.ok(performance.now() - started < 1000);
});
