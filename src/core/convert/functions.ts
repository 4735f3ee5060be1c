// Functions of the file: which parameters and results are lifted, and functions that change their arguments.
// Proof obligation for "returns what it changes": every call stands alone or on the right of one name, passes a name for each
// changed parameter whose array nobody else sees, and the function never binds the parameter to something else.
import { refusals, transforms } from '../rules/index.ts';
import type { AbstractValue, Binding, FunctionInfo, Scope } from '../infer/types.ts';
import { storagesOf } from '../infer/values.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { Lifter } from './lifter.ts';
import { isAsked, levelOrder } from './lifter.ts';
import { parameterName, parametersOf } from './python-calls.ts';
import type { Edit } from './statements.ts';
import { isLoopedOver, isSeen } from './stores/alone.ts';
import { changedInPlace } from './stores/method.ts';
import { carrierOf, numericOf } from './values.ts';

/** Decides, before anything is rewritten, what can't be lifted because its calls are not all known. */
export function planFunctions(lifter: Lifter): void {
  const { analysis, plan } = lifter;
  const range = (node: SyntaxNode): ReturnType<typeof analysis.program.range> => analysis.program.range(node);
  for (const scope of analysis.scopes) {
    const inClass = scope.kind === 'class' || scope.node.above('class_definition') !== null;
    if (!inClass) continue;
    plan.keep([...scope.bindings.values()], {
      rule: refusals.object.id,
      range: range(scope.node),
      reason: refusals.object.why,
    });
  }
  keepChanged(lifter);
  const { function: only, part } = lifter.options;
  for (const info of analysis.functions) {
    const parameters = (info.node.child('parameters')?.items ?? []).map(parameterName);
    const bindings = parameters.flatMap(name => analysis.bindingOf(name) ?? []);
    const inClass = info.node.above('class_definition') !== null;
    const known = !inClass && onlyCalled(lifter, info);
    if (!known || carrierOf(info.returns) === 'opaque') plan.numpyResults.add(info.node.id);
    if (!known) {
      plan.keep(bindings, {
        rule: refusals.escapes.id,
        range: range(info.node),
        reason: `calls of \`${info.name}\` are not all known`,
      });
      continue;
    }
    if (info.mutates.length === 0) continue;
    const failed = cannotReturn(lifter, info);
    if (failed === null) plan.returning.set(info.node.id, info.mutates);
    else {
      const kept = bindings.filter(binding => info.mutates.includes(binding.name));
      plan.numpyResults.add(info.node.id);
      plan.keep([...kept, ...argumentBindings(lifter, info)], {
        rule: refusals.shared.id,
        range: range(info.node),
        reason: failed,
      });
    }
  }
  if (only === undefined && !part) return;
  const asked = (node: SyntaxNode): boolean => isAsked(analysis, lifter.options, node);
  for (const scope of analysis.scopes) {
    if (only && scope.kind === 'function' && asked(scope.node)) continue;
    if (part && scope.kind !== 'module' && asked(scope.node)) continue;
    const bindings = [...scope.bindings.values()]
      .filter(({ kind }) => kind === 'variable' || kind === 'parameter')
      .filter(({ definitions, uses }) => !part || ![...definitions, ...uses].every(asked));
    plan.keep(bindings, { rule: refusals.level.id, range: range(scope.node), reason: ONLY_PART });
    const info = analysis.functionOf(scope.node);
    if (info) plan.numpyResults.add(info.node.id);
  }
}

const ONLY_PART = 'only a part of the program was asked for';

/** Where an argument (or the parameter) of a function that changes it stays NumPy, the change in place stays as it was. */
export function settleReturning(lifter: Lifter): void {
  const { analysis, plan } = lifter;
  for (const info of analysis.functions) {
    if (!plan.returning.has(info.node.id)) continue;
    const parameters = (info.node.child('parameters')?.items ?? [])
      .map(parameterName)
      .filter(name => info.mutates.includes(name.text))
      .flatMap(name => analysis.bindingOf(name) ?? []);
    const bindings = [...parameters, ...argumentBindings(lifter, info)];
    // The one function that was asked for may take an array that stays NumPy, and its call binds the result as one.
    const single = bindsOne(info.node, info.mutates);
    const kept = bindings
      .map(binding => plan.numpy.get(binding))
      .find(found => found !== undefined && !(single && found.reason === ONLY_PART));
    if (!kept) continue;
    plan.returning.delete(info.node.id);
    plan.numpyResults.add(info.node.id);
    plan.keep(bindings, kept);
  }
}

