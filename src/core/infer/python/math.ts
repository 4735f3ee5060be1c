// The math module: functions of Python numbers.
import type { AbstractValue } from '../types.ts';
import type { CallArguments } from '../library/signature.ts';
import { anyBool, anyFloat, anyInt, float, int } from '../values.ts';

const integers = new Set(['floor', 'ceil', 'trunc', 'gcd', 'lcm', 'factorial', 'comb', 'perm', 'isqrt']);
const booleans = new Set(['isnan', 'isinf', 'isfinite', 'isclose']);
const exact: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  fabs: Math.abs,
};

/** Null for functions that return something else (frexp, modf, …). */
export function callMath(name: string, call: CallArguments): AbstractValue | null {
  if (booleans.has(name)) return anyBool;
  if (['frexp', 'modf', 'prod', 'fsum', 'sumprod'].includes(name)) return name === 'fsum' ? anyFloat : null;
  const argument = call.positional[0]?.value;
  const known = argument?.kind === 'int' || argument?.kind === 'float' ? argument.value : null;
  const result = known === null ? null : exact[name]?.(known);
  if (integers.has(name)) {
    if (argument?.kind === 'array' || argument?.kind === 'unknown') return anyInt;
    return result !== null && result !== undefined && Number.isSafeInteger(result) ? int(result) : anyInt;
  }
  return result !== null && result !== undefined && Number.isFinite(result) ? float(result) : anyFloat;
}
