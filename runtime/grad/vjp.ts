// The gradient of every primitive: one row turns the cotangent of an op's result into those of its operands.
// Rules build nodes, so a gradient can be differentiated again. At kinks and poles they give what TensorFlow gives
// (|x|' = 0 at 0; of two equal operands of `max` the first takes all; equal maxima of a reduction share).

import { sizeOf } from '../ir/layout.ts';
import type { Attrs, Node } from '../ir/node.ts';
import type { OpName } from '../ir/ops.ts';
import type { Algebra, DotAxes } from './algebra.ts';
import { inversePermutation, otherAxes, range } from './algebra.ts';

/** g: cotangent of the result · y: the result · x, z, w: first, second, third operand · m: the algebra that builds nodes. */
export interface Backward {
  readonly g: Node;
  readonly y: Node;
  readonly x: Node;
  readonly z: Node;
  readonly w: Node;
  readonly inputs: readonly Node[];
  readonly attrs: Attrs;
  /** Reads the attribute that is a list of that name. */
  readonly list: (name: string) => readonly number[];
  /** The attribute `axis`. */
  readonly axis: number;
  readonly m: Algebra;
}

/** One cotangent for each operand, null where none flows. Those of elementwise ops may still have the broadcast shape. */
export type Rule = (backward: Backward) => readonly (Node | null)[];

/**
 * `discrete`: the result does not change smoothly with the operands, so they are not connected (TensorFlow's None).
 * `source`: no operands. `missing`: the gradient exists, but there is no rule, and asking for it is an error.
 */
export type RuleKind = 'discrete' | 'source' | 'missing';

