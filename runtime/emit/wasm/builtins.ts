// Functions that kernels call and that need a loop, a branch or the host: integer division and powers, float remainders.
import type { DType } from '../../../src/shared/dtypes.ts';
import { hostOps, type HostOp, type ScalarOp } from '../../ir/scalar.ts';
import type { FunctionBuilder, FunctionRef, ModuleBuilder } from './binary.ts';
import { arithmeticOf, registerOf, scalarCodes, type Register } from './opcodes.ts';

/** What a kernel module imports from the host beside the memory. */
export const hostFunctions = {
  fmod: (a: number, b: number) => a % b,
  sin: Math.sin,
  cos: Math.cos,
  ...Object.fromEntries(hostOps.map(op => [op, Math[op] as (...args: number[]) => number])),
  pow: (a: number, b: number) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b),
};

const division: Record<'i32' | 'i64', { readonly div: number; readonly rem: number; readonly eqz: number }> = {
  i32: { div: 0x6d, rem: 0x6f, eqz: 0x45 },
  i64: { div: 0x7f, rem: 0x81, eqz: 0x50 },
};

type Int = 'i32' | 'i64';
const code = (type: Register, op: ScalarOp): number => scalarCodes[type][op] ?? 0;
const constant = (f: FunctionBuilder, type: Int, n: number) => (type === 'i32' ? f.i32(n) : f.i64(BigInt(n)));

/** Floor division or remainder; a zero divisor gives 0, and the smallest integer divided by -1 wraps. */
function intDivision(module: ModuleBuilder, type: Int, op: 'floordiv' | 'mod'): FunctionRef {
  const f = module.func([type, type], [type]);
  const { div, rem, eqz } = division[type];
  const r = f.local(type);
  f.get(1).op(eqz);
  f.if(() => constant(f, type, 0).return());
  constant(f.get(1), type, -1).op(code(type, 'eq'));
  f.if(() => {
    constant(f, type, 0);
    if (op === 'floordiv') f.get(0).op(code(type, 'sub'));
    f.return();
  });
  f.get(0).get(1).op(rem).set(r);
  // A remainder whose sign differs from the divisor's: one step down.
  constant(f.get(r), type, 0).op(code(type, 'ne'));
  constant(f.get(r).get(1).op(code(type, 'xor')), type, 0).op(code(type, 'lt'));
  f.op(0x71);
  f.if(() => {
    if (op === 'mod') f.get(r).get(1).op(code(type, 'add')).return();
    else constant(f.get(0).get(1).op(div), type, 1).op(code(type, 'sub')).return();
  });
  if (op === 'mod') f.get(r);
  else f.get(0).get(1).op(div);
  return f;
}

/** Quotient or remainder of integers without a sign; a zero divisor gives 0. */
function unsignedDivision(module: ModuleBuilder, type: Int, op: 'floordiv' | 'mod'): FunctionRef {
  const f = module.func([type, type], [type]);
  const { div, rem, eqz } = division[type];
  f.get(1).op(eqz);
  f.if(() => constant(f, type, 0).return());
  f.get(0)
    .get(1)
    .op((op === 'mod' ? rem : div) + 1);
  return f;
}

/** Powers by repeated squaring. A negative exponent gives 0, except for the bases 1 and -1. */
function intPower(module: ModuleBuilder, type: Int, signed: boolean): FunctionRef {
  const f = module.func([type, type], [type]);
  const result = f.local(type);
  constant(f, type, 1).set(result);
  if (signed) {
    constant(f.get(1), type, 0).op(code(type, 'lt'));
    f.if(() => {
      constant(f.get(0), type, 1).op(code(type, 'eq'));
      f.if(() => constant(f, type, 1).return());
      constant(f.get(0), type, -1).op(code(type, 'eq'));
      f.if(() => {
        constant(f, type, 1);
        constant(constant(f.get(1), type, 1).op(code(type, 'and')), type, 1);
        f.op(code(type, 'shl'), code(type, 'sub')).return();
      });
      constant(f, type, 0).return();
    });
  }
  f.block(() =>
    f.loop(() => {
      f.get(1).op(division[type].eqz).brIf(1);
      constant(f.get(1), type, 1).op(code(type, 'and'));
      if (type === 'i64') f.op(0xa7);
      f.if(() => f.get(result).get(0).op(code(type, 'mul')).set(result));
      f.get(0).get(0).op(code(type, 'mul')).set(0);
      constant(f.get(1), type, 1).op(code(type, 'ushr')).set(1);
      f.br(0);
    }),
  );
  f.get(result);
  return f;
}

