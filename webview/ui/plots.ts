// Small pictures inside tables: a bar and a histogram, each with a sentence for those who do not see it.
import { svg } from './dom.ts';
import { numberText } from './format.ts';

export type Hue = 'purple' | 'yellow' | 'blue' | 'green' | 'grey';

export function bar(share: number, label: string, hue: Hue = 'purple', width = 84): SVGElement {
  const described = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' };
  const filled = Number.isFinite(share) && share > 0 ? Math.max(3, width * Math.min(1, share)) : 0;
  return svg(
    'svg',
    { width, height: 8, class: `bar-plot ${hue}`, ...described },
    svg('rect', { x: 0, y: 2, width, height: 4, rx: 2, class: 'track' }),
    svg('rect', { x: 0, y: 2, width: filled, height: 4, rx: 2, class: 'fill' }),
  );
}

export function histogram(
  counts: readonly number[],
  min: number,
  max: number,
  [width, height] = [112, 26],
): SVGElement {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  const zero = min < 0 && max > 0 ? Math.floor((-min / (max - min)) * counts.length) : -1;
  const bars = counts.map((count, index) => {
    // Something is never drawn as nothing.
    const tall = count > 0 ? Math.max(1, (count / most) * (height - 1)) : 0;
    return svg('rect', {
      x: index * step,
      y: height - 1 - tall,
      width: Math.max(1, step - 1),
      height: tall,
      class: index === zero ? 'fill zero' : 'fill',
    });
  });
  return svg(
    'svg',
    {
      width,
      height,
      role: 'img',
      'aria-label': `distribution from ${numberText(min)} to ${numberText(max)}`,
      class: 'histogram purple',
    },
    svg('line', { x1: 0, x2: width, y1: height - 0.5, y2: height - 0.5, class: 'axis' }),
    ...bars,
  );
}
