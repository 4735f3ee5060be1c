// One row per parameter: how large its gradient is, how it is spread, whether it agrees with central differences.
import type { GradientResult } from '../../src/shared/trace.ts';
import { h } from '../ui/dom.ts';
import { numberText, plural, typeText } from '../ui/format.ts';
import { bar, histogram } from '../ui/plots.ts';

/** A tape in float32 against differences in float64 agrees to about this relative error. */
const checkBound = 1e-3;

const numeric = new Set(['Norm', 'Min', 'Mean', 'Max', 'Zero', 'Not finite']);

export function gradientTable(
  gradients: readonly GradientResult[],
  onSelect: (gradient: GradientResult) => void,
): HTMLElement {
  if (!gradients.length)
    return h(
      'div',
      { class: 'empty' },
      h('h2', {}, 'No gradient was taken'),
      h('p', {}, 'Run a program that calls tape.gradient(…), or use Gradient above a function.'),
    );
  const largest = Math.max(...gradients.map(item => (Number.isFinite(item.norm) ? item.norm : 0)), Number.MIN_VALUE);
  const size = (item: GradientResult) => item.shape.reduce((product, dim) => product * dim, 1);
  const total = gradients.reduce((sum, item) => sum + size(item), 0);
  const zeros = gradients.reduce((sum, item) => sum + item.zeros, 0);
  const bad = gradients.reduce((sum, item) => sum + item.nonFinite, 0);
  const checked = gradients.filter(item => typeof item.checkMaxRel === 'number').length;
  const headline = (value: string, text: string, alarm = false) =>
    h('div', { class: alarm ? 'headline alarm' : 'headline' }, h('strong', {}, value), h('span', {}, text));
  const heads = [
    'Target',
    'Parameter',
    'Type',
    'Norm',
    'Norm, compared',
    'Min',
    'Mean',
    'Max',
    'Distribution',
    'Zero',
    'Not finite',
    'Finite differences',
  ];
  const row = (item: GradientResult) => {
    const number = (value: number) =>
      h('td', { class: Number.isFinite(value) ? 'number' : 'number alarm' }, numberText(value));
    return h(
      'tr',
      {
        tabindex: 0,
        onclick: () => onSelect(item),
        onkeydown: event => (event as KeyboardEvent).key === 'Enter' && onSelect(item),
      },
      h('td', {}, `∂${item.target}`),
      h('th', { scope: 'row' }, item.source),
      h('td', { class: 'type' }, typeText(item.dtype, item.shape)),
      number(item.norm),
      h('td', {}, bar(item.norm / largest, `norm ${numberText(item.norm)}`)),
      number(item.min),
      number(item.mean),
      number(item.max),
      h('td', {}, item.histogram ? histogram(item.histogram, item.min, item.max) : null),
      h('td', { class: 'number' }, size(item) ? `${((100 * item.zeros) / size(item)).toFixed(1)} %` : '–'),
      h('td', { class: item.nonFinite ? 'number alarm' : 'number' }, item.nonFinite),
      h('td', {}, checkText(item)),
    );
  };
  return h(
    'div',
    { class: 'gradients' },
    h(
      'div',
      { class: 'headlines' },
      headline(String(gradients.length), gradients.length === 1 ? 'gradient' : 'gradients'),
      headline(String(total), 'entries'),
      headline(total ? `${((100 * zeros) / total).toFixed(1)} %` : '–', 'exactly zero'),
      headline(String(bad), 'not finite', bad > 0),
      headline(`${checked} of ${gradients.length}`, 'checked by finite differences'),
    ),
    h(
      'div',
      { class: 'scroll' },
      h(
        'table',
        { 'aria-label': plural(gradients.length, 'gradient') },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...heads.map(text => h('th', { scope: 'col', class: numeric.has(text) ? 'number' : null }, text)),
          ),
        ),
        h('tbody', {}, ...gradients.map(row)),
      ),
    ),
  );
}

function checkText({ checkMaxRel }: GradientResult): HTMLElement {
  if (typeof checkMaxRel !== 'number') return h('span', { class: 'quiet' }, 'not checked');
  const good = checkMaxRel <= checkBound;
  return h('span', { class: good ? 'good' : 'alarm' }, `${good ? '✓' : '✕'} ${checkMaxRel.toExponential(1)}`);
}
