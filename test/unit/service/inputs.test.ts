// The inputs that functions are compared on: each kind is there because a wrong conversion shows on nothing else, and a right one
// passes them all.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { functionVerdict, programVerdict, verdictText, type Comparison } from '../../../src/core/compare/index.ts';
import { openDocument } from '../../../src/service/analysis.ts';
import { samplesOf } from '../../../src/service/samples.ts';
import type { Verification } from '../../../src/shared/findings.ts';
import { startInProcess, type InProcess } from '../../support/kernel.ts';

const head = 'import numpy as np\nimport tensorflow as tf\n';
let kernel: InProcess;
before(async () => {
  kernel = await startInProcess();
});

async function compare(original: string, converted: string, returns: readonly string[] = []): Promise<Comparison> {
  const { analysis } = await openDocument(head + original, '/case.py');
  const functions = [{ name: 'f', returns, samples: samplesOf(analysis, 'f') }];
  const request = {
    filename: '/case.py',
    original: head + original,
    converted: head + converted,
    functions,
    strict: true,
  };
  const text = JSON.stringify(JSON.stringify(request));
  const { stdout, error } = kernel.run(
    `import json\nfrom tensorlift.verify import verify\nprint(json.dumps(verify(json.loads(${text}))))\n`,
  );
  assert.equal(error, null, error?.traceback);
  return JSON.parse(stdout) as Comparison;
}

async function judge(original: string, converted: string, returns: readonly string[] = []): Promise<Verification> {
  const [compared] = (await compare(original, converted, returns)).functions;
  assert.ok(compared);
  return functionVerdict(compared, 'runtime');
}

interface Case {
  readonly original: string;
  readonly right: string;
  readonly wrong: string;
  /** What the verdict on the wrong one says. */
  readonly says: RegExp;
  readonly returns?: readonly string[];
}

