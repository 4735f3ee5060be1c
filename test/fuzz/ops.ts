// Random ops on random arrays: every op, dtype, layout, broadcasting, empty and 0-d arrays.
import { broadcastShapes, sizeOf } from '../../runtime/ir/layout.ts';
import type { Attrs, Typed } from '../../runtime/ir/node.ts';
import { ops, type OpDTypes, type OpName, type OpSpec } from '../../runtime/ir/ops.ts';
import { allDTypes, isBig, isFloat, isInteger, type DType } from '../../src/shared/dtypes.ts';
import type { Random } from './random.ts';

const fits: Record<OpDTypes, (dtype: DType) => boolean> = {
  any: () => true,
  numeric: dtype => dtype !== 'bool',
  float: isFloat,
  integer: isInteger,
  bits: dtype => !isFloat(dtype),
  bool: dtype => dtype === 'bool',
};

const specials = [0, -0, NaN, Infinity, -Infinity, 1, -1, 0.5, 1e300, -1e300, 5e-324, 2147483648, -2147483649, 1e-40];
const integers = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 127, -128, 255, 256, 32768, 65535, 7, -7, 2 ** 32 - 1, 2 ** 53];
const wide = [2n ** 63n - 1n, -(2n ** 63n), 2n ** 64n - 1n];

export function randomValues(r: Random, dtype: DType, size: number): number[] | bigint[] {
  const number = (): number => {
    if (dtype === 'bool') return r.below(2);
    if (isFloat(dtype)) return r.chance(0.15) ? r.pick(specials) : (r.below(2001) - 1000) / r.pick([1, 8, 100, 3]);
    return r.chance(0.15) ? r.pick(integers) : r.below(41) - 20;
  };
  const numbers = Array.from({ length: size }, number);
  return isBig(dtype) ? numbers.map(v => (r.chance(0.05) ? r.pick(wide) : BigInt(v))) : numbers;
}

export function randomShape(r: Random, maxRank = 3): number[] {
  const sizes = r.chance(0.1) ? [0, 1, 2, 5] : r.chance(0.1) ? [1, 130, 37] : [1, 2, 3, 4, 5, 9, 17];
  return Array.from({ length: r.below(maxRank + 1) }, () => r.pick(sizes));
}

/** A shape that broadcasts with `shape`. */
function companion(r: Random, shape: readonly number[]): number[] {
  const cut = shape.slice(r.below(shape.length + 1) * (r.chance(0.3) ? 1 : 0));
  return cut.map(n => (r.chance(0.2) ? 1 : n));
}

export interface Call<T extends Typed> {
  readonly op: OpName;
  readonly inputs: readonly T[];
  readonly attrs: Attrs;
}

/** What a random call is made of: arrays of a dtype that lie around, or new ones. */
export interface Supply<T extends Typed> {
  get(dtype: DType): T;
  make(dtype: DType, shape: readonly number[]): T;
  /** Indices below n. */
  indices(dtype: 'int32' | 'int64', shape: readonly number[], n: number): T;
}

const names = (Object.keys(ops) as OpName[]).filter(op => !['input', 'constant'].includes(op));

