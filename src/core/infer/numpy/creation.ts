// Inference of array creation: np.array, arange, linspace, meshgrid, diag, fromfunction, random numbers.
import type { DType } from '../../../shared/dtypes.ts';
import { defaultDType, isFloat } from '../../../shared/dtypes.ts';
import type { Dim } from '../../../shared/findings.ts';
import type { AbstractValue, Shape } from '../types.ts';
import type { Call, Inference } from '../library/dispatch.ts';
import { dtypeArgument } from '../library/dtypes.ts';
import { arrayOf } from '../library/literal.ts';
import { arangeLength } from '../library/ranges.ts';
import { callFunction } from '../calls.ts';
import { broadcast } from '../dims.ts';
import { operandOf, resultType, shapeOf } from '../operators.ts';
import { anyInt, array, dimOf, int, none, scalar, storagesOf, tuple, unknown } from '../values.ts';
import { flag, intArgument, shapeArgument } from './arguments.ts';
import { numeric } from './rows.ts';

const one = int(1);
const zero = int(0);

/** np.array and np.asarray: dtype and shape from the values. */
const fromValue =
  (source: string, copies: boolean): Inference =>
  call => {
    const value = call.raw(source) ?? unknown;
    const given = call.get('dtype');
    const found = arrayOf(call.m, value);
    // A structured dtype takes tuples as elements.
    const structured = !!given && given.kind !== 'dtype' && dtypeArgument(given, null) === null;
    const shape = structured && value.kind !== 'array' ? null : found.shape;
    const result = dtypeArgument(given, found.dtype);
    const ndmin = intArgument(call.get('ndmin'), 0);
    const padded: Shape =
      shape && ndmin !== null && ndmin > shape.length
        ? [...Array<Dim>(ndmin - shape.length).fill(1), ...shape]
        : ndmin === null
          ? null
          : shape;
    const copy = call.raw('copy');
    const shares =
      (!copies && !(copy?.kind === 'bool' && copy.value)) || (copy && copy.kind !== 'bool') || isFalse(copy);
    if (!shares) return array(result, padded);
    call.m.views.add(call.node.id);
    return array(result, padded, storagesOf(value));
  };
const isFalse = (value: AbstractValue | undefined): boolean => value?.kind === 'bool' && value.value !== true;

const full: Inference = call => {
  const { dtype } = arrayOf(call.m, call.raw('fill_value') ?? unknown);
  return array(dtypeArgument(call.get('dtype'), dtype), shapeArgument(call.m, call.raw('shape')));
};

const eye: Inference = call => {
  const rows = call.raw('N') ?? call.raw('n') ?? unknown;
  const columns = call.get('M') ?? rows;
  return array(dtypeArgument(call.get('dtype'), 'float64'), [dimOf(rows), dimOf(columns)]);
};

const arange: Inference = call => {
  const first = call.raw('start_or_stop') ?? unknown;
  const stop = call.get('stop');
  const [from, to] = stop ? [first, stop] : [zero, first];
  const step = call.get('step') ?? one;
  const dtype = resultType([from, to, step].map(operandOf));
  return array(dtypeArgument(call.get('dtype'), dtype === 'bool' ? 'int64' : dtype), [arangeLength(from, to, step)]);
};

/** The dtype of the points between two ends: at least float64 unless the ends are float32 arrays. */
function spacedDType(call: Call, ends: readonly AbstractValue[]): DType | null {
  const p = resultType([...ends.map(end => operandOf(numeric(call, end))), { weak: 'float' }]);
  return p && isFloat(p) ? p : p ? 'float64' : null;
}

const spaced: Inference = call => {
  const ends = [call.raw('start') ?? unknown, call.raw('stop') ?? unknown];
  const num = call.raw('num');
  const count = num ? dimOf(num) : 50;
  const points = broadcast(...ends.map(end => shapeOf(numeric(call, end))));
  const axis = intArgument(call.get('axis'), 0);
  const shape: Shape = points && (points.length === 0 || axis === 0) ? [count, ...points] : null;
  const value = array(dtypeArgument(call.get('dtype'), spacedDType(call, ends)), shape);
  const step = flag(call.raw('retstep'), false);
  if (step === null) return unknown;
  return step ? tuple([value, scalar(null)]) : value;
};

