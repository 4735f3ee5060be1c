// The eager device on WebAssembly: every op is a prepared kernel, cached by op, dtypes and layout class.
// Sizes, strides and addresses are arguments, so one kernel serves every shape.
import { dtypes, type DType } from '../../src/shared/dtypes.ts';
import { readDense, writeDense, type MemoryViews } from '../emit/dense.ts';
import { padValue } from '../emit/reference.ts';
import { instantiate, type KernelFunction } from '../emit/wasm/module.ts';
import { listAttr, numberAttr } from '../ir/attrs.ts';
import type { Heap, Strided } from '../ir/array.ts';
import { dotAxes } from '../ir/infer.ts';
import {
  coalesce,
  expandStrides,
  permuteLayout,
  reductionOrder,
  sizeOf,
  sliceLayout,
  type Layout,
} from '../ir/layout.ts';
import type { Attrs } from '../ir/node.ts';
import { ops, type OpClass, type OpName } from '../ir/ops.ts';
import {
  dotKernel,
  elementwiseKernel,
  gatherKernel,
  iotaKernel,
  reductionArguments,
  reductionKernel,
  scanKernel,
  strideArguments,
  strideClass,
  type ReductionShape,
  type StrideClass,
} from '../schedule/eager.ts';
import type { LoopKernel } from '../schedule/kernel.ts';
import type { Backend } from './backend.ts';
import { fillElements, putElements, scatterRows } from './indexed.ts';
import { packedProduct } from './matmul.ts';
import { runRoutine } from './routines.ts';
import { sortLines } from './sorting.ts';

/** Elements per call of a kernel: short enough for a checkpoint, and for V8 to swap in optimized code between calls. */
const pieceElements = 1 << 17;

export interface WasmOptions {
  /** Called between pieces of long work. */
  checkpoint(): void;
}

