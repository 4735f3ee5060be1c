// The part of a picture that is looked at: which cells, how large, and what to ask the kernel for. Pure.
import { maxSliceValues } from '../../src/shared/tensors.ts';

export interface Viewport {
  /** The first row and column in sight; fractions of a cell are possible. */
  readonly top: number;
  readonly left: number;
  /** Pixels of a cell. */
  readonly width: number;
  readonly height: number;
}

/** `start`, `start + step`, … below `start + count`. */
export interface Part {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** From this size on, cells print their values. */
export const numbersFrom = 34;
const largestCell = 44;
const tallestRow = 30;

/** The whole picture in a box; cells are square, except where there is one row only. */
export function fitted(rows: number, columns: number, boxWidth: number, boxHeight: number): Viewport {
  const side = Math.min(boxWidth / Math.max(1, columns), boxHeight / Math.max(1, rows), largestCell);
  const height = rows === 1 ? Math.min(tallestRow, Math.max(side, tallestRow), boxHeight) : side;
  const width = columns === 1 && rows > 1 ? Math.max(side, Math.min(tallestRow, boxWidth)) : side;
  return { top: 0, left: 0, width, height };
}

/** Zooms around a place of the box; never smaller than the whole picture. */
export function zoomed(
  view: Viewport,
  factor: number,
  at: { readonly x: number; readonly y: number },
  rows: number,
  columns: number,
  boxWidth: number,
  boxHeight: number,
): Viewport {
  const whole = fitted(rows, columns, boxWidth, boxHeight);
  const bound = (size: number, least: number) =>
    Math.min(Math.max(largestCell * 2, least), Math.max(least, size * factor));
  const width = bound(view.width, whole.width);
  const height = rows === 1 ? view.height : bound(view.height, whole.height);
  const left = view.left + at.x / view.width - at.x / width;
  const top = view.top + at.y / view.height - at.y / height;
  return kept({ top, left, width, height }, rows, columns, boxWidth, boxHeight);
}

/** How many values a part has. */
export const valuesIn = ({ count, step }: Part): number => Math.ceil(count / step);

/** Inside the picture. */
export function kept(view: Viewport, rows: number, columns: number, boxWidth: number, boxHeight: number): Viewport {
  const most = (cells: number, box: number, size: number) => Math.max(0, cells - box / size);
  return {
    ...view,
    top: Math.min(most(rows, boxHeight, view.height), Math.max(0, view.top)),
    left: Math.min(most(columns, boxWidth, view.width), Math.max(0, view.left)),
  };
}

/** What to ask for: everything where it fits into one answer, else what is in sight, thinned until it does. */
export function wanted(
  view: Viewport,
  rows: number,
  columns: number,
  boxWidth: number,
  boxHeight: number,
): { readonly rows: Part; readonly columns: Part } {
  if (rows * columns <= maxSliceValues)
    return { rows: { start: 0, count: rows, step: 1 }, columns: { start: 0, count: columns, step: 1 } };
  const span = (first: number, cells: number, box: number, size: number) => {
    const start = Math.max(0, Math.floor(first));
    return { start, size: Math.max(1, Math.min(cells - start, Math.ceil(box / size) + 1)) };
  };
  const [down, across] = [span(view.top, rows, boxHeight, view.height), span(view.left, columns, boxWidth, view.width)];
  let step = 1;
  while (Math.ceil(down.size / step) * Math.ceil(across.size / step) > maxSliceValues) step++;
  const part = ({ start, size }: { start: number; size: number }): Part => ({
    start,
    count: size,
    step: size > 1 ? step : 1,
  });
  return { rows: part(down), columns: part(across) };
}
