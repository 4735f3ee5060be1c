// The rows of the Compare view: which statements became what, and what running both sides says of each. Nothing is invented.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { statementRows, type Comparison } from '../../../src/core/compare/index.ts';
import { changedStatements } from '../../../src/core/convert/index.ts';
import { openDocument } from '../../../src/service/analysis.ts';
import { compare } from '../../../src/service/compare.ts';
import { convert } from '../../../src/service/convert.ts';
import { Kernel } from '../../../src/kernel/index.ts';
import type { StatementRow } from '../../../src/shared/comparison.ts';

let kernel: Kernel;
before(async () => {
  kernel = await Kernel.start({ roots: [] });
});
after(() => kernel.close());

async function rowsOf(text: string): Promise<readonly StatementRow[]> {
  const { comparison } = await convert(`import numpy as np\n${text}`, '/case.py', { kernel, statements: true });
  assert.ok(comparison);
  return comparison.rows;
}
async function rowOf(text: string, beginning: string): Promise<StatementRow> {
  const rows = await rowsOf(text);
  const row = rows.find(each => each.before.startsWith(beginning));
  assert.ok(row, rows.map(each => each.before).join('\n'));
  return row;
}

describe('a statement', () => {
  it('has its line, both texts, level and rules', async () => {
    const row = await rowOf('x = np.ones(3)\ny = np.exp(x)\n', 'y =');
    assert.deepEqual(
      [row.range.start.line, row.before, row.after, row.level, row.rules],
      [2, 'y = np.exp(x)', 'y = tf.exp(x)', 'safe', ['TL121']],
    );
  });
  it('is compared by what it assigns, as often as it runs', async () => {
    const row = await rowOf('x = np.ones(3)\nfor i in range(4):\n  x = np.sqrt(x + i)\n', 'x = np.sqrt');
    assert.deepEqual([row.value?.name, row.value?.shapes, row.maxAbs, row.result], ['x', [[3], [3]], 0, 'identical']);
    assert.deepEqual(row.counts, [4, 4]);
    assert.ok(row.ms.every(ms => ms !== null && ms > 0));
  });
  it('inside a function that returns is compared by what it returns', async () => {
    const row = await rowOf('def f(x):\n  return np.exp(x)\nprint(f(np.ones(2)))\n', 'return');
    assert.deepEqual([row.value?.name, row.result], ['return', 'identical']);
  });
  it('of several lines is one', async () => {
    const row = await rowOf(
      'x = np.ones(3)\nif x[0] > 0:\n    y = np.sum(\n        x,\n        axis=0,\n    )\n',
      'y =',
    );
    assert.deepEqual([row.range.start.line, row.range.end.line], [3, 6]);
    assert.equal(row.result, 'identical');
    assert.ok(!row.after.includes('\n      '), row.after);
  });
  it('with a semicolon shares its line', async () => {
    const rows = await rowsOf('x = np.ones(3); y = np.exp(x)\n');
    assert.ok(rows.length > 0 && rows.every(row => row.result !== 'differs'));
  });
  it('that stays NumPy says why', async () => {
    const row = await rowOf('x = np.ones(3)\nnp.save("x.npy", x)\n', 'np.save');
    assert.equal(row.result, 'kept');
    assert.ok(row.notes.length > 0);
  });
  it('of a notebook stands at its place in the cells', async () => {
    const cell = (source: string) => ({ cell_type: 'code', source, metadata: {}, outputs: [] });
    const cells = [cell('import numpy as np\n%time\nx = np.ones(3)'), cell('y = np.exp(x)')];
    const { comparison } = await convert(JSON.stringify({ cells, nbformat: 4, metadata: {} }), '/case.ipynb', {
      kernel,
      statements: true,
    });
    const row = comparison?.rows.find(each => each.before === 'y = np.exp(x)');
    assert.deepEqual([row?.after, row?.result], ['y = tf.exp(x)', 'identical']);
  });
});

