// Methods of Python's own types: list, dict, str and numbers.
import type { SyntaxNode } from '../../syntax/index.ts';
import type { AbstractValue, BoundValue } from '../types.ts';
import type { Machine } from '../machine.ts';
import { dictMethod, listMethod, listOf } from '../containers.ts';
import type { CallArguments } from '../library/signature.ts';
import { anyBool, anyInt, anyStr } from '../values.ts';

const listChanges = new Set(['append', 'insert', 'extend', 'pop', 'sort', 'reverse', 'remove', 'clear']);

export function callContainer(
  m: Machine,
  node: SyntaxNode,
  target: BoundValue,
  call: CallArguments,
): AbstractValue | null {
  const { receiver } = target;
  const name = target.name.slice(target.name.indexOf('.') + 1);
  const args = call.positional.map(({ value }) => value);
  if (receiver.kind === 'list') {
    const object = node.child('function')?.child('object');
    if (object && listChanges.has(name)) m.mutate(node, object, name === 'append' ? 'append' : 'method', receiver);
    return call.open ? null : listMethod(m, node, receiver, name, args);
  }
  if (receiver.kind === 'dict') return call.open ? null : dictMethod(m, receiver.ref, name, args);
  if (receiver.kind === 'str') return stringMethod(m, node, name);
  if (receiver.kind === 'tuple' && (name === 'index' || name === 'count')) return anyInt;
  return null;
}

function stringMethod(m: Machine, node: SyntaxNode, name: string): AbstractValue | null {
  if (/^(is|startswith|endswith)/.test(name)) return anyBool;
  if (['find', 'rfind', 'index', 'rindex', 'count'].includes(name)) return anyInt;
  if (['split', 'rsplit', 'splitlines'].includes(name)) return listOf(m, node, null, anyStr, null);
  if (['partition', 'rpartition', 'encode'].includes(name)) return null;
  return anyStr;
}
