// Arrays as they are looked at: summaries beside lines, the list of tensors, slices. The numbers are NumPy's.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { AxisJob, SliceRequest, ValueSummary } from '../../../src/shared/tensors.ts';
import { startInProcess, type InProcess } from '../../support/kernel.ts';

let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

const summary = (expression: string): ValueSummary | undefined => {
  const source = `import numpy as np\nimport tensorflow as tf\nx = ${expression}\n`;
  const { lines, stderr, error } = kernel.run(source, { lines: true });
  assert.equal(error, null, stderr);
  return lines.at(-1)?.summary;
};

const every = { start: 0, count: 1 << 16, step: 1 };
const jobs = (text: string): AxisJob[] =>
  text.split(' ').flatMap((word): AxisJob[] => {
    if (word === '') return [];
    if (word === 'rows' || word === 'columns' || word === 'mean' || word === 'max') return [{ job: word }];
    return [{ job: 'fixed', index: Number(word) }];
  });
const slice = (name: string, axes: string, more: Partial<SliceRequest> = {}) =>
  kernel.slice({ namespace: '', name, axes: jobs(axes), rows: every, columns: every, ...more });
const close = (x: number, y: number) => Math.abs(x - y) <= 1e-12 * Math.max(1, Math.abs(y));

describe('summaries', () => {
  const ranges: Record<string, [expression: string, range: (number | null)[]]> = {
    'a vector': ['np.array([3.0, -1.0, 4.0])', [-1, 4, 2, 0]],
    'what is not finite': ['np.array([np.nan, np.inf, 1.0, 2.0, -np.inf])', [1, 2, 1.5, 3]],
    'nothing finite': ['np.full((2, 2), np.nan)', [null, null, null, 4]],
    integers: ['np.arange(-5, 6)', [-5, 5, 0, 0]],
    'large integers': ['np.array([-2**40, 2**40 + 2])', [-(2 ** 40), 2 ** 40 + 2, 1, 0]],
    booleans: ['np.array([True, False, False, True])', [0, 1, 0.5, 0]],
    bytes: ['np.array([255, 1], dtype=np.uint8)', [1, 255, 128, 0]],
    'a view with gaps': ['np.arange(20.0)[::-3]', [1, 19, 10, 0]],
    'a broadcast view': ['np.broadcast_to(np.array([1.0, 3.0]), (4, 2))', [1, 3, 2, 0]],
    'a tensor': ['tf.constant([[1.0, 2.0], [3.0, 6.0]])', [1, 6, 3, 0]],
    'a variable': ['tf.Variable([1, 2, 6])', [1, 6, 3, 0]],
    'many elements': ['np.arange(100_001) * 0.5', [0, 50_000, 25_000, 0]],
  };
  for (const [name, [expression, expected]] of Object.entries(ranges))
    it(`of ${name}`, () => {
      const found = summary(expression);
      assert.deepEqual([found?.min, found?.max, found?.mean, found?.nonFinite], expected);
    });

  for (const expression of [
    '3.0',
    'np.float64(3)',
    'np.array(3.0)',
    'tf.constant(1)',
    'np.zeros((0, 3))',
    '[1, 2]',
    '"x"',
  ])
    it(`there is none of ${expression}`, () => assert.equal(summary(expression), undefined));

  it('draw short vectors as a line, thinned, with gaps', () => {
    assert.deepEqual(summary('np.array([1.0, np.nan, 1/3])')?.spark, { kind: 'series', values: [1, null, 0.33333] });
    const long = summary('np.arange(300)')?.spark;
    assert.deepEqual([long?.kind, long?.values.length, long?.values[0], long?.values.at(-1)], ['series', 64, 0, 299]);
  });

  it('draw the rest as a histogram', () => {
    const spark = summary('np.repeat([0.0, 1.0, 24.0], [5, 2, 1000])')?.spark;
    assert.equal(spark?.kind, 'histogram');
    assert.deepEqual(
      [spark?.values.length, spark?.values[0], spark?.values[1], spark?.values.at(-1)],
      [24, 5, 2, 1000],
    );
  });

  it('have a heat map of the last two axes', () => {
    assert.deepEqual(summary('np.arange(12).reshape(2, 2, 3)')?.heat, {
      rows: 2,
      columns: 3,
      values: [0, 1, 2, 3, 4, 5],
    });
    const { heat } = summary('np.arange(100)[:, None] + np.zeros(50)') ?? {};
    assert.deepEqual([heat?.rows, heat?.columns, heat?.values.length], [24, 24, 576]);
    assert.deepEqual([heat?.values[0], heat?.values.at(-1)], [0, 99]);
    assert.equal(summary('np.arange(4)')?.heat, null);
  });

  it('leave no mark on the program', () => {
    const source = `import numpy as np
import warnings
np.random.seed(3)
warnings.simplefilter("error")
x = np.full(3, np.inf)
y = x[::2]
print(np.random.rand())
`;
    const [plain, seen] = [kernel.run(source), kernel.run(source, { lines: true, trace: true })];
    assert.equal(seen.error, null, seen.stderr);
    assert.equal(seen.stdout, plain.stdout);
    assert.deepEqual(
      seen.graph.nodes.map(({ op }) => op),
      kernel.run(source, { trace: true }).graph.nodes.map(({ op }) => op),
    );
  });

  it('of ten million elements take no time that is felt', () => {
    const { lines } = kernel.run('import numpy as np\nx = np.zeros(10_000_000)\n', { lines: true });
    assert.equal(lines[0]?.summary?.mean, 0);
    // 25 ms on a machine that does nothing else. Beside a copy of the array, the test holds on a busy one, too.
    const { stdout } = kernel.run(
      `import time
from tensorlift import values
def best(work):
    times = []
    for _ in range(6):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
print(best(lambda: values.summary(x)) / best(lambda: x + 1.0))
`,
      { fresh: false },
    );
    assert.ok(Number(stdout) < 5, `${stdout} times as long as an addition`);
  });
});

