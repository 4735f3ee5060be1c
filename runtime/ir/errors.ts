// Errors of the engine. The function libraries check their arguments first and speak NumPy's and TensorFlow's words;
// what arrives here is either such a check that is missing, or one that only the engine can make (a singular matrix).
import type { Typed } from './node.ts';
import type { OpName } from './ops.ts';

/** An op that cannot be applied to its operands. `message` stands alone; `op` and `operands` say where. */
export class OpError extends Error {
  override readonly name = 'OpError';
  readonly op: OpName;
  readonly operands: readonly Typed[];

  constructor(message: string, op: OpName, operands: readonly Typed[] = []) {
    super(message);
    this.op = op;
    this.operands = operands.map(({ dtype, shape }) => ({ dtype, shape }));
  }
}

/** `float64[2,3]`, as messages name an operand. */
export const describe = ({ dtype, shape }: Typed): string => `${dtype}[${shape.join(',')}]`;

/** The heap cannot give `bytes` more. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
  readonly bytes: number;

  constructor(bytes: number) {
    super(`Unable to allocate ${bytes} bytes`);
    this.bytes = bytes;
  }
}
