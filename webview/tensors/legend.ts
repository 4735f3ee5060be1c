// Beside the heat map: the colour bar with the distribution, what is not finite, and the lens around the cursor.
import type { Slice } from '../../src/shared/tensors.ts';
import { inkOn, mix, type Colors } from '../graph/colors.ts';
import { h, svg, type Child } from '../ui/dom.ts';
import { countText, numberText } from '../ui/format.ts';
import { badCell, cellText, colorScale, isInteger, type Tile } from './heat.ts';
import { valuesIn } from './window.ts';

export function colorBar(slice: Slice, colors: Colors, height: number): HTMLElement {
  const tall = Math.max(60, height);
  const steps = 48;
  const scale = colorScale(slice, colors);
  const any = slice.nan + slice.infinite < slice.rows * slice.columns;
  const stripes = Array.from({ length: steps }, (_, at) =>
    svg('rect', {
      x: 0,
      y: (at * tall) / steps,
      width: 10,
      height: tall / steps + 0.5,
      fill: scale(slice.max - ((at + 0.5) / steps) * (slice.max - slice.min)),
    }),
  );
  const most = Math.max(1, ...slice.histogram);
  const bins = slice.histogram.length || 1;
  const bars = slice.histogram.map((count, at) =>
    svg('rect', {
      x: 16,
      y: tall - ((at + 1) * tall) / bins + 0.5,
      width: count > 0 ? Math.max(1, (count / most) * 34) : 0,
      height: Math.max(1, tall / bins - 1),
      class: 'bin',
    }),
  );
  const mark = (kind: 'nan' | 'inf', count: number): Child =>
    count > 0 &&
    h(
      'p',
      { class: 'bad-count' },
      svg(
        'svg',
        { width: 14, height: 14, viewBox: '0 0 14 14', class: 'bad-mark', 'aria-hidden': 'true' },
        svg('rect', { x: 0.75, y: 0.75, width: 12.5, height: 12.5 }),
        svg('path', kind === 'nan' ? { d: 'm4 4 6 6m0-6-6 6' } : { d: 'm7 4 3.5 6h-7z', class: 'full' }),
      ),
      `${kind === 'nan' ? 'NaN' : '±∞'} ${countText(count)}`,
    );
  return h(
    'div',
    { class: 'color-bar' },
    any &&
      h(
        'div',
        { class: 'color-scale' },
        svg(
          'svg',
          {
            width: 52,
            height: tall,
            role: 'img',
            'aria-label': `colours and distribution from ${numberText(slice.min)} to ${numberText(slice.max)}`,
          },
          ...stripes,
          svg('rect', { x: 0.5, y: 0.5, width: 9, height: tall - 1, class: 'outline' }),
          ...bars,
        ),
        h('span', { class: 'scale-ends' }, h('code', {}, numberText(slice.max)), h('code', {}, numberText(slice.min))),
      ),
    mark('nan', slice.nan),
    mark('inf', slice.infinite),
  );
}

const [cellWidth, cellHeight] = [48, 26];

export function lensCanvas(
  { slice, rows, columns }: Tile,
  lens: { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number },
  cursor: { readonly row: number; readonly column: number } | null,
  colors: Colors,
): HTMLCanvasElement {
  const canvas = h('canvas', { class: 'lens-canvas', 'aria-hidden': 'true' });
  const ratio = devicePixelRatio || 1;
  canvas.width = lens.columns * cellWidth * ratio;
  canvas.height = lens.rows * cellHeight * ratio;
  canvas.style.setProperty('width', `${lens.columns * cellWidth}px`);
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.scale(ratio, ratio);
  const scale = colorScale(slice, colors);
  context.font = `11px ${colors.mono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let r = 0; r < lens.rows; r++)
    for (let c = 0; c < lens.columns; c++) {
      const [left, top] = [c * cellWidth, r * cellHeight];
      const value = slice.values[(lens.row + r - rows.start) * valuesIn(columns) + lens.column + c - columns.start];
      if (value === undefined) continue;
      if (Number.isFinite(value)) {
        const fill = scale(value);
        context.fillStyle = fill;
        context.fillRect(left, top, cellWidth, cellHeight);
        context.fillStyle = value === 0 ? mix(fill, colors.ink, 0.5) : inkOn(fill);
        context.fillText(
          cellText(value, isInteger(slice.dtype)),
          left + cellWidth / 2,
          top + cellHeight / 2 + 0.5,
          cellWidth - 4,
        );
      } else badCell(context, value, left, top, cellWidth, cellHeight, colors);
      if (cursor && lens.row + r === cursor.row && lens.column + c === cursor.column) {
        context.strokeStyle = colors.focus;
        context.lineWidth = 2;
        context.strokeRect(left + 1, top + 1, cellWidth - 2, cellHeight - 2);
      }
    }
  return canvas;
}
