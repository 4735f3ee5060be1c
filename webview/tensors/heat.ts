// Paints the cells of a slice: one hue from ground to ink, two hues where the values have both signs; NaN is a cross, ±Inf a
// triangle, both boxed. Large cells print their values.
import type { Slice } from '../../src/shared/tensors.ts';
import { alpha, inkOn, mix, parseColor, ramp, type Colors } from '../graph/colors.ts';
import { numbersFrom, valuesIn, type Part, type Viewport } from './window.ts';

export interface Tile {
  readonly slice: Slice;
  readonly rows: Part;
  readonly columns: Part;
}

/** Short enough for a cell: `.145`, `−2.1`, `1e5`. */
export function cellText(value: number, integer: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (integer && size < 1e5) return String(value).replace('-', '−');
  const text =
    size >= 1e4 || size < 1e-3
      ? value.toExponential(0)
      : size >= 100
        ? value.toFixed(0)
        : size >= 10
          ? value.toFixed(1)
          : size >= 1
            ? value.toFixed(2)
            : value.toFixed(3).replace(/^(-?)0\./, '$1.');
  return text.replace('-', '−').replace('e+', 'e');
}

export const isInteger = (dtype: string): boolean => /^(u?int|bool)/.test(dtype);

/** The colour of a value, by the range of its slice. */
export function colorScale(slice: Slice, colors: Colors): (value: number) => string {
  const { min, max } = slice;
  const signed = min < 0 && max > 0;
  const most = Math.max(Math.abs(min), Math.abs(max)) || 1;
  return value => {
    if (signed) return ramp(colors, value < 0 ? colors.yellow : colors.blue, (0.62 * Math.abs(value)) / most);
    const t = max > min ? (value - min) / (max - min) : value === 0 ? 0 : 0.5;
    return ramp(colors, colors.blue, t);
  };
}

const steps = 255;

/** The same for many values: a table of bytes. */
function colorTable(slice: Slice, colors: Colors): (value: number) => readonly [number, number, number] {
  const scale = colorScale(slice, colors);
  const low = Number.isFinite(slice.min) ? slice.min : 0;
  const span = (Number.isFinite(slice.max) ? slice.max : 0) - low || 1;
  const table = Array.from({ length: steps + 1 }, (_, at) => {
    const [r, g, b] = parseColor(scale(low + (at / steps) * span));
    return [r, g, b] as const;
  });
  const [r, g, b] = parseColor(colors.red);
  const broken = [r, g, b] as const;
  return value => (Number.isFinite(value) ? (table[Math.round(((value - low) / span) * steps)] ?? broken) : broken);
}

const images = new WeakMap<Slice, { readonly colors: Colors; readonly canvas: HTMLCanvasElement }>();

/** A pixel for each value. */
function imageOf({ slice, rows, columns }: Tile, colors: Colors): HTMLCanvasElement {
  const known = images.get(slice);
  if (known?.colors === colors) return known.canvas;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, valuesIn(columns));
  canvas.height = Math.max(1, valuesIn(rows));
  const context = canvas.getContext('2d');
  const image = new ImageData(canvas.width, canvas.height);
  const color = colorTable(slice, colors);
  slice.values.forEach((value, at) => {
    const [r, g, b] = color(value);
    image.data.set([r, g, b, 255], at * 4);
  });
  context?.putImageData(image, 0, 0);
  images.set(slice, { colors, canvas });
  return canvas;
}

export interface HeatScene {
  readonly tile: Tile;
  readonly view: Viewport;
  readonly colors: Colors;
  readonly cursor: { readonly row: number; readonly column: number } | null;
  /** Rows and columns of the lens around the cursor; null where cells print their own values. */
  readonly lens: {
    readonly row: number;
    readonly column: number;
    readonly rows: number;
    readonly columns: number;
  } | null;
  readonly width: number;
  readonly height: number;
}

export function paintHeat(context: CanvasRenderingContext2D, scene: HeatScene): void {
  const { tile, view, colors, width, height, cursor } = scene;
  const { slice, rows, columns } = tile;
  const x = (column: number) => (column - view.left) * view.width;
  const y = (row: number) => (row - view.top) * view.height;
  const [cellWidth, cellHeight] = [view.width * columns.step, view.height * rows.step];
  context.save();
  context.beginPath();
  context.rect(0, 0, Math.min(width, x(slice.columns)), Math.min(height, y(slice.rows)));
  context.clip();
  context.imageSmoothingEnabled = false;
  context.drawImage(
    imageOf(tile, colors),
    x(columns.start),
    y(rows.start),
    valuesIn(columns) * cellWidth,
    valuesIn(rows) * cellHeight,
  );
  if (cellWidth >= 8 && cellHeight >= 8) details(context, scene, x, y, cellWidth, cellHeight);
  context.restore();
  if (scene.lens) {
    const { lens } = scene;
    context.strokeStyle = alpha(colors.ink, 0.75);
    context.lineWidth = 1;
    context.strokeRect(
      x(lens.column) + 0.5,
      y(lens.row) + 0.5,
      lens.columns * view.width - 1,
      lens.rows * view.height - 1,
    );
  }
  if (cursor) {
    context.strokeStyle = colors.focus;
    context.lineWidth = 2;
    context.strokeRect(x(cursor.column), y(cursor.row), Math.max(3, view.width), Math.max(3, view.height));
  }
}

