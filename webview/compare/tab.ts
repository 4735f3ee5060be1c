// The Compare tab: before and after the lift, statement by statement, with what was measured by running both sides.
import type { StatementComparison, StatementRow } from '../../src/shared/comparison.ts';
import type { ReportData } from '../../src/shared/report.ts';
import { coloured, levelText } from '../code/code.ts';
import type { Host } from '../host.ts';
import { segments } from '../ui/buttons.ts';
import { button } from '../ui/controls.ts';
import { h, replace, type Child } from '../ui/dom.ts';
import { numberText, plural, timeText, typeText } from '../ui/format.ts';
import { icon } from '../ui/icons.ts';
import { bar } from '../ui/plots.ts';
import { sortableTable, type Column } from '../ui/sortable.ts';
import { foot, type Tab } from '../ui/tabs.ts';

type Filter = 'all' | 'differences';

export function compareTab(data: ReportData, host: Host): Tab {
  const { comparison, verification } = data;
  const status = verification?.verdict.status;
  const rows = comparison?.rows ?? [];
  return {
    id: 'compare',
    title: 'Compare',
    alert: comparison !== undefined && (status === 'differs' || status === 'failed'),
    panel: comparison ? view(data, comparison, host) : nothing(data, host),
    foot: comparison
      ? foot(
          h('span', {}, plural(rows.length, 'statement')),
          h('span', {}, `${rows.length - kept(rows)} changed`),
          kept(rows) > 0 && h('span', {}, `${kept(rows)} kept`),
          host.inEditor && h('span', {}, '↑↓ rows · Enter source'),
        )
      : foot(h('span', {}, 'Not compared')),
  };
}

const kept = (rows: readonly StatementRow[]): number => rows.filter(({ result }) => result === 'kept').length;

function nothing({ title, conversion }: ReportData, host: Host): HTMLElement {
  const done = conversion !== null && conversion.changes.length === 0;
  return h(
    'div',
    {},
    h(
      'section',
      { class: 'state', 'aria-label': 'Nothing to compare yet' },
      h('h2', {}, done ? 'Nothing to compare' : 'Not lifted yet'),
      h(
        'p',
        {},
        done
          ? `No statement of ${title} would change: there is nothing in it to lift to TensorFlow.`
          : 'Lift this file to compare: both sides run on the same inputs, and each changed statement is shown with its values, shapes and times before and after.',
      ),
      !done &&
        host.inEditor &&
        h(
          'div',
          { class: 'state-actions' },
          button('Lift and Compare', () => host.command('compare'), 'primary'),
        ),
    ),
  );
}

function view(data: ReportData, comparison: StatementComparison, host: Host): HTMLElement {
  const box = h('div', { class: 'scroll grow' });
  const show = (filter: Filter): void => {
    const rows = filter === 'all' ? comparison.rows : comparison.rows.filter(differs);
    replace(
      box,
      rows.length > 0
        ? sortableTable(
            'Before and after',
            columns(comparison, host),
            rows,
            row => host.reveal(row.range),
            row => host.reveal(row.range, true),
          ).element
        : h('p', { class: 'compare-none' }, 'No value differs, not even in its last digit.'),
    );
  };
  show('all');
  const filter = segments<Filter>(
    'Statements',
    [
      ['all', 'All statements'],
      ['differences', 'Only differences'],
    ],
    'all',
    show,
  );
  return h(
    'div',
    { class: 'compare' },
    h(
      'div',
      { class: 'toolbar' },
      h('code', { class: 'wide-only' }, `${data.title} › lifted`),
      h('span', { class: 'spring' }),
      filter.element,
      host.inEditor && button('Open Diff', () => host.command('openDiff')),
    ),
    banner(data, comparison),
    box,
  );
}

/** "Only differences" also shows what differs within its bound. */
const differs = ({ result }: StatementRow): boolean => result === 'differs' || result === 'close';

