// Runs for tests of the panel's page: a training step of a small network with fused kernels, a backward pass, updates and one
// gradient that is not finite; its tensors and figures; a polynomial; and a graph of any size.
import type { PanelRun } from '../../src/shared/panel.ts';
import type { ReportData } from '../../src/shared/report.ts';
import type { Figure, Slice, SliceRequest, TensorRow } from '../../src/shared/tensors.ts';
import type { GradientResult, RunResult, TraceEdge, TraceGraph, TraceNode } from '../../src/shared/trace.ts';

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

const lines = source.split('\n');
const widths: Readonly<Record<string, number>> = { float64: 8, int64: 8, float32: 4, int32: 4, bool: 1 };

/** Collects nodes and edges; ids are their places. */
class Recorder {
  readonly nodes: TraceNode[] = [];
  readonly edges: TraceEdge[] = [];

  add(
    label: string,
    part: Partial<TraceNode> & { readonly text?: string } = {},
    inputs: readonly number[] = [],
  ): number {
    const { text, ...rest } = part;
    const id = this.nodes.length;
    const dtype = rest.dtype ?? 'float32';
    const shape = rest.shape ?? [64, 10];
    const line = text === undefined ? -1 : lines.findIndex(each => each.includes(text));
    const start = text === undefined ? 0 : (lines[line] ?? '').indexOf(text);
    this.nodes.push({
      id,
      op: label,
      label,
      kind: 'op',
      lane: 'forward',
      dtype,
      shape,
      group: [],
      range:
        line < 0 ? null : { start: { line, character: start }, end: { line, character: start + (text?.length ?? 0) } },
      device: 'wasm',
      ms: null,
      bytes: shape.reduce((product, dim) => product * dim, 1) * (widths[dtype] ?? 4),
      kernel: null,
      mirror: null,
      nonFinite: 0,
      ...rest,
    });
    for (const from of inputs) this.edge(from, id, 'data');
    return id;
  }

  edge(from: number, to: number, kind: TraceEdge['kind']): void {
    this.edges.push({ from, to, kind });
  }
}

