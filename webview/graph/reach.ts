// What lies upstream and downstream of a node.
import type { TraceGraph } from '../../src/shared/trace.ts';

export interface Reach {
  readonly upstream: ReadonlySet<number>;
  readonly downstream: ReadonlySet<number>;
}

function walk(start: number, next: ReadonlyMap<number, readonly number[]>): Set<number> {
  const seen = new Set<number>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const other of next.get(id) ?? [])
      if (!seen.has(other)) {
        seen.add(other);
        open.push(other);
      }
  return seen;
}

export function reachOf(graph: TraceGraph, id: number): Reach {
  const after = new Map<number, number[]>();
  const before = new Map<number, number[]>();
  for (const { from, to } of graph.edges) {
    after.set(from, [...(after.get(from) ?? []), to]);
    before.set(to, [...(before.get(to) ?? []), from]);
  }
  return { upstream: walk(id, before), downstream: walk(id, after) };
}
