// Source text with line numbers, findings under their lines, and marked lines.
import type { Finding } from '../../src/shared/findings.ts';
import { h } from '../ui/dom.ts';
import { pieces } from './highlight.ts';

export interface CodeOptions {
  readonly title: string;
  readonly text: string;
  readonly findings?: readonly Finding[];
  /** Lines that differ from the other side. */
  readonly changed?: ReadonlySet<number>;
  onLine?(line: number): void;
}

export function codeView({ title, text, findings = [], changed = new Set(), onLine }: CodeOptions): HTMLElement {
  const lines = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  const rows = lines.map((line, index) => {
    const here = findings.filter(finding => finding.range.start.line === index);
    const classes = [
      'line',
      changed.has(index) && 'changed',
      here.some(finding => finding.severity === 'warning' || finding.severity === 'error') && 'warned',
    ];
    return h(
      'li',
      { class: classes.filter(Boolean).join(' '), 'data-line': index },
      h('span', { class: 'gutter', 'aria-hidden': 'true', onclick: () => onLine?.(index) }, index + 1),
      h('code', {}, ...coloured(line), line === '' && ' '),
      ...here.map(note),
    );
  });
  return h(
    'section',
    { class: 'code', 'aria-label': title },
    h('h2', {}, title),
    h('ol', { tabindex: 0, 'aria-label': `Lines of ${title}` }, ...rows),
  );
}

function note(finding: Finding): HTMLElement {
  const fix = finding.fixes[0];
  return h(
    'p',
    { class: `note ${finding.severity}` },
    h('span', { class: 'rule' }, finding.rule),
    ' ',
    ...withCode(finding.message),
    fix && h('span', { class: `level ${fix.level}` }, ` ${levelText[fix.level]}`),
  );
}

export const levelText = { safe: '✓ Safe', review: '◐ Review', unsafe: '⚠ Unsafe' } as const;

/** Marks a line and scrolls it into sight. */
export function markLine(code: Element, line: number | null): void {
  for (const row of code.querySelectorAll('.line'))
    row.classList.toggle('marked', line !== null && row.getAttribute('data-line') === String(line));
  code.querySelector('.line.marked')?.scrollIntoView({ block: 'nearest' });
}

/** Text with `code` between backticks as elements. */
const withCode = (text: string): (string | HTMLElement)[] =>
  text.split('`').map((part, index) => (index % 2 ? h('code', {}, part) : part));

/** A line of Python with colours. */
export const coloured = (line: string): (string | HTMLElement)[] =>
  pieces(line).map(([kind, part]) => (kind ? h('span', { class: `py-${kind}` }, part) : part));
