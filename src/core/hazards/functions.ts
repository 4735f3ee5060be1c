// Hazards of single functions: defaults, axes, order, and forms that TensorFlow lacks.
import type { Hazard } from './types.ts';
import { brief, dtypeOf, floating, integral, isArray, named, rankOf } from './conditions.ts';

const unknownOrAtLeast = (rank: number | null, least: number): boolean => rank === null || rank >= least;

export const functionHazards: readonly Hazard[] = [
  {
    id: 'TL204',
    name: 'argmax-axis',
    kind: 'hazard',
    severity: 'warning',
    message: 'Without `axis` NumPy searches the flattened array; `tf.argmax` takes axis 0.',
    rows: [54, '54c'],
    numpy: 'np.argmax(np.array([[1, 9], [3, 4]]))',
    tensorflow: 'tf.argmax([[1, 9], [3, 4]])',
    calls: ['numpy.argmax', 'numpy.argmin', 'ndarray.argmax', 'ndarray.argmin'],
    when: ({ arg, name, subject, value }) =>
      !arg('axis', name?.startsWith('numpy.') ? 1 : 0) && unknownOrAtLeast(rankOf(value(subject)), 2),
  },
  {
    id: 'TL241',
    name: 'argmax-nan',
    kind: 'hazard',
    severity: 'hint',
    message: 'NumPy returns the position of a NaN where there is one; TensorFlow skips it.',
    rows: ['55b', '55c'],
    numpy: 'np.argmax(np.array([1., np.nan, 3.]))',
    tensorflow: 'tf.argmax([1., np.nan, 3.])',
    calls: ['numpy.argmax', 'numpy.argmin', 'ndarray.argmax', 'ndarray.argmin'],
    when: ({ subject, value }) => floating(value(subject)),
  },
  {
    id: 'TL242',
    name: 'std-ddof',
    kind: 'hazard',
    severity: 'warning',
    message: '`tf.math.reduce_std` has no `ddof`: it always divides by n, so the result would be smaller.',
    rows: [58],
    numpy: 'np.std([1., 2., 4.], ddof=1)',
    tensorflow: 'tf.math.reduce_std([1., 2., 4.])',
    calls: ['numpy.std', 'numpy.var', 'ndarray.std', 'ndarray.var'],
    when: ({ arg, value }) => {
      const ddof = arg('ddof');
      const known = value(ddof);
      return ddof && !(known.kind === 'int' && known.value === 0) ? { at: ddof.parent ?? ddof } : false;
    },
  },
  {
    id: 'TL243',
    name: 'matrix-norm-order',
    kind: 'hazard',
    severity: 'warning',
    message:
      'On a matrix `ord={x}` is a matrix norm in NumPy; `tf.norm` without `axis` takes the norm of all elements.',
    rows: [66, '66b'],
    numpy: 'np.linalg.norm(np.array([[1., 2.], [3., 4.]]), ord=2)',
    tensorflow: 'tf.norm([[1., 2.], [3., 4.]], ord=2)',
    calls: ['numpy.linalg.norm'],
    when: ({ arg, subject, value }) => {
      const ord = arg('ord', 1);
      if (!ord || ord.kind === 'none' || /fro/.test(ord.text) || rankOf(value(subject)) === 1) return false;
      return arg('axis', 2) ? false : { words: { x: brief(ord) } };
    },
  },
  {
    id: 'TL244',
    name: 'reduction-options',
    kind: 'hazard',
    severity: 'info',
    message: 'TensorFlow’s reductions have no `{x}`.',
    rows: ['61b', '61c', '61e', '61g'],
    numpy: 'np.sum([1., 2.], initial=10.)',
    tensorflow: 'tf.reduce_sum([1., 2.], initial=10.)',
    calls: [
      'numpy.sum',
      'numpy.prod',
      'numpy.mean',
      'numpy.max',
      'numpy.min',
      'ndarray.sum',
      'ndarray.mean',
      'ndarray.max',
      'ndarray.min',
    ],
    when: ({ arg }) => {
      const option = ['initial', 'where'].find(name => arg(name));
      return option ? { words: { x: `${option}=` } } : false;
    },
  },
  {
    id: 'TL245',
    name: 'unique-order',
    kind: 'hazard',
    severity: 'warning',
    message:
      '`np.unique` sorts; `tf.unique` keeps the order of first appearance, takes vectors only, and returns two tensors.',
    rows: [102, '102b', '102c', '102f'],
    numpy: 'np.unique([3, 1, 3, 2])',
    tensorflow: 'tf.unique([3, 1, 3, 2])[0]',
    calls: ['numpy.unique'],
    when: () => true,
  },
  {
    id: 'TL246',
    name: 'argsort-stability',
    kind: 'hazard',
    severity: 'hint',
    message: '`tf.argsort` returns int32, and equal elements keep their order only with `stable=True`.',
    rows: ['57b'],
    numpy: 'np.argsort([2, 1, 2], kind="stable").dtype',
    tensorflow: 'tf.argsort([2, 1, 2]).dtype',
    calls: ['numpy.argsort', 'ndarray.argsort'],
    when: () => true,
  },
  {
    id: 'TL247',
    name: 'empty-extremum',
    kind: 'hazard',
    severity: 'hint',
    message: 'Of an empty array NumPy raises an error here; TensorFlow returns an infinity or the limit of the dtype.',
    rows: [62, '62b'],
    numpy: 'np.max(np.zeros(0))',
    tensorflow: 'tf.reduce_max(tf.zeros(0))',
    calls: ['numpy.max', 'numpy.min', 'ndarray.max', 'ndarray.min'],
    when: ({ subject, value }) => {
      const of = value(subject);
      return isArray(of) && 'shape' in of && (!of.shape || of.shape.some(dim => dim === null || dim === 0));
    },
  },
  {
    id: 'TL250',
    name: 'dot-by-rank',
    kind: 'hazard',
    severity: 'info',
    message: '`np.dot` of {x} is not `tf.matmul`, which takes matrices only: use `tf.tensordot` or `tf.linalg.matvec`.',
    rows: [86, '86b', '86c', '86d', 88],
    numpy: 'np.dot(np.array([1., 2.]), np.array([3., 4.]))',
    tensorflow: 'tf.matmul([1., 2.], [3., 4.])',
    calls: ['numpy.dot', 'ndarray.dot', 'numpy.matmul'],
    when: ({ arg, name, subject, value }) => {
      const a = rankOf(value(subject));
      const b = rankOf(value(name === 'ndarray.dot' ? arg('other', 0) : arg('b', 1)));
      if (a === null && b === null) return false;
      const odd = [a, b].find(rank => rank !== null && rank !== 2);
      if (odd === undefined || odd === null || (name === 'numpy.matmul' && odd > 2)) return false;
      return { words: { x: odd === 1 ? 'a vector' : odd === 0 ? 'a scalar' : `an array of ${odd} dimensions` } };
    },
  },
  {
    id: 'TL251',
    name: 'matmul-of-vectors',
    kind: 'hazard',
    severity: 'info',
    message: '`@` takes vectors in NumPy; TensorFlow’s takes matrices only and raises.',
    rows: [87, '87b', '87c'],
    numpy: 'np.eye(2) @ np.ones(2)',
    tensorflow: 'tf.eye(2) @ tf.ones(2)',
    nodes: ['binary_operator'],
    when: ({ node, value }) => {
      if (node.child('operator')?.kind !== '@') return false;
      return [node.child('left'), node.child('right')].some(side => isArray(value(side)) && rankOf(value(side)) === 1);
    },
  },
  {
    id: 'TL252',
    name: 'fortran-order',
    kind: 'hazard',
    severity: 'warning',
    message: 'TensorFlow reshapes in C order only: with `order={x}` the elements would come in another order.',
    rows: [70, '70b'],
    numpy: "np.arange(4).reshape(2, 2, order='F')",
    tensorflow: 'tf.reshape(tf.range(4), (2, 2))',
    calls: ['numpy.reshape', 'ndarray.reshape', 'numpy.ravel', 'ndarray.ravel', 'ndarray.flatten'],
    when: ({ arg, value }) => {
      const order = arg('order');
      const known = value(order);
      return order && !(known.kind === 'str' && known.value === 'C') ? { words: { x: brief(order) } } : false;
    },
  },
  {
    id: 'TL253',
    name: 'fancy-index',
    kind: 'hazard',
    severity: 'info',
    message:
      'Tensors can’t be indexed by lists or index arrays: use `tf.gather` or `tf.gather_nd`. Negative indices are an error there.',
    rows: [38, '38b', 39, 41, 42],
    numpy: 'np.arange(3.)[[2, 0]]',
    tensorflow: 'tf.range(3.)[[2, 0]]',
    nodes: ['subscript'],
    when: ({ node, value }) => {
      const base = node.child('value');
      if (!base || !isArray(value(base)) || isStore(node)) return false;
      return node.all('subscript').some(item => {
        const index = value(item);
        return index.kind === 'list' || (index.kind === 'array' && integral(index) && index.shape?.length !== 0);
      });
    },
  },
  {
    id: 'TL254',
    name: 'join-of-vectors',
    kind: 'hazard',
    severity: 'info',
    message: 'NumPy decides the axis by rank here; `tf.concat` always needs one, and does not promote mixed dtypes.',
    rows: [74, '74c', 75, '75b', '75c'],
    numpy: 'np.vstack([[1, 2], [3, 4]])',
    tensorflow: 'tf.concat([[1, 2], [3, 4]], 0)',
    calls: ['numpy.hstack', 'numpy.vstack'],
    when: () => true,
  },
  {
    id: 'TL255',
    name: 'join-of-mixed-dtypes',
    kind: 'hazard',
    severity: 'info',
    message: 'NumPy promotes the parts to one dtype; TensorFlow raises when they differ.',
    rows: ['74c', '75f', 241],
    numpy: 'np.concatenate([np.array([1]), np.array([.5])])',
    tensorflow: 'tf.concat([tf.constant([1]), tf.constant([.5])], 0)',
    calls: ['numpy.concatenate', 'numpy.stack', 'numpy.vstack', 'numpy.hstack'],
    when: ({ subject, value }) => {
      const list = value(subject);
      if ((list.kind !== 'list' && list.kind !== 'tuple') || !list.items) return false;
      const dtypes = new Set(list.items.map(dtypeOf));
      return dtypes.size > 1 && !dtypes.has(null);
    },
  },
  {
    id: 'TL256',
    name: 'where-indices',
    kind: 'hazard',
    severity: 'warning',
    message:
      'With one argument NumPy returns one index array per axis; `tf.where` returns one matrix with a row per element.',
    rows: [45, '45b', '45c', '45e'],
    numpy: 'np.where(np.array([True, False, True]))[0]',
    tensorflow: 'tf.where([True, False, True])[0]',
    calls: ['numpy.where'],
    when: ({ node }) => (node.child('arguments')?.items.length ?? 0) === 1,
  },
  {
    id: 'TL257',
    name: 'where-dtypes',
    kind: 'hazard',
    severity: 'info',
    message: 'NumPy promotes the two branches; `tf.where` raises or converts when their dtypes differ.',
    rows: [47, '47c', '47e', '47f'],
    numpy: 'np.where([True, False], np.array([1, 2]), 0.5)',
    tensorflow: 'tf.where([True, False], tf.constant([1, 2]), 0.5)',
    calls: ['numpy.where'],
    when: ({ arg, value }) => {
      const [x, y] = [value(arg('x', 1)), value(arg('y', 2))];
      return (
        (integral(x) && (floating(y) || y.kind === 'float')) || (integral(y) && (floating(x) || x.kind === 'float'))
      );
    },
  },
  {
    id: 'TL258',
    name: 'clip-bounds',
    kind: 'hazard',
    severity: 'info',
    message: '`tf.clip_by_value` needs both bounds, in the dtype of the tensor.',
    rows: [100, '100b', '100e'],
    numpy: 'np.clip(np.array([1, 5]), None, 2.5)',
    tensorflow: 'tf.clip_by_value(tf.constant([1, 5]), None, 2.5)',
    calls: ['numpy.clip'],
    when: ({ arg, subject, value }) => {
      const bounds = [arg('a_min', 1), arg('a_max', 2)];
      if (bounds.some(bound => bound?.kind === 'none')) return true;
      return integral(value(subject)) && bounds.some(bound => value(bound).kind === 'float' || floating(value(bound)));
    },
  },
  {
    id: 'TL259',
    name: 'tile-ranks',
    kind: 'hazard',
    severity: 'info',
    message: '`tf.tile` wants one count per axis; NumPy also takes a single number, fewer or more.',
    rows: [77, '77b', '77c'],
    numpy: 'np.tile(np.array([1, 2]), 2)',
    tensorflow: 'tf.tile([1, 2], 2)',
    calls: ['numpy.tile'],
    when: ({ arg, subject, value }) => {
      const reps = value(arg('reps', 1));
      const rank = rankOf(value(subject));
      if (reps.kind === 'int') return true;
      return (reps.kind === 'tuple' || reps.kind === 'list') && rank !== null && reps.items?.length !== rank;
    },
  },
  {
    id: 'TL260',
    name: 'seed-is-separate',
    kind: 'hazard',
    severity: 'info',
    message: 'This seeds NumPy only: TensorFlow has a stream of its own (`tf.random.set_seed`) with other numbers.',
    rows: [112, '112g'],
    numpy: 'np.random.seed(0)\nresult = np.random.rand()',
    tensorflow: 'tf.random.set_seed(0)\nresult = tf.random.uniform(())',
    calls: ['numpy.random.seed', 'numpy.random.default_rng'],
    when: ({ node }) => (node.child('arguments')?.items.length ?? 0) > 0,
  },
  {
    id: 'TL261',
    name: 'array-attribute',
    kind: 'hazard',
    severity: 'hint',
    message: 'Tensors have no `.{x}`: TensorFlow does this with a function.',
    rows: [71, '71d', '71f', '71g'],
    numpy: 'np.ones((2, 3)).T.shape',
    tensorflow: 'tf.ones((2, 3)).T.shape',
    nodes: ['attribute'],
    when: ({ node, name }) => {
      if (!name?.startsWith('ndarray.') || ['ndarray.shape', 'ndarray.dtype', 'ndarray.ndim'].includes(name))
        return false;
      return { at: node.child('attribute') ?? node, words: { x: name.slice('ndarray.'.length) } };
    },
  },
  {
    id: 'TL262',
    name: 'diagonal-offset',
    kind: 'hazard',
    severity: 'info',
    message:
      '`np.diag` makes or takes a diagonal, by rank; TensorFlow has two functions for it (`tf.linalg.diag`, `tf.linalg.diag_part`).',
    rows: ['67c', '67d', '67e'],
    numpy: 'np.diag(np.array([[1, 2], [3, 4]]))',
    tensorflow: 'tf.linalg.diag([[1, 2], [3, 4]])',
    calls: ['numpy.diag'],
    when: ({ arg, subject, value }) => rankOf(value(subject)) === null || !!arg('k', 1),
  },
  {
    id: 'TL263',
    name: 'mgrid-order',
    kind: 'hazard',
    severity: 'info',
    message: "`np.mgrid` counts rows first; `tf.meshgrid` needs `indexing='ij'` for the same grids.",
    rows: ['48c', '48d'],
    numpy: 'np.mgrid[0:2, 0:3][0]',
    tensorflow: 'tf.meshgrid(tf.range(2), tf.range(3))[0]',
    nodes: ['subscript'],
    when: ({ node, analysis }) => {
      const base = node.child('value');
      return !!base && analysis.resolve(base) === 'numpy.mgrid';
    },
  },
  {
    id: 'TL264',
    name: 'mask-index-shape',
    kind: 'hazard',
    severity: 'hint',
    message: 'How many elements the mask leaves is known only at run time: inside `tf.function` the shape is unknown.',
    rows: [40, '40c', '40d'],
    numpy: 'x = np.arange(4.)\nresult = x[x > 1].shape',
    tensorflow:
      '@tf.function\ndef f(x):\n    return tf.constant(str(x[x > 1].shape))\nresult = f(tf.range(4.)).numpy().decode()',
    nodes: ['subscript'],
    when: ({ node, value }) => {
      const base = node.child('value');
      if (!base || !isArray(value(base)) || isStore(node)) return false;
      return node.all('subscript').some(item => isArray(value(item)) && dtypeOf(value(item)) === 'bool')
        ? named(base)
        : false;
    },
  },
];

const isStore = (node: { field: string | null; parent: { kind: string } | null }): boolean =>
  node.field === 'left' && ['assignment', 'augmented_assignment'].includes(node.parent?.kind ?? '');
