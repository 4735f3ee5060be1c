// Runs the graph of a tf.function over a builder: op by op on arrays, or once over nodes to compile it. Control flow looks at
// values, so it runs on arrays only. A recorder of entries makes the run differentiable.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Typed } from '../ir/node.ts';
import type { Engine } from '../ir/array.ts';
import { full, isList, number, take } from './build.ts';
import { KernelError, TfError, singularWords } from './errors.ts';
import type { Calls, Entry, Slot } from './gradient.ts';
import { gradientOf, gradientOp, valueOf } from './gradient.ts';
import type { TapeAttrs } from './gradient.ts';
import type { FuncGraph, GraphNode } from './graph.ts';
import { tfOps } from './ops/index.ts';
import type { Lib, TfAttrs } from './types.ts';

export interface RunContext<T extends Typed> {
  readonly b: Lib<T>;
  readonly engine: Engine;
  readonly graph: (id: number) => FuncGraph;
  /** Present values of variables; assignments replace them. */
  readonly variables: Map<number, Slot<T>>;
  /** Takes the ops that run, for a gradient. */
  readonly entries?: Entry<T>[];
  /** What `tf.print` of a graph does. */
  readonly print?: (attrs: TfAttrs, values: readonly T[]) => void;
  /** Called between iterations of long loops. */
  readonly checkpoint?: () => void;
}

type Slots<T> = readonly Slot<T>[];
type Special = <T extends Typed>(context: RunContext<T>, node: GraphNode, inputs: Slots<T>) => Slots<T>;

/** Runs one library op on slots. */
export function runOp<T extends Typed>(context: RunContext<T>, op: string, attrs: TfAttrs, inputs: Slots<T>): Slots<T> {
  const { b, engine } = context;
  const outputs =
    op === gradientOp
      ? gradientOf({ b, engine, calls: callsOf(context) }, inputs, attrs as unknown as TapeAttrs).flatMap(g => g ?? [])
      : (tfOps[op]?.lower({ b, inputs: inputs.map(valueOf), attrs }) ?? []);
  const slots = outputs.map((value): Slot<T> => ({ value }));
  context.entries?.push({ op, attrs, inputs, outputs: slots });
  return slots;
}

/** A kernel's complaint as a running graph raises it; other errors as they are. */
export function graphError(error: unknown, op: string, name: string): unknown {
  const words = singularWords(op, error) ?? (error instanceof KernelError ? error.message : null);
  if (words === null) return error;
  const where = `Detected at node ${op} defined at (most recent call last):`;
  return new TfError(
    'InvalidArgumentError',
    `Graph execution error:\n\n${where}\n${words}\n\t [[{{node ${op}}}]] [Op:${name}]`,
  );
}

export function runGraph<T extends Typed>(context: RunContext<T>, graph: FuncGraph, inputs: Slots<T>): Slots<T> {
  const found = new Map<number, Slot<T>>(graph.inputs.map((id, i) => [id, take(inputs, i)]));
  const slotOf = (id: number): Slot<T> => {
    const slot = found.get(id);
    if (slot) return slot;
    throw new RangeError(`value ${id} of ${graph.name} was not computed`);
  };
  for (const node of graph.nodes) {
    const operands = node.inputs.map(slotOf);
    try {
      const special = specials[node.op];
      const results = special ? special(context, node, operands) : runOp(context, node.op, node.attrs, operands);
      results.forEach((slot, i) => found.set(node.outputs[i] ?? -1, slot));
    } catch (error) {
      throw graphError(error, node.op, graph.name);
    }
  }
  return graph.outputs.map(slotOf);
}

/** As `expander`, for any builder: the variables at hand are known to this one only. */
export function callsOf<T extends Typed>(context: RunContext<T>): Calls {
  const { engine, graph } = context;
  return <U extends Typed>(b: Lib<U>) => {
    const same = (b as unknown) === context.b;
    return expander(same ? (context as unknown as RunContext<U>) : { b, engine, graph, variables: new Map() });
  };
}

/**
 * What a call, a branch or a loop did, as the ops that ran: they run again with the values at hand. Links tell which of
 * the new results are those of the recorded op.
 */
function expander<T extends Typed>(context: RunContext<T>): (entry: Entry<T>) => readonly Entry<T>[] {
  return entry => {
    const special = specials[entry.op];
    if (!special) return [entry];
    const own = isList(entry.attrs.variables) ? entry.attrs.variables.map(Number) : [];
    const count = entry.inputs.length - own.length;
    const variables = own.length ? new Map(own.map((id, i) => [id, take(entry.inputs, count + i)])) : context.variables;
    const entries: Entry<T>[] = [];
    const node = { op: entry.op, attrs: entry.attrs, inputs: [], outputs: [] };
    const results = special({ ...context, variables, entries, print: () => {} }, node, entry.inputs.slice(0, count));
    results.forEach((slot, i) => {
      const output = entry.outputs[i];
      if (output && output !== slot && slot.value)
        entries.push({ op: 'Identity', attrs: {}, inputs: [slot], outputs: [output] });
    });
    return entries;
  };
}

/** All values that slots hold, those in lists included. */
function reachable<T>(slots: Iterable<Slot<T> | null>, found = new Set<T>()): Set<T> {
  for (const slot of slots) {
    if (slot?.value) found.add(slot.value);
    if (slot?.items) reachable(slot.items, found);
  }
  return found;
}

const truth = <T extends Typed>(b: Lib<T>, slot: Slot<T> | undefined): boolean =>
  Number(b.read(valueOf(slot))[0]) !== 0;
const graphAttr = <T extends Typed>(context: RunContext<T>, attrs: TfAttrs, name: string): FuncGraph =>
  context.graph(number(attrs, name, -1));

