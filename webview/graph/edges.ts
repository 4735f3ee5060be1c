// The ways of the edges. Inside a lane they are vertical between neighbours; a skip takes a channel left of the forward lane or
// right of the backward lane, in the first track that is free over its rows. Linear in the number of edges.
import type { TraceEdge } from '../../src/shared/trace.ts';
import { size, type Placed, type PlacedGroup, type PlacedNode } from './layout.ts';
import type { GraphModel } from './model.ts';

export type Point = readonly [number, number];
export interface PlacedEdge {
  readonly kind: TraceEdge['kind'];
  readonly from: Placed;
  readonly to: Placed;
  readonly points: readonly Point[];
  /** Both ran as one kernel: a bar joins them. */
  readonly weld: boolean;
  readonly top: number;
  readonly bottom: number;
}

interface RouteInput {
  readonly nodes: readonly PlacedNode[];
  readonly groups: readonly PlacedGroup[];
  readonly standIn: ReadonlyMap<number, Placed>;
  /** `${parameter}>${key of the user's box}`: the box of that parameter beside that user. */
  readonly mentions: ReadonlyMap<string, PlacedNode>;
  readonly opWidth: number;
  readonly inset: number;
  readonly forwardX: number;
  readonly backwardX: number;
  readonly laneWidth: number;
}

const tracks = 7;

export function routeEdges(model: GraphModel, input: RouteInput): PlacedEdge[] {
  const { standIn, mentions } = input;
  const order = ordersOf(input);
  const found = new Map<string, { kind: TraceEdge['kind']; from: Placed; to: Placed }>();
  const add = (kind: TraceEdge['kind'], from: Placed | undefined, to: Placed | undefined): void => {
    if (from && to && from !== to) found.set(`${kind} ${from.key} ${to.key}`, { kind, from, to });
  };
  for (const edge of model.graph.edges) {
    const to = standIn.get(edge.to);
    if (edge.kind === 'saved') {
      // Drawn on the row: this derivative needs what the forward pass knew there. The exact values are the inspector's matter.
      const mirror = model.byId.get(edge.to)?.mirror;
      if (mirror !== null && mirror !== undefined) add('saved', standIn.get(mirror), to);
      continue;
    }
    const from = to ? (mentions.get(`${edge.from}>${to.key}`) ?? standIn.get(edge.from)) : undefined;
    const seed = model.roles.get(edge.from) === 'folded' && model.byId.get(edge.from)?.lane === 'backward';
    if (seed) {
      for (const into of model.incoming.get(edge.from) ?? []) add('seed', standIn.get(into.from), to);
      continue;
    }
    const update = from?.column === 'gradients' || to?.column === 'updates';
    // An update that writes a parameter used later is mentioned there by its own box, not by a line across the page.
    if (from?.column === 'updates' || (from?.column === 'left' && to?.column !== 'forward')) continue;
    add(update ? 'update' : edge.kind, from, to);
  }
  // Where the gradient starts, its thick line says enough.
  for (const { kind, from, to } of [...found.values()])
    if (kind === 'seed') found.delete(`saved ${from.key} ${to.key}`);
  const edges = [...found.values()].sort((a, b) => Math.min(a.from.y, a.to.y) - Math.min(b.from.y, b.to.y));
  const channels = new Map<string, number[]>();
  return edges.map(({ kind, from, to }) => {
    const { points, weld } = route(from, to, kind, input, order, channels);
    const ys = points.map(point => point[1]);
    return { kind, from, to, points, weld, top: Math.min(...ys), bottom: Math.max(...ys) };
  });
}

/** The place of each box among the rows of its lane. */
function ordersOf({ nodes, groups }: RouteInput): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  for (const lane of ['forward', 'backward'] as const) {
    const boxes: Placed[] = [
      ...nodes.filter(box => box.column === lane),
      ...groups.filter(box => box.lane === lane && box.closed),
    ];
    let [row, last] = [-1, -Infinity];
    for (const box of boxes.sort((a, b) => a.y - b.y)) {
      if (box.y > last) row++;
      last = box.y;
      order.set(box.key, row);
    }
  }
  return order;
}

const middle = (box: Placed): number => box.y + Math.min(box.h, size.closed) / 2;
const center = (box: Placed): number => box.x + box.w / 2;

