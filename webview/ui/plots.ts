// Small pictures inside tables: a bar and a histogram, each with a sentence for those who do not see it.
import { svg } from './dom.ts';
import { numberText } from './format.ts';

export function bar(share: number, label: string): SVGElement {
  const width = 90;
  return svg(
    'svg',
    { width, height: 8, role: 'img', 'aria-label': label, class: 'bar-plot' },
    svg('rect', { x: 0, y: 1, width, height: 6, rx: 3, class: 'track' }),
    svg('rect', {
      x: 0,
      y: 1,
      width: Math.max(share > 0 ? 3 : 0, width * Math.min(1, share)),
      height: 6,
      rx: 3,
      class: 'fill',
    }),
  );
}

export function histogram(counts: readonly number[], min: number, max: number): SVGElement {
  const [width, height] = [110, 26];
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  const bars = counts.map((count, index) =>
    svg('rect', {
      x: index * step,
      y: height - (count / most) * height,
      width: Math.max(1, step - 1),
      height: (count / most) * height,
      class: 'fill',
    }),
  );
  return svg(
    'svg',
    {
      width,
      height,
      role: 'img',
      'aria-label': `distribution from ${numberText(min)} to ${numberText(max)}`,
      class: 'histogram',
    },
    ...bars,
  );
}
