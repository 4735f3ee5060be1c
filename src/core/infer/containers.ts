// Lists, tuples, dicts and other iterables: what they hold, and what their methods change.
import type { Dim } from '../../shared/findings.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue, SequenceValue } from './types.ts';
import type { Machine } from './machine.ts';
import type { DictObject, ListObject } from './state.ts';
import { evaluate, evaluateField } from './expressions.ts';
import { addDims } from './dims.ts';
import {
  anyInt,
  anyStr,
  array,
  joinAll,
  joinElement,
  optionsOf,
  scalar,
  tensor,
  tuple,
  tupleOf,
  unknown,
} from './values.ts';

export interface Contents {
  readonly items: readonly AbstractValue[] | null;
  /** Covers every element; null: there is none. */
  readonly element: AbstractValue | null;
  readonly length: Dim;
}
const anything: Contents = { items: null, element: unknown, length: null };
const maxItems = 256;

/** A new list object. */
export function listOf(
  m: Machine,
  node: SyntaxNode,
  items: readonly AbstractValue[] | null,
  element: AbstractValue | null = items ? joinAll(items) : unknown,
  length: Dim = items ? items.length : null,
): SequenceValue {
  const kept = items && items.length <= maxItems ? items : null;
  const ref = m.allocate(node, { heap: 'list', items: kept, element, length, summary: false });
  return { kind: 'list', items: kept, element, length, ref };
}

function listObject(m: Machine, ref: number | null): ListObject | null {
  const object = ref === null ? undefined : m.state.object(ref);
  return object?.heap === 'list' ? object : null;
}
function dictObject(m: Machine, ref: number): DictObject | null {
  const object = m.state.object(ref);
  return object?.heap === 'dict' ? object : null;
}

/** What iterating over a value gives. */
export function iterate(m: Machine, value: AbstractValue): Contents {
  switch (value.kind) {
    case 'list':
      return listObject(m, value.ref) ?? value;
    case 'tuple':
    case 'iterable':
      return value;
    case 'dict': {
      const object = dictObject(m, value.ref);
      return { items: null, element: object?.key ?? unknown, length: null };
    }
    case 'array': {
      if (!value.shape) return { items: null, element: unknownElement(value), length: null };
      const [length = null, ...rest] = value.shape;
      const element = rest.length === 0 ? scalar(value.dtype) : array(value.dtype, rest, value.storages);
      const items = typeof length === 'number' && length <= 16 ? Array.from({ length }, () => element) : null;
      return { items, element, length };
    }
    case 'tensor': {
      if (!value.shape) return { items: null, element: tensor(value.dtype, null), length: null };
      const [length = null, ...rest] = value.shape;
      const element = tensor(value.dtype, rest);
      const items = typeof length === 'number' && length <= 16 ? Array.from({ length }, () => element) : null;
      return { items, element, length };
    }
    case 'str':
      return { items: null, element: anyStr, length: null };
    case 'union': {
      const all = value.options.filter(option => option.kind !== 'none').map(option => iterate(m, option));
      const element = joinAll(all.flatMap(contents => (contents.element ? [contents.element] : [])));
      return { items: null, element, length: null };
    }
    case 'unknown':
      return { items: null, element: { kind: 'unknown', symbol: null, storages: value.storages }, length: null };
    default:
      return anything;
  }
}

const unknownElement = (value: AbstractValue): AbstractValue =>
  value.kind === 'array' ? array(value.dtype, null, value.storages) : unknown;

