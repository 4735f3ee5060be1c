// A training step of a small network with fused kernels, a backward pass, updates, and one gradient that is not finite.
import type { PanelRun } from '../../../src/shared/panel.ts';
import type { ReportData } from '../../../src/shared/report.ts';
import type { GradientResult, RunResult, TraceGraph } from '../../../src/shared/trace.ts';
import { figures } from './figures.ts';
import { Recorder } from './recorder.ts';
import { tensors } from './tensors.ts';

export const source = `import tensorflow as tf
from data import batch, params

W1, b1, W2, b2, W3, b3 = params(784, 256, 128, 10)

def dense(x, W, b):
    return tf.matmul(x, W) + b

def mlp(x):
    h1 = tf.nn.relu(dense(x, W1, b1))
    h2 = tf.nn.relu(dense(h1, W2, b2))
    return dense(h2, W3, b3)

def log_softmax(z):
    z = z - tf.reduce_max(z, axis=-1, keepdims=True)
    lse = tf.math.log(tf.reduce_sum(tf.exp(z), axis=-1, keepdims=True))
    return z - lse

def cross_entropy(z, y):
    p = tf.one_hot(y, 10)
    return -tf.reduce_mean(tf.reduce_sum(p * log_softmax(z), axis=-1))

def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = cross_entropy(mlp(x), y)
        loss += 1e-4 * tf.norm(b3)
    variables = [W1, b1, W2, b2, W3, b3]
    grads = tape.gradient(loss, variables)
    for v, g in zip(variables, grads):
        v.assign_sub(0.05 * g)
    return loss

x, y = batch(64)
print("loss", train_step(x, y).numpy())
`;

