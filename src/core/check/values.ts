// What inlay hints show: names whose dtype or shape is known, at the places where they get their value.
import type { InferredValue } from '../../shared/findings.ts';
import type { Analysis } from '../infer/types.ts';

export function inferredValues(analysis: Analysis): readonly InferredValue[] {
  const values: InferredValue[] = [];
  for (const { node, name, value } of analysis.assignments) {
    if (value.kind !== 'array' && value.kind !== 'tensor' && value.kind !== 'scalar') continue;
    const shape = value.kind === 'scalar' ? [] : value.shape;
    if (value.dtype === null && shape === null) continue;
    values.push({ range: analysis.program.range(node), name, dtype: value.dtype, shape });
  }
  return values;
}
