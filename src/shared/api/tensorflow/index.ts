// All TensorFlow rows. Implementations are in runtime/python/tensorflow over the library ops of runtime/tensorflow.
import { creation } from './creation.ts';
import { elementwise } from './elementwise.ts';
import { smooths } from './smooth.ts';
import { reductions } from './reductions.ts';
import { shape } from './shape.ts';
import { indexing } from './indexing.ts';
import { linalg } from './linalg.ts';
import { control } from './control.ts';
import { gradients } from './gradients.ts';
import { types } from './types.ts';
import type { ApiRow } from '../types.ts';

export const tensorflowRows: readonly ApiRow[] = [
  ...creation,
  ...elementwise,
  ...smooths,
  ...reductions,
  ...shape,
  ...indexing,
  ...linalg,
  ...control,
  ...gradients,
  ...types,
];
