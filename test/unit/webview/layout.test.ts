import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceNode } from '../../../src/shared/trace.ts';
import { layout, type Placed, type PlacedNode } from '../../../webview/graph/layout.ts';
import { graphModel } from '../../../webview/graph/model.ts';
import { largeGraph, polynomial, trainStepGraph } from '../../support/panelData/index.ts';
import { reachOf } from '../../../webview/graph/reach.ts';
import { changedLines } from '../../../webview/code/diff.ts';
import { pieces } from '../../../webview/code/highlight.ts';
import { bytesText, numberText, timeText, typeText } from '../../../webview/ui/format.ts';
import { reportData } from '../../support/reportData.ts';

const graph = reportData.run?.graph ?? { nodes: [], edges: [] };
const labelOf = (box: Placed): string => (box.kind === 'node' ? box.node.label : box.name);
const placed = (closed: readonly string[] = []) => layout(graphModel(graph), { closed: new Set(closed) });
const find = (nodes: readonly PlacedNode[], label: string) => {
  const found = nodes.find(item => item.node.label === label);
  assert.ok(found, `${label} is placed`);
  return found;
};

test('a backward op stands on the row of the op that it differentiates', () => {
  const { nodes } = placed();
  for (const label of ['MatMul', 'AddV2', 'Relu', 'Mean'])
    assert.equal(find(nodes, `∂${label}`).y, find(nodes, label).y);
  assert.ok(find(nodes, '∂Mean').x > find(nodes, 'Mean').x);
});

test('forward runs down, and no two boxes of a column overlap', () => {
  const { nodes } = placed();
  for (const column of ['left', 'forward', 'backward', 'gradients', 'updates'] as const) {
    const boxes = nodes.filter(item => item.column === column).sort((a, b) => a.y - b.y);
    boxes
      .slice(1)
      .forEach((box, index) =>
        assert.ok(box.y >= (boxes[index]?.y ?? 0) + (boxes[index]?.h ?? 0), `${box.node.label} is free`),
      );
  }
});

test('ops of one kernel are welded', () => {
  assert.deepEqual(
    placed()
      .edges.filter(edge => edge.weld)
      .map(({ from, to }) => `${labelOf(from)}+${labelOf(to)}`),
    ['MatMul+AddV2', 'AddV2+Relu'],
  );
});

test('closing a group closes its mirror and leads the edges to the box', () => {
  const key = placed().groups[0]?.group ?? '';
  const { nodes, groups, edges, height } = placed([key]);
  assert.equal(groups.filter(group => group.closed).length, 2);
  assert.ok(!nodes.some(item => item.node.label === 'MatMul' || item.node.label === '∂MatMul'));
  assert.ok(edges.some(({ from, to }) => labelOf(from) === 'dense' && labelOf(to) === 'Mean'));
  assert.ok(!edges.some(({ to }) => labelOf(to) === 'AddV2'));
  assert.ok(height < placed().height);
});

test('an empty graph has an empty picture', () => {
  assert.deepEqual(layout(graphModel({ nodes: [], edges: [] }), { closed: new Set() }).nodes, []);
});

test('20,000 nodes are laid out well within a second', () => {
  const large = largeGraph(20_000);
  const started = process.cpuUsage();
  const { nodes } = layout(graphModel(large), { closed: new Set() });
  // Time of the processor: the tests run beside others.
  const ms = process.cpuUsage(started).user / 1000;
  assert.equal(nodes.length, large.nodes.length);
  assert.ok(ms < 1000, `${ms} ms`);
});

test('two ops that feed the same op stand beside each other, and their mirrors the other way round', () => {
  const { nodes } = layout(graphModel(polynomial().report.run?.graph ?? { nodes: [], edges: [] }), {
    closed: new Set(),
  });
  const [pow, mul] = [find(nodes, 'pow 2'), find(nodes, 'mul 2')];
  assert.equal(pow.y, mul.y);
  assert.ok(pow.x + pow.w <= mul.x);
  assert.ok(find(nodes, '∂mul 2').x < find(nodes, '∂pow 2').x);
  assert.equal(find(nodes, '∂x').y, find(nodes, 'x').y);
});

