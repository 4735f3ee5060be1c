// Starts CPython (Pyodide) with the bundled packages and gives back one function, `run`. The same code boots the fenced
// worker of the kernel process and the in-process interpreter of tests and scripts; they differ in their `BootHost` only.
import type { PyodideInterface, loadPyodide } from 'pyodide';
import { createRecorder } from '../trace/recorder.ts';
import type { Locate, Recorder } from '../trace/recorder.ts';
import type { Program, ProgramResult } from '../../src/shared/protocol.ts';
import type { Slice, SliceRequest, TensorRow } from '../../src/shared/tensors.ts';
import type { Gpu } from '../device/gpu.ts';
import { createBridge } from './bridge.ts';
import { SliceProblem, sliceOf } from './looks/slice.ts';
import { limitMemory, pythonHeap, withPythonExports } from './heap.ts';

/** Emscripten's file system object, as far as the kernel uses it. */
export type FileSystem = PyodideInterface['FS'];

/** What the surroundings provide: where files are, where output goes, who interrupts. */
export interface BootHost {
  readonly loadPyodide: typeof loadPyodide;
  /** Folder of pyodide.asm.mjs and pyodide.asm.wasm, with the slash at its end. */
  readonly indexURL: string;
  /** Zip of the standard library; with compiled files it starts in half the time. */
  readonly stdLibURL?: string;
  /** Makes runtime/python importable; returns the entry for sys.path. Called before the interpreter starts. */
  installPackages(fs: FileSystem): string;
  /** Mounts the files of the user; called after the interpreter started. */
  installFiles?(fs: FileSystem): void;
  /** Bytes that Python wrote to stdout (1) or stderr (2). */
  write(stream: 1 | 2, bytes: Uint8Array): void;
  /** A line for input(), without its end; null is the end of the input. */
  readLine(): string | null;
  /** One JSON document of the running program: a line result, a figure. */
  event(json: string): void;
  /** Sleeps the thread. */
  pause(milliseconds: number): void;
  /** Called with true when user code starts to run and with false when it ended. */
  running(flag: boolean): void;
  /** Set to 2 from outside to raise KeyboardInterrupt. */
  readonly interrupt?: Uint8Array;
  /** Upper bound of Python's memory in bytes. */
  readonly memoryLimit?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where ops may run beside wasm. */
  readonly gpu?: Gpu;
  /** Closes what leads out of the interpreter. Called when everything is loaded. */
  fence?(): void;
}

export interface Interpreter {
  readonly python: PyodideInterface;
  readonly recorder: Recorder;
  /** Bytes of Python's memory; they never become less. */
  memoryBytes(): number;
  /** Runs a program; the recorder holds graph and gradients afterwards, if `trace` asked for them. */
  run(program: InnerProgram): ProgramResult;
  /** The arrays and tensors of a namespace. */
  tensors(namespace: string): TensorRow[];
  /** Frees everything that a namespace holds. */
  forget(namespace: string): void;
  /** The calls of functions in the last run of a namespace, as JSON that only Python reads. */
  calls(namespace: string): string;
  /** A slice of one of them; `problem` says why there is none. */
  slice(request: SliceRequest): { readonly slice: Slice | null; readonly problem?: string };
}

/** A program as the interpreter takes it: what is left out of `Program` has its plain default. */
export type InnerProgram = Partial<Program> & { readonly path: string; readonly file?: string };

/** Reads the answer of `tensorlift.positions.locate`. */
function parsePlace(text: string): ReturnType<Locate> {
  const [place = '', ...group] = text.split(';');
  const [line, character, endLine, endCharacter] = place.split(',').map(Number);
  if (line === undefined || character === undefined || endLine === undefined || endCharacter === undefined)
    return { range: null, group };
  return { range: { start: { line, character }, end: { line: endLine, character: endCharacter } }, group };
}