export function wasmBackend(heap: Heap, views: MemoryViews, options: WasmOptions): Backend {
  const { memory } = heap;
  const kernels = new Map<string, KernelFunction>();

  function prepared(key: string, make: () => LoopKernel): KernelFunction {
    let kernel = kernels.get(key);
    if (!kernel) {
      kernel = instantiate([make()], memory)[0] as KernelFunction;
      kernels.set(key, kernel);
    }
    return kernel;
  }

  /** Runs a kernel over its outermost loop of length `n`, in pieces when there is much to do. */
  function call(kernel: KernelFunction, args: number[], n: number, work: number): void {
    const at = args.length;
    if (work <= pieceElements || n <= 1) {
      args.push(0, n);
      return kernel(...args);
    }
    const piece = Math.max(1, Math.ceil(n / Math.ceil(work / pieceElements)));
    let done = 0;
    for (let start = 0; start < n; start += piece) {
      args[at] = start;
      args[at + 1] = Math.min(n, start + piece);
      kernel(...args);
      if (++done % 16 === 0) options.checkpoint();
    }
  }

  const address = ({ storage, offset, dtype }: Strided): number => storage.ptr + offset * dtypes[dtype].bytes;

  function elementwise(op: OpName, inputs: readonly Strided[], out: Strided): void {
    const size = sizeOf(out.shape);
    if (size === 0) return;
    const operands = [...inputs, out];
    const loops = elementLoops(operands, out.shape);
    const rank = loops.shape.length;
    const classes: StrideClass[] = [];
    const args: number[] = [];
    let key = op + out.dtype + rank;
    operands.forEach((x, i) => {
      const kind = strideClass(loops.strides[i]?.[rank - 1] ?? 0);
      classes.push(kind);
      key += x.dtype + kind;
      args.push(address(x));
    });
    const kernel = prepared(key, () =>
      elementwiseKernel(
        op,
        inputs.map(x => x.dtype),
        out.dtype,
        rank,
        classes,
      ),
    );
    args.push(...loops.shape);
    loops.strides.forEach((list, i) => strideArguments(args, list, rank - 1, classes[i] ?? 2));
    call(kernel, args, loops.shape[0] ?? 1, size * (ops[op].cost > 4 ? 8 : 1));
  }

  const copy = (out: Strided, x: Strided): void => elementwise('cast', [x], out);

  const packed = packedProduct(heap, copy, () => options.checkpoint());

  /** The loops of a reduction: kept axes, then reduced ones, each merged where memory allows it. */
  function reduction(op: OpName, x: Strided, axes: readonly number[], out: Strided): void {
    const order = reductionOrder(x, axes);
    const { shape, strides } = order.view;
    const reduced = new Set(order.axes);
    const outView = permuteLayout(out, order.kept);
    const kept = shape.flatMap((_, axis) => (reduced.has(axis) ? [] : [axis]));
    const pick = (list: readonly number[], which: readonly number[]) => which.map(axis => list[axis] ?? 0);
    const space = coalesce(pick(shape, kept), [pick(strides, kept), outView.strides]);
    const reduce = coalesce(pick(shape, order.axes), [pick(strides, order.axes)]);
    const [xSpace = [], outSpace = []] = space.strides;
    const [xReduce = []] = reduce.strides;
    const lastLong = shape.findLastIndex(n => n !== 1);
    const inner = lastLong >= 0 && !reduced.has(lastLong) && space.shape.length > 0 ? 'space' : 'reduce';
    run(
      op,
      [{ ...x, offset: order.view.offset }],
      out,
      { space: space.shape, reduce: reduce.shape, inner, operands: [[...xSpace, ...xReduce]], outStrides: outSpace },
      (dtype, loops) => reductionKernel(op, dtype, out.dtype, loops),
    );
  }

  interface Loops {
    readonly space: readonly number[];
    readonly reduce: readonly number[];
    readonly inner: 'space' | 'reduce';
    readonly operands: readonly (readonly number[])[];
    readonly outStrides: readonly number[];
  }

  function run(
    op: OpName,
    inputs: readonly Strided[],
    out: Strided,
    loops: Loops,
    make: (dtype: DType, shape: ReductionShape) => LoopKernel,
  ): void {
    const size = sizeOf(loops.space);
    if (size === 0) return;
    const reduce = loops.reduce.length > 0 ? loops.reduce : [1];
    const pad = loops.reduce.length > 0 ? [] : [0];
    const space = loops.space.length;
    const innerLoop = loops.inner === 'space' ? space - 1 : space + reduce.length - 1;
    const strides = [...loops.operands.map(list => [...list, ...pad]), loops.outStrides];
    const scan = loops.outStrides.length > space;
    const classes = strides.map((list, i) =>
      strideClass(list[i === strides.length - 1 && !scan ? space - 1 : innerLoop] ?? 0),
    );
    const shape: ReductionShape = { space, reduce: reduce.length, inner: loops.inner, classes };
    const dtype = inputs[0]?.dtype ?? out.dtype;
    const key = `${op}:${dtype}:${space}:${reduce.length}:${loops.inner}:${classes.join()}`;
    const kernel = prepared(key, () => make(dtype, shape));
    const args = [...inputs.map(address), address(out), ...loops.space, ...reduce];
    if (scan) strides.forEach((list, i) => strideArguments(args, list, innerLoop, classes[i] ?? 2));
    else reductionArguments(shape, args, strides);
    call(kernel, args, loops.space[0] ?? 1, size * Math.max(1, sizeOf(reduce)));
  }

  function scan(op: OpName, x: Strided, axis: number, out: Strided): void {
    const others = x.shape.flatMap((_, i) => (i === axis ? [] : [i]));
    const pick = (list: readonly number[]) => others.map(i => list[i] ?? 0);
    const space = coalesce(pick(x.shape), [pick(x.strides), pick(out.strides)]);
    const [xSpace = [], outSpace = []] = space.strides;
    run(
      op,
      [x],
      out,
      {
        space: space.shape,
        reduce: [x.shape[axis] ?? 1],
        inner: 'reduce',
        operands: [[...xSpace, x.strides[axis] ?? 0]],
        outStrides: [...outSpace, out.strides[axis] ?? 0],
      },
      (dtype, loops) => scanKernel(op, dtype, loops),
    );
  }

  function dot(lhs: Strided, rhs: Strided, attrs: Attrs, out: Strided): void {
    if (packed.run(lhs, rhs, attrs, out)) return;
    const axes = dotAxes(lhs, rhs, attrs);
    const pick = (list: readonly number[], which: readonly number[]) => which.map(axis => list[axis] ?? 0);
    const zeros = (n: number) => new Array<number>(n).fill(0);
    const [m, n] = [axes.lhsFree.length, axes.rhsFree.length];
    const space = coalesce(out.shape, [
      [...pick(lhs.strides, axes.lhsBatch), ...pick(lhs.strides, axes.lhsFree), ...zeros(n)],
      [...pick(rhs.strides, axes.rhsBatch), ...zeros(m), ...pick(rhs.strides, axes.rhsFree)],
      out.strides,
    ]);
    const reduce = coalesce(pick(lhs.shape, axes.lhsContract), [
      pick(lhs.strides, axes.lhsContract),
      pick(rhs.strides, axes.rhsContract),
    ]);
    const [left = [], right = [], outStrides = []] = space.strides;
    const [leftReduce = [], rightReduce = []] = reduce.strides;
    const last = space.shape.length - 1;
    const across = last >= 0 && (right[last] === 1 || right[last] === 0) && (left[last] === 1 || left[last] === 0);
    run(
      'dot',
      [lhs, rhs],
      out,
      {
        space: space.shape,
        reduce: reduce.shape,
        inner: across ? 'space' : 'reduce',
        operands: [
          [...left, ...leftReduce],
          [...right, ...rightReduce],
        ],
        outStrides,
      },
      dotKernel,
    );
  }

  function gather(x: Strided, indices: Strided, axis: number, out: Strided): void {
    const k = indices.shape.length;
    const none = new Array<number>(k).fill(0);
    const outer = x.shape.map(() => 0);
    gatherLoops(
      { ...x, strides: [...x.strides.slice(0, axis), ...none, ...x.strides.slice(axis + 1)] },
      { ...indices, strides: [...outer.slice(0, axis), ...indices.strides, ...outer.slice(axis + 1)] },
      out,
      x.strides[axis] ?? 0,
    );
  }

  /** x and indices have strides over the loops of `out`. */
  function gatherLoops(x: Strided, indices: Strided, out: Strided, stride: number): void {
    const size = sizeOf(out.shape);
    if (size === 0) return;
    const operands = [x, indices, out];
    const loops = elementLoops(operands, out.shape, true);
    const rank = loops.shape.length;
    const classes = loops.strides.map(list => strideClass(list[rank - 1] ?? 0));
    const key = `gather:${x.dtype}:${indices.dtype}:${rank}:${classes.join()}`;
    const kernel = prepared(key, () => gatherKernel(x.dtype, indices.dtype, rank, classes));
    const args = [...operands.map(address), ...loops.shape];
    loops.strides.forEach((list, i) => strideArguments(args, list, rank - 1, classes[i] ?? 2));
    args.push(stride);
    call(kernel, args, loops.shape[0] ?? 1, size);
  }

  const view = (x: Strided, layout: Layout): Strided => ({ ...x, ...layout });

  function movement(op: OpName, inputs: readonly Strided[], attrs: Attrs, out: Strided): void {
    const ones = out.shape.map(() => 1);
    if (op === 'pad') {
      fillElements(views, out, padValue(attrs));
      const [x] = inputs as [Strided];
      return copy(view(out, sliceLayout(out, listAttr(op, attrs, 'low'), x.shape, ones)), x);
    }
    const axis = numberAttr(op, attrs, 'axis');
    let start = 0;
    for (const x of inputs) {
      const starts = out.shape.map((_, i) => (i === axis ? start : 0));
      copy(view(out, sliceLayout(out, starts, x.shape, ones)), x);
      start += x.shape[axis] ?? 0;
    }
  }

  function iota(axis: number, out: Strided): void {
    const rank = out.shape.length;
    if (sizeOf(out.shape) === 0) return;
    const kind = strideClass(out.strides[rank - 1] ?? 0);
    const kernel = prepared(`iota:${out.dtype}:${rank}:${axis}:${kind}`, () => iotaKernel(out.dtype, rank, axis, kind));
    const args = [address(out), ...out.shape];
    strideArguments(args, out.strides, rank - 1, kind);
    call(kernel, args, out.shape[0] ?? 1, sizeOf(out.shape));
  }

  type Run = (op: OpName, inputs: readonly Strided[], attrs: Attrs, out: Strided) => void;
  const runners: Record<OpClass, Run> = {
    elementwise: (op, inputs, _attrs, out) => elementwise(op, inputs, out),
    movement,
    reduce: (op, [x], attrs, out) => x && reduction(op, x, listAttr(op, attrs, 'axes'), out),
    argReduce: (op, [x], attrs, out) => x && argument(op, x, numberAttr(op, attrs, 'axis'), out),
    scan: (op, [x], attrs, out) => x && scan(op, x, numberAttr(op, attrs, 'axis'), out),
    contract: (_op, [lhs, rhs], attrs, out) => lhs && rhs && dot(lhs, rhs, attrs, out),
    gather: (op, [x, indices], attrs, out) => x && indices && gather(x, indices, numberAttr(op, attrs, 'axis'), out),
    scatter(_op, [x, indices, updates], attrs, out) {
      if (!x || !indices || !updates) return;
      copy(out, x);
      scatterRows(views, out, indices, updates, String(attrs.mode));
    },
    sort: (op, [x], attrs, out) =>
      x && writeDense(views, out, sortLines(op, readDense(views, x), numberAttr(op, attrs, 'axis'))),
    source: (op, _inputs, attrs, out) => iota(numberAttr(op, attrs, 'axis'), out),
    routine: (op, inputs, _attrs, out) =>
      writeDense(
        views,
        out,
        runRoutine(
          op,
          inputs.map(x => readDense(views, x)),
          () => options.checkpoint(),
        ).data,
      ),
  };

  /** The reduced axis must stay one loop, so that its counter is the index. */
  function argument(op: OpName, x: Strided, axis: number, out: Strided): void {
    const others = x.shape.flatMap((_, i) => (i === axis ? [] : [i]));
    const pick = (list: readonly number[]) => others.map(i => list[i] ?? 0);
    const space = coalesce(pick(x.shape), [pick(x.strides), out.strides]);
    const [xSpace = [], outSpace = []] = space.strides;
    run(
      op,
      [x],
      out,
      {
        space: space.shape,
        reduce: [x.shape[axis] ?? 1],
        inner: 'reduce',
        operands: [[...xSpace, x.strides[axis] ?? 0]],
        outStrides: outSpace,
      },
      (dtype, loops) => reductionKernel(op, dtype, out.dtype, loops),
    );
  }

  return {
    run: (op, inputs, attrs, out) => runners[ops[op].class](op, inputs, attrs, out),
    copy,
    take(x, offsets, out) {
      const flat = { ...x, shape: out.shape, strides: out.shape.map(() => 0) };
      gatherLoops(flat, offsets, out, 1);
    },
    put: (x, offsets, values, mode) => putElements(views, x, offsets, values, mode),
  };
}

/** The shared loops of operands that broadcast to `shape`, outermost first; at least one loop. */
function elementLoops(operands: readonly Strided[], shape: readonly number[], expanded = false) {
  const strides = operands.map(x => (expanded ? x.strides : expandStrides(x.shape, x.strides, shape)));
  const out = strides.at(-1) ?? [];
  // Where the output does not lie in row-major order, its own memory order is better (transposed operands).
  const order = [...shape.keys()].sort((a, b) => Math.abs(out[b] ?? 0) - Math.abs(out[a] ?? 0));
  const sorted = order.every((axis, i) => axis === i);
  const loops = sorted
    ? coalesce(shape, strides)
    : coalesce(
        order.map(axis => shape[axis] ?? 1),
        strides.map(list => order.map(axis => list[axis] ?? 0)),
      );
  if (loops.shape.length > 0) return loops;
  return { shape: [1], strides: operands.map(() => [1]) };
}
