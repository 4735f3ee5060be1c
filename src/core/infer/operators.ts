// Operators on abstract values: NumPy's promotion (NEP 50), Python's own numbers, sequences and tensors.
import type { DType, WeakKind } from '../../shared/dtypes.ts';
import { defaultDType, isFloat, isInteger, promote, promoteWeak, quotientOf } from '../../shared/dtypes.ts';
import type { AbstractValue, Shape } from './types.ts';
import { addDims, broadcast, symbolOf } from './dims.ts';
import {
  anyBool,
  anyFloat,
  anyInt,
  anyStr,
  arrayOrScalar,
  bool,
  dimOf,
  float,
  int,
  joinElement,
  optionsOf,
  scalar,
  tensor,
  tuple,
  tupleOf,
  unknown,
} from './values.ts';

export type Arithmetic = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '&' | '|' | '^' | '<<' | '>>';

/** What takes part in promotion: a dtype of its own, or a Python number that adapts. */
export type Operand = { readonly strong: DType | null } | { readonly weak: WeakKind };

export function operandOf(value: AbstractValue): Operand | null {
  switch (value.kind) {
    case 'array':
    case 'scalar':
      return { strong: value.dtype };
    case 'int':
    case 'float':
    case 'bool':
      return { weak: value.kind };
    default:
      return null;
  }
}

/** `np.result_type` of operands; `undefined` operands are not covered, so nothing is known. */
export function resultType(operands: readonly (Operand | null)[]): DType | null {
  let strong: DType | null = null;
  let seen = false;
  for (const operand of operands) {
    if (!operand) return null;
    if (!('strong' in operand)) continue;
    if (operand.strong === null) return null;
    strong = seen && strong ? promote(strong, operand.strong) : operand.strong;
    seen = true;
  }
  for (const operand of operands) {
    if (!operand || !('weak' in operand)) continue;
    strong = strong ? promoteWeak(strong, operand.weak) : null;
  }
  if (seen) return strong;
  const order: readonly WeakKind[] = ['bool', 'int', 'float'];
  const kinds = operands.map(operand => (operand && 'weak' in operand ? order.indexOf(operand.weak) : 0));
  return defaultDType[order[Math.max(0, ...kinds)] ?? 'float'];
}

/** The dtype of `a op b` for the promoted dtype `p`; null where it is none of the covered ones, or an error. */
export function arithmeticDType(op: Arithmetic, p: DType | null): DType | null {
  if (!p) return null;
  switch (op) {
    case '+':
    case '*':
    case '@':
      return p;
    case '/':
      return isFloat(p) ? p : 'float64';
    case '-':
      return p === 'bool' ? null : p;
    case '//':
    case '%':
    case '**':
      return p === 'bool' ? 'int8' : p;
    case '&':
    case '|':
    case '^':
      return isFloat(p) ? null : p;
    case '<<':
    case '>>':
      return isInteger(p) ? p : null;
  }
}

export const shapeOf = (value: AbstractValue): Shape =>
  value.kind === 'array' || value.kind === 'tensor' ? value.shape : [];

const isNumber = (value: AbstractValue): boolean => ['int', 'float', 'bool'].includes(value.kind);

/** `literal` turns lists and tuples into arrays, as NumPy does with an operand. */
export type Literal = (value: AbstractValue) => AbstractValue;

export function binary(op: Arithmetic, left: AbstractValue, right: AbstractValue, literal: Literal): AbstractValue {
  if (left.kind === 'union' || right.kind === 'union') {
    let all: AbstractValue | null = null;
    for (const a of optionsOf(left))
      for (const b of optionsOf(right)) {
        // None has no operators: that way raises.
        if (a.kind !== 'none' && b.kind !== 'none') all = joinElement(all, binary(op, a, b, literal));
      }
    return all ?? unknown;
  }
  if (left.kind === 'tensor' || right.kind === 'tensor') return tensorBinary(op, left, right, literal);
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknownBinary(op, left, right);
  if (isNumber(left) && isNumber(right)) return numberBinary(op, left, right);
  if (left.kind === 'str') return ['%', '+', '*'].includes(op) ? anyStr : unknown;
  if (isSequence(left) || isSequence(right)) {
    const other = isSequence(left) ? right : left;
    if (other.kind !== 'array' && other.kind !== 'scalar') return sequenceBinary(op, left, right);
    if (op === '*' && other.kind === 'scalar') return unknown;
    return binary(op, literal(left), literal(right), v => v);
  }
  const operands = [operandOf(left), operandOf(right)];
  if (operands.includes(null)) return unknown;
  const dtype = arithmeticDType(op, powerPromotion(op, left, right, resultType(operands)));
  if (op === '@') return arrayOrScalar(dtype, matmulShape(shapeOf(left), shapeOf(right)));
  return arrayOrScalar(dtype, broadcast(shapeOf(left), shapeOf(right)));
}

