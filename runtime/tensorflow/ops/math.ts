// Elementwise ops. The lists of dtypes are TensorFlow's own, in its order: its errors print them.
import type { DType } from '../../../src/shared/dtypes.ts';
import { isFloat } from '../../../src/shared/dtypes.ts';
import type { Typed } from '../../ir/node.ts';
import type { OpName } from '../../ir/ops.ts';
import {
  flag,
  apply,
  cast,
  checkBroadcast,
  dtypeOf,
  expand,
  full,
  joint,
  scalar,
  take,
  unbroadcast,
} from '../build.ts';
import { KernelError, shapeText } from '../errors.ts';
import type { Lib, LowerArgs, TfOp, Values } from '../types.ts';

const lists = {
  add: 'bfloat16, half, float, double, uint8, uint16, uint32, uint64, int8, int16, int32, int64, complex64, complex128',
  sub: 'bfloat16, half, float, double, uint8, int8, uint16, int16, int32, int64, complex64, complex128, uint32, uint64',
  mul: 'bfloat16, half, float, double, uint8, int8, uint16, int16, int32, uint32, uint64, int64, complex64, complex128',
  mod: 'int8, int16, int32, int64, uint8, uint16, uint32, uint64, bfloat16, half, float, double',
  pow: 'bfloat16, float, half, double, int8, int16, int32, int64, complex64, complex128',
  signed: 'bfloat16, half, float, double, int8, int16, int32, int64, complex64, complex128',
  abs: 'bfloat16, half, float, double, int8, int16, int32, int64',
  square:
    'bfloat16, half, float, double, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64, complex128',
  smooth: 'bfloat16, half, float, double, complex64, complex128',
  extremum: 'bfloat16, half, float, double, int8, uint8, int16, uint16, int32, uint32, int64, uint64',
  floating: 'bfloat16, half, float, double',
  relu: 'float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, qint8',
  softmax: 'half, bfloat16, float, double',
  order: 'float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64',
  bits: 'int8, int16, int32, int64, uint8, uint16, uint32, uint64',
} as const;

const unary = (primitive: OpName, allowed: string, more: Partial<TfOp> = {}): TfOp => ({
  args: 'x:T',
  allowed: { T: allowed },
  lower: ({ b, inputs }) => [b.op(primitive, [take(inputs, 0)])],
  ...more,
});

/** Two operands that broadcast, with TensorFlow's complaint when they do not. */
const binary = (primitive: OpName, allowed: string | null, more: Partial<TfOp> = {}): TfOp => ({
  args: 'x:T y:T',
  ...(allowed ? { allowed: { T: allowed } } : {}),
  lower: ({ b, inputs }) => {
    const [x, y] = pair(inputs);
    return [b.op(primitive, [x, y])];
  },
  ...more,
});

const logical = (primitive: OpName): TfOp => binary(primitive, null, { args: 'x:bool y:bool', grad: 'none' });
const compare = (primitive: OpName): TfOp => binary(primitive, lists.order, { grad: 'none' });

function pair<T extends Typed>(inputs: readonly T[]): [T, T] {
  const [x, y] = [take(inputs, 0), take(inputs, 1)];
  checkBroadcast(x, y);
  return [x, y];
}

/** `==` and `!=` answer with one value where shapes do not fit, unless told to complain. */
const equality = (primitive: 'eq' | 'ne'): TfOp =>
  binary(primitive, null, {
    grad: 'none',
    lower: ({ b, inputs, attrs }) => {
      const [x, y] = [take(inputs, 0), take(inputs, 1)];
      if (attrs.incompatible_shape_error === false && !joint([x.shape, y.shape]))
        return [scalar(b, primitive === 'ne' ? 1 : 0, 'bool')];
      return [b.op(primitive, pair(inputs))];
    },
  });

function noZero(values: Values): void {
  for (let i = 0; i < values.length; i++)
    if (Number(values[i]) === 0) throw new KernelError('Integer division by zero');
}

