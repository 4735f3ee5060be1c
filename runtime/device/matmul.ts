// Matrix products of floats by packed tiles: blocks of k that stay in the caches, blocks of rows between which the caller
// may be interrupted.
import { dtypes } from '../../src/shared/dtypes.ts';
import { load } from '../emit/wasm/module.ts';
import { matmulModule, tiles, unrolled, type FloatRegister } from '../emit/wasm/matmul.ts';
import type { Heap, Strided } from '../ir/array.ts';
import { dotAxes } from '../ir/infer.ts';
import { isRowMajor, permuteLayout, reshapeStrides, rowMajor, sizeOf } from '../ir/layout.ts';
import type { Attrs } from '../ir/node.ts';

type Pack = (from: number, to: number, count: number, depth: number, across: number, along: number) => void;
type Gemm = (a: number, b: number, c: number, m: number, n: number, k: number, row: number, add: number) => void;
interface Functions {
  readonly packLeft: Pack;
  readonly packRight: Pack;
  readonly gemm: Gemm;
}

/** Steps of k and rows per block: a block of the left operand fits the second-level cache. */
const depthBlock = 256;
const rowBlock = 48;
/** Below this many products the plain loops win. */
const smallest = 20000;

/** An operand as [batch, lines, depth]. */
interface Operand {
  readonly ptr: number;
  readonly strides: readonly number[];
}

export interface PackedProduct {
  /** out = lhs · rhs; false when the product is too small or of another dtype, and nothing was done. */
  run(lhs: Strided, rhs: Strided, attrs: Attrs, out: Strided): boolean;
}

