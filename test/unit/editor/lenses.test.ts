// Rows of lenses: where they are, and that they do not jump while the user types.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textCells } from '../../../src/editor/cells.ts';
import { functionRows, merged, moved } from '../../../src/editor/lenses.ts';
import { shifted, type Change } from '../../../src/editor/positions.ts';
import { inspect } from '../../../src/service/inspect.ts';
import { Source, applyEdits } from '../../../src/core/syntax/index.ts';

const change = (text: string, ...at: readonly [number, number, number, number]): Change => ({
  text,
  range: { start: { line: at[0], character: at[1] }, end: { line: at[2], character: at[3] } },
});
const rowsOf = async (text: string) => functionRows((await inspect(text, 'a.py')).outline);

describe('a position after an edit', () => {
  const at = { line: 5, character: 4 };
  for (const [name, edit, expected] of [
    ['below stays', change('x\ny\n', 6, 0, 6, 0), at],
    ['behind it on its line stays', change('abc', 5, 6, 5, 8), at],
    ['before it on its line moves', change('abc', 5, 1, 5, 2), { line: 5, character: 6 }],
    ['a line break before it moves', change('\n', 5, 0, 5, 0), { line: 6, character: 4 }],
    ['a line break in front of it moves', change('\n  ', 5, 4, 5, 4), { line: 6, character: 2 }],
    ['lines above come', change('a\r\nb\r\n', 1, 0, 1, 0), { line: 7, character: 4 }],
    ['lines above go', change('', 1, 0, 3, 0), { line: 3, character: 4 }],
    ['the line above is joined', change('', 4, 7, 5, 0), { line: 4, character: 11 }],
    ['it is deleted', change('', 5, 0, 5, 9), null],
    ['all is replaced', change('new', 0, 0, 99, 0), null],
  ] as const)
    it(name, () => assert.deepEqual(shifted(at, [edit]), expected));

  it('is that of the same text, for random edits', () => {
    let seed = 7;
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: 1 + random(6) }, () => 'abcdefgh'.slice(0, random(9))).join('\n') + '\n#';
      const source = new Source(text);
      const mark = text.length - 1;
      const [a, b] = [random(mark + 1), random(mark + 1)].sort((x, y) => x - y);
      const range = source.range(a ?? 0, b ?? 0);
      const newText = ['', 'x', '\n', 'one\ntwo'][random(4)] ?? '';
      const after = applyEdits(text, [{ range, newText }]);
      assert.deepEqual(
        shifted(source.positionAt(mark), [{ range, text: newText }]),
        new Source(after).positionAt(after.length - 1),
        JSON.stringify([text, range, newText]),
      );
    }
  });
});

describe('rows', () => {
  const text = `import numpy as np
import tensorflow as tf
def numeric(x):
    return np.sin(x)
def plain(x):
    return x
@tf.function
def tensors(x):
    return tf.square(x)
def constant():
    return np.ones(3)
class C:
    def method(self):
        return np.ones(2)
numeric(np.ones(2))
`;
  it('stand over the functions of the module that use the libraries, decorators included', async () => {
    assert.deepEqual(
      (await rowsOf(text)).map(({ name, at, lifts, gradient }) => [name, at.line, lifts, gradient]),
      [
        ['numeric', 2, true, true],
        ['tensors', 6, false, true],
        ['constant', 9, true, false],
      ],
    );
  });
  it('move with their lines', async () => {
    const rows = await rowsOf(text);
    assert.deepEqual(
      moved(rows, [change('# a\n# b\n', 2, 0, 2, 0)]).map(({ at }) => at.line),
      [4, 8, 11],
    );
    assert.deepEqual(
      moved(rows, [change('', 2, 0, 4, 0)]).map(({ name, at }) => [name, at.line]),
      [
        ['tensors', 4],
        ['constant', 7],
      ],
    );
  });
  it('stay while a body is being typed that does not parse or use the library', async () => {
    const before = await rowsOf(text);
    const broken = text.replace('return np.sin(x)', 'return (').replace('return np.ones(3)', 'return ');
    const lines = broken.split('\n');
    const after = merged(before, await rowsOf(broken), line => lines[line] ?? '');
    assert.deepEqual(
      after.map(({ name, at }) => [name, at.line]),
      before.map(({ name, at }) => [name, at.line]),
    );
  });
  it('go with their function', async () => {
    const before = await rowsOf(text);
    const without = text.replace('def constant', 'def other');
    const lines = without.split('\n');
    const after = merged(before, await rowsOf(without), line => lines[line] ?? '');
    assert.deepEqual(
      after.map(({ name }) => name),
      ['numeric', 'tensors', 'other'],
    );
  });
});

describe('cells of a file', () => {
  it('begin with their markers', () =>
    assert.deepEqual(
      textCells('import os\n# %% First\nx = 1\n\n#%%\ny = 2\n# %% [markdown]\n# text\n# %%[python] Last\nz = 3'),
      [
        { line: 1, lastLine: 3, title: 'First' },
        { line: 4, lastLine: 5, title: '' },
        { line: 8, lastLine: 9, title: 'Last' },
      ],
    ));
  it('are none where there are no markers', () => {
    for (const text of ['', 'x = 1', 'x = "%%"', '  # %% indented', '# %%%', '%%time'])
      assert.deepEqual(textCells(text), [], text);
  });
});
