// Abstract values: constructors, join (least upper bound), equality, and forgetting of symbols.
import type { DType } from '../../shared/dtypes.ts';
import type { Dim } from '../../shared/findings.ts';
import { joinDim, joinShape, mentions, sameShape } from './dims.ts';
import type {
  AbstractValue,
  ArrayValue,
  BoolValue,
  FloatValue,
  IntValue,
  ScalarValue,
  SequenceValue,
  Shape,
  Storages,
  StrValue,
  TensorValue,
  UnknownValue,
} from './types.ts';

export const noStorages: Storages = new Set<number>();
export const unknown: UnknownValue = { kind: 'unknown', symbol: null, storages: noStorages };
export const none: AbstractValue = { kind: 'none' };
export const anyInt: IntValue = { kind: 'int', value: null, symbol: null };
export const anyFloat: FloatValue = { kind: 'float', value: null };
export const anyBool: BoolValue = { kind: 'bool', value: null };
export const anyStr: StrValue = { kind: 'str', value: null };

export const array = (dtype: DType | null, shape: Shape, storages: Storages = noStorages): ArrayValue => ({
  kind: 'array',
  dtype,
  shape,
  storages,
});
export const tensor = (dtype: DType | null, shape: Shape, variable = false, storages = noStorages): TensorValue => ({
  kind: 'tensor',
  dtype,
  shape,
  variable,
  storages,
});
export const scalar = (dtype: DType | null): ScalarValue => ({ kind: 'scalar', dtype });
export const int = (value: number): IntValue => ({ kind: 'int', value, symbol: null });
export const float = (value: number): FloatValue => ({ kind: 'float', value });
export const bool = (value: boolean): BoolValue => ({ kind: 'bool', value });
export const str = (value: string): StrValue => ({ kind: 'str', value });
/** What NumPy returns from ufuncs and reductions: a scalar where the rank is 0, else an array. */
export const arrayOrScalar = (dtype: DType | null, shape: Shape, storages: Storages = noStorages): AbstractValue =>
  shape && shape.length === 0 ? scalar(dtype) : array(dtype, shape, storages);

/** A Python int from a dimension. */
export const intOfDim = (dim: Dim): IntValue =>
  typeof dim === 'number' ? int(dim) : { kind: 'int', value: null, symbol: dim };
/** A dimension from a value that serves as a size; null where it is not a known or named int. */
export function dimOf(value: AbstractValue): Dim {
  if (value.kind === 'int') return value.value ?? value.symbol;
  return value.kind === 'unknown' ? value.symbol : null;
}

export function tuple(items: readonly AbstractValue[]): SequenceValue {
  return { kind: 'tuple', items, element: joinAll(items), length: items.length, ref: null };
}
export const tupleOf = (element: AbstractValue | null, length: Dim): SequenceValue => ({
  kind: 'tuple',
  items: null,
  element,
  length,
  ref: null,
});

/** Storages of everything inside a value, however deep (sequences one by one). */
export function storagesOf(value: AbstractValue): Storages {
  switch (value.kind) {
    case 'array':
    case 'tensor':
    case 'unknown':
      return value.storages;
    case 'tuple':
    case 'list':
    case 'iterable':
      return value.element ? storagesOf(value.element) : noStorages;
    case 'bound':
      return storagesOf(value.receiver);
    case 'union':
      return union(...value.options.map(storagesOf));
    default:
      return noStorages;
  }
}

export function union(...sets: readonly Storages[]): Storages {
  const filled = sets.filter(set => set.size > 0);
  const [first] = filled;
  if (!first) return noStorages;
  if (filled.every(set => set === first)) return first;
  const all = new Set<number>();
  for (const set of filled) for (const item of set) all.add(item);
  return all.size === first.size ? first : all;
}

const maxDepth = 5;
const maxOptions = 3;

export function joinAll(values: readonly AbstractValue[]): AbstractValue | null {
  let result: AbstractValue | null = null;
  for (const value of values) {
    if (result === value) continue;
    result = result ? join(result, value) : value;
  }
  return result;
}

