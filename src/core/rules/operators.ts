// Rules for operators. TensorFlow never promotes two tensors: each operator casts to the dtype that NumPy would compute in.
import { boolResult, divisorReview as reviewOf, exponentReview, squareRoot } from './arithmetic.ts';
import { all, form, hasDType, integerConstant, knownResult, not, rankAtLeast, resultIs } from './conditions.ts';
import type { Call, Rule } from './types.ts';

const bothKnown = (call: Call): boolean => call.arg('left').dtype !== null && call.arg('right').dtype !== null;
const isBool = (call: Call, name: string): boolean => call.arg(name).dtype === 'bool';
const divisorReview = reviewOf('right', call => call.operator === '%');

export const operators: readonly Rule[] = [
  {
    id: 'TL180',
    family: 'operators',
    names: ['+', '-', '*'],
    why: 'TensorFlow does not promote: operands of two dtypes are cast to the one that NumPy would use.',
    params: [],
    forms: [
      form('tf.logical_or({left}, {right})', { when: all(boolResult, call => call.operator === '+') }),
      form('tf.logical_and({left}, {right})', { when: all(boolResult, call => call.operator === '*') }),
      form(call => `{left:weak} ${call.operator} {right:weak}`, { when: all(knownResult, not(boolResult)) }),
    ],
    bound: 'exact',
    hazards: ['1', '2', '9', '9g', '16'],
    example: 'i = np.arange(3)\nx = np.ones(3)\nresult = i + x',
  },
  {
    id: 'TL181',
    family: 'operators',
    names: ['/'],
    why: 'Integers are cast to float64 before the division, as NumPy does.',
    params: [],
    forms: [form('{left:weak} / {right:weak}', { when: resultIs('float64', 'float32') })],
    bound: 'exact',
    hazards: ['2b', '2c', '2d', '13d'],
    example: 'i = np.array([1, 2, 3])\nresult = i / 2',
  },
  {
    id: 'TL182',
    family: 'operators',
    names: ['//', '%'],
    why: 'Division of whole numbers by zero gives 0 and a warning in NumPy, an exception in TensorFlow.',
    params: [],
    forms: [
      form(call => `{left:weak} ${call.operator} {right:weak}`, {
        when: all(knownResult, not(boolResult), call => !(isBool(call, 'left') && isBool(call, 'right'))),
        review: divisorReview,
      }),
    ],
    bound: 'exact',
    hazards: ['13', '13b', '13e', '14'],
    example: 'x = np.array([7, -7])\nresult = x // 2',
  },
  {
    id: 'TL183',
    family: 'operators',
    names: ['**'],
    why: 'Base and exponent are cast to one dtype; uint8 has no kernel.',
    params: [],
    forms: [
      form('tf.sqrt({left:result})', {
        when: all(resultIs('float64', 'float32'), squareRoot('right'), rankAtLeast('left', 1)),
      }),
      form('{left:weak} ** {right:weak}', { when: resultIs('float64', 'float32') }),
      form('tf.square({left})', { when: all(resultIs('uint8'), call => integerConstant(call.arg('right')) === 2) }),
      form('{left:weak} ** {right:weak}', {
        when: resultIs('int64', 'int32'),
        review: exponentReview('right'),
      }),
    ],
    bound: 'ulp',
    hazards: ['12c', '15', '15b', '15c', '15e'],
    example: 'x = np.array([1.0, 2.0, 3.0])\nresult = x ** 2',
  },
  {
    id: 'TL184',
    family: 'operators',
    names: ['==', '!=', '<', '<=', '>', '>='],
    why: 'Both sides are cast to one dtype; bools have no order in TensorFlow.',
    params: [],
    forms: [
      form(call => `{left:both} ${call.operator} {right:both}`, {
        when: call =>
          bothKnown(call) && !(isBool(call, 'left') && isBool(call, 'right') && !['==', '!='].includes(call.operator)),
      }),
    ],
    bound: 'exact',
    hazards: ['209', '209b', '209c', '210'],
    example: 'i = np.array([1, 2, 3])\nresult = i < 2.5',
  },
  {
    id: 'TL185',
    family: 'operators',
    names: ['&', '|', '^'],
    why: 'A plain rename where both sides have one dtype.',
    params: [],
    forms: [
      form(call => `{left:both} ${call.operator} {right:both}`, {
        when: resultIs('bool', 'int32', 'int64', 'uint8'),
      }),
    ],
    bound: 'exact',
    hazards: ['9d', '9e'],
    example: 'x = np.array([1.0, 5.0, 9.0])\nresult = (x > 2) & (x < 8)',
  },
  {
    id: 'TL186',
    family: 'operators',
    names: ['~', 'neg'],
    why: 'A plain rename, except that TensorFlow can not negate uint8.',
    params: [],
    forms: [
      form('~{operand}', {
        when: all(call => call.operator === '~', hasDType('operand', 'bool', 'int32', 'int64', 'uint8')),
      }),
      form('tf.zeros_like({operand}) - {operand}', {
        when: all(
          call => call.operator === '-',
          hasDType('operand', 'uint8'),
          call => call.arg('operand').simple,
        ),
      }),
      form('-{operand}', {
        when: all(call => call.operator === '-', hasDType('operand', 'int32', 'int64', 'float32', 'float64')),
      }),
    ],
    bound: 'exact',
    hazards: ['9d', '243'],
    example: 'm = np.array([True, False])\nresult = ~m',
  },
  {
    id: 'TL187',
    family: 'operators',
    names: ['abs()'],
    why: 'The builtin abs works on tensors, except on bool and uint8.',
    params: ['x'],
    forms: [form('tf.identity({x})', { when: hasDType('x', 'uint8', 'bool') }), form('tf.abs({x})')],
    bound: 'exact',
    hazards: ['222', '243'],
    example: 'result = abs(np.array([-1.0, 2.0]))',
  },
];
