// Calls of library functions: bound by the signature of their row, then answered by the row's dtype and shape rules or by
// an inference function of the same name.
import type { SyntaxNode } from '../../syntax/index.ts';
import type { AbstractValue, ApiValue, BoundValue, DTypeValue } from '../types.ts';
import type { Machine } from '../machine.ts';
import { own } from '../expressions.ts';
import { callBuiltin } from '../python/builtins.ts';
import { callMath } from '../python/math.ts';
import { callContainer } from '../python/methods.ts';
import { numpyFunctions } from '../numpy/index.ts';
import { applyRow } from '../numpy/rows.ts';
import { extraRows } from '../numpy/extra.ts';
import { callTensorflow } from '../tensorflow/index.ts';
import { arrayOrScalar, joinElement, scalar } from '../values.ts';
import { rowsByName } from './names.ts';
import { bindArguments, parseSignature } from './signature.ts';
import type { Argument, Bound, CallArguments } from './signature.ts';
import { typeDType } from './dtypes.ts';

/** What an inference function gets. */
export interface Call {
  readonly m: Machine;
  readonly node: SyntaxNode;
  /** The value of a parameter, or undefined when it was left out (or None was passed for it). */
  get(name: string): AbstractValue | undefined;
  /** Like `get`, but None stays None. */
  raw(name: string): AbstractValue | undefined;
  readonly rest: readonly AbstractValue[];
  /** The array of a method. */
  readonly self: AbstractValue | null;
}
export type Inference = (call: Call) => AbstractValue;

/** The result of a library call; null: nothing is known about the function or its arguments. */
export function callLibrary(
  m: Machine,
  node: SyntaxNode,
  target: ApiValue | BoundValue | DTypeValue,
  call: CallArguments,
): AbstractValue | null {
  const expanded = splitUnion(call);
  if (expanded) {
    let all: AbstractValue | null = null;
    for (const one of expanded) {
      const value = callLibrary(m, node, target, one);
      if (!value) return null;
      all = joinElement(all, value);
    }
    return all;
  }
  if (target.kind === 'dtype') return null;
  const { name } = target;
  if (target.kind === 'bound' && name.startsWith('ndarray.')) return callRow(m, node, name, call, target.receiver);
  if (target.kind === 'bound') return callContainer(m, node, target, call) ?? callObject(m, node, target, call);
  if (name.startsWith('builtins.')) return callBuiltin(m, node, name.slice('builtins.'.length), call);
  if (name.startsWith('math.')) return callMath(name.slice('math.'.length), call);
  if (name.startsWith('numpy.')) return callRow(m, node, name, call, null) ?? scalarType(name, call);
  if (name.startsWith('tensorflow.')) return callTensorflow(m, node, name, call, null);
  return safeModules.test(name) ? pure(name) : null;
}

/** Standard modules whose functions neither keep nor change what they are given. */
const safeModules = /^(time|os|sys|random|json|re|string|warnings|matplotlib|logging|datetime)\./;
const pure = (name: string): AbstractValue | null =>
  /^time\.(time|perf_counter|monotonic|process_time)$/.test(name) ? { kind: 'float', value: null } : null;

function callObject(m: Machine, node: SyntaxNode, target: BoundValue, call: CallArguments): AbstractValue | null {
  if (target.name.startsWith('numpy.random.')) return callRow(m, node, target.name, call, target.receiver);
  if (target.name.startsWith('tensorflow.')) return callTensorflow(m, node, target.name, call, target.receiver);
  return null;
}

/** Calls with one argument of a few possible kinds are answered for each. */
function splitUnion(call: CallArguments): CallArguments[] | null {
  const at = call.positional.findIndex(({ value }) => value.kind === 'union');
  const argument = call.positional[at];
  if (argument?.value.kind === 'union')
    return argument.value.options.map(value => ({
      ...call,
      positional: call.positional.map((other, i) => (i === at ? { ...other, value } : other)),
    }));
  for (const [name, { node, value }] of call.keywords)
    if (value.kind === 'union')
      return value.options.map(option => ({
        ...call,
        keywords: new Map(call.keywords).set(name, { node, value: option }),
      }));
  return null;
}

function callRow(
  m: Machine,
  node: SyntaxNode,
  name: string,
  call: CallArguments,
  self: AbstractValue | null,
): AbstractValue | null {
  const row = rowsByName.get(name) ?? extraRows.get(name);
  const inference = numpyFunctions[name];
  if (!row?.signature && !inference) return null;
  const bound = row?.signature
    ? bindArguments(parseSignature(row.signature), call)
    : bindArguments(openSignature, call);
  if (!bound) return null;
  const arguments_ = callOf(m, node, bound, self);
  const value = inference ? inference(arguments_) : row ? applyRow(row, arguments_) : null;
  if (!value) return null;
  noteOut(m, node, bound.args.get('out'));
  return own(value, node, m);
}

const openSignature = parseSignature('(*args, **kwargs)');

function callOf(m: Machine, node: SyntaxNode, bound: Bound, self: AbstractValue | null): Call {
  const raw = (name: string): AbstractValue | undefined => bound.args.get(name)?.value;
  return {
    m,
    node,
    raw,
    get: name => {
      const value = raw(name);
      return value?.kind === 'none' ? undefined : value;
    },
    rest: bound.rest.map(({ value }) => value),
    self,
  };
}

/** `out=x` writes into x. */
function noteOut(m: Machine, node: SyntaxNode, out: Argument | undefined): void {
  if (out?.node && out.value.kind !== 'none') m.mutate(node, out.node, 'out', out.value);
}

/** `np.float32(x)`, `np.int64(x)`: scalars of scalars, arrays of arrays. */
function scalarType(name: string, call: CallArguments): AbstractValue | null {
  const dtype = typeDType(name);
  const argument = call.positional[0]?.value;
  if (!dtype) return null;
  if (!argument || ['int', 'float', 'bool', 'scalar', 'str'].includes(argument.kind)) return scalar(dtype);
  return argument.kind === 'array' ? arrayOrScalar(dtype, argument.shape) : null;
}
