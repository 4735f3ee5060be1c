// What the analysis answers: names, scopes, aliases, mutations; and that no text makes it fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../../../src/core/infer/index.ts';
import type { Analysis } from '../../../../src/core/infer/index.ts';
import type { SyntaxNode } from '../../../../src/core/syntax/index.ts';
import { loadParser } from '../../../support/parser.ts';

const parser = await loadParser();
const of = (text: string): Analysis => analyze(parser.parse(text));
/** The last identifier of a name (or the node with this text). */
function find(analysis: Analysis, text: string, kind = 'identifier'): SyntaxNode {
  const node = analysis.program.nodes.findLast(n => n.kind === kind && n.text === text);
  assert.ok(node, `no ${kind} ${text}`);
  return node;
}
const typeAt = (analysis: Analysis, name: string): string => {
  const value = analysis.valueOf(find(analysis, name));
  return value.kind === 'array' || value.kind === 'tensor'
    ? `${value.kind} ${value.dtype}${value.shape ? `[${value.shape.join(',')}]` : ''}`
    : value.kind;
};

test('calls resolve to canonical names through every kind of import', () => {
  const cases: readonly [string, string, string | null][] = [
    ['import numpy as np\nnp.sum(x)', 'np.sum(x)', 'numpy.sum'],
    ['import numpy\nnumpy.linalg.norm(x)', 'numpy.linalg.norm(x)', 'numpy.linalg.norm'],
    ['from numpy import sum as s\ns(x)', 's(x)', 'numpy.sum'],
    ['from numpy.linalg import norm\nnorm(x)', 'norm(x)', 'numpy.linalg.norm'],
    ['from numpy import *\nzeros(3)', 'zeros(3)', 'numpy.zeros'],
    ['import numpy.linalg as la\nla.inv(x)', 'la.inv(x)', 'numpy.linalg.inv'],
    ['import numpy as np\nnp.absolute(x)', 'np.absolute(x)', 'numpy.abs'],
    ['import numpy as np\nf = np.sum\nf(x)', 'f(x)', 'numpy.sum'],
    ['import numpy as np\nnp.zeros(3).sum()', 'np.zeros(3).sum()', 'ndarray.sum'],
    ['import numpy as np\nnp = 3\nnp.sum(x)', 'np.sum(x)', null],
    ['import numpy as np\ndef f(np):\n    return np.sum(x)', 'np.sum(x)', null],
    ['np.sum(x)', 'np.sum(x)', null],
    ['import numpy as np\nif c:\n    np = other\nnp.sum(x)', 'np.sum(x)', null],
    ['try:\n    import numpy as np\nexcept ImportError:\n    np = None\nnp.sum(x)', 'np.sum(x)', 'numpy.sum'],
    ['try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\nnp.sum(x)', 'np.sum(x)', null],
    ['def f():\n    import numpy as q\n    return q.sum(x)\n', 'q.sum(x)', 'numpy.sum'],
    ['len(x)', 'len(x)', 'builtins.len'],
    ['def len(x): return x\nlen(x)', 'len(x)', null],
    ['import tensorflow as tf\ntf.math.add(x, y)', 'tf.math.add(x, y)', 'tensorflow.add'],
    ['import tensorflow as tf\ntf.compat.v1.Session()', 'tf.compat.v1.Session()', 'tensorflow.compat.v1.Session'],
    ['import numpy as np\nif False:\n    np.sum(x)', 'np.sum(x)', 'numpy.sum'],
    ['import numpy as np\ndef f():\n    return 1\n    np.sum(x)', 'np.sum(x)', 'numpy.sum'],
    ['import missing as m\nm.sum(x)', 'm.sum(x)', 'missing.sum'],
    ['from . import np\nnp.sum(x)', 'np.sum(x)', null],
  ];
  for (const [text, call, expected] of cases) {
    const analysis = of(text);
    assert.equal(analysis.resolve(find(analysis, call, 'call')), expected, text);
  }
});

