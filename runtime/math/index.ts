// The maths library: functions of one element, written once as scalar steps and shared by every emitter.
import type { DType } from '../../src/shared/dtypes.ts';
import type { ScalarFunction, ScalarOp } from '../ir/scalar.ts';

type Maker = () => ScalarFunction;

const makers = new Map<string, Maker>();
const made = new Map<string, ScalarFunction | null>();

/** The steps of `op` for operands of `dtype`, or null where an emitter has the op itself. */
export function mathFunction(op: ScalarOp, dtype: DType): ScalarFunction | null {
  const key = `${op}_${dtype}`;
  let found = made.get(key);
  if (found === undefined) {
    found = makers.get(key)?.() ?? null;
    made.set(key, found);
  }
  return found;
}