/** The least value that covers both. */
export function join(a: AbstractValue, b: AbstractValue, depth = 0): AbstractValue {
  if (a === b) return a;
  if (a.kind === 'unknown' || b.kind === 'unknown' || depth > maxDepth) return unknownOf(a, b);
  if (a.kind === 'union' || b.kind === 'union') {
    return unionOf([...optionsOf(a), ...optionsOf(b)], depth);
  }
  return joinSame(a, b, depth) ?? unionOf([a, b], depth);
}

export function optionsOf(value: AbstractValue): readonly AbstractValue[] {
  return value.kind === 'union' ? value.options : [value];
}

function unknownOf(a: AbstractValue, b: AbstractValue): AbstractValue {
  const storages = union(storagesOf(a), storagesOf(b));
  const symbol = a.kind === 'unknown' && b.kind === 'unknown' && a.symbol === b.symbol ? a.symbol : null;
  return storages.size === 0 && symbol === null ? unknown : { kind: 'unknown', symbol, storages };
}

function unionOf(values: readonly AbstractValue[], depth: number): AbstractValue {
  const options: AbstractValue[] = [];
  for (const value of values) {
    const at = options.findIndex(option => option.kind === value.kind);
    const same = options[at];
    if (!same) {
      options.push(value);
      continue;
    }
    const joined = joinSame(same, value, depth);
    if (!joined || joined.kind === 'unknown') return values.reduce(unknownOf);
    options[at] = joined;
  }
  // A name that is a library's function, or nothing where the import failed, is that function wherever it can be used.
  const used = options.filter(option => option.kind !== 'none');
  const [only] = used;
  if (only && used.length === 1 && (only.kind === 'module' || only.kind === 'api')) return only;
  if (options.length === 1) return options[0] ?? unknown;
  return options.length > maxOptions ? values.reduce(unknownOf) : { kind: 'union', options };
}

/** The join of two values of one kind; null where they have different kinds. */
function joinSame(a: AbstractValue, b: AbstractValue, depth: number): AbstractValue | null {
  switch (a.kind) {
    case 'array':
      if (b.kind !== 'array') return null;
      return keep(a, array(joinDType(a.dtype, b.dtype), joinShape(a.shape, b.shape), union(a.storages, b.storages)));
    case 'tensor':
      if (b.kind !== 'tensor') return null;
      return keep(
        a,
        tensor(
          joinDType(a.dtype, b.dtype),
          joinShape(a.shape, b.shape),
          a.variable || b.variable,
          union(a.storages, b.storages),
        ),
      );
    case 'scalar':
      return b.kind === 'scalar' ? keep(a, scalar(joinDType(a.dtype, b.dtype))) : null;
    case 'int':
      if (b.kind !== 'int') return null;
      return equals(a, b) ? a : anyInt;
    case 'float':
      return b.kind === 'float' ? (equals(a, b) ? a : anyFloat) : null;
    case 'bool':
      return b.kind === 'bool' ? (equals(a, b) ? a : anyBool) : null;
    case 'str':
      return b.kind === 'str' ? (equals(a, b) ? a : anyStr) : null;
    case 'tuple':
    case 'list':
      return b.kind === a.kind ? joinSequence(a, b, depth) : null;
    case 'iterable': {
      if (b.kind !== 'iterable') return null;
      return {
        kind: 'iterable',
        element: joinElement(a.element, b.element, depth),
        length: joinDim(a.length, b.length),
        type: a.type === b.type ? a.type : 'other',
        items: null,
      };
    }
    case 'dtype':
      return b.kind === 'dtype' ? { kind: 'dtype', dtype: joinDType(a.dtype, b.dtype) } : null;
    default:
      if (a.kind !== b.kind) return null;
      return equals(a, b) ? a : unknownOf(a, b);
  }
}

const keep = (a: AbstractValue, joined: AbstractValue): AbstractValue => (equals(a, joined) ? a : joined);
const joinDType = (a: DType | null, b: DType | null): DType | null => (a === b ? a : null);

export function joinElement(a: AbstractValue | null, b: AbstractValue | null, depth = 0): AbstractValue | null {
  return a && b ? join(a, b, depth + 1) : (a ?? b);
}

