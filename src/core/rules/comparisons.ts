// Rules for comparisons of whole arrays: isclose, allclose, array_equal. The first two have a tolerance that is relative to the second array.
import { all, either, form, hasDType } from './conditions.ts';
import { only } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const params = ['a', 'b', 'rtol', 'atol', 'equal_nan'];
const equalInfinities = 'equal infinities are close in NumPy and not close here';

const sameFloats = either(
  all(hasDType('a', 'float64'), hasDType('b', 'float64')),
  all(hasDType('a', 'float32'), hasDType('b', 'float32')),
);
const isArrays = (call: Call): boolean => call.arg('a').kind === 'array' && call.arg('b').kind === 'array';
const literalB = (call: Call): number | null => {
  const { constant, weak } = call.arg('b');
  return typeof constant === 'number' && weak !== null && weak !== 'bool' ? constant : null;
};
/** A tolerance as it was given, else NumPy's own. */
const tolerance = (call: Call, name: 'rtol' | 'atol', own: string): string =>
  call.arg(name).given ? `{${name}:value}` : own;

/** The text that is true where elements are close. */
function close(call: Call): string {
  const atol = tolerance(call, 'atol', '1e-08');
  const rtol = tolerance(call, 'rtol', '1e-05');
  const b = literalB(call);
  if (b === 0) return `tf.abs({a}) <= ${atol}`;
  if (b !== null) {
    const size = Math.abs(b);
    return `tf.abs({a} - {b:value}) <= ${atol} + ${rtol}${size === 1 ? '' : ` * ${size}`}`;
  }
  return `tf.abs({a} - {b}) <= ${atol} + ${rtol} * tf.abs({b})`;
}
const known = (call: Call): boolean =>
  literalB(call) === null
    ? sameFloats(call) && isArrays(call) && call.arg('b').pure === true
    : call.arg('a').kind === 'array' && hasDType('a', 'float64')(call);
const refuse = { equal_nan: only('test for NaN with tf.math.is_nan', false) };

const sameShape = (call: Call): boolean => {
  const [p, q] = [call.arg('a1').shape, call.arg('a2').shape];
  return p !== null && q !== null && p.length === q.length && p.every((dim, i) => dim !== null && dim === q[i]);
};
const bothArrays = (call: Call): boolean =>
  ['a1', 'a2'].every(name => call.arg(name).kind === 'array' && call.arg(name).dtype !== null);

export const comparisons: readonly Rule[] = [
  {
    id: 'TL656',
    family: 'elementwise',
    names: ['isclose'],
    why: 'TensorFlow has no isclose: the tolerance, which is relative to the second array, is written out.',
    params,
    forms: [form(call => close(call), { when: known, review: equalInfinities })],
    refuse,
    bound: 'exact',
    hazards: ['104h', '261'],
    example: 'result = np.isclose(np.array([1.0, 1.0001]), 1.0)',
  },
  {
    id: 'TL657',
    family: 'elementwise',
    names: ['allclose'],
    why: 'TensorFlow has no allclose: the tolerance, which is relative to the second array, is written out.',
    params,
    forms: [
      form(call => `bool(tf.reduce_all(${close(call)}))`, { when: known, review: equalInfinities, python: true }),
    ],
    refuse,
    bound: 'exact',
    hazards: ['261'],
    example: 'a = np.array([1.0, 2.0])\nb = a + 1e-9\nresult = np.allclose(a, b)',
  },
  {
    id: 'TL658',
    family: 'elementwise',
    names: ['array_equal'],
    why: 'TensorFlow has no array_equal, and its == broadcasts: the shapes are compared too where they may differ.',
    params: ['a1', 'a2', 'equal_nan'],
    forms: [
      form('bool(tf.reduce_all({a1:both} == {a2:both}))', { when: all(bothArrays, sameShape), python: true }),
      form('{a1}.shape == {a2}.shape and bool(tf.reduce_all({a1:both} == {a2:both}))', {
        when: call => bothArrays(call) && call.arg('a1').pure === true && call.arg('a2').pure === true,
        python: true,
      }),
    ],
    refuse,
    bound: 'exact',
    hazards: ['261'],
    example: 'a = np.array([1, 2, 3])\nresult = np.array_equal(a, a[::-1])',
  },
];
