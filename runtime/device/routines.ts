// Routines: ops that run as a whole on each matrix of a batch, over the algorithms of runtime/linalg.
import { newDense, type Cells, type Dense } from '../emit/dense.ts';
import { OpError } from '../ir/errors.ts';
import { infer } from '../ir/infer.ts';
import { sizeOf } from '../ir/layout.ts';
import type { OpName } from '../ir/ops.ts';
import { determinant, factor, identity, singularValues, solveFactored, type Checkpoint } from '../linalg/dense.ts';

type Routine = (matrices: readonly Float64Array[], m: number, n: number, checkpoint: Checkpoint) => Float64Array;

function solve(a: Float64Array, b: Float64Array, n: number, op: OpName, checkpoint: Checkpoint): Float64Array {
  const factors = factor(a, n, checkpoint);
  if (factors.singular) throw new OpError('Singular matrix', op);
  return solveFactored(factors, b, n, n === 0 ? 0 : b.length / n, checkpoint);
}

const routines: Partial<Record<OpName, Routine>> = {
  inverse: ([a], n, _, check) => solve(a as Float64Array, identity(n), n, 'inverse', check),
  solve: ([a, b], n, _, check) => solve(a as Float64Array, b as Float64Array, n, 'solve', check),
  det: ([a], n, _, check) => Float64Array.of(determinant(a as Float64Array, n, check)),
  singularValues: ([a], m, n, check) => singularValues(a as Float64Array, m, n, check),
};

/** Runs a routine on row-major operands. @throws {OpError} `Singular matrix` */
export function runRoutine(op: OpName, inputs: readonly Dense[], checkpoint: Checkpoint = () => {}): Dense {
  const routine = routines[op];
  if (!routine) throw new OpError(`${op} is not a routine`, op, inputs);
  const { dtype, shape } = infer(op, inputs, {});
  const out = newDense(dtype, shape);
  const [m, n] = (inputs[0]?.shape ?? []).slice(-2) as [number, number];
  const batch = sizeOf((inputs[0]?.shape ?? []).slice(0, -2));
  for (let k = 0; k < batch; k++) {
    const matrices = inputs.map(x => {
      const size = sizeOf(x.shape.slice(-2));
      return Float64Array.from({ length: size }, (_, i) => x.data[k * size + i] as number);
    });
    store(out.data, k, routine(matrices, m, n, checkpoint));
  }
  return out;
}

function store(to: Cells, k: number, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) to[k * values.length + i] = values[i] as number;
}
