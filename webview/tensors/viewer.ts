// Looks into one array: an expression, a job for each axis, and the slice as heat map, table or histogram.
import type { AxisJob, Slice, TensorRow } from '../../src/shared/tensors.ts';
import { onThemeChange, readColors } from '../graph/colors.ts';
import type { Host } from '../host.ts';
import { iconButton, menuButton, segments } from '../ui/buttons.ts';
import { h, replace, type Child } from '../ui/dom.ts';
import { bytesText, countText, numberText, typeText } from '../ui/format.ts';
import { expressionOf, firstJobs, parseExpression, placeOf, shapeOf, withJob } from './axes.ts';
import { colorBar, lensCanvas } from './legend.ts';
import { cellText, isInteger, paintHeat, type Tile } from './heat.ts';
import { histogramView, tableView, textOf } from './tables.ts';
import { fitted, kept, numbersFrom, valuesIn, wanted, zoomed, type Viewport } from './window.ts';

export interface Viewer {
  readonly element: HTMLElement;
  open(row: TensorRow): void;
  refresh(): void;
}

type View = 'heat' | 'table' | 'histogram';
const jobs: readonly (readonly [AxisJob['job'], string])[] = [
  ['rows', 'Rows'],
  ['columns', 'Cols'],
  ['fixed', 'Fix'],
  ['mean', 'Mean'],
  ['max', 'Max'],
];
const margin = { left: 46, top: 20 };
const debounceMs = 60;