const lockFile = JSON.stringify({
  info: { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten_5_0_3', python: '3.14.2', version: '314.0.7' },
  packages: {},
});

/** Functions given to Python lead nowhere: no prototype, no constructor, no properties to change. */
function sealed(functions: Record<string, (...args: never[]) => unknown>): object {
  const module: Record<string, unknown> = Object.create(null);
  for (const [name, callable] of Object.entries(functions)) {
    Object.setPrototypeOf(callable, null);
    module[name] = Object.freeze(callable);
  }
  return Object.freeze(module);
}

/** The functions of the module `_tensorlift_host`. */
function hostFunctions(host: BootHost, python: PyodideInterface) {
  return {
    sleep(seconds: number) {
      const end = performance.now() + seconds * 1000;
      for (let left = seconds * 1000; left > 0; left = end - performance.now()) {
        host.pause(Math.min(left, 10));
        if (host.interrupt?.[0]) python.checkInterrupt();
      }
    },
    running(flag: boolean) {
      host.running(flag);
      if (!flag && host.interrupt) host.interrupt[0] = 0;
    },
    event: (json: string) => host.event(json),
  };
}

export async function boot(host: BootHost): Promise<Interpreter> {
  let packages = '';
  const { result: python, exports } = await withPythonExports(() =>
    host.loadPyodide({
      indexURL: host.indexURL,
      ...(host.stdLibURL === undefined ? {} : { stdLibURL: host.stdLibURL }),
      jsglobals: Object.freeze(Object.create(null)),
      lockFileContents: lockFile,
      packageBaseUrl: host.indexURL,
      env: { HOME: '/home/pyodide', ...host.environment },
      fsInit: async (fs: FileSystem) => {
        packages = host.installPackages(fs);
      },
    }),
  );
  if (host.memoryLimit !== undefined) limitMemory(exports.memory, host.memoryLimit);
  python.setStdout({ write: bytes => (host.write(1, bytes), bytes.length) });
  python.setStderr({ write: bytes => (host.write(2, bytes), bytes.length) });
  python.setStdin({ stdin: () => host.readLine() });
  if (host.interrupt) python.setInterruptBuffer(host.interrupt);
  host.installFiles?.(python.FS);

  const { gpu } = host;
  const recorder = createRecorder(() => gpu?.runs ?? 0);
  const bridge = createBridge({ heap: pythonHeap(exports), recorder, python, ...(gpu ? { gpu } : {}) });
  python.registerJsModule('_tensorlift_bridge', sealed(bridge.functions));
  python.registerJsModule('_tensorlift_host', sealed(hostFunctions(host, python)));
  python.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(packages)}); import tensorlift.program`);
  const program = python.pyimport('tensorlift.program');
  const values = python.pyimport('tensorlift.values');
  const lastCalls = python.pyimport('tensorlift.lastcalls');
  host.fence?.();
  return {
    python,
    recorder,
    memoryBytes: () => exports.memory.buffer.byteLength,
    run(inner) {
      // One that was meant for the program before.
      if (host.interrupt) host.interrupt[0] = 0;
      recorder.clear();
      if (inner.trace) recorder.start(() => parsePlace(program.locate() as string));
      try {
        return JSON.parse(program.run_json(JSON.stringify(inner)) as string) as ProgramResult;
      } finally {
        recorder.stop();
      }
    },
    tensors: namespace => JSON.parse(values.rows_json(namespace) as string) as TensorRow[],
    forget: namespace => void program.forget(namespace),
    calls: namespace => lastCalls.json_of(namespace) as string,
    slice(request) {
      const found = values.find(request.namespace, request.name) as number | string;
      if (typeof found === 'string') return { slice: null, problem: found };
      try {
        return { slice: sliceOf(exports.memory, bridge.array(found), request) };
      } catch (error) {
        if (error instanceof SliceProblem) return { slice: null, problem: error.message };
        throw error;
      }
    },
  };
}
