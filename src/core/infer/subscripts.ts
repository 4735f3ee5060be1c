// Reading by subscript: basic, fancy and mask indexing of arrays and tensors; sequences and dicts.
import type { DType } from '../../shared/dtypes.ts';
import { isInteger } from '../../shared/dtypes.ts';
import type { Dim } from '../../shared/findings.ts';
import type { AbstractValue, Shape, SliceValue } from './types.ts';
import { broadcast } from './dims.ts';

/** One part of an index, after classification. */
type Part =
  | { readonly part: 'int' }
  | { readonly part: 'slice'; readonly slice: SliceValue }
  | { readonly part: 'newaxis' }
  | { readonly part: 'ellipsis' }
  | { readonly part: 'array'; readonly shape: Shape }
  | { readonly part: 'mask'; readonly rank: number };

export interface Indexed {
  readonly shape: Shape;
  /** All parts are integers: the result is an element. */
  readonly element: boolean;
  /** The result shares memory with the array; null: not known. */
  readonly view: boolean | null;
}

const nothing: Indexed = { shape: null, element: false, view: null };

/** The shape of `x[items]`. `literal` turns lists into arrays. */
export function indexShape(
  shape: Shape,
  items: readonly AbstractValue[],
  literal: (value: AbstractValue) => AbstractValue,
): Indexed {
  const parts: Part[] = [];
  for (const item of items) {
    const part = classify(item, literal);
    if (!part) return nothing;
    parts.push(part);
  }
  const advanced = parts.some(({ part }) => part === 'array' || part === 'mask');
  const view = !advanced;
  if (!shape) return { shape: null, element: false, view };
  const used = parts.reduce((n, p) => n + (p.part === 'mask' ? p.rank : consumes(p.part)), 0);
  if (used > shape.length) return nothing;
  if (parts.filter(({ part }) => part === 'ellipsis').length > 1) return nothing;
  const ellipsis = parts.findIndex(({ part }) => part === 'ellipsis');
  const full: Part[] = Array.from({ length: shape.length - used }, () => ({ part: 'slice', slice: fullSlice }));
  const expanded =
    ellipsis < 0 ? [...parts, ...full] : [...parts.slice(0, ellipsis), ...full, ...parts.slice(ellipsis + 1)];
  const element = !advanced && ellipsis < 0 && expanded.every(({ part }) => part === 'int');
  return { shape: walk(shape, expanded, advanced), element, view };
}

const consumes = (part: Part['part']): number => (part === 'newaxis' || part === 'ellipsis' ? 0 : 1);
const noneValue: AbstractValue = { kind: 'none' };
const fullSlice: SliceValue = { kind: 'slice', start: noneValue, stop: noneValue, step: noneValue };

function classify(item: AbstractValue, literal: (value: AbstractValue) => AbstractValue): Part | null {
  switch (item.kind) {
    case 'int':
      return { part: 'int' };
    case 'scalar':
      return item.dtype && isInteger(item.dtype) ? { part: 'int' } : null;
    case 'slice':
      return { part: 'slice', slice: item };
    case 'none':
      return { part: 'newaxis' };
    case 'ellipsis':
      return { part: 'ellipsis' };
    case 'array':
      return indexArray(item.dtype, item.shape);
    case 'list':
    case 'tuple':
    case 'iterable': {
      const value = literal(item);
      if (value.kind !== 'array') return null;
      // An empty list is an empty index, whatever dtype an empty array has.
      if (value.shape?.length === 1 && value.shape[0] === 0) return { part: 'array', shape: [0] };
      return indexArray(value.dtype, value.shape);
    }
    default:
      return null;
  }
}

function indexArray(dtype: DType | null, shape: Shape): Part | null {
  if (dtype === 'bool') return shape && shape.length > 0 ? { part: 'mask', rank: shape.length } : null;
  if (!dtype || !isInteger(dtype) || !shape) return null;
  return shape.length === 0 ? { part: 'int' } : { part: 'array', shape };
}

function walk(shape: readonly Dim[], parts: readonly Part[], advanced: boolean): Shape {
  const before: Dim[] = [];
  const after: Dim[] = [];
  let shapes: Shape[] = [];
  let axis = 0;
  // The axes of the index arrays stand where they stand together, else in front.
  let runs = 0;
  let inRun = false;
  for (const part of parts) {
    const isAdvanced = part.part === 'array' || part.part === 'mask' || (advanced && part.part === 'int');
    if (isAdvanced) {
      if (!inRun) runs++;
      inRun = true;
      if (part.part === 'array') shapes = [...shapes, part.shape];
      if (part.part === 'mask') shapes = [...shapes, [null]];
      axis += part.part === 'mask' ? part.rank : 1;
      continue;
    }
    inRun = false;
    const target = runs > 0 ? after : before;
    if (part.part === 'slice') target.push(sliceDim(shape[axis++] ?? null, part.slice));
    else if (part.part === 'newaxis') target.push(1);
    else if (part.part === 'int') axis++;
  }
  if (!advanced) return [...before, ...after];
  const joined = broadcast(...shapes);
  if (!joined) return null;
  return runs > 1 ? [...joined, ...before, ...after] : [...before, ...joined, ...after];
}

/** The length of `axis[slice]`, exactly; null where it depends on something unknown. */
export function sliceDim(dim: Dim, { start, stop, step }: SliceValue): Dim {
  const stride = constant(step, 1);
  if (stride === null || stride === 0) return null;
  if (start.kind === 'none' && stop.kind === 'none') {
    if (Math.abs(stride) === 1) return dim;
    return typeof dim === 'number' ? Math.ceil(dim / Math.abs(stride)) : null;
  }
  if (typeof dim !== 'number') return null;
  const forward = stride > 0;
  const clamp = (at: number): number => {
    const positive = at < 0 ? at + dim : at;
    return forward ? Math.min(Math.max(positive, 0), dim) : Math.min(Math.max(positive, -1), dim - 1);
  };
  const from = start.kind === 'none' ? (forward ? 0 : dim - 1) : constant(start, null);
  const to = stop.kind === 'none' ? (forward ? dim : -1) : constant(stop, null);
  if (from === null || to === null) return null;
  const low = start.kind === 'none' ? from : clamp(from);
  const high = stop.kind === 'none' ? to : clamp(to);
  return Math.max(0, Math.ceil((high - low) / stride));
}

function constant(value: AbstractValue, absent: number | null): number | null {
  if (value.kind === 'none') return absent;
  return value.kind === 'int' ? value.value : null;
}
