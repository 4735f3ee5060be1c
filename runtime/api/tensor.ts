// Arrays of the TypeScript API, and how a function of the library is applied to them: at once, or recorded while a
// function is being traced by `jit` or `grad`.
import { isBig, type DType } from '../../src/shared/dtypes.ts';
import { createEngine } from '../device/engine.ts';
import { createHeap } from '../device/heap.ts';
import type { Strided, Values } from '../ir/array.ts';
import type { GraphBuilder } from '../ir/graph.ts';
import { rowMajor, sizeOf } from '../ir/layout.ts';
import type { Attrs, Builder, Node, Typed } from '../ir/node.ts';
import type { OpName } from '../ir/ops.ts';
import { NumpyError, tuple } from '../numpy/errors.ts';
import { weak, type Operand } from '../numpy/operand.ts';

/** One value: number for floats and small integers, bigint for int64, boolean for bool. */
export type Scalar = number | bigint | boolean;
/** Nested lists, all of one length at each depth. */
export type Nested = Scalar | readonly Nested[];
export type TypedValues = Values;
/** What functions take: an array, a scalar (which takes on the dtype of the other operand), or nested lists. */
export type ArrayLike = Tensor | Nested | TypedValues;

/**
 * An array that cannot be changed. Its memory is given back by `dispose`, at the end of the `scope` it was made in, or
 * at the latest some time after the array itself was collected.
 */
export class Tensor implements Typed {
  readonly dtype: DType;
  readonly shape: readonly number[];
  #place: Strided | Node | null;