/** Items with `item` at `index`, grown when it lies behind the end and the list may grow. */
function withItem<T>(
  items: readonly (Slot<T> | null)[],
  index: number,
  item: Slot<T>,
  dynamic: boolean,
): (Slot<T> | null)[] {
  if (index < 0 || (index >= items.length && !dynamic))
    throw new TfError(
      'InvalidArgumentError',
      `Trying to modify element ${index} in a list with ${items.length} elements. [Op:TensorListSetItem] name: `,
    );
  const copy = [...items];
  while (copy.length <= index) copy.push(null);
  copy[index] = item;
  return copy;
}

const listOf = <T>(slot: Slot<T> | undefined): readonly (Slot<T> | null)[] => slot?.items ?? [];
const single = <T>(slots: Slots<T>): Slot<T> => take(slots, 0);

const specials: Readonly<Record<string, Special>> = {
  PartitionedCall: (context, { attrs }, inputs) => runGraph(context, graphAttr(context, attrs, 'graph'), inputs),
  // The condition, then what one branch takes from outside, then what the other takes.
  If: (context, { attrs }, [condition, ...inputs]) => {
    const count = number(attrs, 'then_inputs', 0);
    return truth(context.b, condition)
      ? runGraph(context, graphAttr(context, attrs, 'then'), inputs.slice(0, count))
      : runGraph(context, graphAttr(context, attrs, 'else'), inputs.slice(count));
  },
  // Loop variables, then what the condition takes from outside, then what the body takes.
  While: (context, { attrs }, inputs) => {
    const count = number(attrs, 'count', 0);
    const middle = count + number(attrs, 'cond_inputs', 0);
    const most = number(attrs, 'maximum_iterations', Infinity);
    const [conditionInputs, bodyInputs] = [inputs.slice(count, middle), inputs.slice(middle)];
    const [condition, body] = [graphAttr(context, attrs, 'cond'), graphAttr(context, attrs, 'body')];
    const unseen = { ...context, entries: [] };
    // Without a gradient to come, a turn needs nothing of the turns before but the state.
    const mark = context.entries ? null : context.b.mark?.();
    let state = inputs.slice(0, count);
    for (let i = 0; i < most; i++) {
      if (!truth(context.b, single(runGraph(unseen, condition, [...state, ...conditionInputs])))) break;
      context.checkpoint?.();
      state = runGraph(context, body, [...state, ...bodyInputs]).slice();
      if (typeof mark === 'number') context.b.sweep?.(mark, reachable([...state, ...context.variables.values()]));
    }
    return state;
  },
  ReadVariable: ({ variables }, { attrs }) => {
    const slot = variables.get(number(attrs, 'variable', -1));
    if (!slot) throw new TfError('InvalidArgumentError', 'a variable has no value');
    return [slot];
  },
  AssignVariable: ({ variables }, { attrs }, inputs) => {
    variables.set(number(attrs, 'variable', -1), single(inputs));
    return [];
  },
  Print: (context, { attrs }, inputs) => {
    context.print?.(attrs, inputs.map(valueOf));
    return [];
  },
  Assert: ({ b }, { attrs }, inputs) => {
    if (!truth(b, inputs[0])) throw new KernelError(`assertion failed: [${String(attrs.message ?? '')}]`);
    return [];
  },
  ListReserve: ({ b }, _node, [size]) => {
    const items = new Array<null>(Number(b.read(valueOf(size))[0])).fill(null);
    return [{ value: null, items }];
  },
  ListSet: ({ b }, { attrs }, [list, index, item]) => {
    if (!item) throw new RangeError('an item is missing');
    const at = Number(b.read(valueOf(index))[0]);
    return [{ value: null, items: withItem(listOf(list), at, item, attrs.dynamic === true) }];
  },
  ListGet: (context, { attrs }, [list, index]) => {
    const items = listOf(list);
    const at = Number(context.b.read(valueOf(index))[0]);
    if (at < 0 || at >= items.length)
      throw new KernelError(`Trying to access element ${at} in a list with ${items.length} elements.`);
    const item = items[at];
    return [item ?? zeros(context, attrs, items)];
  },
  ListStack: (context, { attrs }, [list]) => {
    const items = listOf(list);
    if (items.length === 0) {
      const shape = [0, ...((attrs.shape as readonly number[] | null) ?? [])];
      return [{ value: full(context.b, 0, attrs.dtype as DType, shape) }];
    }
    return runOp(
      context,
      'Pack',
      { axis: 0 },
      items.map(item => item ?? zeros(context, attrs, items)),
    );
  },
  ListConcat: (context, _node, [list]) =>
    runOp(
      context,
      'ConcatV2',
      { axis: 0 },
      listOf(list).flatMap(item => item ?? []),
    ),
  ListUnstack: (context, _node, [tensor]) => {
    const slot = tensor ?? { value: null };
    const n = valueOf(slot).shape[0] ?? 0;
    const items = Array.from({ length: n }, (_, i) =>
      single(runOp(context, 'StridedSlice', { spec: [['i', i]] }, [slot])),
    );
    return [{ value: null, items }];
  },
  ListSize: ({ b }, _node, [list]) => [{ value: full(b, listOf(list).length, 'int32', []) }],
};

/** What stands for an item that was never written. */
function zeros<T extends Typed>({ b }: RunContext<T>, attrs: TfAttrs, items: readonly (Slot<T> | null)[]): Slot<T> {
  const like = items.find(item => item !== null);
  const shape = like ? valueOf(like).shape : attrs.shape;
  if (!shape)
    throw new KernelError('Tried to read from an uninitialized TensorArray index without a known element shape');
  return { value: full(b, 0, attrs.dtype as DType, shape as readonly number[]) };
}
