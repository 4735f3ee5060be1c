// The GPU beside the wasm device: adapter, correctness of the suite of programs, and times.
//   npx tsx test/bench/webgpu.ts              on the GPU of this machine
//   npx tsx test/bench/webgpu.ts --software   on a software adapter too (correctness; its times mean nothing)
//   npx tsx test/bench/webgpu.ts --null       on Dawn's null backend: what the host does per run, without a GPU
import { gpuPlan } from '../../runtime/device/gpuPlan.ts';
import { createEngine } from '../../runtime/device/engine.ts';
import { createHeap } from '../../runtime/device/heap.ts';
import { compile } from '../../runtime/device/program.ts';
import { openGpu, type WebGpu } from '../../runtime/device/webgpu.ts';
import type { Dense, Values } from '../../runtime/emit/dense.ts';
import { algebra } from '../../runtime/grad/algebra.ts';
import { gradient } from '../../runtime/grad/gradient.ts';
import { GraphBuilder } from '../../runtime/ir/graph.ts';
import { sizeOf } from '../../runtime/ir/layout.ts';
import type { Node } from '../../runtime/ir/node.ts';
import { dawn } from '../support/dawn.ts';
import { programs } from '../support/programs.ts';
import { assertDense } from '../support/ulps.ts';

const has = (flag: string): boolean => process.argv.includes(flag);
const onNull = has('--null');

interface Task {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  /** Floating point operations, or bytes that must move, and what the rate of them is called. */
  readonly amount: number;
  readonly unit: 'GFLOP/s' | 'GB/s';
  build(m: ReturnType<typeof algebra>, inputs: readonly Node[], b: GraphBuilder): Node[];
}

const product = (n: number): Task => ({
  name: `matmul ${n}`,
  shapes: [
    [n, n],
    [n, n],
  ],
  amount: 2 * n ** 3,
  unit: 'GFLOP/s',
  build: (m, [x, y]) => [m.matmul(x as Node, y as Node)],
});

const tasks: readonly Task[] = [
  ...[256, 512, 1024, 2048].map(product),
  {
    name: 'a * b + a, 1e7',
    shapes: [[1e7], [1e7]],
    amount: 12e7,
    unit: 'GB/s',
    build: (m, [a, b]) => [m.add(m.mul(a as Node, b as Node), a as Node)],
  },
  {
    name: 'tanh(sin(a) * b), 1e7',
    shapes: [[1e7], [1e7]],
    amount: 12e7,
    unit: 'GB/s',
    build: (m, [a, b], g) => [g.op('tanh', [m.mul(m.sin(a as Node), b as Node)])],
  },
  { name: 'sum, 1e7', shapes: [[1e7]], amount: 4e7, unit: 'GB/s', build: (m, [a]) => [m.sum(a as Node, [0])] },
  {
    name: 'sum over axis 0, 4096²',
    shapes: [[4096, 4096]],
    amount: 4 * 4096 ** 2,
    unit: 'GB/s',
    build: (m, [a]) => [m.sum(a as Node, [0])],
  },
  {
    name: 'sum over axis 1, 4096²',
    shapes: [[4096, 4096]],
    amount: 4 * 4096 ** 2,
    unit: 'GB/s',
    build: (m, [a]) => [m.sum(a as Node, [1])],
  },
  {
    name: 'softmax 1024²',
    shapes: [[1024, 1024]],
    amount: 8 * 1024 ** 2,
    unit: 'GB/s',
    build(m, [a], g) {
      const x = a as Node;
      const spread = (y: Node): Node => m.spread(y, [1], x.shape);
      const e = g.op('exp', [m.sub(x, spread(g.op('reduceMax', [x], { axes: [1] })))]);
      return [m.div(e, spread(m.sum(e, [1])))];
    },
  },
  {
    name: 'MLP 256-512-10 and its gradient, batch 512',
    shapes: [[512, 256], [256, 512], [512], [512, 10]],
    amount: 6 * 512 * (256 * 512 + 512 * 10),
    unit: 'GFLOP/s',
    build(m, [x, w, b, v], g) {
      const hidden = g.op('max', [m.add(m.matmul(x as Node, w as Node), b as Node), m.scalar(0, 'float32')]);
      const scores = m.matmul(hidden, v as Node);
      const loss = m.sum(m.mul(scores, scores), [0, 1]);
      return gradient(g, [loss], null, [w, b, v] as Node[]) as Node[];
    },
  },
];

