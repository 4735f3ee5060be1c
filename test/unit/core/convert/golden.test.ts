// The golden pairs: the text of a conversion is the recorded one (which test/oracle/check_golden.py runs on NumPy and TensorFlow), a
// converted program converts to itself, and quick fixes never break a program.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { convertText } from '../../../golden/convertText.ts';
import { analyze } from '../../../../src/core/infer/index.ts';
import { quickFixes } from '../../../../src/core/convert/index.ts';
import { applyEdits } from '../../../../src/core/syntax/index.ts';
import { parsePython } from '../../../support/parser.ts';

const folder = new URL('../../../golden/convert/', import.meta.url);
const pairs = readdirSync(folder)
  .filter(name => name.endsWith('.before.py'))
  .map(name => {
    const before = readFileSync(new URL(name, folder), 'utf8');
    const after = readFileSync(new URL(name.replace('.before.', '.after.'), folder), 'utf8');
    return { name: name.replace('.before.py', ''), before, after };
  });

test('there are at least 60 pairs', () => assert.ok(pairs.length >= 60, String(pairs.length)));

for (const { name, before, after } of pairs) {
  test(`${name}: converted text`, async () => {
    const conversion = await convertText(before);
    assert.equal(conversion.source, after);
    assert.equal(applyEdits(before, conversion.edits), after);
  });
  test(`${name}: converting again changes nothing`, async () => {
    assert.equal((await convertText(after)).source, after);
  });
  test(`${name}: each quick fix leaves a program that can be read`, async () => {
    const analysis = analyze(await parsePython(before));
    for (const { fixes } of quickFixes(analysis))
      for (const { edits } of fixes) assert.equal((await parsePython(applyEdits(before, edits))).hasErrors, false);
  });
}
