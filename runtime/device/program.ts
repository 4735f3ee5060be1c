// Compiled graphs: fused kernels over one arena, made once per structure and run any number of times.
import { dtypes } from '../../src/shared/dtypes.ts';
import type { Values } from '../emit/dense.ts';
import { instantiate, type KernelFunction } from '../emit/wasm/module.ts';
import type { Engine, Storage, Strided } from '../ir/array.ts';
import { OpError } from '../ir/errors.ts';
import { structureKey, type ConstantValues } from '../ir/graph.ts';
import { isRowMajor, rowMajor, sameShape, sizeOf } from '../ir/layout.ts';
import type { Node } from '../ir/node.ts';
import { since } from '../ir/span.ts';
import type { Span } from '../ir/span.ts';
import { viewOf } from '../schedule/lower.ts';
import { Arenas } from './arenas.ts';
import type { Candidate, Gpu } from './gpu.ts';
import { plan, type Plan, type PlanStep } from '../schedule/plan.ts';

/** What a tracer hears of each step: the nodes that ran as one kernel. */
export interface StepInfo extends Span {
  readonly nodes: readonly Node[];
  readonly kernel: number;
}

export interface RunOptions {
  readonly onStep?: ((info: StepInfo) => void) | undefined;
  /** Called between pieces of long work; what it throws ends the run. */
  readonly checkpoint?: (() => void) | undefined;
}

export interface Program {
  readonly outputs: readonly Node[];
  /** The nodes of each step, in order: those of one step run as one kernel. */
  readonly steps: readonly (readonly Node[])[];
  /** Runs on inputs in the order of their `index`; the results are new arrays. */
  run(inputs: readonly Strided[], options?: RunOptions): Strided[];
  /** Gives the constants back, until the next run. */
  release(): void;
}

interface Prepared {
  readonly step: PlanStep;
  readonly kernel: KernelFunction | null;
  /** Length of the outermost loop and the number of elements that the kernel visits. */
  readonly length: number;
  readonly work: number;
}

/** Elements that a kernel visits between two checkpoints. */
const pieceElements = 1 << 18;

/** An engine that may have a GPU beside it. */
type AnyEngine = Engine & { readonly gpu?: Gpu | undefined };

class CompiledProgram implements Program {
  readonly outputs: readonly Node[];
  readonly steps: readonly (readonly Node[])[];
  readonly #engine: AnyEngine;
  readonly #candidate: Candidate;
  readonly #plan: Plan;
  readonly #prepared: readonly Prepared[];
  readonly #inputs: readonly Node[];
  readonly #constants = new Map<Node, Strided>();
  readonly #arenas: Arenas;
  #ready = false;

