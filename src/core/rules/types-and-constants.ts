// Rules for dtypes, constants, casts and the ways out of arrays.
import { form, isArray } from './conditions.ts';
import { isFloat } from '../../shared/dtypes.ts';
import { only, orderOnly } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const scalarType = (id: string, name: 'float64' | 'float32'): Rule => ({
  id,
  family: 'types',
  names: [name],
  why: `A ${name} scalar is strong in promotion; tf.constant with the dtype keeps that, a Python float would not.`,
  params: ['value', '/'],
  forms: [
    form(`tf.cast({value}, tf.${name})`, { when: isArray('value') }),
    form(`tf.constant({value:value}, tf.${name})`, { when: call => call.arg('value').kind === 'number' }),
  ],
  bound: 'exact',
  hazards: ['5', '16b', '232'],
  example: `result = np.${name}(0.1)`,
});

/** float to integer: NaN and values out of range have no defined result. */
const castReview =
  (name: string) =>
  (call: Call): string | null => {
    const from = call.arg(name).dtype;
    if (from === null) return 'the dtype before the cast is not known';
    if (!isFloat(from) || call.dtype === null || isFloat(call.dtype) || call.dtype === 'bool') return null;
    return 'NaN and numbers out of range have no defined integer';
  };

const integerType = (id: string, dtype: 'int64' | 'int32', ...names: readonly string[]): Rule => ({
  id,
  family: 'types',
  names: [dtype, ...names],
  why: `An ${dtype} scalar is strong in promotion; tf.constant with the dtype keeps that, a Python int would not.`,
  params: ['value', '/'],
  forms: [
    form(`tf.cast({value}, tf.${dtype})`, { when: isArray('value'), review: castReview('value') }),
    form(`tf.constant({value:value}, tf.${dtype})`, {
      when: call => call.arg('value').weak === 'int' && (dtype === 'int64' || call.arg('value').constant !== undefined),
    }),
    form(`tf.constant(int({value:value}), tf.${dtype})`, { when: call => call.arg('value').weak === 'float' }),
  ],
  bound: 'exact',
  hazards: ['5', '16b'],
  example: `result = np.${dtype}(7)`,
});

