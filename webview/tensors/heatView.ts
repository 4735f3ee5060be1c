// The heat map as a thing one can use: a part in sight, a cell under the cursor, keys and wheel; colour bar and lens beside it.
import type { Slice } from '../../src/shared/tensors.ts';
import { onThemeChange, readColors } from '../graph/colors.ts';
import { h, replace } from '../ui/dom.ts';
import type { KeyRow } from '../ui/help.ts';
import { paintHeat, paintLabels, type Tile } from './heat.ts';
import { colorBar, lensCanvas } from './legend.ts';
import { fitted, kept, numbersFrom, valuesIn, wanted, zoomed, type Part, type Viewport } from './window.ts';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface HeatView {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly cursor: Cell | null;
  readonly tile: Tile | null;
  /** What of the picture has to be read. */
  readonly wanted: { readonly rows: Part; readonly columns: Part };
  /** Another picture: rows and columns of all of it. `keep`: the same place of a slice beside it. */
  restart(extent: { readonly rows: number; readonly columns: number }, keep: boolean): void;
  show(tile: Tile): void;
  /** The value of a cell that was read. */
  valueAt(cell: Cell): number | null;
  nextBad(): void;
  draw(): void;
  say(text: string): void;
}

export interface HeatEvents {
  onCursor(): void;
  /** Something came into sight that was not read. */
  onWant(): void;
  /** To the next slice, or the one before. */
  onStep(by: 1 | -1): void;
}

const margin = { left: 46, top: 20 };

export const heatKeys: readonly KeyRow[] = [
  { keys: ['←', '↑', '↓', '→'], says: 'Move the cell; with Shift by ten' },
  { keys: ['Home', 'End'], says: 'First and last column' },
  { keys: ['PgUp', 'PgDn'], says: 'The slice before, the next one' },
  { keys: ['N'], says: 'To the next value that is not finite' },
  { keys: ['+', '−', '0'], says: 'Zoom, show everything' },
  { keys: ['Esc'], says: 'No cell' },
];

