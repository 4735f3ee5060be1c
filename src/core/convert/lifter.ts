// The heart of the conversion: an expression of NumPy becomes an expression of TensorFlow, bottom-up, whole or not at all.
// What has no form stays as it is, with tensors handed over by `.numpy()` and its result taken back by `tf.convert_to_tensor`.
import type { DType } from '../../shared/dtypes.ts';
import type { Level } from '../../shared/findings.ts';
import type { AbstractValue, Analysis, Binding } from '../infer/types.ts';
import { refusals } from '../rules/index.ts';
import type { RefusalName } from '../rules/index.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { unwrap } from '../syntax/index.ts';
import { convertAttribute, convertCall } from './calls.ts';
import { convertDisplay, convertString, displayToTensor } from './displays.ts';
import { convertOperator } from './operators.ts';
import { Replan } from './plan.ts';
import type { Plan } from './plan.ts';
import { convertBuiltin, convertFunctionCall, parametersOf } from './python-calls.ts';
import { keepNumpy } from './stores/alone.ts';
import { convertSubscript } from './subscripts.ts';
import { calledInTry, CAUGHT, isCaught } from './caught.ts';
import { checkCast, checkRange, holds } from './ranges.ts';
import { bare, isAtom, Refused } from './term.ts';
import type { BlockedAt, Term, Want } from './term.ts';
import { arrayDType, carrierOf, isArray, isMixed, isPlain, numericOf, weakOf } from './values.ts';

export interface Options {
  readonly dtypes: 'faithful' | 'float32';
  readonly level: Level;
  readonly function?: string | undefined;
  /** Only these lines, the last one left out: a cell. What other lines read of them stays what it was. */
  readonly part?: { readonly first: number; readonly end: number };
}

/** Whether a node is in the part that was asked for. */
export function isAsked(analysis: Analysis, { function: only, part }: Options, node: SyntaxNode): boolean {
  if (part) {
    const { line } = analysis.program.range(node).start;
    return part.first <= line && line < part.end;
  }
  return !only || analysis.functions.some(info => info.name === only && info.node.contains(node));
}

export const levelOrder: readonly Level[] = ['safe', 'review', 'unsafe'];

export interface Used {
  readonly rule: string;
  readonly level: Level;
  readonly note: string | null;
  readonly node: SyntaxNode;
}
export type Replacement = readonly [SyntaxNode, string];

export class Lifter {
  readonly analysis: Analysis;
  readonly options: Options;
  readonly plan: Plan;
  readonly used: Used[] = [];
  readonly blocked: BlockedAt[] = [];
  readonly imports = new Set<string>();
  /** Statements (node ids) whose text a strategy has already decided. */
  readonly overrides = new Map<number, string>();
  /** Expressions are converted one by one, with a boundary on both sides. */
  alone = false;
  /** The plan changed during the walk: what came out is thrown away. */
  replanned = false;
  /** Session.run calls (node ids) → what is called instead. */
  readonly fetches = new Map<number, () => string>();
  /** How NumPy and TensorFlow are called in the file. */
  readonly tf: string;

  constructor(analysis: Analysis, options: Options, plan: Plan, tf: string) {
    this.analysis = analysis;
    this.options = options;
    this.plan = plan;
    this.tf = tf;
  }

  // ── What is known ──
  value(node: SyntaxNode): AbstractValue {
    return this.analysis.alternativesOf(node);
  }
  /** The dtype that NumPy's dtype has in the converted program. */
  mapped(dtype: DType | null): DType | null {
    return dtype === 'float64' && this.options.dtypes === 'float32' ? 'float32' : dtype;
  }
  isKept(binding: Binding | null): boolean {
    return binding !== null && this.plan.numpy.has(binding);
  }

  // ── Attempts: what an abandoned attempt noted is forgotten ──
  attempt<T>(action: () => T): T | Refused {
    const marks = [this.used.length, this.blocked.length] as const;
    const imports = new Set(this.imports);
    try {
      return action();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.used.length = marks[0];
      this.blocked.length = marks[1];
      this.imports.clear();
      for (const name of imports) this.imports.add(name);
      return error;
    }
  }
  note(rule: string, level: Level, note: string | null, node: SyntaxNode): void {
    const caught = level === 'safe' && rule !== 'TL199' && calledInTry(this.analysis, node);
    this.used.push(caught ? { rule, level: 'review', note: CAUGHT, node } : { rule, level, note, node });
    if (rule !== 'TL199') this.imports.add('tf');
  }
  block(reason: RefusalName, node: SyntaxNode, message: string): void {
    const range = this.analysis.program.range(node);
    const { id } = refusals[reason];
    if (!this.blocked.some(found => found.node === node)) this.blocked.push({ rule: id, range, reason: message, node });
  }
  allowed(level: Level): boolean {
    return levelOrder.indexOf(level) <= levelOrder.indexOf(this.options.level);
  }

