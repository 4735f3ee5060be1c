// The rows of the table of timings: ops that are the same thing, longest first; the first call apart from those after it. Pure.
import type { TraceNode } from '../../src/shared/trace.ts';

export type By = 'op' | 'line' | 'each';

export interface TimingRow {
  readonly name: string;
  readonly group: string;
  readonly device: TraceNode['device'];
  readonly line: number | null;
  readonly calls: number;
  readonly ms: number;
  /** The first call, which compiles the kernel, and the median of those after it; null where there are too few. */
  readonly cold: number | null;
  readonly warm: number | null;
  readonly bytes: number;
  readonly back: boolean;
  /** The slowest of them. */
  readonly node: TraceNode;
}

/** So many calls tell warm from cold. */
const leastCalls = 3;

/** Ops of one kernel have their time on the last one: it names them all. */
export function timingRows(nodes: readonly TraceNode[], by: By): TimingRow[] {
  const kernels = new Map<number, TraceNode[]>();
  for (const node of nodes)
    if (node.kernel !== null) {
      const list = kernels.get(node.kernel);
      if (list) list.push(node);
      else kernels.set(node.kernel, [node]);
    }
  // Counted by op, an op is called by what it does; a call of its own by what the program calls its result.
  const nameOf = (node: TraceNode) =>
    (node.kernel === null ? [node] : (kernels.get(node.kernel) ?? [node]))
      .map(each => (by === 'op' ? each.op : each.label))
      .join('+');
  const found = new Map<string, TraceNode[]>();
  for (const node of nodes) {
    if (node.ms === null || (node.kind !== 'op' && node.kind !== 'result' && node.ms === 0)) continue;
    const line = String(node.range?.start.line ?? null);
    const key = by === 'op' ? `${nameOf(node)} ${node.device}` : by === 'line' ? line : String(node.id);
    const list = found.get(key);
    if (list) list.push(node);
    else found.set(key, [node]);
  }
  return [...found.values()].flatMap(all => rowOf(all, by, nameOf)).sort((a, b) => b.ms - a.ms);
}

function rowOf(all: readonly TraceNode[], by: By, nameOf: (node: TraceNode) => string): TimingRow[] {
  const [first] = all;
  if (!first) return [];
  const times = all.map(node => node.ms ?? 0);
  const lines = new Set(all.map(node => node.range?.start.line ?? null));
  const groups = new Set(all.map(node => node.group.at(-1) ?? ''));
  const line = lines.size === 1 ? ([...lines][0] ?? null) : null;
  const apart = by === 'op' && all.length >= leastCalls;
  return [
    {
      name: by === 'line' ? (line === null ? 'no line' : `line ${line + 1}`) : nameOf(first),
      group: groups.size === 1 ? ([...groups][0] ?? '') : `${groups.size} places`,
      device: first.device,
      line,
      calls: all.length,
      ms: times.reduce((sum, ms) => sum + ms, 0),
      cold: apart ? (times[0] ?? 0) : null,
      warm: apart ? median(times.slice(1)) : null,
      bytes: all.reduce((sum, node) => sum + node.bytes, 0),
      back: first.lane === 'backward',
      node: all.reduce((slowest, node) => ((node.ms ?? 0) > (slowest.ms ?? 0) ? node : slowest), first),
    },
  ];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below, above] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 ? above : (below + above) / 2;
}
