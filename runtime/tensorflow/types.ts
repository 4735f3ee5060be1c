// What an op of TensorFlow is here: its arguments and dtypes as in TensorFlow's own registry, and how it is written in primitives.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Builder, Typed } from '../ir/node.ts';

export type Values = ArrayLike<number> | ArrayLike<bigint>;

/**
 * The builder that ops are lowered over. `T` is an array (eager), or a node of a graph.
 * While a graph is built, values are known for constants only.
 */
export interface Lib<T extends Typed> extends Builder<T> {
  /** Row-major values; throws `NeedsValues` where they are not known yet. */
  read(x: T): Values;
  /** Calls `test` with the values, now or after the graph ran; true when it was called now. `test` throws a `TfError`. */
  check(x: T, test: (values: Values) => void): boolean;
  /** Where the results made from here on begin, for `sweep`: long loops give back what a turn leaves behind. */
  mark?(): number;
  /** Releases what was made since the mark, but for what is live. */
  sweep?(mark: number, live: ReadonlySet<T>): void;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type TfAttrs = Readonly<Record<string, Json>>;

/** A shape that may not be known: null in place of a dimension, or of all of them. */
export type PartialShape = readonly (number | null)[] | null;
export interface Signature {
  readonly dtype: DType;
  readonly shape: PartialShape;
}

export interface LowerArgs<T extends Typed> {
  readonly b: Lib<T>;
  readonly inputs: readonly T[];
  readonly attrs: TfAttrs;
}

export interface GradArgs<T extends Typed> extends LowerArgs<T> {
  readonly outputs: readonly T[];
  /** Cotangents of the outputs. */
  readonly g: T;
}

export interface TfOp {
  /** `x:T y:T`, `values:N*T axis:Tidx`, `condition:bool`: argument and dtype attribute or dtype, as in TensorFlow's registry. */
  readonly args: string;
  /** Dtype attribute → TensorFlow's list of allowed values in its order; attributes left out take anything. */
  readonly allowed?: Readonly<Record<string, string>>;
  /** Allowed dtypes for which TensorFlow has no CPU kernel. */
  readonly noKernel?: readonly DType[];
  readonly lower: <T extends Typed>(args: LowerArgs<T>) => readonly T[];
  /**
   * TensorFlow's own gradient where that of the primitives would differ; `none` where it has none, `missing` where asking for
   * it is an error.
   */
  readonly grad?: 'none' | 'missing' | (<T extends Typed>(args: GradArgs<T>) => readonly (T | null)[]);
  /** Dtypes and shapes of the outputs where they cannot be had by lowering. */
  readonly infer?: (inputs: readonly Signature[], attrs: TfAttrs) => readonly Signature[];
}
