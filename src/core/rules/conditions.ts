// Small questions that rule forms ask about arguments and results. Each is true only where the analysis proved it.
import { isFloat, isInteger } from '../../shared/dtypes.ts';
import type { DType } from '../../shared/dtypes.ts';
import type { Arg, Call, Constant, Form } from './types.ts';

type Test = (call: Call) => boolean;

export const all =
  (...tests: readonly Test[]): Test =>
  call =>
    tests.every(test => test(call));
export const not =
  (test: Test): Test =>
  call =>
    !test(call);
export const either =
  (...tests: readonly Test[]): Test =>
  call =>
    tests.some(test => test(call));

export const given =
  (name: string): Test =>
  call =>
    call.arg(name).given && call.arg(name).constant !== null;
export const isConstant = (arg: Arg, ...values: readonly Constant[]): boolean =>
  arg.constant !== undefined && values.some(value => value === arg.constant);
/** Left out, or given with a value that changes nothing. */
export const absentOr =
  (name: string, ...values: readonly Constant[]): Test =>
  call =>
    !call.arg(name).given || isConstant(call.arg(name), ...values);
export const hasRank =
  (name: string, rank: number): Test =>
  call =>
    call.arg(name).shape?.length === rank;
export const rankAtLeast =
  (name: string, rank: number): Test =>
  call =>
    (call.arg(name).shape?.length ?? -1) >= rank;
export const hasDType =
  (name: string, ...dtypes: readonly DType[]): Test =>
  call =>
    dtypes.some(dtype => dtype === call.arg(name).dtype);
export const resultIs =
  (...dtypes: readonly DType[]): Test =>
  call =>
    dtypes.some(dtype => dtype === call.dtype);
export const isArray =
  (name: string): Test =>
  call =>
    call.arg(name).kind === 'array';
/** A Python number: it adapts to the tensor beside it in an operator, but a function takes it as float32 or int32. */
export const isNumber =
  (name: string): Test =>
  call =>
    call.arg(name).kind === 'number';
export const isSequence =
  (name: string): Test =>
  call =>
    call.arg(name).kind === 'sequence';
export const simple =
  (name: string): Test =>
  call =>
    call.arg(name).simple;
export const knownResult: Test = call => call.dtype !== null;

export const floatArg = (call: Call, name: string): boolean => {
  const { dtype } = call.arg(name);
  return dtype === null || isFloat(dtype);
};
export const integerConstant = (arg: Arg): number | null =>
  typeof arg.constant === 'number' && Number.isInteger(arg.constant) ? arg.constant : null;
export const integerConstants = (arg: Arg): readonly number[] | null => {
  if (typeof arg.constant === 'number') return Number.isInteger(arg.constant) ? [arg.constant] : null;
  if (!Array.isArray(arg.constant)) return null;
  const values = arg.constant as readonly Constant[];
  return values.every(value => typeof value === 'number' && Number.isInteger(value)) ? (values as number[]) : null;
};
export const integerDType = (dtype: DType | null): boolean => dtype !== null && (isInteger(dtype) || dtype === 'bool');

/** Every axis is known to hold at least one element. */
export const neverEmpty = (arg: Arg): boolean =>
  arg.shape !== null && arg.shape.every(dim => typeof dim === 'number' && dim > 0);

/** All items of a sequence argument have this rank. */
export const itemsOfRank =
  (name: string, rank: number): Test =>
  call => {
    const { items } = call.arg(name);
    return items !== null && items.length > 0 && items.every(item => item.shape?.length === rank);
  };
export const itemsOfRankAtLeast =
  (name: string, rank: number): Test =>
  call => {
    const { items } = call.arg(name);
    return items !== null && items.length > 0 && items.every(item => (item.shape?.length ?? -1) >= rank);
  };

/** A form for calls, the usual shape of a row. */
export const form = (tf: Form['tf'], more: Omit<Form, 'tf'> = {}): Form => ({ tf, ...more });
