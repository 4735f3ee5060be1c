// Expressions: what they hold, and what in them a tensor, a graph or a tape does not bear.
import { isInteger } from '../../shared/dtypes.ts';
import type { DType } from '../../shared/dtypes.ts';
import { comprehensionKinds, unwrap, type SyntaxNode } from '../syntax/index.ts';
import { brief, dtypeOf } from '../hazards/conditions.ts';
import type { AbstractValue } from '../infer/types.ts';
import { call } from './calls.ts';
import { sharedAttributes, tensorAttributes, variableMethods } from './names.ts';
import { assign, assignment } from './statements.ts';
import {
  array,
  constant,
  ended,
  holdsTensor,
  isTensor,
  joinFlows,
  joined,
  list,
  outside,
  plain,
  tensor,
  unknown,
  type Val,
} from './values.ts';
import type { Walk } from './walk.ts';

const comprehensions: ReadonlySet<string> = new Set(comprehensionKinds);

export function evaluate(w: Walk, expression: SyntaxNode): Val {
  const node = unwrap(expression);
  if (!w.step(node)) return unknown();
  const items = (): readonly Val[] => node.items.map(item => evaluate(w, item));
  if (comprehensions.has(node.kind)) return comprehension(w, node);
  switch (node.kind) {
    case 'identifier':
      return w.lookUp(node);
    case 'integer':
      return { ...plain(), number: 'int' };
    case 'float':
      return { ...plain(), number: 'float' };
    case 'assignment':
    case 'augmented_assignment':
      return assignment(w, node);
    case 'named_expression': {
      const [name, value] = [node.child('name'), node.child('value')];
      const made = value ? evaluate(w, value) : plain();
      if (name) assign(w, name, made, node);
      return made;
    }
    case 'tuple':
    case 'list':
    case 'set':
    case 'expression_list': {
      const all = items();
      return list(all.length ? all.reduce(joinedElement) : plain());
    }
    case 'list_splat':
      return elementOf(items()[0] ?? plain());
    case 'dictionary': {
      const values = node.items.map(item => evaluate(w, item.child('value') ?? item));
      return list(values.length ? values.reduce(joinedElement) : plain());
    }
    case 'unary_operator': {
      const [value = plain()] = items();
      return value;
    }
    case 'not_operator': {
      const [value = plain()] = items();
      return isTensor(value) ? logical(node, [value]) : plain(value.flow);
    }
    case 'binary_operator': {
      const [left, right] = [node.child('left'), node.child('right')];
      if (!left || !right) return unknown();
      return operate(w, node, node.child('operator')?.text ?? '', evaluate(w, left), evaluate(w, right));
    }
    case 'boolean_operator':
      return logical(node, items());
    case 'comparison_operator':
      return comparison(w, node, items());
    case 'conditional_expression': {
      const [yes = plain(), condition = plain(), no = plain()] = items();
      if (isTensor(condition) && (!isTensor(yes) || !isTensor(no)))
        w.doubts('graph', node, 'both sides must be tensors of one dtype and shape under `tf.function`');
      return joined(yes, no);
    }
    case 'attribute':
      return attribute(w, node);
    case 'subscript':
      return subscript(w, node);
    case 'slice':
      return plain(joinFlows(items().map(value => value.flow)));
    case 'call':
      return call(w, node);
    case 'lambda':
      return {
        kind: 'function',
        dtype: null,
        flow: constant,
        node,
        around: new Map([...w.frame.around, ...w.frame.names]),
      };
    case 'yield':
      items();
      w.breaks('graph', node, '`tf.function` takes no generators');
      w.breaks('tape', node, 'a generator is no tensor: there is nothing to differentiate');
      return unknown();
    case 'await':
      w.doubt(node, 'what `await` gives is not known');
      return unknown();
    case 'type':
      return plain();
    default:
      for (const item of node.items) evaluate(w, item);
      return plain();
  }
}

/** Containers hold what is put into them; tensors stay tensors beside numbers. */
const joinedElement = (a: Val, b: Val): Val => joined(a, b);

/** What a loop over a value, or an index into it, gives. */
export function elementOf(value: Val): Val {
  if (value.kind === 'list') return value.element ?? plain(value.flow);
  if (isTensor(value)) return tensor(value.dtype, value.flow, value.rank === undefined ? undefined : value.rank - 1);
  if (value.kind === 'array') return { ...plain(value.flow), dtype: value.dtype };
  return value.kind === 'unknown' ? value : plain(value.flow);
}

