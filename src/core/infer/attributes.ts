// Attributes: of modules, arrays, tensors, instances and classes of the file.
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue, ClassValue, InstanceValue } from './types.ts';
import type { Machine } from './machine.ts';
import type { InstanceObject } from './state.ts';
import { callFunction, baseUnknown } from './calls.ts';
import { execute } from './statements.ts';
import { libraryAttribute } from './library/names.ts';
import { productDim, reshapeTo } from './dims.ts';
import {
  anyFloat,
  anyInt,
  anyStr,
  array,
  dimOf,
  int,
  intOfDim,
  joinElement,
  scalar,
  tuple,
  tupleOf,
  unknown,
} from './values.ts';
import { iterate } from './containers.ts';

/** The value of `object.name`. */
export function attributeOf(m: Machine, node: SyntaxNode, object: AbstractValue, name: string): AbstractValue {
  switch (object.kind) {
    case 'module':
      return libraryAttribute(object.name, name) ?? unknown;
    case 'api':
      return { kind: 'api', name: `${object.name}.${name}` };
    case 'array':
      return arrayAttribute(m, node, object, name);
    case 'scalar':
      return scalarAttribute(object, name);
    case 'tensor':
      return tensorAttribute(object, name);
    case 'instance':
      return instanceAttribute(m, node, object, name);
    case 'class':
      return classAttribute(m, object, name) ?? unknown;
    case 'dtype':
      if (name === 'name') return anyStr;
      return name === 'itemsize' || name === 'size' ? anyInt : unknown;
    case 'object':
      return objectAttribute(object.type, name) ?? { kind: 'bound', name: `${object.type}.${name}`, receiver: object };
    case 'list':
    case 'tuple':
    case 'dict':
    case 'str':
      return { kind: 'bound', name: `${object.kind}.${name}`, receiver: object };
    case 'union': {
      let all: AbstractValue | null = null;
      for (const option of object.options)
        if (option.kind !== 'none') all = joinElement(all, attributeOf(m, node, option, name));
      return all ?? unknown;
    }
    case 'unknown':
      return object.storages.size > 0 ? { kind: 'unknown', symbol: null, storages: object.storages } : unknown;
    default:
      return unknown;
  }
}

type ArrayLike = Extract<AbstractValue, { kind: 'array' }>;

function shapeTuple(shape: ArrayLike['shape']): AbstractValue {
  return shape ? tuple(shape.map(intOfDim)) : tupleOf(anyInt, null);
}

function arrayAttribute(m: Machine, node: SyntaxNode, object: ArrayLike, name: string): AbstractValue {
  const { dtype, shape, storages } = object;
  const bound: AbstractValue = { kind: 'bound', name: `ndarray.${name}`, receiver: object };
  const value = ((): AbstractValue | null => {
    switch (name) {
      case 'shape':
        return shapeTuple(shape);
      case 'size':
        return intOfDim(productDim(shape));
      case 'ndim':
        return shape ? int(shape.length) : anyInt;
      case 'T':
        m.views.add(node.id);
        return array(dtype, shape && shape.toReversed(), storages);
      case 'mT':
        m.views.add(node.id);
        return array(dtype, shape && [...shape.slice(0, -2), ...shape.slice(-2).reverse()], storages);
      case 'dtype':
        return { kind: 'dtype', dtype };
      case 'itemsize':
      case 'nbytes':
        return anyInt;
      case 'real':
        m.views.add(node.id);
        return array(dtype, shape, storages);
      case 'imag':
        return array(dtype, shape);
      case 'flat':
      case 'base':
      case 'data':
      case 'flags':
      case 'strides':
        return { kind: 'unknown', symbol: null, storages };
      default:
        return null;
    }
  })();
  if (!value) return bound;
  m.name(node, `ndarray.${name}`);
  return value;
}

function scalarAttribute(object: AbstractValue, name: string): AbstractValue {
  const dtype = object.kind === 'scalar' ? object.dtype : null;
  switch (name) {
    case 'dtype':
      return { kind: 'dtype', dtype };
    case 'shape':
      return tuple([]);
    case 'ndim':
      return int(0);
    case 'size':
      return int(1);
    case 'T':
    case 'real':
      return scalar(dtype);
    default:
      return { kind: 'bound', name: `ndarray.${name}`, receiver: object };
  }
}

function tensorAttribute(object: Extract<AbstractValue, { kind: 'tensor' }>, name: string): AbstractValue {
  switch (name) {
    case 'shape':
      return shapeTuple(object.shape);
    case 'ndim':
      return object.shape ? int(object.shape.length) : anyInt;
    case 'dtype':
      return { kind: 'dtype', dtype: object.dtype };
    case 'name':
      return anyStr;
    case 'device':
      return anyStr;
    default: {
      const type = object.variable ? 'Variable' : 'Tensor';
      return { kind: 'bound', name: `tensorflow.${type}.${name}`, receiver: object };
    }
  }
}

