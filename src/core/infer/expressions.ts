// Expressions: the abstract value of every kind of node. Unknown kinds are unknown, after their parts were looked at.
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue, FunctionValue } from './types.ts';
import type { Machine } from './machine.ts';
import { attributeOf } from './attributes.ts';
import { builtinName } from './python/builtins.ts';
import { callExpression } from './calls.ts';
import { dictDisplay, iterate, listOf, setDisplay, subscriptSequence } from './containers.ts';
import { literalArray } from './library/literal.ts';
import { constantOf } from './library/names.ts';
import { indexerOf } from './library/indexers.ts';
import { binary, compare, truth, unary } from './operators.ts';
import type { Arithmetic } from './operators.ts';
import { indexShape } from './subscripts.ts';
import { bindTarget } from './targets.ts';
import {
  anyBool,
  anyStr,
  array,
  bool,
  float,
  forget,
  int,
  join,
  joinAll,
  joinElement,
  none,
  optionsOf,
  scalar,
  str,
  tensor,
  tuple,
  unknown,
} from './values.ts';

const maxDepth = 400;

/** Evaluates an expression and records its value. */
export function evaluate(node: SyntaxNode, m: Machine): AbstractValue {
  if (m.depth > maxDepth || !m.step()) return unknown;
  m.depth++;
  const value = own(compute(node, m), node, m);
  m.depth--;
  return m.record(node, value);
}

export const evaluateField = (
  node: SyntaxNode,
  field: Parameters<SyntaxNode['child']>[0],
  m: Machine,
): AbstractValue => {
  const child = node.child(field);
  return child ? evaluate(child, m) : unknown;
};

/** What happens here, or does not. */
function maybe(m: Machine, run: () => AbstractValue): AbstractValue {
  const before = m.state;
  m.state = before.fork();
  const value = run();
  const delta = m.state.since(before);
  m.state = before;
  before.merge([delta, new Map()]);
  return value;
}

type Evaluator = (node: SyntaxNode, m: Machine) => AbstractValue;

