// What lies upstream and downstream of some nodes, and how many steps away.
import type { TraceEdge } from '../../src/shared/trace.ts';

export interface Reach {
  /** Steps from the selection by node. */
  readonly upstream: ReadonlyMap<number, number>;
  readonly downstream: ReadonlyMap<number, number>;
}

type Neighbours = ReadonlyMap<number, readonly TraceEdge[]>;

function walk(starts: readonly number[], edges: Neighbours, end: 'from' | 'to'): Map<number, number> {
  const steps = new Map(starts.map(id => [id, 0]));
  const queue = [...starts];
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at] as number;
    for (const edge of edges.get(id) ?? [])
      if (!steps.has(edge[end])) {
        steps.set(edge[end], (steps.get(id) ?? 0) + 1);
        queue.push(edge[end]);
      }
  }
  for (const id of starts) steps.delete(id);
  return steps;
}

export function reachOf(
  { incoming, outgoing }: { readonly incoming: Neighbours; readonly outgoing: Neighbours },
  ids: readonly number[],
): Reach {
  return { upstream: walk(ids, incoming, 'from'), downstream: walk(ids, outgoing, 'to') };
}
