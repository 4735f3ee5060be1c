// Places of a lifted text as places of the text before: what an edit wrote stands for all that it replaced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, Source } from '../../../src/core/syntax/index.ts';
import { placesBefore } from '../../../src/service/placesBefore.ts';

const text = 'import numpy as np\n\ndef f(x):\n    return np.sum(np.exp(x)) + 1\n';
const source = new Source(text);
const edit = (old: string, newText: string, from = 0) => {
  const start = text.indexOf(old, from);
  return { range: source.range(start, start + old.length), newText };
};
const edits = [
  edit('import numpy as np\n', 'import tensorflow as tf\nimport numpy as np\n'),
  edit('np.sum(np.exp(x))', 'tf.reduce_sum(\n        tf.exp(x)\n    )'),
];
const lifted = applyEdits(text, edits);
const back = (part: string): string => {
  const start = lifted.indexOf(part);
  const { start: from, end: to } = placesBefore(text, edits)(new Source(lifted).range(start, start + part.length));
  return text.slice(source.offsetAt(from), source.offsetAt(to));
};

for (const [name, part, expected] of [
  ['before all edits of its line', 'def f(x)', 'def f(x)'],
  ['behind an edit with more lines', ' + 1', ' + 1'],
  ['a whole edit', 'tf.reduce_sum(\n        tf.exp(x)\n    )', 'np.sum(np.exp(x))'],
  ['a part of an edit', 'tf.exp(x)', 'np.sum(np.exp(x))'],
  ['across an edit', 'return tf.reduce_sum(\n        tf.exp(x)\n    ) + 1', 'return np.sum(np.exp(x)) + 1'],
] as const)
  test(name, () => assert.equal(back(part), expected));

test('without edits nothing moves', () => {
  const range = source.range(3, 9);
  assert.deepEqual(placesBefore(text, [])(range), range);
});
