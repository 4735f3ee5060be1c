// The keys of the view on show, listed over it; `?` brings it and takes it away.
import { iconButton } from './buttons.ts';
import { h, replace } from './dom.ts';

export interface KeyRow {
  readonly keys: readonly string[];
  readonly says: string;
}

export interface Help {
  readonly element: HTMLElement;
  toggle(title: string, keys: readonly KeyRow[]): void;
  close(): void;
}

/** Keys that every view has. */
const everywhere: readonly KeyRow[] = [
  { keys: ['Tab'], says: 'To the next control; on the tabs ← and → change the view' },
  { keys: ['?'], says: 'This list' },
];

export function createHelp(): Help {
  const list = h('div', { class: 'help-body' });
  const title = h('h2', { id: 'help-title' });
  const close = (): void => element.close();
  const element = h(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    h('header', {}, title, iconButton('Close (Esc)', 'cross', close)),
    list,
  );
  // A click beside the list.
  element.addEventListener('click', event => {
    if (event.target === element) close();
  });
  const rows = (items: readonly KeyRow[]) =>
    h(
      'dl',
      { class: 'help-keys' },
      ...items.flatMap(({ keys, says }) => [h('dt', {}, ...keys.map(key => h('kbd', {}, key))), h('dd', {}, says)]),
    );
  return {
    element,
    close,
    toggle(name, keys) {
      if (element.open) return close();
      title.textContent = `Keys: ${name}`;
      replace(list, keys.length > 0 && rows(keys), rows(everywhere));
      element.showModal();
    },
  };
}
