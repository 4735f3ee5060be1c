// One function, followed as it would run with tensors for arrays: what is noted on the way decides in which ways it can be used.
import { isFloat } from '../../shared/dtypes.ts';
import type { Range } from '../../shared/positions.ts';
import type { FunctionReadiness, Readiness, Way } from '../../shared/readiness.ts';
import type { Analysis, FunctionInfo } from '../infer/types.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import { brief } from '../hazards/conditions.ts';
import { runBody } from './statements.ts';
import { isTensor, list, outside, parameter, plain, unknown, joinFlows, type Reason, type Val } from './values.ts';

interface Note extends Reason {
  readonly way: Way;
  readonly certain: boolean;
}

/** Longer functions (with all that they call) are not followed to their end. */
const budget = 20_000;
const deepest = 8;

/** A call that is being followed. */
export interface Frame {
  readonly node: SyntaxNode;
  readonly names: Map<string, Val>;
  readonly around: ReadonlyMap<string, Val>;
  readonly globals: ReadonlySet<string>;
  readonly returns: Val[];
  /** Loops and branches of a graph around the statement at hand: what they do in Python they do once. */
  inGraph: { readonly loops: number; readonly branches: number };
}

export class Walk {
  readonly analysis: Analysis;
  readonly #notes: Note[] = [];
  readonly #calls: SyntaxNode[] = [];
  #left = budget;
  frame: Frame;

  constructor(analysis: Analysis, { node }: FunctionInfo) {
    this.analysis = analysis;
    this.frame = this.#frame(node, new Map());
  }

  /** A place that stands against a way of use. What breaks eager code breaks the others too. */
  breaks(way: Way, node: SyntaxNode, text: string, rule?: string): void {
    this.#note(way, true, { node, text, ...(rule === undefined ? {} : { rule }) });
  }

  /** A place where eager code goes on with other values or dtypes than with arrays. */
  differs(node: SyntaxNode, text: string, rule: string): void {
    this.#notes.push({ way: 'eager', certain: true, node, text, rule });
  }

  doubts(way: Way, node: SyntaxNode, text: string): void {
    this.#note(way, false, { node, text });
  }

  /** What is not known may do anything. */
  doubt(node: SyntaxNode, text: string): void {
    for (const way of ['eager', 'graph', 'tape'] as const) this.doubts(way, node, text);
  }

