// Graphs and layouts as a few typed arrays, for the way to the layout's worker and back: tens of thousands of objects take
// longer to copy than to make anew. A packed graph has only what a layout looks at.
import type { NodeKind, TraceEdge, TraceGraph, TraceNode } from '../../src/shared/trace.ts';
import type { PlacedEdge } from './edges.ts';
import type { Box, Column, Layout, Placed, PlacedGroup, PlacedNode } from './layout.ts';
import type { GraphModel } from './model.ts';

const kinds: readonly NodeKind[] = ['op', 'constant', 'variable', 'input', 'result', 'gradient', 'update'];
const edgeKinds: readonly TraceEdge['kind'][] = ['data', 'gradient', 'saved', 'update', 'seed'];
const columns: readonly Column[] = ['left', 'forward', 'backward', 'gradients', 'updates'];
const lanes = ['forward', 'backward'] as const;

/** Of the names and shapes of a graph most occur many times. */
function table<T>(keyOf: (value: T) => string): { readonly values: T[]; place(value: T): number } {
  const values: T[] = [];
  const places = new Map<string, number>();
  return {
    values,
    place(value) {
      const key = keyOf(value);
      let at = places.get(key);
      if (at === undefined) places.set(key, (at = values.push(value) - 1));
      return at;
    },
  };
}

/** Reads fixed rows of numbers one after another. */
function reader(numbers: Int32Array | Float64Array): () => number {
  let at = 0;
  return () => numbers[at++] ?? 0;
}

export interface PackedGraph {
  /** Nine numbers for each node. */
  readonly nodes: Int32Array;
  /** Three numbers for each edge. */
  readonly edges: Int32Array;
  readonly ops: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly groups: readonly (readonly string[])[];
}

export function packGraph(graph: TraceGraph): PackedGraph {
  const ops = table<string>(op => op);
  const shapes = table<readonly number[]>(shape => shape.join());
  const groups = table<readonly string[]>(group => group.join('\n'));
  const nodes = graph.nodes.flatMap(node => [
    node.id,
    kinds.indexOf(node.kind),
    lanes.indexOf(node.lane),
    ops.place(node.op),
    shapes.place(node.shape),
    groups.place(node.group),
    node.kernel ?? -1,
    node.mirror ?? -1,
    node.range?.start.line ?? -1,
  ]);
  const edges = graph.edges.flatMap(({ from, to, kind }) => [from, to, edgeKinds.indexOf(kind)]);
  return {
    nodes: Int32Array.from(nodes),
    edges: Int32Array.from(edges),
    ops: ops.values,
    shapes: shapes.values,
    groups: groups.values,
  };
}

export function unpackGraph({ nodes, edges, ops, shapes, groups }: PackedGraph): TraceGraph {
  const next = reader(nodes);
  const known = (value: number) => (value < 0 ? null : value);
  const node = (): TraceNode => {
    const [id, kind, lane, op] = [next(), kinds[next()] ?? 'op', lanes[next()] ?? 'forward', ops[next()] ?? ''];
    const [shape, group, kernel, mirror] = [shapes[next()] ?? [], groups[next()] ?? [], known(next()), known(next())];
    const line = next();
    const at = { line, character: 0 };
    const range = line < 0 ? null : { start: at, end: at };
    const unseen = { label: op, dtype: 'float32', device: 'wasm', ms: null, bytes: 0, nonFinite: 0 } as const;
    return { id, op, kind, lane, shape, group, kernel, mirror, range, ...unseen };
  };
  const nextEdge = reader(edges);
  const edge = (): TraceEdge => ({ from: nextEdge(), to: nextEdge(), kind: edgeKinds[nextEdge()] ?? 'data' });
  return {
    nodes: Array.from({ length: nodes.length / 9 }, node),
    edges: Array.from({ length: edges.length / 3 }, edge),
  };
}

export interface PackedLayout {
  /** Node, column, whether it is a mention, how many it stands for; then those. */
  readonly nodes: Int32Array;
  /** Of mentions, in their order. */
  readonly keys: readonly string[];
  /** Place among the model's groups, lane, whether it is closed, level, line. */
  readonly groups: Int32Array;
  /** Nodes first, then groups: x, y, w, h. */
  readonly boxes: Float64Array;
  /** Places of both ends among the boxes, kind, weld, how many points. */
  readonly edges: Int32Array;
  readonly points: Float64Array;
  readonly rest: Pick<Layout, 'columns' | 'axis' | 'left' | 'width' | 'height'>;
}

