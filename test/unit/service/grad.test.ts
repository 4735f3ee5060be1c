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
  const { largest, compared } = answer.gradients[0] ?? {};
  assert.deepEqual(largest, [
    { at: [1], value: 2201 },
    { at: [2], value: -650 },
    { at: [0], value: -251 },
  ]);
  assert.deepEqual(
    compared?.map(({ at, tape, differences }) => [at?.[0], tape, Math.round(differences * 1000) / 1000]),
    [
      [1, 2201, 2201],
      [2, -650, -650],
      [0, -251, -251],
    ],
  );
});

test('a function of which nothing is known asks for a point', async () => {
  const asked = await grad(text, '/nowhere/rosenbrock.py', 'rosenbrock');
  assert.equal('needsPoint' in asked && asked.needsPoint, true);
});

// What else the file does with the function, and whether the rest of it runs at all, says nothing about the point.
const program = `"""A module that fails."""
import missing_module

W = 3.0
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

import numpy as np; def_of = {}

def loss(w, x, y):
    return np.mean((sigmoid(x @ w) - y) ** 2)

def scaled(x, *more, **named):
    return W * x ** 2

def filled(x):
    y = np.zeros_like(x)
    for i in range(1, len(x)):
        y[i] = y[i - 1] * 0.5 + x[i] ** 2
    return y.sum()

def product(A, x):
    return x.T @ A @ x

def ring():
    global W
    W = W - 1
ring()
print(sigmoid(np.ones((2, 2))), missing_module.nothing)
`;
const points: Record<string, [name: string, at: string, source: string, value: unknown]> = {
  'a scalar where the file has matrices': ['sigmoid', '{"z": 0.0}', 'z', 0.25],
  'globals as the module leaves them': ['scaled', '{"x": 2.0}', 'x', 8],
  'a point of integers alone, which means floats': ['filled', '{"x": [1, 2, 3, 4]}', 'x', [0, 7, 9, 8]],
  'a function without np in a file whose import it does not need': [
    'product',
    '{"A": [[1, 2], [3, 4]], "x": [1.5, 2.0]}',
    'x',
    [13, 23.5],
  ],
};
for (const [name, [fn, at, source, value]] of Object.entries(points))
  test(`the point decides: ${name}`, async () => {
    const answer = await grad(program, '/nowhere/program.py', fn, { at, check: true });
    assert.ok('gradients' in answer, JSON.stringify(answer));
    assert.deepEqual(answer.gradients.find(row => row.source === source)?.value, value);
    assert.ok((answer.check?.maxRel ?? 1) < 1e-8);
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
