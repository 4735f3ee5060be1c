// Rules for linear algebra. np.dot means five things by rank, `@` three; tf.matmul takes matrices only.
import { all, form, given, hasRank, integerConstant, isConstant, not, rankAtLeast, resultIs } from './conditions.ts';
import { noOut, only, ufuncKeywords } from './refusals.ts';
import type { Call, Form, Rule } from './types.ts';

const floats = resultIs('float64', 'float32');
/** TensorFlow has no integer kernels below 32 bits and none for bool. */
const kernel: (call: Call) => boolean = resultIs('int32', 'int64', 'float32', 'float64');
const ranks =
  (a: string, x: number, b: string, y: number) =>
  (call: Call): boolean =>
    kernel(call) && hasRank(a, x)(call) && hasRank(b, y)(call);

/** What a product of these two means, by rank; shared by np.dot, np.matmul and `@`. */
const products = (a: string, b: string): readonly Form[] => [
  form(`tf.tensordot({${a}:result}, {${b}:result}, 1)`, { when: ranks(a, 1, b, 1) }),
  form(`tf.linalg.matvec({${a}:result}, {${b}:result})`, { when: ranks(a, 2, b, 1) }),
  form(`tf.tensordot({${a}:result}, {${b}:result}, 1)`, { when: ranks(a, 1, b, 2) }),
];

/** tril and triu, where the diagonals that are kept can be counted from the main one. */
const triangle = (id: string, name: 'tril' | 'triu', band: (k: number) => string | null): Rule => {
  const offset = (call: Call): number => (given('k')(call) ? (integerConstant(call.arg('k')) ?? NaN) : 0);
  return {
    id,
    family: 'linalg',
    names: [name],
    why: `tf.linalg.band_part counts the diagonals that stay; a ${name} that leaves out the main one has no count.`,
    params: ['m', 'k'],
    forms: [
      form(call => band(offset(call)) ?? '', {
        when: call => rankAtLeast('m', 2)(call) && call.dtype !== null && band(offset(call)) !== null,
      }),
    ],
    bound: 'exact',
    hazards: ['271'],
    example: `result = np.${name}(np.array([[1.0, 2.0], [3.0, 4.0]]))`,
  };
};

export const linalg: readonly Rule[] = [
  {
    id: 'TL156',
    family: 'linalg',
    names: ['dot', 'ndarray.dot'],
    why: 'np.dot is an inner product, a matrix product or a tensor contraction by the ranks of its operands; tf.matmul takes matrices.',
    params: ['a', 'b', 'out'],
    method: ['a', 'b', 'out'],
    forms: [
      ...products('a', 'b'),
      form('tf.matmul({a:result}, {b:result})', { when: ranks('a', 2, 'b', 2) }),
      form('{a:result} * {b:weak}', { when: call => kernel(call) && (hasRank('a', 0)(call) || hasRank('b', 0)(call)) }),
      form('tf.tensordot({a:result}, {b:result}, 1)', { when: all(kernel, rankAtLeast('a', 1), hasRank('b', 1)) }),
      form('tf.tensordot({a:result}, {b:result}, [[-1], [-2]])', {
        when: all(kernel, rankAtLeast('a', 1), rankAtLeast('b', 2)),
      }),
    ],
    refuse: { out: noOut },
    bound: 'sum',
    hazards: ['86', '86b', '86c', '86d', '86g', '88'],
    example: 'A = np.array([[1.0, 2.0], [3.0, 4.0]])\nresult = np.dot(A, np.array([1.0, -1.0]))',
  },
  {
    id: 'TL157',
    family: 'linalg',
    names: ['matmul', '@'],
    why: 'tf.matmul takes matrices of one dtype: products with vectors are tf.tensordot or tf.linalg.matvec.',
    params: [
      'x1',
      'x2',
      '/',
      'out',
      '*',
      'casting',
      'order',
      'dtype',
      'subok',
      'signature',
      'axes',
      'axis',
      'keepdims',
    ],
    forms: [
      ...products('x1', 'x2'),
      form('{x1:result} @ {x2:result}', {
        when: all(call => call.operator === '@', kernel, rankAtLeast('x1', 2), rankAtLeast('x2', 2)),
      }),
      form('tf.matmul({x1:result}, {x2:result})', { when: all(kernel, rankAtLeast('x1', 2), rankAtLeast('x2', 2)) }),
      form('tf.linalg.matvec({x1:result}, {x2:result})', { when: all(kernel, rankAtLeast('x1', 2), hasRank('x2', 1)) }),
    ],
    refuse: {
      ...ufuncKeywords,
      axes: only('transpose the operands first'),
      axis: only('transpose the operands first'),
      keepdims: only('expand the result', false),
    },
    bound: 'sum',
    hazards: ['87', '87b', '87c', '87d', '87f', '90'],
    example: 'A = np.array([[1.0, 2.0], [3.0, 4.0]])\nresult = np.matmul(A, A)',
  },
  triangle('TL666', 'tril', k => (k >= 0 ? `tf.linalg.band_part({m}, -1, ${k})` : null)),
  triangle('TL667', 'triu', k => (k <= 0 ? `tf.linalg.band_part({m}, ${-k}, -1)` : null)),
  {
    id: 'TL158',
    family: 'linalg',
    names: ['linalg.norm'],
    why: 'For a matrix, ord means a matrix norm in NumPy and the norm of all elements in tf.norm unless two axes are named.',
    params: ['x', 'ord', 'axis', 'keepdims'],
    forms: [
      form('tf.norm({x:result}«, axis={axis:value}»«, keepdims={keepdims:value}»)', {
        when: all(floats, not(given('ord'))),
      }),
      form('tf.norm({x:result}, ord={ord:value}«, axis={axis:value}»«, keepdims={keepdims:value}»)', {
        when: call =>
          floats(call) &&
          typeof call.arg('ord').constant === 'number' &&
          Number(call.arg('ord').constant) > 0 &&
          (hasRank('x', 1)(call) || typeof call.arg('axis').constant === 'number'),
      }),
      form("tf.norm({x:result}, ord='fro', axis=[-2, -1]«, keepdims={keepdims:value}»)", {
        when: call =>
          floats(call) && hasRank('x', 2)(call) && isConstant(call.arg('ord'), 'fro') && !given('axis')(call),
      }),
      form('tf.norm({x:result}, ord={ord:value}, axis=[-2, -1]«, keepdims={keepdims:value}»)', {
        when: call =>
          floats(call) && hasRank('x', 2)(call) && isConstant(call.arg('ord'), 1, 2, Infinity) && !given('axis')(call),
      }),
    ],
    bound: 'sum',
    hazards: ['66', '66b', '66c', '66f', '66g'],
    example: 'result = np.linalg.norm(np.array([3.0, 4.0]))',
  },
  {
    id: 'TL159',
    family: 'linalg',
    names: ['linalg.inv'],
    why: 'A rename for floats; a singular matrix raises another exception.',
    params: ['a'],
    forms: [
      form('tf.linalg.inv({a:result})', {
        when: floats,
        review: 'a singular matrix raises InvalidArgumentError instead of LinAlgError',
      }),
    ],
    bound: 'linalg',
    hazards: [],
    example: 'result = np.linalg.inv(np.array([[2.0, 0.0], [0.0, 4.0]]))',
  },
];
