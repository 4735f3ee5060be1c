// The Tensors tab: the arrays that a program left behind, and a look into one of them.
import type { TensorRow } from '../../src/shared/tensors.ts';
import type { Host } from '../host.ts';
import { button, searchField } from '../ui/controls.ts';
import { h } from '../ui/dom.ts';
import { bytesText, countText, plural, typeText } from '../ui/format.ts';
import { foot, type Tab } from '../ui/tabs.ts';
import { heatKeys } from './heatView.ts';
import { createViewer } from './viewer.ts';

export function tensorTab(
  rows: readonly TensorRow[],
  namespace: string | null,
  host: Host,
): { readonly tab: Tab; open(name: string): void } {
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  const bad = rows.some(row => row.nonFinite > 0);
  const tab = (panel: HTMLElement, onShow?: () => void): Tab => ({
    id: 'tensors',
    title: 'Tensors',
    alert: bad,
    panel,
    foot: foot(
      h('span', {}, plural(rows.length, 'tensor')),
      rows.length > 0 && h('span', {}, bytesText(bytes)),
      rows.length > 0 && h('span', { class: 'wide-only' }, '↑↓←→ cell · PgUp PgDn slice · N next NaN · + − zoom'),
    ),
    keys: heatKeys,
    ...(onShow ? { onShow } : {}),
  });
  if (!rows.length || namespace === null) {
    const gone = rows.length > 0;
    const panel = h(
      'div',
      { class: 'empty' },
      h('h2', {}, gone ? 'The values are gone' : 'No arrays'),
      h(
        'p',
        {},
        gone
          ? 'The kernel no longer holds this run. Run the file again to look into its arrays.'
          : 'The program left no array or tensor in a name of its own.',
      ),
      host.inEditor &&
        h(
          'div',
          { class: 'state-actions' },
          button('Run Again', () => host.command('run'), 'primary'),
        ),
    );
    return { tab: tab(panel), open: () => {} };
  }
  const items = rows.map(row =>
    h(
      'button',
      { class: 'tensor-row', type: 'button', 'data-name': row.name, onclick: () => open(row) },
      h('span', { class: 'tensor-name' }, row.name),
      h('span', { class: 'type' }, typeText(row.dtype, row.shape)),
      row.nonFinite > 0 && h('span', { class: 'alarm tensor-note' }, `⊗ ${countText(row.nonFinite)} not finite`),
    ),
  );
  const mark = (row: TensorRow): void => {
    for (const item of items) item.setAttribute('aria-current', String(item.getAttribute('data-name') === row.name));
    host.remember({ tensor: row.name });
  };
  const viewer = createViewer(rows, namespace, host, mark);
  let shown = false;
  const open = (row: TensorRow): void => {
    shown = true;
    mark(row);
    viewer.open(row);
  };
  const list = h('div', { class: 'tensor-list', role: 'group', 'aria-label': 'Arrays' }, ...items);
  list.addEventListener('keydown', event => {
    const visible = items.filter(item => !item.hidden);
    const at = visible.findIndex(item => item === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    const item = next === undefined ? undefined : visible[next];
    if (!item) return;
    event.preventDefault();
    item.focus();
  });
  const panel = h(
    'div',
    { class: 'tensors' },
    h(
      'div',
      { class: 'tensor-side' },
      searchField('Filter', text => {
        const words = text.trim().toLowerCase();
        rows.forEach((row, at) => {
          const item = items[at];
          if (item) item.hidden = !`${row.name} ${row.dtype} ${row.shape.join('x')}`.toLowerCase().includes(words);
        });
      }),
      list,
    ),
    viewer.element,
  );
  const first = rows.find(row => row.name === host.memory.tensor) ?? rows.find(row => row.shape.length > 1) ?? rows[0];
  return {
    tab: tab(panel, () => {
      if (!shown && first) open(first);
      else viewer.refresh();
    }),
    open: name => {
      const row = rows.find(each => each.name === name);
      if (row) open(row);
    },
  };
}
