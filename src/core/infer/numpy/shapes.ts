// Inference of shape functions, products, joins and searches, as functions and as methods.
import { promote } from '../../../shared/dtypes.ts';
import type { DType } from '../../../shared/dtypes.ts';
import type { AbstractValue, ArrayValue, Shape } from '../types.ts';
import type { Call, Inference } from '../library/dispatch.ts';
import { dtypeArgument } from '../library/dtypes.ts';
import { concatenate, hstack, stack, tile, vstack } from './joins.ts';
import { forgetShapes } from '../attributes.ts';
import { iterate } from '../containers.ts';
import { broadcast, normalAxis, productDim, reshapeTo } from '../dims.ts';
import { arithmeticDType, matmulShape, operandOf, resultType, shapeOf } from '../operators.ts';
import {
  anyBool,
  anyFloat,
  anyInt,
  array,
  arrayOrScalar,
  dimOf,
  int,
  intOfDim,
  none,
  scalar,
  tuple,
  tupleOf,
  unknown,
} from '../values.ts';
import { axesArgument, flag, intArgument, shapeArgument } from './arguments.ts';
import { view } from './rearrange.ts';
import { numeric, ownDType, reduced, subject, sumOf } from './rows.ts';

function reshape(call: Call, of: ArrayValue, shape: Shape, given: AbstractValue | undefined): AbstractValue {
  const items = given && given.kind !== 'int' ? iterate(call.m, given).items : given ? [given] : null;
  // A negative constant stands for the open size.
  const sizes = items?.map(item => (item.kind === 'int' && item.value === -1 ? -1 : dimOf(item)));
  return view(call, of, sizes ? reshapeTo(of.shape, sizes) : shape && shape.map(() => null));
}

const reshapeFunction: Inference = call => {
  const shape = call.raw('shape');
  return reshape(call, subject(call, 'a'), shapeArgument(call.m, shape), shape);
};
const reshapeMethod: Inference = call => {
  const given = call.rest.length === 1 ? call.rest[0] : tuple(call.rest);
  return reshape(call, subject(call, 'a'), shapeArgument(call.m, given), given);
};

function transposed(call: Call, of: ArrayValue, axes: AbstractValue | undefined): AbstractValue {
  if (!of.shape) return view(call, of, null);
  if (!axes) return view(call, of, of.shape.toReversed());
  const order = axesArgument(call.m, axes, of.shape.length);
  const { shape } = of;
  return view(
    call,
    of,
    order && order.length === shape.length ? order.map(axis => shape[axis] ?? null) : shape.map(() => null),
  );
}
const transposeMethod: Inference = call => {
  const [first] = call.rest;
  const axes =
    call.rest.length === 0 || first?.kind === 'none' ? undefined : call.rest.length === 1 ? first : tuple(call.rest);
  return transposed(call, subject(call, 'a'), axes);
};

const moveaxis: Inference = call => {
  const of = subject(call, 'a');
  const rank = of.shape?.length ?? 0;
  const from = axesArgument(call.m, call.raw('source'), rank);
  const to = axesArgument(call.m, call.raw('destination'), rank);
  if (!of.shape || !from || !to || from.length !== to.length)
    return view(call, of, of.shape && of.shape.map(() => null));
  const order = of.shape.map((_, i) => i).filter(i => !from.includes(i));
  const pairs = to.map((target, i) => ({ target, axis: from[i] ?? 0 })).sort((a, b) => a.target - b.target);
  for (const { target, axis } of pairs) order.splice(target, 0, axis);
  const { shape } = of;
  return view(
    call,
    of,
    order.map(axis => shape[axis] ?? null),
  );
};

const swapaxes: Inference = call => {
  const of = subject(call, 'a');
  const [a, b] = [call.raw('axis1'), call.raw('axis2')];
  if (!of.shape) return view(call, of, null);
  const [i, j] = [a, b].map(axis => normalAxis(intArgument(axis, 0) ?? -99, of.shape?.length ?? 0));
  if (i === null || j === null || i === undefined || j === undefined)
    return view(
      call,
      of,
      of.shape.map(() => null),
    );
  const shape = [...of.shape];
  [shape[i], shape[j]] = [shape[j] ?? null, shape[i] ?? null];
  return view(call, of, shape);
};

const flat =
  (copies: boolean): Inference =>
  call => {
    const of = subject(call, 'a');
    const shape = [productDim(of.shape)];
    return copies ? array(of.dtype, shape) : view(call, of, shape);
  };

const expandDims: Inference = call => {
  const of = subject(call, 'a');
  const axis = call.raw('axis');
  const at = axis?.kind === 'int' ? axis.value : null;
  if (!of.shape || at === null) return view(call, of, null);
  const shape = [...of.shape];
  shape.splice(at < 0 ? at + shape.length + 1 : at, 0, 1);
  return view(call, of, shape);
};

