import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layout, type PlacedNode } from '../../../webview/graph/layout.ts';
import { reachOf } from '../../../webview/graph/reach.ts';
import { changedLines } from '../../../webview/code/diff.ts';
import { pieces } from '../../../webview/code/highlight.ts';
import { bytesText, numberText, timeText, typeText } from '../../../webview/ui/format.ts';
import { reportData } from '../../support/reportData.ts';

const graph = reportData.run?.graph ?? { nodes: [], edges: [] };
const placed = (closed: readonly string[] = []) => layout(graph, new Set(closed));
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
  for (const column of ['left', 'forward', 'backward', 'right'] as const) {
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
    placed().welds.map(([a, b]) => `${a.node.label}+${b.node.label}`),
    ['MatMul+AddV2', 'AddV2+Relu'],
  );
});

test('closing a group closes its mirror and leads the edges to the box', () => {
  const key = placed().groups[0]?.key ?? '';
  const { nodes, groups, edges, height } = placed([key]);
  assert.equal(groups.filter(group => group.closed).length, 2);
  assert.ok(!nodes.some(item => item.node.label === 'MatMul' || item.node.label === '∂MatMul'));
  assert.ok(edges.some(({ edge }) => edge.from === 5 && edge.to === 6));
  assert.ok(!edges.some(({ edge }) => edge.from === 3 && edge.to === 4));
  assert.ok(height < placed().height);
});

test('an empty graph has an empty picture', () => {
  assert.deepEqual(layout({ nodes: [], edges: [] }, new Set()).nodes, []);
});

test('a chain of 2,000 ops is laid out in time linear in its length', () => {
  const [first] = graph.nodes;
  assert.ok(first);
  const nodes = Array.from({ length: 2000 }, (_, id) => ({
    ...first,
    id,
    kind: 'op' as const,
    kernel: id,
    group: [`g${id >> 4}`],
  }));
  const edges = nodes.slice(1).map(node => ({ from: node.id - 1, to: node.id, kind: 'data' as const }));
  const started = performance.now();
  assert.equal(layout({ nodes, edges }, new Set()).nodes.length, 2000);
  assert.ok(performance.now() - started < 1500);
});

test('reach: what is upstream, what is downstream', () => {
  const { upstream, downstream } = reachOf(graph, 4);
  assert.deepEqual(
    [...upstream].sort((a, b) => a - b),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    [...downstream].sort((a, b) => a - b),
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
