// Counts of np.arange, range() and grids.
import type { Dim } from '../../../shared/findings.ts';
import type { AbstractValue } from '../types.ts';
import { dimOf } from '../values.ts';

const numberOf = (value: AbstractValue): number | null =>
  value.kind === 'int' || value.kind === 'float' ? value.value : null;

/** ceil((stop - start) / step), as NumPy computes it; a lone symbol for `arange(n)`. */
export function arangeLength(start: AbstractValue, stop: AbstractValue, step: AbstractValue): Dim {
  const [a, b, c] = [start, stop, step].map(numberOf);
  if (a === 0 && c === 1 && b === null && stop.kind === 'int') return notNegative(dimOf(stop));
  if (a === null || b === null || c === null || a === undefined || b === undefined || !c) return null;
  const length = Math.ceil((b - a) / c);
  return Number.isFinite(length) ? Math.max(0, length) : null;
}

/** A symbol that counts elements stands for a size only when it can't be negative: plain names do, differences don't. */
function notNegative(dim: Dim): Dim {
  return typeof dim === 'string' && /^[A-Za-z_]\w*$/.test(dim) ? dim : null;
}
