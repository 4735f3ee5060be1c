// What the main thread of the kernel process and the worker with the interpreter say to each other.
import type { GradientResult, TraceGraph } from '../../src/shared/trace.ts';
import type { Program, ProgramResult } from '../../src/shared/protocol.ts';
import type { Slice, SliceRequest, TensorRow } from '../../src/shared/tensors.ts';
import type { SharedParts } from './channel.ts';
import type { GpuRequest } from './gpuMessages.ts';

export interface WorkerSetup {
  readonly shared: SharedParts;
  /** URL of the folder with Pyodide's files, slash at its end. */
  readonly assets: string;
  readonly module: WebAssembly.Module;
  readonly standardLibrary: Uint8Array<ArrayBuffer>;
  readonly packages: Uint8Array;
  readonly roots: readonly string[];
  readonly memoryLimit?: number;
  readonly environment: Readonly<Record<string, string>>;
}

export type FileRequest =
  | { readonly ask: 'status' | 'list'; readonly path: string }
  | { readonly ask: 'read'; readonly path: string; readonly offset: number };

export type FromWorker =
  | { readonly type: 'ready' }
  /** The ring has output. */
  | { readonly type: 'output' }
  /** Answered through the shared reply slot. */
  | { readonly type: 'file'; readonly request: FileRequest }
  | { readonly type: 'input' }
  /** Answered through the shared reply slot, as JSON. */
  | { readonly type: 'gpu'; readonly request: GpuRequest }
  | {
      readonly type: 'done';
      readonly result: ProgramResult;
      readonly graph: TraceGraph;
      readonly gradients: readonly GradientResult[];
      readonly memory: number;
      /** The GPU, where something ran on it. */
      readonly gpu: { readonly name: string; readonly software: boolean } | null;
    }
  | { readonly type: 'tensors'; readonly id: number; readonly tensors: readonly TensorRow[] }
  | { readonly type: 'calls'; readonly id: number; readonly calls: string }
  | { readonly type: 'slice'; readonly id: number; readonly slice: Slice | null; readonly problem?: string }
  /** The interpreter is damaged: replace it. */
  | { readonly type: 'fatal'; readonly message: string };

/** Questions about names are answered between programs. */
export type Question =
  | { readonly type: 'tensors'; readonly id: number; readonly namespace: string }
  | { readonly type: 'calls'; readonly id: number; readonly namespace: string }
  | { readonly type: 'slice'; readonly id: number; readonly request: SliceRequest };

/** What the worker says to a question. */
export type Answer = Extract<FromWorker, { type: Question['type'] }>;

/** What is answered where nothing can be. */
export function noAnswer({ type, id }: Pick<Question, 'type' | 'id'>, problem: string): Answer {
  if (type === 'tensors') return { type, id, tensors: [] };
  return type === 'calls' ? { type, id, calls: '{}' } : { type, id, slice: null, problem };
}

export type ToWorker =
  | { readonly type: 'run'; readonly program: Program & { readonly file: string } }
  | { readonly type: 'forget'; readonly namespace: string }
  | Question;
