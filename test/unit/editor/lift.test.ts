// Titles, sets of edits, line notes, what is offered and what is remembered: the parts of lifting that need no editor.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { overallVerdict } from '../../../src/core/compare/index.ts';
import { applyEdits } from '../../../src/core/syntax/index.ts';
import { headlineAt, inverse, landed, lineNotes, mergeFixes, noteText } from '../../../src/editor/lift/edits.ts';
import { whyNothing } from '../../../src/editor/lift/nothing.ts';
import { offersAt } from '../../../src/editor/lift/offers.ts';
import { diffTitle, fixTitle, levelCounts, numberedName } from '../../../src/editor/lift/titles.ts';
import { Verdicts } from '../../../src/editor/lift/verdicts.ts';
import { shownFindings } from '../../../src/editor/lint.ts';
import { convert } from '../../../src/service/convert.ts';
import { inspect } from '../../../src/service/inspect.ts';
import type { Finding, Fix, Verification } from '../../../src/shared/findings.ts';
import type { Range, TextEdit } from '../../../src/shared/positions.ts';

const range = (line: number, start: number, end: number): Range => ({
  start: { line, character: start },
  end: { line, character: end },
});
const edit = (line: number, start: number, end: number, newText: string): TextEdit => ({
  range: range(line, start, end),
  newText,
});
const fix: Fix = { title: 'Lift to `tf.exp(x)`', level: 'safe', edits: [edit(1, 4, 13, 'tf.exp(x).numpy()')] };
const finding: Finding = {
  rule: 'TL121',
  name: 'exp',
  kind: 'convertible',
  severity: 'hint',
  range: range(1, 4, 13),
  message: '',
  fixes: [fix],
};
const verdict: Verification = {
  status: 'verified',
  by: 'runtime',
  inputs: 1,
  maxAbs: 0,
  maxRel: 0,
  gradient: 'not-run',
};

describe('titles', () => {
  const told = { status: 'verified', text: 'agrees on 1 input in the bundled runtime', inputs: 1 } as const;
  const differs = { status: 'differs', text: 'differs in the bundled runtime: y: shapes', inputs: 1 } as const;
  for (const [known, title] of [
    [null, 'Replace with `tf.exp(x).numpy()` · Safe'],
    [told, 'Replace with `tf.exp(x).numpy()` · Safe, agrees on 1 input'],
    [differs, 'Replace with `tf.exp(x).numpy()` · Unsafe, differs in the bundled runtime: y: shapes'],
  ] as const)
    it(title, () => assert.equal(fixTitle(finding, fix, known), title));

  it('a fix of other findings keeps its own words', () =>
    assert.equal(fixTitle({ ...finding, kind: 'session' }, fix, null), 'Lift to `tf.exp(x)` · Safe'));

  it('long texts are cut', () => {
    const long = { ...fix, edits: [edit(1, 4, 13, `tf.concat([${'a, '.repeat(60)}b], 0)`)] };
    assert.ok(fixTitle(finding, long, null).length < 110);
  });

  it('changes are counted by level', () => {
    const change = (level: Fix['level']) => ({ rule: 'TL121', level, note: null, range: range(0, 0, 1) });
    assert.equal(levelCounts([change('safe'), change('review'), change('safe')]), 'Review (2 safe, 1 review)');
    assert.equal(levelCounts([change('safe')]), 'Safe (1 safe)');
  });

  it('a difference says its verdict', () => {
    assert.equal(
      diffTitle('heat.py', null, { ...verdict, inputs: 3 }),
      'heat.py ↔ lifted: verified, agrees on 3 inputs',
    );
    assert.equal(
      diffTitle('heat.py', 'spread', { ...verdict, status: 'differs', reason: 'rod: shapes' }),
      'heat.py ↔ lifted (spread): DIFFERS, rod: shapes',
    );
    assert.equal(
      diffTitle('heat.py', null, { ...verdict, status: 'not-run', reason: 'this workspace is not trusted' }),
      'heat.py ↔ lifted: not verified, this workspace is not trusted',
    );
  });

  it('names beside are numbered', () => {
    assert.equal(numberedName('heat.py', new Set(['heat.py'])), 'heat_tf.py');
    assert.equal(numberedName('heat.py', new Set(['heat_tf.py', 'heat_tf_2.py'])), 'heat_tf_3.py');
  });

  it('the verdict on all is the worst, with the inputs of program and functions', () => {
    const unit = { name: 'f', kind: 'function', line: 0, status: 'converted', level: 'safe' } as const;
    const rest = { rules: [], blocked: [], mutates: [], returns: [] } as const;
    const own = (part: Partial<Verification>) => ({
      ...unit,
      ...rest,
      verification: { ...verdict, inputs: 4, ...part },
    });
    assert.equal(overallVerdict({ verification: verdict, units: [own({})] })?.inputs, 5);
    const bad = overallVerdict({ verification: verdict, units: [own({ status: 'differs', reason: 'x: dtypes' })] });
    assert.deepEqual([bad?.status, bad?.reason], ['differs', '`f`: x: dtypes']);
  });
});