export function packLayout(layout: Layout, model: GraphModel): PackedLayout {
  const { nodes, groups, edges, columns: titles, axis, left, width, height } = layout;
  const groupPlace = new Map(model.groups.map((group, at) => [group.key, at]));
  const boxes: readonly Placed[] = [...nodes, ...groups];
  const place = new Map(boxes.map((box, at) => [box, at]));
  return {
    nodes: Int32Array.from(
      nodes.flatMap(({ node, column, mention, bundle }) => [
        node.id,
        columns.indexOf(column),
        Number(mention),
        bundle.length,
        ...bundle.map(each => each.id),
      ]),
    ),
    keys: nodes.filter(({ mention }) => mention).map(({ key }) => key),
    groups: Int32Array.from(
      groups.flatMap(({ group, lane, closed, level, line }) => [
        groupPlace.get(group) ?? -1,
        lanes.indexOf(lane),
        Number(closed),
        level,
        line ?? -1,
      ]),
    ),
    boxes: Float64Array.from(boxes.flatMap(({ x, y, w, h }) => [x, y, w, h])),
    edges: Int32Array.from(
      edges.flatMap(({ from, to, kind, weld, points }) => [
        place.get(from) ?? -1,
        place.get(to) ?? -1,
        edgeKinds.indexOf(kind),
        Number(weld),
        points.length,
      ]),
    ),
    points: Float64Array.from(edges.flatMap(({ points }) => points.flat())),
    rest: { columns: titles, axis, left, width, height },
  };
}

/** The layout again, about the nodes and groups of this model: the one whose graph was packed. */
export function unpackLayout(packed: PackedLayout, model: GraphModel): Layout {
  const byKey = new Map<string, Placed>();
  const standIn = new Map<number, Placed>();
  const nextBox = reader(packed.boxes);
  const box = (): Box => ({ x: nextBox(), y: nextBox(), w: nextBox(), h: nextBox() });
  const nodes: PlacedNode[] = [];
  const nextNode = reader(packed.nodes);
  const idsIn = (count: number) => Array.from({ length: count }, nextNode);
  const traced = (id: number) => model.byId.get(id);
  let mentions = 0;
  for (let read = 0; read < packed.nodes.length;) {
    const [id, column, mention, count] = [nextNode(), columns[nextNode()] ?? 'forward', nextNode() === 1, nextNode()];
    read += 4 + count;
    const bundle = idsIn(count).flatMap(each => traced(each) ?? []);
    const node = traced(id);
    const key = mention ? (packed.keys[mentions++] ?? '') : `n${id}`;
    const place = box();
    if (!node) continue;
    const placed: PlacedNode = { kind: 'node', key, node, column, mention, bundle, ...place };
    nodes.push(placed);
    byKey.set(key, placed);
    if (!mention) for (const each of bundle) standIn.set(each.id, placed);
  }
  const groups: PlacedGroup[] = [];
  const nextGroup = reader(packed.groups);
  for (let read = 0; read < packed.groups.length; read += 5) {
    const [item, lane, closed] = [model.groups[nextGroup()], lanes[nextGroup()] ?? 'forward', nextGroup() === 1];
    const [level, line, place] = [nextGroup(), nextGroup(), box()];
    if (!item) continue;
    const { key: group, name, same } = item;
    const members = lane === 'forward' ? item.ops : item.backward;
    const known = { group, name, lane, column: lane, closed, level, members, same, line: line < 0 ? null : line };
    const placed: PlacedGroup = { kind: 'group', key: `${lane}:${group}`, ...known, ...place };
    groups.push(placed);
    byKey.set(placed.key, placed);
    if (closed) for (const member of members) standIn.set(member.id, placed);
  }
  const boxes: readonly Placed[] = [...nodes, ...groups];
  const [nextEdge, nextPoint] = [reader(packed.edges), reader(packed.points)];
  const edges: PlacedEdge[] = [];
  for (let read = 0; read < packed.edges.length; read += 5) {
    const [from, to, kind] = [boxes[nextEdge()], boxes[nextEdge()], edgeKinds[nextEdge()] ?? 'data'];
    const [weld, count] = [nextEdge() === 1, nextEdge()];
    const points = Array.from({ length: count }, () => [nextPoint(), nextPoint()] as const);
    const ys = points.map(point => point[1]);
    if (from && to) edges.push({ kind, from, to, points, weld, top: Math.min(...ys), bottom: Math.max(...ys) });
  }
  return { nodes, groups, edges, byKey, standIn, ...packed.rest };
}

/** What is handed over instead of copied. */
export const buffersOf = (packed: PackedGraph | PackedLayout): ArrayBuffer[] =>
  Object.values(packed).flatMap(part => (ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : []));
