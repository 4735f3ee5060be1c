// What a run leaves in the trace: nodes with the user's names and ranges, edges, the backward lane, the table of gradients.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { profileOf } from '../../../src/service/profile.ts';
import { startInProcess, type InProcess } from '../../support/kernel.ts';

let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

const traced = (source: string) => {
  const result = kernel.run(source, { lines: true, trace: true });
  assert.equal(result.error, null, result.stderr);
  const text = (id: number) => result.graph.nodes[id]?.label ?? '?';
  return { ...result, edges: result.graph.edges.map(({ from, to, kind }) => `${text(from)} ${kind} ${text(to)}`) };
};

describe('the forward lane', () => {
  it('has ops with names of values and their place in the source', () => {
    const { graph, edges } = traced('import numpy as np\nx = np.array([1.0, 2.0])\n\n\ny = np.exp(x) + x\n');
    assert.deepEqual(
      graph.nodes.map(({ label, kind, dtype, shape, range }) => [label, kind, dtype, shape, range?.start]),
      [
        ['x', 'constant', 'float64', [2], { line: 1, character: 0 }],
        ['exp', 'op', 'float64', [2], { line: 4, character: 4 }],
        ['add', 'op', 'float64', [2], { line: 4, character: 4 }],
      ],
    );
    assert.deepEqual(edges, ['x data exp', 'exp data add', 'x data add']);
    assert.deepEqual(graph.nodes[2]?.range?.end, { line: 4, character: 17 });
  });

  it('groups by function, counts what is not finite, and times', () => {
    const { graph } = traced(
      'import numpy as np\ndef inner(a):\n    return np.log(a)\ndef outer(a):\n    return inner(a)\nwith np.errstate(all="ignore"):\n    outer(np.array([0.0, -1.0, 1.0]))\n',
    );
    const log = graph.nodes.find(({ op }) => op === 'log');
    assert.deepEqual(log?.group, ['outer', 'inner']);
    assert.equal(log?.nonFinite, 2);
    assert.equal(log?.bytes, 24);
    assert.ok((log?.ms ?? 0) > 0);
  });

  it('follows views and stores', () => {
    const { edges } = traced(
      'import numpy as np\na = np.zeros(4) + 1\nb = a[1:3]\nb[:] = np.array([5.0, 6.0])\nc = np.sqrt(a)\n',
    );
    assert.ok(
      edges.some(edge => /store data sqrt/.test(edge)),
      edges.join('; '),
    );
  });

  it('is empty when nobody asks', () => {
    assert.deepEqual(kernel.run('import numpy as np\nnp.exp(np.ones(2))').graph, { nodes: [], edges: [] });
  });
});