const squeeze: Inference = call => {
  const of = subject(call, 'a');
  const axis = call.get('axis');
  if (!of.shape) return view(call, of, null);
  if (axis) {
    const axes = axesArgument(call.m, axis, of.shape.length);
    return view(call, of, axes && of.shape.filter((_, i) => !axes.includes(i)));
  }
  const known = of.shape.every(dim => typeof dim === 'number');
  return view(call, of, known ? of.shape.filter(dim => dim !== 1) : null);
};

function productDType(a: AbstractValue, b: AbstractValue): DType | null {
  const [p, q] = [ownDType(a), ownDType(b)];
  return p && q ? arithmeticDType('@', promote(p, q)) : null;
}

const dot: Inference = call => {
  const out = call.get('out');
  if (out?.kind === 'array') return out;
  const a = numeric(call, call.self ?? call.raw('a') ?? unknown);
  const b = numeric(call, call.raw(call.self ? 'other' : 'b') ?? unknown);
  const [p, q] = [shapeOf(a), shapeOf(b)];
  const dtype = productDType(a, b);
  if (!p || !q) return array(dtype, null);
  if (p.length === 0 || q.length === 0) return arrayOrScalar(dtype, broadcast(p, q));
  const rest = q.length === 1 ? [] : [...q.slice(0, -2), q[q.length - 1] ?? null];
  return arrayOrScalar(dtype, [...p.slice(0, -1), ...rest]);
};

const matmul: Inference = call => {
  const out = call.get('out');
  if (out?.kind === 'array') return out;
  const [a, b] = [numeric(call, call.raw('x1') ?? unknown), numeric(call, call.raw('x2') ?? unknown)];
  const special = ['axes', 'axis', 'signature'].some(name => call.get(name));
  return special
    ? unknown
    : arrayOrScalar(dtypeArgument(call.get('dtype'), productDType(a, b)), matmulShape(shapeOf(a), shapeOf(b)));
};

const outer: Inference = call => {
  const [a, b] = [numeric(call, call.raw('a') ?? unknown), numeric(call, call.raw('b') ?? unknown)];
  return array(productDType(a, b), [productDim(shapeOf(a)), productDim(shapeOf(b))]);
};

const norm: Inference = call => {
  const of = subject(call, 'x');
  // Integers and booleans are cast to float64.
  const dtype = of.dtype === 'float32' ? of.dtype : of.dtype ? 'float64' : null;
  return arrayOrScalar(dtype, reduced(call, of.shape));
};

const inverse: Inference = call => {
  const of = subject(call, 'a');
  return array(of.dtype === 'float32' ? of.dtype : of.dtype ? 'float64' : null, of.shape);
};

const astype: Inference = call => {
  const of = subject(call, 'a');
  const dtype = dtypeArgument(call.raw('dtype'), null);
  const copies = flag(call.raw('copy'), true) === true;
  return call.self?.kind === 'scalar' ? scalar(dtype) : array(dtype, of.shape, copies ? undefined : of.storages);
};

const where: Inference = call => {
  const condition = subject(call, 'condition');
  const [x, y] = [call.raw('x'), call.raw('y')];
  if (!x || !y) {
    const indices = array('int64', [null]);
    return condition.shape ? tuple(condition.shape.map(() => indices)) : tupleOf(indices, null);
  }
  const [a, b] = [numeric(call, x), numeric(call, y)];
  return array(resultType([operandOf(a), operandOf(b)]), broadcast(condition.shape, shapeOf(a), shapeOf(b)));
};

const clip: Inference = call => {
  const out = call.get('out');
  if (out?.kind === 'array') return out;
  const of = call.self ?? call.raw('a') ?? unknown;
  const bounds = [call.get('a_min') ?? call.get('min'), call.get('a_max') ?? call.get('max')].filter(
    b => b !== undefined,
  );
  const all = [of, ...bounds].map(value => numeric(call, value));
  return arrayOrScalar(resultType(all.map(operandOf)), broadcast(...all.map(shapeOf)));
};

const sorted =
  (dtype: 'own' | 'int64', source: string): Inference =>
  call => {
    const of = subject(call, source);
    // A scalar has an order of one place.
    const flat_ = call.raw('axis')?.kind === 'none' || of.shape?.length === 0;
    return array(dtype === 'own' ? of.dtype : dtype, flat_ ? [productDim(of.shape)] : of.shape);
  };

const unique: Inference = call => {
  const of = subject(call, 'ar');
  const axis = call.get('axis');
  const values = array(
    of.dtype,
    axis ? of.shape && of.shape.map((dim, i) => (i === intArgument(axis, 0) ? null : dim)) : [null],
    call.m.fresh(call.node),
  );
  if (axis && of.shape && intArgument(axis, 0) === null) return unknown;
  const flags = ['return_index', 'return_inverse', 'return_counts'].map(name => flag(call.raw(name), false));
  if (flags.includes(null)) return unknown;
  if (!flags.includes(true)) return values;
  const [index, inverse_, counts] = flags;
  const more: AbstractValue[] = [];
  if (index) more.push(array('int64', [null]));
  if (inverse_) more.push(array('int64', axis ? [null] : of.shape));
  if (counts) more.push(array('int64', [null]));
  return tuple([values, ...more]);
};

