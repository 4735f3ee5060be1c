// Arguments as a user writes them, as the JSON that the service takes: numbers stay as they were written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointOf } from '../../../src/editor/panel/point.ts';

const parameters = ['x', 'n', 'flag'];
const good: readonly (readonly [string, string])[] = [
  ['x=3.0', '{"x":3.0}'],
  ['x=[1.0, 2.0], n=3', '{"x":[1.0, 2.0], "n":3}'],
  ['x=(1., .5), flag=True', '{"x":[1.0, 0.5], "flag":true}'],
  ['x=-2.e-3, n=+1_000', '{"x":-2.0e-3, "n":1000}'],
  ['x=np.array([[1, 2], [3, 4]]), flag=None', '{"x":[[1, 2], [3, 4]], "flag":null}'],
  ['x=tf.constant(2.0)', '{"x":2.0}'],
  ["flag='a'", '{"flag":"a"}'],
  ['{"x": [1, 2.0]}', '{"x": [1, 2.0]}'],
];
for (const [text, json] of good)
  test(text, () => {
    const point = pointOf(text, parameters);
    assert.deepEqual('json' in point && JSON.parse(point.json), JSON.parse(json));
    assert.equal('json' in point && point.json.replace(/\s/g, ''), json.replace(/\s/g, ''));
  });

for (const [text, problem] of [
  ['y=1.0', 'no argument y'],
  ['x=', 'as in a call'],
  ['1.0', 'as in a call'],
  ['x=open("file")', 'as in a call'],
  ['x=[1.0', 'as in a call'],
] as const)
  test(`refused: ${text}`, () => {
    const point = pointOf(text, parameters);
    assert.ok('problem' in point && point.problem.includes(problem), JSON.stringify(point));
  });
