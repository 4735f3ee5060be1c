// Two lanes on the same rows: forward runs down on the left, its derivatives run up on the right. A row is an op and its mirror,
// so what was saved for what is a short horizontal line. Pure: numbers in, numbers out; tested without a page.
import type { TraceNode } from '../../src/shared/trace.ts';
import { routeEdges, type PlacedEdge } from './edges.ts';
import type { GraphModel, GroupItem, Item, OpItem } from './model.ts';

export const size = {
  op: 28,
  opWidth: 200,
  /** Where nothing stands beside the lanes. */
  opWidthAlone: 236,
  pill: 24,
  pillWidth: 136,
  updateWidth: 108,
  gap: 16,
  welded: 4,
  head: 26,
  closed: 36,
  pad: 8,
  gutter: 56,
  side: 22,
  top: 34,
  compactWidth: 150,
  compactGutter: 24,
} as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
export type Column = 'left' | 'forward' | 'backward' | 'gradients' | 'updates';
export interface PlacedNode extends Box {
  readonly kind: 'node';
  /** Unique among nodes and groups, and the same from one layout to the next. */
  readonly key: string;
  readonly node: TraceNode;
  readonly column: Column;
  /** A second mention of something that stands elsewhere. */
  readonly mention: boolean;
  /** Parameters of a closed group share a box; the first is `node`. */
  readonly bundle: readonly TraceNode[];
}
export interface PlacedGroup extends Box {
  readonly kind: 'group';
  readonly key: string;
  /** The same for both lanes: what is opened and closed. */
  readonly group: string;
  readonly name: string;
  readonly lane: 'forward' | 'backward';
  readonly column: Column;
  readonly closed: boolean;
  readonly level: number;
  /** Ops inside, in the order in which they ran. */
  readonly members: readonly TraceNode[];
  readonly same: number;
  readonly line: number | null;
}
export type Placed = PlacedNode | PlacedGroup;
export interface Layout {
  /** From top to bottom. */
  readonly nodes: readonly PlacedNode[];
  readonly groups: readonly PlacedGroup[];
  readonly edges: readonly PlacedEdge[];
  readonly byKey: ReadonlyMap<string, Placed>;
  /** What is drawn for a node: itself, or the closed group or the bundle that it is in. */
  readonly standIn: ReadonlyMap<number, Placed>;
  readonly columns: readonly {
    readonly title: string;
    readonly column: Column;
    readonly x: number;
    readonly w: number;
  }[];
  /** The line between the lanes; null where nothing was differentiated. */
  readonly axis: number | null;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  readonly closed: ReadonlySet<string>;
  /** Lanes only: parameters and gradients are folded into their ops. */
  readonly compact?: boolean;
}

