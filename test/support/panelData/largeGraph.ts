// A graph of any size.
import type { TraceGraph } from '../../../src/shared/trace.ts';
import { Recorder } from './recorder.ts';

/** Blocks of twelve ops in stages, forward and mirrored: as many nodes as asked for. */
export function largeGraph(count: number): TraceGraph {
  const trace = new Recorder();
  const forward: number[] = [];
  let last = trace.add('x', { kind: 'input' });
  while (trace.nodes.length < count / 2) {
    const block = Math.floor(forward.length / 12);
    const first = last;
    for (let at = 0; at < 12; at++) {
      const group = ['model', `stage_${Math.floor(block / 6)}`, `block_${block}`];
      const skip = at === 11 ? [first] : [];
      last = trace.add(['matmul', 'add', 'relu'][at % 3] ?? 'add', { group, ms: 0.01 + (at % 5) / 100 }, [
        last,
        ...skip,
      ]);
      forward.push(last);
    }
  }
  let before: number | null = null;
  for (const id of [...forward].reverse()) {
    const node = trace.nodes[id];
    if (!node) continue;
    const mirror = trace.add(`∂${node.label}`, { lane: 'backward', group: node.group, mirror: id, ms: 0.02 });
    trace.edge(id, mirror, before === null ? 'seed' : 'saved');
    if (before !== null) trace.edge(before, mirror, 'gradient');
    before = mirror;
  }
  return { nodes: trace.nodes, edges: trace.edges };
}
