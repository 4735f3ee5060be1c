// The outline: which names a statement gives and needs, so that running it after what it needs is running the program up to it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from '../../../src/service/inspect.ts';

const outlineOf = async (text: string, path = 'a.py') => (await inspect(text, path)).outline;
/** Statement → "defines < needs", both sorted. */
async function flow(...lines: readonly string[]): Promise<readonly string[]> {
  const { statements } = await outlineOf(lines.join('\n'));
  return statements.map(({ defines, needs }) =>
    `${[...defines].sort().join(' ')} < ${[...needs].sort().join(' ')}`.trim(),
  );
}
/** The lines (0-based) that have to run for the last statement: what needs follow backwards. */
async function planOf(...lines: readonly string[]): Promise<readonly number[]> {
  const { statements } = await outlineOf(lines.join('\n'));
  const wanted = new Set(statements.at(-1)?.needs);
  const plan = [statements.length - 1];
  for (let at = statements.length - 2; at >= 0; at--) {
    const statement = statements[at];
    if (!statement?.defines.some(name => wanted.has(name))) continue;
    plan.unshift(at);
    for (const name of statement.needs) wanted.add(name);
  }
  return plan.map(at => statements[at]?.range.start.line ?? -1);
}

describe('a statement', () => {
  it('defines the names that it binds, and needs those that it reads', async () => {
    assert.deepEqual(await flow('import numpy as np', 'a, b = 1, 2', 'c = np.zeros(a) + b'), [
      'np <',
      'a b <',
      'c < a b np',
    ]);
  });
  it('defines what it changes in place', async () => {
    assert.deepEqual(await flow('import numpy as np', 'x = np.zeros(3)', 'x[0] = 1', 'x += 1', 'x.sort()'), [
      'np <',
      'x < np',
      'x < x',
      'x < x',
      'x < x',
    ]);
  });
  it('defines lists, sets and dictionaries that it changes', async () => {
    assert.deepEqual(
      (await flow('a = []', 'b = {}', 'c = set()', 'a.append(1)', 'b["k"] = 2', 'c.add(3)', 'b.update(k=1)')).slice(3),
      ['a < a', 'b < b', 'c < c', 'b < b'],
    );
  });
  it('of several parts is one: loops, conditions, with', async () => {
    assert.deepEqual(
      await flow('n = 3', 'for i in range(n):', '    s = i', 'if n:', '    t = s', 'else:', '    u = 1'),
      ['n <', 'i s < n', 't u < n s'],
    );
  });
  it('does not define what is local to a function or a comprehension', async () => {
    assert.deepEqual(await flow('def f(a):', '    b = a', '    return b', 'c = [d for d in range(3)]'), ['f <', 'c <']);
  });
});

describe('a function', () => {
  it('needs the globals that its body reads', async () => {
    assert.deepEqual(await flow('import numpy as np', 'k = 2', 'def f(x):', '    return np.sin(x) * k', 'y = f(1)'), [
      'np <',
      'k <',
      'f < k np',
      'y < f',
    ]);
  });
  it('needs, through the functions that it calls, what those read', async () => {
    assert.deepEqual(
      await planOf(
        'import numpy as np',
        'k = 2',
        'm = 5',
        'def g(x):',
        '    return x * k',
        'def f(x):',
        '    return g(x)',
        'f(1)',
      ),
      [1, 3, 5, 7],
    );
  });
  it('needs its defaults, decorators and base classes', async () => {
    assert.deepEqual(await flow('a = 1', 'def d(f): return f', '@d', 'def f(x=a): pass', 'class C(d(object)): y = a'), [
      'a <',
      'd <',
      'f < a d',
      'C < a d',
    ]);
  });
  it('that changes its argument: the call defines the argument', async () => {
    assert.deepEqual(
      (await flow('import numpy as np', 'def f(x):', '    x[0] = 1', 'a = np.zeros(3)', 'f(a)')).at(-1),
      'a < a f',
    );
  });
  it('that changes a global: the call defines it, not the def', async () => {
    assert.deepEqual(await flow('rows = []', 'def add(x):', '    rows.append(x)', 'add(1)', 'print(rows)'), [
      'rows <',
      'add < rows',
      'rows < add',
      '< rows',
    ]);
    assert.deepEqual(
      await flow('n = 0', 'def up():', '    global n', '    n += 1', 'def twice():', '    up()', 'twice()').then(f =>
        f.slice(1),
      ),
      ['up < n', 'twice < up', 'n < twice'],
    );
    assert.deepEqual(
      await planOf('n = 0', 'def up():', '    global n', '    n += 1', 'up()', 'print(n)'),
      [0, 1, 4, 5],
    );
  });
  it('that calls itself or that others call in a circle is followed once', async () => {
    assert.deepEqual(
      (await flow('def f(n):', '    return g(n)', 'def g(n):', '    return f(n)', 'f(1)')).at(-1),
      '< f',
    );
  });
});

