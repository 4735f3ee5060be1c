// A group of nodes becomes a loop kernel: each node is evaluated at the index that its user asks for, views are index
// arithmetic, values in memory are loads.
import { dtypes, isBig, isFloat, wrapInteger, type DType } from '../../src/shared/dtypes.ts';
import { listAttr, numberAttr } from '../ir/attrs.ts';
import type { ConstantValues } from '../ir/graph.ts';
import {
  coalesce,
  expandStrides,
  permuteLayout,
  reshapeStrides,
  rowMajor,
  sameShape,
  sizeOf,
  sliceLayout,
  type Layout,
} from '../ir/layout.ts';
import type { Node } from '../ir/node.ts';
import type { Access, KernelBuffer, LoopKernel, Reduction, ReductionOp, Stage, Step, Store } from './kernel.ts';
import { isView, splitsAxes, type Group } from './fuse.ts';

/** An axis index as an affine function of the kernel's loops. */
interface Affine {
  readonly offset: number;
  readonly strides: readonly number[];
}
type IndexMap = readonly Affine[];

/** A kernel and the stored nodes that its buffers are, in order. */
export interface Lowered {
  readonly kernel: LoopKernel;
  readonly buffers: readonly Node[];
}

export interface Memory {
  readonly stored: ReadonlySet<Node>;
  readonly constants: ReadonlyMap<Node, ConstantValues>;
}

/** A stored value seen through views, or null where a view needs a copy. */
export function viewOf(node: Node, stored: ReadonlySet<Node>): Seen | null {
  if (stored.has(node)) return { base: node, layout: { shape: node.shape, strides: rowMajor(node.shape), offset: 0 } };
  return isView(node) ? throughStrides(node, stored) : null;
}

interface Seen {
  readonly base: Node;
  readonly layout: Layout;
}

/** A view of what its operand is seen as. */
function throughStrides(node: Node, stored: ReadonlySet<Node>): Seen | null {
  const under = viewOf(node.inputs[0] as Node, stored);
  if (!under) return null;
  const { base, layout } = under;
  const { op, attrs, shape } = node;
  switch (op) {
    case 'permute':
      return { base, layout: permuteLayout(layout, listAttr(op, attrs, 'axes')) };
    case 'expand':
      return { base, layout: { ...layout, shape, strides: expandStrides(layout.shape, layout.strides, shape) } };
    case 'slice':
      return { base, layout: sliceLayout(layout, listAttr(op, attrs, 'starts'), shape, listAttr(op, attrs, 'steps')) };
    default: {
      const strides = reshapeStrides(layout, shape);
      return strides && { base, layout: { ...layout, shape, strides } };
    }
  }
}

/** A constant as its dtype stores it. */
function asCell(dtype: DType, value: number | bigint): number | bigint {
  if (dtype === 'bool') return value ? 1 : 0;
  if (isFloat(dtype)) return dtype === 'float32' ? Math.fround(Number(value)) : Number(value);
  const wrapped = wrapInteger(dtype, BigInt(value));
  return isBig(dtype) ? wrapped : Number(wrapped);
}

const mapKey = (map: IndexMap): string => map.map(({ offset, strides }) => `${offset}:${strides.join()}`).join(';');

/** Steps of one stage, each made once per node and index. */
class StageBuilder {
  readonly steps: Step[] = [];
  readonly #known = new Map<string, number>();
  readonly #owner: Lowering;

  constructor(owner: Lowering) {
    this.#owner = owner;
  }

  push(step: Step): number {
    return this.steps.push(step) - 1;
  }

