/** A stretch of time: its start as `performance.now()` gives it, and its length in milliseconds. */
export interface Span {
  readonly began: number;
  readonly ms: number;
}

/** From `began` until now. */
export const since = (began: number): Span => ({ began, ms: performance.now() - began });
