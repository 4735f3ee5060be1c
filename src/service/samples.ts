// Inputs for a function whose parameters have a known dtype and shape: ordinary values, zeros, and a NaN in the middle.
import type { AbstractValue, Analysis } from '../core/infer/index.ts';
import type { Sample } from './compare.ts';

const cases = ['normal', 'zeros', 'nan'] as const;
/** A size for each symbol, so that equal symbols get equal sizes and different ones do not. */
const sizes = [3, 4, 5, 2, 6];

/** Argument lists for `name`; none where a parameter is not known well enough. */
export function samplesOf(analysis: Analysis, name: string): readonly (readonly Sample[])[] {
  const info = analysis.functions.find(item => item.name === name);
  const bindings = analysis.scopes.find(scope => scope.node === info?.node)?.bindings;
  if (!info || !bindings) return [];
  const values = info.parameters
    .map(parameter => bindings.get(parameter)?.definitions[0])
    .map(node => (node ? analysis.valueOf(node) : null));
  const symbols = new Map<string, number>();
  const sizeOf = (symbol: string): number => {
    const known = symbols.get(symbol) ?? sizes[symbols.size % sizes.length] ?? 3;
    symbols.set(symbol, known);
    return known;
  };
  const lists = cases.map(kind => values.map(value => value && sample(value, kind, sizeOf)));
  return lists.flatMap(list => (list.length > 0 && list.every(item => item !== null) ? [list] : []));
}

function sample(value: AbstractValue, kind: (typeof cases)[number], sizeOf: (symbol: string) => number): Sample | null {
  switch (value.kind) {
    case 'array':
      if (value.dtype === null || value.shape === null || value.shape.includes(null)) return null;
      return {
        shape: value.shape.map(dim => (typeof dim === 'string' ? sizeOf(dim) : (dim ?? 1))),
        dtype: value.dtype,
        case: kind,
      };
    case 'int':
      return { value: value.value ?? 2 };
    case 'float':
      return { value: value.value ?? 0.5 };
    case 'bool':
      return { value: value.value ?? true };
    default:
      return null;
  }
}