describe('loops', () => {
  const groups = (source: string) =>
    traced(source)
      .graph.nodes.filter(({ op }) => op !== 'const')
      .map(({ op, group }) => [op, ...group].join(' > '));

  it('are groups, and so are their turns', () => {
    assert.deepEqual(
      groups(`import numpy as np
def train(n):
    x = np.ones(2)
    for step in range(n):
        for a, b in [(1, 2), (3, 4)]:
            x = x * a
        k = 2
        while k > 0:
            x = x + k
            k -= 1
    else:
        x = np.sqrt(x)
    return x
train(2)
`),
      [
        'multiply > train > for step > step 0 > for a, b > turn 0',
        'multiply > train > for step > step 0 > for a, b > turn 1',
        'add > train > for step > step 0 > while k > 0 > turn 0',
        'add > train > for step > step 0 > while k > 0 > turn 1',
        'multiply > train > for step > step 1 > for a, b > turn 0',
        'multiply > train > for step > step 1 > for a, b > turn 1',
        'add > train > for step > step 1 > while k > 0 > turn 0',
        'add > train > for step > step 1 > while k > 0 > turn 1',
        'sqrt > train',
      ],
    );
  });

  it('count anew in each call, and tell two loops with one head apart', () => {
    assert.deepEqual(
      groups(`import numpy as np
x = np.ones(2)
def f():
    for _ in "ab": np.exp(x)
for i in range(5, 7):
    f()
for i in range(1): np.sqrt(x)
`),
      [
        'exp > for i (line 5) > i 5 > f > for _ > turn 0',
        'exp > for i (line 5) > i 5 > f > for _ > turn 1',
        'exp > for i (line 5) > i 6 > f > for _ > turn 0',
        'exp > for i (line 5) > i 6 > f > for _ > turn 1',
        'sqrt > for i (line 7) > i 0',
      ],
    );
  });

  it('of recursive functions and generators keep their own count', () => {
    assert.deepEqual(
      groups(`import numpy as np
x = np.ones(2)
def f(n):
    for i in range(2):
        if n and i == 0: f(n - 1)
        np.exp(x)
f(1)
def g():
    for k in range(2): yield np.sqrt(x)
for a, b in zip(g(), g()): pass
`),
      [
        'exp > f > for i > i 0 > f > for i > i 0',
        'exp > f > for i > i 0 > f > for i > i 1',
        'exp > f > for i > i 0',
        'exp > f > for i > i 1',
        'sqrt > g > for k > k 0',
        'sqrt > g > for k > k 0',
        'sqrt > g > for k > k 1',
        'sqrt > g > for k > k 1',
      ],
    );
  });

  it('fold their later turns', () => {
    const found = groups('import numpy as np\nx = np.ones(1)\nfor i in range(40):\n    x = x + i\n');
    assert.equal(found[15], 'add > for i > i 15');
    assert.deepEqual([...new Set(found.slice(16))], ['add > for i > turns 16 and later']);
    assert.equal(found.length, 40);
  });

  it('hold their gradients', () => {
    const { graph } = traced(`import tensorflow as tf
w = tf.Variable([1.0, 2.0])
for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(w * w)
    w.assign_sub(0.1 * tape.gradient(loss, w))
`);
    const backward = graph.nodes.filter(({ lane }) => lane === 'backward');
    assert.deepEqual(
      backward.map(({ label, group }) => `${label} ${group.at(-1)}`),
      ['step 0', 'step 1'].flatMap(step => ['seed', '∂Sum', '∂Mul', '∂w'].map(label => `${label} ${step}`)),
    );
  });

  it('that turn without end are left alone', () => {
    const source = `import numpy as np
def f():
    n = 0
    while n < 300_000:
        n += 1
    return np.exp(float(n))
f()
for i in range(25_000):
    y = np.float64(i)
x = np.ones(1) + 1
`;
    assert.deepEqual(groups(source), ['add']);
  });
});

describe('the record', () => {
  it('says that it ends before the program does', () => {
    const source = 'import numpy as np\nx = np.ones(1)\nfor i in range(N):\n    x = x + 1\n';
    assert.equal(traced(source.replace('N', '100')).graph.truncated, undefined);
    const { graph } = traced(source.replace('N', '21_000'));
    assert.equal(graph.truncated, true);
    assert.equal(graph.nodes.length, 20_000);
  });

  it('has the values of scalars, as Python prints them', () => {
    const { graph } = traced(`import tensorflow as tf
x = tf.constant(0.1)
n = tf.constant(3)
y = x * 3.0
b = y > 1.0
m = n + 4
z = tf.constant([1.0, 2.0]) * x
big = tf.constant(2.0, tf.float64) / 3.0
`);
    const values = graph.nodes.flatMap(({ op, value }) => (op === 'const' || value === undefined ? [] : [[op, value]]));
    // print((tf.constant(0.1) * 3.0).numpy(), 2 / 3)
    assert.deepEqual(values, [
      ['Mul', '0.3'],
      ['Greater', 'False'],
      ['AddV2', '7'],
      ['RealDiv', '0.6666666666666666'],
    ]);
    assert.equal(graph.nodes.find(({ label }) => label === 'x')?.value, '0.1');
  });
});

