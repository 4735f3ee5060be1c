// Rules for axes and places: squeeze, stack, repeat, roll, flip and the like. TensorFlow wants axes named, as lists, and of known rank.
import {
  absentOr,
  all,
  form,
  given,
  hasRank,
  integerConstant,
  integerConstants,
  isArray,
  isNumber,
  itemsOfRank,
  itemsOfRankAtLeast,
  knownResult,
  not,
  rankAtLeast,
  simple,
} from './conditions.ts';
import { noOut, only } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const rankOf = (call: Call, name: string): number | undefined => call.arg(name).shape?.length;
const axesOf = (call: Call, name: string): string | null => {
  const axes = integerConstants(call.arg(name));
  return axes && `[${axes.join(', ')}]`;
};
/** The order of the axes after two of them are exchanged. */
const exchanged = (call: Call, first: number | null, second: number | null): readonly number[] | null => {
  const rank = rankOf(call, 'a');
  if (rank === undefined || first === null || second === null) return null;
  const [i, j] = [first, second].map(axis => (axis < 0 ? axis + rank : axis));
  if (i === undefined || j === undefined || Math.min(i, j) < 0 || Math.max(i, j) >= rank) return null;
  return Array.from({ length: rank }, (_, axis) => (axis === i ? j : axis === j ? i : axis));
};
const transposedBy = (order: readonly number[]): string =>
  order.length === 2 && order[0] === 1 ? 'tf.transpose({a})' : `tf.transpose({a}, [${order.join(', ')}])`;
const swapped = (call: Call): readonly number[] | null =>
  exchanged(call, integerConstant(call.arg('axis1')), integerConstant(call.arg('axis2')));
const lastSwapped = (call: Call): readonly number[] | null => exchanged(call, -2, -1);

const castingOnly = only('TensorFlow has no casting modes', 'same_kind');
const oneNumber =
  (name: string) =>
  (call: Call): boolean =>
    call.arg(name).kind === 'number' || (call.arg(name).kind === 'array' && rankOf(call, name) === 0);
const sameLength = (call: Call): boolean => {
  const [shift, axis] = [call.arg('shift').items, integerConstants(call.arg('axis'))];
  return shift !== null && axis !== null && shift.length === axis.length && call.arg('axis').kind === 'sequence';
};
/** One shift for several axes, once for each. */
const repeatedShift = (call: Call): readonly number[] => {
  const [shift, axes] = [integerConstant(call.arg('shift')), integerConstants(call.arg('axis'))];
  return shift === null || axes === null || call.arg('axis').kind !== 'sequence' ? [] : axes.map(() => shift);
};
/** New axes as they stand in an index. */
const atLeast = (id: string, rank: 1 | 2 | 3): Rule => ({
  id,
  family: 'shape',
  names: [`atleast_${rank}d`],
  why: `TensorFlow has no atleast_${rank}d: the new axes are written out, by the rank.`,
  params: ['*arys'],
  forms: [
    form('tf.identity({arys})', { when: all(single, isArray('arys'), rankAtLeast('arys', rank)) }),
    form(`tf.reshape({arys}, [${Array(rank).fill(1).join(', ')}])`, { when: all(single, hasRank('arys', 0)) }),
    form(rank === 3 ? '{arys}[None, :, None]' : '{arys}[None]', { when: all(single, hasRank('arys', 1)) }),
    form('{arys}[:, :, None]', { when: all(single, hasRank('arys', 2)) }),
  ],
  bound: 'exact',
  hazards: ['82d'],
  example: `result = np.atleast_${rank}d(np.array([1.0, 2.0]))`,
});
function single(call: Call): boolean {
  return call.rest.length === 1;
}

const repeatParams = ['a', 'repeats', 'axis'];
const swapParams = ['a', 'axis1', 'axis2'];

