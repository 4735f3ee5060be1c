// Rules for the ufuncs beside the most used ones: tables with a row for each name.
import { boolResult, divisorReview, exponentReview, floats, squareRoot, zeroSign } from './arithmetic.ts';
import {
  all,
  form,
  given,
  hasDType,
  integerConstant,
  integerDType,
  isArray,
  isConstant,
  isNumber,
  knownResult,
  not,
  resultIs,
  simple,
} from './conditions.ts';
import { binary, numberFirst, smooth, unary } from './elementwise.ts';
import { noOut, only, ufuncKeywords } from './refusals.ts';
import type { Call, Form, Rule } from './types.ts';

const ufunc = (
  id: string,
  name: string,
  row: Pick<Rule, 'why' | 'params' | 'forms' | 'hazards' | 'example'> & Partial<Rule>,
): Rule => ({ id, family: 'elementwise', names: [name], refuse: ufuncKeywords, bound: 'exact', ...row });

const integerArg =
  (name: string) =>
  (call: Call): boolean =>
    integerDType(call.arg(name).dtype);
const floatArg =
  (name: string): ((call: Call) => boolean) =>
  call =>
    hasDType(name, 'float64', 'float32')(call);

/** Functions of floats under a name of tf, the TensorFlow name behind each. */
const smoothRows: readonly (readonly [id: string, numpy: string, tf: string, hazards: Rule['hazards']])[] = [
  ['TL610', 'tanh', 'tf.tanh', ['104k']],
  ['TL611', 'tan', 'tf.tan', ['104m']],
  ['TL612', 'sinh', 'tf.sinh', ['104i']],
  ['TL613', 'cosh', 'tf.cosh', ['104m']],
  ['TL614', 'arcsin', 'tf.asin', ['104i']],
  ['TL615', 'arccos', 'tf.acos', ['104i']],
  ['TL616', 'arctan', 'tf.atan', ['104i']],
  ['TL617', 'arcsinh', 'tf.asinh', ['104i']],
  ['TL618', 'log1p', 'tf.math.log1p', ['104']],
  ['TL619', 'expm1', 'tf.math.expm1', ['104']],
];

const logarithm = (id: string, base: 2 | 10): Rule =>
  ufunc(id, `log${base}`, {
    why: `TensorFlow has no log${base}: it is a quotient of natural logarithms, so that powers of ${base} need not come out whole.`,
    params: unary,
    forms: [
      form(`tf.math.log({x:result}) / math.log(${base})`, {
        when: floats,
        review: `the last digit may differ, so that the floor of a whole result may be one less`,
      }),
    ],
    bound: 'ulp',
    hazards: ['104', '104b'],
    imports: ['math'],
    example: `result = np.log${base}(np.array([1.0, 3.0, 50.0]))`,
  });

/** Rounding: integers stay as they are in NumPy, and TensorFlow has no kernel for them. */
const rounding = (id: string, name: string, tf: string): Rule =>
  ufunc(id, name, {
    why: `${tf} takes floats only, where NumPy gives integers back as they are.`,
    params: unary,
    forms: [form('tf.identity({x})', { when: integerArg('x') }), form(`${tf}({x:result})`, { when: floats })],
    hazards: ['206'],
    example: `result = np.${name}(np.array([-1.5, 0.5, 2.0]))`,
  });

/** Tests of floats: the answer for integers is known. */
const test = (id: string, name: string, tf: string, ofIntegers: 'zeros' | 'ones'): Rule =>
  ufunc(id, name, {
    why: `${tf} takes floats only; of integers the answer is always the same.`,
    params: unary,
    forms: [
      form(`${tf}({x})`, { when: floatArg('x') }),
      form(`tf.${ofIntegers}_like({x}, dtype=tf.bool)`, { when: integerArg('x') }),
    ],
    refuse: { ...ufuncKeywords, dtype: only('the result is bool') },
    hazards: ['25e'],
    example: `result = np.${name}(np.array([1.0, np.nan, np.inf]))`,
  });

/** Two operands of one dtype; a Python number takes the dtype of the other. */
const arithmetic = (
  id: string,
  name: string,
  forms: readonly Form[],
  hazards: Rule['hazards'],
  example: string,
  more: Partial<Rule> = {},
): Rule =>
  ufunc(id, name, {
    why: 'TensorFlow does not promote: operands of two dtypes are cast to the one that NumPy would use.',
    params: binary,
    forms,
    hazards,
    example,
    ...more,
  });

