// Questions about names: do they hold now a number, now an array; are they written into; and the two ways to write to a name.
import { isFloat, promote, promoteWeak } from '../../shared/dtypes.ts';
import type { DType, WeakKind } from '../../shared/dtypes.ts';
import { rowsByName } from '../infer/library/names.ts';
import { floatOf, meanOf } from '../infer/numpy/rows.ts';
import { operandOf, resultType } from '../infer/operators.ts';
import { ruleFor, transforms } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { bindArguments } from './arguments.ts';
import { applyRule } from './calls.ts';
import type { Lifter } from './lifter.ts';
import { requireAlone, keepNumpy } from './stores/alone.ts';
import { Refused } from './term.ts';
import { arrayDType, arrayShape, numericOf, weakOf } from './values.ts';

/** The dtype of a name that is a Python number here and an array or NumPy scalar elsewhere; null for other names. */
export function mixedDType(lifter: Lifter, target: SyntaxNode, weak: WeakKind | null): DType | null {
  const binding = lifter.analysis.bindingOf(target);
  for (const use of binding?.uses ?? []) {
    const value = lifter.value(use);
    if (value.kind !== 'union') continue;
    const numeric = numericOf(value);
    if (numeric?.dtype && weak === 'bool' && numeric.dtype !== 'bool')
      keepNumpy(lifter, target, 'unknown', `\`${target.text}\` is a bool at times, and ${numeric.dtype} at others`);
    if (numeric?.dtype) return lifter.mapped(numeric.dtype);
    if (numeric && binding) keepNumpy(lifter, target, 'unknown', `\`${target.text}\` changes its dtype`);
  }
  return null;
}

/** Whether an array that the name holds is written into anywhere. */
export function isMutated(lifter: Lifter, name: SyntaxNode): boolean {
  const binding = lifter.analysis.bindingOf(name);
  return lifter.analysis.mutations.some(mutation => {
    let base: SyntaxNode | null = mutation.target;
    while (base && base.kind !== 'identifier') base = base.child('value') ?? base.child('object');
    return base !== null && lifter.analysis.bindingOf(base) === binding;
  });
}

/** `x += y` on a name: the tensor is bound anew, so the statement stays and y gets the dtype of x. */
export function augmentedName(
  lifter: Lifter,
  left: SyntaxNode,
  right: SyntaxNode,
  operator: string,
): { readonly text: string; readonly whole: boolean } {
  const before = lifter.value(left.parent ?? left);
  const numeric = numericOf(before);
  const dtype = lifter.mapped(numeric?.dtype ?? null);
  const value = lifter.value(right);
  const weak = weakOf(value);
  const own = lifter.mapped(arrayDType(value));
  const inPlace = before.kind === 'array';
  if (!dtype || (!weak && !own)) throw new Refused('unknown', right, 'the dtype of the two sides is not known');
  const computed = weak ? promoteWeak(dtype, weak) : promote(dtype, own ?? dtype);
  const result = operator === '/' && !isFloat(computed) ? 'float64' : computed;
  const bool = dtype === 'bool' && !['&', '|', '^'].includes(operator);
  if (bool || operator === '@' || (inPlace && result !== dtype) || (operator === '**' && dtype === 'uint8'))
    throw new Refused('store', right, `\`${operator}=\` computes in another dtype than \`${left.text}\` has`);
  if (inPlace && !broadcastsInto(arrayShape(value), numeric?.shape ?? null))
    throw new Refused('unknown', right, 'the shape of the right side is not known to fit');
  const binding = lifter.analysis.bindingOf(left);
  const term = lifter.tensor(right, lifter.mapped(result), true);
  if (binding && lifter.plan.variables.has(binding)) {
    const loose = term.form === 'atom' ? term.text : `(${term.text})`;
    const sum = `${left.text} ${operator} ${loose}`;
    if (inPlace) return { text: `${left.text}.assign(${sum})`, whole: true };
    if (result === dtype) return { text: `${left.text} = ${lifter.tf}.Variable(${sum})`, whole: true };
    throw new Refused('store', right, `\`${operator}=\` computes in another dtype than \`${left.text}\` has`);
  }
  if (!inPlace && result !== dtype && before.kind !== 'union') {
    const loose = term.form === 'atom' ? term.text : `(${term.text})`;
    return {
      text: `${left.text} = ${lifter.tf}.cast(${left.text}, ${lifter.tf}.${result}) ${operator} ${loose}`,
      whole: true,
    };
  }
  return { text: term.text, whole: false };
}

