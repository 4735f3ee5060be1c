// What inlay hints show: names whose dtype or shape is known, at the places where they get their value.
import type { InferredValue } from '../../shared/findings.ts';
import type { Analysis } from '../infer/types.ts';
import { comprehensionKinds, type SyntaxNode } from '../syntax/index.ts';

export function inferredValues(analysis: Analysis): readonly InferredValue[] {
  const values: InferredValue[] = [];
  for (const { node, name, value } of analysis.assignments) {
    if (value.kind !== 'array' && value.kind !== 'tensor' && value.kind !== 'scalar') continue;
    const shape = value.kind === 'scalar' ? [] : value.shape;
    if (value.dtype === null && shape === null) continue;
    const type = value.kind === 'tensor' && value.variable ? 'variable' : value.kind;
    values.push({ range: analysis.program.range(node), name, dtype: value.dtype, shape, type, role: roleOf(node) });
  }
  return values;
}

const rounds: readonly string[] = ['for_statement', 'for_in_clause', ...comprehensionKinds];

function roleOf(node: SyntaxNode): InferredValue['role'] {
  for (let at = node; at.parent; at = at.parent) {
    const { kind } = at.parent;
    if (kind === 'assignment' || kind === 'named_expression') return 'assigned';
    if (kind === 'augmented_assignment') return 'changed';
    if (kind.includes('parameter')) return 'parameter';
    if (rounds.includes(kind)) return 'round';
    if (kind === 'as_pattern' || kind.endsWith('statement')) return 'other';
  }
  return 'other';
}
