// The interpreter's machine: frames and their cells, heap objects, storages, symbols, the record of what every node was,
// and the budget that keeps the work linear. Statements and expressions are in files of their own.
import type { Program, SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue, FunctionValue, Mutation, Storages } from './types.ts';
import { State } from './state.ts';
import type { Delta, Entry, HeapObject } from './state.ts';
import type { OpenScope, Scopes } from './scopes.ts';
import { join, none, noStorages, storagesOf, union, unknown } from './values.ts';
import { joinEntries } from './state.ts';

/** More nodes than a text has: frame and node make one number. */
const nodeLimit = 2 ** 28;

export interface Frame {
  readonly id: number;
  readonly scope: OpenScope;
  /** The frame around it in the text. */
  readonly outer: Frame | null;
  readonly cells: Map<string, number>;
}

/** A call of a function of the file that is being followed. */
export interface Activation {
  readonly node: SyntaxNode;
  readonly base: State;
  readonly returns: { value: AbstractValue; delta: Delta }[];
  /** Parameter → memory that came in with it. */
  readonly incoming: ReadonlyMap<string, Storages>;
  /** Memory that was allocated since the call began. Where a loop calls again, arguments may carry the same number for older memory. */
  readonly fresh: Set<number>;
}

export interface LoopContext {
  readonly base: State;
  readonly breaks: Delta[];
  readonly continues: Delta[];
}

export interface FunctionRecord {
  calls: number;
  readonly mutates: Set<string>;
  returns: AbstractValue | null;
  readonly decorators: Set<string>;
}

/** What a node was in several calls: an inner function is the same function in each, around other variables. */
const joinSeen = (a: AbstractValue, b: AbstractValue): AbstractValue =>
  a.kind === 'function' && b.kind === 'function' && a.node === b.node && a.self === b.self ? a : join(a, b);

export class Machine {
  readonly program: Program;
  readonly scopes: Scopes;
  state = new State();
  frame: Frame;
  readonly moduleFrame: Frame;
  readonly activations: Activation[] = [];
  loops: LoopContext[] = [];
  /** Above 0: the code can't be reached with these values; what it shows counts only where nothing else is known. */
  ghost = 0;
  depth = 0;
  readonly values: (AbstractValue | undefined)[] = [];
  readonly ghostValues: (AbstractValue | undefined)[] = [];
  readonly names: (string | null | undefined)[] = [];
  readonly ghostNames: (string | null | undefined)[] = [];
  readonly mutations = new Map<number, Mutation>();
  readonly functions = new Map<number, FunctionRecord>();
  readonly escaped = new Set<number>();
  /** Nodes whose value may be a view of another array. */
  readonly views = new Set<number>();
  /** Storage → the node that allocated it. */
  readonly storageNodes = new Map<number, SyntaxNode>();
  /** Storages that came from outside: parameters of functions that the file does not call, unknown code. */
  readonly external = new Set<number>();
  /** What try blocks wrote, for their handlers. */
  readonly trails: Map<number, Entry>[] = [];
  /** Symbols in the order in which they were given; loops forget those of their round. */
  readonly minted: string[] = [];
  /** Functions followed since the budget was given, and those among them whose rounds it cut short: nothing is said of these. */
  readonly followed = new Set<number>();
  readonly cutShort = new Set<number>();
  /** Default values of parameters (by node), as they were where functions were defined. */
  readonly defaults = new Map<number, AbstractValue>();
  /** Functions that code which is not known may call, with anything. */
  readonly leaked = new Set<number>();
  /** How often list objects were handed to unknown code. */
  surrenders = 0;
  steps: number;
  /** The module itself is being run, not a function that it does not call. */
  inModule = true;
  #recording = new Map<number, AbstractValue>();
  #ghosts = new Map<number, AbstractValue>();
  #next = 1;
  readonly #ids = new Map<string, Map<number, number>>();
  readonly #frames = new Map<string, Frame>();
  readonly #framesById = new Map<number, Frame>();
  readonly #symbols = new Map<string, string>();
  readonly #symbolCounts = new Map<string, number>();

