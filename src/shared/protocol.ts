// The messages between a client (command line, editor) and the kernel process. They travel over the process's IPC channel.
import type { Figure, Slice, SliceRequest, TensorRow } from './tensors.ts';
import type { GradientResult, LineResult, PythonError, RunResult, TraceGraph } from './trace.ts';

/** Which home the ops may run in. `auto` places by dtype and size. */
export type DeviceChoice = 'auto' | 'webgpu' | 'wasm';

/** A program to run: a text with a path, or a module of the kernel (`-m`). */
export interface Program {
  /** Absolute path of the file; the name in tracebacks. */
  readonly path: string;
  /** Left out when `module` is given. */
  readonly source?: string;
  /** The whole text where `source` is a part of it with the other lines blank: tracebacks show its lines. */
  readonly text?: string;
  readonly module?: string;
  /** `sys.argv[1:]`. */
  readonly argv: readonly string[];
  /** Working folder and first entry of `sys.path`. */
  readonly folder: string;
  /** Further entries of `sys.path`, read-only. */
  readonly paths: readonly string[];
  /** Namespace of the program; documents have one each. */
  readonly namespace: string;
  /** True: an empty namespace, as for a new interpreter. */
  readonly fresh: boolean;
  /** Report a `LineResult` for each top-level statement, and that it ran; `all`: for statements inside functions and loops, too. */
  readonly lines: boolean | 'all';
  /** Line of the file where `source` begins (0 for a whole file). */
  readonly firstLine: number;
  /** Record the graph and the gradients. */
  readonly trace: boolean;
  /** Keep the arguments with which its functions are called. */
  readonly calls?: boolean;
  readonly device: DeviceChoice;
  /** The client draws figures: they are sent. Left out, a line on stderr says that there are some. */
  readonly figures?: boolean;
}

/** What the interpreter answers to a `Program`. */
export interface ProgramResult {
  readonly error: PythonError | null;
  readonly ms: number;
}

/** How a kernel is set up; does not change while it lives. */
export interface KernelOptions {
  /** Folders whose files Python may read (never write). */
  readonly roots: readonly string[];
  /** Upper bound of Python's memory in bytes. */
  readonly memoryLimit?: number;
  /** Keep a second interpreter warm, so that a restart is instant. */
  readonly standby: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

export type ToKernel =
  | { readonly type: 'start'; readonly options: KernelOptions }
  /** `timeout` in milliseconds. */
  | { readonly type: 'run'; readonly id: number; readonly program: Program; readonly timeout?: number }
  | { readonly type: 'interrupt' }
  | { readonly type: 'restart' }
  | { readonly type: 'input'; readonly text: string | null }
  /** Asked between programs; answered after the program that runs. */
  | { readonly type: 'tensors'; readonly id: number; readonly namespace: string }
  | { readonly type: 'calls'; readonly id: number; readonly namespace: string }
  | { readonly type: 'slice'; readonly id: number; readonly request: SliceRequest }
  /** Nobody runs anything in this namespace any more: after the program that runs, what it holds is freed. */
  | { readonly type: 'forget'; readonly namespace: string };

export type RunStatus = RunResult['status'] | 'interrupted' | 'died';

export interface RunDone {
  readonly status: RunStatus;
  readonly error: PythonError | null;
  readonly device: RunResult['device'];
  readonly gradients: readonly GradientResult[];
  readonly graph: TraceGraph;
  readonly ms: number;
  /** Bytes of Python's memory after the run. */
  readonly memory: number;
}

export type FromKernel =
  /** An interpreter is ready; `ms` since the process began. Sent again after each restart. */
  | { readonly type: 'ready'; readonly ms: number }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'line'; readonly line: LineResult }
  /** The top-level statement that begins at this line ran to its end; what it printed was sent before. */
  | { readonly type: 'ran'; readonly line: number }
  /** `matplotlib.pyplot.show` was called, or the program ended with a figure that was not shown. */
  | { readonly type: 'figure'; readonly figure: Figure }
  | { readonly type: 'tensors'; readonly id: number; readonly tensors: readonly TensorRow[] }
  /** The calls of the last run: JSON that only Python reads (it knows NaN). */
  | { readonly type: 'calls'; readonly id: number; readonly calls: string }
  /** `problem` says why there is no slice: the name is gone, or the request does not fit it. */
  | { readonly type: 'slice'; readonly id: number; readonly slice: Slice | null; readonly problem?: string }
  /** Python waits for a line on its standard input. */
  | { readonly type: 'input' }
  | { readonly type: 'done'; readonly id: number; readonly result: RunDone }
  /** The interpreter was replaced; its names are gone. */
  | { readonly type: 'restarted'; readonly reason: string }
  /** No interpreter could be started. */
  | { readonly type: 'failed'; readonly message: string; readonly detail: string };
