// Kernel bodies in WGSL: types, literals, and one expression per step.
// WGSL lets a compiler assume that there are no NaNs (`x != x` may be folded to false), so every decision about NaN is
// made on bits. bool and uint8 are u32 in storage; int64 is i32, which is right as long as nothing is calculated with it.
import type { DType } from '../../src/shared/dtypes.ts';
import { largestAngle, mathFunction } from '../math/index.ts';
import type { Access, Int, MathOp, ScalarFunction, ScalarOp, Step } from '../schedule/kernel.ts';
import { angleReduction, highProduct, wideAngle, writtenFunctions } from './wgslFunctions.ts';

/** Why a kernel cannot run on the GPU. */
export class NotOnGpu extends Error {
  override readonly name = 'NotOnGpu';
}

interface WgslType {
  /** In expressions. */
  readonly value: string;
  /** In buffers. */
  readonly stored: string;
}
const types: Partial<Record<DType, WgslType>> = {
  bool: { value: 'bool', stored: 'u32' },
  uint8: { value: 'u32', stored: 'u32' },
  int32: { value: 'i32', stored: 'i32' },
  int64: { value: 'i32', stored: 'i32' },
  float32: { value: 'f32', stored: 'f32' },
};

export function wgslType(dtype: DType): WgslType {
  const found = types[dtype];
  if (!found) throw new NotOnGpu(`${dtype} does not exist on the GPU`);
  return found;
}

export function literal(value: number | bigint, dtype: DType): string {
  switch (wgslType(dtype).value) {
    case 'bool':
      return Number(value) === 0 ? 'false' : 'true';
    case 'u32':
      return `${Number(value) & 255}u`;
    case 'i32': {
      const integer = Number(value);
      if (integer !== (integer | 0)) throw new NotOnGpu(`the constant ${value} does not fit in 32 bits`);
      return `i32(${integer})`;
    }
    default:
      return floatLiteral(Number(value));
  }
}

/** Infinity and NaN may not be constant expressions: their bits come out of a variable. */
function floatLiteral(value: number): string {
  const x = Math.fround(value);
  if (Number.isNaN(x)) return 'bitcast<f32>(nan_bits)';
  if (!Number.isFinite(x)) return x > 0 ? 'bitcast<f32>(inf_bits)' : '(-bitcast<f32>(inf_bits))';
  return Object.is(x, -0) ? '(-0.0f)' : `(${x.toExponential()}f)`;
}

/** What every kernel may use. */
export const prelude = `var<private> nan_bits: u32 = 0x7fc00000u;
var<private> inf_bits: u32 = 0x7f800000u;
fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
fn nan_max(a: f32, b: f32) -> f32 { return select(select(max(a, b), b, is_nan(b)), a, is_nan(a)); }
fn nan_min(a: f32, b: f32) -> f32 { return select(select(min(a, b), b, is_nan(b)), a, is_nan(a)); }
`;

/** A size, stride or offset. */
export const int = (value: Int): string => (typeof value === 'number' ? String(value) : `params[${value.param}]`);

/** Position in a buffer; `loops` names the counters. */
export function position(access: Access, loops: readonly string[]): string {
  const terms = access.strides.flatMap((stride, loop) =>
    stride === 0 ? [] : [stride === 1 ? `${loops[loop]}` : `${loops[loop]} * ${int(stride)}`],
  );
  if (access.offset !== 0 || terms.length === 0) terms.push(int(access.offset));
  return terms.join(' + ');
}

type Emit = (args: readonly string[], operand: DType, dtype: DType) => string;
const infix =
  (sign: string): Emit =>
  ([a, b]) =>
    `(${a} ${sign} ${b})`;
const call =
  (name: string): Emit =>
  args =>
    `${name}(${args.join(', ')})`;

/** A comparison is false where an operand is NaN (`ne`: true), whatever the compiler assumes. */
const compare =
  (sign: string, onBool: (a: string, b: string) => string): Emit =>
  ([a = '', b = ''], operand) => {
    if (operand === 'bool') return onBool(a, b);
    if (operand !== 'float32') return `(${a} ${sign} ${b})`;
    return sign === '!='
      ? `(${a} != ${b} || is_nan(${a}) || is_nan(${b}))`
      : `(${a} ${sign} ${b} && !is_nan(${a}) && !is_nan(${b}))`;
  };