export const vjp = {
  neg: ({ g, m }) => [m.neg(g)],
  abs: ({ g, x, m }) => [m.mul(g, m.sign(x))],
  sign: ({ x, m }) => [m.full(0, x)],
  floor: 'discrete',
  ceil: 'discrete',
  round: 'discrete',
  sqrt: ({ g, y, m }) => [m.div(m.mul(g, m.scalar(0.5, y.dtype)), y)],
  exp: ({ g, y, m }) => [m.mul(g, y)],
  log: ({ g, x, m }) => [m.div(g, x)],
  sin: ({ g, x, m }) => [m.mul(g, m.cos(x))],
  cos: ({ g, x, m }) => [m.neg(m.mul(g, m.sin(x)))],
  tanh: ({ g, y, m }) => [m.mul(g, m.sub(m.scalar(1, y.dtype), m.mul(y, y)))],
  log2: ({ g, x, m }) => [m.div(g, m.mul(x, m.scalar(Math.LN2, x.dtype)))],
  log10: ({ g, x, m }) => [m.div(g, m.mul(x, m.scalar(Math.LN10, x.dtype)))],
  log1p: ({ g, x, m }) => [m.div(g, m.add(x, m.scalar(1, x.dtype)))],
  expm1: ({ g, y, m }) => [m.mul(g, m.add(y, m.scalar(1, y.dtype)))],
  tan: ({ g, y, m }) => [m.mul(g, m.add(m.mul(y, y), m.scalar(1, y.dtype)))],
  asin: ({ g, x, m }) => [m.div(g, m.sqrt(m.sub(m.scalar(1, x.dtype), m.mul(x, x))))],
  acos: ({ g, x, m }) => [m.neg(m.div(g, m.sqrt(m.sub(m.scalar(1, x.dtype), m.mul(x, x)))))],
  atan: ({ g, x, m }) => [m.div(g, m.add(m.mul(x, x), m.scalar(1, x.dtype)))],
  sinh: ({ g, x, m }) => [m.mul(g, m.cosh(x))],
  cosh: ({ g, x, m }) => [m.mul(g, m.sinh(x))],
  asinh: ({ g, x, m }) => [m.div(g, m.sqrt(m.add(m.mul(x, x), m.scalar(1, x.dtype))))],
  acosh: ({ g, x, m }) => [m.div(g, m.sqrt(m.sub(m.mul(x, x), m.scalar(1, x.dtype))))],
  atanh: ({ g, x, m }) => [m.div(g, m.sub(m.scalar(1, x.dtype), m.mul(x, x)))],
  cbrt: ({ g, y, m }) => [m.div(g, m.mul(m.scalar(3, y.dtype), m.mul(y, y)))],
  not: 'discrete',
  cast: ({ g, x, m }) => [m.cast(g, x.dtype)],
  add: ({ g }) => [g, g],
  sub: ({ g, m }) => [g, m.neg(g)],
  mul: ({ g, x, z, m }) => [m.mul(g, z), m.mul(g, x)],
  div: ({ g, x, z, m }) => [m.div(g, z), m.mul(g, m.div(m.div(m.neg(x), z), z))],
  floordiv: 'discrete',
  mod: ({ g, x, z, m }) => [g, m.mul(g, m.neg(m.floordiv(x, z)))],
  pow: ({ g, x, z, y, m }) => [
    m.mul(m.mul(g, z), m.pow(x, m.sub(z, m.scalar(1, z.dtype)))),
    m.mul(m.mul(g, y), logWherePositive(x, m)),
  ],
  max: ({ g, x, z, m }) => choose(m.ge(x, z), g, m),
  min: ({ g, x, z, m }) => choose(m.le(x, z), g, m),
  hypot: ({ g, x, z, y, m }) => [m.mul(g, m.div(x, y)), m.mul(g, m.div(z, y))],
  atan2: ({ g, x, z, m }) => {
    const scaled = m.div(g, m.add(m.mul(x, x), m.mul(z, z)));
    return [m.mul(scaled, z), m.neg(m.mul(scaled, x))];
  },
  and: 'discrete',
  or: 'discrete',
  xor: 'discrete',
  eq: 'discrete',
  ne: 'discrete',
  lt: 'discrete',
  le: 'discrete',
  gt: 'discrete',
  ge: 'discrete',
  where: ({ g, x, m }) => [null, ...choose(x, g, m)],

  reshape: ({ g, x, m }) => [m.reshape(g, x.shape)],
  permute: ({ g, list, m }) => [m.permute(g, inversePermutation(list('axes')))],
  expand: ({ g, x, m }) => [m.unbroadcast(g, x.shape)],
  slice: unslice,
  pad: ({ g, x, list, m }) => [
    m.slice(
      g,
      list('low'),
      x.shape,
      x.shape.map(() => 1),
    ),
  ],
  concat: ({ g, inputs, axis, m }) => {
    const ones = g.shape.map(() => 1);
    let start = 0;
    return inputs.map(part => {
      const starts = g.shape.map((_, i) => (i === axis ? start : 0));
      start += part.shape[axis] ?? 0;
      return m.slice(g, starts, part.shape, ones);
    });
  },

  sum: ({ g, x, list, m }) => [m.spread(g, list('axes'), x.shape)],
  prod: productOfOthers,
  reduceMax: shareAmongEqual,
  reduceMin: shareAmongEqual,
  argmax: 'discrete',
  argmin: 'discrete',
  cumsum: ({ g, axis, m }) => [reverseCumsum(g, axis, m)],
  // As in TensorFlow, an element that is zero gets no gradient here.
  cumprod: ({ g, x, y, axis, m }) => {
    const zero = m.eq(x, m.scalar(0, x.dtype));
    const safe = m.where(zero, m.full(1, x), x);
    return [m.where(zero, m.full(0, x), m.div(reverseCumsum(m.mul(g, y), axis, m), safe))];
  },

  dot: ({ g, x, z, list, m }) => {
    const axes: DotAxes = {
      lhsContract: list('lhsContract'),
      rhsContract: list('rhsContract'),
      lhsBatch: list('lhsBatch'),
      rhsBatch: list('rhsBatch'),
    };
    const swapped: DotAxes = {
      lhsContract: axes.rhsContract,
      rhsContract: axes.lhsContract,
      lhsBatch: axes.rhsBatch,
      rhsBatch: axes.lhsBatch,
    };
    return [dotOperand(g, x, z, axes, 'left', m), dotOperand(g, z, x, swapped, 'right', m)];
  },

  gather: ({ g, x, z, axis, m }) => {
    const rank = x.shape.length;
    const order = [axis, ...otherAxes(rank, [axis])];
    const count = sizeOf(z.shape);
    const indexAxes = range(axis, axis + z.shape.length);
    const updates = m.permute(g, [...indexAxes, ...otherAxes(g.shape.length, indexAxes)]);
    const front = order.map(i => x.shape[i] ?? 1);
    const zeros = m.expand(m.scalar(0, x.dtype), front);
    const added = m.scatter(zeros, m.reshape(z, [count]), m.reshape(updates, [count, ...front.slice(1)]), 'add');
    return [m.permute(added, inversePermutation(order)), null];
  },
  scatter: backward => scatterRules[backward.attrs.mode as keyof typeof scatterRules](backward),

  sort: ({ g, x, axis, m }) => {
    return [m.takeAlong(g, m.argsort(m.argsort(x, axis), axis), axis)];
  },
  argsort: 'discrete',

  input: 'source',
  constant: 'source',
  iota: 'source',

  inverse: ({ g, y, m }) => [m.neg(m.matmul(m.matmul(m.transpose(y), g), m.transpose(y)))],
  solve: ({ g, x, y, m }) => {
    const rhs = m.solve(m.transpose(x), g);
    return [m.neg(m.matmul(rhs, m.transpose(y))), rhs];
  },
  det: ({ g, x, y, m }) => {
    const matrixwise = (value: Node): Node => m.reshape(value, [...value.shape, 1, 1]);
    return [m.mul(matrixwise(m.mul(g, y)), m.transpose(m.inverse(x)))];
  },
  singularValues: 'missing',
} satisfies Record<OpName, Rule | RuleKind>;

