// Calls: functions of the file are followed; of the libraries it is known what a tensor, a graph and a tape bear.
import { isInteger } from '../../shared/dtypes.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { brief, dtypeOf } from '../hazards/conditions.ts';
import { attributeOf, elementOf, evaluate, inPython, mixed } from './expressions.ts';
import * as names from './names.ts';
import {
  array,
  constant,
  ended,
  holdsTensor,
  isTensor,
  joinFlows,
  joined,
  list,
  plain,
  tensor,
  unknown,
  type Flow,
  type Val,
} from './values.ts';
import type { Walk } from './walk.ts';

interface Arguments {
  readonly positional: readonly Val[];
  readonly keywords: ReadonlyMap<string, Val>;
  readonly all: readonly Val[];
  readonly flow: Flow;
  /** The text of the first argument that is, or holds, a tensor. */
  readonly tensor: string | null;
}

export function call(w: Walk, node: SyntaxNode): Val {
  const callee = node.child('function');
  if (!callee) return unknown();
  const name = w.analysis.resolve(node);
  const object = callee.kind === 'attribute' ? callee.child('object') : null;
  // A module is no value.
  const library =
    name !== null &&
    /^(?:numpy|tensorflow|math|random|time|builtins)\./.test(name) &&
    !/^tensorflow\.(?:Tensor|Variable|GradientTape)\./.test(name);
  const self = object && !library ? evaluate(w, object) : null;
  const args = argumentsOf(w, node);
  if (self) return method(w, node, object ?? callee, self, callee.child('attribute')?.text ?? '', args);
  const local = callee.kind === 'identifier' || callee.kind === 'lambda' ? evaluate(w, callee) : null;
  if (local?.kind === 'function' && local.node) return w.call(node, local, args.positional, args.keywords);
  if (name?.startsWith('numpy.')) return numpyCall(w, node, name, args);
  if (name?.startsWith('tensorflow.')) return tensorflowCall(w, node, name, args);
  if (name?.startsWith('builtins.')) return builtin(w, node, name, args);
  if (name?.startsWith('math.')) return number(w, node, name, args, true);
  if (name !== null && names.changing.test(name)) return changing(w, node, name);
  return foreign(w, node, callee, args);
}

function argumentsOf(w: Walk, node: SyntaxNode): Arguments {
  const positional: Val[] = [];
  const keywords = new Map<string, Val>();
  let first: string | null = null;
  for (const item of node.child('arguments')?.items ?? []) {
    const value = item.kind === 'keyword_argument' ? item.child('value') : item;
    if (!value) continue;
    const held = evaluate(w, value);
    if (first === null && holdsTensor(held)) first = brief(value);
    if (item.kind === 'keyword_argument') keywords.set(item.child('name')?.text ?? '', held);
    else positional.push(held);
  }
  const all = [...positional, ...keywords.values()];
  return { positional, keywords, all, flow: joinFlows(all.map(value => value.flow)), tensor: first };
}

/** Code that is not in the file: with tensors it may do anything. */
function foreign(w: Walk, node: SyntaxNode, callee: SyntaxNode, args: Arguments): Val {
  if (args.tensor !== null || args.flow.kind !== 'constant')
    w.doubt(node, `what \`${brief(callee)}\` does with tensors is not known`);
  return unknown(args.flow);
}

