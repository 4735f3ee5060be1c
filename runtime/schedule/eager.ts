// Kernels of eager ops: one op each, for any size. Sizes, outer strides and odd inner strides are parameters of the call;
// inner strides 0 and 1 are part of the kernel, since vectors depend on them.
import type { DType } from '../../src/shared/dtypes.ts';
import type { OpName } from '../ir/ops.ts';
import type { Access, Int, KernelBuffer, LoopKernel, ReductionOp, Stage, Step } from './kernel.ts';

/** Inner stride of an operand: constant, contiguous, or given by the call. */
export type StrideClass = 0 | 1 | 2;
export const strideClass = (stride: number): StrideClass => (stride === 0 ? 0 : stride === 1 ? 1 : 2);

/** Hands out parameter numbers; the caller passes the values in the same order. */
class Params {
  count = 0;
  next(): Int {
    return { param: this.count++ };
  }
}

/** An access over `loops` loops whose innermost stride is known when its class is 0 or 1. */
function access(params: Params, buffer: number, loops: number, inner: number, kind: StrideClass): Access {
  const strides = Array.from({ length: loops }, (_, loop): Int =>
    loop === inner && kind !== 2 ? kind : params.next(),
  );
  return { buffer, offset: 0, strides };
}

/** The strides that a call passes for such an access. */
export function strideArguments(to: number[], strides: readonly number[], inner: number, kind: StrideClass): void {
  strides.forEach((stride, loop) => {
    if (loop !== inner || kind === 2) to.push(stride);
  });
}

const buffer = (dtype: DType, role: 'read' | 'write'): KernelBuffer => ({ dtype, role });

/**
 * out[…] = op(inputs[…]) over `rank` loops. Parameters: the sizes, then per operand (the output last) its strides.
 * A copy is a `cast` to the same dtype.
 */
export function elementwiseKernel(
  op: OpName,
  inputs: readonly DType[],
  output: DType,
  rank: number,
  classes: readonly StrideClass[],
): LoopKernel {
  const params = new Params();
  const space = Array.from({ length: rank }, () => params.next());
  const loads = inputs.map((dtype, i): Step => ({
    op: 'load',
    dtype,
    access: access(params, i, rank, rank - 1, classes[i] ?? 2),
  }));
  const out = access(params, inputs.length, rank, rank - 1, classes[inputs.length] ?? 2);
  const value: Step = { op: op as 'add', dtype: output, args: inputs.map((_, i) => i) };
  return {
    kind: 'loops',
    space,
    reduce: [],
    inner: 'space',
    buffers: [...inputs.map(dtype => buffer(dtype, 'read')), buffer(output, 'write')],
    stages: [{ kind: 'map', over: 'space', steps: [...loads, value], stores: [{ access: out, value: inputs.length }] }],
    params: params.count,
  };
}

const reductionOps: Partial<Record<OpName, ReductionOp>> = {
  sum: 'sum',
  prod: 'prod',
  reduceMax: 'max',
  reduceMin: 'min',
  argmax: 'argmax',
  argmin: 'argmin',
};

/** Which loops a reduction has, and how its operands lie along the inner one. */
export interface ReductionShape {
  readonly space: number;
  readonly reduce: number;
  readonly inner: 'space' | 'reduce';
  /** Of the operands along the inner loop, and of the output along the innermost space loop. */
  readonly classes: readonly StrideClass[];
}

const innerLoop = ({ space, reduce, inner }: ReductionShape): number =>
  inner === 'space' ? space - 1 : space + reduce - 1;

/** The strides that a call passes: operands over all loops, then the output over the space loops. */
export function reductionArguments(shape: ReductionShape, to: number[], strides: readonly (readonly number[])[]): void {
  strides.forEach((list, i) => {
    const inner = i === strides.length - 1 ? shape.space - 1 : innerLoop(shape);
    strideArguments(to, list, inner, shape.classes[i] ?? 2);
  });
}