describe('edits', () => {
  const text = 'import numpy as np\nx = np.exp(a) + np.log(b)\n';
  const tf = edit(0, 18, 18, '\nimport tensorflow as tf');

  it('fixes that bring the same import bring it once', () => {
    const both = mergeFixes([
      [edit(1, 4, 13, 'tf.exp(a).numpy()'), tf],
      [edit(1, 16, 25, 'tf.math.log(b).numpy()'), tf],
    ]);
    assert.equal(
      applyEdits(text, both ?? []),
      'import numpy as np\nimport tensorflow as tf\nx = tf.exp(a).numpy() + tf.math.log(b).numpy()\n',
    );
  });

  it('an import that replaces another wins over the same one added', () => {
    const both = mergeFixes([[edit(0, 0, 18, 'import tensorflow as tf')], [tf]]);
    assert.equal(applyEdits(text, both ?? []).split('\n')[0], 'import tensorflow as tf');
    assert.equal(both?.length, 1);
  });

  it('fixes of the same text are not merged', () =>
    assert.equal(mergeFixes([[edit(1, 4, 13, 'a')], [edit(1, 7, 25, 'b')]]), null));

  it('an edit is taken back byte by byte', () => {
    for (const [before, edits] of [
      [text, [edit(1, 4, 13, 'tf.exp(a)\n    '), tf]],
      ['a = "😀"\r\n\tb = 1\r\n', [edit(0, 5, 7, 'x'), edit(1, 1, 2, ''), edit(1, 6, 6, '!')]],
    ] as const)
      assert.equal(applyEdits(applyEdits(before, edits), inverse(before, edits)), before);
  });

  it('an edit is found where the edits above have moved it', () => {
    const own = edit(1, 4, 13, 'tf.exp(a)');
    assert.deepEqual(landed(text, [own, tf], own), range(2, 4, 13));
  });

  it('notes stand at the lines that the changes came to', () => {
    const edits = [tf, edit(1, 4, 13, 'tf.exp(a)')];
    const changes = [
      { rule: 'TL121', level: 'safe', note: null, range: range(1, 4, 13) },
      { rule: 'TL122', level: 'review', note: 'nan is skipped', range: range(1, 11, 12) },
      { rule: 'TL123', level: 'safe', note: null, range: range(1, 16, 25) },
    ] as const;
    const notes = lineNotes(text, edits, changes);
    assert.deepEqual(notes, [{ line: 2, level: 'review', rules: ['TL121', 'TL122'], differences: ['nan is skipped'] }]);
    assert.deepEqual(notes.map(noteText), ['Review TL121, TL122: nan is skipped']);
    assert.equal(headlineAt(['import numpy as np', '', 'x = 1'], notes), 1);
  });

  it('the headline takes no line that has a note', () =>
    assert.equal(headlineAt(['', 'x'], [{ line: 0, level: 'safe', rules: [], differences: [] }]), 1));
});

