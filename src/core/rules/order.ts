// Rules for orderings and searches. NumPy flattens by default in argmax and cumsum, puts NaN last, and sorts what unique finds.
import {
  absentOr,
  all,
  either,
  form,
  given,
  hasDType,
  hasRank,
  isArray,
  isConstant,
  knownResult,
  neverEmpty,
  not,
  rankAtLeast,
  simple,
} from './conditions.ts';
import { places } from './places.ts';
import { noOut, only } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const integers = hasDType('a', 'int64', 'int32', 'uint8');
const nanLast = (call: Call): string | null =>
  hasDType('a', 'int64', 'int32', 'uint8', 'bool')(call) ? null : 'NumPy puts NaN last';
const flatAxis = (call: Call): boolean => isConstant(call.arg('axis'), null);
/** Both libraries agree on a stable order; NumPy's own is another one. */
const stability = (call: Call): string | null => {
  const stable = isConstant(call.arg('kind'), 'stable', 'mergesort') || isConstant(call.arg('stable'), true);
  const differences = [nanLast(call), stable ? null : 'equal elements may come in another order'];
  return differences.filter(text => text !== null).join(', and ') || null;
};
const fieldsOnly = only('fields belong to structured arrays', null);
const outOfRange =
  'an index out of range raises InvalidArgumentError instead of IndexError, and negative indices raise';

const argReview = (call: Call): string | null => {
  if (!integers(call)) return 'NumPy finds the first NaN, TensorFlow skips NaN';
  return neverEmpty(call.arg('a')) ? null : 'an empty array raises other words';
};
const flattened = all(not(given('axis')), not(given('keepdims')));

/** argmax and argmin. */
const argExtreme = (id: string, name: 'argmax' | 'argmin', hazards: Rule['hazards']): Rule => {
  const numbers = not(hasDType('a', 'bool'));
  const row = hasRank('a', 1);
  const params = ['a', 'axis', 'out', '*', 'keepdims'];
  return {
    id,
    family: 'reductions',
    names: [name, `ndarray.${name}`],
    why: `np.${name} without an axis flattens; tf.${name} takes axis 0. NumPy finds NaN, TensorFlow skips it.`,
    params,
    method: params,
    forms: [
      form(`tf.${name}(tf.cast({a}, tf.int32)«, axis={axis:value}»)`, {
        when: all(hasDType('a', 'bool'), call => given('axis')(call) || row(call), not(given('keepdims'))),
      }),
      form(`tf.${name}(tf.reshape(tf.cast({a}, tf.int32), [-1]))`, { when: all(hasDType('a', 'bool'), flattened) }),
      form(`tf.expand_dims(tf.${name}(tf.cast({a}, tf.int32), axis={axis:value}), {axis:value})`, {
        when: all(hasDType('a', 'bool'), given('axis'), call => isConstant(call.arg('keepdims'), true)),
      }),
      form(`tf.${name}({a})`, { when: all(flattened, row, numbers), review: argReview }),
      form(`tf.${name}(tf.reshape({a}, [-1]))`, { when: all(flattened, numbers), review: argReview }),
      form(`tf.${name}({a}, axis={axis:value})`, {
        when: all(given('axis'), absentOr('keepdims', false), numbers),
        review: argReview,
      }),
      form(`tf.expand_dims(tf.${name}({a}, axis={axis:value}), {axis:value})`, {
        when: all(given('axis'), call => isConstant(call.arg('keepdims'), true), numbers),
        review: argReview,
      }),
    ],
    refuse: { out: noOut },
    bound: 'exact',
    hazards,
    example: `result = np.${name}(np.array([[1, 9], [3, 4]]))`,
  };
};

