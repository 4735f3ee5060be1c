// Findings: each hazard at the place where it is, and none where it is not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check } from '../../../../src/core/check/index.ts';
import { hazards } from '../../../../src/core/hazards/index.ts';
import { analyze } from '../../../../src/core/infer/index.ts';
import { loadParser } from '../../../support/parser.ts';

const parser = await loadParser();
const head = 'import numpy as np\nimport tensorflow as tf\n';
const rulesOf = (text: string): string[] =>
  check(analyze(parser.parse(head + text)))
    .findings.filter(({ severity }) => severity !== 'hint')
    .map(({ rule, range }) => `${rule}@${range.start.line - 2}`);

const cases: readonly [string, string, string[]][] = [
  ['argmax of a matrix flattens', 'x = np.array([[1., 2.]])\ny = np.argmax(x)', ['TL204@1']],
  ['argmax of a vector does not', 'x = np.array([1., 2.])\ny = np.argmax(x)', []],
  ['argmax with an axis does not', 'x = np.array([[1., 2.]])\ny = np.argmax(x, axis=1)', []],
  ['the method too', 'x = np.zeros((2, 2))\ny = x.argmax()', ['TL204@1']],
  ['int array and float', 'x = np.arange(3)\ny = x * 0.5', ['TL205@1']],
  ['division is the same', 'x = np.arange(3)\ny = x / 2', []],
  ['root of integers', 'x = np.arange(3)\ny = np.sqrt(x)', ['TL206@1']],
  ['mean of integers', 'x = np.arange(3)\ny = x.mean()', ['TL207@1']],
  ['mean of floats', 'x = np.arange(3.)\ny = x.mean()', []],
  ['mask times floats', 'x = np.arange(3.)\ny = x * (x > 1)', ['TL208@1']],
  ['sum of a mask', 'x = np.arange(3.)\ny = np.sum(x > 1)', ['TL209@1']],
  ['sum of bytes', 'x = np.zeros(3, dtype=np.uint8)\ny = x.sum()', ['TL210@1']],
  ['float as dtype', 'x = np.zeros(3, dtype=float)', ['TL211@0']],
  ['fractional step', 'x = np.arange(0, 1, 0.1)', ['TL212@0']],
  ['linspace without its end', 'x = np.linspace(0, 1, 4, endpoint=False)', ['TL213@0']],
  ['store', 'x = np.zeros(3)\nx[0] = 1.', ['TL220@1']],
  ['store into a list', 'x = [1, 2]\nx[0] = 3', []],
  ['store under a mask', 'x = np.zeros(3)\nx[x > 0] = 1.', ['TL221@1']],
  ['repeated indices', 'x = np.zeros(3)\ni = np.array([0, 0])\nx[i] += 1.', ['TL220@2', 'TL222@2']],
  ['write through a view', 'x = np.zeros((2, 2))\ny = x[0]\ny += 1.', ['TL223@2']],
  ['write to a copy', 'x = np.zeros((2, 2))\ny = x[0].copy()\ny += 1.', []],
  ['argument changed', 'def f(a):\n    a += 1.\nx = np.zeros(2)\nf(x)', ['TL224@1']],
  ['argument bound anew', 'def f(a):\n    a = a + 1.\n    return a\nx = f(np.zeros(2))', []],
  ['alias and in-place operator', 'a = np.zeros(2)\nb = a\nb += 1.', ['TL225@2']],
  ['no alias', 'a = np.zeros(2)\na += 1.', []],
  ['out argument', 'c = np.zeros(2)\nnp.add(c, 1., out=c)', ['TL226@1']],
  ['in-place sort', 'x = np.zeros(2)\nx.sort()', ['TL227@1']],
  ['recurrence', 'x = np.zeros(4)\nfor i in range(1, 4):\n    x[i] = x[i - 1] + 1.', ['TL220@2', 'TL229@2']],
  ['float into integers', 'x = np.arange(3)\nx[0] = 1.5', ['TL220@1', 'TL230@1']],
  ['ddof', 'x = np.zeros(2)\ny = x.std(ddof=1)', ['TL242@1']],
  ['ddof of zero', 'x = np.zeros(2)\ny = x.std(ddof=0)', []],
  ['matrix norm', 'x = np.eye(2)\ny = np.linalg.norm(x, ord=2)', ['TL243@1']],
  ['vector norm', 'x = np.ones(2)\ny = np.linalg.norm(x, ord=2)', []],
  ['unique', 'y = np.unique([3, 1])', ['TL245@0']],
  ['dot of vectors', 'v = np.ones(2)\ny = np.dot(v, v)', ['TL250@1']],
  ['dot of matrices', 'v = np.eye(2)\ny = np.dot(v, v)', []],
  ['matrix @ vector', 'y = np.eye(2) @ np.ones(2)', ['TL251@0']],
  ['column-major reshape', "x = np.arange(4.)\ny = x.reshape(2, 2, order='F')", ['TL252@1']],
  ['fancy index', 'x = np.arange(4.)\ny = x[[0, 1]]', ['TL253@1']],
  ['where with one argument', 'x = np.arange(4.)\ny = np.where(x > 1)', ['TL256@1']],
  ['cumsum of a matrix flattens', 'x = np.eye(2)\ny = np.cumsum(x)', ['TL281@1']],
  ['the method too', 'x = np.eye(2)\ny = x.cumprod()', ['TL281@1']],
  ['cumsum along an axis does not', 'x = np.eye(2)\ny = np.cumsum(x, 0)\nz = x.cumsum(1)', []],
  ['cumsum of a vector does not', 'x = np.ones(2)\ny = np.cumsum(x)', []],
  ['round to decimals', 'x = np.ones(2)\ny = np.round(x, 2)\nz = x.round(decimals=1)', ['TL283@1', 'TL283@2']],
  ['round to whole numbers', 'x = np.ones(2)\ny = np.round(x)\nz = x.round(0)', []],
  ['any of numbers', 'x = np.ones(2)\ny = np.any(x)\nz = x.all()', ['TL284@1', 'TL284@2']],
  ['any of a mask', 'x = np.ones(2)\ny = np.any(x > 0)\nz = np.logical_and(x > 0, x < 2)', []],
  ['logical of numbers', 'x = np.ones(2)\ny = np.logical_or(x > 0, x)', ['TL284@1']],
  ['roll of a matrix flattens', 'x = np.eye(2)\ny = np.roll(x, 1)', ['TL285@1']],
  ['roll along an axis does not', 'x = np.eye(2)\ny = np.roll(x, 1, 0)\nz = np.roll(x, 1, axis=1)', []],
  ['flip of all axes', 'x = np.eye(2)\ny = np.flip(x)', ['TL286@1']],
  ['take from a matrix', 'x = np.eye(2)\ny = np.take(x, [0])\nz = x.take([1])', ['TL287@1', 'TL287@2']],
  ['take along an axis', 'x = np.eye(2)\ny = np.take(x, [0], axis=1)\nz = x.take([1], 0)', []],
  ['append to a matrix', 'x = np.eye(2)\ny = np.append(x, x)', ['TL288@1']],
  ['nonzero', 'x = np.ones(2)\ny = np.nonzero(x)', ['TL289@1']],
  ['the unit matrix', 'x = np.identity(2)', ['TL290@0']],
  ['log2', 'x = np.log2(np.ones(2))', ['TL291@0']],
  ['floor of integers', 'x = np.array([1, 2])\ny = np.floor(x)', ['TL292@1']],
  ['floor of floats', 'x = np.array([1.5, 2.])\ny = np.floor(x)', []],
  ['trace of several matrices', 'x = np.zeros((2, 2, 2))\ny = np.trace(x)', ['TL293@1']],
  ['a seed', 'np.random.seed(0)', ['TL260@0']],
  ['floats into an int tensor', 't = tf.constant([1, 2])\ny = t + np.array([0.5, 1.])', ['TL270@1']],
  ['float64 array into a float32 tensor', 't = tf.constant([1., 2.])\ny = t + np.array([0.5, 1.])', ['TL271@1']],
  ['tensors of two dtypes', 'y = tf.constant([1]) + tf.constant([1.])', ['TL272@0']],
  ['int tensor and float', 'y = tf.constant([1]) * 0.5', ['TL273@0']],
  ['tf.argmax', 'y = tf.argmax(tf.zeros((2, 2)))', ['TL274@0']],
  ['tf.norm of a matrix', 'y = tf.norm(tf.eye(2), ord=2)', ['TL275@0']],
  ['int32 power', 'y = tf.constant([50000]) ** 2', ['TL276@0']],
  ['tf.reduce_mean of integers', 'y = tf.reduce_mean(tf.constant([1, 2]))', ['TL277@0']],
  ['store into a tensor', 't = tf.zeros(2)\nt[0] = 1.', ['TL278@1']],
  ['NumPy function of a tensor', 't = tf.zeros(2)\ny = np.sin(t)', ['TL279@1']],
  [
    'NumPy on the tape',
    'x = tf.Variable(1.)\nwith tf.GradientTape() as t:\n    y = np.sin(x)\ng = t.gradient(y, x)',
    ['TL279@2', 'TL401@2'],
  ],
  ['value leaves the tape', 'x = tf.Variable(1.)\nwith tf.GradientTape() as t:\n    y = x.numpy() * 2', ['TL402@2']],
  [
    'integer variable',
    'x = tf.Variable(1)\nwith tf.GradientTape() as t:\n    y = x * x\ng = t.gradient(y, x)',
    ['TL403@3'],
  ],
  [
    'constant not watched',
    'x = tf.constant(1.)\nwith tf.GradientTape() as t:\n    y = x * x\ng = t.gradient(y, x)',
    ['TL404@3'],
  ],
  [
    'constant watched',
    'x = tf.constant(1.)\nwith tf.GradientTape() as t:\n    t.watch(x)\n    y = x * x\ng = t.gradient(y, x)',
    [],
  ],
  [
    'tape used twice',
    'x = tf.Variable(1.)\nwith tf.GradientTape() as t:\n    y = x * x\na = t.gradient(y, x)\nb = t.gradient(y, x)',
    ['TL405@4'],
  ],
  ['NumPy in a graph', '@tf.function\ndef f(x):\n    return np.sin(x)', ['TL501@2']],
  ['random in a graph', '@tf.function\ndef f(x):\n    return x * np.random.rand()', ['TL502@2']],
  ['print in a graph', '@tf.function\ndef f(x):\n    print(x)\n    return x', ['TL503@2']],
  ['.numpy() in a graph', '@tf.function\ndef f(x):\n    return x.numpy()', ['TL504@2']],
  [
    'append in a tensor loop',
    '@tf.function\ndef f():\n    out = []\n    for i in tf.range(3):\n        out.append(i)\n    return out',
    ['TL506@4'],
  ],
  ['variable in a graph', '@tf.function\ndef f():\n    v = tf.Variable(1.)\n    return v', ['TL508@2']],
  ['session', 'with tf.compat.v1.Session() as s:\n    r = s.run(tf.constant(1))', ['TL303@0', 'TL304@1']],
  ['placeholder', 'p = tf.compat.v1.placeholder(tf.float32)', ['TL305@0']],
  ['timeit in an expression', 'print("t", %timeit f(x))', ['TL301@0']],
  ['timeit line', '%timeit f(x)', ['TL302@0']],
  ['a shadowed np', 'def f(np):\n    return np.argmax(np)', []],
  ['a suppressed rule', 'x = np.zeros((2, 2))\ny = np.argmax(x)  # tensorlift: ignore[TL204]', []],
  ['nothing', 'x = 1', []],
];

