// What `np.asarray` makes of a value: nested lists, tuples, scalars and arrays to dtype and shape.
import type { DType } from '../../../shared/dtypes.ts';
import { defaultDType, promote } from '../../../shared/dtypes.ts';
import type { Dim } from '../../../shared/findings.ts';
import type { AbstractValue, Shape } from '../types.ts';
import type { Machine } from '../machine.ts';
import { iterate } from '../containers.ts';
import { joinDim, joinShape } from '../dims.ts';
import { array, optionsOf } from '../values.ts';

interface Found {
  readonly dtype: DType | null | 'empty';
  readonly shape: Shape;
}
const nothing: Found = { dtype: null, shape: null };
const maxDepth = 6;

/** The array that a value becomes; arrays, scalars, Python numbers and what is not known stay what they are. */
export function literalArray(m: Machine, value: AbstractValue): AbstractValue {
  if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'iterable') return value;
  if (value.kind === 'iterable' && value.type !== 'range') return value;
  const { dtype, shape } = find(m, value, 0);
  return array(dtype === 'empty' ? 'float64' : dtype, shape);
}

/** dtype and shape of `np.array(value)`. */
export function arrayOf(m: Machine, value: AbstractValue): { readonly dtype: DType | null; readonly shape: Shape } {
  const { dtype, shape } = find(m, value, 0);
  return { dtype: dtype === 'empty' ? 'float64' : dtype, shape };
}

function find(m: Machine, value: AbstractValue, depth: number): Found {
  switch (value.kind) {
    case 'array':
      return value;
    case 'tensor':
      return { dtype: value.dtype, shape: value.shape };
    case 'scalar':
      return { dtype: value.dtype, shape: [] };
    case 'int':
      // Ints that are too large for int64 become uint64 or objects.
      return { dtype: value.value !== null && Math.abs(value.value) > 2 ** 62 ? null : 'int64', shape: [] };
    case 'float':
    case 'bool':
      return { dtype: defaultDType[value.kind], shape: [] };
    case 'str':
      return { dtype: null, shape: [] };
    case 'union': {
      const all = optionsOf(value).map(option => find(m, option, depth));
      return all.reduce((a, b) => ({
        dtype: a.dtype === b.dtype ? a.dtype : null,
        shape: joinShape(a.shape, b.shape),
      }));
    }
    case 'iterable':
      if (value.type !== 'range') return nothing;
      return { dtype: 'int64', shape: [value.length] };
    case 'list':
    case 'tuple':
      return depth > maxDepth ? nothing : sequence(m, value, depth);
    default:
      return nothing;
  }
}

function sequence(m: Machine, value: AbstractValue, depth: number): Found {
  const { items, element, length } = iterate(m, value);
  if (length === 0) return { dtype: 'empty', shape: [0] };
  const parts = items ? items.map(item => find(m, item, depth + 1)) : element ? [find(m, element, depth + 1)] : [];
  const [first] = parts;
  if (!first) return nothing;
  let dtype = first.dtype;
  let shape = first.shape;
  for (const part of parts.slice(1)) {
    dtype = promoteFound(dtype, part.dtype);
    shape = sameRank(shape, part.shape);
  }
  // A list that may be empty gives float64 of one dimension then: only what holds for both is known.
  if (!items && typeof length !== 'number') {
    const plain = shape?.length === 0;
    return { dtype: dtype === 'float64' || dtype === 'empty' ? 'float64' : null, shape: plain ? [length] : null };
  }
  return { dtype, shape: shape && [length, ...shape] };
}

/** Items of one array have the same rank and sizes, or NumPy raises. */
function sameRank(a: Shape, b: Shape): Shape {
  if (!a || !b || a.length !== b.length) return null;
  return a.map((dim, i) => certain(dim, b[i] ?? null));
}
const certain = (a: Dim, b: Dim): Dim => (typeof a === 'number' ? a : typeof b === 'number' ? b : joinDim(a, b));

function promoteFound(a: Found['dtype'], b: Found['dtype']): Found['dtype'] {
  if (a === null || b === null) return null;
  if (a === 'empty') return b === 'empty' ? 'empty' : promote('float64', b);
  return b === 'empty' ? promote(a, 'float64') : promote(a, b);
}
