// Runs a Python program on the bundled runtime.
import path from 'node:path';
import { maskMagics, readNotebook } from '../core/syntax/index.ts';
import { Kernel } from '../kernel/index.ts';
import type { RunEvents } from '../kernel/index.ts';
import type { DeviceChoice, RunStatus } from '../shared/protocol.ts';
import type { LineResult, RunResult } from '../shared/trace.ts';

export interface RunOptions {
  /** The file's text; left out with `module`. */
  readonly source?: string;
  /** Name of the file, as tracebacks show it. */
  readonly path: string;
  /** Run this module as `python -m` does. */
  readonly module?: string;
  readonly argv?: readonly string[];
  /** Working folder; the file's own where left out. */
  readonly folder?: string;
  /** Further folders of modules. */
  readonly paths?: readonly string[];
  /** Further folders that may be read. */
  readonly roots?: readonly string[];
  readonly device?: DeviceChoice;
  /** Seconds. */
  readonly timeout?: number;
  /** Collect line results. */
  readonly lines?: boolean;
  /** Collect the graph and the gradients. */
  readonly trace?: boolean;
  readonly events?: RunEvents;
  /** Interrupts the program, as Ctrl+C does. */
  readonly signal?: AbortSignal;
  /** Run in this kernel instead of one of its own. */
  readonly kernel?: Kernel;
}

export type RunOutcome = Omit<RunResult, 'status'> & { readonly status: RunStatus };

/** The Python text of a file: of a notebook, its code cells, magics left out. */
export function programText(text: string, file: string): string {
  if (!file.endsWith('.ipynb')) return text;
  const notebook = readNotebook(text);
  return maskMagics(notebook.text, notebook.starts).text;
}

/** Runs to the end, whatever the end is; throws `KernelError` only when the runtime cannot start. */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const folder = options.folder ?? path.dirname(path.resolve(options.path));
  const paths = (options.paths ?? []).map(each => path.resolve(each));
  const roots = [folder, ...paths, ...(options.roots ?? [])];
  const source = options.source === undefined ? undefined : programText(options.source, options.path);
  const kernel = options.kernel ?? (await Kernel.start({ roots }));
  const output = { stdout: '', stderr: '' };
  const lines: LineResult[] = [];
  const interrupt = () => kernel.interrupt();
  options.signal?.addEventListener('abort', interrupt);
  try {
    const running = kernel.run(
      {
        path: options.path,
        ...(source === undefined ? {} : { source }),
        ...(options.module === undefined ? {} : { module: options.module }),
        argv: options.argv ?? [],
        folder,
        paths,
        namespace: options.path,
        fresh: true,
        lines: options.lines ?? false,
        firstLine: 0,
        trace: options.trace ?? false,
        device: options.device ?? 'auto',
      },
      {
        ...options.events,
        output(stream, text) {
          output[stream] += text;
          options.events?.output?.(stream, text);
        },
        line(line) {
          lines.push(line);
          options.events?.line?.(line);
        },
      },
      options.timeout === undefined ? undefined : options.timeout * 1000,
    );
    // Asked for while the kernel started: nobody listened yet.
    if (options.signal?.aborted) interrupt();
    const done = await running;
    const { status, error, device, gradients, graph } = done;
    const ms = { start: kernel.startMs, run: done.ms };
    return { status, ...output, error, device, lines, gradients, graph, ms };
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
    if (!options.kernel) await kernel.close();
  }
}
