// Calls of Python's builtins and of the file's own functions: which of them take tensors as they are, and which want arrays.
import { refusals, ruleFor } from '../rules/index.ts';
import type { FunctionValue } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { applyRule } from './calls.ts';
import type { Lifter, Replacement } from './lifter.ts';
import { Replan } from './plan.ts';
import { Refused } from './term.ts';
import type { Term, Want } from './term.ts';
import { carrierOf, numericOf, weakOf } from './values.ts';

/** They read a tensor as they read an array, and give Python values. */
const takesTensors = new Set([
  'len',
  'float',
  'int',
  'bool',
  'range',
  'id',
  'slice',
  'any',
  'all',
  'isinstance',
  'complex',
]);
/** They hand their elements on. */
const passesOn = new Set(['enumerate', 'zip', 'reversed', 'list', 'tuple', 'iter', 'next', 'sum']);

export function convertBuiltin(lifter: Lifter, node: SyntaxNode, name: string, want: Want): Term {
  const list = node.child('arguments');
  const args = list?.kind === 'generator_expression' ? [list] : (list?.items ?? []);
  const [first] = args;
  const carrier = carrierOf(lifter.value(node));
  const opaque = args.some(arg => carrierOf(lifter.value(arg)) === 'opaque');
  if (name === 'abs' && first && numericOf(lifter.value(first))?.numpy) {
    const rule = ruleFor('abs()');
    if (rule) return applyRule(lifter, rule, node, new Map([['x', [first]]]));
  }
  if (name === 'isinstance' && first && lifter.expr(first, 'any').rep !== 'tensor') return lifter.rebuild(node, 'stay');
  if (opaque) return lifter.rebuild(node, 'numpy');
  if (name === 'len' && first && isVariable(lifter, first))
    return { text: `${first.text}.shape[0]`, rep: 'python', dtype: null, form: 'atom' };
  if (takesTensors.has(name)) return { ...rebuildCall(lifter, node, 'any'), rep: 'python', dtype: null };
  if (passesOn.has(name) && (carrier === 'container' || carrier === 'array') && want !== 'numpy') {
    if (name === 'sum' && first && !sumsAsTensors(lifter, node, first)) return lifter.rebuild(node, 'numpy');
    const term = rebuildCall(lifter, node, 'tensor');
    return { ...term, rep: 'tensor', dtype: lifter.mapped(numericOf(lifter.value(node))?.dtype ?? null), form: 'atom' };
  }
  return lifter.rebuild(node, 'numpy');
}

/** Whether a name holds a tf.Variable, which has neither a length nor `ndim`. */
const isVariable = (lifter: Lifter, name: SyntaxNode): boolean => {
  const binding = name.kind === 'identifier' ? lifter.analysis.bindingOf(name) : null;
  return binding !== null && lifter.plan.variables.has(binding);
};

/** `0 + x + …` of tensors: no dtype changes on the way, and TensorFlow has a sum of it. */
const sumsAsTensors = (lifter: Lifter, node: SyntaxNode, summed: SyntaxNode): boolean => {
  const dtype = numericOf(lifter.value(node))?.dtype ?? null;
  const value = lifter.value(summed);
  const element = value.kind === 'list' || value.kind === 'tuple' || value.kind === 'iterable' ? value.element : value;
  const own = element ? (numericOf(element)?.dtype ?? null) : null;
  return dtype !== null && own === dtype && dtype !== 'bool' && dtype !== 'uint8';
};

/** A call with its arguments in one form, the callee untouched. */
function rebuildCall(lifter: Lifter, node: SyntaxNode, want: Want): Term {
  const args = node.child('arguments');
  const items = args?.kind === 'generator_expression' ? [args] : (args?.items ?? []);
  const replacements = items.map((item): Replacement => {
    const inner = item.kind === 'keyword_argument' ? (item.child('value') ?? item) : item;
    return [inner, lifter.expr(inner, want).text];
  });
  return { text: lifter.splice(node, replacements), rep: 'python', dtype: null, form: 'atom' };
}

/** The parameters of a function, in order, without `self` where it is bound. */
export function parametersOf(fn: FunctionValue): readonly SyntaxNode[] {
  const names = (fn.node.child('parameters')?.items ?? []).map(parameterName);
  return fn.self ? names.slice(1) : names;
}
export function parameterName(parameter: SyntaxNode): SyntaxNode {
  if (parameter.kind === 'identifier') return parameter;
  return parameter.child('name') ?? parameter.first('identifier') ?? parameter;
}

