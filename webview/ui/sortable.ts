// A table whose columns sort: the head is a button, the order is said by aria-sort.
import { h, replace, type Child } from './dom.ts';

export interface Column<Row> {
  readonly title: string;
  readonly numeric?: boolean;
  /** Left out of pages that are narrower than so many pixels. */
  readonly from?: 520 | 620 | 760 | 860 | 1000 | 1240;
  /** The title is for those who hear the table: what the column shows is told by the one before. */
  readonly untitled?: boolean;
  readonly cell: (row: Row) => Child;
  readonly className?: (row: Row) => string;
  /** What the column sorts by; without it the column does not sort. NaN and null come last. */
  readonly by?: (row: Row) => number | string | null;
}

export interface SortableTable<Row> {
  readonly element: HTMLTableElement;
  rows(rows: readonly Row[]): void;
  choose(row: Row | null): void;
}

export function sortableTable<Row>(
  label: string,
  columns: readonly Column<Row>[],
  all: readonly Row[],
  onChoose: (row: Row) => void,
  onOpen: (row: Row) => void = onChoose,
): SortableTable<Row> {
  let shown = all;
  let chosen: Row | null = null;
  let order: { readonly column: Column<Row>; readonly down: boolean } | null = null;
  const body = h('tbody', {});
  const heads = columns.map(column =>
    h(
      'th',
      { scope: 'col', class: classesOf(column), 'aria-sort': column.by ? 'none' : null },
      column.by
        ? h('button', { class: 'sort', type: 'button', onclick: () => sort(column) }, column.title)
        : column.untitled
          ? h('span', { class: 'hidden' }, column.title)
          : column.title,
    ),
  );
  const sort = (column: Column<Row>): void => {
    order = { column, down: order?.column === column ? !order.down : column.numeric === true };
    heads.forEach((head, index) => {
      if (columns[index]?.by)
        head.setAttribute('aria-sort', columns[index] !== column ? 'none' : order?.down ? 'descending' : 'ascending');
    });
    fill();
  };
  const fill = (): void => {
    const by = order?.column.by;
    const sign = order?.down ? -1 : 1;
    const sorted = by
      ? [...shown].sort((a, b) => {
          const [one, other] = [by(a), by(b)];
          const missing = (value: number | string | null) =>
            value === null || (typeof value === 'number' && Number.isNaN(value));
          if (missing(one) || missing(other)) return Number(missing(one)) - Number(missing(other));
          return (
            sign *
            (typeof one === 'number' && typeof other === 'number'
              ? one - other
              : String(one).localeCompare(String(other)))
          );
        })
      : shown;
    replace(body, ...sorted.map(rowOf));
  };
  const rowOf = (row: Row): HTMLElement =>
    h(
      'tr',
      {
        tabindex: 0,
        'aria-selected': row === chosen ? 'true' : null,
        onclick: () => choose(row, true),
        ondblclick: () => onOpen(row),
        onkeydown: event => {
          const { key, currentTarget, target } = event as KeyboardEvent & { currentTarget: HTMLElement };
          if (target !== currentTarget) return;
          const next = { ArrowDown: currentTarget.nextElementSibling, ArrowUp: currentTarget.previousElementSibling }[
            key
          ];
          if (next instanceof HTMLElement) next.focus();
          else if (key === 'Enter') onOpen(row);
          else if (key === ' ') choose(row, true);
          else return;
          event.preventDefault();
        },
      },
      ...columns.map((column, index) =>
        index === 0
          ? h('th', { scope: 'row', class: classesOf(column, row) }, column.cell(row))
          : h('td', { class: classesOf(column, row) }, column.cell(row)),
      ),
    );
  const choose = (row: Row | null, tell: boolean): void => {
    const at = [...body.children].findIndex(child => child === document.activeElement);
    chosen = row;
    fill();
    if (at >= 0) (body.children[at] as HTMLElement | undefined)?.focus();
    if (row && tell) onChoose(row);
  };
  fill();
  return {
    element: h('table', { 'aria-label': label }, h('thead', {}, h('tr', {}, ...heads)), body),
    rows: rows => {
      shown = rows;
      fill();
    },
    choose: row => choose(row, false),
  };
}

const classesOf = <Row>(column: Column<Row>, row?: Row): string =>
  [
    column.numeric ? 'number' : '',
    column.from === undefined ? '' : `from-${column.from}`,
    row === undefined ? '' : (column.className?.(row) ?? ''),
  ]
    .filter(Boolean)
    .join(' ');
