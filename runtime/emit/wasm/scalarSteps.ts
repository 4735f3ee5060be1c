// One element at a time: loads, casts as C makes them on x86-64, and arithmetic of every dtype.
import { dtypes, isBig, isFloat, isUnsigned, type DType } from '../../../src/shared/dtypes.ts';
import type { Access, Int, ScalarOp, Step } from '../../ir/scalar.ts';
import type { FunctionBuilder } from './binary.ts';
import { arithmeticOf, registerOf, scalarCodes, scalarMemory, type Register } from './opcodes.ts';
import type { Surroundings } from './steps.ts';

export const valueAt = (values: readonly (number | undefined)[], i: number | undefined): number => {
  const local = values[i ?? -1];
  if (local === undefined) throw new RangeError(`step ${i} has no value yet`);
  return local;
};

function emitInt(at: Surroundings, value: Int): void {
  if (typeof value === 'number') at.f.i32(value);
  else at.f.get(at.param(value.param));
}

/** The address of an access and the constant that a load adds to it. */
export function pushAddress(at: Surroundings, access: Access, bytes: number): number[] {
  at.f.get(at.address(access));
  const stride = at.innerStride(access);
  if (at.ahead === 0 || stride === 0) return [0];
  if (stride === 1) return encodeOffset(at.ahead * bytes);
  emitInt(at, stride);
  at.f.i32(at.ahead * bytes).op(0x6c, 0x6a);
  return [0];
}

export function encodeOffset(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, n >> 7];
}

export function emitScalar(
  at: Surroundings,
  step: Step,
  steps: readonly Step[],
  values: readonly (number | undefined)[],
): void {
  const { f } = at;
  const { dtype } = step;
  const type = registerOf[dtype];
  switch (step.op) {
    case 'const':
      return void pushConstant(f, type, step.value);
    case 'load': {
      const { load, align } = scalarMemory[dtype];
      const offset = pushAddress(at, step.access, dtypes[dtype].bytes);
      return void f.op(load, align, ...offset);
    }
    case 'loadAt': {
      const { load, align } = scalarMemory[dtype];
      const offset = pushAddress(at, step.access, dtypes[dtype].bytes);
      f.get(valueAt(values, step.args[0]));
      if (isBig(steps[step.args[0]]?.dtype ?? 'int32')) f.op(0xa7);
      emitInt(at, step.stride);
      return void f
        .op(0x6c)
        .i32(dtypes[dtype].bytes)
        .op(0x6c, 0x6a, load, align, ...offset);
    }
    case 'index':
      f.get(at.counter(step.loop));
      if (step.loop === at.innerLoop && at.ahead > 0) f.i32(at.ahead).op(0x6a);
      return castScalar(f, 'int32', dtype);
    case 'reduced':
      return void f.get(at.reduced(step.reduction));
    case 'param':
      return void f.get(at.argument(step.index));
    default: {
      const args = step.args.map(i => valueAt(values, i));
      return scalarArithmetic(at, step.op, dtype, steps[step.args.at(-1) ?? 0]?.dtype ?? dtype, args);
    }
  }
}

function pushConstant(f: FunctionBuilder, type: Register, value: number | bigint): void {
  if (type === 'i32') f.i32(Number(value));
  else if (type === 'i64') f.i64(BigInt(value));
  else if (type === 'f32') f.f32(Number(value));
  else f.f64(Number(value));
}

function scalarArithmetic(at: Surroundings, op: ScalarOp, dtype: DType, operand: DType, args: readonly number[]): void {
  const { f } = at;
  const type = registerOf[operand];
  const codes = scalarCodes[arithmeticOf(operand)];
  const [a = 0, b = 0, c = 0] = args;
  switch (op) {
    case 'cast':
      f.get(a);
      return castScalar(f, operand, dtype);
    case 'bits': {
      const code = { i32: 0xbe, f32: 0xbc, i64: 0xbf, f64: 0xbd }[type];
      return void f.get(a).op(...(type === registerOf[dtype] ? [] : [code]));
    }
    case 'where':
      return void f.get(b).get(c).get(a).op(0x1b);
    case 'max':
    case 'min':
      if (operand === 'bool')
        return void f
          .get(a)
          .get(b)
          .op(op === 'max' ? 0x72 : 0x71);
      f.get(a)
        .get(b)
        .get(a)
        .get(b)
        .op((op === 'max' ? codes.gt : codes.lt) ?? 0);
      if (isFloat(operand))
        f.get(a)
          .get(a)
          .op(codes.ne ?? 0, 0x72);
      return void f.op(0x1b);
    case 'neg':
      if (isFloat(operand)) break;
      pushConstant(f, type, 0);
      f.get(a).op(codes.sub ?? 0);
      return wrap(f, operand);
    case 'abs':
      if (isFloat(operand)) break;
      if (isUnsigned(operand)) return void f.get(a);
      pushConstant(f, type, 0);
      f.get(a)
        .op(codes.sub ?? 0)
        .get(a)
        .get(a);
      pushConstant(f, type, 0);
      f.op(codes.lt ?? 0, 0x1b);
      return wrap(f, operand);
    case 'not':
      if (operand === 'bool') return void f.get(a).op(0x45);
      f.get(a);
      pushConstant(f, type, -1);
      f.op(codes.xor ?? 0);
      return wrap(f, operand);
    case 'add':
    case 'mul':
      if (operand === 'bool')
        return void f
          .get(a)
          .get(b)
          .op(op === 'add' ? 0x72 : 0x71);
      break;
  }
  const code = codes[op];
  args.forEach(arg => f.get(arg));
  if (code !== undefined) {
    f.op(code);
    return wrap(f, dtype);
  }
  const target = at.library.call(op, operand, 1);
  if (!target) throw new RangeError(`${op} of ${operand} has no kernel`);
  f.call(target);
  wrap(f, dtype);
}

