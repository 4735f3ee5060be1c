// Functions of functions: `grad` differentiates, `jit` records once and replays the fused program.
// Both trace: they call the function with arrays that have dtype and shape, but no values yet.
import { isFloat, type DType } from '../../src/shared/dtypes.ts';
import { gradient } from '../grad/gradient.ts';
import { GraphBuilder } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';
import { compile, type Program } from '../device/program.ts';
import {
  type ArrayLike,
  concrete,
  currentTrace,
  engine,
  fromValues,
  nodeOf,
  own,
  record,
  Tensor,
  tensorsIn,
  type Trace,
} from './tensor.ts';

export type ArrayFunction<R> = (...args: Tensor[]) => R;

/** Calls `run` with the arguments as arrays; those that had to be made for it are freed. */
function withTensors<R>(given: readonly ArrayLike[], run: (args: Tensor[]) => R): R {
  const args = given.map(x => (x instanceof Tensor ? x : fromValues(x)));
  try {
    return run(args);
  } finally {
    args.forEach((x, i) => {
      if (x !== given[i] && !isNode(x)) x.dispose();
    });
  }
}

/** Runs `f` with new inputs of the arguments' dtypes and shapes. */
function trace<R>(f: ArrayFunction<R>, args: readonly Tensor[]): { readonly result: R; readonly trace: Trace } {
  const builder = new GraphBuilder();
  const inputs = args.map(({ dtype, shape }) => own(builder.input(dtype, shape)));
  const trace: Trace = { builder, captured: new Map(), marks: 0 };
  return { result: record(trace, () => f(...inputs)), trace };
}

const isNode = (x: Tensor): boolean => !('storage' in Tensor.place(x));

/** The node of each array in a result; arrays from outside the trace become constants. */
const nodesOf = (result: unknown, trace: Trace): Node[] => tensorsIn(result).map(x => nodeOf(x, trace));

/** The result with its arrays, in order, replaced. */
function rebuild<R>(result: R, arrays: readonly Tensor[]): R {
  let next = 0;
  const visit = (value: unknown): unknown => {
    if (value instanceof Tensor) return arrays[next++];
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(result) as R;
}

interface Compiled {
  readonly program: Program;
  readonly result: unknown;
}

/**
 * The same function, compiled: the first call with arguments of some dtypes and shapes records what `f` does with
 * them; later calls replay it as one program with fused kernels. `f` returns an array, or a list or record of arrays.
 * What else it does (printing, reading a clock) happens only while recording. Arrays that it takes from outside are
 * constants of the program.
 */
export function jit<R>(f: ArrayFunction<R>): (...args: ArrayLike[]) => R {
  const known = new Map<string, Compiled>();
  const call = (args: Tensor[]): R => {
    if (currentTrace()) return f(...args);
    const key = args.map(({ dtype, shape }) => `${dtype}[${shape.join(',')}]`).join(' ');
    let compiled = known.get(key);
    if (!compiled) {
      const { result, trace: traced } = trace(f, args);
      compiled = { program: compile(engine, nodesOf(result, traced), traced.builder.constants), result };
      known.set(key, compiled);
    }
    const outputs = compiled.program.run(args.map(concrete)).map(own);
    return rebuild(compiled.result, outputs) as R;
  };
  return (...given) => withTensors(given, call);
}

export interface GradOptions {
  /** Position of the argument to differentiate by; for several, the result is a list. */
  readonly argnums?: number | readonly number[];
}
type Gradients<O extends GradOptions> = O['argnums'] extends readonly number[] ? Tensor[] : Tensor;

/** `[f(…), gradient]`: see `grad`. */
export function valueAndGrad<const O extends GradOptions = object>(
  f: ArrayFunction<Tensor>,
  options?: O,
): (...args: ArrayLike[]) => [Tensor, Gradients<O>] {
  const argnums = options?.argnums ?? 0;
  const wanted: readonly number[] = typeof argnums === 'number' ? [argnums] : argnums;

  const differentiate = (args: readonly Tensor[], active: Trace): Tensor[] => {
    const { builder } = active;
    // Each argument gets a node of its own: two of them may be the same array.
    const places = args.map(x => {
      const node = nodeOf(x, active);
      return builder.op('reshape', [node], { shape: node.shape, argument: active.marks++ });
    });
    const value = nodeOf(f(...places.map(own)), active);
    if (value.shape.length > 0 || !isFloat(value.dtype))
      throw new TypeError(
        `grad needs a function whose result is a float without axes, this one gave ${value.dtype}[${value.shape.join(',')}]`,
      );
    const sources = wanted.map(i => {
      const place = places[i];
      if (!place) throw new RangeError(`argnums ${i}: the function was called with ${args.length} arguments`);
      if (!isFloat(place.dtype))
        throw new TypeError(`grad needs float arguments, argument ${i} is ${place.dtype}[${place.shape.join(',')}]`);
      return place;
    });
    const found = gradient(builder, [value], null, sources).map(
      (node, i) => node ?? zerosLike(builder, sources[i] as Node),
    );
    return [value, ...found].map(own);
  };

  return (...given) =>
    withTensors(given, args => {
      const active = currentTrace();
      const results = active ? differentiate(args, active) : jitted(args);
      const [value, ...gradients] = results as [Tensor, ...Tensor[]];
      return [value, (typeof argnums === 'number' ? gradients[0] : gradients) as Gradients<O>];
    });

  function jitted(args: readonly Tensor[]): Tensor[] {
    const run = trace((...inputs) => differentiate(inputs, currentTrace() as Trace), args);
    const program = compile(engine, nodesOf(run.result, run.trace), run.trace.builder.constants);
    return program.run(args.map(concrete)).map(own);
  }
}

const zerosLike = (builder: GraphBuilder, { dtype, shape }: { dtype: DType; shape: readonly number[] }): Node =>
  builder.op('expand', [builder.constant([0], dtype, [])], { shape });

/**
 * The gradient of a function that gives a single number, as a function of the same arguments: exact (reverse mode),
 * not differences. It can be differentiated again: `grad(grad(f))`.
 */
export function grad<const O extends GradOptions = object>(
  f: ArrayFunction<Tensor>,
  options?: O,
): (...args: ArrayLike[]) => Gradients<O> {
  const both = valueAndGrad(f, options);
  return (...args) => {
    const [value, gradients] = both(...args);
    if (!isNode(value)) value.dispose();
    return gradients;
  };
}
