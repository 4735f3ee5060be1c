// Bars and images, by hand: SVG for a few marks, one canvas for pixels.
import { parseColor, ramp, readColors } from '../graph/colors.ts';
import { h, svg } from '../ui/dom.ts';
import { numberText } from '../ui/format.ts';
import { niceStep } from '../ui/ticks.ts';
import type { Axes } from './axes.ts';
import { hues } from './curves.ts';

export function barPlot(axes: Axes, width: number, height: number): SVGElement {
  const colors = readColors();
  const palette = hues(colors);
  const marks = axes.marks.filter(mark => mark.kind === 'bars');
  const all = marks.flatMap(mark => mark.y).filter(Number.isFinite);
  const high = all.reduce((most, value) => Math.max(most, value), 0);
  const low = all.reduce((least, value) => Math.min(least, value), 0);
  const [left, bottom, top] = [46, axes.xLabel ? 38 : 22, 8];
  const span = high - low || 1;
  const y = (value: number) => top + ((high - value) / span) * (height - top - bottom);
  const xs = [...new Set(marks.flatMap(mark => mark.x))].sort((a, b) => a - b);
  const slot = (width - left - 8) / Math.max(1, xs.length);
  const place = new Map(xs.map((x, at) => [x, left + at * slot]));
  const step = niceStep(span / 4);
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + 1e-9; tick += step)
    ticks.push(
      svg('line', { x1: left, x2: width - 8, y1: y(tick), y2: y(tick), class: 'plot-grid' }),
      svg('text', { x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, numberText(Number(tick.toPrecision(6)))),
    );
  const wide = Math.max(1, (slot * 0.8) / marks.length);
  const every = Math.ceil(30 / slot);
  return svg(
    'svg',
    { width, height, class: 'bars-plot' },
    ...ticks,
    ...marks.flatMap((mark, index) =>
      mark.x.map((x, at) => {
        const value = mark.y[at] ?? 0;
        return svg(
          'rect',
          {
            x: (place.get(x) ?? 0) + slot * 0.1 + index * wide,
            y: Math.min(y(value), y(0)),
            width: Math.max(1, wide - 1),
            height: Math.max(value === 0 ? 0 : 1, Math.abs(y(value) - y(0))),
            fill: palette[index % palette.length] ?? colors.blue,
          },
          svg('title', {}, `${mark.label} ${numberText(x)}: ${numberText(value)}`),
        );
      }),
    ),
    ...xs.flatMap((x, at) =>
      at % every
        ? []
        : [
            svg(
              'text',
              { x: (place.get(x) ?? 0) + slot / 2, y: height - bottom + 15, 'text-anchor': 'middle' },
              numberText(x),
            ),
          ],
    ),
    axes.xLabel
      ? svg('text', { x: left + (width - left) / 2, y: height - 5, 'text-anchor': 'middle' }, axes.xLabel)
      : null,
  );
}

export function imagePlot(mark: Axes['marks'][number], width: number, height: number): HTMLElement {
  const colors = readColors();
  const columns = Math.max(1, mark.columns ?? mark.y.length);
  const rows = Math.max(1, Math.ceil(mark.y.length / columns));
  const finite = mark.y.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
  const canvas = h('canvas', { class: 'image-plot' });
  [canvas.width, canvas.height] = [columns, rows];
  const image = new ImageData(columns, rows);
  mark.y.forEach((value, at) => {
    const color = Number.isFinite(value)
      ? ramp(colors, colors.blue, high > low ? (value - low) / (high - low) : 0.5)
      : colors.red;
    const [r, g, b] = parseColor(color);
    image.data.set([r, g, b, 255], at * 4);
  });
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  const scale = Math.min(width / columns, height / rows);
  canvas.style.setProperty('width', `${columns * scale}px`);
  canvas.style.setProperty('height', `${rows * scale}px`);
  return canvas;
}
