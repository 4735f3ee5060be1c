// The backward pass of an eager tape: the first time op by op, from the second time on as one compiled program, with the same bits.
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

/** Bodies of a function that returns gradients. `x`, `y`, `m` and `n` are tensors, `v` and `w` variables. */
const tapes: Record<string, string> = {
  'a chain': `
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.reduce_sum(tf.tanh(x * y) / (1.0 + tf.exp(-x)))
    return tape.gradient(z, [x])`,
  'several targets and sources': `
    with tf.GradientTape() as tape:
        tape.watch([x, y])
        a, b = x * y, tf.sin(x)
    return tape.gradient([a, b], {'x': x, 'y': y})`,
  'a layer with variables': `
    with tf.GradientTape() as tape:
        h = tf.nn.relu(m @ v + w)
        loss = tf.reduce_mean(tf.nn.softmax(h) * tf.square(h))
    return tape.gradient(loss, [v, w])`,
  'values that are used twice': `
    with tf.GradientTape() as tape:
        tape.watch(x)
        a = x * x
        b = a * x + a
    return tape.gradient(b, [x, a])`,
  output_gradients: `
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = x * x * x
    return tape.gradient(z, x, output_gradients=y)`,
  'sources that are not connected': `
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, y])
        z = tf.square(y)
    return [tape.gradient(z, [x, y]), tape.gradient(z, [x, y], unconnected_gradients='zero')]`,
  'a target that is a source': `
    with tf.GradientTape() as tape:
        tape.watch(x)
    return tape.gradient(x, [x])`,
  'a persistent tape': `
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        a = tf.sqrt(x)
        b = a * 3.0
    return [tape.gradient(b, x), tape.gradient(b, a), tape.gradient([a, b], [x, a])]`,
  'orders two and three': `
    with tf.GradientTape() as third:
        third.watch(x)
        with tf.GradientTape() as second:
            second.watch(x)
            with tf.GradientTape() as first:
                first.watch(x)
                z = tf.sin(x) * x
            dz = first.gradient(z, x)
        ddz = second.gradient(dz, x)
    return [dz, ddz, third.gradient(ddz, x)]`,
  'rows of a variable': `
    with tf.GradientTape() as tape:
        z = tf.reduce_sum(tf.square(tf.gather(v, [0, 2, 0])))
    g = tape.gradient(z, v)
    return [g.values, g.indices, tf.convert_to_tensor(g.dense_shape)]`,
  'indices and slices': `
    with tf.GradientTape() as tape:
        tape.watch(m)
        z = tf.reduce_sum(tf.gather_nd(m, [[0, 1], [1, 2], [0, 1]]) ** 2.0) + tf.reduce_sum(m[:, ::-1][0] * m[1])
    return tape.gradient(z, m)`,
  'indices that are checked': `
    i = tf.constant([1, 0, 2])
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.concat([tf.gather(x, i), tf.gather(x * x, i)], 0)
    return tape.gradient(z, x)`,
  'a function that is compiled': `
    with tf.GradientTape() as tape:
        z = f(m)
    return tape.gradient(z, [v, w])`,
  'a function with a loop, which is not': `
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = loop(x)
    return tape.gradient(z, x)`,
  'ties and kinks': `
    with tf.GradientTape() as tape:
        tape.watch(n)
        z = tf.reduce_max(n) + tf.reduce_sum(tf.maximum(n, 0.0)) + tf.reduce_prod(n) + tf.reduce_sum(tf.abs(n) + tf.sqrt(n))
    return tape.gradient(z, n)`,
  'doubles and integers': `
    d = tf.cast(x, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(d)
        z = tf.reduce_sum(d ** 3.0 * tf.cast(tf.range(3), tf.float64)) + tf.cast(tf.cast(d, tf.int32)[0], tf.float64)
    return tape.gradient(z, d)`,
  'a jacobian': `
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.cumsum(x * x)
    return tape.jacobian(z, x)`,
  'matrices in batches': `
    a = tf.reshape(tf.range(12.0), [2, 2, 3])
    with tf.GradientTape() as tape:
        tape.watch([a, m])
        z = tf.reduce_sum(tf.matmul(a, m, transpose_b=True) ** 2.0)
    return tape.gradient(z, [a, m])`,
};

