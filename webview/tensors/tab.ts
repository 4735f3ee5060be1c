// The Tensors tab: the arrays that a program left behind.
import type { TensorRow } from '../../src/shared/tensors.ts';
import type { Host } from '../host.ts';
import { h } from '../ui/dom.ts';
import { bytesText, plural, typeText } from '../ui/format.ts';
import { foot, type Tab } from '../ui/tabs.ts';

export function tensorTab(
  rows: readonly TensorRow[],
  namespace: string | null,
  host: Host,
): { readonly tab: Tab; open(name: string): void } {
  void namespace;
  void host;
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  const panel = h(
    'div',
    { class: 'tensors' },
    h('ul', {}, ...rows.map(row => h('li', {}, row.name, ' ', typeText(row.dtype, row.shape)))),
  );
  return {
    tab: {
      id: 'tensors',
      title: 'Tensors',
      panel,
      foot: foot(h('span', {}, plural(rows.length, 'tensor')), h('span', {}, bytesText(bytes))),
    },
    open: () => {},
  };
}
