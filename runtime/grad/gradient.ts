// Reverse accumulation over a graph: walks from the outputs back to the sources and adds up what the rules of vjp.ts give.
// A node with the attribute `stop: true` (whatever its op) lets nothing through: that is TensorFlow's stop_gradient.
import { isFloat } from '../../src/shared/dtypes.ts';
import { listAttr, numberAttr } from '../ir/attrs.ts';
import { OpError } from '../ir/errors.ts';
import type { Builder, Node } from '../ir/node.ts';
import { ops } from '../ir/ops.ts';
import { algebra } from './algebra.ts';
import type { Rule, RuleKind } from './vjp.ts';
import { vjp } from './vjp.ts';

/**
 * Gradients of the sum of `outputs`, each weighted by its cotangent (null: ones), as new nodes of `builder`.
 * Sources may be inputs, constants or nodes in the middle. A source on which no output depends smoothly gets null;
 * dtypes other than floats carry no gradient. Every result has the dtype and shape of its source.
 * @throws {OpError} for an op whose gradient is not supported.
 */
export function gradient(
  builder: Builder<Node>,
  outputs: readonly Node[],
  cotangents: readonly (Node | null)[] | null,
  sources: readonly Node[],
): (Node | null)[] {
  const m = algebra(builder);
  const dependent = dependents(outputs, sources);
  const collected = new Map<Node, Node>();
  const collect = (node: Node, cotangent: Node): void => {
    const sum = collected.get(node);
    collected.set(node, sum ? m.add(sum, cotangent) : cotangent);
  };
  outputs.forEach((output, i) => {
    if (dependent.has(output) && isFloat(output.dtype)) collect(output, cotangents?.[i] ?? m.full(1, output));
  });

  // Ids grow along every edge, so in this order a node has collected everything before it is passed on.
  for (const y of [...dependent].sort((a, b) => b.id - a.id)) {
    const g = collected.get(y);
    if (!g || y.attrs.stop === true) continue;
    const rule: Rule | RuleKind = vjp[y.op];
    if (rule === 'missing' && y.inputs.some(input => dependent.has(input)))
      throw new OpError(`the gradient of ${y.op} is not supported`, y.op, y.inputs);
    if (typeof rule === 'string') continue;
    const { inputs, attrs } = y;
    const [x = y, z = y, w = y] = inputs;
    const backward = {
      ...{ g, y, x, z, w, inputs, attrs, m },
      list: (name: string) => listAttr(y.op, attrs, name),
      get axis() {
        return numberAttr(y.op, attrs, 'axis');
      },
    };
    rule(backward).forEach((cotangent, i) => {
      const input = inputs[i];
      if (!cotangent || !input || !dependent.has(input) || !isFloat(input.dtype)) return;
      collect(input, ops[y.op].class === 'elementwise' ? m.unbroadcast(cotangent, input.shape) : cotangent);
    });
  }
  return sources.map(source => collected.get(source) ?? null);
}

/** The nodes on the ways from `sources` to `outputs`, both included. */
function dependents(outputs: readonly Node[], sources: readonly Node[]): Set<Node> {
  const wanted = new Set(sources);
  const all = new Set<Node>();
  const pending = [...outputs];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (all.has(node)) continue;
    all.add(node);
    pending.push(...node.inputs);
  }
  const found = new Set<Node>();
  for (const node of [...all].sort((a, b) => a.id - b.id)) {
    if (wanted.has(node) || node.inputs.some(input => found.has(input))) found.add(node);
  }
  return found;
}
