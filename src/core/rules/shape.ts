// Rules for shapes: reshape, transpose, join, repeat. Tensors have none of ndarray's methods, and tf.concat wants an axis.
import {
  all,
  form,
  given,
  hasRank,
  integerConstants,
  isConstant,
  itemsOfRank,
  itemsOfRankAtLeast,
  not,
  rankAtLeast,
} from './conditions.ts';
import { noOut, only } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const shapeUse = (call: Call): boolean => call.use !== 'other';
const permutation = (call: Call): readonly number[] | null => {
  const rank = call.arg('a').shape?.length;
  const from = integerConstants(call.arg('source'));
  const to = integerConstants(call.arg('destination'));
  if (rank === undefined || !from || !to || from.length !== to.length) return null;
  const wrap = (axis: number): number => (axis < 0 ? axis + rank : axis);
  const source = from.map(wrap);
  const target = to.map(wrap);
  if ([...source, ...target].some(axis => axis < 0 || axis >= rank)) return null;
  const order = Array.from({ length: rank }, (_, axis) => axis).filter(axis => !source.includes(axis));
  const moves = target.map((place, i) => ({ place, axis: source[i] ?? 0 })).sort((a, b) => a.place - b.place);
  for (const { place, axis } of moves) order.splice(place, 0, axis);
  return order;
};
/** np.tile's repetitions for every axis, as TensorFlow wants them. */
const repetitions = (call: Call): readonly number[] | null => {
  const reps = integerConstants(call.arg('reps'));
  const rank = call.arg('A').shape?.length;
  return reps && rank !== undefined ? [...Array<number>(Math.max(0, rank - reps.length)).fill(1), ...reps] : null;
};
const newAxes = (call: Call): number => (repetitions(call)?.length ?? 0) - (call.arg('A').shape?.length ?? 0);

const castingOnly = only('TensorFlow has no casting modes', 'same_kind');