/** Python numbers alone: nothing else says which dtype TensorFlow is to take. */
const numbersOnly = all(isNumber('x1'), isNumber('x2'));
const comparable = all(call => call.arg('x1').dtype !== null && call.arg('x2').dtype !== null, not(numbersOnly));
const bothBool = all(hasDType('x1', 'bool'), hasDType('x2', 'bool'));
const comparison = (id: string, name: string): Rule =>
  arithmetic(
    id,
    name,
    [
      form(`tf.${name}({x1:both}, {x2:both})`, {
        when: name.endsWith('equal') && !/less|greater/.test(name) ? comparable : all(comparable, not(bothBool)),
      }),
    ],
    ['209', '209b'],
    `i = np.array([1, 2, 3])\nresult = np.${name}(i, 2.5)`,
    { refuse: { ...ufuncKeywords, dtype: only('the result is bool') } },
  );

/** Operands that tf.cast makes bool: arrays, and True and False. */
const truthful =
  (...names: readonly string[]) =>
  (call: Call): boolean =>
    names.every(name => {
      const { kind, dtype, weak } = call.arg(name);
      return dtype !== null && (kind === 'array' || weak === 'bool');
    });
const logical = (id: string, name: string, tf: string, names: readonly string[]): Rule =>
  ufunc(id, name, {
    why: `${tf} takes bool only: numbers are cast, so that what is not zero is true.`,
    params: names.length === 1 ? unary : binary,
    forms: [form(`${tf}(${names.map(found => `{${found}:result}`).join(', ')})`, { when: truthful(...names) })],
    refuse: { ...ufuncKeywords, dtype: only('the result is bool') },
    hazards: ['9d', '201'],
    example:
      names.length === 1
        ? `result = np.${name}(np.array([0.0, 2.0]))`
        : `x = np.array([1.0, 5.0, 9.0])\nresult = np.${name}(x > 2, x < 8)`,
  });
const bitwise = (id: string, name: string, operator: string): Rule =>
  arithmetic(
    id,
    name,
    [
      form(`{x1:both} ${operator} {x2:both}`, {
        when: all(comparable, resultIs('bool', 'int32', 'int64', 'uint8')),
      }),
    ],
    ['9d', '9e'],
    `result = np.${name}(np.array([6, 5]), 3)`,
    { why: 'The operator works on bool and on integers in both.' },
  );

const isRemainder = (): boolean => true;
const isQuotient = (): boolean => false;
const numbers = all(knownResult, not(boolResult));

