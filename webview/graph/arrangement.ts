// Which groups are closed, and the layout that follows from it. The old layout stays until the new one is there.
import { layout, type Layout } from './layout.ts';
import { layOut, workerFrom } from './layouter.ts';
import { graphModel, type GraphModel } from './model.ts';

/** Groups are closed at first from this many ops on: inner ones, then all. */
const openUpTo = 80;
const allOpenUpTo = 1200;
/** So many groups that were opened or closed by hand are remembered. */
const mostRemembered = 40;

export interface Arrangement {
  readonly layout: Layout;
  readonly compact: boolean;
  /** A new layout is on its way. */
  readonly busy: boolean;
  setClosed(group: string, closed: boolean, then: (old: Layout) => void): void;
  setAll(closed: boolean, then: (old: Layout) => void): void;
  setCompact(compact: boolean, then: (old: Layout) => void): void;
  /** At once where no layout is on its way, else when it is there. */
  settled(then: () => void): void;
  /** Opens what hides a node. */
  uncover(id: number, then: () => void): void;
  /** Groups that are not as they were at first. */
  readonly remembered: { readonly opened: readonly string[]; readonly closed: readonly string[] };
}

export function createArrangement(
  model: GraphModel,
  memory: { readonly opened: readonly string[]; readonly closed: readonly string[] } | null,
  onChange: (old: Layout) => void,
): Arrangement {
  const { nodes } = model.graph;
  const first = new Set<string>();
  if (nodes.length > openUpTo)
    for (const { key } of model.groups) if (nodes.length > allOpenUpTo || key.split('/').length > 3) first.add(key);
  const closed = new Set(first);
  for (const key of memory?.opened ?? []) closed.delete(key);
  for (const key of memory?.closed ?? []) closed.add(key);
  const groups = new Map(model.groups.map(group => [group.key, group]));
  let compact = false;
  // The first picture of a large graph comes when it is made, too.
  const large = nodes.length >= workerFrom;
  let made = large ? layout(graphModel({ nodes: [], edges: [] }), { closed }) : layout(model, { closed });
  let busy = false;
  let waiting: ((old: Layout) => void)[] = [];
  const change = (then: (old: Layout) => void): void => {
    waiting.push(then);
    busy = true;
    layOut(model, { closed, compact }, next => {
      const old = made;
      made = next;
      busy = false;
      onChange(old);
      const ready = waiting;
      waiting = [];
      for (const each of ready) each(old);
    });
  };
  const arrangement: Arrangement = {
    get layout() {
      return made;
    },
    get compact() {
      return compact;
    },
    get busy() {
      return busy;
    },
    setClosed(group, shut, then) {
      if (shut) closed.add(group);
      else closed.delete(group);
      change(then);
    },
    setAll(shut, then) {
      closed.clear();
      if (shut) for (const { key } of model.groups) closed.add(key);
      change(then);
    },
    setCompact(next, then) {
      compact = next;
      change(then);
    },
    settled(then) {
      if (busy) waiting.push(then);
      else then();
    },
    uncover(id, then) {
      let hidden = false;
      let group = model.groupOf.get(id);
      while (group) {
        hidden = closed.delete(group.key) || hidden;
        group = group.parent === null ? undefined : groups.get(group.parent);
      }
      if (hidden) change(then);
      else arrangement.settled(then);
    },
    get remembered() {
      return {
        opened: [...first].filter(key => !closed.has(key)).slice(0, mostRemembered),
        closed: [...closed].filter(key => !first.has(key)).slice(0, mostRemembered),
      };
    },
  };
  if (large) change(() => {});
  return arrangement;
}
