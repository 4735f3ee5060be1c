// The Gradients tab: one row per parameter: how large its gradient is, how it went from step to step, how it is spread, whether it
// agrees with central differences.
import type { RunResult } from '../../src/shared/trace.ts';
import type { Host } from '../host.ts';
import { button, searchField } from '../ui/controls.ts';
import { iconButton } from '../ui/buttons.ts';
import { h, replace, type Child } from '../ui/dom.ts';
import { countText, numberText, plural } from '../ui/format.ts';
import type { KeyRow } from '../ui/help.ts';
import { foot, type Tab } from '../ui/tabs.ts';
import { detailOf } from './detail.ts';
import { disagrees, entriesOf, isBroken, isChecked, needsAttention, seriesOf, type Series } from './series.ts';
import { gradientTable } from './table.ts';

const keys: readonly KeyRow[] = [
  { keys: ['↑', '↓'], says: 'To the next row' },
  { keys: ['Space'], says: 'Details of the row' },
  { keys: ['Enter'], says: 'Show it in the graph' },
];
const checkKey: KeyRow = { keys: ['C'], says: 'Check all gradients by finite differences' };

export function gradientTab(run: RunResult, host: Host, toNode: (id: number) => void): Tab {
  const series = seriesOf(run);
  const ends = foot();
  if (!series.length) {
    const panel = h(
      'div',
      { class: 'empty' },
      h('h2', {}, 'No gradient was taken'),
      h('p', {}, 'Run a program that calls tape.gradient(…), or use Gradient above a function.'),
    );
    return { id: 'gradients', title: 'Gradients', panel, foot: ends };
  }
  const detail = h('section', { class: 'gradient-detail', 'aria-label': 'The chosen gradient', tabindex: 0 });
  const open = ({ steps }: Series): void => {
    const node = steps.at(-1)?.node;
    if (node) toNode(node.id);
  };
  const choose = (row: Series): void => replace(detail, ...detailOf(row, run, host, { toNode, open }));
  const table = gradientTable(series, host, choose, open);

  let words = '';
  let onlyProblems = false;
  const refilter = (): void =>
    table.rows(
      series.filter(
        row => `${row.source} ${row.target}`.toLowerCase().includes(words) && (!onlyProblems || needsAttention(row)),
      ),
    );
  const problems = h(
    'button',
    {
      class: 'plain',
      'aria-pressed': 'false',
      onclick: () => {
        onlyProblems = !onlyProblems;
        problems.setAttribute('aria-pressed', String(onlyProblems));
        refilter();
      },
    },
    'Only problems',
  );
  const targets = [...new Set(series.map(({ target }) => target))];
  const check = (): void => host.command('checkGradients');
  const panel = h(
    'div',
    { class: 'gradients' },
    h(
      'div',
      { class: 'toolbar' },
      h(
        'p',
        { class: 'toolbar-title' },
        '∂ ',
        h('strong', {}, targets.join(', ')),
        ` with respect to ${plural(series.length, 'parameter')}`,
      ),
      searchField('Filter parameters', text => {
        words = text.trim().toLowerCase();
        refilter();
      }),
      problems,
      host.inEditor && button('Check All', check, 'primary'),
      iconButton('Copy as CSV', 'copy', () => host.copy(csvOf(series))),
    ),
    headlines(series),
    h('div', { class: 'scroll grow' }, table.element),
    detail,
  );
  if (host.inEditor)
    panel.addEventListener('keydown', event => {
      const typing = event.target instanceof Element && event.target.closest('input, vscode-text-field');
      if (event.key.toLowerCase() !== 'c' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      check();
    });
  const broken = series.filter(({ last }) => isBroken(last));
  const footText: Child[] = [h('span', {}, plural(series.length, 'parameter'))];
  const most = Math.max(...series.map(({ steps }) => steps.length));
  if (most > 1) footText.push(h('span', {}, plural(most, 'step')));
  if (broken.length)
    footText.push(h('span', { class: 'alarm' }, `⊗ ${namesOf(broken)} ${broken.length > 1 ? 'are' : 'is'} not finite`));
  replace(ends.left, ...footText);
  replace(ends.right, h('span', { class: 'wide-only' }, '↑↓ rows · Space details · Enter graph'));
  const first = series.find(needsAttention) ?? series[0];
  if (first) {
    table.choose(first);
    choose(first);
  }
  return {
    id: 'gradients',
    title: 'Gradients',
    alert: series.some(needsAttention),
    keys: host.inEditor ? [...keys, checkKey] : keys,
    panel,
    foot: ends,
  };
}

/** So many names are said; of more the number. */
const mostNamed = 3;
const namesOf = (series: readonly Series[]): string =>
  series.length > mostNamed ? `${series.length} parameters` : series.map(({ source }) => source).join(', ');

function headlines(series: readonly Series[]): HTMLElement {
  const sum = (of: (row: Series) => number) => series.reduce((total, row) => total + of(row), 0);
  const total = sum(({ last }) => entriesOf(last));
  const zeros = sum(({ last }) => last.zeros);
  const bad = sum(({ last }) => last.nonFinite);
  const broken = series.filter(({ last }) => isBroken(last));
  const finite = series.filter(({ last }) => !isBroken(last));
  const checked = series.filter(({ last }) => isChecked(last)).length;
  const wrong = series.filter(({ last }) => disagrees(last));
  const global = Math.sqrt(finite.reduce((total, { last }) => total + last.norm ** 2, 0));
  const steps = Math.max(...series.map(row => row.steps.length));
  const headline = (value: string, text: string, alarm = false) =>
    h('div', { class: alarm ? 'headline alarm' : 'headline' }, h('strong', {}, value), h('span', {}, text));
  return h(
    'div',
    { class: 'headlines' },
    headline(
      numberText(global),
      `global norm${broken.length ? ` of ${finite.length} finite` : ''}${steps > 1 ? `, step ${steps - 1}` : ''}`,
    ),
    headline(countText(total), total === 1 ? 'entry' : 'entries'),
    headline(total ? `${((100 * zeros) / total).toFixed(1)} %` : '–', 'exactly zero'),
    bad > 0 ? headline(countText(bad), `not finite, in ${namesOf(broken)}`, true) : headline('0', 'not finite'),
    wrong.length
      ? headline(String(wrong.length), `differ from finite differences: ${namesOf(wrong)}`, true)
      : headline(`${checked} of ${series.length}`, 'checked by finite differences'),
  );
}

/** A line for each step of each parameter. */
function csvOf(series: readonly Series[]): string {
  const head = 'parameter,of,step,dtype,shape,norm,min,mean,max,zeros,not_finite,update_over_weight,check_max_rel';
  const quoted = (value: string | number) =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  const lines = series.flatMap(({ steps }) =>
    steps.map(({ gradient: item, update }, step) =>
      [
        item.source,
        item.target,
        step,
        item.dtype,
        item.shape.join('x'),
        item.norm,
        item.min,
        item.mean,
        item.max,
        item.zeros,
        item.nonFinite,
        update ?? '',
        item.checkMaxRel ?? '',
      ]
        .map(quoted)
        .join(','),
    ),
  );
  return `${[head, ...lines].join('\n')}\n`;
}
