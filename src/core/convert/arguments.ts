// From the arguments of a call to what a rule sees: which expression belongs to which parameter, and what is known about each.
import type { Arg, Constant, Rule } from '../rules/index.ts';
import { isTensorDType } from '../../shared/dtypes.ts';
import type { AbstractValue } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { unwrap } from '../syntax/index.ts';
import type { Lifter } from './lifter.ts';
import { Refused } from './term.ts';
import { arrayDType, arrayShape, carrierOf, isPlain, numericOf, optionsOf, weakOf } from './values.ts';

export type Bound = ReadonlyMap<string, readonly SyntaxNode[]>;

/** Binds the arguments of a call. `name`: the name by which the rule was found; the receiver of a method comes first. */
export function bindArguments(rule: Rule, name: string, call: SyntaxNode, receiver: SyntaxNode | null): Bound {
  const params = name !== rule.names[0] && rule.method ? rule.method : rule.params;
  const list = call.child('arguments');
  const given = list ? (list.kind === 'argument_list' ? list.items : [list]) : [];
  const positional = [...(receiver ? [receiver] : []), ...given.filter(node => node.kind !== 'keyword_argument')];
  const bound = new Map<string, SyntaxNode[]>();
  const named = params.filter(param => param !== '/' && param !== '*');
  const slots = params.slice(0, params.includes('*') ? params.indexOf('*') : undefined).filter(param => param !== '/');
  for (const node of positional) {
    if (node.kind === 'list_splat' || node.kind === 'dictionary_splat')
      throw new Refused('argument', node, '`*` arguments are not followed');
    const slot = slots.find(param => param.startsWith('*') || !bound.has(param));
    if (slot === undefined) throw new Refused('argument', node, `too many arguments for ${name}`);
    const key = slot.replace('*', '');
    bound.set(key, [...(bound.get(key) ?? []), node]);
  }
  for (const node of given) {
    if (node.kind !== 'keyword_argument') continue;
    const key = node.child('name')?.text ?? '';
    const value = node.child('value');
    const takesAny = named.length === 1 && named[0] === '*args';
    if (!value || (!named.includes(key) && !named.includes(`*${key}`) && !takesAny))
      throw new Refused('argument', node, `\`${key}\` is not an argument of ${name} that can be converted`);
    bound.set(key, [value]);
  }
  return bound;
}

/** Refuses arguments that the rule does not take. */
export function checkRefusals(lifter: Lifter, rule: Rule, bound: Bound): void {
  const [axis] = bound.get('axis') ?? [];
  const [array] = bound.get(rule.params[0] ?? '') ?? [];
  const flat = array !== undefined && optionsOf(lifter.value(array)).some(option => arrayShape(option)?.length === 0);
  if (axis && flat && constantOf(lifter.value(axis), axis) !== null)
    throw new Refused('argument', axis, 'NumPy takes an axis of what has none, TensorFlow raises');
  for (const [name, { except = [], because }] of Object.entries(rule.refuse ?? {})) {
    const node = bound.get(name)?.[0];
    if (!node) continue;
    const constant = constantOf(lifter.value(node), node);
    if (constant === undefined || !except.some(value => value === constant))
      throw new Refused('argument', node, `\`${name}=\`: ${because}`);
  }
}

const missing: Arg = {
  given: false,
  kind: 'none',
  dtype: null,
  weak: null,
  shape: null,
  constant: undefined,
  items: null,
  simple: false,
  natural: false,
};