const scatterRules = {
  // As in TensorFlow, an update that a later one overwrites gets the gradient of the element all the same.
  set: ({ g, z, w, m }) => [m.scatter(g, z, m.full(0, w), 'set'), null, m.gather(g, z, 0)],
  add: ({ g, z, m }) => [g, null, m.gather(g, z, 0)],
  mul: scatterProduct,
  max: scatterExtremum,
  min: scatterExtremum,
} satisfies Record<string, (backward: Backward) => readonly [Node, null, Node]>;

/** Lets the cotangent through to one of two operands. */
const choose = (first: Node, g: Node, m: Algebra): readonly [Node, Node] => [
  m.where(first, g, m.scalar(0, g.dtype)),
  m.where(first, m.scalar(0, g.dtype), g),
];

/** log x, and 0 where x is not positive: the exponent of a power of 0 has no gradient, that of a negative base neither. */
function logWherePositive(x: Node, m: Algebra): Node {
  const positive = m.gt(x, m.scalar(0, x.dtype));
  return m.where(positive, m.log(m.where(positive, x, m.full(1, x))), m.full(0, x));
}

const reverseCumsum = (x: Node, axis: number, m: Algebra): Node => m.flip(m.cumsum(m.flip(x, [axis]), axis), [axis]);

/** Puts the cotangent of a strided slice back among zeros: turn negative steps round, spread by the step, pad. */
function unslice({ g, x, list, m }: Backward): readonly Node[] {
  const rank = x.shape.length;
  const starts = list('starts');
  const steps = list('steps');
  const sizes = g.shape;
  const step = (axis: number): number => Math.abs(steps[axis] ?? 1);
  const size = (axis: number): number => sizes[axis] ?? 1;
  if (sizeOf(sizes) === 0) return [m.full(0, x)];
  const last = (axis: number): number => (size(axis) - 1) * (steps[axis] ?? 1) + (starts[axis] ?? 0);
  const low = range(0, rank).map(axis => Math.min(starts[axis] ?? 0, last(axis)));
  const span = range(0, rank).map(axis => (size(axis) - 1) * step(axis) + 1);
  const high = range(0, rank).map(axis => (x.shape[axis] ?? 1) - (low[axis] ?? 0) - (span[axis] ?? 1));
  let spread = m.flip(
    g,
    range(0, rank).filter(axis => (steps[axis] ?? 1) < 0 && size(axis) > 1),
  );
  if (range(0, rank).some(axis => step(axis) > 1 && size(axis) > 1)) {
    const pairs = sizes.flatMap(n => [n, 1]);
    const gaps = pairs.map((_, i) => (i % 2 === 0 ? 0 : step((i - 1) / 2) - 1));
    const wide = m.pad(
      m.reshape(spread, pairs),
      pairs.map(() => 0),
      gaps,
    );
    const flat = m.reshape(
      wide,
      sizes.map((n, axis) => n * step(axis)),
    );
    spread = m.slice(
      flat,
      sizes.map(() => 0),
      span,
      sizes.map(() => 1),
    );
  }
  return [m.pad(spread, low, high)];
}