/** The calls in the file agree on both sides, or there are none. */
const cases: Readonly<Record<string, Case>> = {
  'a doctest of a function that nothing calls': {
    original: 'def f(x):\n  """>>> f(np.array([-2.0]))\n  array([2.])\n  """\n  return np.abs(x)\n',
    right: 'def f(x):\n  return tf.abs(x)\n',
    wrong: 'def f(x):\n  return x\n',
    says: /f differs/,
  },
  'a NaN': {
    original: 'def f(x):\n  return np.maximum(x, 0.0)\nf(np.array([1.0, -1.0, 2.0]))\n',
    right: 'def f(x):\n  return tf.maximum(x, tf.constant(0.0, tf.float64))\n',
    wrong: 'def f(x):\n  return tf.where(x > 0.0, x, tf.zeros_like(x))\n',
    says: /\(for a NaN\)$/,
  },
  infinities: {
    original: 'def f(x):\n  return np.where(np.isinf(x), 0.0, x)\nf(np.array([1.0, -1.0, 2.0]))\n',
    right: 'def f(x):\n  return tf.where(tf.abs(x) == float("inf"), tf.zeros_like(x), x)\n',
    wrong: 'def f(x):\n  return tf.identity(x)\n',
    says: /\(for infinities\)$/,
  },
  'zeros of both signs': {
    original: 'def f(x):\n  return 1.0 / x\nf(np.array([1.0, -1.0, 2.0]))\n',
    right: 'def f(x):\n  return 1.0 / x\n',
    wrong: 'def f(x):\n  return 1.0 / (x + 0.0)\n',
    says: /\(for zeros of both signs\)$/,
  },
  'the largest integers': {
    original: 'def f(x):\n  return x - 1\nf(np.array([1, 2, 3]))\n',
    right: 'def f(x):\n  return x - 1\n',
    wrong: 'def f(x):\n  return tf.cast(tf.cast(x, tf.float64) - 1.0, tf.int64)\n',
    says: /\(for the largest and smallest integers\)$/,
  },
  'negative integers': {
    original: 'def f(x):\n  return x // 2\nf(np.array([1, 2, 3]))\n',
    right: 'def f(x):\n  return x // 2\n',
    wrong: 'def f(x):\n  return tf.cast(tf.cast(x, tf.float64) / 2.0, tf.int64)\n',
    says: /\(for negative integers\)$/,
  },
  'repeated indices': {
    original: 'def f(i):\n  y = np.zeros(2)\n  y[i] += 1.0\n  return y\nf(np.array([0, 1]))\n',
    right:
      'def f(i):\n  n = tf.reshape(tf.where(i < 0, i + 2, i), [-1, 1])\n  y = tf.zeros([2], tf.float64)\n  return tf.tensor_scatter_nd_update(y, n, tf.gather_nd(y, n) + 1.0)\n',
    wrong:
      'def f(i):\n  n = tf.reshape(i, [-1, 1])\n  return tf.tensor_scatter_nd_add(tf.zeros([2], tf.float64), n, tf.ones([2], tf.float64))\n',
    says: /\(for (?:zeros|repeated integers)\)$/,
  },
  'an empty array': {
    original: 'def f(x):\n  return np.sum(x) / x.size\nf(np.ones(3))\nf(np.ones(4))\n',
    right: 'def f(x):\n  return tf.reduce_sum(x) / tf.cast(tf.size(x), tf.float64)\n',
    wrong: 'def f(x):\n  return tf.reduce_sum(x) / tf.cast(tf.maximum(tf.size(x), 1), tf.float64)\n',
    says: /\(for an empty array\)$/,
  },
  'an empty array that raises': {
    original: 'def f(x):\n  return np.max(x)\nf(np.ones(3))\nf(np.ones(4))\n',
    right: 'def f(x):\n  if x.shape[0] == 0:\n    raise ValueError("zero-size array")\n  return tf.reduce_max(x)\n',
    wrong: 'def f(x):\n  return tf.reduce_max(x)\n',
    says: /only NumPy raises ValueError.* \(for an empty array\)$/,
  },
  'another exception': {
    original: 'def f(x):\n  return np.max(x)\nf(np.ones(3))\nf(np.ones(4))\n',
    right: 'def f(x):\n  if x.shape[0] == 0:\n    raise ValueError("zero-size array")\n  return tf.reduce_max(x)\n',
    wrong: 'def f(x):\n  if x.shape[0] == 0:\n    raise KeyError("x")\n  return tf.reduce_max(x)\n',
    says: /NumPy raises ValueError, TensorFlow KeyError \(for an empty array\)$/,
  },
  'one element': {
    original: 'def f(x):\n  return np.squeeze(x)\nf(np.ones(3))\nf(np.ones(4))\n',
    right: 'def f(x):\n  return tf.squeeze(x)\n',
    wrong: 'def f(x):\n  return tf.reshape(x, [-1])\n',
    says: /shape \(\) became \(1,\) \(for arrays of one element\)$/,
  },
  'a view that is not contiguous': {
    original: 'def f(a):\n  b = a.reshape(-1)\n  b[0] = 9.0\n  return a * 1.0\nf(np.ones((2, 3)))\n',
    right: '',
    wrong:
      'def f(a):\n  b = tf.reshape(a, [-1])\n  return tf.reshape(tf.tensor_scatter_nd_update(b, [[0]], tf.constant([9.0], tf.float64)), a.shape)\n',
    says: /\(for a view that is not contiguous\)$/,
  },
  'the same array twice': {
    original: 'def f(a, b):\n  a[0] = 7.0\n  return a + b\nf(np.ones(3), np.zeros(3))\n',
    right: '',
    wrong: 'def f(a, b):\n  return tf.tensor_scatter_nd_update(a, [[0]], tf.constant([7.0], tf.float64)) + b\n',
    says: /\(for the same array twice\)$/,
  },
};