/** Arithmetic of 8 and 16 bits happens in 32 bits and wraps here. */
export function wrap(f: FunctionBuilder, dtype: DType): void {
  if (dtype === 'uint8') f.i32(255).op(0x71);
  if (dtype === 'uint16') f.i32(65535).op(0x71);
  if (dtype === 'int8') f.op(0xc0);
  if (dtype === 'int16') f.op(0xc1);
}

/** Converts the top of the stack as C does on x86-64. */
export function castScalar(f: FunctionBuilder, from: DType, to: DType): void {
  const [a, b] = [registerOf[from], registerOf[to]];
  if (from === to) return;
  if (to === 'bool') {
    pushConstant(f, a, 0);
    return void f.op(scalarCodes[a].ne ?? 0);
  }
  if (b === 'f32' || b === 'f64') {
    const code = { i32: b === 'f32' ? 0xb2 : 0xb7, i64: b === 'f32' ? 0xb4 : 0xb9, f32: 0xbb, f64: 0xb6 }[a];
    if (a !== b) f.op(fills(from) ? code + 1 : code);
    return;
  }
  if (a === 'f32' || a === 'f64') {
    if (to === 'uint64') return truncateUnsigned(f, a);
    // uint32 goes by way of 64 bits, as compilers do it.
    truncate(f, a, to === 'uint32' ? 'i64' : b);
    if (to === 'uint32') f.op(0xa7);
    return wrap(f, to);
  }
  if (a === 'i64' && b === 'i32') f.op(0xa7);
  if (a === 'i32' && b === 'i64') f.op(from === 'uint32' ? 0xad : 0xac);
  wrap(f, to);
}

/** Unsigned integers whose highest bit is that of the register. */
const fills = (dtype: DType): boolean => arithmeticOf(dtype) !== registerOf[dtype];

/** Float to integer: what does not fit, and NaN, become the smallest integer. */
function truncate(f: FunctionBuilder, from: 'f32' | 'f64', to: 'i32' | 'i64'): void {
  const x = f.local(from);
  const number = (v: number) => (from === 'f32' ? f.f32(v) : f.f64(v));
  const bits = to === 'i32' ? 31 : 63;
  const { lt, gt, ge } = scalarCodes[from];
  f.tee(x).op(0xfc, (to === 'i32' ? 0 : 4) + (from === 'f32' ? 0 : 2));
  if (to === 'i32') f.i32(-(2 ** 31));
  else f.i64(-(2n ** 63n));
  // -2147483648.5 still truncates into range; the other types have no number between the bound and its neighbour.
  const fine = from === 'f64' && to === 'i32';
  f.get(x);
  number(fine ? -2147483649 : -(2 ** bits)).op((fine ? gt : ge) ?? 0);
  f.get(x);
  number(2 ** bits).op(lt ?? 0, 0x71, 0x1b);
}

/** Float to uint64: from 2⁶³ on by way of the difference. */
function truncateUnsigned(f: FunctionBuilder, from: 'f32' | 'f64'): void {
  const [x, large] = [f.local(from), f.local('i32')];
  const { ge, sub } = scalarCodes[from];
  const border = () => (from === 'f32' ? f.f32(2 ** 63) : f.f64(2 ** 63));
  f.tee(x);
  border()
    .op(ge ?? 0)
    .set(large);
  f.get(x);
  border().op(sub ?? 0);
  f.get(x).get(large).op(0x1b);
  truncate(f, from, 'i64');
  f.get(large).op(0xad).i64(63n).op(0x86, 0x85);
}
