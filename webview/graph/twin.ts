// The accessible twin of the picture: the same boxes in words, as a tree. Of a very large graph it holds a window of rows.
import type { TraceNode } from '../../src/shared/trace.ts';
import { h, replace } from '../ui/dom.ts';
import { plural, timeText, typeText } from '../ui/format.ts';
import { isBroken, nameOf } from './scene.ts';
import type { Layout, Placed } from './layout.ts';
import type { GraphModel } from './model.ts';

const most = 300;

export function createTwin(
  { groupOf }: Pick<GraphModel, 'groupOf'>,
  onSelect: (key: string) => void,
): {
  readonly element: HTMLElement;
  /** Shows the rows of a layout; returns the id of the selected row's element. */
  show(layout: Layout, selected: string | null): string;
  /** The row before or after another; the first one without. */
  beside(selected: string | null, step: number): string | null;
} {
  const element = h('ul', { class: 'graph-tree', role: 'tree', tabindex: -1, 'aria-label': 'Ops of the graph' });
  let shown: Layout | null = null;
  let rows: readonly Placed[] = [];
  let levels: readonly number[] = [];
  let start = 0;
  /** What stands beside the lanes is on the level of the row that it stands at. */
  const levelsOf = (all: readonly Placed[]): readonly number[] => {
    let here = 0;
    return all.map(row => {
      const level = row.kind === 'group' ? row.level : groupOf.has(row.node.id) ? row.node.group.length : here;
      here = row.kind === 'group' && !row.closed ? level + 1 : level;
      return level;
    });
  };
  const fill = (at: number): void => {
    start = Math.max(0, Math.min(at - most / 2, rows.length - most));
    replace(
      element,
      ...rows.slice(start, start + most).map((row, index) =>
        h(
          'li',
          {
            role: 'treeitem',
            id: idOf(row),
            'data-key': row.key,
            'aria-selected': 'false',
            'aria-level': (levels[start + index] ?? 0) + 1,
            'aria-posinset': start + index + 1,
            'aria-setsize': rows.length,
            'aria-expanded': row.kind === 'group' ? String(!row.closed) : null,
            onclick: () => onSelect(row.key),
          },
          words(row),
        ),
      ),
    );
  };
  return {
    element,
    show(layout, selected) {
      if (layout !== shown) {
        shown = layout;
        rows = [...layout.groups, ...layout.nodes].sort((a, b) => a.y - b.y || a.x - b.x);
        levels = levelsOf(rows);
        fill(0);
      }
      const at = selected === null ? -1 : rows.findIndex(row => row.key === selected);
      if (at >= 0 && (at < start || at >= start + most)) fill(at);
      for (const row of element.querySelectorAll('[aria-selected=true]')) row.setAttribute('aria-selected', 'false');
      const row = rows[at];
      if (!row) return '';
      const item = [...element.children].find(child => child.getAttribute('data-key') === row.key);
      item?.setAttribute('aria-selected', 'true');
      if (element.clientHeight > 10) item?.scrollIntoView({ block: 'nearest' });
      return idOf(row);
    },
    beside(selected, step) {
      const at = rows.findIndex(row => row.key === selected);
      return rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.key ?? null;
    },
  };
}

const idOf = (row: Placed): string => (row.kind === 'node' && !row.mention ? `node-${row.node.id}` : `box-${row.key}`);
const sum = (nodes: readonly TraceNode[]): number => nodes.reduce((total, node) => total + (node.ms ?? 0), 0);

export function words(row: Placed): string {
  const time = sum(row.kind === 'group' ? row.members : row.bundle);
  const line = row.kind === 'group' ? row.line : (row.node.range?.start.line ?? null);
  return [
    nameOf(row),
    row.kind === 'group' ? plural(row.members.length, 'op') : typeText(row.node.dtype, row.node.shape),
    row.kind === 'node' && row.mention ? 'mentioned again' : null,
    row.column === 'left' ? 'parameter' : row.column,
    time > 0 ? timeText(time) : null,
    line === null ? null : `line ${line + 1}`,
    isBroken(row) ? 'not finite' : null,
  ]
    .filter(part => part !== null)
    .join(', ');
}
