// Arrays as they are looked at: a summary that fits beside a line, and slices that a viewer asks for. The array itself stays in
// the kernel; nothing here is larger than a picture of it.
import type { DType } from './dtypes.ts';

/** A look at one array or tensor. Numbers are over the finite elements; null where there is none. */
export interface ValueSummary {
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly nonFinite: number;
  /** Vectors of up to a few hundred elements are drawn as a line (thinned to at most 64 points), the rest as a histogram. */
  readonly spark: { readonly kind: 'series' | 'histogram'; readonly values: readonly (number | null)[] } | null;
  /** The last two axes (the first index of the others), thinned to at most 24 × 24; null for vectors. */
  readonly heat: {
    readonly rows: number;
    readonly columns: number;
    readonly values: readonly (number | null)[];
  } | null;
}

/** An array that a program's module namespace holds. */
export interface TensorRow {
  /** The name, or an expression for what a container holds: `params["W"]`, `layers[0]`. */
  readonly name: string;
  readonly type: 'ndarray' | 'Tensor' | 'Variable';
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number;
  readonly nonFinite: number;
  /** This is the gradient of that name. */
  readonly gradientOf?: string;
}

/**
 * What an axis is used for. At most one axis is the rows and one the columns of the picture; the others are fixed or reduced,
 * means before maxima, and NaN wins as in NumPy.
 */
export type AxisJob =
  | { readonly job: 'rows' }
  | { readonly job: 'columns' }
  | { readonly job: 'fixed'; readonly index: number }
  | { readonly job: 'mean' }
  | { readonly job: 'max' };

export interface SliceRequest {
  readonly namespace: string;
  readonly name: string;
  /** One for each axis. */
  readonly axes: readonly AxisJob[];
  /**
   * The part of rows and columns that is wanted: `start`, `start + step`, … below `start + count`, as far as there are any.
   * Together they must be at most `maxSliceValues` values.
   */
  readonly rows: { readonly start: number; readonly count: number; readonly step: number };
  readonly columns: { readonly start: number; readonly count: number; readonly step: number };
}

/** At most `maxSliceValues` numbers. */
export interface Slice {
  readonly name: string;
  readonly dtype: DType | string;
  readonly shape: readonly number[];
  /** The picture's full size, before `step`. */
  readonly rows: number;
  readonly columns: number;
  /** Row-major values of the part that was asked for; booleans are 0 and 1, 64-bit integers are rounded. */
  readonly values: Float64Array;
  /** Of the whole slice, over its finite elements; 0 where there is none. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
  /** Counts in equal bins from min to max. */
  readonly histogram: readonly number[];
}

export const maxSliceValues = 65_536;

/**
 * What `matplotlib.pyplot` was asked to draw, as numbers. A figure that comes again with the same number (because more was drawn)
 * takes the place of the earlier one.
 */
export interface Figure {
  readonly number: number;
  readonly axes: readonly {
    readonly title: string;
    readonly xLabel: string;
    readonly yLabel: string;
    readonly marks: readonly {
      readonly kind: 'line' | 'points' | 'bars' | 'image';
      readonly label: string;
      /** Centres of bars; empty for images. Null is not finite, here and in `y`. */
      readonly x: readonly (number | null)[];
      /** For images, the values row by row. */
      readonly y: readonly (number | null)[];
      /** Of images: the length of a row. */
      readonly columns?: number;
    }[];
  }[];
  /** Calls that are not drawn. */
  readonly others: readonly string[];
  /** The line of the file that showed it; null where it is not known. */
  readonly line: number | null;
}