const fromfunction: Inference = call => {
  const fn = call.raw('function');
  const shape = shapeArgument(call.m, call.raw('shape'));
  if (fn?.kind !== 'function' || !shape) return unknown;
  const dtype = dtypeArgument(call.get('dtype'), 'float64');
  const grid = shape.map(() => ({ node: null, value: array(dtype, shape) }));
  return callFunction(call.m, call.node, fn, { positional: grid, keywords: new Map(), open: false });
};

const meshgrid: Inference = call => {
  const vectors = call.rest.map(value => numeric(call, value));
  const sparse = flag(call.raw('sparse'), false);
  const indexing = call.raw('indexing');
  const order = !indexing ? 'xy' : indexing.kind === 'str' ? indexing.value : null;
  const sizes = vectors.map(vector => {
    const shape = shapeOf(vector);
    return shape ? (shape.length === 0 ? 1 : shape.length === 1 ? (shape[0] ?? null) : null) : null;
  });
  const swapped = order === 'xy' && sizes.length >= 2 ? [sizes[1] ?? null, sizes[0] ?? null, ...sizes.slice(2)] : sizes;
  const shape = sparse === false && order !== null ? swapped : null;
  const grids = vectors.map(vector => {
    const operand = operandOf(vector);
    const dtype = operand ? ('strong' in operand ? operand.strong : defaultDType[operand.weak]) : null;
    return array(dtype, shape, call.m.fresh(call.node));
  });
  return tuple(grids);
};

const diag: Inference = call => {
  const value = numeric(call, call.raw('v') ?? unknown);
  if (value.kind !== 'array') return unknown;
  const k = intArgument(call.get('k'), 0);
  if (!value.shape) return array(value.dtype, null, value.storages);
  const [rows = null, columns = null] = value.shape;
  if (value.shape.length === 1) {
    const size = typeof rows === 'number' && k !== null ? rows + Math.abs(k) : k === 0 ? rows : null;
    return array(value.dtype, [size, size]);
  }
  if (value.shape.length !== 2) return unknown;
  call.m.views.add(call.node.id);
  const square = rows !== null && rows === columns;
  const size =
    typeof rows === 'number' && typeof columns === 'number' && k !== null
      ? Math.max(0, k >= 0 ? Math.min(rows, columns - k) : Math.min(rows + k, columns))
      : square && k === 0
        ? rows
        : null;
  return array(value.dtype, [size], value.storages);
};

// Random numbers.

/** Dimensions as separate arguments: rand(2, 3). Without any: a Python float. */
const byDims: Inference = call =>
  call.rest.length === 0 ? { kind: 'float', value: null } : array('float64', call.rest.map(dimOf));

/** Values of a distribution with parameters and `size=`. */
const sized =
  (dtype: DType | null, parameters: readonly string[], alone: AbstractValue): Inference =>
  call => {
    const size = call.get('size');
    if (size) return array(dtype, shapeArgument(call.m, size));
    const given = parameters.map(name => call.get(name)).filter(value => value !== undefined);
    const shapes = given.map(value => shapeOf(numeric(call, value)));
    const shape = broadcast(...shapes);
    return shape?.length === 0 && given.every(value => value.kind !== 'array') ? alone : array(dtype, shape);
  };

const anyFloat: AbstractValue = { kind: 'float', value: null };

const randint: Inference = call => {
  const given = call.get('dtype');
  const dtype = dtypeArgument(given, 'int64');
  const alone = given ? (given.kind === 'api' && given.name === 'builtins.int' ? anyInt : scalar(dtype)) : anyInt;
  return sized(dtype, ['low', 'high'], alone)(call);
};

const integers: Inference = call => {
  const dtype = dtypeArgument(call.get('dtype'), 'int64');
  return sized(dtype, ['low', 'high'], scalar(dtype))(call);
};