describe('the list of tensors', () => {
  const names = (source: string) => {
    const { error, stderr } = kernel.run(source, { trace: true });
    assert.equal(error, null, stderr);
    return kernel.tensors('').map(({ name, type, dtype, shape }) => `${name}: ${type} ${dtype}[${shape.join()}]`);
  };

  it('has the arrays of the module, and of its containers', () => {
    const source = `import numpy as np
import tensorflow as tf
x = np.ones((2, 3))
n = 3
s = np.float64(1.5)
t = tf.constant([1, 2])
v = tf.Variable(2.0)
layers = [x, "no", (x,)]
params = {"W": t, 'it\\'s "b"': v, 7: x, None: x}
pair = (v, n)
_hidden = x
def f(): return x
`;
    assert.deepEqual(names(source), [
      'x: ndarray float64[2,3]',
      't: Tensor int32[2]',
      'v: Variable float32[]',
      'layers[0]: ndarray float64[2,3]',
      'params["W"]: Tensor int32[2]',
      'params["it\'s \\"b\\""]: Variable float32[]',
      'params[7]: ndarray float64[2,3]',
      'pair[0]: Variable float32[]',
    ]);
    for (const { name, shape } of kernel.tensors(''))
      assert.deepEqual(slice(name, ['', 'columns', 'rows columns'][shape.length] ?? '').slice?.shape, shape, name);
  });

  it('counts bytes and what is not finite', () => {
    kernel.run('import numpy as np\nx = np.array([[np.nan, 1.0], [np.inf, 2.0]])[:, :1]\ny = np.arange(5)\n');
    assert.deepEqual(
      kernel.tensors('').map(({ bytes, nonFinite }) => [bytes, nonFinite]),
      [
        [16, 2],
        [40, 0],
      ],
    );
  });

  it('knows gradients', () => {
    kernel.run(
      `import tensorflow as tf
w = tf.Variable([1.0, 2.0])
b = tf.Variable(1.0)
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(w * b)
grads = tape.gradient(loss, [w, b])
dw = grads[0]
`,
      { lines: true, trace: true },
    );
    assert.deepEqual(
      kernel.tensors('').flatMap(({ name, gradientOf }) => (gradientOf ? [[name, gradientOf]] : [])),
      [
        ['grads[0]', 'w'],
        ['grads[1]', 'b'],
        ['dw', 'w'],
      ],
    );
  });

  it('is empty where nothing ran', () => assert.deepEqual(kernel.tensors('nowhere'), []));

  it('has at most 200 rows, and runs no code of the program', () => {
    const source = `import numpy as np
class Trap(dict):
    def items(self): raise SystemExit(3)
    def __getitem__(self, key): raise SystemExit(4)
    def __getattribute__(self, name): raise SystemExit(5)
trap = Trap(a=np.ones(1))
many = [np.ones(1)] * 300
`;
    assert.equal(names(source).length, 200);
    assert.equal(slice('trap["a"]', 'columns').slice?.max, 1);
  });
});

