// `out = np.empty(n)` and `for i in range(n): … out[i] = e …` → a list that is appended to and stacked once.
// Proof: the loop runs over all of axis 0 in order, stores exactly once per turn (a statement of the body itself, at the loop
// variable, which is not bound again), can't be left early, and nothing else in it reads or writes the array.
import { isFloat } from '../../../shared/dtypes.ts';
import { transforms } from '../../rules/index.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import { iterated } from '../displays.ts';
import type { Lifter } from '../lifter.ts';
import type { Edit } from '../statements.ts';
import { Refused } from '../term.ts';
import { arrayDType, arrayShape, numericOf, weakOf } from '../values.ts';

interface Filled {
  readonly name: SyntaxNode;
  readonly made: SyntaxNode;
  readonly store: SyntaxNode;
  readonly value: SyntaxNode;
  readonly body: SyntaxNode;
  readonly range: SyntaxNode;
  readonly review: string | null;
}

/** The edits; null where the proof fails. `inner` gives the edits of the loop's body. */
export function convertFilledLoop(
  lifter: Lifter,
  creation: SyntaxNode,
  loop: SyntaxNode,
  inner: (body: SyntaxNode) => readonly Edit[],
): readonly Edit[] | null {
  const found = prove(lifter, creation, loop);
  if (!found || lifter.plan.plainLoops.has(loop.id) || !lifter.allowed(found.review === null ? 'safe' : 'review'))
    return null;
  const { name, made, store, value, body, range } = found;
  const dtype = lifter.mapped(numericOf(lifter.value(name))?.dtype ?? null);
  if (!dtype) return null;
  const plain = weakOf(lifter.value(value)) !== null;
  const element = lifter.attempt(() => (plain ? lifter.expr(value, 'any') : lifter.tensor(value, dtype)).text);
  if (element instanceof Refused) return null;
  lifter.overrides.set(store.id, `${name.text}.append(${element})`);
  lifter.note(transforms.filledInLoop.id, found.review === null ? 'safe' : 'review', found.review, creation);
  const { source } = lifter.analysis.program;
  const indent = /^[ \t]*/.exec(source.lineText(source.lineAt(loop.start)))?.[0] ?? '';
  const joined = plain
    ? `${lifter.tf}.constant(${name.text}, ${lifter.tf}.${dtype})`
    : `${lifter.tf}.stack(${name.text})`;
  const end = source.lineEnd(source.lineAt(loop.end));
  const rangeText = iterated(lifter, range, null);
  return [
    { start: made.start, end: made.end, newText: '[]' },
    ...(rangeText === range.text ? [] : [{ start: range.start, end: range.end, newText: rangeText }]),
    ...inner(body),
    { start: end, end, newText: `${source.lineBreak}${indent}${name.text} = ${joined}` },
  ];
}

function prove(lifter: Lifter, creation: SyntaxNode, loop: SyntaxNode): Filled | null {
  const assignment = creation.kind === 'expression_statement' ? creation.items[0] : undefined;
  const name = assignment?.kind === 'assignment' ? assignment.child('left') : null;
  const made = assignment?.child('right');
  if (name?.kind !== 'identifier' || made?.kind !== 'call' || !assignment || assignment.child('type')) return null;
  if (!['numpy.empty', 'numpy.zeros', 'numpy.ones'].includes(lifter.analysis.resolve(made) ?? '')) return null;
  const binding = lifter.analysis.bindingOf(name);
  const index = loop.child('left');
  const range = loop.child('right');
  const body = loop.child('body');
  if (!binding || lifter.isKept(binding) || lifter.plan.variables.has(binding)) return null;
  if (index?.kind !== 'identifier' || range?.kind !== 'call' || !body || loop.child('alternative')) return null;
  if (lifter.analysis.resolve(range) !== 'builtins.range') return null;
  const [count, more] = range.child('arguments')?.items ?? [];
  const [shape] = made.child('arguments')?.items ?? [];
  if (!count || more || !shape) return null;
  const length = numericOf(lifter.value(name))?.shape?.[0];
  const first = shape.kind === 'tuple' ? shape.items[0] : shape;
  const counted = lifter.value(count);
  const same =
    (counted.kind === 'int' && counted.value !== null && counted.value === length) ||
    (first?.text === count.text && /^[\w.[\]()]+$/.test(count.text));
  if (!same || first === undefined) return null;
  const stores = body.items.filter(statement => storeAt(statement, name.text, index.text) !== null);
  const [store] = stores;
  const value = store ? storeAt(store, name.text, index.text) : null;
  if (!store || !value || stores.length !== 1) return null;
  for (const node of body.walk()) {
    if (['break_statement', 'continue_statement', 'return_statement', 'yield'].includes(node.kind)) return null;
    if (node.kind !== 'identifier') continue;
    const inStore = store.contains(node) && !value.contains(node);
    if (node.text === name.text && !inStore) return null;
    if (node.text === index.text && lifter.analysis.bindingOf(node)?.definitions.includes(node)) return null;
  }
  if (binding.uses.some(use => lifter.analysis.scopeOf(use) !== binding.scope)) return null;
  const dtype = lifter.mapped(numericOf(lifter.value(name))?.dtype ?? null);
  const own = arrayDType(lifter.value(value));
  const elementShape = arrayShape(lifter.value(value));
  const wanted = numericOf(lifter.value(name))?.shape?.slice(1) ?? null;
  if (!dtype || !own || !wanted || elementShape?.length !== wanted.length) return null;
  if (!elementShape.every((dim, i) => dim !== null && dim === wanted[i])) return null;
  if (weakOf(lifter.value(value)) && (dtype === 'bool' || own === 'bool' || (own === 'float64' && !isFloat(dtype))))
    return null;
  const review =
    typeof length === 'number' && length > 0
      ? null
      : 'with no element at all tf.stack raises, where NumPy has an empty array';
  return { name, made, store, value, body, range, review: weakOf(lifter.value(value)) ? null : review };
}

/** `e` of the statement `name[index] = e`. */
function storeAt(statement: SyntaxNode, name: string, index: string): SyntaxNode | null {
  const assignment = statement.kind === 'expression_statement' ? statement.items[0] : undefined;
  const target = assignment?.kind === 'assignment' ? assignment.child('left') : null;
  if (target?.kind !== 'subscript' || target.child('value')?.text !== name) return null;
  const [item, more] = target.all('subscript');
  if (!item || more || item.text !== index) return null;
  return assignment?.child('right') ?? null;
}