/** `bool ** 2` takes a path of its own in NumPy; nothing is said of it. */
function powerPromotion(op: Arithmetic, left: AbstractValue, right: AbstractValue, p: DType | null): DType | null {
  const isBool = (value: AbstractValue): boolean => 'dtype' in value && value.dtype === 'bool';
  return op === '**' && (isBool(left) || isBool(right)) ? null : p;
}

const isSequence = (value: AbstractValue): boolean => value.kind === 'list' || value.kind === 'tuple';

function sequenceBinary(op: Arithmetic, left: AbstractValue, right: AbstractValue): AbstractValue {
  if (op === '+' && left.kind === 'tuple' && right.kind === 'tuple') {
    if (left.items && right.items) return tuple([...left.items, ...right.items]);
    return tupleOf(joinElement(left.element, right.element), addDims(left.length, right.length));
  }
  if (op === '*' && left.kind === 'tuple' && right.kind === 'int') {
    if (left.items && right.value !== null && left.items.length * right.value <= 64)
      return tuple(Array.from({ length: Math.max(0, right.value) }, () => left.items ?? []).flat());
    return tupleOf(left.element, null);
  }
  return unknown;
}

function unknownBinary(op: Arithmetic, left: AbstractValue, right: AbstractValue): AbstractValue {
  const a = dimOf(left);
  const b = dimOf(right);
  // n - 1 for an unknown parameter n: its own size, should it be used as one.
  const symbol = ['+', '-', '*', '//'].includes(op) ? symbolOf(a, op, b) : null;
  return symbol === null ? unknown : { ...unknown, symbol };
}

export function matmulShape(a: Shape, b: Shape): Shape {
  if (!a || !b || a.length === 0 || b.length === 0) return null;
  const rows = a.length === 1 ? [] : [a[a.length - 2] ?? null];
  const columns = b.length === 1 ? [] : [b[b.length - 1] ?? null];
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  return batch && [...batch, ...rows, ...columns];
}

function tensorBinary(op: Arithmetic, left: AbstractValue, right: AbstractValue, literal: Literal): AbstractValue {
  const typed = left.kind === 'tensor' ? left : right;
  if (typed.kind !== 'tensor') return unknown;
  const other = left.kind === 'tensor' ? right : left;
  if (!['tensor', 'array', 'scalar', 'int', 'float', 'bool', 'list', 'tuple'].includes(other.kind)) return unknown;
  // Everything that is not a tensor is converted to the tensor's dtype; two tensors must agree.
  // A boolean tensor takes ways of its own.
  const masks = [left, right].some(value => value.kind === 'tensor' && value.dtype === 'bool');
  const p = masks ? null : typed.dtype;
  const dtype = op === '/' && p && !isFloat(p) ? (p === 'bool' ? null : quotientOf(p)) : p;
  const [a, b] = [literal(left), literal(right)].map(shapeOf);
  return tensor(dtype, op === '@' ? matmulShape(a ?? null, b ?? null) : broadcast(a ?? null, b ?? null));
}

const asNumber = (value: AbstractValue): number | null => {
  if (value.kind === 'bool') return value.value === null ? null : Number(value.value);
  return value.kind === 'int' || value.kind === 'float' ? value.value : null;
};
const exact = (n: number): AbstractValue => (Number.isSafeInteger(n) ? int(n) : anyInt);

function numberBinary(op: Arithmetic, left: AbstractValue, right: AbstractValue): AbstractValue {
  const a = asNumber(left);
  const b = asNumber(right);
  const known = a !== null && b !== null;
  const floating = left.kind === 'float' || right.kind === 'float';
  switch (op) {
    case '&':
    case '|':
    case '^':
      if (left.kind === 'bool' && right.kind === 'bool') return anyBool;
      return floating ? unknown : anyInt;
    case '<<':
    case '>>':
      return floating ? unknown : anyInt;
    case '@':
      return unknown;
    case '/':
      return known && b !== 0 ? float(a / b) : anyFloat;
    case '**':
      return power(a, b, floating);
  }
  if (floating) {
    if (!known) return anyFloat;
    if (op === '+') return float(a + b);
    if (op === '-') return float(a - b);
    if (op === '*') return float(a * b);
    return anyFloat;
  }
  if (!known) {
    const symbol = op === '%' ? null : symbolOf(dimOf(left), op, dimOf(right));
    return { kind: 'int', value: null, symbol };
  }
  if (op === '+') return exact(a + b);
  if (op === '-') return exact(a - b);
  if (op === '*') return exact(a * b);
  if (b === 0) return unknown;
  return op === '//' ? exact(Math.floor(a / b)) : exact(a - Math.floor(a / b) * b);
}

