// Lexical scopes: which identifier binds or reads which name. One pass over the nodes, without recursion.
import { comprehensionKinds } from '../syntax/index.ts';
import type { Program, SyntaxNode } from '../syntax/index.ts';
import type { Binding, Scope } from './types.ts';

interface OpenBinding extends Binding {
  kind: Binding['kind'];
  readonly definitions: SyntaxNode[];
  readonly uses: SyntaxNode[];
}
export interface OpenScope extends Scope {
  readonly parent: OpenScope | null;
  readonly bindings: Map<string, OpenBinding>;
  readonly children: OpenScope[];
  /** Names declared `global` or `nonlocal` here → the scope in which they live (null: not bound anywhere). */
  readonly outer: Map<string, OpenScope | null>;
}

export interface Scopes {
  readonly all: readonly OpenScope[];
  readonly module: OpenScope;
  scopeOf(node: SyntaxNode): OpenScope;
  /** The scope that a function, class or comprehension opens. */
  opened(node: SyntaxNode): OpenScope | null;
  bindingOf(node: SyntaxNode): Binding | null;
  /** Whether an identifier binds its name. */
  binds(node: SyntaxNode): boolean;
  /** The scope in which a name is bound, seen from a scope. */
  find(name: string, from: OpenScope): OpenScope | null;
}

const opens: Record<string, Scope['kind']> = {
  function_definition: 'function',
  lambda: 'function',
  class_definition: 'class',
  ...Object.fromEntries(comprehensionKinds.map(kind => [kind, 'comprehension' as const])),
};
const patterns = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'tuple',
  'list',
  'expression_list',
  'parenthesized_expression',
  'as_pattern_target',
]);

export function buildScopes(program: Program): Scopes {
  const scopeOf: OpenScope[] = [];
  const opened = new Map<number, OpenScope>();
  const targets = new Set<number>();
  const reads: SyntaxNode[] = [];
  const bindings = new Map<number, Binding>();
  const binders = new Set<number>();
  const all: OpenScope[] = [];
  const open = (node: SyntaxNode, kind: Scope['kind'], parent: OpenScope | null): OpenScope => {
    const name = node.child('name')?.text ?? (kind === 'module' ? '<module>' : `<${node.kind.replace('_', ' ')}>`);
    const scope: OpenScope = {
      node,
      kind,
      name,
      parent,
      bindings: new Map(),
      children: [],
      outer: new Map(),
    };
    parent?.children.push(scope);
    all.push(scope);
    opened.set(node.id, scope);
    return scope;
  };
  const module = open(program.root, 'module', null);
  const bind = (node: SyntaxNode, name: string, scope: OpenScope, kind: Binding['kind']): void => {
    const known = scope.bindings.get(name);
    if (known) known.definitions.push(node);
    else scope.bindings.set(name, { name, scope, kind, definitions: [node], uses: [] });
  };

  const definitions: { node: SyntaxNode; scope: OpenScope; kind: Binding['kind'] }[] = [];
  for (const node of program.nodes) {
    const { parent } = node;
    const scope = parent ? scopeBelow(node, parent, scopeOf, opened) : module;
    scopeOf[node.id] = scope;
    const kind = opens[node.kind];
    if (kind) open(node, kind, scope);
    if (parent && isTarget(node, parent, targets)) targets.add(node.id);
    if (node.kind === 'identifier' && parent) {
      const role = roleOf(node, parent, targets.has(node.id));
      if (role === 'use' || role === 'both') reads.push(node);
      if (role === 'global' || role === 'nonlocal') {
        scope.outer.set(node.text, role === 'global' ? module : null);
        if (role === 'global' && !module.bindings.has(node.text))
          module.bindings.set(node.text, {
            name: node.text,
            scope: module,
            kind: 'variable',
            definitions: [],
            uses: [],
          });
      } else if (role !== 'use' && role !== null) {
        definitions.push({ node, scope, kind: role === 'both' ? 'variable' : role });
      }
    }
  }
  const find = (name: string, from: OpenScope): OpenScope | null => {
    const declared = from.outer.get(name);
    if (declared) return declared;
    for (let scope: OpenScope | null = from; scope; scope = scope.parent) {
      if (scope !== from && scope.kind === 'class') continue;
      if (scope.outer.get(name) === module) return module;
      if (scope.bindings.has(name) && !scope.outer.has(name)) return scope;
    }
    return null;
  };
  for (const { node, scope, kind } of definitions) {
    let home = scope;
    // A walrus inside a comprehension binds in the scope around it.
    while (node.parent?.kind === 'named_expression' && home.kind === 'comprehension' && home.parent) home = home.parent;
    if (home.outer.get(node.text) === module) home = module;
    else if (home.outer.has(node.text)) {
      let outer = home.parent;
      while (outer?.parent && !(outer.kind === 'function' && definesLater(definitions, node.text, outer)))
        outer = outer.parent;
      home.outer.set(node.text, outer);
      home = outer ?? home;
    }
    bind(node, node.text, home, kind);
  }
  for (const scope of all)
    for (const binding of scope.bindings.values())
      for (const node of binding.definitions) {
        bindings.set(node.id, binding);
        binders.add(node.id);
      }
  for (const node of reads) {
    const from = scopeOf[node.id] ?? module;
    const binding = find(node.text, from)?.bindings.get(node.text);
    if (!binding) continue;
    binding.uses.push(node);
    bindings.set(node.id, binding);
  }
  return {
    all,
    module,
    scopeOf: node => scopeOf[node.id] ?? module,
    opened: node => opened.get(node.id) ?? null,
    bindingOf: node => bindings.get(node.id) ?? null,
    binds: node => binders.has(node.id),
    find,
  };
}

