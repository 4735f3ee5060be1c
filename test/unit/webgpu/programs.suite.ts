// Runs in a process with SwiftShader (see swiftshader.test.ts): whole programs, against the reference interpreter.
import assert from 'node:assert/strict';
import type { Values } from '../../../runtime/emit/dense.ts';
import { gpuPlan } from '../../../runtime/device/gpuPlan.ts';
import { openGpu } from '../../../runtime/device/webgpu.ts';
import type { Dense } from '../../../runtime/emit/dense.ts';
import { dawn } from '../../support/dawn.ts';
import { programs } from '../../support/programs.ts';
import { announce } from '../../support/swiftshader.ts';
import { assertDense } from '../../support/ulps.ts';

const gpu = await openGpu(dawn(), { allowFallback: true });
for (const { name, recorder, outputs, inputs, tolerance } of programs()) {
  await announce(name, async () => {
    const plan = gpuPlan(outputs, recorder.constants);
    const prepared = gpu.prepare(plan);
    const given = plan.inputNodes.map(node => inputs.get(node)?.data as Values);
    const expected = recorder.evaluate(outputs, inputs);
    // Twice: buffers are used again.
    for (let run = 0; run < 2; run++) {
      const results = await prepared.run(given);
      expected.forEach((value, i) =>
        assertDense({ ...value, data: results[i] as unknown as Dense['data'] }, value, 0, tolerance),
      );
    }
    prepared.destroy();
  });
}
await announce('equal kernels are compiled once', async () => {
  const [first, again] = [programs(), programs()].map(list => list.find(({ name }) => name === 'softmax'));
  assert.ok(first && again);
  gpu.prepare(gpuPlan(first.outputs, first.recorder.constants)).destroy();
  const before = gpu.pipelines;
  gpu.prepare(gpuPlan(again.outputs, again.recorder.constants)).destroy();
  assert.equal(gpu.pipelines, before);
});
gpu.destroy();
process.exit(0);