describe('gradients', () => {
  const source = `import tensorflow as tf
x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = x * x + 2.0 * x
dy_dx = tape.gradient(y, x)
`;

  it('mirror the forward nodes', () => {
    const { graph, edges } = traced(source);
    const backward = graph.nodes.filter(({ lane }) => lane === 'backward');
    assert.deepEqual(
      backward.map(({ label, mirror }) => [label, mirror === null ? null : graph.nodes[mirror]?.label]),
      [
        ['seed', 'AddV2'],
        ['∂AddV2', 'AddV2'],
        ['∂Mul', 'Mul'],
        ['∂Mul', 'Mul'],
        ['∂x', 'x'],
      ],
    );
    assert.equal(edges.filter(edge => edge === '∂Mul gradient ∂x').length, 2);
    assert.ok(edges.includes('AddV2 seed seed') && edges.includes('x saved ∂Mul'), edges.join('; '));
  });

  it('have a row with the names of the source', () => {
    const [row] = traced(source).gradients;
    const { histogram, checkMaxRel, compared, ...rest } = row ?? {};
    assert.ok(typeof checkMaxRel === 'number' && checkMaxRel < 1e-6, `central differences: ${checkMaxRel}`);
    const [{ at, tape, differences } = { at: [], tape: 0, differences: NaN }] = compared ?? [];
    assert.equal(at, null);
    assert.ok(Math.abs(tape - differences) <= 1e-6 * Math.abs(tape), `${tape} ${differences}`);
    assert.deepEqual(rest, {
      line: 4,
      target: 'y',
      source: 'x',
      dtype: 'float32',
      shape: [],
      value: '8.0',
      norm: 8,
      min: 8,
      max: 8,
      mean: 8,
      zeros: 0,
      nonFinite: 0,
      largest: [{ at: [], value: 8 }],
    });
    assert.equal(
      histogram?.reduce((sum, n) => sum + n, 0),
      1,
    );
  });

  it('name the entries with the largest magnitude; what is not finite is left out', () => {
    const { gradients } = traced(`import tensorflow as tf
w = tf.constant([[1.0, -7.0, 0.0], [3.0, float('inf'), 2.0], [0.5, 4.0, -5.0]])
x = tf.ones([3, 3])
with tf.GradientTape() as tape:
    tape.watch(x)
    loss = tf.reduce_sum(w * x)
tape.gradient(loss, x)
`);
    assert.deepEqual(gradients[0]?.largest, [
      { at: [0, 1], value: -7 },
      { at: [2, 2], value: -5 },
      { at: [2, 1], value: 4 },
      { at: [1, 0], value: 3 },
      { at: [1, 2], value: 2 },
    ]);
    assert.equal(gradients[0]?.nonFinite, 1);
  });

  it('name the leaves of lists', () => {
    const { gradients } = traced(`import tensorflow as tf
a = tf.constant([1.0, 2.0])
b = tf.constant(3.0)
with tf.GradientTape() as tape:
    tape.watch([a, b])
    loss = tf.reduce_sum(a * b)
tape.gradient(loss, [a, b])
`);
    assert.deepEqual(
      gradients.map(({ target, source, value }) => [target, source, value]),
      [
        ['loss', 'a', '[3. 3.]'],
        ['loss', 'b', '3.0'],
      ],
    );
  });
});