export function createHeatView(events: HeatEvents): HeatView {
  let tile: Tile | null = null;
  let view: Viewport | null = null;
  let cursor: Cell | null = null;
  let extent = { rows: 1, columns: 1 };
  let frame = 0;

  const canvas = h('canvas', { class: 'heat', tabindex: 0, role: 'application', 'aria-label': 'Heat map' });
  const said = h('p', { class: 'hidden', 'aria-live': 'polite' });
  const besides = h('div', { class: 'heat-side' });
  const element = h('div', { class: 'heat-box' }, h('div', { class: 'heat-frame' }, canvas), besides, said);

  const size = (): readonly [number, number] => [
    Math.max(1, canvas.clientWidth - margin.left),
    Math.max(1, canvas.clientHeight - margin.top),
  ];
  const draw = (): void => {
    if (!frame) frame = requestAnimationFrame(drawNow);
  };
  const drawNow = (): void => {
    frame = 0;
    const { clientWidth, clientHeight } = canvas;
    if (!clientWidth || !clientHeight) return;
    const ratio = devicePixelRatio || 1;
    canvas.width = clientWidth * ratio;
    canvas.height = clientHeight * ratio;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, clientWidth, clientHeight);
    if (!tile) {
      replace(besides);
      return;
    }
    const colors = readColors();
    const { slice } = tile;
    const [width, height] = size();
    view ??= fitted(slice.rows, slice.columns, width, height);
    const lens = lensPlace(slice);
    context.save();
    context.translate(margin.left, margin.top);
    paintHeat(context, { tile, view, colors, cursor, lens, width, height });
    context.restore();
    paintLabels(context, { slice, view, colors, cursor, width, height, margin });
    // The bar stands beside the picture, however wide that is.
    const free = Math.max(0, Math.floor(width - (slice.columns - view.left) * view.width));
    besides.style.setProperty('left', `${-free}px`);
    besides.style.setProperty('width', `${120 + free}px`);
    replace(
      besides,
      colorBar(slice, colors, Math.min(240, clientHeight - 40)),
      lens &&
        h(
          'div',
          { class: 'lens' },
          h('h3', {}, 'Around the cursor'),
          lensCanvas(tile, lens, cursor, colors),
          h(
            'p',
            { class: 'quiet' },
            `rows ${lens.row}–${lens.row + lens.rows - 1}, columns ${lens.column}–${lens.column + lens.columns - 1}`,
          ),
        ),
    );
  };
  /** The neighbourhood of the cursor, where the cells themselves are too small for numbers. */
  const lensPlace = (slice: Slice) => {
    if (!cursor || !tile || !view || (view.width >= numbersFrom && view.height >= 18)) return null;
    if (tile.rows.step > 1 || tile.columns.step > 1) return null;
    const [tall, wide] = [Math.min(9, slice.rows), Math.min(7, slice.columns)];
    const bound = (at: number, span: number, all: number) => Math.max(0, Math.min(all - span, at - (span >> 1)));
    return {
      row: bound(cursor.row, tall, slice.rows),
      column: bound(cursor.column, wide, slice.columns),
      rows: tall,
      columns: wide,
    };
  };

  const look = (next: Viewport): void => {
    const [width, height] = size();
    view = kept(next, extent.rows, extent.columns, width, height);
    draw();
    if (tile && (tile.rows.count < extent.rows || tile.columns.count < extent.columns)) events.onWant();
  };
  const zoom = (factor: number, at?: { readonly x: number; readonly y: number }): void => {
    const [width, height] = size();
    const around = at ?? { x: width / 2, y: height / 2 };
    if (view) look(zoomed(view, factor, around, extent.rows, extent.columns, width, height));
  };
  const setCursor = (next: Cell | null): void => {
    cursor = next;
    events.onCursor();
    draw();
  };
  const moveTo = (row: number, column: number): void => {
    const cell = {
      row: Math.max(0, Math.min(extent.rows - 1, row)),
      column: Math.max(0, Math.min(extent.columns - 1, column)),
    };
    if (view) {
      const [width, height] = size();
      const inSight = (first: number, cells: number, at: number) =>
        at < first ? at : at > first + cells - 1 ? at - cells + 1 : first;
      look({
        ...view,
        top: inSight(view.top, Math.floor(height / view.height), cell.row),
        left: inSight(view.left, Math.floor(width / view.width), cell.column),
      });
    }
    setCursor(cell);
  };
  const nextBad = (): void => {
    if (!tile) return;
    const { rows, columns } = tile;
    const { values } = tile.slice;
    const width = valuesIn(columns);
    const from = cursor
      ? Math.floor((cursor.row - rows.start) / rows.step) * width +
        Math.floor((cursor.column - columns.start) / columns.step)
      : -1;
    for (let index = 1; index <= values.length; index++) {
      const at = (from + index + values.length) % values.length;
      if (Number.isFinite(values[at])) continue;
      return moveTo(rows.start + Math.floor(at / width) * rows.step, columns.start + (at % width) * columns.step);
    }
    said.textContent = 'Every value in sight is finite.';
  };

  canvas.addEventListener('keydown', event => {
    const { row, column } = cursor ?? { row: 0, column: -1 };
    const pace = event.shiftKey ? 10 : 1;
    const act = {
      ArrowUp: () => moveTo(row - pace, Math.max(0, column)),
      ArrowDown: () => moveTo(row + pace, Math.max(0, column)),
      ArrowLeft: () => moveTo(row, column - pace),
      ArrowRight: () => moveTo(row, column + pace),
      Home: () => moveTo(row, 0),
      End: () => moveTo(row, extent.columns - 1),
      PageDown: () => events.onStep(1),
      PageUp: () => events.onStep(-1),
      n: nextBad,
      '+': () => zoom(1.4),
      '=': () => zoom(1.4),
      '-': () => zoom(1 / 1.4),
      '0': () => {
        view = null;
        draw();
        events.onWant();
      },
      Escape: () => setCursor(null),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  const cellAt = (event: MouseEvent): Cell | null => {
    if (!view || !tile) return null;
    const row = Math.floor(view.top + (event.offsetY - margin.top) / view.height);
    const column = Math.floor(view.left + (event.offsetX - margin.left) / view.width);
    const { rows, columns, slice } = tile;
    if (row < 0 || column < 0 || row >= slice.rows || column >= slice.columns) return null;
    // Of a thinned picture only the cells that were read have a value.
    return {
      row: row - ((row - rows.start) % rows.step),
      column: column - ((column - columns.start) % columns.step),
    };
  };
  canvas.addEventListener('pointermove', event => {
    const cell = cellAt(event);
    if (cell && (cell.row !== cursor?.row || cell.column !== cursor.column)) setCursor(cell);
  });
  canvas.addEventListener(
    'wheel',
    event => {
      if (!view) return;
      if (event.ctrlKey || event.metaKey)
        zoom(Math.exp(-event.deltaY / 240), { x: event.offsetX - margin.left, y: event.offsetY - margin.top });
      else look({ ...view, top: view.top + event.deltaY / view.height, left: view.left + event.deltaX / view.width });
      event.preventDefault();
    },
    { passive: false },
  );
  new ResizeObserver(() => {
    if (!tile) return draw();
    const [width, height] = size();
    view = view && cursor ? kept(view, extent.rows, extent.columns, width, height) : null;
    draw();
  }).observe(canvas);
  onThemeChange(draw);

  return {
    element,
    canvas,
    get cursor() {
      return cursor;
    },
    get tile() {
      return tile;
    },
    get wanted() {
      const [width, height] = size();
      view ??= fitted(extent.rows, extent.columns, width, height);
      return wanted(view, extent.rows, extent.columns, width, height);
    },
    restart(next, keep) {
      extent = next;
      if (!keep) [tile, view, cursor] = [null, null, null];
      draw();
    },
    show(next) {
      tile = next;
      draw();
    },
    valueAt({ row, column }) {
      if (!tile) return null;
      const down = (row - tile.rows.start) / tile.rows.step;
      const across = (column - tile.columns.start) / tile.columns.step;
      const inside = down >= 0 && across >= 0 && down < valuesIn(tile.rows) && across < valuesIn(tile.columns);
      if (!inside || !Number.isInteger(down) || !Number.isInteger(across)) return null;
      return tile.slice.values[down * valuesIn(tile.columns) + across] ?? null;
    },
    nextBad,
    draw,
    say: text => (said.textContent = text),
  };
}
