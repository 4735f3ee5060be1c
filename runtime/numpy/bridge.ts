// What Python may call of this library: each function reads its arguments from the border and gives back a handle.
// Families share one function each, with the name as an index into its table.
import { dtypeOfCode, dtypes, isInteger, promote } from '../../src/shared/dtypes.ts';
import type { DType } from '../../src/shared/dtypes.ts';
import { arrayTypes } from '../emit/dense.ts';
import type { Engine, Strided } from '../ir/array.ts';
import type { Builder } from '../ir/node.ts';
import { absent, answers, weakScalar } from './border.ts';
import type { Border, BorderFunction, BorderTable } from './border.ts';
import { eye, ones, zeros } from './creation.ts';
import { callUfunc, clip, clipBound, hasLoop, loopDType, operatorPower, ufuncs, where } from './elementwise.ts';
import type { UfuncName, UfuncRow } from './elementwise.ts';
import { NumpyError, tuple } from './errors.ts';
import { indexingTable } from './indexing-bridge.ts';
import { det, dot, inv, matmul, norm, outer, solve } from './linalg.ts';
import type { NormOrder } from './linalg.ts';
import { broadcastShapes, cast, convert, isScalar, materialize, resultType, shapeOf } from './operand.ts';
import type { Operand } from './operand.ts';
import { reordered, restored, visitingOrder } from './order.ts';
import * as reductions from './reductions.ts';
import type { VarianceOptions } from './reductions.ts';
import { checkReductionShapes, reducing, remap, remapped } from './reduction-shapes.ts';
import { checkCast, checkReduction, checkUfunc, warnOfEmpty } from './warnings.ts';

type Reduction = (b: Builder<Strided>, a: Strided, options: VarianceOptions<Strided>) => Strided;
type Along = (b: Builder<Strided>, a: Strided, axis: number | null, more: AlongOptions) => Strided;
interface AlongOptions {
  readonly keepdims: boolean;
  readonly dtype: DType | null;
}

/** The functions of each family, by NumPy's name. The generator of the Python wrappers reads the names. */
export const families = {
  ufunc: ufuncs,
  reduction: {
    sum: reductions.sum,
    prod: reductions.prod,
    mean: reductions.mean,
    std: reductions.std,
    var: reductions.variance,
    max: reductions.max,
    min: reductions.min,
    any: reductions.any,
    all: reductions.all,
  } satisfies Record<string, Reduction>,
  along: {
    argmax: (b, a, axis, { keepdims }) => reductions.argmax(b, a, axis, keepdims),
    argmin: (b, a, axis, { keepdims }) => reductions.argmin(b, a, axis, keepdims),
    argsort: (b, a, axis) => reductions.argsort(b, a, axis),
    sort: (b, a, axis) => reductions.sort(b, a, axis),
    cumsum: (b, a, axis, { dtype }) => reductions.cumsum(b, a, axis, dtype),
    cumprod: (b, a, axis, { dtype }) => reductions.cumprod(b, a, axis, dtype),
  } satisfies Record<string, Along>,
  filled: { zeros, ones, empty: zeros },
  product: { dot, matmul },
} as const;

const float64 = dtypes.float64.code;
/** An axis argument of None. */
const noAxis = 2 ** 30;
const dtypeOrNull = (code: number): DType | null => (code < 0 ? null : dtypeOfCode(code));
const rank: Record<string, number> = { b: 0, u: 1, i: 2, f: 3 };

/** `numpy.can_cast(from, to, 'same_kind')`. */
export const sameKind = (from: DType, to: DType): boolean =>
  from === 'bool' || (rank[dtypes[from].kind] ?? 0) <= (rank[dtypes[to].kind] ?? 0);

function pick<T>(entries: readonly [string, T][], index: number): [string, T] {
  const entry = entries[index];
  if (!entry) throw new RangeError(`no function has the number ${index}`);
  return entry;
}

function checkOutCast(name: string, from: DType, out: Strided): void {
  if (!sameKind(from, out.dtype))
    throw new NumpyError(
      'UFuncOutputCastingError',
      `Cannot cast ufunc '${name}' output from dtype('${from}') to dtype('${out.dtype}') with casting rule 'same_kind'`,
    );
}