export const ufuncs: readonly Rule[] = [
  ...smoothRows.map(([id, numpy, tf, hazards]) => {
    const row = smooth(id, numpy, tf, hazards);
    return /^arc(sin|cos)$/.test(numpy) ? { ...row, example: `result = np.${numpy}(np.array([0.1, 0.5]))` } : row;
  }),
  logarithm('TL620', 2),
  logarithm('TL621', 10),
  ufunc('TL622', 'rad2deg', {
    names: ['rad2deg', 'degrees'],
    why: 'TensorFlow has no rad2deg: it is a product.',
    params: unary,
    forms: [form('{x:result} * (180 / math.pi)', { when: floats })],
    bound: 'ulp',
    hazards: ['104h'],
    imports: ['math'],
    example: 'result = np.rad2deg(np.array([0.0, 1.5, 3.0]))',
  }),
  arithmetic(
    'TL623',
    'arctan2',
    [form('tf.math.atan2({x1:result}, {x2:result})', { when: floats })],
    ['104i'],
    'result = np.arctan2(np.array([1.0, -1.0]), np.array([2.0, -2.0]))',
    { bound: 'ulp', why: 'tf.math.atan2 takes floats of one dtype.' },
  ),
  rounding('TL624', 'floor', 'tf.floor'),
  rounding('TL625', 'ceil', 'tf.math.ceil'),
  ufunc('TL626', 'trunc', {
    why: 'TensorFlow has no trunc: it is the ceiling below zero and the floor above.',
    params: unary,
    forms: [
      form('tf.identity({x})', { when: integerArg('x') }),
      form('tf.where({x} < 0, tf.math.ceil({x}), tf.floor({x}))', { when: all(floats, simple('x'), isArray('x')) }),
    ],
    hazards: ['60e', '206'],
    example: 'x = np.array([-1.5, 0.5, 2.0])\nresult = np.trunc(x)',
  }),
  ufunc('TL627', 'rint', {
    why: 'tf.round rounds half to even, as NumPy does; integers are cast to the float64 that NumPy gives.',
    params: unary,
    forms: [form('tf.round({x:result})', { when: floats })],
    hazards: ['60', '60e'],
    example: 'result = np.rint(np.array([0.5, 1.5, -2.5]))',
  }),
  ufunc('TL628', 'round', {
    names: ['round', 'ndarray.round'],
    why: 'tf.round has no decimals: its second argument is a name, and a 1 there rounds to whole numbers.',
    params: ['a', 'decimals', 'out'],
    method: ['a', 'decimals', 'out'],
    forms: [
      form('tf.round({a})', {
        when: all(
          floatArg('a'),
          decimals(n => n === 0),
        ),
      }),
      form(call => `tf.round({a} * ${scale(call)}) / ${scale(call)}`, {
        when: all(
          floatArg('a'),
          decimals(n => n > 0 && n < 20),
        ),
      }),
      form(call => `tf.round({a} / ${scale(call)}) * ${scale(call)}`, {
        when: all(
          floatArg('a'),
          decimals(n => n < 0 && n > -20),
        ),
      }),
      form('tf.round({a} * 10.0 ** {decimals:value}) / 10.0 ** {decimals:value}', {
        when: all(floatArg('a'), simple('decimals'), call => call.arg('decimals').natural),
      }),
      form('tf.identity({a})', {
        when: all(
          hasDType('a', 'uint8', 'int32', 'int64'),
          decimals(n => n >= 0),
        ),
      }),
      form(call => `tf.cast(tf.round(tf.cast({a}, tf.float64) / ${scale(call)}) * ${scale(call)}, {dtype})`, {
        when: all(
          hasDType('a', 'int32', 'int64'),
          decimals(n => n < 0 && n > -16),
        ),
        review: 'whole numbers beyond 2 ** 53 lose digits',
      }),
    ],
    refuse: { out: noOut },
    hazards: ['60', '60b', '60c', '60d', '244'],
    example: 'result = np.round(np.array([2.675, -1.25]), 1)',
  }),
  test('TL629', 'isnan', 'tf.math.is_nan', 'zeros'),
  test('TL630', 'isinf', 'tf.math.is_inf', 'zeros'),
  test('TL631', 'isfinite', 'tf.math.is_finite', 'ones'),
  ufunc('TL632', 'negative', {
    why: 'TensorFlow can not negate uint8, where NumPy wraps around.',
    params: unary,
    forms: [
      form('tf.zeros_like({x}) - {x}', { when: all(resultIs('uint8'), hasDType('x', 'uint8'), simple('x')) }),
      form('tf.negative({x:result})', { when: resultIs('int32', 'int64', 'float32', 'float64') }),
    ],
    hazards: ['243'],
    example: 'result = np.negative(np.array([1.0, -2.0]))',
  }),
  ufunc('TL633', 'positive', {
    why: 'A tensor can not be changed, so a copy is another name for it.',
    params: unary,
    forms: [form('tf.identity({x:result})', { when: numbers })],
    hazards: ['31c'],
    example: 'result = np.positive(np.array([1.0, -2.0]))',
  }),
  ufunc('TL634', 'sign', {
    why: 'tf.sign has no kernel for uint8.',
    params: unary,
    forms: [
      form('tf.cast(tf.sign(tf.cast({x}, tf.int32)), tf.uint8)', {
        when: all(resultIs('uint8'), hasDType('x', 'uint8')),
      }),
      form('tf.sign({x:result})', { when: resultIs('int32', 'int64', 'float32', 'float64') }),
    ],
    hazards: ['12b', '104g'],
    example: 'result = np.sign(np.array([-2.5, 0.0, 3.0]))',
  }),
  arithmetic(
    'TL635',
    'subtract',
    [numberFirst('-', numbers), form('tf.subtract({x1:weak}, {x2:weak})', { when: numbers })],
    ['1', '9g'],
    'a = np.array([1, 2, 3])\nresult = np.subtract(a, 0.5)',
  ),
  arithmetic(
    'TL636',
    'divide',
    [numberFirst('/', floats), form('tf.divide({x1:result}, {x2:weak})', { when: floats })],
    ['2b', '2c'],
    'a = np.array([1, 2, 3])\nresult = np.divide(a, 2)',
    { why: 'Integers are cast to float64 before the division, as NumPy does.' },
  ),
  arithmetic(
    'TL637',
    'floor_divide',
    [form('tf.math.floordiv({x1:weak}, {x2:weak})', { when: numbers, review: divisorReview('x2', isQuotient) })],
    ['13', '13b', '13e'],
    'result = np.floor_divide(np.array([7, -7]), 2)',
    { why: 'Division of whole numbers by zero gives 0 and a warning in NumPy, an exception in TensorFlow.' },
  ),
  arithmetic(
    'TL638',
    'remainder',
    [form('tf.math.floormod({x1:weak}, {x2:weak})', { when: numbers, review: divisorReview('x2', isRemainder) })],
    ['13', '14', '104n'],
    'result = np.remainder(np.array([7, -7]), 3)',
    {
      why: 'The remainder has the sign of the divisor in both; division of whole numbers by zero raises in TensorFlow.',
    },
  ),
  arithmetic(
    'TL639',
    'power',
    [
      form('tf.sqrt({x1:result})', { when: all(floats, squareRoot('x2')) }),
      numberFirst('**', floats),
      form('tf.pow({x1:result}, {x2:weak})', { when: floats }),
      form('tf.square({x1})', {
        when: all(resultIs('uint8'), hasDType('x1', 'uint8'), call => integerConstant(call.arg('x2')) === 2),
      }),
      numberFirst('**', resultIs('int64', 'int32'), exponentReview('x2')),
      form('tf.pow({x1:result}, {x2:weak})', { when: resultIs('int64', 'int32'), review: exponentReview('x2') }),
    ],
    ['12c', '15', '15b', '104j', '241c'],
    'result = np.power(np.array([1.0, 2.0, 3.0]), 3)',
    { bound: 'ulp', why: 'Base and exponent are cast to one dtype; uint8 has no kernel.' },
  ),
  arithmetic(
    'TL640',
    'minimum',
    [
      form('tf.logical_and({x1}, {x2})', { when: boolResult }),
      form('tf.minimum({x1:result}, {x2:weak})', { when: all(knownResult, numbersOnly) }),
      form('tf.minimum({x1:weak}, {x2:weak})', { when: knownResult, review: call => zeroSign(call, 'x1', 'x2') }),
    ],
    ['241c', '65b'],
    'result = np.minimum(np.array([-1.0, 2.0]), 0.5)',
    { why: 'TensorFlow does not promote, and the two libraries may pick different zeros of 0.0 and -0.0.' },
  ),
  ...['equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'].map((name, i) =>
    comparison(`TL${641 + i}`, name),
  ),
  logical('TL647', 'logical_not', 'tf.logical_not', ['x']),
  logical('TL648', 'logical_and', 'tf.logical_and', ['x1', 'x2']),
  logical('TL649', 'logical_or', 'tf.logical_or', ['x1', 'x2']),
  logical('TL650', 'logical_xor', 'tf.math.logical_xor', ['x1', 'x2']),
  bitwise('TL651', 'bitwise_and', '&'),
  bitwise('TL652', 'bitwise_or', '|'),
  bitwise('TL653', 'bitwise_xor', '^'),
  ufunc('TL654', 'invert', {
    why: 'The operator works on bool and on integers in both.',
    params: unary,
    forms: [form('~{x}', { when: hasDType('x', 'bool', 'uint8', 'int32', 'int64') })],
    hazards: ['9d'],
    example: 'result = np.invert(np.array([True, False]))',
  }),
];

/** The decimals of a rounding are a literal, or left out. */
function decimals(holds: (value: number) => boolean) {
  return (call: Call): boolean => {
    const value = given('decimals')(call) ? integerConstant(call.arg('decimals')) : 0;
    return value !== null && !isConstant(call.arg('decimals'), null) && holds(value);
  };
}
/** Ten to the power of the decimals, as a float literal. */
function scale(call: Call): string {
  const digits = Math.abs(integerConstant(call.arg('decimals')) ?? 0);
  return digits > 3 ? `1e${digits}` : `${10 ** digits}.0`;
}
