// The gradient of a function: value, check, refusals, and what stands in the panel afterwards.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Grad, NoGrad } from '../../src/service/grad.ts';
import { closeAll, features, openNew, waitFor } from './support.ts';

async function gradient(text: string, target: object = {}): Promise<Grad | NoGrad> {
  const { document } = await openNew(text);
  const answer = await vscode.commands.executeCommand<Grad | NoGrad | undefined>('tensorlift.showGradient', {
    uri: document.uri,
    ...target,
  });
  assert.ok(answer, 'there is an answer');
  return answer;
}

async function taken(text: string, target: object = {}): Promise<Grad> {
  const answer = await gradient(text, target);
  assert.ok('gradients' in answer, JSON.stringify(answer));
  return answer;
}

suite('gradient', function () {
  this.timeout(60_000);
  teardown(closeAll);

  test('of a TensorFlow function at the call of the file, checked', async () => {
    const text = 'import tensorflow as tf\n\ndef y(x):\n    return x ** 2\n\nprint(y(tf.constant(3.0)))\n';
    const { value, gradients } = await taken(text, { name: 'y' });
    assert.equal(value, 9);
    assert.equal(gradients[0]?.value, 6);
    assert.ok((gradients[0]?.checkMaxRel ?? 1) < 1e-6);
    const { panel } = await features();
    const state = await waitFor(() => (panel.state.kind === 'ready' ? panel.state : null));
    const run = state.run.report.run;
    assert.equal(run?.gradients[0]?.value, '6');
    assert.ok(run?.graph.nodes.some(({ lane, range }) => lane === 'backward' && range?.start.line === 3));
  });

  test('of a NumPy function: lifted first, the file stays as it is', async () => {
    const text = `import numpy as np

def loss(w):
    return np.mean(np.log(1 + np.exp(-w)))

loss(np.array([0.0, 0.0]))
`;
    const answer = await taken(text);
    assert.equal(answer.lifted, true);
    assert.deepEqual(answer.gradients[0]?.value, [-0.25, -0.25]);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), text);
    // Nodes stand at the places of the text that the user sees.
    const exp = answer.run?.graph.nodes.find(({ op }) => op === 'Exp');
    assert.equal(exp?.range?.start.line, 3);
  });

  test('at a point that is given', async () => {
    const text = 'import numpy as np\n\ndef cube(x):\n    return np.sum(x ** 3)\n';
    const { gradients } = await taken(text, { name: 'cube', at: '{"x": [1.0, 2.0]}' });
    assert.deepEqual(gradients[0]?.value, [3, 12]);
  });

  test('a function that cannot be lifted says why', async () => {
    const text = `import numpy as np

def f(x):
    x[np.argsort(x)[0]] = open('nowhere').read()
    return np.sum(x)

f(np.ones(3))
`;
    const answer = await gradient(text, { name: 'f' });
    assert.ok('reason' in answer, JSON.stringify(answer));
    assert.ok(answer.reason.length > 0);
    const { panel } = await features();
    assert.notEqual(panel.state.kind, 'loading');
  });
});
