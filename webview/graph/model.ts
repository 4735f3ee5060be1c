// What the picture of a graph needs to know of it, worked out once: who uses whom, which ops stand in rows, what stands beside
// them, and how the rows nest into groups. Pure and linear in the size of the graph.
import type { TraceEdge, TraceGraph, TraceNode } from '../../src/shared/trace.ts';

/**
 * `row`: an op of the forward lane · `mirror`: a backward op · `side`: a parameter or constant left of its users · `gradient`:
 * right of the op that makes it · `update`: right of its gradient · `folded`: too small to draw (scalar constants, the seed).
 */
export type Role = 'row' | 'mirror' | 'side' | 'gradient' | 'update' | 'folded';

export interface OpItem {
  readonly kind: 'op';
  readonly node: TraceNode;
  /** An op that stands beside it on the same row: both feed the same op and neither needs the other. */
  partner: TraceNode | null;
}
export interface GroupItem {
  readonly kind: 'group';
  /** Path of names from outside in with the first op's id: unique. */
  readonly key: string;
  readonly name: string;
  /** The key of the group around it; null for the outermost. */
  readonly parent: string | null;
  readonly items: readonly Item[];
  /** In the order in which they ran: its ops, and the ops that differentiate them. */
  readonly ops: readonly TraceNode[];
  readonly backward: readonly TraceNode[];
  /** How many groups of the graph have the same name and do the same ops. */
  same: number;
}
export type Item = OpItem | GroupItem;

export interface GraphModel {
  readonly graph: TraceGraph;
  readonly byId: ReadonlyMap<number, TraceNode>;
  readonly incoming: ReadonlyMap<number, readonly TraceEdge[]>;
  readonly outgoing: ReadonlyMap<number, readonly TraceEdge[]>;
  readonly roles: ReadonlyMap<number, Role>;
  /** Backward nodes by the row that they stand on, in the order in which they ran. */
  readonly mirrors: ReadonlyMap<number, readonly TraceNode[]>;
  readonly items: readonly Item[];
  readonly groups: readonly GroupItem[];
  /** The innermost group around an op of either lane. */
  readonly groupOf: ReadonlyMap<number, GroupItem>;
  readonly depth: number;
  readonly hasBackward: boolean;
}

const noEdges: readonly TraceEdge[] = [];

export function graphModel(graph: TraceGraph): GraphModel {
  const byId = new Map(graph.nodes.map(node => [node.id, node]));
  const incoming = new Map<number, TraceEdge[]>();
  const outgoing = new Map<number, TraceEdge[]>();
  const add = (map: Map<number, TraceEdge[]>, id: number, edge: TraceEdge) => {
    const list = map.get(id);
    if (list) list.push(edge);
    else map.set(id, [edge]);
  };
  for (const edge of graph.edges) {
    add(incoming, edge.to, edge);
    add(outgoing, edge.from, edge);
  }
  const roles = rolesOf(graph, incoming, outgoing, byId);
  const mirrors = mirrorsOf(graph, roles, byId, incoming, outgoing);
  const groups: GroupItem[] = [];
  const rows = graph.nodes.filter(node => roles.get(node.id) === 'row');
  const users = (id: number) =>
    new Set((outgoing.get(id) ?? noEdges).filter(edge => edge.kind === 'data').map(edge => edge.to));
  const beside = (a: TraceNode, b: TraceNode): boolean => {
    if ((mirrors.get(a.id)?.length ?? 0) > 1 || (mirrors.get(b.id)?.length ?? 0) > 1) return false;
    const [one, other] = [users(a.id), users(b.id)];
    if (one.has(b.id) || !(incoming.get(a.id) ?? noEdges).length || !(incoming.get(b.id) ?? noEdges).length)
      return false;
    return one.size === 1 && other.size === 1 && [...one].every(id => other.has(id));
  };
  const items = nest(rows, 0, null, { groups, mirrors, beside });
  countSame(groups);
  const groupOf = new Map<number, GroupItem>();
  // Outer groups come first: the innermost has the last word.
  for (const group of groups) for (const node of [...group.ops, ...group.backward]) groupOf.set(node.id, group);
  const depthOf = (item: Item): number => (item.kind === 'op' ? 0 : 1 + Math.max(0, ...item.items.map(depthOf)));
  return {
    graph,
    byId,
    incoming,
    outgoing,
    roles,
    mirrors,
    items,
    groups,
    groupOf,
    depth: items.reduce((most, item) => Math.max(most, depthOf(item)), 0),
    hasBackward: graph.nodes.some(node => node.lane === 'backward' || node.kind === 'gradient'),
  };
}

