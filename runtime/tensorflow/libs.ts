// The two worlds that ops are lowered over: arrays at once, and nodes of a graph.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Engine, Strided } from '../ir/array.ts';
import type { GraphBuilder } from '../ir/graph.ts';
import { reachable } from '../ir/graph.ts';
import type { Attrs, Builder, Node, Typed } from '../ir/node.ts';
import type { OpName } from '../ir/ops.ts';
import { NeedsValues } from './errors.ts';
import type { Lib, Values } from './types.ts';

/** Runs every op at once and remembers what it made, so that only what is kept outlives it. */
export class EagerLib implements Lib<Strided> {
  readonly #engine: Engine;
  readonly #made = new Set<Strided>();
  /** What was made, in order. */
  #order: Strided[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  op(name: OpName, inputs: readonly Strided[], attrs?: Attrs): Strided {
    return this.#keepAccount(this.#engine.op(name, inputs, attrs));
  }

  constant(values: Values, dtype: DType, shape: readonly number[]): Strided {
    return this.#keepAccount(this.#engine.constant(values, dtype, shape));
  }

  #keepAccount(y: Strided): Strided {
    this.#made.add(y);
    this.#order.push(y);
    return y;
  }

  mark(): number {
    return this.#order.length;
  }

  sweep(mark: number, live: ReadonlySet<Strided>): void {
    const rest = this.#order.splice(mark);
    for (const x of rest) {
      if (live.has(x)) this.#order.push(x);
      else if (this.#made.delete(x)) this.#engine.release(x);
    }
  }

  read(x: Strided): Values {
    return this.#engine.read(x);
  }

  check(x: Strided, test: (values: Values) => void): boolean {
    test(this.#engine.read(x));
    return true;
  }

  /** Takes `y` out of the care of this builder; the caller releases it. What came from outside is shared. */
  keep(y: Strided): Strided {
    return this.#made.delete(y) ? y : this.#engine.op('reshape', [y], { shape: y.shape });
  }

  /** Releases what was not kept. */
  close(): void {
    for (const x of this.#made) this.#engine.release(x);
    this.#made.clear();
    this.#order = [];
  }
}

/** A check that waits for the run of the graph. */
export interface Pending {
  readonly node: Node;
  readonly test: (values: Values) => void;
}

/** Records nodes. Values are known of constants, and of what `known` tells. */
export class GraphLib implements Lib<Node> {
  readonly builder: GraphBuilder;
  readonly pending: Pending[] = [];
  readonly #engine: Engine;
  readonly #known: (node: Node) => Values | null;

  constructor(builder: GraphBuilder, engine: Engine, known: (node: Node) => Values | null = () => null) {
    this.builder = builder;
    this.#engine = engine;
    this.#known = known;
  }

  op(name: OpName, inputs: readonly Node[], attrs?: Attrs): Node {
    return this.builder.op(name, inputs, attrs);
  }

  constant(values: Values, dtype: DType, shape: readonly number[]): Node {
    return this.builder.constant(values, dtype, shape);
  }

  read(x: Node): Values {
    const constant = this.builder.constants.get(x) ?? this.#known(x);
    if (constant) return constant;
    const inputs = reachable([x]).filter(node => node.op === 'input');
    const values = inputs.map(node => this.#known(node));
    if (values.includes(null)) throw new NeedsValues();
    const b = new EagerLib(this.#engine);
    try {
      const given = new Map(inputs.map((node, i) => [node, b.constant(values[i] ?? [], node.dtype, node.shape)]));
      return this.#engine.read(evaluate(b, [x], given, this.builder.constants)[0] ?? b.constant([], x.dtype, [0]));
    } finally {
      b.close();
    }
  }

  check(x: Node, test: (values: Values) => void): boolean {
    try {
      test(this.read(x));
      return true;
    } catch (error) {
      if (!(error instanceof NeedsValues)) throw error;
      this.pending.push({ node: x, test });
      return false;
    }
  }
}

/** Builds the nodes again over another builder; `given` says what stands for inputs and for nodes that are there already. */
export function evaluate<T extends Typed>(
  b: Builder<T>,
  outputs: readonly Node[],
  given: ReadonlyMap<Node, T>,
  constants: ReadonlyMap<Node, Values>,
): T[] {
  const found = new Map(given);
  const build = (node: Node): T => {
    const done = found.get(node);
    if (done) return done;
    const values = constants.get(node);
    const made = values
      ? b.constant(values, node.dtype, node.shape)
      : b.op(
          node.op,
          node.inputs.map(input => found.get(input) ?? build(input)),
          node.attrs,
        );
    found.set(node, made);
    return made;
  };
  for (const node of needed(outputs, given)) build(node);
  return outputs.map(build);
}

/** What has to be built for `outputs` from what is given, inputs first. */
export function needed(outputs: readonly Node[], given: Pick<ReadonlySet<Node>, 'has'>): Node[] {
  const seen = new Set<Node>();
  const stack = [...outputs];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node) || given.has(node)) continue;
    seen.add(node);
    stack.push(...node.inputs);
  }
  return [...seen].sort((p, q) => p.id - q.id);
}
