// What the colours and lines of the picture mean, at the right of the foot.
import { h, svg, type Child } from '../ui/dom.ts';
import { overlays, type Overlay, type Reading } from './overlay.ts';

const line = (kind: string, text: string): Child =>
  h(
    'span',
    { class: 'key' },
    svg(
      'svg',
      { width: 24, height: 8, 'aria-hidden': 'true', class: `line-${kind}` },
      svg('path', { d: kind === 'weld' ? 'M8 0h8v8H8z' : 'M1 4h22' }),
    ),
    text,
  );
const swatch = (kind: string, text: string, count?: number): Child =>
  h('span', { class: 'key' }, h('i', { class: `swatch ${kind}` }), text, count !== undefined && h('em', {}, count));

export function legendFor(overlay: Overlay, reading: Reading | null, selected: boolean): Child[] {
  const spec = overlays[overlay];
  if (spec.kind === 'measure' && reading)
    return [
      h('strong', {}, spec.title),
      h('code', {}, spec.text(reading.low)),
      h('span', { class: `ramp ${spec.hue}`, 'aria-hidden': 'true' }),
      h('code', {}, spec.text(reading.high)),
      h('span', { class: 'wide-only' }, spec.note),
    ];
  if (spec.kind === 'category' && reading)
    return reading.categories.map(([name, count], index) => swatch(index === 0 ? 'plain' : 'hatched', name, count));
  if (selected) return [swatch('up', 'upstream'), swatch('down', 'downstream')];
  return [
    line('data', 'data'),
    line('gradient', 'gradient'),
    line('saved', 'saved for backward'),
    line('update', 'update'),
    line('weld', 'one kernel'),
  ];
}
