// The store of the interpreter: cells (variables of frames) and heap objects (lists, dicts, instances) by number.
// A branch works on a fork that holds only what it changed, so that joining costs as much as the change.
import type { Dim } from '../../shared/findings.ts';
import type { AbstractValue } from './types.ts';
import { joinDim, mentions } from './dims.ts';
import { equals, forget, join, joinElement } from './values.ts';

/** What a list or dict holds. `summary`: stands for several objects made at one place; changes then only add. */
export interface ListObject {
  readonly heap: 'list';
  readonly items: readonly AbstractValue[] | null;
  readonly element: AbstractValue | null;
  readonly length: Dim;
  readonly summary: boolean;
}
/** Entries under constant keys; `element` covers all values, also those under other keys. */
export interface DictObject {
  readonly heap: 'dict';
  readonly entries: ReadonlyMap<string, AbstractValue>;
  /** Whether keys may exist that are not in `entries`. */
  readonly open: boolean;
  readonly element: AbstractValue | null;
  readonly key: AbstractValue | null;
  readonly summary: boolean;
}
/** Attributes of an instance or class. */
export interface InstanceObject {
  readonly heap: 'instance';
  readonly attributes: ReadonlyMap<string, AbstractValue>;
  /** Attributes may have been set in ways that were not followed. */
  readonly open: boolean;
  readonly summary: boolean;
}
export type HeapObject = ListObject | DictObject | InstanceObject;
export type Entry = AbstractValue | HeapObject;

const isHeap = (entry: Entry): entry is HeapObject => 'heap' in entry;

export function joinEntries(a: Entry, b: Entry): Entry {
  if (a === b) return a;
  if (!isHeap(a) && !isHeap(b)) return join(a, b);
  if (!isHeap(a) || !isHeap(b) || a.heap !== b.heap) throw new Error('a cell holds a value, a reference an object');
  const summary = a.summary || b.summary;
  if (a.heap === 'list' && b.heap === 'list') {
    const items =
      a.items && b.items && a.items.length === b.items.length
        ? a.items.map((item, i) => join(item, b.items?.[i] ?? item))
        : null;
    return {
      heap: 'list',
      items,
      element: joinElement(a.element, b.element),
      length: joinDim(a.length, b.length),
      summary,
    };
  }
  if (a.heap === 'dict' && b.heap === 'dict') {
    const entries = joinMaps(a.entries, b.entries);
    const open = a.open || b.open || entries.size !== a.entries.size || entries.size !== b.entries.size;
    return {
      heap: 'dict',
      entries,
      open,
      element: joinElement(a.element, b.element),
      key: joinElement(a.key, b.key),
      summary,
    };
  }
  if (a.heap === 'instance' && b.heap === 'instance')
    return { heap: 'instance', attributes: joinMaps(a.attributes, b.attributes), open: a.open || b.open, summary };
  return a;
}

/** Keys that one side lacks keep the value of the other: reading them raises where they are missing. */
function joinMaps(
  a: ReadonlyMap<string, AbstractValue>,
  b: ReadonlyMap<string, AbstractValue>,
): ReadonlyMap<string, AbstractValue> {
  const all = new Map(a);
  for (const [key, value] of b) {
    const other = all.get(key);
    all.set(key, other ? join(other, value) : value);
  }
  return all;
}

function sameEntries(a: Entry | undefined, b: Entry | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  if (!isHeap(a) && !isHeap(b)) return equals(a, b);
  if (!isHeap(a) || !isHeap(b) || a.summary !== b.summary) return false;
  if (a.heap === 'list' && b.heap === 'list') {
    return (
      a.length === b.length &&
      equals(a.element, b.element) &&
      (a.items === b.items ||
        (!!a.items &&
          !!b.items &&
          a.items.length === b.items.length &&
          a.items.every((item, i) => equals(item, b.items?.[i] ?? null))))
    );
  }
  if (a.heap === 'dict' && b.heap === 'dict')
    return a.open === b.open && equals(a.element, b.element) && equals(a.key, b.key) && sameMaps(a.entries, b.entries);
  if (a.heap === 'instance' && b.heap === 'instance') return a.open === b.open && sameMaps(a.attributes, b.attributes);
  return false;
}
const sameMaps = (a: ReadonlyMap<string, AbstractValue>, b: ReadonlyMap<string, AbstractValue>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => equals(value, b.get(key) ?? null));

