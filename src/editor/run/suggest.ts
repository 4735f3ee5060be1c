// Arguments to call a function with, written from what the analysis inferred of its parameters. Pure.
import type { Dim, InferredValue } from '../../shared/findings.ts';
import type { OutlineFunction } from '../../shared/outline.ts';
import { lastLine } from '../../core/outline/keep.ts';

/** A Python expression for each parameter: `np.random.rand(3, 4), 12`. Parameters with defaults are left to them. */
export function suggestArguments(what: OutlineFunction, values: readonly InferredValue[]): string {
  const inside = values.filter(
    ({ range }) => range.start.line >= what.range.start.line && range.start.line <= lastLine(what.range),
  );
  const sizes = new Map<string, number>();
  return what.parameters
    .filter(name => !name.startsWith('*') && !name.includes('='))
    .map(name => {
      const known = inside.find(each => each.name === name);
      return known ? expression(known, sizes) : 'np.random.rand(3, 4)';
    })
    .join(', ');
}

function expression({ dtype, shape }: InferredValue, sizes: Map<string, number>): string {
  const kind = dtype ?? 'float64';
  const dims = shape?.map((dim, at) => sizeOf(dim, at, sizes)) ?? [3, 4];
  if (dims.length === 0) return kind.includes('int') ? '3' : kind === 'bool' ? 'True' : '0.5';
  const text = dims.join(', ');
  if (kind === 'bool') return `np.random.rand(${text}) > 0.5`;
  if (kind.includes('int')) return `np.random.randint(0, 10, (${text}${dims.length === 1 ? ',' : ''}))`;
  return `np.random.rand(${text})${kind === 'float64' ? '' : `.astype('${kind}')`}`;
}

/** A size for a dimension that is not known; equal names get equal sizes. */
function sizeOf(dim: Dim, at: number, sizes: Map<string, number>): number {
  if (typeof dim === 'number') return dim;
  const name = dim ?? `axis ${at}`;
  const size = sizes.get(name) ?? 3 + sizes.size;
  sizes.set(name, size);
  return size;
}
