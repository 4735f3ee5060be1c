// Counting and order statistics, and parts of arrays: short compositions in Python.
import type { ApiRow, DTypeRule, Gradient, ShapeRule } from '../types.ts';

const row = (
  name: string,
  signature: string,
  dtype: DTypeRule,
  shape: ShapeRule,
  gradient: Gradient,
  doc: string,
): ApiRow => ({ name, kind: 'function', home: 'python', signature, doc, dtype, shape, gradient, devices: 'wasm' });

const quantiles =
  "(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None)";

export const statistics: readonly ApiRow[] = [
  row(
    'average',
    '(a, axis=None, weights=None, returned=False, *, keepdims=<no value>)',
    'own',
    'own',
    'smooth',
    'The mean, or the weighted mean.',
  ),
  row(
    'median',
    '(a, axis=None, out=None, overwrite_input=False, keepdims=False)',
    'mean',
    'reduce',
    'piecewise',
    'The middle value, or the mean of the two middle ones.',
  ),
  row('quantile', quantiles, 'own', 'own', 'piecewise', 'The values below which given fractions of the elements lie.'),
  row('percentile', quantiles, 'own', 'own', 'piecewise', 'The values below which given percentages lie.'),
  row('bincount', '(x, /, weights=None, minlength=0)', 'own', 'own', 'none', 'How often each integer occurs.'),
  row('searchsorted', "(a, v, side='left', sorter=None)", 'own', 'own', 'none', 'Places in a sorted array.'),
  row('digitize', '(x, bins, right=False)', 'own', 'own', 'none', 'The number of the bin of each value.'),
  row(
    'histogram',
    '(a, bins=10, range=None, density=None, weights=None)',
    'own',
    'own',
    'none',
    'How many values fall into each bin, and the edges of the bins.',
  ),
  row(
    'histogram_bin_edges',
    '(a, bins=10, range=None, weights=None)',
    'own',
    'own',
    'none',
    'The edges of the bins of a histogram.',
  ),
  row('dstack', '(tup)', 'own', 'own', 'smooth', 'Joins arrays along a third axis.'),
  row('array_split', '(ary, indices_or_sections, axis=0)', 'own', 'own', 'smooth', 'Views of nearly equal parts.'),
  row('split', '(ary, indices_or_sections, axis=0)', 'own', 'own', 'smooth', 'Views of equal parts.'),
  row('hsplit', '(ary, indices_or_sections)', 'own', 'own', 'smooth', 'Parts beside each other.'),
  row('vsplit', '(ary, indices_or_sections)', 'own', 'own', 'smooth', 'Parts one below the other.'),
  row(
    'nan_to_num',
    '(x, copy=True, nan=0.0, posinf=None, neginf=None)',
    'own',
    'own',
    'piecewise',
    'Finite numbers in place of NaN and infinities.',
  ),
  row(
    'interp',
    '(x, xp, fp, left=None, right=None, period=None)',
    'own',
    'own',
    'piecewise',
    'Values of the straight lines between points.',
  ),
];
