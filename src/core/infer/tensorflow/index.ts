// TensorFlow's side: enough to know that something is a tensor, with dtype and shape where the common operations say them.
import { isInteger, quotientOf, type DType } from '../../../shared/dtypes.ts';
import type { Dim } from '../../../shared/findings.ts';
import type { SyntaxNode } from '../../syntax/index.ts';
import type { AbstractValue, Shape } from '../types.ts';
import type { Machine } from '../machine.ts';
import { iterate } from '../containers.ts';
import { broadcast, normalAxis, reduceShape, reshapeTo } from '../dims.ts';
import { dtypeArgument as numpyDType } from '../library/dtypes.ts';
import { arrayOf } from '../library/literal.ts';
import { bindArguments, parseSignature } from '../library/signature.ts';
import type { CallArguments } from '../library/signature.ts';
import { matmulShape } from '../operators.ts';
import { array, dimOf, int, none, optionsOf, scalar, storagesOf, tensor, tuple, tupleOf, unknown } from '../values.ts';
import { axesArgument, flag, intArgument, shapeArgument } from '../numpy/arguments.ts';

/** As in NumPy, but Python's `float` and `int` are 32 bits wide. */
function dtypeArgument(value: AbstractValue | undefined, absent: DType | null): DType | null {
  if (value?.kind === 'api' && value.name === 'builtins.float') return 'float32';
  if (value?.kind === 'api' && value.name === 'builtins.int') return 'int32';
  if (value?.kind === 'str' && value.value === 'float') return 'float32';
  return numpyDType(value, absent);
}

interface TensorCall {
  readonly m: Machine;
  readonly node: SyntaxNode;
  /** An argument by name; None counts as left out. */
  get(name: string): AbstractValue | undefined;
  readonly self: AbstractValue | null;
}
interface Op {
  readonly signature: string;
  readonly infer: (call: TensorCall) => AbstractValue;
}

interface Typed {
  readonly dtype: DType | null;
  readonly shape: Shape;
}

/** What `tf.convert_to_tensor` makes of a value: Python ints are int32 and floats float32. */
export function typed(m: Machine, value: AbstractValue | undefined): Typed {
  if (!value) return { dtype: null, shape: null };
  if (value.kind === 'tensor') return value;
  if (value.kind === 'array') return value;
  const { dtype, shape } = arrayOf(m, value);
  if (value.kind === 'scalar') return { dtype, shape };
  if (holdsStrong(m, value, 0)) return { dtype: null, shape };
  if (dtype === 'float64') return { dtype: 'float32', shape };
  return { dtype: dtype === 'int64' ? intDType(m, value, 0) : dtype, shape };
}

/** Python ints become int32 where all of them fit, else int64; null where they are not known. */
function intDType(m: Machine, value: AbstractValue, depth: number): DType | null {
  if (value.kind === 'bool') return 'int32';
  if (value.kind === 'int') {
    if (value.value === null) return null;
    return value.value >= -(2 ** 31) && value.value < 2 ** 31 ? 'int32' : 'int64';
  }
  if ((value.kind !== 'list' && value.kind !== 'tuple') || depth > 5) return null;
  const { items } = iterate(m, value);
  const dtypes = new Set(items?.map(item => intDType(m, item, depth + 1)) ?? [null]);
  return dtypes.has(null) ? null : dtypes.has('int64') ? 'int64' : 'int32';
}

/** Whether NumPy values or tensors, which bring a dtype, are among Python numbers. */
function holdsStrong(m: Machine, value: AbstractValue, depth: number): boolean {
  if (['int', 'float', 'bool'].includes(value.kind)) return false;
  if ((value.kind !== 'list' && value.kind !== 'tuple') || depth > 5) return true;
  const { items, element } = iterate(m, value);
  return (items ?? (element ? [element] : [])).some(item => optionsOf(item).some(o => holdsStrong(m, o, depth + 1)));
}

/** The dtype of an op with operands: that of the first tensor or array; Python numbers follow. */
function common(m: Machine, values: readonly (AbstractValue | undefined)[]): DType | null {
  const given = values.filter(value => value !== undefined);
  const strong =
    given.find(value => value.kind === 'tensor') ??
    given.find(value => value.kind === 'array' || value.kind === 'scalar');
  if (strong && 'dtype' in strong) return strong.dtype;
  return given.length > 0 ? typed(m, given[0]).dtype : null;
}

