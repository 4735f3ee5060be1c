// y = x² + 2x + 1 with its gradient.
import type { PanelRun } from '../../../src/shared/panel.ts';
import type { RunResult } from '../../../src/shared/trace.ts';
import { Recorder } from './recorder.ts';
import { gradient, report, trainStepRun } from './trainStep.ts';

const polySource = `import tensorflow as tf

def my_function(x):
    return x**2 + 2*x + 1

x = tf.Variable(2.0, dtype=tf.float32)
with tf.GradientTape() as tape:
    y = my_function(x)

dy_dx = tape.gradient(y, x)
print('Value of y:', y.numpy())
print('Gradient dy/dx:', dy_dx.numpy())
`;

/** y = x² + 2x + 1 at 2: two ops side by side, scalars with their values. */
export function polynomial(): PanelRun {
  const trace = new Recorder();
  const at = (line: number) => ({ start: { line, character: 4 }, end: { line, character: 20 } });
  const scalar = { shape: [] as number[], ms: 0.004 };
  const inside = { ...scalar, group: ['my_function'], range: at(3) };
  const x = trace.add('x', { ...scalar, kind: 'variable', value: '2.0', range: at(5), ms: null });
  const pow = trace.add('pow 2', { ...inside, value: '4.0' }, [x]);
  const mul = trace.add('mul 2', { ...inside, value: '4.0' }, [x]);
  const add = trace.add('add', { ...inside, value: '8.0', kernel: 1 }, [pow, mul]);
  const y = trace.add('add 1', { ...inside, value: '9.0', kernel: 1, kind: 'result' }, [add]);
  const back = { ...inside, lane: 'backward' as const };
  const dy = trace.add('∂add 1', { ...back, mirror: y, value: '1.0' });
  const dadd = trace.add('∂add', { ...back, mirror: add, value: '1.0' });
  const dmul = trace.add('∂mul 2', { ...back, mirror: mul, value: '2.0' });
  const dpow = trace.add('∂pow 2', { ...back, mirror: pow, value: '4.0' });
  const dx = trace.add('∂x', {
    ...scalar,
    kind: 'gradient',
    lane: 'backward',
    mirror: x,
    value: '6.0',
    range: at(9),
    ms: null,
  });
  for (const [from, to, kind] of [
    [y, dy, 'seed'],
    [dy, dadd, 'gradient'],
    [dadd, dmul, 'gradient'],
    [dadd, dpow, 'gradient'],
    [dmul, dx, 'gradient'],
    [dpow, dx, 'gradient'],
    [add, dadd, 'saved'],
    [mul, dmul, 'saved'],
    [pow, dpow, 'saved'],
  ] as const)
    trace.edge(from, to, kind);
  const run: RunResult = {
    ...trainStepRun(false),
    device: { name: 'WebAssembly', kind: 'wasm', software: false },
    gradients: [
      gradient('x', [], 6, {
        min: 6,
        max: 6,
        mean: 6,
        zeros: 0,
        target: 'y',
        value: '6.0',
        checkMaxRel: 1.2e-10,
        histogram: [],
      }),
    ],
    graph: { nodes: trace.nodes, edges: trace.edges },
    ms: { start: 600, run: 0.4 },
  };
  return {
    report: report(run, { title: 'gradient.py', path: '/home/me/project/gradient.py', source: polySource }),
    tensors: [],
    figures: [],
    namespace: null,
  };
}
