// Which kernel each library op of a compiled graph runs in: ops are lowered to nodes, nodes are divided into the steps of a
// program. From that, what a trace tells of fusion.
import type { Program } from '../device/program.ts';
import { reachable } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';
import type { Entry } from './gradient.ts';
import { needed } from './libs.ts';

/** How library ops share kernels. A kernel has the number of its step in the program. */
export interface Fusion {
  /** Of each op: null for what runs nowhere (constants, views that are read in place, results that nobody needs). */
  readonly ofOps: readonly (number | null)[];
  /** Of each step: a step that only prepares an op's result (the maximum within a softmax) belongs to that op's kernel. */
  readonly ofSteps: readonly (number | null)[];
}

/** `outputs` are the nodes that were compiled; a program from the cache has equal ones of another graph. */
export function fusionOf(ops: readonly Entry<Node>[], outputs: readonly Node[], program: Program): Fusion {
  const own = new Map(reachable(outputs).map((node, i) => [node, i]));
  const compiled = new Map(reachable(program.outputs).map((node, i) => [node, i]));
  /** Step by the position of a node: what is computed in several kernels counts to the last. */
  const stepOf = new Map<number | undefined, number>();
  program.steps.forEach((nodes, step) => nodes.forEach(node => stepOf.set(compiled.get(node), step)));
  const stepsOf = ({ inputs, outputs: results }: Entry<Node>): number[] => {
    const given = new Set(inputs.flatMap(({ value }) => value ?? []));
    const wanted = results.flatMap(({ value }) => value ?? []);
    return needed(wanted, given).flatMap(node => (own.has(node) ? (stepOf.get(own.get(node)) ?? []) : []));
  };
  const steps = ops.map(stepsOf);
  const ofOps = steps.map(each => (each.length ? Math.max(...each) : null));
  const ofSteps = program.steps.map((_, step) => {
    if (ofOps.includes(step)) return step;
    return ofOps[steps.findIndex(each => each.includes(step))] ?? null;
  });
  return { ofOps, ofSteps };
}
