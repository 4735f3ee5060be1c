// Two lanes on the same rows: forward runs down on the left, its derivatives run up on the right. A row is an op and its mirror,
// so what was saved for what is a short horizontal line. Pure: numbers in, numbers out; tested without a page.
import type { TraceEdge, TraceGraph, TraceNode } from '../../src/shared/trace.ts';

export const size = {
  op: 28,
  opWidth: 210,
  pill: 24,
  pillWidth: 140,
  gap: 16,
  welded: 4,
  head: 24,
  pad: 8,
  lane: 90,
  side: 44,
  top: 44,
} as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
export interface PlacedNode extends Box {
  readonly node: TraceNode;
  readonly column: 'left' | 'forward' | 'backward' | 'right';
}
export interface PlacedGroup extends Box {
  /** Path of names from outside in, joined by `/`; unique together with the first row. */
  readonly key: string;
  readonly name: string;
  readonly lane: 'forward' | 'backward';
  readonly closed: boolean;
  /** How many ops it holds. */
  readonly count: number;
  /** Ids of the ops inside, for selection of a closed group. */
  readonly members: readonly number[];
}
export interface PlacedEdge {
  readonly edge: TraceEdge;
  readonly points: readonly (readonly [number, number])[];
}
export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly groups: readonly PlacedGroup[];
  readonly edges: readonly PlacedEdge[];
  /** Pairs of neighbouring ops that ran as one kernel: a bar joins them. */
  readonly welds: readonly (readonly [PlacedNode, PlacedNode])[];
  readonly columns: readonly { readonly title: string; readonly x: number; readonly w: number }[];
  readonly width: number;
  readonly height: number;
}

/** A stretch of neighbouring rows inside one group, or a single op. */
type Item =
  | { readonly kind: 'op'; readonly node: TraceNode }
  | { readonly kind: 'group'; readonly key: string; readonly name: string; readonly items: readonly Item[] };

const isOp = (node: TraceNode): boolean => node.kind === 'op' || node.kind === 'result';

/** Nests a sequence of ops by their group paths; a group that is left and entered again becomes two boxes. */
function nest(nodes: readonly TraceNode[], depth: number, prefix: string): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < nodes.length;) {
    const node = nodes[at] as TraceNode;
    const name = node.group[depth];
    if (name === undefined) {
      items.push({ kind: 'op', node });
      at++;
      continue;
    }
    let end = at;
    while (end < nodes.length && nodes[end]?.group[depth] === name) end++;
    const key = `${prefix}/${name}@${node.id}`;
    items.push({ kind: 'group', key, name, items: nest(nodes.slice(at, end), depth + 1, key) });
    at = end;
  }
  return items;
}

const opsOf = (item: Item): readonly TraceNode[] => (item.kind === 'op' ? [item.node] : item.items.flatMap(opsOf));
const depthOf = (item: Item): number => (item.kind === 'op' ? 0 : 1 + Math.max(0, ...item.items.map(depthOf)));

