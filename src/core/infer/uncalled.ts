// Functions and methods that the file itself never calls, or hands to unknown code: followed once, with parameters of which nothing is known.
import type { SyntaxNode } from '../syntax/index.ts';
import type { FunctionValue } from './types.ts';
import type { Machine } from './machine.ts';
import { classAttribute, defineClass } from './attributes.ts';
import { baseUnknown, callFunction } from './calls.ts';
import { unknown } from './values.ts';

export function runUncalled(m: Machine): void {
  m.surrenderGlobals();
  m.inModule = false;
  for (const scope of m.scopes.all) {
    if (scope.kind !== 'function') continue;
    if (m.functions.has(scope.node.id) && !m.leaked.has(scope.node.id)) continue;
    const parent = scope.parent;
    m.state.dead = false;
    allow(m, scope.node);
    if (parent?.kind === 'class') {
      runMethods(m, parent.node);
      continue;
    }
    const outer = parent?.kind === 'module' ? m.moduleFrame : null;
    // Inner functions are followed with the function around them; what is left stands in code that never runs.
    callFunction(
      m,
      scope.node,
      {
        kind: 'function',
        node: scope.node,
        frame: (outer ?? m.moduleFrame).id,
        self: null,
        decorators: decoratorsOf(m, scope.node),
      },
      null,
    );
  }
}

/** A budget of its own for each function, by its length: one that calls many others leaves the rest what they need. */
function allow(m: Machine, node: SyntaxNode): void {
  m.allow(2_000 + (node.end - node.start) * 3);
}

const decoratorsOf = (m: Machine, node: SyntaxNode): string[] =>
  node.parent?.kind === 'decorated_definition'
    ? node.parent.children
        .filter(child => child.kind === 'decorator')
        .map(child => m.names[child.items[0]?.id ?? -1] ?? '?')
        .filter(name => name === 'tensorflow.function')
    : [];

/** Methods that are not called: on an object whose attributes are what `__init__` and the methods leave behind, joined. */
function runMethods(m: Machine, node: SyntaxNode): void {
  const name = node.child('name')?.text;
  const known = name && node.parent?.kind === 'module' ? m.state.value(m.cell(m.moduleFrame, name)) : undefined;
  const type = known?.kind === 'class' && known.node === node ? known : defineClass(m, node);
  const ref = m.allocate(
    node,
    { heap: 'instance', attributes: new Map(), open: baseUnknown(node), summary: false },
    'uncalled',
  );
  const self = { kind: 'instance' as const, type, ref };
  const methods = m.scopes.all.filter(scope => scope.kind === 'function' && scope.parent?.node === node);
  const call = (fn: FunctionValue): void => {
    m.state.dead = false;
    allow(m, fn.node);
    callFunction(m, fn.node, { ...fn, self: fn.decorators.includes('builtins.staticmethod') ? null : self }, null);
  };
  const init = classAttribute(m, type, '__init__');
  if (init?.kind === 'function') call(init);
  // Any method may run before any other: nothing is said of attributes that a method changes after the object was made.
  for (const attribute of assignedOutside(node))
    m.update(ref, object =>
      object.heap === 'instance'
        ? { ...object, attributes: new Map(object.attributes).set(attribute, unknown) }
        : object,
    );
  for (const scope of methods) {
    if (m.functions.has(scope.node.id)) continue;
    const value = classAttribute(m, type, scope.name);
    if (value?.kind === 'function' && value.node === scope.node) call(value);
    else call({ kind: 'function', node: scope.node, frame: m.moduleFrame.id, self: null, decorators: [] });
  }
}

/** Attributes of self that methods other than `__init__` assign. */
function assignedOutside(node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const inner of node.walk()) {
    if (inner.kind !== 'attribute' || inner.child('object')?.text !== 'self') continue;
    const holder = inner.parent;
    const isStore =
      (holder?.kind === 'assignment' || holder?.kind === 'augmented_assignment') && inner.field === 'left';
    const nested = holder && ['pattern_list', 'tuple_pattern'].includes(holder.kind);
    if (!isStore && !nested) continue;
    const method = inner.above('function_definition');
    if (method?.child('name')?.text !== '__init__') names.add(inner.child('attribute')?.text ?? '');
  }
  return names;
}
