// What a search finds: boxes whose nodes have the words in their name, op, function, dtype or group. From top to bottom.
import type { TraceGraph } from '../../src/shared/trace.ts';
import type { Layout } from './layout.ts';

export function matchesOf(graph: TraceGraph, layout: Layout, query: string): readonly string[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  const found = new Set<string>();
  for (const node of graph.nodes) {
    const text = `${node.label} ${node.op} ${node.api ?? ''} ${node.dtype} ${node.group.join(' ')}`;
    const key = layout.standIn.get(node.id)?.key;
    if (key !== undefined && text.toLowerCase().includes(wanted)) found.add(key);
  }
  return [...found].sort((a, b) => {
    const [one, other] = [layout.byKey.get(a), layout.byKey.get(b)];
    return one && other ? one.y - other.y || one.x - other.x : 0;
  });
}