  // ── Expressions ──
  expr(node: SyntaxNode, want: Want): Term {
    return this.coerce(this.translate(node, want), node, want);
  }

  /** The text of a node with some of its descendants replaced. */
  splice(node: SyntaxNode, replacements: readonly Replacement[]): string {
    let out = '';
    let at = node.start;
    const { text } = this.analysis.program.source;
    for (const [child, newText] of [...replacements].sort((a, b) => a[0].start - b[0].start)) {
      out += text.slice(at, child.start) + newText;
      at = child.end;
    }
    return out + text.slice(at, node.end);
  }

  /** The node with its expressions below in the wanted form; the NumPy (or Python) text otherwise. */
  rebuild(node: SyntaxNode, want: Want): Term {
    if (node.kind === 'for_in_clause') this.keepLoopNames(node);
    const replacements = node.items.flatMap((child): Replacement[] => {
      if (
        notExpressions.has(child.kind) ||
        child.field === 'attribute' ||
        child.field === 'name' ||
        (child.field === 'left' && node.kind === 'for_in_clause')
      )
        return [];
      if (child.kind === 'keyword_argument') {
        const value = child.child('value');
        return value ? [[value, this.operand(value, want, false)]] : [];
      }
      return [[child, this.operand(child, want, operatorKinds.has(node.kind) || child.field === 'object')]];
    });
    const value = this.value(node);
    const carrier = carrierOf(value);
    const native = numericOf(value)?.numpy === false;
    return {
      text: this.splice(node, replacements),
      rep: native ? 'tensor' : carrier === 'array' || carrier === 'container' ? 'numpy' : 'python',
      dtype: native ? (numericOf(value)?.dtype ?? null) : null,
      form: 'same',
    };
  }
  private operand(node: SyntaxNode, want: Want, operator: boolean): string {
    const term = this.expr(node, want);
    return operator && term.form === 'compound' && !isAtom(term.text) ? `(${term.text})` : term.text;
  }

  /** Lets an expression stay NumPy, and says why when it has to do with NumPy. */
  stay(node: SyntaxNode, refused: Refused | null): Term {
    if (refused) this.block(refused.reason, refused.node, refused.message);
    this.keepCallbacks(node);
    return this.rebuild(node, 'numpy');
  }

  private translate(node: SyntaxNode, want: Want): Term {
    switch (node.kind) {
      case 'identifier':
        return this.name(node, want);
      case 'parenthesized_expression': {
        const inner = node.items[0];
        if (!inner) break;
        const term = this.expr(inner, want === 'numpy' ? 'any' : want);
        // What became a call needs no parentheses of its own.
        const loose = term.text !== inner.text && isAtom(term.text) && !term.text.includes('\n');
        return { ...term, text: loose ? term.text : this.splice(node, [[inner, term.text]]), form: 'atom' };
      }
      case 'call':
        return this.lift(node, want, convertCall);
      case 'attribute':
        return this.lift(node, want, convertAttribute);
      case 'binary_operator':
      case 'comparison_operator':
      case 'unary_operator':
      case 'not_operator':
      case 'boolean_operator':
      case 'conditional_expression':
        return this.lift(node, want, convertOperator);
      case 'subscript':
        return this.lift(node, want, convertSubscript);
      case 'list':
      case 'tuple':
      case 'expression_list':
      case 'pattern_list':
      case 'list_comprehension':
      case 'generator_expression':
      case 'lambda':
      case 'named_expression':
      case 'list_splat':
        return want === 'stay' ? this.rebuild(node, 'stay') : convertDisplay(this, node, want);
      case 'string':
      case 'concatenated_string':
        return convertString(this, node);
      case 'integer':
      case 'float':
      case 'true':
      case 'false':
      case 'none':
      case 'ellipsis':
        return { text: node.text, rep: 'python', dtype: null, form: 'same' };
      case 'argument_list':
        return this.rebuild(node, want);
      default:
        break;
    }
    return this.rebuild(node, want === 'stay' ? 'stay' : 'numpy');
  }

