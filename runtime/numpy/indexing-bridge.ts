// Views, stores and index arrays for Python: the half of the bridge that touches memory that exists.
import { dtypeOfCode, dtypes, isInteger } from '../../src/shared/dtypes.ts';
import type { Strided } from '../ir/array.ts';
import { broadcastShapes as engineBroadcast, permuteLayout, rowMajor } from '../ir/layout.ts';
import { answers } from './border.ts';
import type { Border, BorderFunction } from './border.ts';
import { NumpyError, tuple } from './errors.ts';
import { chooseOffsets, chosenShape, nonzero, offsetArray } from './indexing.ts';
import { broadcastShapes, convert, isScalar, materialize, shapeOf } from './operand.ts';
import type { Operand } from './operand.ts';
import { restored, visitingOrder } from './order.ts';
import { checkCast } from './warnings.ts';

/** A Python float that becomes an integer element goes through Python's int(). */
function checkStored(x: Operand<Strided>, to: Strided): void {
  if (!isScalar(x) || x.weak !== 'float' || !isInteger(to.dtype)) return;
  const value = Number(x.value);
  if (Number.isNaN(value)) throw new NumpyError('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new NumpyError('OverflowError', 'cannot convert float infinity to integer');
}

/** The value of a store as an array that broadcasts to `shape`; leading axes of length 1 fall away, as NumPy allows. */
function fitting(x: Strided, shape: readonly number[]): Strided {
  let { shape: from, strides } = x;
  while (from.length > shape.length && from[0] === 1) [from, strides] = [from.slice(1), strides.slice(1)];
  const fits =
    from.length <= shape.length && from.every((n, i) => n === 1 || n === shape[shape.length - from.length + i]);
  if (!fits)
    throw new NumpyError(
      'ValueError',
      `could not broadcast input array from shape ${tuple(from, ',')} into shape ${tuple(shape, ',')}`,
    );
  return from === x.shape ? x : { ...x, shape: from, strides };
}

export function indexingTable(border: Border): Record<string, BorderFunction> {
  const { engine } = border;

  /** Triples of the mailbox: axis of the view, axis of the user's array, index array. */
  const indices = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      axis: border.mail(3 * i),
      named: border.mail(3 * i + 1),
      index: border.array(border.mail(3 * i + 2)),
    }));

  const table: Record<string, (...args: number[]) => number | string> = {
    /** A view of the storage of `code`: first element counted from its own, shape and strides from the mailbox. */
    view(code = 0, rank = 0, first = 0) {
      const { storage, dtype, offset: start } = border.array(code);
      storage.refs++;
      const offset = start + first;
      const view = { storage, dtype, shape: border.mails(0, rank), strides: border.mails(rank, rank), offset };
      return border.give(view);
    },

    /** The same bytes under another dtype of the same size, or of bytes that divide the last axis. */
    reinterpret(code = 0, to = 5) {
      const x = border.array(code);
      const dtype = dtypeOfCode(to);
      const [from, into] = [dtypes[x.dtype].bytes, dtypes[dtype].bytes];
      const last = x.shape.length - 1;
      const bytes = (x.shape[last] ?? 1) * from;
      if (from !== into && (last < 0 || x.strides[last] !== 1))
        throw new NumpyError(
          'ValueError',
          'To change to a dtype of a different size, the last axis must be contiguous',
        );
      if (bytes % into !== 0)
        throw new NumpyError(
          'ValueError',
          'When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.',
        );
      const scaled = (n: number): number => (n * from) / into;
      x.storage.refs++;
      return border.give({
        storage: x.storage,
        dtype,
        offset: scaled(x.offset),
        shape: from === into ? x.shape : x.shape.map((n, i) => (i === last ? bytes / into : n)),
        strides: from === into ? x.strides : x.strides.map((n, i) => (i === last ? 1 : scaled(n))),
      });
    },

    /** reshape to the shape in the mailbox: a view (slot 255 − 1 says so) or a copy. */
    reshape(code = 0, rank = 0) {
      const x = border.array(code);
      const y = engine.op('reshape', [x], { shape: border.mails(0, rank) });
      const handle = border.give(y);
      border.setMail(viewFlag, y.storage === x.storage ? 1 : 0);
      return handle;
    },

    /** A copy in `dtype`, row-major or (1) in the order of the original; warnings as NumPy's astype. */
    copy(code = 0, to = 5, keep = 0) {
      const x = border.array(code);
      const order = keep ? visitingOrder([x], x.shape) : null;
      const dense = engine.empty(dtypeOfCode(to), order ? order.map(axis => x.shape[axis] ?? 1) : x.shape);
      const y = order ? restored(dense, order) : dense;
      engine.write(y, x);
      checkCast(border, x, y);
      const handle = border.give(y);
      border.trace(x.dtype === y.dtype ? 'copy' : 'cast', [code], handle, x.dtype === y.dtype ? 'np.copy' : 'astype');
      return handle;
    },

    /** `target[...] = value` (slot 0). */
    store(code = 0, value = 0) {
      const target = border.array(code);
      const x = border.operand(value, 0);
      checkStored(x, target);
      border.scope(b => {
        const array = isScalar(x) ? materialize(b, x, target.dtype) : fitting(x, target.shape);
        engine.write(target, array);
      });
      if (!isScalar(x) && x.dtype !== target.dtype) checkCast(border, x, { ...target });
      border.trace('store', [value, code], code, 'store');
      return answers.done;
    },

    /** x[index arrays]: `count` triples in the mailbox. */
    choose(code = 0, count = 0, together = 1) {
      const x = border.array(code);
      const chosen = indices(count);
      // In memory the index axes come first, as NumPy gathers them; the result shows them in their place.
      const { common, before, after } = chosenShape(x, chosen, together !== 0);
      const { offsets, shape } = chooseOffsets(engine, x, chosen, false);
      const places = offsetArray(engine, offsets, shape);
      const dense = engine.take(x, places);
      engine.release(places);
      const rank = common.length;
      const order = [
        ...before.map((_, i) => rank + i),
        ...common.map((_, i) => i),
        ...after.map((_, i) => rank + before.length + i),
      ];
      const y = before.length ? { ...dense, ...permuteLayout(dense, order) } : dense;
      const handle = border.give(y);
      border.trace('take', [code], handle, 'np.take');
      return handle;
    },

    /** x[index arrays] = value (slot 0); `add` accumulates, as ufunc.at does. */
    chooseStore(code = 0, count = 0, together = 1, value = 0, add = 0) {
      const x = border.array(code);
      const operand = border.operand(value, 0);
      const places = indices(count);
      checkStored(operand, x);
      if (isScalar(operand)) convert(operand, x.dtype);
      const { shape: target, before, after } = chosenShape(x, places, together !== 0);
      // Nothing to store: without other axes NumPy asks only that the shapes broadcast.
      const nothing = target.includes(0) && before.length + after.length === 0 && shapeOf(operand).includes(0);
      if (nothing && broadcasts(shapeOf(operand), target)) return answers.done;
      if (!isScalar(operand)) fittingIndexed(operand, target);
      const { offsets, shape } = chooseOffsets(engine, x, places, together !== 0);
      border.scope(b => {
        const array = materialize(b, operand, x.dtype);
        const values = b.op('expand', [fittingIndexed(array, shape)], { shape });
        const spots = offsetArray(engine, offsets, shape);
        engine.put(x, spots, values, add ? 'add' : 'set');
        engine.release(spots);
      });
      if (!isScalar(operand) && operand.dtype !== x.dtype) checkCast(border, operand, x);
      border.trace('put', [value, code], code, 'store');
      return answers.done;
    },

    /** Coordinates of the true elements: int64 [rank, count]. */
    nonzero: (code = 0) => border.give(nonzero(engine, border.array(code))),

    /** The broadcast shape of `count` arrays (handles in the mailbox): rank as answer, lengths in the mailbox. */
    broadcast(count = 0) {
      const shape = broadcastShapes(border.mails(0, count).map(handle => border.array(handle).shape));
      shape.forEach((n, i) => border.setMail(i, n));
      return shape.length;
    },

    /** Bytes in row-major order start here after a copy if need be: 1 when the array lies row-major already. */
    rowMajor(code = 0) {
      const x = border.array(code);
      const strides = rowMajor(x.shape);
      return x.shape.every((n, i) => n <= 1 || strides[i] === x.strides[i]) ? 1 : 0;
    },
  };
  return table as Record<string, BorderFunction>;
}

const broadcasts = (a: readonly number[], c: readonly number[]): boolean => engineBroadcast(a, c) !== null;

/** Position in the mailbox of the flag that `reshape` gave a view. */
const viewFlag = 254;

/** As `fitting`, with the words of index stores. */
function fittingIndexed(x: Strided, shape: readonly number[]): Strided {
  try {
    return fitting(x, shape);
  } catch {
    throw new NumpyError(
      'ValueError',
      `shape mismatch: value array of shape ${tuple(x.shape, ',')} could not be broadcast to indexing result of shape ${tuple(shape, ',')}`,
    );
  }
}
