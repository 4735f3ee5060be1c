// All NumPy rows, in the order of the documentation.
import { creation } from './creation.ts';
import { elementwise } from './elementwise.ts';
import { reductions } from './reductions.ts';
import { shape } from './shape.ts';
import { linalg } from './linalg.ts';
import { random } from './random.ts';
import { types } from './types.ts';
import { methods } from './methods.ts';
import { members } from './members.ts';
import { more } from './more.ts';
import { statistics } from './statistics.ts';
import type { ApiRow } from '../types.ts';

export const numpyRows: readonly ApiRow[] = [
  ...creation,
  ...elementwise,
  ...reductions,
  ...shape,
  ...linalg,
  ...random,
  ...types,
  ...methods,
  ...members,
  ...more,
  ...statistics,
];