test('sizes that are not known have names', () => {
  const analysis = of(
    [
      'import numpy as np',
      'def f(X, n):',
      '    X = np.asarray(X, dtype=float)',
      '    rows, cols = X.shape',
      '    a = np.zeros((n, n))',
      '    b = X @ np.ones((cols, 4))',
      '    c = X + 1',
      '    return a',
    ].join('\n'),
  );
  assert.equal(typeAt(analysis, 'c'), 'array float64[rows,cols]');
  assert.equal(typeAt(analysis, 'b'), 'array float64[rows,4]');
  assert.equal(typeAt(analysis, 'a'), 'array float64[n,n]');
});

test('a size that changes from round to round has no name after the loop', () => {
  const analysis = of(
    'import numpy as np\nx = np.zeros(2)\nfor i in range(3):\n    n = int(input())\n    x = np.zeros(n)\n    y = x\nx\n',
  );
  assert.equal(typeAt(analysis, 'x'), 'array float64[n]');
  const wider = of(
    'import numpy as np\nx = np.zeros(2)\nwhile c():\n    n = int(input())\n    z = x\n    x = np.zeros(n)\n',
  );
  assert.equal(typeAt(wider, 'z'), 'array float64[]');
});

test('shape comments fill in what is not known, and overrule nothing', () => {
  const analysis = of(
    'import numpy as np\na = load()  # shape: (n, 3) float32\nb = a.T\nc = np.zeros(4)  # shape: (2, 2)\n',
  );
  assert.equal(typeAt(analysis, 'b'), 'array float32[3,n]');
  assert.equal(typeAt(analysis, 'c'), 'array float64[4]');
});

test('names that may share memory are told', () => {
  const analysis = of(
    'import numpy as np\na = np.zeros((2, 2))\nb = a[0]\nc = a.copy()\nd = b\ne = a + 1\nkept = []\nkept.append(e)\n',
  );
  const names = (name: string): string[] =>
    analysis
      .aliasesOf(find(analysis, name))
      .names.map(binding => binding.name)
      .sort();
  assert.deepEqual(names('a'), ['b', 'd']);
  assert.deepEqual(names('c'), []);
  assert.equal(analysis.aliasesOf(find(analysis, 'b')).view, true);
  assert.equal(analysis.aliasesOf(find(analysis, 'c')).view, false);
  assert.equal(analysis.aliasesOf(find(analysis, 'e')).escapes, true);
  assert.equal(analysis.aliasesOf(find(analysis, 'c')).escapes, false);
});

test('functions tell which of their arguments they change', () => {
  const analysis = of(
    [
      'import numpy as np',
      'def f(a, b, c, d):',
      '    a[0] = 1',
      '    v = b[1:]',
      '    v += 2',
      '    c = c + 1',
      '    np.add(c, 1, out=d)',
      '    return c',
      'def g(x):',
      '    f(x, x * 1, x * 1, x * 1)',
      'f(np.zeros(2), np.zeros(3), np.zeros(2), np.zeros(2))',
    ].join('\n'),
  );
  assert.deepEqual(
    analysis.functions.map(({ name, mutates, calls }) => [name, mutates, calls]),
    [
      ['f', ['a', 'b', 'd'], 2],
      ['g', ['x'], 0],
    ],
  );
  assert.deepEqual(
    analysis.mutations.map(({ how, target }) => `${how} ${target.text}`),
    ['subscript a', 'augmented v', 'out d'],
  );
});

test('a function handed to unknown code may get any arguments', () => {
  const analysis = of(
    'import numpy as np\nfrom other import run\ndef f(x):\n    y = x * 2.0\n    return y\nf(np.zeros(3))\nrun(f)\n',
  );
  assert.equal(typeAt(analysis, 'y'), 'unknown');
});