/** Functions that hand out memory which is changed in place, and stays NumPy for that, hand out the array itself. */
export function settleShared(lifter: Lifter): void {
  const { analysis, plan } = lifter;
  const changed = new Set(analysis.mutations.flatMap(({ storages }) => [...storages]));
  const reaches = (value: AbstractValue, set: ReadonlySet<number>): boolean =>
    [...storagesOf(value)].some(id => set.has(id));
  let holders: ReturnType<typeof holdersOf> | null = null;
  for (const info of analysis.functions) {
    if (plan.returning.has(info.node.id) || !reaches(info.returns, changed)) continue;
    const storages = storagesOf(info.returns);
    holders ??= holdersOf(lifter);
    const places = new Set([...storages].flatMap(id => holders?.byStorage.get(id) ?? []));
    const shared = [...places].sort((a, b) => a - b).flatMap(place => holders?.bindings[place] ?? []);
    const kept = shared.map(binding => plan.numpy.get(binding)).find(found => found !== undefined);
    if (!kept) continue;
    plan.numpyResults.add(info.node.id);
    plan.keep(shared, kept);
  }
}

/** Memory that is changed where no lifted name stands for it (an attribute, an element, a name that stays NumPy) is seen by all its names. */
export function settleChanged(lifter: Lifter): void {
  const { analysis, plan, options } = lifter;
  // One function alone: everything else stays NumPy anyway, and hands over copies.
  if (options.function !== undefined) return;
  let holders: ReturnType<typeof holdersOf> | null = null;
  for (const { node, target, storages, how } of analysis.mutations) {
    if (storages.size === 0 || how === 'append') continue;
    const binding = target.kind === 'identifier' ? analysis.bindingOf(target) : null;
    if (binding && !plan.numpy.has(binding) && numericOf(lifter.value(target))) continue;
    holders ??= holdersOf(lifter);
    const places = new Set([...storages].flatMap(id => holders?.byStorage.get(id) ?? []));
    const reason = `\`${target.text}\` is changed in place here and may share its memory`;
    const range = analysis.program.range(node);
    const kept = (binding && plan.numpy.get(binding)) ?? { rule: refusals.shared.id, range, reason };
    plan.keep(
      [...places].sort((a, b) => a - b).flatMap(place => holders?.bindings[place] ?? []),
      kept,
    );
  }
}

/** All bindings in their order, and for each storage the places of those that may hold it. */
function holdersOf(lifter: Lifter) {
  const bindings = lifter.analysis.scopes.flatMap(scope => [...scope.bindings.values()]);
  const byStorage = new Map<number, number[]>();
  bindings.forEach((binding, place) => {
    for (const id of new Set(binding.definitions.flatMap(node => [...storagesOf(lifter.value(node))]))) {
      const places = byStorage.get(id);
      if (places) places.push(place);
      else byStorage.set(id, [place]);
    }
  });
  return { bindings, byStorage };
}

/** NumPy functions that write into their first argument. */
const writing = new Set(
  [
    'random.shuffle',
    'copyto',
    'put',
    'place',
    'putmask',
    'fill_diagonal',
    'put_along_axis',
    'add.at',
    'subtract.at',
    'multiply.at',
  ]
    .map(name => `numpy.${name}`)
    .concat('builtins.setattr'),
);

/** They read and change names that the text does not show. */
const readingNames = new Set(['exec', 'eval', 'globals', 'locals', 'vars'].map(name => `builtins.${name}`));
function keepVisible(lifter: Lifter, call: SyntaxNode): void {
  const range = lifter.analysis.program.range(call);
  const reason = `\`${call.child('function')?.text ?? ''}\` may read and change every name`;
  for (let scope: Scope | null = lifter.analysis.scopeOf(call); scope; scope = scope.parent)
    lifter.plan.keep([...scope.bindings.values()], { rule: refusals.escapes.id, range, reason });
}

