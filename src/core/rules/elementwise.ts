// Rules for element by element functions. TensorFlow's take floats only where NumPy turns integers into float64 by itself.
import { boolResult, floats, zeroSign } from './arithmetic.ts';
import { all, form, given, hasDType, isArray, isConstant, isNumber, knownResult, not } from './conditions.ts';
import { places } from './places.ts';
import { noOut, ufuncKeywords } from './refusals.ts';
import type { Call, Form, Rule } from './types.ts';

export const unary = ['x', '/', 'out', '*', 'where', 'casting', 'order', 'dtype', 'subok', 'signature'];
export const binary = ['x1', 'x2', '/', 'out', '*', 'where', 'casting', 'order', 'dtype', 'subok', 'signature'];

/** A function of floats: integers and bools are cast first. */
export const smooth = (id: string, name: string, tf: string, hazards: Rule['hazards']): Rule => ({
  id,
  family: 'elementwise',
  names: [name],
  why: `${tf} takes floats only: integers are cast to the float64 that NumPy would compute in.`,
  params: unary,
  forms: [form(`${tf}({x:result})`, { when: floats })],
  refuse: ufuncKeywords,
  bound: 'ulp',
  hazards,
  example: `x = np.array([1, 2, 3])\nresult = np.${name}(x)`,
});

/** A Python number in front of an array: the operator gives it the dtype of the tensor. */
export const numberFirst = (
  operator: string,
  when: (call: Call) => boolean,
  review?: (call: Call) => string | null,
): Form =>
  form(`{x1:weak} ${operator} {x2:result}`, {
    when: all(when, isNumber('x1'), isArray('x2')),
    ...(review ? { review } : {}),
  });

const none = (name: string) => (call: Call) => !call.arg(name).given || isConstant(call.arg(name), null);

/** np.clip with its bounds under one of their two pairs of names. */
const clipForms = (low: string, high: string): readonly Form[] => {
  const known = (call: Call): boolean => call.dtype !== null;
  const ordered = (call: Call): boolean => {
    const [least, most] = [call.arg(low).constant, call.arg(high).constant];
    return typeof least === 'number' && typeof most === 'number' && least <= most;
  };
  return [
    form(`tf.minimum({a:result}, {${high}:weak})`, {
      when: all(none(low), given(high), known),
      review: call => zeroSign(call, 'a', high),
    }),
    form(`tf.maximum({a:result}, {${low}:weak})`, {
      when: all(none(high), given(low), known),
      review: call => zeroSign(call, 'a', low),
    }),
    form(`tf.clip_by_value({a:result}, {${low}:weak}, {${high}:weak})`, { when: all(ordered, known) }),
    form(`tf.minimum(tf.maximum({a:result}, {${low}:weak}), {${high}:weak})`, {
      when: all(given(low), given(high), known),
      review: call => zeroSign(call, 'a', low),
    }),
  ];
};

