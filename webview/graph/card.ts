// The card beside a node that the pointer rests on: size, device, time, norm, and the line that it comes from.
import type { TraceNode } from '../../src/shared/trace.ts';
import { coloured } from '../code/code.ts';
import { h, replace } from '../ui/dom.ts';
import { bytesText, numberText, plural, timeText, typeText } from '../ui/format.ts';
import { isBroken, nameOf } from './scene.ts';
import type { Placed } from './layout.ts';
import type { GraphModel } from './model.ts';

export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function createCard(
  model: GraphModel,
  lineText: (line: number) => string | null,
): {
  readonly element: HTMLElement;
  readonly visible: boolean;
  show(placed: Placed, view: Viewport): void;
  hide(): void;
} {
  const element = h('div', { class: 'hover-card', hidden: true });
  const firstBad = model.graph.nodes.find(node => node.nonFinite > 0);
  return {
    element,
    get visible() {
      return !element.hidden;
    },
    hide: () => (element.hidden = true),
    show(placed, view) {
      const nodes = placed.kind === 'group' ? placed.members : placed.bundle;
      const [first] = nodes;
      if (!first) return;
      const line = placed.kind === 'group' ? placed.line : (first.range?.start.line ?? null);
      const source = line === null ? null : lineText(line);
      const fact = (name: string, value: string | null) =>
        value === null ? [] : [h('dt', {}, name), h('dd', {}, value)];
      const own = placed.kind === 'node' ? placed.node : null;
      replace(
        element,
        h(
          'header',
          {},
          h('strong', {}, nameOf(placed)),
          h('code', {}, own ? typeText(own.dtype, own.shape) : plural(nodes.length, 'op')),
        ),
        h(
          'dl',
          {},
          ...fact('Value', own?.value ?? null),
          ...fact('Function', own ? (own.api ?? null) : null),
          ...fact('Size', sizeText(model, placed, nodes)),
          ...fact('Device', deviceText(nodes)),
          ...fact('Time', timeOf(model, nodes)),
          ...fact('Norm', own?.norm === undefined ? null : numberText(own.norm)),
        ),
        isBroken(placed) &&
          h(
            'p',
            { class: 'alarm' },
            `⊗ ${nodes.some(node => node.id === firstBad?.id) ? 'The first result of this run that is not finite' : 'Not finite'}`,
          ),
        source !== null && h('pre', {}, h('span', { class: 'ln' }, (line ?? 0) + 1), ...coloured(source.trim())),
        h('footer', {}, placed.kind === 'group' ? 'Double click opens' : 'Click selects · G go to source'),
      );
      element.hidden = false;
      const [left, top] = [placed.x * view.scale + view.x, placed.y * view.scale + view.y];
      const right = left + placed.w * view.scale + 8;
      const [wide, high] = [element.offsetWidth, element.offsetHeight];
      const beside = right + wide < view.width - 8;
      const below = top + placed.h * view.scale + 8;
      const x = beside ? right : Math.max(8, Math.min(left, view.width - wide - 8));
      const y = beside ? top : below + high < view.height - 8 ? below : top - high - 8;
      element.style.setProperty('left', `${x}px`);
      element.style.setProperty('top', `${Math.max(8, Math.min(y, view.height - high - 8))}px`);
    },
  };
}

const deviceNames = { wasm: 'CPU · WebAssembly', webgpu: 'GPU · WebGPU', python: 'Python' } as const;
export const deviceText = (nodes: readonly TraceNode[]): string =>
  [...new Set(nodes.map(node => deviceNames[node.device]))].join(', ');

function sizeText(model: GraphModel, placed: Placed, nodes: readonly TraceNode[]): string {
  const bytes = bytesText(nodes.reduce((sum, node) => sum + node.bytes, 0));
  const saved =
    placed.kind === 'node' && (model.outgoing.get(placed.node.id) ?? []).some(edge => edge.kind === 'saved');
  return saved ? `${bytes} · saved for backward` : bytes;
}

/** An op that was fused has no time of its own: its kernel has one, on the last op. */
export function timeOf(model: GraphModel, nodes: readonly TraceNode[]): string | null {
  const measured = nodes.filter(node => node.ms !== null);
  if (measured.length) return timeText(measured.reduce((sum, node) => sum + (node.ms ?? 0), 0));
  const kernel = nodes[0]?.kernel ?? null;
  if (kernel === null) return null;
  const last = model.graph.nodes.find(node => node.kernel === kernel && node.ms !== null);
  return last ? `in the kernel of ${last.label}, ${timeText(last.ms ?? 0)}` : null;
}