/** Arrays that are changed in ways which no store rule covers stay NumPy, with all who share their memory. */
function keepChanged(lifter: Lifter): void {
  const { analysis } = lifter;
  const keep = (target: SyntaxNode, at: SyntaxNode): void => {
    const name = rootName(target);
    const binding = name ? analysis.bindingOf(name) : null;
    const numeric = name ? numericOf(lifter.value(name)) : null;
    const held = name !== null && carrierOf(lifter.value(name)) === 'container';
    if (!name || !binding || !(numeric?.numpy || held)) return;
    const range = analysis.program.range(at);
    const reason = `\`${target.text}\` is changed in place here in a way that has no rule`;
    lifter.plan.keep([binding, ...analysis.aliasesOf(name).names], { rule: refusals.store.id, range, reason });
  };
  for (const { node, target, how } of analysis.mutations) {
    if ((how === 'method' && !changedInPlace(lifter, node)) || how === 'attribute') keep(target, node);
    if (
      how === 'out' &&
      !(
        node.kind === 'call' &&
        node.parent?.kind === 'expression_statement' &&
        target.kind === 'identifier' &&
        target.parent?.kind === 'keyword_argument'
      )
    )
      keep(target, node);
  }
  for (const node of analysis.program.nodes) {
    const called = node.kind === 'call' ? (analysis.resolve(node) ?? '') : '';
    if (writing.has(called) && !changedInPlace(lifter, node)) {
      const [first] = node.child('arguments')?.items ?? [];
      if (first) keep(first, node);
    }
    if (readingNames.has(called)) keepVisible(lifter, node);
    if (node.kind !== 'assignment' && node.kind !== 'augmented_assignment' && node.kind !== 'delete_statement')
      continue;
    const left = node.child('left') ?? node.items[0];
    for (const target of left?.kind.endsWith('_list') || left?.kind.endsWith('_pattern')
      ? left.items
      : left
        ? [left]
        : []) {
      const base =
        target.kind === 'subscript'
          ? target.child('value')
          : target.kind === 'attribute'
            ? target.child('object')
            : null;
      const element =
        base !== null &&
        node.kind === 'augmented_assignment' &&
        lifter.value(target).kind === 'array' &&
        carrierOf(lifter.value(base)) === 'container';
      if (base && (base.kind !== 'identifier' || target.kind === 'attribute' || element)) keep(base, node);
    }
  }
}
function rootName(node: SyntaxNode): SyntaxNode | null {
  let at: SyntaxNode | null = node;
  while (at && at.kind !== 'identifier') {
    at =
      at.kind === 'subscript'
        ? at.child('value')
        : at.kind === 'attribute'
          ? at.child('object')
          : at.kind === 'call'
            ? at.child('function')
            : null;
  }
  return at;
}

/** Every mention of a function is a call of it (or np.fromfunction calls it). */
function onlyCalled(lifter: Lifter, info: FunctionInfo): boolean {
  const { analysis } = lifter;
  const { node } = info;
  if (node.parent?.kind === 'decorated_definition' && info.decorators.length === 0) return false;
  if (node.parent?.kind === 'decorated_definition' && info.decorators.some(name => name !== 'tensorflow.function'))
    return false;
  const fromFunction = (found: SyntaxNode): boolean =>
    found.parent?.kind === 'argument_list' &&
    (analysis.resolve(found.parent.parent ?? found) === 'numpy.fromfunction' || isOnlyCalledThere(lifter, found));
  if (node.kind === 'lambda') {
    if (node.parent?.kind === 'argument_list' && analysis.resolve(node.parent.parent ?? node) === 'numpy.fromfunction')
      return true;
    const target = node.parent?.kind === 'assignment' ? node.parent.child('left') : null;
    if (target?.kind !== 'identifier') return node.parent?.kind === 'parenthesized_expression';
    const binding = analysis.bindingOf(target);
    return (
      binding !== null &&
      binding.definitions.length === 1 &&
      binding.uses.every(use => isCalled(use) || fromFunction(use))
    );
  }
  const name = node.child('name');
  const binding = name ? analysis.bindingOf(name) : null;
  if (!binding) return false;
  return binding.definitions.length === 1 && binding.uses.every(use => isCalled(use) || fromFunction(use));
}
/** Passed to a function of the file whose parameter is this function only, and is only called. */
function isOnlyCalledThere(lifter: Lifter, argument: SyntaxNode): boolean {
  const call = argument.parent?.parent;
  const callee = call?.kind === 'call' ? call.child('function') : null;
  const target = callee ? lifter.value(callee) : null;
  if (target?.kind !== 'function' || !call) return false;
  const position = call.child('arguments')?.items.indexOf(argument) ?? -1;
  const parameter = parametersOf(target)[position];
  const binding = parameter ? lifter.analysis.bindingOf(parameter) : null;
  if (!binding || binding.definitions.length !== 1) return false;
  return binding.uses.every(use => isCalled(use) && lifter.value(use).kind === 'function');
}
const isCalled = (use: SyntaxNode): boolean => use.parent?.kind === 'call' && use.field === 'function';

const callsOf = (lifter: Lifter, info: FunctionInfo): readonly SyntaxNode[] => {
  const name = info.node.child('name');
  const binding = name ? lifter.analysis.bindingOf(name) : null;
  return (binding?.uses ?? []).flatMap(use => (isCalled(use) && use.parent ? [use.parent] : []));
};

