// Statements, followed in their order. Conditions and loops over tensors become parts of a graph under `tf.function`: what Python
// does in them it does once, at tracing.
import type { SyntaxNode } from '../syntax/index.ts';
import { brief } from '../hazards/conditions.ts';
import { elementOf, evaluate, operate, store } from './expressions.ts';
import { constant, holdsTensor, isTensor, joined, list, plain, unknown, type Val } from './values.ts';
import type { Walk } from './walk.ts';

/** Follows the body of a function, or the expression of a lambda. */
export function runBody(w: Walk, node: SyntaxNode): void {
  const body = node.child('body');
  if (!body) return;
  if (node.kind === 'lambda') w.frame.returns.push(evaluate(w, body));
  else {
    if (node.children.some(child => child.kind === 'async')) w.doubt(node, 'it is a coroutine');
    runBlock(w, body);
  }
}

/** True where the block never runs on to its end: it returns or raises. */
function runBlock(w: Walk, block: SyntaxNode | null): boolean {
  for (const statement of block?.items ?? []) if (run(w, statement)) return true;
  return false;
}

function run(w: Walk, node: SyntaxNode): boolean {
  if (!w.step(node)) return true;
  const [first] = node.items;
  switch (node.kind) {
    case 'expression_statement':
      for (const item of node.items) evaluate(w, item);
      return false;
    case 'return_statement':
      if (w.frame.inGraph.loops > 0)
        w.breaks('graph', node, 'a `return` cannot stand in a loop over a tensor under `tf.function`');
      w.frame.returns.push(first ? evaluate(w, first) : plain());
      return true;
    case 'raise_statement':
      if (w.frame.inGraph.branches > 0)
        w.doubts('graph', node, 'under `tf.function` an exception is raised while tracing, whatever the tensors hold');
      return true;
    case 'if_statement':
      return branch(w, node);
    case 'while_statement':
      whileLoop(w, node);
      return false;
    case 'for_statement':
      forLoop(w, node);
      return false;
    case 'with_statement':
      for (const item of node.first('with_clause')?.items ?? []) withItem(w, item.child('value') ?? item);
      return runBlock(w, node.child('body'));
    case 'try_statement':
      return tryBlock(w, node);
    case 'assert_statement':
      if (first && isTensor(evaluate(w, first)))
        w.breaks(
          'graph',
          node,
          '`assert` needs the value of the tensor while tracing: use `tf.debugging.Assert`',
          'TL509',
        );
      return false;
    case 'function_definition':
    case 'decorated_definition':
      define(w, node);
      return false;
    case 'delete_statement':
      for (const item of node.items) if (item.kind === 'subscript') store(w, item, plain(), node);
      return false;
    case 'match_statement':
      w.doubt(node, '`match` is not followed');
      return false;
    case 'class_definition':
      w.frame.names.set(node.child('name')?.text ?? '', unknown());
      return false;
    default:
      return ['break_statement', 'continue_statement'].includes(node.kind);
  }
}

function define(w: Walk, node: SyntaxNode): void {
  const decorated = node.kind === 'decorated_definition';
  const fn = decorated ? node.child('definition') : node;
  const name = fn?.child('name')?.text;
  if (!fn || name === undefined) return;
  const around = new Map([...w.frame.around, ...w.frame.names]);
  const known = fn.kind === 'function_definition' && !decorated;
  w.frame.names.set(name, known ? { kind: 'function', dtype: null, flow: constant, node: fn, around } : unknown());
}

function withItem(w: Walk, item: SyntaxNode): void {
  const named = item.kind === 'as_pattern';
  const opened = evaluate(w, named ? (item.items[0] ?? item) : item);
  const target = named ? item.child('alias')?.items[0] : null;
  if (target) assign(w, target, opened, item);
}

function tryBlock(w: Walk, node: SyntaxNode): boolean {
  const before = new Map(w.frame.names);
  const ends = runBlock(w, node.child('body'));
  const after = new Map(w.frame.names);
  for (const clause of node.items.filter(item => item.kind !== 'block')) {
    merge(w.frame.names, before, after);
    runBlock(w, clause.child('body') ?? clause.first('block'));
  }
  merge(w.frame.names, w.frame.names, after);
  return ends && node.items.every(item => item.kind !== 'except_clause');
}

