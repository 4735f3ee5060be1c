// What an eager device must be able to do. The engine does the rest: shapes, views, allocation, overlap.
import { listAttr } from '../ir/attrs.ts';
import type { Strided } from '../ir/array.ts';
import { permuteLayout, reductionOrder } from '../ir/layout.ts';
import type { Attrs } from '../ir/node.ts';
import type { OpName } from '../ir/ops.ts';
import { forEachElement, readDense, writeDense, type Cells, type MemoryViews, type Values } from '../emit/dense.ts';
import { runReference } from '../emit/reference.ts';
import { scalarOp } from '../emit/scalars.ts';
import { dtypes } from '../../src/shared/dtypes.ts';
import { ops } from '../ir/ops.ts';
import type { Gpu } from './gpu.ts';
import { runRoutine } from './routines.ts';

/** Operands are inferred and checked; `out` has the result's dtype and shape, any strides, and shares no byte with them. */
export interface Backend {
  run(op: OpName, inputs: readonly Strided[], attrs: Attrs, out: Strided): void;
  /** `out[...] = x`, same dtype and shape. */
  copy(out: Strided, x: Strided): void;
  take(x: Strided, offsets: Strided, out: Strided): void;
  put(x: Strided, offsets: Strided, values: Strided, mode: 'set' | 'add'): void;
}

/** The backend of the reference interpreter. */
export function referenceBackend(views: MemoryViews): Backend {
  return {
    run(op, inputs, attrs, out) {
      const { class: kind } = ops[op];
      const [x] = inputs;
      if (kind === 'reduce' && x) {
        const order = reductionOrder(x, listAttr(op, attrs, 'axes'));
        const result = runReference(op, [readDense(views, { ...x, ...order.view })], { axes: order.axes });
        return writeDense(views, { ...out, ...permuteLayout(out, order.kept) }, result.data);
      }
      const dense = inputs.map(input => readDense(views, input));
      writeDense(views, out, (kind === 'routine' ? runRoutine(op, dense) : runReference(op, dense, attrs)).data);
    },
    copy: (out, x) => writeDense(views, out, readDense(views, x).data),
    take(x, offsets, out) {
      const from = views.of(x.dtype) as Cells;
      const base = x.storage.ptr / dtypes[x.dtype].bytes + x.offset;
      const values = readDense(views, offsets).data;
      const to = readDense(views, out).data;
      for (let i = 0; i < values.length; i++) to[i] = from[base + Number(values[i])] as number;
      writeDense(views, out, to);
    },
    put(x, offsets, values, mode) {
      const to = views.of(x.dtype) as Cells;
      const base = x.storage.ptr / dtypes[x.dtype].bytes + x.offset;
      const updates = readDense(views, values).data;
      const places = readDense(views, offsets).data;
      const add = scalarOp('add', x.dtype);
      forEachElement({ shape: [places.length], strides: [1], offset: 0 }, i => {
        const at = base + Number(places[i]);
        const value = updates[i] as number;
        to[at] = mode === 'add' && add ? add(to[at] as number, value) : value;
      });
    },
  };
}

/** A backend that gives the GPU what belongs there, and the rest to another. */
export function gpuBackend(gpu: Gpu, views: MemoryViews, rest: Backend): Backend {
  return {
    ...rest,
    run(op, inputs, attrs, out) {
      const read = (index: number) => readDense(views, inputs[index] as Strided).data as unknown as Values;
      const values = gpu.single(op, inputs, attrs, out, read);
      if (values) writeDense(views, out, values as Cells);
      else rest.run(op, inputs, attrs, out);
    },
  };
}
