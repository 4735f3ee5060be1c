// A run on one clock: statements and functions in Python, kernels on the GPU and on the CPU, and where Python waited. Pure.
// Times in milliseconds from the start of the run; where starts are not known, ops one after another.
import type { RunResult, TraceNode } from '../../src/shared/trace.ts';

export type LaneName = 'Python' | 'GPU queue' | 'CPU kernels';

export interface Bar {
  readonly lane: LaneName;
  readonly kind: 'statement' | 'group' | 'op' | 'wait';
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The row of the lane. */
  readonly depth: number;
  readonly node: TraceNode | null;
  /** 0-based. */
  readonly line: number | null;
  readonly back: boolean;
}

export interface Clock {
  readonly bars: readonly Bar[];
  readonly lanes: readonly { readonly name: LaneName; readonly rows: number }[];
  /** What was recorded lies between these. */
  readonly from: number;
  readonly to: number;
  /** The whole run; where starts are not known, the ops alone. */
  readonly whole: number;
  /** False: ops one after another, without the time between them. */
  readonly measured: boolean;
}

interface Span {
  readonly kind: 'statement' | 'group';
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly line: number | null;
  /** Of two that last equally long the outer one has the lower level. */
  readonly level: number;
  readonly back: boolean;
}
interface Op {
  readonly node: TraceNode;
  readonly start: number;
  readonly end: number;
}

/** Waits that are closer together than this share of the run are drawn as one. */
const closeTogether = 1 / 500;

/** `source`: the lines that statements are named by. */
export function clockOf(
  { graph, lines, ms }: Pick<RunResult, 'graph' | 'lines' | 'ms'>,
  source: readonly string[] = [],
): Clock {
  const timed = graph.nodes.filter(node => node.ms !== null && node.ms > 0);
  const measured = timed.length > 0 && timed.every(node => node.at !== undefined);
  let next = 0;
  const ops = timed
    .map((node): Op => {
      const start = measured ? (node.at ?? 0) / 1000 : next;
      next = start + (node.ms ?? 0);
      return { node, start, end: next };
    })
    .sort((a, b) => a.start - b.start);
  const spans = [...(measured ? statementsOf(lines, source) : []), ...groupsOf(ops)];
  const python = nested(spans);
  const gpu = ops.filter(({ node }) => node.device === 'webgpu');
  const cpu = ops.filter(({ node }) => node.device !== 'webgpu');
  const bar =
    (lane: LaneName) =>
    ({ node, start, end }: Op): Bar => ({
      lane,
      kind: 'op',
      name: node.label,
      start,
      end,
      depth: 0,
      node,
      line: node.range?.start.line ?? null,
      back: node.lane === 'backward',
    });
  const all = [...python, ...ops];
  const from = all.reduce((least, each) => Math.min(least, each.start), Infinity);
  const to = all.reduce((most, each) => Math.max(most, each.end), 0);
  const depth = python.reduce((most, each) => Math.max(most, each.depth + 1), 0);
  // A call of the GPU returns when its result is there: Python sleeps until then.
  const waits = measured ? merged(gpu, (to - from) * closeTogether) : [];
  const bars: Bar[] = [
    ...python,
    ...waits.map(({ start, end }): Bar => {
      const known = { node: null, line: null, back: false };
      return { lane: 'Python', kind: 'wait', name: 'waits for the GPU', start, end, depth, ...known };
    }),
    ...gpu.map(bar('GPU queue')),
    ...cpu.map(bar('CPU kernels')),
  ];
  const lanes = [
    { name: 'Python' as const, rows: depth + (waits.length ? 1 : 0) },
    { name: 'GPU queue' as const, rows: gpu.length ? 1 : 0 },
    { name: 'CPU kernels' as const, rows: cpu.length ? 1 : 0 },
  ].filter(({ rows }) => rows > 0);
  const whole = measured ? Math.max(ms.run, to) : to;
  return { bars, lanes, from: bars.length ? from : 0, to, whole, measured };
}

/** A statement may have given several names: one bar, called by its line. */
function statementsOf(lines: RunResult['lines'], source: readonly string[]): Span[] {
  const found = new Map<string, Span>();
  for (const { at, ms, line, name, inner } of lines) {
    if (at === undefined || inner || !(ms > 0)) continue;
    const text = source[line]?.trim() || name || `line ${line + 1}`;
    const start = at / 1000;
    found.set(`${at} ${ms}`, { kind: 'statement', name: text, start, end: start + ms, line, level: -1, back: false });
  }
  return [...found.values()];
}

/** Functions and loops, from the ops inside: each lasts from its first op to its last. */
function groupsOf(ops: readonly Op[]): Span[] {
  const spans: Span[] = [];
  const open: {
    readonly name: string;
    readonly back: boolean;
    readonly start: number;
    readonly line: number | null;
  }[] = [];
  let end = 0;
  const shut = (to: number): void => {
    while (open.length > to) {
      const top = open.pop();
      if (top) spans.push({ kind: 'group', ...top, level: open.length, end });
    }
  };
  for (const { node, start, end: ends } of ops) {
    const back = node.lane === 'backward';
    let same = 0;
    while (same < open.length && open[same]?.name === node.group[same] && open[same]?.back === back) same++;
    shut(same);
    const line = node.range?.start.line ?? null;
    for (const name of node.group.slice(same)) open.push({ name, back, start, line });
    end = ends;
  }
  shut(0);
  return spans;
}

/** Spans in rows: what lies inside another stands below it. */
function nested(spans: readonly Span[]): Bar[] {
  const around: { readonly end: number }[] = [];
  return [...spans]
    .sort((a, b) => a.start - b.start || b.end - a.end || a.level - b.level)
    .map(({ level: _level, ...span }) => {
      while (around.length && (around.at(-1)?.end ?? 0) <= span.start) around.pop();
      const depth = around.length;
      around.push(span);
      return { lane: 'Python', node: null, depth, ...span };
    });
}

function merged(ops: readonly Op[], gap: number): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of ops) {
    const last = found.at(-1);
    if (last && start - last.end <= gap) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}
