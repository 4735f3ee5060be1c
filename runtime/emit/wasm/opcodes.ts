// Instruction codes of arithmetic, by dtype: scalars and 128-bit lanes. What is missing here is composed in steps.ts.
import type { DType } from '../../../src/shared/dtypes.ts';
import type { ScalarOp } from '../../ir/scalar.ts';
import type { ValType } from './binary.ts';

/** Machine types that values have in registers: bool and the narrow integers live in i32, with the value that they have there. */
export type Register = 'i32' | 'i64' | 'f32' | 'f64';
export const registerOf: Record<DType, Register> = {
  bool: 'i32',
  int8: 'i32',
  uint8: 'i32',
  int16: 'i32',
  uint16: 'i32',
  int32: 'i32',
  uint32: 'i32',
  int64: 'i64',
  uint64: 'i64',
  float32: 'f32',
  float64: 'f64',
};

/** A register and how its bits are read: unsigned integers that fill it have instructions of their own. */
export type Arithmetic = Register | 'u32' | 'u64';
export const arithmeticOf = (dtype: DType): Arithmetic =>
  dtype === 'uint32' ? 'u32' : dtype === 'uint64' ? 'u64' : registerOf[dtype];

type Codes = Partial<Record<ScalarOp, number>>;

const scalars: Record<Register, Codes> = {
  i32: {
    ...{ add: 0x6a, sub: 0x6b, mul: 0x6c, and: 0x71, or: 0x72, xor: 0x73, shl: 0x74, shr: 0x75, ushr: 0x76 },
    ...{ eq: 0x46, ne: 0x47, lt: 0x48, gt: 0x4a, le: 0x4c, ge: 0x4e },
  },
  i64: {
    ...{ add: 0x7c, sub: 0x7d, mul: 0x7e, and: 0x83, or: 0x84, xor: 0x85, shl: 0x86, shr: 0x87, ushr: 0x88 },
    ...{ eq: 0x51, ne: 0x52, lt: 0x53, gt: 0x55, le: 0x57, ge: 0x59 },
  },
  f32: {
    ...{ abs: 0x8b, neg: 0x8c, ceil: 0x8d, floor: 0x8e, trunc: 0x8f, round: 0x90, sqrt: 0x91 },
    ...{ add: 0x92, sub: 0x93, mul: 0x94, div: 0x95, eq: 0x5b, ne: 0x5c, lt: 0x5d, gt: 0x5e, le: 0x5f, ge: 0x60 },
  },
  f64: {
    ...{ abs: 0x99, neg: 0x9a, ceil: 0x9b, floor: 0x9c, trunc: 0x9d, round: 0x9e, sqrt: 0x9f },
    ...{ add: 0xa0, sub: 0xa1, mul: 0xa2, div: 0xa3, eq: 0x61, ne: 0x62, lt: 0x63, gt: 0x64, le: 0x65, ge: 0x66 },
  },
};

export const scalarCodes: Record<Arithmetic, Codes> = {
  ...scalars,
  u32: { ...scalars.i32, lt: 0x49, gt: 0x4b, le: 0x4d, ge: 0x4f, shr: 0x76 },
  u64: { ...scalars.i64, lt: 0x54, gt: 0x56, le: 0x58, ge: 0x5a, shr: 0x88 },
};

const vectors: Record<Register, Codes> = {
  i32: {
    ...{ add: 174, sub: 177, mul: 181, abs: 160, neg: 161, min: 182, max: 184, and: 78, or: 80, xor: 81, not: 77 },
    ...{ shl: 171, shr: 172, ushr: 173, eq: 55, ne: 56, lt: 57, gt: 59, le: 61, ge: 63 },
  },
  i64: {
    ...{ add: 206, sub: 209, mul: 213, abs: 192, neg: 193, and: 78, or: 80, xor: 81, not: 77 },
    ...{ shl: 203, shr: 204, ushr: 205, eq: 214, ne: 215, lt: 216, gt: 217, le: 218, ge: 219 },
  },
  f32: {
    ...{ add: 228, sub: 229, mul: 230, div: 231, abs: 224, neg: 225, sqrt: 227 },
    ...{ ceil: 103, floor: 104, trunc: 105, round: 106, eq: 65, ne: 66, lt: 67, gt: 68, le: 69, ge: 70 },
  },
  f64: {
    ...{ add: 240, sub: 241, mul: 242, div: 243, abs: 236, neg: 237, sqrt: 239 },
    ...{ ceil: 116, floor: 117, trunc: 122, round: 148, eq: 71, ne: 72, lt: 73, gt: 74, le: 75, ge: 76 },
  },
};

/** Without the instructions that know a sign. */
function signless({ abs: _abs, lt: _lt, gt: _gt, le: _le, ge: _ge, ...codes }: Codes): Codes {
  return codes;
}
export const vectorCodes: Record<Arithmetic, Codes> = {
  ...vectors,
  u32: { ...signless(vectors.i32), min: 183, max: 185, lt: 58, gt: 60, le: 62, ge: 64, shr: 173 },
  u64: { ...signless(vectors.i64), shr: 205 },
};

/** `v128.bitselect(x, y, mask)`. */
export const bitselect = 82;
export const splat: Record<Register, number> = { i32: 17, i64: 18, f32: 19, f64: 20 };
export const extractLane: Record<Register, number> = { i32: 27, i64: 29, f32: 31, f64: 33 };

/** Loads and stores of one element: instruction and alignment. */
export const scalarMemory: Record<DType, { readonly load: number; readonly store: number; readonly align: number }> = {
  bool: { load: 0x2d, store: 0x3a, align: 0 },
  int8: { load: 0x2c, store: 0x3a, align: 0 },
  uint8: { load: 0x2d, store: 0x3a, align: 0 },
  int16: { load: 0x2e, store: 0x3b, align: 1 },
  uint16: { load: 0x2f, store: 0x3b, align: 1 },
  int32: { load: 0x28, store: 0x36, align: 2 },
  uint32: { load: 0x28, store: 0x36, align: 2 },
  int64: { load: 0x29, store: 0x37, align: 3 },
  uint64: { load: 0x29, store: 0x37, align: 3 },
  float32: { load: 0x2a, store: 0x38, align: 2 },
  float64: { load: 0x2b, store: 0x39, align: 3 },
};

export const valTypeOf = (dtype: DType): ValType => registerOf[dtype];