/** The argument expressions of a call for the changed parameters, in their order; null where one is missing. */
function changedArguments(lifter: Lifter, call: SyntaxNode, names: readonly string[]): readonly SyntaxNode[] | null {
  const callee = call.child('function');
  const target = callee ? lifter.value(callee) : null;
  if (target?.kind !== 'function') return null;
  const parameters = parametersOf(target).map(parameter => parameter.text);
  const items = call.child('arguments')?.items ?? [];
  const positional = items.filter(item => item.kind !== 'keyword_argument');
  if (items.some(item => item.kind.endsWith('_splat'))) return null;
  const found = names.map(name => {
    const keyword = items.find(item => item.kind === 'keyword_argument' && item.child('name')?.text === name);
    return keyword ? keyword.child('value') : positional[parameters.indexOf(name)];
  });
  return found.every(node => node !== null && node !== undefined) ? (found as SyntaxNode[]) : null;
}
function argumentBindings(lifter: Lifter, info: FunctionInfo): readonly Binding[] {
  return callsOf(lifter, info).flatMap(call =>
    (changedArguments(lifter, call, info.mutates) ?? []).flatMap(node => {
      const base = node.kind === 'identifier' ? node : [...node.walk()].find(found => found.kind === 'identifier');
      const binding = base ? lifter.analysis.bindingOf(base) : null;
      return base && binding ? [binding, ...lifter.analysis.aliasesOf(base).names] : [];
    }),
  );
}

function cannotReturn(lifter: Lifter, info: FunctionInfo): string | null {
  const { analysis } = lifter;
  if (levelOrder.indexOf(lifter.options.level) < levelOrder.indexOf(transforms.returnsArgument.level))
    return `\`${info.name}\` changes its arguments: returning them is a change to review`;
  if (info.node.kind === 'lambda' || [...info.node.walk()].some(node => node.kind === 'yield'))
    return `\`${info.name}\` changes its arguments and is not an ordinary function`;
  const { source } = analysis.program;
  const body = info.node.child('body');
  if (body && source.lineAt(body.start) === source.lineAt(info.node.start))
    return `\`${info.name}\` changes its arguments and stands on one line: there is no place for what it returns`;
  for (const parameter of (info.node.child('parameters')?.items ?? []).map(parameterName)) {
    const binding = info.mutates.includes(parameter.text) ? analysis.bindingOf(parameter) : null;
    if (!binding) continue;
    const rebound = binding.definitions.some(
      node => node !== parameter && node.parent?.kind !== 'augmented_assignment',
    );
    const dropped = binding.uses.some(use => use.parent?.kind === 'delete_statement');
    if (rebound || dropped)
      return `\`${info.name}\` changes \`${parameter.text}\` in place and also binds it to something else`;
  }
  for (const call of callsOf(lifter, info)) {
    const alone = call.parent?.kind === 'expression_statement';
    const assigned =
      call.parent?.kind === 'assignment' &&
      call.parent.parent?.kind === 'expression_statement' &&
      call.parent.child('left')?.kind === 'identifier';
    if (!alone && !assigned)
      return `\`${info.name}\` changes its arguments, and a call of it stands inside an expression`;
    const args = changedArguments(lifter, call, info.mutates);
    if (
      !args ||
      args.some(node => node.kind !== 'identifier') ||
      new Set(args.map(node => node.text)).size !== args.length
    )
      return `\`${info.name}\` changes its arguments, and a call passes something else than a name`;
    for (const node of args) {
      const aliases = analysis.aliasesOf(node);
      const binding = analysis.bindingOf(node);
      const others = aliases.names.filter(
        other =>
          other !== binding &&
          (isSeen(lifter, node, other, call) || other.scope.node === info.node) &&
          !(other.scope.node === info.node && info.mutates.includes(other.name)),
      );
      if (others.length > 0 || aliases.escapes || isLoopedOver(lifter, node, call))
        return `\`${node.text}\` is changed by \`${info.name}\` and may be seen under another name`;
    }
  }
  return null;
}

