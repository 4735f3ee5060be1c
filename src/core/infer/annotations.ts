// Type annotations: a weak source, used only where a value is otherwise unknown.
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue } from './types.ts';
import { anyBool, anyFloat, anyInt, anyStr } from './values.ts';

const plain: Readonly<Record<string, AbstractValue>> = { int: anyInt, float: anyFloat, bool: anyBool, str: anyStr };

export function annotated(type: SyntaxNode, value: AbstractValue): AbstractValue {
  return value.kind === 'unknown' ? (plain[type.text] ?? value) : value;
}