describe('starts', () => {
  it('of statements, ops, kernels and gradients stand on one clock, from the start of the run', () => {
    const { graph, lines } = traced(`import time
import tensorflow as tf
x = tf.Variable([1.0, 2.0])
time.sleep(0.02)
y = tf.exp(x)
time.sleep(0.02)
f = tf.function(lambda a: tf.sqrt(a) * 2.0)
with tf.GradientTape() as tape: z = f(x)
time.sleep(0.02)
g = tape.gradient(z, x)
`);
    const timed = graph.nodes.filter(({ op, ms }) => op !== 'const' && ms !== null);
    assert.ok(timed.every(({ at }) => at !== undefined));
    assert.ok(graph.nodes.every(({ at, ms }) => at === undefined || ms !== null));
    const statement = (name: string) => {
      const { line = 0, at = NaN, ms = NaN } = lines.find(row => row.name === name) ?? {};
      return { line, from: at, to: at + ms * 1000 };
    };
    const [y, z, g] = ['y', 'z', 'g'].map(statement);
    assert.ok(y && z && g && y.from > 20_000 && z.from > y.to + 20_000 && g.from > z.to + 20_000);
    const within = (label: string, { from, to }: typeof y) => {
      const found = timed.filter(node => node.label === label);
      assert.ok(found.length > 0, label);
      for (const { at = NaN, ms } of found) assert.ok(at >= from - 1 && at + (ms ?? 0) * 1000 <= to + 1, label);
    };
    within('Exp', y);
    within('Mul', z);
    within('∂Sqrt', g);
    within('∂Mul', g);
  });
});

describe('profiles', () => {
  it('are a tree of frames with a sample for each op where it ran', () => {
    const { graph } = traced('import numpy as np\ndef f(a):\n    return np.exp(a)\nf(np.ones(3))\n');
    const { nodes, samples, timeDeltas, startTime, endTime } = profileOf(
      { graph, ms: { start: 0, run: 5 } },
      '/project/a.py',
    );
    const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
    assert.equal(names.get(nodes[0]?.id ?? 0), '(root)');
    assert.ok([...names.values()].includes('f') && [...names.values()].includes('np.exp'));
    const ids = new Set(nodes.map(({ id }) => id));
    assert.ok(samples.every(id => ids.has(id)) && samples.length === timeDeltas.length);
    assert.ok(endTime >= startTime);
    const exp = graph.nodes.find(({ label }) => label === 'exp');
    const at = samples.findIndex(id => names.get(id) === 'np.exp');
    const clock = timeDeltas.map((_, i) => timeDeltas.slice(0, i + 1).reduce((sum, delta) => sum + delta, 0));
    assert.equal(clock[at], exp?.at);
    assert.equal(clock[at + 1], (exp?.at ?? 0) + Math.round((exp?.ms ?? 0) * 1000));
    assert.deepEqual(
      [samples[0], samples.at(-1)].map(id => names.get(id ?? 0)),
      ['(python)', '(python)'],
    );
  });
});

