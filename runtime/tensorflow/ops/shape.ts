// Ops that move values: reshape, transpose, concat, tile, pad, roll, and those that make tensors from nothing.
import type { DType } from '../../../src/shared/dtypes.ts';
import type { Typed } from '../../ir/node.ts';
import {
  apply,
  constant,
  dtypeOf,
  expand,
  flip,
  full,
  ints,
  isList,
  number,
  padAxes,
  permute,
  range,
  reshape,
  sameShape,
  scalar,
  sizeOf,
  sliceAxis,
  take,
  text,
  joint,
} from '../build.ts';
import { KernelError, LateKernelError, shapeText } from '../errors.ts';
import type { Json, LowerArgs, Signature, TfOp } from '../types.ts';

const index = 'int32, int64';
const unknownLike = (inputs: readonly Signature[]): Signature[] => [
  { dtype: inputs[0]?.dtype ?? 'float32', shape: null },
];

/** A list as kernels print it. */
const braces = (values: readonly number[]): string => `{${values.join(',')}}`;

function targetShape(size: number, given: readonly number[]): number[] {
  const free = given.flatMap((d, i) => (d === -1 ? [i] : []));
  if (free.length > 1) throw new KernelError(`Only one input size may be -1, not both ${free[0]} and ${free[1]}`);
  const negative = given.findIndex(d => d < -1);
  if (negative >= 0) throw new KernelError(`Size ${negative} must be non-negative, not ${given[negative]}`);
  const known = sizeOf(given.filter(d => d !== -1));
  if (free.length === 0) {
    if (known !== size)
      throw new KernelError(`Input to reshape is a tensor with ${size} values, but the requested shape has ${known}`);
    return [...given];
  }
  if (known === 0 && size > 0)
    throw new KernelError(
      `reshape cannot infer the missing input size for an empty tensor unless all specified input sizes are non-zero`,
    );
  if (known !== 0 && size % known !== 0)
    throw new KernelError(
      `Input to reshape is a tensor with ${size} values, but the requested shape requires a multiple of ${known}`,
    );
  return given.map(d => (d === -1 ? (known === 0 ? 0 : size / known) : d));
}

function concat<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const parts = typeof attrs.axis === 'number' ? inputs : inputs.slice(0, -1);
  const axes = ints(b, attrs, 'axis', inputs, inputs.length - 1);
  const [given = 0] = axes;
  if (axes.length !== 1)
    throw new KernelError(`axis tensor should be a scalar integer, but got shape [${axes.length}]`);
  const first = take(parts, 0);
  const rank = first.shape.length;
  if (rank === 0 && given === 0) throw new KernelError(`ConcatOp : Can't concatenate scalars (use tf.stack instead)`);
  if (given < -rank || given >= rank)
    throw new KernelError(
      `ConcatOp : Expected concatenating dimensions in the range [${-rank}, ${rank}), but got ${given}`,
    );
  const axis = given < 0 ? given + rank : given;
  parts.forEach((x, i) => {
    if (x.shape.length !== rank)
      throw new KernelError(
        `ConcatOp : Ranks of all input tensors should match: shape[0] = ${shapeText(first.shape)} vs. shape[${i}] = ${shapeText(x.shape)}`,
      );
    x.shape.forEach((d, at) => {
      if (at !== axis && d !== first.shape[at])
        throw new KernelError(
          `ConcatOp : Dimension ${at} in both shapes must be equal: shape[0] = ${shapeText(first.shape)} vs. shape[${i}] = ${shapeText(x.shape)}`,
        );
    });
  });
  return [parts.length === 1 ? first : b.op('concat', parts, { axis })];
}

function pack<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const first = take(inputs, 0);
  const given = number(attrs, 'axis', 0);
  const axis = given < 0 ? given + first.shape.length + 1 : given;
  inputs.forEach((x, i) => {
    if (!sameShape(x.shape, first.shape))
      throw new KernelError(
        `Shapes of all inputs must match: values[0].shape = ${shapeText(first.shape)} != values[${i}].shape = ${shapeText(x.shape)}`,
      );
  });
  const single = [...first.shape.slice(0, axis), 1, ...first.shape.slice(axis)];
  const parts = inputs.map(x => b.op('reshape', [x], { shape: single }));
  return [parts.length === 1 ? take(parts, 0) : b.op('concat', parts, { axis })];
}