const evaluators: Readonly<Record<string, Evaluator>> = {
  identifier: identifier,
  integer: node => integer(node.text),
  float: node => floating(node.text),
  true: () => bool(true),
  false: () => bool(false),
  none: () => none,
  ellipsis: () => ({ kind: 'ellipsis' }),
  string: stringLiteral,
  concatenated_string: (node, m) => {
    const parts = node.items.map(item => evaluate(item, m));
    if (parts.every(part => part.kind === 'str' && part.value !== null))
      return str(parts.map(part => (part.kind === 'str' ? (part.value ?? '') : '')).join(''));
    return anyStr;
  },
  parenthesized_expression: (node, m) => {
    const inner = node.items[0];
    return inner ? evaluate(inner, m) : unknown;
  },
  tuple: (node, m) => tuple(sequenceItems(node, m) ?? []),
  expression_list: (node, m) => tuple(sequenceItems(node, m) ?? []),
  pattern_list: (node, m) => tuple(sequenceItems(node, m) ?? []),
  list: (node, m) => {
    const items = sequenceItems(node, m);
    return items ? listOf(m, node, items) : listOf(m, node, null, unknown, null);
  },
  set: (node, m) =>
    setDisplay(
      node,
      m,
      node.items.map(item => evaluate(item, m)),
    ),
  dictionary: dictDisplay,
  binary_operator: (node, m) => {
    const left = evaluateField(node, 'left', m);
    const right = evaluateField(node, 'right', m);
    return operate(node, m, node.child('operator')?.kind ?? '', left, right);
  },
  unary_operator: (node, m) => unary(node.child('operator')?.kind ?? '', evaluateField(node, 'argument', m)),
  not_operator: (node, m) => {
    const value = evaluateField(node, 'argument', m);
    const known = truth(value);
    return known === null ? anyBool : bool(!known);
  },
  boolean_operator: (node, m) => {
    const left = evaluateField(node, 'left', m);
    const known = truth(left);
    const isAnd = node.child('operator')?.kind === 'and';
    if (known !== null && known !== isAnd) {
      m.inGhost(() => evaluateField(node, 'right', m));
      return left;
    }
    if (known !== null) return evaluateField(node, 'right', m);
    return (
      joinElement(
        left,
        maybe(m, () => evaluateField(node, 'right', m)),
      ) ?? unknown
    );
  },
  comparison_operator: comparison,
  conditional_expression: (node, m) => {
    const [body, condition, other] = node.items;
    if (!body || !condition || !other) return unknown;
    const known = truth(evaluate(condition, m));
    let value: AbstractValue = unknown;
    if (known === null) {
      const before = m.state;
      const ways = [body, other].map(branch => {
        m.state = before.fork();
        value = evaluate(branch, m);
        return { value, delta: m.state.since(before) };
      });
      m.state = before;
      before.merge(ways.map(({ delta }) => delta));
      return joinAll(ways.map(way => way.value)) ?? unknown;
    }
    m.inGhost(() => evaluate(known ? other : body, m));
    value = evaluate(known ? body : other, m);
    return value;
  },
  named_expression: (node, m) => {
    const value = evaluateField(node, 'value', m);
    const name = node.child('name');
    if (name) bindTarget(name, value, m);
    return value;
  },
  attribute: (node, m) => {
    const object = evaluateField(node, 'object', m);
    const value = attributeOf(m, node, object, node.child('attribute')?.text ?? '');
    m.name(node, referred(value));
    return constantOf(value);
  },
  subscript: subscript,
  call: callExpression,
  lambda: (node, m) => {
    defaults(node, m);
    return functionValue(node, m);
  },
  list_comprehension: (node, m) => {
    const { element, length } = comprehension(node, m);
    return listOf(m, node, null, element, length);
  },
  set_comprehension: (node, m) => setDisplay(node, m, [comprehension(node, m).element ?? unknown]),
  generator_expression: (node, m) => {
    const { element, length } = comprehension(node, m);
    return { kind: 'iterable', element, length, type: 'other', items: null };
  },
  dictionary_comprehension: (node, m) => {
    comprehension(node, m);
    return unknown;
  },
  slice: (node, m) => sliceValue(node, m),
  yield: (node, m) => {
    // Who iterates holds what was yielded while the function goes on.
    for (const item of node.items) m.escape(evaluate(item, m));
    return unknown;
  },
  await: (node, m) => {
    for (const item of node.items) evaluate(item, m);
    return unknown;
  },
  list_splat: (node, m) => (node.items[0] ? evaluate(node.items[0], m) : unknown),
};

function compute(node: SyntaxNode, m: Machine): AbstractValue {
  const evaluator = evaluators[node.kind];
  if (evaluator) return evaluator(node, m);
  for (const item of node.items) evaluate(item, m);
  return unknown;
}

/** The canonical name of what a value refers to. */
export function referred(value: AbstractValue): string | null {
  return value.kind === 'module' || value.kind === 'api' || value.kind === 'bound' ? value.name : null;
}

function identifier(node: SyntaxNode, m: Machine): AbstractValue {
  const name = node.text;
  const value = m.lookup(name);
  if (value) {
    m.name(node, referred(value));
    return constantOf(value);
  }
  const builtin = m.home(name) ? null : builtinName(name);
  m.name(node, builtin);
  return builtin ? { kind: 'api', name: builtin } : unknown;
}

function integer(text: string): AbstractValue {
  const digits = text.replaceAll('_', '');
  if (/[jJlL]$/.test(digits) && !/^0[xX]/.test(digits)) return unknown;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? int(value) : { kind: 'int', value: null, symbol: null };
}

function floating(text: string): AbstractValue {
  const digits = text.replaceAll('_', '');
  return /[jJ]$/.test(digits) ? unknown : float(Number(digits));
}