export function createViewer(
  rows: readonly TensorRow[],
  namespace: string,
  host: Host,
  onOpen: (row: TensorRow) => void,
): Viewer {
  let row: TensorRow | null = null;
  let axes: readonly AxisJob[] = [];
  let mode: View = 'heat';
  let tile: Tile | null = null;
  let view: Viewport | null = null;
  let cursor: { row: number; column: number } | null = null;
  let problem: string | null = null;
  let asked = 0;
  let timer = 0;
  let frame = 0;

  const expression = h('input', {
    class: 'expression',
    'aria-label': 'Slice',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const gives = h('span', { class: 'type' });
  const wrong = h('p', { class: 'alarm expression-problem', role: 'status' });
  const axisBox = h('div', { class: 'axes' });
  const canvas = h('canvas', { class: 'heat', tabindex: 0, role: 'application', 'aria-label': 'Heat map' });
  const said = h('p', { class: 'hidden', 'aria-live': 'polite' });
  const besides = h('div', { class: 'heat-side' });
  const heatBox = h('div', { class: 'heat-box' }, h('div', { class: 'heat-frame' }, canvas), besides, said);
  const other = h('div', { class: 'other-view scroll', hidden: true });
  const state = h('div', { class: 'tensor-state', hidden: true });
  const stats = h('p', { class: 'stats' });
  const place = h('code', { class: 'place' });
  const modes = segments<View>(
    'View',
    [
      ['heat', 'Heat map'],
      ['table', 'Table'],
      ['histogram', 'Histogram'],
    ],
    mode,
    next => {
      mode = next;
      showMode();
    },
  );

  const size = (): readonly [number, number] => [
    Math.max(1, canvas.clientWidth - margin.left),
    Math.max(1, canvas.clientHeight - margin.top),
  ];
  const full = (): { readonly rows: number; readonly columns: number } => {
    const of = (job: 'rows' | 'columns') => {
      const axis = axes.findIndex(each => each.job === job);
      return axis < 0 ? 1 : (row?.shape[axis] ?? 1);
    };
    return { rows: of('rows'), columns: of('columns') };
  };
  const isEmpty = (): boolean => row !== null && row.shape.includes(0);

  const ask = (soon = false): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void read(), soon ? 0 : debounceMs);
  };
  const read = async (): Promise<void> => {
    if (!row || isEmpty()) return;
    const { rows: down, columns: across } = full();
    const [width, height] = size();
    view ??= fitted(down, across, width, height);
    const part = wanted(view, down, across, width, height);
    const id = ++asked;
    const slow = window.setTimeout(() => {
      if (id === asked && !tile) showState('Reading…');
    }, 150);
    try {
      const slice = await host.slice({ namespace, name: row.name, axes, ...part });
      if (id !== asked) return;
      tile = { slice, ...part };
      problem = null;
      showState(null);
      showSlice(slice);
    } catch (error) {
      if (id !== asked) return;
      problem = error instanceof Error ? error.message : String(error);
      showState(problem, true);
    } finally {
      clearTimeout(slow);
    }
  };
  const showState = (text: string | null, retry = false): void => {
    state.hidden = text === null;
    replace(state, text, retry && h('button', { class: 'small', onclick: () => ask(true) }, 'Try Again'));
  };

  /** A new array or other axes: everything that was read is void. */
  const restart = (keepCursor = false): void => {
    asked++;
    tile = keepCursor ? tile : null;
    if (!keepCursor) [view, cursor] = [null, null];
    if (!row) return;
    expression.value = expressionOf(row.name, axes);
    wrong.textContent = '';
    gives.textContent = `→ ${typeText(row.dtype, shapeOf(row.shape, axes))}`;
    showAxes();
    replace(stats);
    place.textContent = '';
    if (isEmpty()) {
      tile = null;
      showState(
        `This array has no elements: its shape is (${row.shape.join(', ')}${row.shape.length === 1 ? ',' : ''}).`,
      );
      draw();
      return;
    }
    showState(null);
    draw();
    ask(true);
  };
  const showAxes = (): void => {
    const array = row;
    if (!array) return;
    const focused = axisBox.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-focus')
      : null;
    replace(
      axisBox,
      ...array.shape.map((length, axis) => {
        const job = axes[axis] ?? { job: 'fixed', index: 0 };
        const choose = segments(`Axis ${axis}`, jobs, job.job, next => {
          axes = withJob(axes, axis, next);
          restart();
        });
        choose.element.querySelectorAll('button').forEach(button => button.setAttribute('data-focus', `${axis}`));
        return h(
          'div',
          { class: 'axis' },
          h('span', {}, h('strong', {}, axis), h('span', { class: 'quiet' }, ' axis')),
          h('span', { class: 'value' }, length),
          choose.element,
          ...slider(axis, length, job),
        );
      }),
    );
    if (focused !== null && focused !== undefined)
      axisBox.querySelector<HTMLElement>(`[data-focus="${focused}"][tabindex="0"]`)?.focus();
  };
  const slider = (axis: number, length: number, job: AxisJob): Child[] => {
    if (job.job !== 'fixed')
      return [h('span', { class: 'value reduced' }, job.job === 'rows' || job.job === 'columns' ? ':' : job.job)];
    const value = h('span', { class: 'value' }, job.index);
    const input = h('input', {
      type: 'range',
      min: 0,
      max: Math.max(0, length - 1),
      value: job.index,
      'aria-label': `Index of axis ${axis}`,
      oninput: () => {
        const index = Number(input.value);
        value.textContent = String(index);
        axes = axes.map((each, at) => (at === axis ? { job: 'fixed', index } : each));
        if (row) expression.value = expressionOf(row.name, axes);
        showPlace();
        ask();
      },
    });
    if (length <= 1) input.disabled = true;
    return [input, value];
  };
  const step = (by: 1 | -1): void => {
    const axis = axes.findIndex((each, at) => each.job === 'fixed' && (row?.shape[at] ?? 1) > 1);
    const job = axes[axis];
    const length = row?.shape[axis];
    if (job?.job !== 'fixed' || length === undefined) return;
    const index = (job.index + by + length) % length;
    axes = axes.map((each, at) => (at === axis ? { job: 'fixed', index } : each));
    restart(true);
  };
  expression.addEventListener('change', () => {
    const read = parseExpression(expression.value, rows, axes);
    if ('problem' in read) {
      wrong.textContent = read.problem;
      return;
    }
    if (read.row !== row) onOpen(read.row);
    row = read.row;
    axes = read.jobs;
    restart();
  });

  const showSlice = (slice: Slice): void => {
    const stat = (name: string, value: string, alarm = false) =>
      h('span', { class: alarm ? 'alarm' : null }, `${name} `, h('code', {}, value));
    const count = slice.rows * slice.columns;
    const finite = count - slice.nan - slice.infinite;
    const number = (value: number) => (finite > 0 ? numberText(value) : '–');
    replace(
      stats,
      stat('min', number(slice.min)),
      stat('max', number(slice.max)),
      stat('mean', number(slice.mean)),
      stat('std', number(slice.std)),
      stat('zero', count ? `${((100 * slice.zeros) / count).toFixed(1)} %` : '–'),
      stat('not finite', countText(slice.nan + slice.infinite), slice.nan + slice.infinite > 0),
      stat('bytes', row ? bytesText(row.bytes) : ''),
    );
    canvas.setAttribute(
      'aria-label',
      `Heat map of ${expression.value}, ${slice.rows} rows and ${slice.columns} columns, from ${number(slice.min)} to ${number(slice.max)}. Arrow keys move the cell, Page Up and Page Down the slice, N goes to the next value that is not finite.`,
    );
    showMode();
    showPlace();
  };
  const showMode = (): void => {
    heatBox.hidden = mode !== 'heat';
    other.hidden = mode === 'heat';
    if (tile && mode === 'table') replace(other, tableView(tile, expression.value));
    if (tile && mode === 'histogram') replace(other, histogramView(tile.slice));
    draw();
  };
  const valueAt = (r: number, c: number): number | null => {
    if (!tile) return null;
    const down = (r - tile.rows.start) / tile.rows.step;
    const across = (c - tile.columns.start) / tile.columns.step;
    const inside = down >= 0 && across >= 0 && down < valuesIn(tile.rows) && across < valuesIn(tile.columns);
    if (!inside || !Number.isInteger(down) || !Number.isInteger(across)) return null;
    return tile.slice.values[down * valuesIn(tile.columns) + across] ?? null;
  };
  const showPlace = (): void => {
    if (!cursor || !row) {
      place.textContent = '';
      return;
    }
    const value = valueAt(cursor.row, cursor.column);
    const text = `${placeOf(row.name, axes, cursor.row, cursor.column)} ${value === null ? '' : isInteger(row.dtype) ? String(value) : numberText(value)}`;
    place.textContent = text;
    said.textContent = text;
  };

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
    const lens = lensPlace();
    context.save();
    context.translate(margin.left, margin.top);
    paintHeat(context, { tile, view, colors, cursor, lens, width, height });
    context.restore();
    labels(context, colors.mono, colors.quiet, colors.ink);
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
  const lensPlace = () => {
    if (!cursor || !tile || !view || (view.width >= numbersFrom && view.height >= 18)) return null;
    if (tile.rows.step > 1 || tile.columns.step > 1) return null;
    const { slice } = tile;
    const [tall, wide] = [Math.min(9, slice.rows), Math.min(7, slice.columns)];
    const bound = (at: number, span: number, all: number) => Math.max(0, Math.min(all - span, at - (span >> 1)));
    return {
      row: bound(cursor.row, tall, slice.rows),
      column: bound(cursor.column, wide, slice.columns),
      rows: tall,
      columns: wide,
    };
  };
  const labels = (context: CanvasRenderingContext2D, mono: string, quiet: string, ink: string): void => {
    if (!tile || !view) return;
    const [width, height] = size();
    const { slice } = tile;
    context.font = `11px ${mono}`;
    context.textBaseline = 'middle';
    const every = (cell: number, least: number) => {
      let step = 1;
      while (step * cell < least) step = step % 5 ? step * 5 : step * 2;
      return step;
    };
    const [across, down] = [every(view.width, 34), every(view.height, 18)];
    for (let c = Math.ceil(view.left / across) * across; c < slice.columns; c += across) {
      const x = margin.left + (c + 0.5 - view.left) * view.width;
      if (x > margin.left + width) break;
      context.textAlign = 'center';
      context.fillStyle = c === cursor?.column ? ink : quiet;
      context.fillText(String(c), x, 9);
    }
    for (let r = Math.ceil(view.top / down) * down; r < slice.rows; r += down) {
      const y = margin.top + (r + 0.5 - view.top) * view.height;
      if (y > margin.top + height) break;
      context.textAlign = 'right';
      context.fillStyle = r === cursor?.row ? ink : quiet;
      context.fillText(String(r), margin.left - 8, y);
    }
  };
  const look = (next: Viewport): void => {
    const { rows: down, columns: across } = full();
    const [width, height] = size();
    view = kept(next, down, across, width, height);
    draw();
    if (tile && (tile.rows.count < down || tile.columns.count < across)) ask();
  };
  const moveTo = (r: number, c: number): void => {
    const { rows: down, columns: across } = full();
    cursor = { row: Math.max(0, Math.min(down - 1, r)), column: Math.max(0, Math.min(across - 1, c)) };
    if (view) {
      const [width, height] = size();
      const inSight = (first: number, cells: number, at: number) =>
        at < first ? at : at > first + cells - 1 ? at - cells + 1 : first;
      look({
        ...view,
        top: inSight(view.top, Math.floor(height / view.height), cursor.row),
        left: inSight(view.left, Math.floor(width / view.width), cursor.column),
      });
    }
    showPlace();
    draw();
  };
  const nextBad = (): void => {
    if (!tile) return;
    const { values } = tile.slice;
    const width = valuesIn(tile.columns);
    const from = cursor
      ? Math.floor((cursor.row - tile.rows.start) / tile.rows.step) * width +
        Math.floor((cursor.column - tile.columns.start) / tile.columns.step)
      : -1;
    for (let index = 1; index <= values.length; index++) {
      const at = (from + index + values.length) % values.length;
      if (!Number.isFinite(values[at])) {
        moveTo(
          tile.rows.start + Math.floor(at / width) * tile.rows.step,
          tile.columns.start + (at % width) * tile.columns.step,
        );
        return;
      }
    }
    said.textContent = 'Every value in sight is finite.';
  };
  canvas.addEventListener('keydown', event => {
    const { row: r, column: c } = cursor ?? { row: 0, column: -1 };
    const pace = event.shiftKey ? 10 : 1;
    const zoom = (factor: number) => {
      const { rows: down, columns: across } = full();
      const [width, height] = size();
      if (view) look(zoomed(view, factor, { x: width / 2, y: height / 2 }, down, across, width, height));
    };
    const act = {
      ArrowUp: () => moveTo(r - pace, Math.max(0, c)),
      ArrowDown: () => moveTo(r + pace, Math.max(0, c)),
      ArrowLeft: () => moveTo(r, c - pace),
      ArrowRight: () => moveTo(r, c + pace),
      Home: () => moveTo(r, 0),
      End: () => moveTo(r, full().columns - 1),
      PageDown: () => step(1),
      PageUp: () => step(-1),
      n: nextBad,
      '+': () => zoom(1.4),
      '=': () => zoom(1.4),
      '-': () => zoom(1 / 1.4),
      '0': () => {
        view = null;
        draw();
        ask();
      },
      Escape: () => {
        cursor = null;
        showPlace();
        draw();
      },
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  const cellAt = (event: MouseEvent): { row: number; column: number } | null => {
    if (!view || !tile) return null;
    const r = Math.floor(view.top + (event.offsetY - margin.top) / view.height);
    const c = Math.floor(view.left + (event.offsetX - margin.left) / view.width);
    const { step: down } = tile.rows;
    const { step: across } = tile.columns;
    const inside = r >= 0 && c >= 0 && r < tile.slice.rows && c < tile.slice.columns;
    // Of a thinned picture only the cells that were read have a value.
    return inside ? { row: r - ((r - tile.rows.start) % down), column: c - ((c - tile.columns.start) % across) } : null;
  };
  canvas.addEventListener('pointermove', event => {
    const cell = cellAt(event);
    if (!cell || (cell.row === cursor?.row && cell.column === cursor.column)) return;
    cursor = cell;
    showPlace();
    draw();
  });
  canvas.addEventListener(
    'wheel',
    event => {
      if (!view) return;
      const { rows: down, columns: across } = full();
      const [width, height] = size();
      if (event.ctrlKey || event.metaKey)
        look(
          zoomed(
            view,
            Math.exp(-event.deltaY / 240),
            { x: event.offsetX - margin.left, y: event.offsetY - margin.top },
            down,
            across,
            width,
            height,
          ),
        );
      else look({ ...view, top: view.top + event.deltaY / view.height, left: view.left + event.deltaX / view.width });
      event.preventDefault();
    },
    { passive: false },
  );
  new ResizeObserver(() => {
    if (!tile) return draw();
    const { rows: down, columns: across } = full();
    const [width, height] = size();
    if (view) view = kept({ ...view }, down, across, width, height);
    view = cursor ? view : null;
    draw();
  }).observe(canvas);
  onThemeChange(draw);

  const baseOf = (): string => expression.value.replace(/[^\w.-]+/g, '_').replace(/_+$/, '');
  const save = menuButton('Copy or save', 'export', () => [
    ['Copy as CSV', () => tile && host.copy(textOf(tile, 'csv'))],
    ['Copy as NumPy', () => tile && host.copy(textOf(tile, 'numpy'))],
    ['Save as CSV', () => tile && host.save(`${baseOf()}.csv`, 'csv', textOf(tile, 'csv'))],
    [
      'Save Picture as PNG',
      () =>
        canvas.toBlob(blob => {
          if (blob) void blob.arrayBuffer().then(bytes => host.save(`${baseOf()}.png`, 'png', new Uint8Array(bytes)));
        }),
    ],
  ]);
  const element = h(
    'section',
    { class: 'viewer', 'aria-label': 'The chosen array' },
    h(
      'div',
      { class: 'viewer-head' },
      expression,
      gives,
      h('span', { class: 'spring' }),
      modes.element,
      iconButton('Next value that is not finite (N)', 'error', nextBad),
      save,
    ),
    wrong,
    axisBox,
    h('div', { class: 'viewer-body' }, heatBox, other, state),
    h('div', { class: 'stats-line' }, stats, place),
  );
  return {
    element,
    open: next => {
      row = next;
      axes = firstJobs(next.shape);
      restart();
    },
    refresh: () => {
      draw();
      if (row && !tile && !isEmpty() && problem === null) ask();
    },
  };
}

export { cellText };
