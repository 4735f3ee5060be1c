// What Python may call of this library: library ops on handles, gradients of tapes, graphs of functions. Handles travel in the
// mailbox; attributes, tapes and signatures as text.
import { dtypeOfCode } from '../../src/shared/dtypes.ts';
import type { Strided } from '../ir/array.ts';
import type { KernelRun } from '../ir/span.ts';
import type { BorderTable, GraphTrace } from '../numpy/border.ts';
import { Backwards } from './backward.ts';
import { number, take, text } from './build.ts';
import { checkDTypes } from './check.ts';
import { CompiledGraphs } from './compiled.ts';
import { KernelError, TfError, kernelError, singularWords } from './errors.ts';
import type { Calls, Entry, Slot, TapeAttrs } from './gradient.ts';
import { gradientOf } from './gradient.ts';
import { FuncGraph, foldable, inferOp, parseShape, signatureText } from './graph.ts';
import { EagerLib } from './libs.ts';
import { tfOps } from './ops/index.ts';
import { printTensor } from './printing.ts';
import type { RunContext } from './run.ts';
import { callsOf, graphError, runGraph, runOp } from './run.ts';
import type { TfAttrs } from './types.ts';

/** Parsed attributes by their text: programs repeat a few of them over and over. */
const parsed = new Map<string, TfAttrs>();
function attributes(json: string): TfAttrs {
  const known = parsed.get(json);
  if (known) return known;
  if (parsed.size > 2000) parsed.clear();
  const attrs = JSON.parse(json) as TfAttrs;
  parsed.set(json, attrs);
  return attrs;
}

/** The parts of a list in text; none of an empty one. */
const parts = (list: string, separator: string): string[] => (list === '' ? [] : list.split(separator));

/** A kernel's complaint with the op's name, as eager execution raises it. */
function complaint(op: string, inputs: readonly Strided[], error: unknown): unknown {
  if (error instanceof KernelError) return kernelError(op, inputs, error.message);
  const singular = singularWords(op, error);
  return singular === null ? error : kernelError(op, inputs, singular);
}