export function layout(graph: TraceGraph, closed: ReadonlySet<string>): Layout {
  const forward = graph.nodes.filter(node => node.lane === 'forward' && isOp(node));
  const backward = graph.nodes.filter(node => node.lane === 'backward' && isOp(node));
  const hasBackward = backward.length > 0 || graph.nodes.some(node => node.kind === 'gradient');
  const mirrors = new Map<number, TraceNode[]>();
  const forwardIds = new Set(forward.map(node => node.id));
  const orphans: TraceNode[] = [];
  for (const node of backward) {
    if (node.mirror !== null && forwardIds.has(node.mirror))
      mirrors.set(node.mirror, [...(mirrors.get(node.mirror) ?? []), node]);
    else orphans.push(node);
  }
  const items = nest(forward, 0, '');
  const depth = Math.max(0, ...items.map(depthOf));
  const inset = depth * size.pad;
  const laneWidth = size.opWidth + 2 * inset;
  const leftX = size.side / 2;
  const forwardX = leftX + size.pillWidth + size.side;
  const backwardX = forwardX + laneWidth + size.lane;
  const rightX = backwardX + laneWidth + size.side;

  const nodes = new Map<number, PlacedNode>();
  const groups: PlacedGroup[] = [];
  /** Where a hidden op is drawn: the closed group around it. */
  const standIn = new Map<number, Box>();
  let y: number = size.top;
  let previous: TraceNode | null = null;

  const placeRow = (node: TraceNode): void => {
    const others = mirrors.get(node.id) ?? [];
    if (previous) y += previous.kernel !== null && previous.kernel === node.kernel ? size.welded : size.gap;
    const x = forwardX + inset;
    nodes.set(node.id, { node, column: 'forward', x, y, w: size.opWidth, h: size.op });
    // Derivatives run upwards: the last of several comes first.
    [...others].reverse().forEach((mirror, index) => {
      const top = y + index * (size.op + size.welded);
      nodes.set(mirror.id, {
        node: mirror,
        column: 'backward',
        x: backwardX + inset,
        y: top,
        w: size.opWidth,
        h: size.op,
      });
    });
    y += Math.max(1, others.length) * (size.op + size.welded) - size.welded;
    previous = node;
  };

  const place = (item: Item, level: number): void => {
    if (item.kind === 'op') return placeRow(item.node);
    if (previous) y += size.gap;
    const top = y;
    const members = opsOf(item);
    const backwardMembers = members.flatMap(node => mirrors.get(node.id) ?? []);
    const isClosed = closed.has(item.key);
    y += size.head;
    if (isClosed) {
      y += size.pad;
      previous = null;
    } else {
      previous = null;
      y += size.pad / 2;
      for (const child of item.items) place(child, level + 1);
      y += size.pad;
    }
    const box = (x: number): Box => ({
      x: x + level * size.pad,
      y: top,
      w: laneWidth - 2 * level * size.pad,
      h: y - top,
    });
    const add = (lane: 'forward' | 'backward', x: number, inside: readonly TraceNode[]): void => {
      if (!inside.length) return;
      const area = box(x);
      groups.push({
        ...area,
        key: item.key,
        name: item.name,
        lane,
        closed: isClosed,
        count: inside.length,
        members: inside.map(node => node.id),
      });
      if (isClosed) for (const node of inside) standIn.set(node.id, area);
    };
    add('forward', forwardX, members);
    add('backward', backwardX, backwardMembers);
    previous = members.at(-1) ?? null;
  };
  for (const item of items) place(item, 0);
  for (const node of orphans) {
    y += size.gap;
    nodes.set(node.id, { node, column: 'backward', x: backwardX + inset, y, w: size.opWidth, h: size.op });
    y += size.op;
  }

  placePills(graph, nodes, standIn, leftX, rightX);
  const bottom = Math.max(y, ...[...nodes.values()].map(placed => placed.y + placed.h)) + size.gap;
  const boxOf = (id: number): Box | undefined => nodes.get(id) ?? standIn.get(id);
  const edges = routes(graph.edges, boxOf, nodes, forwardX, backwardX, laneWidth);
  const columns = [
    { title: 'Parameters and inputs', x: leftX, w: size.pillWidth },
    { title: 'Forward ↓', x: forwardX, w: laneWidth },
    ...(hasBackward
      ? [
          { title: '↑ Backward', x: backwardX, w: laneWidth },
          { title: 'Gradients', x: rightX, w: size.pillWidth },
        ]
      : []),
  ];
  const right = hasBackward ? rightX + size.pillWidth : forwardX + laneWidth;
  return {
    nodes: [...nodes.values()],
    groups,
    edges,
    welds: weldsOf(nodes),
    columns,
    width: right + size.side / 2,
    height: bottom,
  };
}

/** Variables, inputs and constants stand left of their first user, gradients right of the op that makes them. */
function placePills(
  graph: TraceGraph,
  nodes: Map<number, PlacedNode>,
  standIn: ReadonlyMap<number, Box>,
  leftX: number,
  rightX: number,
): void {
  const taken = { left: [] as number[], right: [] as number[] };
  for (const node of graph.nodes) {
    if (isOp(node)) continue;
    const right = node.kind === 'gradient' || node.kind === 'update';
    const neighbours = graph.edges.flatMap(edge =>
      edge.from === node.id ? [edge.to] : edge.to === node.id ? [edge.from] : [],
    );
    const rows = neighbours.map(id => nodes.get(id) ?? standIn.get(id)).filter(box => box !== undefined);
    if (!rows.length && !right) continue;
    const wanted = rows.length ? Math.min(...rows.map(box => box.y)) + 2 : size.top;
    const used = right ? taken.right : taken.left;
    let y = wanted;
    while (used.some(other => Math.abs(other - y) < size.pill + 4)) y += size.pill + 6;
    used.push(y);
    nodes.set(node.id, {
      node,
      column: right ? 'right' : 'left',
      x: right ? rightX : leftX,
      y,
      w: size.pillWidth,
      h: size.pill,
    });
  }
}