  private lift(node: SyntaxNode, want: Want, convert: (lifter: Lifter, node: SyntaxNode, want: Want) => Term): Term {
    if (want === 'stay' || this.isOutside(node)) return this.kept(node);
    // Who asks for some lines wants them lifted, also where arrays go in and come out.
    const asked = this.alone || this.options.part !== undefined;
    if (want === 'numpy' && !asked && this.isNumpyThroughout(node)) return this.kept(node);
    const term = this.attempt(() => {
      const lifted = convert(this, node, want);
      if (lifted.rep === 'tensor' && this.mayRaise(node) && this.isCaught(node))
        throw new Refused('argument', node, CAUGHT);
      return lifted;
    });
    return term instanceof Refused ? this.stay(node, term) : term;
  }
  /** Only a part was asked for, and this is not in it: calls of its functions follow, nothing else. */
  private isOutside(node: SyntaxNode): boolean {
    return !this.alone && !isAsked(this.analysis, this.options, node);
  }
  /** Whether an exception from here may be caught: seen in this function, or at level Safe by a caller. */
  isCaught(node: SyntaxNode): boolean {
    return isCaught(node) || (this.options.level === 'safe' && calledInTry(this.analysis, node));
  }
  /** Whether a lifted expression computes by itself: not what TensorFlow computed before, and no call of the file's functions. */
  private mayRaise(node: SyntaxNode): boolean {
    const callee = node.kind === 'call' ? node.child('function') : null;
    const own = callee !== null && this.value(callee).kind === 'function';
    return !own && numericOf(this.value(node))?.numpy === true;
  }

  /** What runs over arrays that stay NumPy holds such arrays. */
  keepLoopNames(clause: SyntaxNode, left = clause.child('left')): void {
    const range = this.analysis.program.range(clause);
    const names = [...(left?.walk() ?? [])].flatMap(found => {
      const binding = found.kind === 'identifier' ? this.analysis.bindingOf(found) : null;
      const holds = ['array', 'container'].includes(carrierOf(this.value(found)));
      return binding && holds && !this.isKept(binding) ? [binding] : [];
    });
    if (names.length === 0) return;
    this.plan.keep(names, { rule: refusals.unknown.id, range, reason: 'it runs over arrays that stay NumPy' });
    throw new Replan();
  }

  /** All arrays in an expression stay NumPy, and so may it. */
  private isNumpyThroughout(node: SyntaxNode): boolean {
    let kept = false;
    for (const found of node.walk()) {
      if (found.kind === 'call' && this.analysis.resolve(found) === 'tensorflow.Tensor.numpy') kept = true;
      if (found.kind !== 'identifier' || found.field === 'attribute') continue;
      const numeric = numericOf(this.value(found));
      const carrier = carrierOf(this.value(found));
      if (this.isKept(this.analysis.bindingOf(found))) kept ||= carrier === 'array' || carrier === 'container';
      else if (carrier === 'container' || numeric?.numpy) return false;
    }
    return kept;
  }

  /** Functions of the file that a NumPy function calls get arrays from it. */
  private keepCallbacks(node: SyntaxNode): void {
    const resolved = node.kind === 'call' ? (this.analysis.resolve(node) ?? '') : '';
    if (!resolved.startsWith('numpy.')) return;
    for (const argument of node.child('arguments')?.items ?? []) {
      const fn = this.value(argument);
      if (fn.kind !== 'function') continue;
      const bindings = parametersOf(fn).flatMap(parameter => this.analysis.bindingOf(parameter) ?? []);
      if (this.plan.numpyResults.has(fn.node.id) && bindings.every(binding => this.isKept(binding))) continue;
      const reason = `\`${resolved.replace('numpy', 'np')}\` stays NumPy and calls it with arrays`;
      this.plan.keep(bindings, { rule: refusals.escapes.id, range: this.analysis.program.range(node), reason });
      this.plan.numpyResults.add(fn.node.id);
      throw new Replan();
    }
  }

  /** NumPy text; calls of the file's own functions still follow what those take and return. */
  private kept(node: SyntaxNode): Term {
    const callee = node.kind === 'call' ? node.child('function') : null;
    if (!callee || this.value(callee).kind !== 'function') {
      this.keepCallbacks(node);
      if (this.analysis.resolve(node) === 'builtins.len') return convertBuiltin(this, node, 'len', 'any');
      return this.rebuild(node, 'stay');
    }
    return convertFunctionCall(this, node, callee);
  }

