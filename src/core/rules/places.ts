// Where elements are true: NumPy gives one array of indices for each axis, tf.where one matrix with a row for each element.
import { all, form, hasDType, hasRank, isArray, rankAtLeast } from './conditions.ts';
import type { Form } from './types.ts';

/** The forms of np.nonzero, and of np.where with one argument. */
export const places = (name: string): readonly Form[] =>
  [
    { condition: `{${name}}`, holds: hasDType(name, 'bool') },
    { condition: `{${name}} != 0`, holds: isArray(name) },
  ].flatMap(({ condition, holds }) => [
    form(`(tf.where(${condition})[:, 0],)`, { when: all(hasRank(name, 1), holds), python: true }),
    form(`tf.unstack(tf.where(${condition}), axis=1)`, {
      when: all(rankAtLeast(name, 2), holds, call => call.use === 'unpacked'),
      python: true,
    }),
    form(`tuple(tf.unstack(tf.where(${condition}), axis=1))`, { when: all(rankAtLeast(name, 2), holds), python: true }),
  ]);