/** One expression for bool, another for everything else. */
const logical =
  (onBool: Emit, otherwise: Emit): Emit =>
  (args, operand, dtype) =>
    (operand === 'bool' ? onBool : otherwise)(args, operand, dtype);

const extremum = (name: 'max' | 'min', onBool: Emit): Emit =>
  logical(onBool, (args, operand) => call(operand === 'float32' ? `nan_${name}` : name)(args, operand, operand));

const expressions: Record<Exclude<ScalarOp, MathOp>, Emit> = {
  add: logical(infix('||'), infix('+')),
  sub: infix('-'),
  mul: logical(infix('&&'), infix('*')),
  div: infix('/'),
  neg: ([a], operand) => (operand === 'uint8' ? `(0u - ${a})` : `(-${a})`),
  abs: ([a], operand) => (operand === 'uint8' ? `${a}` : `abs(${a})`),
  sqrt: call('sqrt'),
  floor: call('floor'),
  ceil: call('ceil'),
  round: call('round'),
  trunc: call('trunc'),
  min: extremum('min', infix('&&')),
  max: extremum('max', infix('||')),
  and: logical(infix('&&'), infix('&')),
  or: logical(infix('||'), infix('|')),
  xor: logical(infix('!='), infix('^')),
  not: logical(
    ([a]) => `(!${a})`,
    ([a]) => `(~${a})`,
  ),
  shl: ([a, b]) => `(${a} << u32(${b}))`,
  shr: ([a, b]) => `(${a} >> u32(${b}))`,
  ushr: ([a, b]) => `bitcast<i32>(bitcast<u32>(${a}) >> u32(${b}))`,
  bits: ([a], _, dtype) => `bitcast<${wgslType(dtype).value}>(${a})`,
  cast: ([a = ''], from, to) => cast(a, from, to),
  where: ([condition, x, y]) => `select(${y}, ${x}, ${condition})`,
  eq: compare('==', (a, b) => `(${a} == ${b})`),
  ne: compare('!=', (a, b) => `(${a} != ${b})`),
  lt: compare('<', (a, b) => `(!${a} && ${b})`),
  le: compare('<=', (a, b) => `(!${a} || ${b})`),
  gt: compare('>', (a, b) => `(${a} && !${b})`),
  ge: compare('>=', (a, b) => `(${a} || !${b})`),
};

/** C's conversions: towards zero, and the smallest integer for what does not fit. */
function cast(a: string, from: DType, to: DType): string {
  if (from === to) return a;
  if (to === 'bool') return from === 'float32' ? `((bitcast<u32>(${a}) & 0x7fffffffu) != 0u)` : `(${a} != 0)`;
  if (from !== 'float32') return to === 'uint8' ? `(u32(${a}) & 255u)` : `${wgslType(to).value}(${a})`;
  if (to === 'int64') throw new NotOnGpu('float32 to int64 does not fit in 32 bits');
  const whole = `select(i32(-2147483648), i32(${a}), abs(${a}) < 2147483648.0f && !is_nan(${a}))`;
  return to === 'uint8' ? `(u32(${whole}) & 255u)` : whole;
}

/** Ops that are right on int64 values held in 32 bits. */
const carries: ReadonlySet<string> = new Set<ScalarOp>([
  ...(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'where', 'min', 'max', 'cast', 'and', 'or', 'xor', 'not'] as const),
]);
/** Arithmetic on loop counters and constants alone stays as small as the arrays are. */
const counts = (step: Step, steps: readonly Step[]): boolean => {
  if (step.op === 'index' || step.op === 'const') return true;
  if (step.op !== 'add' && step.op !== 'mul') return false;
  return step.args.every(i => {
    const arg = steps[i];
    return arg !== undefined && counts(arg, steps);
  });
};
/** Results of uint8 arithmetic that may leave 8 bits. */
const overflows: ReadonlySet<string> = new Set<ScalarOp>(['add', 'sub', 'mul', 'neg', 'not', 'shl']);

/** Collects the functions of the maths library that the bodies call. */
export class MathFunctions {
  readonly #texts = new Map<string, string>();