const generatorRandom: Inference = call => {
  const dtype = dtypeArgument(call.get('dtype'), 'float64');
  return sized(dtype, [], dtype === 'float64' ? anyFloat : unknown)(call);
};

const choice: Inference = call => {
  const source = call.raw('a') ?? unknown;
  const pool = source.kind === 'int' ? array('int64', [dimOf(source)]) : numeric(call, source);
  if (pool.kind !== 'array') return unknown;
  const size = call.get('size');
  const axis = call.get('axis');
  if (axis && !(axis.kind === 'int' && axis.value === 0)) return unknown;
  const picked = size ? shapeArgument(call.m, size) : [];
  const rest = pool.shape ? pool.shape.slice(1) : null;
  const shape = picked && rest ? [...picked, ...rest] : null;
  if (shape?.length === 0) return source.kind === 'int' ? unknown : scalar(pool.dtype);
  return array(pool.dtype, shape);
};

const permutation: Inference = call => {
  const source = call.raw('x') ?? unknown;
  if (source.kind === 'int') return array('int64', [dimOf(source)]);
  const value = numeric(call, source);
  return value.kind === 'array' ? array(value.dtype, value.shape) : unknown;
};

const shuffle: Inference = call => {
  const value = call.raw('x');
  const target = call.node.child('arguments')?.items[0];
  if (value && target) call.m.mutate(call.node, target, 'method', value);
  if (value?.kind === 'list') call.m.surrender([value]);
  return none;
};

const rows: Readonly<Record<string, Inference>> = {
  'numpy.array': fromValue('object', true),
  'numpy.asarray': fromValue('a', false),
  'numpy.asanyarray': fromValue('a', false),
  'numpy.ascontiguousarray': fromValue('a', false),
  'numpy.full': full,
  'numpy.eye': eye,
  'numpy.identity': eye,
  'numpy.arange': arange,
  'numpy.linspace': spaced,
  'numpy.logspace': call =>
    call.get('base') && call.get('base')?.kind !== 'int' && call.get('base')?.kind !== 'float' ? unknown : spaced(call),
  'numpy.geomspace': spaced,
  'numpy.fromfunction': fromfunction,
  'numpy.meshgrid': meshgrid,
  'numpy.diag': diag,
  'numpy.random.seed': () => none,
  'numpy.random.rand': byDims,
  'numpy.random.randn': byDims,
  'numpy.random.randint': randint,
  'numpy.random.random': sized('float64', [], anyFloat),
  'numpy.random.random_sample': sized('float64', [], anyFloat),
  'numpy.random.uniform': sized('float64', ['low', 'high'], anyFloat),
  'numpy.random.normal': sized('float64', ['loc', 'scale'], anyFloat),
  'numpy.random.standard_normal': sized('float64', [], anyFloat),
  'numpy.random.choice': choice,
  'numpy.random.permutation': permutation,
  'numpy.random.shuffle': shuffle,
  'numpy.random.default_rng': () => ({ kind: 'object', type: 'numpy.random.Generator' }),
  'numpy.random.RandomState': () => ({ kind: 'object', type: 'numpy.random.RandomState' }),
  'numpy.random.Generator.random': generatorRandom,
  'numpy.random.Generator.normal': sized('float64', ['loc', 'scale'], anyFloat),
  'numpy.random.Generator.uniform': sized('float64', ['low', 'high'], anyFloat),
  'numpy.random.Generator.standard_normal': generatorRandom,
  'numpy.random.Generator.integers': integers,
  'numpy.random.Generator.choice': choice,
  'numpy.random.Generator.permutation': permutation,
  'numpy.random.Generator.shuffle': shuffle,
};

const legacy = Object.entries(rows).filter(([name]) => /^numpy\.random\.[a-z_]+$/.test(name));

export const creation: Readonly<Record<string, Inference>> = {
  ...rows,
  // A RandomState has the legacy functions as methods.
  ...Object.fromEntries(
    legacy.map(([name, rule]) => [name.replace('numpy.random.', 'numpy.random.RandomState.'), rule]),
  ),
};
