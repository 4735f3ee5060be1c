// The judge itself: wrong conversions must be found, right ones must not be blamed.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { functionVerdict, programVerdict, type Comparison } from '../../../src/core/compare/index.ts';
import { startInProcess, type InProcess } from '../../support/kernel.ts';

let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

interface FunctionSpec {
  readonly name: string;
  readonly returns?: readonly string[];
  /** Argument lists with ordinary numbers. */
  readonly samples?: readonly (readonly unknown[])[];
}

function compare(original: string, converted: string, functions: readonly FunctionSpec[] = []): Comparison {
  const head = 'import numpy as np\nimport tensorflow as tf\n';
  const request = {
    filename: '/case.py',
    original: head + original,
    converted: head + converted,
    functions: functions.map(each => ({
      ...each,
      samples: each.samples?.map(list => ({ case: 'normal', arguments: list })) ?? [],
    })),
    strict: true,
  };
  const source = `import json\nfrom tensorlift.verify import verify\nprint(json.dumps(verify(json.loads(${JSON.stringify(JSON.stringify(request))}))))\n`;
  const { stdout, error } = kernel.run(source);
  assert.equal(error, null, error?.traceback);
  return JSON.parse(stdout) as Comparison;
}

const x = 'x = np.array([[3., 1., 2.], [0., 5., 4.]])\n';
const t = 'x = tf.constant([[3., 1., 2.], [0., 5., 4.]], tf.float64)\n';
/** Name, original, converted, status, words of the reason. */
const programs: readonly (readonly [string, string, string, string, RegExp?])[] = [
  ['a right conversion', `${x}y = np.sum(x, axis=0)`, `${t}y = tf.reduce_sum(x, axis=0)`, 'verified'],
  ['argmax takes another axis', `${x}y = np.argmax(x)`, `${t}y = tf.argmax(x)`, 'differs', /shape/],
  [
    'float32 instead of float64',
    `${x}y = x * 2`,
    `${t}y = tf.cast(x * 2, tf.float32)`,
    'differs',
    /dtype float64 became float32/,
  ],
  ['int32 instead of int64', 'y = np.array([1, 2])', 'y = tf.constant([1, 2])', 'differs', /dtype int64 became int32/],
  ['a value that is off', `${x}y = x + 1`, `${t}y = x + 1.0000001`, 'differs', /y differs/],
  [
    'an integer that overflows',
    'y = np.array([2**31]) * 2',
    'y = tf.constant([-(2**31)], tf.int64) * 2',
    'differs',
    /y differs/,
  ],
  ['NaN on one side only', 'y = np.array([np.nan, 1.])', 'y = tf.constant([0., 1.], tf.float64)', 'differs'],
  ['a printed NaN', 'print(float("nan"))', 'print(1.0)', 'differs', /line 1 of the output/],
  ['a printed infinity', 'print("a", float("inf"))', 'print("a", 1e300)', 'differs', /line 1 of the output/],
  ['a whole number printed as a float', 'print(4)', 'print(4.0)', 'differs', /'4' became '4\.0'/],
  ['large whole numbers that are off by one', 'print(9007199254740993)', 'print(9007199254740992)', 'differs'],
  ['a list printed as numbers', 'print([1, 2])', 'print(1, 2)', 'differs'],
  ['words and numbers in another order', 'print("a", 1, "b", 2)', 'print("a", "b", 1, 2)', 'differs'],
  ['the last digit of a printed sum', 'print("sum:", 0.1 + 0.2, [0.5])', 'print("sum:", 0.3, [0.5])', 'verified'],
  [
    'columns that are as wide as their numbers',
    'print("[0.3  0.5]")',
    'print("[0.30000000000000004  0.5]")',
    'verified',
  ],
  ['NaN on both sides', 'y = np.array([np.nan, 1.])', "y = tf.constant([float('nan'), 1.], tf.float64)", 'verified'],
  [
    'an array that the store missed',
    'y = np.zeros(3)\ny[1] = 5',
    'y = tf.zeros(3, tf.float64)',
    'differs',
    /y differs/,
  ],
  ['another text', 'print(np.arange(3))', 'print(tf.range(3))', 'differs', /line 1 of the output/],
  ['a reordered sum in the text', 'print(np.sum(np.full(10, 0.1)))', 'print(0.9999999999999999 + 1e-16)', 'verified'],
  ['a line that is missing', 'print(1)\nprint(2)', 'print(1)', 'differs', /2 printed lines became 1/],
  [
    'an error on one side',
    'y = np.zeros(2)',
    "raise ValueError('no')",
    'failed',
    /converted program raises ValueError: no/,
  ],
  ['an error on both sides', "raise ValueError('no')", "raise ValueError('no')", 'failed', /original raises/],
  [
    'random numbers are seeded alike',
    'y = np.random.rand(3)',
    'y = tf.convert_to_tensor(np.random.rand(3))',
    'verified',
  ],
  [
    'random numbers drawn twice',
    'y = np.random.rand(3)',
    'np.random.rand(1)\ny = tf.convert_to_tensor(np.random.rand(3))',
    'differs',
  ],
  [
    'an unseeded generator',
    'y = np.random.default_rng().random(3)',
    'y = tf.constant(np.random.default_rng().random(3))',
    'verified',
  ],
  [
    'times that are printed',
    "import time\nt = time.time()\nprint('took', time.time() - t)\nprint('done')",
    "import time\nt = time.time()\ntime.time()\nprint('took', time.time() - t)\nprint('done')",
    'verified',
  ],
];
for (const [name, original, converted, status, words] of programs)
  test(`programs: ${name}`, () => {
    const verdict = programVerdict(compare(original, converted), 'runtime');
    assert.equal(verdict.status, status, verdict.reason);
    if (words) assert.match(verdict.reason ?? '', words);
  });

