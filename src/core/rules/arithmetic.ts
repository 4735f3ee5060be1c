// What operators and the functions of the same meaning share: which differences a division, a power or a zero makes.
import { floatArg, integerConstant, resultIs } from './conditions.ts';
import type { Call } from './types.ts';

export const floats = resultIs('float64', 'float32');
export const boolResult = resultIs('bool');

/** Of a quotient rounded down, or of its remainder. */
export const divisorReview =
  (divisor: string, isRemainder: (call: Call) => boolean) =>
  (call: Call): string | null => {
    const { constant } = call.arg(divisor);
    if (floats(call)) {
      if (!isRemainder(call)) return 'near a whole quotient, and by zero, the floor may differ';
      return typeof constant === 'number' && Number.isFinite(constant)
        ? 'a remainder of zero may be -0.0'
        : 'the remainder of an infinity may differ, and a remainder of zero may be -0.0';
    }
    return typeof constant === 'number' && constant !== 0
      ? null
      : 'a zero divisor gives 0 in NumPy and raises in TensorFlow';
  };

/** Of an integer power. */
export const exponentReview =
  (name: string) =>
  (call: Call): string | null => {
    const exponent = integerConstant(call.arg(name));
    return exponent !== null && exponent >= 0 ? null : 'a negative exponent of an integer raises another exception';
  };

/** NumPy takes the root where the exponent is 0.5: of -0.0 and -inf a power would be another number. */
export const squareRoot =
  (exponent: string) =>
  (call: Call): boolean =>
    call.arg(exponent).constant === 0.5;

/** Of the larger or smaller of two values. */
export const zeroSign = (call: Call, ...names: readonly string[]): string | null => {
  if (!names.some(name => floatArg(call, name)) || !floats(call)) return null;
  const harmless = names.some(name => {
    const { constant } = call.arg(name);
    return typeof constant === 'number' && constant !== 0;
  });
  return harmless ? null : 'where one side is 0.0 and the other -0.0, the sign of the zero may differ';
};