function transpose<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const x = take(inputs, 0);
  const rank = x.shape.length;
  if (attrs.perm === null) return [permute(b, x, range(rank).reverse())];
  const given = ints(b, attrs, 'perm', inputs, 1);
  if (given.length !== rank)
    throw new KernelError(
      `transpose expects a vector of size ${rank}. But input(1) is a vector of size ${given.length}`,
    );
  const perm = given.map(p => (p < 0 ? p + rank : p));
  const outside = perm.findIndex(p => p < 0 || p >= rank);
  if (outside >= 0) throw new KernelError(`${given[outside]} is out of range [0 .. ${rank})`);
  const missing = range(rank).find(p => !perm.includes(p));
  if (missing !== undefined) throw new KernelError(`${missing} is missing from ${braces(perm)}.`);
  return [permute(b, x, perm)];
}

function tile<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const x = take(inputs, 0);
  if (typeof attrs.multiples === 'number') throw new KernelError('Expected multiples to be 1-D, but got shape []');
  const multiples = ints(b, attrs, 'multiples', inputs, 1);
  const rank = x.shape.length;
  if (multiples.length !== rank)
    throw new KernelError(
      `Expected multiples argument to be a vector of length ${rank} but got length ${multiples.length}`,
    );
  const bad = multiples.findIndex(m => m < 0);
  if (bad >= 0) throw new KernelError(`Expected multiples[${bad}] >= 0, but got ${multiples[bad]}`);
  const apart = b.op('reshape', [x], { shape: x.shape.flatMap(d => [1, d]) });
  const wide = expand(
    b,
    apart,
    x.shape.flatMap((d, i) => [multiples[i] ?? 1, d]),
  );
  return [b.op('reshape', [wide], { shape: x.shape.map((d, i) => d * (multiples[i] ?? 1)) })];
}

/** `comma` is what one kernel's message has and the other's has not. */
function paddings<T extends Typed>(args: LowerArgs<T>, comma = ''): { low: number[]; high: number[] } {
  const flat = ints(args.b, args.attrs, 'paddings', args.inputs, 1);
  const rank = take(args.inputs, 0).shape.length;
  const given = args.attrs.paddings;
  const columns = isList(given) ? new Set(given.map(row => (isList(row) ? row.length : 0))) : new Set([2]);
  if (columns.size > 0 && !(columns.size === 1 && columns.has(2)))
    throw new KernelError(`paddings must be a matrix with 2 columns: [${(given as readonly Json[]).length}]`);
  if (flat.length !== 2 * rank)
    throw new KernelError(
      `The first dimension of paddings must be the rank of inputs[${flat.length / 2},2]${comma} ${shapeText(take(args.inputs, 0).shape)}`,
    );
  const [low, high] = [flat.filter((_, i) => i % 2 === 0), flat.filter((_, i) => i % 2 === 1)];
  low.forEach((before, i) => {
    if (before < 0 || (high[i] ?? 0) < 0) throw new KernelError(`Paddings must be non-negative: ${before} ${high[i]}`);
  });
  return { low, high };
}

function mirrorPad<T extends Typed>(args: LowerArgs<T>): readonly T[] {
  const { low, high } = paddings(args, ',');
  const { b, attrs } = args;
  const edge = text(attrs, 'mode') === 'SYMMETRIC' ? 0 : 1;
  let x = take(args.inputs, 0);
  x.shape.forEach((n, axis) => {
    const [before, after] = [low[axis] ?? 0, high[axis] ?? 0];
    if (before > n - edge || after > n - edge)
      throw new KernelError(
        edge
          ? `paddings must be less than the dimension size: ${before}, ${after} not less than ${n}`
          : `paddings must be no greater than the dimension size: ${before}, ${after} greater than ${n}`,
      );
    const places = range(before + n + after).map(i => {
      const p = i - before;
      return p < 0 ? -p - 1 + edge : p >= n ? 2 * n - p - 1 - edge : p;
    });
    if (before || after) x = b.op('gather', [x, constant(b, places, 'int32')], { axis });
  });
  return [x];
}

