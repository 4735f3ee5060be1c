// Results beside the code: what is written, where it stands after edits, and when it is stale.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { displayLine, Sheet, type Row } from '../../../src/editor/run/sheet.ts';
import { framesOf, headline } from '../../../src/editor/run/traceback.ts';
import {
  figureText,
  isTelling,
  namedText,
  shortNumber,
  typeText,
  valueText,
} from '../../../src/editor/run/valueText.ts';
import { suggestArguments } from '../../../src/editor/run/suggest.ts';
import type { ValueSummary } from '../../../src/shared/tensors.ts';
import type { LineResult } from '../../../src/shared/trace.ts';
import { inspect } from '../../../src/service/inspect.ts';

const result = (
  dtype: string,
  shape: readonly number[],
  repr: string,
  summary?: Partial<ValueSummary>,
): LineResult => ({
  ...{ line: 0, name: 'x', dtype, shape, repr, ms: 1 },
  ...(summary
    ? { summary: { min: null, max: null, mean: null, nonFinite: 0, spark: null, heat: null, ...summary } }
    : {}),
});

describe('the text of several names', () => {
  const named = (name: string, repr: string): LineResult => ({ ...result('int', [], repr), name });
  it('has each with its value', () => {
    assert.equal(namedText([named('h', '32'), named('w', '48')]), 'h 32  w 48');
  });
  it('cuts long values, so that there is room for the others', () => {
    const text = namedText([named('a', "'".padEnd(80, 'x')), named('b', '2')], 40);
    assert.match(text, /^a 'x+…  b 2$/);
    assert.ok(text.length <= 40, text);
  });
  it('counts those that have no room', () => {
    const many = Array.from({ length: 9 }, (_, at) => named(`name${at}`, '123456'));
    const text = namedText(many, 40);
    assert.match(text, /^name0 123456  name1 123456  .*\+\d$/);
    assert.ok(text.length <= 44, text);
  });
});

describe('the text of a value', () => {
  const long = 'array([0.1, 0.2, ..., 0.8, 0.9])';
  const falling = Array.from({ length: 20 }, (_, at) => 2.3 / (at + 1));
  const cases: readonly [LineResult, string][] = [
    [result('float64', [], 'np.float64(0.4187)'), '0.4187'],
    [result('float32', [], '<tf.Tensor: shape=(), dtype=float32, numpy=9.0>'), '9.0'],
    [result('float32', [], "<tf.Variable 'Variable:0' shape=() dtype=float32, numpy=2.0>"), '2.0'],
    [result('str', [], "'two\\nlines'"), "'two\\nlines'"],
    [result('list', [], '[1,\n 2]'), '[1, 2]'],
    [result('int64', [3], 'array([1, 2, 3])', { min: 1, max: 3, mean: 2 }), '[1 2 3]'],
    [result('float64', [2, 2], 'array([[1., 2.],\n       [3., 4.]])', { min: 1, max: 4 }), '[[1. 2.] [3. 4.]]'],
    [
      result('float32', [2], '<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>', {
        min: 1,
        max: 2,
      }),
      '[1. 2.]',
    ],
    [result('float64', [9], 'array([0., 0.])', { min: 0, max: 0, mean: 0 }), 'all 0'],
    [result('float64', [64], long, { min: -3.1, max: 2.9, mean: 0.0013 }), '-3.1 … 2.9  mean 0.0013'],
    [
      result('float64', [64], long, { min: 0, max: 1, mean: 0.5, nonFinite: 1200 }),
      '1,200 not finite  0 … 1  mean 0.5',
    ],
    [result('int64', [64], 'array([3, 7, 0, 1, 5, ..., 2])', { min: 0, max: 9, mean: 4.5 }), '[3 7 0 1 5 …]'],
    [result('float64', [200], long, { min: 0.1, max: 2.3, spark: { kind: 'series', values: falling } }), '2.3 → 0.115'],
    [result('float64', [0, 3], 'array([], shape=(0, 3), dtype=float64)'), 'empty'],
  ];
  for (const [value, text] of cases)
    it(`${value.dtype}${JSON.stringify(value.shape)}: ${text}`, () => assert.equal(valueText(value), text));
  it('is none for an address in memory', () => {
    assert.equal(isTelling(result('GradientTape', [], '<tf.GradientTape object at 0x162af80>')), false);
    assert.equal(isTelling(result('list', [], '[1]')), true);
    assert.equal(valueText(result('Generator', [], 'Generator(PCG64) at 0x17C8E10')), 'Generator(PCG64)');
  });
  it('is cut to the room there is', () => {
    assert.equal(valueText(result('str', [], "'a long text that goes on'"), 10), "'a long t…");
  });
  it('numbers have few digits', () => {
    const texts = [0, -3.14159, 1234.567, 0.00012, 123456.7, 1e9, 100, 0.5].map(shortNumber);
    assert.deepEqual(texts, ['0', '-3.14', '1235', '1.2e-4', '1.2e5', '1.0e9', '100', '0.5']);
  });
  it('types and figures in short', () => {
    assert.equal(typeText(result('float64', [64, 784], '')), 'f64[64,784]');
    assert.equal(typeText(result('list', [], '')), 'list');
    const mark = { label: '', x: [], y: [] };
    const axes = [
      {
        title: '',
        xLabel: '',
        yLabel: '',
        marks: [
          { ...mark, kind: 'line' as const },
          { ...mark, kind: 'line' as const },
        ],
      },
    ];
    assert.equal(figureText({ number: 1, axes, others: [], line: 3 }), '2 curves');
  });
});

describe('a sheet of results', () => {
  const about = (defines: string[], needs: string[]) => ({ defines, needs });
  const text = ['import numpy as np', 'a = 1', 'b = a + 1', 'c = 5'];
  const filled = (): { sheet: Sheet; rows: readonly [Row, Row, Row] } => {
    const sheet = new Sheet();
    const a = sheet.plan(text, 1, 1, about(['a'], []));
    const b = sheet.plan(text, 2, 2, about(['b'], ['a']));
    const c = sheet.plan(text, 3, 3, about(['c'], []));
    return { sheet, rows: [a, b, c] };
  };
  const at = (line: number, character: number, toLine = line, toCharacter = character) => ({
    start: { line, character },
    end: { line: toLine, character: toCharacter },
  });

  it('moves with lines that come and go above', () => {
    const { sheet, rows } = filled();
    sheet.edit({ ...at(0, 18), text: '\n\n' });
    assert.deepEqual(
      rows.map(row => row.start),
      [3, 4, 5],
    );
    sheet.edit({ ...at(1, 0, 3, 0), text: '' });
    assert.deepEqual(
      rows.map(row => row.start),
      [1, 2, 3],
    );
    sheet.edit({ ...at(1, 0), text: '\n' });
    assert.deepEqual(
      rows.map(row => row.start),
      [2, 3, 4],
    );
  });
  it('stays where it is when a line is begun behind it', () => {
    const { sheet, rows } = filled();
    sheet.edit({ ...at(1, 5), text: '\n' });
    assert.deepEqual(
      rows.map(({ start, end }) => [start, end]),
      [
        [1, 1],
        [3, 3],
        [4, 4],
      ],
    );
  });
  it('is stale where the line or what it needs changed, and fresh again when that is taken back', () => {
    const { sheet, rows } = filled();
    sheet.edit({ ...at(1, 4, 1, 5), text: '7' });
    sheet.refresh(['import numpy as np', 'a = 7', 'b = a + 1', 'c = 5']);
    assert.deepEqual(
      rows.map(row => row.stale),
      ['changed', 'needs', null],
    );
    sheet.refresh(text);
    assert.deepEqual(
      rows.map(row => row.stale),
      [null, null, null],
    );
    sheet.refresh(['import numpy as np', 'a = 1  # one', 'b = a + 1', 'c = 5']);
    assert.deepEqual(
      rows.map(row => row.stale),
      [null, null, null],
    );
    sheet.refresh(text, true);
    assert.deepEqual(
      rows.map(row => row.stale),
      ['lost', 'lost', 'lost'],
    );
  });
  it('goes with its line', () => {
    const { sheet } = filled();
    sheet.edit({ ...at(2, 0, 3, 0), text: '' });
    assert.deepEqual(
      sheet.rows.map(row => [row.text, row.start]),
      [
        ['a = 1', 1],
        ['c = 5', 2],
      ],
    );
  });
  it('shows a value at the end of a statement of several lines, and at the head of a loop', () => {
    const lines = ['x = [', '  1,', ']', 'for i in x:', '  y = i'];
    const sheet = new Sheet();
    assert.equal(displayLine(sheet.plan(lines, 0, 2, about(['x'], []))), 2);
    assert.equal(displayLine(sheet.plan(lines, 3, 4, about(['i', 'y'], ['x']))), 3);
    assert.equal(sheet.at(lines, 4).kind, 'inner');
    sheet.plan(lines, 3, 4, about(['i', 'y'], ['x']));
    assert.deepEqual(
      sheet.rows.map(row => row.start),
      [0, 3],
      'what stood inside goes with the next run',
    );
  });
});

describe('a traceback', () => {
  const traceback = [
    'Traceback (most recent call last):',
    '  File "/w/main.py", line 7, in <module>',
    '    f(1)',
    '    ~^^^',
    '  File "/w/helper.py", line 2, in f',
    '    return x / 0',
    'ZeroDivisionError: division by zero',
    '',
  ].join('\n');
  it('has frames', () =>
    assert.deepEqual(framesOf(traceback), [
      { path: '/w/main.py', line: 6, name: '<module>' },
      { path: '/w/helper.py', line: 1, name: 'f' },
    ]));
  it('of an error in an error: the last one counts', () =>
    assert.equal(
      framesOf(`${traceback}\nDuring handling of the above exception, another exception occurred:\n\n${traceback}`)
        .length,
      2,
    ));
  it('has a headline', () => {
    assert.equal(headline({ type: 'ValueError', message: 'one\ntwo' }), 'ValueError: one');
    assert.equal(headline({ type: 'KeyboardInterrupt', message: '' }), 'KeyboardInterrupt');
    assert.equal(
      headline({ type: 'SyntaxError', message: 'invalid syntax (a.py, line 3)' }),
      'SyntaxError: invalid syntax',
    );
  });
});

describe('suggested arguments', () => {
  it('follow the inferred dtypes and shapes', async () => {
    const text = [
      'import numpy as np',
      'def f(x, n, rows):',
      '    """shapes"""',
      '    return x @ x.T + n',
      'f(np.ones((2, 3)), 4, np.arange(3))',
      '',
    ].join('\n');
    const { outline, values } = await inspect(text, '/a.py');
    const [f] = outline.functions;
    assert.ok(f);
    const integers = 'np.random.randint(0, 10, (3,))';
    assert.equal(suggestArguments(f, values), `np.random.rand(2, 3), np.random.rand(3, 4), ${integers}`);
  });
});