describe('without a value there is a reason and no number', () => {
  const cases: Readonly<Record<string, [string, string, RegExp]>> = {
    'a function that nothing calls': [
      'def f():\n  y = np.ones(2)\n  return y\n',
      'y =',
      /^it did not run: no input of f/,
    ],
    'a condition': ['x = np.ones(2)\nif np.sum(x) > 1:\n  pass\n', 'if', /the head of a block/],
    'what only prints': ['print(np.ones(2))\n', 'print', /what is printed is compared as a whole/],
    'a program that raises': [
      'x = np.ones(2)\n1 / 0\ny = np.exp(x)\n',
      'y =',
      /the programs were not compared: .*ZeroDivisionError/,
    ],
  };
  for (const [name, [text, beginning, why]] of Object.entries(cases))
    it(name, async () => {
      const row = await rowOf(text, beginning);
      assert.match(row.why ?? '', why);
      assert.deepEqual([row.value, row.maxAbs, row.maxRel, row.result], [null, null, null, 'none']);
    });
});

describe('units in the last place are counted', () => {
  const cases: readonly (readonly [string, string, string, number | null])[] = [
    ['float64', '[1.0, 4.0]', '[1.0 + 3 * 2.0**-52, 4.0]', 3],
    ['float64', '[3.0, 1e300]', '[3.0 + 2.0**-51, 1e300]', 1],
    ['float64', '[0.0]', '[5e-324]', 1],
    ['float32', '[1.0, 2.0]', '[1.0 + 2 * 2.0**-23, 2.0]', 2],
    ['float64', '[1.0]', '[float("nan")]', null],
    ['int64', '[1]', '[2]', null],
  ];
  for (const [dtype, one, other, expected] of cases)
    it(`${dtype} ${one} and ${other}`, async () => {
      const head = 'import numpy as np\nimport tensorflow as tf\n';
      const line = [3, 3] as const;
      const { statements } = await compare(
        {
          filename: '/case.py',
          original: `${head}y = np.array(${one}, np.${dtype})\n`,
          converted: `${head}y = tf.constant(${other}, tf.${dtype})\n`,
          functions: [],
          statements: [{ before: line, after: line, returns: true }],
          strict: true,
        },
        { kernel },
      );
      assert.equal(statements?.[0]?.values[0]?.ulps, expected);
    });
});

describe('words', () => {
  const text = 'import numpy as np\nx = np.exp(np.ones(3))\n';
  const value = { name: 'x', dtypes: ['float64', 'float64'], shapes: [[3], [3]], maxAbs: 0, maxRel: 0 } as const;
  const judged = async (values: NonNullable<Comparison['statements']>[number]['values']): Promise<StatementRow> => {
    const { analysis } = await openDocument(text, '/case.py');
    const { changes, ...conversion } = await convert(text, '/case.py', { verify: false });
    const changed = changedStatements(analysis.program, { ...conversion, changes });
    const ran = changed.map(() => ({ counts: [1, 1], ms: [1, 2], own: [1, 2], values }) as const);
    const verdict = {
      status: 'verified',
      by: 'runtime',
      inputs: 1,
      maxAbs: 0,
      maxRel: 0,
      gradient: 'not-run',
    } as const;
    const comparison: Comparison = {
      versions: { numpy: '2', tensorflow: null },
      errors: [null, null],
      text: null,
      lines: 0,
      values: [],
      functions: [],
      doctests: [],
      statements: ran,
    };
    const [row] = statementRows(changed, comparison, verdict).rows;
    assert.ok(row);
    return row;
  };
  it('identical', async () => assert.equal((await judged([value])).words, 'identical'));
  it('within some ulp', async () => {
    const row = await judged([{ ...value, maxAbs: 4.4e-16, maxRel: 1.6e-16, ulps: 1 }]);
    assert.deepEqual([row.result, row.words], ['close', 'within 1 ulp']);
  });
  it('within its bound, where there are too many elements to count ulp', async () =>
    assert.equal((await judged([{ ...value, maxAbs: 1e-13, maxRel: 1e-14, ulps: null }])).words, 'within 1.0e-14'));
  it('the difference', async () => {
    const row = await judged([{ ...value, problem: 'dtype float64 became float32' }]);
    assert.deepEqual([row.result, row.words], ['differs', 'dtype float64 became float32']);
  });
  it('of several values, the one that differs', async () => {
    const row = await judged([value, { ...value, name: 'y', maxAbs: 1, maxRel: 1 }]);
    assert.deepEqual([row.value?.name, row.result], ['y', 'differs']);
  });
});
