// The Plots tab: what matplotlib was asked to draw. Each picture carries a sentence, and a table on request.
import type { Figure } from '../../src/shared/tensors.ts';
import { onThemeChange, readColors } from '../graph/colors.ts';
import type { Host } from '../host.ts';
import { button } from '../ui/controls.ts';
import { h, replace } from '../ui/dom.ts';
import { numberText, plural } from '../ui/format.ts';
import { foot, type Tab } from '../ui/tabs.ts';
import { curvePlot, hues } from './curves.ts';
import { axesOf, type Axes } from './axes.ts';
import { barPlot, imagePlot } from './pictures.ts';

export function plotsTab(sent: readonly Figure[], host: Host): Tab {
  const figures = sent.map(figure => ({ ...figure, axes: figure.axes.map(axesOf) }));
  const ends = foot(h('span', {}, plural(figures.length, 'figure')));
  if (!figures.length)
    return {
      id: 'plots',
      title: 'Plots',
      foot: ends,
      panel: h(
        'div',
        { class: 'empty' },
        h('h2', {}, 'No figures'),
        h('p', {}, 'What a program draws with matplotlib.pyplot appears here.'),
      ),
    };
  const parts = figures.flatMap(figure => figure.axes.map(axes => axesView(axes)));
  const panel = h(
    'div',
    { class: 'plots' },
    ...figures.map(figure => {
      const views = figure.axes.map(axes => {
        const at = figures.flatMap(each => each.axes).indexOf(axes);
        return parts[at]?.element ?? null;
      });
      const { line } = figure;
      return h(
        'section',
        { class: 'figure', 'aria-label': `Figure ${figure.number}` },
        h(
          'header',
          {},
          h('h2', {}, `Figure ${figure.number}`),
          line !== null &&
            h(
              'button',
              {
                class: 'name-link',
                onclick: () => host.reveal({ start: { line, character: 0 }, end: { line, character: 0 } }),
              },
              `line ${line + 1}`,
            ),
        ),
        h('div', { class: 'figure-grid' }, ...views),
        figure.others.length > 0 &&
          h('p', { class: 'quiet' }, 'Not drawn: ', h('code', {}, figure.others.slice(0, 8).join(', '))),
      );
    }),
  );
  const draw = (): void => parts.forEach(part => part.draw());
  let width = 0;
  new ResizeObserver(([entry]) => {
    const next = Math.round(entry?.contentRect.width ?? 0);
    if (next === width) return;
    width = next;
    draw();
  }).observe(panel);
  onThemeChange(draw);
  return { id: 'plots', title: 'Plots', panel, foot: ends };
}

interface AxesView {
  readonly element: HTMLElement;
  draw(): void;
}

const height = 240;

function axesView(axes: Axes): AxesView {
  const box = h('div', { class: 'plot-box', role: 'img', 'aria-label': sentenceOf(axes) });
  const legend = h('div', { class: 'plot-legend' });
  const table = h('div', { class: 'plot-table scroll', hidden: true });
  const toggle = button('Show as Table', () => {
    table.hidden = !table.hidden;
    box.hidden = !table.hidden;
    toggle.textContent = table.hidden ? 'Show as Table' : 'Show as Plot';
    if (!table.childElementCount) table.append(tableOf(axes));
    draw();
  });
  const draw = (): void => {
    const width = box.clientWidth;
    if (!width) return;
    const [first] = axes.marks;
    replace(
      box,
      first?.kind === 'image'
        ? imagePlot(first, width, height)
        : axes.marks.some(mark => mark.kind === 'bars')
          ? barPlot(axes, width, height)
          : curvePlot(axes, width, height),
    );
    const palette = hues(readColors());
    const named = axes.marks.filter(mark => mark.label !== '' && mark.kind !== 'image');
    replace(
      legend,
      ...named.map(mark => {
        const swatch = h('i', { class: 'plot-swatch' });
        swatch.style.setProperty('background', palette[axes.marks.indexOf(mark) % palette.length] ?? '');
        return h('span', {}, swatch, mark.label);
      }),
    );
  };
  const element = h(
    'figure',
    { class: 'axes-view' },
    h('figcaption', {}, h('strong', {}, axes.title || 'Untitled'), h('span', { class: 'spring' }), legend, toggle),
    box,
    table,
  );
  return { element, draw };
}

/** What a plot shows, in words. */
export function sentenceOf(axes: Axes): string {
  const parts = axes.marks.map(mark => {
    const name = mark.label || axes.yLabel || mark.kind;
    const finite = mark.y.filter(Number.isFinite);
    const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
    const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
    if (!finite.length) return `${name}: no values`;
    if (mark.kind === 'image')
      return `image of ${mark.y.length / (mark.columns ?? mark.y.length)} rows and ${mark.columns ?? mark.y.length} columns, from ${numberText(low)} to ${numberText(high)}`;
    const [first = 0, last = 0] = [finite[0], finite.at(-1)];
    const course =
      mark.kind === 'line'
        ? `, ${last > first ? 'rises' : last < first ? 'falls' : 'stays'} from ${numberText(first)} to ${numberText(last)}`
        : '';
    return `${name}: ${plural(mark.y.length, 'value')} from ${numberText(low)} to ${numberText(high)}${course}`;
  });
  return [axes.title || 'Plot', ...parts].join('. ');
}

const mostRows = 500;

function tableOf(axes: Axes): HTMLElement {
  const head = (texts: readonly string[]) =>
    h('thead', {}, h('tr', {}, ...texts.map(text => h('th', { scope: 'col', class: 'number' }, text))));
  const [first] = axes.marks;
  const cells = (values: readonly number[]) =>
    values.map(value => h('td', { class: 'number value' }, numberText(value)));
  if (first?.kind === 'image') {
    const columns = first.columns ?? first.y.length;
    const rows = Array.from({ length: Math.min(mostRows, Math.ceil(first.y.length / columns)) }, (_, r) =>
      first.y.slice(r * columns, (r + 1) * columns),
    );
    return h(
      'table',
      { 'aria-label': axes.title || 'Image' },
      head(['row', ...Array.from({ length: columns }, (_, c) => String(c))]),
      h(
        'tbody',
        {},
        ...rows.map((row, r) => h('tr', {}, h('th', { scope: 'row', class: 'number' }, r), ...cells(row))),
      ),
    );
  }
  const rows = axes.marks.flatMap(mark => mark.x.map((x, at) => [mark, x, mark.y[at] ?? NaN] as const));
  return h(
    'table',
    { 'aria-label': axes.title || 'Values' },
    head(['of', axes.xLabel || 'x', axes.yLabel || 'y']),
    h(
      'tbody',
      {},
      ...rows
        .slice(0, mostRows)
        .map(([mark, x, y]) =>
          h('tr', {}, h('th', { scope: 'row', class: 'number' }, mark.label || mark.kind), ...cells([x, y])),
        ),
    ),
    rows.length > mostRows && h('caption', {}, `the first ${mostRows} of ${rows.length} values`),
  );
}
