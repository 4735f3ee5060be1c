// Reductions, scans, searches, sorting.
import type { DType } from '../../../src/shared/dtypes.ts';
import { isFloat, rangeOf } from '../../../src/shared/dtypes.ts';
import type { Typed } from '../../ir/node.ts';
import {
  apply,
  cast,
  dtypeOf,
  flag,
  flip,
  full,
  ints,
  number,
  padAxes,
  range,
  reshape,
  scalar,
  single,
  sizeOf,
  sliceAxis,
  take,
  text,
} from '../build.ts';
import { KernelError, LateKernelError, TfError, shapeText, tfNames } from '../errors.ts';
import type { Lib, LowerArgs, TfOp } from '../types.ts';
import { truncateDivide } from './math.ts';

const numbers =
  'float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64';
const ordered =
  'float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, qint8, quint8, qint32, qint16, quint16';
const sortable = 'float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64';
const index = 'int32, int64';

/** The axes that go, sorted, from the attribute or the second operand; none given means all. */
function reductionAxes<T extends Typed>(args: LowerArgs<T>): number[] {
  const rank = take(args.inputs, 0).shape.length;
  if (args.attrs.axis === null) return range(rank);
  const axes = ints(args.b, args.attrs, 'axis', args.inputs, 1).map(axis => {
    if (axis < -rank || axis >= rank)
      throw new KernelError(`Invalid reduction dimension (${axis} for input with ${rank} dimension(s)`);
    return axis < 0 ? axis + rank : axis;
  });
  axes.forEach((axis, i) => {
    if (axes.indexOf(axis) !== i)
      throw new KernelError(`Invalid reduction arguments: Axes contains duplicate dimension: ${axis}`);
  });
  return axes.sort((p, q) => p - q);
}

const keptShape = (shape: readonly number[], axes: readonly number[]): number[] =>
  shape.map((d, i) => (axes.includes(i) ? 1 : d));

type Reduce = <T extends Typed>(b: Lib<T>, x: T, axes: number[], count: number) => T;

function reduction(allowed: string | null, reduce: Reduce, more: Partial<TfOp> = {}): TfOp {
  return {
    args: `input:${allowed ? 'T' : 'bool'} reduction_indices:Tidx`,
    allowed: { ...(allowed ? { T: allowed } : {}), Tidx: index },
    lower: args => {
      const x = take(args.inputs, 0);
      const axes = reductionAxes(args);
      const count = sizeOf(axes.map(axis => x.shape[axis] ?? 1));
      const y = axes.length ? reduce(args.b, x, axes, count) : reduce(args.b, x, [], 1);
      return [flag(args.attrs, 'keep_dims') ? reshape(args.b, y, keptShape(x.shape, axes)) : y];
    },
    ...more,
  };
}

/** Over nothing, the identity of the reduction. */
function orIdentity<T extends Typed>(
  b: Lib<T>,
  x: T,
  axes: number[],
  count: number,
  identity: number | bigint,
  run: () => T,
): T {
  if (count > 0) return axes.length ? run() : x;
  return full(
    b,
    identity,
    x.dtype,
    x.shape.filter((_, i) => !axes.includes(i)),
  );
}

const limits = (dtype: DType): readonly [least: number | bigint, greatest: number | bigint] =>
  isFloat(dtype) ? [-Infinity, Infinity] : rangeOf(dtype);

function mean<T extends Typed>(b: Lib<T>, x: T, axes: number[], count: number): T {
  const total = axes.length ? b.op('sum', [x], { axes }) : x;
  if (isFloat(x.dtype)) return apply(b, 'div', total, scalar(b, count, x.dtype));
  if (count === 0) return total;
  return x.dtype === 'uint8'
    ? cast(b, apply(b, 'floordiv', b.op('sum', [cast(b, x, 'int32')], { axes }), scalar(b, count, 'int32')), 'uint8')
    : truncateDivide(b, total, scalar(b, count, x.dtype));
}

/** A reduced cotangent back at the shape of the operand. */
function spreadBack<T extends Typed>(args: LowerArgs<T>, g: T): T {
  const x = take(args.inputs, 0);
  return args.b.op('expand', [reshape(args.b, g, keptShape(x.shape, reductionAxes(args)))], { shape: x.shape });
}

type Scan = 'cumsum' | 'cumprod';

function scan<T extends Typed>(primitive: Scan, args: LowerArgs<T>): readonly T[] {
  const { b, inputs, attrs } = args;
  const x = take(inputs, 0);
  const rank = x.shape.length;
  const given = single(args, 'axis', 1, shape => `ScanOp: axis must be a scalar, not ${shapeText(shape)}`);
  if (given < -rank || given >= rank)
    throw new LateKernelError(`ScanOp: Expected scan axis in the range [${-rank}, ${rank}), but got ${given}`);
  const axis = given < 0 ? given + rank : given;
  const n = x.shape[axis] ?? 0;
  const turned = flag(attrs, 'reverse') ? flip(b, x, axis) : x;
  let y = b.op(primitive, [turned], { axis });
  if (flag(attrs, 'exclusive') && n > 0) {
    const one = range(rank).map(i => (i === axis ? 1 : 0));
    y = sliceAxis(
      b,
      padAxes(
        b,
        y,
        one,
        range(rank).map(() => 0),
        primitive === 'cumprod' ? 1 : 0,
      ),
      axis,
      0,
      n,
    );
  }
  return [flag(attrs, 'reverse') ? flip(b, y, axis) : y];
}