/** The graph of `train_step`; `broken: false` leaves the regulariser's NaN out. */
export function trainStepGraph(broken = true): TraceGraph {
  const trace = new Recorder(source);
  const device = 'webgpu' as const;
  const x = trace.add('x', { kind: 'input', shape: [64, 784], text: 'batch(64)' });
  const forward: number[] = [];
  const op = (label: string, part: Parameters<Recorder['add']>[1], inputs: readonly number[]): number => {
    const id = trace.add(label, { device, ...part }, inputs);
    forward.push(id);
    return id;
  };
  const variable = (name: string, shape: number[]) =>
    trace.add(name, { kind: 'variable', shape, text: 'params(784, 256, 128, 10)' });
  const parameters: [string, number, number][] = [];
  let kernel = 0;
  let h = x;
  const layers = [
    ['W1', 'b1', 784, 256, 0.412],
    ['W2', 'b2', 256, 128, 0.148],
    ['W3', 'b3', 128, 10, 0.038],
  ] as const;
  for (const [wName, bName, from, to, ms] of layers) {
    kernel++;
    const [w, b] = [variable(wName, [from, to]), variable(bName, [to])];
    const last = to === 10;
    const group = ['mlp', 'dense'];
    h = op('matmul', { group, shape: [64, to], text: 'tf.matmul(x, W)', kernel, api: 'tf.matmul', norm: 71.2 }, [h, w]);
    parameters.push([wName, w, h]);
    h = op('add', { group, shape: [64, to], text: 'tf.matmul(x, W) + b', kernel, api: 'tf.add', ...(last && { ms }) }, [
      h,
      b,
    ]);
    parameters.push([bName, b, h]);
    if (!last)
      h = op(
        'relu',
        {
          group: ['mlp'],
          shape: [64, to],
          text: `tf.nn.relu(dense(${wName === 'W1' ? 'x' : 'h1'}, ${wName}, ${bName}))`,
          kernel,
          api: 'tf.nn.relu',
          ms,
        },
        [h],
      );
  }
  const softmax = ['cross_entropy', 'log_softmax'];
  const z = h;
  kernel++;
  const max = op(
    'reduce_max',
    { group: softmax, shape: [64, 1], text: 'tf.reduce_max(z, axis=-1, keepdims=True)', kernel },
    [z],
  );
  const shifted = op('sub', { group: softmax, text: 'z - tf.reduce_max', kernel }, [z, max]);
  const exp = op('exp', { group: softmax, text: 'tf.exp(z)', kernel }, [shifted]);
  const sum = op('reduce_sum', { group: softmax, shape: [64, 1], text: 'tf.reduce_sum(tf.exp(z)', kernel }, [exp]);
  const log = op('log', { group: softmax, shape: [64, 1], text: 'tf.math.log(', kernel }, [sum]);
  const soft = op('sub', { group: softmax, text: 'z - lse', kernel, ms: 0.052 }, [shifted, log]);
  const hot = trace.add('one_hot(y)', { kind: 'constant', group: ['cross_entropy'], text: 'tf.one_hot(y, 10)' });
  kernel++;
  const mul = op('mul', { group: ['cross_entropy'], text: 'p * log_softmax(z)', kernel, device: 'wasm' }, [hot, soft]);
  const inner = op(
    'reduce_sum',
    { group: ['cross_entropy'], shape: [64], text: 'tf.reduce_sum(p * log', kernel, ms: 0.021, device: 'wasm' },
    [mul],
  );
  kernel++;
  const mean = op(
    'reduce_mean',
    { group: ['cross_entropy'], shape: [], text: 'tf.reduce_mean(', kernel, device: 'wasm' },
    [inner],
  );
  const neg = op(
    'neg',
    {
      group: ['cross_entropy'],
      shape: [],
      text: '-tf.reduce_mean',
      kernel,
      ms: 0.009,
      device: 'wasm',
      value: '2.3016',
    },
    [mean],
  );
  const b3 = parameters.find(([name]) => name === 'b3')?.[1] ?? 0;
  const norm = op('norm', { shape: [], text: 'tf.norm(b3)', ms: 0.003, device: 'wasm', value: '0.0', api: 'tf.norm' }, [
    b3,
  ]);
  const scaled = op('mul 1e-4', { shape: [], text: '1e-4 * tf.norm(b3)', ms: 0.001, device: 'wasm', value: '0.0' }, [
    norm,
  ]);
  const loss = op(
    'loss',
    { kind: 'result', shape: [], text: 'loss += 1e-4', ms: 0.002, device: 'wasm', value: '2.3016' },
    [neg, scaled],
  );

  const mirrors = new Map<number, number>();
  const bad = broken ? 10 : 0;
  for (const id of [...forward].reverse()) {
    const node = trace.nodes[id];
    if (!node) continue;
    const isNorm = node.label === 'norm';
    const mirror = trace.add(`∂${node.label === 'loss' ? 'add' : node.label}`, {
      lane: 'backward',
      group: node.group,
      shape: node.shape,
      range: node.range,
      device: node.device,
      kernel: node.kernel === null ? null : 100 + node.kernel,
      ms:
        node.kernel === null ||
        node.label === 'matmul' ||
        node.label === 'reduce_max' ||
        node.label === 'mul' ||
        node.label === 'reduce_mean'
          ? isNorm
            ? 0.002
            : 0.7 * (trace.nodes.find(each => each.kernel === node.kernel && each.ms !== null)?.ms ?? 0.002)
          : null,
      mirror: id,
      norm: isNorm && broken ? NaN : 1 / (1 + mirrors.size),
      nonFinite: isNorm ? bad && 1 : 0,
    });
    mirrors.set(id, mirror);
    trace.edge(id, mirror, id === loss ? 'seed' : 'saved');
    for (const edge of [...trace.edges])
      if (edge.from === id && edge.kind === 'data') {
        const user = mirrors.get(edge.to);
        if (user !== undefined && user !== mirror) trace.edge(user, mirror, 'gradient');
      }
  }
  for (const [name, parameter, user] of parameters) {
    const node = trace.nodes[parameter];
    const wrong = name === 'b3' ? bad : 0;
    const shape = node?.shape ?? [];
    const gradient = trace.add(`∂${name}`, {
      kind: 'gradient',
      lane: 'backward',
      shape,
      mirror: parameter,
      nonFinite: wrong,
      text: 'tape.gradient(loss, variables)',
      norm: wrong ? NaN : 1.04,
    });
    trace.edge(mirrors.get(user) ?? 0, gradient, 'gradient');
    if (name === 'b3') trace.edge(mirrors.get(norm) ?? 0, gradient, 'gradient');
    const update = trace.add(`${name} −= η∂`, {
      kind: 'update',
      shape,
      nonFinite: wrong,
      text: 'v.assign_sub(0.05 * g)',
      ms: 0.008,
      device,
    });
    trace.edge(gradient, update, 'update');
  }
  return { nodes: trace.nodes, edges: trace.edges };
}