describe('functions that are compiled', () => {
  it('show the ops of their graph, and gradients through them', () => {
    const { graph } = traced(`import tensorflow as tf
@tf.function
def double(a):
    return tf.square(a) * 2.0
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    y = double(x)
tape.gradient(y, x)
`);
    const rows = graph.nodes.filter(({ op }) => op !== 'const');
    assert.deepEqual(
      rows.map(({ label, group, mirror }) => [
        label,
        group.join(),
        mirror === null ? null : graph.nodes[mirror]?.label,
      ]),
      [
        ['Square', 'double', null],
        ['Mul', 'double', null],
        ['seed', 'double', 'Mul'],
        ['∂Mul', 'double', 'Mul'],
        ['∂Square', 'double', 'Square'],
        ['∂x', '', 'x'],
      ],
    );
  });

  it('tell which ops ran as one kernel, and its time once', () => {
    const source = `import tensorflow as tf
@tf.function
def layer(x, w, a, b, c, d):
    y = tf.tanh(a * b + c) * d
    return y, tf.matmul(x, w)
ones = tf.ones([8, 8])
for _ in range(2):
    y, z = layer(ones, ones, ones, ones * 2.0, ones, ones * 3.0)
print(float(y[0, 0]), float(z[0, 0]))
`;
    const { graph, stdout } = traced(source);
    assert.equal(stdout, kernel.run(source).stdout, 'a trace changes no result');
    const [y = NaN, z] = stdout.split(' ').map(Number);
    // TensorFlow prints 2.985164165496826 8.0; tanh in float32 is good to 2 ulp, and the product rounds once more.
    assert.ok(Math.abs(y - 2.985164165496826) <= 2.5 * 2 ** -22 && z === 8, stdout);
    const rows = graph.nodes.filter(({ group }) => group.includes('layer'));
    assert.deepEqual(
      rows.map(({ op, ms }) => [op, ms !== null]),
      [1, 2].flatMap(() => [
        ['Mul', false],
        ['AddV2', false],
        ['Tanh', false],
        ['Mul', true],
        ['MatMul', true],
      ]),
    );
    const kernels = rows.map(({ kernel }) => kernel);
    assert.ok(kernels.every(kernel => kernel !== null));
    const [first, , , , product] = kernels;
    assert.deepEqual(kernels.slice(0, 5), [first, first, first, first, product]);
    assert.equal(new Set(kernels).size, 4, 'kernels of the two calls are apart');
    assert.ok(rows.every(({ ms, norm }) => (ms === null || ms > 0) && (norm ?? 0) > 0));
    const eager = graph.nodes.filter(({ group, op }) => group.length === 0 && op !== 'const');
    assert.ok(eager.every(({ kernel, ms }) => kernel === null && ms !== null));
  });

  it('tell the kernels of a program that an equal function compiled before', () => {
    const { graph } = traced(`import tensorflow as tf
@tf.function
def one(x):
    unused = tf.exp(x)
    return tf.sqrt(x) + 1.0
@tf.function
def two(x):
    return tf.sqrt(x) + 1.0
x = tf.ones([5])
one(x), two(x)
`);
    const rows = graph.nodes.filter(({ group, op }) => group.length === 1 && op !== 'const');
    assert.deepEqual(
      rows.map(({ op, group, kernel, ms }) => [op, group[0], kernel, ms !== null]),
      [
        ['Exp', 'one', null, false],
        ['Sqrt', 'one', 0, false],
        ['AddV2', 'one', 0, true],
        ['Sqrt', 'two', 1, false],
        ['AddV2', 'two', 1, true],
      ],
    );
  });

  it('give an op of several kernels one number, and all of their time', () => {
    const { graph } = traced(`import tensorflow as tf
@tf.function
def f(x):
    return tf.nn.softmax(tf.reshape(x * 2.0, [2, 8])), tf.transpose(x)[0]
f(tf.ones([4, 4]))
`);
    const rows = graph.nodes.filter(({ group }) => group.includes('f'));
    const timed = rows.filter(({ ms }) => ms !== null);
    assert.equal(new Set(timed.map(({ kernel }) => kernel)).size, timed.length);
    assert.ok(timed.some(({ op }) => op === 'Softmax'));
  });

  it('that cannot be compiled run op by op, without kernels', () => {
    const { graph, stdout } = traced(`import tensorflow as tf
@tf.function
def f(x):
    tf.print(tf.reduce_sum(x))
    return x * 2.0
f(tf.ones([4]))
`);
    assert.equal(stdout, '');
    const rows = graph.nodes.filter(({ group, op }) => group.includes('f') && op !== 'const');
    assert.deepEqual(
      rows.map(({ op, kernel, ms }) => [op, kernel, (ms ?? 0) > 0]),
      [
        ['Sum', null, true],
        ['Mul', null, true],
      ],
    );
  });

  it('keep their state, and times that were not measured are null', () => {
    const { graph, stdout } = traced(`import tensorflow as tf
v = tf.Variable([1.0, 2.0])
@tf.function
def step(x):
    v.assign_add(x * 2.0)
    return tf.reduce_sum(v * x)
for _ in range(3):
    with tf.GradientTape() as tape:
        loss = step(tf.constant([1.0, 1.0]))
with tf.GradientTape() as tape:
    y = v * v
tape.gradient(y, v)
print(v.numpy(), float(loss))
`);
    assert.equal(stdout, '[7. 8.] 15.0\n');
    const backward = graph.nodes.filter(({ lane }) => lane === 'backward');
    assert.deepEqual(
      backward.map(({ label, ms }) => [label, ms !== null]),
      [
        ['seed', false],
        ['∂Mul', true],
        ['∂v', false],
      ],
    );
  });
});