/** `if`, `elif` and `else`; true where none of them goes on. */
function branch(w: Walk, node: SyntaxNode): boolean {
  const condition = node.child('condition');
  const inGraph = condition !== null && isTensor(evaluate(w, condition));
  const before = new Map(w.frame.names);
  const outer = w.frame.inGraph;
  if (inGraph) w.frame.inGraph = { ...outer, branches: outer.branches + 1 };
  const ends = runBlock(w, node.child('consequence'));
  const after = new Map(w.frame.names);
  replace(w.frame.names, before);
  const [next, ...rest] = node.all('alternative');
  const otherEnds = next ? alternative(w, next, rest) : false;
  const other = new Map(w.frame.names);
  w.frame.inGraph = outer;
  if (inGraph && !sameEnd(w, node, ends, otherEnds))
    oneSided(w, node, before, ends ? other : after, otherEnds ? after : other);
  if (ends && !otherEnds) replace(w.frame.names, other);
  else if (otherEnds && !ends) replace(w.frame.names, after);
  else merge(w.frame.names, after, other);
  return ends && otherEnds;
}

/** The other side of an `if`: an `elif` is an `if` with the branches behind it. */
function alternative(w: Walk, node: SyntaxNode, rest: readonly SyntaxNode[]): boolean {
  if (node.kind === 'else_clause') return runBlock(w, node.child('body'));
  const condition = node.child('condition');
  if (condition) evaluate(w, condition);
  const before = new Map(w.frame.names);
  const ends = runBlock(w, node.child('consequence'));
  const after = new Map(w.frame.names);
  replace(w.frame.names, before);
  const [next, ...others] = rest;
  const otherEnds = next ? alternative(w, next, others) : false;
  merge(w.frame.names, after, new Map(w.frame.names));
  return ends && otherEnds;
}

/** One side returns and nothing behind the `if` does: a graph has no result for the other. */
function sameEnd(w: Walk, node: SyntaxNode, ends: boolean, otherEnds: boolean): boolean {
  if (ends === otherEnds) return false;
  const behind = statementsBehind(node, w.frame.node);
  const returns = behind.some(each => [...each.walk()].some(inner => inner.kind === 'return_statement'));
  if (!returns)
    w.breaks(
      'graph',
      node,
      'one branch returns and the other does not: under `tf.function` an `if` on a tensor needs a result on both sides',
    );
  return !returns;
}

/** A name that only one branch binds has no value on the other side of the graph. */
function oneSided(
  w: Walk,
  node: SyntaxNode,
  before: ReadonlyMap<string, Val>,
  one: ReadonlyMap<string, Val>,
  other: ReadonlyMap<string, Val>,
): void {
  const behind = statementsBehind(node, w.frame.node);
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(name), other.get(name)];
    if (a === b || before.get(name) === (a && b ? null : (a ?? b))) continue;
    if ((!a || !b) && !before.has(name) && behind.some(each => uses(each, name)))
      w.breaks(
        'graph',
        node,
        `\`${name}\` gets a value in one branch only: under \`tf.function\` an \`if\` on a tensor needs it on both sides`,
      );
    else if (a && b && (isTensor(a) !== isTensor(b) || (a.dtype !== b.dtype && holdsTensor(a))))
      w.doubts('graph', node, `both branches must give \`${name}\` one dtype and shape under \`tf.function\``);
  }
}

/** The statements that run after one, in its block and those around it within the function. */
function statementsBehind(node: SyntaxNode, fn: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = node; at !== fn && at.parent; at = at.parent) {
    const siblings = at.parent.items;
    if (at.parent.kind === 'block') found.push(...siblings.slice(siblings.findIndex(each => each.id === at.id) + 1));
  }
  return found;
}

const uses = (node: SyntaxNode, name: string): boolean =>
  [...node.walk()].some(each => each.kind === 'identifier' && each.text === name && each.field !== 'left');

function whileLoop(w: Walk, node: SyntaxNode): void {
  const condition = node.child('condition');
  const inGraph = condition !== null && isTensor(evaluate(w, condition));
  loop(w, node, inGraph, () => {
    if (condition) evaluate(w, condition);
  });
}

function forLoop(w: Walk, node: SyntaxNode): void {
  const [left, right] = [node.child('left'), node.child('right')];
  if (!left || !right) return;
  const over = evaluate(w, right);
  loop(w, node, isTensor(over), () => assign(w, left, elementOf(over), node));
}

/** The body twice: what a round leaves behind is what the next one finds. */
function loop(w: Walk, node: SyntaxNode, inGraph: boolean, begin: () => void): void {
  const before = new Map(w.frame.names);
  const outer = w.frame.inGraph;
  if (inGraph) w.frame.inGraph = { ...outer, loops: outer.loops + 1 };
  for (let round = 0; round < 2; round++) {
    begin();
    runBlock(w, node.child('body'));
    if (round === 0 && inGraph) carried(w, node, before);
    merge(w.frame.names, w.frame.names, before);
  }
  w.frame.inGraph = outer;
  for (const each of node.all('alternative')) runBlock(w, each.child('body'));
}

