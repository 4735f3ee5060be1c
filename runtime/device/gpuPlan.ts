// A compiled graph for the GPU: the fused kernels of the plan as they are, and kernels for the ops that run singly there.
// What the GPU cannot do (float64, sorts, scatters, routines) throws NotOnGpu: then the program belongs on wasm.
import { newValues, type Cells } from '../emit/dense.ts';
import { NotOnGpu } from '../emit/wgslBody.ts';
import { listAttr, numberAttr } from '../ir/attrs.ts';
import type { ConstantValues } from '../ir/graph.ts';
import { dotAxes } from '../ir/infer.ts';
import { coalesce, expandStrides, permuteLayout, rowMajor, sizeOf, sliceLayout, type Layout } from '../ir/layout.ts';
import type { Node } from '../ir/node.ts';
import { isView } from '../schedule/fuse.ts';
import type { Access, ContractKernel, Kernel, LoopKernel, ReductionOp, Stage, Step } from '../schedule/kernel.ts';
import { simplify, viewOf } from '../schedule/lower.ts';
import { plan } from '../schedule/plan.ts';
import type { DType } from '../../src/shared/dtypes.ts';
import type { GpuPlan, PlanBuffer } from './webgpu.ts';

/** An operand in a buffer of the plan. */
interface Operand {
  readonly buffer: number;
  readonly layout: Layout;
}
type PlanStep = GpuPlan['steps'][number];

/** Plans a graph for the GPU. @throws {NotOnGpu} */
export function gpuPlan(
  outputs: readonly Node[],
  constants: ReadonlyMap<Node, ConstantValues>,
): GpuPlan & { readonly inputNodes: readonly Node[] } {
  const { steps, stored } = plan(outputs, constants);
  const planner = new Planner(stored, constants);
  for (const step of steps) {
    // An input or constant that is an output too is read from where it is.
    if (step.nodes.every(isLeaf)) continue;
    if (step.kind === 'op') planner.single(step.root);
    else {
      const { kernel, buffers } = step;
      planner.push(
        kernel,
        buffers.map(node => planner.buffer(node)),
      );
    }
  }
  const inputNodes = [...stored]
    .filter(node => node.op === 'input')
    .sort((a, b) => Number(a.attrs.index) - Number(b.attrs.index));
  return {
    inputs: inputNodes.map(node => planner.buffer(node)),
    outputs: outputs.map(node => planner.buffer(node)),
    buffers: planner.buffers,
    steps: planner.steps,
    inputNodes,
  };
}

const isLeaf = ({ op }: Node): boolean => op === 'input' || op === 'constant';
const contiguous = (shape: readonly number[]): Layout => ({ shape, strides: rowMajor(shape), offset: 0 });

class Planner {
  readonly buffers: PlanBuffer[] = [];
  readonly steps: PlanStep[] = [];
  readonly #numbers = new Map<Node, number>();
  readonly #stored: ReadonlySet<Node>;
  readonly #constants: ReadonlyMap<Node, ConstantValues>;

  constructor(stored: ReadonlySet<Node>, constants: ReadonlyMap<Node, ConstantValues>) {
    this.#stored = stored;
    this.#constants = constants;
  }

  push(kernel: Kernel, buffers: readonly number[]): void {
    this.steps.push({ kernel, buffers });
  }

  /** The buffer of a stored node. */
  buffer(node: Node): number {
    let number = this.#numbers.get(node);
    if (number === undefined) {
      number = this.#add(node.dtype, node.shape, this.#constants.get(node));
      this.#numbers.set(node, number);
    }
    return number;
  }

