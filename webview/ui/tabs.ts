// A row of tabs by the ARIA pattern: arrow keys move, one panel shows.
import { h } from './dom.ts';

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** A red dot: something in it needs attention. */
  readonly alert?: boolean;
  readonly panel: HTMLElement;
  onShow?(): void;
}

export function tabs(
  items: readonly Tab[],
  trailing: HTMLElement,
): { readonly element: HTMLElement; show(id: string): void } {
  const buttons = items.map(item =>
    h(
      'button',
      {
        class: 'tab',
        role: 'tab',
        id: `tab-${item.id}`,
        'aria-controls': `panel-${item.id}`,
        onclick: () => show(item.id),
      },
      item.title,
      item.alert && h('span', { class: 'dot', title: 'needs attention' }),
    ),
  );
  const bar = h('div', { class: 'tabs', role: 'tablist' }, ...buttons);
  const panels = items.map(item => {
    item.panel.id = `panel-${item.id}`;
    item.panel.setAttribute('role', 'tabpanel');
    item.panel.setAttribute('aria-labelledby', `tab-${item.id}`);
    return item.panel;
  });
  const show = (id: string): void => {
    items.forEach((item, index) => {
      const on = item.id === id;
      buttons[index]?.setAttribute('aria-selected', String(on));
      buttons[index]?.setAttribute('tabindex', on ? '0' : '-1');
      if (panels[index]) panels[index].hidden = !on;
      if (on) item.onShow?.();
    });
  };
  bar.addEventListener('keydown', event => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = buttons.findIndex(tab => tab === document.activeElement);
    const next = items[(at + step + items.length) % items.length];
    if (!step || at < 0 || !next) return;
    show(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  });
  return {
    element: h('div', { class: 'page' }, h('header', { class: 'bar' }, bar, trailing), h('main', {}, ...panels)),
    show,
  };
}