const same = (call: TensorCall): AbstractValue => {
  const { dtype, shape } = typed(call.m, call.get('x'));
  return tensor(dtype, shape);
};
const twoOperands =
  (result: DType | 'common' | 'divide'): Op['infer'] =>
  ({ m, get }) => {
    const [x, y] = [get('x'), get('y')];
    const shape = broadcast(typed(m, x).shape, typed(m, y).shape);
    if (result !== 'common' && result !== 'divide') return tensor(result, shape);
    const dtype = common(m, [x, y]);
    const divided = dtype && isInteger(dtype) ? quotientOf(dtype) : dtype;
    return tensor(result === 'divide' ? divided : dtype, shape);
  };

const reduction =
  (result: 'same' | DType): Op['infer'] =>
  ({ m, get }) => {
    const input = typed(m, get('input_tensor') ?? get('input'));
    const axis = get('axis');
    const keep = flag(get('keepdims'), false);
    const axes = axis && input.shape ? axesArgument(m, axis, input.shape.length) : null;
    const shape = axis && !axes ? null : reduceShape(input.shape, axes, keep);
    return tensor(result === 'same' ? input.dtype : result, shape);
  };

const filled =
  (fallback: DType): Op['infer'] =>
  ({ m, get }) =>
    tensor(dtypeArgument(get('dtype'), fallback), shapeArgument(m, get('shape')));

const constant =
  (variable: boolean): Op['infer'] =>
  ({ m, node, get }) => {
    const value = get('value') ?? get('initial_value');
    const { dtype, shape } = typed(m, value);
    const given = get('shape');
    const result = dtypeArgument(get('dtype') ?? get('dtype_hint'), dtype);
    return tensor(result, given ? shapeArgument(m, given) : shape, variable, variable ? m.fresh(node) : undefined);
  };

const likeShape = (call: TensorCall): AbstractValue => {
  const input = typed(call.m, call.get('input'));
  return tensor(dtypeArgument(call.get('dtype'), input.dtype), input.shape);
};

const unary_ = '(x, name=None)';
const binary_ = '(x, y, name=None)';
const reduce_ = '(input_tensor, axis=None, keepdims=False, name=None)';

