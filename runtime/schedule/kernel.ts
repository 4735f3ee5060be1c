// A kernel as data: loops, index maps, scalar bodies, reductions, stores. The emitters (wasm, WGSL) generate from it alone.
//
//   for each point of `space`                      (parallel: in any order, on any number of threads)
//     stage 0: for each point of `reduce`: steps, feed the reductions
//     stage 1: …steps may use the results of stage 0
//     stage n: `map` over the row (once, or once per point of `reduce`): steps, stores
//
// An elementwise kernel has no `reduce` loops and one `map` stage; softmax is reduce (max), reduce (sum), map.
import type { DType } from '../../src/shared/dtypes.ts';
import type { Access, Int, Step } from '../ir/scalar.ts';

export type { Access, Int, MathOp, ScalarFunction, ScalarOp, Step } from '../ir/scalar.ts';

export interface KernelBuffer {
  readonly dtype: DType;
  /** `write` buffers are stored to and never loaded from, except where the same kernel updates in place. */
  readonly role: 'read' | 'write';
}

export type ReductionOp = 'sum' | 'prod' | 'max' | 'min' | 'argmax' | 'argmin';

export interface Reduction {
  readonly op: ReductionOp;
  /** Position in the stage's steps of the value that is reduced. */
  readonly value: number;
  /** Dtype of the result: that of the value, int64 for argmax and argmin (the index in the one reduce loop). */
  readonly dtype: DType;
}

export interface Store {
  readonly access: Access;
  /** Position in the stage's steps. */
  readonly value: number;
}

export type Stage =
  /** Feeds reductions with the value of a step at each point of `reduce`. */
  | { readonly kind: 'reduce'; readonly steps: readonly Step[]; readonly reductions: readonly Reduction[] }
  /** Once per point of `space` (`over: 'space'`; no access may depend on reduce loops), or per point of space × reduce. */
  | {
      readonly kind: 'map';
      readonly over: 'space' | 'all';
      readonly steps: readonly Step[];
      readonly stores: readonly Store[];
    }
  /** Running sum or product along the one reduce loop; `store` receives every intermediate value. */
  | {
      readonly kind: 'scan';
      readonly op: 'sum' | 'prod';
      readonly steps: readonly Step[];
      readonly value: number;
      readonly store: Access;
    };

/** A loop kernel: elementwise chains, reductions with prologue and epilogue, scans. */
export interface LoopKernel {
  readonly kind: 'loops';
  /** Sizes of the parallel loops, outermost first. */
  readonly space: readonly Int[];
  /** Sizes of the reduction loops, outermost first; empty for elementwise kernels. */
  readonly reduce: readonly Int[];
  /**
   * Which innermost loop runs along memory. Float sums are pairwise along `reduce`, and in plain order where `space` is
   * inner; vectors have their lanes there. It is a matter of speed and of last bits, not of meaning.
   */
  readonly inner: 'space' | 'reduce';
  readonly buffers: readonly KernelBuffer[];
  readonly stages: readonly Stage[];
  /** How many integers each call passes (0 when every size is known). */
  readonly params: number;
}

/**
 * A matrix product per point of `batch`: out[b, i, j] = epilogue(Σ_k lhs[b, i, k] · rhs[b, k, j]).
 * Accesses have the loops batch…, m, n, k; `lhs` does not depend on n, `rhs` not on m. In `epilogue`, `reduced` number 0
 * is the sum, loops are batch…, m, n, and loads may read other operands (a bias).
 */
export interface ContractKernel {
  readonly kind: 'contract';
  readonly dtype: DType;
  readonly batch: readonly number[];
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly buffers: readonly KernelBuffer[];
  readonly lhs: Access;
  readonly rhs: Access;
  readonly epilogue: { readonly steps: readonly Step[]; readonly stores: readonly Store[] };
}

export type Kernel = LoopKernel | ContractKernel;

/** Reductions of all stages in order: `reduced` steps number into this list. */
export const reductionsOf = (kernel: LoopKernel): readonly Reduction[] =>
  kernel.stages.flatMap(stage => (stage.kind === 'reduce' ? stage.reductions : []));
