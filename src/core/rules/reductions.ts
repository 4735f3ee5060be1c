// Rules for reductions and orderings. NumPy widens small integers, flattens by default in argmax, and sorts what unique finds.
import {
  absentOr,
  all,
  form,
  given,
  hasDType,
  hasRank,
  integerConstant,
  isConstant,
  knownResult,
  neverEmpty,
  not,
  rankAtLeast,
  resultIs,
  simple,
} from './conditions.ts';
import { noOut, only } from './refusals.ts';
import type { Call, Form, Rule } from './types.ts';

const axes = '«, axis={axis:value}»«, keepdims={keepdims:value}»';
const initialOnly = only('combine it with the result: tf.maximum, tf.minimum or +');
const whereOnly = only('replace the elements to skip with tf.where first', true);
const floats = resultIs('float64', 'float32');

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

const argReview = (call: Call): string | null => {
  const { dtype } = call.arg('a');
  if (dtype === null || dtype === 'float64' || dtype === 'float32')
    return 'NumPy finds the first NaN, TensorFlow skips NaN';
  return null;
};
const argEmpty = (call: Call): string | null =>
  argReview(call) ?? (neverEmpty(call.arg('a')) ? null : 'an empty array raises other words');

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
    names: ['prod'],
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
  reduction(
    {
      id: 'TL137',
      names: ['std', 'ndarray.std'],
      why: 'tf.math.reduce_std takes floats only and divides by n; ddof is written out.',
      params: ['a', 'axis', 'dtype', 'out', 'ddof', 'keepdims', '*', 'where', 'mean', 'correction'],
      method: ['a', 'axis', 'dtype', 'out', 'ddof', 'keepdims', '*', 'where', 'mean'],
      forms: [
        form(`tf.math.reduce_std({a:result}${axes})`, { when: all(floats, absentOr('ddof', 0)) }),
        form(
          'tf.sqrt(tf.reduce_sum(tf.square({a:result} - tf.reduce_mean({a:result}))) / (tf.cast(tf.size({a}), {dtype}) - {ddof:value}))',
          { when: all(floats, simple('a'), not(given('axis')), not(given('keepdims'))) },
        ),
        form(
          'tf.sqrt(tf.reduce_sum(tf.square({a:result} - tf.reduce_mean({a:result}, axis={axis:value}, keepdims=True)), axis={axis:value}«, keepdims={keepdims:value}») / (tf.cast(tf.shape({a})[{axis:value}], {dtype}) - 1))',
          {
            when: all(floats, simple('a'), oneAxis, call => isConstant(call.arg('ddof'), 1)),
            review: call => (neverEmpty(call.arg('a')) ? null : 'an empty axis gives zero, where NumPy gives NaN'),
          },
        ),
      ],
      bound: 'sum',
      hazards: ['58', '58b', '58d'],
      example: 'result = np.std(np.array([1.0, 2.0, 4.0]))',
    },
    { mean: only('the mean is computed anyway'), correction: only('use ddof') },
  ),
  extreme('TL138', 'max', 'reduce_any'),
  extreme('TL139', 'min', 'reduce_all'),
  {
    id: 'TL140',
    family: 'reductions',
    names: ['argmax'],
    why: 'np.argmax without an axis flattens; tf.argmax takes axis 0. NumPy finds NaN, TensorFlow skips it.',
    params: ['a', 'axis', 'out', '*', 'keepdims'],
    forms: [
      form('tf.argmax(tf.cast({a}, tf.int32)«, axis={axis:value}»)', {
        when: all(hasDType('a', 'bool'), call => given('axis')(call) || hasRank('a', 1)(call), not(given('keepdims'))),
      }),
      form('tf.argmax({a})', {
        when: all(not(given('axis')), not(given('keepdims')), hasRank('a', 1), not(hasDType('a', 'bool'))),
        review: argEmpty,
      }),
      form('tf.argmax(tf.reshape({a}, [-1]))', {
        when: all(not(given('axis')), not(given('keepdims')), not(hasDType('a', 'bool'))),
        review: argEmpty,
      }),
      form('tf.argmax({a}, axis={axis:value})', {
        when: all(given('axis'), absentOr('keepdims', false), not(hasDType('a', 'bool'))),
        review: argEmpty,
      }),
      form('tf.expand_dims(tf.argmax({a}, axis={axis:value}), {axis:value})', {
        when: all(given('axis'), call => isConstant(call.arg('keepdims'), true), not(hasDType('a', 'bool'))),
        review: argEmpty,
      }),
    ],
    refuse: { out: noOut },
    bound: 'exact',
    hazards: ['54', '54c', '55', '55b'],
    example: 'result = np.argmax(np.array([[1, 9], [3, 4]]))',
  },
  {
    id: 'TL141',
    family: 'reductions',
    names: ['argsort'],
    why: 'tf.argsort gives int32 and is not stable unless asked; NumPy puts NaN last.',
    params: ['a', 'axis', 'kind', 'order', '*', 'stable'],
    forms: [
      form('tf.cast(tf.argsort({a}«, axis={axis:value}», stable=True), tf.int64)', {
        when: all(
          not(call => isConstant(call.arg('axis'), null)),
          not(hasDType('a', 'bool')),
        ),
        review: call => {
          const float = !hasDType('a', 'int64', 'int32', 'uint8')(call);
          const stable = isConstant(call.arg('kind'), 'stable', 'mergesort') || isConstant(call.arg('stable'), true);
          if (float)
            return stable ? 'NumPy puts NaN last' : 'NumPy puts NaN last, and equal elements may come in another order';
          return stable ? null : 'equal elements may come in another order';
        },
      }),
    ],
    refuse: { order: only('fields belong to structured arrays', null) },
    bound: 'exact',
    hazards: ['57b'],
    example: "result = np.argsort(np.array([3, 1, 2]), kind='stable')",
  },
  {
    id: 'TL142',
    family: 'reductions',
    names: ['unique'],
    why: 'tf.unique takes vectors and keeps the order of appearance: the result is sorted to agree.',
    params: ['ar', 'return_index', 'return_inverse', 'return_counts', 'axis', '*', 'equal_nan', 'sorted'],
    forms: [
      form('tf.sort(tf.unique({ar})[0])', {
        when: all(hasRank('ar', 1), not(hasDType('ar', 'bool'))),
        review: call =>
          hasDType('ar', 'int64', 'int32', 'uint8')(call) ? null : 'NaN is sorted elsewhere, and every NaN is kept',
      }),
      form('tf.sort(tf.unique(tf.reshape({ar}, [-1]))[0])', {
        when: all(call => call.arg('ar').kind === 'array', not(hasDType('ar', 'bool'))),
        review: call =>
          hasDType('ar', 'int64', 'int32', 'uint8')(call) ? null : 'NaN is sorted elsewhere, and every NaN is kept',
      }),
    ],
    refuse: {
      return_index: only('TensorFlow does not give the first positions', false),
      return_inverse: only('tf.unique numbers the values in order of appearance', false),
      return_counts: only('tf.unique does not count', false),
      axis: only('tf.unique takes vectors only', null),
      equal_nan: only('TensorFlow keeps every NaN', true),
      sorted: only('the result is sorted', true),
    },
    bound: 'exact',
    hazards: ['102', '102c', '102d'],
    example: 'result = np.unique(np.array([3, 1, 3, 2]))',
  },
  {
    id: 'TL143',
    family: 'reductions',
    names: ['diff'],
    why: 'TensorFlow has no diff: it is the difference of two slices.',
    params: ['a', 'n', 'axis', 'prepend', 'append'],
    forms: [
      form('{a}[1:] - {a}[:-1]', {
        when: all(simple('a'), hasRank('a', 1), not(hasDType('a', 'bool')), absentOr('n', 1)),
      }),
      form('{a}[1:] - {a}[:-1]', {
        when: all(
          simple('a'),
          rankAtLeast('a', 2),
          call => isConstant(call.arg('axis'), 0),
          not(hasDType('a', 'bool')),
          absentOr('n', 1),
        ),
      }),
      form('{a}[..., 1:] - {a}[..., :-1]', {
        when: all(simple('a'), rankAtLeast('a', 2), absentOr('axis', -1), not(hasDType('a', 'bool')), absentOr('n', 1)),
      }),
    ],
    refuse: { prepend: only('join it with tf.concat first'), append: only('join it with tf.concat first') },
    bound: 'exact',
    hazards: ['103d'],
    example: 'x = np.array([1.0, 4.0, 9.0])\nresult = np.diff(x)',
  },
];
