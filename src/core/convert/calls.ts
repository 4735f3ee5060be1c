// Calls and attributes: which rule, which form, and the text that comes out of it.
import { numpyRows } from '../../shared/api/numpy/index.ts';
import { promote, promoteWeak } from '../../shared/dtypes.ts';
import type { DType } from '../../shared/dtypes.ts';
import type { Level } from '../../shared/findings.ts';
import { ruleFor } from '../rules/index.ts';
import type { Arg, Call, Form, Rule } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { unwrap } from '../syntax/index.ts';
import { bindArguments, checkRefusals, constantOf, viewOf } from './arguments.ts';
import type { Bound } from './arguments.ts';
import { convertBuiltin, convertFunctionCall } from './python-calls.ts';
import { listOf, nestedDisplay } from './displays.ts';
import { finfoConstant, gridTerms } from './indexers.ts';
import { levelOrder, shorten } from './lifter.ts';
import type { Lifter } from './lifter.ts';
import { renderTemplate } from './template.ts';
import { Refused } from './term.ts';
import type { Term, Want } from './term.ts';
import { carrierOf, foreignDType, isPlain, numericOf } from './values.ts';

const numpyName = (resolved: string): string | null =>
  resolved.startsWith('numpy.') ? resolved.slice(6) : resolved.startsWith('ndarray.') ? resolved : null;

export function convertCall(lifter: Lifter, node: SyntaxNode, want: Want): Term {
  const callee = node.child('function');
  if (!callee) return lifter.rebuild(node, 'numpy');
  const fetched = lifter.fetches.get(node.id);
  if (fetched && carrierOf(lifter.value(node)) !== 'array')
    return { text: `${fetched()}.numpy()`, rep: 'python', dtype: null, form: 'atom' };
  if (fetched)
    return {
      text: fetched(),
      rep: 'tensor',
      dtype: lifter.mapped(numericOf(lifter.value(node))?.dtype ?? null),
      form: 'atom',
    };
  const resolved = lifter.analysis.resolve(callee) ?? lifter.analysis.resolve(node) ?? '';
  const name = numpyName(resolved);
  if (name !== null) {
    const rule = ruleFor(name);
    if (!rule || rule.params.length === 0) return unruled(lifter, node, name);
    const receiver = callee.kind === 'attribute' && name.startsWith('ndarray.') ? callee.child('object') : null;
    if (receiver && isHandedOver(lifter, receiver)) return lifter.rebuild(node, 'any');
    const bound = bindArguments(rule, name, node, receiver);
    checkRefusals(lifter, rule, bound);
    return applyRule(lifter, rule, node, bound);
  }
  if (resolved.startsWith('tensorflow.') || resolved.startsWith('tensor.')) return tensorflowCall(lifter, node);
  if (resolved.startsWith('builtins.')) return convertBuiltin(lifter, node, resolved.slice(9), want);
  if (resolved.startsWith('math.')) return lifter.rebuild(node, 'any');
  return convertFunctionCall(lifter, node, callee);
}

/** A tensor, or the array that its numpy() gives: what the original asks of it stays. */
const isHandedOver = (lifter: Lifter, receiver: SyntaxNode): boolean =>
  numericOf(lifter.value(receiver))?.numpy === false ||
  (receiver.kind === 'call' && /^tensorflow\.(Tensor|Variable)\.numpy$/.test(lifter.analysis.resolve(receiver) ?? ''));

/** TensorFlow takes tensors and arrays alike; a random draw in its arguments is the boundary already. */
function tensorflowCall(lifter: Lifter, node: SyntaxNode): Term {
  const [first, ...more] = node.child('arguments')?.items ?? [];
  const drawn = first?.kind === 'call' ? ruleFor(numpyName(lifter.analysis.resolve(first) ?? '') ?? '') : undefined;
  return lifter.rebuild(node, drawn?.family === 'random' && more.length === 0 ? 'stay' : 'any');
}