describe('a wrong conversion shows on', () => {
  for (const [name, { original, wrong, says, returns }] of Object.entries(cases))
    it(name, async () => {
      const verdict = await judge(original, wrong, returns);
      assert.equal(verdict.status, 'differs', JSON.stringify(verdict));
      assert.match(verdict.reason ?? '', says);
    });
});

describe('a right conversion passes', () => {
  for (const [name, { original, right, returns }] of Object.entries(cases))
    if (right !== '')
      it(name, async () => {
        const verdict = await judge(original, right, returns);
        assert.equal(verdict.status, 'verified', verdict.reason);
      });
});

describe('samples', () => {
  const casesOf = async (text: string): Promise<readonly string[]> => {
    const { analysis } = await openDocument(head + text, '/case.py');
    return samplesOf(analysis, 'f').map(each => each.case);
  };
  it('keep to sizes that the analysis knows', async () => {
    const fixed = await casesOf('def f(x):\n  return x\nf(np.ones(3))\n');
    assert.ok(!fixed.includes('empty') && !fixed.includes('one'), fixed.join());
    const open = await casesOf('def f(x):\n  return x\nf(np.ones(3))\nf(np.ones(4))\n');
    assert.ok(open.includes('empty') && open.includes('one'), open.join());
  });
  it('pass one array twice only where one could stand for the other', async () => {
    assert.ok((await casesOf('def f(x, y):\n  return x\nf(np.ones(3), np.ones(3))\n')).includes('aliased'));
    assert.ok(!(await casesOf('def f(x, y):\n  return x\nf(np.ones(3), np.ones(4))\n')).includes('aliased'));
  });
  it('are none where a parameter is not known', async () =>
    assert.deepEqual(await casesOf('def f(x):\n  return x\n'), []));
});

describe('doctests', () => {
  const right = 'def f(x):\n  return tf.abs(x)\n';
  const doctest = (lines: string): string => `def f(x):\n  """Size.\n\n${lines}\n  """\n  return np.abs(x)\n`;

  it('are counted by themselves', async () => {
    const verdict = await judge(`${doctest('  >>> f(np.array([-2.0]))\n  array([2.])')}f(np.ones(2))\n`, right);
    assert.deepEqual([verdict.origins?.call, verdict.origins?.doctest], [1, 1]);
  });
  it('that the original does not fulfil are told, and fail no conversion', async () => {
    const compared = await compare(doctest('  >>> f(np.array([-2.0]))\n  array([3.])'), right);
    const verdict = programVerdict(compared, 'runtime');
    assert.equal(
      verdictText(verdict, compared.versions),
      'agrees on 1 input in the bundled runtime; the original does not do what its doctest of f (line 6) expects: array([3.]); it gives array([2.])',
    );
    assert.equal(compared.functions[0] && functionVerdict(compared.functions[0], 'runtime').status, 'verified');
  });
  const fulfilled: Readonly<Record<string, string>> = {
    'an exception':
      '  >>> f("a" + 1)\n  Traceback (most recent call last):\n  TypeError: can only concatenate str (not "int") to str',
    'its options': '  >>> f(np.array([-2.0, -3.0]))  # doctest: +ELLIPSIS\n  array([2...])',
    'one that is skipped': '  >>> f(missing)  # doctest: +SKIP\n  3',
    'the module by its name': '  >>> from case import f as g\n  >>> g(np.array([-2.0]))\n  array([2.])',
    'names from line to line':
      '  >>> a = np.array([-2.0])\n  >>> for i in range(2):\n  ...     print(f(a))\n  [2.]\n  [2.]',
  };
  for (const [name, lines] of Object.entries(fulfilled))
    it(`understand ${name}`, async () => assert.deepEqual((await compare(doctest(lines), right)).doctests, []));
  it('leave the names of the program as they are', async () => {
    const text = `${doctest('  >>> y[0] = 5.0\n  >>> y = 3')}y = np.zeros(2)\n`;
    const compared = await compare(text, `${right}y = tf.zeros([2], tf.float64)\n`);
    assert.equal(programVerdict(compared, 'runtime').status, 'verified');
  });
});