/** cumsum and cumprod. */
const running = (id: string, name: 'cumsum' | 'cumprod', hazards: Rule['hazards']): Rule => {
  const params = ['a', 'axis', 'dtype', 'out'];
  return {
    id,
    family: 'reductions',
    names: [name, `ndarray.${name}`],
    why: `np.${name} without an axis flattens, and widens small integers; tf.math.${name} takes axis 0 and keeps the dtype.`,
    params,
    method: params,
    forms: [
      form(`tf.math.${name}({a:result}, axis={axis:value})`, { when: all(knownResult, given('axis')) }),
      form(`tf.math.${name}({a:result})`, { when: all(knownResult, hasRank('a', 1)) }),
      form(`tf.math.${name}(tf.reshape({a:result}, [-1]))`, { when: all(knownResult, not(given('axis'))) }),
    ],
    refuse: { out: noOut },
    bound: 'sum',
    hazards,
    example: `x = np.array([[1, 2], [3, 4]])\nresult = np.${name}(x, axis=1)`,
  };
};

const inRange = (call: Call): string | null => (call.arg('indices').natural ? null : outOfRange);
/** Not known to be negative. */
const notNegative = (call: Call): boolean => {
  const values = [call.arg('indices').constant].flat(2);
  return isArray('a')(call) && !values.some(value => typeof value === 'number' && value < 0);
};
const oneIndex = (call: Call): boolean => isArray('a')(call) && call.arg('indices').kind === 'number';
const rowOnly = all(hasRank('a', 1), not(given('axis')));
const firstAxis = all(rankAtLeast('a', 1), call => isConstant(call.arg('axis'), 0));

const takeParams = ['a', 'indices', 'axis', 'out', 'mode'];