  #add(dtype: DType, shape: readonly number[], values?: ConstantValues): number {
    const buffer = { dtype, elements: sizeOf(shape) };
    if (!values) return this.buffers.push(buffer) - 1;
    const constant = newValues(dtype, buffer.elements);
    const cells = constant as Cells;
    for (let i = 0; i < values.length; i++) cells[i] = values[i] as number;
    return this.buffers.push({ ...buffer, constant }) - 1;
  }

  /** A value that an op reads: a view of a buffer, or, where a reshape needs it, a copy. */
  #operand(node: Node): Operand {
    const seen = viewOf(node, this.#stored);
    if (seen) return { buffer: this.buffer(seen.base), layout: seen.layout };
    const [x] = node.inputs;
    if (!isView(node) || !x) throw new NotOnGpu(`${node.op} is no view`);
    const under = this.#operand(x);
    const { op, attrs, shape } = node;
    switch (op) {
      case 'permute':
        return { ...under, layout: permuteLayout(under.layout, listAttr(op, attrs, 'axes')) };
      case 'expand': {
        const strides = expandStrides(under.layout.shape, under.layout.strides, shape);
        return { ...under, layout: { ...under.layout, shape, strides } };
      }
      case 'slice': {
        const [starts, steps] = [listAttr(op, attrs, 'starts'), listAttr(op, attrs, 'steps')];
        return { ...under, layout: sliceLayout(under.layout, starts, shape, steps) };
      }
      default: {
        const copy = this.#add(node.dtype, shape);
        this.#copy(node.dtype, under, { buffer: copy, layout: contiguous(under.layout.shape) });
        return { buffer: copy, layout: contiguous(shape) };
      }
    }
  }

  /** `to[…] = from[…]`. */
  #copy(dtype: DType, from: Operand, to: Operand): void {
    const steps: Step[] = [{ op: 'load', dtype, access: access(0, from.layout) }];
    this.push(pointwise(dtype, to.layout.shape, [dtype], steps, access(1, to.layout)), [from.buffer, to.buffer]);
  }

  single(root: Node): void {
    const { op, attrs, dtype, shape } = root;
    const out: Operand = { buffer: this.buffer(root), layout: contiguous(shape) };
    const operands = (): Operand[] => root.inputs.map(node => this.#operand(node));
    switch (op) {
      case 'dot':
        return this.#dot(root, out);
      case 'argmax':
      case 'argmin':
      case 'cumsum':
      case 'cumprod': {
        const [x] = operands() as [Operand];
        const input = root.inputs[0] as Node;
        const kernel = alongAxis(op, input.dtype, dtype, x.layout, numberAttr(op, attrs, 'axis'));
        return this.push(kernel, [x.buffer, out.buffer]);
      }
      case 'pad': {
        const [x] = operands() as [Operand];
        const steps: Step[] = [{ op: 'const', dtype, value: padding(root) }];
        this.push(pointwise(dtype, shape, [], steps, access(0, out.layout)), [out.buffer]);
        const inner = sliceLayout(
          out.layout,
          listAttr(op, attrs, 'low'),
          x.layout.shape,
          x.layout.shape.map(() => 1),
        );
        return this.#copy(dtype, x, { ...out, layout: inner });
      }
      case 'concat': {
        const axis = numberAttr(op, attrs, 'axis');
        let start = 0;
        for (const part of operands()) {
          const starts = shape.map((_, i) => (i === axis ? start : 0));
          const place = sliceLayout(
            out.layout,
            starts,
            part.layout.shape,
            shape.map(() => 1),
          );
          this.#copy(dtype, part, { ...out, layout: place });
          start += part.layout.shape[axis] ?? 0;
        }
        return;
      }
      default:
        throw new NotOnGpu(`${op} does not exist on the GPU`);
    }
  }

  #dot(root: Node, out: Operand): void {
    const [left, right] = root.inputs as [Node, Node];
    const axes = dotAxes(left, right, root.attrs);
    const batch = axes.batch;
    const lhs = this.#matrices(left, axes.lhsBatch, axes.lhsFree, axes.lhsContract);
    const rhs = this.#matrices(right, axes.rhsBatch, axes.rhsContract, axes.rhsFree);
    const { dtype } = root;
    const count = (node: Node, list: readonly number[]): number => sizeOf(list.map(axis => node.shape[axis] ?? 1));
    const [m, n, k] = [count(left, axes.lhsFree), count(right, axes.rhsFree), count(left, axes.lhsContract)];
    const kernel: ContractKernel = {
      ...{ kind: 'contract', dtype, batch, m, n, k },
      buffers: [
        { dtype, role: 'read' },
        { dtype, role: 'read' },
        { dtype, role: 'write' },
      ],
      lhs: { buffer: 0, offset: lhs.offset, strides: [...lhs.batch, lhs.first, 0, lhs.second] },
      rhs: { buffer: 1, offset: rhs.offset, strides: [...rhs.batch, 0, rhs.second, rhs.first] },
      epilogue: {
        steps: [{ op: 'reduced', dtype, reduction: 0 }],
        stores: [{ access: access(2, contiguous([...batch, m, n])), value: 0 }],
      },
    };
    this.push(kernel, [lhs.buffer, rhs.buffer, out.buffer]);
  }

  /** An operand of a product as matrices: the axes of each side as one loop, copied where memory does not allow it. */
  #matrices(node: Node, batch: readonly number[], first: readonly number[], second: readonly number[]) {
    const { buffer, layout } = this.#operand(node);
    const order = [...batch, ...first, ...second];
    const moved = permuteLayout(layout, order);
    const one = (from: number, to: number): number | null => {
      const { shape, strides } = coalesce(moved.shape.slice(from, to), [moved.strides.slice(from, to)]);
      return shape.length > 1 ? null : (strides[0]?.[0] ?? 0);
    };
    const split = batch.length + first.length;
    const [a, b] = [one(batch.length, split), one(split, order.length)];
    if (a !== null && b !== null)
      return { buffer, offset: moved.offset, batch: moved.strides.slice(0, batch.length), first: a, second: b };
    const copy = this.#add(node.dtype, moved.shape);
    this.#copy(node.dtype, { buffer, layout: moved }, { buffer: copy, layout: contiguous(moved.shape) });
    const columns = sizeOf(moved.shape.slice(split));
    return { buffer: copy, offset: 0, batch: rowMajor(moved.shape).slice(0, batch.length), first: columns, second: 1 };
  }
}

