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

/** One sample for each op that was timed, at the time when it ran; the time between them is Python's. */
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
  const python = child(root, '(python)', -1, -1);
  /** Microseconds: where the last sample stands, and where what it shows has ended. */
  let [last, clock] = [0, 0];
  const sample = (node: ProfileNode, at: number): void => {
    node.hitCount++;
    samples.push(node.id);
    timeDeltas.push(at - last);
    last = at;
  };
  const timed = graph.nodes.filter(op => op.ms !== null && op.at !== undefined);
  for (const op of timed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    const place = op.range?.start ?? { line: -1, character: -1 };
    let frame = root;
    for (const group of op.group) frame = child(frame, group, -1, -1);
    const leaf = child(frame, op.api ?? op.label, place.line, place.character);
    const start = Math.max(clock, op.at ?? 0);
    if (start > clock) sample(python, clock);
    sample(leaf, start);
    clock = Math.max(clock, start + Math.round((op.ms ?? 0) * 1000));
  }
  sample(python, clock);
  return { nodes, startTime: 0, endTime: Math.max(clock, Math.round(ms.run * 1000)), samples, timeDeltas };
}
