// The Timings tab: where the time went. A time line of what ran when, and the same numbers as a table: by op, or by line.
import type { RunResult, TraceNode } from '../../src/shared/trace.ts';
import type { Host } from '../host.ts';
import { button } from '../ui/controls.ts';
import { segments } from '../ui/buttons.ts';
import { h, replace } from '../ui/dom.ts';
import { bytesText, plural, timeText } from '../ui/format.ts';
import { bar, type Hue } from '../ui/plots.ts';
import { sortableTable } from '../ui/sortable.ts';
import { foot, type Tab } from '../ui/tabs.ts';
import { timeLine } from './line.ts';

/** Ops that are the same thing: one row of the table. */
export interface TimingRow {
  readonly name: string;
  readonly group: string;
  readonly device: TraceNode['device'];
  readonly line: number | null;
  readonly calls: number;
  readonly ms: number;
  readonly bytes: number;
  readonly back: boolean;
  /** The slowest of them. */
  readonly node: TraceNode;
}

type By = 'op' | 'line' | 'each';

/** Rows by what they are counted by, longest first. Ops of one kernel have their time on the last one: it names them all. */
export function timingRows(nodes: readonly TraceNode[], by: By): TimingRow[] {
  const kernels = new Map<number, TraceNode[]>();
  for (const node of nodes)
    if (node.kernel !== null) {
      const list = kernels.get(node.kernel);
      if (list) list.push(node);
      else kernels.set(node.kernel, [node]);
    }
  const rows = new Map<string, TimingRow>();
  for (const node of nodes) {
    if (node.ms === null || (node.kind !== 'op' && node.kind !== 'result' && node.ms === 0)) continue;
    const fused = node.kernel === null ? [node] : (kernels.get(node.kernel) ?? [node]);
    const name = fused.map(each => each.label).join('+');
    const line = node.range?.start.line ?? null;
    const key = { op: `${name} ${node.device}`, line: String(line), each: String(node.id) }[by];
    const before = rows.get(key);
    rows.set(key, {
      name: by === 'line' ? (line === null ? 'no line' : `line ${line + 1}`) : name,
      group: node.group.at(-1) ?? '',
      device: node.device,
      line: before && before.line !== line ? null : line,
      calls: (before?.calls ?? 0) + 1,
      ms: (before?.ms ?? 0) + node.ms,
      bytes: (before?.bytes ?? 0) + node.bytes,
      back: node.lane === 'backward',
      node: before && (before.node.ms ?? 0) > node.ms ? before.node : node,
    });
  }
  return [...rows.values()].sort((a, b) => b.ms - a.ms);
}

const deviceText = { wasm: 'CPU', webgpu: 'GPU', python: 'Python' } as const;
const hueOf = (row: TimingRow): Hue => (row.back ? 'purple' : row.device === 'webgpu' ? 'blue' : 'yellow');

export function timingTab(run: RunResult, host: Host, toNode: (id: number) => void): Tab {
  const { nodes } = run.graph;
  const all = timingRows(nodes, 'op');
  const total = all.reduce((sum, row) => sum + row.ms, 0);
  const lines = run.lines.length;
  const headline = (value: string, text: string) =>
    h('div', { class: 'headline' }, h('strong', {}, value), h('span', {}, text));
  const table = h('div', { class: 'scroll grow' });
  const show = (by: By): void => {
    const rows = timingRows(nodes, by);
    const most = rows[0]?.ms || 1;
    const made = sortableTable<TimingRow>(
      `Time by ${by === 'line' ? 'line' : 'op'}`,
      [
        { title: by === 'line' ? 'Line' : 'Op', cell: row => row.name, by: row => row.name },
        { title: 'In', from: 760, cell: row => row.group, className: () => 'quiet', by: row => row.group },
        { title: 'Device', cell: row => deviceText[row.device], by: row => row.device },
        { title: 'Calls', numeric: true, from: 760, cell: row => row.calls, by: row => row.calls },
        { title: 'Time', numeric: true, cell: row => timeText(row.ms), by: row => row.ms, className: () => 'value' },
        { title: 'Compared', cell: row => bar(row.ms / most, timeText(row.ms), hueOf(row), 140) },
        {
          title: 'Share',
          numeric: true,
          cell: row => (total ? `${((100 * row.ms) / total).toFixed(1)} %` : '–'),
          by: row => row.ms,
          className: () => 'value',
        },
        {
          title: 'Result',
          numeric: true,
          from: 760,
          cell: row => bytesText(row.bytes),
          by: row => row.bytes,
          className: () => 'value quiet',
        },
        {
          title: 'At',
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
      headline(timeText(Math.max(0, run.ms.run - total)), 'in Python'),
      run.ms.start > 0 && headline(timeText(run.ms.start), 'start of the kernel'),
    ),
    timeLine(run, toNode),
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
      lines > 0 && h('span', {}, plural(lines, 'line')),
      h('span', {}, 'Enter graph'),
    ),
  };
}