/** `sequence[i]` for Python's own containers. */
export function subscriptSequence(m: Machine, node: SyntaxNode, base: AbstractValue, at: AbstractValue): AbstractValue {
  if (base.kind === 'dict') {
    const object = dictObject(m, base.ref);
    const key = keyOf(at);
    if (!object) return unknown;
    return (
      (key === null ? object.element : (object.entries.get(key) ?? (object.open ? object.element : null))) ?? unknown
    );
  }
  if (base.kind === 'str') return anyStr;
  if (base.kind !== 'list' && base.kind !== 'tuple' && base.kind !== 'iterable') return unknown;
  const { items, element, length } = iterate(m, base);
  if (at.kind === 'slice') {
    if (base.kind === 'iterable') return { ...base, length: null, items: null };
    const cut = items && slice(items, at);
    if (cut) return base.kind === 'tuple' ? tuple(cut) : listOf(m, node, cut);
    const whole = at.start.kind === 'none' && at.stop.kind === 'none' && at.step.kind === 'none' ? length : null;
    return base.kind === 'tuple' ? tupleOf(element, whole) : listOf(m, node, null, element, whole);
  }
  if (at.kind !== 'int' && at.kind !== 'scalar' && at.kind !== 'bool') return element ?? unknown;
  const position = at.kind === 'int' ? at.value : null;
  if (items && position !== null) return items[position < 0 ? position + items.length : position] ?? unknown;
  return element ?? unknown;
}

function slice(items: readonly AbstractValue[], at: AbstractValue): readonly AbstractValue[] | null {
  if (at.kind !== 'slice') return null;
  const bound = (value: AbstractValue): number | undefined | null =>
    value.kind === 'none' ? undefined : value.kind === 'int' ? value.value : null;
  const [start, stop, step] = [bound(at.start), bound(at.stop), bound(at.step)];
  if (start === null || stop === null || step === null) return null;
  if (step === undefined || step === 1) return items.slice(start, stop);
  return step === -1 && start === undefined && stop === undefined ? items.toReversed() : null;
}

const keyOf = (value: AbstractValue): string | null => {
  if (value.kind === 'str' && value.value !== null) return `s:${value.value}`;
  return value.kind === 'int' && value.value !== null ? `i:${value.value}` : null;
};

/** `base[at] = value` for lists and dicts; arrays keep what they are. */
export function storeItem(m: Machine, base: AbstractValue, at: AbstractValue, value: AbstractValue): void {
  for (const option of optionsOf(base)) {
    if (option.kind === 'list' && option.ref !== null) {
      m.escape(value);
      m.update(option.ref, object => {
        if (object.heap !== 'list') return object;
        const position = at.kind === 'int' ? at.value : null;
        if (object.items && position !== null) {
          const i = position < 0 ? position + object.items.length : position;
          const items = object.items.map((item, k) => (k === i ? value : item));
          return { ...object, items, element: joinAll(items) };
        }
        if (at.kind !== 'int' && at.kind !== 'scalar')
          return { ...object, items: null, element: unknown, length: null };
        const items = object.items?.map(item => joinElement(item, value) ?? value) ?? null;
        return { ...object, items, element: joinElement(object.element, value) };
      });
    } else if (option.kind === 'dict') {
      m.escape(value);
      setEntry(m, option.ref, at, value);
    } else if (option.kind === 'unknown' || option.kind === 'instance') m.escape(value);
  }
}

function setEntry(m: Machine, ref: number, at: AbstractValue, value: AbstractValue): void {
  m.update(ref, object => {
    if (object.heap !== 'dict') return object;
    const key = keyOf(at);
    const entries = new Map(object.entries);
    if (key !== null) entries.set(key, value);
    else for (const [k, old] of entries) entries.set(k, joinElement(old, value) ?? value);
    return {
      ...object,
      entries,
      open: object.open || key === null,
      key: joinElement(object.key, at),
      element: joinElement(object.element, value),
    };
  });
}

/** `del base[at]`. */
export function deleteItem(m: Machine, base: AbstractValue, at: AbstractValue): void {
  for (const option of optionsOf(base)) {
    if (option.kind === 'list' && option.ref !== null)
      m.update(option.ref, object => {
        if (object.heap !== 'list') return object;
        const one = at.kind === 'int' && typeof object.length === 'number';
        return { ...object, items: null, length: one && object.length !== null ? Number(object.length) - 1 : null };
      });
    else if (option.kind === 'dict')
      m.update(option.ref, object => (object.heap === 'dict' ? { ...object, open: true } : object));
  }
}