function unruled(lifter: Lifter, node: SyntaxNode, name: string): Term {
  const receiver = node.child('function')?.child('object');
  const kept = receiver?.kind === 'identifier' && lifter.isKept(lifter.analysis.bindingOf(receiver));
  const quiet =
    kept || name.startsWith('testing.') || name.startsWith('set_printoptions') || name.startsWith('random.');
  if (!quiet)
    throw new Refused('uncovered', node, `there is no rule for np.${name.replace('ndarray.', 'ndarray.')} yet`);
  return lifter.rebuild(node, 'numpy');
}

const properties = new Set(numpyRows.filter(({ kind }) => kind === 'property').map(({ name }) => name));

/** Attributes of arrays and of NumPy; names imported from NumPy. */
export function convertAttribute(lifter: Lifter, node: SyntaxNode): Term {
  const resolved = lifter.analysis.resolve(node) ?? '';
  const object = node.child('object');
  const finfo = finfoConstant(lifter, node);
  if (finfo) return finfo;
  const member =
    object && numericOf(lifter.value(object))?.numpy ? `ndarray.${node.child('attribute')?.text ?? ''}` : null;
  const name = numpyName(resolved) ?? member;
  const rule = name ? ruleFor(name) : undefined;
  if (rule && name && rule.family !== 'creation' && !isCallee(node)) {
    if (name.startsWith('ndarray.') && object) {
      if (isHandedOver(lifter, object)) return lifter.rebuild(node, 'any');
      if (rule.params.length > 0 && properties.has(name))
        return applyRule(lifter, rule, node, new Map([[rule.params[0] ?? 'a', [object]]]));
    } else if (rule.params.length === 0 && (name !== 'ndarray' || isTypeUse(node))) {
      return applyRule(lifter, rule, node, new Map());
    }
  }
  if (object && numericOf(lifter.value(object))?.numpy === false) return lifter.rebuild(node, 'any');
  if (object && lifter.value(object).kind === 'instance' && carrierOf(lifter.value(node)) === 'opaque')
    return lifter.rebuild(node, 'numpy');
  return lifter.rebuild(node, 'numpy');
}

const isCallee = (node: SyntaxNode): boolean => node.parent?.kind === 'call' && node.field === 'function';
/** In isinstance or an annotation. */
const isTypeUse = (node: SyntaxNode): boolean => {
  const call = node.above('call');
  return node.above('type') !== null || call?.child('function')?.text === 'isinstance';
};

export interface Extra {
  readonly operator?: string;
  readonly indexing?: Call['indexing'];
  readonly axis?: number;
  readonly grid?: boolean;
  readonly operands?: boolean;
  readonly views?: ReadonlyMap<string, Arg>;
  readonly rest?: readonly SyntaxNode[];
}

