// Calls: of functions and classes of the file (followed with the values at hand), of library functions, of methods.
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue, ClassValue, FunctionValue, InstanceValue, Storages } from './types.ts';
import type { Activation, Machine } from './machine.ts';
import { evaluate, evaluateField, referred } from './expressions.ts';
import { execute } from './statements.ts';
import { iterate } from './containers.ts';
import { classAttribute } from './attributes.ts';
import { intParameter, unknownParameter } from './targets.ts';
import { callLibrary } from './library/dispatch.ts';
import type { Argument, CallArguments } from './library/signature.ts';
import { joinElement, none, optionsOf, storagesOf, tupleOf, union, unknown } from './values.ts';

const maxCallDepth = 12;

export function callExpression(node: SyntaxNode, m: Machine): AbstractValue {
  const callee = node.child('function');
  const target = callee ? evaluate(callee, m) : unknown;
  m.name(node, referred(target));
  const call = readArguments(node, m);
  return callValue(m, node, target, call);
}

export function readArguments(node: SyntaxNode, m: Machine): CallArguments {
  const list = node.child('arguments');
  const positional: Argument[] = [];
  const keywords = new Map<string, Argument>();
  let open = false;
  if (list?.kind === 'generator_expression') positional.push({ node: list, value: evaluate(list, m) });
  for (const item of list?.kind === 'argument_list' ? list.items : []) {
    if (item.kind === 'keyword_argument') {
      const value = item.child('value');
      keywords.set(item.child('name')?.text ?? '', { node: value, value: evaluateField(item, 'value', m) });
    } else if (item.kind === 'list_splat') {
      const { items } = iterate(m, evaluate(item, m));
      if (items) for (const value of items) positional.push({ node: item, value });
      else open = true;
    } else if (item.kind === 'dictionary_splat') {
      for (const inner of item.items) evaluate(inner, m);
      open = true;
    } else positional.push({ node: item, value: evaluate(item, m) });
  }
  return { positional, keywords, open };
}

const valuesOf = (call: CallArguments): readonly AbstractValue[] =>
  [...call.positional, ...call.keywords.values()].map(({ value }) => value);

/** The result of calling a value. */
export function callValue(m: Machine, node: SyntaxNode, target: AbstractValue, call: CallArguments): AbstractValue {
  switch (target.kind) {
    case 'function':
      return callFunction(m, node, target, call);
    case 'class':
      return construct(m, node, target, call);
    case 'instance': {
      const method = classAttribute(m, target.type, '__call__');
      if (method?.kind === 'function') return callFunction(m, node, { ...method, self: target }, call);
      return unknownCall(m, [target, ...valuesOf(call)]);
    }
    case 'api':
    case 'bound':
    case 'dtype':
      return callLibrary(m, node, target, call) ?? unknownCall(m, [target, ...valuesOf(call)]);
    case 'union': {
      let all: AbstractValue | null = null;
      for (const option of optionsOf(target))
        if (option.kind !== 'none') all = joinElement(all, callValue(m, node, option, call));
      return all ?? unknown;
    }
    default:
      return unknownCall(m, [target, ...valuesOf(call)]);
  }
}

/** Code that is not known: its result may share memory with whatever was handed to it. */
export function unknownCall(m: Machine, values: readonly AbstractValue[]): AbstractValue {
  m.surrender(values);
  const storages = union(...values.map(storagesOf));
  return storages.size > 0 ? { kind: 'unknown', symbol: null, storages } : unknown;
}

/** Follows a call of a function of the file. */
export function callFunction(
  m: Machine,
  node: SyntaxNode,
  fn: FunctionValue,
  call: CallArguments | null,
): AbstractValue {
  const scope = m.scopes.opened(fn.node);
  const recursive = m.isActive(fn);
  if (!scope || recursive || m.activations.length >= maxCallDepth || m.steps < 0) {
    if (m.steps < 0) m.cutShort.add(fn.node.id);
    m.surrenderGlobals();
    return unknownCall(m, call ? valuesOf(call) : []);
  }
  const outer = m.frameById(fn.frame);
  const caller = m.frame;
  const before = m.state;
  const loops = m.loops;
  const frame = m.openFrame(`call${caller.id}:${node.id}`, scope, outer);
  m.state = before.fork();
  const base = before;
  m.loops = [];
  const incoming = new Map<string, Storages>();
  const activation: Activation = { node: fn.node, base, returns: [], incoming, fresh: new Set() };
  const record = m.functionRecord(fn.node);
  m.followed.add(fn.node.id);
  if (m.steps < 0) m.cutShort.add(fn.node.id);
  if (call && m.ghost === 0) record.calls++;
  for (const name of fn.decorators) record.decorators.add(name);
  m.activations.push(activation);
  m.recordingApart(() => {
    m.frame = frame;
    bindParameters(m, fn, call, incoming);
    const body = fn.node.child('body');
    if (fn.node.kind === 'lambda') {
      const value = body ? evaluate(body, m) : unknown;
      activation.returns.push({ value, delta: m.state.since(base) });
    } else {
      if (body) execute(body, m);
      if (!m.state.dead) activation.returns.push({ value: none, delta: m.state.since(base) });
    }
  });
  m.activations.pop();
  m.frame = caller;
  m.loops = loops;
  m.state = before;
  // Cells of the call's own frame last only where an inner function may still read them.
  const cells = scope.children.length > 0 ? new Set<number>() : new Set(frame.cells.values());
  before.merge(
    activation.returns.map(({ delta }) => delta),
    cell => !cells.has(cell),
  );
  const value = isGenerator(fn.node) ? unknown : m.returned(activation.returns);
  if (m.ghost === 0) record.returns = joinElement(record.returns, value);
  if (fn.decorators.includes('?')) {
    m.leak(fn);
    return unknownCall(m, [value]);
  }
  return value;
}

