// A row for each axis of an array: its length, its job in the picture, and a slider where it is fixed.
import type { AxisJob } from '../../src/shared/tensors.ts';
import { segments } from '../ui/buttons.ts';
import { h, replace, type Child } from '../ui/dom.ts';

const jobs: readonly (readonly [AxisJob['job'], string])[] = [
  ['rows', 'Rows'],
  ['columns', 'Cols'],
  ['fixed', 'Fix'],
  ['mean', 'Mean'],
  ['max', 'Max'],
];

export interface AxisControls {
  readonly element: HTMLElement;
  show(shape: readonly number[], axes: readonly AxisJob[]): void;
}

export function axisControls(
  onJob: (axis: number, job: AxisJob['job']) => void,
  onIndex: (axis: number, index: number) => void,
): AxisControls {
  const element = h('div', { class: 'axes' });
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
        value.textContent = input.value;
        onIndex(axis, Number(input.value));
      },
    });
    if (length <= 1) input.disabled = true;
    return [input, value];
  };
  return {
    element,
    show(shape, axes) {
      const focused = element.contains(document.activeElement)
        ? document.activeElement?.getAttribute('data-focus')
        : null;
      replace(
        element,
        ...shape.map((length, axis) => {
          const job = axes[axis] ?? { job: 'fixed', index: 0 };
          const choose = segments(`Axis ${axis}`, jobs, job.job, next => onJob(axis, next));
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
        element.querySelector<HTMLElement>(`[data-focus="${focused}"][tabindex="0"]`)?.focus();
    },
  };
}