function weldsOf(nodes: ReadonlyMap<number, PlacedNode>): (readonly [PlacedNode, PlacedNode])[] {
  const welds: (readonly [PlacedNode, PlacedNode])[] = [];
  const ordered = [...nodes.values()]
    .filter(placed => placed.node.kernel !== null)
    .sort((a, b) => a.x - b.x || a.y - b.y);
  ordered.forEach((upper, index) => {
    const lower = ordered[index + 1];
    if (
      lower &&
      lower.x === upper.x &&
      lower.node.kernel === upper.node.kernel &&
      lower.y - upper.y - upper.h <= size.welded + 1
    )
      welds.push([upper, lower]);
  });
  return welds;
}

/** Straight inside a lane between neighbours; a skip takes a channel outside the lane, the nearest one that is free over its rows. */
function routes(
  edges: readonly TraceEdge[],
  boxOf: (id: number) => Box | undefined,
  nodes: ReadonlyMap<number, PlacedNode>,
  forwardX: number,
  backwardX: number,
  laneWidth: number,
): PlacedEdge[] {
  const rows = { forward: [] as Box[], backward: [] as Box[] };
  for (const placed of nodes.values())
    if (placed.column === 'forward' || placed.column === 'backward') rows[placed.column].push(placed);
  const channels: { readonly lane: string; readonly top: number; readonly bottom: number; readonly track: number }[] =
    [];
  const trackFor = (lane: string, top: number, bottom: number): number => {
    let track = 0;
    while (channels.some(used => used.lane === lane && used.track === track && used.top < bottom && top < used.bottom))
      track++;
    channels.push({ lane, top, bottom, track });
    return track;
  };
  const laneOf = (box: Box): 'forward' | 'backward' | 'side' =>
    box.x >= forwardX && box.x < forwardX + laneWidth
      ? 'forward'
      : box.x >= backwardX && box.x < backwardX + laneWidth
        ? 'backward'
        : 'side';
  const placed: PlacedEdge[] = [];
  for (const edge of edges) {
    const from = boxOf(edge.from);
    const to = boxOf(edge.to);
    if (!from || !to || from === to) continue;
    placed.push({ edge, points: route(from, to) });
  }
  return placed;

  function route(from: Box, to: Box): (readonly [number, number])[] {
    const [laneFrom, laneTo] = [laneOf(from), laneOf(to)];
    const middle = (box: Box) => box.y + Math.min(box.h, size.op) / 2;
    if (laneFrom !== laneTo || laneFrom === 'side') {
      const rightwards = from.x < to.x;
      const x0 = rightwards ? from.x + from.w : from.x;
      const x1 = rightwards ? to.x : to.x + to.w;
      if (Math.abs(middle(from) - middle(to)) < 3)
        return [
          [x0, middle(to)],
          [x1, middle(to)],
        ];
      const turn = laneFrom === 'side' ? x0 + (x1 - x0) * 0.4 : x0 + (x1 - x0) * 0.6;
      return [
        [x0, middle(from)],
        [turn, middle(from)],
        [turn, middle(to)],
        [x1, middle(to)],
      ];
    }
    const down = to.y > from.y;
    const [upper, lower] = down ? [from, to] : [to, from];
    const between = rows[laneFrom].some(
      row => row !== from && row !== to && row.y >= upper.y + upper.h && row.y + row.h <= lower.y,
    );
    const x = from.x + from.w / 2;
    if (!between)
      return down
        ? [
            [x, from.y + from.h],
            [x, to.y],
          ]
        : [
            [x, from.y],
            [x, to.y + to.h],
          ];
    const outside = 10 + 7 * Math.min(5, trackFor(laneFrom, upper.y, lower.y + lower.h));
    const channel = laneFrom === 'forward' ? forwardX - outside : backwardX + laneWidth + outside;
    const edgeX = (box: Box) => (laneFrom === 'forward' ? box.x : box.x + box.w);
    return [
      [edgeX(from), middle(from) + 5],
      [channel, middle(from) + 5],
      [channel, middle(to) - 5],
      [edgeX(to), middle(to) - 5],
    ];
  }
}
