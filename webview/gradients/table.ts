// The table of gradients: a row for each parameter, its last step in numbers, all steps as a line.
import type { GradientResult } from '../../src/shared/trace.ts';
import type { Host } from '../host.ts';
import { h, type Child } from '../ui/dom.ts';
import { countText, numberText, plural, typeText } from '../ui/format.ts';
import { bar, histogram } from '../ui/plots.ts';
import { sortableTable, type Column, type SortableTable } from '../ui/sortable.ts';
import { healthy, trend, updateRail } from './pictures.ts';
import { disagrees, entriesOf, isBroken, type Series } from './series.ts';

export function gradientTable(
  series: readonly Series[],
  host: Host,
  onChoose: (row: Series) => void,
  onOpen: (row: Series) => void,
): SortableTable<Series> {
  const largest = Math.max(...series.map(({ last }) => (Number.isFinite(last.norm) ? last.norm : 0)), Number.MIN_VALUE);
  const severalTargets = new Set(series.map(({ target }) => target)).size > 1;
  const severalSteps = series.some(({ steps }) => steps.length > 1);
  const updates = series.some(row => updateOf(row) !== null);
  const number = (title: string, of: (item: GradientResult) => number, from?: Column<Series>['from']) => ({
    title,
    numeric: true,
    ...(from ? { from } : {}),
    by: ({ last }: Series) => of(last),
    cell: ({ last }: Series) => numberText(isBroken(last) ? NaN : of(last)),
    className: ({ last }: Series) => (isBroken(last) ? 'value alarm' : 'value'),
  });
  const column = (there: boolean, made: Column<Series>): readonly Column<Series>[] => (there ? [made] : []);
  const columns: readonly Column<Series>[] = [
    { title: 'Parameter', cell: row => row.source, by: row => row.source },
    ...column(severalTargets, { title: 'Of', cell: row => row.target, by: row => row.target }),
    {
      title: 'Type',
      from: 760,
      cell: ({ last }) => typeText(last.dtype, last.shape),
      className: () => 'type',
      by: ({ last }) => entriesOf(last),
    },
    number('Norm', item => item.norm),
    {
      title: 'Norm, compared',
      untitled: true,
      from: 1000,
      cell: ({ last }) =>
        bar(isBroken(last) ? 0 : last.norm / largest, `norm ${numberText(isBroken(last) ? NaN : last.norm)}`),
    },
    ...column(severalSteps, {
      title: 'Over steps',
      from: 620,
      cell: ({ steps }) => (steps.length > 1 ? trend(steps.map(({ gradient }) => gradient)) : null),
    }),
    number('Min', item => item.min, 1240),
    number('Mean', item => item.mean, 1240),
    number('Max', item => item.max, 1240),
    { title: 'Distribution', cell: ({ last }) => distribution(last) },
    {
      title: 'Zero',
      numeric: true,
      from: 860,
      by: ({ last }) => last.zeros / Math.max(1, entriesOf(last)),
      cell: ({ last }) =>
        entriesOf(last) && !isBroken(last) ? `${((100 * last.zeros) / entriesOf(last)).toFixed(1)} %` : '–',
      className: () => 'value',
    },
    {
      title: 'Not finite',
      from: 620,
      by: ({ last }) => last.nonFinite,
      cell: ({ last, steps }) => {
        if (last.nonFinite) return h('span', { class: 'badge bad' }, `⊗ ${countText(last.nonFinite)}`);
        const before = steps.filter(({ gradient }) => isBroken(gradient)).length;
        return before
          ? h('span', { class: 'alarm' }, `in ${plural(before, 'step')}`)
          : h('span', { class: 'quiet' }, '0');
      },
    },
    ...column(updates, {
      title: 'Update / weight',
      numeric: true,
      from: 1000,
      by: updateOf,
      cell: row => {
        const ratio = updateOf(row);
        return ratio === null ? '–' : numberText(isBroken(row.last) ? NaN : ratio);
      },
      className: row => (isBroken(row.last) ? 'value alarm' : unusual(row) ? 'value strong' : 'value'),
    }),
    ...column(updates, {
      title: 'Update / weight, on a scale',
      untitled: true,
      from: 1240,
      cell: row => updateRail(isBroken(row.last) ? null : updateOf(row)),
    }),
    {
      title: 'Finite differences',
      by: ({ last }) => last.checkMaxRel ?? null,
      cell: ({ last }) => checkCell(last, host),
    },
  ];
  return sortableTable<Series>(plural(series.length, 'gradient'), columns, series, onChoose, onOpen);
}

/** Of the last step. */
export const updateOf = ({ steps }: Series): number | null => steps.at(-1)?.update ?? null;

function unusual(row: Series): boolean {
  const ratio = updateOf(row);
  return ratio !== null && (ratio < healthy.low || ratio > healthy.high);
}

function distribution(item: GradientResult): Child {
  if (isBroken(item))
    return h('span', { class: 'flat-line', role: 'img', 'aria-label': 'no distribution: not finite' });
  return item.histogram && entriesOf(item) > 1 ? histogram(item.histogram, item.min, item.max) : null;
}

function checkCell(item: GradientResult, host: Host): Child {
  if (isBroken(item)) return h('span', { class: 'alarm' }, '⊗ not finite');
  const { checkMaxRel } = item;
  if (typeof checkMaxRel === 'number') {
    const good = !disagrees(item);
    return h('span', { class: good ? 'good' : 'alarm' }, `${good ? '✓' : '✕'} ${numberText(checkMaxRel)}`);
  }
  if (!host.inEditor) return h('span', { class: 'quiet' }, 'not checked');
  return h(
    'button',
    {
      class: 'small',
      'aria-label': `Check ${item.source} by finite differences`,
      onclick: event => {
        event.stopPropagation();
        host.command('checkGradients');
      },
    },
    'Check',
  );
}