function roll<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  let x = take(inputs, 0);
  const shifts = ints(b, attrs, 'shift', inputs, 1);
  const axes = ints(b, attrs, 'axis', inputs, 2);
  const rank = x.shape.length;
  if (rank === 0) throw new KernelError('input must be 1-D or higher');
  if (shifts.length !== axes.length || isList(attrs.shift) !== isList(attrs.axis))
    throw new KernelError('shift and axis must have the same size');
  axes.forEach((given, i) => {
    const axis = given < 0 ? given + rank : given;
    if (axis < 0 || axis >= rank) throw new KernelError(`axis ${given} is out of range`);
    const n = x.shape[axis] ?? 0;
    const shift = n ? (((shifts[i] ?? 0) % n) + n) % n : 0;
    if (shift)
      x = b.op('concat', [sliceAxis(b, x, axis, n - shift, shift), sliceAxis(b, x, axis, 0, n - shift)], { axis });
  });
  return [x];
}

/** `repeats` times every element along `axis`: one number for all, or one for each. */
function repeat<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const x = take(inputs, 0);
  const axis = number(attrs, 'axis', 0);
  const repeats = ints(b, attrs, 'repeats', inputs, 1);
  const n = x.shape[axis] ?? 0;
  const negative = repeats.find(count => count < 0);
  if (negative !== undefined) throw new LateKernelError(`Expected multiples[1] >= 0, but got ${negative}`);
  const places = range(n).flatMap(i =>
    new Array<number>((repeats.length === 1 ? repeats[0] : repeats[i]) ?? 0).fill(i),
  );
  return [b.op('gather', [x, constant(b, places, 'int32')], { axis })];
}

function dims<T extends Typed>(args: LowerArgs<T>, name: string, at: number): number[] {
  const shape = ints(args.b, args.attrs, name, args.inputs, at);
  const negative = shape.find(d => d < 0);
  if (negative !== undefined) throw new KernelError(`Dimension ${negative} must be >= 0`);
  return shape;
}

/** Values of `tf.range`: start + i · delta, rounded in the dtype as the kernel does. */
function rangeValues(start: number, limit: number, delta: number, dtype: DType): number[] {
  if (delta === 0) throw new KernelError('Requires delta != 0: 0');
  if (delta > 0 ? !(start <= limit) : !(start >= limit))
    throw new KernelError(
      `Requires start ${delta > 0 ? '<=' : '>='} limit when delta ${delta > 0 ? '>' : '<'} 0: ${start}/${Number.isNaN(limit) ? 'nan' : limit}`,
    );
  const round = dtype === 'float32' ? Math.fround : (x: number) => x;
  const count = Math.max(0, Math.ceil(Math.abs((limit - start) / delta)));
  return range(count).map(i => round(start + round(i * round(delta))));
}

function linspace<T extends Typed>({ b, inputs, attrs }: LowerArgs<T>): readonly T[] {
  const [start, stop] = [take(inputs, 0), take(inputs, 1)];
  const num = number(attrs, 'num', 0);
  const axis = number(attrs, 'axis', 0);
  const one = (x: T): T => b.op('reshape', [x], { shape: [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)] });
  if (num <= 1) return [num === 1 ? one(start) : sliceAxis(b, one(start), axis, 0, 0)];
  const delta = apply(b, 'div', apply(b, 'sub', one(stop), one(start)), scalar(b, num - 1, start.dtype));
  const inner = range(num - 2).map(i => i + 1);
  const steps = constant(
    b,
    inner,
    start.dtype,
    one(start).shape.map((_, i) => (i === axis ? num - 2 : 1)),
  );
  const middle = apply(b, 'add', one(start), apply(b, 'mul', delta, steps));
  return [b.op('concat', num === 2 ? [one(start), one(stop)] : [one(start), middle, one(stop)], { axis })];
}

