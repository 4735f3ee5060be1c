// Gradients of functions that the file defines and never calls: the point tells their dtypes and shapes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grad } from '../../../src/service/grad.ts';

const text = `import numpy as np

def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)
`;

test('a function without calls is understood at the point', async () => {
  const answer = await grad(text, '/nowhere/rosenbrock.py', 'rosenbrock', {
    at: '{"x": [0.5, 1.5, -1.0]}',
    check: true,
  });
  assert.ok('gradients' in answer, JSON.stringify(answer));
  assert.deepEqual(answer.gradients[0]?.value, [-251, 2201, -650]);
  assert.ok((answer.check?.maxRel ?? 1) < 1e-8);
});

test('a function of which nothing is known asks for a point, where the graph is wanted', async () => {
  const asked = await grad(text, '/nowhere/rosenbrock.py', 'rosenbrock', { trace: true });
  assert.equal('needsPoint' in asked && asked.needsPoint, true);
  assert.ok(!('needsPoint' in (await grad(text, '/nowhere/rosenbrock.py', 'rosenbrock'))));
});

test('the graph of a lifted function stands at the places of its NumPy text, without what only checks it', async () => {
  const answer = await grad(text, '/nowhere/rosenbrock.py', 'rosenbrock', {
    at: '{"x": [0.5, 1.5, -1.0]}',
    check: true,
    trace: true,
  });
  assert.ok('run' in answer && answer.run, JSON.stringify(answer));
  const { nodes } = answer.run.graph;
  assert.deepEqual(
    nodes.filter(({ kind }) => kind === 'input' || kind === 'gradient').map(({ label }) => label),
    ['x', '∂x'],
  );
  const ops = nodes.filter(({ kind }) => kind === 'op');
  assert.ok(ops.length > 0 && ops.every(({ range }) => range?.start.line === 3));
  // Two forward ops for a backward one at most: central differences are none of the user's.
  assert.ok(nodes.length < 60, `${nodes.length} nodes`);
});