/** d prod / d x_i = the product of the others, as the products before and after it: right for zeros too. */
function productOfOthers({ g, x, list, m }: Backward): readonly Node[] {
  const axes = list('axes');
  const spread = m.spread(g, axes, x.shape);
  if (sizeOf(x.shape) === 0) return [spread];
  const order = [...axes, ...otherAxes(x.shape.length, axes)];
  const moved = m.permute(x, order);
  const count = sizeOf(axes.map(axis => x.shape[axis] ?? 1));
  const table = m.reshape(moved, [count, sizeOf(x.shape) / count]);
  const before = exclusiveCumprod(table, m);
  const after = m.flip(exclusiveCumprod(m.flip(table, [0]), m), [0]);
  const others = m.permute(m.reshape(m.mul(before, after), moved.shape), inversePermutation(order));
  return [m.mul(spread, others)];
}

/** Along the first axis of a matrix: 1, x0, x0 x1, … */
function exclusiveCumprod(x: Node, m: Algebra): Node {
  const [count = 1, width = 1] = x.shape;
  const one = m.expand(m.scalar(1, x.dtype), [1, width]);
  if (count === 1) return one;
  return m.concat([one, m.cumprod(m.slice(x, [0, 0], [count - 1, width], [1, 1]), 0)], 0);
}

/** The cotangent of a maximum or minimum, divided evenly among the elements that equal it. */
function shareAmongEqual({ g, x, y, list, m }: Backward): readonly Node[] {
  const axes = list('axes');
  const chosen = m.cast(m.eq(x, m.spread(y, axes, x.shape)), x.dtype);
  const share = m.div(chosen, m.spread(m.sum(chosen, axes), axes, x.shape));
  return [m.mul(share, m.spread(g, axes, x.shape))];
}

/**
 * The cotangent of one operand of a general dot product: g times the other operand, contracted over the other's free
 * axes, with the axes brought back into order. `axes` is seen from this operand ("lhs" is it, "rhs" the other).
 */
function dotOperand(g: Node, self: Node, other: Node, axes: DotAxes, side: 'left' | 'right', m: Algebra): Node {
  const batch = axes.lhsBatch.length;
  const selfFree = otherAxes(self.shape.length, [...axes.lhsContract, ...axes.lhsBatch]);
  const otherFree = otherAxes(other.shape.length, [...axes.rhsContract, ...axes.rhsBatch]);
  const otherStart = side === 'left' ? batch + selfFree.length : batch;
  const result = m.dot(g, other, {
    lhsBatch: range(0, batch),
    rhsBatch: axes.rhsBatch,
    lhsContract: range(otherStart, otherStart + otherFree.length),
    rhsContract: otherFree,
  });
  // The result has the batch axes, then this operand's free axes, then the contracted ones in the other's order.
  const contracted = [...axes.rhsContract]
    .sort((a, b) => a - b)
    .map(axis => axes.lhsContract[axes.rhsContract.indexOf(axis)] ?? 0);
  return m.permute(result, inversePermutation([...axes.lhsBatch, ...selfFree, ...contracted]));
}

/** scatter max, min: the element and the updates that equal the result share its cotangent. */
function scatterExtremum({ g, x, z, w, y, m }: Backward): readonly [Node, null, Node] {
  const xChosen = m.cast(m.eq(x, y), x.dtype);
  const updateChosen = m.cast(m.eq(w, m.gather(y, z, 0)), x.dtype);
  const share = m.div(g, m.scatter(xChosen, z, updateChosen, 'add'));
  return [m.mul(share, xChosen), null, m.mul(m.gather(share, z, 0), updateChosen)];
}

/** scatter mul: each factor gets g times the product of the others; zeros are counted, never divided by. */
function scatterProduct({ g, x, z, w, m }: Backward): readonly [Node, null, Node] {
  const one = m.full(1, x);
  const zero = m.scalar(0, x.dtype);
  const factorIsZero = m.eq(w, zero);
  const nonZero = m.where(factorIsZero, m.full(1, w), w);
  const zeros = m.scatter(m.full(0, x), z, m.cast(factorIsZero, x.dtype), 'add');
  const factors = m.scatter(one, z, w, 'mul');
  const nonZeroFactors = m.mul(x, m.scatter(one, z, nonZero, 'mul'));
  // Without this factor: divide the non-zero ones by it; a zero may only be left out if it is the only one.
  const zerosLeft = m.sub(m.gather(zeros, z, 0), m.cast(factorIsZero, x.dtype));
  const others = m.div(m.gather(nonZeroFactors, z, 0), nonZero);
  const gUpdate = m.where(m.gt(zerosLeft, zero), m.full(0, w), m.mul(m.gather(g, z, 0), others));
  return [m.mul(g, factors), null, gUpdate];
}