/** Plain attributes of library objects. */
function objectAttribute(type: string, name: string): AbstractValue | null {
  if (type === 'numpy.finfo' && ['eps', 'max', 'min', 'tiny', 'resolution'].includes(name)) return scalar(null);
  if (type === 'numpy.finfo.float64' && ['eps', 'max', 'min', 'tiny'].includes(name)) return scalar('float64');
  if (type === 'numpy.finfo.float32' && ['eps', 'max', 'min', 'tiny'].includes(name)) return scalar('float32');
  if (type === 'numpy.iinfo' && ['max', 'min', 'bits'].includes(name)) return anyInt;
  if (type === 'time.struct' && name.startsWith('tm_')) return anyFloat;
  return null;
}

function instanceAttribute(m: Machine, node: SyntaxNode, object: InstanceValue, name: string): AbstractValue {
  const store = m.state.object(object.ref);
  const own = store?.heap === 'instance' ? store.attributes.get(name) : undefined;
  if (own) return own;
  if (store?.heap === 'instance' && store.open && !classBody(m, object.type)?.attributes.has(name)) return unknown;
  const value = classAttribute(m, object.type, name);
  if (value?.kind !== 'function') return value ?? unknown;
  if (value.decorators.includes('builtins.staticmethod')) return value;
  if (value.decorators.includes('builtins.property'))
    return callFunction(m, node, { ...value, self: object }, { positional: [], keywords: new Map(), open: false });
  return { ...value, self: object };
}

function classBody(m: Machine, type: ClassValue): InstanceObject | null {
  const object = m.state.object(type.ref);
  return object?.heap === 'instance' ? object : null;
}

/** An attribute of a class, or of its bases in the file. */
export function classAttribute(m: Machine, type: ClassValue, name: string, depth = 0): AbstractValue | null {
  const body = classBody(m, type);
  const own = body?.attributes.get(name);
  if (own) return own;
  if (depth > 5) return null;
  for (const base of type.node.child('superclasses')?.items ?? []) {
    const value = base.kind === 'identifier' ? m.lookup(base.text) : undefined;
    const found = value?.kind === 'class' ? classAttribute(m, value, name, depth + 1) : null;
    if (found) return found;
  }
  return null;
}

/** `object.name = value`. */
export function setAttribute(
  m: Machine,
  node: SyntaxNode,
  object: AbstractValue,
  name: string,
  value: AbstractValue,
): void {
  m.escape(value);
  const holder = node.child('object');
  if (object.kind === 'instance') {
    if (holder) m.mutate(node, holder, 'attribute', object);
    const property = classAttribute(m, object.type, name);
    if (property?.kind === 'function') {
      // A setter runs, which may do anything with the object.
      m.surrender([object, value]);
      return;
    }
    m.update(object.ref, store => {
      if (store.heap !== 'instance') return store;
      return { ...store, attributes: new Map(store.attributes).set(name, value) };
    });
  } else if (object.kind === 'array' && holder) {
    m.mutate(node, holder, 'attribute', object);
    reshapeInPlace(m, holder, object, name, value);
  }
}

/** `a.shape = …`: every name that may hold this array loses its shape; the name itself gets the new one. */
function reshapeInPlace(m: Machine, holder: SyntaxNode, object: ArrayLike, name: string, value: AbstractValue): void {
  if (name !== 'shape' && name !== 'dtype' && name !== 'strides') return;
  forgetShapes(m, object, name === 'shape');
  if (holder.kind !== 'identifier' || name !== 'shape') return;
  const { items } = iterate(m, value);
  const sizes = value.kind === 'int' ? [dimOf(value)] : items?.map(dimOf);
  if (sizes) m.bind(holder.text, { ...object, shape: reshapeTo(object.shape, sizes) });
}

/** Every visible name that may hold this array loses its shape. */
export function forgetShapes(m: Machine, object: ArrayLike, keepDType: boolean): void {
  for (let frame: typeof m.frame | null = m.frame; frame; frame = frame.outer) {
    for (const [, cell] of frame.cells) {
      const held = m.state.value(cell);
      if (held?.kind !== 'array' || ![...held.storages].some(id => object.storages.has(id))) continue;
      m.write(cell, { ...held, shape: null, dtype: keepDType ? held.dtype : null });
    }
  }
}

/** A class statement: its body runs in a frame of its own, whose names become attributes. */
export function defineClass(m: Machine, node: SyntaxNode): ClassValue {
  const scope = m.scopes.opened(node);
  const { frame } = m;
  const attributes = new Map<string, AbstractValue>();
  for (const base of node.child('superclasses')?.items ?? []) {
    const expression = base.kind === 'keyword_argument' ? base.child('value') : base;
    if (expression) execute(expression, m);
  }
  const body = node.child('body');
  if (scope && body) {
    m.frame = m.openFrame(`class${frame.id}`, scope, frame);
    execute(body, m);
    for (const [name, cell] of m.frame.cells) {
      const value = m.state.value(cell);
      if (value) attributes.set(name, value);
    }
    m.frame = frame;
  }
  const ref = m.allocate(node, { heap: 'instance', attributes, open: baseUnknown(node), summary: false }, 'class');
  return { kind: 'class', node, ref };
}
