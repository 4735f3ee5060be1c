// The eager engine: every op runs when it is called, on arrays in a heap. Movement ops are free views; the rest goes to
// the device's prepared kernels, or to the reference interpreter.
import { dtypes, isFloat, type DType } from '../../src/shared/dtypes.ts';
import { MemoryViews, readDense, type Cells, type Values } from '../emit/dense.ts';
import { listAttr } from '../ir/attrs.ts';
import type { Engine, Heap, Storage, Strided } from '../ir/array.ts';
import { describe, OpError } from '../ir/errors.ts';
import { infer } from '../ir/infer.ts';
import {
  expandStrides,
  isRowMajor,
  mayOverlap,
  memoryOrder,
  permuteLayout,
  reductionOrder,
  reshapeStrides,
  rowMajor,
  sameShape,
  sizeOf,
  sliceLayout,
  type Layout,
} from '../ir/layout.ts';
import type { Attrs, Typed } from '../ir/node.ts';
import { ops, type OpName } from '../ir/ops.ts';
import { gpuBackend, referenceBackend, type Backend } from './backend.ts';
import type { Gpu } from './gpu.ts';
import { wasmBackend } from './wasm.ts';

/** What a tracer hears of each op that ran (views are not announced: they cost nothing). */
export interface OpInfo {
  readonly op: OpName;
  readonly inputs: readonly Strided[];
  readonly output: Strided;
  readonly ms: number;
  /** Number of the kernel: ops with the same number ran as one. */
  readonly kernel: number;
}

export interface EngineOptions {
  /** `wasm` where nothing is said; `reference` is for tests. */
  readonly device?: 'reference' | 'wasm';
  /** Where ops and graphs may run beside wasm. */
  readonly gpu?: Gpu;
  /** Called after every op while it is set; costs nothing while it is not. */
  readonly onOp?: ((info: OpInfo) => void) | undefined;
  /** Called between pieces of long work. What it throws ends the op; its output is then undefined. */
  readonly checkpoint?: (() => void) | undefined;
}

/** The engine, with the hooks that may be set and unset while it lives. */
export interface TracedEngine extends Engine {
  readonly gpu: Gpu | undefined;
  onOp: ((info: OpInfo) => void) | undefined;
  checkpoint: (() => void) | undefined;
}

const noAttrs: Attrs = {};
/** Elements of NumPy's iteration buffer. */
const numpyBuffer = 8192;

/** Two layouts that visit the same elements in the same order: then elementwise ops may write in place. */
const sameElements = (a: Strided, b: Strided): boolean =>
  a.storage === b.storage &&
  a.dtype === b.dtype &&
  a.offset === b.offset &&
  sameShape(a.shape, b.shape) &&
  sameShape(a.strides, b.strides);

const overlaps = (a: Strided, b: Strided): boolean =>
  a.storage === b.storage &&
  mayOverlap(a, a.storage.ptr, dtypes[a.dtype].bytes, b, b.storage.ptr, dtypes[b.dtype].bytes);

