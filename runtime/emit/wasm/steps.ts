// Emits the steps of a kernel body: one element at a time, or two or four in the lanes of a 128-bit vector.
// In lanes, bool is a mask of all ones or zeros, narrow integers sit in 32-bit lanes, and types of up to 32 bits beside
// 64-bit ones use the two low lanes (for loads, stores and casts only).
import { dtypes, isFloat, isUnsigned, type DType } from '../../../src/shared/dtypes.ts';
import type { Access, Int, ScalarOp, Step } from '../../ir/scalar.ts';
import type { FunctionBuilder, FunctionRef } from './binary.ts';
import { arithmeticOf, registerOf, vectorCodes } from './opcodes.ts';
import { emitScalar } from './scalarSteps.ts';
import { boolOps, emitVector } from './vectorSteps.ts';

/** 1: scalar; 2 or 4: lanes of a vector. */
export type Lanes = 1 | 2 | 4;

/** Functions that steps call; null where a function has no form with lanes. */
export interface Library {
  call(op: ScalarOp, dtype: DType, lanes: Lanes): FunctionRef | null;
}

/** Where steps find what lies outside of them: locals of the function that is being built. */
export interface Surroundings {
  readonly f: FunctionBuilder;
  readonly library: Library;
  readonly lanes: Lanes;
  /** Local with the byte address of the access now. */
  address(access: Access): number;
  /** Elements after that address, where the loop is unrolled. */
  readonly ahead: number;
  /** Elements between neighbouring points of the inner loop: 0 or 1 with lanes. */
  innerStride(access: Access): Int;
  /** Local of a loop counter. */
  counter(loop: number): number;
  /** The loop that runs along the lanes. */
  readonly innerLoop: number;
  reduced(index: number): number;
  param(index: number): number;
  /** Arguments of a maths function, when its body is what is emitted. */
  argument(index: number): number;
}

const wide = (dtype: DType): boolean => dtypes[dtype].bytes === 8;

/** Whether a cast has a form with lanes. */
function hasLaneCast(from: DType, to: DType, lanes: Lanes): boolean {
  if (from === to) return true;
  if (to === 'bool') return wide(from) === (lanes === 2);
  if (from === 'bool') return wide(to) === (lanes === 2);
  if (isFloat(from)) return isFloat(to);
  return wide(from) ? wide(to) && !isFloat(to) : wide(to) === (lanes === 2);
}

/** The number of lanes in which the steps can run: 1 when some step has no such form. */
export function lanesOf(steps: readonly Step[], library: Library): Lanes {
  const lanes: Lanes = steps.some(step => wide(step.dtype)) ? 2 : 4;
  const dtypeAt = (i: number): DType => steps[i]?.dtype ?? 'bool';
  const fits = steps.every(step => {
    switch (step.op) {
      case 'const':
      case 'load':
      case 'reduced':
      case 'param':
        return true;
      case 'index':
        return lanes === 4 ? step.dtype === 'int32' || step.dtype === 'float32' : wide(step.dtype);
      case 'loadAt':
        return false;
      case 'cast':
        return hasLaneCast(dtypeAt(step.args[0] ?? 0), step.dtype, lanes);
      case 'bits':
        return true;
      case 'shl':
      case 'shr':
      case 'ushr':
        return steps[step.args[1] ?? 0]?.op === 'const' && wide(step.dtype) === (lanes === 2);
      default: {
        const operand = dtypeAt(step.args.at(-1) ?? 0);
        if (operand !== 'bool' && wide(operand) !== (lanes === 2)) return false;
        return hasVectorForm(step.op, operand) || library.call(step.op, operand, lanes) !== null;
      }
    }
  });
  return fits ? lanes : 1;
}

function hasVectorForm(op: ScalarOp, operand: DType): boolean {
  if (op === 'where') return true;
  if (operand === 'bool') return ['and', 'or', 'xor', 'not', 'eq', ...Object.keys(boolOps)].includes(op);
  const codes = vectorCodes[arithmeticOf(operand)];
  if (op === 'max' || op === 'min') return codes[op] !== undefined || codes.gt !== undefined;
  return codes[op] !== undefined || (op === 'abs' && isUnsigned(operand));
}

/**
 * Emits steps and leaves each value in a local: `values[i]` is that of step i. Steps that have a value already (they do not
 * change in the loop) are skipped, and so are those that `wanted` leaves out.
 */
export function emitSteps(
  at: Surroundings,
  steps: readonly Step[],
  values: (number | undefined)[],
  wanted: (i: number) => boolean = () => true,
): void {
  steps.forEach((step, i) => {
    if (values[i] !== undefined || !wanted(i)) return;
    if (at.lanes === 1) emitScalar(at, step, steps, values);
    else emitVector(at, step, steps, values);
    const local = at.f.local(at.lanes === 1 ? registerOf[step.dtype] : 'v128');
    at.f.set(local);
    values[i] = local;
  });
}
