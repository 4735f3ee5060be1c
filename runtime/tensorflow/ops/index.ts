// All ops by TensorFlow's own names.
import type { TfOp } from '../types.ts';
import { indexing } from './indexing.ts';
import { linalg } from './linalg.ts';
import { losses } from './losses.ts';
import { math } from './math.ts';
import { reduce } from './reduce.ts';
import { shape } from './shape.ts';

export const tfOps: Readonly<Record<string, TfOp>> = {
  ...math,
  ...reduce,
  ...shape,
  ...indexing,
  ...linalg,
  ...losses,
};
