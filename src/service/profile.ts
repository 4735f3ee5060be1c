// The timings of a run in V8's cpuprofile format, which browsers, VS Code and speedscope open: functions as frames, ops as leaves.
import { pathToFileURL } from 'node:url';
import type { RunResult } from '../shared/trace.ts';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  hitCount: number;
  readonly children: number[];
}

export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Microseconds. */
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** One sample for each op that was timed, in the order in which they ran; the rest of the time is Python's. */
export function profileOf({ graph, ms }: Pick<RunResult, 'graph' | 'ms'>, path: string): CpuProfile {
  const url = pathToFileURL(path).href;
  const nodes: ProfileNode[] = [];
  const children = new Map<string, ProfileNode>();
  const child = (parent: ProfileNode | null, functionName: string, line: number, column: number): ProfileNode => {
    const key = `${parent?.id ?? 0}/${functionName}/${line}/${column}`;
    const known = children.get(key);
    if (known) return known;
    const callFrame = { functionName, scriptId: '0', url, lineNumber: line, columnNumber: column };
    const node: ProfileNode = { id: nodes.length + 1, callFrame, hitCount: 0, children: [] };
    nodes.push(node);
    parent?.children.push(node.id);
    children.set(key, node);
    return node;
  };
  const root = child(null, '(root)', -1, -1);
  const samples: number[] = [];
  const timeDeltas: number[] = [];
  let spent = 0;
  for (const op of graph.nodes) {
    if (op.ms === null) continue;
    const place = op.range?.start ?? { line: -1, character: -1 };
    let frame = root;
    for (const group of op.group) frame = child(frame, group, -1, -1);
    const leaf = child(frame, op.api ?? op.label, place.line, place.character);
    leaf.hitCount++;
    samples.push(leaf.id);
    timeDeltas.push(Math.round(spent * 1000));
    spent = op.ms;
  }
  const total = graph.nodes.reduce((sum, op) => sum + (op.ms ?? 0), 0);
  const python = child(root, '(python)', -1, -1);
  python.hitCount++;
  samples.push(python.id);
  timeDeltas.push(Math.round(spent * 1000));
  return { nodes, startTime: 0, endTime: Math.round(Math.max(total, ms.run) * 1000), samples, timeDeltas };
}