const argReduce = (primitive: 'argmax' | 'argmin'): TfOp => ({
  args: 'input:T dimension:Tidx',
  allowed: { T: `${ordered}, bool`, Tidx: 'int16, int32, int64' },
  grad: 'none',
  lower: args => {
    const { b, inputs, attrs } = args;
    const x = take(inputs, 0);
    const rank = x.shape.length;
    const given = single(
      args,
      'axis',
      1,
      shape => `dim must be a scalar, but received tensor of shape: ${shapeText(shape)}`,
    );
    if (given < -rank || given >= rank)
      throw new LateKernelError(`Expected dimension in the range [${-rank || 0}, ${rank}), but got ${given}`);
    const axis = given < 0 ? given + rank : given;
    const type = dtypeOf(attrs, 'output_type', 'int64');
    if (type !== 'int32' && type !== 'int64')
      throw new TfError(
        'InvalidArgumentError',
        `Value for attr 'output_type' of ${tfNames[type]} is not in the list of allowed values: int16, uint16, int32, int64`,
      );
    if (x.shape[axis] === 0)
      throw new LateKernelError(`Reduction axis ${given} is empty in shape ${shapeText(x.shape)}`);
    return [cast(b, b.op(primitive, [withoutNaN(b, x, primitive)], { axis }), type)];
  },
});

/** TensorFlow's argmax passes NaN over, where NumPy's stops at it. */
function withoutNaN<T extends Typed>(b: Lib<T>, x: T, primitive: 'argmax' | 'argmin'): T {
  if (!isFloat(x.dtype)) return x;
  const worst = full(b, primitive === 'argmax' ? -Infinity : Infinity, x.dtype, x.shape);
  return apply(b, 'where', apply(b, 'ne', x, x), worst, x);
}

/** `axis` and `direction`; sorting is stable in both directions. */
function sorted<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>, what: 'sort' | 'argsort'): readonly T[] {
  const x = take(inputs, 0);
  const given = number(attrs, 'axis', -1);
  const rank = x.shape.length;
  const axis = given < 0 ? given + rank : given;
  const n = x.shape[axis] ?? 0;
  if (text(attrs, 'direction') !== 'DESCENDING') {
    const y = b.op(what, [x], { axis });
    return [what === 'sort' ? y : cast(b, y, 'int32')];
  }
  if (what === 'sort') return [flip(b, b.op('sort', [x], { axis }), axis)];
  const places = flip(b, b.op('argsort', [flip(b, x, axis)], { axis }), axis);
  return [cast(b, apply(b, 'sub', scalar(b, n - 1, 'int64'), places), 'int32')];
}

export const reduce: Readonly<Record<string, TfOp>> = {
  Sum: reduction(numbers, (b, x, axes) => (axes.length ? b.op('sum', [x], { axes }) : x)),
  Prod: reduction(numbers, (b, x, axes) => (axes.length ? b.op('prod', [x], { axes }) : x)),
  Mean: reduction(numbers, mean, {
    grad: args => {
      const x = take(args.inputs, 0);
      const count = sizeOf(reductionAxes(args).map(axis => x.shape[axis] ?? 1));
      return [apply(args.b, 'div', spreadBack(args, args.g), scalar(args.b, count, x.dtype))];
    },
  }),
  Max: reduction(ordered, (b, x, axes, n) =>
    orIdentity(b, x, axes, n, limits(x.dtype)[0], () => b.op('reduceMax', [x], { axes })),
  ),
  Min: reduction(ordered, (b, x, axes, n) =>
    orIdentity(b, x, axes, n, limits(x.dtype)[1], () => b.op('reduceMin', [x], { axes })),
  ),
  Any: reduction(null, (b, x, axes, n) => orIdentity(b, x, axes, n, 0, () => b.op('reduceMax', [x], { axes })), {
    grad: 'none',
  }),
  All: reduction(null, (b, x, axes, n) => orIdentity(b, x, axes, n, 1, () => b.op('reduceMin', [x], { axes })), {
    grad: 'none',
  }),
  EuclideanNorm: reduction(
    numbers,
    (b, x, axes) => {
      const wide = isFloat(x.dtype) ? x : cast(b, x, 'float64');
      const squares = apply(b, 'mul', wide, wide);
      return cast(b, apply(b, 'sqrt', axes.length ? b.op('sum', [squares], { axes }) : squares), x.dtype);
    },
    {
      grad: args => {
        const { b, inputs, outputs, g } = args;
        const x = take(inputs, 0);
        return [apply(b, 'mul', x, spreadBack(args, apply(b, 'div', g, take(outputs, 0))))];
      },
    },
  ),
  Cumsum: {
    args: 'x:T axis:Tidx',
    allowed: { T: numbers, Tidx: index },
    lower: args => scan('cumsum', args),
    grad: ({ b, inputs, attrs, g }) =>
      scan('cumsum', { b, inputs: [g, ...inputs.slice(1)], attrs: { ...attrs, reverse: !flag(attrs, 'reverse') } }),
  },
  Cumprod: {
    args: 'x:T axis:Tidx',
    allowed: { T: numbers, Tidx: index },
    lower: args => scan('cumprod', args),
  },
  ArgMax: argReduce('argmax'),
  ArgMin: argReduce('argmin'),
  TopKV2: {
    args: 'input:T',
    allowed: { T: sortable },
    lower: args => (flag(args.attrs, 'indices') ? sorted(args, 'argsort') : sorted(args, 'sort')),
  },
};