function forgetEntry(entry: Entry, symbols: ReadonlySet<string>): Entry {
  if (!isHeap(entry)) return forget(entry, symbols);
  switch (entry.heap) {
    case 'list':
      return {
        ...entry,
        items: entry.items?.map(item => forget(item, symbols)) ?? null,
        element: entry.element && forget(entry.element, symbols),
        length: mentions(entry.length, symbols) ? null : entry.length,
      };
    case 'dict':
      return {
        ...entry,
        entries: new Map([...entry.entries].map(([key, value]) => [key, forget(value, symbols)])),
        element: entry.element && forget(entry.element, symbols),
      };
    case 'instance':
      return {
        ...entry,
        attributes: new Map([...entry.attributes].map(([key, value]) => [key, forget(value, symbols)])),
      };
  }
}

export type Delta = ReadonlyMap<number, Entry>;

export class State {
  readonly #parent: State | null;
  readonly #own = new Map<number, Entry>();
  /** No execution reaches this point. */
  dead = false;

  constructor(parent: State | null = null) {
    this.#parent = parent;
  }

  fork(): State {
    return new State(this);
  }

  get(cell: number): Entry | undefined {
    const own = this.#own.get(cell);
    if (own) return own;
    for (let state = this.#parent; state; state = state.#parent) {
      const entry = state.#own.get(cell);
      if (entry) return entry;
    }
    return undefined;
  }

  value(cell: number): AbstractValue | undefined {
    const entry = this.get(cell);
    return entry && !isHeap(entry) ? entry : undefined;
  }

  object(ref: number): HeapObject | undefined {
    const entry = this.get(ref);
    return entry && isHeap(entry) ? entry : undefined;
  }

  set(cell: number, entry: Entry): void {
    this.#own.set(cell, entry);
  }

  /** What changed since `base`, an ancestor of this state. */
  since(base: State): Map<number, Entry> {
    const changes = new Map<number, Entry>(this.#own);
    for (let state = this.#parent; state && state !== base; state = state.#parent)
      for (const [cell, entry] of state.#own) if (!changes.has(cell)) changes.set(cell, entry);
    return changes;
  }

  /** Takes over the changes of the ways that lead here; none: no execution gets here. */
  merge(ways: readonly Delta[], keep: (cell: number) => boolean = () => true): void {
    if (ways.length === 0) {
      this.dead = true;
      return;
    }
    const changed = new Set<number>();
    for (const way of ways) for (const cell of way.keys()) if (keep(cell)) changed.add(cell);
    for (const cell of changed) {
      let joined: Entry | undefined;
      for (const way of ways) {
        const entry = way.get(cell) ?? this.get(cell);
        if (entry) joined = joined ? joinEntries(joined, entry) : entry;
      }
      if (joined) this.#own.set(cell, joined);
    }
  }

  /** Joins changes into this state, forgetting symbols; whether anything grew. */
  grow(ways: readonly Delta[], symbols: ReadonlySet<string>): boolean {
    let grown = false;
    for (const way of ways) {
      for (const [cell, entry] of way) {
        const before = this.get(cell);
        const after = symbols.size > 0 ? forgetEntry(entry, symbols) : entry;
        const joined = before ? joinEntries(before, after) : after;
        if (sameEntries(before, joined)) continue;
        this.#own.set(cell, joined);
        grown = true;
      }
    }
    return grown;
  }
}
