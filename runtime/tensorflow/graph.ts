// The graph of a tf.function: library ops on numbered values, recorded while Python traces, with dtypes and partly known shapes.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Engine, Strided } from '../ir/array.ts';
import { GraphBuilder } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';
import { sizeOf, take } from './build.ts';
import { checkDTypes } from './check.ts';
import { KernelError, LateKernelError, NeedsValues, TfError } from './errors.ts';
import { gradientOp, lowerGradient } from './gradient.ts';
import type { Calls, TapeAttrs } from './gradient.ts';
import { GraphLib } from './libs.ts';
import { tfOps } from './ops/index.ts';
import type { PartialShape, Signature, TfAttrs, Values } from './types.ts';

export interface GraphValue extends Signature {
  /** Values that are known while tracing. */
  readonly constant?: Strided;
  /** A TensorArray. */
  readonly list?: boolean;
}

export interface GraphNode {
  readonly op: string;
  readonly attrs: TfAttrs;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Ops that the interpreter runs itself, since they hold other graphs, variables, lists or output. */
export const specialOps = new Set(
  'PartitionedCall If While ReadVariable AssignVariable Print Assert ListReserve ListSet ListGet ListStack ListUnstack ListSize'.split(
    ' ',
  ),
);

export class FuncGraph {
  readonly name: string;
  readonly values: GraphValue[] = [];
  readonly nodes: GraphNode[] = [];
  readonly inputs: number[] = [];
  outputs: readonly number[] = [];
  /** Arrays that the graph keeps. */
  readonly owned: Strided[] = [];
  /** Variables that the graph writes, those of graphs within included. */
  readonly assigned = new Set<number>();

  constructor(name: string) {
    this.name = name;
  }

  value(signature: GraphValue): number {
    return this.values.push(signature) - 1;
  }

  input(dtype: DType, shape: PartialShape, list = false): number {
    const id = this.value({ dtype, shape, list });
    this.inputs.push(id);
    return id;
  }

  /** Adds a node whose results Python (or `inferOp`) knows; returns their numbers. */
  add(op: string, attrs: TfAttrs, inputs: readonly number[], results: readonly GraphValue[]): readonly number[] {
    const outputs = results.map(result => this.value(result));
    this.nodes.push({ op, attrs, inputs, outputs });
    return outputs;
  }

