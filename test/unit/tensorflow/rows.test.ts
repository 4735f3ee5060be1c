// The rows are those of test/covered.json, each exists in the kernel, and Python sees the signature of the row.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tensorflowRows } from '../../../src/shared/api/tensorflow/index.ts';
import { startInProcess } from '../../support/kernel.ts';

const covered = JSON.parse(readFileSync(new URL('../../covered.json', import.meta.url), 'utf8')) as {
  readonly tensorflow: readonly string[];
};

test('every covered name has a row, and no other', () => {
  assert.deepEqual(tensorflowRows.map(row => row.name).sort(), [...covered.tensorflow].sort());
});

test('names, aliases and signatures are the same in Python', async () => {
  const kernel = await startInProcess();
  const rows = tensorflowRows.map(({ name, aliases = [], signature, kind }) => ({ name, aliases, signature, kind }));
  const { stdout, error } = kernel.run(`
import functools, inspect, json
import tensorflow as tf
find = lambda name: functools.reduce(getattr, name.split('.'), tf)
for row in json.loads(${JSON.stringify(JSON.stringify(rows))}):
    found = find(row['name'])
    for alias in row['aliases']:
        if find(alias) is not found:
            print(alias, 'is not', row['name'])
    # The signatures of types are those of their constructors in TensorFlow, of Variable and errors a metaclass's.
    if row['kind'] == 'function' and str(inspect.signature(found)) != row['signature']:
        print(row['name'], inspect.signature(found), 'instead of', row['signature'])
`);
  assert.equal(error, null);
  assert.equal(stdout, '');
});
