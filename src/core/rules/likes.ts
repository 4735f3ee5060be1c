// Rules for arrays that are made like another one.
import { isFloat } from '../../shared/dtypes.ts';
import { all, form, given, hasRank, isArray } from './conditions.ts';
import { memory } from './creation.ts';
import { only } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const likeParams = ['a', 'dtype', 'order', 'subok', 'shape', '*', 'device'];
const likeRefusals = {
  ...memory,
  subok: only('tensors have no subclasses', true, false),
  shape: only('tf.zeros_like takes no shape', null),
};

/** The value needs no cut to be of the dtype of the result: a float does not go into integers. */
const fitsInto = (call: Call): boolean => {
  const value = call.arg('fill_value').dtype;
  return value !== null && call.dtype !== null && (isFloat(call.dtype) || (!isFloat(value) && call.dtype !== 'bool'));
};

export const likes: readonly Rule[] = [
  ...(['zeros_like', 'ones_like'] as const).map((name, index): Rule => ({
    id: index === 0 ? 'TL107' : 'TL108',
    family: 'creation',
    names: [name],
    why: `tf.${name} keeps the dtype of a tensor as NumPy does; only an explicit dtype has to be translated.`,
    params: likeParams,
    forms: [
      form(`tf.${name}({a}, dtype={dtype})`, { when: given('dtype') }),
      form(`tf.${name}({a})`, { when: isArray('a') }),
    ],
    refuse: likeRefusals,
    bound: 'exact',
    hazards: ['273'],
    example: `x = np.array([1, 2, 3])\nresult = np.${name}(x)`,
  })),
  {
    id: 'TL600',
    family: 'creation',
    names: ['empty_like'],
    why: 'TensorFlow has no uninitialised tensors: zeros are as good as what np.empty_like happens to hold.',
    params: ['prototype', '/', 'dtype', 'order', 'subok', 'shape', '*', 'device'],
    forms: [
      form('tf.zeros_like({prototype}, dtype={dtype})', { when: given('dtype') }),
      form('tf.zeros_like({prototype})', { when: isArray('prototype') }),
    ],
    refuse: likeRefusals,
    bound: 'exact',
    hazards: ['36', '273'],
    example: 'x = np.array([1, 2, 3])\nresult = np.empty_like(x).shape',
  },
  {
    id: 'TL601',
    family: 'creation',
    names: ['full_like'],
    why: 'The value gets the dtype of the array that it is made like: np.full_like cuts 1.9 to 1 among integers.',
    params: ['a', 'fill_value', 'dtype', 'order', 'subok', 'shape', '*', 'device'],
    forms: [
      form('tf.fill({a}.shape, {fill_value:result})', {
        when: all(isArray('a'), hasRank('fill_value', 0), call => call.dtype !== null && fitsInto(call)),
      }),
    ],
    refuse: likeRefusals,
    bound: 'exact',
    hazards: ['272'],
    example: 'x = np.array([1.0, 2.0])\nresult = np.full_like(x, 7)',
  },
];
