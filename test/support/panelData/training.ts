// A loop that trains w and b for some steps: a tape, a gradient and an update in each. `broken`: b is not finite from this step on.
import type { PanelRun } from '../../../src/shared/panel.ts';
import type { GradientResult, RunResult } from '../../../src/shared/trace.ts';
import { Recorder } from './recorder.ts';
import { gradient, report, trainStepRun } from './trainStep.ts';

const text = `import tensorflow as tf
w = tf.Variable(tf.ones([8, 4]))
b = tf.Variable(tf.zeros([4]))
variables = [w, b]
for step in range(14):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.math.log(x @ w + b))
    for v, g in zip(variables, tape.gradient(loss, variables)):
        v.assign_sub(0.1 * g)
`;

export function trainingRun(steps: number, broken = Infinity): RunResult {
  const trace = new Recorder(text);
  const gradients: GradientResult[] = [];
  const parameters = [
    { at: 0, shape: [8, 4], text: 'tf.Variable(tf.ones' },
    { at: 1, shape: [4], text: 'tf.Variable(tf.zeros' },
  ].map(({ at, shape, text: place }) => ({
    source: `variables[${at}]`,
    shape,
    // As the kernel tells it: the variable is called what it was asked for by.
    node: trace.add(`variables[${at}]`, { kind: 'variable', shape, text: place, norm: 2 }),
  }));
  for (let step = 0; step < steps; step++) {
    const group = ['for step', `step ${step}`];
    const log = trace.add(
      'log',
      { group, text: 'tf.math.log(', api: 'tf.math.log' },
      parameters.map(({ node }) => node),
    );
    const loss = trace.add('loss', { group, shape: [], text: 'tf.reduce_sum(' }, [log]);
    const bad = step >= broken;
    const back = trace.add('∂log', {
      lane: 'backward',
      group,
      mirror: log,
      nonFinite: bad ? 4 : 0,
      text: 'tf.math.log(',
    });
    trace.edge(loss, back, 'seed');
    for (const [at, parameter] of parameters.entries()) {
      const { source, shape, node } = parameter;
      const wrong = bad && at === 1;
      const norm = wrong ? 0 : 1 / (1 + step);
      const made = trace.add(`∂${source}`, { kind: 'gradient', lane: 'backward', group, shape, mirror: node, norm });
      trace.edge(back, made, 'gradient');
      gradients.push(
        gradient(source, shape, norm, {
          line: 7,
          nonFinite: wrong ? 4 : 0,
          checkMaxRel: wrong ? null : 1e-7,
          compared: wrong ? [] : [{ at: null, tape: 0.25 / (1 + step), differences: 0.25 / (1 + step) + 1e-9 }],
          largest: wrong ? [] : [{ at: shape.map(() => 1), value: -0.5 * norm }],
        }),
      );
      const change = trace.add('Mul', { group, shape, norm: 0.1 * norm, text: '0.1 * g' }, [made]);
      parameter.node = trace.add('Sub', { group, shape, norm: 2, text: 'v.assign_sub(0.1 * g)' }, [node, change]);
    }
  }
  const lines = [
    ['w', 1, [8, 4]],
    ['b', 2, [4]],
  ] as const;
  return {
    ...trainStepRun(false),
    gradients,
    graph: { nodes: trace.nodes, edges: trace.edges },
    lines: lines.map(([name, line, shape]) => ({ line, name, dtype: 'float32', shape, repr: '', ms: 1 })),
  };
}

export const training = (steps: number, broken = Infinity): PanelRun => ({
  report: report(trainingRun(steps, broken), { title: 'loop.py', path: '/home/me/project/loop.py', source: text }),
  tensors: [],
  figures: [],
  namespace: null,
});
