// How reductions start, combine and end, as instructions: scalars and lanes.
import { dtypes, isFloat, type DType } from '../../../src/shared/dtypes.ts';
import type { Reduction, ReductionOp } from '../../schedule/kernel.ts';
import type { FunctionBuilder } from './binary.ts';
import { bitselect, extractLane, registerOf, scalarCodes, vectorCodes, type Register } from './opcodes.ts';
import type { Lanes } from './steps.ts';

/** Dtype in which a reduction runs: that of the value, also for argmax. */
export type Running = { readonly op: ReductionOp; readonly dtype: DType };

export const isArg = (op: ReductionOp): boolean => op === 'argmax' || op === 'argmin';
/** Products of floats are taken in order, as NumPy does; all other plain reductions may be regrouped in eights. */
export const inEights = ({ op, dtype }: Reduction): boolean => !isArg(op) && !(op === 'prod' && isFloat(dtype));

const least: Record<DType, number | bigint> = {
  bool: 0,
  uint8: 0,
  int32: -(2 ** 31),
  int64: -(2n ** 63n),
  float32: -Infinity,
  float64: -Infinity,
};
const greatest: Record<DType, number | bigint> = {
  bool: 1,
  uint8: 255,
  int32: 2 ** 31 - 1,
  int64: 2n ** 63n - 1n,
  float32: Infinity,
  float64: Infinity,
};

export function identityValue(op: ReductionOp, dtype: DType): number | bigint {
  if (op === 'sum') return 0;
  if (op === 'prod') return 1;
  return op === 'max' || op === 'argmax' ? least[dtype] : greatest[dtype];
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
  const type = laneType(dtype, lanes);
  const vector = lanes > 1;
  const codes = vector ? vectorCodes[type] : scalarCodes[type];
  const emit = (code: number | undefined) => (vector ? f.simd(code ?? 0) : f.op(code ?? 0));
  if (dtype === 'bool') {
    f.get(a).get(b);
    return void emit(op === 'max' || op === 'sum' ? codes.or : codes.and);
  }
  if (op === 'sum' || op === 'prod') {
    f.get(a).get(b);
    emit(op === 'sum' ? codes.add : codes.mul);
    if (dtype === 'uint8') {
      if (vector) f.splatConst('i32', 255).simd(78);
      else f.i32(255).op(0x71);
    }
    return;
  }
  const laneOp = vector ? codes[op === 'max' ? 'max' : 'min'] : undefined;
  if (laneOp !== undefined) return void f.get(a).get(b).simd(laneOp);
  // The new value wins where it is greater or NaN; an old NaN stays, since nothing is greater.
  f.get(b).get(a).get(b).get(a);
  emit(op === 'max' ? codes.gt : codes.lt);
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
