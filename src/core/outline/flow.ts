// What each top-level statement gives to the others and needs of them. Where it is not known whether an object changes, it is taken
// to: a statement too many that is run again is better than a value that is missing.
import type { OutlineStatement } from '../../shared/outline.ts';
import type { Analysis, Binding } from '../infer/types.ts';
import { functionKinds, type SyntaxNode } from '../syntax/index.ts';

/** Methods that change their receiver, of containers, arrays and variables. */
const changing: ReadonlySet<string> = new Set([
  ...['append', 'extend', 'insert', 'remove', 'pop', 'clear', 'sort', 'reverse'],
  ...['add', 'discard', 'update', 'popitem', 'setdefault'],
  ...['intersection_update', 'difference_update', 'symmetric_difference_update'],
  ...['fill', 'itemset', 'partition', 'put', 'resize', 'setfield', 'setflags'],
  ...['assign', 'assign_add', 'assign_sub', 'scatter_update', 'write'],
]);
/** Functions that change what they are given: all names in their arguments. */
const changesArguments = /^(?:numpy\.(?:random\.shuffle|put|copyto|fill_diagonal|place|putmask)|random\.shuffle)$/;
const changesArgumentsMethod: ReadonlySet<string> = new Set(['apply_gradients', 'shuffle', 'copyto', 'fill_diagonal']);
/** Functions of a library that change its state: what is computed later depends on them. */
const stateful =
  /^(?:numpy\.(?:random\.|set_printoptions|seterr)|tensorflow\.(?:random\.set_|config\.|keras\.utils\.set_)|matplotlib\.pyplot\.|random\.seed)/;

export function statementsOf(analysis: Analysis): readonly OutlineStatement[] {
  const { program } = analysis;
  const nodes = program.root.items;
  const flow = new Flow(analysis, nodes);
  return nodes.map((node, at) => ({
    range: program.range(node),
    defines: [...(flow.defines[at] ?? [])],
    needs: [...(flow.needs[at] ?? [])],
  }));
}

class Flow {
  readonly defines: readonly Set<string>[];
  readonly needs: readonly Set<string>[];
  /** Names of the module that change when the functions of this statement are called. */
  readonly #effects: readonly Set<string>[];
  readonly #analysis: Analysis;
  readonly #nodes: readonly SyntaxNode[];
  readonly #index: ReadonlyMap<number, number>;

  constructor(analysis: Analysis, nodes: readonly SyntaxNode[]) {
    this.#analysis = analysis;
    this.#nodes = nodes;
    this.#index = new Map(nodes.map((node, at) => [node.id, at]));
    this.defines = nodes.map(() => new Set<string>());
    this.needs = nodes.map(() => new Set<string>());
    this.#effects = nodes.map(() => new Set<string>());
    this.#bindings();
    for (const { target, node } of analysis.mutations) this.#changes(target, node);
    for (const node of analysis.program.nodes) this.#node(node);
    this.#calls();
  }

  #at(node: SyntaxNode): number {
    let top = node;
    while (top.parent && top.parent.kind !== 'module') top = top.parent;
    return this.#index.get(top.id) ?? -1;
  }

  #bindings(): void {
    const module = this.#analysis.scopes.find(scope => scope.kind === 'module');
    for (const binding of module?.bindings.values() ?? []) {
      for (const node of binding.definitions) this.#give(binding.name, node);
      for (const node of binding.uses) if (!isOwnTarget(node)) this.needs[this.#at(node)]?.add(binding.name);
    }
  }

  /** A name changes at a node: by the statement, or by calls of the function around the node. */
  #give(name: string, node: SyntaxNode): void {
    (isDeferred(node) ? this.#effects : this.defines)[this.#at(node)]?.add(name);
  }

  /** The object that an expression leads to changes at a node. */
  #changes(target: SyntaxNode, node: SyntaxNode): void {
    const name = rootName(target);
    const binding = name && this.#moduleBinding(name);
    if (binding) this.#give(binding.name, node);
  }

  #moduleBinding(name: SyntaxNode): Binding | null {
    const binding = this.#analysis.bindingOf(name);
    return binding?.scope.kind === 'module' ? binding : null;
  }

  #node(node: SyntaxNode): void {
    if (node.kind === 'assignment' || node.kind === 'augmented_assignment') {
      for (const target of targetsOf(node.child('left'))) this.#changes(target, node);
    } else if (node.kind === 'delete_statement') {
      for (const target of node.items) if (target.kind === 'subscript') this.#changes(target, node);
    } else if (node.kind === 'call') this.#call(node);
  }

  #call(node: SyntaxNode): void {
    const callee = node.child('function');
    if (!callee) return;
    const resolved = this.#analysis.resolve(node) ?? '';
    const method = callee.kind === 'attribute' ? (callee.child('attribute')?.text ?? '') : '';
    if (changesArguments.test(resolved) || changesArgumentsMethod.has(method))
      for (const name of identifiers(node.child('arguments'))) this.#changes(name, node);
    if (callee.kind === 'attribute') {
      const object = callee.child('object');
      if (object && this.#changesReceiver(object, method, resolved, node)) this.#changes(object, node);
    } else if (callee.kind === 'identifier') this.#argumentsOf(node, callee);
  }

  #changesReceiver(object: SyntaxNode, method: string, resolved: string, call: SyntaxNode): boolean {
    const value = this.#analysis.valueOf(object);
    if (value.kind === 'module') return stateful.test(resolved);
    if (value.kind === 'instance') return changesSelf(value.type.node, method, new Set());
    if (changing.has(method)) return true;
    // `plt.plot(x)` of a module that is not known, `model.fit(x)`: a call for its own sake changes something.
    const known = value.kind === 'array' || value.kind === 'tensor' || value.kind === 'str';
    return !known && call.parent?.kind === 'expression_statement';
  }

  /** `f(x)` where the file's function changes its parameter. */
  #argumentsOf(call: SyntaxNode, callee: SyntaxNode): void {
    const definition = this.#analysis.bindingOf(callee)?.definitions.at(-1)?.parent;
    const info = definition && this.#analysis.functionOf(definition);
    if (!info || info.mutates.length === 0) return;
    const items = call.child('arguments')?.items ?? [];
    items.forEach((item, position) => {
      const keyword = item.kind === 'keyword_argument';
      const parameter = keyword ? item.child('name')?.text : info.parameters[position];
      const value = keyword ? item.child('value') : item;
      if (value && parameter !== undefined && info.mutates.includes(parameter)) this.#changes(value, call);
    });
  }

  /** Who uses a function that changes names of the module changes them. */
  #calls(): void {
    const definitions = new Map<string, number[]>();
    this.#nodes.forEach((node, at) => {
      const { kind } = node.kind === 'decorated_definition' ? (node.child('definition') ?? node) : node;
      if (kind !== 'function_definition' && kind !== 'class_definition') return;
      for (const name of this.defines[at] ?? []) definitions.set(name, [...(definitions.get(name) ?? []), at]);
    });
    const effectsOf = (name: string, seen: Set<string>): readonly string[] => {
      if (seen.has(name)) return [];
      seen.add(name);
      return (definitions.get(name) ?? []).flatMap(at => [
        ...(this.#effects[at] ?? []),
        ...[...(this.needs[at] ?? [])].flatMap(needed => effectsOf(needed, seen)),
      ]);
    };
    const isDefinition = new Set([...definitions.values()].flat());
    this.#nodes.forEach((_, at) => {
      if (isDefinition.has(at)) return;
      const seen = new Set<string>();
      for (const name of this.needs[at] ?? [])
        for (const changed of effectsOf(name, seen)) this.defines[at]?.add(changed);
    });
  }
}

