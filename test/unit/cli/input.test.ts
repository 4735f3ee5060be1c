// Unusual input through the built command: notebooks, line ends, broken, long and shadowing files, gradients, verdicts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';

const folder = mkdtempSync(path.join(tmpdir(), 'cli-input-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(path.join(folder, name), content);
  return name;
};

function tensorlift(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise(resolve => child.on('close', code => resolve({ code, stdout, stderr })));
}

const cell = (source: string | readonly string[]) => ({ cell_type: 'code', metadata: {}, outputs: [], source });
const book = file(
  'book.ipynb',
  JSON.stringify(
    {
      cells: [
        { cell_type: 'markdown', metadata: {}, source: '# title' },
        cell(['%matplotlib inline\n', 'import numpy as np\n', 'x = np.ones((1, 3))\n', '!ls']),
        cell('%timeit -n 1 pass\ni = np.argmax(x)\nprint(i)'),
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  ),
);

describe('notebooks', () => {
  it('have findings and values within their cells', async () => {
    const { files } = JSON.parse((await tensorlift('check', book, '--json')).stdout);
    const found = files[0].diagnostics.find((each: { rule: string }) => each.rule === 'TL204');
    assert.equal(found.cell, 2);
    assert.deepEqual(found.range, { start: { line: 1, character: 4 }, end: { line: 1, character: 16 } });
    const values = files[0].values.map((each: { name: string; cell: number; range: { start: { line: number } } }) => [
      each.name,
      each.cell,
      each.range.start.line,
    ]);
    assert.deepEqual(values, [
      ['x', 1, 2],
      ['i', 2, 1],
    ]);
  });

  it('have the cell as logical location in SARIF, and no replacements', async () => {
    const [log] = JSON.parse((await tensorlift('check', book, '--format', 'sarif')).stdout).runs;
    const found = log.results.find((each: { ruleId: string }) => each.ruleId === 'TL204');
    assert.deepEqual(found.locations[0].logicalLocations, [{ name: 'cell 3', kind: 'module' }]);
    assert.equal(found.locations[0].physicalLocation.region.startLine, 2);
    assert.ok(log.results.every((each: object) => !('fixes' in each)));
  });

  it('are converted and verified cell by cell, magics kept', async () => {
    const { code, stdout, stderr } = await tensorlift('convert', book);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /verified on 1 input/);
    const [title, first, second] = JSON.parse(stdout).cells;
    assert.equal(title.source, '# title');
    const lines: string[] = first.source;
    assert.equal(lines[0], '%matplotlib inline\n');
    assert.equal(lines.at(-1), '!ls');
    assert.ok(lines.includes('x = tf.ones((1, 3), tf.float64)\n'));
    assert.equal(second.source, '%timeit -n 1 pass\ni = tf.argmax(tf.reshape(x, [-1]))\nprint(i.numpy())');
  });

  it('have results of lines within their cells', async () => {
    const { lines } = JSON.parse((await tensorlift('run', book, '--json')).stdout);
    assert.deepEqual(
      lines.map((each: { name: string; cell: number; line: number }) => [each.name, each.cell, each.line]),
      [
        ['x', 1, 2],
        ['i', 2, 1],
      ],
    );
  });
});

describe('convert', () => {
  const cases: Record<string, [before: string, after: string]> = {
    'line ends, tabs and comments': [
      'import numpy as np\r\nif True:\r\n\tx = np.ones(3)\t# \u00e4\r\n\tprint( x )\r\n',
      'import tensorflow as tf\r\nif True:\r\n\tx = tf.ones(3, tf.float64)\t# \u00e4\r\n\tprint( x.numpy() )\r\n',
    ],
    'surrogate pairs before a range': [
      's = "\u{1f600}\u{1f600}"; import numpy as np; x = np.sum(np.ones(3))\n',
      's = "\u{1f600}\u{1f600}"; import tensorflow as tf; x = tf.reduce_sum(tf.ones(3, tf.float64))\n',
    ],
    'a name that shadows np': ['np = None\ndef f(np):\n    return np.sum([1])\n', ''],
    'a missing import': [
      'import nowhere\nimport numpy as np\nx = np.ones(2)\n',
      'import nowhere\nimport tensorflow as tf\nx = tf.ones(2, tf.float64)\n',
    ],
    'an error in the middle': [
      'import numpy as np\nx = np.ones(2)\ndef f(:\n    pass\ny = np.ones(3)\n',
      'import tensorflow as tf\nx = tf.ones(2, tf.float64)\ndef f(:\n    pass\ny = tf.ones(3, tf.float64)\n',
    ],
    nothing: ['', ''],
  };
  for (const [name, [before, after_]] of Object.entries(cases))
    it(`keeps ${name}`, async () => {
      const { code, stdout } = await tensorlift('convert', '--no-verify', file('case.py', before));
      assert.equal(stdout, after_ || before);
      assert.equal(code, name === 'an error in the middle' ? 1 : 0);
    });

  it('says which line is no Python, and does not write such a file', async () => {
    const text = 'import numpy as np\nx = np.ones(2)\ny = = 3\n';
    const { code, stderr } = await tensorlift('convert', file('middle.py', text), '--no-verify', '--write');
    assert.equal(code, 1);
    assert.match(stderr, /error: middle\.py was not changed: line 3 is not valid Python\.\n$/);
    assert.equal(readFileSync(path.join(folder, 'middle.py'), 'utf8'), text);
    const printed = await tensorlift('convert', 'middle.py', '--no-verify');
    assert.match(printed.stderr, /error: middle\.py: line 3 is not valid Python\.\n$/);
  });

  const options: Record<string, [flags: string[], before: string, after: string]> = {
    '--dtypes float32': [
      ['--dtypes', 'float32'],
      'import numpy as np\nprint(np.ones(2))\n',
      'import tensorflow as tf\nprint(tf.ones(2, tf.float32).numpy())\n',
    ],
    '--level safe': [
      ['--level', 'safe'],
      'import numpy as np\ndef f(v):\n    v[0] = 1.0\na = np.zeros(3)\nf(a)\nprint(np.ones(2))\n',
      'import numpy as np\nimport tensorflow as tf\ndef f(v):\n    v[0] = 1.0\na = np.zeros(3)\nf(a)\nprint(tf.ones(2, tf.float64).numpy())\n',
    ],
    '--function f': [
      ['--function', 'f'],
      'import numpy as np\ndef f(x):\n    return np.exp(x)\ndef g(x):\n    return np.exp(x)\nprint(f(np.ones(2)), g(np.ones(2)))\n',
      'import numpy as np\nimport tensorflow as tf\ndef f(x):\n    return tf.exp(x)\ndef g(x):\n    return np.exp(x)\nprint(f(tf.convert_to_tensor(np.ones(2))).numpy(), g(np.ones(2)))\n',
    ],
  };
  for (const [name, [flags, before, after_]] of Object.entries(options))
    it(name, async () => {
      const { code, stdout } = await tensorlift('convert', '--no-verify', ...flags, file('flags.py', before));
      assert.equal(stdout, after_);
      assert.equal(code, 0);
    });
  it('--function says when there is none of that name', async () => {
    const { code, stderr } = await tensorlift('convert', '--no-verify', '--function', 'h', file('flags.py', 'x = 1\n'));
    assert.deepEqual([code, stderr], [2, 'error: flags.py has no function h.\n']);
  });

  it('writes to the file itself', async () => {
    const { code, stdout, stderr } = await tensorlift(
      'convert',
      file('own.py', 'import numpy as np\nprint(np.ones(2))\n'),
      '--write',
    );
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /verified on 1 input\nWrote own\.py\.\n$/);
    assert.equal(
      readFileSync(path.join(folder, 'own.py'), 'utf8'),
      'import tensorflow as tf\nprint(tf.ones(2, tf.float64).numpy())\n',
    );
  });

  it('tells units and their verdicts as JSON', async () => {
    const source = 'import numpy as np\ndef f(x):\n    return np.sum(x)\nprint(f(np.ones(3)))\n';
    const { code, stdout } = await tensorlift('convert', file('units.py', source), '--json');
    const { complete, units } = JSON.parse(stdout);
    assert.deepEqual([code, complete], [0, true]);
    const unit = units.find((each: { name: string }) => each.name === 'f');
    assert.deepEqual([unit.kind, unit.line, unit.status], ['function', 1, 'converted']);
    assert.deepEqual([unit.verification.status, unit.verification.by], ['verified', 'runtime']);
  });

  it('exits 1 when the verification fails', async () => {
    const { code, stderr } = await tensorlift(
      'convert',
      file('fails.py', 'import numpy as np\nx = np.ones(2)\n1 / 0\n'),
    );
    assert.equal(code, 1);
    assert.match(stderr, /failed: the original raises ZeroDivisionError/);
  });
});

describe('check', () => {
  it('says where a file stops being Python', async () => {
    const { code, stderr } = await tensorlift('check', file('broken.py', 'x = 1\ndef f(:\n    pass\n'));
    assert.equal(code, 0);
    assert.match(stderr, /^warning: broken\.py, line 2 is not Python; /);
  });

  it('takes 20,000 lines in seconds', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `y${i} = np.sum(x, axis=${i % 2})\n`);
    const started = performance.now();
    const { stdout } = await tensorlift(
      'check',
      file('long.py', `import numpy as np\nx = np.ones((3, 4))\n${lines.join('')}`),
      '--json',
    );
    assert.ok(JSON.parse(stdout).files[0].diagnostics.length > 20_000);
    const seconds = (performance.now() - started) / 1000;
    assert.ok(seconds < 20, `${seconds} s`);
  });
});

