// Compiled graphs: what becomes one kernel, what lies in memory, and that programs are found again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../../runtime/device/engine.ts';
import { createHeap } from '../../../runtime/device/heap.ts';
import { compile } from '../../../runtime/device/program.ts';
import { GraphBuilder } from '../../../runtime/ir/graph.ts';
import type { Node } from '../../../runtime/ir/node.ts';

const engine = createEngine(createHeap());
const ops = (steps: readonly (readonly Node[])[]) => steps.map(nodes => nodes.map(node => node.op).join(' '));

/** sum((x - mean(x))²) / n of each row. */
function variance(b: GraphBuilder, x: Node): Node {
  const n = b.constant([x.shape[1] ?? 1], 'float64', []);
  const mean = b.op('div', [b.op('sum', [x], { axes: [1] }), n]);
  const column = b.op('reshape', [mean], { shape: [x.shape[0] ?? 1, 1] });
  const centred = b.op('sub', [x, column]);
  return b.op('div', [b.op('sum', [b.op('mul', [centred, centred])], { axes: [1] }), n]);
}

test('an elementwise chain is one kernel', () => {
  const b = new GraphBuilder();
  const [x, y] = [b.input('float64', [2, 3]), b.input('float64', [3])];
  const out = b.op('mul', [b.op('add', [x, y]), b.op('neg', [x])]);
  const program = compile(engine, [out], b.constants);
  assert.deepEqual(ops(program.steps), ['add neg mul']);
  const [got] = program.run([
    engine.constant([1, 2, 3, 4, 5, 6], 'float64', [2, 3]),
    engine.constant([1, 1, 1], 'float64', [3]),
  ]);
  assert.ok(got);
  assert.deepEqual([...engine.read(got)], [-2, -6, -12, -20, -30, -42]);
});

test('reductions take what comes before and after into their kernel', () => {
  const b = new GraphBuilder();
  const x = b.input('float64', [2, 4]);
  const program = compile(engine, [variance(b, x)], b.constants);
  assert.deepEqual(ops(program.steps), ['sum', 'div sub mul sum div']);
  const [got] = program.run([engine.constant([1, 2, 3, 4, 0, 0, 0, 8], 'float64', [2, 4])]);
  assert.ok(got);
  assert.deepEqual([...engine.read(got)], [1.25, 12]);
});

test('an equal graph finds the program again, another shape does not', () => {
  const build = (rows: number) => {
    const b = new GraphBuilder();
    return compile(engine, [variance(b, b.input('float64', [rows, 4]))], b.constants);
  };
  assert.equal(build(3), build(3));
  assert.notEqual(build(3), build(5));
});

test('strided inputs, inputs as outputs and equal outputs', () => {
  const b = new GraphBuilder();
  const x = b.input('int32', [2, 2]);
  const turned = b.op('permute', [x], { axes: [1, 0] });
  const program = compile(engine, [x, turned, turned], b.constants);
  const given = engine.op('permute', [engine.constant([1, 2, 3, 4], 'int32', [2, 2])], { axes: [1, 0] });
  assert.deepEqual(
    program.run([given]).map(out => [...engine.read(out)]),
    [
      [1, 3, 2, 4],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
  );
});

test('every step is announced with the nodes that ran in it', () => {
  const b = new GraphBuilder();
  const x = b.input('float64', [4]);
  const program = compile(engine, [b.op('sort', [b.op('neg', [x])], { axis: 0 })], b.constants);
  const seen: string[] = [];
  program.run([engine.constant([1, 3, 2, 4], 'float64', [4])], {
    onStep: ({ nodes, kernel }) => seen.push(`${kernel}: ${nodes.map(node => node.op).join(' ')}`),
  });
  assert.deepEqual(seen, ['0: neg', '1: sort']);
});
