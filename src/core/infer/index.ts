// Inference: the door of the room. `analyze` runs a program abstractly and answers questions about its nodes.
import { functionKinds, loopKinds, unwrap } from '../syntax/index.ts';
import type { Program, SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue, Aliases, Analysis, Assignment, Binding, FunctionInfo } from './types.ts';
import { formalParameters } from './calls.ts';
import { Machine } from './machine.ts';
import { buildScopes } from './scopes.ts';
import type { Scopes } from './scopes.ts';
import { runUncalled } from './uncalled.ts';
import { execute } from './statements.ts';
import { none, storagesOf, unknown } from './values.ts';

export type * from './types.ts';

/** Analyses a program. Never throws: what can't be followed is unknown. */
export function analyze(program: Program): Analysis {
  const scopes = buildScopes(program);
  const m = new Machine(program, scopes);
  execute(program.root, m);
  m.state.dead = false;
  m.flush();
  runUncalled(m);
  m.flush();
  return answers(program, scopes, m);
}

function answers(program: Program, scopes: Scopes, m: Machine): Analysis {
  const seen = (node: SyntaxNode): AbstractValue => m.values[node.id] ?? m.ghostValues[node.id] ?? unknown;
  const alternativesOf = (node: SyntaxNode): AbstractValue =>
    m.cutShort.size > 0 && isCutShort(node, m) ? unknown : seen(node);
  const valueOf = (node: SyntaxNode): AbstractValue => {
    const value = alternativesOf(node);
    return value.kind === 'union' ? unknown : value;
  };
  const nameOf = (node: SyntaxNode): string | null => {
    const name = m.names[node.id];
    return (name === undefined ? m.ghostNames[node.id] : name) ?? null;
  };
  const resolve = (node: SyntaxNode): string | null => {
    const inner = unwrap(node);
    const callee = inner.kind === 'call' ? inner.child('function') : null;
    return nameOf(callee ? unwrap(callee) : inner);
  };
  const functions = functionsOf(program, m);
  const byNode = new Map(functions.map(info => [info.node.id, info]));
  return {
    program,
    valueOf,
    alternativesOf,
    resolve,
    scopes: scopes.all,
    scopeOf: node => scopes.scopeOf(node),
    bindingOf: node => scopes.bindingOf(node),
    aliasesOf: aliases(scopes, m, seen),
    mutations: [...m.mutations.values()].sort((a, b) => a.node.start - b.node.start),
    functions,
    functionOf: node => byNode.get(node.id) ?? null,
    assignments: assignmentsOf(program, scopes, valueOf),
  };
}

/** Whether a node stands in a function, or a loop of the module, whose rounds the budget cut short. */
function isCutShort(node: SyntaxNode, m: Machine): boolean {
  const fn = node.above(...functionKinds);
  if (fn) return m.cutShort.has(fn.id);
  return m.cutShort.has(m.program.root.id) && node.above(...loopKinds) !== null;
}

function functionsOf(program: Program, m: Machine): FunctionInfo[] {
  const kinds: readonly string[] = functionKinds;
  return program.nodes
    .filter(node => kinds.includes(node.kind))
    .map(node => {
      const record = m.functions.get(node.id);
      const parameters = formalParameters(node).map(({ name }) => name.text);
      return {
        node,
        name: node.child('name')?.text ?? '<lambda>',
        parameters,
        calls: record?.calls ?? 0,
        mutates: parameters.filter(name => record?.mutates.has(name)),
        returns: record?.returns ?? (record ? none : unknown),
        decorators: [...(record?.decorators ?? [])].filter(name => name !== '?'),
      };
    });
}

function assignmentsOf(
  program: Program,
  scopes: Scopes,
  valueOf: (node: SyntaxNode) => AbstractValue,
): readonly Assignment[] {
  const found: Assignment[] = [];
  for (const node of program.nodes) {
    if (node.kind !== 'identifier') continue;
    if (!scopes.binds(node)) continue;
    found.push({ node, name: node.text, value: valueOf(node) });
  }
  return found;
}

function aliases(
  scopes: Scopes,
  m: Machine,
  valueOf: (node: SyntaxNode) => AbstractValue,
): (node: SyntaxNode) => Aliases {
  let holders: Map<number, Set<Binding>> | null = null;
  const captured = new Map<Binding, boolean>();
  const views = new Map<Binding, boolean>();
  const holdsView = (binding: Binding): boolean => {
    let known = views.get(binding);
    if (known === undefined)
      views.set(binding, (known = binding.definitions.some(definition => isView(definition, m))));
    return known;
  };
  const isCaptured = (binding: Binding): boolean => {
    let known = captured.get(binding);
    if (known === undefined) {
      const home = functionAround(binding.scope.node, binding);
      captured.set(binding, (known = binding.uses.some(use => functionAround(use) !== home)));
    }
    return known;
  };
  const index = (): Map<number, Set<Binding>> => {
    const map = new Map<number, Set<Binding>>();
    for (const scope of scopes.all)
      for (const binding of scope.bindings.values())
        for (const node of [...binding.definitions, ...binding.uses.filter(use => isHolder(valueOf(use)))])
          for (const id of storagesOf(valueOf(node))) map.set(id, (map.get(id) ?? new Set()).add(binding));
    return map;
  };
  return node => {
    holders ??= index();
    const inner = unwrap(node);
    const storages = storagesOf(valueOf(inner));
    const own = inner.kind === 'identifier' ? scopes.bindingOf(inner) : null;
    const names = new Set<Binding>();
    for (const id of storages) for (const binding of holders.get(id) ?? []) if (binding !== own) names.add(binding);
    const fn = inner.above(...functionKinds);
    const external = [...storages].some(id => {
      const origin = m.storageNodes.get(id);
      return m.external.has(id) || (!!fn && !!origin && !fn.contains(origin));
    });
    return {
      names: [...names],
      external,
      escapes: (!!own && isCaptured(own)) || [...storages].some(id => m.escaped.has(id)),
      view: m.views.has(inner.id) || (!!own && holdsView(own)),
    };
  };
}

/** Lists get what they hold behind their definition. */
const isHolder = (value: AbstractValue): boolean =>
  value.kind === 'list' || (value.kind === 'union' && value.options.some(isHolder));

/** The function whose body a node stands in; for a binding, the function that owns its scope. */
function functionAround(node: SyntaxNode, binding?: Binding): SyntaxNode | null {
  const kinds: readonly string[] = functionKinds;
  if (binding) return kinds.includes(node.kind) ? node : node.above(...functionKinds);
  return node.above(...functionKinds);
}

function isView(definition: SyntaxNode, m: Machine): boolean {
  const assignment = definition.parent?.kind === 'assignment' ? definition.parent : null;
  const right = assignment?.child('right');
  return !!right && m.views.has(unwrap(right).id);
}
