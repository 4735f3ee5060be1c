// The gradients of a run by parameter: a training loop takes the same gradient once in each step. Pure.
import type { GradientResult, RunResult, TraceGraph, TraceNode } from '../../src/shared/trace.ts';

export interface Step {
  readonly gradient: GradientResult;
  /** Its node in the graph. */
  readonly node: TraceNode | null;
  /** Norm of what the parameter was changed by over the norm of the parameter; null where no update followed. */
  readonly update: number | null;
}

export interface Series {
  readonly source: string;
  readonly target: string;
  /** In the order in which they were taken; never empty. */
  readonly steps: readonly Step[];
  readonly last: GradientResult;
}

/** A tape in float32 against differences in float64 agrees to about this relative error. */
export const checkBound = 1e-3;

export const entriesOf = ({ shape }: GradientResult): number => shape.reduce((product, dim) => product * dim, 1);
export const isBroken = ({ nonFinite, norm }: GradientResult): boolean => nonFinite > 0 || !Number.isFinite(norm);
export const isChecked = ({ checkMaxRel }: GradientResult): boolean => typeof checkMaxRel === 'number';
export const disagrees = ({ checkMaxRel }: GradientResult): boolean => (checkMaxRel ?? 0) > checkBound;
export const needsAttention = ({ last, steps }: Series): boolean =>
  disagrees(last) || steps.some(({ gradient }) => isBroken(gradient));

/** One for each call of `tape.gradient` in the source and each of its sources, in the order of the first step. */
export function seriesOf({ gradients, graph }: Pick<RunResult, 'gradients' | 'graph'>): readonly Series[] {
  const nodes = graph.nodes.filter(node => node.kind === 'gradient');
  const paired = nodes.length === gradients.length;
  const updates = updatesIn(graph);
  const found = new Map<string, Step[]>();
  gradients.forEach((gradient, at) => {
    const label = `∂${gradient.source}`;
    const own = paired ? nodes[at] : undefined;
    const node = (own?.label === label ? own : nodes.find(each => each.label === label)) ?? null;
    const step: Step = { gradient, node, update: node && updates(node) };
    const key = `${gradient.line} ${gradient.target} ${gradient.source} ${gradient.shape.join()}`;
    const steps = found.get(key);
    if (steps) steps.push(step);
    else found.set(key, [step]);
  });
  return [...found.values()].flatMap(steps => {
    const last = steps.at(-1)?.gradient;
    return last ? [{ source: last.source, target: last.target, steps, last }] : [];
  });
}

/** So many ops may lie between a gradient and the change that it makes: momentum, averages, a clipped norm. */
const mostBetween = 40;

/** How much a gradient changed what it was taken for: an op of that value and of something made of the gradient. */
function updatesIn({ nodes, edges }: TraceGraph): (gradient: TraceNode) => number | null {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const inputs = new Map<number, number[]>();
  const users = new Map<number, number[]>();
  const add = (map: Map<number, number[]>, key: number, value: number) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  for (const { from, to, kind } of edges)
    if (kind === 'data' || kind === 'update') {
      add(inputs, to, from);
      add(users, from, to);
    }
  const comesFrom = (id: number, gradient: number): boolean => {
    const open = [id];
    const seen = new Set(open);
    for (let at = 0; at < open.length && at < mostBetween; at++) {
      const here = open[at] ?? -1;
      if (here === gradient) return true;
      for (const from of inputs.get(here) ?? [])
        if (from >= gradient && !seen.has(from)) {
          seen.add(from);
          open.push(from);
        }
    }
    return false;
  };
  return gradient => {
    const parameter = gradient.mirror === null ? undefined : byId.get(gradient.mirror);
    if (!parameter) return null;
    for (const id of users.get(parameter.id) ?? []) {
      const changed = byId.get(id);
      if (!changed || id < gradient.id || changed.shape.join() !== parameter.shape.join()) continue;
      const change = (inputs.get(id) ?? []).find(from => from !== parameter.id && comesFrom(from, gradient.id));
      const by = change === undefined ? undefined : byId.get(change)?.norm;
      const of = parameter.norm ?? changed.norm;
      if (by !== undefined && of !== undefined && of > 0) return by / of;
    }
    return null;
  };
}