export function dictDisplay(node: SyntaxNode, m: Machine): AbstractValue {
  const ref = m.allocate(node, {
    heap: 'dict',
    entries: new Map(),
    open: false,
    element: null,
    key: null,
    summary: false,
  });
  for (const item of node.items) {
    if (item.kind === 'pair') {
      const key = evaluateField(item, 'key', m);
      setEntry(m, ref, key, evaluateField(item, 'value', m));
    } else {
      for (const inner of item.items) evaluate(inner, m);
      m.update(ref, object =>
        object.heap === 'dict' ? { ...object, open: true, element: unknown, key: unknown } : object,
      );
    }
  }
  return { kind: 'dict', ref };
}

export function setDisplay(_node: SyntaxNode, _m: Machine, items: readonly AbstractValue[]): AbstractValue {
  return { kind: 'iterable', element: joinAll(items), length: null, type: 'other', items: null };
}

/** Methods of lists. Null: not one that is known; the list is then handed over to unknown code. */
export function listMethod(
  m: Machine,
  node: SyntaxNode,
  list: SequenceValue,
  name: string,
  args: readonly AbstractValue[],
): AbstractValue | null {
  const { ref } = list;
  if (ref === null) return null;
  const [first = unknown] = args;
  const add = (value: AbstractValue, position: 'end' | 'any'): void => {
    m.escape(value);
    m.update(ref, object => {
      if (object.heap !== 'list') return object;
      const items =
        position === 'end' && object.items && object.items.length < maxItems ? [...object.items, value] : null;
      return { ...object, items, element: joinElement(object.element, value), length: addDims(object.length, 1) };
    });
  };
  switch (name) {
    case 'append':
      add(first, 'end');
      return { kind: 'none' };
    case 'insert':
      add(args[1] ?? unknown, 'any');
      return { kind: 'none' };
    case 'extend': {
      const { items, element, length } = iterate(m, first);
      m.escape(first);
      m.update(ref, object => {
        if (object.heap !== 'list') return object;
        const all = object.items && items ? [...object.items, ...items] : null;
        return {
          ...object,
          items: all && all.length <= maxItems ? all : null,
          element: joinElement(object.element, element),
          length: addDims(object.length, length),
        };
      });
      return { kind: 'none' };
    }
    case 'pop': {
      const contents = iterate(m, list);
      const last = args.length === 0 ? contents.items?.at(-1) : undefined;
      m.update(ref, object =>
        object.heap === 'list'
          ? {
              ...object,
              items: args.length === 0 ? (object.items?.slice(0, -1) ?? null) : null,
              length: typeof object.length === 'number' ? object.length - 1 : null,
            }
          : object,
      );
      return last ?? contents.element ?? unknown;
    }
    case 'sort':
    case 'reverse':
      m.update(ref, object => (object.heap === 'list' ? { ...object, items: null } : object));
      return { kind: 'none' };
    case 'remove':
    case 'clear':
      m.update(ref, object => (object.heap === 'list' ? { ...object, items: null, length: null } : object));
      return { kind: 'none' };
    case 'copy': {
      const { items, element, length } = iterate(m, list);
      return listOf(m, node, items, element, length);
    }
    case 'index':
    case 'count':
      return anyInt;
    default:
      return null;
  }
}

/** Methods of dicts. */
export function dictMethod(
  m: Machine,
  ref: number,
  name: string,
  args: readonly AbstractValue[],
): AbstractValue | null {
  const object = dictObject(m, ref);
  if (!object) return null;
  const iterable = (element: AbstractValue | null): AbstractValue => ({
    kind: 'iterable',
    element,
    length: null,
    type: 'other',
    items: null,
  });
  switch (name) {
    case 'keys':
      return iterable(object.key);
    case 'values':
      return iterable(object.element);
    case 'items':
      return iterable(object.key && object.element ? tuple([object.key, object.element]) : null);
    case 'get': {
      const key = args[0] ? keyOf(args[0]) : null;
      const found = (key === null ? null : object.entries.get(key)) ?? object.element;
      return joinElement(found, args[1] ?? { kind: 'none' });
    }
    default:
      return null;
  }
}
