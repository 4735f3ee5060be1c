// The page: a row of tabs by the ARIA pattern, the run at the right, one panel below, and a foot with counts and legend.
import { iconButton } from './buttons.ts';
import { h, replace, type Child } from './dom.ts';
import { createHelp, type KeyRow } from './help.ts';

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** A red dot: something in it needs attention. */
  readonly alert?: boolean;
  readonly panel: HTMLElement;
  readonly foot?: Foot;
  /** What its keys do, for the help. */
  readonly keys?: readonly KeyRow[];
  onShow?(): void;
}

/** The foot's two ends. */
export interface Foot {
  readonly left: HTMLElement;
  readonly right: HTMLElement;
}

export const foot = (...left: Child[]): Foot => ({
  left: h('div', { class: 'counts', 'aria-live': 'polite' }, ...left),
  right: h('div', { class: 'legend' }),
});

export interface Page {
  readonly element: HTMLElement;
  readonly shown: string;
  show(id: string): void;
  /** A line between the tabs and the view; null takes it away. */
  notice(line: HTMLElement | null): void;
  /** A view over all tabs, until one is chosen; null takes it away. */
  cover(view: HTMLElement | null): void;
}

export function createPage(
  items: readonly Tab[],
  trailing: HTMLElement,
  onChange: (id: string) => void = () => {},
): Page {
  let shown = '';
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
  const bar = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' }, ...buttons);
  const panels = items.map(item => {
    item.panel.id = `panel-${item.id}`;
    item.panel.setAttribute('role', 'tabpanel');
    item.panel.setAttribute('tabindex', '0');
    item.panel.setAttribute('aria-labelledby', `tab-${item.id}`);
    return item.panel;
  });
  const noticeBox = h('div', { class: 'notice-box' });
  const coverBox = h('div', { class: 'cover', hidden: true });
  const help = createHelp();
  const showHelp = (): void => {
    const item = items.find(each => each.id === shown);
    if (item) help.toggle(item.title, item.keys ?? []);
  };
  const helpButton = iconButton('Keys (?)', 'help', showHelp);
  const footer = h('footer', { class: 'foot' });
  const main = h('main', {}, ...panels, coverBox);
  const cover = (view: HTMLElement | null): void => {
    coverBox.hidden = view === null;
    main.classList.toggle('covered', view !== null);
    replace(coverBox, view);
  };
  const show = (id: string): void => {
    cover(null);
    shown = id;
    items.forEach((item, index) => {
      const on = item.id === id;
      buttons[index]?.setAttribute('aria-selected', String(on));
      buttons[index]?.setAttribute('tabindex', on ? '0' : '-1');
      if (panels[index]) panels[index].hidden = !on;
      if (on) {
        replace(footer, item.foot?.left, item.foot?.right, helpButton);
        // A narrow page has no room for all of them.
        requestAnimationFrame(() => buttons[index]?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
        item.onShow?.();
      }
    });
    onChange(id);
  };
  bar.addEventListener('keydown', event => {
    const at = buttons.findIndex(tab => tab === document.activeElement);
    const last = items.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    const item = next === undefined ? undefined : items[next];
    if (at < 0 || !item) return;
    event.preventDefault();
    show(item.id);
    document.getElementById(`tab-${item.id}`)?.focus();
  });
  const element = h(
    'div',
    { class: 'page' },
    h('header', { class: 'bar' }, bar, trailing),
    noticeBox,
    main,
    footer,
    help.element,
  );
  // Also where nothing has the keyboard; a page that was replaced listens no more.
  const onKey = (event: KeyboardEvent): void => {
    if (!element.isConnected) return document.removeEventListener('keydown', onKey);
    const typing = event.target instanceof Element && event.target.closest('input, textarea, vscode-text-field');
    if (event.key !== '?' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    showHelp();
  };
  const listen = (): void => document.addEventListener('keydown', onKey);
  requestAnimationFrame(listen);
  return {
    element,
    get shown() {
      return shown;
    },
    show,
    notice: line => replace(noticeBox, line),
    cover,
  };
}
