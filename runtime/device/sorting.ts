// sort and argsort along one axis: the host's typed-array sort for values, a stable merge sort for positions. NaN comes last.
import { newDense, type Cells, type Dense } from '../emit/dense.ts';
import { sizeOf } from '../ir/layout.ts';
import type { OpName } from '../ir/ops.ts';

type Sortable = Cells & { sort(): void };

/** Sorts every line of `x` along `axis`; argsort gives int64 positions. */
export function sortLines(op: OpName, x: Dense, axis: number): Cells {
  const out = newDense(op === 'argsort' ? 'int64' : x.dtype, x.shape).data;
  const n = x.shape[axis] ?? 1;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const lines = n === 0 ? 0 : sizeOf(x.shape) / n;
  const line = newDense(x.dtype, [n]).data as Sortable;
  for (let k = 0; k < lines; k++) {
    const start = Math.floor(k / inner) * n * inner + (k % inner);
    for (let i = 0; i < n; i++) line[i] = x.data[start + i * inner] as number;
    if (op === 'sort') {
      line.sort();
      for (let i = 0; i < n; i++) out[start + i * inner] = line[i] as number;
    } else {
      const order = argsort(line);
      for (let i = 0; i < n; i++) out[start + i * inner] = BigInt(order[i] ?? 0);
    }
  }
  return out;
}

/** Positions in ascending order of their values, equal values in order of position. */
function argsort(line: Cells): Int32Array {
  const n = line.length;
  let from: Int32Array = Int32Array.from({ length: n }, (_, i) => i);
  let to: Int32Array = new Int32Array(n);
  /** Whether the value at j must come before the one at i, which stands before it now. */
  const before = (j: number, i: number): boolean => {
    const a = line[j] as number;
    const b = line[i] as number;
    return a < b || (b !== b && a === a);
  };
  for (let width = 1; width < n; width *= 2) {
    for (let low = 0; low < n; low += 2 * width) {
      const middle = Math.min(low + width, n);
      const high = Math.min(low + 2 * width, n);
      let [i, j] = [low, middle];
      for (let k = low; k < high; k++) {
        const takeRight = i >= middle || (j < high && before(from[j] ?? 0, from[i] ?? 0));
        to[k] = from[takeRight ? j++ : i++] ?? 0;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
