// The primitive ops: one row says everything that the engine needs to know of an op. Everything else is composition.
// Attributes are listed in the comments; axes are non-negative, shapes are complete.

export type OpClass =
  | 'elementwise'
  | 'movement'
  | 'reduce'
  | 'argReduce'
  | 'scan'
  | 'contract'
  | 'gather'
  | 'scatter'
  | 'sort'
  | 'source'
  | 'routine';

/** `any` all dtypes · `numeric` all but bool · `float` float32, float64 · `integer` signed and unsigned · `bits` integers and bool. */
export type OpDTypes = 'any' | 'numeric' | 'float' | 'integer' | 'bits' | 'bool';

export interface OpSpec {
  readonly class: OpClass;
  readonly arity: number | 'many';
  readonly dtypes: OpDTypes;
  /** Result dtype: that of the inputs, or the one named, or the one in `attrs.dtype`. */
  readonly result: 'same' | 'bool' | 'int64' | 'attr';
  /** Rough arithmetic per element, for scheduling. */
  readonly cost: number;
}

const unary = (dtypes: OpDTypes, cost = 1): OpSpec => ({
  class: 'elementwise',
  arity: 1,
  dtypes,
  result: 'same',
  cost,
});
const binary = (dtypes: OpDTypes, cost = 1): OpSpec => ({
  class: 'elementwise',
  arity: 2,
  dtypes,
  result: 'same',
  cost,
});
const compare: OpSpec = { class: 'elementwise', arity: 2, dtypes: 'any', result: 'bool', cost: 1 };
const movement = (arity: number | 'many' = 1): OpSpec => ({
  class: 'movement',
  arity,
  dtypes: 'any',
  result: 'same',
  cost: 0,
});
const reduce = (dtypes: OpDTypes): OpSpec => ({ class: 'reduce', arity: 1, dtypes, result: 'same', cost: 1 });
const routine = (arity: number): OpSpec => ({ class: 'routine', arity, dtypes: 'float', result: 'same', cost: 100 });

export const ops = {
  // Elementwise. Integers wrap; floordiv and mod round towards minus infinity and give 0 for a zero divisor; max and min pass NaN on.
  neg: unary('numeric'),
  abs: unary('numeric'),
  sign: unary('numeric'),
  floor: unary('float'),
  ceil: unary('float'),
  round: unary('float'), // half to even
  sqrt: unary('float', 4),
  exp: unary('float', 12),
  log: unary('float', 14),
  sin: unary('float', 20),
  cos: unary('float', 20),
  tanh: unary('float', 16),
  // By the host's functions, one element at a time.
  log2: unary('float', 40),
  log10: unary('float', 40),
  log1p: unary('float', 40),
  expm1: unary('float', 40),
  tan: unary('float', 40),
  asin: unary('float', 40),
  acos: unary('float', 40),
  atan: unary('float', 40),
  sinh: unary('float', 40),
  cosh: unary('float', 40),
  asinh: unary('float', 40),
  acosh: unary('float', 40),
  atanh: unary('float', 40),
  cbrt: unary('float', 40),
  not: unary('bits'), // logical for bool, bitwise for integers
  cast: { class: 'elementwise', arity: 1, dtypes: 'any', result: 'attr', cost: 1 }, // dtype
  add: binary('any'), // bool: or
  sub: binary('numeric'),
  mul: binary('any'), // bool: and
  div: binary('float', 4),
  floordiv: binary('numeric', 6),
  mod: binary('numeric', 6), // sign of the divisor
  pow: binary('numeric', 30), // integers by repeated squaring, exponent ≥ 0
  max: binary('any'),
  min: binary('any'),
  hypot: binary('float', 8),
  atan2: binary('float', 40),
  and: binary('bits'),
  or: binary('bits'),
  xor: binary('bits'),
  eq: compare,
  ne: compare,
  lt: compare,
  le: compare,
  gt: compare,
  ge: compare,
  where: { class: 'elementwise', arity: 3, dtypes: 'any', result: 'same', cost: 1 }, // (bool, x, y)

  // Movement
  reshape: movement(), // shape
  permute: movement(), // axes
  expand: movement(), // shape: NumPy's broadcast_to
  slice: movement(), // starts, sizes, steps (steps may be negative)
  pad: movement(), // low, high, value
  concat: movement('many'), // axis

  // Reduction over `axes`, which disappear. Sums are pairwise or better. `max`/`min` of bool are any/all.
  sum: reduce('numeric'),
  prod: reduce('numeric'),
  reduceMax: reduce('any'),
  reduceMin: reduce('any'),
  argmax: { class: 'argReduce', arity: 1, dtypes: 'any', result: 'int64', cost: 1 }, // axis; the first one, NaN wins as in NumPy
  argmin: { class: 'argReduce', arity: 1, dtypes: 'any', result: 'int64', cost: 1 }, // axis
  cumsum: { class: 'scan', arity: 1, dtypes: 'numeric', result: 'same', cost: 1 }, // axis
  cumprod: { class: 'scan', arity: 1, dtypes: 'numeric', result: 'same', cost: 1 }, // axis

  // General dot product; result axes: batch, free axes of the left, free axes of the right.
  dot: { class: 'contract', arity: 2, dtypes: 'any', result: 'same', cost: 2 }, // lhsContract, rhsContract, lhsBatch, rhsBatch

  // gather: x, indices (int32 or int64, in range) → x.shape[:axis] + indices.shape + x.shape[axis+1:]
  gather: { class: 'gather', arity: 2, dtypes: 'any', result: 'same', cost: 1 }, // axis
  // scatter: x, indices [n], updates [n, ...x.shape[1:]] → a copy of x; `mode` set (the last one wins), add, mul, min or max
  scatter: { class: 'scatter', arity: 3, dtypes: 'any', result: 'same', cost: 1 }, // mode

  sort: { class: 'sort', arity: 1, dtypes: 'any', result: 'same', cost: 20 }, // axis; NaN last
  argsort: { class: 'sort', arity: 1, dtypes: 'any', result: 'int64', cost: 20 }, // axis; stable; NaN last

  // Sources
  input: { class: 'source', arity: 0, dtypes: 'any', result: 'attr', cost: 0 }, // dtype, shape, index
  constant: { class: 'source', arity: 0, dtypes: 'any', result: 'attr', cost: 0 }, // dtype, shape; the values lie beside the graph
  iota: { class: 'source', arity: 0, dtypes: 'numeric', result: 'attr', cost: 1 }, // dtype, shape, axis

  // Routines: prepared kernels over the last two axes.
  inverse: routine(1), // a singular matrix throws OpError('Singular matrix')
  solve: routine(2),
  det: routine(1),
  singularValues: routine(1), // [..., min(m, n)], descending
} as const satisfies Record<string, OpSpec>;

export type OpName = keyof typeof ops;