async function correctness(gpu: WebGpu): Promise<number> {
  let [passed, failed] = [0, 0];
  for (const { name, recorder, outputs, inputs, tolerance } of programs()) {
    try {
      const plan = gpuPlan(outputs, recorder.constants);
      const prepared = gpu.prepare(plan);
      const results = await prepared.run(plan.inputNodes.map(node => inputs.get(node)?.data as Values));
      recorder.evaluate(outputs, inputs).forEach((value, i) => {
        assertDense({ ...value, data: results[i] as unknown as Dense['data'] }, value, 0, tolerance);
      });
      prepared.destroy();
      passed++;
    } catch (error) {
      failed++;
      console.log(`  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  console.log(`programs against the reference interpreter: ${passed} right, ${failed} wrong`);
  return failed;
}

/** The median of some runs, in milliseconds, after one to warm up. */
async function median(run: () => Promise<unknown> | unknown, budget = 1500): Promise<number> {
  await run();
  const times: number[] = [];
  const end = performance.now() + budget;
  while (times.length < 3 || (performance.now() < end && times.length < 30)) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? NaN;
}

async function time(gpu: WebGpu, { name, shapes, amount, unit, build }: Task): Promise<string> {
  const builder = new GraphBuilder();
  const inputs = shapes.map(shape => builder.input('float32', shape));
  const outputs = build(algebra(builder), inputs, builder);
  const values = shapes.map(shape => Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 37) % 101) / 101));
  const prepared = gpu.prepare(gpuPlan(outputs, builder.constants));
  const times = 20;
  prepared.upload(values);
  const replayed = await median(() => prepared.replay(times));
  const whole = await median(() => prepared.run(values));
  prepared.destroy();
  const engine = createEngine(createHeap());
  const program = compile(engine, outputs, builder.constants);
  const arrays = values.map((value, i) => engine.constant(value, 'float32', shapes[i] ?? []));
  const wasm = onNull ? NaN : await median(() => program.run(arrays).forEach(x => engine.release(x)));
  const each = replayed / times;
  const rate = amount / each / 1e6;
  const cells = [
    name.padEnd(44),
    `${each.toFixed(3)} ms`,
    onNull ? '' : `${rate.toFixed(0)} ${unit}`,
    `${whole.toFixed(2)} ms`,
    onNull ? '' : `${wasm.toFixed(2)} ms`,
    String(prepared.dispatches),
  ];
  return cells.map((cell, i) => (i === 0 ? cell : cell.padStart(15))).join('');
}

const gpu = await openGpu(dawn(...(onNull ? ['backend=null'] : [])), { allowFallback: has('--software') || onNull });
const { vendor, architecture, device, description, isFallbackAdapter } = gpu.info;
console.log(
  `adapter: ${[vendor, architecture, device, description].filter(Boolean).join(' · ')}${isFallbackAdapter ? ' (software)' : ''}`,
);
const failed = onNull ? 0 : await correctness(gpu);
console.log(
  '\n' +
    'float32'.padEnd(44) +
    ['replayed', 'rate', 'with transfers', 'wasm, 1 thread', 'dispatches'].map(title => title.padStart(15)).join(''),
);
for (const task of tasks) {
  if (gpu.info.isFallbackAdapter && !onNull && task.amount > 3e8) continue;
  try {
    console.log(await time(gpu, task));
  } catch (error) {
    console.log(`${task.name.padEnd(44)}  ${error instanceof Error ? error.message : String(error)}`);
  }
}
gpu.destroy();
process.exit(failed > 0 ? 1 : 0);