/** Whether NumPy could write a value of one shape into another in place, as far as is known; an unknown scalar rank is not. */
function broadcastsInto(value: readonly unknown[] | null, target: readonly unknown[] | null): boolean {
  if (!target) return value !== null && value.length === 0;
  return value !== null && value.length <= target.length;
}

/** `np.add(a, b, out=c)` as a statement → `c = tf.add(a, b)`; null where the call is another one. */
export function outStore(lifter: Lifter, call: SyntaxNode): string | null {
  const args = call.child('arguments');
  const keyword = args?.items.find(item => item.kind === 'keyword_argument' && item.child('name')?.text === 'out');
  const target = keyword?.child('value');
  if (!args || !keyword || target?.kind !== 'identifier') return null;
  if (!(lifter.analysis.resolve(call) ?? '').startsWith('numpy.')) return null;
  const numeric = numericOf(lifter.value(target));
  if (!numeric || lifter.isKept(lifter.analysis.bindingOf(target))) return null;
  requireAlone(lifter, target, call);
  const result = lifter.attempt(() => outText(lifter, call, keyword, target));
  if (result instanceof Refused) return keepNumpy(lifter, target, result.reason, result.message, call);
  lifter.note(transforms.outArgument.id, 'safe', null, call);
  return result;
}

/** The dtype that a ufunc gives for these operands; null where it is not known. */
function computedIn(lifter: Lifter, resolved: string, operands: readonly SyntaxNode[]): DType | null {
  const rule = rowsByName.get(resolved)?.dtype;
  if (rule === 'comparison') return 'bool';
  const dtype = resultType(operands.map(item => operandOf(lifter.value(item))));
  if (rule === 'promote' || dtype === null) return dtype;
  return rule === 'mean' ? meanOf(dtype) : rule === 'float' ? floatOf(dtype) : null;
}

function outText(lifter: Lifter, call: SyntaxNode, keyword: SyntaxNode, target: SyntaxNode): string {
  const resolved = lifter.analysis.resolve(call) ?? '';
  const items = call.child('arguments')?.items.filter(item => item !== keyword) ?? [];
  const numeric = numericOf(lifter.value(target));
  const dtype = lifter.mapped(numeric?.dtype ?? null);
  const [a, , more] = items;
  if (!dtype || !a || more || items.some(item => item.kind === 'keyword_argument'))
    throw new Refused('argument', call, '`out=` with these arguments');
  if (
    lifter.mapped(computedIn(lifter, resolved, items)) !== dtype ||
    items.some(item => (arrayShape(lifter.value(item))?.length ?? 99) > (numeric?.shape?.length ?? -1))
  )
    throw new Refused('dtype', call, '`out=` has another dtype or shape than the result');
  const same = items.some(item => {
    const shape = arrayShape(lifter.value(item));
    return (
      shape?.length === numeric?.shape?.length && shape?.every((dim, i) => dim !== null && dim === numeric?.shape?.[i])
    );
  });
  if (!same) throw new Refused('unknown', call, 'the shape of the result is not known to be that of `out=`');
  const rule = ruleFor(resolved.slice('numpy.'.length));
  if (rule?.family !== 'elementwise' || rule.params[0]?.startsWith('x') !== true)
    throw new Refused('argument', call, '`out=` of this function');
  const bound = new Map(bindArguments(rule, rule.names[0] ?? '', call, null));
  bound.delete('out');
  const { text } = applyRule(lifter, rule, call, bound);
  const binding = lifter.analysis.bindingOf(target);
  return binding && lifter.plan.variables.has(binding) ? `${target.text}.assign(${text})` : `${target.text} = ${text}`;
}