export const typesAndConstants: readonly Rule[] = [
  {
    id: 'TL167',
    family: 'types',
    names: ['ndarray'],
    why: 'As a type in isinstance and annotations, np.ndarray becomes tf.Tensor.',
    params: [],
    forms: [form('tf.Tensor', { when: call => call.use !== 'index', python: true })],
    bound: 'exact',
    hazards: ['115'],
    example: 'x = np.zeros(2)\nresult = isinstance(x, np.ndarray)',
  },
  scalarType('TL168', 'float64'),
  scalarType('TL169', 'float32'),
  integerType('TL706', 'int64', 'int_', 'intp'),
  integerType('TL707', 'int32', 'intc'),
  {
    id: 'TL170',
    family: 'types',
    names: ['finfo'],
    why: 'The numbers of a float type are constants: they are written out in that dtype.',
    params: [],
    forms: [form('{call:finfo}', { when: call => call.arg('member').given })],
    bound: 'exact',
    hazards: ['234'],
    example: 'x = np.array([0.0, 1.0])\nresult = x + np.finfo(np.float64).eps',
  },
  ...(['pi', 'inf', 'nan', 'e'] as const).map((name, index): Rule => ({
    id: name === 'e' ? 'TL708' : `TL17${index + 1}`,
    family: 'types',
    names: [name],
    why: `np.${name} is a Python float: math.${name} is the same number.`,
    params: [],
    forms: [form(`math.${name}`, { python: true })],
    bound: 'exact',
    hazards: ['16e'],
    example: `result = np.array([0.5, 2.0]) * np.${name}`,
    imports: ['math'],
  })),
  {
    id: 'TL174',
    family: 'types',
    names: ['newaxis'],
    why: 'A plain rename; None means the same in both.',
    params: [],
    forms: [form('tf.newaxis', { python: true })],
    bound: 'exact',
    hazards: ['52'],
    example: 'x = np.arange(3.0)\nresult = x[:, np.newaxis]',
  },
  {
    id: 'TL175',
    family: 'types',
    names: ['testing.assert_almost_equal'],
    why: 'tf.debugging.assert_near takes the tolerance itself, which is 1.5 * 10 ** -decimal, and one dtype.',
    params: ['actual', 'desired', 'decimal', 'err_msg', 'verbose'],
    forms: [
      form(
        call => {
          const { constant } = call.arg('decimal');
          return `tf.debugging.assert_near({actual:both}, {desired:both}, rtol=0, atol=1.5e-${typeof constant === 'number' ? constant : 7})`;
        },
        {
          when: call =>
            isArray('actual')(call) &&
            ['array', 'number', 'sequence'].includes(call.arg('desired').kind) &&
            call.arg('actual').dtype !== null &&
            call.arg('desired').dtype !== null &&
            isFloat(call.arg('actual').dtype ?? 'bool') &&
            (!call.arg('decimal').given || typeof call.arg('decimal').constant === 'number'),
          review: 'a difference raises InvalidArgumentError instead of AssertionError',
          python: true,
        },
      ),
    ],
    refuse: { err_msg: only('the message has another form', ''), verbose: only('the message has another form', true) },
    bound: 'exact',
    hazards: [],
    example: 'x = np.array([0.1, 0.2]) * 3\nnp.testing.assert_almost_equal(x, np.array([0.3, 0.6]))\nresult = x',
  },
  {
    id: 'TL176',
    family: 'methods',
    names: ['ndarray.astype'],
    why: 'Tensors have no astype; dtype names are translated, since `float` means float32 to TensorFlow and float64 to NumPy.',
    params: ['a', 'dtype', 'order', 'casting', 'subok', 'copy'],
    forms: [
      form('tf.cast({a}, {dtype})', {
        when: call =>
          isArray('a')(call) && call.dtype !== null && (call.dtype !== 'uint8' || call.arg('a').dtype !== null),
        review: castReview('a'),
      }),
    ],
    refuse: {
      order: orderOnly,
      casting: only('tf.cast casts everything', 'unsafe'),
      subok: only('tensors have no subclasses', true, false),
      copy: only('tensors are never shared', true, false),
    },
    bound: 'exact',
    hazards: ['20i', '20k', '200', '204'],
    example: 'x = np.array([1, 2])\nresult = x.astype(float)',
  },
  {
    id: 'TL177',
    family: 'methods',
    names: ['ndarray.copy'],
    why: 'A tensor can not be changed, so a copy is another name for it; tf.identity says so.',
    params: ['a', 'order'],
    forms: [form('tf.identity({a})')],
    refuse: { order: orderOnly },
    bound: 'exact',
    hazards: ['31c'],
    example: 'x = np.array([1.0, 2.0])\nresult = x.copy()',
  },
  {
    id: 'TL178',
    family: 'methods',
    names: ['ndarray.tolist'],
    why: 'Tensors have no tolist: it is asked of the array that numpy() gives.',
    params: ['a'],
    forms: [form('{a}.numpy().tolist()', { python: true })],
    bound: 'exact',
    hazards: ['71f'],
    example: 'x = np.array([1, 2])\nresult = x.tolist()',
  },
  {
    id: 'TL179',
    family: 'methods',
    names: ['ndarray.data'],
    why: 'The buffer belongs to the ndarray: a tensor gives a read-only one through numpy().',
    params: ['a'],
    forms: [
      form('{a}.numpy().data', {
        python: true,
        review: 'the buffer is of a copy: writing to it does not change the tensor',
      }),
    ],
    bound: 'exact',
    hazards: ['240c'],
    example: 'x = np.array([1, 2])\nresult = x.data.tolist()',
  },
];
