// Graphs of functions as compiled programs: lowered once for the shapes of the inputs, fused, and replayed without Python.
// A graph that looks at values while it runs (branches, loops, shapes that depend on data, output) is not compiled.
import { compile } from '../device/program.ts';
import type { Program } from '../device/program.ts';
import type { Engine, Strided } from '../ir/array.ts';
import { GraphBuilder } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';
import type { Span } from '../ir/span.ts';
import type { KernelRun } from '../numpy/border.ts';
import { take } from './build.ts';
import { NeedsValues } from './errors.ts';
import type { FuncGraph } from './graph.ts';
import { fusionOf } from './kernels.ts';
import type { Fusion } from './kernels.ts';
import { GraphLib } from './libs.ts';
import type { Pending } from './libs.ts';
import { runGraph } from './run.ts';
import type { Entry, Slot } from './gradient.ts';

interface Compiled {
  readonly program: Program;
  /** How many of the program's results are those of the function; the others are looked at by `pending`. */
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

const never = (): never => {
  throw new NeedsValues();
};

export class CompiledGraphs {
  readonly #engine: Engine;
  readonly #graph: (id: number) => FuncGraph;
  readonly #known = new Map<FuncGraph, Map<string, Compiled | null>>();

  constructor(engine: Engine, graph: (id: number) => FuncGraph) {
    this.#engine = engine;
    this.#graph = graph;
  }

  /**
   * Results and then the variables `written`, as new arrays; null when the graph cannot be compiled. `timed` asks for the
   * times of the kernels.
   */
  run(call: Call, timed?: (run: KernelRun) => void): Strided[] | null {
    const shapes = call.inputs.map(x => `${x.dtype}${x.shape.join(',')}`).join(';');
    let known = this.#known.get(call.graph);
    if (!known) this.#known.set(call.graph, (known = new Map()));
    let compiled = known.get(shapes);
    if (compiled === undefined) known.set(shapes, (compiled = this.#lower(call)));
    if (!compiled) return null;
    const times: Span[] = [];
    const options = timed ? { onStep: ({ began, ms }: Span) => times.push({ began, ms }) } : {};
    const results = compiled.program.run(call.inputs, options);
    const extra = results.splice(compiled.count);
    try {
      compiled.pending.forEach(({ test }, i) => test(this.#engine.read(take(extra, i))));
    } catch (error) {
      results.forEach(x => this.#engine.release(x));
      throw error;
    } finally {
      extra.forEach(x => this.#engine.release(x));
    }
    if (timed) {
      const { ofOps, ofSteps } = compiled.fusion();
      const spans = new Map<number, Span>();
      ofSteps.forEach((kernel, i) => {
        const [before, time] = [spans.get(kernel ?? -1), times[i]];
        if (kernel !== null && time) spans.set(kernel, before ? { ...before, ms: before.ms + time.ms } : time);
      });
      timed({ kernels: ofOps, spans });
    }
    return results;
  }

  /** The graph will not run again. Programs stay in the cache of their structure, without the memory that they work in. */
  forget(graph: FuncGraph): void {
    for (const compiled of this.#known.get(graph)?.values() ?? []) compiled?.program.release();
    this.#known.delete(graph);
  }

  #lower({ graph, inputs, read, written }: Call): Compiled | null {
    const builder = new GraphBuilder();
    const nodes = inputs.map(x => builder.input(x.dtype, x.shape));
    const constants = new Map<Node, Strided>();
    graph.inputs.forEach((value, i) => {
      const { constant } = graph.at(value);
      const node = nodes[i];
      if (constant && node) constants.set(node, constant);
    });
    const valuesOf = (node: Node) => {
      const constant = constants.get(node);
      return constant ? this.#engine.read(constant) : null;
    };
    const b = new GraphLib(builder, this.#engine, valuesOf);
    const slots = nodes.map((value): Slot<Node> => ({ value }));
    const first = slots.length - read.length;
    const variables = new Map(read.map((variable, i) => [variable, take(slots, first + i)]));
    const ops: Entry<Node>[] = [];
    const context = { b, engine: this.#engine, graph: this.#graph, variables, entries: ops, print: never };
    try {
      const states = () => written.map(variable => variables.get(variable));
      const outputs = [...runGraph(context, graph, slots.slice(0, first)), ...states()];
      const values = outputs.map(slot => slot?.value ?? never());
      if (values.length === 0) return null;
      const nodesOut = [...values, ...b.pending.map(({ node }) => node)];
      const program = compile(this.#engine, nodesOut, builder.constants);
      let known: Fusion | undefined;
      const fusion = (): Fusion => (known ??= fusionOf(ops, nodesOut, program));
      return { program, count: values.length, pending: b.pending, fusion };
    } catch (error) {
      if (error instanceof NeedsValues) return null;
      throw error;
    }
  }
}
