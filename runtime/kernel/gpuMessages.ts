// What the interpreter's thread asks the kernel's main thread, which owns the GPU, and how the numbers travel: in a piece of
// shared memory that the asking thread makes for each run.
import type { DType } from '../../src/shared/dtypes.ts';
import type { GpuPlan } from '../device/webgpu.ts';

/** Where an array lies in the shared memory. */
export interface Part {
  readonly dtype: DType;
  readonly elements: number;
  readonly offset: number;
}

export type GpuRequest =
  | { readonly ask: 'open' }
  | { readonly ask: 'prepare'; readonly plan: GpuPlan }
  | {
      readonly ask: 'run';
      readonly plan: number;
      readonly memory: SharedArrayBuffer;
      readonly inputs: readonly Part[];
      readonly outputs: readonly Part[];
    }
  | { readonly ask: 'release'; readonly plan: number };

/** Answers are short: the results of a run are in its memory. */
export type GpuAnswer =
  | { readonly kind: 'device'; readonly name: string | null; readonly software: boolean }
  | { readonly kind: 'plan'; readonly plan: number }
  | { readonly kind: 'done' }
  /** It belongs on wasm, and why. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