function method(w: Walk, node: SyntaxNode, object: SyntaxNode, self: Val, name: string, args: Arguments): Val {
  const flow = joinFlows([self.flow, args.flow]);
  if (isTensor(self)) {
    if (name === 'numpy') {
      w.breaks('graph', node, '`.numpy()` needs a value, and a tensor has none while it is traced', 'TL504');
      return array(
        self.dtype,
        ended(flow, { node, text: '`.numpy()` takes the value off the tape', rule: 'TL402' }, true),
      );
    }
    if (names.variableMethods.has(name) && self.variable === true) return assigned(w, node, object, self, args);
    if (names.tensorAttributes.has(name)) return plain();
    w.breaks('eager', node, `a tensor has no method \`${name}\``);
    return unknown(flow);
  }
  if (self.kind === 'array') {
    if (args.tensor !== null)
      w.breaks(
        'graph',
        node,
        `NumPy needs the value of \`${args.tensor}\`, and a tensor has none while it is traced`,
        'TL501',
      );
    const lost = ended(args.flow, { node, text: `a tape does not see NumPy's \`${name}\``, rule: 'TL401' }, true);
    return ofNumpy(w, node, joinFlows([self.flow, lost]));
  }
  if (self.kind === 'list') return container(w, node, object, self, name, args);
  if (self.kind === 'plain') {
    if (args.tensor !== null) w.doubt(node, `what \`${name}\` does with tensors is not known`);
    return plain(flow);
  }
  const known = w.analysis.resolve(node);
  if (known === 'tensorflow.GradientTape.watch') return plain();
  if (known === 'tensorflow.GradientTape.gradient') {
    w.doubts('tape', node, 'a gradient of a gradient is not followed');
    return tensor(null, args.flow, args.positional[1]?.rank);
  }
  const value = attributeOf(w, node, self);
  if (value.kind === 'function' && value.node)
    return w.call(node, value, [unknown(), ...args.positional], args.keywords);
  return foreign(w, node, node.child('function') ?? node, args);
}

/** `v.assign(x)`: the variable holds the value from now on, and the tape does not follow. */
function assigned(w: Walk, node: SyntaxNode, object: SyntaxNode, self: Val, args: Arguments): Val {
  const lost = ended(
    args.flow,
    { node, text: 'a tape does not follow what is assigned to a variable', rule: 'TL406' },
    true,
  );
  const now = { ...self, flow: joinFlows([self.flow, lost]) };
  if (object.kind === 'identifier') w.frame.names.set(object.text, now);
  return now;
}

function container(w: Walk, node: SyntaxNode, object: SyntaxNode, self: Val, name: string, args: Arguments): Val {
  const [added = plain()] = args.positional.slice(-1);
  if (['append', 'add', 'insert', 'extend', 'setdefault', 'update'].includes(name)) {
    inPython(w, node, added);
    const element = name === 'extend' || name === 'update' ? elementOf(added) : added;
    if (object.kind === 'identifier')
      w.frame.names.set(object.text, list(self.element ? joinedWith(self.element, element) : element));
    return plain();
  }
  if (name === 'items') return list(list(self.element ?? plain()));
  if (name === 'keys' || name === 'index' || name === 'count') return list(plain());
  return name === 'values' || name === 'copy' ? self : elementOf(self);
}

/** An empty list holds nothing yet: what is put into it decides. */
const joinedWith = (element: Val, added: Val): Val =>
  element.kind === 'plain' && element.flow.kind === 'constant' && !element.number ? added : joined(element, added);

function numpyCall(w: Walk, node: SyntaxNode, name: string, args: Arguments): Val {
  const short = name.slice('numpy.'.length);
  const [first] = args.positional;
  if (
    (names.writers.has(name) && first && isTensor(first)) ||
    [args.keywords.get('out')].some(out => out && isTensor(out))
  )
    w.breaks('eager', node, `\`np.${short}\` writes into its argument, and a tensor cannot be changed`);
  // A generator that is seeded here gives the same numbers at every call anyway.
  if (name === 'numpy.random.default_rng' && args.positional.length > 0) return plain();
  const generator = name.startsWith('numpy.random.Generator.') ? node.child('function')?.child('object') : null;
  if (generator && evaluate(w, generator).kind === 'plain') return ofNumpy(w, node, constant);
  if (name.startsWith('numpy.random.')) return { ...changing(w, node, name), ...ofNumpy(w, node, constant) };
  if (names.shapeReaders.has(name)) return plain();
  if (args.tensor !== null)
    w.breaks(
      'graph',
      node,
      `\`np.${short}\` needs the value of \`${args.tensor}\`, and a tensor has none while it is traced`,
      'TL501',
    );
  const smooth = names.isSmooth(name);
  const text = smooth ? `a tape does not see \`np.${short}\`` : `\`np.${short}\` has no gradient`;
  return ofNumpy(
    w,
    node,
    args.tensor === null ? args.flow : ended(args.flow, { node, text, ...(smooth ? { rule: 'TL401' } : {}) }, smooth),
  );
}

