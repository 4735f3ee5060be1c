// Where the time went: one row per op, longest first, ops of one kernel together.
import type { RunResult, TraceNode } from '../../src/shared/trace.ts';
import { h } from '../ui/dom.ts';
import { bytesText, timeText, typeText } from '../ui/format.ts';
import { bar } from '../ui/plots.ts';

export function timingTable(run: RunResult, onSelect: (node: TraceNode) => void): HTMLElement {
  const timed = run.graph.nodes.filter(node => node.ms !== null).sort((a, b) => (b.ms ?? 0) - (a.ms ?? 0));
  const total = timed.reduce((sum, node) => sum + (node.ms ?? 0), 0);
  const most = timed[0]?.ms ?? 1;
  const headline = (value: string, text: string) =>
    h('div', { class: 'headline' }, h('strong', {}, value), h('span', {}, text));
  return h(
    'div',
    { class: 'timings' },
    h(
      'div',
      { class: 'headlines' },
      headline(timeText(run.ms.run), 'whole run'),
      headline(timeText(total), 'in ops'),
      headline(timeText(run.ms.start), 'start of the kernel'),
      headline(run.device.name, run.device.software ? 'software device' : 'device'),
    ),
    h(
      'div',
      { class: 'scroll' },
      h(
        'table',
        { 'aria-label': 'Time by op' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...['Op', 'Function', 'Type', 'Line', 'Time', 'Time, compared', 'Share', 'Size'].map(text =>
              h('th', { scope: 'col' }, text),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          ...timed.map(node =>
            h(
              'tr',
              {
                tabindex: 0,
                onclick: () => onSelect(node),
                onkeydown: event => (event as KeyboardEvent).key === 'Enter' && onSelect(node),
              },
              h('th', { scope: 'row' }, node.label),
              h('td', {}, node.api ?? node.op),
              h('td', { class: 'type' }, typeText(node.dtype, node.shape)),
              h('td', { class: 'number' }, node.range ? node.range.start.line + 1 : '–'),
              h('td', { class: 'number' }, timeText(node.ms ?? 0)),
              h('td', {}, bar((node.ms ?? 0) / most, timeText(node.ms ?? 0))),
              h('td', { class: 'number' }, total ? `${((100 * (node.ms ?? 0)) / total).toFixed(1)} %` : '–'),
              h('td', { class: 'number' }, bytesText(node.bytes)),
            ),
          ),
        ),
      ),
    ),
  );
}