/** Chooses the first form that holds at the allowed level, and renders it. */
export function applyRule(lifter: Lifter, rule: Rule, node: SyntaxNode, bound: Bound, extra: Extra = {}): Term {
  const value = lifter.value(node);
  const numeric = numericOf(value);
  const views = new Map<string, Arg>();
  const view = (name: string): Arg => {
    const known = extra.views?.get(name) ?? views.get(name);
    if (known) return known;
    const nodes = bound.get(name) ?? [];
    const found = viewOf(lifter, nodes[0]);
    views.set(name, found);
    return found;
  };
  const rest = extra.rest ?? [...bound.values()].flat();
  const call: Call = {
    arg: view,
    rest: rest.map(item => viewOf(lifter, item)),
    dtype: numeric?.dtype ?? null,
    shape: numeric?.shape ?? null,
    operator: extra.operator ?? '',
    use: useOf(lifter, node),
    ...(extra.indexing ? { indexing: extra.indexing } : {}),
    ...(extra.axis === undefined ? {} : { axis: extra.axis }),
    ...(extra.grid === undefined ? {} : { grid: extra.grid }),
  };
  let above: { level: Level; note: string } | null = null;
  for (const form of rule.forms) {
    if (form.when && !form.when(call)) continue;
    const { level, note } = levelOf(form, call);
    if (!lifter.allowed(level)) {
      above ??= { level, note: note ?? '' };
      continue;
    }
    const text = renderTemplate(typeof form.tf === 'function' ? form.tf(call) : form.tf, {
      fill: (name, mode) => fill(lifter, node, bound, call, name, mode),
      dtype: lifter.mapped(call.dtype) ?? lifter.mapped(view('dtype').dtype),
      axis: extra.axis,
      operands: extra.operands ?? false,
    });
    if (text === null) continue;
    const carrier = carrierOf(value);
    if (carrier === 'opaque' && !form.python && !(rule.id === 'TL184' && isTest(node)))
      throw unknownRefusal(node, rule, extra.operator);
    lifter.note(rule.id, level, note, node);
    for (const name of rule.imports ?? []) if (text.includes(`${name}.`)) importModule(lifter, name, node);
    const own = text.replace(/\btf\./g, `${lifter.tf}.`);
    return {
      text: own,
      rep: carrier === 'array' || carrier === 'container' ? 'tensor' : 'python',
      dtype: lifter.mapped(call.dtype),
      form: extra.operands ? 'same' : 'compound',
    };
  }
  if (above) throw new Refused('level', node, `${above.level} only: ${above.note}`);
  const unnamed = usedTwice(rule).find(name => call.arg(name).given && !call.arg(name).simple);
  if (unnamed !== undefined && carrierOf(value) !== 'opaque')
    throw new Refused('repeated', node, `give \`${shorten(bound.get(unnamed)?.[0]?.text ?? '')}\` a name first`);
  const foreign = [node, ...[...bound.values()].flat()].map(item => foreignDType(lifter.value(item))).find(Boolean);
  if (foreign) throw new Refused('dtype', node, `\`${shorten(node.text)}\` works in ${foreign}, which stays NumPy`);
  throw noForm(node, rule, call, [...bound.keys()], numeric !== null, extra.operator);
}

