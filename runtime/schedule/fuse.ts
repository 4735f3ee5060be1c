// Which nodes run together. A graph is walked from its outputs backwards; a node is computed inside the one kernel that
// uses it, unless it must lie in memory: outputs, operands of ops that are no loops, and values that several kernels read.
import { reachable } from '../ir/graph.ts';
import { sameShape } from '../ir/layout.ts';
import type { Node } from '../ir/node.ts';
import { ops, type OpName } from '../ir/ops.ts';

/** Nodes that become one loop kernel. */
export interface Group {
  readonly kind: 'loops';
  /** The node that gave the kernel its loops; it is stored. */
  readonly root: Node;
  readonly space: readonly number[];
  /** Lengths of the reduced axes, when reductions run in this kernel. */
  reduce: readonly number[] | null;
  /** Reductions that run in it, in the order of the graph. */
  readonly reductions: Node[];
  /** Stored nodes: the root, and graph outputs that are computed on the way. */
  readonly stored: Node[];
  /** All nodes that are computed in it. */
  readonly nodes: Set<Node>;
}

/** A node that runs by itself as an eager op. */
export interface Single {
  readonly kind: 'op';
  readonly root: Node;
}

export type Part = Group | Single;

export interface Partition {
  /** In an order in which they can run. */
  readonly parts: readonly Part[];
  /** Nodes that lie in memory: graph inputs, large constants, and what the parts store. */
  readonly stored: ReadonlySet<Node>;
}

const views: readonly OpName[] = ['reshape', 'permute', 'expand', 'slice'];
export const isView = (node: Node): boolean => views.includes(node.op);
const isLeaf = (node: Node): boolean => node.op === 'input' || node.op === 'constant';
const isPointwise = (node: Node): boolean =>
  ops[node.op].class === 'elementwise' || node.op === 'gather' || node.op === 'iota';
const isReduction = (node: Node): boolean => ops[node.op].class === 'reduce';

/** A kernel grows no further than this: its locals must fit in registers and caches. */
const mostNodes = 120;

/**
 * Whether a reshape is only a change of index arithmetic that loops can express: each axis of the operand is one axis of
 * the result, or several merged ones.
 */
export function splitsAxes(from: readonly number[], to: readonly number[]): number[][] | null {
  const groups: number[][] = [];
  let axis = 0;
  for (const n of from) {
    const group: number[] = [];
    let product = 1;
    while (product < n && axis < to.length) {
      product *= to[axis] ?? 1;
      group.push(axis++);
    }
    if (product !== n) return null;
    groups.push(group);
  }
  while (axis < to.length) if (to[axis++] !== 1) return null;
  return groups;
}

class Partitioner {
  readonly #outputs: ReadonlySet<Node>;
  /** Groups in which a node's value is wanted. */
  readonly #wanted = new Map<Node, Set<Group>>();
  /** Nodes that must lie in memory. */
  readonly #forced = new Set<Node>();
  /** Nodes that some use reads through a view or a broadcast. */
  readonly #bent = new Set<Node>();
  /** Views that must be copied out, since what reads them needs more than strides. */
  readonly #copied = new Set<Node>();
  readonly #parts: Part[] = [];
  readonly #stored = new Set<Node>();

  constructor(outputs: readonly Node[]) {
    this.#outputs = new Set(outputs);
    for (const node of reachable(outputs).reverse()) this.#place(node);
  }

  result(): Partition {
    return { parts: this.#parts.sort((a, b) => a.root.id - b.root.id), stored: this.#stored };
  }

  #place(node: Node): void {
    const groups = this.#wanted.get(node) ?? new Set<Group>();
    const output = this.#outputs.has(node);
    if (isLeaf(node)) {
      this.#stored.add(node);
      return;
    }
    if (isView(node)) return this.#placeView(node, groups, output);
    const only = groups.size === 1 ? [...groups][0] : undefined;
    const direct = only && !this.#bent.has(node) && sameShape(node.shape, only.space) ? only : undefined;
    const open = !this.#forced.has(node) && only !== undefined && only.nodes.size < mostNodes;
    if (isPointwise(node)) {
      if (open && !output) return this.#inline(node, [only]);
      if (open && direct) {
        direct.stored.push(node);
        this.#stored.add(node);
        return this.#inline(node, [direct]);
      }
      if (!output && !this.#forced.has(node) && node.op === 'iota') return this.#inline(node, [...groups]);
      const group = this.#newGroup(node);
      return this.#inline(node, [group]);
    }
    if (isReduction(node)) {
      const [x] = node.inputs as [Node];
      const axes = node.attrs.axes as readonly number[];
      const lengths = axes.map(axis => x.shape[axis] ?? 1);
      if (open && !output && direct && (direct.reduce === null || sameShape(direct.reduce, lengths)))
        return this.#reduce(direct, node, lengths);
      return this.#reduce(this.#newGroup(node), node, lengths);
    }
    this.#parts.push({ kind: 'op', root: node });
    this.#stored.add(node);
    for (const input of node.inputs) this.#forced.add(input);
  }

  #newGroup(root: Node): Group {
    const group: Group = {
      ...{ kind: 'loops', root, space: root.shape, reduce: null, reductions: [], stored: [root] },
      nodes: new Set(),
    };
    this.#parts.push(group);
    this.#stored.add(root);
    return group;
  }

  #reduce(group: Group, node: Node, lengths: readonly number[]): void {
    group.reduce = lengths;
    group.reductions.unshift(node);
    group.nodes.add(node);
    const [x] = node.inputs as [Node];
    this.#want(x, [group], true);
  }

  #inline(node: Node, groups: readonly Group[]): void {
    for (const group of groups) group.nodes.add(node);
    node.inputs.forEach((input, i) => {
      // What a gather reads is addressed by index, so it must lie in memory.
      if (node.op === 'gather' && i === 0) this.#address(input);
      else this.#want(input, groups, !sameShape(input.shape, node.shape) || this.#bent.has(node));
    });
  }

  #want(node: Node, groups: readonly Group[], bent: boolean): void {
    const known = this.#wanted.get(node);
    if (known) groups.forEach(group => known.add(group));
    else this.#wanted.set(node, new Set(groups));
    if (bent) this.#bent.add(node);
  }

  #placeView(node: Node, groups: ReadonlySet<Group>, output: boolean): void {
    const [x] = node.inputs as [Node];
    const all = [...groups];
    if (output || this.#copied.has(node)) {
      const group = this.#newGroup(node);
      group.nodes.add(node);
      // Other users read the copy.
      all.splice(0, all.length, group);
    }
    this.#want(x, all, true);
    if (node.op === 'reshape' && !splitsAxes(x.shape, node.shape)) this.#address(x);
    else if (this.#forced.has(node)) this.#forced.add(x);
  }

  /** The node must lie in memory row by row, or be seen there through strides alone. */
  #address(node: Node): void {
    this.#forced.add(node);
    if (isView(node)) this.#copied.add(node);
  }
}

/** Divides what `outputs` need into kernels and single ops. */
export const partition = (outputs: readonly Node[]): Partition => new Partitioner(outputs).result();
