// Reading attributes of an op: they are checked where they are read.
import { dtypes, type DType } from '../../src/shared/dtypes.ts';
import { OpError } from './errors.ts';
import type { Attrs } from './node.ts';
import type { OpName } from './ops.ts';

export function numberAttr(op: OpName, attrs: Attrs, name: string): number {
  const value = attrs[name];
  if (typeof value !== 'number') throw new OpError(`${op} needs the number "${name}", got ${String(value)}`, op);
  return value;
}

export function listAttr(op: OpName, attrs: Attrs, name: string): readonly number[] {
  const value = attrs[name];
  if (!Array.isArray(value)) throw new OpError(`${op} needs the list "${name}", got ${String(value)}`, op);
  return value as readonly number[];
}

export function dtypeAttr(op: OpName, attrs: Attrs): DType {
  const value = attrs.dtype;
  if (typeof value !== 'string' || !Object.hasOwn(dtypes, value))
    throw new OpError(`${op} needs a dtype, got ${String(value)}`, op);
  return value as DType;
}
