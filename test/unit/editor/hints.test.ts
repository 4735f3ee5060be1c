// Type hints: which names get one, and what it says.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hintsOf } from '../../../src/editor/hints.ts';
import { typeLabel, typeWords } from '../../../src/editor/types.ts';
import { inspect } from '../../../src/service/inspect.ts';
import type { LineResult } from '../../../src/shared/trace.ts';

const result = (line: number, name: string, dtype: string, shape: readonly number[]): LineResult => ({
  line,
  name,
  dtype,
  shape,
  repr: '',
  ms: 1,
});

/** The text with the hints written behind their names. */
async function hinted(text: string, seen: readonly LineResult[] = []): Promise<string> {
  const lines = text.split('\n');
  const { values } = await inspect(`import numpy as np; import tensorflow as tf\n${text}`, 'a.py');
  const below = seen.map(each => ({ ...each, line: each.line + 1 }));
  const hints = hintsOf(values, below, line => ['', ...lines][line] ?? '');
  for (const { at, label } of [...hints].reverse()) {
    const line = lines[at.line - 1] ?? '';
    lines[at.line - 1] = `${line.slice(0, at.character)}‹${label}›${line.slice(at.character)}`;
  }
  return lines.join('\n');
}

describe('labels', () => {
  for (const [dtype, shape, label] of [
    ['float64', [1000, 1000], 'f64[1000,1000]'],
    ['float32', [], 'f32[]'],
    ['int64', [null, 3], 'i64[?,3]'],
    ['int32', ['n', 'n-1'], 'i32[n,n-1]'],
    ['uint8', null, 'u8[…]'],
    ['bool', [2], 'bool[2]'],
    [null, [2], '?[2]'],
    ['complex128', [2], 'complex128[2]'],
  ] as const)
    it(label, () => assert.equal(typeLabel(dtype, shape), label));
  it('have words', () => {
    assert.equal(typeWords('array', 'float64', [3]), 'NumPy array of float64, shape (3,)');
    assert.equal(typeWords('variable', 'float32', []), 'tf.Variable of float32, no axes');
    assert.equal(typeWords('scalar', 'int64', []), 'NumPy scalar of int64');
    assert.equal(typeWords('tensor', null, null), 'tensor of unknown dtype, any number of axes');
  });
});

describe('hints', () => {
  it('stand behind names that are assigned', async () => {
    assert.equal(
      await hinted('x = np.zeros((2, 3))\ny, k = x.T, 5'),
      'x‹f64[2,3]› = np.zeros((2, 3))\ny‹f64[3,2]›, k = x.T, 5',
    );
    assert.equal(await hinted('v = tf.Variable(2.0)\nt = v * 2'), 'v‹f32[]› = tf.Variable(2.0)\nt‹f32[]› = v * 2');
  });
  it('tell NumPy scalars, not Python numbers', async () =>
    assert.equal(await hinted('n = 3\nk = np.argmax(np.ones(3))'), 'n = 3\nk‹i64[]› = np.argmax(np.ones(3))'));
  it('leave out parameters, rounds of loops and changes in place', async () => {
    const text = 'def f(a):\n    for row in a:\n        a += row\n    return [r for r in a]\nf(np.ones((2, 2)))';
    assert.equal(await hinted(text), text);
  });
  it('tell a name once a line', async () =>
    assert.equal(await hinted('a = np.ones(2); a = np.ones(3)'), 'a‹f64[2]› = np.ones(2); a = np.ones(3)'));
});

describe('the last run', () => {
  it('tells what the analysis does not know', async () => {
    const text = 'import lib\nx = lib.load()\na, b = lib.pair()';
    assert.equal(await hinted(text), text);
    assert.equal(
      await hinted(text, [result(1, 'x', 'float64', [5]), result(2, 'b', 'int64', [2, 2])]),
      'import lib\nx‹f64[5]› = lib.load()\na, b‹i64[2,2]› = lib.pair()',
    );
  });
  it('does not replace what is known', async () =>
    assert.equal(await hinted('x = np.ones(3)', [result(0, 'x', 'float32', [9])]), 'x‹f64[3]› = np.ones(3)'));
  it('has nothing to say of Python values, attributes and expressions', async () => {
    const text = 'import lib\nx = lib.f()\nlib.y = lib.f()\nlib.f() == 1';
    const seen = [
      result(1, 'x', 'int', []),
      result(1, 'x', 'bool', []),
      result(2, 'y', 'float64', [1]),
      result(3, 'f', 'bool', [2]),
    ];
    assert.equal(await hinted(text, seen), text);
  });
  it('is named in the tooltip', () => {
    const [hint] = hintsOf([], [result(0, 'x', 'float64', [5])], () => 'x = f()');
    assert.equal(hint?.tooltip, 'array of float64, shape (5,) (as of the last run)');
  });
});
