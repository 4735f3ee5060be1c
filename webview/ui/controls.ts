// The only place that knows @vscode/webview-ui-toolkit: it is no longer maintained, so nothing else may depend on it.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { h } from './dom.ts';

export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}

export function button(
  label: string,
  onclick: () => void,
  appearance: 'primary' | 'secondary' = 'secondary',
): HTMLElement {
  return h('vscode-button' as 'button', { appearance, onclick }, label);
}

export function searchField(label: string, onInput: (text: string) => void): HTMLElement {
  const field = h('vscode-text-field' as 'input', { placeholder: label, 'aria-label': label });
  field.addEventListener('input', () => onInput(field.value));
  field.addEventListener('change', () => onInput(field.value));
  return field;
}

export function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  onChange: (value: T) => void,
): HTMLElement {
  const list = h(
    'vscode-dropdown' as 'select',
    { 'aria-label': label },
    ...options.map(([value, text]) => h('vscode-option' as 'option', { value }, text)),
  );
  list.addEventListener('change', () => onChange(list.value as T));
  return list;
}
