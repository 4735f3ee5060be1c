// Inference of functions that pick, repeat and lay out anew: flip, broadcast_to, atleast_2d, take, repeat, append, trace, round.
import type { Dim } from '../../../shared/findings.ts';
import { promote } from '../../../shared/dtypes.ts';
import type { AbstractValue, ArrayValue, Shape } from '../types.ts';
import type { Call, Inference } from '../library/dispatch.ts';
import { dtypeArgument } from '../library/dtypes.ts';
import { normalAxis, productDim } from '../dims.ts';
import { shapeOf } from '../operators.ts';
import { array, arrayOrScalar, dimOf, none, tuple, tupleOf, unknown } from '../values.ts';
import { intArgument, shapeArgument } from './arguments.ts';
import { columnStack } from './joins.ts';
import { numeric, ownDType, reduced, subject, sumOf } from './rows.ts';

/** A result that may share memory with the array. */
export function view(call: Call, of: ArrayValue, shape: Shape): AbstractValue {
  call.m.views.add(call.node.id);
  return array(of.dtype, shape, of.storages);
}

const itself: Inference = call => {
  const of = subject(call, 'a');
  return call.self?.kind === 'scalar' ? call.self : view(call, of, of.shape);
};

const flip: Inference = call => {
  const of = subject(call, 'm');
  return view(call, of, of.shape);
};

/** A vector stands in each row of a square. */
const triangle: Inference = call => {
  const of = subject(call, 'm');
  const [only] = of.shape ?? [];
  return array(of.dtype, of.shape?.length === 1 && only !== undefined ? [only, only] : of.shape);
};

const broadcastTo: Inference = call => view(call, subject(call, 'array'), shapeArgument(call.m, call.raw('shape')));

/** A vector becomes a row; the third axis is the last one. */
const atLeast =
  (rank: number): Inference =>
  call => {
    const [first, second] = call.rest;
    if (!first || second) return tupleOf(array(null, null), call.rest.length);
    const value = numeric(call, first);
    const of: ArrayValue =
      value.kind === 'array'
        ? value
        : { kind: 'array', dtype: ownDType(value), shape: shapeOf(value), storages: new Set() };
    if (!of.shape || of.shape.length >= rank) return view(call, of, of.shape);
    const ones = (count: number): readonly Dim[] => Array<Dim>(count).fill(1);
    const { shape } = of;
    if (rank < 3 || shape.length === 0) return view(call, of, [...ones(rank - shape.length), ...shape]);
    return view(call, of, shape.length === 1 ? [1, ...shape, 1] : [...shape, 1]);
  };

const times = (dim: Dim, count: Dim): Dim =>
  typeof dim === 'number' && typeof count === 'number' ? dim * count : dim === 1 ? count : count === 1 ? dim : null;

const repeat: Inference = call => {
  const of = subject(call, 'a');
  const repeats = call.raw('repeats') ?? unknown;
  const count = repeats.kind === 'int' ? dimOf(repeats) : null;
  const axis = call.get('axis');
  if (!axis) return array(of.dtype, [times(productDim(of.shape), count)]);
  const at = of.shape ? normalAxis(intArgument(axis, 0) ?? 99, of.shape.length) : null;
  return array(
    of.dtype,
    of.shape && of.shape.map((dim, i) => (at === null ? null : i === at ? times(dim, count) : dim)),
  );
};

const append: Inference = call => {
  const [a, b] = [numeric(call, call.raw('arr') ?? unknown), numeric(call, call.raw('values') ?? unknown)];
  const [p, q] = [ownDType(a), ownDType(b)];
  const dtype = p && q ? promote(p, q) : null;
  const sizes = [a, b].map(value => productDim(shapeOf(value)));
  const axis = call.get('axis');
  if (!axis) {
    const [m, n] = sizes;
    return array(dtype, [typeof m === 'number' && typeof n === 'number' ? m + n : null]);
  }
  const shape = shapeOf(a);
  const other = shapeOf(b);
  const at = shape ? normalAxis(intArgument(axis, 0) ?? 99, shape.length) : null;
  if (!shape || at === null) return array(dtype, shape && shape.map(() => null));
  const [m = null, n = null] = [shape[at], other?.[at]];
  const total = typeof m === 'number' && typeof n === 'number' ? m + n : null;
  return array(
    dtype,
    shape.map((dim, i) => (i === at ? total : dim)),
  );
};