function reducing(
  shape: ReductionShape,
  inputs: readonly DType[],
  output: DType,
  stagesOf: (loads: readonly Step[], out: Access) => readonly Stage[],
  outLoops = shape.space,
): LoopKernel {
  const params = new Params();
  const space = Array.from({ length: shape.space }, () => params.next());
  const reduce = Array.from({ length: shape.reduce }, () => params.next());
  const loops = shape.space + shape.reduce;
  const loads = inputs.map((dtype, i): Step => ({
    op: 'load',
    dtype,
    access: access(params, i, loops, innerLoop(shape), shape.classes[i] ?? 2),
  }));
  const outInner = outLoops === shape.space ? shape.space - 1 : innerLoop(shape);
  const stored = access(params, inputs.length, outLoops, outInner, shape.classes[inputs.length] ?? 2);
  const out = { ...stored, strides: [...stored.strides, ...new Array<Int>(loops - outLoops).fill(0)] };
  return {
    kind: 'loops',
    space,
    reduce,
    inner: shape.inner,
    buffers: [...inputs.map(dtype => buffer(dtype, 'read')), buffer(output, 'write')],
    stages: stagesOf(loads, out),
    params: params.count,
  };
}

/** Sum, product, maximum, minimum and their arguments. Parameters: sizes of space and reduce loops, strides. */
export function reductionKernel(op: OpName, dtype: DType, output: DType, shape: ReductionShape): LoopKernel {
  const reduction = { op: reductionOps[op] ?? 'sum', value: 0, dtype: output };
  return reducing(shape, [dtype], output, (steps, access) => [
    { kind: 'reduce', steps, reductions: [reduction] },
    {
      kind: 'map',
      over: 'space',
      steps: [{ op: 'reduced', dtype: output, reduction: 0 }],
      stores: [{ access, value: 0 }],
    },
  ]);
}

/** Sums of products: a matrix product as plain loops, for every dtype and any strides. */
export function dotKernel(dtype: DType, shape: ReductionShape): LoopKernel {
  return reducing(shape, [dtype, dtype], dtype, (loads, access) => [
    {
      kind: 'reduce',
      steps: [...loads, { op: 'mul', dtype, args: [0, 1] }],
      reductions: [{ op: 'sum', value: 2, dtype }],
    },
    {
      kind: 'map',
      over: 'space',
      steps: [{ op: 'reduced', dtype, reduction: 0 }],
      stores: [{ access, value: 0 }],
    },
  ]);
}

/** Running sums and products along the one reduce loop; the output has all loops. */
export function scanKernel(op: OpName, dtype: DType, shape: ReductionShape): LoopKernel {
  const scan = op === 'cumsum' ? 'sum' : 'prod';
  return reducing(
    shape,
    [dtype],
    dtype,
    (steps, store) => [{ kind: 'scan', op: scan, steps, value: 0, store }],
    shape.space + shape.reduce,
  );
}

/**
 * out[…] = x[… + stride · index[…]]. Operands over all loops: x (strides 0 along the loops of the indices), indices, out.
 * Parameters: sizes, strides of the three, then the stride that an index is multiplied with.
 */
export function gatherKernel(dtype: DType, indices: DType, rank: number, classes: readonly StrideClass[]): LoopKernel {
  const params = new Params();
  const space = Array.from({ length: rank }, () => params.next());
  const [from, at, to] = [0, 1, 2].map(i => access(params, i, rank, rank - 1, classes[i] ?? 2)) as [
    Access,
    Access,
    Access,
  ];
  const steps: Step[] = [
    { op: 'load', dtype: indices, access: at },
    { op: 'loadAt', dtype, access: from, stride: params.next(), args: [0] },
  ];
  return {
    kind: 'loops',
    space,
    reduce: [],
    inner: 'space',
    buffers: [buffer(dtype, 'read'), buffer(indices, 'read'), buffer(dtype, 'write')],
    stages: [{ kind: 'map', over: 'space', steps, stores: [{ access: to, value: 1 }] }],
    params: params.count,
  };
}

/** out[…] = the counter of one loop. Parameters: sizes, strides of the output. */
export function iotaKernel(dtype: DType, rank: number, axis: number, kind: StrideClass): LoopKernel {
  const params = new Params();
  const space = Array.from({ length: rank }, () => params.next());
  const out = access(params, 0, rank, rank - 1, kind);
  return {
    kind: 'loops',
    space,
    reduce: [],
    inner: 'space',
    buffers: [buffer(dtype, 'write')],
    stages: [
      {
        kind: 'map',
        over: 'space',
        steps: [{ op: 'index', dtype, loop: axis }],
        stores: [{ access: out, value: 0 }],
      },
    ],
    params: params.count,
  };
}