const diff: Inference = call => {
  const of = subject(call, 'a');
  const n = intArgument(call.get('n'), 1);
  const axis = intArgument(call.get('axis'), -1);
  if (call.get('prepend') || call.get('append') || n === null || axis === null || !of.shape)
    return array(null, of.shape && of.shape.map(() => null));
  const at = normalAxis(axis, of.shape.length);
  return array(
    of.dtype,
    of.shape.map((dim, i) => (i !== at ? dim : typeof dim === 'number' ? Math.max(0, dim - n) : null)),
  );
};

const shapeOfArray: Inference = call => {
  const { shape } = subject(call, 'a');
  return shape ? tuple(shape.map(intOfDim)) : tupleOf(anyInt, null);
};

const pythonOf = (dtype: DType | null): AbstractValue => {
  if (!dtype) return unknown;
  return dtype === 'bool' ? { kind: 'bool', value: null } : dtype.startsWith('float') ? anyFloat : anyInt;
};

const tolist: Inference = call => {
  const of = subject(call, 'a');
  if (!of.shape) return unknown;
  if (of.shape.length === 0) return pythonOf(of.dtype);
  if (of.shape.length > 1) return unknown;
  const [length = null] = of.shape;
  const element = pythonOf(of.dtype);
  const ref = call.m.allocate(call.node, { heap: 'list', items: null, element, length, summary: false });
  return { kind: 'list', items: null, element, length, ref };
};

const copy: Inference = call => {
  const of = subject(call, 'a');
  return call.self?.kind === 'scalar' ? call.self : array(of.dtype, of.shape);
};

const cumulative: Inference = call => {
  const of = subject(call, 'a');
  const axis = call.get('axis');
  return array(dtypeArgument(call.get('dtype'), sumOf(of.dtype)), axis ? of.shape : [productDim(of.shape)]);
};

const nonzero: Inference = call => {
  const { shape } = subject(call, 'a');
  const indices = array('int64', [null]);
  return shape ? tuple(shape.map(() => indices)) : tupleOf(indices, null);
};

const inPlace: Inference = call => {
  const target = call.node.child('function')?.child('object');
  if (call.self && target) call.m.mutate(call.node, target, 'method', call.self);
  return none;
};

const resize: Inference = call => {
  if (call.self?.kind === 'array') forgetShapes(call.m, call.self, true);
  return inPlace(call);
};

export const shapes: Readonly<Record<string, Inference>> = {
  'numpy.shape': shapeOfArray,
  'numpy.reshape': reshapeFunction,
  'ndarray.reshape': reshapeMethod,
  'numpy.transpose': call => transposed(call, subject(call, 'a'), call.get('axes')),
  'ndarray.transpose': transposeMethod,
  'numpy.moveaxis': moveaxis,
  'numpy.swapaxes': swapaxes,
  'ndarray.swapaxes': swapaxes,
  'numpy.ravel': flat(false),
  'ndarray.ravel': flat(false),
  'ndarray.flatten': flat(true),
  'numpy.expand_dims': expandDims,
  'numpy.squeeze': squeeze,
  'ndarray.squeeze': squeeze,
  'numpy.concatenate': concatenate,
  'numpy.stack': stack,
  'numpy.hstack': hstack,
  'numpy.vstack': vstack,
  'numpy.tile': tile,
  'numpy.dot': dot,
  'ndarray.dot': dot,
  'numpy.matmul': matmul,
  'numpy.outer': outer,
  'numpy.linalg.norm': norm,
  'numpy.linalg.inv': inverse,
  'ndarray.astype': astype,
  'numpy.where': where,
  'numpy.clip': clip,
  'ndarray.clip': clip,
  'numpy.argsort': sorted('int64', 'a'),
  'ndarray.argsort': sorted('int64', 'a'),
  'numpy.sort': sorted('own', 'a'),
  'ndarray.sort': inPlace,
  'ndarray.fill': inPlace,
  'ndarray.resize': resize,
  'numpy.allclose': () => anyBool,
  'numpy.array_equal': () => anyBool,
  'numpy.ndim': call => {
    const { shape } = subject(call, 'a');
    return shape ? int(shape.length) : anyInt;
  },
  'numpy.size': call => (call.get('axis') ? anyInt : intOfDim(productDim(subject(call, 'a').shape))),
  'numpy.unique': unique,
  'numpy.diff': diff,
  'ndarray.tolist': tolist,
  'ndarray.item': call => pythonOf(subject(call, 'a').dtype),
  'numpy.copy': copy,
  'ndarray.copy': copy,
  'numpy.cumsum': cumulative,
  'numpy.cumprod': cumulative,
  'ndarray.cumsum': cumulative,
  'ndarray.cumprod': cumulative,
  'numpy.nonzero': nonzero,
  'ndarray.nonzero': nonzero,
  'numpy.finfo': call => {
    const dtype = dtypeArgument(call.raw('dtype'), null);
    return {
      kind: 'object',
      type: dtype === 'float64' || dtype === 'float32' ? `numpy.finfo.${dtype}` : 'numpy.finfo',
    };
  },
  'numpy.testing.assert_almost_equal': () => none,
};
