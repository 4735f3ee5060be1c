// Small pictures of a gradient over the steps of a training loop, each with a sentence for those who do not see it.
import type { GradientResult } from '../../src/shared/trace.ts';
import { svg } from '../ui/dom.ts';
import { numberText } from '../ui/format.ts';
import { isBroken } from './series.ts';

const round = (value: number): number => Math.round(value * 100) / 100;

/** From this ratio on a logarithmic scale tells more. */
const logFrom = 30;

/** The norm in each step as a line; a cross where it is not finite, a dot at the last step. */
export function trend(gradients: readonly GradientResult[], [width, height] = [84, 22]): SVGElement {
  const norms = gradients.map(each => (isBroken(each) ? NaN : each.norm));
  const finite = norms.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const log = low > 0 && high / low > logFrom;
  const scaled = (value: number) => (log ? Math.log(value) : value);
  const span = scaled(high) - scaled(low) || 1;
  const x = (at: number) => round(4 + (at / Math.max(1, norms.length - 1)) * (width - 8));
  const y = (value: number) =>
    round(high === low ? height / 2 : height - 4 - ((scaled(value) - scaled(low)) / span) * (height - 8));
  let path = '';
  let pen = 'M';
  norms.forEach((norm, at) => {
    if (!Number.isFinite(norm)) return void (pen = 'M');
    path += `${pen}${x(at)} ${y(norm)}`;
    pen = 'L';
  });
  const bad = norms.flatMap((norm, at) => (Number.isFinite(norm) ? [] : [at]));
  // Crosses do not run into one another.
  const crosses = bad
    .filter((at, index) => index === 0 || x(at) - x(bad[index - 1] ?? 0) >= 8 || index === bad.length - 1)
    .map(at => `M${x(at) - 3} ${height / 2 - 3}l6 6m0-6l-6 6`);
  const last = norms.at(-1) ?? NaN;
  const first = finite[0];
  const said = [
    `norm over ${norms.length} steps`,
    first === undefined ? null : `from ${numberText(first)} to ${numberText(finite.at(-1) ?? first)}`,
    bad.length ? `not finite in ${bad.length}` : null,
  ];
  return svg(
    'svg',
    { width, height, class: 'trend', role: 'img', 'aria-label': said.filter(part => part !== null).join(', ') },
    svg('path', { d: path, class: 'trend-line' }),
    crosses.length ? svg('path', { d: crosses.join(''), class: 'trend-bad' }) : null,
    Number.isFinite(last) ? svg('circle', { cx: x(norms.length - 1), cy: y(last), r: 2.5, class: 'trend-end' }) : null,
  );
}

/** Distributions of several steps on one axis, the last in front. */
export function ridges(gradients: readonly GradientResult[], [width, height] = [460, 160]): SVGElement {
  const shown = gradients.filter(each => each.histogram?.length && !isBroken(each));
  const low = Math.min(...shown.map(each => each.min), 0);
  const high = Math.max(...shown.map(each => each.max), 0);
  const span = high - low || 1;
  const [foot, side] = [20, 6];
  const x = (value: number) => round(side + ((value - low) / span) * (width - 2 * side));
  // Of as many entries: what is spread wide is flat.
  const densities = shown.map(({ histogram = [], min, max }) => {
    const wide = (max - min || span / 100) / histogram.length;
    return histogram.map(count => count / wide);
  });
  const tallest = Math.max(...densities.flat(), Number.MIN_VALUE);
  const room = height - foot - 6;
  const step = shown.length > 1 ? Math.min(22, (room * 0.62) / (shown.length - 1)) : 0;
  const tall = room - step * Math.max(0, shown.length - 1);
  const curves = shown.map(({ min, max }, at) => {
    const base = round(height - foot - step * (shown.length - 1 - at));
    const bins = densities[at] ?? [];
    const wide = (max - min) / bins.length;
    const points = bins.map(
      // The root keeps what is rare in sight beside a peak of zeros.
      (density, bin) => `L${x(min + (bin + 0.5) * wide)} ${round(base - Math.sqrt(density / tallest) * tall)}`,
    );
    const shape = `M${x(low)} ${base}L${x(min)} ${base}${points.join('')}L${x(max)} ${base}L${x(high)} ${base}`;
    const near = 0.35 + (0.65 * (at + 1)) / shown.length;
    return svg(
      'g',
      { class: at === shown.length - 1 ? 'ridge front' : 'ridge' },
      svg('path', { d: `${shape}Z`, class: 'ridge-ground' }),
      svg('path', { d: `${shape}Z`, class: 'ridge-fill', 'fill-opacity': round(near * 0.35) }),
      svg('path', { d: shape, class: 'ridge-line', 'stroke-opacity': round(near) }),
    );
  });
  const label = (value: number, anchor: string) =>
    svg('text', { x: x(value), y: height - 4, 'text-anchor': anchor }, numberText(value));
  const apart = Math.min(x(0) - x(low), x(high) - x(0)) > 60;
  return svg(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      class: 'ridges',
      role: 'img',
      'aria-label': `distributions of ${shown.length} ${shown.length === 1 ? 'step' : 'steps'} from ${numberText(low)} to ${numberText(high)}`,
    },
    ...curves,
    label(low, 'start'),
    apart ? label(0, 'middle') : null,
    label(high, 'end'),
  );
}

/** A change of a weight by a thousandth is usual; ten times more or less still is. */
export const healthy = { low: 1e-4, high: 1e-2 } as const;
const rail = { low: 1e-6, high: 1 } as const;

/** Where a ratio of update to weight stands on a logarithmic rail with the usual band; outside it is a diamond. */
export function updateRail(ratio: number | null, width = 116): SVGElement {
  const height = 14;
  const place = (value: number) =>
    round(
      7 +
        (Math.log(Math.min(rail.high, Math.max(rail.low, value)) / rail.low) / Math.log(rail.high / rail.low)) *
          (width - 14),
    );
  const known = ratio !== null && Number.isFinite(ratio) && ratio > 0;
  const usual = known && ratio >= healthy.low && ratio <= healthy.high;
  const at = known ? place(ratio) : 0;
  const said = known
    ? `${usual ? 'usual' : ratio < healthy.low ? 'small' : 'large'}: between ${healthy.low} and ${healthy.high} is usual`
    : 'unknown';
  return svg(
    'svg',
    { width, height, class: 'rail', role: 'img', 'aria-label': said },
    svg('title', {}, said),
    svg('line', { x1: 2, x2: width - 2, y1: 7, y2: 7, class: 'rail-line' }),
    known
      ? svg('rect', {
          x: place(healthy.low),
          y: 4.5,
          width: place(healthy.high) - place(healthy.low),
          height: 5,
          rx: 2.5,
          class: 'rail-band',
        })
      : null,
    known
      ? usual
        ? svg('circle', { cx: at, cy: 7, r: 4.5, class: 'rail-usual' })
        : svg('path', { d: `M${at} 1.5l5.5 5.5-5.5 5.5-5.5-5.5z`, class: 'rail-unusual' })
      : null,
  );
}
