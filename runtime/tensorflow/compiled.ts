// Library ops as compiled programs: lowered once to nodes, fused, and replayed without Python. Here for the graphs of functions;
// `backward.ts` does the same for tapes. What looks at values while it runs (branches, loops, shapes that depend on data,
// output) is not compiled.
import { compile } from '../device/program.ts';
import type { Program } from '../device/program.ts';
import type { Engine, Strided } from '../ir/array.ts';
import { GraphBuilder } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';
import type { KernelRun, Span } from '../ir/span.ts';
import { take } from './build.ts';
import { NeedsValues } from './errors.ts';
import type { FuncGraph } from './graph.ts';
import { fusionOf } from './kernels.ts';
import type { Fusion } from './kernels.ts';
import { GraphLib } from './libs.ts';
import type { Pending } from './libs.ts';
import { runGraph } from './run.ts';
import type { Entry, Slot } from './gradient.ts';
import type { Values } from './types.ts';

export interface Compiled {
  readonly program: Program;
  /** How many of the program's results are wanted; the others are looked at by `pending`. */
  readonly count: number;
  readonly pending: readonly Pending[];
  /** How the library ops, in the order in which a run op by op would meet them, share kernels. */
  readonly fusion: () => Fusion;
}

export interface Call {
  readonly graph: FuncGraph;
  /** Arguments and captures, then the variables that are read. */
  readonly inputs: readonly Strided[];
  readonly read: readonly number[];
  readonly written: readonly number[];
}

/** For values that a graph does not have. */
export const never = (): never => {
  throw new NeedsValues();
};

/** dtypes and shapes as text: programs are made for them. */
export const shapesOf = (inputs: readonly Strided[]): string =>
  inputs.map(x => `${x.dtype}${x.shape.join(',')}`).join(';');

/**
 * Compiles what `build` makes of inputs like the given ones; null when that needs values. `build` adds the library ops to
 * `ops` as it meets them. `known` tells the values of inputs that never change.
 */
export function compileOps(
  engine: Engine,
  inputs: readonly Strided[],
  build: (b: GraphLib, nodes: readonly Node[], ops: Entry<Node>[]) => readonly Node[],
  known: (input: number) => Strided | undefined = () => undefined,
): Compiled | null {
  const builder = new GraphBuilder();
  const nodes = inputs.map(x => builder.input(x.dtype, x.shape));
  const valuesOf = (node: Node): Values | null => {
    const constant = node.op === 'input' ? known(Number(node.attrs.index)) : undefined;
    return constant ? engine.read(constant) : null;
  };
  const b = new GraphLib(builder, engine, valuesOf);
  const ops: Entry<Node>[] = [];
  try {
    const wanted = build(b, nodes, ops);
    if (wanted.length === 0) return null;
    const outputs = [...wanted, ...b.pending.map(({ node }) => node)];
    const program = compile(engine, outputs, builder.constants);
    let fusion: Fusion | undefined;
    return {
      program,
      count: wanted.length,
      pending: b.pending,
      fusion: () => (fusion ??= fusionOf(ops, outputs, program)),
    };
  } catch (error) {
    if (error instanceof NeedsValues) return null;
    throw error;
  }
}

/** Results as new arrays. `timed` asks for the times of the kernels. */
export function replay(
  engine: Engine,
  { program, count, pending, fusion }: Compiled,
  inputs: readonly Strided[],
  timed?: (run: KernelRun) => void,
): Strided[] {
  const times: Span[] = [];
  const results = program.run(inputs, timed ? { onStep: ({ began, ms }) => times.push({ began, ms }) } : {});
  const extra = results.splice(count);
  try {
    pending.forEach(({ test }, i) => test(engine.read(take(extra, i))));
  } catch (error) {
    results.forEach(x => engine.release(x));
    throw error;
  } finally {
    extra.forEach(x => engine.release(x));
  }
  if (timed) {
    const { ofOps, ofSteps } = fusion();
    const spans = new Map<number, Span>();
    ofSteps.forEach((kernel, i) => {
      const [before, time] = [spans.get(kernel ?? -1), times[i]];
      if (kernel !== null && time) spans.set(kernel, before ? { ...before, ms: before.ms + time.ms } : time);
    });
    timed({ kernels: ofOps, spans });
  }
  return results;
}

export class CompiledGraphs {
  readonly #engine: Engine;
  readonly #graph: (id: number) => FuncGraph;
  readonly #known = new Map<FuncGraph, Map<string, Compiled | null>>();

  constructor(engine: Engine, graph: (id: number) => FuncGraph) {
    this.#engine = engine;
    this.#graph = graph;
  }

  /** Results and then the variables `written`, as new arrays; null when the graph cannot be compiled. */
  run(call: Call, timed?: (run: KernelRun) => void): Strided[] | null {
    const shapes = shapesOf(call.inputs);
    let known = this.#known.get(call.graph);
    if (!known) this.#known.set(call.graph, (known = new Map()));
    let compiled = known.get(shapes);
    if (compiled === undefined) known.set(shapes, (compiled = this.#compile(call)));
    return compiled && replay(this.#engine, compiled, call.inputs, timed);
  }

  /** The graph will not run again. Programs stay in the cache of their structure, without the memory of their constants. */
  forget(graph: FuncGraph): void {
    for (const compiled of this.#known.get(graph)?.values() ?? []) compiled?.program.release();
    this.#known.delete(graph);
  }

  #compile({ graph, inputs, read, written }: Call): Compiled | null {
    const build = (b: GraphLib, nodes: readonly Node[], entries: Entry<Node>[]): Node[] => {
      const slots = nodes.map((value): Slot<Node> => ({ value }));
      const first = slots.length - read.length;
      const variables = new Map(read.map((variable, i) => [variable, take(slots, first + i)]));
      const context = { b, engine: this.#engine, graph: this.#graph, variables, entries, print: never };
      const outputs = runGraph(context, graph, slots.slice(0, first));
      return [...outputs, ...written.map(variable => variables.get(variable))].map(slot => slot?.value ?? never());
    };
    return compileOps(this.#engine, inputs, build, i => graph.values[graph.inputs[i] ?? -1]?.constant);
  }
}