/** Python's float `%` in float64: the exact remainder, moved to the sign of the divisor. */
function floatMod(module: ModuleBuilder): FunctionRef {
  const fmod = module.import('fmod', ['f64', 'f64'], ['f64']);
  const f = module.func(['f64', 'f64'], ['f64']);
  const r = f.local('f64');
  f.get(0).get(1).call(fmod).tee(r).f64(0).op(0x61);
  f.if(() => f.f64(0).get(1).op(0xa6).return());
  f.get(r).f64(0).op(0x63).get(1).f64(0).op(0x63, 0x47);
  f.if(() => f.get(r).get(1).op(0xa0).set(r));
  f.get(r);
  return f;
}

/** Floor division by way of the remainder, in the precision of `type`. */
function floatFloorDiv(module: ModuleBuilder, type: 'f32' | 'f64'): FunctionRef {
  const fmod = module.import('fmod', ['f64', 'f64'], ['f64']);
  const f = module.func([type, type], [type]);
  const [r, q, floor] = [f.local(type), f.local(type), f.local(type)];
  const number = (x: number) => (type === 'f32' ? f.f32(x) : f.f64(x));
  const widen = type === 'f32' ? [0xbb] : [];
  const narrow = type === 'f32' ? [0xb6] : [];
  const c = (op: ScalarOp) => code(type, op);
  number(0).get(1).op(c('eq'));
  f.if(() => f.get(0).get(1).op(c('div')).return());
  f.get(0)
    .op(...widen)
    .get(1)
    .op(...widen)
    .call(fmod)
    .op(...narrow)
    .set(r);
  f.get(0).get(r).op(c('sub')).get(1).op(c('div')).set(q);
  number(0).get(r).op(c('ne'));
  number(0).get(r).op(c('gt'));
  number(0).get(1).op(c('gt'), 0x47, 0x71);
  f.if(() => {
    f.get(q);
    number(1).op(c('sub')).set(q);
  });
  number(0).get(q).op(c('eq'));
  f.if(() =>
    number(0)
      .get(0)
      .get(1)
      .op(c('div'), type === 'f32' ? 0x98 : 0xa6)
      .return(),
  );
  f.get(q).op(c('floor')).set(floor);
  f.get(q).get(floor).op(c('sub'));
  number(0.5).op(c('gt'));
  f.if(() => {
    f.get(floor);
    number(1).op(c('add')).set(floor);
  });
  f.get(floor);
  return f;
}

/** The function for an op that has no instruction, or null where the maths library has it. */
export function builtin(module: ModuleBuilder, op: ScalarOp, dtype: DType): FunctionRef | null {
  const type = registerOf[dtype];
  const signed = arithmeticOf(dtype) === type;
  if ((op === 'floordiv' || op === 'mod') && (type === 'i32' || type === 'i64'))
    return signed ? intDivision(module, type, op) : unsignedDivision(module, type, op);
  if (op === 'floordiv') return type === 'f32' || type === 'f64' ? floatFloorDiv(module, type) : null;
  if (op === 'mod') {
    const mod = floatMod(module);
    if (type === 'f64') return mod;
    const f = module.func(['f32', 'f32'], ['f32']);
    f.get(0).op(0xbb).get(1).op(0xbb).call(mod).op(0xb6);
    return f;
  }
  if (op === 'pow' && (type === 'i32' || type === 'i64')) return intPower(module, type, signed);
  return op === 'pow' || hostOps.includes(op as HostOp) ? byHost(module, op, type) : null;
}

/** A function of floats by the host, in float64; float32 is rounded once. */
function byHost(module: ModuleBuilder, op: ScalarOp, type: Register): FunctionRef {
  const operands = op === 'pow' || op === 'atan2' ? ([0, 1] as const) : ([0] as const);
  const host = module.import(
    op,
    operands.map(() => 'f64'),
    ['f64'],
  );
  if (type === 'f64') return host;
  const f = module.func(
    operands.map(() => 'f32'),
    ['f32'],
  );
  for (const i of operands) f.get(i).op(0xbb);
  f.call(host).op(0xb6);
  return f;
}
