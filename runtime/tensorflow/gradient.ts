// The gradient over a tape of library ops: walks back over what ran, and turns the cotangents of each op's results into those
// of its operands, by TensorFlow's own rule where one is written down, else by the gradient of the primitives it is made of.
import { isFloat } from '../../src/shared/dtypes.ts';
import type { Engine } from '../ir/array.ts';
import { GraphBuilder } from '../ir/graph.ts';
import type { Node, Typed } from '../ir/node.ts';
import { since } from '../ir/span.ts';
import type { Span } from '../ir/span.ts';
import { gradient } from '../grad/gradient.ts';
import { apply, full, sizeOf, take } from './build.ts';
import { TfError } from './errors.ts';
import { GraphLib, evaluate } from './libs.ts';
import { tfOps } from './ops/index.ts';
import type { Lib, TfAttrs, Values } from './types.ts';

/** A value while a program runs: a tensor, or the items of a TensorArray. Its identity is what tapes follow. */
export interface Slot<T> {
  readonly value: T | null;
  readonly items?: readonly (Slot<T> | null)[];
}

/** A library op that ran. */
export interface Entry<T> {
  readonly op: string;
  readonly attrs: TfAttrs;
  readonly inputs: readonly Slot<T>[];
  readonly outputs: readonly Slot<T>[];
}

/** Runs calls, branches and loops again over a builder, and gives the ops that they did. */
export type Calls = <T extends Typed>(b: Lib<T>) => (entry: Entry<T>) => readonly Entry<T>[];

export interface Backward<T extends Typed> {
  readonly b: Lib<T>;
  readonly engine: Engine;
  /** The ops that a recorded call, branch or loop stands for; ops without this are differentiated as they are. */
  readonly calls?: Calls;
  /** Hears of every op that was differentiated, of the time that it took, and of the cotangents of its results. */
  readonly heard?: (
    entry: Entry<T>,
    results: readonly (T | null)[],
    time: Span,
    incoming: readonly (T | null)[],
  ) => void;
}

export const valueOf = <T>(slot: Slot<T> | undefined): T => {
  if (!slot || slot.value === null) throw new TfError('TypeError', 'A TensorArray stands where a tensor is expected');
  return slot.value;
};

/** Cotangents of the sources, null where no target depends on them. `seeds` null means ones. */
export function reverse<T extends Typed>(
  context: Backward<T>,
  recorded: readonly Entry<T>[],
  targets: readonly Slot<T>[],
  seeds: readonly (T | null)[],
  sources: readonly Slot<T>[],
): (T | null)[] {
  const { b, calls } = context;
  const entries = calls ? recorded.flatMap(calls(b)) : recorded;
  const cotangents = new Map<Slot<T>, T>();
  const add = (slot: Slot<T>, g: T): void => {
    const sum = cotangents.get(slot);
    cotangents.set(slot, sum ? apply(b, 'add', sum, g) : g);
  };
  const live = dependents(entries, sources);
  targets.forEach((target, i) => {
    const y = valueOf(target);
    if (isFloat(y.dtype) && live.has(target)) add(target, seeds[i] ?? full(b, 1, y.dtype, y.shape));
  });
  for (const entry of [...entries].reverse()) {
    const incoming = entry.outputs.map(slot => cotangents.get(slot) ?? null);
    if (incoming.every(g => g === null)) continue;
    // What gives back its operand itself (a variable that was read already) has nothing to pass on.
    if (entry.outputs.every(slot => entry.inputs.includes(slot))) continue;
    const from = context.heard ? performance.now() : 0;
    const results = vjp(context, entry, incoming);
    context.heard?.(entry, results, since(from), incoming);
    results.forEach((g, i) => {
      const slot = entry.inputs[i];
      if (g && slot && live.has(slot) && isFloat(valueOf(slot).dtype)) add(slot, g);
    });
  }
  return sources.map(source => cotangents.get(source) ?? null);
}

/** The slots that depend on the sources, these included. */
function dependents<T>(entries: readonly Entry<T>[], sources: readonly Slot<T>[]): Set<Slot<T>> {
  const live = new Set(sources);
  for (const { inputs, outputs } of entries) if (inputs.some(slot => live.has(slot))) outputs.forEach(y => live.add(y));
  return live;
}

