// What the panel shows of a run, made from its record; and what is said of a gradient beside the code.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callText, checkText, gradientRun, inlineText, valueText } from '../../../src/editor/panel/gradientText.ts';
import { reportOf, type About, type Ran } from '../../../src/editor/panel/report.ts';
import type { Grad } from '../../../src/service/grad.ts';
import type { RunDone } from '../../../src/shared/protocol.ts';

const done: RunDone = {
  status: 'ok',
  error: null,
  device: { name: 'CPU', kind: 'wasm', software: false },
  gradients: [],
  graph: { nodes: [], edges: [] },
  ms: 12,
  memory: 0,
};
const ran: Ran = { stdout: 'hello\n', stderr: '', lines: [], startedAt: 1000, done };
const about: About = {
  path: '/home/me/work.py',
  text: 'print("hello")\n',
  findings: [],
  conversion: null,
  verification: null,
  version: '1.2.3',
};

test('a record becomes a report under the name of its file', () => {
  const report = reportOf(ran, about);
  assert.equal(report.title, 'work.py');
  assert.equal(report.source, about.text);
  assert.equal(report.run?.stdout, 'hello\n');
  assert.equal(report.run?.ms.run, 12);
  assert.deepEqual(report.made, { at: 1000, version: '1.2.3' });
});

test('a run without an end has no result', () => assert.equal(reportOf({ ...ran, done: null }, about).run, null));

for (const [status, shown] of [
  ['ok', 'ok'],
  ['timeout', 'timeout'],
  ['interrupted', 'error'],
  ['died', 'error'],
] as const)
  test(`status ${status} is shown as ${shown}`, () =>
    assert.equal(reportOf({ ...ran, done: { ...done, status } }, about).run?.status, shown));

const row = {
  line: 2,
  target: 'loss',
  source: 'w',
  dtype: 'float64',
  shape: [2],
  value: [0.3, -0.0782],
  norm: 0.31002,
  min: -0.0782,
  max: 0.3,
  mean: 0.11,
  zeros: 0,
  nonFinite: 0,
  checkMaxRel: 8.2e-10,
} as const;
const grad: Grad = {
  at: { w: [1, 2], n: 3 },
  value: 0.58,
  summed: false,
  gradients: [row],
  check: { maxRel: 8.2e-10 },
};

test('beside the code: norm and check of each gradient', () => {
  assert.equal(inlineText(grad), '∂loss/∂w ‖·‖ 0.31 ✓ checked 8e−10');
  const scalar = { ...row, shape: [], value: 6, norm: 6, source: 'x' };
  assert.equal(inlineText({ ...grad, gradients: [scalar] }), '∂loss/∂x = 6 ✓ checked 8e−10');
  const five = [1, 2, 3, 4, 5].map(i => ({ ...row, source: `w${i}` }));
  assert.match(inlineText({ ...grad, gradients: five }), /∂w3 .* {3}and 2 more$/);
  const broken = { ...row, nonFinite: 1, checkMaxRel: null };
  assert.equal(inlineText({ ...grad, gradients: [broken] }), '∂loss/∂w ‖·‖ 0.31 · 1 not finite not checked');
});

test('a gradient that disagrees with central differences is said to', () => {
  assert.equal(checkText(0.25), '✗ differs from central differences by 3e−1');
  assert.equal(checkText(0), '✓ checked, exact');
});

test('the call is written as Python writes it', () => {
  assert.equal(callText(grad, 'loss'), 'loss(w=[1, 2], n=3) = 0.58');
  assert.equal(valueText(['NaN', '-Infinity', true, null]), '[nan, -inf, True, None]');
  assert.equal(valueText([1, 2, 3, 4, 5, 6, 7, 8, 9], 10), '[1, 2, 3,…');
});

test('the rows travel as a run', () => {
  const run = gradientRun(grad, 'loss');
  assert.equal(run.gradients[0]?.value, '[0.3, -0.0782]');
  assert.equal(run.stdout, 'loss(w=[1, 2], n=3) = 0.58\n');
});
