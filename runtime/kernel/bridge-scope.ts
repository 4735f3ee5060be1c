// A builder that remembers the arrays that one call makes, so that only the result outlives it.
import { dtypes } from '../../src/shared/dtypes.ts';
import { isRowMajor } from '../ir/layout.ts';
import type { Engine, Strided } from '../ir/array.ts';
import type { Attrs, Builder } from '../ir/node.ts';
import type { OpName } from '../ir/ops.ts';

export class Scope implements Builder<Strided> {
  readonly #engine: Engine;
  readonly #made: Strided[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  op(name: OpName, inputs: readonly Strided[], attrs?: Attrs): Strided {
    const y = this.#engine.op(name, inputs, attrs);
    if (!inputs.includes(y)) this.#made.push(y);
    return y;
  }

  constant(values: ArrayLike<number> | ArrayLike<bigint>, dtype: Strided['dtype'], shape: readonly number[]): Strided {
    const y = this.#engine.constant(values, dtype, shape);
    this.#made.push(y);
    return y;
  }

  /** Takes `y` out of the scope as memory of its own: a copy unless this scope made it and nothing else sees it. */
  finish(y: Strided): Strided {
    const at = this.#made.lastIndexOf(y);
    const elements = y.shape.reduce((n, d) => n * d, 1);
    const seen = this.#made.filter(x => x.storage === y.storage).length;
    const tight = y.storage.bytes <= Math.max(64, elements * dtypes[y.dtype].bytes * 2);
    const own = at >= 0 && y.storage.refs === seen && isRowMajor(y) && tight;
    if (own) {
      this.#made.splice(at, 1);
      return y;
    }
    const copy = this.#engine.empty(y.dtype, y.shape);
    this.#engine.write(copy, y);
    return copy;
  }

  /** Releases what is left. */
  close(): void {
    for (const x of this.#made) this.#engine.release(x);
    this.#made.length = 0;
  }
}
