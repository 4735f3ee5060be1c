// Proof obligation of every store: the array that is changed is seen under no other name. Where that can't be shown, all
// names that share the memory stay NumPy, so that the change is seen where it was seen before.
import { refusals } from '../../rules/index.ts';
import type { RefusalName } from '../../rules/index.ts';
import type { Binding } from '../../infer/types.ts';
import { unwrap } from '../../syntax/index.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import type { Lifter } from '../lifter.ts';
import { Replan } from '../plan.ts';
import { storagesOf } from '../../infer/values.ts';

/** The name that a store writes to: `x` in `x[i]`; null for attributes, calls and nested subscripts. */
export function baseName(node: SyntaxNode): SyntaxNode | null {
  return node.kind === 'identifier' ? node : null;
}

/** Keeps a name, and every name that shares its memory, in NumPy; the conversion starts again. */
export function keepNumpy(
  lifter: Lifter,
  name: SyntaxNode,
  reason: RefusalName,
  message: string,
  at: SyntaxNode = name,
): never {
  const binding = lifter.analysis.bindingOf(name);
  const others = lifter.analysis.aliasesOf(name).names;
  const range = lifter.analysis.program.range(at);
  const bindings: readonly Binding[] = binding ? [binding, ...others] : others;
  lifter.plan.keep(bindings, { rule: refusals[reason].id, range, reason: message });
  throw new Replan();
}

/** Throws a new plan unless `name` alone sees its array here. */
export function requireAlone(lifter: Lifter, name: SyntaxNode, store: SyntaxNode): void {
  const binding = lifter.analysis.bindingOf(name);
  const { names, external, escapes } = lifter.analysis.aliasesOf(name);
  const others = names.filter(
    other => other !== binding && !isReturned(lifter, other) && isSeen(lifter, name, other, store),
  );
  if (others.length > 0) {
    const list = others.map(other => `\`${other.name}\``).join(', ');
    keepNumpy(
      lifter,
      name,
      'shared',
      `\`${name.text}\` is changed in place here, and ${list} may share its memory`,
      store,
    );
  }
  if (isLoopedOver(lifter, name, store))
    keepNumpy(lifter, name, 'shared', `\`${name.text}\` is changed in place while a loop runs over it`, store);
  if (escapes && !(binding && isReturned(lifter, binding)))
    keepNumpy(
      lifter,
      name,
      'escapes',
      `\`${name.text}\` is changed in place here and is also held somewhere else`,
      store,
    );
  if (external && !(binding && isReturned(lifter, binding)))
    keepNumpy(lifter, name, 'shared', `\`${name.text}\` is changed in place here and belongs to a caller`, store);
}

/**
 * Whether another name can hold the array when the store happens. Names of other functions are gone (their calls are over) or belong
 * to callers, which `external` is about. A name that is bound behind the store does not hold it yet; in a function, one that is
 * not read behind it does not matter any more.
 */
export function isSeen(lifter: Lifter, name: SyntaxNode, other: Binding, store: SyntaxNode): boolean {
  if (other.scope !== lifter.analysis.bindingOf(name)?.scope) return false;
  const storages = storagesOf(lifter.value(name));
  const loops = [...enclosingLoops(store)];
  const together = (node: SyntaxNode): boolean => loops.some(loop => loop.contains(node));
  const bound = other.definitions.some(
    node =>
      (node.start < store.end || together(node)) && [...storagesOf(lifter.value(node))].some(id => storages.has(id)),
  );
  if (!bound) return false;
  if (other.scope.kind === 'module') return true;
  return other.uses.some(node => node.start >= store.end || together(node));
}
/** The memory of the arrays that a loop over an expression reads while it runs. */
export const loopedMemory = (lifter: Lifter, node: SyntaxNode): ReadonlySet<number> =>
  new Set(readByLoop(lifter, node).flatMap(part => [...storagesOf(lifter.value(part))]));

const reading = new Set(['enumerate', 'zip', 'reversed', 'iter', 'map', 'filter'].map(name => `builtins.${name}`));
function readByLoop(lifter: Lifter, node: SyntaxNode): readonly SyntaxNode[] {
  const inner = unwrap(node);
  if (inner.kind === 'generator_expression')
    return inner.items
      .filter(item => item.kind === 'for_in_clause')
      .flatMap(clause => readByLoop(lifter, clause.child('right') ?? clause));
  const list =
    inner.kind === 'call' && reading.has(lifter.analysis.resolve(inner) ?? '') ? inner.child('arguments') : null;
  if (!list) return [inner];
  const given = list.kind === 'argument_list' ? list.items : [list];
  return given.flatMap(argument => readByLoop(lifter, argument));
}

/** Whether a statement stands in a loop over the array of a name: the loop reads it element by element. */
export function isLoopedOver(lifter: Lifter, name: SyntaxNode, statement: SyntaxNode): boolean {
  const storages = storagesOf(lifter.value(name));
  return [...enclosingLoops(statement)].some(loop => {
    const right = loop.kind === 'for_statement' ? loop.child('right') : null;
    const memory = right ? loopedMemory(lifter, right) : new Set<number>();
    return [...storages].some(id => memory.has(id));
  });
}

function* enclosingLoops(node: SyntaxNode): Generator<SyntaxNode> {
  for (let at = node.parent; at && !at.kind.startsWith('function'); at = at.parent)
    if (at.kind === 'for_statement' || at.kind === 'while_statement') yield at;
}

/** A parameter that its function returns after changing it. */
export function isReturned(lifter: Lifter, binding: Binding): boolean {
  if (binding.kind !== 'parameter') return false;
  return lifter.plan.returning.get(binding.scope.node.id)?.includes(binding.name) ?? false;
}
