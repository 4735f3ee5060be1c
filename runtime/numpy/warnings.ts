// NumPy's floating point warnings. WebAssembly has no status flags, so the flags are worked out from inputs and results,
// and only when a result is not finite.
import { dtypes, isFloat, isInteger } from '../../src/shared/dtypes.ts';
import type { Engine, Strided } from '../ir/array.ts';
import type { Builder } from '../ir/node.ts';
import type { Border } from './border.ts';
import type { UfuncName } from './elementwise.ts';
import { materialize, resultType, sizeOf } from './operand.ts';
import type { Operand } from './operand.ts';
import { countAlong, mean, reducedAxes } from './reductions.ts';

/** The ufuncs that can turn finite numbers into others. */
const canOverflow = new Set<UfuncName>([
  'add',
  'subtract',
  'multiply',
  'divide',
  'floor_divide',
  'power',
  'exp',
  'square',
  'hypot',
  'expm1',
  'sinh',
  'cosh',
]);
const canBeInvalid = new Set<UfuncName>([
  ...(['sqrt', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'remainder'] as const),
  ...(['arcsin', 'arccos', 'arccosh', 'arctanh'] as const),
]);
/** Where functions of one operand are infinite. */
const poles: Partial<Record<UfuncName, (x: number) => boolean>> = {
  log: x => x === 0,
  log2: x => x === 0,
  log10: x => x === 0,
  log1p: x => x === -1,
  arctanh: x => Math.abs(x) === 1,
};
const divides = new Set<UfuncName>(['divide', 'floor_divide']);

/** Index of the first element that is infinite or NaN, or −1. Only arrays that fill their memory, as results do. */
function firstNotFinite(engine: Engine, x: Strided): number {
  const { buffer } = engine.heap.memory;
  const Kind = x.dtype === 'float32' ? Float32Array : Float64Array;
  const values = new Kind(buffer, x.storage.ptr + x.offset * Kind.BYTES_PER_ELEMENT, sizeOf(x.shape));
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (v - v !== 0) return i;
  }
  return -1;
}

/** Row-major numbers of an operand under the shape of the result. */
function numbers(border: Border, x: Operand<Strided>, like: Strided): ArrayLike<number | bigint> {
  return border.scope(b => border.engine.read(b.op('expand', [materialize(b, x, like.dtype)], { shape: like.shape })));
}

/** Warns about what the call of a ufunc met. */
export function checkUfunc(
  border: Border,
  name: UfuncName,
  operands: readonly Operand<Strided>[],
  result: Strided,
  shown: string = name,
): void {
  if (isInteger(result.dtype)) {
    if (sizeOf(result.shape) === 0) return;
    if (name === 'floor_divide' || name === 'remainder') checkIntegerDivisor(border, name, operands);
    return;
  }
  if (!isFloat(result.dtype) || !(canOverflow.has(name) || canBeInvalid.has(name))) return;
  if (firstNotFinite(border.engine, result) < 0) return;
  const values = border.engine.read(result);
  const [x, y] = operands.map(operand => numbers(border, operand, result));
  let [divide, over, invalid] = [false, false, false];
  for (let i = 0; i < values.length; i++) {
    const r = Number(values[i]);
    if (r - r === 0) continue;
    const a = Number(x?.[i] ?? 0);
    const c = Number(y?.[i] ?? 0);
    if (Number.isNaN(r)) invalid ||= !Number.isNaN(a) && !Number.isNaN(c);
    else if (poles[name]) divide ||= poles[name](a);
    else if (divides.has(name) && c === 0) divide ||= Number.isFinite(a);
    else if (name === 'power' && a === 0) divide ||= c < 0 && Number.isFinite(c);
    else over ||= Number.isFinite(a) && Number.isFinite(c);
  }
  if (divide) border.warn('divide', `divide by zero encountered in ${shown}`);
  if (over) border.warn('over', `overflow encountered in ${shown}`);
  if (invalid) border.warn('invalid', `invalid value encountered in ${shown}`);
}

function checkIntegerDivisor(border: Border, name: UfuncName, operands: readonly Operand<Strided>[]): void {
  const [, divisor] = operands;
  if (!divisor) return;
  const dtype = resultType(operands);
  const zero = border.scope(b => {
    const y = materialize(b, divisor, dtype);
    return Array.prototype.some.call(border.engine.read(y), (v: number | bigint) => Number(v) === 0);
  });
  if (zero) border.warn('divide', `divide by zero encountered in ${name}`);
}

