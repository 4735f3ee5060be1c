// Snippets recorded on the real packages print the same in the kernel: arrays, scalars, tensors, random streams, numpy.testing.
import { replaySnippets } from '../../support/snippets.ts';

replaySnippets([
  ['printing', 500],
  ['scalars', 600],
  ['integers', 150],
  ['statistics', 150],
  ['editing', 64],
  ['nans', 34],
  ['random', 160],
  ['testing', 50],
  ['tensors', 125],
]);
