// What an expression holds when the array parameters of a function come as tensors, and whether a gradient gets to it.
import type { DType } from '../../shared/dtypes.ts';
import type { SyntaxNode } from '../syntax/index.ts';
import type { AbstractValue } from '../infer/types.ts';
import { dtypeOf } from '../hazards/conditions.ts';

/** A place, and why it decides. */
export interface Reason {
  readonly node: SyntaxNode;
  readonly text: string;
  readonly rule?: string;
}

/**
 * How a value depends on the parameters: not at all; through what has no gradient (an index, a comparison); through TensorFlow's
 * ops; or through a place where the tape loses it, which makes the gradient wrong.
 */
export interface Flow {
  readonly kind: 'constant' | 'none' | 'flows' | 'cut';
  /** Of `none` and `cut`: where. */
  readonly why: Reason | null;
}

export interface Val {
  /** `plain`: a Python value. `list`: any container; its elements are `element`. `unknown`: anything. */
  readonly kind: 'tensor' | 'array' | 'plain' | 'list' | 'function' | 'unknown';
  readonly dtype: DType | null;
  readonly flow: Flow;
  readonly element?: Val;
  /** Of a number: which. */
  readonly number?: 'int' | 'float';
  /** Of a tensor: how many axes it has. Left out where it is not known. */
  readonly rank?: number;
  /** Of a tensor: a `tf.Variable`. */
  readonly variable?: boolean;
  /** Of a function of the file: its definition, and the names around it. */
  readonly node?: SyntaxNode;
  readonly around?: ReadonlyMap<string, Val>;
}

const ranks = { constant: 0, none: 1, flows: 2, cut: 3 } as const;
export const constant: Flow = { kind: 'constant', why: null };
export const flows: Flow = { kind: 'flows', why: null };

/** Of what is made of several values. */
export const joinFlows = (all: readonly Flow[]): Flow =>
  all.reduce((most, each) => (ranks[each.kind] > ranks[most.kind] ? each : most), constant);

/** The gradient ends: `lost` where it should not have. */
export const ended = (flow: Flow, why: Reason, lost: boolean): Flow => {
  if (flow.kind === 'constant' || flow.kind === 'cut' || (flow.kind === 'none' && !lost)) return flow;
  return { kind: lost && flow.kind === 'flows' ? 'cut' : 'none', why: flow.why ?? why };
};

export const plain = (flow: Flow = constant): Val => ({ kind: 'plain', dtype: null, flow });
export const unknown = (flow: Flow = constant): Val => ({ kind: 'unknown', dtype: null, flow });
export const array = (dtype: DType | null, flow: Flow = constant): Val => ({ kind: 'array', dtype, flow });
export const tensor = (dtype: DType | null, flow: Flow, rank?: number): Val => ({
  kind: 'tensor',
  dtype,
  flow,
  ...(rank === undefined ? {} : { rank }),
});
export const list = (element: Val): Val => ({ kind: 'list', dtype: null, flow: element.flow, element });

export const isTensor = ({ kind }: Val): boolean => kind === 'tensor';
/** A tensor, or a container with tensors in it. */
export const holdsTensor = (value: Val): boolean =>
  isTensor(value) || (value.kind === 'list' && !!value.element && holdsTensor(value.element));

/** One of two values, as after a branch. */
export function joined(a: Val, b: Val): Val {
  if (a === b) return a;
  const flow = joinFlows([a.flow, b.flow]);
  if (a.kind === 'list' && b.kind === 'list') return list(joined(a.element ?? plain(), b.element ?? plain()));
  const kinds = new Set([a.kind, b.kind]);
  const dtype = a.dtype === b.dtype ? a.dtype : null;
  if (kinds.has('tensor')) return tensor(dtype, flow, a.rank === b.rank ? a.rank : undefined);
  if (kinds.size === 1 && a.kind !== 'function') return { ...a, dtype, flow };
  return kinds.has('array') && kinds.has('plain') ? array(dtype, flow) : unknown(flow);
}

/** What is known of a name from outside the function: it is not made of the parameters. */
export function outside(value: AbstractValue): Val {
  switch (value.kind) {
    case 'array':
      return array(value.dtype);
    case 'tensor':
      return { ...tensor(value.dtype, constant, rankOf(value)), variable: value.variable };
    case 'int':
    case 'float':
      return { ...plain(), number: value.kind };
    case 'scalar':
      return { ...plain(), dtype: dtypeOf(value) };
    case 'function':
      return { kind: 'function', dtype: null, flow: constant, node: value.node };
    case 'list':
    case 'tuple':
      return list(
        value.items?.length ? value.items.map(outside).reduce(joined) : outside(value.element ?? { kind: 'none' }),
      );
    case 'dict':
    case 'object':
    case 'instance':
    case 'class':
    case 'unknown':
    case 'union':
    case 'iterable':
    case 'bound':
      return unknown();
    default:
      return plain();
  }
}

/** A parameter: arrays, and what nothing is known of, come as tensors. */
export function parameter(value: AbstractValue): Val {
  switch (value.kind) {
    case 'array':
    case 'tensor':
      return tensor(value.dtype, flows, rankOf(value));
    case 'unknown':
      return tensor(null, flows);
    case 'list':
    case 'tuple':
      return list(
        value.items?.length ? value.items.map(parameter).reduce(joined) : parameter(value.element ?? { kind: 'none' }),
      );
    default:
      return outside(value);
  }
}

const rankOf = ({ shape }: { readonly shape: readonly unknown[] | null }): number | undefined => shape?.length;
