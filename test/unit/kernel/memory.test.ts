// Memory over many runs: what a program left is given back, and what is still needed is not.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { startInProcess, type InProcess } from '../../support/kernel.ts';

let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

const printed = (source: string): string => {
  const { stdout, error, stderr } = kernel.run(source);
  assert.equal(error, null, stderr);
  return stdout;
};
const heap = () => Number(printed('import _tensorlift_bridge as b\nprint(b.heapBytes())'));

describe('memory', () => {
  it('does not grow with the runs of a program that compiles functions', () => {
    const source = `import tensorflow as tf
import numpy as np
kept = tf.constant(np.ones((100, 100)))
w = tf.Variable(tf.ones([100, 100], tf.float64))
@tf.function
def inner(x):
    return tf.reduce_sum(x * x)
@tf.function
def step(x):
    if tf.reduce_sum(x) > 0.0:
        x = x + 1.0
    for i in tf.range(2):
        x = x * 0.5
    return inner(x @ w + kept)
with tf.GradientTape() as tape:
    loss = step(tf.ones([100, 100], tf.float64))
g = tape.gradient(loss, w)
`;
    const sizes: number[] = [];
    for (let i = 1; i <= 200; i++) {
      const { error } = kernel.run(source, { lines: 'all', trace: i % 4 === 0 });
      assert.equal(error, null, error?.traceback);
      if (i % 50 === 0) sizes.push(heap());
    }
    const [first = 0, , , last = 0] = sizes;
    assert.ok(last - first <= 2 ** 20, `${sizes.map(bytes => (bytes / 2 ** 20).toFixed(1)).join(', ')} MB`);
  });

  it('of large arrays in functions of the last run is given back', () => {
    const source = 'import numpy as np\ndef f(): return x\nx = np.zeros(20_000_000)\n';
    printed(source);
    const before = heap();
    for (let i = 0; i < 5; i++) printed(source);
    assert.ok(heap() - before < 2 ** 20);
  });

  it('of a graph lasts as long as a tape or another graph needs it', () => {
    const source = `import gc
import tensorflow as tf
x = tf.constant([1.0, 2.0])
def make(n):
    many = tf.constant([3.0] * 50)
    @tf.function
    def f(x):
        return tf.reduce_sum(x * x) * n + many[0]
    return f
def unrelated():
    gc.collect()
    tf.function(lambda a: a + 1.0)(tf.constant(1.0))
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = make(2.0)(x)
    with tf.GradientTape() as second:
        second.watch(x)
        z = make(3.0)(x * x)
    dz = second.gradient(z, x)
unrelated()
print(tape.gradient(y, x).numpy(), dz.numpy(), tape.gradient(dz, x).numpy())
class Owner:
    @tf.function
    def __call__(self, x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = make(5.0)(x)
            while y > 100.0:
                y = y / 2.0
        return y, tape.gradient(y, x)
owner = Owner()
owner(x)
unrelated()
y, g = owner(x)
print(y.numpy(), g.numpy(), owner(x * 3.0)[1].numpy())
`;
    // On TensorFlow 2.21: y = 2 Σx² + 3, z = 3 Σx⁴ + 3, then 5 Σx² + 3, halved twice for 3x.
    assert.equal(printed(source), '[4. 8.] [12. 96.] [ 36. 144.]\n28.0 [10. 20.] [ 7.5 15. ]\n');
  });

  it('of a namespace that is forgotten is given back, and its names are gone; others keep theirs', () => {
    kernel.run('z = 1', { namespace: 'open.py' });
    // 320 MB at a time, held in a circle: twenty of them have no room beside each other.
    const source = `import numpy as np
class Holder: pass
h = Holder()
h.me, h.x = h, np.zeros(20_000_000)
y = h.x + 1
`;
    for (let i = 0; i < 20; i++) {
      const { error } = kernel.run(source, { namespace: `closed ${i}` });
      assert.equal(error, null, error?.traceback);
      kernel.forget(`closed ${i}`);
    }
    kernel.forget('never ran');
    assert.deepEqual(kernel.tensors('closed 19'), []);
    assert.equal(kernel.run('print(y)', { namespace: 'closed 19', fresh: false }).error?.type, 'NameError');
    assert.equal(kernel.run('print(z)', { namespace: 'open.py', fresh: false }).stdout, '1\n');
  });

  it('hides what destructors of the last run print', () => {
    printed('class Loud:\n    def __del__(self): print("bye")\nx = Loud()\n');
    assert.equal(printed('print("new")'), 'new\n');
  });
});
