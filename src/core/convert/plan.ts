// What each name holds in the converted program. Everything that can be a tensor starts as one; where a store or a use can't be
// converted, the name (and all that share its memory) stays NumPy and the conversion begins anew.
import type { Range } from '../../shared/positions.ts';
import type { Binding } from '../infer/types.ts';

export interface Kept {
  readonly rule: string;
  readonly range: Range;
  readonly reason: string;
}

export class Plan {
  /** Names that stay ndarrays, and why. */
  readonly numpy = new Map<Binding, Kept>();
  /** Names that become tf.Variable because slices of them are assigned. */
  readonly variables = new Set<Binding>();
  /** Functions (node ids) that return arguments which they change → the parameters. */
  readonly returning = new Map<number, readonly string[]>();
  /** Functions whose result stays NumPy because calls of it are not all known. */
  readonly numpyResults = new Set<number>();
  /** For loops (node ids) that fill an array, which failed to become a list. */
  readonly plainLoops = new Set<number>();

  keep(bindings: readonly Binding[], kept: Kept): void {
    for (const binding of bindings) if (!this.numpy.has(binding)) this.numpy.set(binding, kept);
  }
}

/** Thrown when the plan changed: the conversion starts again with the new one. */
export class Replan extends Error {}