function route(
  from: Placed,
  to: Placed,
  kind: TraceEdge['kind'],
  input: RouteInput,
  order: ReadonlyMap<string, number>,
  channels: Map<string, number[]>,
): { readonly points: readonly Point[]; readonly weld: boolean } {
  const plain = (...points: Point[]) => ({ points, weld: false });
  if (from.column !== to.column) {
    const rightwards = from.x < to.x;
    const x0 = rightwards ? from.x + from.w : from.x;
    const x1 = rightwards ? to.x : to.x + to.w;
    const [y0, y1] = [middle(from), middle(to)];
    // Parallel ops: the outer pair passes over the inner one instead of through it.
    if (kind === 'saved' && from.w < input.opWidth && from.x < input.forwardX + input.inset + 4)
      return plain(
        [from.x + from.w - 12, from.y],
        [from.x + from.w - 12, from.y - 4],
        [to.x + 12, from.y - 4],
        [to.x + 12, to.y],
      );
    if (Math.abs(y0 - y1) < 5) {
      const y = from.column === 'left' || kind === 'saved' ? y0 : y1;
      return plain([x0, y], [x1, y]);
    }
    const turn = to.column === 'gradients' ? x1 - 12 : from.column === 'left' ? x0 + 11 : (x0 + x1) / 2;
    return plain([x0, y0], [turn, y0], [turn, y1], [x1, y1]);
  }
  const down = to.y > from.y;
  const [upper, lower] = down ? [from, to] : [to, from];
  const apart = Math.abs((order.get(from.key) ?? 0) - (order.get(to.key) ?? 0));
  const inOrder = (points: Point[]): readonly Point[] => (down ? points : points.reverse());
  if (apart <= 1 && lower.y > upper.y) {
    const weld =
      upper.kind === 'node' &&
      lower.kind === 'node' &&
      upper.node.kernel !== null &&
      upper.node.kernel === lower.node.kernel &&
      lower.y - upper.y - upper.h <= size.welded + 1;
    const [a, b] = [center(upper), center(lower)];
    const [y0, y1] = [upper.y + upper.h, lower.y];
    const half = upper.w < input.opWidth - 20 || lower.w < input.opWidth - 20;
    if (Math.abs(a - b) < 2 || !half) {
      const x = upper.w < lower.w ? a : b;
      return {
        points: inOrder([
          [x, y0],
          [x, y1],
        ]),
        weld,
      };
    }
    // One above two, or two above one. Outside of groups a straight line from the narrow box reaches the wide one.
    const turn = (y0 + y1) / 2;
    if (y1 - y0 > size.gap + 4) {
      const x = upper.w < lower.w ? a : b;
      return {
        points: inOrder([
          [x, y0],
          [x, y1],
        ]),
        weld: false,
      };
    }
    return {
      points: inOrder([
        [a, y0],
        [a, turn],
        [b, turn],
        [b, y1],
      ]),
      weld: false,
    };
  }
  const left = from.column === 'forward';
  const rim = rimOf(upper, lower, left, input);
  const key = `${from.column}:${Math.round(rim)}`;
  let used = channels.get(key);
  if (!used) channels.set(key, (used = []));
  let track = used.findIndex(end => end <= upper.y);
  if (track < 0) track = used.length < tracks ? used.length : used.indexOf(Math.min(...used));
  used[track] = Math.max(used[track] ?? 0, lower.y + lower.h);
  const x = left ? rim - 7 - 5 * track : rim + 7 + 5 * track;
  const edgeX = (box: Placed) => (left ? box.x : box.x + box.w);
  return {
    points: inOrder([
      [edgeX(upper), middle(upper) + 6],
      [x, middle(upper) + 6],
      [x, middle(lower) - 6],
      [edgeX(lower), middle(lower) - 6],
    ]),
    weld: false,
  };
}

/** The outer rim of what stands between two boxes: their group's children, so that a skip stays as near as it can. */
function rimOf(
  upper: Placed,
  lower: Placed,
  left: boolean,
  { forwardX, backwardX, laneWidth, inset }: RouteInput,
): number {
  const [a, b] = [pathOf(upper), pathOf(lower)];
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  const direct = shared === a.length && shared === b.length;
  const indent = direct && shared > 0 ? inset : shared * size.pad;
  return left ? forwardX + indent : backwardX + laneWidth - indent;
}

/** Names of the groups around a box. Groups of one name that follow each other look alike: good enough for a channel's place. */
const pathOf = (box: Placed): readonly string[] =>
  box.kind === 'node'
    ? box.node.group
    : box.group
        .split('/')
        .slice(1, -1)
        .map(part => part.replace(/@\d+$/, ''));
