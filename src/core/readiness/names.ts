// Names that decide: what a tensor has, what reads only its shape, what has no gradient, what needs its value.
import { numpyRows } from '../../shared/api/numpy/index.ts';
import { tensorflowRows } from '../../shared/api/tensorflow/index.ts';
import type { ApiRow } from '../../shared/api/types.ts';

/** Attributes that arrays and tensors have alike. */
export const sharedAttributes: ReadonlySet<string> = new Set(['shape', 'dtype', 'ndim']);
/** Further attributes and methods of tensors, in eager code. */
export const tensorAttributes: ReadonlySet<string> = new Set(['numpy', 'device', 'get_shape', 'set_shape', 'ref']);
export const variableMethods: ReadonlySet<string> = new Set([
  'assign',
  'assign_add',
  'assign_sub',
  'value',
  'read_value',
]);

/** NumPy functions that ask a tensor for its shape only. */
export const shapeReaders: ReadonlySet<string> = new Set(['numpy.shape', 'numpy.ndim']);
/** NumPy functions that write into their first argument. */
export const writers: ReadonlySet<string> = new Set(
  ['copyto', 'put', 'place', 'putmask', 'fill_diagonal', 'put_along_axis', 'random.shuffle'].map(
    name => `numpy.${name}`,
  ),
);

/** Python functions that go through the elements of a tensor, which `tf.function` allows in a plain `for` only. */
export const iterators: ReadonlySet<string> = new Set(
  ['sum', 'max', 'min', 'any', 'all', 'list', 'tuple', 'set', 'zip', 'enumerate', 'reversed'].map(
    name => `builtins.${name}`,
  ),
);
/** Python functions that say something about an object without its value, or only show it. */
export const harmless: ReadonlySet<string> = new Set(
  ['print', 'type', 'id', 'repr', 'str', 'len', 'hasattr', 'callable', 'format'].map(name => `builtins.${name}`),
);
/** Modules whose numbers are different at each call. */
export const changing = /^(?:numpy\.random|random|time)\./;

const byName = (rows: readonly ApiRow[], module: string): ReadonlyMap<string, ApiRow> =>
  new Map(rows.flatMap(row => [row.name, ...(row.aliases ?? [])].map(name => [`${module}.${name}`, row] as const)));
export const tensorflow = byName(tensorflowRows, 'tensorflow');
export const numpy = byName(numpyRows, 'numpy');

/** Ops that work on integers, too. */
export const takesIntegers: ReadonlySet<string> = new Set(
  [
    ...['add', 'subtract', 'multiply', 'divide', 'square', 'abs', 'negative', 'maximum', 'minimum', 'cast', 'sign'],
    ...['reduce_sum', 'reduce_max', 'reduce_min', 'reduce_prod', 'matmul', 'tensordot', 'cumsum', 'cumprod', 'pow'],
    ...['convert_to_tensor', 'identity', 'constant', 'Variable', 'argmax', 'argmin', 'shape', 'size', 'rank', 'print'],
    ...['equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal', 'gather', 'where', 'one_hot', 'range'],
    ...[
      'reshape',
      'transpose',
      'stack',
      'concat',
      'expand_dims',
      'squeeze',
      'tile',
      'reverse',
      'zeros_like',
      'ones_like',
    ],
    ...['zeros', 'ones', 'fill', 'pad', 'split', 'unstack', 'broadcast_to', 'sort', 'argsort', 'clip_by_value'],
  ].map(name => `tensorflow.${name}`),
);

/** Whether a function of TensorFlow passes a gradient on; null where it is not known. */
export function passesGradient(name: string): boolean | null {
  const row = tensorflow.get(name);
  return row ? row.gradient !== 'none' : null;
}

/** Whether what a NumPy function gives changes smoothly with its arguments, so that a tape that misses it is wrong. */
export const isSmooth = (name: string): boolean => numpy.get(name)?.gradient !== 'none';
