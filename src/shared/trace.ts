// What a run leaves behind: the graph of ops, gradients, inline results. Written by the kernel, read by the command line and the webview.
import type { DType } from './dtypes.ts';
import type { Range } from './positions.ts';
import type { ValueSummary } from './tensors.ts';

export type Lane = 'forward' | 'backward';
export type NodeKind = 'op' | 'constant' | 'variable' | 'input' | 'result' | 'gradient' | 'update';

export interface TraceNode {
  readonly id: number;
  readonly op: string;
  /** What the user would call it: `MatMul`, `x`, `∂MatMul`. */
  readonly label: string;
  readonly kind: NodeKind;
  readonly lane: Lane;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /**
   * Enclosing groups from outside in: functions by name; loops as two, the loop and its turn (`for step`, `step 0`). After the
   * first turns of a loop, all later ones share a group.
   */
  readonly group: readonly string[];
  readonly range: Range | null;
  readonly device: 'wasm' | 'webgpu' | 'python';
  /**
   * Milliseconds; null where it was not measured. Of the ops with the same `kernel` the last one has the time of all of it,
   * the others null.
   */
  readonly ms: number | null;
  /** Where `ms` was measured: microseconds from the start of the run (as `RunResult.ms.run` counts) to the start of the op or kernel. */
  readonly at?: number;
  readonly bytes: number;
  /** Ops with the same number ran as one kernel; null for ops that ran by themselves. */
  readonly kernel: number | null;
  /** The forward node that a backward node differentiates. */
  readonly mirror: number | null;
  readonly nonFinite: number;
  readonly norm?: number;
  /** Of scalars: the value, as it is printed. */
  readonly value?: string;
  /** The ops of the function for users that this node came from: `tf.matmul`, `np.sum`. */
  readonly api?: string;
}

export interface TraceEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: 'data' | 'gradient' | 'saved' | 'update' | 'seed';
}

export interface TraceGraph {
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  /** The program did more than is recorded: what came after is left out. */
  readonly truncated?: true;
}

export interface LineResult {
  readonly line: number;
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly repr: string;
  readonly ms: number;
  /** Of top-level statements: microseconds from the start of the run, on the clock of `TraceNode.at`. */
  readonly at?: number;
  /** Of arrays and tensors with elements. */
  readonly summary?: ValueSummary;
  /** Inside a function or a loop: it may come again and again, and `ms` is 0, since it was not measured. A `return` has no name. */
  readonly inner?: true;
  /** The line ran more often than it was looked at: one of its values, not certainly the last. */
  readonly sampled?: true;
}

export interface GradientResult {
  readonly line: number;
  readonly target: string;
  readonly source: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly value: string;
  readonly norm: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly zeros: number;
  readonly nonFinite: number;
  /** Counts in equal bins from min to max. */
  readonly histogram?: readonly number[];
  /** Largest relative error against central differences in float64, where it was checked. */
  readonly checkMaxRel?: number | null;
  /** The numbers behind that, those with the largest gradient first; `at: null` is the slope along a random direction. */
  readonly compared?: readonly {
    readonly at: readonly number[] | null;
    readonly tape: number;
    readonly differences: number;
  }[];
  /** The entries with the largest finite magnitude, largest first. */
  readonly largest?: readonly { readonly at: readonly number[]; readonly value: number }[];
}

export interface PythonError {
  readonly type: string;
  readonly message: string;
  readonly traceback: string;
  readonly range: Range | null;
  readonly hint?: string;
  /** Of `sys.exit`. */
  readonly exitCode?: number;
}

export interface RunResult {
  readonly status: 'ok' | 'error' | 'timeout';
  readonly stdout: string;
  readonly stderr: string;
  readonly error: PythonError | null;
  readonly device: { readonly name: string; readonly kind: 'webgpu' | 'wasm'; readonly software: boolean };
  readonly lines: readonly LineResult[];
  readonly gradients: readonly GradientResult[];
  readonly graph: TraceGraph;
  readonly ms: { readonly start: number; readonly run: number };
}
