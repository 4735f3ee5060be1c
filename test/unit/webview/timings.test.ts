// A run on one clock, and its table of timings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineResult, TraceNode } from '../../../src/shared/trace.ts';
import { clockOf, type Bar } from '../../../webview/timings/clock.ts';
import { timingRows } from '../../../webview/timings/rows.ts';

const node = (id: number, label: string, ms: number, part: Partial<TraceNode> = {}): TraceNode => ({
  id,
  op: label,
  label,
  kind: 'op',
  lane: 'forward',
  dtype: 'float32',
  shape: [2],
  group: [],
  range: { start: { line: 3, character: 0 }, end: { line: 3, character: 4 } },
  device: 'wasm',
  ms,
  bytes: 8,
  kernel: null,
  mirror: null,
  nonFinite: 0,
  ...part,
});
const line = (at: number, ms: number, part: Partial<LineResult> = {}): LineResult => ({
  line: 0,
  name: 'x',
  dtype: 'float32',
  shape: [2],
  repr: '',
  ms,
  at,
  ...part,
});
const run = (nodes: readonly TraceNode[], lines: readonly LineResult[] = [], whole = 10) => ({
  graph: { nodes, edges: [] },
  lines,
  ms: { start: 1, run: whole },
});
const told = (bars: readonly Bar[]) =>
  bars.map(({ lane, name, start, end, depth }) => `${lane} ${depth}: ${name} ${start}–${end}`);

test('ops stand where they began, under their statement and their function', () => {
  const nodes = [
    node(0, 'matmul', 1, { at: 2000, group: ['dense'] }),
    node(1, 'add', 0.5, { at: 4000, group: ['dense'] }),
    node(2, 'exp', 0.25, { at: 6000 }),
  ];
  const { bars, measured, from, to, whole } = clockOf(run(nodes, [line(1000, 6)]), ['y = f(x)']);
  assert.ok(measured);
  assert.deepEqual([from, to, whole], [1, 7, 10]);
  assert.deepEqual(told(bars), [
    'Python 0: y = f(x) 1–7',
    'Python 1: dense 2–4.5',
    'CPU kernels 0: matmul 2–3',
    'CPU kernels 0: add 4–4.5',
    'CPU kernels 0: exp 6–6.25',
  ]);
});

test('while the GPU works, Python waits; kernels that follow closely are one wait', () => {
  const device = 'webgpu' as const;
  const nodes = [
    node(0, 'a', 2, { at: 0, device }),
    node(1, 'b', 1, { at: 2001, device }),
    node(2, 'c', 1, { at: 8000, device }),
  ];
  const { bars, lanes } = clockOf(run(nodes));
  assert.deepEqual(told(bars.filter(({ kind }) => kind === 'wait')), [
    'Python 0: waits for the GPU 0–3.001',
    'Python 0: waits for the GPU 8–9',
  ]);
  assert.deepEqual(
    lanes.map(({ name, rows }) => [name, rows]),
    [
      ['Python', 1],
      ['GPU queue', 1],
    ],
  );
});

test('several names of one statement are one bar; what ran inside a function is none', () => {
  const lines = [line(0, 5, { name: 'a' }), line(0, 5, { name: 'b' }), line(0, 0, { name: 'c', inner: true })];
  const { bars } = clockOf(run([node(0, 'add', 1, { at: 1000 })], lines), ['for a, b in c:']);
  assert.deepEqual(told(bars).slice(0, -1), ['Python 0: for a, b in c: 0–5']);
});

test('of two groups that last equally long the outer one stands above', () => {
  const { bars } = clockOf(run([node(0, 'add', 1, { at: 0, group: ['spread', 'for _', '_ 0'] })]));
  assert.deepEqual(told(bars).slice(0, 3), ['Python 0: spread 0–1', 'Python 1: for _ 0–1', 'Python 2: _ 0 0–1']);
});

test('where starts are not known, ops stand one after another and nothing is said of the rest', () => {
  const { bars, measured, whole } = clockOf(run([node(0, 'a', 1), node(1, 'b', 2)], [line(0, 9)]));
  assert.equal(measured, false);
  assert.equal(whole, 3);
  assert.deepEqual(told(bars), ['CPU kernels 0: a 0–1', 'CPU kernels 0: b 1–3']);
});

test('the first call stands apart from the median of those after it', () => {
  const nodes = [9, 1, 3, 2].map((ms, id) => node(id, 'exp', ms));
  const [row] = timingRows([...nodes, node(9, 'add', 1)], 'op');
  assert.deepEqual([row?.name, row?.calls, row?.ms, row?.cold, row?.warm], ['exp', 4, 15, 9, 2]);
  const [, add] = timingRows([...nodes, node(9, 'add', 1)], 'op');
  assert.deepEqual([add?.cold, add?.warm], [null, null], 'one call tells nothing');
});

test('an op is counted by what it does, not by the name of its result; a kernel names all of its ops', () => {
  const nodes = [
    node(0, 'Sub', 1, { label: 'w' }),
    node(1, 'Sub', 2, { label: 'b', group: ['train'], range: null }),
    node(2, 'add', 0, { kernel: 4, ms: null }),
    node(3, 'relu', 5, { kernel: 4 }),
  ];
  assert.deepEqual(
    timingRows(nodes, 'op').map(({ name, calls, group, line: at }) => [name, calls, group, at]),
    [
      ['add+relu', 1, '', 3],
      ['Sub', 2, '2 places', null],
    ],
  );
  assert.deepEqual(
    timingRows(nodes, 'each').map(({ name }) => name),
    ['add+relu', 'b', 'w'],
  );
});