function comprehension(w: Walk, node: SyntaxNode): Val {
  const before = new Map(w.frame.names);
  for (const clause of node.items.filter(item => item.kind === 'for_in_clause')) {
    const [left, right] = [clause.child('left'), clause.child('right')];
    if (!left || !right) continue;
    const over = evaluate(w, right);
    if (isTensor(over))
      w.breaks(
        'graph',
        clause,
        `only a plain \`for\` may go through the tensor \`${brief(right)}\` under \`tf.function\``,
      );
    assign(w, left, elementOf(over), clause);
  }
  for (const clause of node.items.filter(item => item.kind === 'if_clause'))
    for (const condition of clause.items)
      if (isTensor(evaluate(w, condition)))
        w.breaks('graph', clause, 'a condition in a comprehension needs the value of the tensor while tracing');
  const body = node.child('body');
  const made = body ? evaluate(w, body.kind === 'pair' ? (body.child('value') ?? body) : body) : plain();
  w.frame.names.clear();
  for (const [name, value] of before) w.frame.names.set(name, value);
  return list(made);
}

function logical(node: SyntaxNode, values: readonly Val[]): Val {
  const flow = joinFlows(values.map(value => value.flow));
  if (!values.some(isTensor)) return values.length ? values.reduce(joined) : plain();
  return tensor('bool', ended(flow, { node, text: 'a condition has no gradient' }, false), 0);
}

function comparison(w: Walk, node: SyntaxNode, values: readonly Val[]): Val {
  const operators = node.all('operators').map(each => each.text);
  const flow = ended(joinFlows(values.map(value => value.flow)), { node, text: 'a comparison has no gradient' }, false);
  const [a = plain(), b = plain()] = values;
  if (operators.some(operator => operator.startsWith('is'))) return plain(flow);
  if (operators.some(operator => operator.endsWith('in'))) {
    if (values.some(isTensor)) w.doubt(node, '`in` on tensors is not followed');
    return plain(flow);
  }
  if (values.some(isTensor)) {
    mixed(w, node, a, b);
    return tensor('bool', flow, broadcast(values));
  }
  return values.some(value => value.kind === 'array') ? array('bool', flow) : plain(flow);
}

/** TensorFlow promotes nothing: two dtypes raise, and an array takes the dtype of the tensor beside it. */
export function mixed(w: Walk, node: SyntaxNode, a: Val, b: Val): void {
  const [one, other] = isTensor(a) ? [a, b] : [b, a];
  if (!isTensor(one)) return;
  if (other.number === 'float' && one.dtype !== null && isInteger(one.dtype))
    w.breaks('eager', node, `a tensor of ${one.dtype} and a float do not mix: TensorFlow promotes nothing`, 'TL205');
  if (one.dtype === null || other.dtype === null || one.dtype === other.dtype) return;
  if (isTensor(other))
    w.breaks(
      'eager',
      node,
      `tensors of ${one.dtype} and ${other.dtype} do not mix: TensorFlow promotes nothing`,
      'TL205',
    );
  else w.differs(node, `NumPy promotes ${one.dtype} and ${other.dtype}, TensorFlow does not`, 'TL205');
}

/** A binary operator on what its sides hold. */
export function operate(w: Walk, node: SyntaxNode, operator: string, a: Val, b: Val): Val {
  const flow = joinFlows([a.flow, b.flow]);
  if (isTensor(a) || isTensor(b)) {
    mixed(w, node, a, b);
    const own = isTensor(a) ? a.dtype : b.dtype;
    const inferred = dtypeOf(w.analysis.valueOf(node.kind === 'binary_operator' ? node : (node.child('left') ?? node)));
    const dtype: DType | null = operator === '/' && own !== null && isInteger(own) ? 'float64' : (own ?? inferred);
    const passed = operator === '//' ? ended(flow, { node, text: '`//` has no gradient' }, false) : flow;
    return tensor(dtype, passed, operator === '@' ? undefined : broadcast([a, b]));
  }
  if (a.kind === 'list') return b.kind === 'list' ? joined(a, b) : a;
  if (b.kind === 'list') return b;
  if (a.kind === 'array' || b.kind === 'array') return array(dtypeOf(w.analysis.valueOf(node)), flow);
  if (a.kind === 'unknown' || b.kind === 'unknown') return unknown(flow);
  const number = operator === '/' || a.number === 'float' || b.number === 'float' ? 'float' : 'int';
  return a.number && b.number ? { ...plain(flow), number } : plain(flow);
}

function attribute(w: Walk, node: SyntaxNode): Val {
  const object = node.child('object');
  const name = node.child('attribute')?.text ?? '';
  if (!object) return unknown();
  const of = evaluate(w, object);
  if (isTensor(of)) {
    if (sharedAttributes.has(name) || tensorAttributes.has(name)) return plain();
    if (of.variable === true && variableMethods.has(name)) return plain();
    w.breaks('eager', node, `a tensor has no attribute \`${name}\``);
    return unknown(of.flow);
  }
  if (of.kind === 'array') return sharedAttributes.has(name) ? plain() : array(of.dtype, of.flow);
  return attributeOf(w, node, of);
}