export function createEngine(heap: Heap, options: EngineOptions = {}): TracedEngine {
  const views = new MemoryViews(heap.memory);
  const { gpu } = options;
  const own: Backend =
    options.device === 'reference'
      ? referenceBackend(views)
      : wasmBackend(heap, views, { checkpoint: () => engine.checkpoint?.() });
  const backend = gpu ? gpuBackend(gpu, views, own) : own;
  let kernels = 0;

  function empty(dtype: DType, shape: readonly number[]): Strided {
    const bytes = sizeOf(shape) * dtypes[dtype].bytes;
    const storage: Storage = { ptr: heap.alloc(bytes), bytes, refs: 1 };
    return { dtype, shape, strides: rowMajor(shape), offset: 0, storage };
  }

  function release(x: Strided): void {
    const { storage } = x;
    storage.refs--;
    if (storage.refs === 0) heap.free(storage.ptr);
    else if (storage.refs < 0) throw new RangeError(`${describe(x)} was released twice`);
  }

  function view({ storage, dtype }: Strided, { shape, strides, offset }: Layout): Strided {
    storage.refs++;
    return { storage, dtype, shape, strides, offset };
  }

  /** A movement op as a view, or null where it takes a copy. */
  function moved(name: OpName, x: Strided, shape: readonly number[], attrs: Attrs): Strided | null {
    switch (name) {
      case 'reshape': {
        const strides = reshapeStrides(x, shape);
        return strides && view(x, { shape, strides, offset: x.offset });
      }
      case 'permute':
        return view(x, permuteLayout(x, listAttr(name, attrs, 'axes')));
      case 'expand':
        return view(x, { shape, strides: expandStrides(x.shape, x.strides, shape), offset: x.offset });
      case 'slice':
        return view(x, sliceLayout(x, listAttr(name, attrs, 'starts'), shape, listAttr(name, attrs, 'steps')));
      default:
        return null;
    }
  }

  function run(name: OpName, inputs: readonly Strided[], attrs: Attrs, out: Strided): void {
    const [x] = inputs;
    const buffer = name === 'sum' && x ? buffered(x, listAttr(name, attrs, 'axes')) : null;
    if (!buffer) return runOn(name, inputs, attrs, out);
    try {
      runOn(name, [buffer], attrs, out);
    } finally {
      release(buffer);
    }
  }

  /**
   * NumPy sums short runs of several axes that do not merge through a buffer, and so as one run. The same sums, to the
   * last bit, take a copy in memory order; null where there is no such run.
   */
  function buffered(x: Strided, axes: readonly number[]): Strided | null {
    if (!isFloat(x.dtype) || axes.length < 2 || isRowMajor(x)) return null;
    const order = reductionOrder(x, axes);
    const { shape } = order.view;
    let from = shape.length;
    while (order.axes.includes(from - 1)) from--;
    if (shape.length - from < 2 || sizeOf(shape.slice(from)) > numpyBuffer) return null;
    const inMemory = memoryOrder(x);
    const dense = rowMajor(inMemory.map(axis => x.shape[axis] ?? 1));
    const copy = { ...empty(x.dtype, x.shape), strides: x.shape.map((_, axis) => dense[inMemory.indexOf(axis)] ?? 0) };
    backend.copy(copy, x);
    return copy;
  }

  function runOn(name: OpName, inputs: readonly Strided[], attrs: Attrs, out: Strided): void {
    if (!engine.onOp) return backend.run(name, inputs, attrs, out);
    const start = performance.now();
    backend.run(name, inputs, attrs, out);
    engine.onOp({ op: name, inputs, output: out, ms: performance.now() - start, kernel: kernels++ });
  }

  function op(name: OpName, inputs: readonly Strided[], attrs: Attrs = noAttrs): Strided {
    const { dtype, shape } = infer(name, inputs, attrs);
    const [x] = inputs;
    if (x && ops[name].class === 'movement') {
      const result = moved(name, x, shape, attrs);
      if (result) return result;
    }
    const out = empty(dtype, shape);
    try {
      if (x && name === 'reshape') backend.copy({ ...out, shape: x.shape, strides: rowMajor(x.shape) }, x);
      else run(name, inputs, attrs, out);
    } catch (error) {
      release(out);
      throw error;
    }
    return out;
  }

  function checkOut(name: OpName, out: Strided, { dtype, shape }: Typed): void {
    if (out.dtype !== dtype || !sameShape(out.shape, shape))
      throw new OpError(`${name} gives ${describe({ dtype, shape })}, out is ${describe(out)}`, name, [out]);
  }

  function opInto(out: Strided, name: OpName, inputs: readonly Strided[], attrs: Attrs = noAttrs): void {
    checkOut(name, out, infer(name, inputs, attrs));
    const inPlace = ops[name].class === 'elementwise';
    const clash = inputs.some(x => overlaps(out, x) && !(inPlace && sameElements(out, x)));
    if (!clash && ops[name].class !== 'movement') return run(name, inputs, attrs, out);
    const result = op(name, inputs, attrs);
    try {
      write(out, result);
    } finally {
      release(result);
    }
  }

  function write(out: Strided, x: Strided): void {
    const expanded = { ...x, shape: out.shape, strides: expandStrides(x.shape, x.strides, out.shape) };
    infer('expand', [x], { shape: out.shape });
    if (x.dtype !== out.dtype) {
      if (!overlaps(out, x)) return run('cast', [expanded], { dtype: out.dtype }, out);
      const cast = op('cast', [x], { dtype: out.dtype });
      write(out, cast);
      return release(cast);
    }
    if (sameElements(out, expanded)) return;
    if (!overlaps(out, x)) return backend.copy(out, expanded);
    const copy = empty(x.dtype, x.shape);
    backend.copy(copy, x);
    write(out, copy);
    release(copy);
  }

  const engine: TracedEngine = {
    heap,
    gpu,
    onOp: options.onOp,
    checkpoint: options.checkpoint,
    empty,
    op,
    opInto,
    write,
    release,
    constant(values, dtype, shape) {
      const size = sizeOf(shape);
      if (values.length !== size) throw new RangeError(`${values.length} values for ${describe({ dtype, shape })}`);
      const out = empty(dtype, shape);
      const cells = views.of(dtype) as Cells;
      const base = out.storage.ptr / dtypes[dtype].bytes;
      for (let i = 0; i < size; i++) cells[base + i] = values[i] as number;
      return out;
    },
    take(x, offsets) {
      const out = empty(x.dtype, offsets.shape);
      backend.take(x, offsets, out);
      return out;
    },
    put(x, offsets, values, mode) {
      // A put may reach anywhere in the storage, so any view of it counts as overlapping.
      if (x.storage !== values.storage) return backend.put(x, offsets, values, mode);
      const copy = empty(values.dtype, values.shape);
      backend.copy(copy, values);
      backend.put(x, offsets, copy, mode);
      release(copy);
    },
    read: x => readDense(views, x).data as unknown as Values,
  };
  return engine;
}
