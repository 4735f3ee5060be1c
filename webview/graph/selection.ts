// What a selection means to the boxes around it, and which box the arrow keys go to. Pure.
import type { Layout, Placed } from './layout.ts';
import type { GraphModel } from './model.ts';
import { reachOf } from './reach.ts';
import type { Mark } from './scene.ts';

export const idsOf = (box: Placed): readonly number[] =>
  (box.kind === 'group' ? box.members : box.bundle).map(node => node.id);

/** How every box lies to the selected one, and how far; null without one. */
export function marksOf(model: GraphModel, layout: Layout, selected: string | null): ReadonlyMap<string, Mark> | null {
  const box = selected === null ? undefined : layout.byKey.get(selected);
  if (!box) return null;
  const ids = idsOf(box);
  const reach = reachOf(model, ids);
  const found = new Map<string, Mark>();
  for (const [side, steps] of [
    ['down', reach.downstream],
    ['up', reach.upstream],
  ] as const)
    for (const [id, count] of steps) {
      const key = layout.standIn.get(id)?.key;
      const known = key === undefined ? undefined : found.get(key);
      if (key !== undefined && key !== selected && (!known || known.side !== side || known.steps > count))
        found.set(key, { side, steps: count });
    }
  if (box.kind === 'group' && !box.closed)
    for (const id of ids) {
      const key = layout.standIn.get(id)?.key;
      if (key !== undefined) found.set(key, { side: 'in', steps: 0 });
    }
  return found;
}

/** What stands for a box of an earlier layout: itself, or the group that it is in now. */
export function keptKey(key: string | null, layout: Layout): string | null {
  if (key === null || layout.byKey.has(key)) return key;
  const id = /^n(\d+)$/.exec(key)?.[1];
  return id === undefined ? null : (layout.standIn.get(Number(id))?.key ?? null);
}

/** The nearest box in a direction; without a start the first op. */
export function nearest(layout: Layout, from: Placed | undefined, dx: number, dy: number): Placed | null {
  const boxes: Placed[] = [...layout.nodes, ...layout.groups.filter(group => group.closed)];
  if (!from) return boxes.filter(box => box.column === 'forward').sort((a, b) => a.y - b.y)[0] ?? boxes[0] ?? null;
  const middle = (box: Placed) => [box.x + box.w / 2, box.y + Math.min(box.h, 36) / 2] as const;
  const [fromX, fromY] = middle(from);
  let [best, distance]: [Placed | null, number] = [null, Infinity];
  for (const other of boxes) {
    const [otherX, otherY] = middle(other);
    const along = (otherX - fromX) * dx + (otherY - fromY) * dy;
    const across = Math.abs((otherX - fromX) * dy) + Math.abs((otherY - fromY) * dx);
    if (other !== from && along > 4 && along + 3 * across < distance) [best, distance] = [other, along + 3 * across];
  }
  return best;
}
