// The plain interpreter of every op: exact in every dtype, element by element, with no thought of speed.
// It is the oracle that kernels are held to, and it runs nothing in the product.
import { isBig, isFloat, rangeOf, type DType } from '../../src/shared/dtypes.ts';
import { listAttr, numberAttr } from '../ir/attrs.ts';
import { OpError } from '../ir/errors.ts';
import { dotAxes, infer } from '../ir/infer.ts';
import { expandStrides, permuteLayout, rowMajor, sizeOf, sliceLayout, type Layout } from '../ir/layout.ts';
import type { Attrs, Typed } from '../ir/node.ts';
import { ops, type OpClass, type OpName } from '../ir/ops.ts';
import { forEachElement, newDense, type Cells, type Dense } from './dense.ts';
import { castCell, comparisons, scalarOp } from './scalars.ts';

type Run = (op: OpName, inputs: readonly Dense[], attrs: Attrs, out: Dense) => void;
type Cell = number | bigint;

const cell = (data: Cells, i: number): Cell => data[i] as Cell;
const layoutOf = (x: Typed): Layout => ({ shape: x.shape, strides: rowMajor(x.shape), offset: 0 });

/** The values of `x` under another layout of the same data, row-major. */
function relayout(x: Dense, layout: Layout): Dense {
  const out = newDense(x.dtype, layout.shape);
  forEachElement(layout, (i, at) => {
    out.data[i] = cell(x.data, at);
  });
  return out;
}

const expandTo = (x: Dense, shape: readonly number[]): Dense =>
  relayout(x, { shape, strides: expandStrides(x.shape, rowMajor(x.shape), shape), offset: 0 });

const transpose = (x: Dense, axes: readonly number[]): Dense => relayout(x, permuteLayout(layoutOf(x), axes));

function scalar(op: OpName, dtype: DType): (a: Cell, b: Cell) => Cell {
  const found = scalarOp(op, dtype);
  if (!found) throw new OpError(`${op} is not defined for ${dtype}`, op);
  return found;
}

const elementwise: Run = (op, inputs, _attrs, out) => {
  const [a, b, c] = inputs.map(x => expandTo(x, out.shape).data);
  const dtype = inputs[0]?.dtype ?? out.dtype;
  const compare = comparisons[op];
  const f =
    op === 'cast'
      ? castCell(dtype, out.dtype)
      : compare
        ? (x: Cell, y: Cell) => (compare(x, y) ? 1 : 0)
        : op === 'where'
          ? null
          : scalar(op, dtype);
  for (let i = 0; i < out.data.length; i++) {
    const x = a?.[i] as Cell;
    const y = b?.[i] as Cell;
    out.data[i] = f ? f(x, y) : x ? y : (c?.[i] as Cell);
  }
};

const movement: Run = (op, inputs, attrs, out) => {
  const x = inputs[0] as Dense;
  const copy = (from: Cells) => {
    for (let i = 0; i < from.length; i++) out.data[i] = cell(from, i);
  };
  switch (op) {
    case 'reshape':
      return copy(x.data);
    case 'permute':
      return copy(transpose(x, listAttr(op, attrs, 'axes')).data);
    case 'expand':
      return copy(expandTo(x, out.shape).data);
    case 'slice': {
      const [starts, steps] = [listAttr(op, attrs, 'starts'), listAttr(op, attrs, 'steps')];
      return copy(relayout(x, sliceLayout(layoutOf(x), starts, out.shape, steps)).data);
    }
    case 'pad': {
      const value = castCell(typeof attrs.value === 'boolean' ? 'bool' : 'float64', out.dtype)(padValue(attrs));
      for (let i = 0; i < out.data.length; i++) out.data[i] = value;
      const ones = x.shape.map(() => 1);
      const inner = sliceLayout(layoutOf(out), listAttr(op, attrs, 'low'), x.shape, ones);
      forEachElement(inner, (i, at) => {
        out.data[at] = cell(x.data, i);
      });
      return;
    }
    default: {
      const axis = numberAttr(op, attrs, 'axis');
      let start = 0;
      for (const part of inputs) {
        const starts = part.shape.map((_, i) => (i === axis ? start : 0));
        const ones = part.shape.map(() => 1);
        forEachElement(sliceLayout(layoutOf(out), starts, part.shape, ones), (i, at) => {
          out.data[at] = cell(part.data, i);
        });
        start += part.shape[axis] ?? 0;
      }
    }
  }
};

/** `attrs.value` of pad as a number; 0 where it is missing. */
export const padValue = (attrs: Attrs): number => Number(attrs.value ?? 0);

