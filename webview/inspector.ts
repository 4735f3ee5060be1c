// Facts about the selected node, and its place in the source.
import type { RunResult, TraceNode } from '../src/shared/trace.ts';
import { h, replace } from './ui/dom.ts';
import { bytesText, numberText, plural, timeText, typeText } from './ui/format.ts';

export function inspector(
  run: RunResult,
  onSelect: (id: number) => void,
): { readonly element: HTMLElement; show(node: TraceNode | null): void } {
  const element = h('aside', { class: 'inspector', 'aria-label': 'Selected op', 'aria-live': 'polite' });
  const { nodes, edges } = run.graph;
  const byId = new Map(nodes.map(node => [node.id, node]));
  const link = (node: TraceNode) =>
    h(
      'li',
      {},
      h('button', { class: 'link', onclick: () => onSelect(node.id) }, node.label),
      h('span', { class: 'type' }, typeText(node.dtype, node.shape)),
    );
  const list = (title: string, ids: readonly number[]) => {
    const found = ids.map(id => byId.get(id)).filter(node => node !== undefined);
    return found.length ? h('section', {}, h('h3', {}, title), h('ul', {}, ...found.map(link))) : null;
  };
  const facts = (rows: readonly (readonly [string, string | null])[]) =>
    h('dl', {}, ...rows.flatMap(([name, value]) => (value === null ? [] : [h('dt', {}, name), h('dd', {}, value)])));
  const whole = () => {
    const slowest = [...nodes]
      .filter(node => node.ms !== null)
      .sort((a, b) => (b.ms ?? 0) - (a.ms ?? 0))
      .slice(0, 5);
    const bad = nodes.filter(node => node.nonFinite > 0);
    return [
      h('h2', {}, 'The run'),
      facts([
        ['Device', run.device.name],
        ['Time', timeText(run.ms.run)],
        ['Ops', plural(nodes.filter(node => node.kind === 'op').length, 'op')],
        ['Not finite', bad.length ? plural(bad.length, 'op') : 'none'],
      ]),
      list(
        'First not finite',
        bad.slice(0, 1).map(node => node.id),
      ),
      list(
        'Slowest',
        slowest.map(node => node.id),
      ),
    ];
  };
  const show = (node: TraceNode | null): void => {
    if (!node) return replace(element, ...whole());
    const fused =
      node.kernel === null ? [] : nodes.filter(other => other.kernel === node.kernel && other.id !== node.id);
    replace(
      element,
      h('h2', {}, node.label, h('span', { class: 'type' }, typeText(node.dtype, node.shape))),
      facts([
        ['Function', node.api ?? node.op],
        ['Lane', node.lane],
        ['Line', node.range ? String(node.range.start.line + 1) : null],
        ['Device', node.device],
        ['Time', timeOf(node, fused)],
        ['Size', bytesText(node.bytes)],
        ['Norm', node.norm === undefined ? null : numberText(node.norm)],
        ['Not finite', node.nonFinite ? plural(node.nonFinite, 'value') : null],
      ]),
      list(
        'Inputs',
        edges.filter(edge => edge.to === node.id).map(edge => edge.from),
      ),
      list(
        'Used by',
        edges.filter(edge => edge.from === node.id).map(edge => edge.to),
      ),
      list(
        'Mirror',
        [node.mirror, nodes.find(other => other.mirror === node.id)?.id ?? null].filter(id => id !== null),
      ),
    );
  };
  return { element, show };
}

/** An op that was fused has no time of its own: its kernel has one, on the last op. */
function timeOf(node: TraceNode, fused: readonly TraceNode[]): string {
  const ms = [node, ...fused].find(each => each.ms !== null)?.ms;
  if (ms === undefined || ms === null) return 'not measured';
  const together = fused.length ? `, one kernel with ${fused.map(each => each.label).join(', ')}` : '';
  return `${timeText(ms)}${together}`;
}
