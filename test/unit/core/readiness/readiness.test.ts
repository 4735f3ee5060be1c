// Readiness against real TensorFlow: what is called safe works there, what is said to break does not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyze } from '../../../../src/core/infer/index.ts';
import { readiness } from '../../../../src/core/readiness/index.ts';
import type { FunctionReadiness, Way } from '../../../../src/shared/readiness.ts';
import { loadParser } from '../../../support/parser.ts';

interface Truth extends Readonly<Record<Way, boolean>> {
  readonly name: string;
  readonly source: string;
  readonly arguments: readonly string[];
}

const parser = await loadParser();
const head = 'import math\nimport numpy as np\nimport tensorflow as tf\n';
const file = new URL('../../../oracle/recorded/readiness.json', import.meta.url);
const truths = JSON.parse(readFileSync(file, 'utf8')) as readonly Truth[];
const ways: readonly Way[] = ['eager', 'graph', 'tape'];

function readinessOf(text: string): FunctionReadiness {
  const found = readiness(analyze(parser.parse(text))).find(({ name }) => name === 'f');
  assert.ok(found);
  return found;
}

const undecided: string[] = [];
/** Of arrays that nothing tells of, floats of one dtype are expected. */
const floats = ({ arguments: given }: Truth): boolean => given.every(each => !/float32|\[\d+, \d/.test(each));

for (const called of [true, false])
  for (const truth of called ? truths : truths.filter(floats))
    test(`${truth.name}${called ? '' : ', never called'}`, () => {
      const call = called ? `f(${truth.arguments.join(', ')})\n` : '';
      const found = readinessOf(`${head}${truth.source}\n${call}`);
      for (const way of ways) {
        const { status } = found[way];
        const said = JSON.stringify({ way, ...found[way] });
        if (status === 'safe') assert.ok(truth[way], said);
        else if (status === 'unknown') {
          if (called) undecided.push(`${truth.name}: ${way}`);
        } else assert.ok(!truth[way], said);
      }
    });
test('what is left undecided is what nothing is known of', () => {
  assert.deepEqual(undecided, [
    'name of a loop used behind it: graph',
    'shape that grows in a loop: graph',
    ...['exponential of integers: eager', 'exponential of integers: graph', 'exponential of integers: tape'],
    'global that is set: graph',
    ...['object of the file: eager', 'object of the file: graph', 'object of the file: tape'],
    ...['recursion on a number: eager', 'recursion on a number: graph', 'recursion on a number: tape'],
    'inner tape: tape',
    'value in a dict in a loop: graph',
  ]);
});

/** The line of the program (0-based, behind the imports), the rule and the reason of what breaks. */
function breaks(source: string, way: Way): readonly [line: number, rule: string | undefined, reason: string] | null {
  const answer = readinessOf(`${head}${source}`)[way];
  return answer.status === 'breaks' ? [answer.range.start.line - 3, answer.rule, answer.reason] : null;
}

const places: readonly [string, Way, number, string | undefined, RegExp][] = [
  [
    'def f(x):\n    y = x + 1.0\n    z = np.sin(y)\n    return np.cos(z)',
    'graph',
    2,
    'TL501',
    /`np\.sin` needs the value of `y`/,
  ],
  [
    'def f(x):\n    y = x + 1.0\n    z = np.sin(y)\n    return np.cos(z)',
    'tape',
    2,
    'TL401',
    /a tape does not see `np\.sin`/,
  ],
  [
    'def f(x):\n    y = x * 2.0\n    y[0] = 1.0\n    return y',
    'eager',
    2,
    'TL220',
    /`y` is a tensor: it cannot be changed in place/,
  ],
  [
    'def f(x):\n    out = []\n    for i in tf.range(3):\n        out.append(x[i])\n    return tf.stack(out)',
    'graph',
    3,
    'TL506',
    /tf\.TensorArray/,
  ],
  ['def g(y):\n    return y.max()\ndef f(x):\n    return x - g(x)', 'eager', 1, undefined, /no method `max`/],
  [
    'def f(x):\n    if x[0] > 1.0:\n        y = x\n    return y',
    'graph',
    1,
    undefined,
    /`y` gets a value in one branch only/,
  ],
  ['def f(x):\n    i = tf.argmax(x)\n    return i', 'tape', 1, undefined, /`tf\.argmax` has no gradient/],
];

for (const [source, way, line, rule, reason] of places)
  test(`${way}: ${reason.source}`, () => {
    const found = breaks(source, way);
    assert.ok(found);
    assert.deepEqual(found.slice(0, 2), [line, rule]);
    assert.match(found[2], reason);
  });

test('methods are answered for, functions inside functions with those around them', () => {
  const text = `${head}class A:\n    def m(self, x):\n        return x * 2.0\ndef f(x):\n    def g(y):\n        return y\n    return g(x)\n`;
  assert.deepEqual(
    readiness(analyze(parser.parse(text))).map(({ name, line }) => [name, line]),
    [
      ['m', 4],
      ['f', 6],
    ],
  );
});

test('any text gets an answer', () => {
  const texts = [
    'def f(:',
    'def f(x):\n    return',
    'def f(x) -> ',
    'def f(*, x=):\n  x[',
    'async def f(x):\n    await x',
    'f = lambda x: x[',
  ];
  for (const text of texts) assert.doesNotThrow(() => readiness(analyze(parser.parse(head + text))));
});
