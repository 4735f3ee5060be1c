// Rules for array creation. NumPy makes float64 and int64 by default, TensorFlow float32 and int32: the dtype is written out.
import {
  absentOr,
  all,
  either,
  form,
  given,
  hasRank,
  integerConstant,
  integerConstants,
  isArray,
  isSequence,
  itemsOfRank,
  itemsOfRankAtLeast,
  not,
  resultIs,
} from './conditions.ts';
import { isFloat } from '../../shared/dtypes.ts';
import type { DType } from '../../shared/dtypes.ts';
import { only, orderOnly } from './refusals.ts';
import type { Call, Constant, Rule } from './types.ts';

/** Arguments about memory. */
export const memory = {
  order: orderOnly,
  like: only('`like` chooses another array library', null),
  device: only('use tf.device instead', null, 'cpu'),
};
const shapeParams = ['shape', 'dtype', 'order', '*', 'device', 'like'];
const literal = (call: Call, name: string, fallback: number): number => {
  const { constant, given: there } = call.arg(name);
  return typeof constant === 'number' ? constant : there && constant !== null ? NaN : fallback;
};
/** np.arange(stop) and np.arange(start, stop, step). */
const twoBounds = given('stop');
const rangeBounds = (call: Call): { start: number; stop: number; step: number } => ({
  start: twoBounds(call) ? literal(call, 'start', 0) : 0,
  stop: twoBounds(call) ? literal(call, 'stop', NaN) : literal(call, 'start', NaN),
  step: literal(call, 'step', 1),
});
const knownEmpty = (call: Call): boolean => {
  const { start, stop, step } = rangeBounds(call);
  return (stop - start) * Math.sign(step) < 0;
};
const surelyFilled = (call: Call): boolean => {
  const { start, stop, step } = rangeBounds(call);
  if ((stop - start) * Math.sign(step) >= 0) return true;
  return !twoBounds(call) && call.arg('start').natural;
};
const rangeReview = (call: Call): string | null => {
  if (!surelyFilled(call)) return 'bounds in the wrong order give an empty array in NumPy and raise in TensorFlow';
  const { start, step } = rangeBounds(call);
  const whole = Number.isInteger(start) && Number.isInteger(step);
  return resultIs('int64', 'int32')(call) || whole || start === 0 ? null : 'the last digit of an element may differ';
};
const arangeDType = either(resultIs('int64', 'int32', 'float64', 'float32'), () => false);

const plainObject = ({ arg }: Call): boolean => arg('object').plain === true && arg('object').kind !== 'array';
/** tf.constant takes no floats for integers, and nothing but bools for bools. */
const holdsLiteral = ({ arg, dtype }: Call): boolean => {
  const own = arg('object').dtype;
  if (own === null || dtype === null || own === dtype || arg('object').shape?.includes(0) === true) return true;
  return dtype !== 'bool' && (own === 'bool' ? dtype !== 'uint8' : isFloat(dtype) || !isFloat(own));
};

/** Numbers that the dtype has no value for raise in NumPy. */
const fitsLiteral = ({ arg, dtype }: Call): boolean => {
  const limits: Partial<Record<DType, number>> = { uint8: 2 ** 8, int32: 2 ** 31, int64: 2 ** 63 };
  const end = dtype ? limits[dtype] : undefined;
  const { constant } = arg('object');
  if (end === undefined || constant === undefined) return true;
  const start = dtype === 'uint8' ? 0 : -end;
  const fits = (item: Constant | undefined): boolean =>
    Array.isArray(item)
      ? (item as readonly Constant[]).every(fits)
      : typeof item !== 'number' || (item >= start && item < end);
  return fits(constant);
};

