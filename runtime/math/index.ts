// The maths library: functions of one element, written once as scalar steps and shared by every emitter.
import { isFloat, isUnsigned, type DType } from '../../src/shared/dtypes.ts';
import type { ScalarFunction, ScalarOp } from '../ir/scalar.ts';
import { Body } from './body.ts';
import * as float32 from './float32.ts';
import * as float64 from './float64.ts';

type Maker = () => ScalarFunction;
type Functions = Partial<Record<ScalarOp, Maker>>;

const { exp, log, sin, cos, tanh, hypot } = float64;
const written: Partial<Record<DType, Functions>> = {
  float64: { exp, log, sin, cos, tanh, hypot },
  float32: {
    ...{ exp: float32.exp, log: float32.log, sin: float32.sin, cos: float32.cos },
    ...{ tanh: float32.tanh, hypot: float32.hypot },
  },
};

/** -1, 0 or 1; both zeros give 0, NaN gives NaN. */
function sign(dtype: DType): ScalarFunction {
  const f = new Body(`sign_${dtype}`, [dtype]);
  const x = f.param(0);
  const zero = f.like(0, x);
  const rest = isFloat(dtype) ? f.where(f.compare('eq', x, zero), zero, x) : zero;
  const negative = isUnsigned(dtype) ? rest : f.where(f.compare('lt', x, zero), f.like(-1, x), rest);
  return f.done(f.where(f.compare('gt', x, zero), f.like(1, x), negative));
}

const made = new Map<string, ScalarFunction | null>();

/** The steps of `op` for operands of `dtype`, or null where an emitter has the op itself. */
export function mathFunction(op: ScalarOp, dtype: DType): ScalarFunction | null {
  const key = `${op}_${dtype}`;
  let found = made.get(key);
  if (found === undefined) {
    found = op === 'sign' ? sign(dtype) : (written[dtype]?.[op]?.() ?? null);
    made.set(key, found);
  }
  return found;
}

/** sin and cos are exact to the last bits up to this magnitude; beyond it the device takes another way. */
export const largestAngle = (dtype: DType): number =>
  dtype === 'float32' ? float32.largestAngle : float64.largestAngle;