export function layout(model: GraphModel, { closed, compact = false }: LayoutOptions): Layout {
  const inset = model.depth ? model.depth * size.pad + 4 : 0;
  const hasSide = !compact && [...model.roles.values()].includes('side');
  const opWidth = compact ? size.compactWidth : hasSide ? size.opWidth : size.opWidthAlone;
  const laneWidth = opWidth + 2 * inset;
  const forwardX = hasSide ? size.pillWidth + size.side : 0;
  const backwardX = forwardX + laneWidth + (compact ? size.compactGutter : size.gutter);
  const gradientX = backwardX + laneWidth + size.side;
  const updateX = gradientX + size.pillWidth + 20;

  const nodes: PlacedNode[] = [];
  const groups: PlacedGroup[] = [];
  const byKey = new Map<string, Placed>();
  const standIn = new Map<number, Placed>();
  const put = (
    node: TraceNode,
    column: Column,
    box: Box,
    { key = `n${node.id}`, mention = false, bundle = [node] as readonly TraceNode[] } = {},
  ): PlacedNode => {
    const placed: PlacedNode = { kind: 'node', key, node, column, mention, bundle, ...box };
    nodes.push(placed);
    byKey.set(key, placed);
    if (!mention) for (const each of bundle) standIn.set(each.id, placed);
    return placed;
  };

  let y: number = size.top;
  const placeOp = ({ node, partner }: OpItem): void => {
    const ops = partner ? [node, partner] : [node];
    const w = (opWidth - 8 * (ops.length - 1)) / ops.length;
    let rowHeight: number = size.op;
    ops.forEach((op, index) => {
      put(op, 'forward', { x: forwardX + inset + index * (w + 8), y, w, h: size.op });
      // Derivatives run upwards: the last of several comes first. The mirror of a pair is a pair the other way round.
      const mirrors = [...(model.mirrors.get(op.id) ?? [])].reverse();
      mirrors.forEach((mirror, place) => {
        put(mirror, 'backward', {
          x: backwardX + inset + (ops.length - 1 - index) * (w + 8),
          y: y + place * (size.op + size.welded),
          w,
          h: size.op,
        });
      });
      rowHeight = Math.max(rowHeight, mirrors.length * (size.op + size.welded) - size.welded);
    });
    y += rowHeight;
  };
  const placeGroup = (item: GroupItem, level: number): void => {
    const top = y;
    const shut = closed.has(item.key);
    if (shut) y += size.closed;
    else {
      y += size.head;
      placeItems(item.items, level + 1);
      y += size.pad;
    }
    const line = callLine(item);
    for (const [lane, members, x] of [
      ['forward', item.ops, forwardX],
      ['backward', item.backward, backwardX],
    ] as const) {
      if (!members.length) continue;
      const placed: PlacedGroup = {
        kind: 'group',
        key: `${lane}:${item.key}`,
        group: item.key,
        name: item.name,
        lane,
        column: lane,
        closed: shut,
        level,
        members,
        same: item.same,
        line,
        x: x + level * size.pad,
        y: top,
        w: laneWidth - 2 * level * size.pad,
        h: y - top,
      };
      groups.push(placed);
      byKey.set(placed.key, placed);
      if (shut) for (const member of members) standIn.set(member.id, placed);
    }
  };
  const placeItems = (items: readonly Item[], level: number): void => {
    items.forEach((item, index) => {
      if (item.kind === 'op') placeOp(item);
      else placeGroup(item, level);
      const next = items[index + 1];
      if (next) y += welded(item, next) ? size.welded : size.gap;
    });
  };
  placeItems(model.items, 0);
  const sides = compact ? null : placeSides(model, { put, standIn, gradientX, updateX });

  const bottom = nodes.reduce((most, box) => Math.max(most, box.y + box.h), y) + size.gap;
  const edges = routeEdges(model, {
    nodes,
    groups,
    standIn,
    mentions: sides?.mentions ?? new Map(),
    opWidth,
    inset,
    forwardX,
    backwardX,
    laneWidth,
  });
  nodes.sort((a, b) => a.y - b.y || a.x - b.x);
  const columns: Layout['columns'][number][] = [{ title: 'Forward ↓', column: 'forward', x: forwardX, w: laneWidth }];
  let width = forwardX + laneWidth;
  if (hasSide) columns.unshift({ title: 'Parameters', column: 'left', x: 0, w: size.pillWidth });
  if (model.hasBackward) {
    columns.push({ title: '↑ Backward', column: 'backward', x: backwardX, w: laneWidth });
    width = backwardX + laneWidth;
    if (sides?.gradients) {
      columns.push({ title: 'Gradients', column: 'gradients', x: gradientX, w: size.pillWidth });
      width = gradientX + size.pillWidth;
    }
    if (sides?.updates) {
      columns.push({ title: 'Updates', column: 'updates', x: updateX, w: size.updateWidth });
      width = updateX + size.updateWidth;
    }
  }
  return {
    nodes,
    groups,
    edges,
    byKey,
    standIn,
    columns,
    axis: model.hasBackward ? (forwardX + laneWidth + backwardX) / 2 : null,
    left: 0,
    width,
    height: bottom,
  };
}

/** Ops of one kernel stand close together. */
function welded(upper: Item, lower: Item): boolean {
  if (upper.kind !== 'op' || lower.kind !== 'op' || upper.partner || lower.partner) return false;
  return upper.node.kernel !== null && upper.node.kernel === lower.node.kernel;
}

/** The first line of its own that a group ran, not of the functions that it called. */
function callLine(item: GroupItem): number | null {
  const own = item.items.find(child => child.kind === 'op');
  return (own ?? null)?.node.range?.start.line ?? null;
}

interface Sides {
  readonly mentions: ReadonlyMap<string, PlacedNode>;
  readonly gradients: boolean;
  readonly updates: boolean;
}
interface SideTools {
  put(
    node: TraceNode,
    column: Column,
    box: Box,
    more?: { key?: string; mention?: boolean; bundle?: readonly TraceNode[] },
  ): PlacedNode;
  readonly standIn: ReadonlyMap<number, Placed>;
  readonly gradientX: number;
  readonly updateX: number;
}

