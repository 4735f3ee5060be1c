// Rules for element by element functions. TensorFlow's take floats only where NumPy turns integers into float64 by itself.
import {
  all,
  either,
  floatArg,
  form,
  given,
  hasDType,
  isArray,
  isConstant,
  not,
  resultIs,
  simple,
} from './conditions.ts';
import { only, ufuncKeywords } from './refusals.ts';
import type { Call, Rule } from './types.ts';

const unary = ['x', '/', 'out', '*', 'where', 'casting', 'order', 'dtype', 'subok', 'signature'];
const binary = ['x1', 'x2', '/', 'out', '*', 'where', 'casting', 'order', 'dtype', 'subok', 'signature'];
const floats = resultIs('float64', 'float32');

/** A function of floats: integers and bools are cast first. */
const smooth = (id: string, name: string, tf: string, hazards: Rule['hazards']): Rule => ({
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

const zeroSign = (call: Call, ...names: readonly string[]): string | null => {
  if (!names.some(name => floatArg(call, name)) || !resultIs('float64', 'float32')(call)) return null;
  const harmless = names.some(name => {
    const { constant } = call.arg(name);
    return typeof constant === 'number' && constant !== 0;
  });
  return harmless ? null : 'where one side is 0.0 and the other -0.0, the sign of the zero may differ';
};

const orderedBounds = (call: Call): boolean => {
  const low = call.arg('a_min').constant;
  const high = call.arg('a_max').constant;
  return typeof low === 'number' && typeof high === 'number' && low <= high;
};
const none = (name: string) => (call: Call) => !call.arg(name).given || isConstant(call.arg(name), null);
const boolResult = resultIs('bool');

export const elementwise: readonly Rule[] = [
  smooth('TL120', 'sqrt', 'tf.sqrt', ['6', '224']),
  smooth('TL121', 'exp', 'tf.exp', ['6b']),
  smooth('TL122', 'log', 'tf.math.log', ['104l', '224']),
  smooth('TL123', 'sin', 'tf.sin', ['6b']),
  smooth('TL124', 'cos', 'tf.cos', ['6b']),
  {
    id: 'TL125',
    family: 'elementwise',
    names: ['deg2rad'],
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
      form('tf.add({x1:result}, {x2:weak})', { when: call => call.dtype !== null }),
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
      form('tf.multiply({x1:result}, {x2:weak})', { when: call => call.dtype !== null }),
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
    names: ['clip'],
    why: 'tf.clip_by_value takes no None and no bounds of another dtype, and bounds in the wrong order give another answer.',
    params: ['a', 'a_min', 'a_max', 'out', '*', 'min', 'max'],
    forms: [
      form('tf.identity({a})', { when: all(none('a_min'), none('a_max'), none('min'), none('max')) }),
      form('tf.minimum({a:result}, {a_max:weak})', {
        when: all(none('a_min'), given('a_max'), call => call.dtype !== null),
        review: call => zeroSign(call, 'a', 'a_max'),
      }),
      form('tf.maximum({a:result}, {a_min:weak})', {
        when: all(none('a_max'), given('a_min'), call => call.dtype !== null),
        review: call => zeroSign(call, 'a', 'a_min'),
      }),
      form('tf.clip_by_value({a:result}, {a_min:weak}, {a_max:weak})', {
        when: all(orderedBounds, call => call.dtype !== null),
      }),
      form('tf.minimum(tf.maximum({a:result}, {a_min:weak}), {a_max:weak})', {
        when: all(given('a_min'), given('a_max'), call => call.dtype !== null),
        review: call => zeroSign(call, 'a', 'a_min'),
      }),
    ],
    refuse: {
      out: { except: [null], because: 'tensors can not be written into' },
      min: only('use a_min'),
      max: only('use a_max'),
    },
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
      form('(tf.where({condition})[:, 0],)', {
        when: all(not(given('x')), hasDType('condition', 'bool'), call => call.arg('condition').shape?.length === 1),
        python: true,
      }),
      form(
        call => {
          const rank = call.arg('condition').shape?.length ?? 0;
          return `(${Array.from({ length: rank }, (_, axis) => `tf.where({condition})[:, ${axis}]`).join(', ')})`;
        },
        {
          when: all(
            not(given('x')),
            hasDType('condition', 'bool'),
            either(simple('condition')),
            call => (call.arg('condition').shape?.length ?? 0) > 1,
          ),
          python: true,
        },
      ),
    ],
    bound: 'exact',
    hazards: ['45', '45c', '47', '47c', '47h'],
    example: 'x = np.array([-1.0, 2.0, -3.0])\nresult = np.where(x > 0, x, 0)',
  },
];
