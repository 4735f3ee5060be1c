// Looks into one array: an expression, a job for each axis, and the slice as heat map, table or histogram.
import type { AxisJob, Slice, TensorRow } from '../../src/shared/tensors.ts';
import type { Host } from '../host.ts';
import { iconButton, menuButton, segments } from '../ui/buttons.ts';
import { h, replace } from '../ui/dom.ts';
import { bytesText, countText, numberText, typeText } from '../ui/format.ts';
import { expressionOf, firstJobs, parseExpression, placeOf, shapeOf, withJob } from './axes.ts';
import { axisControls } from './axisControls.ts';
import { isInteger } from './heat.ts';
import { createHeatView } from './heatView.ts';
import { histogramView, tableView, textOf } from './tables.ts';

export interface Viewer {
  readonly element: HTMLElement;
  open(row: TensorRow): void;
  refresh(): void;
}

type View = 'heat' | 'table' | 'histogram';
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
  let problem: string | null = null;
  let asked = 0;
  let timer = 0;

  const expression = h('input', {
    class: 'expression',
    'aria-label': 'Slice',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const gives = h('span', { class: 'type' });
  const wrong = h('p', { class: 'alarm expression-problem', role: 'status' });
  const controls = axisControls(
    (axis, job) => {
      axes = withJob(axes, axis, job);
      restart();
    },
    (axis, index) => {
      fix(axis, index);
      if (row) expression.value = expressionOf(row.name, axes);
      showPlace();
      ask();
    },
  );
  const heat = createHeatView({
    onCursor: () => showPlace(),
    onWant: () => ask(),
    onStep: by => step(by),
  });
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

  const lengthOf = (job: 'rows' | 'columns') => {
    const axis = axes.findIndex(each => each.job === job);
    return axis < 0 ? 1 : (row?.shape[axis] ?? 1);
  };
  const isEmpty = (): boolean => row !== null && row.shape.includes(0);
  const fix = (axis: number, index: number): void => {
    axes = axes.map((each, at) => (at === axis ? { job: 'fixed', index } : each));
  };

  const ask = (soon = false): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void read(), soon ? 0 : debounceMs);
  };
  const read = async (): Promise<void> => {
    if (!row || isEmpty()) return;
    const part = heat.wanted;
    const id = ++asked;
    const slow = window.setTimeout(() => {
      if (id === asked && !heat.tile) showState('Reading…');
    }, 150);
    try {
      const slice = await host.slice({ namespace, name: row.name, axes, ...part });
      if (id !== asked) return;
      heat.show({ slice, ...part });
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

  /** A new array or other axes: everything that was read is void. `keep`: a slice beside the one that is shown. */
  const restart = (keep = false): void => {
    asked++;
    if (!row) return;
    heat.restart({ rows: lengthOf('rows'), columns: lengthOf('columns') }, keep && !isEmpty());
    expression.value = expressionOf(row.name, axes);
    wrong.textContent = '';
    gives.textContent = `→ ${typeText(row.dtype, shapeOf(row.shape, axes))}`;
    controls.show(row.shape, axes);
    replace(stats);
    place.textContent = '';
    if (isEmpty())
      return showState(
        `This array has no elements: its shape is (${row.shape.join(', ')}${row.shape.length === 1 ? ',' : ''}).`,
      );
    showState(null);
    ask(true);
  };
  const step = (by: 1 | -1): void => {
    const axis = axes.findIndex((each, at) => each.job === 'fixed' && (row?.shape[at] ?? 1) > 1);
    const job = axes[axis];
    const length = row?.shape[axis];
    if (job?.job !== 'fixed' || length === undefined) return;
    fix(axis, (job.index + by + length) % length);
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
    heat.canvas.setAttribute(
      'aria-label',
      `Heat map of ${expression.value}, ${slice.rows} rows and ${slice.columns} columns, from ${number(slice.min)} to ${number(slice.max)}. Arrow keys move the cell, Page Up and Page Down the slice, N goes to the next value that is not finite.`,
    );
    showMode();
    showPlace();
  };
  const showMode = (): void => {
    const { tile } = heat;
    heat.element.hidden = mode !== 'heat';
    other.hidden = mode === 'heat';
    if (tile && mode === 'table') replace(other, tableView(tile, expression.value));
    if (tile && mode === 'histogram') replace(other, histogramView(tile.slice));
    heat.draw();
  };
  const showPlace = (): void => {
    const { cursor } = heat;
    if (!cursor || !row) {
      place.textContent = '';
      return;
    }
    const value = heat.valueAt(cursor);
    const text = `${placeOf(row.name, axes, cursor.row, cursor.column)} ${value === null ? '' : isInteger(row.dtype) ? String(value) : numberText(value)}`;
    place.textContent = text;
    heat.say(text);
  };

  const baseOf = (): string => expression.value.replace(/[^\w.-]+/g, '_').replace(/_+$/, '');
  const save = menuButton('Copy or save', 'export', () => [
    ['Copy as CSV', () => heat.tile && host.copy(textOf(heat.tile, 'csv'))],
    ['Copy as NumPy', () => heat.tile && host.copy(textOf(heat.tile, 'numpy'))],
    ['Save as CSV', () => heat.tile && host.save(`${baseOf()}.csv`, 'csv', textOf(heat.tile, 'csv'))],
    [
      'Save Picture as PNG',
      () =>
        heat.canvas.toBlob(blob => {
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
      iconButton('Next value that is not finite (N)', 'error', () => heat.nextBad()),
      save,
    ),
    wrong,
    controls.element,
    h('div', { class: 'viewer-body' }, heat.element, other, state),
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
      heat.draw();
      if (row && !heat.tile && !isEmpty() && problem === null) ask();
    },
  };
}
