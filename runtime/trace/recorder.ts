// Collects what a run did while tracing is on: ops with their source, edges between them, gradients. The bridge and the
// libraries call it; the kernel turns it into `TraceGraph` when the program has ended.
import { dtypes } from '../../src/shared/dtypes.ts';
import type { DType } from '../../src/shared/dtypes.ts';
import type { Range } from '../../src/shared/positions.ts';
import type { GradientResult, NodeKind, TraceEdge, TraceGraph, TraceNode } from '../../src/shared/trace.ts';

/** An array as the recorder sees it: its handle names it while it lives. */
export interface Traced {
  readonly handle: number;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

export interface OpDetails {
  readonly kind?: NodeKind;
  /** What the user would call it; the op's name where left out. */
  readonly label?: string;
  /** The function of the user's call: `np.sum`, `tf.matmul`. */
  readonly api?: string;
  readonly ms?: number;
  readonly device?: TraceNode['device'];
  readonly kernel?: number;
  readonly nonFinite?: number;
  readonly norm?: number;
  readonly range?: Range | null;
  readonly group?: readonly string[];
}

export interface Recorder {
  /** False: every other method does nothing, so test it before preparing arguments. */
  readonly on: boolean;
  /** Forgets what was recorded before, and records from here on. */
  start(locate?: Locate): void;
  stop(): void;
  /** An op that ran: inputs and output by handle. Inputs that nobody announced become constants. Returns the node's id. */
  op(name: string, inputs: readonly Traced[], output: Traced, details?: OpDetails): number;
  /** A backward op: differentiates the forward node that made `mirror` (a handle); edges are gradients. */
  backward(name: string, inputs: readonly Traced[], output: Traced, mirror: number | null, details?: OpDetails): number;
  /** Gives the value behind a handle the user's name, and its kind where that is more than an op's result. */
  name(handle: number, label: string, kind?: NodeKind): void;
  /** A row of the table of gradients. */
  gradient(result: Omit<GradientResult, 'line'> & { readonly line?: number }): void;
  /** Groups what is recorded until `leave`. */
  enter(group: string): void;
  leave(): void;
  graph(): TraceGraph;
  gradients(): readonly GradientResult[];
  /** Forgets what was recorded. */
  clear(): void;
}

/** Where the user's code stands right now: its range, and the functions around it from outside in. */
export type Locate = () => { readonly range: Range | null; readonly group: readonly string[] };

/** A loop that trains for minutes must not fill the memory: what comes after so many ops is left out. */
const mostNodes = 20_000;

const nowhere: Locate = () => ({ range: null, group: [] });

export function createRecorder(): Recorder {
  let on = false;
  let locate = nowhere;
  let nodes: TraceNode[] = [];
  let edges: TraceEdge[] = [];
  let gradients: GradientResult[] = [];
  let groups: string[] = [];
  /** Handle → node that made its present value. */
  let makers = new Map<number, number>();

  function add(
    name: string,
    output: Traced,
    details: OpDetails,
    lane: TraceNode['lane'],
    mirror: number | null,
  ): number {
    const place = details.range === undefined || details.group === undefined ? locate() : nowhere();
    const id = nodes.length;
    nodes.push({
      id,
      op: name,
      label: details.label ?? name,
      kind: details.kind ?? 'op',
      lane,
      dtype: output.dtype,
      shape: [...output.shape],
      group: [...(details.group ?? place.group), ...groups],
      range: details.range === undefined ? place.range : details.range,
      device: details.device ?? 'wasm',
      ms: details.ms ?? null,
      bytes: output.shape.reduce((product, size) => product * size, dtypes[output.dtype].bytes),
      kernel: details.kernel ?? null,
      mirror,
      nonFinite: details.nonFinite ?? 0,
      ...(details.norm === undefined ? {} : { norm: details.norm }),
      ...(details.api === undefined ? {} : { api: details.api }),
    });
    makers.set(output.handle, id);
    return id;
  }

  function connect(inputs: readonly Traced[], to: number, kind: (from: TraceNode) => TraceEdge['kind']): void {
    for (const input of inputs) {
      const from = makers.get(input.handle);
      const node = from === undefined ? undefined : nodes[from];
      if (node) edges.push({ from: node.id, to, kind: kind(node) });
    }
  }

  function announce(inputs: readonly Traced[]): void {
    for (const input of inputs) {
      if (!makers.has(input.handle)) add('const', input, { kind: 'constant', label: 'constant' }, 'forward', null);
    }
  }

  function clear(): void {
    [nodes, edges, gradients, groups, makers] = [[], [], [], [], new Map()];
  }

  return {
    get on() {
      return on && nodes.length < mostNodes;
    },
    start(where = nowhere) {
      clear();
      [on, locate] = [true, where];
    },
    clear,
    stop() {
      [on, locate] = [false, nowhere];
    },
    op(name, inputs, output, details = {}) {
      if (!this.on) return -1;
      announce(inputs);
      connect(inputs, nodes.length, () => 'data');
      return add(name, output, details, 'forward', null);
    },
    backward(name, inputs, output, mirror, details = {}) {
      if (!this.on) return -1;
      const forward = mirror === null ? undefined : makers.get(mirror);
      const place = forward === undefined ? undefined : nodes[forward];
      connect(inputs, nodes.length, from => (from.lane === 'backward' ? 'gradient' : 'saved'));
      const known = place ? { range: place.range, group: place.group } : {};
      return add(name, output, { kind: 'gradient', ...known, ...details }, 'backward', forward ?? null);
    },
    name(handle, label, kind) {
      const id = makers.get(handle);
      const node = id === undefined ? undefined : nodes[id];
      if (on && node) nodes[node.id] = { ...node, label, kind: kind ?? node.kind };
    },
    gradient(result) {
      if (on) gradients.push({ ...result, line: result.line ?? locate().range?.start.line ?? 0 });
    },
    enter(group) {
      if (on) groups.push(group);
    },
    leave() {
      if (on) groups.pop();
    },
    graph: () => ({ nodes, edges }),
    gradients: () => gradients,
  };
}