describe('verdicts', () => {
  const key = { program: 'file:///a.py', rule: 'TL121', replaced: 'np.exp(x)', edits: fix.edits };
  const agrees = { status: 'verified', text: 'agrees', inputs: 1 } as const;

  it('a verdict holds for its text', () => {
    const verdicts = new Verdicts();
    verdicts.remember('one', key, agrees);
    assert.equal(verdicts.of('one', key), agrees);
    assert.equal(verdicts.of('two', key), null);
  });

  it('a fix that differed is known wherever it moves', () => {
    const verdicts = new Verdicts();
    const differs = { status: 'differs', text: 'differs', inputs: 1 } as const;
    verdicts.remember('one', key, differs);
    const moved = { ...key, edits: [edit(9, 4, 13, 'tf.exp(x).numpy()')] };
    assert.equal(verdicts.of('two', moved), differs);
    assert.equal(verdicts.of('two', { ...moved, replaced: 'np.exp(y)' }), null);
  });
});

describe('offers', () => {
  async function offers(text: string, line: number, character: number) {
    const { findings, outline, changes } = await inspect(text, '/offers.py');
    const lines = text.split('\n');
    const at = { line, character };
    return offersAt({
      shown: shownFindings(findings, outline.functions, {}, each => lines[each] ?? ''),
      changes,
      functions: outline.functions,
      range: { start: at, end: at },
      verdict: () => null,
    });
  }
  const program = 'import numpy as np\n\ndef f(x):\n    return np.exp(x) + np.sqrt(x)\n\nprint(f(np.ones(2)))\n';

  it('all calls of a statement at once, its function, the file', async () => {
    const all = await offers(program, 3, 12);
    const titles = all.map(({ title }) => title);
    assert.ok(
      titles.some(title => /^Lift `f` to TensorFlow… · Safe \(\d+ safe\)$/.test(title)),
      titles.join('\n'),
    );
    assert.ok(titles.some(title => title.startsWith('Lift file to TensorFlow… · ')));
    assert.equal(all.filter(({ preferred }) => preferred).length, 1);
  });

  it('what stays NumPy says why, and its rewrite is disabled', async () => {
    const all = await offers('import numpy as np\nx = np.zeros(3)\nnp.save("w.npy", x)\n', 2, 3);
    const listed = all.find(({ title }) => title.endsWith(' · Blocked') && title.startsWith('Stays NumPy: '));
    assert.ok(listed, all.map(({ title }) => title).join('\n'));
    assert.equal(listed.act.type, 'explain');
    assert.ok(all.some(({ disabled, kind }) => kind === 'rewrite' && disabled?.startsWith('Stays NumPy: ')));
  });

  it('nothing without findings', async () => assert.deepEqual(await offers('print(1)\n', 0, 2), []));
});

describe('nothing to lift', () => {
  const why = async (text: string, only: string | null = null) =>
    whyNothing(
      'a.py',
      only,
      await convert(text, '/a.py', { verify: false, ...(only === null ? {} : { function: only }) }),
    );
  for (const [text, only, message] of [
    ['print(1)\n', null, 'There is nothing to lift in a.py.'],
    [
      'import numpy as np\nx = = 1\nprint(np.ones(2))\n',
      null,
      'a.py has a syntax error in line 2: it can be lifted once that is mended.',
    ],
    ['import numpy as np\ndef f(x):\n    return x\n', 'g', 'a.py has no function `g`.'],
    ['import numpy as np\ndef f(x):\n    return 1\nprint(np.ones(2))\n', 'f', 'There is nothing to lift in `f`.'],
  ] as const)
    it(message, async () => assert.equal((await why(text, only))?.message, message));
  it('of a cell, what stands against it there; borders alone are nothing', async () => {
    const text = 'import numpy as np\nx = np.ones(2)\ny = np.unwrap(x)\nprint(y)\n';
    const answer = await convert(text, '/a.py', { verify: false, part: { first: 2, end: 4 } });
    const nothing = whyNothing('a.py', null, answer, { name: 'cell 2', first: 2, end: 4 });
    assert.match(nothing?.message ?? '', /^Nothing in cell 2 can be lifted\. Line 3: /);
    assert.equal(nothing?.line, 2);
  });
  it('null where there is', async () => assert.equal(await why('import numpy as np\nprint(np.ones(2))\n'), null));
});
