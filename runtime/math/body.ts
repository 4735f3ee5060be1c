// Writes functions of the scalar language: `f.add(x, y)` appends a step and returns its position.
import { isBig, type DType } from '../../src/shared/dtypes.ts';
import type { ScalarFunction, ScalarOp, Step } from '../ir/scalar.ts';

/** Position of a step. */
export type Value = number;

export class Body {
  readonly #name: string;
  readonly #params: readonly DType[];
  readonly #steps: Step[] = [];
  readonly #constants = new Map<string, Value>();

  constructor(name: string, params: readonly DType[]) {
    this.#name = name;
    this.#params = params;
  }

  #push(step: Step): Value {
    return this.#steps.push(step) - 1;
  }
  #typeOf(value: Value): DType {
    return this.#steps[value]?.dtype ?? 'float64';
  }
  param(index: number): Value {
    return this.#push({ op: 'param', dtype: this.#params[index] ?? 'float64', index });
  }
  constant(value: number | bigint, dtype: DType): Value {
    const key = `${dtype}:${Object.is(value, -0) ? '-0' : value}`;
    let found = this.#constants.get(key);
    if (found === undefined) {
      found = this.#push({ op: 'const', dtype, value });
      this.#constants.set(key, found);
    }
    return found;
  }
  /** A constant of the dtype of `like`. */
  like(value: number, like: Value): Value {
    const dtype = this.#typeOf(like);
    return this.constant(isBig(dtype) ? BigInt(value) : value, dtype);
  }
  op(op: ScalarOp, dtype: DType, ...args: readonly Value[]): Value {
    return this.#push({ op, dtype, args });
  }
  /** An op whose result has the dtype of its first operand; numbers become constants of that dtype. */
  do(op: ScalarOp, a: Value, ...rest: readonly Value[]): Value {
    return this.op(op, this.#typeOf(a), a, ...rest);
  }
  add = (a: Value, b: Value): Value => this.do('add', a, b);
  sub = (a: Value, b: Value): Value => this.do('sub', a, b);
  mul = (a: Value, b: Value): Value => this.do('mul', a, b);
  div = (a: Value, b: Value): Value => this.do('div', a, b);
  abs = (a: Value): Value => this.do('abs', a);
  neg = (a: Value): Value => this.do('neg', a);
  sqrt = (a: Value): Value => this.do('sqrt', a);
  /** `a · constant` and `a + constant`. */
  times = (a: Value, by: number): Value => this.mul(a, this.like(by, a));
  plus = (a: Value, by: number): Value => this.add(a, this.like(by, a));
  compare(op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', a: Value, b: Value): Value {
    return this.op(op, 'bool', a, b);
  }
  where(condition: Value, a: Value, b: Value): Value {
    return this.op('where', this.#typeOf(a), condition, a, b);
  }
  bits(a: Value, dtype: DType): Value {
    return this.op('bits', dtype, a);
  }
  /** c0 + c1·x + c2·x² + … by Horner's rule. */
  polynomial(x: Value, coefficients: readonly number[]): Value {
    return coefficients
      .slice(0, -1)
      .reduceRight((sum, c) => this.plus(this.mul(sum, x), c), this.like(coefficients.at(-1) ?? 0, x));
  }
  /** The sign of `sign` on the magnitude `a ≥ 0` (of a float). */
  withSign(a: Value, sign: Value): Value {
    const wide = this.#typeOf(a) === 'float64';
    const int: DType = wide ? 'int64' : 'int32';
    const mask = wide ? this.constant(-(2n ** 63n), int) : this.constant(-(2 ** 31), int);
    const bit = this.op('and', int, this.bits(sign, int), mask);
    return this.bits(this.op('or', int, this.bits(a, int), bit), this.#typeOf(a));
  }
  done(result: Value): ScalarFunction {
    return { name: this.#name, params: this.#params, steps: this.#steps, result };
  }
}

/** An unevaluated sum: `high` is the rounded value, `low` what is missing. */
export interface Pair {
  readonly high: Value;
  readonly low: Value;
}

/** a + b without error (Knuth). */
export function twoSum(f: Body, a: Value, b: Value): Pair {
  const high = f.add(a, b);
  const back = f.sub(high, a);
  return { high, low: f.add(f.sub(a, f.sub(high, back)), f.sub(b, back)) };
}

/** a · b without error in float64 (Dekker, Veltkamp's splitting), barring overflow. */
export function twoProduct(f: Body, a: Value, b: Value): Pair {
  const split = (x: Value): Pair => {
    const scaled = f.times(x, 134217729);
    const high = f.sub(scaled, f.sub(scaled, x));
    return { high, low: f.sub(x, high) };
  };
  const high = f.mul(a, b);
  const [x, y] = [split(a), split(b)];
  const rest = f.sub(f.mul(x.high, y.high), high);
  const cross = f.add(f.add(rest, f.mul(x.high, y.low)), f.mul(x.low, y.high));
  return { high, low: f.add(cross, f.mul(x.low, y.low)) };
}
