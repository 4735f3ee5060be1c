// Python's built-in functions.
import type { DType } from '../../../shared/dtypes.ts';
import { isFloat } from '../../../shared/dtypes.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import type { Dim } from '../../../shared/findings.ts';
import type { AbstractValue } from '../types.ts';
import type { Machine } from '../machine.ts';
import { callValue } from '../calls.ts';
import { iterate, listOf } from '../containers.ts';
import { binary, truth, unary } from '../operators.ts';
import { literalArray } from '../library/literal.ts';
import { arangeLength } from '../library/ranges.ts';
import type { CallArguments } from '../library/signature.ts';
import {
  anyBool,
  anyFloat,
  anyInt,
  anyStr,
  arrayOrScalar,
  bool,
  float,
  int,
  intOfDim,
  joinElement,
  none,
  scalar,
  tuple,
  tupleOf,
  unknown,
} from '../values.ts';

const names = new Set(
  `abs all any ascii bin bool bytes callable chr dict dir divmod enumerate eval exec filter float format frozenset getattr
  globals hasattr hash hex id input int isinstance issubclass iter len list locals map max min next object oct open ord pow
  print property range repr reversed round set setattr slice sorted staticmethod classmethod str sum super tuple type vars
  zip __name__ ValueError TypeError RuntimeError Exception KeyError IndexError StopIteration NotImplementedError
  AssertionError ZeroDivisionError AttributeError ImportError ModuleNotFoundError KeyboardInterrupt OSError complex`.split(
    /\s+/,
  ),
);

export const builtinName = (name: string): string | null => (names.has(name) ? `builtins.${name}` : null);

interface BuiltinCall {
  readonly m: Machine;
  readonly node: SyntaxNode;
  readonly args: readonly AbstractValue[];
  readonly keywords: CallArguments['keywords'];
}
type Builtin = (call: BuiltinCall) => AbstractValue | null;

const iterable = (element: AbstractValue | null, length: Dim, type: 'range' | 'other' = 'other'): AbstractValue => ({
  kind: 'iterable',
  element,
  length,
  type,
  items: null,
});

const integerOf = (value: AbstractValue | undefined): AbstractValue => {
  if (!value) return int(0);
  if (value.kind === 'int') return value;
  if (value.kind === 'bool' && value.value !== null) return int(Number(value.value));
  if (value.kind === 'float' && value.value !== null && Number.isSafeInteger(Math.trunc(value.value)))
    return int(Math.trunc(value.value));
  return value.kind === 'unknown' && value.symbol !== null
    ? { kind: 'int', value: null, symbol: value.symbol }
    : anyInt;
};

const range: Builtin = ({ args }) => {
  const [first = int(0), second, step = int(1)] = args;
  const [from, to] = second ? [first, second] : [int(0), first];
  const sized = to.kind === 'unknown' && to.symbol ? intOfDim(to.symbol) : to;
  const length = [from, sized, step].every(value => value.kind === 'int') ? arangeLength(from, sized, step) : null;
  const only = length === 1 && from.kind === 'int' ? from : anyInt;
  return iterable(length === 0 ? null : only, length, 'range');
};

const extremum: Builtin = ({ m, args, keywords }) => {
  if (keywords.size > 0)
    return keywords.has('key') && args.length === 1 ? iterate(m, args[0] ?? unknown).element : unknown;
  if (args.length === 1) return iterate(m, args[0] ?? unknown).element ?? unknown;
  const all = args.every(arg => arg.kind === 'int' && arg.value !== null);
  if (!all) return args.reduce<AbstractValue | null>((a, b) => joinElement(a, b), null);
  return anyInt;
};

const numbers = (args: readonly AbstractValue[]): number[] | null => {
  const known = args.flatMap(arg => (arg.kind === 'int' && arg.value !== null ? [arg.value] : []));
  return known.length === args.length && known.length > 1 ? known : null;
};