const fixed = (shapeOf: (x: Typed) => number[] | number): TfOp => ({
  args: 'input:T',
  grad: 'none',
  lower: ({ b, inputs, attrs }) => {
    const value = shapeOf(take(inputs, 0));
    const dtype = dtypeOf(attrs, 'out_type', 'int32');
    return [typeof value === 'number' ? scalar(b, value, dtype) : constant(b, value, dtype)];
  },
});

export const shape: Readonly<Record<string, TfOp>> = {
  Reshape: {
    args: 'tensor:T shape:Tshape',
    allowed: { Tshape: index },
    infer: unknownLike,
    lower: ({ b, inputs, attrs }) => {
      const x = take(inputs, 0);
      return [b.op('reshape', [x], { shape: targetShape(sizeOf(x.shape), ints(b, attrs, 'shape', inputs, 1)) })];
    },
  },
  Transpose: { args: 'x:T perm:Tperm', allowed: { Tperm: index }, infer: unknownLike, lower: transpose },
  ConcatV2: { args: 'values:N*T axis:Tidx', allowed: { Tidx: index }, infer: unknownLike, lower: concat },
  Pack: { args: 'values:N*T', lower: pack },
  Tile: { args: 'input:T multiples:Tmultiples', allowed: { Tmultiples: index }, infer: unknownLike, lower: tile },
  ExpandDims: {
    args: 'input:T dim:Tdim',
    allowed: { Tdim: index },
    infer: unknownLike,
    lower: ({ b, inputs, attrs }) => {
      const x = take(inputs, 0);
      const rank = x.shape.length;
      const axes = ints(b, attrs, 'axis', inputs, 1);
      const [given = 0] = axes;
      if (axes.length !== 1) throw new KernelError("'dim' must be a tensor with a single value");
      if (given < -rank - 1 || given > rank)
        throw new KernelError(`Tried to expand dim index ${given} for tensor with ${rank} dimensions.`);
      const axis = given < 0 ? given + rank + 1 : given;
      return [b.op('reshape', [x], { shape: [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)] })];
    },
  },
  Squeeze: {
    args: 'input:T',
    lower: ({ b, inputs, attrs }) => {
      const x = take(inputs, 0);
      const rank = x.shape.length;
      const given = ints(b, attrs, 'axis', [], 0);
      const outside = given.find(axis => axis < -rank || axis >= rank);
      if (outside !== undefined)
        throw new KernelError(`Tried to squeeze dim index ${outside} for tensor with ${rank} dimensions.`);
      const axes = given.map(axis => {
        const at = axis < 0 ? axis + rank : axis;
        if (x.shape[at] !== 1)
          throw new KernelError(`Can not squeeze dim[${at}], expected a dimension of 1, got ${x.shape[at]}`);
        return at;
      });
      return [b.op('reshape', [x], { shape: x.shape.filter((d, i) => (given.length ? !axes.includes(i) : d !== 1)) })];
    },
  },
  BroadcastTo: {
    args: 'input:T shape:Tidx',
    allowed: { Tidx: index },
    infer: unknownLike,
    lower: ({ b, inputs, attrs }) => {
      const x = take(inputs, 0);
      const wanted = ints(b, attrs, 'shape', inputs, 1);
      const negative = wanted.find(d => d < 0);
      if (negative !== undefined) throw new KernelError(`Dimension ${negative} must be >= 0`);
      if (x.shape.length > wanted.length)
        throw new KernelError(
          `Rank of input (${x.shape.length}) must be no greater than rank of output shape (${wanted.length}).`,
        );
      const got = joint([x.shape, wanted]);
      if (!got) throw new KernelError(`Incompatible shapes: ${shapeText(x.shape)} vs. ${shapeText(wanted)}`);
      if (!sameShape(got, wanted))
        throw new KernelError(
          `Unable to broadcast tensor of shape ${shapeText(x.shape)} to tensor of shape ${shapeText(wanted)}`,
        );
      return [b.op('expand', [x], { shape: wanted })];
    },
  },
  ReverseV2: {
    args: 'tensor:T axis:Tidx',
    allowed: { Tidx: index },
    lower: ({ b, inputs, attrs }) => {
      let x = take(inputs, 0);
      const rank = x.shape.length;
      const axes = ints(b, attrs, 'axis', inputs, 1);
      // A scalar is given back whatever the axes are.
      if (rank === 0) return [x];
      if (typeof attrs.axis === 'number') throw new KernelError("'dims' must be 1-dimension, not 0");
      axes.forEach((given, i) => {
        const axis = given < 0 ? given + rank : given;
        if (axis < 0 || axis >= rank)
          throw new KernelError(`'axis'[${i}] = ${given} is out of valid range [0, ${rank - 1}`);
        if (axes.slice(0, i).some(other => (other < 0 ? other + rank : other) === axis))
          throw new KernelError(`axis ${axis} specified more than once.`);
        x = flip(b, x, axis);
      });
      return [x];
    },
  },
  Roll: {
    args: 'input:T shift:Tshift axis:Taxis',
    allowed: { Tshift: index, Taxis: index },
    infer: inputs => [...inputs.slice(0, 1)],
    lower: roll,
  },
  Repeat: { args: 'input:T repeats:Trepeats', allowed: { Trepeats: index }, infer: unknownLike, lower: repeat },
  Pad: {
    args: 'input:T paddings:Tpaddings',
    allowed: { Tpaddings: index },
    infer: unknownLike,
    lower: args => {
      const { low, high } = paddings(args);
      return [padAxes(args.b, take(args.inputs, 0), low, high)];
    },
  },
  PadV2: {
    args: 'input:T constant_values:T paddings:Tpaddings',
    allowed: { Tpaddings: index },
    infer: unknownLike,
    lower: ({ b, inputs, attrs }) => {
      const [x, value] = [take(inputs, 0), take(inputs, 1)];
      const { low, high } = paddings({ b, inputs: [x, ...inputs.slice(2)], attrs });
      const inside = padAxes(b, full(b, 1, 'bool', x.shape), low, high);
      return [apply(b, 'where', inside, padAxes(b, x, low, high), value)];
    },
  },
  MirrorPad: {
    args: 'input:T paddings:Tpaddings',
    allowed: { Tpaddings: index },
    infer: unknownLike,
    lower: mirrorPad,
  },
  Shape: fixed(x => [...x.shape]),
  Rank: fixed(x => x.shape.length),
  Size: fixed(x => sizeOf(x.shape)),
  Fill: {
    args: 'value:T dims:index_type',
    allowed: { index_type: index },
    infer: unknownLike,
    lower: args => {
      const value = take(args.inputs, 0);
      const scalarLike = value.shape.length === 0 || sameShape(value.shape, [1]);
      if (!scalarLike) throw new KernelError(`value must represent a scalar, got shape ${shapeText(value.shape)}`);
      return [expand(args.b, value.shape.length ? reshape(args.b, value, []) : value, dims(args, 'dims', 1))];
    },
  },
  Range: {
    args: 'values:N*Tidx',
    grad: 'none',
    allowed: { Tidx: 'bfloat16, half, float, double, int8, int16, int32, int64, uint16, uint32, uint64' },
    infer: (inputs, attrs) => [{ dtype: dtypeOf(attrs, 'Tidx', inputs[0]?.dtype ?? 'int32'), shape: [null] }],
    lower: ({ b, inputs, attrs }) => {
      const dtype = dtypeOf(attrs, 'Tidx', inputs[0]?.dtype ?? 'int32');
      const [start = 0, limit = 0, delta = 1] =
        inputs.length === 0 ? ints(b, attrs, 'values', inputs, 0) : inputs.map(x => Number(b.read(x)[0]));
      return [constant(b, rangeValues(start, limit, delta, dtype), dtype)];
    },
  },
  LinSpace: { args: 'start:T stop:T', allowed: { T: 'bfloat16, half, float, double' }, lower: linspace },
};
