// The rule table is complete and consistent: every covered NumPy name and operator has a rule, every form uses covered names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { refusals, ruleFor, rules, transforms } from '../../../../src/core/rules/index.ts';
import { rulePages } from '../../../../scripts/generate-docs.ts';
import { convertedExamples } from '../../../golden/examples.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const covered = JSON.parse(read('../../../covered.json')) as Record<'numpy' | 'tensorflow' | 'operators', string[]>;

test('every covered NumPy name and operator has a rule', () => {
  const transformed = ['subscript', 'store', 'augmented assignment', 'abs'];
  // What these change is bound by the transform TL709.
  const inPlace = ['copyto', 'ndarray.sort', 'ndarray.fill'];
  const missing = [
    ...covered.numpy.filter(name => !inPlace.includes(name) && !ruleFor(name)),
    ...covered.operators.filter(name => !transformed.includes(name) && !ruleFor(name)),
  ];
  assert.deepEqual(missing, []);
});

test('ids are unique and in their ranges', () => {
  const ids = [...rules, ...Object.values(transforms), ...Object.values(refusals)].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id } of rules) assert.match(id, /^TL[167]\d\d$/);
  for (const { id } of Object.values(refusals)) assert.match(id, /^TL9\d\d$/);
});

/** For NumPy functions that the kernel does not run either: these forms are checked on the real packages only. */
const beyondTheKernel = 'tan sinh cosh asin acos atan asinh math.log1p math.expm1 math.atan2 linalg.band_part'.split(
  ' ',
);

test('forms and converted examples are made of covered TensorFlow names', async () => {
  const known = new Set([...covered.tensorflow, ...beyondTheKernel]);
  const texts = [
    ...rules.flatMap(({ id, forms }) => forms.flatMap(({ tf }) => (typeof tf === 'string' ? [[id, tf] as const] : []))),
    ...(await convertedExamples()).map(({ id, after }) => [id, after] as const),
  ];
  for (const [id, text] of texts)
    for (const [, name = ''] of text.matchAll(/\btf\.([\w.]+)/g)) assert.ok(known.has(name), `${id}: tf.${name}`);
});

test('every example is converted by its own rule, and recorded', async () => {
  const examples = await convertedExamples();
  for (const { id, rules: used, blocked } of examples) {
    assert.deepEqual(blocked, [], id);
    // A basic subscript keeps its text.
    if (id !== 'TL188') assert.ok(used.includes(id), id);
  }
  assert.deepEqual(JSON.parse(read('../../../golden/examples.json')), examples);
});

test('docs/rules is current', () => {
  for (const [name, text] of rulePages()) assert.equal(read(`../../../../docs/rules/${name}`), text, name);
});
