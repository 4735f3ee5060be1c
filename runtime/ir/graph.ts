// Builds graphs: every call of `op` records a node. Equal nodes are made once, so common subexpressions vanish here.
import type { DType } from '../../src/shared/dtypes.ts';
import { describe } from './errors.ts';
import { infer } from './infer.ts';
import { sizeOf } from './layout.ts';
import type { Attrs, Builder, Node } from './node.ts';
import type { OpName } from './ops.ts';

/** The values of constants lie beside the graph, row-major, as they were given. */
export type ConstantValues = ArrayLike<number> | ArrayLike<bigint>;

export class GraphBuilder implements Builder<Node> {
  readonly constants = new Map<Node, ConstantValues>();
  /** In the order of their `index` attribute. */
  readonly inputs: Node[] = [];
  readonly #known = new Map<string, Node>();
  #ids = 0;

  /** A value that is given when the graph runs. */
  input(dtype: DType, shape: readonly number[]): Node {
    const node = this.#node('input', [], { dtype, shape, index: this.inputs.length }, { dtype, shape });
    this.inputs.push(node);
    return node;
  }

  op(name: OpName, inputs: readonly Node[], attrs: Attrs = {}): Node {
    const key = `${name}(${inputs.map(node => node.id).join(',')})${attrsKey(attrs)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const node = this.#node(name, inputs, attrs, infer(name, inputs, attrs));
    this.#known.set(key, node);
    return node;
  }

  constant(values: ConstantValues, dtype: DType, shape: readonly number[]): Node {
    const size = sizeOf(shape);
    if (values.length !== size) throw new RangeError(`${values.length} values for ${describe({ dtype, shape })}`);
    const key = size <= 16 ? `${dtype}[${shape.join(',')}]=${valuesKey(values)}` : null;
    const known = key === null ? undefined : this.#known.get(key);
    if (known) return known;
    const node = this.#node('constant', [], { dtype, shape }, { dtype, shape });
    this.constants.set(node, values);
    if (key !== null) this.#known.set(key, node);
    return node;
  }

  #node(
    op: OpName,
    inputs: readonly Node[],
    attrs: Attrs,
    { dtype, shape }: { dtype: DType; shape: readonly number[] },
  ) {
    return { id: this.#ids++, op, inputs, attrs, dtype, shape } satisfies Node;
  }
}

/** Attributes in a fixed order; "" for none. Infinity and NaN stay apart from null. */
export function attrsKey(attrs: Attrs): string {
  let key = '';
  for (const name of Object.keys(attrs).sort()) key += `${name}=${Object.is(attrs[name], -0) ? '-0' : attrs[name]};`;
  return key;
}

/** Values as text that tells -0 from 0. */
export const valuesKey = (values: ConstantValues): string =>
  Array.from(values as ArrayLike<unknown>, v => (Object.is(v, -0) ? '-0' : String(v))).join(',');

/** All nodes that `outputs` need, inputs before users. */
export function reachable(outputs: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const stack = [...outputs];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    stack.push(...node.inputs);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/**
 * A text that two graphs share exactly when they do the same: nodes renumbered in order, ops, dtypes, shapes, attributes.
 * Values of small constants are part of it; large ones are named by `identify`.
 */
export function structureKey(
  outputs: readonly Node[],
  constants: ReadonlyMap<Node, ConstantValues>,
  identify: (values: ConstantValues) => number,
): string {
  const numbers = new Map<Node, number>();
  const lines: string[] = [];
  for (const node of reachable(outputs)) {
    numbers.set(node, numbers.size);
    const values = constants.get(node);
    const content = values === undefined ? '' : values.length <= 16 ? valuesKey(values) : `#${identify(values)}`;
    const from = node.inputs.map(input => numbers.get(input)).join(',');
    lines.push(`${node.op}(${from})${node.dtype}[${node.shape.join(',')}]${attrsKey(node.attrs)}${content}`);
  }
  lines.push(outputs.map(node => numbers.get(node)).join(','));
  return lines.join('\n');
}