  private name(node: SyntaxNode, want: Want): Term {
    const binding = this.analysis.bindingOf(node);
    const carrier = carrierOf(this.value(node));
    const same = { text: node.text, form: 'atom', dtype: null } as const;
    if (carrier === 'python' || carrier === 'opaque' || !binding) {
      if (carrier === 'opaque' && binding) this.checkOpaque(binding, node);
      const constant = want === 'stay' ? null : this.attempt(() => convertAttribute(this, node));
      return constant && !(constant instanceof Refused) ? constant : { ...same, rep: 'python' };
    }
    const numeric = numericOf(this.value(node));
    if (numeric && !numeric.numpy)
      return { ...same, rep: want === 'any' || want === 'tensor' ? 'tensor' : 'python', dtype: numeric.dtype };
    if (this.isKept(binding)) return { ...same, rep: 'numpy' };
    this.checkParameter(binding, node);
    const held = isHeld(node);
    if (held || leaves(node)) this.checkOptional(this.value(node), node, held);
    return { ...same, rep: 'tensor', dtype: this.mapped(numeric?.dtype ?? null) };
  }

  /** A parameter that takes whatever its calls hand over holds arrays, also where only one of the calls gets to. */
  private checkParameter(binding: Binding, node: SyntaxNode): void {
    const [parameter, more] = binding.definitions;
    if (binding.kind !== 'parameter' || !parameter || more) return;
    if (carrierOf(this.value(parameter)) !== 'opaque') return;
    const range = this.analysis.program.range(node);
    const reason = `what \`${node.text}\` holds in all calls is not known`;
    this.plan.keep([binding], { rule: refusals.unknown.id, range, reason });
    throw new Replan();
  }

  /** A name that is lifted where it is bound but not understood where it is read stays NumPy. */
  checkOpaque(binding: Binding, node: SyntaxNode): void {
    if (this.isKept(binding) || !['variable', 'parameter'].includes(binding.kind)) return;
    const lifted = binding.definitions.some(found => {
      const value = this.value(found);
      return carrierOf(value) === 'container' || (carrierOf(value) === 'array' && numericOf(value)?.numpy === true);
    });
    if (!lifted) return;
    const range = this.analysis.program.range(node);
    const reason = `what \`${node.text}\` holds here is not known`;
    this.plan.keep([binding], { rule: refusals.unknown.id, range, reason });
    throw new Replan();
  }

  /** Hands an expression over in the form that is wanted. */
  coerce(term: Term, node: SyntaxNode, want: Want): Term {
    if (want === 'any') return term;
    if (want === 'tensor') return term.rep === 'numpy' ? this.toTensor(term, node) : term;
    return term.rep === 'tensor' ? this.toNumpy(term, node) : term;
  }

  private toTensor(term: Term, node: SyntaxNode): Term {
    const value = this.value(node);
    const numeric = numericOf(value);
    if (!numeric)
      throw new Refused('unknown', node, 'a list of arrays that stays NumPy can not be handed over as tensors');
    this.note('TL199', 'safe', null, node);
    this.imports.add('tf');
    this.checkOptional(value, node);
    const narrow = this.options.dtypes === 'float32' && numeric.dtype === 'float64';
    // A Python number among the alternatives has no dtype of its own.
    const dtype = narrow || value.kind === 'union' ? this.mapped(numeric.dtype) : null;
    const text = `${this.tf}.convert_to_tensor(${term.text}${dtype ? `, ${this.tf}.${dtype}` : ''})`;
    return { text, rep: 'tensor', dtype: this.mapped(numeric.dtype), form: 'atom' };
  }

  /** What may be None, or a Python number, can't be handed over. */
  private checkOptional(value: AbstractValue, node: SyntaxNode, strict = false): void {
    const shown = shorten(unwrap(node).text);
    if (value.kind === 'union' && value.options.some(option => option.kind === 'none'))
      this.keepSource(node, `\`${shown}\` may be None here`);
    if (isMixed(value, strict))
      this.keepSource(node, `\`${shown}\` is a Python number at times, and an array at others`);
  }

  /** What can't be handed over from tensors to arrays comes as arrays: the name that holds it, or the function that returns it. */
  private keepSource(node: SyntaxNode, message: string): never {
    const inner = unwrap(node);
    const binding = inner.kind === 'identifier' ? this.analysis.bindingOf(inner) : null;
    if (binding && !this.isKept(binding)) keepNumpy(this, inner, 'unknown', message);
    const callee = inner.kind === 'call' ? this.value(inner.child('function') ?? inner) : null;
    if (callee?.kind === 'function' && !this.plan.numpyResults.has(callee.node.id)) {
      this.plan.numpyResults.add(callee.node.id);
      throw new Replan();
    }
    throw new Refused('unknown', node, message);
  }