const take: Inference = call => {
  const out = call.get('out');
  if (out?.kind === 'array') return out;
  const of = subject(call, 'a');
  const indices = shapeOf(numeric(call, call.raw('indices') ?? unknown));
  const axis = call.get('axis');
  if (!axis) return arrayOrScalar(of.dtype, indices);
  const at = of.shape ? normalAxis(intArgument(axis, 0) ?? 99, of.shape.length) : null;
  if (!of.shape || !indices || at === null) return array(of.dtype, null);
  return arrayOrScalar(of.dtype, [...of.shape.slice(0, at), ...indices, ...of.shape.slice(at + 1)]);
};

const trace: Inference = call => {
  const of = subject(call, 'a');
  const moved = ['axis1', 'axis2'].some(name => call.get(name));
  return arrayOrScalar(
    dtypeArgument(call.get('dtype'), sumOf(of.dtype)),
    of.shape && !moved ? of.shape.slice(2) : of.shape && of.shape.slice(2).map(() => null),
  );
};

const round: Inference = call => {
  const out = call.get('out');
  if (out?.kind === 'array') return out;
  const of = subject(call, 'a');
  // bool becomes float16, which is not covered.
  return arrayOrScalar(of.dtype === 'bool' ? null : of.dtype, of.shape);
};

const indices: Inference = call => {
  const shape = shapeArgument(call.m, call.raw('dimensions'));
  const dtype = dtypeArgument(call.get('dtype'), 'int64');
  if (call.get('sparse')) return unknown;
  return array(dtype, shape && [shape.length, ...shape]);
};

const argwhere: Inference = call => {
  const { shape } = subject(call, 'a');
  return array('int64', [null, shape ? shape.length : null]);
};

const countNonzero: Inference = call => arrayOrScalar('int64', reduced(call, subject(call, 'a').shape));

const copyto: Inference = call => {
  const value = call.raw('dst');
  const target = call.node.child('arguments')?.items[0];
  if (value && target) call.m.mutate(call.node, target, 'method', value);
  return none;
};

const put: Inference = call => {
  const target = call.node.child('function')?.child('object');
  if (call.self && target) call.m.mutate(call.node, target, 'method', call.self);
  return none;
};

const broadcastArrays: Inference = call => {
  if (call.rest.length === 0) return unknown;
  const values = call.rest.map(value => numeric(call, value));
  const shapes = values.map(shapeOf);
  const known = shapes.every(shape => shape !== null);
  return known
    ? tuple(values.map(value => (value.kind === 'array' ? view(call, value, null) : array(null, null))))
    : unknown;
};

export const rearrange: Readonly<Record<string, Inference>> = {
  'numpy.flip': flip,
  'numpy.tril': triangle,
  'numpy.triu': triangle,
  'ndarray.conj': itself,
  'ndarray.conjugate': itself,
  'numpy.broadcast_to': broadcastTo,
  'numpy.broadcast_arrays': broadcastArrays,
  'numpy.atleast_1d': atLeast(1),
  'numpy.atleast_2d': atLeast(2),
  'numpy.atleast_3d': atLeast(3),
  'numpy.repeat': repeat,
  'ndarray.repeat': repeat,
  'numpy.append': append,
  'numpy.take': take,
  'ndarray.take': take,
  'numpy.column_stack': columnStack,
  'numpy.trace': trace,
  'ndarray.trace': trace,
  'numpy.round': round,
  'ndarray.round': round,
  'numpy.indices': indices,
  'numpy.argwhere': argwhere,
  'numpy.flatnonzero': () => array('int64', [null]),
  'numpy.count_nonzero': countNonzero,
  'numpy.copyto': copyto,
  'ndarray.put': put,
};