/** A random valid call, or null when the draw makes none. */
export function randomCall<T extends Typed>(r: Random, supply: Supply<T>, allowed = names): Call<T> | null {
  const op = r.pick(allowed);
  const spec: OpSpec = ops[op];
  const dtype = r.pick(allDTypes.filter(fits[spec.dtypes]));
  const made = (inputs: readonly T[], attrs: Attrs = {}): Call<T> => ({ op, inputs, attrs });
  if (spec.class === 'elementwise') {
    if (op === 'cast') return made([supply.get(dtype)], { dtype: r.pick(allDTypes) });
    const x = supply.get(dtype);
    if (spec.arity === 1) return made([x]);
    let shape: readonly number[] = x.shape;
    const other = (of: DType): T => {
      const y = r.chance(0.3) ? supply.get(of) : supply.make(of, companion(r, shape));
      const joint = broadcastShapes(shape, y.shape);
      if (joint && sizeOf(joint) < 20000) {
        shape = joint;
        return y;
      }
      return supply.make(of, shape);
    };
    const y = other(dtype);
    return op === 'where' ? made([other('bool'), x, y]) : r.chance(0.5) ? made([x, y]) : made([y, x]);
  }
  if (spec.class === 'source') {
    const shape = randomShape(r);
    return shape.length === 0 ? null : made([], { dtype, shape, axis: r.below(shape.length) });
  }
  if (spec.class === 'routine' || spec.class === 'contract') return product(r, supply, op, dtype);
  const x = supply.get(dtype);
  const rank = x.shape.length;
  const axis = r.below(Math.max(rank, 1));
  switch (op) {
    case 'reshape': {
      const shape = [...x.shape];
      if (r.chance(0.5) && rank > 1) shape.splice(0, 2, (shape[0] ?? 1) * (shape[1] ?? 1));
      else shape.splice(r.below(rank + 1), 0, 1);
      return made([x], { shape });
    }
    case 'permute': {
      const axes = [...x.shape.keys()].sort(() => r.below(3) - 1);
      return made([x], { axes });
    }
    case 'expand':
      return sizeOf(x.shape) > 500
        ? null
        : made([x], { shape: [r.below(3) + 1, ...x.shape.map(n => (n === 1 ? 2 : n))] });
    case 'slice': {
      const steps = x.shape.map(() => r.pick([1, 1, 2, -1, -2]));
      const sizes = x.shape.map((n, i) => Math.ceil(r.below(n + 1) / Math.abs(steps[i] ?? 1)));
      const starts = x.shape.map((n, i) => {
        const reach = ((sizes[i] ?? 0) - 1) * (steps[i] ?? 1);
        const [low, high] = [Math.max(0, -reach), Math.min(n - 1, n - 1 - reach)];
        return (sizes[i] ?? 0) === 0 ? 0 : low + r.below(high - low + 1);
      });
      return made([x], { starts, sizes, steps });
    }
    case 'pad':
      return made([x], { low: x.shape.map(() => r.below(3)), high: x.shape.map(() => r.below(3)), value: r.below(2) });
    case 'concat': {
      if (rank === 0) return null;
      const other = supply.make(
        dtype,
        x.shape.map((n, i) => (i === axis ? r.below(4) : n)),
      );
      return made([x, other], { axis });
    }
    case 'gather': {
      if (rank === 0 || x.shape[axis] === 0) return null;
      return made([x, supply.indices(r.pick(['int32', 'int64']), randomShape(r, 2), x.shape[axis] ?? 1)], { axis });
    }
    case 'scatter': {
      const n = r.below(6);
      if (rank === 0 || x.shape[0] === 0) return null;
      const mode = r.pick(dtype === 'bool' ? ['set', 'add'] : ['set', 'add', 'mul', 'min', 'max']);
      const indices = supply.indices('int64', [n], x.shape[0] ?? 1);
      return made([x, indices, supply.make(dtype, [n, ...x.shape.slice(1)])], { mode });
    }
    default: {
      if (spec.class === 'reduce') return made([x], { axes: [...x.shape.keys()].filter(() => r.chance(0.6)) });
      if (rank === 0 || (spec.class === 'argReduce' && x.shape[axis] === 0)) return null;
      return made([x], { axis });
    }
  }
}

function product<T extends Typed>(r: Random, supply: Supply<T>, op: OpName, dtype: DType): Call<T> {
  const n = () => r.pick([1, 2, 3, 5, 8, 20, 41]);
  const batch = r.chance(0.3) ? [n()] : [];
  const [m, k, p] = [n(), n(), n()];
  if (op === 'dot') {
    const [turnLeft, turnRight] = [r.chance(0.3), r.chance(0.3)];
    const at = batch.length;
    const attrs = {
      lhsContract: [at + (turnLeft ? 0 : 1)],
      rhsContract: [at + (turnRight ? 1 : 0)],
      lhsBatch: batch.map((_, i) => i),
      rhsBatch: batch.map((_, i) => i),
    };
    const left = supply.make(dtype, [...batch, ...(turnLeft ? [k, m] : [m, k])]);
    return { op, inputs: [left, supply.make(dtype, [...batch, ...(turnRight ? [p, k] : [k, p])])], attrs };
  }
  const square = supply.make(dtype, [...batch, m, op === 'singularValues' ? k : m]);
  return { op, inputs: op === 'solve' ? [square, supply.make(dtype, [...batch, m, k])] : [square], attrs: {} };
}