  at(id: number): GraphValue {
    return take(this.values, id);
  }
}

const complete = (shape: PartialShape): shape is readonly number[] => shape !== null && shape.every(d => d !== null);

/** Tracing asks for shapes only: what is wrong with values is said when the graph runs. */
class ShapeLib extends GraphLib {
  override check(): boolean {
    return false;
  }
}

/** Two stand-ins for dimensions that are not known: what differs between them is not known in the result either. */
const standIns = [7, 11] as const;

/** What inference needs besides the op. */
export interface Tracer {
  readonly engine: Engine;
  /** What calls within a tape stand for. */
  readonly calls: Calls;
}

/** Dtypes and shapes of an op's results, from what is known of its operands; errors are those of tracing. */
export function inferOp(tracer: Tracer, op: string, attrs: TfAttrs, inputs: readonly GraphValue[]): Signature[] {
  const def = tfOps[op];
  if (!def && op !== gradientOp) throw new TfError('LookupError', `Op type not registered '${op}'`);
  if (def)
    checkDTypes(
      op,
      def,
      inputs.map(x => x.dtype),
      attrs,
    );
  try {
    if (inputs.every(x => complete(x.shape))) return shapesWith(tracer, op, attrs, inputs, 0);
    if (inputs.some(x => x.shape === null)) {
      if (def?.infer) return [...def.infer(inputs, attrs)];
      const flat = inputs.map(x => ({ ...x, shape: x.shape ?? [1] }));
      return merged(tracer, op, attrs, flat).map(({ dtype }) => ({ dtype, shape: null }));
    }
    return merged(tracer, op, attrs, inputs);
  } catch (error) {
    if (error instanceof LateKernelError)
      return def?.infer ? [...def.infer(inputs, attrs)] : [{ dtype: inputs[0]?.dtype ?? 'float32', shape: null }];
    if (error instanceof NeedsValues && def?.infer) return [...def.infer(inputs, attrs)];
    // A gradient has the shape of its source.
    if (error instanceof NeedsValues && op === gradientOp)
      return (attrs as unknown as TapeAttrs).sources.map(i => ({
        dtype: take(inputs, i).dtype,
        shape: take(inputs, i).shape,
      }));
    if (error instanceof NeedsValues) return [{ dtype: inputs[0]?.dtype ?? 'float32', shape: null }];
    if (error instanceof KernelError) {
      const shapes = inputs.map(x => `[${(x.shape ?? []).map(d => d ?? '?').join(',')}]`).join(', ');
      throw new TfError(
        'ValueError',
        `${traceWords(op, error.message, inputs)} for '{{node ${op}}} = ${op}[]' with input shapes: ${shapes}.`,
      );
    }
    throw error;
  }
}

/** What a shape function says of a rank in the kernel's place: the operand, the least or the only rank. */
const ranks: Readonly<Record<string, readonly (readonly [words: RegExp, rank: number, least?: true])[]>> = {
  MatMul: [[/ndims/, 2]],
  BatchMatMulV2: [[/ndims/, 2, true]],
  Unique: [[/1D vector/, 1]],
  Fill: [[/represent a scalar/, 0]],
  MatrixInverse: [[/rank >= 2/, 2, true]],
  MatrixDiagV3: [[/at least 1-dim/, 1, true]],
  MatrixDiagPartV3: [[/at least 2-dim/, 2, true]],
  MatrixSetDiagV3: [[/at least 2-dim/, 2, true]],
  GatherV2: [[/at least 1 dimensional/, 1, true]],
};

/** How shape functions put what kernels say in other words. */
function traceWords(op: string, message: string, inputs: readonly GraphValue[]): string {
  for (const [words, rank, least] of ranks[op] ?? []) {
    const wrong = inputs.map(x => x.shape?.length ?? rank).find(own => (least ? own < rank : own !== rank));
    if (words.test(message) && wrong !== undefined)
      return `Shape must be ${least ? 'at least ' : ''}rank ${rank} but is rank ${wrong}`;
  }
  const reduced = /^Invalid reduction dimension \((-?\d+) for input with (\d+) dimension\(s\)$/.exec(message);
  if (reduced) return `Invalid reduction dimension ${reduced[1]} for input with ${reduced[2]} dimensions.`;
  const tiled = /^Expected multiples argument to be a vector of length (\d+) but got length (\d+)$/.exec(message);
  if (tiled) return `Shape must be rank ${tiled[1]} but is rank ${tiled[2]}`;
  const padded = /^The first dimension of paddings must be the rank of inputs\[(\d+),2\]/.exec(message);
  if (padded) return `Shape must be rank ${padded[1]} but is rank ${inputs[0]?.shape?.length}`;
  const permuted = /^transpose expects a vector of size (\d+)\. But input\(1\) is a vector of size (\d+)$/.exec(
    message,
  );
  if (permuted) return `Dimension must be ${permuted[1]} but is ${permuted[2]}`;
  const product = /^Matrix size-incompatible: In\[0\]: \[(.*)\], In\[1\]: \[(.*)\]$/.exec(message);
  if (product) {
    const [columns, rows] = [product[1]?.split(',').at(-1), product[2]?.split(',').at(-2)];
    if (columns !== rows) return `Dimensions must be equal, but are ${columns} and ${rows}`;
  }
  const squeezed = /^Tried to squeeze dim index (-?\d+) for tensor with (\d+) dimensions\.$/.exec(message);
  if (squeezed) return `squeeze_dims[0] not in [${-Number(squeezed[2])},${squeezed[2]}).`;
  const negative = /^Dimension (-\d+) must be >= 0$/.exec(message);
  if (negative) return `Invalid value in tensor used for shape: ${negative[1]}`;
  const bound = /^(lower|upper)_diag_index is out of bound/.exec(message);
  if (bound) return `${bound[0]}.`;
  if (message.startsWith('The number of diagonals provided'))
    return "The number of rows of `diagonal` doesn't match the number of diagonals implied from `d_lower` and `d_upper`.";
  if (message.startsWith("'dim' must")) return "'dim' input must be a tensor with a single value";
  const reshaped = /^Input to reshape is a tensor with (\d+) values, but the requested shape has (\d+)$/.exec(message);
  if (reshaped) return `Cannot reshape a tensor with ${reshaped[1]} elements to a shape of ${reshaped[2]} elements`;
  if (!message.startsWith('Incompatible shapes')) return message;
  const [x = [], y = []] = inputs.map(input => [...(input.shape ?? [])].reverse());
  const at = x.findIndex((d, i) => d !== y[i] && d !== 1 && y[i] !== 1 && y[i] !== undefined);
  return `Dimensions must be equal, but are ${x[at]} and ${y[at]}`;
}

function merged(tracer: Tracer, op: string, attrs: TfAttrs, inputs: readonly GraphValue[]): Signature[] {
  const tries = standIns.map(stand => {
    try {
      return shapesWith(tracer, op, attrs, inputs, stand);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return shapesWith(tracer, op, attrs, inputs, 1);
    }
  });
  const [first = [], second = []] = tries;
  return first.map((x, i) => {
    const other = second[i]?.shape;
    if (!x.shape || !other || x.shape.length !== other.length) return { dtype: x.dtype, shape: null };
    return { dtype: x.dtype, shape: x.shape.map((d, axis) => (d === other[axis] ? d : null)) };
  });
}

function shapesWith(
  { engine, calls }: Tracer,
  op: string,
  attrs: TfAttrs,
  inputs: readonly GraphValue[],
  stand: number,
): Signature[] {
  const builder = new GraphBuilder();
  const known = new Map<Node, Strided>();
  const nodes = inputs.map(x => {
    const node = builder.input(
      x.dtype,
      (x.shape ?? []).map(d => d ?? stand),
    );
    if (x.constant) known.set(node, x.constant);
    return node;
  });
  const values = (node: Node): Values | null => {
    const constant = known.get(node);
    return constant ? engine.read(constant) : null;
  };
  const lib = new ShapeLib(builder, engine, values);
  const results =
    op === gradientOp
      ? lowerGradient({ b: lib, engine, calls }, nodes, attrs)
      : (tfOps[op]?.lower({ b: lib, inputs: nodes, attrs }) ?? []);
  return results.map(({ dtype, shape }) => ({ dtype, shape: [...shape] }));
}

/** Small results of constants are computed while tracing, so that shapes made from `tf.shape` are known. */
export const foldable = (inputs: readonly GraphValue[], results: readonly Signature[]): boolean =>
  inputs.every(x => x.constant) && results.every(y => complete(y.shape) && sizeOf(y.shape) <= 64);

/** `float32 2,?` for Python; `float32 *` where the rank is not known. */
export const signatureText = ({ dtype, shape }: Signature): string =>
  `${dtype} ${shape ? shape.map(d => d ?? '?').join(',') : '*'}`;

export function parseShape(text: string): PartialShape {
  if (text === '*') return null;
  return text === '' ? [] : text.split(',').map(d => (d === '?' ? null : Number(d)));
}
