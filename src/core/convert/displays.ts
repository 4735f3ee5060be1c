// Lists, tuples, comprehensions, lambdas and strings: what they hold is handed over in one form, and lists of tensors become tensors.
import { promote } from '../../shared/dtypes.ts';
import type { DType } from '../../shared/dtypes.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { unwrap } from '../syntax/index.ts';
import type { Lifter, Replacement } from './lifter.ts';
import { shorten } from './lifter.ts';
import { loopedMemory } from './stores/alone.ts';
import { Replan } from './plan.ts';
import { Refused } from './term.ts';
import type { Term, Want } from './term.ts';
import { arrayDType, arrayShape, carrierOf, isPlain, numericOf, weakOf } from './values.ts';

/** Terms joined by commas between brackets. */
export function listOf(terms: readonly Term[], [open, close]: readonly [string, string]): Term {
  const text = open + terms.map(term => term.text).join(', ') + close;
  return { text, rep: 'tensor', dtype: terms[0]?.dtype ?? null, form: 'atom' };
}

/** Displays keep their text; arrays in them are all tensors, or all ndarrays where that is wanted. */
export function convertDisplay(lifter: Lifter, node: SyntaxNode, want: Want): Term {
  const carrier = carrierOf(lifter.value(node));
  const inner: Want = want === 'numpy' ? 'numpy' : carrier === 'opaque' ? 'numpy' : 'tensor';
  const replacements: Replacement[] = [];
  let rep: Term['rep'] = 'python';
  const visit = (child: SyntaxNode, wanted: Want): void => {
    const term = lifter.expr(child, wanted);
    if (term.rep !== 'python') rep = term.rep;
    const spaced = node.kind === 'list_splat' && term.form === 'compound';
    replacements.push([child, spaced ? `(${term.text})` : term.text]);
  };
  switch (node.kind) {
    case 'list_comprehension':
    case 'generator_expression': {
      const body = node.child('body');
      if (body) visit(body, inner);
      for (const clause of node.items) {
        if (clause.kind === 'for_in_clause') {
          const right = clause.child('right');
          if (right) replacements.push([right, iterated(lifter, right, clause.child('left'))]);
        } else if (clause.kind === 'if_clause') {
          for (const test of clause.items) replacements.push([test, lifter.expr(test, 'any').text]);
        }
      }
      break;
    }
    case 'lambda': {
      const body = node.child('body');
      if (!body) break;
      const lifted =
        ['array', 'container'].includes(carrierOf(lifter.value(body))) && !lifter.plan.numpyResults.has(node.id);
      const text = lifter.attempt(() => lifter.expr(body, lifted ? 'tensor' : 'numpy').text);
      if (text instanceof Refused) {
        if (!lifted) throw text;
        lifter.plan.numpyResults.add(node.id);
        throw new Replan();
      }
      replacements.push([body, text]);
      break;
    }
    case 'named_expression': {
      const value = node.child('value');
      const name = node.child('name');
      const kept = name !== null && lifter.isKept(lifter.analysis.bindingOf(name));
      if (value) visit(value, kept ? 'stay' : inner);
      if (kept && ['array', 'container'].includes(carrier)) rep = 'numpy';
      break;
    }
    default:
      for (const child of node.items) visit(child, carrierOf(lifter.value(child)) === 'opaque' ? 'numpy' : inner);
  }
  return { text: lifter.splice(node, replacements), rep, dtype: null, form: 'same' };
}

/** What a loop runs over: tensors where its target is lifted, ndarrays where it is not. */
export function iterated(lifter: Lifter, right: SyntaxNode, left: SyntaxNode | null): string {
  const names = left ? [...left.walk()].filter(node => node.kind === 'identifier') : [];
  const kept = names.some(name => lifter.isKept(lifter.analysis.bindingOf(name)));
  const opaque = [right, ...names].some(node => carrierOf(lifter.value(node)) === 'opaque');
  const changed = isChangedInLoop(lifter, right);
  // What runs over arrays holds arrays, all of it.
  if (left && (kept || opaque || changed)) lifter.keepLoopNames(right, left);
  if (opaque || changed) return lifter.expr(right, 'numpy').text;
  const term = lifter.expr(right, kept ? 'numpy' : 'any');
  if (term.rep === 'numpy' && !kept) {
    if (numericOf(lifter.value(right))) return lifter.expr(right, 'tensor').text;
    throw new Refused('unknown', right, `\`${shorten(right.text)}\` holds arrays that stay NumPy`);
  }
  return term.text;
}

/** Whether an array that stays NumPy is written into while the loop over it runs, which reads it element by element. */
function isChangedInLoop(lifter: Lifter, right: SyntaxNode): boolean {
  const loop = right.parent;
  if (!loop) return false;
  const calls = [...loop.walk()].some(node => node.kind === 'call' && !isLibraryCall(lifter, node));
  const memory = loopedMemory(lifter, right);
  return (
    memory.size > 0 &&
    lifter.analysis.mutations.some(
      ({ node, storages }) => [...storages].some(id => memory.has(id)) && (calls || loop.contains(node)),
    )
  );
}

const isLibraryCall = (lifter: Lifter, call: SyntaxNode): boolean => (lifter.analysis.resolve(call) ?? '') !== '';

