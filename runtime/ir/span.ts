/** A stretch of time: its start as `performance.now()` gives it, and its length in milliseconds. */
export interface Span {
  readonly began: number;
  readonly ms: number;
}

/** From `began` until now. */
export const since = (began: number): Span => ({ began, ms: performance.now() - began });

/** What the kernels of a compiled graph did. */
export interface KernelRun {
  /** The kernel of each op of the graph; null for an op that no kernel had to compute. */
  readonly kernels: readonly (number | null)[];
  /** When each kernel ran; of one that ran in several pieces, when it began and the time of all of them. */
  readonly spans: ReadonlyMap<number, Span>;
}