function rolesOf(
  graph: TraceGraph,
  incoming: ReadonlyMap<number, readonly TraceEdge[]>,
  outgoing: ReadonlyMap<number, readonly TraceEdge[]>,
  byId: ReadonlyMap<number, TraceNode>,
): Map<number, Role> {
  const roles = new Map<number, Role>();
  const differentiated = new Set<number>();
  const mirrored = new Set<number>();
  for (const node of graph.nodes)
    if (node.mirror !== null) (node.kind === 'gradient' ? differentiated : mirrored).add(node.mirror);
  const renewed = new Set<number>();
  const small = graph.nodes.length <= 40;
  for (const node of graph.nodes) {
    const inputs = incoming.get(node.id) ?? noEdges;
    const sourceRoles = inputs.map(edge => roles.get(edge.from));
    roles.set(node.id, role(node, inputs, sourceRoles));
  }
  return roles;

  function role(node: TraceNode, inputs: readonly TraceEdge[], from: readonly (Role | undefined)[]): Role {
    if (node.kind === 'gradient') return 'gradient';
    if (node.kind === 'update') return 'update';
    if (node.lane === 'backward') return node.op === 'seed' ? 'folded' : 'mirror';
    if (node.kind === 'input') return 'row';
    if (node.kind === 'constant') return node.shape.length === 0 ? 'folded' : 'side';
    if (node.kind === 'variable') return small && node.shape.length === 0 ? 'row' : 'side';
    // Data: made of constants alone, outside of every function, and used.
    const data = node.group.length === 0 && inputs.length > 0 && !mirrored.has(node.id);
    if (
      data &&
      inputs.every(edge => byId.get(edge.from)?.kind === 'constant') &&
      (outgoing.get(node.id) ?? noEdges).some(edge => edge.kind === 'data' && byId.get(edge.to)?.lane === 'forward')
    )
      return 'side';
    // What a gradient was taken for is a parameter, also where the program calls it an array.
    if (
      differentiated.has(node.id) &&
      !mirrored.has(node.id) &&
      from.every(each => each === 'side' || each === 'folded')
    )
      return 'side';
    // What only gradients, parameters and constants go into and has a gradient's shape puts that gradient to use. With the
    // parameter the chain ends: what follows from its new value is the next step.
    const used = inputs.find(
      edge => roles.get(edge.from) === 'gradient' || (roles.get(edge.from) === 'update' && !renewed.has(edge.from)),
    );
    if (used && !mirrored.has(node.id)) {
      const only = from.every(each => each === 'gradient' || each === 'update' || each === 'side' || each === 'folded');
      if (only && byId.get(used.from)?.shape.join() === node.shape.join()) {
        if (inputs.some(edge => roles.get(edge.from) === 'side' || renewed.has(edge.from))) renewed.add(node.id);
        return 'update';
      }
    }
    return 'row';
  }
}

/** A backward op stands on the row of what it differentiates; one that differentiates nothing stands with the op that it feeds. */
function mirrorsOf(
  graph: TraceGraph,
  roles: Map<number, Role>,
  byId: ReadonlyMap<number, TraceNode>,
  incoming: ReadonlyMap<number, readonly TraceEdge[]>,
  outgoing: ReadonlyMap<number, readonly TraceEdge[]>,
): Map<number, TraceNode[]> {
  const rowOf = new Map<number, number>();
  const found = (id: number): number | null => {
    let at: number | null = id;
    for (let step = 0; at !== null && step < 8; step++) {
      if (roles.get(at) === 'row') return at;
      const row = rowOf.get(at);
      if (row !== undefined) return row;
      at = byId.get(at)?.mirror ?? null;
    }
    return null;
  };
  const mirrors = new Map<number, TraceNode[]>();
  let last: number | null = null;
  for (const node of graph.nodes) if (roles.get(node.id) === 'row') last = node.id;
  const waiting: TraceNode[] = [];
  const settle = (node: TraceNode, row: number): void => {
    rowOf.set(node.id, row);
    const list = mirrors.get(row);
    if (list) list.push(node);
    else mirrors.set(row, [node]);
  };
  for (const node of graph.nodes) {
    const role = roles.get(node.id);
    if (role !== 'mirror' && role !== 'gradient') continue;
    const row = node.mirror === null ? null : found(node.mirror);
    // The gradient of something that stands beside the rows stands outside, too.
    if (role === 'gradient') {
      if (row !== null && node.mirror !== null && roles.get(node.mirror) === 'row') {
        settle(node, row);
        roles.set(node.id, 'mirror');
      }
    } else if (row !== null) settle(node, row);
    else waiting.push(node);
  }
  for (const node of waiting) {
    const near = [
      ...(outgoing.get(node.id) ?? noEdges).map(edge => edge.to),
      ...(incoming.get(node.id) ?? noEdges).map(edge => edge.from),
    ];
    const row = near.map(id => rowOf.get(id)).find(id => id !== undefined) ?? last;
    if (row !== null) settle(node, row);
  }
  return mirrors;
}

interface Nesting {
  readonly groups: GroupItem[];
  readonly mirrors: ReadonlyMap<number, readonly TraceNode[]>;
  readonly beside: (a: TraceNode, b: TraceNode) => boolean;
}

/** Nests a sequence of ops by their group paths; a group that is left and entered again becomes two boxes. */
function nest(nodes: readonly TraceNode[], depth: number, parent: string | null, nesting: Nesting): Item[] {
  const { groups, mirrors, beside } = nesting;
  const items: Item[] = [];
  for (let at = 0; at < nodes.length;) {
    const node = nodes[at];
    if (!node) break;
    const name = node.group[depth];
    if (name === undefined) {
      const before = items.at(-1);
      if (before?.kind === 'op' && !before.partner && beside(before.node, node)) before.partner = node;
      else items.push({ kind: 'op', node, partner: null });
      at++;
      continue;
    }
    let end = at;
    while (end < nodes.length && nodes[end]?.group[depth] === name) end++;
    const key = `${parent ?? ''}/${name}@${node.id}`;
    const ops = nodes.slice(at, end);
    const backward = ops.flatMap(op => mirrors.get(op.id) ?? []);
    const inside: Item[] = [];
    const group: GroupItem = { kind: 'group', key, name, parent, ops, backward, items: inside, same: 1 };
    groups.push(group);
    inside.push(...nest(ops, depth + 1, key, nesting));
    items.push(group);
    at = end;
  }
  return items;
}

function countSame(groups: readonly GroupItem[]): void {
  const bySignature = new Map<string, GroupItem[]>();
  for (const group of groups) {
    const signature = `${group.name}:${group.ops.map(node => node.op).join()}`;
    const list = bySignature.get(signature);
    if (list) list.push(group);
    else bySignature.set(signature, [group]);
  }
  for (const list of bySignature.values()) for (const group of list) group.same = list.length;
}
