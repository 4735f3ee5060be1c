// Two or four elements in the lanes of a vector. bool is a mask of all ones or zeros, narrow integers sit in 32-bit lanes.
import { dtypes, isFloat, isUnsigned, type DType } from '../../../src/shared/dtypes.ts';
import type { Access, ScalarOp, Step } from '../../ir/scalar.ts';
import type { FunctionBuilder } from './binary.ts';
import { arithmeticOf, bitselect, registerOf, scalarMemory, splat, vectorCodes, type Register } from './opcodes.ts';
import { castScalar, encodeOffset, pushAddress, valueAt } from './scalarSteps.ts';
import type { Lanes, Surroundings } from './steps.ts';

/** Arithmetic of bool, as logic. */
export const boolOps: Partial<Record<ScalarOp, ScalarOp>> = { add: 'or', max: 'or', mul: 'and', min: 'and', ne: 'xor' };

export function emitVector(
  at: Surroundings,
  step: Step,
  steps: readonly Step[],
  values: readonly (number | undefined)[],
): void {
  const { f, lanes } = at;
  const { dtype } = step;
  const type = dtype === 'bool' && lanes === 2 ? 'i64' : registerOf[dtype];
  switch (step.op) {
    case 'const':
      return void f.splatConst(type, dtype === 'bool' && step.value ? -1 : step.value);
    case 'load':
      return loadVector(at, step.access, dtype);
    case 'index': {
      f.get(at.counter(step.loop));
      if (step.loop === at.innerLoop && at.ahead > 0) f.i32(at.ahead).op(0x6a);
      castScalar(f, 'int32', dtype);
      f.simd(splat[type]);
      if (step.loop !== at.innerLoop) return;
      laneNumbers(f, type);
      return void f.simd(vectorCodes[type].add ?? 0);
    }
    case 'reduced':
      f.get(at.reduced(step.reduction));
      return spread(f, dtype, lanes);
    case 'param':
      return void f.get(at.argument(step.index));
    case 'loadAt':
      throw new RangeError('indirect loads have no form with lanes');
    default: {
      const last = steps[step.args.at(-1) ?? 0];
      const args = step.args.map(i => valueAt(values, i));
      if (step.op === 'shl' || step.op === 'shr' || step.op === 'ushr') {
        const count = last?.op === 'const' ? Number(last.value) : 0;
        return void f
          .get(args[0] ?? 0)
          .i32(count)
          .simd(vectorCodes[arithmeticOf(dtype)][step.op] ?? 0);
      }
      return vectorArithmetic(at, step.op, dtype, last?.dtype ?? dtype, args);
    }
  }
}

/** 0, 1, 2, 3 in the lanes. */
function laneNumbers(f: FunctionBuilder, type: Register): void {
  const bytes = new Uint8Array(16);
  if (type === 'i32') new Int32Array(bytes.buffer).set([0, 1, 2, 3]);
  else if (type === 'f32') new Float32Array(bytes.buffer).set([0, 1, 2, 3]);
  else if (type === 'i64') new BigInt64Array(bytes.buffer).set([0n, 1n]);
  else new Float64Array(bytes.buffer).set([0, 1]);
  f.simd(12, ...bytes);
}

/** The scalar on the stack in all lanes; a bool becomes a mask. */
export function spread(f: FunctionBuilder, dtype: DType, lanes: Lanes): void {
  if (dtype !== 'bool') return void f.simd(splat[registerOf[dtype]]);
  if (lanes === 2) f.op(0xad);
  const type = lanes === 2 ? 'i64' : 'i32';
  f.simd(splat[type]).simd(vectorCodes[type].neg ?? 0);
}

function loadVector(at: Surroundings, access: Access, dtype: DType): void {
  const { f, lanes } = at;
  const { bytes } = dtypes[dtype];
  const single = at.innerStride(access) === 0;
  const offset = pushAddress(at, access, bytes);
  if (single) {
    f.op(scalarMemory[dtype].load, scalarMemory[dtype].align, ...offset);
    return spread(f, dtype, lanes);
  }
  if (bytes === 8 || (bytes === 4 && lanes === 4)) return void f.simd(0, 2, ...offset);
  if (bytes === 4) return void f.simd(93, 2, ...offset);
  // All at once, widened step by step to 32 bits.
  if (bytes * lanes === 8) f.simd(93, 0, ...offset);
  else if (bytes * lanes === 4) f.simd(92, 0, ...offset);
  else f.simd(8, 0, ...offset);
  const signed = dtypes[dtype].kind === 'i';
  if (bytes === 1) f.simd(signed ? 135 : 137);
  f.simd(signed ? 167 : 169);
  if (dtype !== 'bool') return;
  if (lanes === 2) f.simd(201);
  const type = lanes === 2 ? 'i64' : 'i32';
  f.splatConst(type, 0).simd(vectorCodes[type].ne ?? 0);
}