  constructor(
    engine: AnyEngine,
    arenas: Arenas,
    outputs: readonly Node[],
    constants: ReadonlyMap<Node, ConstantValues>,
  ) {
    this.#engine = engine;
    this.#arenas = arenas;
    this.#candidate = { outputs, constants };
    this.outputs = outputs;
    this.#plan = plan(outputs, constants);
    const { steps, stored } = this.#plan;
    this.steps = steps.map(step => step.nodes);
    this.#inputs = [...stored].filter(node => node.op === 'input');
    const kernels = steps.flatMap(step => (step.kind === 'kernel' ? [step.kernel] : []));
    const functions = kernels.length > 0 ? instantiate(kernels, engine.heap.memory) : [];
    let next = 0;
    this.#prepared = steps.map(step => {
      if (step.kind === 'op') return { step, kernel: null, length: 0, work: 0 };
      const space = step.kernel.space as readonly number[];
      const reduce = Math.max(1, sizeOf(step.kernel.reduce as readonly number[]));
      const work = sizeOf(space) * reduce * Math.max(1, step.nodes.length / 4);
      return { step, kernel: functions[next++] ?? null, length: space[0] ?? 1, work };
    });
  }

  /** Takes the constants, at first and again after `release`. */
  #acquire(): void {
    if (this.#ready) return;
    this.#ready = true;
    try {
      for (const node of this.#plan.stored) {
        const values = this.#candidate.constants.get(node);
        if (values) this.#constants.set(node, this.#engine.constant(values, node.dtype, node.shape));
      }
    } catch (error) {
      this.release();
      throw error;
    }
  }

  run(inputs: readonly Strided[], options: RunOptions = {}): Strided[] {
    const engine = this.#engine;
    for (const node of this.#inputs) {
      const given = inputs[Number(node.attrs.index)];
      if (!given || given.dtype !== node.dtype || !sameShape(given.shape, node.shape))
        throw new OpError(`input ${String(node.attrs.index)} must be ${node.dtype}[${node.shape.join()}]`, 'input');
    }
    const distant = this.#onGpu(inputs, options);
    if (distant) return distant;
    this.#acquire();
    const arena = this.#arenas.borrow(this.#plan.arenaBytes);
    const values = new Map<Node, Strided>(this.#constants);
    const temporary: Strided[] = [];
    const results = new Map<Node, Strided>();
    try {
      for (const node of this.#inputs) {
        const given = inputs[Number(node.attrs.index)] as Strided;
        values.set(node, isRowMajor(given) ? given : this.#contiguous(given, temporary));
      }
      for (const [node, offset] of this.#plan.arena) values.set(node, placed(node, arena, offset));
      for (const node of this.outputs) {
        if (results.has(node)) continue;
        const out = engine.empty(node.dtype, node.shape);
        results.set(node, out);
        if (node.op !== 'input' && node.op !== 'constant') values.set(node, out);
        else engine.write(out, values.get(node) as Strided);
      }
      this.#prepared.forEach((prepared, i) => this.#step(prepared, values, i, options));
    } catch (error) {
      for (const out of results.values()) engine.release(out);
      throw error;
    } finally {
      for (const x of temporary) engine.release(x);
      this.#arenas.giveBack(arena);
    }
    return this.outputs.map((node, i) => {
      const out = results.get(node) as Strided;
      if (this.outputs.indexOf(node) !== i) out.storage.refs++;
      return out;
    });
  }

  /** The results from the GPU, or null where the graph does not belong there. */
  #onGpu(inputs: readonly Strided[], options: RunOptions): Strided[] | null {
    const engine = this.#engine;
    const start = options.onStep ? performance.now() : 0;
    const values = engine.gpu?.graph(this.#candidate, index => engine.read(inputs[index] as Strided) as Values);
    if (!values) return null;
    // The GPU does not say what each kernel took: the whole time stands at the last.
    const last = this.steps.length - 1;
    const span = since(start);
    this.steps.forEach((nodes, i) => options.onStep?.({ nodes, kernel: i, ...span, ...(i === last ? {} : { ms: 0 }) }));
    return this.outputs.map((node, i) => engine.constant(values[i] as Values, node.dtype, node.shape));
  }

  release(): void {
    this.#ready = false;
    for (const x of this.#constants.values()) this.#engine.release(x);
    this.#constants.clear();
  }

  #contiguous(x: Strided, temporary: Strided[]): Strided {
    const copy = this.#engine.empty(x.dtype, x.shape);
    temporary.push(copy);
    this.#engine.write(copy, x);
    return copy;
  }

  #step(prepared: Prepared, values: ReadonlyMap<Node, Strided>, number: number, options: RunOptions): void {
    const { step } = prepared;
    const start = options.onStep ? performance.now() : 0;
    if (step.kind === 'op') this.#single(step.root, values);
    else this.#kernel(prepared, step.buffers, values, options);
    options.checkpoint?.();
    options.onStep?.({ nodes: step.nodes, kernel: number, ...since(start) });
  }

  #kernel(
    { kernel, length, work }: Prepared,
    buffers: readonly Node[],
    values: ReadonlyMap<Node, Strided>,
    options: RunOptions,
  ): void {
    if (!kernel || work === 0) return;
    const args = buffers.map(node => {
      const { storage, offset, dtype } = values.get(node) as Strided;
      return storage.ptr + offset * dtypes[dtype].bytes;
    });
    const at = args.length;
    const piece = work <= pieceElements ? length : Math.max(1, Math.ceil(length / Math.ceil(work / pieceElements)));
    for (let start = 0; start < length; start += piece) {
      args[at] = start;
      args[at + 1] = Math.min(length, start + piece);
      kernel(...args);
      if (piece < length) options.checkpoint?.();
    }
  }

  /** A single op, its operands seen through their views; views that need one are copied first. */
  #single(root: Node, values: ReadonlyMap<Node, Strided>): void {
    const temporary: Strided[] = [];
    const operand = (node: Node): Strided => {
      const seen = viewOf(node, this.#plan.stored);
      if (seen) {
        const base = values.get(seen.base) as Strided;
        return { ...base, ...seen.layout, offset: base.offset + seen.layout.offset };
      }
      const made = this.#engine.op(node.op, node.inputs.map(operand), node.attrs);
      temporary.push(made);
      return made;
    };
    try {
      this.#engine.opInto(values.get(root) as Strided, root.op, root.inputs.map(operand), root.attrs);
    } finally {
      for (const x of temporary) this.#engine.release(x);
    }
  }
}

const placed = (node: Node, storage: Storage, bytes: number): Strided => ({
  storage,
  dtype: node.dtype,
  shape: node.shape,
  strides: rowMajor(node.shape),
  offset: bytes / dtypes[node.dtype].bytes,
});

interface Cache {
  readonly arenas: Arenas;
  readonly programs: Map<string, Program>;
  readonly identities: WeakMap<ConstantValues & object, number>;
  next: number;
}
const caches = new WeakMap<Engine, Cache>();
/** Programs that an engine keeps; the oldest goes when one more is made. */
const keep = 256;

/**
 * A program for the graph, from the cache where an equal graph was compiled before. Equal means: same ops, dtypes, shapes
 * and attributes, same values of small constants, and the very same arrays as large ones. `outputs` of a cached program
 * are the nodes of the first graph.
 */
export function compile(
  engine: AnyEngine,
  outputs: readonly Node[],
  constants: ReadonlyMap<Node, ConstantValues>,
): Program {
  let cache = caches.get(engine);
  if (!cache)
    caches.set(
      engine,
      (cache = { arenas: new Arenas(engine.heap), programs: new Map(), identities: new WeakMap(), next: 0 }),
    );
  const { arenas, programs, identities } = cache;
  const known = cache;
  const key = structureKey(outputs, constants, values => {
    const id = identities.get(values) ?? known.next++;
    identities.set(values, id);
    return id;
  });
  let program = programs.get(key);
  if (!program) {
    program = new CompiledProgram(engine, arenas, outputs, constants);
    if (programs.size >= keep) {
      const [oldest] = programs.keys();
      if (oldest !== undefined) {
        programs.get(oldest)?.release();
        programs.delete(oldest);
      }
    }
    programs.set(key, program);
  }
  return program;
}
