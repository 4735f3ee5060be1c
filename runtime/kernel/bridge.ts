// The module `_tensorlift_bridge`: the functions of the libraries for Python, over integer handles.
import type { PyodideInterface } from 'pyodide';
import type { Heap } from '../ir/array.ts';
import type { Recorder } from '../trace/recorder.ts';

/** What the kernel gives to the bridge. */
export interface BridgeHost {
  /** Pyodide's own linear memory. */
  readonly heap: Heap;
  /** Takes note of ops and gradients while tracing is on. */
  readonly recorder: Recorder;
  /** For `checkInterrupt()` in long loops. */
  readonly python: PyodideInterface;
}

/** Name → function; arguments and results are numbers, strings and booleans (no proxies: they cost more than the call). */
export function createBridge(host: BridgeHost): Record<string, (...args: never[]) => unknown> {
  return {
    heapBytes: () => host.heap.memory.buffer.byteLength,
  };
}
