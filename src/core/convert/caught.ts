// Exceptions that the program may catch: TensorFlow raises others than NumPy, so what stands there is left alone.
import type { Analysis } from '../infer/types.ts';
import { functionKinds } from '../syntax/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';

/** Exceptions that computing with arrays never raises. */
const elsewhere =
  /^(Import|ModuleNotFound|OS|IO|FileNotFound|Permission|EOF|Key|Attribute|Name|StopIteration|System|Generator)/;

/** Contexts that swallow exceptions. */
const swallowing = /(^|\.)(suppress|raises|assertRaises\w*)$/;

/** Why what stands there is left alone. */
export const CAUGHT = 'what NumPy raises may be caught here, and TensorFlow raises something else';

/** Whether a node stands in the body of a `try` (or in a context) that may catch what NumPy raises in it. */
export function isCaught(node: SyntaxNode): boolean {
  for (let at: SyntaxNode = node, parent = node.parent; parent; at = parent, parent = parent.parent) {
    if (parent.kind === 'function_definition') return false;
    if (at.field !== 'body') continue;
    if (parent.kind === 'with_statement' && swallows(parent)) return true;
    if (parent.kind !== 'try_statement') continue;
    const clauses = parent.items.filter(item => item.kind.startsWith('except'));
    if (clauses.some(clause => !elsewhere.test(clause.items[0]?.text ?? ''))) return true;
  }
  return false;
}

const swallows = (statement: SyntaxNode): boolean =>
  (statement.first('with_clause')?.items ?? []).some(item => {
    const value = item.child('value') ?? item;
    const call = value.kind === 'as_pattern' ? value.items[0] : value;
    return swallowing.test(call?.child('function')?.text ?? '');
  });

const found = new WeakMap<Analysis, ReadonlySet<SyntaxNode>>();
/** Whether the function around a node is called, directly or through others, where an exception may be caught. */
export function calledInTry(analysis: Analysis, node: SyntaxNode): boolean {
  let functions = found.get(analysis);
  if (!functions) found.set(analysis, (functions = caughtFunctions(analysis)));
  if (functions.size === 0) return false;
  for (let fn = node.above(...functionKinds); fn; fn = fn.above(...functionKinds)) if (functions.has(fn)) return true;
  return false;
}

function caughtFunctions(analysis: Analysis): ReadonlySet<SyntaxNode> {
  const caught = new Set<SyntaxNode>();
  const { nodes } = analysis.program;
  if (!nodes.some(node => node.kind === 'try_statement' || node.kind === 'with_statement')) return caught;
  const mentions = new Map<SyntaxNode, readonly SyntaxNode[]>();
  for (const { node } of analysis.functions) {
    const name = node.child('name') ?? lambdaName(node);
    const binding = name ? analysis.bindingOf(name) : null;
    if (!binding) continue;
    const isMethod = node.above('class_definition') !== null;
    const attributes = isMethod
      ? nodes.filter(found => found.kind === 'identifier' && found.field === 'attribute' && found.text === name?.text)
      : [];
    mentions.set(node, [...binding.uses, ...attributes]);
  }
  for (let before = -1; before !== caught.size;) {
    before = caught.size;
    for (const [node, uses] of mentions) {
      if (caught.has(node)) continue;
      const inside = (use: SyntaxNode): boolean => {
        for (let fn = use.above(...functionKinds); fn; fn = fn.above(...functionKinds)) if (caught.has(fn)) return true;
        return false;
      };
      if (uses.some(use => isCaught(use) || inside(use))) caught.add(node);
    }
  }
  return caught;
}

/** `f` in `f = lambda …`. */
const lambdaName = (node: SyntaxNode): SyntaxNode | null =>
  node.kind === 'lambda' && node.parent?.kind === 'assignment' ? node.parent.child('left') : null;