const sample = (shape: readonly number[]) => ({ shape, dtype: 'float64' });
const functions: readonly (readonly [string, string, string, FunctionSpec, string, RegExp?])[] = [
  [
    'agrees on the calls of the file',
    'def f(a):\n  return a * 2\nf(np.ones(3))',
    'def f(a):\n  return a * 2',
    { name: 'f' },
    'verified',
  ],
  [
    'agrees on samples',
    'def f(a):\n  return np.exp(a)',
    'def f(a):\n  return tf.exp(a)',
    { name: 'f', samples: [[sample([3, 2])]] },
    'verified',
  ],
  [
    'differs on a sample',
    'def f(a):\n  return np.abs(a)',
    'def f(a):\n  return a',
    { name: 'f', samples: [[sample([8])]] },
    'differs',
  ],
  ['no input, no claim', 'def f(a):\n  return a', 'def f(a):\n  return a', { name: 'f' }, 'not-run'],
  [
    'a changed argument is returned',
    'def f(a):\n  a[0] = 7.\nf(np.ones(3))',
    'def f(a):\n  return tf.tensor_scatter_nd_update(a, [[0]], [7.])',
    { name: 'f', returns: ['a'] },
    'verified',
  ],
  [
    'a changed argument is forgotten',
    'def f(a):\n  a[0] = 7.\nf(np.ones(3))',
    'def f(a):\n  return a',
    { name: 'f', returns: ['a'] },
    'differs',
  ],
  [
    'a gradient that is cut',
    'def f(a):\n  return np.sum(a * a)\nf(np.ones(3))',
    'def f(a):\n  return tf.reduce_sum(tf.stop_gradient(a) * a)',
    { name: 'f' },
    'differs',
    /gradient/,
  ],
  [
    'an error that only one raises',
    'def f(a):\n  return a\nf(np.ones(3))',
    "def f(a):\n  raise ValueError('x')",
    { name: 'f' },
    'differs',
    /only TensorFlow raises/,
  ],
];
for (const [name, original, converted, spec, status, words] of functions)
  test(`functions: ${name}`, () => {
    const [compared] = compare(original, converted, [spec]).functions;
    assert.ok(compared);
    const verdict = functionVerdict(compared, 'runtime');
    assert.equal(verdict.status, status, verdict.reason);
    if (words) assert.match(verdict.reason ?? '', words);
  });

test('functions: the gradient is really compared', () => {
  const [compared] = compare(
    'def f(a):\n  return np.sum(np.sin(a) * a)\nf(np.ones(3))',
    'def f(a):\n  return tf.reduce_sum(tf.sin(a) * a)',
    [{ name: 'f' }],
  ).functions;
  assert.equal(compared?.gradient, 'checked');
  assert.ok(typeof compared.gradientMaxRel === 'number' && compared.gradientMaxRel < 1e-7);
});
