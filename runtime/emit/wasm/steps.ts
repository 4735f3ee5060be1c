// Emits the steps of a kernel body: one element at a time, or two or four in the lanes of a 128-bit vector.
// In lanes, bool is a mask of all ones or zeros, uint8 sits in 32-bit lanes, and 32-bit types beside 64-bit ones use the
// two low lanes (for loads, stores and casts only).
import { dtypes, isFloat, type DType } from '../../../src/shared/dtypes.ts';
import type { Access, Int, ScalarOp, Step } from '../../ir/scalar.ts';
import type { FunctionBuilder, FunctionRef } from './binary.ts';
import { bitselect, registerOf, scalarCodes, scalarMemory, splat, vectorCodes, type Register } from './opcodes.ts';

/** 1: scalar; 2 or 4: lanes of a vector. */
export type Lanes = 1 | 2 | 4;

/** Functions that steps call; null where a function has no form with lanes. */
export interface Library {
  call(op: ScalarOp, dtype: DType, lanes: Lanes): FunctionRef | null;
}

/** Where steps find what lies outside of them: locals of the function that is being built. */
export interface Surroundings {
  readonly f: FunctionBuilder;
  readonly library: Library;
  readonly lanes: Lanes;
  /** Local with the byte address of the access now. */
  address(access: Access): number;
  /** Elements after that address, where the loop is unrolled. */
  readonly ahead: number;
  /** Elements between neighbouring points of the inner loop: 0 or 1 with lanes. */
  innerStride(access: Access): Int;
  /** Local of a loop counter. */
  counter(loop: number): number;
  /** The loop that runs along the lanes. */
  readonly innerLoop: number;
  reduced(index: number): number;
  param(index: number): number;
  /** Arguments of a maths function, when its body is what is emitted. */
  argument(index: number): number;
}

const wide = (dtype: DType): boolean => dtypes[dtype].bytes === 8;

/** Casts that have a form with lanes. */
const laneCasts: Record<Lanes, readonly string[]> = {
  1: [],
  2: [
    ...['float32>float64', 'float64>float32', 'int32>float64', 'int32>int64', 'bool>int64', 'bool>float64'],
    ...['float64>bool', 'int64>bool'],
  ],
  4: [
    ...['int32>float32', 'uint8>float32', 'uint8>int32', 'int32>uint8', 'bool>int32', 'bool>uint8', 'bool>float32'],
    ...['float32>bool', 'int32>bool', 'uint8>bool'],
  ],
};

/** The number of lanes in which the steps can run: 1 when some step has no such form. */
export function lanesOf(steps: readonly Step[], library: Library): Lanes {
  const lanes: Lanes = steps.some(step => wide(step.dtype)) ? 2 : 4;
  const dtypeAt = (i: number): DType => steps[i]?.dtype ?? 'bool';
  const fits = steps.every(step => {
    switch (step.op) {
      case 'const':
      case 'load':
      case 'reduced':
      case 'param':
        return true;
      case 'index':
        return lanes === 4 ? step.dtype === 'int32' || step.dtype === 'float32' : wide(step.dtype);
      case 'loadAt':
        return false;
      case 'cast': {
        const from = dtypeAt(step.args[0] ?? 0);
        return from === step.dtype || laneCasts[lanes].includes(`${from}>${step.dtype}`);
      }
      case 'bits':
        return true;
      case 'shl':
      case 'shr':
      case 'ushr':
        return steps[step.args[1] ?? 0]?.op === 'const' && wide(step.dtype) === (lanes === 2);
      default: {
        const operand = dtypeAt(step.args.at(-1) ?? 0);
        if (operand !== 'bool' && wide(operand) !== (lanes === 2)) return false;
        return hasVectorForm(step.op, operand) || library.call(step.op, operand, lanes) !== null;
      }
    }
  });
  return fits ? lanes : 1;
}

const boolOps: Partial<Record<ScalarOp, ScalarOp>> = { add: 'or', max: 'or', mul: 'and', min: 'and', ne: 'xor' };

function hasVectorForm(op: ScalarOp, operand: DType): boolean {
  if (op === 'where') return true;
  if (operand === 'bool') return ['and', 'or', 'xor', 'not', 'eq', ...Object.keys(boolOps)].includes(op);
  if (op === 'max' || op === 'min') return true;
  return vectorCodes[registerOf[operand]][op] !== undefined;
}

/**
 * Emits steps and leaves each value in a local: `values[i]` is that of step i. Steps that have a value already (they do not
 * change in the loop) are skipped, and so are those that `wanted` leaves out.
 */