describe('a tape whose structure is seen again', () => {
  for (const [name, body] of Object.entries(tapes))
    it(`has the same bits: ${name}`, () => {
      const words = printed(`import numpy as np
import tensorflow as tf
x, y = tf.constant([0.3, 1.7, 2.5]), tf.constant([-1.1, 0.2, 3.3])
m, n = tf.constant([[0.1, -0.2, 0.3], [1.5, 0.7, -0.9]]), tf.constant([0.0, -0.0, 2.0, 2.0, np.inf])
v, w = tf.Variable([[0.5, -1.0], [0.25, 2.0], [1.5, -0.75]]), tf.Variable([0.1, -0.3])
@tf.function
def f(m):
    return tf.reduce_sum(tf.tanh(m @ v + w) ** 2.0)
@tf.function
def loop(x):
    while tf.reduce_sum(x) < 100.0:
        x = x * 2.0
    return x
def gradients():${body}
def leaves(found):
    if isinstance(found, (list, tuple)): return [leaf for each in found for leaf in leaves(each)]
    if isinstance(found, dict): return leaves(list(found.values()))
    return [None if found is None else (found.dtype.name, found.shape.as_list(), found.numpy().tobytes())]
found = [leaves(gradients()) for _ in range(3)]
print(len(found[0]) > 0, found[1] == found[0], found[2] == found[0])
`);
      assert.equal(words, 'True True True\n');
    });

  const twice = `import tensorflow as tf
x = tf.Variable([0.5, 1.5])
def step():
    with tf.GradientTape() as tape:
        z = tf.reduce_sum(tf.exp(x) * tf.sin(x)) + tf.reduce_sum(tf.matmul([x], [x], transpose_b=True))
    return tape.gradient(z, x)
for i in range(2): step()
`;

  it('is traced op by op: the same nodes, with the same facts', () => {
    const { graph, error } = kernel.run(twice, { trace: true });
    assert.equal(error, null);
    const turn = (i: number) =>
      graph.nodes
        .filter(({ lane, group }) => lane === 'backward' && group.includes(`i ${i}`))
        .map(({ label, norm, nonFinite, shape, mirror }) => {
          const mirrored = mirror === null ? null : graph.nodes[mirror]?.label;
          return { label, norm, nonFinite, shape, mirrored };
        });
    assert.ok(turn(0).length >= 9);
    assert.deepEqual(turn(1), turn(0));
    const edges = (i: number) =>
      graph.edges
        .map(({ from, to, kind }) => [graph.nodes[from], kind, graph.nodes[to]] as const)
        .filter(([, , to]) => to?.lane === 'backward' && to.group.includes(`i ${i}`))
        .map(([from, kind, to]) => `${from?.label} ${kind} ${to?.label}`);
    assert.deepEqual(edges(1), edges(0));
  });

  it('is traced with the times of its kernels', () => {
    const other = twice.replace('[0.5, 1.5]', '[0.5, 1.5, 2.5]'); // a structure that no run has seen
    const { graph } = kernel.run(other, { trace: true });
    const turn = (i: number) =>
      graph.nodes.filter(({ label, group }) => /^∂[A-Z]/.test(label) && group.includes(`i ${i}`));
    assert.ok(turn(0).every(({ ms, kernel }) => ms !== null && kernel === null));
    const fused = turn(1).filter(({ kernel }) => kernel !== null);
    const kernels = new Set(fused.map(({ kernel }) => kernel));
    assert.ok(fused.length > kernels.size, 'ops share kernels');
    assert.ok(turn(1).some(({ label, kernel }) => label === '∂Exp' && kernel !== null));
    for (const kernel of kernels) {
      const timed = fused.filter(node => node.kernel === kernel && node.ms !== null);
      assert.equal(timed.length, 1);
      assert.ok((timed[0]?.at ?? 0) > 0);
    }
    assert.ok(turn(1).every(({ ms, kernel }) => kernel !== null || ms === null));
  });

  it('raises what the first one raised', () => {
    const words = printed(`import tensorflow as tf
x = tf.Variable([[1.0, 2.0], [2.0, 4.0]])
for _ in range(3):
    with tf.GradientTape() as tape:
        z = x * 1.0
    try: tape.gradient(z, x, output_gradients=tf.ones([3, 3]))
    except Exception as error: print(type(error).__name__, str(error).split(chr(10))[0])
`);
    const lines = words.trim().split('\n');
    assert.equal(new Set(lines).size, 1, words);
    assert.equal(lines.length, 3, words);
  });
});

describe('memory', () => {
  const measured = `import tensorflow as tf
import _tensorlift_bridge as bridge
`;
  it('stays the same over 1,000 steps', () => {
    const [first, last] = printed(`${measured}
w = tf.Variable(tf.ones([64, 64]) * 0.01)
b = tf.Variable(tf.zeros([64]))
x = tf.ones([256, 64])
def step():
    with tf.GradientTape() as tape:
        h = tf.tanh(x @ w + b)
        loss = tf.reduce_mean(tf.square(h @ w - x))
    for each, d in zip((w, b), tape.gradient(loss, (w, b))): each.assign_sub(0.01 * d)
for i in range(1, 1011):
    step()
    if i in (10, 1010): print(bridge.live(), bridge.heapBytes())
`)
      .trim()
      .split('\n');
    assert.equal(last, first);
  });

  it('of many structures is bounded', () => {
    const sizes = printed(`${measured}
w = tf.Variable([2.0])
for i in range(1, 1201):
    x = tf.ones([1000 + i])
    for _ in range(2):
        with tf.GradientTape() as tape:
            tape.watch(x)
            z = tf.reduce_sum(tf.cumsum(tf.tanh(x * w)) * x)
        tape.gradient(z, [x, w])
    if i % 400 == 0: print(bridge.live(), bridge.heapBytes())
`)
      .trim()
      .split('\n')
      .map(line => line.split(' ').map(Number));
    const [[live = 0, bytes = 0] = [], , last = []] = sizes;
    assert.equal(last[0], live);
    assert.ok((last[1] ?? Infinity) - bytes <= 2 ** 20, JSON.stringify(sizes));
  });
});