/** A call of a function of the file: lifted parameters get tensors, the others arrays. */
export function convertFunctionCall(lifter: Lifter, node: SyntaxNode, callee: SyntaxNode): Term {
  const target = lifter.value(callee);
  if (target.kind !== 'function') {
    return callee.kind === 'attribute' && listMethod(lifter, node)
      ? listCall(lifter, node)
      : lifter.rebuild(node, 'numpy');
  }
  const parameters = parametersOf(target);
  let position = 0;
  const args = node.child('arguments');
  const replacements: Replacement[] = [];
  for (const arg of args?.kind === 'generator_expression' ? [args] : (args?.items ?? [])) {
    const value = arg.kind === 'keyword_argument' ? arg.child('value') : arg;
    const name = arg.kind === 'keyword_argument' ? arg.child('name')?.text : undefined;
    const parameter = name === undefined ? parameters[position++] : parameters.find(found => found.text === name);
    if (!value) continue;
    const text = lifter.attempt(() => argument(lifter, value, parameter));
    if (text instanceof Refused) keepParameters(lifter, parameters, text);
    replacements.push([value, text]);
  }
  const carrier = carrierOf(lifter.value(node));
  const numpy = lifter.plan.numpyResults.has(target.node.id);
  if (carrier === 'opaque' && !numpy) {
    lifter.plan.numpyResults.add(target.node.id);
    throw new Replan();
  }
  const text = lifter.splice(node, replacements);
  const holds = carrier === 'array' || carrier === 'container';
  const rep = !holds ? 'python' : numpy ? 'numpy' : 'tensor';
  return {
    text,
    rep,
    dtype: rep === 'tensor' ? lifter.mapped(numericOf(lifter.value(node))?.dtype ?? null) : null,
    form: 'atom',
  };
}

/** An argument can't be handed over as a tensor: the function takes arrays. */
function keepParameters(lifter: Lifter, parameters: readonly SyntaxNode[], refused: Refused): never {
  const bindings = parameters.flatMap(parameter => {
    const binding = lifter.analysis.bindingOf(parameter);
    return binding && !lifter.isKept(binding) ? [binding] : [];
  });
  if (bindings.length === 0) throw refused;
  const range = lifter.analysis.program.range(refused.node);
  lifter.plan.keep(bindings, { rule: refusals[refused.reason].id, range, reason: refused.message });
  throw new Replan();
}

function argument(lifter: Lifter, node: SyntaxNode, parameter: SyntaxNode | undefined): string {
  if (!parameter) return lifter.expr(node, 'numpy').text;
  const binding = lifter.analysis.bindingOf(parameter);
  const wanted = lifter.value(parameter);
  const carrier = carrierOf(wanted);
  if (lifter.isKept(binding)) return lifter.expr(node, 'stay').text;
  if (carrier === 'array') {
    const own = lifter.value(node);
    if (own.kind === 'none') return node.text;
    const mixed = weakOf(own) !== null;
    // What leaves a variable is a copy of its value.
    if (isVariable(lifter, node)) return `${lifter.tf}.identity(${node.text})`;
    return lifter.tensor(node, mixed ? lifter.mapped(numericOf(wanted)?.dtype ?? null) : null).text;
  }
  if (carrier === 'container') return lifter.expr(node, 'tensor').text;
  return lifter.expr(node, carrier === 'opaque' ? 'numpy' : 'any').text;
}

const listMethod = (lifter: Lifter, node: SyntaxNode): boolean =>
  (lifter.analysis.resolve(node) ?? '').startsWith('list.') ||
  (lifter.analysis.resolve(node) ?? '').startsWith('tuple.');

/** `items.append(x)`, `items.pop()`: a list of tensors takes and gives tensors. */
function listCall(lifter: Lifter, node: SyntaxNode): Term {
  const callee = node.child('function');
  const receiver = callee?.child('object');
  if (!callee || !receiver) return lifter.rebuild(node, 'numpy');
  const kept = receiver.kind !== 'identifier' || lifter.isKept(lifter.analysis.bindingOf(receiver));
  const replacements = (node.child('arguments')?.items ?? []).map((arg): Replacement => {
    const carrier = carrierOf(lifter.value(arg));
    const lifted = !kept && (carrier === 'array' || carrier === 'container');
    return [arg, lifter.expr(arg, lifted ? 'tensor' : kept ? 'stay' : 'numpy').text];
  });
  const carrier = carrierOf(lifter.value(node));
  const holds = carrier === 'array' || carrier === 'container';
  const text = lifter.splice(node, replacements);
  const numeric = numericOf(lifter.value(node));
  return {
    text,
    rep: !holds ? 'python' : kept ? 'numpy' : 'tensor',
    dtype: holds && !kept ? lifter.mapped(numeric?.dtype ?? null) : null,
    form: 'atom',
  };
}
