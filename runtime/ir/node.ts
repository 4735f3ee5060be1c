// The one node type from user op to kernel, and the interface over which every function of NumPy and TensorFlow is written.
import type { DType } from '../../src/shared/dtypes.ts';
import type { OpName } from './ops.ts';

export type Attr = number | boolean | string | null | readonly number[];
export type Attrs = Readonly<Record<string, Attr>>;

/** Whatever has a dtype and a shape: a node of a graph, or an array in memory. */
export interface Typed {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** Immutable. `inputs` come before their users: ids grow along every edge. */
export interface Node extends Typed {
  readonly id: number;
  readonly op: OpName;
  readonly inputs: readonly Node[];
  readonly attrs: Attrs;
}

/**
 * Applies primitive ops. The eager builder (`T = Strided`) runs each op when it is called; the graph builder (`T = Node`)
 * records it. A function of the libraries is written once, over this interface, and works in both worlds.
 * Operands are of one dtype already (promotion belongs to the libraries); shapes broadcast as in NumPy.
 * Errors are `OpError`s that name the op, the dtypes and the shapes.
 */
export interface Builder<T extends Typed> {
  op(name: OpName, inputs: readonly T[], attrs?: Attrs): T;
  /** Row-major values; bigint where dtype is int64, number (0 or 1 for bool) elsewhere. */
  constant(values: ArrayLike<number> | ArrayLike<bigint>, dtype: DType, shape: readonly number[]): T;
}