export const tensorflowTable: BorderTable = border => {
  const { engine } = border;
  const graphs: (FuncGraph | undefined)[] = [];
  const graph = (id: number): FuncGraph => {
    const found = graphs[id];
    if (!found) throw new RangeError(`graph ${id} is gone`);
    return found;
  };
  const compiled = new CompiledGraphs(engine, graph);
  const backwards = new Backwards(engine, graph);
  let results: (Strided | null)[] = [];
  let printed = '';

  const handles = (count: number): Strided[] => border.mails(0, count).map(handle => border.array(handle));
  /** For shapes of gradients through calls: values are not asked for, so no builder is at hand. */
  const calls: Calls = b => callsOf({ b, engine, graph, variables: new Map() })(b);
  const constantOf = (x: Strided): Strided => engine.op('reshape', [x], { shape: x.shape });
  const context = (b: EagerLib): RunContext<Strided> => ({
    b,
    engine,
    graph,
    variables: new Map(),
    print: (attrs, values) => {
      printed += render(attrs, values);
    },
  });
  const render = (attrs: TfAttrs, values: readonly Strided[]): string =>
    text(attrs, 'template').replaceAll(/\u0000(\d+)\u0000/g, (_, i: string) => {
      const x = take(values, Number(i));
      return printTensor(engine.read(x), x.dtype, x.shape, number(attrs, 'summarize', 3));
    });

  /** Runs work over arrays; what it returns is kept in `results`. */
  function collect(work: (b: EagerLib) => readonly (Strided | null)[]): number {
    const b = new EagerLib(engine);
    try {
      results = work(b).map(y => y && b.keep(y));
      return results.length;
    } finally {
      b.close();
    }
  }

  /**
   * Tells a trace what a compiled graph did. Times and results are those of the compiled run. Fused kernels keep no values
   * between their ops, so the ops run a second time, one by one and not timed, for norms and what is not finite.
   */
  function show(
    trace: GraphTrace<Entry<Strided>>,
    name: string,
    ran: KernelRun,
    made: readonly Strided[],
    opByOp: (b: EagerLib) => readonly (Strided | null)[],
  ): void {
    const b = new EagerLib(engine);
    try {
      const again = opByOp(b);
      trace.finish(name, { ...ran, results: made.flatMap((y, i) => (again[i] ? [[y, again[i]] as const] : [])) });
    } finally {
      b.close();
    }
  }

  return {
    /** A library op on the handles in the mailbox; the first result, the others by `tf_result`. */
    tf_op(op, count, json, api) {
      const def = tfOps[op];
      if (!def) throw new TfError('LookupError', `Op type not registered '${op}'`);
      const operands = border.mails(0, count);
      const inputs = operands.map(handle => border.array(handle));
      const attrs = attributes(json);
      checkDTypes(
        op,
        def,
        inputs.map(x => x.dtype),
        attrs,
      );
      try {
        collect(b => def.lower({ b, inputs, attrs }));
      } catch (error) {
        throw complaint(op, inputs, error);
      }
      const handle = border.give(take(results, 0) as Strided);
      results[0] = null;
      border.trace(op, operands, handle, api);
      return handle;
    },
    /** Result `i` of the last call as a handle; −2 where there is none. */
    tf_result(i) {
      const x = results[i];
      results[i] = null;
      if (!x) return -2;
      const handle = border.give(x);
      return handle;
    },
    /** The gradient of a tape, a `TapeAttrs` as JSON, over the arrays of its slots. Returns the number of sources. */
    tf_gradient(json, slots) {
      const values = parts(slots, ',').map(handle => border.array(Number(handle)));
      const listener = border.tape?.() ?? null;
      const done = backwards.run(json, values, listener && (run => listener.ran(run)));
      if (done && !listener) {
        results = done;
        return results.length;
      }
      // Fused kernels keep no values between their ops: a trace takes norms from a second run, op by op.
      const tape = JSON.parse(json) as TapeAttrs;
      const inputs = values.map((value): Slot<Strided> => ({ value }));
      const heard = listener ? { heard: listener.heard } : {};
      collect(b => gradientOf({ b, engine, calls: callsOf(context(b)), ...heard }, inputs, tape));
      if (done) {
        results.forEach(x => x && engine.release(x));
        results = done;
      }
      listener?.finish(
        tape.sources.map(i => take(inputs, i)),
        results,
      );
      return results.length;
    },

    /** `name:kind` of each argument of an op. */
    tf_arguments: op => tfOps[op]?.args ?? '',
    tf_graph: name => graphs.push(new FuncGraph(name)) - 1,
    /** Nobody can run it any more. */
    tf_graph_free(id) {
      const g = graph(id);
      graphs[id] = undefined;
      compiled.forget(g);
      g.owned.forEach(x => engine.release(x));
      return 0;
    },
    tf_graph_input: (id, code, shape, list) => graph(id).input(dtypeOfCode(code), parseShape(shape), list === 'list'),
    /** An array from outside, known while tracing. */
    tf_graph_capture(id, handle) {
      const x = border.array(handle);
      const constant = constantOf(x);
      graph(id).owned.push(constant);
      const value = graph(id).value({ dtype: x.dtype, shape: x.shape, constant });
      graph(id).inputs.push(value);
      return value;
    },
    /** A value of the graph around this one. */
    tf_graph_outer(id, outer, outerValue) {
      const value = graph(id).value(graph(outer).at(outerValue));
      graph(id).inputs.push(value);
      return value;
    },
    /** An op of the graph on the values whose numbers are in the mailbox; `id dtype shape` of each result. */
    tf_graph_op(id, op, count, json) {
      const g = graph(id);
      const operands = border.mails(0, count);
      const attrs = attributes(json);
      const inputs = operands.map(value => g.at(value));
      const signatures = inferOp({ engine, calls }, op, attrs, inputs);
      let known: (Strided | undefined)[] = [];
      if (inputs.length > 0 && foldable(inputs, signatures)) {
        const slots = inputs.map(x => ({ value: x.constant ?? null }));
        try {
          collect(b => runOp(context(b), op, attrs, slots).map(slot => slot.value));
          known = results.map(x => x ?? undefined);
          g.owned.push(...results.flatMap(x => x ?? []));
        } catch (error) {
          // It will raise when the graph runs.
          if (graphError(error, op, g.name) === error) throw error;
        }
      }
      const made = signatures.map((y, i) => (known[i] ? { ...y, constant: known[i] } : y));
      return g
        .add(op, attrs, operands, made)
        .map((value, i) => `${value} ${signatureText(take(made, i))}`)
        .join(';');
    },
    /** A call, branch, loop, variable access or list op: its results are told by Python as `dtype shape[ list]`. */
    tf_graph_special(id, op, count, json, signatures) {
      const made = parts(signatures, ';').map(line => {
        const [code = '0', shape = '', list] = line.split(' ');
        return { dtype: dtypeOfCode(Number(code)), shape: parseShape(shape), list: list === 'list' };
      });
      return graph(id)
        .add(op, JSON.parse(json) as TfAttrs, border.mails(0, count), made)
        .map((value, i) => `${value} ${signatureText(take(made, i))}`)
        .join(';');
    },
    tf_graph_outputs(id, count) {
      graph(id).outputs = border.mails(0, count);
      return 0;
    },
    /** dtype and shape of a value; its constant value is `tf_graph_constant`. */
    tf_graph_value: (id, value) => signatureText(graph(id).at(value)),
    tf_graph_constant(id, value) {
      const x = graph(id).at(value).constant;
      return x ? border.give(constantOf(x)) : -2;
    },
    /** Runs a graph on the handles in the mailbox, the last ones being the variables `read`; results, then variables `written`. */
    tf_graph_run(id, count, read, written) {
      const g = graph(id);
      const own = parts(read, ',').map(Number);
      const arrays = handles(count);
      const trace = border.graphTrace?.<Entry<Strided>>() ?? null;
      const states = parts(written, ',').map(Number);
      const inputs = arrays.map((value): Slot<Strided> => ({ value }));
      const opByOp = (b: EagerLib): (Strided | null)[] => {
        const run = trace ? { ...context(b), entries: trace.entries } : context(b);
        own.forEach((variable, i) => run.variables.set(variable, take(inputs, count - own.length + i)));
        const outputs = runGraph(run, g, inputs.slice(0, count - own.length));
        return [...outputs, ...states.map(variable => run.variables.get(variable))].map(slot => slot?.value ?? null);
      };
      let done: Strided[] | null;
      let heard: KernelRun | undefined;
      try {
        const timed = trace ? (run: KernelRun) => (heard = run) : undefined;
        done = compiled.run({ graph: g, inputs: arrays, read: own, written: states }, timed);
      } catch (error) {
        throw graphError(error, g.name, g.name);
      }
      if (!done)
        return collect(b => {
          const made = opByOp(b);
          trace?.finish(g.name);
          return made;
        });
      results = done;
      if (trace && heard) show(trace, g.name, heard, done, opByOp);
      return results.length;
    },
    /** The text of a tf.print on the handles in the mailbox. */
    tf_print: (count, json) => render(attributes(json), handles(count)),
    /** What graphs printed since the last call. */
    tf_printed() {
      const words = printed;
      printed = '';
      return words;
    },
  };
};
