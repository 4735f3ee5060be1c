// Loops: rounds until nothing grows, ways out by the condition and by break, and lists that every round makes longer.
import type { Dim } from '../../shared/findings.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue } from './types.ts';
import type { Machine } from './machine.ts';
import type { Delta, State } from './state.ts';
import { addDims } from './dims.ts';
import { execute } from './statements.ts';
import { forget, unknown } from './values.ts';

const maxRounds = 8;

export interface LoopShape {
  readonly enter: () => void;
  /** How often the body runs, where that is known. */
  readonly length: Dim;
  readonly atLeastOnce: boolean;
  readonly atMost: 0 | null;
  /** Left only by `break`. */
  readonly endless: boolean;
}

/** Runs a loop to its fixpoint. */
export function loop(node: SyntaxNode, m: Machine, { enter, length, atLeastOnce, atMost, endless }: LoopShape): void {
  const body = node.child('body');
  const before = m.state;
  const run = (): void => {
    enter();
    if (body) execute(body, m);
  };
  let ended: readonly Delta[] = [new Map()];
  let left: readonly Delta[] = [];
  if (atMost === 0) {
    m.inGhost(run);
  } else {
    const head = before.fork();
    let backs: Delta[] = [];
    let breaks: Delta[] = [];
    let symbols = new Set<string>();
    let settled = false;
    const surrendered = m.surrenders;
    for (let round = 0; round < maxRounds; round++) {
      const mark = m.minted.length;
      m.state = head.fork();
      const context = { base: head, breaks: [], continues: [] };
      m.loops.push(context);
      run();
      m.loops.pop();
      backs = m.state.dead ? context.continues : [...context.continues, m.state.since(head)];
      breaks = context.breaks;
      symbols = new Set(m.minted.slice(mark));
      settled = !head.grow(backs, symbols);
      if (settled) break;
      if (round === maxRounds - 2)
        for (const way of backs)
          for (const cell of way.keys()) if (!head.object(cell)) head.set(cell, widened(head.value(cell), symbols));
    }
    if (body && breaks.length === 0 && m.surrenders === surrendered) countAppends(body, before, head, backs, length, m);
    if (!settled) m.cutShort.add(m.activations.at(-1)?.node.id ?? m.program.root.id);
    const entry = head.since(before);
    const over = (delta: Delta): Delta => new Map([...entry, ...delta]);
    ended = endless ? [] : atLeastOnce ? backs.map(over) : [entry];
    left = breaks.map(over);
  }
  m.state = before;
  const otherwise = node.child('alternative')?.child('body');
  if (!otherwise) return before.merge([...ended, ...left]);
  // The else clause runs where no break left the loop.
  const finished = before.fork();
  finished.merge(ended);
  m.state = finished;
  execute(otherwise, m);
  m.state = before;
  before.merge(finished.dead ? left : [finished.since(before), ...left]);
}

/**
 * Lists that every round of a loop makes longer by one: their length after it is known when the number of rounds is. The
 * one change of the list in the loop must be an `append` that stands directly in the body.
 */
function countAppends(
  body: SyntaxNode,
  before: State,
  head: State,
  backs: readonly Delta[],
  rounds: Dim,
  m: Machine,
): void {
  const [back] = backs;
  if (rounds === null || backs.length !== 1 || !back || /\b(continue|break|return)\b/.test(body.text)) return;
  for (const statement of body.items) {
    const call = statement.kind === 'expression_statement' ? statement.items[0] : null;
    const change = call ? m.mutations.get(call.id) : undefined;
    if (change?.how !== 'append') continue;
    for (const ref of change.storages) {
      const old = before.object(ref);
      const now = head.object(ref);
      if (old?.heap !== 'list' || now?.heap !== 'list' || old.summary || change.storages.size !== 1) continue;
      const others = [...m.mutations.values()].some(
        other => other !== change && body.contains(other.node) && other.storages.has(ref),
      );
      const length = addDims(old.length, rounds);
      if (others || length === null) continue;
      const counted = { ...now, items: null, length };
      head.set(ref, counted);
      if (back instanceof Map) back.set(ref, counted);
    }
  }
}

/** The last resort for a loop that does not settle. */
const widened = (value: AbstractValue | undefined, symbols: ReadonlySet<string>): AbstractValue =>
  value && ['module', 'api', 'function', 'class'].includes(value.kind) ? forget(value, symbols) : unknown;
