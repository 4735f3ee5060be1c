// The arguments of calls in a run are kept, so that a comparison elsewhere can use them; the program does not notice.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verdictText } from '../../../src/core/compare/index.ts';
import { Kernel } from '../../../src/kernel/index.ts';
import { convert } from '../../../src/service/convert.ts';
import type { Verification } from '../../../src/shared/findings.ts';

let kernel: Kernel;
before(async () => {
  kernel = await Kernel.start({ roots: [] });
});
after(() => kernel.close());

/** Runs a part of a program in the namespace `case`, as the editor does. */
async function run(source: string, fresh = false): Promise<string> {
  let stdout = '';
  const done = await kernel.run(
    {
      path: '/case.py',
      source,
      argv: [],
      folder: '/',
      paths: [],
      namespace: 'case',
      fresh,
      lines: 'all',
      calls: true,
      firstLine: 0,
      trace: true,
      device: 'auto',
    },
    { output: (_, text) => (stdout += text) },
  );
  assert.equal(done.error, null, done.error?.traceback);
  return stdout;
}
const calls = async (): Promise<Record<string, unknown[]>> =>
  JSON.parse((await kernel.calls('case')).replaceAll('NaN', '"NaN"')) as Record<string, unknown[]>;

const program = 'import numpy as np\n\ndef f(x, k=2):\n  return np.abs(x) * k\n';
async function verdictOf(text: string): Promise<readonly [string, Verification]> {
  const last = await kernel.calls('case');
  const other = await Kernel.start({ roots: [] });
  try {
    const { units, versions } = await convert(text, '/case.py', { kernel: other, last });
    const verification = units.find(({ name }) => name === 'f')?.verification;
    assert.ok(verification);
    return [verdictText(verification, versions ?? { numpy: '?', tensorflow: null }), verification];
  } finally {
    await other.close();
  }
}

describe('the last run', () => {
  it('keeps what its functions were called with, by dtype and shape', async () => {
    await run(`${program}f(np.array([[1.5, -2.0]]), k=3)\n`, true);
    assert.deepEqual(await calls(), {
      f: [
        [
          [
            ['array', 'float64', [1, 2], [1.5, -2]],
            ['plain', 3],
          ],
          {},
        ],
      ],
    });
  });
  it('keeps them as they were when the function began', async () => {
    await run('import numpy as np\ndef g(x):\n  x[0] = 9.0\ng(np.zeros(2))\n', true);
    assert.deepEqual((await calls()).g, [[[['array', 'float64', [2], [0, 0]]], {}]]);
  });
  it('is that of each function: a selection replaces the calls of what it calls', async () => {
    await run(`${program}def g(a):\n  return a\nf(np.ones(1))\ng(1)\n`, true);
    await run('f(np.array([np.nan]))\n');
    assert.deepEqual(await calls(), {
      f: [
        [
          [
            ['array', 'float64', [1], ['NaN']],
            ['plain', 2],
          ],
          {},
        ],
      ],
      g: [[[['plain', 1]], {}]],
    });
  });
  it('leaves alone what is large, not plain, or called often', async () => {
    await run(
      `${program}class A: pass\ndef g(a):\n  return a\ng(A())\nf(np.zeros(100_000))\nfor i in range(50):\n  g(i)\n`,
      true,
    );
    const kept = await calls();
    assert.deepEqual([kept.f, kept.g?.length], [[], 3]);
  });
  it('prints and traces the same', async () => {
    const text = `${program}np.random.seed(0)\nprint(f(np.random.rand(2)))\n`;
    const { stdout } = await (
      await import('../../../src/service/run.ts')
    ).run({ path: '/case.py', source: text, kernel });
    assert.equal(await run(text, true), stdout);
  });
});

describe('a comparison', () => {
  it('calls a function that the file does not call as the last run did', async () => {
    const text = 'import numpy as np\n\ndef f(k: int):\n  return np.arange(4) * k\n';
    await run(text, true);
    await run('f(-7)\n');
    const [words, { origins }] = await verdictOf(text);
    assert.equal(origins?.last, 1, words);
    assert.match(words, /^agrees on 2 inputs \(1 call of the last run, 1 sample\)/);
  });
  it('leaves out calls that the function cannot take any more', async () => {
    await run('import numpy as np\n\ndef f(k, other):\n  return k\nf(1, 2)\n', true);
    const [, { origins }] = await verdictOf('import numpy as np\n\ndef f(k: int):\n  return np.arange(4) * k\n');
    assert.equal(origins?.last, undefined);
  });
  it('does not count a call of the file twice', async () => {
    const text = `${program}f(np.array([-1.0, 2.0]))\n`;
    await run(text, true);
    const [, { origins }] = await verdictOf(text);
    assert.deepEqual([origins?.call, origins?.last], [1, undefined]);
  });
  it('finds a wrong conversion that shows on nothing else', async () => {
    const { compare } = await import('../../../src/service/compare.ts');
    const { functionVerdict } = await import('../../../src/core/compare/index.ts');
    await run(program, true);
    await run('f(np.array([-1.0, 2.0]))\n');
    const last = await kernel.calls('case');
    const converted = 'import tensorflow as tf\n\ndef f(x, k=2):\n  return x * k\n';
    const request = {
      filename: '/case.py',
      original: program,
      converted,
      functions: [{ name: 'f', returns: [], samples: [] }],
      strict: true,
    };
    const [wrong] = (await compare({ ...request, last }, { kernel })).functions;
    const verdict = wrong && functionVerdict(wrong, 'runtime');
    assert.equal(verdict?.status, 'differs');
    assert.match(verdict.reason ?? '', /\(called as in the last run\)$/);
    const [unknown] = (await compare(request, { kernel })).functions;
    assert.equal(unknown && functionVerdict(unknown, 'runtime').status, 'not-run');
  });
});
