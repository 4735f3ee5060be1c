// What a `dtype=` argument says.
import type { DType } from '../../../shared/dtypes.ts';
import { allDTypes, dtypes } from '../../../shared/dtypes.ts';
import type { AbstractValue } from '../types.ts';

const byName: Readonly<Record<string, DType>> = {
  ...Object.fromEntries(allDTypes.map(dtype => [dtype, dtype])),
  float: 'float64',
  double: 'float64',
  single: 'float32',
  int: 'int64',
  int_: 'int64',
  intp: 'int64',
  longlong: 'int64',
  intc: 'int32',
  long: 'int64',
  byte: 'int8',
  ubyte: 'uint8',
  short: 'int16',
  ushort: 'uint16',
  uintc: 'uint32',
  uint: 'uint64',
  ulong: 'uint64',
  ulonglong: 'uint64',
  uintp: 'uint64',
  bool_: 'bool',
  float_: 'float64',
  q: 'int64',
  Q: 'uint64',
  ...Object.fromEntries(allDTypes.map(dtype => [dtypes[dtype].char, dtype])),
  ...Object.fromEntries(allDTypes.map(dtype => [`${dtypes[dtype].kind}${dtypes[dtype].bytes}`, dtype])),
};

/** `default` where no dtype is given; null where it is not known or not covered. */
export function dtypeArgument(value: AbstractValue | undefined, absent: DType | null): DType | null {
  if (!value || value.kind === 'none') return absent;
  switch (value.kind) {
    case 'dtype':
      return value.dtype;
    case 'api':
      return typeDType(value.name);
    case 'str':
      return value.value === null ? null : (byName[value.value.replace(/^[<=|]/, '')] ?? null);
    default:
      return null;
  }
}

/** The dtype that a type stands for: `numpy.float32`, `builtins.int`. */
export function typeDType(name: string): DType | null {
  const match = /^(?:numpy|tensorflow|builtins)\.(\w+)$/.exec(name);
  const short = match?.[1];
  if (!short || short.length < 3) return null;
  return byName[short] ?? null;
}
