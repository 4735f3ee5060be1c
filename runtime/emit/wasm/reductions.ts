// How reductions start, combine and end, as instructions: scalars and lanes.
import { dtypes, isFloat, rangeOf, type DType } from '../../../src/shared/dtypes.ts';
import type { Reduction, ReductionOp } from '../../schedule/kernel.ts';
import type { FunctionBuilder } from './binary.ts';
import {
  arithmeticOf,
  bitselect,
  extractLane,
  registerOf,
  scalarCodes,
  vectorCodes,
  type Register,
} from './opcodes.ts';
import { wrap } from './scalarSteps.ts';
import { wrapVector } from './vectorSteps.ts';
import type { Lanes } from './steps.ts';

/** Dtype in which a reduction runs: that of the value, also for argmax. */
export type Running = { readonly op: ReductionOp; readonly dtype: DType };

export const isArg = (op: ReductionOp): boolean => op === 'argmax' || op === 'argmin';
/** Products of floats are taken in order, as NumPy does; all other plain reductions may be regrouped in eights. */
export const inEights = ({ op, dtype }: Reduction): boolean => !isArg(op) && !(op === 'prod' && isFloat(dtype));

export function identityValue(op: ReductionOp, dtype: DType): number | bigint {
  if (op === 'sum') return 0;
  if (op === 'prod') return 1;
  const [least, greatest] = isFloat(dtype) ? [-Infinity, Infinity] : rangeOf(dtype);
  return op === 'max' || op === 'argmax' ? least : greatest;
}

const laneType = (dtype: DType, lanes: Lanes): Register =>
  dtype === 'bool' ? (lanes === 2 ? 'i64' : 'i32') : registerOf[dtype];

/** Pushes the neutral element. */
export function pushIdentity(f: FunctionBuilder, { op, dtype }: Running, lanes: Lanes): void {
  const value = identityValue(op, dtype);
  if (lanes > 1) return void f.splatConst(laneType(dtype, lanes), dtype === 'bool' && value ? -1 : value);
  const type = registerOf[dtype];
  if (type === 'i32') f.i32(Number(value));
  else if (type === 'i64') f.i64(BigInt(value));
  else if (type === 'f32') f.f32(Number(value));
  else f.f64(Number(value));
}

/** Pushes `a ∘ b`, both locals. */
export function combine(f: FunctionBuilder, { op, dtype }: Running, lanes: Lanes, a: number, b: number): void {
  const vector = lanes > 1;
  const type = dtype === 'bool' ? laneType(dtype, lanes) : arithmeticOf(dtype);
  const codes = vector ? vectorCodes[type] : scalarCodes[type];
  const emit = (code: number | undefined) => (vector ? f.simd(code ?? 0) : f.op(code ?? 0));
  if (dtype === 'bool') {
    f.get(a).get(b);
    return void emit(op === 'max' || op === 'sum' ? codes.or : codes.and);
  }
  if (op === 'sum' || op === 'prod') {
    f.get(a).get(b);
    emit(op === 'sum' ? codes.add : codes.mul);
    return vector ? wrapVector(f, dtype) : wrap(f, dtype);
  }
  const laneOp = vector ? codes[op === 'max' ? 'max' : 'min'] : undefined;
  if (laneOp !== undefined) return void f.get(a).get(b).simd(laneOp);
  // The new value wins where it is greater or NaN; an old NaN stays, since nothing is greater.
  f.get(b).get(a);
  const signs = vector && dtype === 'uint64';
  for (const value of [b, a]) {
    f.get(value);
    // Two lanes of uint64 compare as signed ones with the highest bit turned.
    if (signs) f.splatConst('i64', -(2n ** 63n)).simd(vectorCodes.i64.xor ?? 0);
  }
  const order = signs ? vectorCodes.i64 : codes;
  emit(op === 'max' ? order.gt : order.lt);
  if (isFloat(dtype)) {
    f.get(b).get(b);
    emit(codes.ne);
    emit(vector ? 80 : 0x72);
  }
  if (vector) f.simd(bitselect);
  else f.op(0x1b);
}

/** Pushes lane `lane` of a vector local as a scalar. */
export function pushLane(f: FunctionBuilder, dtype: DType, lanes: Lanes, vector: number, lane: number): void {
  const type = laneType(dtype, lanes);
  f.get(vector).simd(extractLane[type], lane);
  if (dtype !== 'bool') return;
  if (type === 'i64') f.op(0xa7);
  f.i32(1).op(0x71);
}

/** Elements that one step of a vector loop covers, at most: enough for eight running sums. */
export const eight = 8;
export const bytesOf = (dtype: DType): number => dtypes[dtype].bytes;
