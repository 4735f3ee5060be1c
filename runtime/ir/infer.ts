// Dtype and shape of every op's result, from those of its operands: one rule per class of op.
import { dtypes, isInteger, type DType } from '../../src/shared/dtypes.ts';
import { dtypeAttr, listAttr, numberAttr } from './attrs.ts';
import { describe, OpError } from './errors.ts';
import { broadcastShapes, sameShape, sizeOf } from './layout.ts';
import type { Attrs, Typed } from './node.ts';
import { ops, type OpClass, type OpDTypes, type OpName, type OpSpec } from './ops.ts';

const accepts: Record<OpDTypes, (dtype: DType) => boolean> = {
  any: () => true,
  numeric: dtype => dtype !== 'bool',
  float: dtype => dtypes[dtype].kind === 'f',
  integer: isInteger,
  bits: dtype => dtypes[dtype].kind !== 'f',
  bool: dtype => dtype === 'bool',
};

type Inputs = readonly Typed[];
type ShapeRule = (op: OpName, inputs: Inputs, attrs: Attrs) => readonly number[];

function fail(op: OpName, inputs: Inputs, why: string): never {
  throw new OpError(`${op}(${inputs.map(describe).join(', ')}): ${why}`, op, inputs);
}

function checkAxis(op: OpName, inputs: Inputs, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < 0 || axis >= rank) fail(op, inputs, `axis ${axis} is out of range`);
  return axis;
}

const first = (op: OpName, inputs: Inputs): Typed => inputs[0] ?? fail(op, inputs, 'an operand is missing');

function broadcastAll(op: OpName, inputs: Inputs): readonly number[] {
  let shape: readonly number[] = first(op, inputs).shape;
  for (const { shape: next } of inputs) {
    if (!sameShape(shape, next)) shape = broadcastShapes(shape, next) ?? fail(op, inputs, 'shapes do not broadcast');
  }
  return shape;
}

/** The axes of `dot` in the order of its result, and the lengths that the kernels need. */
export interface DotAxes {
  readonly batch: readonly number[];
  readonly lhsFree: readonly number[];
  readonly rhsFree: readonly number[];
  readonly lhsContract: readonly number[];
  readonly rhsContract: readonly number[];
  readonly lhsBatch: readonly number[];
  readonly rhsBatch: readonly number[];
}

export function dotAxes(lhs: Typed, rhs: Typed, attrs: Attrs): DotAxes {
  const lhsContract = listAttr('dot', attrs, 'lhsContract');
  const rhsContract = listAttr('dot', attrs, 'rhsContract');
  const lhsBatch = listAttr('dot', attrs, 'lhsBatch');
  const rhsBatch = listAttr('dot', attrs, 'rhsBatch');
  const free = (x: Typed, used: readonly number[]) => x.shape.map((_, axis) => axis).filter(a => !used.includes(a));
  return {
    batch: lhsBatch.map(axis => lhs.shape[axis] ?? 1),
    lhsFree: free(lhs, [...lhsContract, ...lhsBatch]),
    rhsFree: free(rhs, [...rhsContract, ...rhsBatch]),
    lhsContract,
    rhsContract,
    lhsBatch,
    rhsBatch,
  };
}

const movement: Partial<Record<OpName, ShapeRule>> = {
  reshape(op, inputs, attrs) {
    const shape = listAttr(op, attrs, 'shape');
    if (sizeOf(shape) !== sizeOf(first(op, inputs).shape)) fail(op, inputs, `the size of [${shape}] differs`);
    return shape;
  },
  permute(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    const axes = listAttr(op, attrs, 'axes');
    if (axes.length !== shape.length || new Set(axes).size !== axes.length) fail(op, inputs, `axes [${axes}]`);
    return axes.map(axis => shape[checkAxis(op, inputs, axis, shape.length)] ?? 1);
  },
  expand(op, inputs, attrs) {
    const shape = listAttr(op, attrs, 'shape');
    const joint = broadcastShapes(first(op, inputs).shape, shape);
    if (!joint || !sameShape(joint, shape)) fail(op, inputs, `does not broadcast to [${shape}]`);
    return shape;
  },
  slice(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    const [starts, sizes, steps] = ['starts', 'sizes', 'steps'].map(name => listAttr(op, attrs, name));
    shape.forEach((n, axis) => {
      const size = sizes?.[axis] ?? -1;
      const start = starts?.[axis] ?? 0;
      const end = start + (size - 1) * (steps?.[axis] ?? 0);
      if (size < 0 || (size > 0 && (start < 0 || start >= n || end < 0 || end >= n)))
        fail(op, inputs, `slice of ${size} from ${start} leaves axis ${axis}`);
    });
    return sizes ?? [];
  },
  pad(op, inputs, attrs) {
    const [low, high] = [listAttr(op, attrs, 'low'), listAttr(op, attrs, 'high')];
    return first(op, inputs).shape.map((n, axis) => {
      const [before, after] = [low[axis] ?? -1, high[axis] ?? -1];
      if (before < 0 || after < 0) fail(op, inputs, 'a padding is missing or negative');
      return n + before + after;
    });
  },
  concat(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    const axis = checkAxis(op, inputs, numberAttr(op, attrs, 'axis'), shape.length);
    let total = 0;
    for (const x of inputs) {
      const fits = x.shape.length === shape.length && x.shape.every((n, i) => i === axis || n === shape[i]);
      if (!fits) fail(op, inputs, `shapes differ beside axis ${axis}`);
      total += x.shape[axis] ?? 0;
    }
    return shape.map((n, i) => (i === axis ? total : n));
  },
};

