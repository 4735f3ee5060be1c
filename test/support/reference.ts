// Graphs in tests: a builder that records nodes, and their values by the reference interpreter.
import type { DType } from '../../src/shared/dtypes.ts';
import { newDense, type Cells, type Dense } from '../../runtime/emit/dense.ts';
import { runReference } from '../../runtime/emit/reference.ts';
import { runRoutine } from '../../runtime/device/routines.ts';
import { GraphBuilder, reachable } from '../../runtime/ir/graph.ts';
import type { Node } from '../../runtime/ir/node.ts';
import { ops } from '../../runtime/ir/ops.ts';

export const dense = (values: ArrayLike<number> | ArrayLike<bigint>, dtype: DType, shape: readonly number[]): Dense => {
  const out = newDense(dtype, shape);
  for (let i = 0; i < out.data.length; i++) {
    const value = values[i] ?? 0;
    out.data[i] = dtype === 'int64' ? BigInt(value) : Number(value);
  }
  return out;
};

/** Records a graph; `evaluate` computes nodes for the given values of its inputs. */
export class Recorder extends GraphBuilder {
  evaluate(outputs: readonly Node[], inputs: ReadonlyMap<Node, Dense>): Dense[] {
    const values = new Map<Node, Dense>(inputs);
    for (const [node, constant] of this.constants) values.set(node, dense(constant, node.dtype, node.shape));
    for (const node of reachable(outputs)) {
      if (values.has(node)) continue;
      const operands = node.inputs.map(input => values.get(input) as Dense);
      const routine = ops[node.op].class === 'routine';
      values.set(node, routine ? runRoutine(node.op, operands) : runReference(node.op, operands, node.attrs));
    }
    return outputs.map(output => values.get(output) as Dense);
  }
}

export const numbers = (cells: Cells): number[] => Array.from({ length: cells.length }, (_, i) => Number(cells[i]));