  /** The name of the WGSL function for `op`; its text joins the others. */
  use(op: MathOp, dtype: DType): string {
    const name = `${op}_${dtype}`;
    if (!this.#texts.has(name)) {
      this.#texts.set(name, '');
      const found = mathFunction(op, dtype);
      const text = found ? this.#function(name, found) : writtenFunctions[dtype]?.[op];
      if (text === undefined) throw new NotOnGpu(`${op} of ${dtype} does not exist on the GPU`);
      if (op === 'pow' && dtype === 'float32') this.#texts.set('high_product', highProduct);
      // Deleted and set again: a function stands after those that it calls.
      this.#texts.delete(name);
      this.#texts.set(name, text);
    }
    return (op === 'sin' || op === 'cos') && dtype === 'float32' ? this.#wide(op) : name;
  }

  /** sin and cos of any float32: the library's functions hold up to `largestAngle`. */
  #wide(op: 'sin' | 'cos'): string {
    const name = `wide_${op}`;
    if (!this.#texts.has(name)) {
      this.#texts.set(name, '');
      this.use(op === 'sin' ? 'cos' : 'sin', 'float32');
      this.#texts.set('high_product', highProduct);
      this.#texts.set('quarters', angleReduction);
      this.#texts.set(name, wideAngle(op, largestAngle('float32')));
    }
    return name;
  }

  #function(name: string, { params, steps, result }: ScalarFunction): string {
    const header = params.map((param, i) => `p${i}: ${wgslType(param).value}`).join(', ');
    const body = emitSteps(steps, { loops: [], math: this, names: i => `t${i}` });
    const type = wgslType(steps[result]?.dtype ?? 'float32').value;
    return `fn ${name}(${header}) -> ${type} {\n${body}  return t${result};\n}\n`;
  }

  get text(): string {
    return [...this.#texts.values()].join('');
  }
}

export interface BodyContext {
  /** Names of the loop counters. */
  readonly loops: readonly string[];
  readonly math: MathFunctions;
  /** Name of the value of a step. */
  readonly names: (step: number) => string;
}

/** One `let` per step. */
export function emitSteps(steps: readonly Step[], context: BodyContext): string {
  let text = '';
  steps.forEach((step, i) => {
    text += `  let ${context.names(i)}: ${wgslType(step.dtype).value} = ${expression(step, steps, context)};\n`;
  });
  return text;
}

function expression(step: Step, steps: readonly Step[], { loops, math, names }: BodyContext): string {
  const { dtype } = step;
  switch (step.op) {
    case 'const':
      return literal(step.value, dtype);
    case 'load':
      return loaded(step.access.buffer, position(step.access, loops), dtype);
    case 'loadAt': {
      const at = `${position(step.access, loops)} + ${int(step.stride)} * ${names(step.args[0])}`;
      return loaded(step.access.buffer, at, dtype);
    }
    case 'index':
      return `${wgslType(dtype).value}(${loops[step.loop]})`;
    case 'reduced':
      return `r${step.reduction}`;
    case 'param':
      return `p${step.index}`;
    default: {
      const operand = steps[step.args.at(-1) ?? 0]?.dtype ?? dtype;
      if ((operand === 'int64' || dtype === 'int64') && !carries.has(step.op) && !counts(step, steps))
        throw new NotOnGpu(`${step.op} of int64 does not exist on the GPU`);
      const args = step.args.map(names);
      const known = expressions as Partial<Record<ScalarOp, Emit>>;
      const text =
        known[step.op]?.(args, operand, dtype) ?? `${math.use(step.op as MathOp, dtype)}(${args.join(', ')})`;
      return dtype === 'uint8' && overflows.has(step.op) ? `(${text} & 255u)` : text;
    }
  }
}

const loaded = (buffer: number, at: string, dtype: DType): string =>
  dtype === 'bool' ? `(b${buffer}[${at}] != 0u)` : `b${buffer}[${at}]`;

/** Stores a value of a body. */
export const stored = (buffer: number, at: string, value: string, dtype: DType): string =>
  `b${buffer}[${at}] = ${dtype === 'bool' ? `u32(${value})` : value};\n`;