export const shape: readonly Rule[] = [
  {
    id: 'TL145',
    family: 'shape',
    names: ['shape', 'ndarray.shape'],
    why: "A tensor's shape is a TensorShape; as a value of its own it is made a tuple.",
    params: ['a'],
    forms: [form('{a}.shape', { when: shapeUse, python: true }), form('tuple({a}.shape)', { python: true })],
    bound: 'exact',
    hazards: ['72', '72c', '72d'],
    example: 'x = np.zeros((2, 3))\nresult = x.shape',
  },
  {
    id: 'TL146',
    family: 'shape',
    names: ['reshape', 'ndarray.reshape'],
    why: 'Tensors have no reshape method; the shape goes in as one list.',
    params: ['a', '/', 'shape', 'order', '*', 'copy'],
    method: ['a', '*shape', 'order', 'copy'],
    forms: [form('tf.reshape({a}, {shape:list})')],
    refuse: {
      order: only('TensorFlow reads and writes in rows (C order) only', 'C'),
      copy: only('tensors are never shared', null, true),
    },
    bound: 'exact',
    hazards: ['70', '70c', '70d', '70e'],
    example: 'x = np.arange(6)\nresult = x.reshape(2, 3)',
  },
  {
    id: 'TL147',
    family: 'shape',
    names: ['transpose', 'ndarray.transpose', 'ndarray.T'],
    why: 'Tensors have no T and no transpose method.',
    params: ['a', 'axes'],
    method: ['a', '*axes'],
    forms: [form('tf.transpose({a}, {axes:list})', { when: given('axes') }), form('tf.transpose({a})')],
    bound: 'exact',
    hazards: ['71', '71d', '71e'],
    example: 'x = np.array([[1, 2, 3], [4, 5, 6]])\nresult = x.T',
  },
  {
    id: 'TL148',
    family: 'shape',
    names: ['moveaxis'],
    why: 'TensorFlow has no moveaxis: it is a transpose with the order written out.',
    params: ['a', 'source', 'destination'],
    forms: [
      form(call => `tf.transpose({a}, [${(permutation(call) ?? []).join(', ')}])`, {
        when: call => permutation(call) !== null,
      }),
    ],
    bound: 'exact',
    hazards: [],
    example: 'x = np.zeros((2, 3, 4))\nresult = np.moveaxis(x, 0, -1)',
  },
  {
    id: 'TL149',
    family: 'shape',
    names: ['concatenate'],
    why: 'tf.concat wants the axis and one dtype.',
    params: ['arrays', '/', 'axis', 'out', '*', 'dtype', 'casting'],
    forms: [
      form('tf.concat({arrays:raveled}, 0)', {
        when: all(call => isConstant(call.arg('axis'), null), itemsOfRankAtLeast('arrays', 0)),
      }),
      form('tf.concat({arrays:items}, {axis:value})', { when: all(given('axis'), itemsOfRankAtLeast('arrays', 1)) }),
      form('tf.concat({arrays:items}, 0)', { when: all(not(given('axis')), itemsOfRankAtLeast('arrays', 1)) }),
      form('tf.concat({arrays:value}, {axis:value})', {
        when: all(given('axis'), call => call.arg('arrays').tensors === true),
      }),
      form('tf.concat({arrays:value}, 0)', {
        when: all(not(given('axis')), call => call.arg('arrays').tensors === true),
      }),
    ],
    refuse: { out: noOut, casting: castingOnly },
    bound: 'exact',
    hazards: ['74', '74b', '74c', '74d', '241'],
    example: 'result = np.concatenate([np.array([1, 2]), np.array([0.5])])',
  },
  {
    id: 'TL150',
    family: 'shape',
    names: ['hstack'],
    why: 'np.hstack joins vectors along axis 0 and everything else along axis 1.',
    params: ['tup', '*', 'dtype', 'casting'],
    forms: [
      form('tf.concat({tup:items}, 0)', { when: itemsOfRank('tup', 1) }),
      form('tf.concat({tup:items}, 1)', { when: itemsOfRankAtLeast('tup', 2) }),
      form('tf.stack({tup:items})', { when: itemsOfRank('tup', 0) }),
    ],
    refuse: { casting: castingOnly },
    bound: 'exact',
    hazards: ['75'],
    example: 'result = np.hstack([np.array([1.0]), np.array([2.0, 3.0])])',
  },
  {
    id: 'TL151',
    family: 'shape',
    names: ['vstack'],
    why: 'np.vstack makes rows of vectors before it joins along axis 0.',
    params: ['tup', '*', 'dtype', 'casting'],
    forms: [
      form('tf.stack({tup:items})', { when: itemsOfRank('tup', 1) }),
      form('tf.concat({tup:items}, 0)', { when: itemsOfRankAtLeast('tup', 2) }),
      form('tf.concat({tup:rows}, 0)', { when: itemsOfRankAtLeast('tup', 1) }),
      form('tf.stack({tup:value})', {
        when: call => call.arg('tup').tensors === true && call.arg('tup').shape?.length === 2,
        review: call => (call.arg('tup').filled === true ? null : 'an empty list raises other words'),
      }),
      form('tf.concat({tup:value}, 0)', {
        when: call => call.arg('tup').tensors === true && (call.arg('tup').shape?.length ?? 0) > 2,
      }),
    ],
    refuse: { casting: castingOnly },
    bound: 'exact',
    hazards: ['75b', '75c'],
    example: 'result = np.vstack([np.array([1.0, 2.0]), np.array([3.0, 4.0])])',
  },
  {
    id: 'TL152',
    family: 'shape',
    names: ['tile'],
    why: 'tf.tile wants one repetition per axis; np.tile adds axes on either side.',
    params: ['A', 'reps'],
    forms: [
      form(call => `tf.tile({A}, [${(repetitions(call) ?? []).join(', ')}])`, {
        when: call => repetitions(call) !== null && newAxes(call) === 0,
      }),
      form(
        call =>
          `tf.tile({A}[${Array<string>(newAxes(call)).fill('None').join(', ')}], [${(repetitions(call) ?? []).join(', ')}])`,
        {
          when: call => repetitions(call) !== null && newAxes(call) > 0,
        },
      ),
      form('tf.tile({A}, [{reps:value}])', { when: all(hasRank('A', 1), call => call.arg('reps').kind === 'number') }),
      form('tf.tile({A}, {reps:list})', {
        when: all(rankAtLeast('A', 1), call => call.arg('reps').items?.length === call.arg('A').shape?.length),
      }),
      form('tf.tile({A}[None], {reps:list})', {
        when: all(hasRank('A', 1), call => call.arg('reps').items?.length === 2),
      }),
    ],
    bound: 'exact',
    hazards: ['77', '77b', '77c'],
    example: 'result = np.tile(np.array([1, 2]), (2, 2))',
  },
  {
    id: 'TL153',
    family: 'shape',
    names: ['ndarray.ravel', 'ndarray.flatten', 'ravel'],
    why: 'Tensors have no ravel or flatten method: reshape to [-1] does it.',
    params: ['a', 'order'],
    forms: [form('tf.reshape({a}, [-1])')],
    refuse: { order: only('TensorFlow reads in rows (C order) only', 'C') },
    bound: 'exact',
    hazards: ['70b', '70d'],
    example: 'x = np.array([[1, 2], [3, 4]])\nresult = x.ravel()',
  },
  {
    id: 'TL155',
    family: 'shape',
    names: ['ndarray.size'],
    why: 'Tensors have no size attribute; tf.size gives a tensor, int() the Python number that NumPy gives.',
    params: ['a'],
    forms: [form('int(tf.size({a}))', { python: true })],
    bound: 'exact',
    hazards: ['71g'],
    example: 'x = np.zeros((2, 3))\nresult = x.size',
  },
];
