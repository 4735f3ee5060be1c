// Hazards of TensorFlow code that is there already, and of expressions that mix arrays and tensors.
import type { Hazard } from './types.ts';
import {
  brief,
  dtypeOf,
  floating,
  integral,
  isNumpy,
  isTensor,
  named,
  operandsOf,
  pair,
  rankOf,
  tensorArgument,
} from './conditions.ts';

const operators = ['binary_operator', 'comparison_operator', 'augmented_assignment'];

export const tensorHazards: readonly Hazard[] = [
  {
    id: 'TL270',
    name: 'array-truncated-by-tensor',
    kind: 'hazard',
    severity: 'warning',
    message: 'The NumPy floats are converted to the integer dtype of the tensor: their fractions are cut off silently.',
    rows: ['16h', '16i', '16j', '16k', '241d'],
    numpy: 'np.array([1, 2]) + np.array([0.5, 1.5])',
    tensorflow: 'tf.constant([1, 2]) + np.array([0.5, 1.5])',
    nodes: operators,
    when: site =>
      pair(
        site,
        value => isTensor(value) && integral(value),
        value => isNumpy(value) && floating(value),
      ),
  },
  {
    id: 'TL271',
    name: 'array-narrowed-by-tensor',
    kind: 'hazard',
    severity: 'info',
    message: 'The NumPy value is converted to the tensor’s {x}; NumPy would have computed this in float64.',
    rows: ['16d', '16l', '16m', '87g'],
    numpy: '(np.ones(2, np.float32) + np.ones(2)).dtype',
    tensorflow: '(tf.ones(2) + np.ones(2)).dtype',
    nodes: operators,
    when: site =>
      pair(
        site,
        value => isTensor(value) && dtypeOf(value) === 'float32',
        value => isNumpy(value) && dtypeOf(value) === 'float64',
      )
        ? { words: { x: 'float32' } }
        : false,
  },
  {
    id: 'TL272',
    name: 'tensor-dtypes-differ',
    kind: 'hazard',
    severity: 'error',
    message: 'TensorFlow does not promote: {x} and {y} raise an InvalidArgumentError here. Cast one of them.',
    rows: [1, '16n', '16o'],
    numpy: 'np.array([1]) + np.array([0.5])',
    tensorflow: 'tf.constant([1]) + tf.constant([0.5])',
    nodes: operators,
    when: site => {
      const operands = operandsOf(site.node);
      if (!operands || ['is', 'is not', 'in', 'not in'].includes(operands.operator)) return false;
      const [a, b] = [site.value(operands.left), site.value(operands.right)];
      const [p, q] = [dtypeOf(a), dtypeOf(b)];
      return isTensor(a) && isTensor(b) && p && q && p !== q ? { words: { x: p, y: q } } : false;
    },
  },
  {
    id: 'TL273',
    name: 'int-tensor-float',
    kind: 'hazard',
    severity: 'error',
    message:
      'A Python float does not fit the integer tensor: TensorFlow raises a TypeError here. Cast the tensor first.',
    rows: [2, '15b', 209],
    numpy: 'np.array([1, 2]) * 0.5',
    tensorflow: 'tf.constant([1, 2]) * 0.5',
    nodes: operators,
    when: site => {
      const operands = operandsOf(site.node);
      if (operands?.operator === '/') return false;
      return pair(
        site,
        value => isTensor(value) && integral(value),
        value => value.kind === 'float',
      );
    },
  },
  {
    id: 'TL274',
    name: 'tf-argmax-axis',
    kind: 'hazard',
    severity: 'info',
    message: 'Without `axis` this searches along axis 0; it does not flatten as `np.argmax` does.',
    rows: [54],
    numpy: 'np.argmax([[1, 9], [3, 4]])',
    tensorflow: 'tf.argmax([[1, 9], [3, 4]])',
    calls: ['tensorflow.argmax', 'tensorflow.argmin'],
    when: ({ arg, subject, value }) => {
      const rank = rankOf(value(subject));
      return !arg('axis', 1) && (rank === null || rank > 1);
    },
  },
  {
    id: 'TL275',
    name: 'tf-norm-order',
    kind: 'hazard',
    severity: 'warning',
    message: 'Without `axis` this is the norm of all elements as one vector, not a matrix norm as in NumPy.',
    rows: [66, '66b'],
    numpy: 'np.linalg.norm(np.array([[1., 2.], [3., 4.]]), 2)',
    tensorflow: 'tf.norm([[1., 2.], [3., 4.]], 2)',
    calls: ['tensorflow.linalg.norm', 'tensorflow.norm'],
    when: ({ arg, subject, value }) => {
      const ord = arg('ord', 1);
      return !!ord && !arg('axis', 2) && !/fro|euclid/.test(ord.text) && rankOf(value(subject)) !== 1;
    },
  },
  {
    id: 'TL276',
    name: 'tensor-int32-overflow',
    kind: 'hazard',
    severity: 'warning',
    message: 'This tensor is int32: above 2147483647 it wraps around silently.',
    rows: [4],
    numpy: 'np.array([50000]) ** 2',
    tensorflow: 'tf.constant([50000]) ** 2',
    nodes: ['binary_operator'],
    when: ({ node, value }) => {
      const operands = operandsOf(node);
      if (operands?.operator !== '**') return false;
      const left = value(operands.left);
      return isTensor(left) && dtypeOf(left) === 'int32';
    },
  },
  {
    id: 'TL277',
    name: 'tf-mean-of-integers',
    kind: 'hazard',
    severity: 'warning',
    message: 'The mean of an integer tensor is an integer: the fraction is cut off. Cast to a float first.',
    rows: [7],
    numpy: 'np.mean([1, 2])',
    tensorflow: 'tf.reduce_mean([1, 2])',
    calls: ['tensorflow.reduce_mean'],
    when: ({ node, value }) => integral(value(node)),
  },
  {
    id: 'TL278',
    name: 'tensor-store',
    kind: 'hazard',
    severity: 'error',
    message:
      'Tensors can’t be written to: this raises a TypeError. Use `tf.tensor_scatter_nd_update` or a `tf.Variable`.',
    rows: [22],
    numpy: 'x = np.zeros(2)\nx[0] = 1.\nresult = x',
    tensorflow: 'x = tf.zeros(2)\nx[0] = 1.\nresult = x',
    nodes: ['assignment', 'augmented_assignment'],
    when: ({ node, value }) => {
      const target = node.child('left');
      const base = target?.kind === 'subscript' ? target.child('value') : null;
      return target && base && isTensor(value(base)) ? named(base, target) : false;
    },
  },
  {
    id: 'TL279',
    name: 'numpy-function-of-tensor',
    kind: 'hazard',
    severity: 'info',
    message:
      'A NumPy function of the tensor `{x}` returns an array: from here on it is no tensor, on no device and on no tape.',
    rows: [116],
    numpy: 'isinstance(np.sin(np.ones(2)), np.ndarray)',
    tensorflow: 'isinstance(np.sin(tf.ones(2)), tf.Tensor)',
    calls: ['numpy.*'],
    when: site => {
      const argument = tensorArgument(site);
      return argument && !/^numpy\.(array|asarray|testing\..*|shape)$/.test(site.name ?? '')
        ? { words: { x: brief(argument) } }
        : false;
    },
  },
  {
    id: 'TL280',
    name: 'compare-with-equals',
    kind: 'hazard',
    severity: 'info',
    message:
      'The float64 values are rounded to the float32 of the tensor before they are compared: they may count as equal here and not in NumPy. Compare with a tolerance.',
    rows: [145, '145b'],
    numpy: 'np.float32([0.1]) == np.array([0.1])',
    tensorflow: 'tf.constant([0.1]) == np.array([0.1])',
    nodes: ['comparison_operator'],
    when: site => {
      const operator = operandsOf(site.node)?.operator;
      if (operator !== '==' && operator !== '!=') return false;
      return pair(
        site,
        value => isTensor(value) && dtypeOf(value) === 'float32',
        value => isNumpy(value) && dtypeOf(value) === 'float64',
      );
    },
  },
];