const bell = (count: number, spread: number): number[] =>
  Array.from({ length: count }, (_, at) =>
    Math.round(4000 * Math.exp(-(((at - count / 2) / spread) ** 2)) + (at === count / 2 ? 9000 : 0)),
  );

export const gradient = (
  name: string,
  shape: number[],
  norm: number,
  part: Partial<GradientResult> = {},
): GradientResult => ({
  line: 27,
  target: 'loss',
  source: name,
  dtype: 'float32',
  shape,
  value: '[[-0.0021  0.0004 …]\n [ 0.0013  0.      …]]',
  norm,
  min: -0.0387,
  max: 0.0402,
  mean: -8.8e-6,
  zeros: Math.round(0.3 * shape.reduce((product, dim) => product * dim, 1)),
  nonFinite: 0,
  histogram: bell(24, 4),
  ...part,
});

/** Kernels one after another with a little time between them, from 884 µs on. */
function onClock(graph: TraceGraph): TraceGraph {
  let at = 884;
  const nodes = graph.nodes.map(node => {
    if (node.ms === null) return node;
    const start = at;
    at += Math.round(1000 * node.ms) + (node.lane === 'backward' && node.label === '∂loss' ? 60 : 4);
    return { ...node, at: start };
  });
  return { ...graph, nodes };
}

export function trainStepRun(broken = true): RunResult {
  return {
    status: 'ok',
    stdout: 'loss 2.3016\n',
    stderr: '',
    error: null,
    device: { name: 'WebGPU', kind: 'webgpu', software: false },
    lines: [
      { line: 32, name: 'x', dtype: 'float32', shape: [64, 784], repr: '', ms: 0.38, at: 20 },
      { line: 32, name: 'y', dtype: 'int64', shape: [64], repr: '', ms: 0.38, at: 20 },
      { line: 33, name: '', dtype: '', shape: [], repr: '', ms: 2.02, at: 420 },
    ],
    gradients: [
      gradient('W1', [784, 256], 0.9126, { checkMaxRel: 2.1e-9 }),
      gradient('b1', [256], 0.0874, { checkMaxRel: 6.4e-10, min: -0.0167, max: 0.0151, mean: -2.2e-4 }),
      gradient('W2', [256, 128], 1.043, { checkMaxRel: 1.7e-9 }),
      gradient('b2', [128], 0.1163, { min: -0.0312, max: 0.0339, mean: 4.5e-4 }),
      gradient('W3', [128, 10], 1.608, { min: -0.142, max: 0.138, histogram: bell(24, 7) }),
      broken
        ? gradient('b3', [10], NaN, {
            min: NaN,
            max: NaN,
            mean: NaN,
            zeros: 0,
            nonFinite: 10,
            value: '[nan nan nan …]',
          })
        : gradient('b3', [10], 0.0784, { checkMaxRel: 3.3e-9 }),
    ],
    graph: onClock(trainStepGraph(broken)),
    ms: { start: 610, run: 2.46 },
  };
}

export const report = (run: RunResult | null, part: Partial<ReportData> = {}): ReportData => ({
  title: 'train.py',
  path: '/home/me/project/train.py',
  source,
  findings: [],
  conversion: null,
  verification: null,
  run,
  made: { at: Date.UTC(2026, 0, 1), version: '0.1.0' },
  ...part,
});

export const trainStep = (broken = true): PanelRun => ({
  report: report(trainStepRun(broken)),
  tensors,
  figures,
  namespace: 'train.py',
});