/** f-strings: what is interpolated is formatted as NumPy formats it. */
export function convertString(lifter: Lifter, node: SyntaxNode): Term {
  const replacements: Replacement[] = [];
  const strings = node.kind === 'string' ? [node] : node.items;
  for (const string of strings) {
    for (const hole of string.items) {
      if (hole.kind !== 'interpolation') continue;
      const expression = hole.child('expression');
      if (!expression) continue;
      const quote = string.first('string_start')?.text.slice(-1) ?? '"';
      const { text } = lifter.expr(expression, 'numpy');
      if (text !== expression.text && !expression.text.includes(quote) && text.includes(quote))
        throw new Refused('argument', expression, 'the converted text has the quotes of its f-string');
      replacements.push([expression, text]);
      const format = hole.child('format_specifier');
      for (const inner of format?.items ?? []) {
        const nested = inner.child('expression');
        if (nested) replacements.push([nested, lifter.expr(nested, 'numpy').text]);
      }
    }
  }
  return { text: lifter.splice(node, replacements), rep: 'python', dtype: null, form: 'same' };
}

/** A list, tuple or range as one tensor, as NumPy makes an array of it. */
export function displayToTensor(lifter: Lifter, node: SyntaxNode, target: DType | null): Term {
  const value = lifter.value(node);
  const inner = unwrap(node);
  const dtype = target ?? lifter.mapped(arrayDType(value));
  if (!dtype) throw new Refused('unknown', node, `the dtype of \`${shorten(node.text)}\` is not known`);
  lifter.imports.add('tf');
  if (isPlain(value)) {
    const own = lifter.mapped(arrayDType(value));
    const term = lifter.expr(node, 'any');
    const text = `${lifter.tf}.constant(${term.text}, ${lifter.tf}.${own ?? dtype})`;
    const widened = own === dtype || (own === 'int64' && (dtype === 'float64' || dtype === 'float32'));
    if (widened)
      return { text: `${lifter.tf}.constant(${term.text}, ${lifter.tf}.${dtype})`, rep: 'tensor', dtype, form: 'atom' };
    return lifter.cast({ text, rep: 'tensor', dtype: own, form: 'atom' }, dtype, node);
  }
  const display = inner.kind === 'list' || inner.kind === 'tuple' ? inner.items : null;
  if (!display) {
    const element = value.kind === 'list' || value.kind === 'tuple' || value.kind === 'iterable' ? value.element : null;
    const own = element ? lifter.mapped(numericOf(element)?.dtype ?? null) : null;
    if (!own) throw new Refused('unknown', node, `what \`${shorten(node.text)}\` holds is not known`);
    const term = lifter.expr(node, 'any');
    if (term.rep !== 'tensor')
      throw new Refused('unknown', node, `\`${shorten(node.text)}\` holds arrays that stay NumPy`);
    return lifter.cast(
      { text: `${lifter.tf}.stack(${term.text})`, rep: 'tensor', dtype: own, form: 'atom' },
      dtype,
      node,
    );
  }
  const ranks = new Set(display.map(item => arrayShape(lifter.value(item))?.length ?? -1));
  if (ranks.size !== 1 || ranks.has(-1))
    throw new Refused('unknown', node, `the shapes in \`${shorten(node.text)}\` are not known`);
  if (display.some(item => numericOf(lifter.value(item)) === null) && !ranks.has(0)) {
    const nested = nestedDisplay(lifter, inner, dtype);
    return { ...nested, text: `${lifter.tf}.convert_to_tensor(${nested.text}, ${lifter.tf}.${dtype})`, dtype };
  }
  const list = listOf(
    display.map(item => lifter.tensor(item, dtype)),
    ['[', ']'],
  );
  return { ...list, text: `${lifter.tf}.stack(${list.text})`, dtype };
}

/** A nested display whose leaves are scalars: each tensor in it is cast, numbers stay. */
export function nestedDisplay(lifter: Lifter, node: SyntaxNode, dtype: DType | null): Term {
  if (!dtype) throw new Refused('unknown', node, `the dtype of \`${shorten(node.text)}\` is not known`);
  const replacements = node.items.map((item): Replacement => {
    const inner = unwrap(item);
    if (inner.kind === 'list' || inner.kind === 'tuple') return [item, nestedDisplay(lifter, inner, dtype).text];
    const numeric = numericOf(lifter.value(item));
    if (!numeric && !weakOf(lifter.value(item)))
      throw new Refused('unknown', item, `\`${shorten(item.text)}\` is not known`);
    if (numeric && numeric.shape?.length !== 0) throw new Refused('unknown', item, 'arrays inside a nested list');
    return [item, lifter.tensor(item, dtype, true).text];
  });
  return { text: lifter.splice(node, replacements), rep: 'tensor', dtype, form: 'atom' };
}

/** dtype that the array of all items has. */
export function itemsDType(lifter: Lifter, items: readonly SyntaxNode[]): DType | null {
  let dtype: DType | null = null;
  for (const item of items) {
    const next = arrayDType(lifter.value(item));
    if (!next) return null;
    dtype = dtype ? promote(dtype, next) : next;
  }
  return lifter.mapped(dtype);
}
