// What hovers and the status say.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { diff, duration, findingText, readinessHover, ruleText, valueHover } from '../../../src/editor/hoverText.ts';
import { analysisText, deviceText, kernelText } from '../../../src/editor/statusText.ts';
import { inspect } from '../../../src/service/inspect.ts';
import type { Finding } from '../../../src/shared/findings.ts';
import type { LineResult } from '../../../src/shared/trace.ts';

const rules = new URL('../../../docs/rules/', import.meta.url);
const page = (rule: string) => ruleText(readFileSync(new URL(`${rule}.md`, rules), 'utf8'));
const link = { label: 'Explain', address: 'command:x', tooltip: 'Open' };

async function hoverOf(text: string, rule: string): Promise<string> {
  const { findings } = await inspect(`import numpy as np\n${text}`, 'a.py');
  const finding = findings.find(each => each.rule === rule);
  assert.ok(finding, `${rule} among ${findings.map(each => each.rule).join()}`);
  const { start, end } = finding.range;
  const before = text.split('\n')[start.line - 1]?.slice(start.character, end.character) ?? '';
  return findingText(finding, before, [], page(rule), [link]) ?? '';
}

describe('the page of a rule', () => {
  it('says why, for every rule', () => {
    for (const name of readdirSync(rules).filter(each => each.startsWith('TL')))
      assert.ok((page(name.replace('.md', ''))?.why ?? '').length > 10, name);
  });
  it('says what to do where something stays NumPy', () => {
    assert.match(page('TL903').todo ?? '', /^Copy the array/);
    assert.equal(page('TL103').todo, null);
  });
});

describe('the hover of a call', () => {
  it('shows both texts, the level, why, and links', async () => {
    const text = await hoverOf('x = np.zeros(9)', 'TL103');
    assert.match(text, /^```diff\n- np\.zeros\(9\)\n\+ tf\.zeros\(9, tf\.float64\)\n```/);
    assert.match(text, /\*\*Safe\.\*\*/);
    assert.ok(text.includes('tf.zeros makes float32 by default'));
    assert.ok(text.endsWith('[Explain](command:x "Open")'));
  });
  it('names what differs', async () => {
    const text = await hoverOf('x = np.array([1.0, 2.0])\nk = np.argsort(x)', 'TL141');
    assert.match(text, /\*\*Review\.\*\* The same, except: NumPy puts NaN last/);
  });
  it('says that a fix alone converts at its borders', async () => {
    assert.match(await hoverOf('x = np.ones(3)\ny = np.diff(x)', 'TL143'), /Applied alone/);
  });
  it('says what to do where something stays NumPy', async () => {
    assert.match(
      await hoverOf('x = np.zeros(3)\nrow = x[1:]\nx[0] = 1.0\nprint(row)', 'TL903'),
      /\*\*What to do:\*\* Copy/,
    );
  });
  it('offers the fix of a program as a whole by its title', async () => {
    const text = await hoverOf('import tensorflow as tf\na = tf.constant(1.0)\nprint(%timeit np.ones(3))', 'TL301');
    assert.match(text, /\*\*Fix:\*\* Replace session and %timeit/);
  });
  it('is left out where the diagnostic says everything', () => {
    const finding: Finding = {
      rule: 'TL204',
      name: 'x',
      kind: 'hazard',
      severity: 'warning',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
      message: 'Without `axis`.',
      fixes: [],
    };
    assert.equal(findingText(finding, 'x', [], null, [link]), null);
    assert.match(
      findingText(finding, 'x', [{ ...finding, message: 'And *this* [too].' }], null, []) ?? '',
      /^- And \\\*this\\\* \\\[too\\\]\.$/,
    );
  });
  it('shows texts of several lines', () =>
    assert.equal(diff('f(\n  1)', 'g(1)'), '```diff\n- f(\n-   1)\n+ g(1)\n```'));
});

const result: LineResult = {
  line: 0,
  name: 'x',
  dtype: 'float64',
  shape: [4],
  repr: 'array([0., 1., 2., 3.])',
  ms: 0.018,
  summary: { min: 0, max: 3, mean: 1.5, nonFinite: 0, spark: null, heat: null },
};