describe('an object', () => {
  const net = [
    'class Net:',
    '    def __init__(self):',
    '        self.w = 0',
    '    def train(self):',
    '        self.w += 1',
    '    def show(self):',
    '        return self.w',
  ];
  it('is defined by a call of a method that changes it', async () => {
    assert.deepEqual((await flow(...net, 'n = Net()', 'n.train()', 'n.show()')).slice(1), ['n < Net', 'n < n', '< n']);
  });
  it('is defined by a store into an attribute', async () => {
    assert.deepEqual((await flow(...net, 'n = Net()', 'n.w = 5')).at(-1), 'n < n');
  });
});

describe('the outline', () => {
  it('names functions with parameters, kind, library and last call', async () => {
    const { functions } = await outlineOf(
      [
        'import numpy as np',
        'import tensorflow as tf',
        'def f(a, b=1):',
        '    def inner(c):',
        '        return c',
        '    return np.sum(a)',
        'class C:',
        '    def method(self): return tf.constant(1)',
        'def plain(x): return x + 1',
        'def both(x): return tf.constant(np.ones(3))',
        'f(np.ones(2))',
        'y = f(np.ones(3), b=2)',
      ].join('\n'),
    );
    assert.deepEqual(
      functions.map(({ name, parameters, kind, library, call }) => [
        name,
        [...parameters].join(),
        kind,
        library,
        call?.text,
      ]),
      [
        ['f', 'a,b', 'function', 'numpy', 'f(np.ones(3), b=2)'],
        ['inner', 'c', 'nested', 'none', undefined],
        ['method', 'self', 'method', 'tensorflow', undefined],
        ['plain', 'x', 'function', 'none', undefined],
        ['both', 'x', 'function', 'both', undefined],
      ],
    );
  });
  it('counts decorators to the function', async () => {
    const { functions } = await outlineOf(
      'import tensorflow as tf\n@tf.function\ndef f(x):\n    return tf.square(x)\n',
    );
    assert.deepEqual([functions[0]?.range.start.line, functions[0]?.nameRange.start.line], [1, 2]);
  });
  it('is relevant only where NumPy or TensorFlow is imported', async () => {
    const relevant = async (text: string) => (await outlineOf(text)).relevant;
    for (const text of [
      'import numpy',
      'import os, numpy as np',
      'from tensorflow import keras',
      'try:\n  import numpy.linalg as l\nexcept ImportError: pass',
    ])
      assert.equal(await relevant(text), true, text);
    for (const text of [
      '',
      'import os',
      '# import numpy',
      '"""\nimport numpy\n"""',
      'import numpyx',
      'from .numpy import x',
    ])
      assert.equal(await relevant(text), false, text);
  });
  it('gives positions in UTF-16 units, with CRLF, tabs and surrogate pairs', async () => {
    const { functions, statements } = await outlineOf('s = "😀"; t = 1\r\n\r\ndef f(x):\r\n\treturn x\r\n');
    assert.deepEqual(statements[1]?.range.start, { line: 0, character: 10 });
    assert.deepEqual(functions[0]?.range, { start: { line: 2, character: 0 }, end: { line: 3, character: 9 } });
  });
  it('survives syntax errors, an empty text and magics', async () => {
    assert.deepEqual(await outlineOf(''), { functions: [], statements: [], relevant: false });
    const { functions } = await outlineOf('x = = 1\ndef g(y):\n  return y\n');
    assert.ok(functions.some(({ name }) => name === 'g'));
    const cells = JSON.stringify({
      cells: [
        { cell_type: 'code', source: '%matplotlib inline\nimport numpy as np' },
        { cell_type: 'code', source: 'x = np.ones(3)\n%timeit x.sum()' },
      ],
    });
    const { statements } = await outlineOf(cells, 'a.ipynb');
    assert.deepEqual(
      statements.map(({ range, defines }) => [range.start.line, defines.join()]).filter(([, names]) => names),
      [
        [1, 'np'],
        [2, 'x'],
      ],
    );
  });
});
