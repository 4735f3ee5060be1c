// The axes of a figure as the plots read them: what has no number is NaN, which is drawn as a gap.
import type { Figure } from '../../src/shared/tensors.ts';

export interface Mark {
  readonly kind: Figure['axes'][number]['marks'][number]['kind'];
  readonly label: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly columns?: number;
}
export interface Axes {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly marks: readonly Mark[];
}

const numbers = (values: readonly (number | null)[]): number[] => values.map(value => value ?? NaN);

export const axesOf = (axes: Figure['axes'][number]): Axes => ({
  ...axes,
  marks: axes.marks.map(mark => ({ ...mark, x: numbers(mark.x), y: numbers(mark.y) })),
});
