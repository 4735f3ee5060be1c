// The GPU in the kernel process: programs of users on WGSL, proved on a software adapter, which only tests allow.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Kernel } from '../../../src/kernel/index.ts';
import { run, type RunOutcome } from '../../../src/service/run.ts';
import type { DeviceChoice } from '../../../src/shared/protocol.ts';
import { swiftShaderEnvironment, swiftShaderMissing } from '../../support/swiftshader.ts';

const folder = import.meta.dirname;
const file = path.join(folder, 'program.py');
const missing = swiftShaderMissing();

describe('programs on the GPU', { skip: missing ?? false }, () => {
  let kernel: Kernel;
  before(async () => {
    Object.assign(process.env, swiftShaderEnvironment(), { TENSORLIFT_SOFTWARE_GPU: '1' });
    kernel = await Kernel.start({ roots: [folder] });
    delete process.env.TENSORLIFT_SOFTWARE_GPU;
  });
  after(() => kernel.close());

  const on = (device: DeviceChoice, source: string): Promise<RunOutcome> =>
    run({ path: file, source, device, kernel, trace: true, timeout: 60 });

  const layer = `
import numpy as np, tensorflow as tf
rng = np.random.default_rng(0)
x = tf.constant(rng.random((32, 48)), tf.float32)
w = tf.constant(rng.random((48, 16)), tf.float32)
@tf.function
def layer(x, w):
    return tf.nn.softmax(tf.tanh(x @ w) - 0.5)
y = layer(x, w)
print(float(tf.reduce_sum(y * tf.range(16, dtype=tf.float32))))
`;

  test('a compiled function runs there, with the values of wasm', async () => {
    const [there, here] = [await on('webgpu', layer), await on('wasm', layer)];
    assert.equal(there.error, null);
    assert.equal(there.device.kind, 'webgpu');
    assert.equal(there.device.software, true);
    assert.equal(here.device.kind, 'wasm');
    const [a, b] = [Number(there.stdout), Number(here.stdout)];
    assert.ok(Math.abs(a - b) <= 1e-4 * Math.abs(b), `${a} and ${b}`);
    const product = there.graph.nodes.find(node => node.op === 'MatMul');
    assert.equal(product?.device, 'webgpu');
  });

  const product = (size: number, dtype: string) => `
import numpy as np
a = np.arange(${size * size}, dtype=np.${dtype}).reshape(${size}, ${size}) % 7
print((a @ a).sum(dtype=np.float64))
`;

  test('auto sends large float32 products, and neither small ones nor float64', async () => {
    assert.equal((await on('auto', product(512, 'float32'))).device.kind, 'webgpu');
    assert.equal((await on('auto', product(64, 'float32'))).device.kind, 'wasm');
    assert.equal((await on('auto', product(512, 'float64'))).device.kind, 'wasm');
  });

  test('eager ops give what wasm gives, and what the GPU lacks goes to wasm', async () => {
    const source = `
import numpy as np
a = (np.arange(24, dtype=np.float32).reshape(4, 6) - 11) / 7
b = np.arange(6, dtype=np.int32)
print((a * 2 + b.astype(np.float32)).sum(axis=0))
print(np.sort(a, axis=1)[0], np.cumsum(b), a.astype(np.float64).sum(), (a > 0).any(axis=1), a[:, ::-2].max())
`;
    const [there, here] = [await on('webgpu', source), await on('wasm', source)];
    assert.equal(there.device.kind, 'webgpu');
    assert.equal(there.stdout, here.stdout);
  });

  test('tf.device decides, unless the run said wasm', async () => {
    const source = (name: string) => `
import tensorflow as tf
print(len(tf.config.list_physical_devices('GPU')))
with tf.device('${name}'):
    print(tf.reduce_sum(tf.ones((8, 8)) @ tf.ones((8, 8))).numpy())
`;
    const gpu = await on('auto', source('/GPU:0'));
    assert.equal(gpu.device.kind, 'webgpu');
    assert.equal(gpu.stdout, '1\n512.0\n');
    assert.equal((await on('auto', source('/CPU:0'))).device.kind, 'wasm');
    assert.equal((await on('wasm', source('/GPU:0'))).device.kind, 'wasm');
  });

  test('a gradient is the same', async () => {
    const source = `
import tensorflow as tf
w = tf.Variable([[0.5, -1.0], [2.0, 0.25]])
x = tf.constant([[1.0, 2.0], [3.0, -4.0]])
with tf.GradientTape() as tape:
    loss = tf.reduce_sum((x @ w) ** 2)
print(tape.gradient(loss, w).numpy())
`;
    const [there, here] = [await on('webgpu', source), await on('wasm', source)];
    assert.equal(there.device.kind, 'webgpu');
    assert.equal(there.stdout, here.stdout);
  });
});

test('a software adapter is never used for work', { skip: missing ?? false }, async () => {
  Object.assign(process.env, swiftShaderEnvironment());
  const source = 'import numpy as np\na = np.ones((600, 600), np.float32)\nprint((a @ a)[0, 0])\n';
  const outcome = await run({ path: file, source, device: 'webgpu', timeout: 60 });
  assert.equal(outcome.stdout, '600.0\n');
  assert.equal(outcome.device.kind, 'wasm');
});