const heads = {
  verified: 'Verified.',
  differs: 'Differs.',
  failed: 'Not compared.',
  'not-run': 'Not verified.',
} as const;

function banner({ verification }: ReportData, { rows, ms, warm }: StatementComparison): HTMLElement | null {
  if (!verification) return null;
  const { verdict, text } = verification;
  const seen = rows.filter(({ maxAbs, result }) => maxAbs !== null || result === 'differs');
  const far = seen.filter(({ result }) => result === 'differs').length;
  const close = seen.filter(({ result }) => result === 'close');
  const largest = close.reduce<StatementRow | null>(
    (most, row) => (most === null || (row.maxRel ?? 0) > (most.maxRel ?? 0) ? row : most),
    null,
  );
  const facts = [
    seen.length > 0 &&
      `${seen.length - far} of ${plural(seen.length, 'statement')} with a value ${seen.length - far === 1 ? 'agrees' : 'agree'} in dtype, shape and value`,
    largest &&
      `largest difference ${numberText(largest.maxRel)} relative, ${largest.words}, in line ${lineOf(largest)}`,
    kept(rows) > 0 && `${plural(kept(rows), 'statement')} kept as NumPy`,
    ...(verdict.named ?? []).map(each => `named by a Review note: ${each}`),
  ].filter(each => each !== false && each !== null);
  const good = verdict.status === 'verified';
  const times =
    ms &&
    h(
      'div',
      { class: 'compare-times', title: timesTitle(warm) },
      h('strong', {}, ratio(ms)),
      h('span', {}, `${timeText(ms[0])} → ${timeText(ms[1])}`),
    );
  return h(
    'div',
    { class: `verdict ${good ? 'good-frame' : verdict.status === 'not-run' ? '' : 'bad-frame'}`, role: 'status' },
    icon(good ? 'check' : verdict.status === 'not-run' ? 'warning' : 'error'),
    h(
      'p',
      {},
      h('strong', {}, heads[verdict.status]),
      ` ${sentence(verdict.status === 'not-run' ? (verdict.reason ?? text) : text)}`,
      facts.length > 0 && h('small', {}, facts.join(' · ')),
    ),
    times,
  );
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
const lineOf = ({ range }: StatementRow): number => range.start.line + 1;
const timesTitle = (warm: boolean): string =>
  `Time in the changed statements that ran on both sides, ${warm ? 'in later, warm runs of both' : 'in one run, with all that a first run has to prepare'}.`;

/** "1.3× faster", "2.0× slower". */
function ratio([before, after]: readonly [number, number]): string {
  const factor = after > 0 ? before / after : 0;
  if (factor === 0) return '–';
  return factor >= 1 ? `${factor.toFixed(1)}× faster` : `${(1 / factor).toFixed(1)}× slower`;
}

const none = (why: string): HTMLElement =>
  h('span', { class: 'quiet', title: sentence(why) }, '–', h('span', { class: 'hidden' }, ` ${why}`));

function columns({ rows, warm }: StatementComparison, host: Host): readonly Column<StatementRow>[] {
  const longest = Math.max(...rows.flatMap(({ ms }) => ms.flatMap(each => each ?? [])), 1e-6);
  const number = (row: StatementRow, value: number | null): Child =>
    value === null ? none(row.why ?? row.words) : value >= Number.MAX_VALUE ? 'not finite' : numberText(value);
  return [
    {
      title: 'Line',
      numeric: true,
      by: lineOf,
      className: () => 'quiet',
      cell: row =>
        host.inEditor
          ? h(
              'button',
              {
                class: 'name-link',
                tabindex: -1,
                'aria-label': `Go to line ${lineOf(row)}`,
                onclick: event => {
                  event.stopPropagation();
                  host.reveal(row.range, true);
                },
              },
              lineOf(row),
            )
          : lineOf(row),
    },
    { title: 'Before: NumPy', className: () => 'text', cell: row => side(row, 0) },
    { title: 'After: TensorFlow', className: () => 'text', cell: row => side(row, 1) },
    {
      title: 'Level',
      by: ({ level }) => (level === null ? null : ['safe', 'review', 'unsafe'].indexOf(level)),
      cell: row => level(row),
    },
    {
      title: 'Max |Δ|',
      numeric: true,
      from: 760,
      className: () => 'value',
      by: row => row.maxAbs,
      cell: row => number(row, row.maxAbs),
    },
    {
      title: 'Max rel',
      numeric: true,
      from: 760,
      className: () => 'value',
      by: row => row.maxRel,
      cell: row => number(row, row.maxRel),
    },
    { title: 'Result', className: () => 'text', by: ({ result }) => order.indexOf(result), cell: result },
    {
      title: 'Time before / after',
      from: 760,
      by: ({ ms }) => ms[1],
      cell: row =>
        h(
          'div',
          { class: 'times', title: executions(row, warm) },
          ...row.ms.flatMap((ms, at) => time(ms, longest, at)),
        ),
    },
  ];
}

const order: readonly StatementRow['result'][] = ['differs', 'close', 'identical', 'kept', 'none'];

function executions({ counts, ms, why }: StatementRow, warm: boolean): string {
  if (ms[0] === null && ms[1] === null) return sentence(why ?? 'it was not measured');
  const often =
    counts[0] === counts[1] ? plural(counts[0], 'execution') : `${counts[0]} and ${plural(counts[1], 'execution')}`;
  return `Median of ${often}, ${warm ? 'warm' : 'of a first run'}.`;
}

const time = (ms: number | null, longest: number, at: number): Child[] => [
  bar(ms === null ? 0 : ms / longest, '', at === 0 ? 'grey' : 'blue', 96),
  h(
    'span',
    { class: 'sub' },
    h('span', { class: 'hidden' }, at === 0 ? 'before ' : 'after '),
    ms === null ? '–' : timeText(ms),
  ),
];

/** The code of one side, what its value is, and on the right what there is to say. */
function side(row: StatementRow, at: 0 | 1): HTMLElement {
  const { value, notes } = row;
  const text = at === 0 ? row.before : row.after;
  const type = value && typeText(value.dtypes[at], value.shapes[at]);
  const said = at === 1 ? notes : [];
  return h(
    'div',
    {},
    h('code', {}, ...text.split('\n').flatMap((line, index) => [...(index ? ['\n'] : []), ...coloured(line)])),
    (type || said.length > 0) &&
      h(
        'span',
        { class: 'sub' },
        type,
        ...said.flatMap((note, index) => [(index || type) && ' · ', h('span', { class: 'said' }, note)]),
      ),
  );
}

function level({ level, rules, result }: StatementRow): HTMLElement {
  const word =
    result === 'kept' && level === null
      ? h('span', { class: 'level blocked' }, '⊘ Blocked')
      : level === null
        ? h('span', { class: 'quiet', title: 'Only the border between NumPy and TensorFlow is drawn here.' }, 'Border')
        : h('span', { class: `level ${level}` }, levelText[level]);
  return h(
    'div',
    {},
    word,
    rules.length > 0 && h('span', { class: 'sub', title: rules.join(', ') }, shortRules(rules)),
  );
}

const shortRules = (rules: readonly string[]): string =>
  rules.length > 2 ? `${rules.slice(0, 2).join(' ')} +${rules.length - 2}` : rules.join(' ');

function result(row: StatementRow): Child {
  switch (row.result) {
    case 'identical':
    case 'close':
      return h('span', { class: 'good' }, icon('check'), row.words);
    case 'differs':
      return h('span', { class: 'alarm' }, icon('error'), row.words);
    case 'kept':
      return h('span', { class: 'quiet', title: row.notes.join('\n') }, 'kept as NumPy');
    case 'none':
      return none(row.why ?? '');
  }
}
