// Hazards of dtypes: defaults, promotion, and functions that refuse integers.
import { accumulatorOf } from '../../shared/dtypes.ts';
import type { Hazard } from './types.ts';
import { boolean, dtypeOf, floating, integral, isArray, isNumpy, named, operandsOf, pair } from './conditions.ts';

const arithmetic = ['binary_operator', 'augmented_assignment'];

export const dtypeHazards: readonly Hazard[] = [
  {
    id: 'TL201',
    name: 'default-int-dtype',
    kind: 'hazard',
    severity: 'hint',
    message: 'Python integers become int64 in NumPy and int32 in TensorFlow; give `dtype=tf.int64` to keep the range.',
    rows: [4, '3c', '19c', 21],
    numpy: 'np.array([50000]) ** 2',
    tensorflow: 'tf.constant([50000]) ** 2',
    calls: ['numpy.array', 'numpy.asarray', 'numpy.arange', 'numpy.full'],
    when: ({ node, arg, value, name }) =>
      !arg('dtype') &&
      dtypeOf(value(node)) === 'int64' &&
      (name === 'numpy.arange' || !isNumpy(value(name === 'numpy.full' ? arg('fill_value', 1) : arg('object', 0)))),
  },
  {
    id: 'TL202',
    name: 'default-float-dtype',
    kind: 'hazard',
    severity: 'hint',
    message: 'This is float64 in NumPy and float32 in TensorFlow by default; give the dtype to keep the precision.',
    rows: [3, '3b', '3c', '4b', '18b', '19d'],
    numpy: 'np.zeros(3).dtype',
    tensorflow: 'tf.zeros(3).dtype',
    calls: ['numpy.array', 'numpy.zeros', 'numpy.ones', 'numpy.eye', 'numpy.full', 'numpy.linspace', 'numpy.arange'],
    when: ({ node, arg, value, name }) =>
      !arg('dtype') &&
      dtypeOf(value(node)) === 'float64' &&
      !(name === 'numpy.array' && isNumpy(value(arg('object', 0)))),
  },
  {
    id: 'TL203',
    name: 'int32-overflow',
    kind: 'hazard',
    severity: 'info',
    message: 'In TensorFlow integers are int32 unless told otherwise, and this wraps around silently above 2147483647.',
    rows: [4],
    numpy: 'np.array([50000]) ** 2',
    tensorflow: 'tf.constant([50000]) ** 2',
    nodes: ['binary_operator'],
    when: ({ node, value }) => {
      const operands = operandsOf(node);
      return operands?.operator === '**' && dtypeOf(value(operands.left)) === 'int64' && isArray(value(node));
    },
  },
  {
    id: 'TL205',
    name: 'int-float-promotion',
    kind: 'hazard',
    severity: 'info',
    message: 'NumPy promotes integers and floats to float64 here; TensorFlow raises an error. Cast one side first.',
    rows: [1, 2, '15b', '15c', 209],
    numpy: 'np.arange(3) * 0.5',
    tensorflow: 'tf.range(3) * 0.5',
    nodes: [...arithmetic, 'comparison_operator'],
    when: site => {
      const operands = operandsOf(site.node);
      if (!operands || operands.operator === '/') return false;
      const floats = pair(
        site,
        value => isArray(value) && integral(value),
        value => floating(value) || value.kind === 'float',
      );
      return floats;
    },
  },
  {
    id: 'TL206',
    name: 'float-function-of-int',
    kind: 'hazard',
    severity: 'info',
    message: 'NumPy computes this of integers in float64; TensorFlow has no such function for integers and raises.',
    rows: [6, '6b', '18i'],
    numpy: 'np.sqrt(np.array([4, 9]))',
    tensorflow: 'tf.sqrt(tf.constant([4, 9]))',
    calls: [
      'numpy.sqrt',
      'numpy.exp',
      'numpy.log',
      'numpy.sin',
      'numpy.cos',
      'numpy.deg2rad',
      'numpy.rad2deg',
      'numpy.tanh',
      'numpy.tan',
      'numpy.sinh',
      'numpy.cosh',
      'numpy.log2',
      'numpy.log10',
      'numpy.log1p',
      'numpy.expm1',
      'numpy.linalg.norm',
      'numpy.linalg.inv',
    ],
    when: ({ subject, value }) => {
      const of = value(subject);
      return integral(of) || of.kind === 'int';
    },
  },
  {
    id: 'TL207',
    name: 'mean-of-integers',
    kind: 'hazard',
    severity: 'warning',
    message: 'NumPy averages integers in float64; `tf.reduce_mean` keeps the integer dtype and cuts off the fraction.',
    rows: [7, '7b', '58b'],
    numpy: 'np.mean(np.array([1, 2]))',
    tensorflow: 'tf.reduce_mean(tf.constant([1, 2]))',
    calls: ['numpy.mean', 'ndarray.mean', 'numpy.std', 'ndarray.std', 'numpy.var', 'ndarray.var'],
    when: ({ subject, value, arg }) => (integral(value(subject)) || boolean(value(subject))) && !arg('dtype'),
  },
  {
    id: 'TL208',
    name: 'bool-arithmetic',
    kind: 'hazard',
    severity: 'info',
    message: 'NumPy counts and multiplies with booleans; TensorFlow raises. Cast the mask first, or use `tf.where`.',
    rows: [8, '8b', 9, '9f', '9g', '9h', '9i', '9j'],
    numpy: 'np.sum(np.array([1., 2.]) > 1)',
    tensorflow: 'tf.reduce_sum(tf.constant([1., 2.]) > 1)',
    nodes: arithmetic,
    when: site => {
      const operator = operandsOf(site.node)?.operator ?? '';
      if (['&', '|', '^'].includes(operator)) return false;
      return pair(
        site,
        value => isArray(value) && boolean(value),
        value => isNumpy(value) || ['int', 'float'].includes(value.kind),
      );
    },
  },
  {
    id: 'TL209',
    name: 'sum-of-booleans',
    kind: 'hazard',
    severity: 'info',
    message:
      'NumPy counts the true values; `tf.reduce_sum` refuses booleans. Cast them, or use `tf.math.count_nonzero`.',
    rows: [8],
    numpy: 'np.sum(np.array([True, True]))',
    tensorflow: 'tf.reduce_sum(tf.constant([True, True]))',
    calls: ['sum', 'prod', 'cumsum', 'cumprod'].flatMap(name => [`numpy.${name}`, `ndarray.${name}`]),
    when: ({ subject, value }) => boolean(value(subject)),
  },
  {
    id: 'TL210',
    name: 'sum-widens',
    kind: 'hazard',
    severity: 'warning',
    message: 'NumPy adds {x} up in 64 bits; TensorFlow stays in the dtype of the input and wraps around.',
    rows: [10, '10c', '10d'],
    numpy: 'np.sum(np.full(3, 200, np.uint8))',
    tensorflow: 'tf.reduce_sum(tf.fill([3], tf.cast(200, tf.uint8)))',
    calls: ['sum', 'prod', 'cumsum', 'cumprod'].flatMap(name => [`numpy.${name}`, `ndarray.${name}`]),
    when: ({ subject, value, arg }) => {
      const dtype = dtypeOf(value(subject));
      return dtype && dtype !== 'bool' && accumulatorOf(dtype) !== dtype && !arg('dtype')
        ? { words: { x: dtype } }
        : false;
    },
  },
  {
    id: 'TL211',
    name: 'python-type-as-dtype',
    kind: 'hazard',
    severity: 'warning',
    message: '`{x}` means 64 bits as a NumPy dtype; TensorFlow takes `float` as float32 and `int` as int32.',
    rows: [20, '20b', '20e', '20f', '20i', '20k'],
    numpy: 'np.zeros(2, float).dtype',
    tensorflow: 'tf.zeros(2, float).dtype',
    calls: ['numpy.*', 'ndarray.astype'],
    when: ({ arg, analysis, name }) => {
      const dtype = arg('dtype') ?? (name === 'ndarray.astype' ? arg('dtype', 0) : null);
      const type = dtype ? analysis.resolve(dtype) : null;
      return dtype && (type === 'builtins.float' || type === 'builtins.int') ? named(dtype, dtype) : false;
    },
  },
  {
    id: 'TL212',
    name: 'arange-float-step',
    kind: 'hazard',
    severity: 'warning',
    message:
      'With a fractional step the number of elements depends on rounding: `tf.range` in float32 may give one more or less.',
    rows: [19, '19f'],
    numpy: 'np.arange(1, 1.3, 0.1)',
    tensorflow: 'tf.range(1, 1.3, 0.1)',
    calls: ['numpy.arange'],
    when: ({ arg, value }) => {
      const step = value(arg('step', 2));
      return step.kind === 'float' && (step.value === null || !Number.isInteger(step.value));
    },
  },
  {
    id: 'TL213',
    name: 'linspace-options',
    kind: 'hazard',
    severity: 'info',
    message: '`tf.linspace` has no `{x}`; the values have to be computed in another way.',
    rows: ['18c', '18d', '18e'],
    numpy: 'np.linspace(0, 1, 4, endpoint=False)',
    tensorflow: 'tf.linspace(0., 1., 4)',
    calls: ['numpy.linspace'],
    when: ({ arg }) => {
      const option = ['endpoint', 'retstep', 'dtype'].find(name => arg(name));
      return option ? { words: { x: option } } : false;
    },
  },
  {
    id: 'TL214',
    name: 'integer-division-by-zero',
    kind: 'hazard',
    severity: 'hint',
    message: 'Where the divisor is 0, NumPy gives 0 and a warning for integers; TensorFlow raises an error.',
    rows: [13, '13b'],
    numpy: 'np.array([1]) // np.array([0])',
    tensorflow: 'tf.constant([1]) // tf.constant([0])',
    nodes: arithmetic,
    when: ({ node, value }) => {
      const operands = operandsOf(node);
      if (!operands || !['//', '%'].includes(operands.operator)) return false;
      return integral(value(operands.left)) && isArray(value(operands.right)) && integral(value(operands.right));
    },
  },
  {
    id: 'TL215',
    name: 'strong-scalar',
    kind: 'hazard',
    severity: 'hint',
    message: 'A NumPy float64 scalar makes this float64 in NumPy; TensorFlow keeps the float32 of the tensor.',
    rows: ['16b', '16c', '16f'],
    numpy: '(np.ones(2, np.float32) * np.sqrt(2)).dtype',
    tensorflow: '(tf.ones(2) * np.sqrt(2)).dtype',
    nodes: ['binary_operator'],
    when: site =>
      pair(
        site,
        value => isArray(value) && dtypeOf(value) === 'float32',
        value => value.kind === 'scalar' && value.dtype === 'float64',
      ),
  },
];