  #note(way: Way, certain: boolean, reason: Reason): void {
    this.#notes.push({ way, certain, ...reason });
    if (way === 'eager' && certain)
      for (const other of ['graph', 'tape'] as const) this.#notes.push({ way: other, certain, ...reason });
  }

  /** Counts a step; false where it is one too many. */
  step(node: SyntaxNode): boolean {
    if (this.#left-- > 0) return true;
    if (this.#left === -1) this.doubt(node, 'the function and what it calls are too long to be followed');
    return false;
  }

  lookUp(name: SyntaxNode): Val {
    const own = this.frame.names.get(name.text) ?? this.frame.around.get(name.text);
    return own ?? outside(this.analysis.valueOf(name));
  }

  /** Follows a call of a function of the file. */
  call(site: SyntaxNode, callee: Val, args: readonly Val[], keywords: ReadonlyMap<string, Val>): Val {
    const { node } = callee;
    const flow = joinFlows([...args, ...keywords.values()].map(value => value.flow));
    if (!node || this.#calls.includes(node) || this.#calls.length >= deepest) {
      this.doubt(site, `\`${brief(site)}\` calls itself, or too much, to be followed`);
      return unknown(flow);
    }
    const before = this.frame;
    this.frame = this.#frame(node, callee.around ?? new Map());
    const given = bind(node, args, keywords);
    for (const [name, value] of given) this.frame.names.set(name, value);
    this.frame.inGraph = before.inGraph;
    this.#calls.push(node);
    const result = this.#run(node);
    this.#calls.pop();
    this.frame = before;
    return result;
  }

  #frame(node: SyntaxNode, around: ReadonlyMap<string, Val>): Frame {
    const names = new Map<string, Val>();
    for (const each of parametersOf(node)) {
      const known = this.analysis.valueOf(each.name);
      const usual = known.kind === 'unknown' && each.value ? literal(each.value) : null;
      const value =
        usual?.number || each.value?.kind === 'true' || each.value?.kind === 'false' || each.value?.kind === 'string'
          ? (usual ?? parameter(known))
          : parameter(known);
      names.set(each.name.text, each.star && value.kind !== 'list' ? list(value) : value);
    }
    const globals = new Set(
      [...node.walk()]
        .filter(each => each.kind === 'global_statement')
        .flatMap(each => each.items.map(item => item.text)),
    );
    return { node, names, around, globals, returns: [], inGraph: { loops: 0, branches: 0 } };
  }

  #run(node: SyntaxNode): Val {
    runBody(this, node);
    const { returns } = this.frame;
    return returns.length === 0
      ? plain()
      : returns.length === 1
        ? (returns[0] ?? plain())
        : list(returns.reduce((a, b) => ({ ...a, flow: joinFlows([a.flow, b.flow]) })));
  }

  /** Follows the function itself. */
  answer({ node, name }: FunctionInfo): FunctionReadiness {
    const given = [...this.frame.names.values()];
    const holder = node.child('name') ?? node;
    const tensors = given.flatMap(value =>
      isTensor(value) ? [value] : value.element && isTensor(value.element) ? [value.element] : [],
    );
    this.#calls.push(node);
    runBody(this, node);
    const range = this.analysis.program.range(holder);
    const none = (reason: string): Readiness => ({ status: 'none', range, reason });
    const tape = tensors.length === 0 ? none('it takes no array to differentiate by') : this.#tape(holder, tensors);
    return {
      name,
      line: range.start.line,
      range,
      eager: this.#of('eager'),
      graph: this.#of('graph'),
      tape,
    };
  }

  #of(way: Way): Readiness {
    const notes = this.#notes.filter(note => note.way === way);
    const first = notes.find(note => note.certain) ?? notes[0];
    return first ? this.#told(first.certain ? 'breaks' : 'unknown', first) : { status: 'safe' };
  }

  #told(status: 'breaks' | 'unknown' | 'none', { node, text, rule }: Reason): Readiness {
    const range: Range = this.analysis.program.range(node);
    return { status, range, reason: text, ...(rule === undefined ? {} : { rule }) };
  }

  #tape(name: SyntaxNode, given: readonly Val[]): Readiness {
    const noted = this.#of('tape');
    if (noted.status === 'breaks') return noted;
    const { returns } = this.frame;
    const flow = joinFlows(returns.map(value => value.flow));
    if (flow.kind === 'cut' && flow.why) return this.#told('breaks', flow.why);
    if (returns.every(value => value.kind === 'plain' && value.flow.kind === 'constant'))
      return this.#told('none', { node: name, text: 'it returns nothing to differentiate' });
    if (noted.status === 'unknown') return noted;
    const integers = given.every(({ dtype }) => dtype !== null && !isFloat(dtype));
    if (integers) return this.#told('breaks', { node: name, text: 'integers have no gradient', rule: 'TL403' });
    if (flow.kind === 'none' && flow.why) return this.#told('breaks', flow.why);
    if (flow.kind !== 'flows')
      return this.#told('breaks', { node: name, text: 'what it returns does not depend on its arguments' });
    return { status: 'safe' };
  }
}

interface Parameter {
  readonly name: SyntaxNode;
  readonly star: boolean;
  readonly value: SyntaxNode | null;
}

export function parametersOf(node: SyntaxNode): readonly Parameter[] {
  return (node.child('parameters')?.items ?? []).flatMap(item => {
    const star = item.kind.includes('splat');
    const name = item.kind === 'identifier' ? item : (item.child('name') ?? item.items[0]);
    return name?.kind === 'identifier'
      ? [
          {
            name,
            star: star || !!name.above('list_splat_pattern', 'dictionary_splat_pattern'),
            value: item.child('value'),
          },
        ]
      : [];
  });
}

/** The names of a call: what is given, by position and by keyword; the rest keeps what the analysis knows. */
function bind(node: SyntaxNode, args: readonly Val[], keywords: ReadonlyMap<string, Val>): ReadonlyMap<string, Val> {
  const bound = new Map<string, Val>();
  parametersOf(node).forEach(({ name, star, value }, at) => {
    const given = star
      ? list(args.slice(at).reduce((a, b) => ({ ...a, flow: joinFlows([a.flow, b.flow]) }), args[at] ?? plain()))
      : (args[at] ?? keywords.get(name.text));
    if (given) bound.set(name.text, given);
    else if (value) bound.set(name.text, literal(value));
  });
  return bound;
}

/** A default value: numbers, flags and None are no tensors. */
const literal = (node: SyntaxNode): Val =>
  node.kind === 'integer' || node.kind === 'float'
    ? { ...plain(), number: node.kind === 'integer' ? 'int' : 'float' }
    : plain();
