// Curves and point clouds with uPlot; its colours come from the theme, so a plot is made again when that changes.
import './locale.ts';
import uPlot from 'uplot';
import { alpha, readColors, type Colors } from '../graph/colors.ts';
import type { Axes, Mark } from './axes.ts';

export const hues = ({ blue, yellow, purple, green, red, quiet }: Colors): readonly string[] => [
  blue,
  yellow,
  purple,
  green,
  red,
  quiet,
];

/** Several curves over one axis: every x of any of them, and gaps where a curve has none. */
export function joined(marks: readonly Mark[]): uPlot.AlignedData {
  const tables = marks.map(mark => {
    const order = mark.x.map((_, at) => at).sort((a, b) => (mark.x[a] ?? 0) - (mark.x[b] ?? 0));
    return [order.map(at => mark.x[at] ?? 0), order.map(at => mark.y[at] ?? null)] as uPlot.AlignedData;
  });
  return tables.length === 1 && tables[0] ? tables[0] : uPlot.join(tables);
}

/** Points with repeated x, or a curve that goes back: they are drawn as they come, not over one sorted axis. */
const isFunction = (mark: Mark): boolean => mark.x.every((x, at) => at === 0 || x > (mark.x[at - 1] ?? -Infinity));

export function curvePlot(axes: Axes, width: number, height: number): HTMLElement {
  const colors = readColors();
  const palette = hues(colors);
  const marks = axes.marks.filter(mark => mark.kind === 'line' || mark.kind === 'points');
  const axis = (label: string): uPlot.Axis => ({
    stroke: colors.quiet,
    grid: { stroke: alpha(colors.ink, colors.highContrast ? 0.4 : 0.1), width: 1 },
    ticks: { stroke: alpha(colors.ink, 0.2), width: 1 },
    font: `11px ${colors.sans}`,
    labelFont: `12px ${colors.sans}`,
    ...(label ? { label, labelSize: 22 } : {}),
  });
  const host = document.createElement('div');
  const curves = marks.every(isFunction);
  const seriesOf = (mark: Mark, at: number): uPlot.Series => {
    const stroke = palette[at % palette.length] ?? colors.ink;
    const points = mark.kind === 'points';
    return {
      label: mark.label || `${mark.kind} ${at + 1}`,
      stroke,
      width: points ? 0 : 1.6,
      // Colour is never the only carrier: curves after the first are dashed, too.
      ...(at > 0 && !points ? { dash: at % 2 ? [6, 3] : [2, 3] } : {}),
      points: { show: points || mark.x.length < 2, size: 5, fill: stroke, stroke },
      spanGaps: true,
    };
  };
  const common = { width, height, axes: [axis(axes.xLabel), axis(axes.yLabel)], legend: { show: false } };
  const cursor: uPlot.Cursor = { drag: { x: true, y: false }, points: { size: 7 } };
  if (curves)
    new uPlot(
      { ...common, cursor, scales: { x: { time: false } }, series: [{}, ...marks.map(seriesOf)] },
      joined(marks),
      host,
    );
  else
    new uPlot(
      {
        ...common,
        mode: 2,
        cursor: { show: false },
        scales: {
          x: { time: false, range: padded(marks.flatMap(mark => mark.x)) },
          y: { range: padded(marks.flatMap(mark => mark.y)) },
        },
        series: [
          {},
          ...marks.map((mark, at) => ({
            ...seriesOf(mark, at),
            facets: facets(),
            paths: scatter(mark.kind === 'line'),
          })),
        ],
      },
      [null, ...marks.map(mark => [mark.x, mark.y])] as unknown as uPlot.AlignedData,
      host,
    );
  return host;
}

const facets = (): uPlot.Series.Facet[] => [
  { scale: 'x', auto: true },
  { scale: 'y', auto: true },
];

function padded(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (!finite.length) return [0, 1];
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
  const space = (high - low || 1) * 0.05;
  return [low - space, high + space];
}

/** Draws marks in the order in which they come: points, or a line that may go back. */
const scatter =
  (line: boolean): uPlot.Series.PathBuilder =>
  (plot, seriesIndex) => {
    const [xs, ys] = plot.data[seriesIndex] as unknown as readonly [readonly number[], readonly number[]];
    const path = new Path2D();
    const stroke = plot.series[seriesIndex]?.stroke;
    const color = typeof stroke === 'function' ? stroke(plot, seriesIndex) : stroke;
    xs.forEach((value, at) => {
      const x = plot.valToPos(value, 'x', true);
      const y = plot.valToPos(ys[at] ?? NaN, 'y', true);
      if (!Number.isFinite(x) || !Number.isFinite(y)) return;
      if (line) path.lineTo(x, y);
      else {
        path.moveTo(x + 3, y);
        path.arc(x, y, 3, 0, 2 * Math.PI);
      }
    });
    plot.ctx.save();
    plot.ctx.beginPath();
    plot.ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
    plot.ctx.clip();
    if (line) {
      plot.ctx.strokeStyle = color ?? '#888';
      plot.ctx.lineWidth = 1.6 * devicePixelRatio;
      plot.ctx.stroke(path);
    } else {
      plot.ctx.fillStyle = color ?? '#888';
      plot.ctx.fill(path);
    }
    plot.ctx.restore();
    return null;
  };
