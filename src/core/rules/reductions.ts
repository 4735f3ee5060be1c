// Rules for reductions. NumPy widens small integers, divides integers as floats, and takes ddof.
import { floats } from './arithmetic.ts';
import {
  absentOr,
  all,
  form,
  given,
  hasDType,
  hasRank,
  integerConstant,
  isArray,
  isConstant,
  knownResult,
  neverEmpty,
  not,
  simple,
} from './conditions.ts';
import { noOut, only } from './refusals.ts';
import type { Call, Form, Rule } from './types.ts';

const axes = '«, axis={axis:value}»«, keepdims={keepdims:value}»';
const initialOnly = only('combine it with the result: tf.maximum, tf.minimum or +');
const whereOnly = only('replace the elements to skip with tf.where first', true);

const emptyReview = (call: Call): string | null =>
  neverEmpty(call.arg('a'))
    ? null
    : 'an empty array raises in NumPy; TensorFlow gives an infinity or the smallest number';

/** Reductions that exist under another name and take axis and keepdims. */
const reduction = (
  row: Pick<Rule, 'id' | 'names' | 'why' | 'params' | 'bound' | 'hazards' | 'example'> & {
    method: readonly string[];
    forms: readonly Form[];
  },
  refuse: NonNullable<Rule['refuse']> = {},
): Rule => ({
  family: 'reductions',
  ...row,
  refuse: { out: noOut, initial: initialOnly, where: whereOnly, ...refuse },
});

const sumParams = ['a', 'axis', 'dtype', 'out', 'keepdims', 'initial', 'where'];
const maxParams = ['a', 'axis', 'out', 'keepdims', 'initial', 'where'];
const truthParams = ['a', 'axis', 'out', 'keepdims', '*', 'where'];
const traceParams = ['a', 'offset', 'axis1', 'axis2', 'dtype', 'out'];

const extreme = (id: string, name: 'max' | 'min', anyOrAll: string): Rule =>
  reduction({
    id,
    names: [name, `ndarray.${name}`],
    why: `tf.reduce_${name} answers for an empty array where NumPy raises, and has no kernel for bool.`,
    params: maxParams,
    method: maxParams,
    forms: [
      form(`tf.${anyOrAll}({a}${axes})`, { when: hasDType('a', 'bool'), review: emptyReview }),
      form(`tf.reduce_${name}({a}${axes})`, { when: call => call.arg('a').dtype !== null, review: emptyReview }),
      form(`tf.reduce_${name}({a}${axes})`, {
        when: call => call.arg('a').kind === 'array',
        review: 'the dtype is not known: a bool array would need a cast',
      }),
    ],
    bound: 'exact',
    hazards: ['62', '65'],
    example: `x = np.array([[1.0, 5.0], [7.0, 3.0]])\nresult = np.${name}(x, axis=1)`,
  });

/** The axis is one whole number. */
const oneAxis = (call: Call): boolean => integerConstant(call.arg('axis')) !== null;

/** std and var: ddof is written out. */
const deviation = (id: string, name: 'std' | 'var', wrap: (inner: string) => string): Rule => {
  const tf = name === 'std' ? 'tf.math.reduce_std' : 'tf.math.reduce_variance';
  const flat = wrap(
    'tf.reduce_sum(tf.square({a:result} - tf.reduce_mean({a:result}))) / (tf.cast(tf.size({a}), {dtype}) - {ddof:value})',
  );
  const along = wrap(
    'tf.reduce_sum(tf.square({a:result} - tf.reduce_mean({a:result}, axis={axis:value}, keepdims=True)), axis={axis:value}«, keepdims={keepdims:value}») / (tf.cast(tf.shape({a})[{axis:value}], {dtype}) - 1)',
  );
  return reduction(
    {
      id,
      names: [name, `ndarray.${name}`],
      why: `${tf} takes floats only and divides by n; ddof is written out.`,
      params: ['a', 'axis', 'dtype', 'out', 'ddof', 'keepdims', '*', 'where', 'mean', 'correction'],
      method: ['a', 'axis', 'dtype', 'out', 'ddof', 'keepdims', '*', 'where', 'mean'],
      forms: [
        form(`${tf}({a:result}${axes})`, { when: all(floats, absentOr('ddof', 0)) }),
        form(flat, { when: all(floats, simple('a'), not(given('axis')), not(given('keepdims'))) }),
        form(along, {
          when: all(floats, simple('a'), oneAxis, call => isConstant(call.arg('ddof'), 1)),
          review: call => (neverEmpty(call.arg('a')) ? null : 'an empty axis gives zero, where NumPy gives NaN'),
        }),
      ],
      bound: 'sum',
      hazards: name === 'std' ? ['58', '58b', '58d'] : ['58', '58c'],
      example: `result = np.${name}(np.array([1.0, 2.0, 4.0]))`,
    },
    { mean: only('the mean is computed anyway'), correction: only('use ddof') },
  );
};

