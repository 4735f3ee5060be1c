// Snippets recorded on the real TensorFlow print the same in the kernel: tensors, errors, variables, graphs, gradients.
import { replaySnippets } from '../../support/snippets.ts';

replaySnippets([
  ['tensorflow', 250],
  ['tensorflow_ops', 190],
  ['tensorflow_graph', 60],
  ['tensorflow_flow', 40],
  ['tensorflow_more', 100],
  ['tensorflow_words', 200],
  ['tensorflow_dtypes', 100],
]);