/** XLA divides integers by zero: the remainder is all of x, the quotient has all bits set, and one less rounds that of a negative x. */
function overZero<T extends Typed>(b: Lib<T>, primitive: 'floordiv' | 'mod', x: T, y: T): T {
  const number = (value: number): T => scalar(b, value, x.dtype);
  const zero = apply(b, 'eq', y, number(0));
  const found = apply(b, primitive, x, apply(b, 'where', zero, number(1), y));
  if (primitive === 'mod') return apply(b, 'where', zero, x, found);
  const bits =
    x.dtype === 'uint8' ? number(255) : apply(b, 'where', apply(b, 'lt', x, number(0)), number(-2), number(-1));
  return apply(b, 'where', zero, bits, found);
}

const division = (primitive: 'floordiv' | 'mod', allowed: string): TfOp =>
  binary(primitive, allowed, {
    lower: ({ b, inputs, attrs }) => {
      const [x, y] = pair(inputs);
      if (!isFloat(y.dtype)) {
        if (flag(attrs, 'xla')) return [overZero(b, primitive, x, y)];
        b.check(y, noZero);
      }
      // TensorFlow rounds the quotient of floats, where NumPy's floor_divide is exact.
      if (isFloat(y.dtype) && primitive === 'floordiv') return [apply(b, 'floor', apply(b, 'div', x, y))];
      return [b.op(primitive, [x, y])];
    },
  });

/** Integer quotient towards zero. */
export function truncateDivide<T extends Typed>(b: Lib<T>, x: T, y: T): T {
  const q = apply(b, 'floordiv', apply(b, 'abs', x), apply(b, 'abs', y));
  return apply(b, 'mul', q, apply(b, 'mul', apply(b, 'sign', x), apply(b, 'sign', y)));
}

/** A reduction over the last axis, which stays with length 1. */
export function overRows<T extends Typed>(b: Lib<T>, reduce: 'sum' | 'reduceMax', x: T): T {
  const axis = x.shape.length - 1;
  return b.op('reshape', [b.op(reduce, [x], { axes: [axis] })], { shape: [...x.shape.slice(0, -1), 1] });
}

/** `x` less the largest of its row, and the exponentials of that. */
function shifted<T extends Typed>({ b, inputs }: LowerArgs<T>): { readonly x: T; readonly e: T } {
  const given = take(inputs, 0);
  if (given.shape.length === 0) throw new KernelError(`logits must have >= 1 dimension, got ${shapeText(given.shape)}`);
  const x = given.shape.includes(0) ? given : apply(b, 'sub', given, overRows(b, 'reduceMax', given));
  return { x, e: apply(b, 'exp', x) };
}

function softmax<T extends Typed>(args: LowerArgs<T>): readonly T[] {
  const { e } = shifted(args);
  return [apply(args.b, 'div', e, overRows(args.b, 'sum', e))];
}

export function logSoftmax<T extends Typed>(args: LowerArgs<T>): readonly T[] {
  const { x, e } = shifted(args);
  return [apply(args.b, 'sub', x, apply(args.b, 'log', overRows(args.b, 'sum', e)))];
}