test('parameters stand left, gradients and updates right, on the rows of their ops', () => {
  const { nodes } = layout(graphModel(trainStepGraph()), { closed: new Set() });
  const [w, gradient, update] = [find(nodes, 'W2'), find(nodes, '∂W2'), find(nodes, 'W2 −= η∂')];
  assert.deepEqual([w.column, gradient.column, update.column], ['left', 'gradients', 'updates']);
  assert.equal(w.y, gradient.y);
  assert.equal(gradient.y, update.y);
  const again = nodes.filter(box => box.node.label === 'b3' && box.mention);
  assert.equal(again.length, 1, 'b3 is mentioned again beside the norm');
});

test('the parameters of a closed group share a box', () => {
  const model = graphModel(trainStepGraph());
  const group = model.groups.find(each => each.name === 'mlp')?.key ?? '';
  const { nodes } = layout(model, { closed: new Set([group]) });
  const box = nodes.find(each => each.column === 'left' && !each.mention);
  assert.deepEqual(
    box?.bundle.map(node => node.label),
    ['W1', 'b1', 'W2', 'b2', 'W3', 'b3'],
  );
});

test('reach: what is upstream, what is downstream', () => {
  const { upstream, downstream } = reachOf(graphModel(graph), [4]);
  assert.deepEqual(
    [...upstream.keys()].sort((a, b) => a - b),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    [...downstream.keys()].sort((a, b) => a - b),
    [5, 6, 7, 8, 9, 10, 11, 12],
  );
});

test('changed lines are those without a partner', () => {
  const { left, right } = changedLines(['a', 'b', 'c'], ['a', 'x', 'c', 'd']);
  assert.deepEqual([[...left], [...right]], [[1], [1, 3]]);
});

test('highlighting keeps every character', () => {
  for (const line of ['x = np.sum(a)  # "all"', 'f\'{x!r}\' + """open', 'return 1e-3', ''])
    assert.equal(
      pieces(line)
        .map(([, text]) => text)
        .join(''),
      line,
    );
  assert.deepEqual(
    pieces('if f(1):')
      .filter(([kind]) => kind)
      .map(([kind, text]) => `${kind}:${text}`),
    ['keyword:if', 'call:f', 'number:1'],
  );
});

const texts = [
  [typeText('float32', [64, 128]), 'f32[64,128]'],
  [typeText('int64', []), 'i64[]'],
  [numberText(0.000012), '1.20e−5'],
  [numberText(-3.14159), '−3.142'],
  [numberText(NaN), 'NaN'],
  [numberText(-Infinity), '−Inf'],
  [timeText(0.0123), '12 µs'],
  [timeText(12.345), '12.35 ms'],
  [timeText(2500), '2.50 s'],
  [bytesText(32768), '32 KB'],
] as const;
for (const [text, expected] of texts) test(`writes ${expected}`, () => assert.equal(text, expected));

test('several steps of training: updates stand right, what was updated is mentioned left of its next user', () => {
  const [first] = graph.nodes;
  assert.ok(first);
  const node = (id: number, op: string, part: Partial<TraceNode> = {}): TraceNode => ({
    ...first,
    id,
    op,
    label: op,
    kind: 'op',
    shape: [4],
    ...part,
  });
  const nodes = [
    node(0, 'w', { kind: 'variable' }),
    node(1, 'Square'),
    node(2, '∂Square', { lane: 'backward', mirror: 1 }),
    node(3, '∂w', { lane: 'backward', kind: 'gradient', mirror: 0 }),
    node(4, 'const', { kind: 'constant', shape: [] }),
    node(5, 'Mul'),
    node(6, 'Sub'),
    node(7, 'Square'),
  ];
  const edges = [
    [0, 1],
    [2, 3],
    [4, 5],
    [3, 5],
    [0, 6],
    [5, 6],
    [6, 7],
  ].map(([from = 0, to = 0]) => ({ from, to, kind: 'data' as const }));
  const boxes = layout(graphModel({ nodes, edges }), { closed: new Set() }).nodes;
  assert.deepEqual(
    boxes.find(box => box.column === 'updates')?.bundle.map(each => each.op),
    ['Mul', 'Sub'],
  );
  const again = boxes.find(box => box.mention);
  assert.equal(again?.node.op, 'Sub');
  assert.equal(again.column, 'left');
});

test('where the gradient starts, the thick line stands alone', () => {
  const { edges } = placed();
  const starts = edges.filter(({ kind }) => kind === 'seed');
  assert.equal(starts.length, 1);
  for (const { from, to } of starts)
    assert.deepEqual(
      edges.filter(edge => edge.from === from && edge.to === to).map(({ kind }) => kind),
      ['seed'],
    );
});
