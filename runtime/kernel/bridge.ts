// The bridge that Python imports as `_tensorlift_bridge`: handles instead of proxies, integers and strings only, a mailbox in
// the heap for shapes and scalars, errors as text that Python turns into its own exceptions. The functions come in tables.
import type { PyodideInterface } from 'pyodide';
import { createEngine } from '../device/engine.ts';
import type { Gpu } from '../device/gpu.ts';
import type { Engine, Heap, Strided } from '../ir/array.ts';
import { numpyTable } from '../numpy/bridge.ts';
import { randomTable } from '../numpy/random/bridge.ts';
import { answers } from '../numpy/border.ts';
import type { BorderFunction, BorderTable } from '../numpy/border.ts';
import { NumpyError } from '../numpy/errors.ts';
import { tensorflowTable } from '../tensorflow/bridge.ts';
import type { DeviceChoice } from '../../src/shared/protocol.ts';
import type { Recorder } from '../trace/recorder.ts';
import { KernelBorder } from './bridge-border.ts';
import { traceFunctions } from './bridge-trace.ts';
import { countNonFinite, summarize } from './looks/summary.ts';

/** What the kernel gives to the bridge. */
export interface BridgeHost {
  /** Pyodide's own linear memory. */
  readonly heap: Heap;
  /** Where ops may run beside wasm. */
  readonly gpu?: Gpu;
  /** Takes note of ops and gradients while tracing is on. */
  readonly recorder?: Recorder;
  /** For the memoryview of the heap, and for `checkInterrupt()` in long loops. */
  readonly python: PyodideInterface;
}

/** The functions of the libraries, a table per library. */
const tables: readonly BorderTable[] = [numpyTable, randomTable, tensorflowTable];

/** `ExceptionType\nmessage`: errors of the engine that no library caught are internal. */
function describeError(error: unknown): string {
  if (error instanceof NumpyError) return `${error.type}\n${error.message}`;
  if (!(error instanceof Error)) return `RuntimeError\n${String(error)}`;
  // Cancel: checkpoints of long kernels raise it through Pyodide, as an exception of Python.
  if ('type' in error && error.type === 'KeyboardInterrupt') return 'KeyboardInterrupt\n';
  if (error.name === 'OutOfMemory') return `MemoryError\n${error.message}`;
  if (error.name === 'OpError' && /singular/i.test(error.message)) return 'LinAlgError\nSingular matrix';
  // Errors of other libraries carry their Python type themselves.
  if ('pythonType' in error) return `${String(error.pythonType)}\n${error.message}`;
  return `RuntimeError\ninternal error of the tensor engine: ${error.stack ?? error.message}`;
}

/** What the bridge needs of Pyodide's C interface to give Python a memoryview of the whole heap. */
interface PythonModule {
  _PyMemoryView_FromMemory(ptr: number, bytes: number, flags: number): number;
  _PyDict_SetItemString(dict: number, key: number, value: number): number;
  PyProxy_getPtr(proxy: unknown): number;
  stringToNewUTF8(text: string): number;
  _free(ptr: number): void;
}

/** Half of the 32-bit address space, less one element: what one memoryview can span. */
export const heapHalf = 0x7ffffff8;

/** A Python dict with `low` and `high`: writable memoryviews over the linear memory. */
function heapViews(python: PyodideInterface): unknown {
  const m = (python as unknown as { _module: PythonModule })._module;
  const dict = python.toPy({}) as unknown;
  const writable = 0x200;
  ['low', 'high'].forEach((name, i) => {
    const key = m.stringToNewUTF8(name);
    m._PyDict_SetItemString(m.PyProxy_getPtr(dict), key, m._PyMemoryView_FromMemory(i * heapHalf, heapHalf, writable));
    m._free(key);
  });
  return dict;
}

export interface Bridge {
  readonly functions: Record<string, (...args: never[]) => unknown>;
  /** The array behind a handle of Python. */
  array(handle: number): Strided;
}

/**
 * Name → function; arguments and results are numbers and strings (no proxies: they cost more than the call). Functions of the
 * tables return `answers.error` instead of throwing; `error()` then says what happened.
 */
export function createBridge(host: BridgeHost): Bridge {
  const engine: Engine = createEngine(host.heap, {
    checkpoint: () => host.python.checkInterrupt(),
    ...(host.gpu ? { gpu: host.gpu } : {}),
  });
  const border = new KernelBorder(engine, host.recorder);
  let lastError = '';
  const guard =
    (call: BorderFunction): BorderFunction =>
    (...args) => {
      if (host.recorder?.on) host.recorder.begin();
      try {
        return call(...args);
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'KeyboardInterrupt') throw error;
        lastError = describeError(error);
        return answers.error;
      }
    };
  const entries = tables.flatMap(table => Object.entries(table(border)));
  let heap: unknown = heapViews(host.python);
  const functions: Record<string, (...args: never[]) => unknown> = {
    ...Object.fromEntries(entries.map(([name, call]) => [name, guard(call)])),
    ...(host.recorder ? traceFunctions(engine, handle => border.array(handle), host.recorder) : {}),
    /** Name of the GPU; empty where there is none. */
    gpuName: () => host.gpu?.name ?? '',
    /** Where ops run from here on: `auto`, `webgpu` or `wasm`. Gives what held before. */
    device: (choice: DeviceChoice): DeviceChoice => host.gpu?.place(choice) ?? 'wasm',
    /** The `ValueSummary` of an array as JSON; empty where it has none. */
    summary(handle: number): string {
      const found = summarize(host.heap.memory, border.array(handle));
      return found ? JSON.stringify(found) : '';
    },
    nonFinite: (handle: number): number => countNonFinite(host.heap.memory, border.array(handle)),
    error: () => lastError,
    warnings: () => border.takeWarnings(),
    mailbox: () => border.mailbox,
    free(handle: number) {
      engine.release(border.handles.remove(handle));
    },
    /** Arrays that Python holds now. */
    live: () => border.handles.count,
    /** The memoryviews of the heap, once: raw memory is for the numpy package only. */
    heap() {
      const views = heap;
      heap = undefined;
      return views;
    },
    heapBytes: () => host.heap.memory.buffer.byteLength,
    /** All of them: Python looks each up once, for the look-up costs more than the call. */
    names: () => Object.keys(functions).join(' '),
  };
  return { functions, array: handle => border.array(handle) };
}