  private toNumpy(term: Term, node: SyntaxNode): Term {
    const value = this.value(node);
    const numeric = numericOf(value);
    // A tensor of the original program: what stands around it took a tensor before.
    if (numeric && !numeric.numpy) return { ...term, rep: 'python' };
    this.note('TL199', 'safe', null, node);
    this.checkOptional(value, node);
    if (numeric) {
      const text = isAtom(term.text) ? term.text : `(${term.text})`;
      return { text: `${text}.numpy()`, rep: 'numpy', dtype: null, form: 'atom' };
    }
    const items = value.kind === 'list' || value.kind === 'tuple' ? (value.items ?? [value.element]) : [null];
    if (!items.every(item => item !== null && isArray(item)))
      this.keepSource(node, 'a list of tensors and other things can not be handed over as arrays');
    const text = `[item.numpy() for item in ${term.text}]`;
    return {
      text: value.kind === 'tuple' ? `tuple(${text.slice(1, -1)})` : text,
      rep: 'numpy',
      dtype: null,
      form: 'atom',
    };
  }

  /** An expression as a tensor of a dtype (null: its own). `weak`: Python numbers stay as they are where that means the same. */
  tensor(node: SyntaxNode, target: DType | null, weak = false): Term {
    const value = this.value(node);
    const numeric = numericOf(value);
    const kind = weakOf(value);
    if (numeric) {
      const term = this.expr(node, 'tensor');
      if (term.rep === 'python') return this.constant(term, target ?? this.mapped(numeric.dtype), node);
      return this.cast(term, target, node);
    }
    if (kind) {
      const term = this.expr(node, 'any');
      const own = target ?? this.mapped(arrayDType(value));
      checkRange(value, own, node);
      if (weak && !(kind === 'bool' && own !== 'bool')) return term;
      return this.constant(term, own, node);
    }
    if (isPlain(value) || value.kind === 'list' || value.kind === 'tuple' || value.kind === 'iterable')
      return displayToTensor(this, node, target);
    throw new Refused('unknown', node, `the dtype of \`${shorten(node.text)}\` is not known`);
  }
  constant(term: Term, dtype: DType | null, node: SyntaxNode): Term {
    if (!dtype) throw new Refused('unknown', node, `the dtype of \`${shorten(node.text)}\` is not known`);
    this.imports.add('tf');
    const own = arrayDType(this.value(node));
    const made = own && !holds(dtype, own) ? own : dtype;
    if (made !== dtype) checkCast(this.value(node), dtype, node);
    const text = `${this.tf}.constant(${bare(term.text)}, ${this.tf}.${made})`;
    return this.cast({ text, rep: 'tensor', dtype: made, form: 'atom' }, dtype, node);
  }
  cast(term: Term, target: DType | null, node: SyntaxNode): Term {
    if (!target || term.dtype === target) return term;
    if (!term.dtype) throw new Refused('unknown', node, `the dtype of \`${shorten(node.text)}\` is not known`);
    this.imports.add('tf');
    return {
      text: `${this.tf}.cast(${bare(term.text)}, ${this.tf}.${target})`,
      rep: 'tensor',
      dtype: target,
      form: 'atom',
    };
  }
}

/** Named children that are not expressions. */
const notExpressions = new Set([
  'comment',
  'argument_list_marker',
  'string_start',
  'string_end',
  'string_content',
  'type',
  'lambda_parameters',
  'for_in_clause_target',
]);
const operatorKinds = new Set([
  'binary_operator',
  'comparison_operator',
  'unary_operator',
  'not_operator',
  'boolean_operator',
  'attribute',
  'subscript',
]);

/** Whether a name is handed on as it is. */
const leaves = (node: SyntaxNode): boolean => {
  const { parent } = node;
  if (parent?.kind === 'parenthesized_expression') return leaves(parent);
  return handsOn.has(parent?.kind ?? '') && node.field !== 'left';
};
const handsOn = new Set(['return_statement', 'assignment', 'named_expression']);
/** Whether it is put into a list, tuple or dict, which show what they hold. */
const isHeld = ({ parent }: SyntaxNode): boolean =>
  ['list', 'tuple', 'expression_list', 'pair'].includes(parent?.kind ?? '');

export const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 37)}…` : line;
};