describe('exit codes of run', () => {
  const cases: Record<string, [source: string, code: number, stderr: string]> = {
    'sys.exit()': ['import sys\nsys.exit()', 0, ''],
    'sys.exit(3)': ['import sys\nsys.exit(3)', 3, ''],
    'sys.exit("bye")': ['import sys\nsys.exit("bye")', 1, 'bye\n'],
  };
  for (const [name, [source, code, stderr]] of Object.entries(cases))
    it(name, async () => {
      const ended = await tensorlift('run', file('exits.py', source));
      assert.deepEqual([ended.code, ended.stderr], [code, stderr]);
    });
});

describe('grad', () => {
  const source =
    'import numpy as np\ndef f(x):\n    return np.sum(x**2)\ndef g(x):\n    return np.lexsort(x)\ndef u(x):\n    return np.exp(x)\nprint(f(np.ones(3)))\n';
  file('grad.py', source);

  it('tells value, gradients and check', async () => {
    const { code, stdout } = await tensorlift('grad', 'grad.py', 'f', '--at', '{"x": [1.0, 2.0]}', '--check', '--json');
    const { value, gradients, check } = JSON.parse(stdout);
    assert.deepEqual([code, value, gradients.length], [0, 5, 1]);
    assert.deepEqual([gradients[0].source, gradients[0].dtype, gradients[0].value], ['x', 'float64', [2, 4]]);
    assert.ok(check.maxRel < 1e-6);
  });

  const refusals: Record<string, [args: string[], message: RegExp]> = {
    'what has no rule, with the line': [['g'], /could not be lifted.*\n.*np\.lexsort.*\n --> grad\.py:5:12\n/],
    'a function that is not there': [['h'], /^error: The file has no function h; it has f, g, u\.\n$/],
    'an argument that is not there': [
      ['f', '--at', '{"y": 1.0}'],
      /^error: f has no argument y; its arguments are x\.\n$/,
    ],
    'to guess arguments of which nothing is known': [
      ['u'],
      /^error: The file never calls u: give it a point\.\nhint: --at /,
    ],
  };
  for (const [name, [args, message]] of Object.entries(refusals))
    it(`refuses ${name}`, async () => {
      const { code, stderr } = await tensorlift('grad', 'grad.py', ...args);
      assert.match(stderr, message);
      assert.equal(code, 1);
    });
});

