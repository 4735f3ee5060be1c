// The gradients of a training loop by parameter, under the names that the program gave.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineResult } from '../../../src/shared/trace.ts';
import { firstBroken } from '../../../webview/gradients/cause.ts';
import { isBroken, needsAttention, seriesOf } from '../../../webview/gradients/series.ts';
import { withNames } from '../../../webview/graph/names.ts';
import { trainingRun, trainStepRun } from '../../support/panelData/index.ts';

test('a loop has one row for each parameter, with a step for each turn', () => {
  const series = seriesOf(withNames(trainingRun(14)));
  assert.deepEqual(
    series.map(({ source, target, steps }) => [source, target, steps.length]),
    [
      ['w', 'loss', 14],
      ['b', 'loss', 14],
    ],
  );
  assert.deepEqual(
    series[0]?.steps.map(({ gradient }) => gradient.norm),
    Array.from({ length: 14 }, (_, step) => 1 / (1 + step)),
  );
  assert.equal(series[0]?.last.norm, 1 / 14);
});

test('each step knows its node of the graph and how much it changed the parameter', () => {
  const run = trainingRun(3);
  const [w] = seriesOf(withNames(run));
  const ids = run.graph.nodes.filter(({ label }) => label === '∂variables[0]').map(({ id }) => id);
  assert.deepEqual(
    w?.steps.map(({ node }) => node?.id),
    ids,
  );
  // The change is a tenth of the gradient, the parameter's norm is 2.
  assert.deepEqual(
    w?.steps.map(({ update }) => update),
    [1, 1 / 2, 1 / 3].map(norm => (0.1 * norm) / 2),
  );
});

test('an update is only one where something was made of the gradient and of the parameter', () => {
  const { graph, gradients } = trainingRun(2);
  const without = { nodes: graph.nodes, edges: graph.edges.filter(({ to }) => graph.nodes[to]?.label !== 'Sub') };
  for (const { steps } of seriesOf({ graph: without, gradients }))
    assert.deepEqual(
      steps.map(({ update }) => update),
      [null, null],
    );
});

test('gradients of different lines, targets or shapes are no steps of one another', () => {
  const { gradients, graph } = trainStepRun(false);
  assert.equal(seriesOf({ gradients, graph }).length, gradients.length);
  const [first] = gradients;
  assert.ok(first);
  const others = [{ ...first }, { ...first, line: 3 }, { ...first, target: 'other' }, { ...first, shape: [1] }];
  assert.equal(seriesOf({ gradients: others, graph }).length, 4);
  assert.equal(seriesOf({ gradients: [first, { ...first }], graph })[0]?.steps.length, 2);
});

test('a name is given where a line gave exactly one to a value of this type', () => {
  const run = trainingRun(1);
  const line = (part: Partial<LineResult>): LineResult => ({
    line: 1,
    name: 'w',
    dtype: 'float32',
    shape: [8, 4],
    repr: '',
    ms: 0,
    ...part,
  });
  const named = (lines: readonly LineResult[]) => withNames({ ...run, lines }).gradients.map(({ source }) => source);
  assert.deepEqual(named([line({})]), ['w', 'variables[1]']);
  assert.deepEqual(named([line({}), line({ name: 'v' })]), ['variables[0]', 'variables[1]'], 'two names, one type');
  assert.deepEqual(named([line({}), line({ name: 'v', shape: [3] })]), ['w', 'variables[1]']);
  assert.deepEqual(named([line({ dtype: 'list', shape: [] })]), ['variables[0]', 'variables[1]']);
});

test('the cause of a gradient that is not finite is the first op on its way, in the step where it began', () => {
  const run = withNames(trainingRun(6, 4));
  const [w, b] = seriesOf(run);
  assert.ok(w && b);
  assert.equal(needsAttention(w), false);
  assert.ok(needsAttention(b));
  const at = b.steps.findIndex(({ gradient }) => isBroken(gradient));
  assert.equal(at, 4);
  const cause = firstBroken(run.graph, b.steps[at]?.node ?? null);
  assert.deepEqual([cause?.label, cause?.group.at(-1)], ['∂log', 'step 4']);
});
