// The rules: the door of the room.
import { creation } from './creation.ts';
import { comparisons } from './comparisons.ts';
import { elementwise } from './elementwise.ts';
import { indexing } from './indexing.ts';
import { layout } from './layout.ts';
import { likes } from './likes.ts';
import { linalg } from './linalg.ts';
import { members } from './members.ts';
import { operators } from './operators.ts';
import { order } from './order.ts';
import { random } from './random.ts';
import { reductions } from './reductions.ts';
import { shape } from './shape.ts';
import { transforms } from './transforms.ts';
import { typesAndConstants } from './types-and-constants.ts';
import type { Rule } from './types.ts';
import { ufuncs } from './ufuncs.ts';

export const rules: readonly Rule[] = [
  ...creation,
  ...likes,
  ...elementwise,
  ...ufuncs,
  ...comparisons,
  ...reductions,
  ...order,
  ...shape,
  ...layout,
  ...linalg,
  ...random,
  ...typesAndConstants,
  ...members,
  ...operators,
  ...indexing,
];

const byName = new Map(rules.flatMap(rule => rule.names.map(name => [name, rule] as const)));
/** The rule of a NumPy name (`sum`, `ndarray.sum`, `linalg.norm`) or operator (`+`). */
export const ruleFor = (name: string): Rule | undefined => byName.get(name);

export { refusals } from './refusals.ts';
export type { RefusalName } from './refusals.ts';
export { tolerances } from './types.ts';
export type { Arg, Bound, Call, Constant, Form, Refusal, Rule } from './types.ts';
export { transforms };
export type { Transform } from './transforms.ts';