export function emitSteps(
  at: Surroundings,
  steps: readonly Step[],
  values: (number | undefined)[],
  wanted: (i: number) => boolean = () => true,
): void {
  steps.forEach((step, i) => {
    if (values[i] !== undefined || !wanted(i)) return;
    if (at.lanes === 1) emitScalar(at, step, steps, values);
    else emitVector(at, step, steps, values);
    const local = at.f.local(at.lanes === 1 ? registerOf[step.dtype] : 'v128');
    at.f.set(local);
    values[i] = local;
  });
}

const valueAt = (values: readonly (number | undefined)[], i: number | undefined): number => {
  const local = values[i ?? -1];
  if (local === undefined) throw new RangeError(`step ${i} has no value yet`);
  return local;
};

function emitInt(at: Surroundings, value: Int): void {
  if (typeof value === 'number') at.f.i32(value);
  else at.f.get(at.param(value.param));
}

/** The address of an access and the constant that a load adds to it. */
function pushAddress(at: Surroundings, access: Access, bytes: number): number[] {
  at.f.get(at.address(access));
  const stride = at.innerStride(access);
  if (at.ahead === 0 || stride === 0) return [0];
  if (stride === 1) return encodeOffset(at.ahead * bytes);
  emitInt(at, stride);
  at.f.i32(at.ahead * bytes).op(0x6c, 0x6a);
  return [0];
}

function encodeOffset(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, n >> 7];
}

function emitScalar(
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
      if (steps[step.args[0]]?.dtype === 'int64') f.op(0xa7);
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
  const codes = scalarCodes[type];
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
      return mask(f, operand);
    case 'abs':
      if (isFloat(operand)) break;
      if (operand === 'uint8') return void f.get(a);
      pushConstant(f, type, 0);
      f.get(a)
        .op(codes.sub ?? 0)
        .get(a)
        .get(a);
      pushConstant(f, type, 0);
      return void f.op(codes.lt ?? 0, 0x1b);
    case 'not':
      if (operand === 'bool') return void f.get(a).op(0x45);
      f.get(a);
      pushConstant(f, type, -1);
      f.op(codes.xor ?? 0);
      return mask(f, operand);
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
    return mask(f, dtype);
  }
  const target = at.library.call(op, operand, 1);
  if (!target) throw new RangeError(`${op} of ${operand} has no kernel`);
  f.call(target);
  mask(f, dtype);
}

/** uint8 arithmetic happens in 32 bits and wraps here. */
function mask(f: FunctionBuilder, dtype: DType): void {
  if (dtype === 'uint8') f.i32(255).op(0x71);
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
    if (a !== b) f.op(code);
    return;
  }
  if (a === 'f32' || a === 'f64') {
    truncate(f, a, b);
    return mask(f, to);
  }
  if (a === 'i64' && b === 'i32') f.op(0xa7);
  if (a === 'i32' && b === 'i64') f.op(0xac);
  mask(f, to);
}

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

function emitVector(
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
          .simd(vectorCodes[type][step.op] ?? 0);
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
  // Bytes: 32 or 16 bits at once, widened step by step.
  if (lanes === 4) f.simd(92, 0, ...offset);
  else f.simd(8, 0, ...offset);
  f.simd(137).simd(169);
  if (lanes === 2) f.simd(201);
  if (dtype !== 'bool') return;
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
  // The lowest byte of each lane moves to the front.
  const step = 16 / lanes;
  f.get(value).simd(13, ...Array.from({ length: 16 }, (_, i) => (i < lanes ? i * step : 0)));
  f.simd(lanes === 4 ? 90 : 89, 0, ...offset, 0);
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
  const type: Register = operand === 'bool' ? (lanes === 2 ? 'i64' : 'i32') : registerOf[operand];
  const codes = vectorCodes[type];
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
  const code = codes[op];
  if (code !== undefined) f.simd(code);
  else {
    const target = at.library.call(op, operand, lanes);
    if (!target) throw new RangeError(`${op} of ${operand} has no form with lanes`);
    f.call(target);
  }
  if (dtype === 'uint8') f.splatConst('i32', 255).simd(78);
}

function castVector(f: FunctionBuilder, from: DType, to: DType, lanes: Lanes): void {
  if (from === to) return;
  const type = registerOf[to];
  if (to === 'bool') {
    const source = registerOf[from];
    return void f.splatConst(source, 0).simd(vectorCodes[source].ne ?? 0);
  }
  if (from === 'bool') return void f.splatConst(type, 1).simd(78);
  if (to === 'uint8') return void f.splatConst('i32', 255).simd(78);
  if (from === 'uint8' && to === 'int32') return;
  if (to === 'float32') return void f.simd(lanes === 2 ? 94 : 250);
  if (to === 'int64') return void f.simd(199);
  if (to === 'float64') return void f.simd(from === 'float32' ? 95 : 254);
}