export const math: Readonly<Record<string, TfOp>> = {
  AddV2: binary('add', lists.add),
  Sub: binary('sub', lists.sub),
  Mul: binary('mul', lists.mul),
  RealDiv: binary('div', lists.mul, { noKernel: ['uint8', 'int32', 'int64'] }),
  FloorDiv: division('floordiv', lists.mul),
  FloorMod: division('mod', lists.mod),
  Pow: binary('pow', lists.pow, {
    lower: ({ b, inputs }) => {
      const [x, y] = pair(inputs);
      if (!isFloat(y.dtype))
        b.check(y, values => {
          for (let i = 0; i < values.length; i++)
            if (Number(values[i]) < 0) throw new KernelError('Integers to negative integer powers are not allowed');
        });
      return [apply(b, 'pow', x, y)];
    },
  }),
  Maximum: binary('max', lists.extremum),
  Minimum: binary('min', lists.extremum),
  Equal: equality('eq'),
  NotEqual: equality('ne'),
  Less: compare('lt'),
  LessEqual: compare('le'),
  Greater: compare('gt'),
  GreaterEqual: compare('ge'),
  LogicalAnd: logical('and'),
  LogicalOr: logical('or'),
  LogicalNot: { args: 'x:bool', grad: 'none', lower: ({ b, inputs }) => [apply(b, 'not', take(inputs, 0))] },
  BitwiseAnd: binary('and', lists.bits, { grad: 'none' }),
  BitwiseOr: binary('or', lists.bits, { grad: 'none' }),
  BitwiseXor: binary('xor', lists.bits, { grad: 'none' }),
  Invert: unary('not', lists.bits, { grad: 'none' }),

  Neg: unary('neg', lists.signed),
  Abs: unary('abs', lists.abs),
  Sign: unary('sign', lists.signed),
  Square: unary('mul', lists.square, {
    lower: ({ b, inputs }) => [apply(b, 'mul', take(inputs, 0), take(inputs, 0))],
    grad: ({ b, inputs, g }) => {
      const x = take(inputs, 0);
      return [apply(b, 'mul', g, apply(b, 'mul', scalar(b, 2, x.dtype), x))];
    },
  }),
  Sqrt: unary('sqrt', lists.smooth, {
    // Where nothing comes back, nothing goes on: 0 · ∞ is 0 here.
    grad: ({ b, outputs, g }) => {
      const y = take(outputs, 0);
      const half = apply(b, 'div', apply(b, 'mul', g, scalar(b, 0.5, y.dtype)), y);
      return [apply(b, 'where', apply(b, 'eq', g, scalar(b, 0, y.dtype)), full(b, 0, y.dtype, y.shape), half)];
    },
  }),
  Exp: unary('exp', lists.smooth),
  Log: unary('log', lists.smooth),
  Sin: unary('sin', lists.smooth),
  Cos: unary('cos', lists.smooth),
  Tanh: unary('tanh', lists.smooth),
  Tan: unary('tan', lists.smooth),
  Asin: unary('asin', lists.smooth),
  Acos: unary('acos', lists.smooth),
  Atan: unary('atan', lists.smooth),
  Sinh: unary('sinh', lists.smooth),
  Cosh: unary('cosh', lists.smooth),
  Asinh: unary('asinh', lists.smooth),
  Acosh: unary('acosh', lists.smooth),
  Atanh: unary('atanh', lists.smooth),
  Log1p: unary('log1p', lists.smooth),
  Expm1: unary('expm1', lists.smooth),
  Atan2: binary('atan2', lists.floating, { args: 'y:T x:T' }),
  Sigmoid: unary('exp', lists.smooth, {
    lower: ({ b, inputs }) => {
      const x = take(inputs, 0);
      const one = scalar(b, 1, x.dtype);
      return [apply(b, 'div', one, apply(b, 'add', one, apply(b, 'exp', apply(b, 'neg', x))))];
    },
    grad: ({ b, outputs, g }) => {
      const y = take(outputs, 0);
      return [apply(b, 'mul', apply(b, 'mul', g, y), apply(b, 'sub', scalar(b, 1, y.dtype), y))];
    },
  }),
  Round: unary('round', lists.signed, { grad: 'none' }),
  Floor: unary('floor', lists.floating, { grad: 'none' }),
  Ceil: unary('ceil', lists.floating, { grad: 'none' }),
  IsNan: unary('ne', lists.floating, {
    grad: 'none',
    lower: ({ b, inputs }) => [apply(b, 'ne', take(inputs, 0), take(inputs, 0))],
  }),
  IsInf: unary('eq', lists.floating, {
    grad: 'none',
    lower: ({ b, inputs }) => {
      const x = take(inputs, 0);
      return [apply(b, 'eq', apply(b, 'abs', x), scalar(b, Infinity, x.dtype))];
    },
  }),
  IsFinite: unary('lt', lists.floating, {
    grad: 'none',
    lower: ({ b, inputs }) => {
      const x = take(inputs, 0);
      return [apply(b, 'lt', apply(b, 'abs', x), scalar(b, Infinity, x.dtype))];
    },
  }),
  Relu: unary('max', lists.relu, {
    args: 'features:T',
    lower: ({ b, inputs }) => {
      const x = take(inputs, 0);
      return [apply(b, 'max', x, scalar(b, 0, x.dtype))];
    },
    grad: ({ b, outputs, g }) => {
      const y = take(outputs, 0);
      const zero = scalar(b, 0, y.dtype);
      return [apply(b, 'where', apply(b, 'gt', y, zero), g, full(b, 0, y.dtype, y.shape))];
    },
  }),
  Softmax: unary('exp', lists.softmax, {
    args: 'logits:T',
    lower: softmax,
    grad: ({ b, outputs, g }) => {
      const y = take(outputs, 0);
      return [apply(b, 'mul', apply(b, 'sub', g, overRows(b, 'sum', apply(b, 'mul', g, y))), y)];
    },
  }),
  LogSoftmax: unary('exp', lists.softmax, {
    args: 'logits:T',
    lower: logSoftmax,
    grad: ({ b, outputs, g }) => {
      const y = take(outputs, 0);
      return [apply(b, 'sub', g, apply(b, 'mul', overRows(b, 'sum', g), apply(b, 'exp', y)))];
    },
  }),
  Rsqrt: unary('sqrt', lists.smooth, {
    lower: ({ b, inputs }) => {
      const x = take(inputs, 0);
      return [apply(b, 'div', scalar(b, 1, x.dtype), apply(b, 'sqrt', x))];
    },
  }),
  Cast: {
    args: 'x:SrcT',
    lower: ({ b, inputs, attrs }) => {
      const x = take(inputs, 0);
      return [b.op('cast', [x], { dtype: dtypeOf(attrs, 'DstT', x.dtype) })];
    },
  },
  SelectV2: {
    args: 'condition:bool t:T e:T',
    lower: ({ b, inputs }) => {
      const [c, t, e] = [take(inputs, 0), take(inputs, 1), take(inputs, 2)];
      const shape = joint([c.shape, t.shape, e.shape]);
      if (!shape) {
        const [sc, st, se] = [c, t, e].map(x => shapeText(x.shape));
        throw new KernelError(`condition ${sc}, then ${st}, and else ${se} must be broadcastable`);
      }
      return [apply(b, 'where', c, t, e)];
    },
    grad: ({ b, inputs, g }) => {
      const [c, t, e] = [take(inputs, 0), take(inputs, 1), take(inputs, 2)];
      const zero = full(b, 0, g.dtype, g.shape);
      return [
        null,
        unbroadcast(b, apply(b, 'where', c, g, zero), t.shape),
        unbroadcast(b, apply(b, 'where', c, zero, g), e.shape),
      ];
    },
  },
  Identity: { args: 'input:T', lower: ({ inputs }) => [take(inputs, 0)], grad: ({ g }) => [g] },
  ReadVariableOp: { args: 'resource:T', lower: ({ inputs }) => [take(inputs, 0)], grad: ({ g }) => [g] },
  StopGradient: { args: 'input:T', lower: ({ inputs }) => [take(inputs, 0)], grad: 'none' },
  ZerosLike: like(0),
  OnesLike: like(1),
};

function like(value: number): TfOp {
  return {
    args: 'x:T',
    grad: 'none',
    lower: ({ b, inputs }) => {
      const x = take(inputs, 0);
      return [full(b, value, x.dtype, x.shape)];
    },
  };
}

/** `x` in `dtype` and `shape`: what gradients of reductions need. */
export const spread = <T extends Typed>(b: Lib<T>, x: T, dtype: DType, shape: readonly number[]): T =>
  expand(b, cast(b, x, dtype), shape);
