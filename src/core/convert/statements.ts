// Walks the statements of a program and gathers the edits. Each expression is rewritten where it stands; a statement whose own
// form changes (a store, an assignment to a variable) is replaced as a whole. Statements with syntax errors are left alone.
import type { AbstractValue } from '../infer/types.ts';
import { refusals, transforms } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { unwrap } from '../syntax/index.ts';
import { iterated } from './displays.ts';
import { convertFilledLoop } from './stores/filled-loop.ts';
import { convertStore } from './stores/index.ts';
import { methodStore } from './stores/method.ts';
import { convertSwap } from './stores/swap.ts';
import { isReturned, keepNumpy, requireAlone } from './stores/alone.ts';
import { returningCall, returnText } from './functions.ts';
import { shorten } from './lifter.ts';
import type { Lifter } from './lifter.ts';
import { Replan } from './plan.ts';
import { augmentedName, isMutated, mixedDType, outStore } from './names.ts';
import { CAUGHT } from './caught.ts';
import { breaksOutside, commentsIn, isAtom, Refused } from './term.ts';
import { carrierOf, isMixed, numericOf, optionsOf, weakOf } from './values.ts';

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export class Walker {
  readonly lifter: Lifter;
  readonly edits: Edit[] = [];
  /** Text that goes in front of a statement, for comments that stood inside it. */
  constructor(lifter: Lifter) {
    this.lifter = lifter;
  }

  block(node: SyntaxNode): void {
    const statements = node.items;
    for (let i = 0; i < statements.length; i++) {
      const statement = statements[i];
      if (!statement) continue;
      const next = statements[i + 1];
      if (next?.kind === 'for_statement' && !hasError(statement) && !hasError(next)) {
        const edits = convertFilledLoop(this.lifter, statement, next, inner => this.nested(inner));
        if (edits) {
          this.edits.push(...edits);
          i++;
          continue;
        }
      }
      try {
        this.statement(statement);
      } catch (error) {
        // The plan changed: the rest is walked all the same, so that one pass finds all that has to change.
        if (!(error instanceof Replan)) throw error;
        this.lifter.replanned = true;
      }
    }
  }
  /** The edits inside a block, for strategies that place edits of their own beside them. */
  private nested(node: SyntaxNode): readonly Edit[] {
    const walker = new Walker(this.lifter);
    walker.block(node);
    return walker.edits;
  }

  private statement(node: SyntaxNode): void {
    const mark = this.edits.length;
    try {
      this.convertStatement(node);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.edits.length = mark;
      this.leave(node, error);
    }
  }

  /** A statement without a form at all: its names stay NumPy, so that its text stays right. */
  private leave(node: SyntaxNode, refused: Refused): void {
    const { lifter } = this;
    const range = lifter.analysis.program.range(refused.node);
    const bindings = [...node.walk()].flatMap(found => {
      const binding =
        found.kind === 'identifier' && found.field !== 'attribute' ? lifter.analysis.bindingOf(found) : null;
      const holds = ['array', 'container'].includes(carrierOf(lifter.value(found)));
      return binding && holds && !lifter.isKept(binding) ? [binding] : [];
    });
    if (bindings.length > 0) {
      lifter.plan.keep(bindings, { rule: refusals[refused.reason].id, range, reason: refused.message });
      throw new Replan();
    }
    lifter.block(refused.reason, refused.node, refused.message);
  }

  private convertStatement(node: SyntaxNode): void {
    if (node.kind === 'ERROR' || node.missing) return;
    const decided = this.lifter.overrides.get(node.id);
    if (decided !== undefined) return this.replace(node, decided);
    switch (node.kind) {
      case 'function_definition':
        return this.definition(node);
      case 'decorated_definition': {
        const inner = node.child('definition');
        if (inner) this.statement(inner);
        return;
      }
      case 'class_definition':
        return this.keptBody(node);
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
      case 'global_statement':
      case 'nonlocal_statement':
      case 'pass_statement':
      case 'break_statement':
      case 'continue_statement':
      case 'comment':
        return;
      default:
        break;
    }
    const body = node.items.some(
      child => child.kind === 'block' || child.kind.endsWith('_clause') || child.kind === 'case_block',
    );
    const [deep] = node.items.flatMap(child =>
      child.kind === 'block' || child.kind.endsWith('_clause') ? [] : (tooDeep(child) ?? []),
    );
    if (deep) throw new Refused('unknown', deep, 'the expression is nested too deeply to be read');
    if (!body && hasError(node)) {
      this.lifter.block('syntax', node, 'the statement is not valid Python');
      return;
    }
    switch (node.kind) {
      case 'expression_statement':
        return this.expressionStatement(node);
      case 'return_statement':
        return this.returned(node);
      case 'for_statement': {
        const right = node.child('right');
        if (right && !hasError(right)) {
          const result = this.lifter.attempt(() => iterated(this.lifter, right, node.child('left')));
          if (result instanceof Refused) this.keepTargets(node.child('left'), result);
          else this.replace(right, result);
        }
        for (const child of node.items) if (child.field === 'body' || child.field === 'alternative') this.clause(child);
        return;
      }
      case 'delete_statement':
        return this.deleted(node);
      default:
        for (const child of node.items) this.clause(child);
    }
  }

  private clause(node: SyntaxNode): void {
    if (node.kind === 'block') return this.block(node);
    if (node.kind.endsWith('_clause') || ['case_block', 'with_item', 'as_pattern'].includes(node.kind)) {
      for (const child of node.items) this.clause(child);
      return;
    }
    if (node.kind === 'as_pattern_target' || node.kind.endsWith('_pattern') || hasError(node)) return;
    const opaque = carrierOf(this.lifter.value(node)) === 'opaque';
    this.replace(node, this.lifter.expr(node, opaque ? 'numpy' : 'any').text);
  }

  /** Classes stay NumPy: their arrays can be reached from anywhere. */
  private keptBody(node: SyntaxNode): void {
    const body = node.child('body');
    for (const child of body?.walk() ?? []) {
      if (child.kind === 'call' && (this.lifter.analysis.resolve(child) ?? '').startsWith('numpy.')) {
        this.lifter.block('object', child, 'arrays in objects stay NumPy: their memory is not followed');
      }
    }
  }

  private definition(node: SyntaxNode): void {
    const parameters = node.child('parameters');
    for (const parameter of parameters?.items ?? []) {
      const value = parameter.child('value');
      const name = parameter.child('name') ?? parameter.first('identifier');
      const type = parameter.child('type');
      const numeric = name ? numericOf(this.lifter.value(name)) : null;
      const lifted =
        name !== null && (numeric?.dtype ?? null) !== null && !this.lifter.isKept(this.lifter.analysis.bindingOf(name));
      if (type && lifted) this.annotation(type);
      if (!value || value.kind === 'none') continue;
      const term = lifted
        ? this.lifter.tensor(value, this.lifter.mapped(numeric?.dtype ?? null))
        : this.lifter.expr(value, 'stay');
      this.replace(value, term.text);
    }
    const result = node.child('return_type');
    const info = this.lifter.analysis.functionOf(node);
    if (result && info && carrierOf(info.returns) === 'array' && !this.lifter.plan.numpyResults.has(node.id))
      this.annotation(result);
    const body = node.child('body');
    if (!body) return;
    this.block(body);
    this.edits.push(...returnText(this.lifter, node, body));
  }
  private annotation(node: SyntaxNode): void {
    const attribute = node.items.find(item => this.lifter.analysis.resolve(item) === 'numpy.ndarray') ?? null;
    if (!attribute) return;
    this.lifter.note('TL167', 'safe', null, node);
    this.replace(attribute, `${this.lifter.tf}.Tensor`);
  }

  private expressionStatement(node: SyntaxNode): void {
    const [inner] = node.items;
    if (!inner) return;
    if (inner.kind === 'assignment') return this.assignment(node, inner);
    if (inner.kind === 'augmented_assignment') return this.augmented(node, inner);
    if (inner.kind === 'call') {
      const out = outStore(this.lifter, inner) ?? methodStore(this.lifter, inner);
      if (out !== null) return this.replace(inner, out);
      const bound = returningCall(this.lifter, inner, null);
      if (bound !== null) return this.replace(inner, bound);
    }
    if (inner.kind === 'string') return;
    this.replace(inner, this.lifter.expr(inner, 'any').text);
  }

  private returned(node: SyntaxNode): void {
    const [value] = node.items;
    const definition = node.above('function_definition', 'lambda');
    if (!value || !definition) return;
    const text = this.lifter.attempt(() => this.returnedText(value, definition));
    if (text instanceof Refused) {
      // The function returns arrays, then.
      if (this.lifter.plan.numpyResults.has(definition.id)) throw text;
      this.lifter.plan.numpyResults.add(definition.id);
      throw new Replan();
    }
    this.replace(value, text);
  }
  private returnedText(value: SyntaxNode, definition: SyntaxNode): string {
    const info = this.lifter.analysis.functionOf(definition);
    const numpy = this.lifter.plan.numpyResults.has(definition.id);
    const returns: AbstractValue | null = info?.returns ?? null;
    const dtype = returns ? this.lifter.mapped(numericOf(returns)?.dtype ?? null) : null;
    const own = this.lifter.value(value);
    const carrier = carrierOf(own);
    if (numpy) return this.lifter.expr(value, this.handsOut(value) ? 'stay' : 'numpy').text;
    if (returns && isMixed(returns))
      throw new Refused('unknown', value, 'the function returns a Python number at times, and an array at others');
    if (weakOf(own) && returns && numericOf(returns) && dtype) return this.lifter.tensor(value, dtype).text;
    if (carrier === 'opaque') return this.lifter.expr(value, 'numpy').text;
    return this.snapshot(
      value,
      this.lifter.expr(value, carrier === 'array' || carrier === 'container' ? 'tensor' : 'any').text,
    );
  }
  /** Whether a value shares memory with a name that stays NumPy: no copy of it may be returned. */
  private handsOut(value: SyntaxNode): boolean {
    const { names } = this.lifter.analysis.aliasesOf(value);
    const inner = unwrap(value);
    return (inner.kind === 'identifier' && this.isKeptTarget(inner)) || names.some(name => this.lifter.isKept(name));
  }
  /** A variable leaves its name as a copy of its value. */
  private snapshot(node: SyntaxNode, text: string): string {
    const inner = unwrap(node);
    const binding = inner.kind === 'identifier' ? this.lifter.analysis.bindingOf(inner) : null;
    const leaves = binding && this.lifter.plan.variables.has(binding) && !isReturned(this.lifter, binding);
    return leaves ? `${this.lifter.tf}.identity(${text})` : text;
  }

  private deleted(node: SyntaxNode): void {
    for (const target of node.items) {
      for (const subscript of target.kind === 'subscript' ? target.all('subscript') : []) {
        this.replace(subscript, this.lifter.expr(subscript, 'numpy').text);
      }
    }
  }

  private assignment(statement: SyntaxNode, node: SyntaxNode): void {
    const targets: SyntaxNode[] = [];
    let at = node;
    for (;;) {
      const left = at.child('left');
      if (left) targets.push(left);
      const right = at.child('right');
      if (right?.kind !== 'assignment') break;
      at = right;
    }
    const right = at.child('right');
    const [target] = targets;
    if (!right || !target) return;
    const type = node.child('type');
    if (targets.length === 1) {
      if (target.kind === 'subscript' && this.storesIntoArray(target))
        return this.replace(statement, convertStore(this.lifter, statement, target, right, ''));
      if (right.kind === 'call') {
        const bound = returningCall(this.lifter, right, target);
        if (bound !== null) return this.replace(statement, bound);
      }
      if (target.kind === 'pattern_list') {
        const values = right.kind === 'expression_list' || right.kind === 'tuple' ? right.items : [];
        const swapped = convertSwap(this.lifter, statement, target.items, values);
        if (swapped !== null) return this.replace(statement, swapped);
      }
    } else if (['integer', 'float', 'true', 'false', 'identifier'].includes(right.kind)) {
      const values = targets.map(() => right);
      const stored = convertSwap(this.lifter, statement, targets, values);
      if (stored !== null) return this.replace(statement, stored);
    }
    const chained = targets.find(found => found.kind === 'subscript' && this.mayStoreIntoArray(found))?.child('value');
    if (chained) keepNumpy(this.lifter, chained, 'store', 'several stores in one assignment', statement);
    if (
      type &&
      target.kind === 'identifier' &&
      carrierOf(this.lifter.value(right)) === 'array' &&
      !this.isKeptTarget(target)
    )
      this.annotation(type);
    for (const found of targets) if (found.kind === 'subscript') this.indexOf(found);
    this.replace(right, this.assigned(targets, right, statement));
  }

  /** Whether a subscript target writes into an array that is lifted. */
  private storesIntoArray(target: SyntaxNode): boolean {
    const base = target.child('value');
    if (base?.kind !== 'identifier') return false;
    const numeric = numericOf(this.lifter.value(base));
    return (
      numeric !== null && numeric.numpy && !this.isKeptTarget(base) && carrierOf(this.lifter.value(base)) === 'array'
    );
  }
  /** The same, also where the analysis does not say what the target is. */
  private mayStoreIntoArray(target: SyntaxNode): boolean {
    const base = target.child('value');
    const binding = base?.kind === 'identifier' ? this.lifter.analysis.bindingOf(base) : null;
    if (!binding || this.lifter.isKept(binding)) return false;
    return binding.definitions.some(found => {
      const numeric = numericOf(this.lifter.value(found));
      return numeric !== null && numeric.numpy;
    });
  }
  private isKeptTarget(name: SyntaxNode): boolean {
    return this.lifter.isKept(this.lifter.analysis.bindingOf(name));
  }
  private indexOf(target: SyntaxNode): void {
    for (const subscript of target.all('subscript')) this.replace(subscript, this.lifter.expr(subscript, 'numpy').text);
    const base = target.child('value');
    if (base && base.kind !== 'identifier') this.replace(base, this.lifter.expr(base, 'stay').text);
  }

  /** The right side of an assignment, in the form that the targets hold. */
  private assigned(targets: readonly SyntaxNode[], right: SyntaxNode, statement: SyntaxNode): string {
    const { lifter } = this;
    const names = targets.flatMap(target =>
      target.kind === 'subscript' || target.kind === 'attribute'
        ? []
        : [...target.walk()].filter(found => found.kind === 'identifier'),
    );
    const stored = targets[0]?.kind.endsWith('_list')
      ? targets[0].items.find(item => item.kind === 'subscript' && this.mayStoreIntoArray(item))?.child('value')
      : null;
    if (stored) keepNumpy(lifter, stored, 'store', 'several stores in one assignment', statement);
    const kept = names.filter(name => this.isKeptTarget(name));
    const stays = targets.some(target => this.holdsNumpy(target));
    const value = lifter.value(right);
    const carrier = carrierOf(value);
    if (kept.length > 0 || stays) {
      const loose = names.filter(
        name => !this.isKeptTarget(name) && ['array', 'container'].includes(carrierOf(lifter.value(name))),
      );
      const [first] = loose;
      if (first && targets.length > 1)
        keepNumpy(
          lifter,
          first,
          'shared',
          `\`${first.text}\` shares its array with a name that stays NumPy`,
          statement,
        );
      if (first && kept.length > 0) {
        if (targets[0] && isPairwise(targets[0], right)) return this.pairwise(targets[0], right);
        keepNumpy(
          lifter,
          first,
          'shared',
          `\`${first.text}\` is assigned together with a name that stays NumPy`,
          statement,
        );
      }
      return this.numpyText(right, names);
    }
    const [target] = targets;
    if (target && ['pattern_list', 'tuple_pattern', 'list_pattern'].includes(target.kind)) {
      if (carrier === 'opaque') {
        if (isPairwise(target, right)) return this.pairwise(target, right);
        const lifted = names.find(name => ['array', 'container'].includes(carrierOf(lifter.value(name))));
        if (lifted)
          keepNumpy(lifter, lifted, 'unknown', `not all that \`${shorten(right.text)}\` gives is known`, statement);
      }
      return lifter.expr(right, carrier === 'opaque' ? 'numpy' : carrier === 'python' ? 'any' : 'tensor').text;
    }
    if (carrier === 'opaque') {
      // What stays NumPy here may be known further down, behind a check: it is NumPy there, too.
      const known = names.find(name =>
        lifter.analysis
          .bindingOf(name)
          ?.uses.some(use => ['array', 'container'].includes(carrierOf(lifter.value(use)))),
      );
      if (known && !this.isKeptTarget(known))
        keepNumpy(lifter, known, 'unknown', `not all that \`${shorten(right.text)}\` gives is known`, statement);
      return lifter.expr(right, 'numpy').text;
    }
    if (weakOf(value) && target?.kind === 'identifier') {
      const dtype = mixedDType(lifter, target, weakOf(value));
      if (dtype) return lifter.tensor(right, dtype).text;
    }
    if (carrier === 'python') return lifter.expr(right, 'any').text;
    const text = lifter.expr(right, 'tensor').text;
    const binding = target?.kind === 'identifier' ? lifter.analysis.bindingOf(target) : null;
    if (binding && lifter.plan.variables.has(binding)) return `${lifter.tf}.Variable(${text})`;
    return this.snapshot(right, text);
  }
  /** Attributes and elements of dicts and kept lists hold ndarrays. */
  private holdsNumpy(target: SyntaxNode): boolean {
    if (target.kind === 'attribute') return true;
    if (target.kind !== 'subscript') return false;
    const base = target.child('value');
    return !(
      base?.kind === 'identifier' &&
      carrierOf(this.lifter.value(base)) === 'container' &&
      !this.isKeptTarget(base)
    );
  }
  private numpyText(right: SyntaxNode, names: readonly SyntaxNode[]): string {
    const { lifter } = this;
    const term = lifter.expr(right, names.length > 0 ? 'stay' : 'numpy');
    const written = names.some(name => isMutated(lifter, name));
    return written && term.text.endsWith('.numpy()') && isAtom(term.text) ? `np.array(${term.text})` : term.text;
  }
  private pairwise(target: SyntaxNode, right: SyntaxNode): string {
    const values = right.items;
    return this.lifter.splice(
      right,
      target.items.flatMap((item, i) => {
        const value = values[i];
        if (!value) return [];
        const kept = item.kind === 'identifier' ? this.isKeptTarget(item) : true;
        const opaque = carrierOf(this.lifter.value(value)) === 'opaque';
        return [[value, this.lifter.expr(value, kept ? 'stay' : opaque ? 'numpy' : 'tensor').text] as const];
      }),
    );
  }

  private augmented(statement: SyntaxNode, node: SyntaxNode): void {
    const left = node.child('left');
    const right = node.child('right');
    const operator = (node.child('operator')?.text ?? '').replace(/=$/, '');
    if (!left || !right) return;
    if (left.kind === 'subscript') {
      if (this.storesIntoArray(left))
        return this.replace(statement, convertStore(this.lifter, statement, left, right, operator));
      this.indexOf(left);
      return this.replace(right, this.lifter.expr(right, this.holdsNumpy(left) ? 'numpy' : 'any').text);
    }
    if (left.kind !== 'identifier') return this.replace(right, this.lifter.expr(right, 'numpy').text);
    if (this.isKeptTarget(left)) return this.replace(right, this.lifter.expr(right, 'stay').text);
    // What it was: the name holds the result from here on.
    const value = this.lifter.value(node);
    const carrier = carrierOf(value);
    const binding = this.lifter.analysis.bindingOf(left);
    if (binding && carrierOf(this.lifter.value(left)) === 'opaque') this.lifter.checkOpaque(binding, left);
    if (carrier === 'opaque') return this.replace(right, this.lifter.expr(right, 'numpy').text);
    if (carrier === 'python' && optionsOf(value).every(option => weakOf(option)) && numericOf(this.lifter.value(right)))
      return this.numberPlusArray(statement, left, right, operator);
    if (carrier === 'container' || !numericOf(value)) {
      const own = carrierOf(this.lifter.value(right));
      return this.replace(
        right,
        this.lifter.expr(right, own === 'array' || own === 'container' ? 'tensor' : own === 'opaque' ? 'numpy' : 'any')
          .text,
      );
    }
    if (value.kind === 'array' && this.lifter.isCaught(statement))
      return keepNumpy(this.lifter, left, 'argument', CAUGHT, statement);
    if (value.kind === 'array') requireAlone(this.lifter, left, statement);
    const result = this.lifter.attempt(() => augmentedName(this.lifter, left, right, operator));
    if (result instanceof Refused) return keepNumpy(this.lifter, left, result.reason, result.message, statement);
    if (value.kind === 'array') this.lifter.note(transforms.augmented.id, 'safe', null, statement);
    if (result.whole) this.replace(statement, result.text);
    else this.replace(right, result.text);
  }

  /** `n += x` for a Python number n: from here on it is an array or NumPy scalar. */
  private numberPlusArray(statement: SyntaxNode, left: SyntaxNode, right: SyntaxNode, operator: string): void {
    const numeric = numericOf(this.lifter.value(left));
    const dtype = this.lifter.mapped(numeric?.dtype ?? null);
    if (!dtype || dtype === 'bool' || !['+', '-', '*'].includes(operator))
      throw new Refused('store', right, `\`${operator}=\` of a Python number and an array`);
    const term = this.lifter.tensor(right, dtype);
    const binding = this.lifter.analysis.bindingOf(left);
    if (!binding || !this.lifter.plan.variables.has(binding)) return this.replace(right, term.text);
    const loose = term.form === 'atom' ? term.text : `(${term.text})`;
    this.replace(statement, `${left.text} = ${this.lifter.tf}.Variable(${left.text} ${operator} ${loose})`);
  }

  private keepTargets(left: SyntaxNode | null, refused: Refused): never {
    const name = left ? [...left.walk()].find(found => found.kind === 'identifier') : undefined;
    if (!name) throw refused;
    return keepNumpy(this.lifter, name, refused.reason, refused.message, refused.node);
  }

  /** Replaces a node's text; comments that would be lost move to the line above, open line breaks get parentheses. */
  replace(node: SyntaxNode, newText: string): void {
    if (newText === node.text) return;
    const lost = commentsIn(node).filter(comment => !newText.includes(comment));
    const text = breaksOutside(newText) && !breaksOutside(node.text) ? `(${newText})` : newText;
    if (lost.length > 0) {
      const { source } = this.lifter.analysis.program;
      let statement = node;
      while (statement.parent && !['block', 'module'].includes(statement.parent.kind)) statement = statement.parent;
      const indent = /^[ \t]*/.exec(source.lineText(source.lineAt(statement.start)))?.[0] ?? '';
      const lines = lost.map(comment => comment + source.lineBreak + indent).join('');
      this.edits.push({ start: statement.start, end: statement.start, newText: lines });
    }
    this.edits.push({ start: node.start, end: node.end, newText: text });
  }
}

const maxDepth = 400;
/** Where an expression goes deeper than recursion over it may; null for all others. */
function tooDeep(node: SyntaxNode): SyntaxNode | null {
  if (node.end - node.start < 2 * maxDepth) return null;
  const stack: (readonly [SyntaxNode, number])[] = [[node, 0]];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const [found, depth] = at;
    if (depth > maxDepth) return node;
    for (const child of found.children) if (child.named && child.kind !== 'block') stack.push([child, depth + 1]);
  }
  return null;
}

/** One value for each target. */
const isPairwise = (target: SyntaxNode, right: SyntaxNode): boolean =>
  (right.kind === 'expression_list' || right.kind === 'tuple') &&
  right.items.length === target.items.length &&
  ![...target.items, ...right.items].some(item => item.kind.startsWith('list_splat'));

export function hasError(node: SyntaxNode): boolean {
  for (const found of node.walk()) if (found.kind === 'ERROR' || found.missing) return true;
  return false;
}
