// The backward pass of an eager tape as a compiled program. Tapes of one structure (the same ops, attributes and connections on the
// same dtypes and shapes) share one, made when the structure is seen for the second time: a gradient that is taken
// once runs op by op, which is quicker than to compile it.
import type { Engine, Strided } from '../ir/array.ts';
import type { Node } from '../ir/node.ts';
import type { KernelRun } from '../ir/span.ts';
import { compileOps, never, replay, shapesOf } from './compiled.ts';
import type { Compiled } from './compiled.ts';
import type { FuncGraph } from './graph.ts';
import { gradientOf } from './gradient.ts';
import type { Slot, TapeAttrs } from './gradient.ts';
import { callsOf } from './run.ts';

/** Structures that are remembered; the one that was not seen for the longest time goes first. */
const most = 128;
/** Tapes with longer texts (about a thousand ops) are hardly the same twice, and run op by op. */
const longest = 1 << 17;

interface Structure {
  /** Undefined until it is seen again; null for what cannot be compiled. */
  compiled?: Compiled | null;
  /** The results that are there: sources that no target depends on have none. */
  connected: readonly boolean[];
}

export class Backwards {
  readonly #engine: Engine;
  readonly #graph: (id: number) => FuncGraph;
  readonly #known = new Map<string, Structure>();

  constructor(engine: Engine, graph: (id: number) => FuncGraph) {
    this.#engine = engine;
    this.#graph = graph;
  }

  /**
   * The gradients of the tape's sources, null for those that are not connected; null instead of a list where the tape has to
   * run op by op. `tape` is the JSON of a `TapeAttrs`. `timed` asks for the times of the kernels.
   */
  run(tape: string, values: readonly Strided[], timed: ((run: KernelRun) => void) | null): (Strided | null)[] | null {
    if (tape.length > longest) return null;
    const key = `${tape}${shapesOf(values)}`;
    const found = this.#known.get(key);
    this.#remember(key, found ?? { connected: [] });
    if (!found) return null;
    if (found.compiled === undefined) this.#compile(found, JSON.parse(tape) as TapeAttrs, values);
    if (!found.compiled) return null;
    const results = replay(this.#engine, found.compiled, values, timed ?? undefined);
    return found.connected.map(yes => (yes ? (results.shift() ?? null) : null));
  }

  /** Puts a structure last, and forgets the first when there are too many. */
  #remember(key: string, structure: Structure): void {
    this.#known.delete(key);
    this.#known.set(key, structure);
    const [oldest] = this.#known.keys();
    if (this.#known.size <= most || oldest === undefined) return;
    this.#known.get(oldest)?.compiled?.program.release();
    this.#known.delete(oldest);
  }

  #compile(structure: Structure, tape: TapeAttrs, values: readonly Strided[]): void {
    const engine = this.#engine;
    structure.compiled = compileOps(engine, values, (b, nodes, ops) => {
      const calls = callsOf({ b, engine, graph: this.#graph, variables: new Map<number, Slot<Node>>(), print: never });
      const slots = nodes.map((value): Slot<Node> => ({ value }));
      const slotOf = (value: Node | null): Slot<Node> => ({ value });
      const found = gradientOf(
        {
          b,
          engine,
          calls,
          heard: ({ op, attrs, inputs, outputs }, results, _time, incoming) =>
            ops.push({
              op,
              attrs,
              inputs: [...inputs, ...outputs, ...incoming.map(slotOf)],
              outputs: results.map(slotOf),
            }),
        },
        slots,
        tape,
      );
      structure.connected = found.map(node => node !== null);
      return found.filter(node => node !== null);
    });
  }
}