test('scopes know definitions and uses', () => {
  const analysis = of(
    'x = 1\ndef f(y, z=x):\n    global x\n    x = y\n    return [x for q in y]\nclass A:\n    x = 3\n    def m(self): return x\n',
  );
  const binding = analysis.bindingOf(find(analysis, 'x'));
  assert.equal(binding?.scope.kind, 'module');
  assert.equal(binding?.definitions.length, 2);
  assert.equal(binding?.uses.length, 3);
  assert.equal(analysis.bindingOf(find(analysis, 'q'))?.scope.kind, 'comprehension');
});

const awkward: readonly [string, string][] = [
  ['nothing', ''],
  ['an error in the middle', 'import numpy as np\nx = np.zeros(3\ny = np.ones(2)\n'],
  ['a function cut off', 'import numpy as np\ndef f(x:\n    return x +\n'],
  ['only brackets', '(((((((((('],
  ['deep nesting', 'x = ' + '('.repeat(2000) + '1' + ')'.repeat(2000)],
  ['a long sum', 'x = ' + '1 + '.repeat(5000) + '1'],
  ['deep blocks', Array.from({ length: 60 }, (_, i) => ' '.repeat(i) + 'if a:').join('\n')],
  ['itself as an element', 'x = []\nx.append(x)\nfor y in x:\n    x = [x]\n'],
  ['endless recursion', 'def f(x): return g(x)\ndef g(x): return f(x)\nf(1)'],
  ['a loop that does not settle', 'x = 1\nwhile True:\n    x = (x, x)\n'],
  ['names that are not there', 'import numpy as np\nnp.zeros(n)[k](m) + q.w'],
  [
    'wrong arguments',
    'import numpy as np\nnp.zeros()\nnp.sum(1, 2, 3, 4, 5, 6, 7, 8)\nnp.reshape(np.zeros(3))\nnp.zeros(3)[0, 0, 0]\n',
  ],
  ['match and walrus', 'match x:\n    case [a, b]: y = a\n    case _: pass\nif (n := 3) > 2: z = n\n'],
  ['async and yield', 'async def f():\n    async with a as b:\n        yield await c\n'],
  ['decorators and star arguments', '@a.b(1)\ndef f(*x, **y): return x\nf(*z, **w)\n'],
  ['tabs and CRLF', 'if a:\r\n\tx = 1\r\n\ty = 2\r\n'],
];
for (const [name, text] of awkward)
  test(`no text makes it fail: ${name}`, () => {
    const analysis = of(text);
    for (const node of analysis.program.nodes) {
      analysis.valueOf(node);
      analysis.resolve(node);
      analysis.aliasesOf(node);
    }
  });

test('code behind an error is still understood', () => {
  const analysis = of('import numpy as np\ndef f(x:\n    return x\n\ny = np.ones(2)\n');
  assert.equal(typeAt(analysis, 'y'), 'array float64[2]');
});

test('line breaks, tabs and surrogate pairs change nothing', () => {
  const text = 'import numpy as np\r\nif 1:\r\n\ts = "𝒳"; x = np.zeros((2, 3))\r\ny = x.T\r\n';
  const analysis = of('\uFEFF' + text);
  assert.equal(typeAt(analysis, 'y'), 'array float64[3,2]');
});

test('20,000 lines are read in linear time', t => {
  const unit =
    'a = np.zeros((3, 4))\nb = a[1:] + np.sum(a, axis=0)\nif b[0, 0] > 1:\n    c = b.T\nelse:\n    c = b @ np.ones((4, 2))\nd = [np.mean(r) for r in b]\nfor i in range(3):\n    a[i] = b[0] * i\ne = np.array(d)\n';
  const time = (lines: number): number => {
    const text = 'import numpy as np\n' + unit.repeat(lines / 10);
    const start = performance.now();
    of(text);
    return performance.now() - start;
  };
  time(2000);
  const [small, large] = [time(2000), time(20000)];
  t.diagnostic(`2,000 lines ${small.toFixed(0)} ms, 20,000 lines ${large.toFixed(0)} ms`);
  assert.ok(large < small * 40 + 500, `${small} ms, ${large} ms`);
});