/** @param copy `out[...] = x` for arrays of one dtype and shape. */
export function packedProduct(
  heap: Heap,
  copy: (out: Strided, x: Strided) => void,
  checkpoint: () => void,
): PackedProduct {
  const made = new Map<FloatRegister, Functions>();

  function functions(type: FloatRegister): Functions {
    let found = made.get(type);
    if (!found) {
      const [packLeft, packRight, gemm] = load(matmulModule(type), heap.memory) as unknown as [Pack, Pack, Gemm];
      found = { packLeft, packRight, gemm };
      made.set(type, found);
    }
    return found;
  }

  /** Calls `use` with a block of memory that is given back afterwards. */
  function withMemory<T>(bytes: number, use: (ptr: number) => T): T {
    const ptr = heap.alloc(bytes);
    try {
      return use(ptr);
    } finally {
      heap.free(ptr);
    }
  }

  const scratch = (like: Strided, shape: readonly number[], ptr: number): Strided => ({
    ...{ dtype: like.dtype, shape, strides: rowMajor(shape), offset: 0 },
    storage: { ptr, bytes: sizeOf(shape) * dtypes[like.dtype].bytes, refs: 1 },
  });

  function withOperand(x: Strided, axes: readonly number[], to: readonly number[], use: (x: Operand) => void): void {
    const turned: Strided = { ...x, ...permuteLayout(x, axes) };
    const { bytes } = dtypes[x.dtype];
    const strides = reshapeStrides(turned, to);
    if (strides) return use({ ptr: x.storage.ptr + x.offset * bytes, strides });
    withMemory(sizeOf(to) * bytes, ptr => {
      copy(scratch(x, turned.shape, ptr), turned);
      use({ ptr, strides: rowMajor(to) });
    });
  }

  return {
    run(lhs, rhs, attrs, out) {
      if (out.dtype !== 'float32' && out.dtype !== 'float64') return false;
      const axes = dotAxes(lhs, rhs, attrs);
      const length = (x: Strided, list: readonly number[]) => sizeOf(list.map(axis => x.shape[axis] ?? 1));
      const [m, n, k] = [length(lhs, axes.lhsFree), length(rhs, axes.rhsFree), length(lhs, axes.lhsContract)];
      const batch = sizeOf(axes.batch);
      if (m < 4 || n < 4 || k < 4 || m * n * k < smallest || batch === 0) return false;
      const left = [...axes.lhsBatch, ...axes.lhsFree, ...axes.lhsContract];
      const right = [...axes.rhsBatch, ...axes.rhsFree, ...axes.rhsContract];
      withOperand(lhs, left, [batch, m, k], a =>
        withOperand(rhs, right, [batch, n, k], b => product(a, b, { batch, m, n, k }, out)),
      );
      return true;
    },
  };

  function product(
    a: Operand,
    b: Operand,
    { batch, m, n, k }: { batch: number; m: number; n: number; k: number },
    out: Strided,
  ): void {
    const type: FloatRegister = out.dtype === 'float32' ? 'f32' : 'f64';
    const { packLeft, packRight, gemm } = functions(type);
    const { rows, columns, bytes } = tiles[type];
    const up = (size: number, step: number) => Math.ceil(size / step) * step;
    const [mPadded, nPadded, depth] = [up(m, rows), up(n, columns), Math.min(depthBlock, up(k, unrolled))];
    const blockRows = Math.min(up(rowBlock, rows), mPadded);
    const direct = mPadded === m && nPadded === n && isRowMajor(out);
    const [sizeA, sizeB] = [blockRows * depth * bytes, nPadded * depth * bytes];
    const sizeC = direct ? 0 : mPadded * nPadded * bytes;
    withMemory(sizeA + sizeB + sizeC + 64, ptr => {
      const packedA = up(ptr, 16);
      const packedB = packedA + up(sizeA, 16);
      const padded = packedB + up(sizeB, 16);
      for (let image = 0; image < batch; image++) {
        const c = direct ? out.storage.ptr + (out.offset + image * m * n) * bytes : padded;
        for (let from = 0; from < k; from += depth) {
          const steps = Math.min(depth, k - from);
          const at = (x: Operand, line: number) =>
            x.ptr + bytes * (image * (x.strides[0] ?? 0) + line * (x.strides[1] ?? 0) + from * (x.strides[2] ?? 0));
          packRight(at(b, 0), packedB, n, steps, (b.strides[1] ?? 0) * bytes, (b.strides[2] ?? 0) * bytes);
          for (let row = 0; row < m; row += blockRows) {
            const count = Math.min(blockRows, m - row);
            packLeft(at(a, row), packedA, count, steps, (a.strides[1] ?? 0) * bytes, (a.strides[2] ?? 0) * bytes);
            const target = c + row * nPadded * bytes;
            gemm(
              packedA,
              packedB,
              target,
              up(count, rows),
              nPadded,
              up(steps, unrolled),
              nPadded * bytes,
              from > 0 ? 1 : 0,
            );
            checkpoint();
          }
        }
        if (direct) continue;
        const flat = reshapeStrides(out, [batch, m, n]);
        const result = { ...scratch(out, [m, n], padded), strides: [nPadded, 1] };
        if (flat)
          copy({ ...out, shape: [m, n], strides: flat.slice(1), offset: out.offset + image * (flat[0] ?? 0) }, result);
        else storeImage(out, result, image, m, n);
      }
    });
  }

  /** The result's axes do not merge: it is copied in its own shape. */
  function storeImage(out: Strided, result: Strided, image: number, m: number, n: number): void {
    withMemory(m * n * dtypes[out.dtype].bytes, ptr => {
      const dense = scratch(out, [m, n], ptr);
      copy(dense, result);
      let lead = 0;
      let size = 1;
      while (size < sizeOf(out.shape) / (m * n)) size *= out.shape[lead++] ?? 1;
      let rest = image;
      let { offset } = out;
      for (let axis = lead - 1; axis >= 0; axis--) {
        const length = out.shape[axis] ?? 1;
        offset += (rest % length) * (out.strides[axis] ?? 0);
        rest = Math.floor(rest / length);
      }
      const shape = out.shape.slice(lead);
      copy({ ...out, shape, strides: out.strides.slice(lead), offset }, scratch(out, shape, ptr));
    });
  }
}
