// Index objects: np.mgrid, np.ogrid, np.c_, np.r_, np.s_.
import type { Dim } from '../../../shared/findings.ts';
import type { DType } from '../../../shared/dtypes.ts';
import { promote } from '../../../shared/dtypes.ts';
import type { AbstractValue, SliceValue } from '../types.ts';
import type { Machine } from '../machine.ts';
import { addDims } from '../dims.ts';
import { array, tuple, unknown } from '../values.ts';
import { arrayOf } from './literal.ts';
import { arangeLength } from './ranges.ts';

export function indexerOf(m: Machine, name: string, items: readonly AbstractValue[]): AbstractValue {
  switch (name) {
    case 'numpy.mgrid':
      return grid(items);
    case 'numpy.c_':
      return columns(m, items);
    case 'numpy.s_':
    case 'numpy.index_exp':
      return items.length === 1 ? unknown : tuple(items);
    default:
      return unknown;
  }
}

/** The length and dtype of one slice of a grid; an imaginary step counts points. */
function axisOf(slice: SliceValue): { readonly length: Dim; readonly dtype: DType | null } {
  const { start, stop, step } = slice;
  const parts = [start, stop, step].filter(part => part.kind !== 'none');
  if (!parts.every(part => part.kind === 'int' || part.kind === 'float')) return { length: null, dtype: null };
  const dtype = parts.some(part => part.kind === 'float') ? 'float64' : 'int64';
  const zero: AbstractValue = { kind: 'int', value: 0, symbol: null };
  const one: AbstractValue = { kind: 'int', value: 1, symbol: null };
  const length = arangeLength(start.kind === 'none' ? zero : start, stop, step.kind === 'none' ? one : step);
  return { length, dtype };
}

function grid(items: readonly AbstractValue[]): AbstractValue {
  const slices = items.filter(item => item.kind === 'slice');
  if (slices.length !== items.length || slices.length === 0) return unknown;
  const axes = slices.map(axisOf);
  const dtype = axes.reduce<DType | null>((all, axis) => (all && axis.dtype ? promote(all, axis.dtype) : null), 'bool');
  const lengths = axes.map(axis => axis.length);
  return array(dtype, items.length === 1 ? lengths : [items.length, ...lengths]);
}

function columns(m: Machine, items: readonly AbstractValue[]): AbstractValue {
  let dtype: DType | null = 'bool';
  let rows: Dim | undefined;
  let width: Dim = 0;
  for (const item of items) {
    if (item.kind === 'slice' || item.kind === 'str') return unknown;
    const part = arrayOf(m, item);
    if (!part.shape) return unknown;
    if (part.shape.length > 2 || part.shape.length === 0) return unknown;
    dtype = dtype && part.dtype ? promote(dtype, part.dtype) : null;
    const [length = null, second = 1] = part.shape;
    rows = rows === undefined || typeof rows !== 'number' ? length : typeof length === 'number' ? length : rows;
    width = addDims(width, second);
  }
  return array(dtype, [rows ?? null, width]);
}