function ofNumpy(w: Walk, node: SyntaxNode, flow: Flow): Val {
  const value = w.analysis.valueOf(node);
  if (value.kind === 'scalar' || value.kind === 'int' || value.kind === 'float' || value.kind === 'bool')
    return { ...plain(flow), dtype: dtypeOf(value) };
  return array(dtypeOf(value), flow);
}

function changing(w: Walk, node: SyntaxNode, name: string): Val {
  w.breaks(
    'graph',
    node,
    `\`${brief(node.child('function') ?? node)}\` runs once, while tracing: every call gets the same ${name.startsWith('time.') ? 'time' : 'numbers'}`,
    'TL502',
  );
  return { ...plain(), number: 'float' };
}

function tensorflowCall(w: Walk, node: SyntaxNode, name: string, args: Arguments): Val {
  const short = name.slice('tensorflow.'.length);
  const [first = plain(), second] = args.positional;
  const inferred = w.analysis.valueOf(node);
  const dtype = dtypeOf(inferred);
  const rank = inferred.kind === 'tensor' ? inferred.shape?.length : undefined;
  const row = names.tensorflow.get(name);
  const callable = args.all.find(value => value.kind === 'function' && value.node);
  switch (name) {
    case 'tensorflow.Variable':
      w.breaks('graph', node, 'a variable that is made on every call is refused: make it once, outside', 'TL508');
      return {
        ...tensor(
          first.dtype ?? dtype,
          ended(args.flow, { node, text: 'a new variable is a beginning of its own for the tape' }, true),
          rank,
        ),
        variable: true,
      };
    case 'tensorflow.constant':
      if (isTensor(first))
        w.breaks('graph', node, '`tf.constant` takes no tensor while it is traced: use `tf.convert_to_tensor`');
      return tensor(dtype ?? first.dtype, args.flow, rank);
    case 'tensorflow.GradientTape':
      return unknown();
    case 'tensorflow.stop_gradient':
      return tensor(
        first.dtype,
        ended(args.flow, { node, text: '`tf.stop_gradient` ends the gradient' }, true),
        first.rank,
      );
    case 'tensorflow.cast':
      return tensor(
        dtype,
        dtype !== null && (isInteger(dtype) || dtype === 'bool')
          ? ended(args.flow, { node, text: `${dtype} has no gradient` }, false)
          : args.flow,
        first.rank ?? rank,
      );
    case 'tensorflow.map_fn':
      if (callable)
        return w.call(
          node,
          callable,
          [elementOf(args.positional[1] ?? args.keywords.get('elems') ?? plain())],
          new Map(),
        );
  }
  if (callable || !row) {
    if (args.tensor !== null) w.doubt(node, `what \`tf.${short}\` does here is not followed`);
    return tensor(dtype, args.flow, rank);
  }
  const ints = args.all.find(value => isTensor(value) && value.dtype !== null && isInteger(value.dtype));
  if (ints && !names.takesIntegers.has(name)) w.doubt(node, `\`tf.${short}\` may not take integers`);
  if (row.shape === 'broadcast' && second) mixed(w, node, first, second);
  const none = names.passesGradient(name) === false || name === 'tensorflow.math.floordiv';
  const passed = none ? ended(args.flow, { node, text: `\`tf.${short}\` has no gradient` }, false) : args.flow;
  if (row.kind !== 'function') return plain(passed);
  const comparisons = row.dtype === 'comparison';
  const own = comparisons ? 'bool' : (dtype ?? (names.passesGradient(name) ? tensorDType(args) : null));
  const reduced = /^tensorflow\.(?:reduce_|norm|linalg\.norm|argm)/.test(name) && args.all.length === 1 ? 0 : rank;
  return tensor(own, passed, reduced ?? (row.shape === 'same' ? first.rank : undefined));
}

