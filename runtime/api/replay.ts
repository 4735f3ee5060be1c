// Runs a recorded graph op by op on the engine, freeing each value after its last use.
import type { Engine, Strided } from '../ir/array.ts';
import { reachable, type GraphBuilder } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';

export interface Program {
  /** Values of the graph's inputs in order; the caller owns the results. */
  run(inputs: readonly Strided[]): Strided[];
}

export function compile(engine: Engine, outputs: readonly Node[], { constants }: GraphBuilder): Program {
  const nodes = reachable(outputs);
  const lastUse = new Map<Node, Node>();
  for (const node of nodes) for (const input of node.inputs) lastUse.set(input, node);
  const share = (x: Strided): Strided => engine.op('reshape', [x], { shape: x.shape });
  return {
    run(inputs) {
      const values = new Map<Node, Strided>();
      const valueOf = (node: Node): Strided => {
        const value = values.get(node);
        if (!value) throw new Error(`${node.op} was freed too early`);
        return value;
      };
      const evaluate = (node: Node): Strided => {
        const values = constants.get(node);
        if (values) return engine.constant(values, node.dtype, node.shape);
        const given = node.op === 'input' ? inputs[Number(node.attrs.index)] : undefined;
        return given ? share(given) : engine.op(node.op, node.inputs.map(valueOf), node.attrs);
      };
      try {
        for (const node of nodes) {
          values.set(node, evaluate(node));
          for (const input of new Set(node.inputs)) {
            if (lastUse.get(input) !== node || outputs.includes(input)) continue;
            engine.release(valueOf(input));
            values.delete(input);
          }
        }
        return outputs.map(node => share(valueOf(node)));
      } finally {
        values.forEach(value => engine.release(value));
      }
    },
  };
}
