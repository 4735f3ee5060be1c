// A graph as a list of steps over memory: fused kernels and single ops, with a place for every value.
import type { ConstantValues } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';
import { layArena } from './arena.ts';
import { partition, type Part } from './fuse.ts';
import type { LoopKernel } from './kernel.ts';
import { bytesOf, lowerGroup, viewOf } from './lower.ts';

export type PlanStep =
  /** A fused kernel; `buffers` are the stored nodes that it reads and writes. */
  | {
      readonly kind: 'kernel';
      readonly nodes: readonly Node[];
      readonly kernel: LoopKernel;
      readonly buffers: readonly Node[];
    }
  /** A single op on views of stored nodes. */
  | { readonly kind: 'op'; readonly nodes: readonly Node[]; readonly root: Node };

export interface Plan {
  readonly steps: readonly PlanStep[];
  readonly outputs: readonly Node[];
  readonly stored: ReadonlySet<Node>;
  /** Byte offsets of intermediate values in the arena. */
  readonly arena: ReadonlyMap<Node, number>;
  readonly arenaBytes: number;
}

/** Plans the run of a graph. Constants of one element become part of the kernels. */
export function plan(outputs: readonly Node[], constants: ReadonlyMap<Node, ConstantValues>): Plan {
  const { parts, stored } = partition(outputs);
  const steps = parts.map((part): PlanStep => {
    if (part.kind === 'op') return { kind: 'op', nodes: [part.root], root: part.root };
    const nodes = [...new Set([...part.nodes, part.root])].sort((a, b) => a.id - b.id);
    return { kind: 'kernel', nodes, ...lowerGroup(part, { stored, constants }) };
  });
  const last = new Map<Node, number>();
  const first = new Map<Node, number>();
  steps.forEach((step, i) => {
    for (const node of touched(step, parts[i] as Part, stored)) {
      if (!first.has(node)) first.set(node, i);
      last.set(node, i);
    }
  });
  const inner = [...stored].filter(
    node => node.op !== 'input' && node.op !== 'constant' && !outputs.includes(node) && first.has(node),
  );
  const { offsets, bytes } = layArena(
    inner.map(node => ({ bytes: bytesOf(node), from: first.get(node) ?? 0, to: last.get(node) ?? 0 })),
  );
  return {
    steps,
    outputs,
    stored,
    arena: new Map(inner.map((node, i) => [node, offsets[i] ?? 0])),
    arenaBytes: bytes,
  };
}

function touched(step: PlanStep, part: Part, stored: ReadonlySet<Node>): Node[] {
  if (step.kind === 'kernel') return [...step.buffers];
  return [...part.root.inputs.flatMap(input => baseOf(input, stored)), part.root];
}

/** The stored node under views. */
function baseOf(node: Node, stored: ReadonlySet<Node>): Node[] {
  const seen = viewOf(node, stored);
  if (seen) return [seen.base];
  return node.inputs.flatMap(input => baseOf(input, stored));
}