function power(a: number | null, b: number | null, floating: boolean): AbstractValue {
  if (!floating && b !== null && b >= 0) return a === null ? anyInt : exact(a ** b);
  if (b !== null && Number.isInteger(b)) return a === null || a === 0 ? anyFloat : float(a ** b);
  // A negative base with a fractional exponent is complex.
  if (a === null || a < 0) return unknown;
  if (floating) return b === null ? anyFloat : float(a ** b);
  return unknown;
}

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=', '<>']);

export function compare(op: string, left: AbstractValue, right: AbstractValue, literal: Literal): AbstractValue {
  if (!comparisons.has(op)) return identity(op, left, right);
  const all = [...optionsOf(left), ...optionsOf(right)];
  if (all.length > 2) {
    let result: AbstractValue | null = null;
    for (const a of optionsOf(left))
      for (const b of optionsOf(right)) result = joinElement(result, compare(op, a, b, literal));
    return result ?? unknown;
  }
  if (left.kind === 'tensor' || right.kind === 'tensor') {
    if (left.kind === 'none' || right.kind === 'none') return anyBool;
    const [a, b] = [shapeOf(literal(left)), shapeOf(literal(right))];
    // == and != of shapes that do not fit give one value.
    return tensor('bool', ['==', '!='].includes(op) && !fits(a, b) ? null : broadcast(a, b));
  }
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknown;
  const arrays = [left, right].filter(value => value.kind === 'array' || value.kind === 'scalar');
  if (arrays.length > 0) {
    const operands = [literal(left), literal(right)];
    if (operands.some(value => !operandOf(value))) return unknown;
    return arrayOrScalar('bool', broadcast(shapeOf(operands[0] ?? unknown), shapeOf(operands[1] ?? unknown)));
  }
  if (isNumber(left) && isNumber(right)) {
    const a = asNumber(left);
    const b = asNumber(right);
    if (a === null || b === null) return anyBool;
    return bool(decide(op, a, b));
  }
  if (left.kind === 'str' && right.kind === 'str' && left.value !== null && right.value !== null)
    return bool(decide(op, left.value, right.value));
  return left.kind === 'instance' || right.kind === 'instance' || left.kind === 'object' ? unknown : anyBool;
}

/** Whether two shapes surely broadcast. */
const fits = (a: Shape, b: Shape): boolean =>
  !!a &&
  !!b &&
  a.toReversed().every((dim, i) => i >= b.length || dim === b.at(-1 - i) || dim === 1 || b.at(-1 - i) === 1);

function decide<T extends string | number>(op: string, a: T, b: T): boolean {
  switch (op) {
    case '==':
      return a === b;
    case '!=':
    case '<>':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

/** `is`, `is not`, `in`, `not in`. */
function identity(op: string, left: AbstractValue, right: AbstractValue): AbstractValue {
  if (op !== 'is' && op !== 'is not') return left.kind === 'instance' || right.kind === 'instance' ? unknown : anyBool;
  const a = left.kind;
  const b = right.kind;
  const open = ['unknown', 'union'];
  if ((a !== 'none' && b !== 'none') || open.includes(a) || open.includes(b)) return anyBool;
  return bool((a === b) === (op === 'is'));
}

export function unary(op: string, value: AbstractValue): AbstractValue {
  if (value.kind === 'union') {
    let all: AbstractValue | null = null;
    for (const option of value.options) if (option.kind !== 'none') all = joinElement(all, unary(op, option));
    return all ?? unknown;
  }
  switch (value.kind) {
    case 'array':
    case 'scalar': {
      const { dtype } = value;
      const result = dtype && ((op === '~' && isFloat(dtype)) || (op !== '~' && dtype === 'bool')) ? null : dtype;
      return value.kind === 'scalar' ? scalar(result) : arrayOrScalar(result, value.shape);
    }
    case 'tensor':
      return tensor(value.dtype, value.shape);
    case 'int':
      if (op === '~') return value.value === null ? anyInt : exact(-value.value - 1);
      if (op === '+') return value;
      return value.value === null ? anyInt : int(0 - value.value);
    case 'float':
      return op === '~' ? unknown : op === '+' || value.value === null ? value : float(-value.value);
    case 'bool':
      return op === '~' || value.value === null ? anyInt : int(op === '-' ? -Number(value.value) : Number(value.value));
    default:
      return unknown;
  }
}

/** Whether a value is true as a condition; null where that is not known. */
export function truth(value: AbstractValue): boolean | null {
  switch (value.kind) {
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return value.value === null ? null : value.value !== 0;
    case 'str':
      return value.value === null ? null : value.value !== '';
    case 'none':
      return false;
    case 'tuple':
      return typeof value.length === 'number' ? value.length > 0 : null;
    case 'function':
    case 'class':
    case 'module':
    case 'bound':
      return true;
    default:
      return null;
  }
}
