// Runs in a child process on Dawn's null backend: no GPU, but every shader is compiled, and commands are counted.
import assert from 'node:assert/strict';
import type { Values } from '../../../runtime/emit/dense.ts';
import { gpuPlan } from '../../../runtime/device/gpuPlan.ts';
import { NoGpu, openGpu } from '../../../runtime/device/webgpu.ts';
import { dawn } from '../../support/dawn.ts';
import { programs } from '../../support/programs.ts';
import { announce } from '../../support/swiftshader.ts';

await announce('a software adapter is refused for work', async () => {
  // The real one first: SwiftShader, as on machines without a GPU.
  await assert.rejects(openGpu(dawn()), (error: Error) => error instanceof NoGpu && /software/.test(error.message));
  await assert.rejects(openGpu({ requestAdapter: () => Promise.resolve(null) }), /no WebGPU adapter/);
});

const gpu = await openGpu(dawn('backend=null'), { allowFallback: true });
/** Dispatches of a run: fused chains are one, long sums two. */
const expected: Readonly<Record<string, number>> = {
  'chain with broadcasting': 1,
  'tanh chain': 1,
  'sum of a million': 2,
  'integer product': 1,
  'running sums': 3,
};
for (const { name, recorder, outputs } of programs()) {
  const count = expected[name];
  if (count === undefined) continue;
  await announce(`${name}: ${count} dispatched`, () => {
    const prepared = gpu.prepare(gpuPlan(outputs, recorder.constants));
    assert.equal(prepared.dispatches, count);
    prepared.destroy();
  });
}

await announce('temporaries share memory', () => {
  const chain = programs().find(({ name }) => name === 'two layers and their gradient');
  assert.ok(chain);
  const plan = gpuPlan(chain.outputs, chain.recorder.constants);
  const prepared = gpu.prepare(plan);
  const separate = plan.buffers.reduce((sum, { elements }) => sum + 4 * elements, 0);
  assert.ok(prepared.bytes < separate, `${prepared.bytes} bytes of ${separate}`);
  prepared.destroy();
});

await announce('replaying a prepared program costs the host little', async () => {
  const layers = programs().find(({ name }) => name === 'two layers and their gradient');
  assert.ok(layers);
  const plan = gpuPlan(layers.outputs, layers.recorder.constants);
  const prepared = gpu.prepare(plan);
  const values = plan.inputNodes.map(node => layers.inputs.get(node)?.data as Values);
  prepared.upload(values);
  await prepared.replay(200);
  const start = performance.now();
  await prepared.replay(1000);
  const each = ((performance.now() - start) * 1000) / (1000 * prepared.dispatches);
  prepared.destroy();
  // Measured: 2 to 4 µs. Ten times that would mean bind groups or pipelines made anew.
  assert.ok(each < 40, `${each.toFixed(1)} µs per dispatch`);
});
gpu.destroy();
process.exit(0);