function checkOutShape(shapes: readonly (readonly number[])[], out: Strided): void {
  const common = broadcastShapes(shapes);
  if (tuple(common) !== tuple(out.shape))
    throw new NumpyError(
      'ValueError',
      `non-broadcastable output operand with shape ${tuple(out.shape, ',')} doesn't match the broadcast shape ${tuple(common, ',')}`,
    );
}

/** `dtype=` of a ufunc: the inputs must be castable to the loop. */
function checkInputs(name: UfuncName, operands: readonly Operand<Strided>[], dtype: DType | null): void {
  if (!dtype) return;
  const shown = name === 'abs' ? 'absolute' : name;
  if (!hasLoop(name, dtype))
    throw new NumpyError(
      'TypeError',
      `No loop matching the specified signature and casting was found for ufunc ${shown}`,
    );
  if (ufuncs[name].predicate) return;
  operands.forEach((x, i) => {
    if (!sameKind(x.dtype, dtype) && !(isScalar(x) && x.weak === 'int' && isInteger(dtype)))
      throw new NumpyError(
        'UFuncInputCastingError',
        `Cannot cast ufunc '${shown}' input ${operands.length > 1 ? `${i} ` : ''}from dtype('${x.dtype}') to dtype('${dtype}') with casting rule 'same_kind'`,
      );
  });
}

function refuseNegativeExponents(border: Border, operands: readonly Operand<Strided>[]): void {
  const [base, exponent] = operands;
  if (!base || !exponent || isScalar(exponent) || !isInteger(resultType(operands))) return;
  broadcastShapes(operands.map(shapeOf));
  for (const v of border.engine.read(exponent))
    if (v < 0) throw new NumpyError('ValueError', 'Integers to negative integer powers are not allowed.');
}

