// Inference of joins: concatenate, stack, hstack, vstack, tile.
import type { DType } from '../../../shared/dtypes.ts';
import { promote } from '../../../shared/dtypes.ts';
import type { Dim } from '../../../shared/findings.ts';
import type { AbstractValue, Shape } from '../types.ts';
import type { Call, Inference } from '../library/dispatch.ts';
import { dtypeArgument } from '../library/dtypes.ts';
import { arrayOf } from '../library/literal.ts';
import { iterate } from '../containers.ts';
import { addDims, normalAxis } from '../dims.ts';
import { array } from '../values.ts';
import { intArgument, shapeArgument } from './arguments.ts';
import { subject } from './rows.ts';

/** The arrays of a join; null where they are not known one by one. */
function parts(
  call: Call,
  value: AbstractValue | undefined,
): readonly { dtype: DType | null; shape: Shape; several?: boolean }[] | null {
  if (!value) return null;
  const { items, element, length } = iterate(call.m, value);
  if (items && items.length > 0) return items.map(item => arrayOf(call.m, item));
  if (!element) return null;
  const { dtype, shape } = arrayOf(call.m, element);
  if (typeof length === 'number' && length > 0 && length <= 64) return Array.from({ length }, () => ({ dtype, shape }));
  // Any number of parts: they agree in all but the joined axis, whose size is not known.
  return [{ dtype, shape, several: true }];
}

function joined(
  call: Call,
  argument: string,
  axisOf: (rank: number) => number | null,
  lift: (shape: Shape) => Shape,
): AbstractValue {
  const list = parts(call, call.raw(argument));
  const out = call.get('out');
  if (out?.kind === 'array') return out;
  if (!list) return array(null, null);
  const dtype = list.reduce<DType | null | undefined>(
    (all, part) => (all === undefined ? part.dtype : all && part.dtype ? promote(all, part.dtype) : null),
    undefined,
  );
  const shapes = list.map(part => lift(part.shape));
  const rank = shapes[0]?.length ?? null;
  const result = dtypeArgument(call.get('dtype'), dtype ?? null);
  const axis = rank === null ? null : axisOf(rank);
  if (rank === null || axis === null || shapes.some(shape => shape?.length !== rank)) {
    const all = shapes.find(shape => shape !== null);
    return array(result, all ? all.map(() => null) : null);
  }
  const sizes = Array.from({ length: rank }, (_, i): Dim => {
    const dims = shapes.map(shape => shape?.[i] ?? null);
    if (i === axis) return list.some(part => part.several) ? null : dims.reduce(addDims, 0);
    // All but the joined axis agree.
    return dims.find(dim => typeof dim === 'number') ?? (dims.every(dim => dim === dims[0]) ? (dims[0] ?? null) : null);
  });
  return array(result, sizes);
}

const atLeast =
  (rank: number) =>
  (shape: Shape): Shape => {
    if (!shape || shape.length >= rank) return shape;
    return rank === 2 && shape.length === 1 ? [1, ...shape] : [...Array<Dim>(rank - shape.length).fill(1), ...shape];
  };

export const concatenate: Inference = call => {
  const axis = call.raw('axis');
  if (axis?.kind === 'none') {
    const list = parts(call, call.raw('arrays'));
    return array(list?.length === 1 ? (list[0]?.dtype ?? null) : null, [null]);
  }
  const at = intArgument(axis, 0);
  return joined(
    call,
    'arrays',
    rank => (at === null ? null : normalAxis(at, rank)),
    shape => shape,
  );
};

export const stack: Inference = call => {
  const at = intArgument(call.get('axis'), 0);
  return joined(
    call,
    'arrays',
    rank => (at === null ? null : normalAxis(at, rank)),
    shape => {
      if (!shape || at === null) return null;
      const lifted = [...shape];
      lifted.splice(at < 0 ? at + shape.length + 1 : at, 0, 1);
      return lifted;
    },
  );
};

export const tile: Inference = call => {
  const of = subject(call, 'A');
  const reps = shapeArgument(call.m, call.raw('reps'));
  if (!of.shape || !reps) return array(of.dtype, null);
  const rank = Math.max(of.shape.length, reps.length);
  const pad = (dims: readonly Dim[]): readonly Dim[] => [...Array<Dim>(rank - dims.length).fill(1), ...dims];
  const times = pad(reps);
  return array(
    of.dtype,
    pad(of.shape).map((dim, i) => times_(dim, times[i] ?? null)),
  );
};
const times_ = (a: Dim, b: Dim): Dim => {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return a === 1 ? b : b === 1 ? a : null;
};

export const hstack: Inference = call => joined(call, 'tup', rank => (rank === 1 ? 0 : 1), atLeast(1));
export const vstack: Inference = call => joined(call, 'tup', () => 0, atLeast(2));
/** Vectors become columns. */
export const columnStack: Inference = call =>
  joined(
    call,
    'tup',
    () => 1,
    shape => (shape && shape.length < 2 ? [shape[0] ?? 1, 1] : shape),
  );