/** What a reduction starts from: neutral, so that it is also the result over nothing. */
export function identityOf(op: OpName, dtype: DType): Cell {
  const big = (x: bigint | number): Cell => (isBig(dtype) ? BigInt(x) : Number(x));
  if (op === 'sum') return big(0);
  if (op === 'prod') return big(1);
  if (isFloat(dtype)) return op === 'reduceMax' ? -Infinity : Infinity;
  const [least, greatest] = rangeOf(dtype);
  return big(op === 'reduceMax' ? least : greatest);
}

/** Pairwise sum as NumPy does it: eight running sums per block of 128, halves above. */
function pairwise(data: Cells, start: number, n: number, round: (x: number) => number): number {
  const at = (i: number) => data[start + i] as number;
  if (n < 8) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = round(sum + at(i));
    return sum;
  }
  if (n <= 128) {
    const r = [0, 1, 2, 3, 4, 5, 6, 7].map(at);
    let i = 8;
    for (; i < n - (n % 8); i += 8) for (let k = 0; k < 8; k++) r[k] = round((r[k] ?? 0) + at(i + k));
    const pair = (k: number) => round((r[k] ?? 0) + (r[k + 1] ?? 0));
    let sum = round(round(pair(0) + pair(2)) + round(pair(4) + pair(6)));
    for (; i < n; i++) sum = round(sum + at(i));
    return sum;
  }
  const half = Math.floor(n / 2) - (Math.floor(n / 2) % 8);
  return round(pairwise(data, start, half, round) + pairwise(data, start + half, n - half, round));
}

const combineOf: Partial<Record<OpName, OpName>> = { sum: 'add', prod: 'mul', reduceMax: 'max', reduceMin: 'min' };

/**
 * Reduces in the order of the operand's axes: the last one first (pairwise for float sums, where it is reduced), the
 * others step by step. The engine hands the axes in memory order, which makes the result NumPy's to the last bit.
 */
const reduce: Run = (op, inputs, attrs, out) => {
  const x = inputs[0] as Dense;
  const axes = listAttr(op, attrs, 'axes');
  const rank = x.shape.length;
  const combine = scalar(combineOf[op] ?? op, x.dtype);
  const identity = identityOf(op, x.dtype);
  for (let i = 0; i < out.data.length; i++) out.data[i] = identity;
  const outStrides = new Array<number>(rank).fill(0);
  rowMajor(out.shape).reduce((kept, stride) => {
    while (axes.includes(kept)) kept++;
    outStrides[kept] = stride;
    return kept + 1;
  }, 0);
  const inOrder = op === 'sum' && isFloat(x.dtype);
  const along = inOrder && rank > 0 && axes.includes(rank - 1);
  const outer = along ? rank - 1 : rank;
  const inner = along ? (x.shape[outer] ?? 1) : 1;
  const round = x.dtype === 'float32' ? Math.fround : (v: number) => v;
  const layout = { shape: x.shape.slice(0, outer), strides: outStrides.slice(0, outer), offset: 0 };
  if (inner === 0) return;
  forEachElement(layout, (i, at) => {
    const value = inOrder ? pairwise(x.data, i * inner, inner, round) : cell(x.data, i);
    out.data[at] = combine(cell(out.data, at), value);
  });
};

/** Moves `axis` to the end and visits every line along it: `line(start, n, k)` is the k-th. */
function alongAxis(x: Dense, axis: number, line: (data: Cells, start: number, n: number, k: number) => void): void {
  const order = [...x.shape.keys()].filter(i => i !== axis);
  const moved = transpose(x, [...order, axis]);
  const n = x.shape[axis] ?? 1;
  const lines = sizeOf(order.map(i => x.shape[i] ?? 1));
  for (let k = 0; k < lines; k++) line(moved.data, k * n, n, k);
}

const argReduce: Run = (op, inputs, attrs, out) => {
  const x = inputs[0] as Dense;
  alongAxis(x, numberAttr(op, attrs, 'axis'), (data, start, n, k) => {
    let best = 0;
    for (let i = 1; i < n; i++) {
      const a = cell(data, start + i);
      const b = cell(data, start + best);
      if (b !== b) break;
      if (a !== a || (op === 'argmax' ? a > b : a < b)) best = i;
    }
    out.data[k] = BigInt(best);
  });
};

/** Where element i of line k along `axis` lies in row-major order. */
function lineIndex(shape: readonly number[], axis: number): (k: number, i: number) => number {
  const inner = sizeOf(shape.slice(axis + 1));
  const n = shape[axis] ?? 1;
  return (k, i) => (Math.floor(k / inner) * n + i) * inner + (k % inner);
}

const scan: Run = (op, inputs, attrs, out) => {
  const x = inputs[0] as Dense;
  const axis = numberAttr(op, attrs, 'axis');
  const at = lineIndex(x.shape, axis);
  const combine = scalar(op === 'cumsum' ? 'add' : 'mul', x.dtype);
  alongAxis(x, axis, (data, start, n, k) => {
    for (let i = 0; i < n; i++) {
      const value = cell(data, start + i);
      out.data[at(k, i)] = i === 0 ? value : combine(cell(out.data, at(k, i - 1)), value);
    }
  });
};

