// What is drawn: a layout seen through a camera, with selection, matches and overlay; and what every part of the drawing asks of a box.
import type { TraceNode } from '../../src/shared/trace.ts';
import type { Colors } from './colors.ts';
import type { Layout, Placed, PlacedNode } from './layout.ts';
import type { Reading } from './overlay.ts';

export interface Mark {
  /** Upstream, downstream, or inside of a selected group. */
  readonly side: 'up' | 'down' | 'in';
  readonly steps: number;
}

export interface Scene {
  readonly layout: Layout;
  readonly colors: Colors;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  /** Keys of boxes. */
  readonly selected: string | null;
  readonly hovered: string | null;
  /** How every box lies to the selection; null without one. */
  readonly marks: ReadonlyMap<string, Mark> | null;
  readonly matches: ReadonlySet<string>;
  readonly match: string | null;
  readonly reading: Reading | null;
  /** Nodes of lines that changed since the run. */
  readonly stale: ReadonlySet<number>;
  /** The keyboard is here. */
  readonly focused: boolean;
  /** Where boxes were before a group was opened or closed, and how far the way is, 0 to 1. */
  readonly before: Layout | null;
  readonly progress: number;
}

/** Below this scale there is no text, only blocks. */
export const farScale = 0.42;

export const fontsOf = ({ sans, mono }: Colors) => ({
  name: `12px ${sans}`,
  strong: `600 12px ${sans}`,
  type: `11px ${mono}`,
  note: `11px ${sans}`,
  badge: `600 10px ${sans}`,
  head: `600 11px ${sans}`,
});

export const membersOf = (placed: Placed): readonly TraceNode[] =>
  placed.kind === 'group' ? placed.members : placed.bundle;

const broken = new WeakMap<Placed, boolean>();
/** Something in it is not finite. Asked of every box of every frame, so it is worked out once. */
export function isBroken(placed: Placed): boolean {
  let known = broken.get(placed);
  if (known === undefined) broken.set(placed, (known = membersOf(placed).some(node => node.nonFinite > 0)));
  return known;
}

/** On a path through the selection. */
export function isLit({ marks, selected }: Scene, from: string, to: string): boolean {
  if (!marks) return false;
  const side = (key: string) => (key === selected ? 'in' : marks.get(key)?.side);
  const [a, b] = [side(from), side(to)];
  return (a === 'up' && (b === 'up' || b === 'in')) || (b === 'down' && (a === 'down' || a === 'in'));
}

/** The colour of a box by what it is: its border and its glyph. */
export function hueOf(placed: Placed, colors: Colors): string | null {
  if (placed.kind === 'group') return placed.lane === 'backward' ? colors.purple : null;
  const { node, column } = placed;
  if (column === 'backward' || column === 'gradients') return colors.purple;
  if (column === 'updates' || node.kind === 'variable' || (column === 'left' && node.kind !== 'constant'))
    return colors.green;
  return null;
}

export const nameOf = (placed: Placed): string =>
  placed.kind === 'group'
    ? `${placed.lane === 'backward' ? '∂ ' : ''}${placed.name}`
    : placed.column === 'updates'
      ? updateName(placed)
      : placed.bundle.map(node => node.label).join(', ');

/** A parameter's change is named after the op that makes it. */
function updateName({ bundle, node }: PlacedNode): string {
  const parameters = [...new Set(bundle.filter(each => each.label !== each.op).map(each => each.label))];
  if (parameters.length) return parameters.join(', ');
  return bundle.length > 1 ? `${node.label} · ${bundle.length} ops` : node.label;
}

/** The groups that a box stands in, from outside in; a group itself is the last. */
export const groupsAround = (placed: Placed): readonly string[] =>
  placed.kind === 'node' ? placed.node.group : (placed.members[0]?.group.slice(0, placed.level + 1) ?? []);