function squareMatrix(op: OpName, inputs: Inputs): readonly number[] {
  const { shape } = first(op, inputs);
  if (shape.length < 2 || shape.at(-1) !== shape.at(-2)) fail(op, inputs, 'the last two axes must be square');
  return shape;
}

const routines: Partial<Record<OpName, ShapeRule>> = {
  inverse: squareMatrix,
  det: (op, inputs) => squareMatrix(op, inputs).slice(0, -2),
  solve(op, inputs) {
    const a = squareMatrix(op, inputs);
    const b = inputs[1]?.shape ?? [];
    if (b.length !== a.length || !sameShape(b.slice(0, -1), a.slice(0, -1)))
      fail(op, inputs, 'the right-hand side must have the rows and the batch of the matrix');
    return b;
  },
  singularValues(op, inputs) {
    const { shape } = first(op, inputs);
    if (shape.length < 2) fail(op, inputs, 'a matrix is needed');
    return [...shape.slice(0, -2), Math.min(shape.at(-1) ?? 0, shape.at(-2) ?? 0)];
  },
};

const shapeRules: Record<OpClass, ShapeRule> = {
  elementwise: broadcastAll,
  movement: (op, inputs, attrs) => movement[op]?.(op, inputs, attrs) ?? fail(op, inputs, 'no such movement'),
  reduce(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    const axes = listAttr(op, attrs, 'axes');
    axes.forEach(axis => checkAxis(op, inputs, axis, shape.length));
    return shape.filter((_, axis) => !axes.includes(axis));
  },
  argReduce(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    const gone = checkAxis(op, inputs, numberAttr(op, attrs, 'axis'), shape.length);
    return shape.filter((_, axis) => axis !== gone);
  },
  scan(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    checkAxis(op, inputs, numberAttr(op, attrs, 'axis'), shape.length);
    return shape;
  },
  contract(op, inputs, attrs) {
    const [lhs, rhs] = [first(op, inputs), inputs[1] ?? fail(op, inputs, 'an operand is missing')];
    const axes = dotAxes(lhs, rhs, attrs);
    const pairs: [readonly number[], readonly number[]][] = [
      [axes.lhsContract, axes.rhsContract],
      [axes.lhsBatch, axes.rhsBatch],
    ];
    for (const [left, right] of pairs) {
      if (left.length !== right.length) fail(op, inputs, 'axes must come in pairs');
      left.forEach((axis, i) => {
        checkAxis(op, inputs, axis, lhs.shape.length);
        const other = checkAxis(op, inputs, right[i] ?? -1, rhs.shape.length);
        if (lhs.shape[axis] !== rhs.shape[other]) fail(op, inputs, `axes ${axis} and ${other} differ in length`);
      });
    }
    return [
      ...axes.batch,
      ...axes.lhsFree.map(axis => lhs.shape[axis] ?? 1),
      ...axes.rhsFree.map(axis => rhs.shape[axis] ?? 1),
    ];
  },
  gather(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    const axis = checkAxis(op, inputs, numberAttr(op, attrs, 'axis'), shape.length);
    return [...shape.slice(0, axis), ...(inputs[1]?.shape ?? []), ...shape.slice(axis + 1)];
  },
  scatter(op, inputs) {
    const { shape } = first(op, inputs);
    const [indices, updates] = [inputs[1]?.shape ?? [], inputs[2]?.shape ?? []];
    if (indices.length !== 1 || !sameShape(updates, [...indices, ...shape.slice(1)]))
      fail(op, inputs, 'updates must be [n, ...x.shape[1:]] for indices [n]');
    return shape;
  },
  sort(op, inputs, attrs) {
    const { shape } = first(op, inputs);
    checkAxis(op, inputs, numberAttr(op, attrs, 'axis'), shape.length);
    return shape;
  },
  source(op, _inputs, attrs) {
    return listAttr(op, attrs, 'shape');
  },
  routine: (op, inputs, attrs) => routines[op]?.(op, inputs, attrs) ?? fail(op, inputs, 'no such routine'),
};

/** Operands whose dtype is the one that the op's row speaks of; the others are conditions and indices. */
function valueOperands(op: OpName, spec: OpSpec, inputs: Inputs): Inputs {
  if (op === 'where') {
    if (inputs[0]?.dtype !== 'bool') fail(op, inputs, 'the condition must be bool');
    return inputs.slice(1);
  }
  if (spec.class === 'gather' || spec.class === 'scatter') {
    if (inputs[1]?.dtype !== 'int32' && inputs[1]?.dtype !== 'int64')
      fail(op, inputs, 'indices must be int32 or int64');
    return inputs.filter((_, i) => i !== 1);
  }
  return inputs;
}

/** Dtype and shape of the result of an op. @throws {OpError} that names the op, the dtypes and the shapes. */
export function infer(op: OpName, inputs: Inputs, attrs: Attrs): Typed {
  const spec: OpSpec = ops[op];
  if (spec.arity === 'many' ? inputs.length === 0 : inputs.length !== spec.arity)
    fail(op, inputs, `takes ${spec.arity} operands`);
  const values = valueOperands(op, spec, inputs);
  const dtype = values[0]?.dtype;
  for (const x of values) {
    if (x.dtype !== dtype) fail(op, inputs, 'operands must have one dtype');
    if (!accepts[spec.dtypes](x.dtype)) fail(op, inputs, `is not defined for ${x.dtype}`);
  }
  const shape = shapeRules[spec.class](op, inputs, attrs);
  switch (spec.result) {
    case 'same':
      return { dtype: dtype ?? fail(op, inputs, 'an operand is missing'), shape };
    case 'attr':
      return { dtype: dtypeAttr(op, attrs), shape };
    default:
      return { dtype: spec.result, shape };
  }
}