/** Stores the vector in `value` at the address on the stack. */
export function storeVector(f: FunctionBuilder, dtype: DType, lanes: Lanes, value: number, offsetBytes: number): void {
  const { bytes } = dtypes[dtype];
  const offset = encodeOffset(offsetBytes);
  f.get(value);
  if (bytes === 8 || (bytes === 4 && lanes === 4)) return void f.simd(11, 2, ...offset);
  if (bytes === 4) return void f.simd(91, 2, ...offset, 0);
  if (dtype === 'bool') f.splatConst(lanes === 2 ? 'i64' : 'i32', 1).simd(78);
  // The lowest bytes of each lane move to the front.
  const step = dtype === 'bool' ? 16 / lanes : 4;
  const place = (i: number) => (i < bytes * lanes ? Math.floor(i / bytes) * step + (i % bytes) : 0);
  f.get(value).simd(13, ...Array.from({ length: 16 }, (_, i) => place(i)));
  f.simd({ 2: 89, 4: 90, 8: 91 }[bytes * lanes] ?? 0, 0, ...offset, 0);
}

function vectorArithmetic(at: Surroundings, op: ScalarOp, dtype: DType, operand: DType, args: readonly number[]): void {
  const { f, lanes } = at;
  const [a = 0, b = 0, c = 0] = args;
  if (op === 'where') return void f.get(b).get(c).get(a).simd(bitselect);
  if (op === 'cast') {
    f.get(a);
    return castVector(f, operand, dtype, lanes);
  }
  if (op === 'bits') return void f.get(a);
  const codes = vectorCodes[operand === 'bool' ? (lanes === 2 ? 'i64' : 'i32') : arithmeticOf(operand)];
  if (operand === 'bool') {
    args.forEach(arg => f.get(arg));
    return void f.simd(codes[boolOps[op] ?? op] ?? 0);
  }
  if ((op === 'max' || op === 'min') && codes[op] === undefined) {
    f.get(a)
      .get(b)
      .get(a)
      .get(b)
      .simd((op === 'max' ? codes.gt : codes.lt) ?? 0);
    if (isFloat(operand))
      f.get(a)
        .get(a)
        .simd(codes.ne ?? 0)
        .simd(80);
    return void f.simd(bitselect);
  }
  args.forEach(arg => f.get(arg));
  if (op === 'abs' && isUnsigned(operand)) return;
  const code = codes[op];
  if (code !== undefined) f.simd(code);
  else {
    const target = at.library.call(op, operand, lanes);
    if (!target) throw new RangeError(`${op} of ${operand} has no form with lanes`);
    f.call(target);
  }
  wrapVector(f, dtype);
}

/** Arithmetic of 8 and 16 bits in 32-bit lanes wraps here. */
export function wrapVector(f: FunctionBuilder, dtype: DType): void {
  const { bytes } = dtypes[dtype];
  if (dtype === 'bool' || bytes >= 4) return;
  if (isUnsigned(dtype)) return void f.splatConst('i32', 256 ** bytes - 1).simd(78);
  const count = 32 - 8 * bytes;
  f.i32(count).simd(vectorCodes.i32.shl ?? 0);
  f.i32(count).simd(vectorCodes.i32.shr ?? 0);
}

function castVector(f: FunctionBuilder, from: DType, to: DType, lanes: Lanes): void {
  if (from === to) return;
  const type = registerOf[to];
  if (to === 'bool') {
    const source = registerOf[from];
    return void f.splatConst(source, 0).simd(vectorCodes[source].ne ?? 0);
  }
  if (from === 'bool') return void f.splatConst(type, 1).simd(78);
  const more = from === 'uint32' ? 1 : 0;
  if (to === 'float32') return void f.simd(lanes === 2 ? 94 : 250 + more);
  if (to === 'float64') return void f.simd(from === 'float32' ? 95 : 254 + more);
  if (dtypes[to].bytes < 8) return wrapVector(f, to);
  if (dtypes[from].bytes < 8) f.simd(199 + 2 * more);
}
