// Which findings are shown, how loud, and where: on the analysis of real programs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { loudnessOf, shownFindings, type Overrides } from '../../../src/editor/lint.ts';
import { inspect } from '../../../src/service/inspect.ts';
import type { Finding } from '../../../src/shared/findings.ts';

async function shown(text: string, overrides: Overrides = {}) {
  const { findings, outline } = await inspect(text, 'a.py');
  const lines = text.split('\n');
  return shownFindings(findings, outline.functions, overrides, line => lines[line] ?? '').map(each => ({
    rule: each.finding.rule,
    loudness: each.loudness,
    at: (lines[each.range.start.line] ?? '').slice(each.range.start.character, each.range.end.character),
    line: each.range.start.line,
    lines: each.range.end.line - each.range.start.line + 1,
    also: each.also.map(({ rule }) => rule),
  }));
}

const head = 'import numpy as np\n';

describe('loudness', () => {
  const finding = (part: Partial<Finding>): Finding => ({
    rule: 'TL204',
    name: 'argmax-axis',
    kind: 'hazard',
    severity: 'warning',
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    message: '',
    fixes: [],
    ...part,
  });
  it('is that of the finding', () => {
    assert.equal(loudnessOf(finding({}), {}), 'warning');
    assert.equal(loudnessOf(finding({ severity: 'info' }), {}), 'information');
    assert.equal(loudnessOf(finding({ severity: 'hint' }), {}), 'hint');
    assert.equal(loudnessOf(finding({ severity: 'error' }), {}), 'error');
  });
  it('is what the setting says', () => {
    assert.equal(loudnessOf(finding({}), { TL204: 'off' }), null);
    assert.equal(loudnessOf(finding({}), { TL204: 'error', TL205: 'off' }), 'error');
    assert.equal(loudnessOf(finding({}), { TL204: 'default' }), 'warning');
    assert.equal(loudnessOf(finding({}), { TL204: 'nonsense' }), 'warning');
  });
  it('is a hint for what can be lifted, whatever else is said', () =>
    assert.equal(loudnessOf(finding({ kind: 'convertible', severity: 'info' }), {}), 'hint'));
});

describe('one place has one mark', () => {
  it('where a fix takes care of the hazard', async () => {
    assert.deepEqual(await shown(`${head}x = np.zeros(9)\n`), [
      { rule: 'TL103', loudness: 'hint', at: 'np.zeros(9)', line: 1, lines: 1, also: ['TL202'] },
    ]);
  });
  it('where a warning and a fix meet: the warning speaks', async () => {
    const found = await shown(`${head}x = np.ones((2, 2))\nk = np.argmax(x)\n`);
    assert.deepEqual(
      found.filter(({ line }) => line === 2).map(({ rule, loudness }) => [rule, loudness]),
      [['TL204', 'warning']],
    );
    assert.ok(found.find(({ rule }) => rule === 'TL204')?.also.includes('TL140'));
  });
  it('where a store changes the caller’s array', async () => {
    const found = await shown(`${head}def f(x):\n    x[0] = 1.0\n    x[1] = 2.0\n    return x\nf(np.zeros(3))\n`);
    assert.deepEqual(
      found.filter(({ line }) => line === 2).map(({ rule }) => rule),
      ['TL224'],
    );
    // The second store of the same array is no news.
    assert.ok(!found.some(({ rule, line }) => line === 3 && rule === 'TL224'));
  });
  it('and a rule that is off leaves the place to the next', async () => {
    const text = `${head}x = np.ones((2, 2))\nk = np.argmax(x)\n`;
    const found = await shown(text, { TL204: 'off' });
    assert.deepEqual(
      found.filter(({ line }) => line === 2).map(({ rule }) => rule),
      ['TL140'],
    );
  });
});

describe('a mark', () => {
  it('is never longer than a line', async () => {
    const text = readFileSync(new URL('../../../examples/heat.py', import.meta.url), 'utf8');
    for (const each of await shown(text)) assert.equal(each.lines, 1, each.rule);
  });
  it('stands under the name of a function, and under what is stored into', async () => {
    const text = readFileSync(new URL('../../../examples/heat.py', import.meta.url), 'utf8');
    const found = await shown(text);
    assert.equal(found.find(({ rule }) => rule === 'TL197')?.at, 'spread');
    assert.equal(found.find(({ rule }) => rule === 'TL191')?.at, 'rod[0]');
  });
  it('of a call over several lines ends with the first', async () => {
    const found = await shown(`${head}x = np.concatenate([\n    np.ones(2),  # one\n    np.ones(3),\n])\n`);
    assert.equal(found[0]?.at, 'np.concatenate([');
  });
  it('never starts where another starts', async () => {
    const text = `${head}def f(z, y):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    e[range(len(y)), y] -= 1
    p = e / e.sum(axis=1, keepdims=True)
    k = np.argmax(p)
    u, c = np.unique(y, return_counts=True)
    m = np.arange(0, 1, 0.1)
    s = np.sum(p > 0.5)
    return p.mean(), k, u, c, m, s
f(np.ones((4, 3)), np.array([0, 1, 2, 0]))
`;
    const places = (await shown(text)).map(({ line, at }) => `${line} ${at}`);
    assert.deepEqual(places, [...new Set(places)]);
    assert.ok(places.length > 6);
  });
});