describe('slices', () => {
  before(() => {
    kernel.run(`import numpy as np
import tensorflow as tf
x = np.arange(24.0).reshape(2, 3, 4)
holes = np.array([[1.0, np.nan, -np.inf], [0.0, 3.0, -0.0]])
big = np.array([2**60, -5])
flags = np.array([True, False])
scalar = tf.constant(2.5)
empty = np.zeros((0, 3))
tall = np.arange(200_000.0).reshape(100_000, 2)
text = "no array"
`);
  });

  // What NumPy 2.4.6 gives for the expression in the name, row by row.
  const pictures: Record<string, [name: string, axes: string, values: number[], size: [number, number]]> = {
    'x[1]': ['x', '1 rows columns', [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23], [3, 4]],
    'x[1].T': ['x', '1 columns rows', [12, 16, 20, 13, 17, 21, 14, 18, 22, 15, 19, 23], [4, 3]],
    'x[:, 2, 3]': ['x', 'columns 2 3', [11, 23], [1, 2]],
    'x.mean(axis=0)': ['x', 'mean rows columns', [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], [3, 4]],
    'x.mean(axis=(0, 2))': ['x', 'mean columns mean', [7.5, 11.5, 15.5], [1, 3]],
    'x.max(axis=1)': ['x', 'rows max columns', [8, 9, 10, 11, 20, 21, 22, 23], [2, 4]],
    'x.mean(axis=2).max(axis=0)': ['x', 'max columns mean', [13.5, 17.5, 21.5], [1, 3]],
    'holes.max(axis=0)': ['holes', 'max columns', [1, NaN, 0], [1, 3]],
    'holes.mean(axis=1)': ['holes', 'rows mean', [NaN, 1], [2, 1]],
    big: ['big', 'rows', [2 ** 60, -5], [2, 1]],
    flags: ['flags', 'columns', [1, 0], [1, 2]],
    scalar: ['scalar', '', [2.5], [1, 1]],
    empty: ['empty', 'rows columns', [], [0, 3]],
  };
  for (const [text, [name, axes, values, size]] of Object.entries(pictures))
    it(`show ${text}`, () => {
      const { slice: found, problem } = slice(name, axes);
      assert.equal(problem, undefined);
      assert.deepEqual([...(found?.values ?? [])], values);
      assert.deepEqual([found?.rows, found?.columns], size);
    });

  it('count over the whole picture, finite elements for the numbers', () => {
    const { slice: found } = slice('holes', 'rows columns', { rows: { start: 0, count: 1, step: 1 } });
    assert.equal(found?.values.length, 3);
    const { min, max, mean, std, zeros, nan, infinite } = found ?? {};
    assert.deepEqual([min, max, mean, zeros, nan, infinite], [0, 3, 1, 2, 1, 1]);
    // np.std([1, 0, 3, -0.])
    assert.ok(close(std ?? 0, 1.224744871391589));
    assert.deepEqual(
      [found?.histogram.length, found?.histogram.at(0), found?.histogram.at(10), found?.histogram.at(-1)],
      [32, 2, 1, 1],
    );
  });

  it('of tall arrays are quick', () => {
    const { slice: found } = slice('tall', 'rows columns', { rows: { start: 99_000, count: 1000, step: 500 } });
    assert.deepEqual([...(found?.values ?? [])], [198_000, 198_001, 199_000, 199_001]);
    // np.std(np.arange(200000.)), np.mean
    assert.ok(close(found?.std ?? 0, 57_735.02691824089) && found?.mean === 99_999.5);
  });

  it('give the part that is wanted, thinned', () => {
    const part = { rows: { start: 1, count: 2, step: 1 }, columns: { start: 1, count: 3, step: 2 } };
    assert.deepEqual([...(slice('x', '0 rows columns', part).slice?.values ?? [])], [5, 7, 9, 11]);
    const beyond = { rows: { start: 2, count: 50, step: 1 }, columns: { start: 9, count: 5, step: 1 } };
    assert.equal(slice('x', '0 rows columns', beyond).slice?.values.length, 0);
  });

  const problems: Record<string, [name: string, axes: string, problem: RegExp, more?: Partial<SliceRequest>]> = {
    'a name that is gone': ['y', 'rows columns', /^y is gone: run the file again$/],
    'an item that is gone': ['x["k"]', 'rows', /^x\["k"\] is gone/],
    'what is no array': ['text', 'rows', /^text is no array or tensor now$/],
    'the wrong number of axes': ['x', 'rows columns', /^x has 3 axes, not 2$/],
    'two axes as rows': ['x', 'rows rows columns', /one axis/],
    'an index outside': ['x', '2 rows columns', /^index 2 is outside axis 0 of x, which has 2$/],
    'nothing to reduce': ['empty', 'max columns', /no elements/],
    'too many values': ['tall', 'rows columns', /at most 65536 values/, { rows: { start: 0, count: 90_000, step: 1 } }],
    'a step of zero': ['x', '0 rows columns', /step of at least 1/, { rows: { start: 0, count: 1, step: 0 } }],
    'code in an index': ['x[__import__("sys").exit()]', 'rows', /is gone/],
  };
  for (const [name, [array, axes, problem, more]] of Object.entries(problems))
    it(`name ${name}`, () => assert.match(slice(array, axes, more).problem ?? '', problem));
});