/** any and all: what is not zero is true. */
const truth = (id: string, name: 'any' | 'all', hazards: Rule['hazards']): Rule =>
  reduction({
    id,
    names: [name, `ndarray.${name}`],
    why: `tf.reduce_${name} takes bool only: numbers are cast, so that what is not zero is true.`,
    params: truthParams,
    method: truthParams,
    forms: [form(`tf.reduce_${name}({a:result}${axes})`, { when: call => call.arg('a').dtype !== null })],
    bound: 'exact',
    hazards,
    example: `x = np.array([[1.0, 0.0], [7.0, 3.0]])\nresult = np.${name}(x > 0.5, axis=1)`,
  });

export const reductions: readonly Rule[] = [
  reduction({
    id: 'TL134',
    names: ['sum', 'ndarray.sum'],
    why: 'tf.reduce_sum keeps the dtype: bool has no kernel and int32 wraps, where NumPy sums in int64.',
    params: sumParams,
    method: sumParams,
    forms: [form(`tf.reduce_sum({a:result}${axes})`, { when: knownResult })],
    bound: 'sum',
    hazards: ['8', '10', '10d', '61'],
    example: 'x = np.array([[1, 2], [3, 4]])\nresult = np.sum(x, axis=0)',
  }),
  reduction({
    id: 'TL135',
    names: ['prod', 'ndarray.prod'],
    why: 'tf.reduce_prod keeps the dtype, where NumPy multiplies small integers in int64.',
    params: sumParams,
    method: sumParams,
    forms: [form(`tf.reduce_prod({a:result}${axes})`, { when: knownResult })],
    bound: 'sum',
    hazards: ['10c'],
    example: 'result = np.prod(np.array([1.5, 2.0, 4.0]))',
  }),
  reduction({
    id: 'TL136',
    names: ['mean', 'ndarray.mean'],
    why: 'tf.reduce_mean of integers is an integer: they are cast to float64 first.',
    params: ['a', 'axis', 'dtype', 'out', 'keepdims', '*', 'where'],
    method: ['a', 'axis', 'dtype', 'out', 'keepdims', '*', 'where'],
    forms: [form(`tf.reduce_mean({a:result}${axes})`, { when: floats })],
    bound: 'sum',
    hazards: ['7', '7b'],
    example: 'result = np.mean(np.array([1, 2, 4]))',
  }),
  deviation('TL137', 'std', inner => `tf.sqrt(${inner})`),
  extreme('TL138', 'max', 'reduce_any'),
  extreme('TL139', 'min', 'reduce_all'),
  deviation('TL660', 'var', inner => inner),
  truth('TL661', 'any', ['63']),
  truth('TL662', 'all', ['63', '63b']),
  reduction({
    id: 'TL663',
    names: ['ptp'],
    why: 'TensorFlow has no ptp: it is the largest value less the smallest.',
    params: ['a', 'axis', 'out', 'keepdims'],
    method: ['a', 'axis', 'out', 'keepdims'],
    forms: [
      form(`tf.reduce_max({a}${axes}) - tf.reduce_min({a}${axes})`, {
        when: all(knownResult, simple('a'), isArray('a'), not(hasDType('a', 'bool'))),
        review: emptyReview,
      }),
    ],
    bound: 'exact',
    hazards: ['62', '68b'],
    example: 'x = np.array([[1.0, 5.0], [7.0, 3.0]])\nresult = np.ptp(x, axis=1)',
  }),
  {
    id: 'TL664',
    family: 'reductions',
    names: ['count_nonzero'],
    why: 'tf.math.count_nonzero counts in int64, as NumPy does.',
    params: ['a', 'axis', '*', 'keepdims'],
    forms: [form(`tf.math.count_nonzero({a}${axes})`, { when: call => call.arg('a').dtype !== null })],
    bound: 'exact',
    hazards: ['68c'],
    example: 'x = np.array([[0, 1, 2], [0, 0, 3]])\nresult = np.count_nonzero(x, axis=1)',
  },
  {
    id: 'TL665',
    family: 'reductions',
    names: ['trace', 'ndarray.trace'],
    why: 'tf.linalg.trace takes the last two axes and has no offset: another diagonal is taken first.',
    params: traceParams,
    method: traceParams,
    forms: [
      form('tf.linalg.trace({a:result})', { when: all(knownResult, hasRank('a', 2), absentOr('offset', 0)) }),
      form('tf.reduce_sum(tf.linalg.diag_part({a:result}, k={offset:value}))', {
        when: all(knownResult, hasRank('a', 2), call => integerConstant(call.arg('offset')) !== null),
      }),
    ],
    refuse: {
      out: noOut,
      axis1: only('transpose the array first', 0),
      axis2: only('transpose the array first', 1),
    },
    bound: 'sum',
    hazards: ['67', '67f'],
    example: 'result = np.trace(np.array([[1, 2], [3, 4]]))',
  },
];