const generators = new WeakMap<SyntaxNode, boolean>();
function isGenerator(node: SyntaxNode): boolean {
  const known = generators.get(node);
  if (known !== undefined) return known;
  let found = node.children.some(child => child.kind === 'async');
  for (const inner of node.walk())
    if (inner.kind === 'yield' && inner.above('function_definition', 'lambda') === node) found = true;
  generators.set(node, found);
  return found;
}

interface FormalParameter {
  readonly name: SyntaxNode;
  readonly value: SyntaxNode | null;
  readonly type: SyntaxNode | null;
  readonly kind: 'plain' | 'rest' | 'keywords';
  readonly keywordOnly: boolean;
}

export function formalParameters(fn: SyntaxNode): readonly FormalParameter[] {
  const list = fn.child('parameters');
  const formals: FormalParameter[] = [];
  let keywordOnly = false;
  for (const item of list?.items ?? []) {
    const inner = item.kind === 'typed_parameter' ? (item.items[0] ?? item) : item;
    const name = item.child('name') ?? (inner.kind === 'identifier' ? inner : (inner.items[0] ?? null));
    if (item.kind === 'keyword_separator') keywordOnly = true;
    if (!name || name.kind !== 'identifier') continue;
    const kind =
      inner.kind === 'list_splat_pattern' ? 'rest' : inner.kind === 'dictionary_splat_pattern' ? 'keywords' : 'plain';
    formals.push({ name, value: item.child('value'), type: item.child('type'), kind, keywordOnly });
    if (kind === 'rest') keywordOnly = true;
  }
  return formals;
}

function bindParameters(
  m: Machine,
  fn: FunctionValue,
  call: CallArguments | null,
  incoming: Map<string, Storages>,
): void {
  const formals = formalParameters(fn.node);
  const positional: Argument[] = call ? [...call.positional] : [];
  if (fn.self) positional.unshift({ node: null, value: fn.self });
  for (const [i, formal] of formals.entries()) {
    const name = formal.name.text;
    let value: AbstractValue | null;
    if (formal.kind === 'rest') {
      const rest = positional.splice(0);
      value =
        call && !call.open ? { ...tupleOf(null, rest.length), items: rest.map(r => r.value) } : tupleOf(unknown, null);
      if (value.kind === 'tuple') value = { ...value, element: value.items ? joinList(value.items) : unknown };
    } else if (formal.kind === 'keywords') value = unknown;
    else {
      const given = (formal.keywordOnly ? undefined : positional.shift()) ?? call?.keywords.get(name);
      value = given?.value ?? null;
      const selfless = i === 0 && !!fn.self;
      if (!value && (call?.open || (!call && !selfless))) value = unknownArgument(m, formal);
      value ??= formal.value ? defaultValue(m, formal.value) : unknown;
    }
    m.record(formal.name, value);
    const cell = m.cell(m.frame, name);
    const before = m.scopes.opened(fn.node)?.children.length ? m.state.value(cell) : undefined;
    m.write(cell, before ? (joinElement(before, value) ?? value) : value);
    const memory = storagesOf(value);
    const ref = value.kind === 'list' || value.kind === 'dict' || value.kind === 'instance' ? value.ref : null;
    incoming.set(name, ref === null ? memory : new Set([...memory, ref]));
  }
}

const joinList = (items: readonly AbstractValue[]): AbstractValue | null =>
  items.reduce<AbstractValue | null>((all, item) => joinElement(all, item), null);

/** What a default was where the function was defined; what can change since is not taken as known. */
function defaultValue(m: Machine, node: SyntaxNode): AbstractValue {
  const value = m.defaults.get(node.id) ?? unknown;
  return value.kind === 'list' || value.kind === 'dict' ? unknown : value;
}

function unknownArgument(m: Machine, formal: FormalParameter): AbstractValue {
  const annotation = formal.type?.text ?? '';
  if (annotation === 'int') return intParameter(formal.name, m);
  if (annotation === 'float' || annotation === 'bool' || annotation === 'str') return { kind: annotation, value: null };
  if (/(^|\.)ndarray\b|NDArray/.test(annotation)) {
    return { kind: 'array', dtype: null, shape: null, storages: m.foreign(formal.name) };
  }
  return unknownParameter(formal.name, m);
}

function construct(m: Machine, node: SyntaxNode, type: ClassValue, call: CallArguments): AbstractValue {
  const open = baseUnknown(type.node);
  const ref = m.allocate(node, { heap: 'instance', attributes: new Map(), open, summary: false }, 'instance');
  const instance: InstanceValue = { kind: 'instance', type, ref };
  const init = classAttribute(m, type, '__init__');
  if (init?.kind === 'function') callFunction(m, node, { ...init, self: instance }, call);
  else if (open) unknownCall(m, [instance, ...valuesOf(call)]);
  return instance;
}

/** Whether a class has bases that are not followed. */
export const baseUnknown = (node: SyntaxNode): boolean =>
  (node.child('superclasses')?.items ?? []).some(base => base.text !== 'object');