const ops: Readonly<Record<string, Op>> = {
  constant: { signature: "(value, dtype=None, shape=None, name='Const')", infer: constant(false) },
  convert_to_tensor: { signature: '(value, dtype=None, dtype_hint=None, name=None)', infer: constant(false) },
  Variable: {
    signature:
      '(initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None, dtype=None, import_scope=None, constraint=None, synchronization=None, aggregation=None, shape=None)',
    infer: constant(true),
  },
  cast: {
    signature: '(x, dtype, name=None)',
    infer: ({ m, get }) => tensor(dtypeArgument(get('dtype'), null), typed(m, get('x')).shape),
  },
  zeros: { signature: '(shape, dtype=None, name=None, layout=None)', infer: filled('float32') },
  ones: { signature: '(shape, dtype=None, name=None, layout=None)', infer: filled('float32') },
  fill: {
    signature: '(dims, value, name=None)',
    infer: ({ m, get }) => tensor(typed(m, get('value')).dtype, shapeArgument(m, get('dims'))),
  },
  eye: {
    signature: '(num_rows, num_columns=None, batch_shape=None, dtype=None, name=None)',
    infer: ({ get }) => {
      const rows = get('num_rows') ?? unknown;
      return tensor(
        dtypeArgument(get('dtype'), 'float32'),
        get('batch_shape') ? null : [dimOf(rows), dimOf(get('num_columns') ?? rows)],
      );
    },
  },
  zeros_like: { signature: '(input, dtype=None, name=None, layout=None)', infer: likeShape },
  ones_like: { signature: '(input, dtype=None, name=None, layout=None)', infer: likeShape },
  identity: { signature: '(input, name=None)', infer: likeShape },
  stop_gradient: { signature: '(input, name=None)', infer: likeShape },
  range: { signature: '(*args, **kwargs)', infer: () => tensor(null, [null]) },
  reshape: {
    signature: '(tensor, shape, name=None)',
    infer: ({ m, get }) => {
      const input = typed(m, get('tensor'));
      const given = get('shape');
      const items = given ? (given.kind === 'int' ? [given] : iterate(m, given).items) : null;
      const sizes = items?.map(item => (item.kind === 'int' && item.value === -1 ? -1 : dimOf(item)));
      return tensor(input.dtype, sizes ? reshapeTo(input.shape, sizes) : null);
    },
  },
  transpose: {
    signature: "(a, perm=None, conjugate=False, name='transpose')",
    infer: ({ m, get }) => {
      const input = typed(m, get('a'));
      const perm = get('perm');
      const axes = perm && input.shape ? axesArgument(m, perm, input.shape.length) : null;
      if (!perm) return tensor(input.dtype, input.shape && input.shape.toReversed());
      return tensor(input.dtype, axes && input.shape ? axes.map(axis => input.shape?.[axis] ?? null) : null);
    },
  },
  expand_dims: {
    signature: '(input, axis, name=None)',
    infer: ({ m, get }) => {
      const input = typed(m, get('input'));
      const axis = intArgument(get('axis'), 0);
      if (!input.shape || axis === null) return tensor(input.dtype, null);
      const shape: Dim[] = [...input.shape];
      shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, 1);
      return tensor(input.dtype, shape);
    },
  },
  matmul: {
    signature:
      '(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None, grad_a=False, grad_b=False, name=None)',
    infer: ({ m, get }) => {
      const flags = ['transpose_a', 'transpose_b', 'adjoint_a', 'adjoint_b'].some(name => get(name));
      const shape = flags ? null : matmulShape(typed(m, get('a')).shape, typed(m, get('b')).shape);
      return tensor(common(m, [get('a'), get('b')]), shape);
    },
  },
  argmax: {
    signature: '(input, axis=None, output_type=None, name=None)',
    infer: ({ m, get }) => {
      const { shape } = typed(m, get('input'));
      const axis = get('axis') ?? int(0);
      const at = axis.kind === 'int' && axis.value !== null && shape ? normalAxis(axis.value, shape.length) : null;
      return tensor(dtypeArgument(get('output_type'), 'int64'), at === null ? null : reduceShape(shape, [at], false));
    },
  },
  where: {
    signature: '(condition, x=None, y=None, name=None)',
    infer: ({ m, get }) => {
      const [c, x, y] = [get('condition'), get('x'), get('y')];
      if (!x || !y) return tensor('int64', [null, typed(m, c).shape?.length ?? null]);
      return tensor(common(m, [x, y]), broadcast(typed(m, c).shape, typed(m, x).shape, typed(m, y).shape));
    },
  },
  shape: {
    signature: '(input, out_type=None, name=None)',
    infer: ({ m, get }) =>
      tensor(dtypeArgument(get('out_type'), 'int32'), [typed(m, get('input')).shape?.length ?? null]),
  },
  gather: {
    signature: '(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None)',
    infer: ({ m, get }) => tensor(typed(m, get('params')).dtype, null),
  },
  concat: { signature: "(values, axis, name='concat')", infer: ({ m, get }) => joined(m, get('values')) },
  stack: { signature: "(values, axis=0, name='stack')", infer: ({ m, get }) => joined(m, get('values')) },
  function: {
    signature: '(func=None, input_signature=None, autograph=True, jit_compile=None, reduce_retracing=False)',
    infer: ({ get }) => {
      const fn = get('func');
      if (fn?.kind === 'function') return { ...fn, decorators: [...fn.decorators, 'tensorflow.function'] };
      return { kind: 'api', name: 'tensorflow.function' };
    },
  },
  GradientTape: {
    signature: '(persistent=False, watch_accessed_variables=True)',
    infer: () => ({ kind: 'object', type: 'tensorflow.GradientTape' }),
  },
  'compat.v1.Session': {
    signature: "(target='', graph=None, config=None)",
    infer: () => ({ kind: 'object', type: 'tensorflow.compat.v1.Session' }),
  },
  print: { signature: '(*inputs, **kwargs)', infer: () => none },
  executing_eagerly: { signature: '()', infer: () => ({ kind: 'bool', value: null }) },
  'config.run_functions_eagerly': { signature: '(run_eagerly)', infer: () => none },
  'random.set_seed': { signature: '(seed)', infer: () => none },
  'linalg.norm': {
    signature: "(tensor, ord='euclidean', axis=None, keepdims=None, name=None)",
    infer: ({ m, get }) => {
      const input = typed(m, get('tensor'));
      return tensor(input.dtype, get('axis') ? null : reduceShape(input.shape, null, flag(get('keepdims'), false)));
    },
  },
  'linalg.inv': { signature: '(input, adjoint=False, name=None)', infer: likeShape },
  'nn.softmax': { signature: '(logits, axis=None, name=None)', infer: ({ m, get }) => ofInput(m, get('logits')) },
  'nn.relu': { signature: '(features, name=None)', infer: ({ m, get }) => ofInput(m, get('features')) },
  clip_by_value: {
    signature: '(t, clip_value_min, clip_value_max, name=None)',
    infer: ({ m, get }) => ofInput(m, get('t')),
  },
  logical_not: { signature: unary_, infer: same },
  ...Object.fromEntries(
    'sqrt exp abs negative sign sin cos tanh sigmoid square floor math.log math.ceil'
      .split(' ')
      .map(name => [name, { signature: unary_, infer: same }]),
  ),
  ...Object.fromEntries(
    'add subtract multiply pow maximum minimum math.floormod math.floordiv'
      .split(' ')
      .map(name => [name, { signature: binary_, infer: twoOperands('common') }]),
  ),
  ...Object.fromEntries(
    'divide truediv'.split(' ').map(name => [name, { signature: binary_, infer: twoOperands('divide') }]),
  ),
  ...Object.fromEntries(
    'equal not_equal less less_equal greater greater_equal logical_and logical_or'
      .split(' ')
      .map(name => [name, { signature: binary_, infer: twoOperands('bool') }]),
  ),
  ...Object.fromEntries(
    'sum mean max min prod'
      .split(' ')
      .map(name => [`reduce_${name}`, { signature: reduce_, infer: reduction('same') }]),
  ),
  ...Object.fromEntries(
    'any all'.split(' ').map(name => [`reduce_${name}`, { signature: reduce_, infer: reduction('bool') }]),
  ),
  ...Object.fromEntries(
    'math.reduce_std math.reduce_variance'
      .split(' ')
      .map(name => [name, { signature: reduce_, infer: reduction('same') }]),
  ),
};

