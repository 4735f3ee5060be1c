// `x.sort()`, `x.fill(v)` and `np.copyto(x, y)` as statements → `x = …`, by the rules of np.sort, np.full_like and np.where.
// Proof: x is a name and is seen under no other (alone.ts); the new tensor has its dtype and shape.
import { isFloat, isInteger } from '../../../shared/dtypes.ts';
import { ruleFor, transforms } from '../../rules/index.ts';
import type { Rule } from '../../rules/index.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import { bindArguments, checkRefusals } from '../arguments.ts';
import type { Bound } from '../arguments.ts';
import { applyRule } from '../calls.ts';
import type { Lifter } from '../lifter.ts';
import { Refused } from '../term.ts';
import { arrayDType, arrayShape, numericOf } from '../values.ts';
import { keepNumpy, requireAlone } from './alone.ts';

interface InPlace {
  readonly name: SyntaxNode;
  readonly how: 'sort' | 'fill' | 'copyto';
}

/** What a call as a statement changes in place, where a rule may say what the array becomes. */
export function changedInPlace(lifter: Lifter, call: SyntaxNode): InPlace | null {
  if (call.kind !== 'call' || call.parent?.kind !== 'expression_statement') return null;
  const resolved = lifter.analysis.resolve(call);
  const receiver = call.child('function')?.child('object');
  const first = call.child('arguments')?.items[0];
  if (resolved === 'ndarray.sort' && receiver?.kind === 'identifier') return { name: receiver, how: 'sort' };
  if (resolved === 'ndarray.fill' && receiver?.kind === 'identifier') return { name: receiver, how: 'fill' };
  return resolved === 'numpy.copyto' && first?.kind === 'identifier' ? { name: first, how: 'copyto' } : null;
}

/** The statement that binds the changed array; null where the call is another one or its array stays NumPy. */
export function methodStore(lifter: Lifter, call: SyntaxNode): string | null {
  const found = changedInPlace(lifter, call);
  const binding = found && lifter.analysis.bindingOf(found.name);
  if (!found || !binding || lifter.isKept(binding) || !numericOf(lifter.value(found.name))?.dtype) return null;
  const { name, how } = found;
  requireAlone(lifter, name, call);
  const mark = lifter.used.length;
  const text = lifter.attempt(() => (how === 'copyto' ? copied(lifter, call, name) : byRule(lifter, call, name, how)));
  if (text instanceof Refused) return keepNumpy(lifter, name, text.reason, text.message, call);
  const notes = lifter.used.splice(mark).flatMap(({ note }) => (note === null ? [] : [note]));
  lifter.note(transforms.methodStore.id, notes.length > 0 ? 'review' : 'safe', notes[0] ?? null, call);
  return lifter.plan.variables.has(binding) ? `${name.text}.assign(${text})` : `${name.text} = ${text}`;
}

const named = (name: string): Rule => {
  const rule = ruleFor(name);
  if (!rule) throw new Error(`there is no rule for ${name}`);
  return rule;
};

function byRule(lifter: Lifter, call: SyntaxNode, name: SyntaxNode, how: 'sort' | 'fill'): string {
  const rule = named(how === 'sort' ? 'sort' : 'full_like');
  const bound = bindArguments(rule, rule.names[0] ?? '', call, name);
  checkRefusals(lifter, rule, bound);
  return applyRule(lifter, rule, name, bound).text;
}

function copied(lifter: Lifter, call: SyntaxNode, name: SyntaxNode): string {
  const target = numericOf(lifter.value(name));
  const [, source, ...more] = call.child('arguments')?.items ?? [];
  const keyword = more.length === 1 && more[0]?.child('name')?.text === 'where' ? more[0].child('value') : null;
  if (!source || source.kind === 'keyword_argument' || (more.length > 0 && !keyword) || !target?.dtype)
    throw new Refused('argument', call, 'np.copyto with these arguments');
  const dtype = arrayDType(lifter.value(source));
  const fits = dtype !== null && (dtype === target.dtype || kindOf(dtype) < kindOf(target.dtype));
  if (!fits) throw new Refused('dtype', source, 'np.copyto may cast or refuse here: the dtype of the array is another');
  const rank = target.shape?.length ?? -1;
  for (const part of [source, ...(keyword ? [keyword] : [])])
    if ((arrayShape(lifter.value(part))?.length ?? 99) > rank)
      throw new Refused('unknown', part, 'the shape is not known to fit the array');
  if (!keyword)
    return `${lifter.tf}.broadcast_to(${lifter.tensor(source, lifter.mapped(target.dtype)).text}, ${name.text}.shape)`;
  const bound: Bound = new Map([
    ['condition', [keyword]],
    ['x', [source]],
    ['y', [name]],
  ]);
  return applyRule(lifter, named('where'), name, bound).text;
}

const kindOf = (dtype: Parameters<typeof isFloat>[0]): number => (isFloat(dtype) ? 2 : isInteger(dtype) ? 1 : 0);