for (const [name, text, expected] of cases) test(name, () => assert.deepEqual(rulesOf(text), expected));

test('ids are unique, and rows are complete', () => {
  assert.equal(new Set(hazards.map(({ id }) => id)).size, hazards.length);
  assert.equal(new Set(hazards.map(({ name }) => name)).size, hazards.length);
  for (const { id, calls, nodes, message } of hazards) {
    assert.match(id, /^TL[2-5]\d\d$/);
    assert.ok(calls || nodes, id);
    assert.match(message, /\.$/, id);
  }
});

test('magics of a notebook are no findings', () => {
  const text = '%timeit f(x)\nprint(1)\n';
  assert.deepEqual(check(analyze(parser.parse(text, [0]))).findings, []);
});

test('findings of other sources bring their fixes to ours', () => {
  const analysis = analyze(parser.parse(head + 'p = tf.compat.v1.placeholder(tf.float32)\n'));
  const [ours] = check(analysis).findings;
  assert.ok(ours);
  const fix = { title: 'Make it a parameter', level: 'review', edits: [] } as const;
  const { findings } = check(analysis, () => [{ ...ours, fixes: [fix] }]);
  assert.deepEqual(findings, [{ ...ours, fixes: [fix] }]);
});

test('values are what inlay hints show', () => {
  const { values } = check(analyze(parser.parse('import numpy as np\nx = np.zeros((2, 3))\nn = 4\ns = x.sum()\n')));
  assert.deepEqual(
    values.map(({ name, dtype, shape, range }) => [name, dtype, shape, range.start]),
    [
      ['x', 'float64', [2, 3], { line: 1, character: 0 }],
      ['s', 'float64', [], { line: 3, character: 0 }],
    ],
  );
});

test('every hazard has an example that was run on both libraries, with different outcomes', () => {
  const recorded = JSON.parse(
    readFileSync(new URL('../../../oracle/recorded/hazard_examples.json', import.meta.url), 'utf8'),
  ) as Record<string, { numpy: string; tensorflow: string; numpyResult: string; tensorflowResult: string }>;
  for (const { id, numpy, tensorflow } of hazards) {
    const row = recorded[id];
    assert.ok(row, `${id} is not recorded`);
    assert.deepEqual([row.numpy, row.tensorflow], [numpy, tensorflow], id);
    assert.notEqual(row.numpyResult, row.tensorflowResult, id);
  }
});