  constructor(program: Program, scopes: Scopes) {
    this.program = program;
    this.scopes = scopes;
    this.moduleFrame = this.openFrame('module', scopes.module, null);
    this.frame = this.moduleFrame;
    // Every node several times, and a floor for short programs with nested loops and calls.
    this.steps = program.nodes.length * 10 + 100_000;
  }

  /** Starts a new budget. */
  allow(steps: number): void {
    this.steps = steps;
    this.followed.clear();
  }

  /** Takes a step; false when the budget is used up, and what was found in its rounds so far does not hold. */
  step(): boolean {
    if (--this.steps >= 0) return true;
    if (this.steps === -1) for (const id of [this.moduleId(), ...this.followed]) this.cutShort.add(id);
    return false;
  }
  /** The module's own loops are cut short when no function of an uncalled round is being followed. */
  private moduleId(): number {
    return this.inModule ? this.program.root.id : -1;
  }

  /** An id that is the same whenever the same place is reached in the same frame. */
  place(kind: string, node: SyntaxNode): number {
    let ids = this.#ids.get(kind);
    if (!ids) this.#ids.set(kind, (ids = new Map()));
    const key = this.frame.id * nodeLimit + node.id;
    let id = ids.get(key);
    if (id === undefined) ids.set(key, (id = this.#next++));
    return id;
  }

  openFrame(key: string, scope: OpenScope, outer: Frame | null): Frame {
    const full = `${key}:${scope.node.id}:${outer?.id ?? 0}`;
    let frame = this.#frames.get(full);
    if (!frame) {
      frame = { id: this.#next++, scope, outer, cells: new Map() };
      this.#frames.set(full, frame);
      this.#framesById.set(frame.id, frame);
    }
    return frame;
  }
  frameById(id: number): Frame {
    return this.#framesById.get(id) ?? this.moduleFrame;
  }

  cell(frame: Frame, name: string): number {
    let cell = frame.cells.get(name);
    if (cell === undefined) frame.cells.set(name, (cell = this.#next++));
    return cell;
  }

  /** The frame in which a name lives, seen from the current frame. */
  home(name: string): Frame | null {
    const scope = this.scopes.find(name, this.frame.scope);
    if (!scope) return null;
    for (let frame: Frame | null = this.frame; frame; frame = frame.outer) if (frame.scope === scope) return frame;
    return null;
  }

  lookup(name: string): AbstractValue | undefined {
    // A name that no scope binds may have come by a star import, into the module.
    const home = this.home(name) ?? this.moduleFrame;
    return this.state.value(this.cell(home, name));
  }

  bind(name: string, value: AbstractValue): void {
    const home = this.home(name) ?? this.frame;
    this.write(this.cell(home, name), value);
    if (home !== this.frame && this.frame.scope.kind !== 'comprehension') this.escape(value);
  }

  write(cell: number, entry: Entry): void {
    this.state.set(cell, entry);
    for (const trail of this.trails) {
      const before = trail.get(cell);
      trail.set(cell, before ? joinEntries(before, entry) : entry);
    }
  }

  /** A new heap object at a place; where the place was reached before, it stands for all objects made there. */
  allocate(node: SyntaxNode, object: HeapObject, tag = ''): number {
    const ref = this.place(`heap${tag}`, node);
    const before = this.state.object(ref);
    this.write(ref, before ? { ...(joinEntries(before, object) as HeapObject), summary: true } : object);
    return ref;
  }

  /** Changes a heap object; an object that stands for several keeps what it was as well. */
  update(ref: number, change: (object: HeapObject) => HeapObject): void {
    const before = this.state.object(ref);
    if (!before) return;
    const after = change(before);
    this.write(ref, before.summary ? joinEntries(before, after) : after);
  }

  /** Memory allocated by a node. */
  fresh(node: SyntaxNode): Storages {
    const id = this.#memory(node);
    for (const activation of this.activations) activation.fresh.add(id);
    return new Set([id]);
  }
  /** Memory that comes in from outside. */
  foreign(node: SyntaxNode): Storages {
    const id = this.#memory(node);
    this.external.add(id);
    return new Set([id]);
  }
  #memory(node: SyntaxNode): number {
    const id = this.place('memory', node);
    this.storageNodes.set(id, node);
    return id;
  }

  escape(value: AbstractValue): void {
    for (const id of storagesOf(value)) this.escaped.add(id);
  }

  /** A symbol for an unknown size, named after a variable; the same place in the same frame gives the same symbol. */
  mint(name: string, node: SyntaxNode): string {
    const key = `${name}:${this.frame.id}:${node.id}`;
    let symbol = this.#symbols.get(key);
    if (symbol === undefined) {
      const count = (this.#symbolCounts.get(name) ?? 0) + 1;
      this.#symbolCounts.set(name, count);
      symbol = count === 1 ? name : `${name}'${count}`;
      this.#symbols.set(key, symbol);
    }
    this.minted.push(symbol);
    return symbol;
  }

  record(node: SyntaxNode, value: AbstractValue): AbstractValue {
    const seen = this.#snapshot(value, 0);
    if (this.ghost > 0) this.#ghosts.set(node.id, seen);
    else this.#recording.set(node.id, seen);
    return value;
  }

  /** A list as it is at this moment. */
  #snapshot(value: AbstractValue, depth: number): AbstractValue {
    if (value.kind !== 'list' || value.ref === null || depth > 3) return value;
    const object = this.state.object(value.ref);
    if (object?.heap !== 'list') return value;
    const items = object.items?.map(item => this.#snapshot(item, depth + 1)) ?? null;
    const element = object.element && this.#snapshot(object.element, depth + 1);
    return { kind: 'list', items, element, length: object.length, ref: value.ref };
  }

  /** Runs something whose record is joined with what is known from other calls. */
  recordingApart<T>(run: () => T): T {
    const outer = this.#recording;
    const ghosts = this.#ghosts;
    this.#recording = new Map();
    this.#ghosts = new Map();
    try {
      return run();
    } finally {
      this.flush();
      this.#recording = outer;
      this.#ghosts = ghosts;
    }
  }

  flush(): void {
    for (const [id, value] of this.#recording) {
      const before = this.values[id];
      this.values[id] = before ? joinSeen(before, value) : value;
    }
    for (const [id, value] of this.#ghosts) {
      const before = this.ghostValues[id];
      this.ghostValues[id] = before ? join(before, value) : value;
    }
    this.#recording.clear();
    this.#ghosts.clear();
  }

  /** What a call or attribute refers to; two answers are none. */
  name(node: SyntaxNode, name: string | null): void {
    const names = this.ghost > 0 ? this.ghostNames : this.names;
    const before = names[node.id];
    names[node.id] = before === undefined || before === name ? name : null;
  }

  functionRecord(node: SyntaxNode): FunctionRecord {
    let record = this.functions.get(node.id);
    if (!record)
      this.functions.set(
        node.id,
        (record = { calls: 0, mutates: new Set(), returns: null, decorators: new Set<string>() }),
      );
    return record;
  }

  mutate(node: SyntaxNode, target: SyntaxNode, how: Mutation['how'], value: AbstractValue): void {
    if (this.ghost > 0) return;
    const ref = value.kind === 'list' || value.kind === 'dict' || value.kind === 'instance' ? value.ref : null;
    const storages = ref === null ? storagesOf(value) : new Set([ref]);
    const before = this.mutations.get(node.id);
    this.mutations.set(node.id, {
      node,
      target,
      how,
      storages: union(before?.storages ?? noStorages, storages),
    });
    for (const { node: callee, incoming, fresh } of this.activations) {
      // The first call of a loop, whose arguments are from elsewhere, shows what is changed in them.
      if (storages.size > 0 && [...storages].every(id => fresh.has(id))) continue;
      for (const [name, memory] of incoming)
        if ([...storages].some(id => memory.has(id))) this.functionRecord(callee).mutates.add(name);
    }
  }

  /**
   * The ways out of the function and loop around this place that are taken from now on (`return`, `break`, `continue`): each is
   * led through what a caller runs in its state.
   */
  exits(): readonly ((through: (state: State) => State) => void)[] {
    const led = <T>(list: T[], base: State, delta: (exit: T) => Delta, changed: (exit: T, delta: Delta) => T) => {
      const mark = list.length;
      return (through: (state: State) => State): void => {
        for (const exit of list.splice(mark)) {
          const state = base.fork();
          for (const [cell, entry] of delta(exit)) state.set(cell, entry);
          const after = through(state);
          if (!after.dead) list.push(changed(exit, after.since(base)));
        }
      };
    };
    const activation = this.activations.at(-1);
    const context = this.loops.at(-1);
    const itself = (delta: Delta): Delta => delta;
    return [
      ...(activation
        ? [
            led(
              activation.returns,
              activation.base,
              exit => exit.delta,
              (exit, delta) => ({ ...exit, delta }),
            ),
          ]
        : []),
      ...(context
        ? [
            led(context.breaks, context.base, itself, (_, delta) => delta),
            led(context.continues, context.base, itself, (_, delta) => delta),
          ]
        : []),
    ];
  }

  /** Runs code that can't be reached, so that its names are resolved all the same; nothing of it lasts. */
  inGhost(run: () => void): void {
    const { state, loops } = this;
    this.state = state.fork();
    this.ghost++;
    this.loops = [...loops, { base: this.state, breaks: [], continues: [] }];
    const trails = this.trails.splice(0);
    run();
    this.trails.push(...trails);
    this.ghost--;
    this.state = state;
    this.loops = loops;
  }

  /** What unknown code may have done with the values handed to it: their contents are not known any more. */
  surrender(values: readonly AbstractValue[], seen = new Set<number>()): void {
    for (const value of values) {
      this.escape(value);
      if (value.kind === 'union') this.surrender(value.options, seen);
      if (value.kind === 'function') this.leak(value);
      if (value.kind === 'tuple' || value.kind === 'iterable') this.surrender(value.items ?? [], seen);
      if (value.kind === 'bound') this.surrender([value.receiver], seen);
      if (value.kind !== 'list' && value.kind !== 'dict' && value.kind !== 'instance') continue;
      if (value.ref === null || seen.has(value.ref)) continue;
      seen.add(value.ref);
      this.surrenders++;
      const object = this.state.object(value.ref);
      if (!object) continue;
      if (object.heap === 'list') {
        this.surrender(object.element ? [object.element] : [], seen);
        this.write(value.ref, { ...object, items: null, element: unknown, length: null });
      } else if (object.heap === 'dict') {
        this.surrender([...object.entries.values()], seen);
        this.write(value.ref, { ...object, entries: new Map(), open: true, element: unknown, key: unknown });
      } else {
        this.surrender([...object.attributes.values()], seen);
        this.write(value.ref, { ...object, attributes: new Map(), open: true });
      }
    }
  }

  /** A function that unknown code may call: its globals may change, and its parameters may be anything. */
  leak(fn: FunctionValue): void {
    if (this.ghost > 0 || this.leaked.has(fn.node.id)) return;
    this.leaked.add(fn.node.id);
    this.surrenderGlobals();
  }

  /** Names that functions of the file declare global are not known any more. */
  surrenderGlobals(): void {
    for (const scope of this.scopes.all)
      for (const [name, home] of scope.outer)
        if (home === this.scopes.module) this.write(this.cell(this.moduleFrame, name), unknown);
  }

  returned(returns: readonly { readonly value: AbstractValue }[]): AbstractValue {
    return returns.reduce<AbstractValue | null>((all, { value }) => (all ? join(all, value) : value), null) ?? none;
  }

  isActive(fn: FunctionValue): boolean {
    return this.activations.some(({ node }) => node === fn.node);
  }
}