/** What a graph's loop carries from round to round keeps its dtype and shape. */
function carried(w: Walk, node: SyntaxNode, before: ReadonlyMap<string, Val>): void {
  const behind = statementsBehind(node, w.frame.node);
  for (const [name, now] of w.frame.names) {
    const was = before.get(name);
    if (was === now || (!was && !behind.some(each => uses(each, name)))) continue;
    if (!was) w.doubts('graph', node, `\`${name}\` may need a value before the loop under \`tf.function\``);
    else if (was.number && isTensor(now)) {
      const becomes = was.number === 'int' ? 'int32' : 'float32';
      if (now.dtype === becomes) continue;
      const text = `\`${name}\` is a number before the loop, which a graph makes a tensor of ${becomes}`;
      if (now.dtype === null) w.doubts('graph', node, `${text}: the loop must keep that dtype`);
      else w.breaks('graph', node, `${text}, and ${now.dtype} in it: begin with a tensor of ${now.dtype}`);
    } else if (isTensor(now) && !keepsShape(w, node, name))
      w.doubts(
        'graph',
        node,
        `a loop over a tensor must keep the dtype and shape of \`${name}\` under \`tf.function\``,
      );
  }
}

/** Whether every assignment of a name in a loop is arithmetic on the name itself. */
const keepsShape = (w: Walk, node: SyntaxNode, name: string): boolean =>
  [...(node.child('body')?.walk() ?? [])]
    .filter(each => each.kind === 'assignment' && each.child('left')?.text === name)
    .every(each => {
      const right = each.child('right');
      if (right?.kind !== 'binary_operator') return false;
      const known = w.analysis.valueOf(right);
      const own = w.analysis.valueOf(each.child('left') ?? each);
      const shapes = [known, own].map(value => ('shape' in value ? JSON.stringify(value.shape) : null));
      return [...right.walk()].some(inner => inner.text === name) && (shapes[0] === shapes[1] || shapes.includes(null));
    });

/** Binds a target of an assignment, a loop or a `with`. */
export function assign(w: Walk, target: SyntaxNode, value: Val, node: SyntaxNode): void {
  switch (target.kind) {
    case 'identifier':
      if (w.frame.globals.has(target.text) && isTensor(value))
        w.doubts('graph', node, `\`${target.text}\` is set once, while the function is traced, to a symbolic tensor`);
      w.frame.names.set(target.text, value);
      return;
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
      if (isTensor(value) && node.kind !== 'for_statement')
        w.breaks('graph', node, `a tensor cannot be unpacked under \`tf.function\`: use \`tf.unstack\``);
      for (const item of target.items) assign(w, item, elementOf(value), node);
      return;
    case 'list_splat_pattern':
      for (const item of target.items) assign(w, item, list(elementOf(value)), node);
      return;
    case 'subscript':
      store(w, target, value, node);
      return;
    case 'attribute': {
      const object = target.child('object');
      const of = object && evaluate(w, object);
      if (of && isTensor(of)) w.breaks('eager', target, `\`${brief(target)}\` cannot be set on a tensor`);
      else if (holdsTensor(value))
        w.doubts('graph', node, `\`${brief(target)}\` is set once, while the function is traced, to a symbolic tensor`);
    }
  }
}

export function assignment(w: Walk, node: SyntaxNode): Val {
  const [left, right] = [node.child('left'), node.child('right')];
  if (!left || !right) return plain();
  const value = evaluate(w, right);
  if (node.kind === 'augmented_assignment') {
    const old = evaluate(w, left);
    const made = operate(w, node, node.child('operator')?.text.replace(/=$/, '') ?? '', old, value);
    // An array stays the array that it is; a tensor takes its name.
    assign(w, left, made, node);
    return made;
  }
  assign(w, left, value, node);
  return value;
}

function replace(names: Map<string, Val>, by: ReadonlyMap<string, Val>): void {
  names.clear();
  for (const [name, value] of by) names.set(name, value);
}

function merge(names: Map<string, Val>, a: ReadonlyMap<string, Val>, b: ReadonlyMap<string, Val>): void {
  const made = new Map<string, Val>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const [one, other] = [a.get(name), b.get(name)];
    const value = one && other ? joined(one, other) : (one ?? other);
    if (value) made.set(name, value);
  }
  replace(names, made);
}
