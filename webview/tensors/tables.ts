// A slice as a table, as a histogram, and as text for the clipboard.
import type { Slice } from '../../src/shared/tensors.ts';
import { h, svg } from '../ui/dom.ts';
import { countText, numberText } from '../ui/format.ts';
import { isInteger, type Tile } from './heat.ts';
import { valuesIn } from './window.ts';

/** A table has at most so many rows and columns at a time. */
const [mostRows, mostColumns] = [100, 24];

export function tableView(tile: Tile, title: string): HTMLElement {
  const { slice, rows, columns } = tile;
  const integer = isInteger(slice.dtype);
  const text = (value: number) => (integer ? String(value) : numberText(value));
  let [top, left] = [0, 0];
  const box = h('div', { class: 'value-table' });
  const fill = (): void => {
    const down = Math.min(mostRows, valuesIn(rows) - top);
    const across = Math.min(mostColumns, valuesIn(columns) - left);
    const page = (label: string, on: boolean, act: () => void) =>
      h('button', { class: 'small', disabled: !on, onclick: () => (act(), fill()) }, label);
    box.replaceChildren(
      h(
        'table',
        { 'aria-label': title },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'row')),
            ...Array.from({ length: across }, (_, c) =>
              h('th', { scope: 'col', class: 'number' }, columns.start + (left + c) * columns.step),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          ...Array.from({ length: down }, (_, r) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row', class: 'number' }, rows.start + (top + r) * rows.step),
              ...Array.from({ length: across }, (_unused, c) => {
                const value = slice.values[(top + r) * valuesIn(columns) + left + c] ?? NaN;
                return h('td', { class: Number.isFinite(value) ? 'number value' : 'number value alarm' }, text(value));
              }),
            ),
          ),
        ),
      ),
      h(
        'p',
        { class: 'pages' },
        `${countText(down)} of ${countText(slice.rows)} rows, ${countText(across)} of ${countText(slice.columns)} columns`,
        page('Rows before', top > 0, () => (top = Math.max(0, top - mostRows))),
        page('Rows after', top + mostRows < valuesIn(rows), () => (top += mostRows)),
        page('Columns before', left > 0, () => (left = Math.max(0, left - mostColumns))),
        page('Columns after', left + mostColumns < valuesIn(columns), () => (left += mostColumns)),
      ),
    );
  };
  fill();
  return box;
}

export function histogramView(slice: Slice): HTMLElement {
  const { histogram, min, max } = slice;
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (!total) return h('p', { class: 'quiet padded' }, 'There is no finite value to count.');
  const [width, height] = [720, 260];
  const most = Math.max(...histogram);
  const step = width / histogram.length;
  const span = (max - min) / histogram.length;
  return h(
    'figure',
    { class: 'histogram-view' },
    svg(
      'svg',
      {
        viewBox: `0 0 ${width} ${height + 22}`,
        role: 'img',
        class: 'blue',
        'aria-label': `distribution of ${total} values from ${numberText(min)} to ${numberText(max)}`,
      },
      ...histogram.map((count, at) => {
        const tall = count > 0 ? Math.max(1, (count / most) * height) : 0;
        return svg(
          'rect',
          { x: at * step + 1, y: height - tall, width: Math.max(1, step - 2), height: tall, class: 'fill' },
          svg('title', {}, `${numberText(min + at * span)} to ${numberText(min + (at + 1) * span)}: ${count}`),
        );
      }),
      svg('line', { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5, class: 'axis' }),
      svg('text', { x: 0, y: height + 16 }, numberText(min)),
      svg('text', { x: width / 2, y: height + 16, 'text-anchor': 'middle' }, numberText((min + max) / 2)),
      svg('text', { x: width, y: height + 16, 'text-anchor': 'end' }, numberText(max)),
    ),
    h(
      'figcaption',
      { class: 'quiet' },
      `${countText(total)} finite values in ${histogram.length} bins; the tallest holds ${countText(most)}.`,
    ),
  );
}

/** The values that were read. Thinned pictures say so in the first line. */
export function textOf({ slice, rows, columns }: Tile, form: 'csv' | 'numpy'): string {
  const integer = isInteger(slice.dtype);
  const boolean = slice.dtype === 'bool';
  const line = (r: number) =>
    Array.from({ length: valuesIn(columns) }, (_, c) => slice.values[r * valuesIn(columns) + c] ?? NaN).map(value =>
      boolean
        ? value
          ? 'True'
          : 'False'
        : Number.isNaN(value)
          ? form === 'csv'
            ? 'nan'
            : 'np.nan'
          : Number.isFinite(value)
            ? integer || !Number.isInteger(value) || form === 'csv'
              ? String(value)
              : `${value}.0`
            : `${value < 0 ? '-' : ''}${form === 'csv' ? 'inf' : 'np.inf'}`,
    );
  const part = valuesIn(rows) < slice.rows || valuesIn(columns) < slice.columns;
  const note = part
    ? `# rows ${rows.start}:${rows.start + rows.count}:${rows.step}, columns ${columns.start}:${columns.start + columns.count}:${columns.step} of ${slice.rows} x ${slice.columns}\n`
    : '';
  const all = Array.from({ length: valuesIn(rows) }, (_, r) => line(r));
  if (form === 'csv') return `${note}${all.map(values => values.join(',')).join('\n')}\n`;
  const inner = all.map(values => `[${values.join(', ')}]`);
  const body =
    slice.rows === 1 && slice.shape.length <= 1
      ? slice.shape.length
        ? (inner[0] ?? '[]')
        : (all[0]?.[0] ?? '')
      : `[${inner.join(',\n          ')}]`;
  return `${note}np.array(${body}, dtype=np.${slice.dtype === 'bool' ? 'bool_' : slice.dtype})\n`;
}