/** What the analysis knows of an attribute (or of the function of a call) of an object. */
export function attributeOf(w: Walk, node: SyntaxNode, of: Val): Val {
  const known = outside(w.analysis.valueOf(node.kind === 'call' ? (node.child('function') ?? node) : node));
  return of.kind === 'plain' || of.kind === 'unknown' ? { ...known, flow: joinFlows([known.flow, of.flow]) } : known;
}

function subscript(w: Walk, node: SyntaxNode): Val {
  const value = node.child('value');
  if (!value) return unknown();
  const of = evaluate(w, value);
  const indices = node.all('subscript').map(index => ({ index, held: evaluate(w, index) }));
  const inferred = w.analysis.valueOf(node);
  if (isTensor(of)) {
    for (const { index, held } of indices) {
      const several = held.kind === 'array' || held.kind === 'list' || (isTensor(held) && (held.rank ?? 0) > 0);
      if (several && held.dtype !== 'bool' && index.kind !== 'tuple')
        w.breaks('eager', node, `a tensor takes no arrays as index: use \`tf.gather\``);
      else if (isTensor(held) && held.dtype !== 'bool' && held.rank === undefined)
        w.doubt(node, `only a single integer may be an index of a tensor`);
    }
    return tensor(of.dtype, of.flow, rankBehind(of, inferred, indices));
  }
  for (const { index, held } of indices)
    if (isTensor(held) && of.kind !== 'unknown')
      w.breaks(
        'graph',
        node,
        `\`${brief(index)}\` has no value while tracing: it cannot be an index of a Python list or an array`,
      );
  if (of.kind === 'array') {
    const flow = joinFlows([
      of.flow,
      ...indices.map(({ held }) => ended(held.flow, { node, text: 'an index has no gradient' }, false)),
    ]);
    return inferred.kind === 'scalar' ? { ...plain(flow), dtype: of.dtype } : array(of.dtype, flow);
  }
  return elementOf(of);
}

/** The axes that are left behind an index. */
function rankBehind(
  { rank }: Val,
  inferred: AbstractValue,
  indices: readonly { readonly index: SyntaxNode; readonly held: Val }[],
): number | undefined {
  if (inferred.kind === 'scalar') return 0;
  if ((inferred.kind === 'array' || inferred.kind === 'tensor') && inferred.shape) return inferred.shape.length;
  const single = indices.every(
    ({ index, held }) => held.number === 'int' || held.rank === 0 || index.kind === 'integer',
  );
  return rank !== undefined && single ? rank - indices.length : undefined;
}

/** The axes of what is computed element by element. */
const broadcast = (values: readonly Val[]): number | undefined => {
  const ranks = values.map(({ kind, rank }) => (kind === 'plain' ? 0 : rank));
  return ranks.every(rank => rank !== undefined) ? Math.max(...ranks) : undefined;
};

/** `target[…] = value`. */
export function store(w: Walk, target: SyntaxNode, value: Val, node: SyntaxNode): void {
  const holder = target.child('value');
  if (!holder) return;
  const of = evaluate(w, holder);
  const indices = target.all('subscript').map(index => evaluate(w, index));
  if (isTensor(of)) {
    w.breaks('eager', node, `\`${brief(holder)}\` is a tensor: it cannot be changed in place`, 'TL220');
    return;
  }
  if (of.kind === 'array') {
    if (isTensor(value) || indices.some(isTensor))
      w.breaks('graph', node, `the array \`${brief(holder)}\` cannot take a tensor that has no value yet`);
    const lost = ended(
      value.flow,
      { node, text: `a tape does not see what is stored into the array \`${brief(holder)}\``, rule: 'TL401' },
      true,
    );
    keep(w, holder, array(of.dtype, joinFlows([of.flow, lost])));
    return;
  }
  if (of.kind === 'list') {
    inPython(w, node, value);
    keep(w, holder, list(joined(of.element ?? plain(), value)));
  }
}

/** A change of a Python container: in a part of a graph it happens once, with a tensor of that part. */
export function inPython(w: Walk, node: SyntaxNode, value: Val): void {
  const { loops, branches } = w.frame.inGraph;
  if (!holdsTensor(value) || loops + branches === 0) return;
  if (node.kind === 'call')
    w.breaks(
      'graph',
      node,
      `this happens once, while tracing ${loops ? 'the loop over a tensor: use a `tf.TensorArray`' : 'the branch'}`,
      'TL506',
    );
  else w.doubts('graph', node, 'what is stored here while tracing may not be there behind the loop or branch');
}

function keep(w: Walk, holder: SyntaxNode, value: Val): void {
  const name = unwrap(holder);
  if (name.kind === 'identifier') w.frame.names.set(name.text, value);
}