const definesLater = (
  definitions: readonly { node: SyntaxNode; scope: OpenScope }[],
  name: string,
  scope: OpenScope,
): boolean => !scope.outer.has(name) && definitions.some(d => d.scope === scope && d.node.text === name);

/** The scope in which a child of `parent` stands. */
function scopeBelow(
  node: SyntaxNode,
  parent: SyntaxNode,
  scopeOf: readonly OpenScope[],
  opened: ReadonlyMap<number, OpenScope>,
): OpenScope {
  const outer = scopeOf[parent.id] as OpenScope;
  const inner = opened.get(parent.id);
  if (!inner || parent.kind === 'module') return inner ?? aroundDefault(node, parent, outer);
  switch (inner.kind) {
    case 'function':
      return node.field === 'parameters' || node.field === 'body' ? inner : outer;
    case 'class':
      return node.field === 'body' ? inner : outer;
    default:
      return inner;
  }
}

/** Defaults and annotations of parameters, and the first iterable of a comprehension, are evaluated outside. */
function aroundDefault(node: SyntaxNode, parent: SyntaxNode, scope: OpenScope): OpenScope {
  const outside =
    (['default_parameter', 'typed_default_parameter'].includes(parent.kind) && node.field !== 'name') ||
    (parent.kind === 'typed_parameter' && node.field === 'type') ||
    (parent.kind === 'for_in_clause' &&
      node.field === 'right' &&
      parent === parent.parent?.first('for_in_clause') &&
      scope.kind === 'comprehension');
  return outside ? (scope.parent ?? scope) : scope;
}

function isTarget(node: SyntaxNode, parent: SyntaxNode, targets: ReadonlySet<number>): boolean {
  if (node.field === 'left') return ['assignment', 'for_statement', 'for_in_clause'].includes(parent.kind);
  if (node.kind === 'as_pattern_target') return true;
  return targets.has(parent.id) && patterns.has(parent.kind);
}

type Role = Binding['kind'] | 'use' | 'both' | 'global' | 'nonlocal' | null;

function roleOf(node: SyntaxNode, parent: SyntaxNode, target: boolean): Role {
  if (target) return 'variable';
  switch (parent.kind) {
    case 'attribute':
      return node.field === 'attribute' ? null : 'use';
    case 'keyword_argument':
      return node.field === 'name' ? null : 'use';
    case 'dotted_name':
      return dottedRole(node, parent);
    case 'aliased_import':
      return 'import';
    case 'augmented_assignment':
      return node.field === 'left' ? 'both' : 'use';
    case 'named_expression':
      return node.field === 'name' ? 'variable' : 'use';
    case 'function_definition':
      return node.field === 'name' ? 'function' : 'use';
    case 'class_definition':
      return node.field === 'name' ? 'class' : 'use';
    case 'parameters':
    case 'lambda_parameters':
      return 'parameter';
    case 'typed_parameter':
      return node.field === 'type' ? 'use' : 'parameter';
    case 'default_parameter':
    case 'typed_default_parameter':
      return node.field === 'name' ? 'parameter' : 'use';
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
      return 'parameter';
    case 'global_statement':
      return 'global';
    case 'nonlocal_statement':
      return 'nonlocal';
    default:
      return 'use';
  }
}

function dottedRole(node: SyntaxNode, parent: SyntaxNode): Role {
  const holder = parent.parent;
  if (holder?.kind === 'import_statement') return node === parent.children[0] ? 'import' : null;
  if (holder?.kind === 'import_from_statement') return parent.field === 'name' ? 'import' : null;
  if (holder?.kind === 'case_pattern') return parent.items.length === 1 ? 'variable' : 'use';
  return holder?.kind === 'aliased_import' ? null : 'use';
}