const tensorDType = ({ all }: Arguments): Val['dtype'] => all.find(isTensor)?.dtype ?? null;

function builtin(w: Walk, node: SyntaxNode, name: string, args: Arguments): Val {
  const short = name.slice('builtins.'.length);
  const [first = plain()] = args.positional;
  if (names.harmless.has(name)) return plain();
  if (args.tensor === null)
    return short === 'range' || short === 'enumerate'
      ? list({ ...plain(args.flow), number: 'int' })
      : names.iterators.has(name)
        ? first.kind === 'list'
          ? iterated(short, args)
          : plain(args.flow)
        : first.kind === 'array'
          ? ofNumpy(w, node, args.flow)
          : kept(short, args);
  if (['float', 'int', 'bool', 'complex'].includes(short)) return number(w, node, name, args, short === 'float');
  if (short === 'isinstance') {
    w.doubts('eager', node, 'a tensor is no array: what `isinstance` decides may change');
    return plain();
  }
  if (short === 'abs' || short === 'pow') return tensor(first.dtype, args.flow, first.rank);
  if (short === 'sorted') return list(elementOf(first));
  if (short === 'range') return tensor('int32', ended(args.flow, { node, text: '`range` has no gradient' }, false), 1);
  if (names.iterators.has(name) && (args.positional.some(isTensor) || (args.positional.length > 1 && /^m/.test(short))))
    w.breaks(
      'graph',
      node,
      `\`${short}\` needs the elements of \`${args.tensor}\`, and a tensor has no values while it is traced`,
      'TL505',
    );
  if (names.iterators.has(name)) return iterated(short, args);
  return foreign(w, node, node.child('function') ?? node, args);
}

const kept = (short: string, { flow }: Arguments): Val =>
  short === 'int' || short === 'float'
    ? { ...plain(flow), number: short }
    : short === 'abs'
      ? plain(flow)
      : unknown(flow);

function iterated(short: string, { positional, flow }: Arguments): Val {
  const element = positional.map(elementOf).reduce((a, b) => joined(a, b), elementOf(positional[0] ?? plain()));
  if (short === 'any' || short === 'all') return holdsTensor(element) ? tensor('bool', flow, 0) : plain(flow);
  if (short === 'zip' || short === 'enumerate') return list(list(element));
  if (short === 'sum' || short === 'max' || short === 'min')
    return positional.length > 1 && short !== 'sum' ? positional.reduce(joined) : element;
  return list(element);
}

/** A Python number of a tensor. */
function number(w: Walk, node: SyntaxNode, name: string, args: Arguments, smooth: boolean): Val {
  const shown = brief(node.child('function') ?? node);
  if (args.tensor === null) return { ...plain(args.flow), number: 'float' };
  const [first = plain()] = args.positional;
  const same =
    (name === 'builtins.float' && (first.dtype === 'float32' || first.dtype === null)) ||
    (name === 'builtins.int' && (first.dtype === 'int32' || first.dtype === null));
  if (same) w.doubts('graph', node, `under \`tf.function\` \`${shown}\` gives a tensor, no number`);
  else
    w.breaks(
      'graph',
      node,
      `\`${shown}\` needs the value of \`${args.tensor}\`, and a tensor has none while it is traced`,
      'TL505',
    );
  const text = smooth ? `\`${shown}\` takes the value off the tape` : `\`${shown}\` has no gradient`;
  const kind = name === 'builtins.int' ? 'int' : 'float';
  return { ...plain(ended(args.flow, { node, text, ...(smooth ? { rule: 'TL402' } : {}) }, smooth)), number: kind };
}