/** Arguments that stand twice in one of the forms. */
function usedTwice(rule: Rule): readonly string[] {
  return rule.forms.flatMap(({ tf }) => {
    const names = typeof tf === 'string' ? [...tf.matchAll(/\{(\w+)/g)].map(([, name = '']) => name) : [];
    return names.filter((name, i) => names.indexOf(name) !== i && name !== 'dtype' && name !== 'axis');
  });
}

/** Why none of the forms holds: something is not known, the dtype is not covered, or these arguments have no form. */
function noForm(
  node: SyntaxNode,
  rule: Rule,
  call: Call,
  names: readonly string[],
  lossy: boolean,
  operator?: string,
): Refused {
  const arrays = names.map(name => call.arg(name)).filter(({ kind }) => kind === 'array');
  const known = arrays.length > 0 && arrays.every(({ dtype, shape }) => dtype !== null && shape !== null);
  if (!known || names.some(name => call.arg(name).kind === 'unknown')) return unknownRefusal(node, rule, operator);
  const what = operator || `np.${rule.names[0] ?? ''}`;
  const dtypes = [...new Set(arrays.map(({ dtype }) => dtype))].join(' and ');
  if (call.dtype === null && lossy)
    return new Refused('dtype', node, `${what} of ${dtypes} gives a dtype that TensorFlow or this conversion lacks`);
  return new Refused('argument', node, `${what} of ${dtypes} has no TensorFlow form with these arguments`);
}

/** A module that the text needs, where the file has no other use for its name. */
function importModule(lifter: Lifter, name: string, node: SyntaxNode): void {
  const taken = lifter.analysis.scopes.some(({ bindings }) => {
    const binding = bindings.get(name);
    return binding !== undefined && binding.definitions.some(found => found.above('import_statement') === null);
  });
  if (taken) throw new Refused('argument', node, `\`${name}\` is another name in this file`);
  lifter.imports.add(name);
}

/** The truth of the expression is all that is asked for. */
const isTest = (node: SyntaxNode): boolean => {
  const { parent } = node;
  if (!parent) return false;
  if (['parenthesized_expression', 'boolean_operator', 'not_operator'].includes(parent.kind)) return isTest(parent);
  return ['if_statement', 'elif_clause', 'while_statement'].includes(parent.kind) && node.field === 'condition';
};

const unknownRefusal = (node: SyntaxNode, rule: Rule, operator: string | undefined): Refused =>
  new Refused(
    'unknown',
    node,
    `no form of ${operator || rule.names[0] || ''} holds for what is known of \`${shorten(node.text)}\`: run once to learn the shape`,
  );

function levelOf(form: Form, call: Call): { level: Level; note: string | null } {
  if (form.unsafe !== undefined) return { level: 'unsafe', note: form.unsafe };
  const note = typeof form.review === 'function' ? form.review(call) : (form.review ?? null);
  return { level: note === null ? 'safe' : 'review', note };
}
export const worst = (a: Level, b: Level): Level => (levelOrder.indexOf(a) >= levelOrder.indexOf(b) ? a : b);

/** What the result of an expression is used for. */
function useOf(lifter: Lifter, node: SyntaxNode): Call['use'] {
  const { parent } = node;
  if (!parent) return 'other';
  if (parent.kind === 'parenthesized_expression') return useOf(lifter, parent);
  if (parent.kind === 'subscript' && node.field === 'value')
    return lifter.value(parent).kind === 'int' ? 'index' : 'other';
  if (parent.kind === 'assignment' && node.field === 'right') {
    return ['pattern_list', 'tuple_pattern', 'list_pattern'].includes(parent.child('left')?.kind ?? '')
      ? 'unpacked'
      : 'other';
  }
  const call =
    parent.kind === 'argument_list' ? parent.parent : parent.kind === 'keyword_argument' ? parent.parent?.parent : null;
  if (call?.kind !== 'call') return parent.kind === 'comparison_operator' ? 'other' : 'other';
  const resolved = lifter.analysis.resolve(call) ?? '';
  if (resolved === 'builtins.len') return 'length';
  const shaped = ['zeros', 'ones', 'empty', 'full', 'reshape', 'random.rand'].map(name => `numpy.${name}`);
  return shaped.includes(resolved) || resolved === 'ndarray.reshape' ? 'shape' : 'other';
}

/** dtype that all arguments promote to, weak numbers included. */
function commonDType(lifter: Lifter, call: Call, names: readonly string[]): DType | null {
  let dtype: DType | null = null;
  const args = names.map(name => call.arg(name)).filter(({ kind }) => ['array', 'number', 'sequence'].includes(kind));
  for (const arg of args) {
    if (arg.weak) continue;
    if (!arg.dtype) return null;
    dtype = dtype ? promote(dtype, arg.dtype) : arg.dtype;
  }
  for (const arg of args) if (arg.weak && dtype) dtype = promoteWeak(dtype, arg.weak);
  return lifter.mapped(dtype);
}

function fill(lifter: Lifter, node: SyntaxNode, bound: Bound, call: Call, name: string, mode: string): Term | null {
  if (name === 'call') return { ...lifter.rebuild(node, 'numpy'), form: 'atom' };
  const nodes = bound.get(name) ?? [];
  const [first] = nodes;
  if (mode === 'grid') return gridTerms(lifter, nodes);
  if (!first) return null;
  if (constantOf(lifter.value(first)) === null && mode !== 'items') return null;
  const dtype = lifter.mapped(call.dtype);
  switch (mode) {
    case 'own':
      return lifter.tensor(first, null);
    case 'result':
      return lifter.tensor(first, dtype);
    case 'weak':
      return lifter.tensor(first, dtype, true);
    case 'both':
      return lifter.tensor(first, commonDType(lifter, call, [...bound.keys()]), true);
    case 'value': {
      const term = lifter.expr(first, 'any');
      return { ...term, form: term.form === 'same' ? 'compound' : term.form };
    }
    case 'index':
      return isPlain(lifter.value(first)) ? lifter.expr(first, 'any') : lifter.tensor(first, null);
    case 'callable':
      return lifter.expr(first, 'any');
    case 'list':
      return intList(lifter, nodes);
    case 'stop': {
      const stop = unwrap(first).child('arguments')?.items[0];
      return stop ? lifter.expr(stop, 'any') : null;
    }
    case 'nested':
      return nestedDisplay(lifter, unwrap(first), dtype);
    case 'ranges': {
      const dims = first.kind === 'tuple' || first.kind === 'list' ? first.items : [];
      const ranges = dims.map(dim => ({ ...lifter.expr(dim, 'any'), form: 'atom' as const }));
      const tf = (text: string): string => `tf.range(${text}, dtype=tf.${dtype ?? 'int64'})`;
      return listOf(
        ranges.map(range => ({ ...range, text: tf(range.text) })),
        ['', ''],
      );
    }
    case 'all':
      return listOf(
        nodes.map(item => lifter.expr(item, 'any')),
        ['', ''],
      );
    case 'spread':
      return {
        ...listOf(
          nodes.map(item => lifter.tensor(item, null)),
          ['', ''],
        ),
        form: 'atom',
      };
    default:
      return sequenceTerm(lifter, bound, first, name, mode, dtype);
  }
}

/** A shape or permutation as a list: `6` → `[6]`, `2, 3` and `(2, 3)` → `[2, 3]`, anything else as it is. */
function intList(lifter: Lifter, nodes: readonly SyntaxNode[]): Term | null {
  const [first] = nodes;
  if (!first) return null;
  const inner = unwrap(first);
  const items = nodes.length > 1 ? nodes : inner.kind === 'tuple' || inner.kind === 'list' ? inner.items : null;
  if (items)
    return listOf(
      items.map(item => lifter.expr(item, 'any')),
      ['[', ']'],
    );
  const value = lifter.value(first);
  const term = lifter.expr(first, 'any');
  const single = value.kind === 'int' || numericOf(value)?.shape?.length === 0;
  return single ? listOf([term], ['[', ']']) : term;
}

/** The modes for lists of arrays: `items`, `raveled`, `rows`, `columns`. */
function sequenceTerm(
  lifter: Lifter,
  bound: Bound,
  first: SyntaxNode,
  name: string,
  mode: string,
  dtype: DType | null,
): Term | null {
  const nodes = bound.get(name) ?? [];
  const inner = unwrap(first);
  const items =
    nodes.length > 1 || name === 'pairs' || name === 'columns'
      ? nodes
      : inner.kind === 'list' || inner.kind === 'tuple'
        ? inner.items
        : null;
  if (!items || items.some(item => item.kind === 'list_splat')) return null;
  const target = name === 'pairs' ? 'int64' : dtype;
  if (!target) throw new Refused('unknown', first, `the dtype of \`${shorten(first.text)}\` is not known`);
  const terms = items.map(item => {
    const term = lifter.tensor(item, target);
    const rank = numericOf(lifter.value(item))?.shape?.length;
    const receiver = /^[\w.]+(\(.*\))?$/s.test(term.text) ? term.text : `(${term.text})`;
    if (mode === 'raveled') return { ...term, text: `tf.reshape(${term.text}, [-1])` };
    if (mode === 'rows' && rank === 1) return { ...term, text: `${receiver}[None]` };
    if (mode === 'columns' && rank === 1) return { ...term, text: `${receiver}[:, None]` };
    return term;
  });
  return listOf(terms, ['[', ']']);
}
