// Statements: what they do to the state. Branches work on forks that are joined; loops run to a fixpoint.
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue } from './types.ts';
import type { Machine } from './machine.ts';
import { loop } from './loops.ts';
import type { Delta, Entry, State } from './state.ts';
import { defaults, evaluate, evaluateField, functionValue, operate, own } from './expressions.ts';
import { bindTarget } from './targets.ts';
import { deleteItem, iterate, listMethod, storeItem } from './containers.ts';
import { defineClass, setAttribute } from './attributes.ts';
import { importNames } from './imports.ts';
import { truth } from './operators.ts';
import { annotated } from './annotations.ts';
import { joinAll, none, optionsOf, tensor, unknown } from './values.ts';

/** Executes a statement, block or module. */
export function execute(node: SyntaxNode, m: Machine): void {
  if (m.state.dead && m.ghost === 0) {
    m.inGhost(() => execute(node, m));
    return;
  }
  if (m.depth > 300) return;
  m.depth++;
  (statements[node.kind] ?? other)(node, m);
  m.depth--;
}

type Executor = (node: SyntaxNode, m: Machine) => void;

const sequence: Executor = (node, m) => {
  for (const child of node.children) if (child.named && child.kind !== 'comment') execute(child, m);
};

const statements: Readonly<Record<string, Executor>> = {
  module: sequence,
  block: sequence,
  ERROR: sequence,
  expression_statement: (node, m) => {
    for (const item of node.items) execute(item, m);
  },
  assignment: (node, m) => void assign(node, m),
  augmented_assignment: augment,
  if_statement: conditional,
  for_statement: (node, m) => {
    const right = node.child('right');
    const { element, length } = iterate(m, right ? evaluate(right, m) : unknown);
    const left = node.child('left');
    loop(node, m, {
      enter: () => {
        if (left) bindTarget(left, element ?? unknown, m);
      },
      length,
      atLeastOnce: typeof length === 'number' && length > 0,
      atMost: length === 0 ? 0 : null,
      endless: false,
    });
  },
  while_statement: (node, m) => {
    const condition = node.child('condition');
    const first = condition ? truth(evaluate(condition, m)) : null;
    const constant = condition?.kind === 'true' || (condition?.kind === 'integer' && first === true);
    loop(node, m, {
      enter: () => {
        if (condition) evaluate(condition, m);
      },
      length: null,
      atLeastOnce: false,
      atMost: null,
      endless: constant,
    });
  },
  try_statement: attempt,
  with_statement: (node, m) => {
    const items = node.first('with_clause')?.items ?? [];
    const swallows = items.map(item => enterContext(item, m)).includes(true);
    const body = node.child('body');
    if (!body) return;
    if (!swallows) return execute(body, m);
    // What the body raises may end here, after any of its changes.
    const before = m.state;
    const trail = tried(body, m);
    const ways = m.state.dead ? [] : [m.state.since(before)];
    const cut = before.fork();
    cut.grow([trail], new Set());
    m.state = before;
    before.merge([...ways, cut.since(before)]);
  },
  function_definition: (node, m) => void defineFunction(node, m, []),
  class_definition: (node, m) => {
    const name = node.child('name');
    const value = defineClass(m, node);
    if (name) bindTarget(name, value, m);
  },
  decorated_definition: decorated,
  import_statement: importNames,
  import_from_statement: importNames,
  future_import_statement: () => undefined,
  return_statement: (node, m) => {
    const item = node.items[0];
    const value = item ? evaluate(item, m) : none;
    const activation = m.activations.at(-1);
    if (activation && m.ghost === 0) activation.returns.push({ value, delta: m.state.since(activation.base) });
    m.state.dead = true;
  },
  raise_statement: (node, m) => {
    for (const item of node.items) evaluate(item, m);
    m.state.dead = true;
  },
  break_statement: (_node, m) => {
    const context = m.loops.at(-1);
    if (context) context.breaks.push(m.state.since(context.base));
    m.state.dead = true;
  },
  continue_statement: (_node, m) => {
    const context = m.loops.at(-1);
    if (context) context.continues.push(m.state.since(context.base));
    m.state.dead = true;
  },
  delete_statement: (node, m) => {
    const targets = node.items.flatMap(item => (item.kind === 'expression_list' ? item.items : [item]));
    for (const target of targets) forgetTarget(target, m);
  },
  assert_statement: (node, m) => {
    for (const item of node.items) evaluate(item, m);
  },
  global_statement: () => undefined,
  nonlocal_statement: () => undefined,
  pass_statement: () => undefined,
  match_statement: (node, m) => {
    evaluateField(node, 'subject', m);
    const before = m.state;
    const ways: Delta[] = [new Map()];
    const body = node.child('body') ?? node;
    for (const clause of body.items.filter(item => item.kind === 'case_clause')) {
      m.state = before.fork();
      for (const pattern of clause.walk())
        if (pattern.kind === 'identifier' && m.scopes.bindingOf(pattern)?.definitions.includes(pattern))
          m.bind(pattern.text, unknown);
      const consequence = clause.child('consequence');
      if (consequence) execute(consequence, m);
      if (!m.state.dead) ways.push(m.state.since(before));
    }
    m.state = before;
    before.merge(ways);
  },
};