/** The graph of `train_step`; `broken: false` leaves the regulariser's NaN out. */
export function trainStepGraph(broken = true): TraceGraph {
  const trace = new Recorder();
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

const gradient = (name: string, shape: number[], norm: number, part: Partial<GradientResult> = {}): GradientResult => ({
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

export function trainStepRun(broken = true): RunResult {
  return {
    status: 'ok',
    stdout: 'loss 2.3016\n',
    stderr: '',
    error: null,
    device: { name: 'WebGPU', kind: 'webgpu', software: false },
    lines: [],
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
    graph: trainStepGraph(broken),
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

const tensor = (name: string, shape: number[], part: Partial<TensorRow> = {}): TensorRow => ({
  name,
  type: 'Tensor',
  dtype: 'float32',
  shape,
  bytes: 4 * shape.reduce((product, dim) => product * dim, 1),
  nonFinite: 0,
  ...part,
});

export const tensors: readonly TensorRow[] = [
  tensor('x_img', [64, 28, 28, 1], { nonFinite: 4 }),
  tensor('x', [64, 784], { nonFinite: 4 }),
  tensor('y', [64], { dtype: 'int64', bytes: 512 }),
  tensor('W1', [784, 256], { type: 'Variable' }),
  tensor('b1', [256], { type: 'Variable' }),
  tensor('h1', [64, 256]),
  tensor('logits', [64, 10]),
  tensor('mask', [64, 10], { dtype: 'bool', bytes: 640 }),
  tensor('loss', []),
  tensor('none', [0, 3]),
  tensor('big', [10_000, 10_000], { type: 'ndarray', dtype: 'float64', bytes: 800_000_000 }),
  tensor('∂W1', [784, 256], { gradientOf: 'W1' }),
  tensor('∂b3', [10], { gradientOf: 'b3', nonFinite: 10 }),
];

/** What the array named in a request holds at a place; the picture of a hook, with a few values that are not finite. */
function valueAt(name: string, row: number, column: number): number {
  if (name === 'x_img') {
    if ((row === 6 && (column === 9 || column === 10)) || (row === 7 && column === 9)) return NaN;
    if (row === 12 && column === 18) return Infinity;
    const top = Math.hypot(row - 9, column - 14);
    const low = Math.hypot(row - 18, column - 14);
    const near = Math.min(Math.abs(top - 5), Math.abs(low - 5));
    return column < 12 && row > 7 && row < 20 ? 0 : Math.max(0, 0.98 - near * near * 0.25);
  }
  if (name === 'mask') return (row + column) % 3 === 0 ? 1 : 0;
  if (name === '∂b3') return NaN;
  return Math.sin(row / 7) * Math.cos(column / 5) * 0.8;
}

/** Answers a request as the kernel would. */
export function sliceOf(request: SliceRequest): Slice {
  const row = tensors.find(each => each.name === request.name);
  const shape = row?.shape ?? [];
  const size = (job: 'rows' | 'columns') => {
    const axis = request.axes.findIndex(each => each.job === job);
    return axis < 0 ? 1 : (shape[axis] ?? 1);
  };
  const [rows, columns] = [size('rows'), size('columns')];
  const values: number[] = [];
  const part = ({ start, count, step }: SliceRequest['rows'], full: number) =>
    Array.from({ length: Math.ceil(count / step) }, (_, index) => start + index * step).filter(at => at < full);
  for (const r of part(request.rows, rows))
    for (const c of part(request.columns, columns)) values.push(valueAt(request.name, r, c));
  const finite = values.filter(Number.isFinite);
  const [min, max] = [Math.min(...finite, Infinity), Math.max(...finite, -Infinity)];
  const mean = finite.reduce((sum, value) => sum + value, 0) / (finite.length || 1);
  const histogram = new Array<number>(24).fill(0);
  for (const value of finite) {
    const bin = max > min ? Math.min(23, Math.floor(((value - min) / (max - min)) * 24)) : 0;
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  return {
    name: request.name,
    dtype: row?.dtype ?? 'float32',
    shape,
    rows,
    columns,
    values: Float64Array.from(values),
    min,
    max,
    mean,
    std: Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (finite.length || 1)),
    zeros: finite.filter(value => value === 0).length,
    nan: values.filter(Number.isNaN).length,
    infinite: values.filter(value => Math.abs(value) === Infinity).length,
    histogram,
  };
}

const steps = Array.from({ length: 120 }, (_, at) => at);
export const figures: readonly Figure[] = [
  {
    number: 1,
    axes: [
      {
        title: 'Training',
        xLabel: 'step',
        yLabel: 'loss',
        marks: [
          {
            kind: 'line',
            label: 'train',
            x: steps,
            y: steps.map(at => 2.3 * Math.exp(-at / 40) + 0.08 * Math.sin(at / 3)),
          },
          { kind: 'line', label: 'validation', x: steps, y: steps.map(at => 2.35 * Math.exp(-at / 55) + 0.12) },
        ],
      },
      {
        title: 'Classes',
        xLabel: 'class',
        yLabel: 'count',
        marks: [{ kind: 'bars', label: 'y', x: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], y: [5, 8, 6, 9, 4, 7, 6, 8, 5, 6] }],
      },
      {
        title: 'x[17]',
        xLabel: '',
        yLabel: '',
        marks: [
          {
            kind: 'image',
            label: '',
            x: [],
            y: Array.from({ length: 784 }, (_, at) => {
              const value = valueAt('x_img', Math.floor(at / 28), at % 28);
              return Number.isFinite(value) ? value : 0;
            }),
            columns: 28,
          },
        ],
      },
      {
        title: 'Logits',
        xLabel: 'z0',
        yLabel: 'z1',
        marks: [
          {
            kind: 'points',
            label: 'batch',
            x: steps.map(at => Math.sin(at * 1.7) * 2),
            y: steps.map(at => Math.cos(at * 2.3) + at / 90),
          },
        ],
      },
    ],
    others: ['plt.tight_layout()', 'plt.grid(alpha=0.3)'],
    line: 32,
  },
];

export const trainStep = (broken = true): PanelRun => ({
  report: report(trainStepRun(broken)),
  tensors,
  figures,
  namespace: 'train.py',
});

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

/** Blocks of twelve ops in stages, forward and mirrored: as many nodes as asked for. */
export function largeGraph(count: number): TraceGraph {
  const trace = new Recorder();
  const forward: number[] = [];
  let last = trace.add('x', { kind: 'input' });
  while (trace.nodes.length < count / 2) {
    const block = Math.floor(forward.length / 12);
    const first = last;
    for (let at = 0; at < 12; at++) {
      const group = ['model', `stage_${Math.floor(block / 6)}`, `block_${block}`];
      const skip = at === 11 ? [first] : [];
      last = trace.add(['matmul', 'add', 'relu'][at % 3] ?? 'add', { group, ms: 0.01 + (at % 5) / 100 }, [
        last,
        ...skip,
      ]);
      forward.push(last);
    }
  }
  let before: number | null = null;
  for (const id of [...forward].reverse()) {
    const node = trace.nodes[id];
    if (!node) continue;
    const mirror = trace.add(`∂${node.label}`, { lane: 'backward', group: node.group, mirror: id, ms: 0.02 });
    trace.edge(id, mirror, before === null ? 'seed' : 'saved');
    if (before !== null) trace.edge(before, mirror, 'gradient');
    before = mirror;
  }
  return { nodes: trace.nodes, edges: trace.edges };
}
