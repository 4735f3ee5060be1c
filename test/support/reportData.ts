// A small report for tests of the page: a dense layer, its loss and its gradients.
import type { ReportData } from '../../src/shared/report.ts';
import type { TraceEdge, TraceNode } from '../../src/shared/trace.ts';

const source = `import numpy as np
import tensorflow as tf


def dense(x, w, b):
    return tf.nn.relu(tf.matmul(x, w) + b)


best = np.argmax(scores)
loss = tf.reduce_mean(dense(x, w, b))
`;

const at = (line: number) => ({ start: { line, character: 4 }, end: { line, character: 20 } });
const node = (id: number, label: string, part: Partial<TraceNode> = {}): TraceNode => ({
  id,
  op: label,
  label,
  kind: 'op',
  lane: 'forward',
  dtype: 'float32',
  shape: [64, 128],
  group: [],
  range: at(5),
  device: 'wasm',
  ms: 0.12 * (id + 1),
  bytes: 32768,
  kernel: null,
  mirror: null,
  nonFinite: 0,
  ...part,
});
const edge = (from: number, to: number, kind: TraceEdge['kind'] = 'data'): TraceEdge => ({ from, to, kind });

export const reportData: ReportData = {
  title: 'dense.py',
  path: 'dense.py',
  source,
  findings: [
    {
      rule: 'TL204',
      name: 'argmax-axis',
      kind: 'hazard',
      severity: 'warning',
      range: at(8),
      message: 'argmax without axis flattens here; tf.argmax would take axis 0.',
      fixes: [{ title: 'Replace with tf.argmax(tf.reshape(…))', level: 'review', edits: [] }],
    },
  ],
  conversion: {
    source: source
      .replace('np.argmax(scores)', 'tf.argmax(tf.reshape(scores, [-1]))')
      .replace('import numpy as np\n', ''),
    edits: [],
    changes: [],
    complete: true,
    units: [
      {
        name: '<module>',
        kind: 'module',
        line: 0,
        status: 'converted',
        level: 'review',
        rules: ['TL142'],
        blocked: [],
        mutates: [],
        returns: [],
      },
    ],
  },
  verification: {
    verdict: { status: 'verified', by: 'runtime', inputs: 3, maxAbs: 0, maxRel: 0, gradient: 'checked' },
    text: 'agrees on 3 inputs in the bundled runtime, gradient checked by central differences',
  },
  run: {
    status: 'ok',
    stdout: 'Loss: 0.4821\n',
    stderr: '',
    error: null,
    device: { name: 'WebAssembly SIMD', kind: 'wasm', software: false },
    lines: [],
    gradients: [
      {
        line: 9,
        target: 'loss',
        source: 'w',
        dtype: 'float32',
        shape: [784, 128],
        value: '…',
        norm: 1.043,
        min: -0.0387,
        max: 0.0402,
        mean: -8.8e-6,
        zeros: 22675,
        nonFinite: 0,
        histogram: [1, 3, 8, 20, 60, 22, 9, 2, 1],
        checkMaxRel: 1.7e-9,
      },
      {
        line: 9,
        target: 'loss',
        source: 'b',
        dtype: 'float32',
        shape: [128],
        value: '…',
        norm: Number.MAX_VALUE,
        min: 0,
        max: 0,
        mean: 0,
        zeros: 0,
        nonFinite: 10,
        checkMaxRel: null,
      },
    ],
    graph: {
      nodes: [
        node(0, 'x', { kind: 'input', shape: [64, 784], ms: null }),
        node(1, 'w', { kind: 'variable', shape: [784, 128], ms: null }),
        node(2, 'b', { kind: 'variable', shape: [128], ms: null }),
        node(3, 'MatMul', { group: ['dense'], api: 'tf.matmul', kernel: 1 }),
        node(4, 'AddV2', { group: ['dense'], kernel: 1, api: 'tf.add' }),
        node(5, 'Relu', { group: ['dense'], kernel: 1, api: 'tf.nn.relu' }),
        node(6, 'Mean', { shape: [], range: at(9), api: 'tf.reduce_mean' }),
        node(7, '∂Mean', { lane: 'backward', mirror: 6 }),
        node(8, '∂Relu', { lane: 'backward', mirror: 5, group: ['dense'] }),
        node(9, '∂AddV2', { lane: 'backward', mirror: 4, group: ['dense'] }),
        node(10, '∂MatMul', { lane: 'backward', mirror: 3, group: ['dense'] }),
        node(11, '∂w', { kind: 'gradient', lane: 'backward', shape: [784, 128], ms: null }),
        node(12, '∂b', { kind: 'gradient', lane: 'backward', shape: [128], nonFinite: 10, ms: null }),
      ],
      edges: [
        edge(0, 3),
        edge(1, 3),
        edge(3, 4),
        edge(2, 4),
        edge(4, 5),
        edge(5, 6),
        edge(6, 7, 'seed'),
        edge(6, 7, 'saved'),
        edge(7, 8, 'gradient'),
        edge(8, 9, 'gradient'),
        edge(9, 10, 'gradient'),
        edge(10, 11, 'gradient'),
        edge(9, 12, 'gradient'),
        edge(5, 8, 'saved'),
        edge(3, 10, 'saved'),
      ],
    },
    ms: { start: 700, run: 12 },
  },
  made: { at: Date.UTC(2026, 0, 1), version: '0.1.0' },
};
