// Hazards of orderings, roundings and rearranging: NumPy flattens without an axis where TensorFlow takes axis 0 or wants one.
import type { Hazard, Site } from './types.ts';
import { boolean, dtypeOf, floating, integral, isNumpy, rankOf } from './conditions.ts';

/** Left out, by keyword and by position. */
const withoutAxis = ({ arg, name }: Site, position: number): boolean =>
  !arg('axis', name?.startsWith('ndarray.') ? position - 1 : position);
/** An array of several dimensions, or of an unknown number. */
const severalAxes = ({ subject, value }: Site): boolean => {
  const of = value(subject);
  return isNumpy(of) && (rankOf(of) ?? 2) >= 2 && of.kind !== 'scalar';
};
const flattens =
  (position: number) =>
  (site: Site): boolean =>
    withoutAxis(site, position) && severalAxes(site);
const both = (...names: readonly string[]): readonly string[] =>
  names.flatMap(name => [`numpy.${name}`, `ndarray.${name}`]);

export const orderingHazards: readonly Hazard[] = [
  {
    id: 'TL281',
    name: 'cumulative-axis',
    kind: 'hazard',
    severity: 'warning',
    message: 'Without `axis` NumPy runs over the flattened array; TensorFlow runs along axis 0.',
    rows: [56],
    numpy: 'np.cumsum(np.array([[1., 2.], [3., 4.]]))',
    tensorflow: 'tf.cumsum([[1., 2.], [3., 4.]])',
    calls: both('cumsum', 'cumprod'),
    when: flattens(1),
  },
  {
    id: 'TL282',
    name: 'sort-nan',
    kind: 'hazard',
    severity: 'hint',
    message: 'NumPy sorts NaN to the end; where `tf.sort` puts it depends on the other values.',
    rows: ['57c'],
    numpy: 'np.sort(np.array([3., np.nan, 1., 2.]))',
    tensorflow: "tf.sort([3., float('nan'), 1., 2.])",
    calls: both('sort'),
    when: ({ subject, value }) => floating(value(subject)),
  },
  {
    id: 'TL283',
    name: 'round-decimals',
    kind: 'hazard',
    severity: 'warning',
    message: 'The second argument of `tf.round` is a name: it rounds to whole numbers, whatever the decimals.',
    rows: ['60b', '60c', '60d', 244],
    numpy: 'np.round(np.array([0.15, 1.26]), 1)',
    tensorflow: 'tf.round(tf.constant([0.15, 1.26], tf.float64), 1)',
    calls: both('round'),
    when: ({ arg, name, value }) => {
      const decimals = arg('decimals', name === 'numpy.round' ? 1 : 0);
      const known = value(decimals);
      return decimals && !(known.kind === 'int' && known.value === 0) ? { at: decimals } : false;
    },
  },
  {
    id: 'TL284',
    name: 'truth-of-numbers',
    kind: 'hazard',
    severity: 'info',
    message: 'In TensorFlow only bool is true or false: numbers have to be cast or compared with 0 first.',
    rows: [63, '63b'],
    numpy: 'np.any(np.array([0., 2.]))',
    tensorflow: 'tf.reduce_any([0., 2.])',
    calls: [...both('any', 'all'), ...['not', 'and', 'or', 'xor'].map(name => `numpy.logical_${name}`)],
    when: ({ node, subject, value }) =>
      [subject, ...(node.child('arguments')?.items ?? [])].some(item => {
        const of = value(item);
        return dtypeOf(of) !== null && !boolean(of) && item?.kind !== 'keyword_argument';
      }),
  },
  {
    id: 'TL285',
    name: 'roll-axis',
    kind: 'hazard',
    severity: 'warning',
    message: 'Without `axis` NumPy rolls the flattened array; `tf.roll` wants an axis and rolls that one only.',
    rows: [78],
    numpy: 'np.roll(np.array([[1, 2], [3, 4]]), 1)',
    tensorflow: 'tf.roll([[1, 2], [3, 4]], 1, axis=0)',
    calls: ['numpy.roll'],
    when: flattens(2),
  },
  {
    id: 'TL286',
    name: 'flip-axes',
    kind: 'hazard',
    severity: 'info',
    message: 'Without `axis` NumPy reverses all axes; `tf.reverse` wants the list of them.',
    rows: ['78c'],
    numpy: 'np.flip(np.array([[1, 2], [3, 4]]))',
    tensorflow: 'tf.reverse([[1, 2], [3, 4]], [0])',
    calls: ['numpy.flip'],
    when: flattens(1),
  },
  {
    id: 'TL287',
    name: 'flat-take',
    kind: 'hazard',
    severity: 'warning',
    message: 'Without `axis` NumPy counts in the flattened array; `tf.gather` takes rows.',
    rows: ['43f', '43g'],
    numpy: 'np.take(np.array([[1, 2], [3, 4]]), [1, 0])',
    tensorflow: 'tf.gather([[1, 2], [3, 4]], [1, 0])',
    calls: both('take'),
    when: flattens(2),
  },
  {
    id: 'TL288',
    name: 'flat-append',
    kind: 'hazard',
    severity: 'warning',
    message: 'Without `axis` NumPy flattens both arrays before it joins them; `tf.concat` does not.',
    rows: ['240k'],
    numpy: 'np.append(np.ones((2, 2)), np.ones((1, 2))).shape',
    tensorflow: 'tf.concat([tf.ones((2, 2)), tf.ones((1, 2))], 0).shape',
    calls: ['numpy.append'],
    when: flattens(2),
  },
  {
    id: 'TL289',
    name: 'nonzero-container',
    kind: 'hazard',
    severity: 'warning',
    message: 'NumPy gives one array of indices for each axis; `tf.where` one matrix with a row for each element.',
    rows: ['46b', '46c'],
    numpy: 'np.nonzero(np.array([[0, 1], [2, 0]]))',
    tensorflow: 'tf.where([[0, 1], [2, 0]])',
    calls: [...both('nonzero'), 'numpy.flatnonzero'],
    when: () => true,
  },
  {
    id: 'TL290',
    name: 'identity-name',
    kind: 'hazard',
    severity: 'warning',
    message: '`tf.identity` is a copy: the unit matrix is `tf.eye`, which makes float32 by default.',
    rows: [270, '270b'],
    numpy: 'np.identity(2)',
    tensorflow: 'tf.identity(2)',
    calls: ['numpy.identity'],
    when: () => true,
  },
  {
    id: 'TL291',
    name: 'logarithm-base',
    kind: 'hazard',
    severity: 'info',
    message: 'TensorFlow has natural logarithms only: a quotient of two need not be whole where this one is.',
    rows: [104, '104b'],
    numpy: 'np.floor(np.log2(2.0 ** np.arange(1., 60.)))',
    tensorflow:
      'x = 2.0 ** tf.range(1., 60., dtype=tf.float64)\nresult = tf.floor(tf.math.log(x) / tf.math.log(tf.constant(2., tf.float64)))',
    calls: ['numpy.log2', 'numpy.log10'],
    when: () => true,
  },
  {
    id: 'TL292',
    name: 'rounding-of-integers',
    kind: 'hazard',
    severity: 'info',
    message: 'NumPy gives integers back as they are; TensorFlow rounds floats only.',
    rows: [206],
    numpy: 'np.floor(np.array([-3, 4]))',
    tensorflow: 'tf.floor([-3, 4])',
    calls: ['numpy.floor', 'numpy.ceil', 'numpy.trunc'],
    when: ({ subject, value }) => integral(value(subject)),
  },
  {
    id: 'TL293',
    name: 'trace-axes',
    kind: 'hazard',
    severity: 'warning',
    message: 'Of several matrices NumPy takes the diagonal of axes 0 and 1; `tf.linalg.trace` that of the last two.',
    rows: [67],
    numpy: 'np.trace(np.arange(8.).reshape(2, 2, 2))',
    tensorflow: 'tf.linalg.trace(tf.reshape(tf.range(8.), [2, 2, 2]))',
    calls: both('trace'),
    when: ({ subject, value }) => (rankOf(value(subject)) ?? 2) > 2,
  },
  {
    id: 'TL294',
    name: 'square-root-power',
    kind: 'hazard',
    severity: 'hint',
    message: 'The exponent 0.5 is a square root in NumPy: of -inf it is NaN, where `tf.pow` gives inf.',
    rows: [],
    numpy: 'np.array([-np.inf]) ** 0.5',
    tensorflow: "tf.constant([-float('inf')]) ** 0.5",
    nodes: ['binary_operator'],
    when: ({ node, value }) => {
      if (node.child('operator')?.kind !== '**') return false;
      const exponent = value(node.child('right'));
      const base = value(node.child('left'));
      return exponent.kind === 'float' && exponent.value === 0.5 && base.kind === 'array' && floating(base);
    },
  },
];