const sort: Run = (op, inputs, attrs, out) => {
  const x = inputs[0] as Dense;
  const axis = numberAttr(op, attrs, 'axis');
  const at = lineIndex(x.shape, axis);
  alongAxis(x, axis, (data, start, n, k) => {
    const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => {
      const a = cell(data, start + i);
      const b = cell(data, start + j);
      if (a !== a || b !== b) return (a !== a ? 1 : 0) - (b !== b ? 1 : 0);
      return a < b ? -1 : a > b ? 1 : 0;
    });
    order.forEach((from, i) => {
      out.data[at(k, i)] = op === 'sort' ? cell(data, start + from) : BigInt(from);
    });
  });
};

/** Products in the dtype of the operands, summed in order; float32 sums are kept in double and rounded once. */
const contract: Run = (_op, inputs, attrs, out) => {
  const [lhs, rhs] = inputs as [Dense, Dense];
  const axes = dotAxes(lhs, rhs, attrs);
  const left = transpose(lhs, [...axes.lhsBatch, ...axes.lhsFree, ...axes.lhsContract]).data;
  const right = transpose(rhs, [...axes.rhsBatch, ...axes.rhsFree, ...axes.rhsContract]).data;
  const length = (x: Dense, list: readonly number[]) => sizeOf(list.map(axis => x.shape[axis] ?? 1));
  const [m, n, k] = [length(lhs, axes.lhsFree), length(rhs, axes.rhsFree), length(lhs, axes.lhsContract)];
  const sumType = out.dtype === 'float32' ? 'float64' : out.dtype;
  const [add, mul] = [scalar('add', sumType), scalar('mul', sumType)];
  const wrap = newDense(sumType, [1]).data;
  for (let b = 0; b < sizeOf(axes.batch); b++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        wrap[0] = identityOf('sum', sumType);
        for (let p = 0; p < k; p++) {
          const product = mul(cell(left, (b * m + i) * k + p), cell(right, (b * n + j) * k + p));
          wrap[0] = add(cell(wrap, 0), product);
        }
        out.data[(b * m + i) * n + j] = cell(wrap, 0);
      }
    }
  }
};

const gather: Run = (op, inputs, attrs, out) => {
  const [x, indices] = inputs as [Dense, Dense];
  const axis = numberAttr(op, attrs, 'axis');
  const inner = sizeOf(x.shape.slice(axis + 1));
  const outer = sizeOf(x.shape.slice(0, axis));
  const n = x.shape[axis] ?? 1;
  let to = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < indices.data.length; i++) {
      const from = (o * n + Number(cell(indices.data, i))) * inner;
      for (let k = 0; k < inner; k++) out.data[to++] = cell(x.data, from + k);
    }
  }
};

const scatter: Run = (op, inputs, attrs, out) => {
  const [x, indices, updates] = inputs as [Dense, Dense, Dense];
  const combine = attrs.mode === 'set' ? null : scalar(attrs.mode as OpName, x.dtype);
  for (let i = 0; i < x.data.length; i++) out.data[i] = cell(x.data, i);
  const inner = sizeOf(x.shape.slice(1));
  for (let i = 0; i < indices.data.length; i++) {
    const row = Number(cell(indices.data, i)) * inner;
    for (let k = 0; k < inner; k++) {
      const value = cell(updates.data, i * inner + k);
      out.data[row + k] = combine ? combine(cell(out.data, row + k), value) : value;
    }
  }
  void op;
};

const source: Run = (op, _inputs, attrs, out) => {
  if (op !== 'iota') throw new OpError(`${op} has no value of its own`, op);
  const layout = layoutOf(out);
  const axis = numberAttr(op, attrs, 'axis');
  const inner = layout.strides[axis] ?? 1;
  const n = out.shape[axis] ?? 1;
  for (let i = 0; i < out.data.length; i++) {
    const index = Math.floor(i / inner) % n;
    out.data[i] = isBig(out.dtype) ? BigInt(index) : index;
  }
};

const runners: Record<Exclude<OpClass, 'routine'>, Run> = {
  elementwise,
  movement,
  reduce,
  argReduce,
  scan,
  contract,
  gather,
  scatter,
  sort,
  source,
};

/** Runs one op on values outside the heap. Routines are those of runtime/linalg. */
export function runReference(op: OpName, inputs: readonly Dense[], attrs: Attrs): Dense {
  const { dtype, shape } = infer(op, inputs, attrs);
  const out = newDense(dtype, shape);
  const kind = ops[op].class;
  if (kind === 'routine') throw new OpError(`${op} is a routine`, op, inputs);
  runners[kind](op, inputs, attrs, out);
  return out;
}