export const elementwise: readonly Rule[] = [
  smooth('TL120', 'sqrt', 'tf.sqrt', ['6', '224']),
  smooth('TL121', 'exp', 'tf.exp', ['6b']),
  smooth('TL122', 'log', 'tf.math.log', ['104l', '224']),
  smooth('TL123', 'sin', 'tf.sin', ['6b']),
  smooth('TL124', 'cos', 'tf.cos', ['6b']),
  {
    id: 'TL125',
    family: 'elementwise',
    names: ['deg2rad', 'radians'],
    why: 'TensorFlow has no deg2rad: it is a product.',
    params: unary,
    forms: [form('{x:result} * (math.pi / 180)', { when: floats })],
    refuse: ufuncKeywords,
    bound: 'ulp',
    hazards: [],
    example: 'result = np.deg2rad(np.array([0.0, 90.0, 180.0]))',
    imports: ['math'],
  },
  {
    id: 'TL126',
    family: 'elementwise',
    names: ['abs'],
    why: 'tf.abs has no kernel for bool and uint8, where NumPy gives the values back.',
    params: unary,
    forms: [
      form('tf.identity({x})', { when: hasDType('x', 'bool', 'uint8') }),
      form('tf.abs({x})', { when: isArray('x') }),
      form('tf.abs({x:result})', { when: call => call.dtype !== null }),
    ],
    refuse: ufuncKeywords,
    bound: 'exact',
    hazards: ['207', '243'],
    example: 'result = np.abs(np.array([-1.5, 2.0]))',
  },
  {
    id: 'TL127',
    family: 'elementwise',
    names: ['square'],
    why: 'A plain rename for numbers; NumPy refuses bool too in neither case, so bool stays.',
    params: unary,
    forms: [
      form('tf.square({x:result})', {
        when: all(not(hasDType('x', 'bool')), not(boolResult), call => call.dtype !== null),
      }),
    ],
    refuse: ufuncKeywords,
    bound: 'exact',
    hazards: ['15e'],
    example: 'result = np.square(np.array([1, 2, 3]))',
  },
  {
    id: 'TL128',
    family: 'elementwise',
    names: ['add'],
    why: 'TensorFlow does not promote: operands of two dtypes are cast to the one that NumPy would use.',
    params: binary,
    forms: [
      form('tf.logical_or({x1}, {x2})', { when: boolResult }),
      numberFirst('+', knownResult),
      form('tf.add({x1:result}, {x2:weak})', { when: knownResult }),
    ],
    refuse: ufuncKeywords,
    bound: 'exact',
    hazards: ['1', '9', '16'],
    example: 'a = np.array([1, 2, 3, 4, 5])\nresult = np.add(a, 2)',
  },
  {
    id: 'TL129',
    family: 'elementwise',
    names: ['multiply'],
    why: 'TensorFlow does not promote: operands of two dtypes are cast to the one that NumPy would use.',
    params: binary,
    forms: [
      form('tf.logical_and({x1}, {x2})', { when: boolResult }),
      numberFirst('*', knownResult),
      form('tf.multiply({x1:result}, {x2:weak})', { when: knownResult }),
    ],
    refuse: ufuncKeywords,
    bound: 'exact',
    hazards: ['1', '9b'],
    example: 'result = np.multiply(np.array([1.0, 2.0]), np.array([3, 4]))',
  },
  {
    id: 'TL130',
    family: 'elementwise',
    names: ['maximum'],
    why: 'TensorFlow does not promote, and the two libraries may pick different zeros of 0.0 and -0.0.',
    params: binary,
    forms: [
      form('tf.logical_or({x1}, {x2})', { when: boolResult }),
      // Of Python numbers alone TensorFlow would take int32 or float32.
      form('tf.maximum({x1:result}, {x2:weak})', { when: all(knownResult, isNumber('x1'), isNumber('x2')) }),
      form('tf.maximum({x1:weak}, {x2:weak})', {
        when: call => call.dtype !== null,
        review: call => zeroSign(call, 'x1', 'x2'),
      }),
    ],
    refuse: ufuncKeywords,
    bound: 'exact',
    hazards: ['241c'],
    example: 'result = np.maximum(np.array([-1.0, 2.0]), 0.5)',
  },
  {
    id: 'TL131',
    family: 'elementwise',
    names: ['hypot'],
    why: 'TensorFlow has no hypot: it is the root of the sum of squares, which overflows earlier.',
    params: binary,
    forms: [
      form('tf.sqrt(tf.square({x1:result}) + tf.square({x2:result}))', {
        when: floats,
        review: 'sides beyond 1e154 (1e19 in float32) overflow to inf, and sides below 1e-154 vanish',
      }),
    ],
    refuse: ufuncKeywords,
    bound: 'ulp',
    hazards: ['104d'],
    example: 'result = np.hypot(np.array([3.0, 5.0]), np.array([4.0, 12.0]))',
  },
  {
    id: 'TL132',
    family: 'elementwise',
    names: ['clip', 'ndarray.clip'],
    why: 'tf.clip_by_value takes no None and no bounds of another dtype, and bounds in the wrong order give another answer.',
    params: ['a', 'a_min', 'a_max', 'out', '*', 'min', 'max'],
    method: ['a', 'min', 'max', 'out'],
    forms: [
      form('tf.identity({a})', { when: all(none('a_min'), none('a_max'), none('min'), none('max')) }),
      ...clipForms('a_min', 'a_max'),
      ...clipForms('min', 'max'),
    ],
    refuse: { out: noOut },
    bound: 'exact',
    hazards: ['100', '100b', '100c', '100e'],
    example: 'result = np.clip(np.array([-1.5, 0.5, 2.0]), 0, 1)',
  },
  {
    id: 'TL133',
    family: 'elementwise',
    names: ['where'],
    why: 'tf.where does not promote its branches, needs a bool condition, and with one argument gives one matrix of indices.',
    params: ['condition', 'x', 'y', '/'],
    forms: [
      form('tf.where({condition}, {x:result}, {y:weak})', {
        when: all(hasDType('condition', 'bool'), given('x'), given('y'), call => call.dtype !== null),
      }),
      form('tf.where({condition} != 0, {x:result}, {y:weak})', {
        when: all(
          given('x'),
          given('y'),
          isArray('condition'),
          call => call.arg('condition').dtype !== null && call.dtype !== null,
        ),
      }),
      ...places('condition').map(found => ({ ...found, when: all(not(given('x')), found.when ?? (() => true)) })),
    ],
    bound: 'exact',
    hazards: ['45', '45c', '47', '47c', '47h'],
    example: 'x = np.array([-1.0, 2.0, -3.0])\nresult = np.where(x > 0, x, 0)',
  },
];