/** Parameters stand left of their users, gradients right of the op that makes them, updates right of those. */
function placeSides(model: GraphModel, { put, standIn, gradientX, updateX }: SideTools): Sides {
  const wanted = { left: [] as Want[], right: [] as Want[] };
  interface Want {
    readonly at: Placed;
    readonly nodes: TraceNode[];
    readonly mention: boolean;
  }
  const perUser = new Map<string, Want>();
  for (const node of model.graph.nodes) {
    const role = model.roles.get(node.id);
    // A parameter that was updated is mentioned again beside those who use it later.
    if (role === 'side' || role === 'update') {
      const seen = new Set<string>();
      for (const edge of model.outgoing.get(node.id) ?? []) {
        const user = standIn.get(edge.to);
        if (!user || user.column !== 'forward' || edge.kind === 'saved' || seen.has(user.key)) continue;
        const mention = seen.size > 0 || role === 'update';
        seen.add(user.key);
        // What a closed group takes is one box; an op has a box for each.
        const key = user.kind === 'group' ? `${user.key}:${mention}` : `${user.key}:${node.id}`;
        const before = perUser.get(key);
        if (before) before.nodes.push(node);
        else {
          const want: Want = { at: user, nodes: [node], mention };
          perUser.set(key, want);
          wanted.left.push(want);
        }
      }
    } else if (role === 'gradient') {
      const maker = (model.incoming.get(node.id) ?? [])
        .map(edge => standIn.get(edge.from))
        .find(box => box !== undefined);
      const at = maker ?? standIn.get(node.mirror ?? -1);
      if (!at) continue;
      const key = at.kind === 'group' ? at.key : `${at.key}:${node.id}`;
      const before = perUser.get(key);
      if (before) before.nodes.push(node);
      else {
        const want: Want = { at, nodes: [node], mention: false };
        perUser.set(key, want);
        wanted.right.push(want);
      }
    }
  }
  const mentions = new Map<string, PlacedNode>();
  const down = (list: Want[], place: (want: Want, y: number) => void): void => {
    let free = 0;
    for (const want of list.sort((a, b) => a.at.y - b.at.y)) {
      const middle = want.at.y + (want.at.kind === 'group' ? size.closed : size.op) / 2;
      const y = Math.max(free, middle - size.pill / 2);
      place(want, y);
      free = y + size.pill + 6;
    }
  };
  down(wanted.left, ({ at, nodes, mention }, y) => {
    const [first] = nodes;
    if (!first) return;
    const key = mention ? `m${first.id}:${at.key}` : `n${first.id}`;
    const placed = put(first, 'left', { x: 0, y, w: size.pillWidth, h: size.pill }, { key, mention, bundle: nodes });
    for (const node of nodes) mentions.set(`${node.id}>${at.key}`, placed);
  });
  const chains = updatesOf(model);
  let updates = false;
  down(wanted.right, ({ nodes }, y) => {
    const [first] = nodes;
    if (!first) return;
    put(first, 'gradients', { x: gradientX, y, w: size.pillWidth, h: size.pill }, { bundle: nodes });
    const chain = nodes.flatMap(node => chains.get(node.id) ?? []);
    const last = chain.at(-1);
    if (!last || standIn.has(last.id)) return;
    updates = true;
    put(last, 'updates', { x: updateX, y, w: size.updateWidth, h: size.pill }, { bundle: chain });
  });
  return { mentions, gradients: wanted.right.length > 0, updates };
}

/** The ops that put each gradient to use, in the order in which they ran. Of several gradients the latest has them. */
function updatesOf(model: GraphModel): ReadonlyMap<number, readonly TraceNode[]> {
  const owner = new Map<number, number>();
  const found = new Map<number, TraceNode[]>();
  for (const node of model.graph.nodes) {
    if (model.roles.get(node.id) !== 'update') continue;
    let latest = -1;
    for (const { from } of model.incoming.get(node.id) ?? [])
      latest = Math.max(latest, model.byId.get(from)?.kind === 'gradient' ? from : (owner.get(from) ?? -1));
    owner.set(node.id, latest);
    const list = found.get(latest);
    if (list) list.push(node);
    else found.set(latest, [node]);
  }
  return found;
}