function stringLiteral(node: SyntaxNode, m: Machine): AbstractValue {
  const prefix = node.children[0]?.text ?? '';
  for (const child of node.children) {
    if (child.kind !== 'interpolation') continue;
    for (const part of child.items) if (part.kind !== 'type_conversion') evaluate(part, m);
  }
  if (/[bB]/.test(prefix.replace(/["']/g, ''))) return unknown;
  const body = node.children.filter(child => child.kind === 'string_content');
  const plain = node.children.length === body.length + 2 && !body.some(child => child.text.includes('\\'));
  return plain ? str(body.map(child => child.text).join('')) : anyStr;
}

/** The items of a display; null when a starred part has an unknown number of them. */
function sequenceItems(node: SyntaxNode, m: Machine): AbstractValue[] | null {
  const items: AbstractValue[] = [];
  let known = true;
  for (const item of node.items) {
    const value = evaluate(item, m);
    if (item.kind !== 'list_splat' && item.kind !== 'list_splat_pattern') {
      items.push(value);
      continue;
    }
    const inner = iterate(m, value).items;
    if (inner) items.push(...inner);
    else known = false;
  }
  return known ? items : null;
}

/** An operator, with list arithmetic that makes new lists. */
export function operate(
  node: SyntaxNode,
  m: Machine,
  op: string,
  left: AbstractValue,
  right: AbstractValue,
): AbstractValue {
  const list = left.kind === 'list' ? left : right.kind === 'list' ? right : null;
  const other = list === left ? right : left;
  if (list && op === '*' && ['int', 'unknown'].includes(other.kind)) {
    const { items, element, length } = iterate(m, list);
    const times = other.kind === 'int' ? other.value : null;
    if (items && times !== null && items.length * times <= 64)
      return listOf(m, node, Array.from({ length: Math.max(0, times) }, () => items).flat());
    const symbol = other.kind === 'int' && length === 1 ? other.symbol : null;
    return listOf(m, node, null, element, times !== null && typeof length === 'number' ? times * length : symbol);
  }
  if (list && op === '+' && other.kind === 'list') {
    const [a, b] = [iterate(m, left), iterate(m, right)];
    if (a.items && b.items) return listOf(m, node, [...a.items, ...b.items]);
    const length = typeof a.length === 'number' && typeof b.length === 'number' ? a.length + b.length : null;
    return listOf(m, node, null, joinElement(a.element, b.element), length);
  }
  const value = binary(op as Arithmetic, left, right, item => literalArray(m, item));
  return own(value, node, m);
}

/** Gives an array that was just made memory of its own. */
export function own(value: AbstractValue, node: SyntaxNode, m: Machine): AbstractValue {
  if (value.kind === 'union') return { kind: 'union', options: value.options.map(option => own(option, node, m)) };
  return value.kind === 'array' && value.storages.size === 0 ? { ...value, storages: m.fresh(node) } : value;
}

function comparison(node: SyntaxNode, m: Machine): AbstractValue {
  const values = node.items.map(item => evaluate(item, m));
  const operators = node.all('operators').map(operator => operator.text.replace(/\s+/g, ' '));
  const results = operators.map((operator, i) =>
    own(
      compare(operator, values[i] ?? unknown, values[i + 1] ?? unknown, item => literalArray(m, item)),
      node,
      m,
    ),
  );
  if (results.length <= 1) return results[0] ?? unknown;
  return results.every(result => result.kind === 'bool') ? anyBool : unknown;
}

/** Defaults are evaluated once, where the function is defined. */
export function defaults(fn: SyntaxNode, m: Machine): void {
  for (const formal of fn.child('parameters')?.items ?? []) {
    const value = formal.child('value');
    if (!value) continue;
    const made = evaluate(value, m);
    const before = m.defaults.get(value.id);
    m.defaults.set(value.id, before ? join(before, made) : made);
  }
}

export function functionValue(node: SyntaxNode, m: Machine): FunctionValue {
  return { kind: 'function', node, frame: m.frame.id, self: null, decorators: [] };
}

function sliceValue(node: SyntaxNode, m: Machine): AbstractValue {
  const parts: (AbstractValue | null)[] = [null, null, null];
  let at = 0;
  for (const child of node.children) {
    if (child.kind === ':') at++;
    else if (child.named && child.kind !== 'comment' && at < 3) parts[at] = evaluate(child, m);
  }
  const [start, stop, step] = parts;
  return { kind: 'slice', start: start ?? none, stop: stop ?? none, step: step ?? none };
}

function subscript(node: SyntaxNode, m: Machine): AbstractValue {
  const base = evaluateField(node, 'value', m);
  const given = node.all('subscript').map(item => evaluate(item, m));
  const [only] = given;
  const tupled = given.length !== 1 || node.children.some(child => child.kind === ',');
  const items = !tupled && only?.kind === 'tuple' && only.items ? [...only.items] : given;
  let result: AbstractValue | null = null;
  for (const option of optionsOf(base)) {
    if (option.kind === 'none' && base.kind === 'union') continue;
    result = joinElement(result, index(node, m, option, items, tupled));
  }
  return result ?? unknown;
}

/** `base[items]` for one kind of base. */
export function index(
  node: SyntaxNode,
  m: Machine,
  base: AbstractValue,
  items: readonly AbstractValue[],
  tupled: boolean,
): AbstractValue {
  switch (base.kind) {
    case 'array': {
      const { shape, element, view } = indexShape(base.shape, items, item => literalArray(m, item));
      if (element) return scalar(base.dtype);
      if (view !== false) m.views.add(node.id);
      return array(base.dtype, shape, view === false ? m.fresh(node) : base.storages);
    }
    case 'tensor': {
      const { shape } = indexShape(base.shape, items, item => literalArray(m, item));
      return tensor(base.dtype, shape);
    }
    case 'scalar':
      return unknown;
    case 'api':
      return own(indexerOf(m, base.name, items), node, m);
    case 'unknown':
      return { kind: 'unknown', symbol: null, storages: base.storages };
    default:
      return tupled ? unknown : subscriptSequence(m, node, base, items[0] ?? unknown);
  }
}

function comprehension(node: SyntaxNode, m: Machine): ReturnType<typeof iterate> {
  const scope = m.scopes.opened(node);
  if (!scope) return { items: null, element: unknown, length: null };
  const { frame } = m;
  const body = node.child('body');
  let length: ReturnType<typeof iterate>['length'] = null;
  let element: AbstractValue | null = null;
  const before = m.state;
  m.state = before.fork();
  const inner = m.openFrame(`comprehension${frame.id}`, scope, frame);
  const mark = m.minted.length;
  let first = true;
  let empty = false;
  for (const clause of node.items) {
    if (clause.kind === 'for_in_clause') {
      if (!first) m.frame = inner;
      const iterable = iterate(m, evaluateField(clause, 'right', m));
      m.frame = inner;
      const left = clause.child('left');
      if (left) bindTarget(left, iterable.element ?? unknown, m);
      length = first ? iterable.length : null;
      if (iterable.length === 0) empty = true;
      first = false;
    } else if (clause.kind === 'if_clause') {
      m.frame = inner;
      for (const condition of clause.items) evaluate(condition, m);
      length = null;
    }
  }
  m.frame = inner;
  if (body?.kind === 'pair') {
    evaluateField(body, 'key', m);
    evaluateField(body, 'value', m);
  } else if (body) element = evaluate(body, m);
  m.frame = frame;
  const changed = m.state.since(before);
  m.state = before;
  // What the body changed outside happened any number of times, or never.
  const cells = new Set(inner.cells.values());
  const symbols = new Set(m.minted.slice(mark));
  before.grow([new Map([...changed].filter(([cell]) => !cells.has(cell)))], symbols);
  return { items: null, element: empty ? null : element && forget(element, symbols), length };
}
