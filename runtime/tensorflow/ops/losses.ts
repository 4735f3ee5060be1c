// Cross entropies of rows of logits, with TensorFlow's own gradients.
import type { Typed } from '../../ir/node.ts';
import { apply, constant, expand, full, joint, range, reshape, scalar, take, unbroadcast } from '../build.ts';
import { KernelError, shapeText } from '../errors.ts';
import type { Lib, TfOp } from '../types.ts';
import { logSoftmax } from './math.ts';

const floats = 'half, bfloat16, float, double';

/** Where the label of a row stands: a mask of the shape of the logits. */
function hits<T extends Typed>(b: Lib<T>, labels: T, logits: T): T {
  const classes = logits.shape[1] ?? 0;
  const columns = constant(b, range(classes), labels.dtype, [1, classes]);
  return apply(b, 'eq', reshape(b, labels, [labels.shape[0] ?? 0, 1]), columns);
}

/** A column of cotangents, one for each row. */
const column = <T extends Typed>(b: Lib<T>, g: T): T => reshape(b, g, [g.shape[0] ?? 0, 1]);

export const losses: Readonly<Record<string, TfOp>> = {
  SparseSoftmaxCrossEntropyWithLogits: {
    args: 'features:T labels:Tlabels',
    allowed: { T: floats, Tlabels: 'int32, int64' },
    lower: ({ b, inputs, attrs }) => {
      const [logits, labels] = [take(inputs, 0), take(inputs, 1)];
      if (labels.shape[0] !== logits.shape[0])
        throw new KernelError(
          `logits and labels must have the same first dimension, got logits shape ${shapeText(logits.shape)} and labels shape ${shapeText(labels.shape)}`,
        );
      const classes = logits.shape[1] ?? 0;
      b.check(labels, values => {
        const all = Array.from(values as ArrayLike<number>, Number);
        const bad = all.find(label => label < 0 || label >= classes);
        if (bad !== undefined)
          throw new KernelError(
            `Received a label value of ${bad} which is outside the valid range of [0, ${classes}).  Label values: ${all.join(' ')}`,
          );
      });
      const logs = take(logSoftmax({ b, inputs: [logits], attrs }), 0);
      const zero = full(b, 0, logits.dtype, logits.shape);
      const chosen = apply(b, 'where', hits(b, labels, logits), logs, zero);
      return [apply(b, 'neg', b.op('sum', [chosen], { axes: [1] }))];
    },
    grad: ({ b, inputs, attrs, g }) => {
      const [logits, labels] = [take(inputs, 0), take(inputs, 1)];
      const logs = take(logSoftmax({ b, inputs: [logits], attrs }), 0);
      const probabilities = apply(b, 'exp', logs);
      const one = scalar(b, 1, logits.dtype);
      const wrong = apply(b, 'where', hits(b, labels, logits), apply(b, 'sub', probabilities, one), probabilities);
      return [apply(b, 'mul', column(b, g), wrong), null];
    },
  },
  SoftmaxCrossEntropyWithLogits: {
    args: 'features:T labels:T',
    allowed: { T: floats },
    lower: ({ b, inputs, attrs }) => {
      const [logits, labels] = [take(inputs, 0), take(inputs, 1)];
      const shape = joint([logits.shape, labels.shape]);
      if (!shape)
        throw new KernelError(
          `logits and labels must be broadcastable: logits_size=${shapeText(logits.shape)} labels_size=${shapeText(labels.shape)}`,
        );
      const logs = take(logSoftmax({ b, inputs: [expand(b, logits, shape)], attrs }), 0);
      const products = apply(b, 'mul', labels, logs);
      return [apply(b, 'neg', b.op('sum', [products], { axes: [1] }))];
    },
    grad: ({ b, inputs, attrs, g }) => {
      const [logits, labels] = [take(inputs, 0), take(inputs, 1)];
      const shape = joint([logits.shape, labels.shape]) ?? [];
      const logs = take(logSoftmax({ b, inputs: [expand(b, logits, shape)], attrs }), 0);
      // As TensorFlow's kernel has it, which takes each row of labels for a distribution.
      const toLogits = apply(b, 'mul', column(b, g), apply(b, 'sub', apply(b, 'exp', logs), labels));
      const toLabels = apply(b, 'mul', column(b, g), apply(b, 'neg', logs));
      return [unbroadcast(b, toLogits, logits.shape), unbroadcast(b, toLabels, labels.shape)];
    },
  },
};