const access = (buffer: number, { offset, strides }: Layout): Access => ({ buffer, offset, strides });

const padding = ({ dtype, attrs }: Node): number | bigint =>
  dtype === 'int64' ? BigInt(Number(attrs.value ?? 0)) : Number(attrs.value ?? 0);

/** A kernel without reductions that stores its last step. */
function pointwise(
  dtype: DType,
  space: readonly number[],
  reads: readonly DType[],
  steps: readonly Step[],
  to: Access,
): LoopKernel {
  return simplify({
    ...{ kind: 'loops', space, reduce: [], inner: 'space', params: 0 },
    buffers: [...reads.map(read => ({ dtype: read, role: 'read' as const })), { dtype, role: 'write' }],
    stages: [{ kind: 'map', over: 'space', steps, stores: [{ access: to, value: steps.length - 1 }] }],
  });
}

/** argmax, argmin and the scans: loops over the other axes, and one along the axis. */
function alongAxis(
  op: ReductionOp | 'cumsum' | 'cumprod',
  from: DType,
  to: DType,
  x: Layout,
  axis: number,
): LoopKernel {
  const others = x.shape.map((_, i) => i).filter(i => i !== axis);
  const order = [...others, axis];
  const moved = permuteLayout(x, order);
  const steps: Step[] = [{ op: 'load', dtype: from, access: access(0, moved) }];
  const scan = op === 'cumsum' || op === 'cumprod';
  const outShape = scan ? x.shape : others.map(i => x.shape[i] ?? 1);
  const outStrides = scan ? permuteLayout(contiguous(outShape), order).strides : [...rowMajor(outShape), 0];
  const store: Access = { buffer: 1, offset: 0, strides: outStrides };
  const stages: Stage[] = scan
    ? [{ kind: 'scan', op: op === 'cumsum' ? 'sum' : 'prod', steps, value: 0, store }]
    : [
        { kind: 'reduce', steps, reductions: [{ op, value: 0, dtype: to }] },
        {
          ...{ kind: 'map', over: 'space' },
          steps: [{ op: 'reduced', dtype: to, reduction: 0 }],
          stores: [{ access: store, value: 0 }],
        },
      ];
  return {
    kind: 'loops',
    space: moved.shape.slice(0, -1),
    reduce: moved.shape.slice(-1),
    inner: 'reduce',
    buffers: [
      { dtype: from, role: 'read' },
      { dtype: to, role: 'write' },
    ],
    stages,
    params: 0,
  };
}
