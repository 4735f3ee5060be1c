// The scalar language of kernel bodies: what happens to one element, as a list of steps in single assignment.
// Kernels are made of it, the maths library is written in it, and every emitter speaks it.
import type { DType } from '../../src/shared/dtypes.ts';

/** A size, stride or offset: known when the kernel is made, or number `param` of the integers that each call passes. */
export type Int = number | { readonly param: number };

/** Where element (i0, i1, …) of the loops lies in a buffer: `offset + Σ strides[a] · i[a]`, in elements. */
export interface Access {
  readonly buffer: number;
  readonly offset: Int;
  /** One per loop of the kernel: those of `space`, then those of `reduce`. */
  readonly strides: readonly Int[];
}

type Basic =
  'add' | 'sub' | 'mul' | 'div' | 'neg' | 'abs' | 'sqrt' | 'floor' | 'ceil' | 'round' | 'trunc' | 'min' | 'max';
type Bits = 'and' | 'or' | 'xor' | 'not' | 'shl' | 'shr' | 'ushr' | 'bits' | 'cast' | 'where';
type Compare = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
/** Functions over the basic ops: runtime/math gives their steps (`mathFunction`), an emitter makes a function of each. */
export type MathOp = 'exp' | 'log' | 'sin' | 'cos' | 'tanh' | 'pow' | 'hypot' | 'sign' | 'floordiv' | 'mod' | HostOp;
/** Functions that the host has: JavaScript's Math knows them by these names. */
export const hostOps = [
  ...(['log2', 'log10', 'log1p', 'expm1', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh'] as const),
  ...(['asinh', 'acosh', 'atanh', 'cbrt', 'atan2'] as const),
];
export type HostOp = (typeof hostOps)[number];
/**
 * Arithmetic of kernel bodies. Meanings are those of runtime/emit/scalars.ts: integers wrap, `max` and `min`
 * pass NaN on, comparisons give bool. `where` is (bool, x, y). Bit ops: `shl`, `shr` (keeps the sign), `ushr` on integers of 32 and 64 bits,
 * the count in the same dtype; `bits` reinterprets float32 ↔ int32 and float64 ↔ int64; `trunc` rounds towards zero;
 * `min`/`max` on floats may return either zero of ±0.
 */
export type ScalarOp = Basic | Bits | Compare | MathOp;

/** One step; `args` are positions of earlier steps. The dtype is the result's; bool is 0 or 1. */
export type Step =
  | { readonly op: 'const'; readonly dtype: DType; readonly value: number | bigint }
  | { readonly op: 'load'; readonly dtype: DType; readonly access: Access }
  /** `load` at `access + stride · args[0]`; the index is int32 or int64 and in range. */
  | {
      readonly op: 'loadAt';
      readonly dtype: DType;
      readonly access: Access;
      readonly stride: Int;
      readonly args: readonly [number];
    }
  /** The counter of a loop of the kernel, numbered as in `Access.strides`. */
  | { readonly op: 'index'; readonly dtype: DType; readonly loop: number }
  /** The result of reduction number `reduction` of the kernel, counted through all stages; valid in later stages. */
  | { readonly op: 'reduced'; readonly dtype: DType; readonly reduction: number }
  /** An argument of a maths function. */
  | { readonly op: 'param'; readonly dtype: DType; readonly index: number }
  | { readonly op: ScalarOp; readonly dtype: DType; readonly args: readonly number[] };

/** A function of the maths library: `result` is the position of its value. */
export interface ScalarFunction {
  readonly name: string;
  readonly params: readonly DType[];
  readonly steps: readonly Step[];
  readonly result: number;
}
