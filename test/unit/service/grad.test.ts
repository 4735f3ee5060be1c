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