export const layout: readonly Rule[] = [
  {
    id: 'TL680',
    family: 'shape',
    names: ['squeeze', 'ndarray.squeeze'],
    why: 'A plain rename; tensors have no squeeze method.',
    params: ['a', 'axis'],
    method: ['a', 'axis'],
    forms: [
      form('tf.squeeze({a}, axis={axis:list})', { when: given('axis') }),
      form('tf.squeeze({a})', { when: isArray('a') }),
    ],
    bound: 'exact',
    hazards: ['82b'],
    example: 'x = np.zeros((1, 3, 1))\nresult = np.squeeze(x, axis=0)',
  },
  {
    id: 'TL681',
    family: 'shape',
    names: ['expand_dims'],
    why: 'tf.expand_dims takes one axis for each call.',
    params: ['a', 'axis'],
    forms: [
      form('tf.expand_dims({a}, {axis:value})', { when: call => call.arg('axis').kind === 'number' }),
      form(
        call =>
          (integerConstants(call.arg('axis')) ?? []).reduce(
            (inner, axis) => `tf.expand_dims(${inner}, ${axis})`,
            '{a}',
          ),
        {
          // From the front, in order: each axis is then one of the result.
          when: call => {
            const axes = integerConstants(call.arg('axis'));
            return axes !== null && axes.every((axis, i) => axis >= 0 && axis > (axes[i - 1] ?? -1));
          },
        },
      ),
    ],
    bound: 'exact',
    hazards: ['82'],
    example: 'result = np.expand_dims(np.array([1.0, 2.0]), axis=1)',
  },
  {
    id: 'TL682',
    family: 'shape',
    names: ['swapaxes', 'ndarray.swapaxes'],
    why: 'TensorFlow has no swapaxes: it is a transpose with the order written out.',
    params: swapParams,
    method: swapParams,
    forms: [form(call => transposedBy(swapped(call) ?? []), { when: call => swapped(call) !== null })],
    bound: 'exact',
    hazards: ['82c'],
    example: 'x = np.zeros((2, 3, 4))\nresult = np.swapaxes(x, 0, 2)',
  },
  {
    id: 'TL683',
    family: 'shape',
    names: ['ndarray.mT'],
    why: 'Tensors have no mT: it is a transpose with the order written out.',
    params: ['a'],
    forms: [form(call => transposedBy(lastSwapped(call) ?? []), { when: call => lastSwapped(call) !== null })],
    bound: 'exact',
    hazards: ['71', '82c'],
    example: 'x = np.zeros((2, 3, 4))\nresult = x.mT',
  },
  {
    id: 'TL684',
    family: 'shape',
    names: ['broadcast_to'],
    why: 'A plain rename; the shape goes in as one list.',
    params: ['array', 'shape', 'subok'],
    forms: [form('tf.broadcast_to({array}, {shape:list})', { when: call => call.arg('array').dtype !== null })],
    refuse: { subok: only('tensors have no subclasses', true, false) },
    bound: 'exact',
    hazards: ['82e'],
    example: 'result = np.broadcast_to(np.array([1, 2]), (3, 2))',
  },
  {
    id: 'TL685',
    family: 'shape',
    names: ['stack'],
    why: 'tf.stack does not promote: all parts get the dtype that NumPy would choose.',
    params: ['arrays', 'axis', 'out', '*', 'dtype', 'casting'],
    forms: [
      form('tf.stack({arrays:items}«, axis={axis:value}»)', { when: itemsOfRankAtLeast('arrays', 0) }),
      form('tf.stack({arrays:value}«, axis={axis:value}»)', {
        when: call => call.arg('arrays').tensors === true,
        review: call => (call.arg('arrays').filled === true ? null : 'an empty list raises other words'),
      }),
    ],
    refuse: { out: noOut, casting: castingOnly },
    bound: 'exact',
    hazards: ['75f', '278'],
    example: 'result = np.stack([np.array([1, 2]), np.array([0.5, 1.5])], axis=1)',
  },
  {
    id: 'TL686',
    family: 'shape',
    names: ['column_stack'],
    why: 'np.column_stack makes columns of vectors before it joins along axis 1.',
    params: ['tup'],
    forms: [
      form('tf.stack({tup:items}, axis=1)', { when: itemsOfRank('tup', 1) }),
      form('tf.concat({tup:columns}, 1)', { when: itemsOfRankAtLeast('tup', 1) }),
    ],
    bound: 'exact',
    hazards: ['75e'],
    example: 'result = np.column_stack([np.array([1.0, 2.0]), np.array([3.0, 4.0])])',
  },
  {
    id: 'TL687',
    family: 'shape',
    names: ['repeat', 'ndarray.repeat'],
    why: 'A plain rename: both flatten without an axis.',
    params: repeatParams,
    method: repeatParams,
    forms: [form('tf.repeat({a}, {repeats:index}«, axis={axis:value}»)', { when: knownResult })],
    bound: 'exact',
    hazards: ['77d', '77e'],
    example: 'result = np.repeat(np.array([1, 2]), 2)',
  },
  {
    id: 'TL688',
    family: 'shape',
    names: ['append'],
    why: 'TensorFlow has no append: it is tf.concat, of flattened tensors without an axis.',
    params: ['arr', 'values', 'axis'],
    forms: [
      form('tf.concat([{arr:result}, {values:result}], {axis:value})', { when: all(knownResult, given('axis')) }),
      form('tf.concat([{arr:result}, tf.constant([{values:value}], {dtype})], 0)', {
        when: all(knownResult, not(given('axis')), hasRank('arr', 1), isNumber('values')),
      }),
      form('tf.concat([tf.constant([{arr:value}], {dtype}), {values:result}], 0)', {
        when: all(knownResult, not(given('axis')), isNumber('arr'), hasRank('values', 1)),
      }),
      form('tf.concat([{arr:result}, tf.reshape({values:result}, [-1])], 0)', {
        when: all(knownResult, not(given('axis')), hasRank('arr', 1), not(hasRank('values', 1))),
      }),
      form('tf.concat([{arr:result}, {values:result}], 0)', {
        when: all(knownResult, not(given('axis')), hasRank('arr', 1)),
      }),
      form('tf.concat([tf.reshape({arr:result}, [-1]), tf.reshape({values:result}, [-1])], 0)', {
        when: all(knownResult, not(given('axis'))),
      }),
    ],
    bound: 'exact',
    hazards: ['240j', '240k'],
    example: 'result = np.append(np.array([1.0, 2.0]), 3.0)',
  },
  {
    id: 'TL689',
    family: 'shape',
    names: ['flip'],
    why: 'tf.reverse wants a list of axes; np.flip without an axis reverses all of them.',
    params: ['m', 'axis'],
    forms: [
      form(call => `tf.reverse({m}, ${axesOf(call, 'axis') ?? ''})`, { when: call => axesOf(call, 'axis') !== null }),
      form('tf.reverse({m}, [{axis:value}])', { when: call => call.arg('axis').kind === 'number' }),
      form(call => `tf.reverse({m}, [${[...(call.arg('m').shape ?? []).keys()].join(', ')}])`, {
        when: all(not(given('axis')), rankAtLeast('m', 1)),
      }),
    ],
    bound: 'exact',
    hazards: ['78c', '78e'],
    example: 'x = np.array([[1, 2], [3, 4]])\nresult = np.flip(x)',
  },
  {
    id: 'TL690',
    family: 'shape',
    names: ['roll'],
    why: 'tf.roll wants an axis; np.roll without one rolls the flattened array.',
    params: ['a', 'shift', 'axis'],
    forms: [
      form('tf.roll({a}, {shift:value}, axis={axis:value})', {
        when: all(isArray('a'), oneNumber('shift'), call => call.arg('axis').kind === 'number'),
      }),
      form('tf.roll({a}, {shift:value}, axis={axis:value})', { when: all(isArray('a'), sameLength) }),
      form(call => `tf.roll({a}, [${repeatedShift(call).join(', ')}], axis={axis:list})`, {
        when: all(isArray('a'), call => repeatedShift(call).length > 0),
      }),
      form('tf.roll({a}, {shift:value}, axis=0)', {
        when: all(hasRank('a', 1), oneNumber('shift'), not(given('axis'))),
      }),
      form('tf.reshape(tf.roll(tf.reshape({a}, [-1]), {shift:value}, axis=0), {a}.shape)', {
        when: all(isArray('a'), simple('a'), oneNumber('shift'), not(given('axis'))),
      }),
    ],
    bound: 'exact',
    hazards: ['78', '78b'],
    example: 'x = np.array([[1, 2], [3, 4]])\nresult = np.roll(x, 1, axis=0)',
  },
  atLeast('TL691', 1),
  atLeast('TL692', 2),
  atLeast('TL693', 3),
  {
    id: 'TL694',
    family: 'shape',
    names: ['ndim', 'ndarray.ndim'],
    why: 'A tensor has ndim as an attribute and a variable has not: both have the rank of their shape.',
    params: ['a'],
    forms: [form('{a}.shape.rank', { when: isArray('a'), python: true })],
    bound: 'exact',
    hazards: ['73c'],
    example: 'x = np.zeros((2, 3))\nresult = np.ndim(x)',
  },
  {
    id: 'TL695',
    family: 'shape',
    names: ['size'],
    why: 'tf.size gives an int32 tensor, where NumPy gives a Python number.',
    params: ['a', 'axis'],
    forms: [
      form('{a}.shape[{axis:value}]', { when: all(isArray('a'), given('axis')), python: true }),
      form('int(tf.size({a}))', { when: isArray('a'), python: true }),
    ],
    bound: 'exact',
    hazards: ['73c'],
    example: 'x = np.zeros((2, 3))\nresult = np.size(x, 1)',
  },
  {
    id: 'TL696',
    family: 'linalg',
    names: ['outer'],
    why: 'TensorFlow has no outer: it is a column times a row.',
    params: ['a', 'b', 'out'],
    forms: [
      form('{a:result}[:, None] * {b:result}', { when: all(knownResult, hasRank('a', 1), hasRank('b', 1)) }),
      form('tf.reshape({a:result}, [-1, 1]) * tf.reshape({b:result}, [-1])', {
        when: knownResult,
      }),
    ],
    refuse: { out: noOut },
    bound: 'exact',
    hazards: ['89'],
    example: 'result = np.outer(np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0]))',
  },
  {
    id: 'TL697',
    family: 'creation',
    names: ['indices'],
    why: 'TensorFlow has no indices: tf.meshgrid makes the same grids with ij indexing.',
    params: ['dimensions', 'dtype', 'sparse'],
    forms: [
      form(`tf.meshgrid({dimensions:ranges}, indexing='ij')`, {
        when: all(severalDims, call => call.use === 'unpacked'),
      }),
      form(`tf.stack(tf.meshgrid({dimensions:ranges}, indexing='ij'))`, { when: severalDims }),
    ],
    refuse: { sparse: only('index with None instead', false) },
    bound: 'exact',
    hazards: ['48g'],
    example: 'rows, columns = np.indices((2, 3))\nresult = rows * 10 + columns',
  },
  {
    id: 'TL698',
    family: 'creation',
    names: ['ascontiguousarray'],
    why: 'Tensors always lie in rows (C order).',
    params: ['a', 'dtype', '*', 'like'],
    forms: [
      form('tf.cast({a}, {dtype})', { when: all(isArray('a'), rankAtLeast('a', 1), given('dtype')) }),
      form('tf.identity({a})', { when: all(isArray('a'), rankAtLeast('a', 1), absentOr('dtype', null)) }),
    ],
    refuse: { like: only('`like` chooses another array library', null) },
    bound: 'exact',
    hazards: ['31c'],
    example: 'x = np.zeros((2, 3))\nresult = np.ascontiguousarray(x.T)',
  },
];

function severalDims(call: Call): boolean {
  return (call.arg('dimensions').items?.length ?? 0) > 1 && knownResult(call);
}
