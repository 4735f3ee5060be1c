// Why a gradient is not finite: the first op on the way to it, and what helps. Pure.
import type { TraceGraph, TraceNode } from '../../src/shared/trace.ts';

/** The first node that is not finite on the way to a gradient; of a gradient without a node the first of the run. */
export function firstBroken({ nodes, edges }: TraceGraph, gradient: TraceNode | null): TraceNode | undefined {
  if (!gradient) return nodes.find(node => node.nonFinite > 0);
  const sources = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const list = sources.get(to);
    if (list) list.push(from);
    else sources.set(to, [from]);
  }
  const seen = new Set([gradient.id]);
  const open = [gradient.id];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const from of sources.get(id) ?? [])
      if (!seen.has(from)) {
        seen.add(from);
        open.push(from);
      }
  return nodes.find(node => node.nonFinite > 0 && seen.has(node.id));
}

const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /norm|sqrt|EuclideanNorm/i,
    'The derivative of a root at zero is infinite: add a small number under the root, or use the squared norm.',
  ],
  [
    /log/i,
    'The logarithm of zero or of a negative number: clip its argument from below, or use a fused form such as log_softmax.',
  ],
  [/exp/i, 'The exponential overflowed: subtract the largest value first.'],
  [/div|reciprocal/i, 'A division by zero: add a small number to the divisor, or use tf.math.divide_no_nan.'],
  [/pow/i, 'A power of zero or of a negative number: keep the base positive.'],
];

export const remedyOf = (node: TraceNode): string =>
  remedies.find(([pattern]) => pattern.test(`${node.op} ${node.api ?? ''}`))?.[1] ??
  'Follow the inputs of that op in the graph: the cause is the first one with an extreme value.';