export const order: readonly Rule[] = [
  argExtreme('TL140', 'argmax', ['54', '54c', '55', '55b']),
  {
    id: 'TL141',
    family: 'reductions',
    names: ['argsort', 'ndarray.argsort'],
    why: 'tf.argsort gives int32 and is not stable unless asked; NumPy puts NaN last.',
    params: ['a', 'axis', 'kind', 'order', '*', 'stable'],
    method: ['a', 'axis', 'kind', 'order', '*', 'stable'],
    forms: [
      form('tf.cast(tf.argsort(tf.cast({a}, tf.int32)«, axis={axis:value}», stable=True), tf.int64)', {
        when: all(hasDType('a', 'bool'), not(flatAxis), not(hasRank('a', 0))),
        review: stability,
      }),
      form('tf.cast(tf.argsort({a}«, axis={axis:value}», stable=True), tf.int64)', {
        when: all(not(flatAxis), not(hasDType('a', 'bool')), not(hasRank('a', 0))),
        review: stability,
      }),
      form('tf.cast(tf.argsort(tf.reshape({a}, [-1]), stable=True), tf.int64)', {
        when: all(flatAxis, not(hasDType('a', 'bool'))),
        review: stability,
      }),
    ],
    refuse: { order: fieldsOnly },
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
  argExtreme('TL670', 'argmin', ['54b', '54c', '55c']),
  running('TL671', 'cumsum', ['10b', '56', '56c']),
  running('TL672', 'cumprod', ['56', '56b']),
  {
    id: 'TL673',
    family: 'reductions',
    names: ['sort'],
    why: 'tf.sort has no kernel for bool and needs an axis; NumPy puts NaN last.',
    params: ['a', 'axis', 'kind', 'order', '*', 'stable'],
    forms: [
      form('tf.sort(tf.reshape({a}, [-1]))', {
        when: all(knownResult, flatAxis, not(hasDType('a', 'bool'))),
        review: nanLast,
      }),
      form('tf.cast(tf.sort(tf.cast({a}, tf.int32)«, axis={axis:value}»), tf.bool)', {
        when: all(hasDType('a', 'bool'), not(flatAxis)),
      }),
      form('tf.sort({a}«, axis={axis:value}»)', {
        when: all(knownResult, not(hasDType('a', 'bool'))),
        review: nanLast,
      }),
    ],
    refuse: { order: fieldsOnly },
    bound: 'exact',
    hazards: ['12d', '57', '57c', '57d'],
    example: 'result = np.sort(np.array([3, 1, 2]))',
  },
  {
    id: 'TL674',
    family: 'reductions',
    names: ['nonzero', 'ndarray.nonzero'],
    why: 'np.nonzero gives one array of indices for each axis, tf.where one matrix with a row for each element.',
    params: ['a'],
    method: ['a'],
    forms: places('a'),
    bound: 'exact',
    hazards: ['46b', '46d'],
    example: 'rows, columns = np.nonzero(np.array([[0, 1], [2, 0]]))\nresult = rows * 10 + columns',
  },
  {
    id: 'TL678',
    family: 'reductions',
    names: ['nonzero element'],
    why: 'One of the index arrays of np.nonzero or np.where is a column of the matrix that tf.where gives.',
    params: ['a'],
    forms: [
      form('tf.where({a})[:, {axis}]', { when: all(rankAtLeast('a', 1), hasDType('a', 'bool')) }),
      form('tf.where({a} != 0)[:, {axis}]', { when: all(rankAtLeast('a', 1), isArray('a')) }),
    ],
    bound: 'exact',
    hazards: ['45', '46b'],
    example: 'x = np.array([3.0, -1.0, 2.0])\nresult = np.where(x > 0)[0]',
  },
  {
    id: 'TL675',
    family: 'reductions',
    names: ['argwhere'],
    why: 'What tf.where gives with one argument is what NumPy calls argwhere.',
    params: ['a'],
    forms: [
      form('tf.where({a})', { when: all(rankAtLeast('a', 1), hasDType('a', 'bool')) }),
      form('tf.where({a} != 0)', { when: all(rankAtLeast('a', 1), isArray('a')) }),
    ],
    bound: 'exact',
    hazards: ['46'],
    example: 'result = np.argwhere(np.array([[0, 1], [2, 0]]) > 0)',
  },
  {
    id: 'TL676',
    family: 'reductions',
    names: ['flatnonzero'],
    why: 'tf.where gives a matrix with a row for each element: its only column holds the indices.',
    params: ['a'],
    forms: [
      form('tf.where({a})[:, 0]', { when: all(hasRank('a', 1), hasDType('a', 'bool')) }),
      form('tf.where({a} != 0)[:, 0]', { when: all(hasRank('a', 1), isArray('a')) }),
      form('tf.where(tf.reshape({a}, [-1]) != 0)[:, 0]', { when: all(isArray('a'), not(hasDType('a', 'bool'))) }),
      form('tf.where(tf.reshape({a}, [-1]))[:, 0]', { when: isArray('a') }),
    ],
    bound: 'exact',
    hazards: ['46c'],
    example: 'result = np.flatnonzero(np.array([0, 3, 0, 5]) > 0)',
  },
  {
    id: 'TL677',
    family: 'reductions',
    names: ['take', 'ndarray.take'],
    why: 'Without an axis NumPy counts in the flattened array; tf.gather takes axis 0 and refuses negative indices.',
    params: takeParams,
    method: takeParams,
    forms: [
      form('{a}[{indices:value}]', { when: all(oneIndex, either(rowOnly, firstAxis)) }),
      form('tf.gather({a}, {indices:index})', { when: all(notNegative, either(rowOnly, firstAxis)), review: inRange }),
      form('tf.gather({a}, {indices:index}, axis={axis:value})', {
        when: all(notNegative, given('axis')),
        review: inRange,
      }),
      form('tf.gather(tf.reshape({a}, [-1]), {indices:index})', { when: notNegative, review: inRange }),
    ],
    refuse: { out: noOut, mode: only('limit the indices with tf.clip_by_value or % first', 'raise') },
    bound: 'exact',
    hazards: ['43e', '43f', '43g'],
    example: 'x = np.array([10, 20, 30])\nresult = np.take(x, [2, 0])',
  },
];