const other: Executor = (node, m) => {
  evaluate(node, m);
};

function assign(node: SyntaxNode, m: Machine): AbstractValue {
  const left = node.child('left');
  const right = node.child('right');
  const type = node.child('type');
  if (!right) return unknown;
  let value = right.kind === 'assignment' ? assign(right, m) : evaluate(right, m);
  if (type) value = annotated(type, value);
  if (left) {
    bindTarget(left, value, m);
  }
  return value;
}

/** `x op= v`: in place for arrays, lists and variables; a new value for the rest. */
function augment(node: SyntaxNode, m: Machine): void {
  const left = node.child('left');
  const op = (node.child('operator')?.kind ?? '').slice(0, -1);
  if (!left) return;
  const before = m.record(node, evaluate(left, m));
  const right = evaluateField(node, 'right', m);
  const results = optionsOf(before).map(option => augmented(node, left, option, op, right, m));
  const value = results.length === 1 ? (results[0] ?? unknown) : joinOptions(results);
  m.record(left, value);
  if (left.kind === 'identifier') bindTarget(left, value, m);
  else if (left.kind === 'attribute') {
    const holder = left.child('object');
    const object = holder ? evaluate(holder, m) : unknown;
    setAttribute(m, left, object, left.child('attribute')?.text ?? '', value);
  } else if (left.kind === 'subscript') {
    const holder = left.child('value');
    const base = holder ? evaluate(holder, m) : unknown;
    const indices = left.all('subscript').map(item => evaluate(item, m));
    if (holder) m.mutate(node, holder, 'subscript', base);
    storeItem(m, base, indices.length === 1 ? (indices[0] ?? none) : none, value);
  }
}

const joinOptions = (values: readonly AbstractValue[]): AbstractValue => joinAll(values) ?? unknown;

function augmented(
  node: SyntaxNode,
  left: SyntaxNode,
  before: AbstractValue,
  op: string,
  right: AbstractValue,
  m: Machine,
): AbstractValue {
  if (before.kind === 'list' && (op === '+' || op === '*')) {
    m.mutate(node, left, 'augmented', before);
    if (op === '+' && listMethod(m, node, before, 'extend', [right])) return before;
    m.surrender([before]);
    return before;
  }
  const result = operate(node, m, op, before, right);
  if (before.kind === 'array') {
    if (left.kind !== 'subscript') m.mutate(node, left, 'augmented', before);
    if (op === '@') return own(result, node, m);
    if (before.shape && before.shape.length > 0) return before;
    // It may be a NumPy scalar, which changes its dtype instead.
    const dtype = 'dtype' in result && result.dtype === before.dtype ? before.dtype : null;
    return { ...before, dtype };
  }
  if (before.kind === 'unknown') {
    if (left.kind !== 'subscript') m.mutate(node, left, 'augmented', before);
    return { kind: 'unknown', symbol: null, storages: before.storages };
  }
  if (before.kind === 'tensor' && before.variable && result.kind === 'tensor')
    return tensor(result.dtype, result.shape, false);
  return result;
}

function conditional(node: SyntaxNode, m: Machine): void {
  const before = m.state;
  const ways: Delta[] = [];
  let open = true;
  const branch = (body: SyntaxNode | null, live: boolean): void => {
    if (!body) return;
    if (!live) {
      m.inGhost(() => execute(body, m));
      return;
    }
    m.state = m.state.fork();
    execute(body, m);
    if (!m.state.dead) ways.push(m.state.since(before));
  };
  const clauses = [node, ...node.all('alternative')];
  let rest = before;
  for (const clause of clauses) {
    m.state = rest;
    if (clause.kind === 'else_clause') {
      branch(clause.child('body'), open);
      open = false;
      break;
    }
    const condition = clause.child('condition');
    if (rest === before && clause !== node) m.state = rest = before.fork();
    const known = condition ? decide(condition, m) : null;
    const at = m.state;
    narrow(condition, true, m);
    branch(clause.child('consequence'), open && known !== false);
    m.state = at;
    if (open && known === true) open = false;
    rest = at;
    m.state = rest = rest.fork();
    narrow(condition, false, m);
  }
  if (open) ways.push(rest.since(before));
  m.state = before;
  before.merge(ways);
}

function decide(condition: SyntaxNode, m: Machine): boolean | null {
  const value = evaluate(condition, m);
  if (condition.kind === 'comparison_operator' && condition.text.startsWith('__name__')) return true;
  return truth(value);
}

