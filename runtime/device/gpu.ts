// The GPU as the engine uses it: graphs whose dtypes and ops it has, run there and brought back. The device lives in another
// thread; here it is synchronous. What does not belong there answers null, and wasm does it.
import type { DType } from '../../src/shared/dtypes.ts';
import type { DeviceChoice } from '../../src/shared/protocol.ts';
import type { Values } from '../emit/dense.ts';
import { NotOnGpu } from '../emit/wgslBody.ts';
import { listAttr } from '../ir/attrs.ts';
import { attrsKey, GraphBuilder, reachable, type ConstantValues } from '../ir/graph.ts';
import { sizeOf } from '../ir/layout.ts';
import type { Attrs, Node, Typed } from '../ir/node.ts';
import type { OpName } from '../ir/ops.ts';
import { gpuPlan } from './gpuPlan.ts';
import type { GpuPlan } from './webgpu.ts';

/** The device behind the border between the threads. Calls wait for their answers. */
export interface GpuPort {
  /** Opens the device; its name, or null where there is none. Cheap after the first call. */
  open(): string | null;
  /** Prepares a plan and gives its number. @throws {NotOnGpu} */
  prepare(plan: GpuPlan): number;
  /** @throws {NotOnGpu} where the values do not fit. */
  run(plan: number, inputs: readonly Values[], outputs: readonly Typed[]): Values[];
  release(plan: number): void;
}

/** Dtypes that are the same there: float64 is never narrowed, int64 is left to wasm. */
const onGpu: ReadonlySet<DType> = new Set<DType>(['float32', 'int32', 'bool']);
/**
 * Multiplications from which `auto` sends a graph: below, copying to the GPU and back takes longer than the work. A product of
 * 512 × 512 matrices has 2²⁷.
 */
const worthIt = 2 ** 27;
/** Plans that are kept; the oldest goes when one more is made. */
const keep = 128;

interface Entry {
  /** Null: the GPU cannot do it. */
  readonly plan: number | null;
  readonly inputs: readonly number[];
}

/** A graph that may run on the GPU. */
export interface Candidate {
  readonly outputs: readonly Node[];
  readonly constants: ReadonlyMap<Node, ConstantValues>;
}

export class Gpu {
  /** Where ops run now: what the run asked for, or `tf.device` around the code that runs. */
  #choice: DeviceChoice = 'wasm';
  #ofRun: DeviceChoice = 'wasm';
  /** How many graphs and ops ran there. */
  runs = 0;
  readonly #port: GpuPort;
  readonly #graphs = new WeakMap<Candidate, Entry>();
  readonly #singles = new Map<string, Entry>();

  constructor(port: GpuPort) {
    this.#port = port;
  }

  /** A program begins; what it asked for holds where it says nothing itself. */
  begin(choice: DeviceChoice): void {
    this.#choice = this.#ofRun = choice;
  }

  /** Sets where ops run from here on and gives what held before. A run without GPU stays without. */
  place(choice: DeviceChoice): DeviceChoice {
    const before = this.#choice;
    this.#choice = this.#ofRun === 'wasm' ? 'wasm' : choice;
    return before;
  }

  /** The device's name, or null. */
  get name(): string | null {
    return this.#port.open();
  }

  /** The outputs of a graph, or null where it runs on wasm. `read` gives the values of an input by its index. */
  graph(candidate: Candidate, read: (index: number) => Values): Values[] | null {
    if (this.#choice === 'wasm') return null;
    let entry = this.#graphs.get(candidate);
    if (!entry) {
      // Most graphs are decided here, without opening a device.
      if (!suits(candidate.outputs) || !this.#wanted(workOf(candidate.outputs))) return null;
      this.#graphs.set(candidate, (entry = this.#prepare(candidate)));
    }
    return this.#run(entry, read, candidate.outputs);
  }

  /** One op with its inputs, or null. */
  single(
    name: OpName,
    inputs: readonly Typed[],
    attrs: Attrs,
    output: Typed,
    read: (index: number) => Values,
  ): Values | null {
    if (this.#choice === 'wasm' || !onGpu.has(output.dtype) || inputs.length === 0) return null;
    if (this.#choice === 'auto' && name !== 'dot') return null;
    const key = `${name}(${inputs.map(({ dtype, shape }) => `${dtype}[${shape.join()}]`).join()})${attrsKey(attrs)}`;
    let entry = this.#singles.get(key);
    if (!entry) {
      const builder = new GraphBuilder();
      const node = builder.op(
        name,
        inputs.map(({ dtype, shape }) => builder.input(dtype, shape)),
        attrs,
      );
      if (!suits([node]) || !this.#wanted(workOf([node]))) return null;
      if (this.#singles.size >= keep) this.#forgetOldest();
      this.#singles.set(key, (entry = this.#prepare({ outputs: [node], constants: builder.constants })));
    }
    return this.#run(entry, read, [output])?.[0] ?? null;
  }

  #wanted(work: number): boolean {
    return (this.#choice === 'webgpu' || work >= worthIt) && this.name !== null;
  }

  #prepare({ outputs, constants }: Candidate): Entry {
    try {
      const { inputNodes, ...plan } = gpuPlan(outputs, constants);
      return { plan: this.#port.prepare(plan), inputs: inputNodes.map(node => Number(node.attrs.index)) };
    } catch (error) {
      if (error instanceof NotOnGpu) return { plan: null, inputs: [] };
      throw error;
    }
  }

  #run({ plan, inputs }: Entry, read: (index: number) => Values, outputs: readonly Typed[]): Values[] | null {
    if (plan === null) return null;
    try {
      const values = this.#port.run(plan, inputs.map(read), outputs);
      this.runs++;
      return values;
    } catch (error) {
      if (error instanceof NotOnGpu) return null;
      throw error;
    }
  }

  #forgetOldest(): void {
    const [key] = this.#singles.keys();
    if (key === undefined) return;
    const plan = this.#singles.get(key)?.plan;
    if (plan !== undefined && plan !== null) this.#port.release(plan);
    this.#singles.delete(key);
  }
}

const suits = (outputs: readonly Node[]): boolean => reachable(outputs).every(({ dtype }) => onGpu.has(dtype));

/** Multiplications in the matrix products of a graph. */
function workOf(outputs: readonly Node[]): number {
  let work = 0;
  for (const { op, shape, inputs, attrs } of reachable(outputs)) {
    const [left] = inputs;
    if (op !== 'dot' || !left) continue;
    const contracted = listAttr(op, attrs, 'lhsContract').map(axis => left.shape[axis] ?? 1);
    work += sizeOf(shape) * sizeOf(contracted);
  }
  return work;
}
