// Readers for common arguments: shapes, axes, flags.
import type { Dim } from '../../../shared/findings.ts';
import type { AbstractValue, Shape } from '../types.ts';
import type { Machine } from '../machine.ts';
import { iterate } from '../containers.ts';
import { normalAxis } from '../dims.ts';
import { dimOf } from '../values.ts';

/** A shape given as an int or a sequence of ints. */
export function shapeArgument(m: Machine, value: AbstractValue | undefined): Shape {
  if (!value) return null;
  if (value.kind === 'int') return [dimOf(value)];
  if (value.kind === 'scalar') return [null];
  if (value.kind !== 'tuple' && value.kind !== 'list') return null;
  const { items, length } = iterate(m, value);
  if (items) return items.map(sizeOf);
  return typeof length === 'number' && length < 32 ? Array<Dim>(length).fill(null) : null;
}

const sizeOf = (value: AbstractValue): Dim => dimOf(value);

/** A constant int; null where it is not known. */
export function intArgument(value: AbstractValue | undefined, absent: number): number | null {
  if (!value || value.kind === 'none') return absent;
  if (value.kind === 'bool') return value.value === null ? null : Number(value.value);
  return value.kind === 'int' ? value.value : null;
}

export function flag(value: AbstractValue | undefined, absent: boolean): boolean | null {
  if (!value) return absent;
  return value.kind === 'bool' ? value.value : null;
}

/** Constant axes, normalized; null where one of them is not known. */
export function axesArgument(m: Machine, value: AbstractValue | undefined, rank: number): readonly number[] | null {
  if (!value) return null;
  const items = value.kind === 'int' ? [value] : iterate(m, value).items;
  if (!items) return null;
  const axes = items.map(item => (item.kind === 'int' && item.value !== null ? normalAxis(item.value, rank) : null));
  const known = axes.filter(axis => axis !== null);
  return known.length === axes.length ? known : null;
}
