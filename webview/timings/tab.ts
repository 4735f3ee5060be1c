// The Timings tab: where the time went. A time line of what ran when, and the same numbers as a table: by op, or by line.
import type { RunResult } from '../../src/shared/trace.ts';
import type { Host } from '../host.ts';
import { button } from '../ui/controls.ts';
import { segments } from '../ui/buttons.ts';
import { h, replace } from '../ui/dom.ts';
import { bytesText, plural, timeText } from '../ui/format.ts';
import { bar, type Hue } from '../ui/plots.ts';
import { sortableTable, type Column } from '../ui/sortable.ts';
import { foot, type Tab } from '../ui/tabs.ts';
import { timingRows, type By, type TimingRow } from './rows.ts';
import { timeKeys, timeLine } from './timeLine.ts';

const deviceText = { wasm: 'CPU', webgpu: 'GPU', python: 'Python' } as const;
const hueOf = (row: TimingRow): Hue => (row.back ? 'purple' : row.device === 'webgpu' ? 'blue' : 'yellow');

export function timingTab(run: RunResult, source: string, host: Host, toNode: (id: number) => void): Tab {
  const { nodes } = run.graph;
  const all = timingRows(nodes, 'op');
  const total = all.reduce((sum, row) => sum + row.ms, 0);
  // What first calls took longer than those after them.
  const warming = all.reduce((sum, { cold, warm }) => sum + Math.max(0, (cold ?? 0) - (warm ?? 0)), 0);
  const headline = (value: string, text: string) =>
    h('div', { class: 'headline' }, h('strong', {}, value), h('span', {}, text));
  const table = h('div', { class: 'scroll grow' });
  const show = (by: By): void => {
    const rows = timingRows(nodes, by);
    const most = rows[0]?.ms || 1;
    const made = sortableTable<TimingRow>(
      `Time by ${by === 'line' ? 'line' : 'op'}`,
      [
        {
          title: by === 'line' ? 'Line' : 'Op',
          cell: row => h('span', { class: 'clip', title: row.name }, row.name),
          by: row => row.name,
        },
        { title: 'In', from: 860, cell: row => row.group, className: () => 'quiet', by: row => row.group },
        { title: 'Device', from: 620, cell: row => deviceText[row.device], by: row => row.device },
        { title: 'Calls', numeric: true, from: 620, cell: row => row.calls, by: row => row.calls },
        { title: 'Time', numeric: true, cell: row => timeText(row.ms), by: row => row.ms, className: () => 'value' },
        {
          title: 'Time, compared',
          untitled: true,
          from: 760,
          cell: row => bar(row.ms / most, timeText(row.ms), hueOf(row), 140),
        },
        {
          title: 'Share',
          numeric: true,
          cell: row => (total ? `${((100 * row.ms) / total).toFixed(1)} %` : '–'),
          by: row => row.ms,
          className: () => 'value',
        },
        ...(rows.some(row => row.warm !== null)
          ? ([
              ['First', 'cold'],
              ['Warm, median', 'warm'],
            ] as const)
          : []
        ).map(([title, key]): Column<TimingRow> => ({
          title,
          numeric: true,
          from: 1000,
          by: row => row[key],
          cell: row => {
            const ms = row[key];
            return ms === null ? '–' : timeText(ms);
          },
          className: () => 'value quiet',
        })),
        {
          title: 'Result',
          numeric: true,
          from: 860,
          cell: row => bytesText(row.bytes),
          by: row => row.bytes,
          className: () => 'value quiet',
        },
        {
          title: 'At line',
          numeric: true,
          by: row => row.line,
          cell: row =>
            row.line === null
              ? '–'
              : h(
                  'button',
                  {
                    class: 'name-link',
                    'aria-label': `Go to line ${row.line + 1}`,
                    onclick: event => {
                      event.stopPropagation();
                      if (row.node.range) host.reveal(row.node.range, true);
                    },
                  },
                  row.line + 1,
                ),
        },
      ],
      rows,
      () => {},
      row => toNode(row.node.id),
    );
    replace(table, made.element);
  };
  show('op');
  const by = segments<By>(
    'Count by',
    [
      ['op', 'By op'],
      ['line', 'By line'],
      ['each', 'Every call'],
    ],
    'op',
    show,
  );
  const devices = [...new Set(all.map(row => deviceText[row.device]))];
  const panel = h(
    'div',
    { class: 'timings' },
    h(
      'div',
      { class: 'toolbar' },
      by.element,
      h('span', { class: 'spring' }),
      host.inEditor && button('Export .cpuprofile', () => host.command('exportProfile')),
    ),
    h(
      'div',
      { class: 'headlines' },
      headline(timeText(run.ms.run), 'whole run'),
      headline(
        timeText(total),
        `in ops (${run.ms.run > 0 ? Math.min(100, Math.round((100 * total) / run.ms.run)) : 0} %)`,
      ),
      headline(timeText(Math.max(0, run.ms.run - total)), 'outside of ops'),
      warming > 0 && headline(timeText(warming), 'more in first calls'),
      run.ms.start > 0 && headline(timeText(run.ms.start), 'start of the kernel'),
    ),
    timeLine(run, source, toNode),
    table,
  );
  return {
    id: 'timings',
    title: 'Timings',
    panel,
    foot: foot(
      h('span', {}, plural(all.length, 'kind of op', 'kinds of ops')),
      h(
        'span',
        {},
        plural(
          all.reduce((sum, row) => sum + row.calls, 0),
          'call',
        ),
      ),
      devices.length > 0 && h('span', {}, devices.join(', ')),
    ),
    keys: timeKeys,
  };
}