/** What a rule sees of an argument. */
export function viewOf(lifter: Lifter, node: SyntaxNode | undefined): Arg {
  if (!node) return missing;
  const value = lifter.value(node);
  const inner = unwrap(node);
  const display = inner.kind === 'list' || inner.kind === 'tuple' ? inner.items : null;
  const sequence = value.kind === 'list' || value.kind === 'tuple' || value.kind === 'iterable' ? value : null;
  const carrier = carrierOf(value);
  const element = sequence ? (sequence.items?.[0] ?? sequence.element) : null;
  return {
    given: true,
    kind: kindOf(value),
    dtype: value.kind === 'api' || value.kind === 'dtype' ? dtypeNamed(value) : arrayDType(value),
    weak: weakOf(value),
    shape: arrayShape(value),
    constant: constantOf(value, node),
    items:
      display && !display.some(item => item.kind === 'list_splat') ? display.map(item => viewOf(lifter, item)) : null,
    simple: isSimple(inner),
    pure: isPure(lifter, inner),
    natural: isNatural(lifter, inner, value),
    plain:
      isPlain(value) &&
      (sequence !== null || weakOf(value) !== null) &&
      sequence?.kind !== 'iterable' &&
      uniform(value),
    range: value.kind === 'iterable' && value.type === 'range' && isStopRange(inner),
    tensors:
      carrier === 'container' &&
      element !== null &&
      (numericOf(element)?.dtype ?? null) !== null &&
      display === null &&
      (inner.kind === 'list_comprehension' ||
        (inner.kind === 'identifier' && !lifter.isKept(lifter.analysis.bindingOf(inner)))),
    filled: sequence !== null && typeof sequence.length === 'number' && sequence.length > 0,
    lifted: isLiftedFunction(lifter, inner, value),
  };
}

/** tf.constant refuses a float in an integer list and a number in a bool list; mixed ints and bools are refused too. */
const uniform = (value: AbstractValue): boolean => {
  const kinds = new Set<string>();
  const collect = (found: AbstractValue): void => {
    const weak = weakOf(found);
    if (weak) kinds.add(weak);
    else if (found.kind === 'list' || found.kind === 'tuple')
      (found.items ?? (found.element ? [found.element] : [])).forEach(collect);
  };
  collect(value);
  return !(kinds.has('bool') && kinds.size > 1);
};

function kindOf(value: AbstractValue): Arg['kind'] {
  if (numericOf(value)) return 'array';
  if (weakOf(value)) return 'number';
  switch (value.kind) {
    case 'list':
    case 'tuple':
    case 'iterable':
      return 'sequence';
    case 'dtype':
    case 'api':
      return 'dtype';
    case 'str':
      return 'string';
    case 'none':
      return 'none';
    case 'slice':
      return 'slice';
    case 'function':
      return 'callable';
    default:
      return 'unknown';
  }
}

const dtypeNames: Record<string, Arg['dtype']> = {
  'builtins.float': 'float64',
  'builtins.int': 'int64',
  'builtins.bool': 'bool',
  'numpy.float64': 'float64',
  'numpy.float32': 'float32',
  'numpy.int64': 'int64',
  'numpy.int32': 'int32',
  'numpy.uint8': 'uint8',
  'numpy.bool_': 'bool',
  'numpy.bool': 'bool',
};
function dtypeNamed(value: AbstractValue): Arg['dtype'] {
  if (value.kind === 'dtype') return value.dtype && isTensorDType(value.dtype) ? value.dtype : null;
  return value.kind === 'api' ? (dtypeNames[value.name] ?? null) : null;
}

export function constantOf(value: AbstractValue, node?: SyntaxNode): Constant | undefined {
  switch (value.kind) {
    case 'int':
    case 'float':
    case 'bool':
    case 'str':
      return value.value ?? undefined;
    case 'none':
      return null;
    case 'tuple':
    case 'list': {
      const items = value.items?.map(item => constantOf(item));
      return items?.every(item => item !== undefined) ? items : undefined;
    }
    default:
      return node?.kind === 'none' ? null : undefined;
  }
}

const isSimple = (node: SyntaxNode): boolean =>
  ['identifier', 'integer', 'float', 'true', 'false'].includes(node.kind) ||
  (node.kind === 'unary_operator' && ['integer', 'float'].includes(node.child('argument')?.kind ?? '')) ||
  (node.kind === 'attribute' && isSimple(node.child('object') ?? node.parent ?? node) && node.child('object') !== null);