/** The Python number that a NumPy scalar of a dtype rounds to. */
const pythonKind = (dtype: DType | null): AbstractValue => {
  if (!dtype) return unknown;
  return isFloat(dtype) ? anyInt : scalar(dtype);
};

const builtins: Readonly<Record<string, Builtin>> = {
  range,
  len: ({ m, args: [value = unknown] }) => {
    if (value.kind === 'array' || value.kind === 'tensor') return intOfDim(value.shape?.[0] ?? null);
    if (value.kind === 'str') return value.value === null ? anyInt : int([...value.value].length);
    return intOfDim(iterate(m, value).length);
  },
  int: ({ args: [value] }) => integerOf(value),
  float: ({ args: [value] }) =>
    value?.kind === 'int' && value.value !== null ? float(value.value) : value?.kind === 'float' ? value : anyFloat,
  bool: ({ args: [value = unknown] }) => {
    const known = truth(value);
    return known === null ? anyBool : bool(known);
  },
  str: () => anyStr,
  repr: () => anyStr,
  format: () => anyStr,
  chr: () => anyStr,
  input: () => anyStr,
  type: () => unknown,
  id: () => anyInt,
  ord: () => anyInt,
  hash: () => anyInt,
  print: () => none,
  isinstance: () => anyBool,
  issubclass: () => anyBool,
  hasattr: () => anyBool,
  callable: () => anyBool,
  any: () => anyBool,
  all: () => anyBool,
  list: ({ m, node, args: [value] }) => {
    if (!value) return listOf(m, node, []);
    const { items, element, length } = iterate(m, value);
    return listOf(m, node, items, element, length);
  },
  tuple: ({ m, args: [value] }) => {
    if (!value) return tuple([]);
    const { items, element, length } = iterate(m, value);
    return items ? tuple(items) : tupleOf(element, length);
  },
  set: ({ m, args: [value] }) => iterable(value ? iterate(m, value).element : null, null),
  frozenset: ({ m, args: [value] }) => iterable(value ? iterate(m, value).element : null, null),
  sorted: ({ m, node, args: [value = unknown] }) => {
    const { element, length } = iterate(m, value);
    return listOf(m, node, null, element, length);
  },
  reversed: ({ m, args: [value = unknown] }) => {
    const { element, length } = iterate(m, value);
    return iterable(element, length);
  },
  iter: ({ m, args: [value = unknown] }) => {
    const { element, length } = iterate(m, value);
    return iterable(element, length);
  },
  next: ({ m, args: [value = unknown, absent] }) => {
    const { element } = iterate(m, value);
    return absent ? (joinElement(element, absent) ?? unknown) : (element ?? unknown);
  },
  enumerate: ({ m, args: [value = unknown] }) => {
    const { element, length } = iterate(m, value);
    return iterable(element && tuple([anyInt, element]), length);
  },
  zip: ({ m, args }) => {
    const all = args.map(arg => iterate(m, arg));
    const elements = all.map(contents => contents.element);
    const known = elements.filter(element => element !== null);
    const lengths = all.map(contents => contents.length);
    const same = lengths.every(length => length === lengths[0]);
    const least = lengths.every(length => typeof length === 'number') ? Math.min(...lengths) : null;
    const length = least !== null && Number.isFinite(least) ? least : same ? (lengths[0] ?? null) : null;
    return iterable(known.length === elements.length ? tuple(known) : null, length);
  },
  map: ({ m, node, args: [fn = unknown, ...values] }) => {
    const all = values.map(value => iterate(m, value));
    const positional = all.map(({ element }) => ({ node: null, value: element ?? unknown }));
    const element = callValue(m, node, fn, { positional, keywords: new Map(), open: false });
    return iterable(element, all.length === 1 ? (all[0]?.length ?? null) : null);
  },
  filter: ({ m, node, args: [fn = unknown, value = unknown] }) => {
    const { element } = iterate(m, value);
    const positional = [{ node: null, value: element ?? unknown }];
    if (fn.kind !== 'none') callValue(m, node, fn, { positional, keywords: new Map(), open: false });
    return iterable(element, null);
  },
  abs: ({ args: [value = unknown] }) => {
    if (value.kind === 'array') return arrayOrScalar(value.dtype, value.shape);
    if (value.kind === 'bool') return anyInt;
    if (value.kind === 'int') return value.value === null ? anyInt : int(Math.abs(value.value));
    if (value.kind === 'float') return value.value === null ? anyFloat : float(Math.abs(value.value));
    if (value.kind === 'scalar') return value;
    return unary('-', value);
  },
  round: ({ args: [value = unknown, digits] }) => {
    const plain = !digits || digits.kind === 'none';
    switch (value.kind) {
      case 'int':
      case 'bool':
        return anyInt;
      case 'float':
        return plain ? anyInt : anyFloat;
      case 'scalar':
        return plain ? pythonKind(value.dtype) : value;
      default:
        return unknown;
    }
  },
  min: call => {
    const known = numbers(call.args);
    return known && call.keywords.size === 0 ? int(Math.min(...known)) : extremum(call);
  },
  max: call => {
    const known = numbers(call.args);
    return known && call.keywords.size === 0 ? int(Math.max(...known)) : extremum(call);
  },
  sum: ({ m, args: [value = unknown, start = int(0)] }) => {
    const { element, length, items } = iterate(m, value);
    if (length === 0 || (!element && length !== null)) return start;
    const literal = (item: AbstractValue): AbstractValue => literalArray(m, item);
    if (items && items.length <= 64) return items.reduce((all, item) => binary('+', all, item, literal), start);
    const once = binary('+', start, element ?? unknown, literal);
    const twice = binary('+', once, element ?? unknown, literal);
    const total = joinElement(once, twice) ?? unknown;
    return typeof length === 'number' ? total : (joinElement(start, total) ?? unknown);
  },
  divmod: ({ m, args: [a = unknown, b = unknown] }) => {
    const literal = (item: AbstractValue): AbstractValue => literalArray(m, item);
    return tuple([binary('//', a, b, literal), binary('%', a, b, literal)]);
  },
  pow: ({ m, args: [a = unknown, b = unknown, modulus] }) =>
    modulus ? anyInt : binary('**', a, b, item => literalArray(m, item)),
  slice: ({ args }) => {
    const [a = none, b = none, c = none] = args.length === 1 ? [none, args[0]] : args;
    return { kind: 'slice', start: a, stop: b, step: c };
  },
  dict: ({ m, node, args }) => {
    if (args.length > 0) return null;
    const ref = m.allocate(node, {
      heap: 'dict',
      entries: new Map(),
      open: true,
      element: unknown,
      key: unknown,
      summary: false,
    });
    return { kind: 'dict', ref };
  },
};

/** Built-ins that neither keep nor change what they are given. */
// prettier-ignore
const harmless = new Set([
  'print', 'len', 'int', 'float', 'bool', 'str', 'repr', 'format', 'isinstance', 'issubclass', 'hasattr', 'callable',
  'any', 'all', 'id', 'hash', 'type', 'abs', 'round', 'range', 'ord', 'chr',
]);

export function callBuiltin(m: Machine, node: SyntaxNode, name: string, call: CallArguments): AbstractValue | null {
  const builtin = builtins[name];
  if (!builtin) return null;
  if (call.open) return harmless.has(name) ? builtin({ m, node, args: [], keywords: new Map() }) && safe(name) : null;
  const args = call.positional.map(({ value }) => value);
  return builtin({ m, node, args, keywords: call.keywords });
}

/** What a built-in gives whatever its arguments are. */
const safe = (name: string): AbstractValue =>
  name === 'print' ? none : ['str', 'repr', 'format'].includes(name) ? anyStr : unknown;