export const creation: readonly Rule[] = [
  {
    id: 'TL100',
    family: 'creation',
    names: ['array', 'asarray', 'asanyarray'],
    why: 'tf.constant makes int32 and float32 from Python numbers where NumPy makes int64 and float64; a list of tensors is stacked.',
    params: ['object', 'dtype', '*', 'copy', 'order', 'subok', 'ndmin', 'ndmax', 'like'],
    method: ['object', 'dtype', 'order', '*', 'device', 'copy', 'like'],
    forms: [
      form('tf.cast({object}, {dtype})', { when: all(isArray('object'), given('dtype')) }),
      form('tf.identity({object})', { when: isArray('object') }),
      form('tf.range({object:stop}, dtype=tf.int64)', {
        when: all(call => call.arg('object').range === true, resultIs('int64')),
      }),
      form('tf.constant({object:value}, {dtype})', {
        when: call => plainObject(call) && holdsLiteral(call) && fitsLiteral(call),
      }),
      form(call => `tf.cast(tf.constant({object:value}, tf.${call.arg('object').dtype ?? ''}), {dtype})`, {
        when: call => plainObject(call) && call.arg('object').dtype !== null && fitsLiteral(call),
      }),
      form('tf.stack({object:items})', { when: all(isSequence('object'), itemsOfRankAtLeast('object', 0)) }),
      form('tf.convert_to_tensor({object:nested}, {dtype})', {
        when: all(isSequence('object'), call => call.arg('object').items !== null),
      }),
      form('tf.stack({object:value})', {
        when: all(isSequence('object'), call => call.arg('object').tensors === true),
        review: call =>
          call.arg('object').filled === true
            ? null
            : 'an empty list makes an empty float64 array in NumPy; tf.stack raises',
      }),
    ],
    refuse: {
      order: orderOnly,
      copy: only('tensors are never shared, so there is nothing to copy', true, false, null),
      subok: only('tensors have no subclasses', true, false),
      ndmin: only('write the axes out with reshape', 0),
      ndmax: only('object arrays have no counterpart', 0),
      like: memory.like,
      device: memory.device,
    },
    bound: 'exact',
    hazards: ['4', '4b', '75g', '75h', '205', '242'],
    example: 'x = np.array([[1, 2], [3, 4]])\nresult = np.array([0.5, 1.5])',
  },
  {
    id: 'TL102',
    family: 'creation',
    names: ['copy'],
    why: 'A tensor can not be changed, so a copy is another name for it; tf.identity says so.',
    params: ['a', 'order', 'subok'],
    forms: [form('tf.identity({a})')],
    refuse: { order: orderOnly, subok: only('tensors have no subclasses', false) },
    bound: 'exact',
    hazards: ['31c'],
    example: 'x = np.array([1.0, 2.0])\nresult = np.copy(x)',
  },
  ...(['zeros', 'ones'] as const).map((name, index): Rule => ({
    id: index === 0 ? 'TL103' : 'TL104',
    family: 'creation',
    names: [name],
    why: `tf.${name} makes float32 by default, np.${name} float64: the dtype is written out.`,
    params: shapeParams,
    forms: [form(`tf.${name}({shape:value}, {dtype})`)],
    refuse: memory,
    bound: 'exact',
    hazards: name === 'zeros' ? ['3', '3b', '20'] : ['3c'],
    example: `result = np.${name}((2, 3))`,
  })),
  {
    id: 'TL105',
    family: 'creation',
    names: ['empty'],
    why: 'TensorFlow has no uninitialised tensors: zeros are as good as what np.empty happens to hold.',
    params: shapeParams,
    forms: [form('tf.zeros({shape:value}, {dtype})')],
    refuse: memory,
    bound: 'exact',
    hazards: ['36'],
    example: 'result = np.empty((2, 3)).shape',
  },
  {
    id: 'TL106',
    family: 'creation',
    names: ['full'],
    why: 'tf.fill takes its dtype from the value, so the value gets the dtype that NumPy would choose.',
    params: ['shape', 'fill_value', 'dtype', 'order', '*', 'device', 'like'],
    forms: [form('tf.fill({shape:value}, {fill_value:result})', { when: hasRank('fill_value', 0) })],
    refuse: memory,
    bound: 'exact',
    hazards: ['3c'],
    example: 'result = np.full((2, 2), 7)',
  },
  {
    id: 'TL602',
    family: 'creation',
    names: ['identity'],
    why: 'tf.identity is a copy: the identity matrix is tf.eye, which makes float32 by default.',
    params: ['n', 'dtype', '*', 'like'],
    forms: [form('tf.eye({n:value}, dtype={dtype})')],
    refuse: memory,
    bound: 'exact',
    hazards: ['270', '270b'],
    example: 'result = np.identity(3)',
  },
  {
    id: 'TL109',
    family: 'creation',
    names: ['eye'],
    why: 'tf.eye makes float32 by default and has no offset: an offset diagonal is made by tf.linalg.diag.',
    params: ['N', 'M', 'k', 'dtype', 'order', '*', 'device', 'like'],
    forms: [
      form('tf.eye({N:value}«, {M:value}», dtype={dtype})', { when: absentOr('k', 0) }),
      form(
        call => {
          const n = integerConstant(call.arg('N')) ?? 0;
          const k = integerConstant(call.arg('k')) ?? 0;
          return `tf.linalg.diag(tf.ones(${n - Math.abs(k)}, {dtype}), k=${k})`;
        },
        {
          when: all(not(given('M')), call => {
            const n = integerConstant(call.arg('N'));
            const k = integerConstant(call.arg('k'));
            return n !== null && k !== null && Math.abs(k) < n;
          }),
        },
      ),
    ],
    refuse: memory,
    bound: 'exact',
    hazards: ['3c', '270'],
    example: 'result = np.eye(3)',
  },
  {
    id: 'TL110',
    family: 'creation',
    names: ['arange'],
    why: 'tf.range makes int32 from whole numbers and float32 from floats; NumPy int64 and float64.',
    params: ['start', 'stop', 'step', '*', 'dtype', 'device', 'like'],
    forms: [
      form('tf.zeros([0], {dtype})', { when: knownEmpty }),
      form('tf.range({start:value}, {stop:value}, {step:value}, dtype={dtype})', {
        when: all(given('stop'), given('step'), arangeDType),
        review: rangeReview,
      }),
      form('tf.range(0, {start:value}, {step:value}, dtype={dtype})', {
        when: all(given('step'), arangeDType),
        review: rangeReview,
      }),
      form('tf.range({start:value}«, {stop:value}», dtype={dtype})', {
        when: all(twoBounds, arangeDType),
        review: rangeReview,
      }),
      form('tf.range({start:value}, dtype={dtype})', { when: arangeDType, review: rangeReview }),
    ],
    refuse: memory,
    bound: 'ulp',
    hazards: ['19', '19c', '19d', '19e'],
    example: 'result = np.arange(2, 14, 3)',
  },
  {
    id: 'TL111',
    family: 'creation',
    names: ['linspace'],
    why: 'tf.linspace makes float32 from Python floats: the first bound carries the dtype.',
    params: ['start', 'stop', 'num', 'endpoint', 'retstep', 'dtype', 'axis', '*', 'device'],
    forms: [
      form('tf.linspace({start:result}, {stop:weak}, «{num:value}»)', {
        when: all(absentOr('endpoint', true), given('num'), resultIs('float64', 'float32')),
      }),
      form('tf.linspace({start:result}, {stop:weak}, 50)', {
        when: all(absentOr('endpoint', true), resultIs('float64', 'float32')),
      }),
      form('{start:value} + ({stop:value} - {start:value}) / {num:value} * tf.range({num:value}, dtype={dtype})', {
        when: all(resultIs('float64'), given('num'), call =>
          ['start', 'stop', 'num'].every(name => call.arg(name).simple && call.arg(name).kind === 'number'),
        ),
      }),
    ],
    refuse: {
      retstep: only('compute the step from the bounds', false),
      axis: only('move the axis afterwards', 0),
      device: memory.device,
    },
    bound: 'ulp',
    hazards: ['18', '18b', '18c'],
    example: 'result = np.linspace(0, 1, 5)',
  },
  {
    id: 'TL112',
    family: 'creation',
    names: ['logspace'],
    why: 'TensorFlow has no logspace: it is a power of a linspace.',
    params: ['start', 'stop', 'num', 'endpoint', 'base', 'dtype', 'axis'],
    forms: [
      form('tf.pow(tf.constant(10.0, {dtype}), tf.linspace({start:result}, {stop:weak}, {num:value}))', {
        when: all(given('num'), not(given('base')), resultIs('float64')),
      }),
      form('tf.pow(tf.constant(10.0, {dtype}), tf.linspace({start:result}, {stop:weak}, 50))', {
        when: all(not(given('base')), resultIs('float64')),
      }),
      form('tf.pow({base:result}, tf.linspace({start:result}, {stop:weak}, {num:value}))', {
        when: all(given('num'), resultIs('float64')),
      }),
    ],
    refuse: {
      endpoint: only('use np.linspace for the exponents', true),
      axis: only('move the axis afterwards', 0),
    },
    bound: 'ulp',
    hazards: ['18i'],
    example: 'result = np.logspace(0, 2, 3)',
  },
  {
    id: 'TL113',
    family: 'creation',
    names: ['fromfunction'],
    why: 'The function is called once with index grids: tf.meshgrid with ij indexing makes them.',
    params: ['function', 'shape', '*', 'dtype', 'like'],
    forms: [
      form(
        call => {
          const dims = integerConstants(call.arg('shape')) ?? [];
          const dtype = call.arg('dtype').dtype ?? 'float64';
          const axes = dims.map(dim => `tf.range(${dim}, dtype=tf.${dtype})`);
          return axes.length === 1
            ? `{function:callable}(${axes.join()})`
            : `{function:callable}(*tf.meshgrid(${axes.join(', ')}, indexing='ij'))`;
        },
        {
          when: call =>
            integerConstants(call.arg('shape')) !== null &&
            call.arg('function').lifted === true &&
            (call.arg('dtype').dtype ?? 'float64') !== 'bool',
        },
      ),
    ],
    refuse: { like: memory.like },
    bound: 'exact',
    hazards: ['83'],
    example: 'def plus(i, j):\n    return 10.0 * i + j\n\n\nresult = np.fromfunction(plus, (2, 3))',
  },
  {
    id: 'TL114',
    family: 'creation',
    names: ['meshgrid'],
    why: 'A plain rename, as long as all axes have one dtype; the result is a list.',
    params: ['*xi', 'copy', 'sparse', 'indexing'],
    forms: [
      form('tf.meshgrid({xi:spread}«, indexing={indexing:value}»)', {
        when: ({ rest }) => {
          const axes = rest.filter(({ kind }) => kind === 'array' || kind === 'sequence');
          return (
            axes.length > 1 &&
            axes.every(({ dtype, shape }) => dtype !== null && dtype === axes[0]?.dtype && shape?.length === 1)
          );
        },
      }),
    ],
    refuse: {
      copy: only('tensors are never shared', true, false),
      sparse: only('index with None instead: a[None], b[:, None]', false),
    },
    bound: 'exact',
    hazards: ['81', '81b', '81c'],
    example: 'x, y = np.meshgrid(np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0]))\nresult = x + y',
  },
  {
    id: 'TL115',
    family: 'creation',
    names: ['diag'],
    why: 'np.diag builds a matrix from a vector and takes the diagonal of a matrix: two functions in TensorFlow.',
    params: ['v', 'k'],
    forms: [
      form('tf.linalg.diag({v})', { when: all(hasRank('v', 1), absentOr('k', 0)) }),
      form('tf.linalg.diag({v}, k={k:value})', { when: hasRank('v', 1) }),
      form('tf.linalg.diag_part({v})', { when: all(hasRank('v', 2), absentOr('k', 0)) }),
      form('tf.linalg.diag_part({v}, k={k:value})', { when: hasRank('v', 2) }),
    ],
    bound: 'exact',
    hazards: ['67d', '67e'],
    example: 'result = np.diag(np.array([1.0, 2.0]))',
  },
  {
    id: 'TL116',
    family: 'creation',
    names: ['mgrid'],
    why: 'np.mgrid makes ij index grids: tf.range for each axis, tf.meshgrid with ij indexing for several.',
    params: [],
    forms: [
      form('{index:grid}', { when: call => call.grid === true && call.use === 'unpacked' }),
      form('tf.stack({index:grid})', { when: call => call.grid === true && call.rest.length > 1 }),
      form('{index:grid}', { when: call => call.grid === true }),
    ],
    bound: 'exact',
    hazards: ['48c', '48d'],
    example: 'rows, columns = np.mgrid[0:2, 0:3]\nresult = rows * 10 + columns',
  },
  {
    id: 'TL117',
    family: 'creation',
    names: ['c_'],
    why: 'np.c_ makes columns: 1-D arrays are stacked along axis 1, matrices joined along it.',
    params: [],
    forms: [
      form('tf.stack({columns:items}, 1)', { when: itemsOfRank('columns', 1) }),
      form('tf.concat({columns:items}, 1)', { when: itemsOfRank('columns', 2) }),
      form('tf.concat({columns:columns}, 1)', {
        when: call =>
          call.arg('columns').items?.every(item => item.shape?.length === 1 || item.shape?.length === 2) === true,
      }),
    ],
    bound: 'exact',
    hazards: ['48'],
    example: 'result = np.c_[np.array([1.0, 2.0]), np.array([3.0, 4.0])]',
  },
];