function joinSequence(a: SequenceValue, b: SequenceValue, depth: number): AbstractValue {
  if (a.kind === 'list' && a.ref !== b.ref) {
    // Two list objects: what the name refers to can't be followed through the heap any more.
    return unknownOf(a, b);
  }
  const items =
    a.items && b.items && a.items.length === b.items.length
      ? a.items.map((item, i) => join(item, b.items?.[i] ?? unknown, depth + 1))
      : null;
  return {
    kind: a.kind,
    items,
    element: joinElement(a.element, b.element, depth),
    length: joinDim(a.length, b.length),
    ref: a.ref,
  };
}

const sameSet = (a: Storages, b: Storages): boolean => a === b || (a.size === b.size && [...a].every(x => b.has(x)));

/** Structural equality. */
export function equals(a: AbstractValue | null, b: AbstractValue | null): boolean {
  if (a === b) return true;
  if (!a || !b || a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'array':
      return (
        b.kind === 'array' && a.dtype === b.dtype && sameShape(a.shape, b.shape) && sameSet(a.storages, b.storages)
      );
    case 'tensor':
      return (
        b.kind === 'tensor' &&
        a.dtype === b.dtype &&
        a.variable === b.variable &&
        sameShape(a.shape, b.shape) &&
        sameSet(a.storages, b.storages)
      );
    case 'scalar':
    case 'dtype':
      return (b.kind === 'scalar' || b.kind === 'dtype') && a.dtype === b.dtype;
    case 'int':
      return b.kind === 'int' && Object.is(a.value, b.value) && a.symbol === b.symbol;
    case 'float':
    case 'bool':
    case 'str':
      return (b.kind === 'float' || b.kind === 'bool' || b.kind === 'str') && Object.is(a.value, b.value);
    case 'none':
    case 'ellipsis':
      return true;
    case 'tuple':
    case 'list':
      return (
        (b.kind === 'tuple' || b.kind === 'list') &&
        a.ref === b.ref &&
        a.length === b.length &&
        sameItems(a.items, b.items) &&
        equals(a.element, b.element)
      );
    case 'iterable':
      return b.kind === 'iterable' && a.type === b.type && a.length === b.length && equals(a.element, b.element);
    case 'slice':
      return b.kind === 'slice' && equals(a.start, b.start) && equals(a.stop, b.stop) && equals(a.step, b.step);
    case 'dict':
      return b.kind === 'dict' && a.ref === b.ref;
    case 'module':
    case 'api':
      return (b.kind === 'module' || b.kind === 'api') && a.name === b.name;
    case 'bound':
      return b.kind === 'bound' && a.name === b.name && equals(a.receiver, b.receiver);
    case 'function':
      return b.kind === 'function' && a.node === b.node && a.frame === b.frame && equals(a.self, b.self);
    case 'class':
      return b.kind === 'class' && a.node === b.node;
    case 'instance':
      return b.kind === 'instance' && a.ref === b.ref;
    case 'object':
      return b.kind === 'object' && a.type === b.type;
    case 'union':
      return b.kind === 'union' && sameItems(a.options, b.options);
    case 'unknown':
      return b.kind === 'unknown' && a.symbol === b.symbol && sameSet(a.storages, b.storages);
  }
}

function sameItems(a: readonly AbstractValue[] | null, b: readonly AbstractValue[] | null): boolean {
  if (a === b) return true;
  return !!a && !!b && a.length === b.length && a.every((item, i) => equals(item, b[i] ?? null));
}

/** The same value where the symbols no longer stand for one size (they were given anew in the next round of a loop). */
export function forget(value: AbstractValue, symbols: ReadonlySet<string>): AbstractValue {
  const dim = (d: Dim): Dim => (mentions(d, symbols) ? null : d);
  switch (value.kind) {
    case 'array':
    case 'tensor':
      return value.shape?.some(d => mentions(d, symbols)) ? { ...value, shape: value.shape.map(dim) } : value;
    case 'int':
    case 'unknown':
      return mentions(value.symbol, symbols) ? { ...value, symbol: null } : value;
    case 'tuple':
    case 'list':
    case 'iterable':
      return {
        ...value,
        items: value.items?.map(item => forget(item, symbols)) ?? null,
        element: value.element && forget(value.element, symbols),
        length: dim(value.length),
      };
    case 'union':
      return { kind: 'union', options: value.options.map(option => forget(option, symbols)) };
    case 'bound':
      return { ...value, receiver: forget(value.receiver, symbols) };
    default:
      return value;
  }
}