  /** Position of the value of `node` at `map`. */
  value(node: Node, map: IndexMap): number {
    const key = `${node.id}@${mapKey(map)}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#make(node, map);
      this.#known.set(key, found);
    }
    return found;
  }

  #make(node: Node, map: IndexMap): number {
    const { dtype, op } = node;
    const values = this.#owner.memory.constants.get(node);
    if (values && values.length === 1) return this.push({ op: 'const', dtype, value: asCell(dtype, values[0] ?? 0) });
    const reduction = this.#owner.reductions.get(node);
    if (reduction !== undefined) return this.push({ op: 'reduced', dtype, reduction });
    const { stored } = this.#owner.memory;
    const computed = this.#owner.isComputed(node);
    const seen = !computed ? viewOf(node, stored) : isView(node) ? throughStrides(node, stored) : null;
    if (seen) return this.push({ op: 'load', dtype, access: this.#owner.access(seen.base, compose(seen.layout, map)) });
    const [x] = node.inputs;
    if (x && isView(node)) return this.value(x, throughView(node, x, map));
    if (op === 'iota') return this.#counter(node, map);
    if (op === 'gather') return this.#gather(node, map);
    const args = node.inputs.map(input => this.value(input, broadcast(input, node, map)));
    return this.push({ op: op as 'add', dtype, args });
  }

  /** The value of an affine index. */
  #counter({ dtype, attrs, op }: Node, map: IndexMap): number {
    const { offset, strides } = map[numberAttr(op, attrs, 'axis')] ?? { offset: 0, strides: [] };
    const constant = (value: number) => this.push({ op: 'const', dtype, value: isBig(dtype) ? BigInt(value) : value });
    let sum = -1;
    strides.forEach((stride, loop) => {
      if (stride === 0) return;
      let term = this.push({ op: 'index', dtype, loop });
      if (stride !== 1) term = this.push({ op: 'mul', dtype, args: [term, constant(stride)] });
      sum = sum < 0 ? term : this.push({ op: 'add', dtype, args: [sum, term] });
    });
    if (sum < 0) return constant(offset);
    return offset === 0 ? sum : this.push({ op: 'add', dtype, args: [sum, constant(offset)] });
  }

  #gather(node: Node, map: IndexMap): number {
    const [x, indices] = node.inputs as [Node, Node];
    const axis = numberAttr(node.op, node.attrs, 'axis');
    const rank = indices.shape.length;
    const index = this.value(indices, map.slice(axis, axis + rank));
    const seen = viewOf(x, this.#owner.memory.stored);
    if (!seen) throw new RangeError('the operand of a gather must lie in memory');
    const zero: Affine = { offset: 0, strides: this.#owner.noStrides };
    const place = compose(seen.layout, [...map.slice(0, axis), zero, ...map.slice(axis + rank)]);
    return this.push({
      op: 'loadAt',
      dtype: node.dtype,
      access: this.#owner.access(seen.base, place),
      stride: seen.layout.strides[axis] ?? 0,
      args: [index],
    });
  }
}

/** Element offset and strides over the loops of a layout that is read at `map`. */
function compose(layout: Layout, map: IndexMap): Affine {
  let { offset } = layout;
  let strides: number[] = [];
  map.forEach((index, axis) => {
    const step = layout.strides[axis] ?? 0;
    offset += step * index.offset;
    strides = index.strides.map((stride, loop) => (strides[loop] ?? 0) + stride * step);
  });
  return { offset, strides };
}

/** The index of an operand of an elementwise op: broadcast axes stay at 0. */
function broadcast(input: Node, user: Node, map: IndexMap): IndexMap {
  if (sameShape(input.shape, user.shape)) return map;
  return input.shape.map((n, axis) => {
    const at = map[user.shape.length - input.shape.length + axis] as Affine;
    return n === 1 ? { offset: 0, strides: at.strides.map(() => 0) } : at;
  });
}

/** The index into the operand of a view. */
function throughView(view: Node, x: Node, map: IndexMap): IndexMap {
  const { op, attrs } = view;
  const none = (map[0]?.strides ?? []).map(() => 0);
  switch (op) {
    case 'permute': {
      const axes = listAttr(op, attrs, 'axes');
      return x.shape.map((_, axis) => map[axes.indexOf(axis)] as Affine);
    }
    case 'expand':
      return broadcast(x, view, map);
    case 'slice': {
      const [starts, steps] = [listAttr(op, attrs, 'starts'), listAttr(op, attrs, 'steps')];
      return map.map(({ offset, strides }, axis) => {
        const step = steps[axis] ?? 1;
        return { offset: (starts[axis] ?? 0) + offset * step, strides: strides.map(stride => stride * step) };
      });
    }
    default: {
      const groups = splitsAxes(x.shape, view.shape);
      if (!groups) throw new RangeError('this reshape needs its operand in memory');
      return groups.map(group =>
        group.reduce<Affine>(
          (index, axis) => {
            const n = view.shape[axis] ?? 1;
            const at = map[axis] as Affine;
            return {
              offset: index.offset * n + at.offset,
              strides: at.strides.map((stride, loop) => (index.strides[loop] ?? 0) * n + stride),
            };
          },
          { offset: 0, strides: none },
        ),
      );
    }
  }
}

const reductionOps: Record<string, ReductionOp> = { sum: 'sum', prod: 'prod', reduceMax: 'max', reduceMin: 'min' };

class Lowering {
  readonly memory: Memory;
  /** Number of each reduction that has run in an earlier stage. */
  readonly reductions = new Map<Node, number>();
  readonly noStrides: readonly number[];
  readonly #group: Group;
  readonly #buffers: Node[] = [];
  readonly #roles: KernelBuffer[] = [];

  constructor(group: Group, memory: Memory) {
    this.#group = group;
    this.memory = memory;
    this.noStrides = new Array<number>(group.space.length + (group.reduce?.length ?? 0)).fill(0);
  }

  /** Whether the node's value is made here, so that its memory must not be read. */
  isComputed(node: Node): boolean {
    return this.#group.nodes.has(node);
  }

  access(base: Node, { offset, strides }: Affine, role: 'read' | 'write' = 'read'): Access {
    let buffer = this.#buffers.findIndex((node, i) => node === base && this.#roles[i]?.role === role);
    if (buffer < 0) {
      buffer = this.#buffers.push(base) - 1;
      this.#roles.push({ dtype: base.dtype, role });
    }
    const full = this.noStrides.map((_, loop) => strides[loop] ?? 0);
    return { buffer, offset, strides: full };
  }

  #identity(loops: number): IndexMap {
    return Array.from({ length: loops }, (_, loop) => ({
      offset: 0,
      strides: this.noStrides.map((_, i) => (i === loop ? 1 : 0)),
    }));
  }

  lower(): Lowered {
    const { space, reduce, reductions, stored } = this.#group;
    const stages: Stage[] = [];
    for (const node of reductions) {
      const stage = new StageBuilder(this);
      const [x] = node.inputs as [Node];
      const axes = listAttr(node.op, node.attrs, 'axes');
      const all = this.#identity(this.noStrides.length);
      let kept = 0;
      let gone = space.length;
      // The reduce loops stand in the order of `axes`.
      const order = [...axes].sort((a, b) => a - b);
      const map = x.shape.map((_, axis) => all[order.includes(axis) ? gone++ : kept++] as Affine);
      const value = stage.value(x, map);
      const reduction: Reduction = { op: reductionOps[node.op] ?? 'sum', value, dtype: node.dtype };
      this.reductions.set(node, this.reductions.size);
      stages.push({ kind: 'reduce', steps: stage.steps, reductions: [reduction] });
    }
    const last = new StageBuilder(this);
    const stores: Store[] = stored.map(node => {
      const value = last.value(node, this.#identity(space.length));
      const access = this.access(node, { offset: 0, strides: rowMajor(node.shape) }, 'write');
      return { access, value };
    });
    stages.push({ kind: 'map', over: 'space', steps: last.steps, stores });
    const loops: LoopKernel = {
      ...{ kind: 'loops', space, reduce: reduce ?? [], inner: 'reduce' },
      ...{ buffers: this.#roles, stages, params: 0 },
    };
    return { kernel: simplify(loops), buffers: this.#buffers };
  }
}

/** Merges and drops loops wherever every access allows it, and chooses the inner one. */
export function simplify(kernel: LoopKernel): LoopKernel {
  const accesses: Access[] = [];
  const counters = new Map<number, number>();
  for (const stage of kernel.stages) {
    for (const step of stage.steps) {
      if ('access' in step) accesses.push(step.access);
      if (step.op === 'index') counters.set(step.loop, -1);
    }
    if (stage.kind === 'map') accesses.push(...stage.stores.map(({ access }) => access));
    else if (stage.kind === 'scan') accesses.push(stage.store);
  }
  const [space, reduce] = [kernel.space as readonly number[], kernel.reduce as readonly number[]];
  const loops = space.length + reduce.length;
  // A loop whose counter is read counts as an access of its own, so that nothing merges with it.
  const lists = accesses.map(access => access.strides as readonly number[]);
  for (const loop of counters.keys()) {
    counters.set(loop, lists.length);
    lists.push(Array.from({ length: loops }, (_, i) => (i === loop ? 1 : 0)));
  }
  const outer = coalesce(
    space,
    lists.map(list => list.slice(0, space.length)),
  );
  const inner = coalesce(
    reduce,
    lists.map(list => list.slice(space.length)),
  );
  const reduces = kernel.stages.some(stage => stage.kind !== 'map');
  const sizes = reduces && inner.shape.length === 0 ? [1] : inner.shape;
  const pad = sizes.length - inner.shape.length;
  const merged = lists.map((_, i) => [
    ...(outer.strides[i] ?? []),
    ...(inner.strides[i] ?? []),
    ...new Array<number>(pad).fill(0),
  ]);
  const renewed = new Map(accesses.map((access, i) => [access, { ...access, strides: merged[i] ?? [] }]));
  const access = (old: Access): Access => renewed.get(old) ?? old;
  const step = (old: Step): Step => {
    if ('access' in old) return { ...old, access: access(old.access) };
    if (old.op !== 'index') return old;
    const loop = (merged[counters.get(old.loop) ?? -1] ?? []).indexOf(1);
    if (loop >= 0) return { ...old, loop };
    return { op: 'const', dtype: old.dtype, value: isBig(old.dtype) ? 0n : 0 };
  };
  const stages = kernel.stages.map((stage): Stage => {
    const steps = stage.steps.map(step);
    if (stage.kind === 'map')
      return { ...stage, steps, stores: stage.stores.map(store => ({ ...store, access: access(store.access) })) };
    return stage.kind === 'scan' ? { ...stage, steps, store: access(stage.store) } : { ...stage, steps };
  });
  const result: LoopKernel = { ...kernel, space: outer.shape, reduce: sizes, stages };
  return { ...result, inner: innerOf(result) };
}

/** Lanes go along memory: the innermost space loop when the operands of reductions are contiguous there and not along reduce. */
function innerOf({ space, reduce, stages }: LoopKernel): 'space' | 'reduce' {
  if (reduce.length === 0) return 'space';
  const loads = stages.flatMap(stage =>
    stage.kind === 'reduce' ? stage.steps.flatMap(step => ('access' in step ? [step.access.strides] : [])) : [],
  );
  const along = (loop: number) =>
    loads.every(strides => strides[loop] === 0 || strides[loop] === 1) && loads.some(strides => strides[loop] === 1);
  if (along(space.length + reduce.length - 1)) return 'reduce';
  return space.length > 0 && along(space.length - 1) ? 'space' : 'reduce';
}

export const lowerGroup = (group: Group, memory: Memory): Lowered => new Lowering(group, memory).lower();

/** Bytes of a stored node. */
export const bytesOf = (node: Node): number => sizeOf(node.shape) * dtypes[node.dtype].bytes;