export const numpyTable: BorderTable = border => {
  const { engine } = border;
  const rows = Object.entries<UfuncRow>(ufuncs);
  const reductionFunctions = Object.entries<Reduction>(families.reduction);
  const alongFunctions = Object.entries<Along>(families.along);
  const products = Object.entries(families.product);

  /** A fresh result for Python: an array, or a NumPy scalar where the result has no axes. */
  const answer = (name: string, operands: readonly number[], x: Strided): number => {
    if (x.shape.length === 0) return border.giveScalar(x);
    const handle = border.give(x);
    border.trace(name, operands, handle, `np.${name}`);
    return handle;
  };

  /** `out=` of functions that are no ufuncs; reductions cast to it whatever it is. */
  const intoOut = (name: string, code: number, x: Strided, casting: 'same_kind' | 'unsafe' = 'same_kind'): number => {
    const out = border.array(code);
    try {
      if (tuple(out.shape) !== tuple(x.shape))
        throw new NumpyError('ValueError', `output parameter for reduction operation ${name} has the wrong shape`);
      if (casting === 'same_kind') checkOutCast(name, x.dtype, out);
      engine.write(out, x);
    } finally {
      engine.release(x);
    }
    return answers.done;
  };

  const table: Record<string, (...args: number[]) => number | string> = {
    /** ufunc number, operands (slots 0 and 1), loop dtype, out, where, 1 for the operator `**`. */
    ufunc(
      index = 0,
      left = absent,
      right = absent,
      dtypeCode = -1,
      outCode = absent,
      whereCode = absent,
      operator = 0,
    ) {
      const [name, row] = rows[index] as [UfuncName, UfuncRow];
      const codes = row.nin === 1 ? [left] : [left, right];
      const operands = codes.map((code, slot) => border.operand(code, slot));
      const dtype = dtypeOrNull(dtypeCode);
      if (dtype && !row.predicate && hasLoop(name, dtype))
        for (const x of operands) if (isScalar(x) && x.weak === 'int') convert(x, dtype);
      checkInputs(name, operands, dtype);
      if (name === 'power') refuseNegativeExponents(border, operands);
      const mask = whereCode === absent ? null : border.array(whereCode);
      const out = outCode === absent ? null : border.array(outCode);
      const shown = name === 'abs' ? 'absolute' : name;
      const loop = dtype ?? loopDType(name, operands);
      if (!row.predicate) for (const x of operands) if (isScalar(x)) convert(x, loop);
      if (out) checkOutCast(shown, row.predicate ? 'bool' : loop, out);
      if (out) checkOutShape([...operands.map(shapeOf), out.shape, ...(mask ? [mask.shape] : [])], out);
      let words: UfuncName = name;
      let seen: readonly Operand<Strided>[] = operands;
      const arrays = operands.filter((x): x is Strided => !isScalar(x));
      const shape = broadcastShapes(operands.map(shapeOf));
      const order = out || mask ? null : visitingOrder(arrays, shape);
      const dense = border.fresh(b => {
        const [base, exponent] = order
          ? operands.map(x => (isScalar(x) ? x : reordered(b, x, shape, order)))
          : operands;
        const inputs = exponent ? [base, exponent] : [base];
        if (operator && base && exponent && !isScalar(base)) {
          const quick = operatorPower(b, base, exponent);
          if (quick) {
            const value = isScalar(exponent) ? Number(exponent.value) : 0;
            words = value === 2 ? 'square' : value === 0.5 ? 'sqrt' : 'divide';
            if (value === -1) seen = [{ weak: 'float', dtype: 'float64', value: 1 }, ...operands.slice(0, 1)];
            return quick;
          }
        }
        const y = callUfunc(
          b,
          name,
          inputs.filter(x => x !== undefined),
          dtype,
        );
        if (!mask) return y;
        if (out) return b.op('where', [mask, cast(b, y, out.dtype), out]);
        return b.op('where', [mask, y, zeros(b, broadcastShapes([y.shape, mask.shape]), y.dtype)]);
      });
      const result = order ? restored(dense, order) : dense;
      if (words !== 'divide' && words !== name) seen = operands.slice(0, 1);
      checkUfunc(border, words, seen, result, seen === operands || words !== 'divide' ? words : 'reciprocal');
      if (!out) return answer(name, codes, result);
      try {
        engine.write(out, result);
      } finally {
        engine.release(result);
      }
      border.trace(name, codes, outCode, `np.${name}`);
      return answers.done;
    },

    /** The operators: a binary ufunc of two operands, `**` with its quick exponents, a unary ufunc. */
    binary: (index = 0, left = 0, right = 0) => table.ufunc?.(index, left, right) ?? answers.error,
    power: (index = 0, left = 0, right = 0) =>
      table.ufunc?.(index, left, right, -1, absent, absent, 1) ?? answers.error,
    unary: (index = 0, x = 0) => table.ufunc?.(index, x) ?? answers.error,

    /** The dtype code of the loop that a ufunc would run. */
    loop(index = 0, left = absent, right = absent) {
      const [name, row] = rows[index] as [UfuncName, UfuncRow];
      const codes = row.nin === 1 ? [left] : [left, right];
      return dtypes[
        loopDType(
          name,
          codes.map((code, slot) => border.operand(code, slot)),
        )
      ].code;
    },

    /** reduction, array, count of axes in the mailbox (−1: all), dtype, keepdims, initial (slot 1), where, out, ddof. */
    reduce(
      index = 0,
      code = 0,
      axisCount = -1,
      dtype = -1,
      keepdims = 0,
      initial = absent,
      mask = absent,
      out = absent,
      ddof = 0,
    ) {
      const [name, call] = pick(reductionFunctions, index);
      const x = border.array(code);
      const axes = axisCount < 0 ? null : border.mails(0, axisCount);
      const options = {
        axes,
        dtype: dtypeOrNull(dtype),
        keepdims: keepdims !== 0,
        initial: border.optional(initial, 1),
        where: mask === absent ? null : border.array(mask),
        ddof,
      };
      const averages = name === 'mean' || name === 'std' || name === 'var';
      checkReductionShapes(reducing[name] ?? name, averages, x, options, out === absent ? null : border.array(out));
      if (options.dtype && isInteger(options.dtype)) checkCast(border, x, { ...x, dtype: options.dtype }, 'reduce');
      const result = border.fresh(b => call(b, x, options));
      const clean = options.initial === null || !isScalar(options.initial) || !Number.isNaN(options.initial.value);
      if (clean && (name === 'sum' || name === 'prod')) checkReduction(border, x, result);
      if (averages) warnOfEmpty(border, name, x, options, result);
      return out === absent
        ? answer(name, [code], result)
        : intoOut('sqrt', out, result, name === 'std' ? 'same_kind' : 'unsafe');
    },

    /** function along an axis, array, axis (2³⁰: None), keepdims, dtype, out. */
    along(index = 0, code = 0, axis = noAxis, keepdims = 0, dtype = -1, out = absent) {
      const [name, call] = pick(alongFunctions, index);
      const more = { keepdims: keepdims !== 0, dtype: dtypeOrNull(dtype) };
      const x = border.array(code);
      if (more.dtype && isInteger(more.dtype)) checkCast(border, x, { ...x, dtype: more.dtype });
      const result = border.fresh(b => call(b, x, axis === noAxis ? null : axis, more));
      if (name === 'cumsum' || name === 'cumprod') checkReduction(border, x, result, 'accumulate');
      if (out === absent) return answer(name, [code], result);
      const { shape: target, dtype: given } = border.array(out);
      if ((name === 'argmax' || name === 'argmin') && promote(given, 'int64') !== 'int64')
        throw new NumpyError(
          'TypeError',
          `Cannot cast ${target.length ? 'array data' : 'scalar'} from dtype('${given}') to dtype('int64') according to the rule 'safe'`,
        );
      if (tuple(target) !== tuple(result.shape) && (name === 'argmax' || name === 'argmin'))
        throw new NumpyError('ValueError', `output array does not match result of np.${name}.`);
      if (tuple(target) !== tuple(result.shape) && (name === 'cumsum' || name === 'cumprod'))
        throw remapped(`${remap(target, target)} ${remap(result.shape, result.shape)} `);
      return intoOut(name, out, result, 'unsafe');
    },

    /** zeros (0) or ones (1) of the shape in the mailbox. */
    filled(value = 0, count = 0, dtype = float64) {
      const shape = border.mails(0, count);
      return border.give(border.fresh(b => (value ? ones : zeros)(b, shape, dtypeOfCode(dtype))));
    },

    /** Uninitialised memory that the caller fills at once. */
    allocate(count = 0, dtype = float64) {
      return border.give(engine.empty(dtypeOfCode(dtype), border.mails(0, count)));
    },

    /** `count` values from slot 0 in steps of slot 1, as NumPy fills a range: start + i · step, in the dtype. */
    arange(count = 0, dtype = float64) {
      const y = engine.empty(dtypeOfCode(dtype), [count]);
      const [start, step] = [weakScalar - 2, weakScalar - 2].map((code, slot) => border.operand(code, slot));
      if (start && step && isScalar(start) && isScalar(step))
        fillRange(engine, y, Number(start.value), Number(step.value));
      return border.give(y);
    },

    eye: (n = 0, m = 0, k = 0, dtype = float64) => border.give(border.fresh(b => eye(b, n, m, k, dtypeOfCode(dtype)))),

    /** dot (0) or matmul (1) of operands in slots 0 and 1. */
    product(index = 0, left = 0, right = 0, out = absent) {
      const [name, call] = pick(products, index);
      const result = border.fresh(b => call(b, border.operand(left, 0), border.operand(right, 1)));
      return out === absent ? answer(name, [left, right], result) : intoOut(name, out, result);
    },

    outer: (left = 0, right = 0) =>
      answer(
        'outer',
        [left, right],
        border.fresh(b => outer(b, border.array(left), border.array(right))),
      ),

    /** ord: 0 None, 1 'fro', 2 'nuc', 3 the number in slot 1. */
    norm(code = 0, ordKind = 0, ordCode = absent, axisCount = -1, keepdims = 0) {
      const given = border.optional(ordCode, 1);
      const kinds: readonly NormOrder[] = [null, 'fro', 'nuc'];
      const ord = given && isScalar(given) ? Number(given.value) : (kinds[ordKind] ?? null);
      const axes = axisCount < 0 ? null : border.mails(0, axisCount);
      return answer(
        'linalg.norm',
        [code],
        border.fresh(b => norm(b, border.array(code), ord, axes, keepdims !== 0)),
      );
    },

    inv: (code = 0) =>
      answer(
        'linalg.inv',
        [code],
        border.fresh(b => inv(b, border.array(code))),
      ),

    det: (code = 0) =>
      answer(
        'linalg.det',
        [code],
        border.fresh(b => det(b, border.array(code))),
      ),

    solve: (left = 0, right = 0) =>
      answer(
        'linalg.solve',
        [left, right],
        border.fresh(b => solve(b, border.array(left), border.array(right))),
      ),

    where(condition = 0, left = 0, right = 0) {
      const result = border.fresh(b =>
        where(b, border.operand(condition, 0), border.operand(left, 1), border.operand(right, 2)),
      );
      const handle = border.give(result);
      border.trace('where', [condition, left, right], handle, 'np.where');
      return handle;
    },

    clip(code = 0, low = absent, high = absent, out = absent) {
      const x = border.array(code);
      const bounds = [
        clipBound(border.optional(low, 1), x.dtype, 0),
        clipBound(border.optional(high, 2), x.dtype, 1),
      ] as const;
      const operands = [x, ...bounds].filter(operand => operand !== null);
      const target = out === absent ? null : border.array(out);
      const name = bounds[0] === null ? 'minimum' : bounds[1] === null ? 'maximum' : 'clip';
      if (target) checkOutCast(name, resultType(operands), target);
      if (target) checkOutShape([...operands.map(shapeOf), target.shape], target);
      else broadcastShapes(operands.map(shapeOf));
      const result = border.fresh(b => clip(b, x, ...bounds));
      if (!target) return answer('clip', [code], result);
      try {
        engine.write(target, result);
      } finally {
        engine.release(result);
      }
      return answers.done;
    },

    /** The operand of slot 0 as a new array of `dtype`. */
    array: (code = 0, dtype = float64) =>
      border.give(border.fresh(b => materialize(b, border.operand(code, 0), dtypeOfCode(dtype)))),

    /** Joins `count` arrays (handles in the mailbox) along an axis, in one dtype. */
    concat(count = 0, axis = 0, dtype = float64) {
      const handles = border.mails(0, count);
      const to = dtypeOfCode(dtype);
      const parts = handles.map(handle => border.array(handle));
      const handle = border.give(
        border.fresh(b =>
          b.op(
            'concat',
            parts.map(x => cast(b, x, to)),
            { axis },
          ),
        ),
      );
      border.trace('concatenate', handles, handle, 'np.concatenate');
      return handle;
    },

    ufuncs: () =>
      rows
        .map(([name, { nin, identity, reduce, scan }]) =>
          [name, nin, identity ?? '', reduce ?? '', scan ?? ''].join(' '),
        )
        .join('\n'),
    reductions: () => Object.keys(families.reduction).join(' '),
    alongs: () => Object.keys(families.along).join(' '),
  };
  return { ...(table as Record<string, BorderFunction>), ...indexingTable(border) };
};

function fillRange(engine: Engine, y: Strided, start: number, step: number): void {
  const { buffer } = engine.heap.memory;
  const { ptr } = y.storage;
  const n = y.shape[0] ?? 0;
  const [values, step32] = [new arrayTypes[y.dtype](buffer as ArrayBuffer, ptr, n), y.dtype === 'float32'];
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const words = new Int32Array(buffer, ptr, 2 * n);
    for (let i = 0; i < n; i++) {
      const value = start + i * step;
      words[2 * i] = value;
      words[2 * i + 1] = Math.floor(value / 2 ** 32);
    }
  } else for (let i = 0; i < n; i++) values[i] = start + (step32 ? Math.fround(i * step) : i * step);
}
