import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  functionVerdict,
  programVerdict,
  verdictText,
  type ComparedFunction,
  type ComparedInput,
  type ComparedValue,
  type Comparison,
} from '../../../src/core/compare/index.ts';

const versions = { numpy: '2.4.6', tensorflow: '2.21.0' };
const value = (part: Partial<ComparedValue>): ComparedValue => ({
  name: 'x',
  dtypes: ['float64', 'float64'],
  shapes: [[3], [3]],
  maxAbs: 0,
  maxRel: 0,
  ...part,
});
const comparison = (part: Partial<Comparison>): Comparison => ({
  versions,
  errors: [null, null],
  text: null,
  lines: 1,
  values: [],
  functions: [],
  doctests: [],
  ...part,
});

const cases: readonly (readonly [string, Comparison, string])[] = [
  ['equal values', comparison({ values: [value({})] }), 'agrees on 1 input in the bundled runtime'],
  [
    'a reordered sum',
    comparison({ values: [value({ maxAbs: 2e-15, maxRel: 1e-15 })] }),
    'agrees on 1 input in the bundled runtime, largest difference 2.0e-15',
  ],
  [
    'a different float',
    comparison({ values: [value({ maxAbs: 0.1, maxRel: 0.1 })] }),
    'differs in the bundled runtime: x differs by 1.0e-1 relative to its largest value',
  ],
  [
    'a float32 error in float64',
    comparison({ values: [value({ maxAbs: 1e-7, maxRel: 1e-7 })] }),
    'differs in the bundled runtime: x differs by 1.0e-7 relative to its largest value',
  ],
  [
    'an integer off by one',
    comparison({ values: [value({ dtypes: ['int64', 'int64'], maxAbs: 1, maxRel: 1e-12 })] }),
    'differs in the bundled runtime: x differs by 1.0e-12 relative to its largest value',
  ],
  [
    'another dtype',
    comparison({ values: [value({ problem: 'dtype int64 became int32' })] }),
    'differs in the bundled runtime: x: dtype int64 became int32',
  ],
  [
    'another text',
    comparison({ text: "line 1 of the output: '1' became '1.0'" }),
    "differs in the bundled runtime: line 1 of the output: '1' became '1.0'",
  ],
  [
    'a program that raises proves nothing, even if both do',
    comparison({
      errors: [
        { type: 'ValueError', message: 'a', line: 1 },
        { type: 'ValueError', message: 'b', line: 1 },
      ],
    }),
    'could not be compared in the bundled runtime: the original raises ValueError: a (line 1)',
  ],
  [
    'one raises',
    comparison({ errors: [null, { type: 'ValueError', message: 'no', line: 4 }] }),
    'could not be compared in the bundled runtime: the converted program raises ValueError: no (line 4)',
  ],
];
for (const [name, compared, expected] of cases)
  test(`program: ${name}`, () => assert.equal(verdictText(programVerdict(compared, 'runtime'), versions), expected));

const input = (part: Partial<ComparedInput> = {}): ComparedInput => ({
  origin: 'call',
  raised: null,
  rows: [value({})],
  ...part,
});
const raises = { name: 'f', problem: 'only NumPy raises ValueError: zero-size array' };
const called: ComparedFunction = {
  name: 'f',
  inputs: [
    input(),
    input(),
    input({ origin: 'doctest' }),
    ...(['normal', 'nan', 'empty'] as const).map(each => input({ origin: 'sample', case: each })),
  ],
  gradient: 'checked',
  gradientMaxRel: 1e-9,
};

test('function: agrees, with its gradient', () =>
  assert.equal(
    verdictText(functionVerdict(called, 'python'), versions),
    'agrees on 6 inputs (2 calls, 1 doctest, 3 samples) on NumPy 2.4.6 and TensorFlow 2.21.0, gradient checked by central differences',
  ));
test('function: a wrong gradient is a difference', () =>
  assert.equal(functionVerdict({ ...called, gradientMaxRel: 0.5 }, 'runtime').status, 'differs'));
test('function: without inputs nothing is claimed', () =>
  assert.equal(functionVerdict({ ...called, inputs: [] }, 'runtime').status, 'not-run'));
test('function: where the original raises on every input, nothing is claimed', () => {
  const verdict = functionVerdict({ ...called, inputs: [input({ raised: 'ValueError', rows: [] })] }, 'runtime');
  assert.equal(verdictText(verdict, versions), 'not run: on every input that was tried the original raises ValueError');
});

const empty = { ...called, inputs: [input(), input({ origin: 'sample', case: 'empty', rows: [raises] })] };
test('function: a difference on an edge case says on which', () =>
  assert.equal(
    verdictText(functionVerdict(empty, 'runtime'), versions),
    'differs in the bundled runtime: f: only NumPy raises ValueError: zero-size array (for an empty array)',
  ));
test('function: a difference on an edge case that a note names is told, not counted', () => {
  const note = 'an empty array raises in NumPy; TensorFlow gives an infinity or the smallest number';
  assert.equal(
    verdictText(functionVerdict(empty, 'runtime', [note]), versions),
    'agrees on 1 input (1 call) in the bundled runtime, gradient checked by central differences, differs on 1 edge case that a note names',
  );
  assert.equal(functionVerdict(empty, 'runtime', ['NumPy puts NaN last']).status, 'differs');
});
test('function: a note excuses no difference on ordinary numbers', () => {
  const inputs = [input({ origin: 'sample', case: 'normal', rows: [raises] })];
  assert.equal(functionVerdict({ ...called, inputs }, 'runtime', ['an empty array raises in NumPy']).status, 'differs');
});
test('program: a doctest that the original fails is told beside the verdict', () => {
  const doctests = [{ name: 'f', line: 4, want: '3', got: '4' }];
  assert.equal(
    verdictText(programVerdict(comparison({ doctests }), 'runtime'), versions),
    'agrees on 1 input in the bundled runtime; the original does not do what its doctest of f (line 4) expects: 3; it gives 4',
  );
});