/** Whether a node runs only when the function (or lambda) around it is called. */
function isDeferred(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    const kinds: readonly string[] = functionKinds;
    if (at.parent && at.field === 'body' && kinds.includes(at.parent.kind)) return true;
  }
  return false;
}

/** A read, in the body of a top-level `for` or `with`, of a name that its head binds: it comes from nowhere else. */
function isOwnTarget(node: SyntaxNode): boolean {
  let top = node;
  let below: SyntaxNode | null = null;
  while (top.parent && top.parent.kind !== 'module') [below, top] = [top, top.parent];
  if (below?.field !== 'body') return false;
  const heads =
    top.kind === 'for_statement' ? [top.child('left')] : top.kind === 'with_statement' ? asTargets(top) : [];
  return heads.some(head => identifiers(head).some(name => name.text === node.text));
}

const asTargets = (statement: SyntaxNode): readonly SyntaxNode[] => {
  const body = statement.child('body');
  return [...statement.walk()].filter(node => node.kind === 'as_pattern_target' && !body?.contains(node));
};

const identifiers = (node: SyntaxNode | null): readonly SyntaxNode[] =>
  node ? [...node.walk()].filter(each => each.kind === 'identifier') : [];

/** Targets that are stored into: `x[i]` and `x.a`, also in `x[0], y.b = …`. */
function targetsOf(left: SyntaxNode | null): readonly SyntaxNode[] {
  if (!left) return [];
  if (left.kind === 'subscript' || left.kind === 'attribute') return [left];
  return left.kind === 'identifier' ? [] : left.items.flatMap(targetsOf);
}

/** Whether a method of a class, or one that it calls on `self`, stores into `self`. */
function changesSelf(type: SyntaxNode, method: string, seen: Set<string>): boolean {
  if (seen.has(method)) return false;
  seen.add(method);
  const body = type.child('body');
  const found =
    body && [...body.walk()].find(each => each.kind === 'function_definition' && each.child('name')?.text === method);
  // Of a base class that is not looked into.
  if (!found) return true;
  const self = found.child('parameters')?.items[0]?.text;
  const ofSelf = (node: SyntaxNode | null): boolean =>
    !!node && node.kind !== 'identifier' && rootName(node)?.text === self;
  return [...found.walk()].some(node => {
    if (node.kind === 'assignment' || node.kind === 'augmented_assignment')
      return targetsOf(node.child('left')).some(ofSelf);
    const callee = node.kind === 'call' ? node.child('function') : null;
    if (callee?.kind !== 'attribute') return false;
    const name = callee.child('attribute')?.text ?? '';
    const object = callee.child('object');
    if (object?.kind === 'identifier' && object.text === self) return changesSelf(type, name, seen);
    return ofSelf(object) && changing.has(name);
  });
}

/** `x` of `x`, `x[i]`, `x.a[i].b`; null where the expression leads to no name. */
function rootName(node: SyntaxNode): SyntaxNode | null {
  let root: SyntaxNode | null = node;
  while (root && root.kind !== 'identifier')
    root = root.kind === 'subscript' ? root.child('value') : root.kind === 'attribute' ? root.child('object') : null;
  return root;
}