describe('verify', () => {
  file('one.py', 'import numpy as np\nx = np.arange(3.0)\nprint(x.sum())\n');
  file('same.py', 'import tensorflow as tf\nx = tf.range(3.0, dtype=tf.float64)\nprint(tf.reduce_sum(x).numpy())\n');
  file('other.py', 'import tensorflow as tf\nx = tf.range(4.0, dtype=tf.float64)\nprint(6.0)\n');
  file('raises.py', 'raise ValueError("no")\n');
  file('syntax.py', 'x = (\n');
  const cases: Record<string, [other: string, code: number, status: string, reason: RegExp]> = {
    'the same': ['same.py', 0, 'verified', /agrees on 1 input/],
    'another shape': ['other.py', 1, 'differs', /differs/],
    'a program that raises': ['raises.py', 1, 'failed', /raises ValueError: no \(line 1\)/],
    'what is not Python': ['syntax.py', 1, 'failed', /SyntaxError: '\(' was never closed \(line 1\)/],
  };
  for (const [name, [other, code, status, reason]] of Object.entries(cases))
    it(name, async () => {
      const ended = await tensorlift('verify', 'one.py', other, '--json');
      const verdict = JSON.parse(ended.stdout);
      assert.deepEqual([ended.code, verdict.status], [code, status]);
      assert.match(verdict.text, reason);
    });

  it('looks at the interpreter first', async () => {
    const { code, stderr } = await tensorlift('verify', 'one.py', 'same.py', '--python', './nowhere');
    assert.equal(code, 2);
    assert.match(stderr, /^error: \.\/nowhere of --python is not a Python interpreter that runs \(ENOENT\)\.\n$/);
  });
});

describe('report', () => {
  it('is one page that loads nothing', async () => {
    const { code, stderr } = await tensorlift('report', book, '-o', 'out.html');
    assert.deepEqual([code, stderr], [0, 'Wrote out.html.\n']);
    const page = readFileSync(path.join(folder, 'out.html'), 'utf8');
    assert.match(page, /default-src 'none'/);
    assert.doesNotMatch(page, /(?:src|href)=["']?https?:|url\(["']?https?:|@import/);
  });
});
