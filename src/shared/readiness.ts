// In which of TensorFlow's three ways a function of a file may be used: the types behind hovers and `check --json`.
import type { Range } from './positions.ts';

/** Called with tensors instead of arrays; wrapped in `tf.function`; differentiated on a tape. */
export type Way = 'eager' | 'graph' | 'tape';

export type Readiness =
  | { readonly status: 'safe' }
  | {
      /** `unknown`: something that is not known decides. `none`: there is nothing to ask, as no tensor goes in or comes out. */
      readonly status: 'breaks' | 'unknown' | 'none';
      /** The first place that says so; it may be in a function that is called. */
      readonly range: Range;
      readonly reason: string;
      /** The rule with a page about it. */
      readonly rule?: string;
    };

export interface FunctionReadiness extends Readonly<Record<Way, Readiness>> {
  readonly name: string;
  /** 0-based line, and place, of its name. */
  readonly line: number;
  readonly range: Range;
}