  /** Arrays come from `np.array` and the functions of `np`. */
  constructor(place: Strided | Node) {
    this.dtype = place.dtype;
    this.shape = place.shape;
    this.#place = place;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** The values as nested lists; a scalar for an array without axes. */
  tolist(): Nested {
    const values = this.values();
    const cell = (i: number): Scalar => {
      const value = values[i] ?? 0;
      return this.dtype === 'bool' ? value !== 0 : value;
    };
    const strides = rowMajor(this.shape);
    const list = (axis: number, start: number): Nested =>
      axis === this.shape.length
        ? cell(start)
        : Array.from({ length: this.shape[axis] ?? 0 }, (_, i) => list(axis + 1, start + i * (strides[axis] ?? 1)));
    return list(0, 0);
  }

  /** The one value of an array of size 1. */
  item(): Scalar {
    if (this.size !== 1) throw new NumpyError('ValueError', 'can only convert an array of size 1 to a Python scalar');
    const [value = 0] = this.values();
    return this.dtype === 'bool' ? value !== 0 : value;
  }

  /** A copy of the values in row-major order; bool as 0 and 1. */
  values(): TypedValues {
    return engine.read(concrete(this));
  }

  /** Gives the memory back; the array cannot be used afterwards. */
  dispose(): void {
    const place = this.#place;
    this.#place = null;
    for (const made of scopes) made.delete(this);
    forgotten.unregister(this);
    if (place && isStrided(place)) engine.release(place);
  }

  toString(): string {
    const values = this.#place && isStrided(this.#place) ? ` ${text(this.tolist())}` : '';
    return `${this.dtype}[${this.shape.join(',')}]${values}`;
  }

  /** Where the values are, or the node that stands for them. */
  static place(x: Tensor): Strided | Node {
    if (!x.#place) throw new Error(`this array (${x.dtype}[${x.shape.join(',')}]) was disposed of`);
    return x.#place;
  }
}

const text = (value: Nested): string => (Array.isArray(value) ? `[${value.map(text).join(', ')}]` : String(value));
const isStrided = (place: Strided | Node): place is Strided => 'storage' in place;

/** The engine behind the API: a heap of its own, grown as needed. */
const heap = createHeap();
export const engine = createEngine(heap);
/** Bytes that arrays hold now. */
export const memoryInUse = (): number => heap.used;
const scopes: Set<Tensor>[] = [];
const forgotten = new FinalizationRegistry<Strided>(place => engine.release(place));

/** The graph that is being recorded, with the arrays that it took in as constants. */
export interface Trace {
  readonly builder: GraphBuilder;
  readonly captured: Map<Tensor, Node>;
  /** Counts nodes that must stay apart from equal ones. */
  marks: number;
}
let tracing: Trace | null = null;
export const currentTrace = (): Trace | null => tracing;

const copies = new WeakMap<Tensor, TypedValues>();

/** Records what `run` does. */
export function record<R>(trace: Trace, run: () => R): R {
  const outer = tracing;
  tracing = trace;
  try {
    return run();
  } finally {
    tracing = outer;
  }
}

/** An array that owns `place`. */
export function own(place: Strided | Node): Tensor {
  const tensor = new Tensor(place);
  if (isStrided(place)) {
    scopes.at(-1)?.add(tensor);
    forgotten.register(tensor, place, tensor);
  }
  return tensor;
}

/** The array's memory; arrays inside `jit` and `grad` have none yet. */
export function concrete(x: Tensor): Strided {
  const place = Tensor.place(x);
  if (!isStrided(place))
    throw new Error('inside jit and grad an array has no values yet: return it, and look at the result');
  return place;
}

/** The node of an array in the trace; arrays from outside become constants of the graph. */
export function nodeOf(x: Tensor, { builder, captured }: Trace): Node {
  const place = Tensor.place(x);
  if (!isStrided(place)) return place;
  let node = captured.get(x);
  if (!node) {
    // The same values for every trace: programs are cached by them.
    const values = copies.get(x) ?? x.values();
    copies.set(x, values);
    node = builder.constant(values, x.dtype, x.shape);
    captured.set(x, node);
  }
  return node;
}

/**
 * Frees every array that `run` made, except those that it returns (an array, or a list or record of arrays), which
 * then belong to the scope around it.
 */
export function scope<R>(run: () => R): R {
  const made = new Set<Tensor>();
  scopes.push(made);
  let result: R;
  try {
    result = run();
  } catch (error) {
    scopes.pop();
    made.forEach(tensor => tensor.dispose());
    throw error;
  }
  scopes.pop();
  const kept = new Set(tensorsIn(result));
  for (const tensor of made) {
    if (kept.has(tensor)) scopes.at(-1)?.add(tensor);
    else tensor.dispose();
  }
  return result;
}

/** The arrays in a value, a list or a record, in order. */
export function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(tensorsIn);
}

/** A function of the library, over any builder, of up to three operands. */
export type LibraryFunction = <T extends Typed>(builder: Builder<T>, x: Operand<T>, y: Operand<T>, z: Operand<T>) => T;

/** Applies a library function to arrays and scalars. */
export function apply(f: LibraryFunction, ...args: readonly [ArrayLike, ArrayLike?, ArrayLike?]): Tensor {
  return applyAll(
    (builder, operands) => {
      const [x, y = x, z = y] = operands;
      if (!x || !y || !z) throw new TypeError('an operand is missing');
      return f(builder, x, y, z);
    },
    args.filter(x => x !== undefined),
  );
}

/** As `apply`, for any number of operands. */
export function applyAll(
  f: <T extends Typed>(builder: Builder<T>, operands: readonly Operand<T>[]) => T,
  args: readonly ArrayLike[],
): Tensor {
  const temporary: Tensor[] = [];
  const operands = args.map(x => {
    if (isScalar(x) || x instanceof Tensor) return x;
    const made = fromValues(x);
    temporary.push(made);
    return made;
  });
  const trace = tracing;
  if (trace) {
    const nodes = operands.map(x => (isScalar(x) ? weakScalar<Node>(x) : nodeOf(x, trace)));
    return own(f(trace.builder, nodes));
  }
  const made: Strided[] = [];
  const keep = (x: Strided): Strided => {
    made.push(x);
    return x;
  };
  const builder: Builder<Strided> = {
    op: (name: OpName, inputs: readonly Strided[], attrs?: Attrs) => keep(engine.op(name, inputs, attrs)),
    constant: (values, dtype, shape) => keep(engine.constant(values, dtype, shape)),
  };
  try {
    const result = f(
      builder,
      operands.map(x => (isScalar(x) ? weakScalar<Strided>(x) : concrete(x))),
    );
    const at = made.indexOf(result);
    // A function that gives back its operand: another view of the same memory.
    if (at < 0) return own(engine.op('reshape', [result], { shape: result.shape }));
    made.splice(at, 1);
    return own(result);
  } finally {
    made.forEach(x => engine.release(x));
    temporary.forEach(x => x.dispose());
  }
}

const isScalar = (x: ArrayLike): x is Scalar => typeof x !== 'object';
/** Whole numbers count as Python integers: they leave integer arrays integers. */
const weakScalar = <T>(x: Scalar): Operand<T> =>
  typeof x === 'boolean'
    ? weak(Number(x), 'bool')
    : weak(x, Number.isInteger(x) || typeof x === 'bigint' ? 'int' : 'float');

const typedArrays: readonly [new (n: number) => TypedValues, DType][] = [
  [Int8Array, 'int8'],
  [Uint8Array, 'uint8'],
  [Int16Array, 'int16'],
  [Uint16Array, 'uint16'],
  [Int32Array, 'int32'],
  [Uint32Array, 'uint32'],
  [BigInt64Array, 'int64'],
  [BigUint64Array, 'uint64'],
  [Float32Array, 'float32'],
  [Float64Array, 'float64'],
];

/**
 * An array from nested lists or a typed array. Without `dtype`: numbers give float64 (JavaScript's own number), bigints
 * int64, booleans bool, typed arrays what they hold.
 */
export function fromValues(values: Nested | TypedValues, dtype?: DType): Tensor {
  const typed = typedArrays.find(([type]) => values instanceof type);
  const flat: Scalar[] = [];
  const shape = typed ? [(values as TypedValues).length] : shapeOf(values as Nested, flat);
  const cells = typed ? (values as TypedValues) : flat;
  const found = dtype ?? typed?.[1] ?? defaultDType(flat);
  const data = isBig(found)
    ? Array.from(cells as Iterable<Scalar>, value => BigInt(value))
    : Array.from(cells as Iterable<Scalar>, value => (found === 'bool' ? Number(Boolean(value)) : Number(value)));
  const make = <T extends Typed>(builder: Builder<T>): T => builder.constant(data as Cells, found, shape);
  return tracing ? own(make(tracing.builder)) : own(make<Strided>(engine));
}
type Cells = readonly number[] | readonly bigint[];

const defaultDType = (flat: readonly Scalar[]): DType => {
  const kinds = new Set(flat.map(value => typeof value));
  if (kinds.has('number') || kinds.size === 0) return 'float64';
  return kinds.has('bigint') ? 'int64' : 'bool';
};

function shapeOf(value: Nested, flat: Scalar[]): number[] {
  if (!Array.isArray(value)) {
    flat.push(value as Scalar);
    return [];
  }
  const shapes = (value as readonly Nested[]).map(item => shapeOf(item, flat));
  const [first = []] = shapes;
  if (shapes.some(shape => shape.length !== first.length || shape.some((n, i) => n !== first[i])))
    throw new NumpyError(
      'ValueError',
      `setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The detected shape was ${tuple([value.length])} + inhomogeneous part.`,
    );
  return [value.length, ...first];
}