const pureKinds = new Set(
  'identifier integer float true false none attribute subscript slice binary_operator unary_operator parenthesized_expression tuple list argument_list keyword_argument comparison_operator'.split(
    ' ',
  ),
);
/** Evaluating it twice gives the same: no draws of random numbers, no calls of the file's functions, nothing changed. */
function isPure(lifter: Lifter, node: SyntaxNode): boolean {
  if (node.kind === 'call') {
    const resolved = lifter.analysis.resolve(node) ?? '';
    if (!/^(numpy|ndarray)\.(?!random)/.test(resolved) || /\.(sort|fill|put|resize|copyto)$/.test(resolved))
      return false;
    if (node.child('arguments')?.items.some(item => item.child('name')?.text === 'out')) return false;
  } else if (!pureKinds.has(node.kind)) return false;
  return node.items.every(item => isPure(lifter, item));
}

const isStopRange = (node: SyntaxNode): boolean => node.kind === 'call' && node.child('arguments')?.items.length === 1;

/** An index that is certainly not negative: a literal, a length, a loop over range from 0 or above. */
export function isNatural(lifter: Lifter, node: SyntaxNode, value: AbstractValue): boolean {
  const constant = constantOf(value);
  if (typeof constant === 'number') return constant >= 0;
  if (Array.isArray(constant))
    return (constant as readonly Constant[]).every(item => typeof item === 'number' && item >= 0);
  const resolved = lifter.analysis.resolve(node);
  if (
    resolved === 'builtins.len' ||
    resolved === 'ndarray.size' ||
    resolved === 'numpy.argsort' ||
    resolved === 'numpy.argmax'
  )
    return true;
  if (node.kind === 'subscript') return lifter.analysis.resolve(node.child('value') ?? node) === 'ndarray.shape';
  if (node.kind === 'binary_operator' && ['+', '*'].includes(node.child('operator')?.text ?? '')) {
    return node.items.every(item => isNatural(lifter, unwrap(item), lifter.value(item)));
  }
  if (node.kind !== 'identifier') return false;
  const binding = lifter.analysis.bindingOf(node);
  return binding !== null && binding.definitions.every(definition => naturalDefinition(lifter, definition));
}

function naturalDefinition(lifter: Lifter, definition: SyntaxNode): boolean {
  const { parent } = definition;
  if (!parent) return false;
  const loop = parent.kind === 'for_statement' || parent.kind === 'for_in_clause' ? parent : null;
  const range = loop?.child('left') === definition ? unwrap(loop.child('right') ?? loop) : null;
  if (range?.kind === 'call' && lifter.analysis.resolve(range) === 'builtins.range') {
    const args = range.child('arguments')?.items ?? [];
    const [first, , step] = args;
    if (args.length === 1) return true;
    if (step && Number(constantOf(lifter.value(step))) < 0) {
      const stop = args[1];
      return stop !== undefined && Number(constantOf(lifter.value(stop))) >= -1;
    }
    return first !== undefined && isNatural(lifter, unwrap(first), lifter.value(first));
  }
  if (parent.kind !== 'assignment' || parent.child('left') !== definition) return false;
  const right = parent.child('right');
  if (!right || right.kind === 'identifier') return false;
  const constant = constantOf(lifter.value(right));
  if (typeof constant === 'number') return constant >= 0;
  return ['builtins.len', 'ndarray.size'].includes(lifter.analysis.resolve(unwrap(right)) ?? '');
}

/** A function or lambda that will be called with tensors. */
function isLiftedFunction(lifter: Lifter, node: SyntaxNode, value: AbstractValue): boolean {
  if (value.kind !== 'function') return false;
  const parameters = value.node.child('parameters')?.items ?? [];
  return (
    parameters.every(parameter => {
      const identifier = parameter.kind === 'identifier' ? parameter : parameter.first('identifier');
      const binding = identifier ? lifter.analysis.bindingOf(identifier) : null;
      return identifier !== null && !lifter.isKept(binding) && carrierOf(lifter.value(identifier)) === 'array';
    }) &&
    (node.kind === 'identifier' || node.kind === 'lambda')
  );
}
