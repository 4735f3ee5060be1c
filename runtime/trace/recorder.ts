// Collects what a run did while tracing is on: ops with their source, edges between them, gradients. The bridge calls it;
// the kernel turns it into `TraceGraph` when the program has ended. A value is known by its storage: views of
// it, and what is written into it, belong to the same value.
import { dtypes } from '../../src/shared/dtypes.ts';
import type { Range } from '../../src/shared/positions.ts';
import type { GradientResult, NodeKind, TraceEdge, TraceGraph, TraceNode } from '../../src/shared/trace.ts';
import type { Typed } from '../ir/node.ts';
import { since } from '../ir/span.ts';
import type { Span } from '../ir/span.ts';

/** An array as the recorder sees it. */
export interface Traced extends Typed {
  /** Left out for a value that nobody will ask for again. */
  readonly storage?: object;
}

export interface OpDetails {
  readonly kind?: NodeKind;
  /** What the user would call it; the op's name where left out. */
  readonly label?: string;
  /** The function of the user's call: `np.sum`, `tf.matmul`. */
  readonly api?: string;
  /** Milliseconds, null where not measured; those since `begin` where left out. */
  readonly ms?: number | null;
  /** When that began, by `performance.now()`. */
  readonly began?: number;
  /** A number from `kernel`, where ops ran as one. */
  readonly kernel?: number | null;
  readonly device?: TraceNode['device'];
  readonly nonFinite?: number;
  readonly norm?: number;
  /** Of scalars, as it is printed. */
  readonly value?: string;
  readonly range?: Range | null;
  readonly group?: readonly string[];
}

/** The user's name of a value that no op made: a constant, a variable. */
export interface ValueName {
  readonly label: string;
  readonly kind: NodeKind;
  readonly range: Range | null;
  /** Of scalars, as it is printed. */
  readonly value?: string;
}

/** Where the user's code stands right now: its range, and the functions around it from outside in. */
export type Locate = () => { readonly range: Range | null; readonly group: readonly string[] };