/** sum, prod, mean: what the additions met. */
export function checkReduction(border: Border, x: Strided, result: Strided, words = 'reduce'): void {
  if (!isFloat(result.dtype) || firstNotFinite(border.engine, result) < 0) return;
  const inputs = border.engine.read(x);
  let [nan, infinite] = [false, false];
  for (let i = 0; i < inputs.length; i++) {
    const v = Number(inputs[i]);
    nan ||= Number.isNaN(v);
    infinite ||= v === Infinity || v === -Infinity;
  }
  for (const r of border.engine.read(result)) {
    if (Number.isNaN(r) && !nan) border.warn('invalid', `invalid value encountered in ${words}`);
    else if (!Number.isFinite(Number(r)) && !nan && !infinite) border.warn('over', `overflow encountered in ${words}`);
  }
}

/** float → integer of what has no integer, float64 → float32 of what is too large. */
export function checkCast(border: Border, x: Strided, result: Strided, words = 'cast'): void {
  if (!isFloat(x.dtype) || result.dtype === 'bool' || result.dtype === x.dtype) return;
  if (result.dtype === 'float64') return;
  const from = border.engine.read(x);
  // The integers that the machine's conversion goes through: 32 bits, or 64 for what does not fit there.
  const bits = dtypes[result.dtype].bytes === 8 || result.dtype === 'uint32' ? 63 : 31;
  const [low, high] = [-(2 ** bits), result.dtype === 'uint64' ? 2 ** 64 : 2 ** bits];
  for (let i = 0; i < from.length; i++) {
    const v = from[i] as number;
    if (result.dtype === 'float32') {
      if (Number.isFinite(v) && !Number.isFinite(Math.fround(v)))
        return border.warn('over', `overflow encountered in ${words}`);
    } else if (!((v >= low || v > low - 1) && v < high))
      return border.warn('invalid', `invalid value encountered in ${words}`);
  }
}

/** Warnings of means over nothing and of variances without degrees of freedom. */
export function warnOfEmpty(
  border: Border,
  name: string,
  x: Strided,
  options: { readonly axes: readonly number[] | null; readonly ddof: number; readonly where: Strided | null },
  result: Strided,
): void {
  const { axes, ddof, where } = options;
  const along = reducedAxes(axes, x.shape.length);
  const counts = where
    ? Array.from(
        border.scope(b => border.engine.read(countOf(b, where, x, along))),
        Number,
      )
    : new Array<number>(sizeOf(result.shape)).fill(countAlong(x.shape, along));
  const n = Math.min(...counts, where ? Infinity : countAlong(x.shape, along));
  // The last division is one of NumPy scalars, unless it has to promote.
  const words = result.shape.length === 0 && result.dtype === 'float64' ? 'scalar divide' : 'divide';
  const values = Array.from(border.engine.read(result), Number);
  const lost = name === 'mean' ? 0 : ddof;
  if (name === 'mean' && n === 0) border.warn('always', 'Mean of empty slice');
  if (name !== 'mean' && n - ddof <= 0) border.warn('always', 'Degrees of freedom <= 0 for slice');
  if (name !== 'mean' && n === 0) border.warn('invalid', 'invalid value encountered in divide');
  if (name !== 'mean' && isFloat(x.dtype) && n > 0) warnOfDistances(border, x, options);
  const known = !isFloat(x.dtype) || firstNaN(border.engine, x) < 0;
  const over = (test: (value: number) => boolean) => values.some((v, i) => (counts[i] ?? 0) - lost <= 0 && test(v));
  if (over(v => v === Infinity || v === -Infinity)) border.warn('divide', `divide by zero encountered in ${words}`);
  if (known && over(Number.isNaN)) border.warn('invalid', `invalid value encountered in ${words}`);
  if (name === 'mean' && n > 0) checkReduction(border, x, result);
}

/** Infinity minus an infinite mean. */
function warnOfDistances(
  border: Border,
  x: Strided,
  { axes, where }: { readonly axes: readonly number[] | null; readonly where: Strided | null },
): void {
  if (firstInfinite(border.engine, x) < 0) return;
  const means = border.scope(b => border.engine.read(mean(b, x, { axes, where })));
  if (Array.from(means, Number).some(m => m === Infinity || m === -Infinity))
    border.warn('invalid', 'invalid value encountered in subtract');
}

const firstInfinite = (engine: Engine, x: Strided): number =>
  Array.prototype.findIndex.call(engine.read(x), (v: number) => v === Infinity || v === -Infinity);
const firstNaN = (engine: Engine, x: Strided): number =>
  Array.prototype.findIndex.call(engine.read(x), (v: number) => Number.isNaN(v));

/** How many elements each result takes under a mask. */
const countOf = (b: Builder<Strided>, where: Strided, x: Strided, axes: readonly number[]): Strided => {
  const ones = b.op('cast', [b.op('expand', [where], { shape: x.shape })], { dtype: 'int64' });
  return axes.length > 0 ? b.op('sum', [ones], { axes }) : ones;
};