function vjp<T extends Typed>(
  context: Backward<T>,
  { op, attrs, inputs, outputs }: Entry<T>,
  incoming: readonly (T | null)[],
): readonly (T | null)[] {
  const { b } = context;
  const def = tfOps[op];
  const nothing = inputs.map(() => null);
  if ((op !== gradientOp && !def) || def?.grad === 'missing')
    throw new TfError('LookupError', `gradient registry has no entry for: ${op}`);
  if (def?.grad === 'none') return nothing;
  const [xs, ys] = [inputs.map(valueOf), outputs.map(valueOf)];
  if (typeof def?.grad === 'function') {
    const [g] = incoming;
    return g ? def.grad({ b, inputs: xs, outputs: ys, attrs, g }) : nothing;
  }
  return primitiveVjp(context, op, attrs, xs, ys, incoming);
}

/** Differentiates the op's own lowering, on fresh inputs, and builds the result over `b`. */
function primitiveVjp<T extends Typed>(
  { b, engine, calls }: Backward<T>,
  op: string,
  attrs: TfAttrs,
  xs: readonly T[],
  ys: readonly T[],
  incoming: readonly (T | null)[],
): (T | null)[] {
  const builder = new GraphBuilder();
  const places = xs.map(x => builder.input(x.dtype, x.shape));
  const given = new Map<Node, T>(places.map((node, i) => [node, take(xs, i)]));
  const known = (node: Node): Values | null => {
    const x = given.get(node);
    return x && places.includes(node) ? b.read(x) : null;
  };
  const lib = new GraphLib(builder, engine, known);
  const results =
    op === gradientOp
      ? lowerGradient({ b: lib, engine, ...(calls ? { calls } : {}) }, places, attrs)
      : (tfOps[op]?.lower({ b: lib, inputs: places, attrs }) ?? []);
  const seeded = results.flatMap((y, i) => (incoming[i] && isFloat(y.dtype) ? [{ y, g: incoming[i] }] : []));
  const seeds = seeded.map(({ g }) => builder.input(g.dtype, g.shape));
  const found = gradient(
    builder,
    seeded.map(({ y }) => y),
    seeds,
    places,
  );
  seeds.forEach((node, i) => given.set(node, take(seeded, i).g));
  // What the op gave is there already. An op that returns an operand itself must not hide that operand.
  results.forEach((node, i) => {
    const y = ys[i];
    if (y && !given.has(node) && sizeOf(y.shape) === sizeOf(node.shape)) given.set(node, y);
  });
  const wanted = found.filter(node => node !== null);
  const built = evaluate(b, wanted, given, builder.constants);
  return found.map(node => (node ? (built[wanted.indexOf(node)] ?? null) : null));
}

/** The op that stands for a call of `tape.gradient`, so that an outer tape or a graph can hold it. */
export const gradientOp = 'Gradient';

/** An inner tape with slots as numbers: positions among the inputs of the `Gradient` op. */
export interface TapeAttrs {
  readonly entries: readonly (readonly [
    op: string,
    attrs: TfAttrs,
    inputs: readonly number[],
    outputs: readonly number[],
  ])[];
  readonly targets: readonly number[];
  /** Position of the given cotangent, −1 for ones. */
  readonly seeds: readonly number[];
  readonly sources: readonly number[];
}

export function lowerGradient<T extends Typed>(context: Backward<T>, inputs: readonly T[], attrs: TfAttrs): T[] {
  const slots = inputs.map((value): Slot<T> => ({ value }));
  return gradientOf(context, slots, attrs as unknown as TapeAttrs).flatMap(g => g ?? []);
}

/** As `lowerGradient`, with null for sources that are not connected. */
export function gradientOf<T extends Typed>(
  context: Backward<T>,
  slots: readonly Slot<T>[],
  tape: TapeAttrs,
): (T | null)[] {
  const at = (i: number): Slot<T> => take(slots, i);
  const entries = tape.entries.map(([op, attrs, ins, outs]) => ({
    op,
    attrs,
    inputs: ins.map(at),
    outputs: outs.map(at),
  }));
  return reverse(
    context,
    entries,
    tape.targets.map(at),
    tape.seeds.map(i => (i < 0 ? null : valueOf(at(i)))),
    tape.sources.map(at),
  );
}
