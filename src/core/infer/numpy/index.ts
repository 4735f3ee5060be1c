// Inference functions of NumPy by canonical name: the rows whose dtype or shape rule is `own`, and some names beside them.
import type { Inference } from '../library/dispatch.ts';
import { creation } from './creation.ts';
import { rearrange } from './rearrange.ts';
import { shapes } from './shapes.ts';

export const numpyFunctions: Readonly<Record<string, Inference | undefined>> = {
  ...creation,
  ...shapes,
  ...rearrange,
};
