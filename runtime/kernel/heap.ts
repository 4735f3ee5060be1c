// Pyodide's linear memory as the engine's heap: kernels read and write where Python's own buffers live, so nothing is copied.
// Pyodide does not hand its memory out; the wrapper below keeps the exports of the module that it instantiates.
import type { Heap } from '../ir/array.ts';
import { OutOfMemory } from '../ir/errors.ts';

interface PythonExports {
  readonly memory: WebAssembly.Memory;
  memalign(alignment: number, bytes: number): number;
  free(ptr: number): void;
}

const isPython = (exports: object): exports is PythonExports =>
  'memory' in exports && 'memalign' in exports && 'free' in exports && 'Py_RunMain' in exports;

/** Runs `load` while `WebAssembly.instantiate*` are watched; returns its result and the exports of the Python module. */
export async function withPythonExports<T>(load: () => Promise<T>): Promise<{ result: T; exports: PythonExports }> {
  const { instantiate, instantiateStreaming } = WebAssembly;
  let found: PythonExports | undefined;
  const watch = (made: WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource) => {
    const { exports } = 'instance' in made ? made.instance : made;
    if (isPython(exports)) found = exports;
    return made;
  };
  const wrap = (original: unknown) =>
    async function (...args: unknown[]) {
      return watch(await Reflect.apply(original as typeof instantiate, WebAssembly, args));
    };
  WebAssembly.instantiate = wrap(instantiate) as typeof instantiate;
  WebAssembly.instantiateStreaming = wrap(instantiateStreaming) as typeof instantiateStreaming;
  try {
    const result = await load();
    if (!found) throw new Error('Pyodide did not instantiate its module through WebAssembly.instantiate');
    return { result, exports: found };
  } finally {
    WebAssembly.instantiate = instantiate;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

/** The engine's view of that memory. Blocks are aligned to 64 bytes, so that one fits a cache line and every SIMD load. */
export function pythonHeap(exports: PythonExports): Heap {
  return {
    memory: exports.memory,
    alloc(bytes) {
      const ptr = exports.memalign(64, Math.max(bytes, 1)) >>> 0;
      if (ptr === 0) throw new OutOfMemory(bytes);
      return ptr;
    },
    free: ptr => exports.free(ptr),
  };
}

/** Refuses growth beyond `bytes`; Python then sees MemoryError, as if the machine had no more. */
export function limitMemory(memory: WebAssembly.Memory, bytes: number): void {
  const grow = memory.grow.bind(memory);
  memory.grow = pages => {
    if (memory.buffer.byteLength + pages * 65536 > bytes) throw new RangeError('memory limit of the kernel');
    return grow(pages);
  };
}