function details(
  context: CanvasRenderingContext2D,
  { tile, view, colors, width, height }: HeatScene,
  x: (column: number) => number,
  y: (row: number) => number,
  cellWidth: number,
  cellHeight: number,
): void {
  const { slice, rows, columns } = tile;
  const scale = colorScale(slice, colors);
  const integer = isInteger(slice.dtype);
  const numbers = view.width >= numbersFrom && view.height >= 18 && columns.step === 1 && rows.step === 1;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `${view.width >= 40 ? 11 : 10}px ${colors.mono}`;
  context.lineWidth = 1;
  for (let r = 0; r < valuesIn(rows); r++) {
    const top = y(rows.start + r * rows.step);
    if (top + cellHeight < 0 || top > height) continue;
    for (let c = 0; c < valuesIn(columns); c++) {
      const left = x(columns.start + c * columns.step);
      if (left + cellWidth < 0 || left > width) continue;
      const value = slice.values[r * valuesIn(columns) + c];
      if (value === undefined) continue;
      if (!Number.isFinite(value)) {
        badCell(context, value, left, top, cellWidth, cellHeight, colors);
        continue;
      }
      context.strokeStyle = alpha(colors.ink, colors.highContrast ? 0.2 : 0.06);
      context.strokeRect(left + 0.5, top + 0.5, cellWidth, cellHeight);
      if (!numbers) continue;
      const fill = scale(value);
      context.fillStyle = value === 0 ? mix(fill, colors.ink, 0.5) : inkOn(fill);
      context.fillText(cellText(value, integer), left + cellWidth / 2, top + cellHeight / 2 + 0.5, cellWidth - 3);
    }
  }
}

export function badCell(
  context: CanvasRenderingContext2D,
  value: number,
  left: number,
  top: number,
  width: number,
  height: number,
  colors: Colors,
): void {
  context.fillStyle = colors.ground;
  context.fillRect(left, top, width, height);
  context.strokeStyle = colors.red;
  context.lineWidth = 1.5;
  context.strokeRect(left + 1, top + 1, width - 2, height - 2);
  const [x, y, r] = [left + width / 2, top + height / 2, Math.min(width, height) * 0.2];
  context.beginPath();
  if (Number.isNaN(value)) {
    context.moveTo(x - r, y - r);
    context.lineTo(x + r, y + r);
    context.moveTo(x + r, y - r);
    context.lineTo(x - r, y + r);
    context.stroke();
    return;
  }
  const up = value > 0 ? 1 : -1;
  context.moveTo(x, y - r * up);
  context.lineTo(x + r, y + r * up);
  context.lineTo(x - r, y + r * up);
  context.closePath();
  context.fillStyle = colors.red;
  context.fill();
}

export interface LabelScene extends Pick<HeatScene, 'view' | 'colors' | 'cursor' | 'width' | 'height'> {
  readonly slice: Slice;
  readonly margin: { readonly left: number; readonly top: number };
}

/** Numbers of columns above and of rows left of the cells; those of the cursor stand out. */
export function paintLabels(context: CanvasRenderingContext2D, scene: LabelScene): void {
  const { slice, view, colors, cursor, width, height, margin } = scene;
  context.font = `11px ${colors.mono}`;
  context.textBaseline = 'middle';
  const every = (cell: number, least: number) => {
    let step = 1;
    while (step * cell < least) step = step % 5 ? step * 5 : step * 2;
    return step;
  };
  const [across, down] = [every(view.width, 34), every(view.height, 18)];
  context.textAlign = 'center';
  for (let c = Math.ceil(view.left / across) * across; c < slice.columns; c += across) {
    const x = margin.left + (c + 0.5 - view.left) * view.width;
    if (x > margin.left + width) break;
    context.fillStyle = c === cursor?.column ? colors.ink : colors.quiet;
    context.fillText(String(c), x, 9);
  }
  context.textAlign = 'right';
  for (let r = Math.ceil(view.top / down) * down; r < slice.rows; r += down) {
    const y = margin.top + (r + 0.5 - view.top) * view.height;
    if (y > margin.top + height) break;
    context.fillStyle = r === cursor?.row ? colors.ink : colors.quiet;
    context.fillText(String(r), margin.left - 8, y);
  }
}