export interface Recorder {
  /** False: the other methods do nothing, so test it before preparing arguments. */
  readonly on: boolean;
  /** Forgets what was recorded before, and records from here on. */
  start(locate?: Locate): void;
  stop(): void;
  /** Between `pause(true)` and `pause(false)` nothing is recorded: the kernel's own work. */
  pause(flag: boolean): void;
  /** The program begins: from here on `at` counts. */
  runs(): void;
  /** Microseconds since then. */
  now(): number;
  /** A call begins: the time until the next op is that op's. */
  begin(): void;
  /** The call that began has done its work: what is asked about its result takes no time of it. */
  took(): Span | undefined;
  /** An op that ran. Inputs that no op made become constants. Returns the node's id, −1 when nothing was recorded. */
  op(name: string, inputs: readonly Traced[], output: Traced, details?: OpDetails): number;
  /** A backward node at the place of the forward node `mirror`; its edges are the caller's. */
  backward(label: string, outputs: readonly Traced[], mirror: number | undefined, details?: OpDetails): number;
  /** Nothing where an end is −1. */
  edge(from: number, to: number, kind: TraceEdge['kind']): void;
  /** The node that made a value, if it is known. */
  maker(value: Traced): number | undefined;
  /** A number for a kernel, one that no other has. */
  kernel(): number;
  /** The value is what the maker of `like` made: the same ops computed both. */
  same(value: Traced, like: Traced): void;
  /** The last forward node of an op with such a result, besides those given. */
  last(op: string, result: Typed, besides: ReadonlySet<number>): number | undefined;
  /** The user's name of a value, if it is known. */
  label(value: Traced): string | null;
  name(value: Traced, name: ValueName): void;
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

/** A loop that trains for minutes must not fill the memory: what comes after so many ops is left out. */
const mostNodes = 20_000;
const nowhere: Locate = () => ({ range: null, group: [] });

/** `gpuRuns` counts what ran on the GPU: where it grew since the call began, the op ran there. */
export function createRecorder(gpuRuns: () => number = () => 0): Recorder {
  let [on, paused] = [false, false];
  let locate = nowhere;
  let nodes: TraceNode[] = [];
  let edges: TraceEdge[] = [];
  let gradients: GradientResult[] = [];
  let groups: string[] = [];
  let began: number | null = null;
  let zero = 0;
  const clock = (moment: number): number => Math.round((moment - zero) * 1000);
  let runsBefore = 0;
  let kernels = 0;
  /** Storage → the node that made its present values, and the user's name for it. */
  let makers = new WeakMap<object, number>();
  let names = new WeakMap<object, ValueName>();

  function clear(): void {
    [nodes, edges, gradients, groups, kernels] = [[], [], [], [], 0];
    [makers, names] = [new WeakMap(), new WeakMap()];
  }

  const makerOf = ({ storage }: Traced): number | undefined => storage && makers.get(storage);
  const made = ({ storage }: Traced, id: number): unknown => storage && makers.set(storage, id);

  function add(op: string, output: Typed, details: OpDetails, lane: TraceNode['lane'], mirror: number | null): number {
    const time = details.ms === undefined ? recorder.took() : details;
    const place = details.range === undefined || details.group === undefined ? locate() : nowhere();
    began = null;
    const id = nodes.length;
    nodes.push({
      id,
      op,
      label: details.label ?? op,
      kind: details.kind ?? 'op',
      lane,
      dtype: output.dtype,
      shape: [...output.shape],
      group: details.group ? [...details.group] : [...place.group, ...groups],
      range: details.range === undefined ? place.range : details.range,
      device: details.device ?? (gpuRuns() > runsBefore ? 'webgpu' : 'wasm'),
      ms: time?.ms ?? null,
      ...(time?.began === undefined ? {} : { at: clock(time.began) }),
      bytes: output.shape.reduce((product, size) => product * size, dtypes[output.dtype].bytes),
      kernel: details.kernel ?? null,
      mirror,
      nonFinite: details.nonFinite ?? 0,
      ...(details.norm === undefined ? {} : { norm: details.norm }),
      ...(details.value === undefined ? {} : { value: details.value }),
      ...(details.api === undefined ? {} : { api: details.api }),
    });
    return id;
  }

  /** The node of an input; a value that nobody made yet becomes a constant with the user's name. */
  function source(input: Traced): number {
    const known = makerOf(input);
    if (known !== undefined) return known;
    const name = input.storage && names.get(input.storage);
    const details: OpDetails = { kind: name?.kind ?? 'constant', label: name?.label ?? 'constant', ms: 0 };
    const time = began;
    const id = add('const', input, name ? { ...details, ...name, group: [] } : details, 'forward', null);
    began = time;
    made(input, id);
    return id;
  }

  const recorder: Recorder = {
    get on() {
      return on && !paused && nodes.length < mostNodes;
    },
    start(where = nowhere) {
      clear();
      [on, paused, locate, zero] = [true, false, where, performance.now()];
    },
    stop() {
      [on, paused, locate] = [false, false, nowhere];
    },
    pause(flag) {
      paused = flag;
    },
    runs() {
      zero = performance.now();
    },
    begin() {
      if (!on) return;
      began = performance.now();
      runsBefore = gpuRuns();
    },
    now: () => clock(performance.now()),
    took: () => (began === null ? undefined : since(began)),
    op(name, inputs, output, details = {}) {
      if (!recorder.on) return -1;
      // The first values of a new array are no op of the user: the array is a constant. What has a name already is no new array.
      const fresh = makerOf(output) === undefined;
      const known = ({ storage }: Traced) =>
        storage !== output.storage || (storage !== undefined && names.has(storage));
      const used = fresh ? inputs.filter(known) : inputs;
      if (name === 'store' && fresh && used.length === 0) return -1;
      const sources = used.map(source);
      const id = add(name, output, details, 'forward', null);
      for (const from of new Set(sources)) edges.push({ from, to: id, kind: 'data' });
      made(output, id);
      return id;
    },
    backward(label, outputs, mirror, details = {}) {
      const [output] = outputs;
      if (!recorder.on || !output) return -1;
      const place = mirror === undefined ? undefined : nodes[mirror];
      // The gradient of a value belongs to where it was asked for: the value may be much older.
      const group = details.kind === 'gradient' || !place ? {} : { group: place.group };
      const known = { ...(place ? { range: place.range } : {}), ...group };
      const own = { label, ms: null, ...known, ...details };
      const id = add(label, output, own, 'backward', mirror ?? null);
      for (const each of outputs) made(each, id);
      return id;
    },
    edge(from, to, kind) {
      if (recorder.on && from >= 0 && to >= 0) edges.push({ from, to, kind });
    },
    maker: makerOf,
    kernel: () => kernels++,
    same(value, like) {
      const id = makerOf(like);
      if (recorder.on && id !== undefined) made(value, id);
    },
    last(op, { dtype, shape }, besides) {
      const same = (node: TraceNode) =>
        node.op === op && node.lane === 'forward' && node.dtype === dtype && node.shape.join() === shape.join();
      return nodes.findLast(node => same(node) && !besides.has(node.id))?.id;
    },
    label: ({ storage }) => (storage && names.get(storage)?.label) ?? null,
    name(value, name) {
      if (!on || !value.storage) return;
      names.set(value.storage, name);
      const id = makerOf(value);
      const node = id === undefined ? undefined : nodes[id];
      if (node && node.op === 'const')
        nodes[node.id] = {
          ...node,
          label: name.label,
          kind: name.kind,
          ...(name.value === undefined ? {} : { value: name.value }),
        };
    },
    gradient(result) {
      if (recorder.on) gradients.push({ ...result, line: result.line ?? locate().range?.start.line ?? 0 });
    },
    enter(group) {
      if (on) groups.push(group);
    },
    leave() {
      if (on) groups.pop();
    },
    graph: () => ({ nodes, edges, ...(nodes.length >= mostNodes ? { truncated: true } : {}) }),
    gradients: () => gradients,
    clear,
  };
  return recorder;
}
