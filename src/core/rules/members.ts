// Rules for members of ndarray that tensors lack: they are asked of the array that numpy() gives, or are the tensor itself.
import { form, isArray, not } from './conditions.ts';
import { orderOnly } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const ofArray = (id: string, name: string, why: string, hazards: Rule['hazards']): Rule => ({
  id,
  family: 'methods',
  names: [`ndarray.${name}`],
  why,
  params: ['a'],
  forms: [form(`{a}.numpy().${name}`, { python: true })],
  bound: 'exact',
  hazards,
  example: `x = np.array([1, 2])\nresult = x.${name}`,
});

const noItem = (call: Call): boolean => !call.arg('args').given;

export const members: readonly Rule[] = [
  {
    id: 'TL700',
    family: 'methods',
    names: ['ndarray.item'],
    why: 'Tensors have no item: it is asked of the array that numpy() gives.',
    params: ['a', '*args'],
    forms: [
      form('{a}.numpy().item()', { when: noItem, python: true }),
      form('{a}.numpy().item({args:all})', { when: not(noItem), python: true }),
    ],
    bound: 'exact',
    hazards: ['71f'],
    example: 'x = np.array([1.5, 2.5])\nresult = x.sum().item()',
  },
  {
    id: 'TL701',
    family: 'methods',
    names: ['ndarray.tobytes'],
    why: 'Tensors have no tobytes: it is asked of the array that numpy() gives.',
    params: ['a', 'order'],
    forms: [form('{a}.numpy().tobytes()', { python: true })],
    refuse: { order: orderOnly },
    bound: 'exact',
    hazards: ['240c'],
    example: 'x = np.array([1, 2])\nresult = len(x.tobytes())',
  },
  ofArray('TL702', 'dtype', "A tensor's dtype is a DType, which prints differently: NumPy's is that of numpy().", [
    '234b',
    '234c',
  ]),
  ofArray('TL703', 'itemsize', 'Tensors have no itemsize: it is asked of the array that numpy() gives.', ['21']),
  ofArray('TL704', 'nbytes', 'Tensors have no nbytes: it is asked of the array that numpy() gives.', ['21']),
  {
    id: 'TL710',
    family: 'methods',
    names: ['ndarray.imag'],
    why: 'The imaginary part of a real array is zero everywhere.',
    params: ['a'],
    forms: [form('tf.zeros_like({a})', { when: isArray('a') })],
    bound: 'exact',
    hazards: ['17c', '17d'],
    example: 'x = np.array([1.0, 2.0])\nresult = x.imag',
  },
  {
    id: 'TL705',
    family: 'methods',
    names: ['ndarray.conj', 'ndarray.conjugate', 'ndarray.real'],
    why: 'A real array is its own real part and conjugate; so is the tensor.',
    params: ['a'],
    method: ['a'],
    forms: [form('tf.identity({a})', { when: isArray('a') })],
    bound: 'exact',
    hazards: ['17c', '17d'],
    example: 'x = np.array([1.0, 2.0])\nresult = x.conj()',
  },
];