describe('the hover of an array', () => {
  const value = {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    name: 'x',
    dtype: 'float64',
    shape: ['n'],
    type: 'array',
    role: 'assigned',
  } as const;
  it('says the type', () =>
    assert.equal(valueHover('x', value, null, [], []), '`x` &nbsp;NumPy array of float64, shape (n,)'));
  it('says what the last run saw', () => {
    const text = valueHover('x', value, { result, stale: false }, [{ uri: 'data:x', alt: 'picture of x' }], [link]);
    assert.match(text, /shape \(4,\)/);
    assert.match(text, /\| Range \| 0 … 3 \|\n\| Mean \| 1\.5 \|/);
    assert.match(text, /!\[picture of x\]\(data:x\)/);
    assert.match(text, /\*Last run, 18 µs\*/);
  });
  it('says what is not finite, what is all the same, and what is old', () => {
    const summary = { min: 2, max: 2, mean: 2, nonFinite: 1200, spark: null, heat: null };
    const text = valueHover('x', null, { result: { ...result, summary }, stale: true }, [], []);
    assert.match(text, /all 2/);
    assert.match(text, /\| Not finite \| \*\*1,200\*\* \|/);
    assert.ok(!text.includes('Mean'));
    assert.match(text, /before the text changed/);
  });
  it('shows a scalar by its value, which cannot break the table', () => {
    const text = valueHover('x', null, { result: { ...result, shape: [], repr: 'a | `b`\n c' }, stale: false }, [], []);
    assert.match(text, /\| Value \| `a \\\| 'b' c` \|/);
  });
});

describe('the hover of a function', () => {
  const hoverOfFunction = async (text: string): Promise<string> => {
    const [answer] = (await inspect(`import numpy as np\nimport tensorflow as tf\n${text}`, 'a.py')).readiness;
    assert.ok(answer);
    return readinessHover(
      answer,
      ({ start }) => `line ${start.line + 1}`,
      rule => `(${rule})`,
    );
  };
  it('has a row for each way, with the line, the reason and the rule', async () => {
    const text = await hoverOfFunction('def f(x):\n    return np.sin(x)\n');
    assert.match(text, /^`f` /);
    assert.match(text, /^\| \$\(pass\)&nbsp;With tensors \| runs as with arrays \|$/m);
    assert.match(
      text,
      /^\| \$\(error\)&nbsp;`tf\.function` \| line 4: `np\.sin` needs the value of `x`.* · \(TL501\) \|$/m,
    );
    assert.match(text, /^\| \$\(error\)&nbsp;On a tape \| line 4: a tape does not see `np\.sin` · \(TL401\) \|$/m);
  });
  it('says once what breaks on tensors at all', async () => {
    const text = await hoverOfFunction('def f(x):\n    x[0] = 1.0\n    return x\n');
    assert.equal(text.match(/in place/g)?.length, 1);
    assert.equal(text.match(/\| the same \|/g)?.length, 2);
  });
  it('says where it is not known', async () => {
    const text = await hoverOfFunction('from other import g\ndef f(x):\n    return g(x)\n');
    assert.equal(text.match(/\$\(question\)/g)?.length, 3);
  });
  it('keeps the table whole', async () => {
    const text = await hoverOfFunction('def f(x, y):\n    return np.sin(x | y)\n');
    for (const row of text.split('\n').filter(line => line.startsWith('| $')))
      assert.equal(row.replace(/\\\|/g, '').split('|').length, 4, row);
  });
});

describe('durations', () => {
  for (const [ms, text] of [
    [0.0001, '1 µs'],
    [0.42, '420 µs'],
    [1.234, '1.2 ms'],
    [250, '250 ms'],
    [1534, '1.53 s'],
  ] as const)
    it(text, () => assert.equal(duration(ms), text));
});

describe('the status', () => {
  it('counts what can be lifted and what is warned of', async () => {
    const { findings } = await inspect('import numpy as np\nx = np.zeros(3)\nk = np.argmax(x)\n', 'a.py');
    assert.equal(analysisText(findings, true, 1), '2 calls can be lifted, 1 warning');
    assert.equal(analysisText(findings.slice(0, 1), true, 0), '1 call can be lifted');
    assert.equal(analysisText([], true, 2), 'Nothing to lift, 2 warnings');
    assert.equal(analysisText([], false, 0), 'No NumPy or TensorFlow here');
  });
  it('names the device', () => {
    assert.equal(deviceText({ name: 'NVIDIA L4', kind: 'webgpu', software: false }, 'auto'), 'NVIDIA L4');
    assert.equal(deviceText({ name: 'wasm', kind: 'wasm', software: false }, 'webgpu'), 'CPU');
    assert.equal(deviceText(null, 'auto'), 'CPU');
  });
  it('tells the kernel’s state in words', () => {
    const text = (state: Parameters<typeof kernelText>[0], now = 0) => kernelText(state, 'CPU', now).text;
    assert.match(text({ kind: 'idle' }), /CPU · idle/);
    assert.match(text({ kind: 'running', label: 'a.py', since: 0 }, 500), /CPU · running/);
    assert.match(text({ kind: 'running', label: 'a.py', since: 0 }, 3999), /CPU · 3 s/);
    assert.match(text({ kind: 'running', label: 'a.py', since: 0 }, 61_000), /1 min 1 s/);
    assert.match(text({ kind: 'stopped', reason: 'It died.' }), /Kernel stopped/);
    assert.match(kernelText({ kind: 'restricted' }, 'CPU', 0).tooltip, /Restricted: analysis only/);
  });
});
