// Graphs in tests: a builder that records nodes, and their values by the reference interpreter.
import type { DType } from '../../src/shared/dtypes.ts';
import { newDense, type Cells, type Dense } from '../../runtime/emit/dense.ts';
import { runReference } from '../../runtime/emit/reference.ts';
import { runRoutine } from '../../runtime/device/routines.ts';
import { infer } from '../../runtime/ir/infer.ts';
import type { Attrs, Builder, Node } from '../../runtime/ir/node.ts';
import { ops, type OpName } from '../../runtime/ir/ops.ts';

export const dense = (values: ArrayLike<number> | ArrayLike<bigint>, dtype: DType, shape: readonly number[]): Dense => {
  const out = newDense(dtype, shape);
  for (let i = 0; i < out.data.length; i++) {
    const value = values[i] ?? 0;
    out.data[i] = dtype === 'int64' ? BigInt(value) : Number(value);
  }
  return out;
};

/** Records a graph; `evaluate` computes nodes for the given values of its inputs. */
export class Recorder implements Builder<Node> {
  #next = 0;
  readonly #constants = new Map<Node, Dense>();

  op(op: OpName, inputs: readonly Node[], attrs: Attrs = {}): Node {
    return { id: this.#next++, op, inputs, attrs, ...infer(op, inputs, attrs) };
  }

  constant(values: ArrayLike<number> | ArrayLike<bigint>, dtype: DType, shape: readonly number[]): Node {
    const node = this.op('constant', [], { dtype, shape });
    this.#constants.set(node, dense(values, dtype, shape));
    return node;
  }

  input(dtype: DType, shape: readonly number[]): Node {
    return this.op('input', [], { dtype, shape, index: this.#next });
  }

  evaluate(outputs: readonly Node[], inputs: ReadonlyMap<Node, Dense>): Dense[] {
    const values = new Map<Node, Dense>([...this.#constants, ...inputs]);
    const pending = [...outputs];
    const needed = new Set<Node>();
    for (let node = pending.pop(); node; node = pending.pop()) {
      if (needed.has(node)) continue;
      needed.add(node);
      pending.push(...node.inputs);
    }
    for (const node of [...needed].sort((a, b) => a.id - b.id)) {
      if (values.has(node)) continue;
      const operands = node.inputs.map(input => values.get(input) as Dense);
      const routine = ops[node.op].class === 'routine';
      values.set(node, routine ? runRoutine(node.op, operands) : runReference(node.op, operands, node.attrs));
    }
    return outputs.map(output => values.get(output) as Dense);
  }
}

export const numbers = (cells: Cells): number[] => Array.from({ length: cells.length }, (_, i) => Number(cells[i]));