/** `f(x)` → `x = f(x)`, `y = f(x)` → `y, x = f(x)`; null for calls of other functions. */
export function returningCall(lifter: Lifter, call: SyntaxNode, target: SyntaxNode | null): string | null {
  const callee = call.child('function');
  const value = callee ? lifter.value(callee) : null;
  if (value?.kind !== 'function') return null;
  const names = lifter.plan.returning.get(value.node.id);
  if (!names) return null;
  const args = changedArguments(lifter, call, names) ?? [];
  const [only] = args;
  const numpy = only && lifter.isKept(lifter.analysis.bindingOf(only));
  const { text: made } = lifter.expr(call, 'any');
  const text = numpy ? `${made}.numpy()` : made;
  if (only && returnsItself(value.node, names)) {
    lifter.note(transforms.returnsArgument.id, 'review', RETURNS_NOTE, call);
    const bindings = [...new Set([...(target ? [target.text] : []), only.text])];
    return `${bindings.join(' = ')} = ${text}`;
  }
  const own = returnsValue(value.node);
  const first = own ? [target?.text ?? '_'] : [];
  lifter.note(transforms.returnsArgument.id, 'review', RETURNS_NOTE, call);
  // The name on the left holds what the call gives, also where it was the changed argument.
  const changed = args.map(node => (own && node.text === target?.text ? '_' : node.text));
  const bound = `${[...first, ...changed].join(', ')} = ${text}`;
  return own || !target ? bound : `${bound}; ${target.text} = None`;
}

/** A call of the function has one value after the change: the one parameter that it changes. */
const bindsOne = (fn: SyntaxNode, names: readonly string[]): boolean =>
  names.length === 1 && (returnsItself(fn, names) || !returnsValue(fn));

/** Every way out of the function returns the one parameter that it changes: nothing has to be added. */
export function returnsItself(fn: SyntaxNode, names: readonly string[]): boolean {
  const [name, more] = names;
  if (name === undefined || more !== undefined || fn.child('body')?.items.at(-1)?.kind !== 'return_statement')
    return false;
  return returnsOf(fn).every(node => node.items[0]?.kind === 'identifier' && node.items[0].text === name);
}
const RETURNS_NOTE = 'the function returns what it changed: callers in other files must bind the result';

const returnsValue = (fn: SyntaxNode): boolean =>
  returnsOf(fn).some(node => node.items.length > 0 && node.items[0]?.kind !== 'none');
function returnsOf(fn: SyntaxNode): readonly SyntaxNode[] {
  return [...fn.walk()].filter(
    node => node.kind === 'return_statement' && node.above('function_definition', 'lambda') === fn,
  );
}

/** The edits that make a function return what it changed: at every return, and at its end. */
export function returnText(lifter: Lifter, fn: SyntaxNode, body: SyntaxNode): readonly Edit[] {
  const names = lifter.plan.returning.get(fn.id);
  if (!names) return [];
  const { source } = lifter.analysis.program;
  const parameters = (fn.child('parameters')?.items ?? []).map(parameterName);
  const variables = names.filter(name => {
    const parameter = parameters.find(found => found.text === name);
    const binding = parameter ? lifter.analysis.bindingOf(parameter) : null;
    return binding !== null && lifter.plan.variables.has(binding);
  });
  const shown = names.map(name => (variables.includes(name) ? `${lifter.tf}.identity(${name})` : name));
  const list = shown.join(', ');
  lifter.note(transforms.returnsArgument.id, 'review', RETURNS_NOTE, fn);
  const statements = body.items;
  const [first] = statements;
  const last = statements.at(-1);
  if (!first || !last) return [];
  const indent = /^[ \t]*/.exec(source.lineText(source.lineAt(first.start)))?.[0] ?? '';
  const edits: Edit[] = variables.map(name => ({
    start: first.start,
    end: first.start,
    newText: `${name} = ${lifter.tf}.Variable(${name})${source.lineBreak}${indent}`,
  }));
  if (returnsItself(fn, names)) {
    const values = variables.length > 0 ? returnsOf(fn).flatMap(node => node.items[0] ?? []) : [];
    return [...edits, ...values.map(value => ({ start: value.start, end: value.end, newText: list }))];
  }
  const own = returnsValue(fn);
  for (const node of returnsOf(fn)) {
    const [value] = node.items;
    if (!value) edits.push({ start: node.end, end: node.end, newText: ` ${own ? `None, ${list}` : list}` });
    else if (!own) edits.push({ start: value.start, end: value.end, newText: list });
    else {
      const wrap = value.kind === 'expression_list';
      if (wrap) edits.push({ start: value.start, end: value.start, newText: '(' });
      edits.push({ start: value.end, end: value.end, newText: `${wrap ? ')' : ''}, ${list}` });
    }
  }
  if (last.kind !== 'return_statement' && last.kind !== 'raise_statement') {
    const end = source.lineEnd(source.lineAt(last.end));
    edits.push({ start: end, end, newText: `${source.lineBreak}${indent}return ${own ? `None, ${list}` : list}` });
  }
  return edits;
}
