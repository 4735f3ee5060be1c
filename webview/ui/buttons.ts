// Small controls of our own, by the ARIA patterns: icon button, choice of a few, menu.
import { h } from './dom.ts';
import { icon, type Icon } from './icons.ts';

export const iconButton = (label: string, name: Icon, onclick: () => void): HTMLButtonElement =>
  h('button', { class: 'tool', type: 'button', 'aria-label': label, title: label, onclick }, icon(name));

export interface Segments<T extends string> {
  readonly element: HTMLElement;
  set(value: T): void;
}

/** A choice of a few: radio buttons in a row. Arrow keys move. */
export function segments<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  onChange: (value: T) => void,
): Segments<T> {
  const buttons = options.map(([value, text]) =>
    h(
      'button',
      { class: 'segment', type: 'button', role: 'radio', 'data-value': value, onclick: () => choose(value) },
      text,
    ),
  );
  const set = (value: T): void =>
    buttons.forEach((button, index) => {
      const on = options[index]?.[0] === value;
      button.setAttribute('aria-checked', String(on));
      button.setAttribute('tabindex', on ? '0' : '-1');
    });
  const choose = (value: T): void => {
    set(value);
    onChange(value);
  };
  const element = h('div', { class: 'segments', role: 'radiogroup', 'aria-label': label }, ...buttons);
  element.addEventListener('keydown', event => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = buttons.findIndex(button => button === document.activeElement);
    const next = (at + step + buttons.length) % buttons.length;
    const value = options[next]?.[0];
    if (!step || at < 0 || value === undefined) return;
    event.preventDefault();
    choose(value);
    buttons[next]?.focus();
  });
  set(chosen);
  return { element, set };
}

/** A button that opens a menu below itself. */
export function menuButton(
  label: string,
  name: Icon,
  items: () => readonly (readonly [string, () => void])[],
): HTMLElement {
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label, hidden: true });
  const button = iconButton(label, name, () => (menu.hidden ? open() : close()));
  button.setAttribute('aria-haspopup', 'menu');
  button.setAttribute('aria-expanded', 'false');
  const box = h('div', { class: 'menu-box' }, button, menu);
  const close = (): void => {
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
  };
  const open = (): void => {
    menu.replaceChildren(
      ...items().map(([text, act]) =>
        h(
          'button',
          {
            role: 'menuitem',
            tabindex: -1,
            onclick: () => {
              close();
              button.focus();
              act();
            },
          },
          text,
        ),
      ),
    );
    menu.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    (menu.firstElementChild as HTMLElement | null)?.focus();
  };
  box.addEventListener('keydown', event => {
    if (menu.hidden) return;
    const all = [...menu.children] as HTMLElement[];
    const at = all.findIndex(item => item === document.activeElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') {
      close();
      button.focus();
    } else if (step) all[(at + step + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener('focusout', event => {
    if (!box.contains(event.relatedTarget as Node | null)) close();
  });
  return box;
}