const ofInput = (m: Machine, value: AbstractValue | undefined): AbstractValue => {
  const { dtype, shape } = typed(m, value);
  return tensor(dtype, shape);
};

function joined(m: Machine, values: AbstractValue | undefined): AbstractValue {
  const items = values ? iterate(m, values).items : null;
  return tensor(items ? common(m, items) : null, null);
}

/** Functions that return a tensor of which no more is said. */
const tensorFunctions = new Set(
  `gather_nd tensor_scatter_nd_update tensor_scatter_nd_add tensor_scatter_nd_max tensor_scatter_nd_min boolean_mask argsort
  sort pad rank size broadcast_to repeat reverse roll squeeze tile linspace math.cumsum math.cumprod math.is_nan math.is_finite
  math.reduce_euclidean_norm math.reduce_logsumexp tensordot einsum one_hot argmin linalg.matvec linalg.diag linalg.diag_part
  linalg.set_diag linalg.det linalg.solve linalg.trace linalg.cholesky random.uniform random.normal random.shuffle round
  clip_by_norm nn.sigmoid nn.tanh nn.log_softmax nn.gelu nn.conv2d math.atan2 math.erf math.lgamma scatter_nd sequence_mask`
    .split(/\s+/)
    .filter(name => name !== ''),
);

export function callTensorflow(
  m: Machine,
  node: SyntaxNode,
  name: string,
  call: CallArguments,
  self: AbstractValue | null,
): AbstractValue | null {
  if (self) return method(m, name, call, self);
  const op = ops[name.slice('tensorflow.'.length)];
  if (!op) return tensorFunctions.has(name.slice('tensorflow.'.length)) ? tensor(null, null) : null;
  const bound = bindArguments(parseSignature(op.signature), call);
  if (!bound) return null;
  return op.infer({
    m,
    node,
    self,
    get: key => {
      const value = bound.args.get(key)?.value;
      return value?.kind === 'none' ? undefined : value;
    },
  });
}

function method(m: Machine, name: string, call: CallArguments, self: AbstractValue): AbstractValue | null {
  const short = name.slice(name.lastIndexOf('.') + 1);
  const [first] = call.positional;
  if (self.kind === 'tensor') {
    if (short === 'numpy') {
      if (self.shape?.length === 0) return scalar(self.dtype);
      return array(self.dtype, self.shape, self.variable ? new Set() : storagesOf(self));
    }
    if (['assign', 'assign_add', 'assign_sub', 'read_value', 'value'].includes(short))
      return tensor(self.dtype, self.shape, short.startsWith('assign'), self.storages);
    return null;
  }
  if (name === 'tensorflow.GradientTape.gradient') return gradient(m, call);
  if (/^tensorflow\.GradientTape\.(watch|reset|stop_recording)$/.test(name)) return none;
  if (name === 'tensorflow.compat.v1.Session.run') return sessionRun(first?.value);
  return null;
}

/** Gradients have the dtype and shape of their sources, or are None where the target does not depend on them. */
function gradient(m: Machine, call: CallArguments): AbstractValue {
  const sources = call.positional[1]?.value ?? call.keywords.get('sources')?.value;
  const one = (source: AbstractValue): AbstractValue =>
    source.kind === 'tensor' ? { kind: 'union', options: [tensor(source.dtype, source.shape), none] } : unknown;
  if (sources?.kind === 'tensor') return one(sources);
  if (sources?.kind !== 'list' && sources?.kind !== 'tuple') return unknown;
  const { items, length } = iterate(m, sources);
  return items ? tuple(items.map(one)) : tupleOf(unknown, length);
}

function sessionRun(fetches: AbstractValue | undefined): AbstractValue {
  if (fetches?.kind === 'tensor') return array(fetches.dtype, fetches.shape);
  return unknown;
}
