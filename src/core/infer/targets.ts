// Assignment targets: names, tuples of targets, attributes and subscript stores.
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue } from './types.ts';
import type { Machine } from './machine.ts';
import { evaluate, evaluateField } from './expressions.ts';
import { setAttribute } from './attributes.ts';
import { iterate, listOf, storeItem } from './containers.ts';
import { array, intOfDim, none, tensor, unknown } from './values.ts';

/** Binds a target to a value and records it. */
export function bindTarget(target: SyntaxNode, value: AbstractValue, m: Machine): void {
  switch (target.kind) {
    case 'identifier': {
      const named = nameSizes(target, declared(target, value, m), m);
      if (named.kind === 'tuple') m.escape(named);
      m.record(target, named);
      m.bind(target.text, named);
      return;
    }
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list':
      return unpack(target.items, value, m);
    case 'parenthesized_expression':
    case 'list_splat_pattern':
    case 'list_splat':
    case 'as_pattern_target': {
      const inner = target.items[0];
      if (inner) bindTarget(inner, value, m);
      return;
    }
    case 'attribute': {
      const object = evaluateField(target, 'object', m);
      m.record(target, value);
      setAttribute(m, target, object, target.child('attribute')?.text ?? '', value);
      return;
    }
    case 'subscript':
      return store(target, value, m);
    default:
      for (const item of target.items) evaluate(item, m);
  }
}

/** What a `# shape:` comment on the line adds to a value. It fills in what is not known; it never overrules. */
function declared(target: SyntaxNode, value: AbstractValue, m: Machine): AbstractValue {
  if (m.program.shapes.size === 0) return value;
  const comment = m.program.shapes.get(m.program.source.lineAt(target.start));
  if (!comment || (comment.name !== null && comment.name !== target.text)) return value;
  const shape = comment.shape?.map(dim => (typeof dim === 'string' ? m.mint(dim, m.program.root) : dim)) ?? null;
  if (value.kind === 'array' || value.kind === 'tensor') {
    if (value.shape && shape && value.shape.length !== shape.length) return value;
    const filled = value.shape?.map((dim, i) => dim ?? shape?.[i] ?? null) ?? shape;
    return { ...value, shape: filled, dtype: value.dtype ?? comment.dtype };
  }
  if (value.kind !== 'unknown') return value;
  return array(comment.dtype, shape, value.storages.size > 0 ? value.storages : m.foreign(target));
}

/** An unknown int that gets a name is from then on known by that name in shapes. */
function nameSizes(target: SyntaxNode, value: AbstractValue, m: Machine): AbstractValue {
  const open = value.kind === 'int' && value.value === null && value.symbol === null;
  return open ? { ...value, symbol: m.mint(target.text, target) } : value;
}

function unpack(targets: readonly SyntaxNode[], value: AbstractValue, m: Machine): void {
  const starred = targets.findIndex(target => target.kind === 'list_splat_pattern' || target.kind === 'list_splat');
  const { items, element } = iterate(m, value);
  if (items && starred < 0 && items.length === targets.length) {
    targets.forEach((target, i) => bindTarget(target, items[i] ?? unknown, m));
    return;
  }
  if (items && starred >= 0 && items.length >= targets.length - 1) {
    const rest = items.length - (targets.length - 1);
    targets.forEach((target, i) => {
      if (i < starred) bindTarget(target, items[i] ?? unknown, m);
      else if (i > starred) bindTarget(target, items[i + rest - 1] ?? unknown, m);
      else bindTarget(target, listOf(m, target, items.slice(starred, starred + rest)), m);
    });
    return;
  }
  for (const target of targets)
    bindTarget(
      target,
      target.kind.startsWith('list_splat') ? listOf(m, target, null, element ?? unknown, null) : (element ?? unknown),
      m,
    );
  refineShape(targets, value, m);
}

/** `n, d = x.shape` tells the rank of x and names its sizes. */
function refineShape(targets: readonly SyntaxNode[], value: AbstractValue, m: Machine): void {
  const right = targets[0]?.above('assignment')?.child('right');
  const object = right?.kind === 'attribute' ? right.child('object') : null;
  if (value.kind !== 'tuple' || object?.kind !== 'identifier' || right?.child('attribute')?.text !== 'shape') return;
  const array_ = m.lookup(object.text);
  if (!array_ || (array_.kind !== 'array' && array_.kind !== 'tensor') || array_.shape) return;
  const sizes = targets.map(target => (target.kind === 'identifier' ? m.lookup(target.text) : null));
  const shape = sizes.map(size => (size?.kind === 'int' ? (size.value ?? size.symbol) : null));
  if (!targets.every(target => target.kind === 'identifier')) return;
  m.bind(
    object.text,
    array_.kind === 'array'
      ? array(array_.dtype, shape, array_.storages)
      : tensor(array_.dtype, shape, array_.variable, array_.storages),
  );
}

/** `x[i] = v`: arrays keep dtype and shape; lists and dicts change. */
function store(target: SyntaxNode, value: AbstractValue, m: Machine): void {
  const base = evaluateField(target, 'value', m);
  const indices = target.all('subscript').map(item => evaluate(item, m));
  const holder = target.child('value');
  if (holder) m.mutate(target, holder, 'subscript', base);
  m.record(target, value);
  storeItem(m, base, indices.length === 1 ? (indices[0] ?? none) : none, value);
}

/** A parameter without a value from a call: unknown, and known by its name in shapes. */
export function unknownParameter(name: SyntaxNode, m: Machine): AbstractValue {
  const symbol = m.mint(name.text, name);
  return { kind: 'unknown', symbol, storages: m.foreign(name) };
}

/** A parameter whose annotation or default says that it is an int. */
export const intParameter = (name: SyntaxNode, m: Machine): AbstractValue => intOfDim(m.mint(name.text, name));
