// The rows of src/shared/api/numpy and the package agree: every row is there, with its signature and its documentation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { wrappers, wrappersFile } from '../../../scripts/generate-wrappers.ts';
import { numpyRows } from '../../../src/shared/api/numpy/index.ts';
import { startInProcess } from '../../support/kernel.ts';

const covered = (
  JSON.parse(readFileSync(new URL('../../covered.json', import.meta.url), 'utf8')) as { numpy: string[] }
).numpy;

test('the generated wrappers are those of the rows', () => {
  assert.equal(readFileSync(wrappersFile, 'utf8'), wrappers(), 'run: npx tsx scripts/generate-wrappers.ts');
});

test('every covered name has a row', () => {
  const names = new Set(numpyRows.flatMap(row => [row.name, ...(row.aliases ?? [])]));
  assert.deepEqual(
    covered.filter(name => !names.has(name)),
    [],
  );
});

test('no name has two rows', () => {
  const names = numpyRows.map(row => row.name);
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
});

test('the package shows no name that NumPy does not have', async () => {
  const kernel = await startInProcess();
  const { stdout, error } = kernel.run(`
import numpy as np
from numpy import _missing
def strangers(module, name):
    real = _missing._NAMES[name].split()
    return [each for each in dir(module) if not each.startswith('_') and each not in real]
print(strangers(np, 'numpy'), strangers(np.linalg, 'numpy.linalg'), strangers(np.random, 'numpy.random'))
`);
  assert.equal(error, null);
  assert.equal(stdout, '[] [] []\n');
});

test('every row is in the package, under every alias, with its signature', async () => {
  const kernel = await startInProcess();
  const rows = numpyRows.map(({ name, aliases = [], kind, signature }) => ({ name, aliases, kind, signature }));
  const { stdout, error } = kernel.run(`
import inspect, json
import numpy as np
import numpy.random, numpy.testing
rows = json.loads(${JSON.stringify(JSON.stringify(rows))})
problems = []
def find(name):
    found = np
    for part in name.split('.'):
        found = getattr(found, part)
    return found
for row in rows:
    for name in [row['name'], *row['aliases']]:
        try:
            found = find(name)
        except AttributeError as error:
            problems.append(f'{name}: {error}')
            continue
        if row['signature'] is None or row['kind'] == 'type':
            continue
        signature = str(inspect.signature(found)).replace('(self, ', '(').replace('(self)', '()')
        if signature != row['signature']:
            problems.append(f"{name}{signature} should be {row['signature']}")
print(json.dumps(problems))
`);
  assert.equal(error, null);
  assert.deepEqual(JSON.parse(stdout), []);
});