/** `x is None` and `x is not None` tell something about x in their branches. */
function narrow(condition: SyntaxNode | null, holds: boolean, m: Machine): void {
  if (condition?.kind !== 'comparison_operator' || condition.items.length !== 2) return;
  const [left, right] = condition.items;
  const operator = condition.child('operators')?.text.replace(/\s+/g, ' ');
  if (left?.kind !== 'identifier' || right?.kind !== 'none') return;
  if (operator !== 'is' && operator !== 'is not') return;
  const value = m.lookup(left.text);
  if (value?.kind !== 'union') return;
  m.state = m.state.fork();
  const isNone = (operator === 'is') === holds;
  const options = value.options.filter(option => (option.kind === 'none') === isNone);
  const [only] = options;
  if (only) m.bind(left.text, options.length === 1 ? only : { kind: 'union', options });
}

/** `del x`, `del items[i]`: the name may be a builtin again, the list is shorter. */
function forgetTarget(target: SyntaxNode, m: Machine): void {
  if (target.kind === 'identifier') return m.bind(target.text, unknown);
  if (target.kind !== 'subscript') return void evaluate(target, m);
  const base = evaluateField(target, 'value', m);
  const [at = none] = target.all('subscript').map(item => evaluate(item, m));
  deleteItem(m, base, at);
}

/** Executes a body on a fork of the state; what it wrote, should it end at any of its places. */
function tried(body: SyntaxNode | null, m: Machine): ReadonlyMap<number, Entry> {
  const trail = new Map<number, Entry>();
  m.trails.push(trail);
  m.state = m.state.fork();
  if (body) execute(body, m);
  m.trails.splice(m.trails.indexOf(trail), 1);
  return trail;
}

function attempt(node: SyntaxNode, m: Machine): void {
  const finale = node.first('finally_clause')?.items.find(item => item.kind === 'block');
  if (!finale) return handled(node, m);
  const before = m.state;
  const exits = m.exits();
  const trail = new Map<number, Entry>();
  m.trails.push(trail);
  handled(node, m);
  m.trails.splice(m.trails.indexOf(trail), 1);
  const after = m.state;
  const run = (state: State): State => {
    m.state = state;
    m.recordingApart(() => execute(finale, m));
    return m.state;
  };
  // It runs whatever happens: after an exception, on the way out of the function or loop, and in the ordinary case.
  const raised = before.fork();
  raised.dead = false;
  raised.grow([trail], new Set());
  run(raised);
  for (const exit of exits) exit(run);
  m.state = after;
  if (!after.dead) run(after);
}

function handled(node: SyntaxNode, m: Machine): void {
  const before = m.state;
  const trail = tried(node.child('body'), m);
  const ways: Delta[] = [];
  const otherwise = node.children.find(child => child.kind === 'else_clause')?.child('body');
  if (otherwise && !m.state.dead) execute(otherwise, m);
  if (!m.state.dead) ways.push(m.state.since(before));
  for (const clause of node.children.filter(child => child.kind.startsWith('except'))) {
    // An exception may come after any of the body's changes.
    m.state = before.fork();
    m.state.grow([trail], new Set());
    for (const item of clause.items) {
      if (item.kind === 'block') execute(item, m);
      else if (item.kind === 'as_pattern') bindException(item, m);
      else evaluate(item, m);
    }
    if (!m.state.dead) ways.push(m.state.since(before));
  }
  m.state = before;
  before.merge(ways);
}

function bindException(node: SyntaxNode, m: Machine): void {
  const target = node.child('alias');
  for (const item of node.items) if (item !== target) evaluate(item, m);
  if (target) bindTarget(target, unknown, m);
}

/** Whether the context may swallow what its body raises: those of libraries that are known do not. */
function enterContext(item: SyntaxNode, m: Machine): boolean {
  const value = item.child('value') ?? item;
  const expression = value.kind === 'as_pattern' ? value.items[0] : value;
  const target = value.child('alias');
  const entered = expression ? evaluate(expression, m) : unknown;
  // Library contexts that are known give themselves; others may give anything.
  if (target) bindTarget(target, entered.kind === 'object' ? entered : unknown, m);
  const callee = expression?.kind === 'call' ? expression.child('function') : expression;
  return !/^(numpy|tensorflow|builtins|ndarray)\./.test(m.names[callee?.id ?? -1] ?? '');
}

function defineFunction(node: SyntaxNode, m: Machine, decorators: readonly string[]): AbstractValue {
  const name = node.child('name');
  defaults(node, m);
  const value = { ...functionValue(node, m), decorators };
  if (name) bindTarget(name, value, m);
  return value;
}

function decorated(node: SyntaxNode, m: Machine): void {
  const names: string[] = [];
  for (const decorator of node.children.filter(child => child.kind === 'decorator')) {
    const expression = decorator.items[0];
    if (!expression) continue;
    evaluate(expression, m);
    names.push(m.names[expression.id] ?? '?');
  }
  const definition = node.child('definition');
  if (definition?.kind === 'function_definition') defineFunction(definition, m, names.map(known));
  else if (definition) execute(definition, m);
}

/** Decorators that leave the results of a function as they are. */
const transparent = new Set([
  'tensorflow.function',
  'builtins.staticmethod',
  'builtins.property',
  'functools.wraps',
  'functools.lru_cache',
  'functools.cache',
]);
const known = (name: string): string => (transparent.has(name) ? name : '?');
