// Facts about the selected node or group, and without one about the run: what is not finite, what costs most.
import type { RunResult, TraceNode } from '../src/shared/trace.ts';
import { deviceText, timeOf } from './graph/card.ts';
import { groupsAround, nameOf } from './graph/scene.ts';
import type { GraphModel } from './graph/model.ts';
import { overlays, type Overlay } from './graph/overlay.ts';
import { disagrees, seriesOf } from './gradients/series.ts';
import type { Selection } from './graph/api.ts';
import { h, replace, type Child } from './ui/dom.ts';
import { bytesText, countText, numberText, plural, timeText, typeText } from './ui/format.ts';
import { icon } from './ui/icons.ts';
import { bar } from './ui/plots.ts';

/** So many scalar gradients are told with their values. */
const mostScalars = 4;

export interface InspectorEvents {
  onSelect(id: number): void;
  onSource(node: TraceNode): void;
  /** Opens the array of a node; null where it has no name in the namespace. */
  tensorOf(node: TraceNode): (() => void) | null;
}

export interface Inspector {
  readonly element: HTMLElement;
  show(selection: Selection | null): void;
  overlay(overlay: Overlay): void;
}

export function inspector(run: RunResult, model: GraphModel, title: string, events: InspectorEvents): Inspector {
  const element = h('aside', { class: 'inspector', 'aria-label': 'Selected op', tabindex: 0 });
  const { nodes } = run.graph;
  let overlay: Overlay = 'none';
  let shown: Selection | null = null;

  const link = (node: TraceNode, note: Child, lead: Child = h('i', { class: 'dot-lead' })) =>
    h(
      'li',
      {},
      lead,
      h('button', { class: 'name-link', onclick: () => events.onSelect(node.id) }, node.label),
      h('span', { class: 'type' }, note),
    );
  const section = (head: string, note: string, ...children: Child[]) =>
    h('section', {}, h('h3', {}, head, h('span', { class: 'quiet' }, note)), ...children);
  const facts = (rows: readonly (readonly [string, string | null])[]) =>
    h('dl', {}, ...rows.flatMap(([name, value]) => (value === null ? [] : [h('dt', {}, name), h('dd', {}, value)])));

  const whole = (): Child[] => {
    const ops = nodes.filter(node => node.kind === 'op' || node.kind === 'result');
    const forward = ops.filter(node => node.lane === 'forward').length;
    const kernels = new Set(nodes.flatMap(node => node.kernel ?? [])).size;
    const bad = nodes.filter(node => node.nonFinite > 0);
    const parameters = nodes.filter(node => model.roles.get(node.id) === 'side' && node.kind !== 'constant');
    const entries = parameters.reduce((sum, node) => sum + node.shape.reduce((product, dim) => product * dim, 1), 0);
    const spec = overlays[overlay === 'memory' || overlay === 'gradient' ? overlay : 'time'];
    const measure = spec.kind === 'measure' ? spec : null;
    const ranked = measure
      ? nodes
          .filter(node => (measure.of(node) ?? 0) > 0)
          .sort((a, b) => (measure.of(b) ?? 0) - (measure.of(a) ?? 0))
          .slice(0, 6)
      : [];
    const most = ranked[0] && measure ? (measure.of(ranked[0]) ?? 1) : 1;
    const first = bad[0];
    const scalars = seriesOf(run)
      .map(({ last }) => last)
      .filter(({ shape }) => shape.length === 0)
      .slice(0, mostScalars);
    return [
      h('h2', {}, 'The run', h('span', { class: 'type' }, title)),
      section(
        'Run',
        '',
        facts([
          [
            'Ops',
            forward === ops.length
              ? countText(forward)
              : `${countText(forward)} forward · ${countText(ops.length - forward)} backward`,
          ],
          ['Kernels', kernels ? String(kernels) : null],
          ['Memory', bytesText(nodes.reduce((sum, node) => sum + node.bytes, 0))],
          [
            'Parameters',
            parameters.length ? `${countText(entries)} in ${plural(parameters.length, 'variable')}` : null,
          ],
          ['Device', run.device.name],
          ['Time', timeText(run.ms.run)],
        ]),
        scalars.length > 0 &&
          h(
            'dl',
            { class: 'scalar-gradients' },
            ...scalars.flatMap(item => [
              h('dt', {}, `∂${item.target}/∂${item.source}`),
              h(
                'dd',
                {},
                h('code', {}, item.value),
                typeof item.checkMaxRel === 'number' &&
                  (disagrees(item)
                    ? h('span', { class: 'alarm' }, ' ✕ finite differences')
                    : h('span', { class: 'good' }, ' ✓ finite differences')),
              ),
            ]),
          ),
      ),
      first &&
        h(
          'section',
          {},
          h('h3', { class: 'alarm' }, 'Not finite'),
          h(
            'ul',
            {},
            link(
              first,
              first.range ? `the first, line ${first.range.start.line + 1}` : 'the first',
              h('i', { class: 'dot-lead bad' }),
            ),
          ),
        ),
      measure && ranked.length
        ? section(
            { time: 'Slowest', memory: 'Largest', gradient: 'Largest norm' }[measure.title.toLowerCase()] ?? 'Slowest',
            `of ${plural(nodes.length, 'node')}`,
            h(
              'ul',
              { class: 'ranked' },
              ...ranked.map(node =>
                link(node, measure.text(measure.of(node) ?? 0), bar((measure.of(node) ?? 0) / most, '', measure.hue)),
              ),
            ),
          )
        : null,
    ];
  };

  const selected = ({ placed, nodes: members, upstream, downstream }: Selection): Child[] => {
    const [node] = members;
    if (!node) return [];
    const own = placed.kind === 'node' ? placed.node : null;
    const groups = own ? own.group : groupsAround(placed).slice(0, -1);
    const inside = new Set(members.map(each => each.id));
    const around = (end: 'incoming' | 'outgoing') => {
      const found = new Map<number, string>();
      for (const id of inside)
        for (const edge of model[end].get(id) ?? []) {
          const other = end === 'incoming' ? edge.from : edge.to;
          if (!inside.has(other) && !(found.has(other) && edge.kind === 'saved')) found.set(other, edge.kind);
        }
      return [...found].flatMap(([id, kind]) => {
        const other = model.byId.get(id);
        return other ? [{ other, kind }] : [];
      });
    };
    const list = (head: string, note: string, end: 'incoming' | 'outgoing') => {
      const rows = around(end);
      if (!rows.length) return null;
      return section(
        head,
        note,
        h(
          'ul',
          {},
          ...rows
            .slice(0, 12)
            .map(({ other, kind }) =>
              link(
                other,
                kind === 'saved' ? 'saved' : typeText(other.dtype, other.shape),
                h('i', { class: kind === 'saved' ? 'dot-lead hollow' : 'dot-lead' }),
              ),
            ),
        ),
        rows.length > 12 && h('p', { class: 'quiet' }, `and ${rows.length - 12} more`),
      );
    };
    const mirror = own?.mirror ?? (own ? nodes.find(each => each.mirror === own.id)?.id : undefined) ?? null;
    const tensor = own ? events.tensorOf(own) : null;
    const line = node.range ? node.range.start.line + 1 : null;
    return [
      h(
        'h2',
        {},
        nameOf(placed),
        h('span', { class: 'type' }, own ? typeText(own.dtype, own.shape) : plural(members.length, 'op')),
      ),
      h(
        'div',
        { class: 'actions' },
        line !== null &&
          h('button', { class: 'plain', onclick: () => events.onSource(node) }, icon('code'), `Line ${line}`),
        tensor && h('button', { class: 'plain', onclick: tensor }, icon('grid'), 'Tensor'),
        mirror !== null && h('button', { class: 'plain', onclick: () => events.onSelect(mirror) }, '∂ Mirror'),
      ),
      section(
        'Facts',
        '',
        facts([
          ['Value', own?.value ?? null],
          ['Function', own ? (own.api ?? null) : null],
          ['In', groups.length ? groups.join(' › ') : null],
          ['Device', deviceText(members)],
          ['Time', timeOf(model, members)],
          ['Kernel', own ? kernelText(model, own) : null],
          ['Size', bytesText(members.reduce((sum, each) => sum + each.bytes, 0))],
          ['Norm', own?.norm === undefined ? null : numberText(own.norm)],
        ]),
        members.some(each => each.nonFinite > 0) &&
          h(
            'p',
            { class: 'alarm' },
            `⊗ ${plural(
              members.reduce((sum, each) => sum + each.nonFinite, 0),
              'value',
            )} not finite`,
          ),
      ),
      list('Inputs', `${upstream} upstream`, 'incoming'),
      list('Used by', `${downstream} downstream`, 'outgoing'),
    ];
  };
  const refresh = (): void => replace(element, ...(shown ? selected(shown) : whole()));
  refresh();
  return {
    element,
    show: selection => {
      shown = selection;
      refresh();
    },
    overlay: next => {
      overlay = next;
      if (!shown) refresh();
    },
  };
}

function kernelText(model: GraphModel, node: TraceNode): string | null {
  if (node.kernel === null) return null;
  const fused = model.graph.nodes.filter(each => each.kernel === node.kernel);
  return fused.length > 1 ? fused.map(each => each.label).join('+') : null;
}
