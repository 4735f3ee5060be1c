"""Functions that make tensors and move their elements."""

from builtins import range as builtin_range, slice as builtin_slice
from collections import namedtuple

import numpy as np

from ._convert import argument, convert, int_list, matching, operands, with_ints
from ._dtypes import as_dtype, bool_, float32, float64, int32, int64
from ._math import cast, truediv
from ._shape import TensorShape
from ._tensor import EagerTensor, Tensor, attributes, execute, execute_many, is_tensor, of_array

Unique = namedtuple('Unique', ['y', 'idx'])


# ── from nothing ────────────────────────────────────────────────────────────────────────────────────────────────────
def _fill(dims, value, api):
    return with_ints('Fill', [value], 'dims', dims, api)


def _full(shape, number, dtype):
    dtype = as_dtype(dtype)
    value = of_array(np.array(number, dtype=dtype._np))
    shape = int_list(shape)
    return _fill([shape] if isinstance(shape, int) else shape, value, 'tf.zeros' if number == 0 else 'tf.ones')


def zeros(shape, dtype=float32, name=None, layout=None):
    return _full(shape, 0, dtype)


def ones(shape, dtype=float32, name=None, layout=None):
    return _full(shape, 1, dtype)


def _like(op, input, dtype, api):
    input = convert(input)
    if dtype is not None and as_dtype(dtype) is not input.dtype:
        return execute(op, (cast(input, dtype),), '{}', api)
    return execute(op, (input,), '{}', api)


def zeros_like(input, dtype=None, name=None, layout=None):
    return _like('ZerosLike', input, dtype, 'tf.zeros_like')


def ones_like(input, dtype=None, name=None, layout=None):
    return _like('OnesLike', input, dtype, 'tf.ones_like')


def fill(dims, value, name=None, layout=None):
    value = convert(value)
    if value._shape == (1,):
        value = execute('Reshape', (value,), '{"shape":[]}')
    return _fill(dims, value, 'tf.fill')


def eye(num_rows, num_columns=None, batch_shape=None, dtype=float32, name=None):
    if isinstance(num_rows, float) or isinstance(num_columns, float):
        columns = num_rows if num_columns is None else num_columns
        raise TypeError(
            'Arguments `num_rows` and `num_columns` must be positive integer values. Received: '
            f'num_rows={num_rows}, num_columns={columns}'
        )
    rows = int_list(num_rows)
    columns = rows if num_columns is None else int_list(num_columns)
    dtype = as_dtype(dtype)
    batch = [] if batch_shape is None else int_list(batch_shape)
    diagonal = _fill([*batch, min(rows, columns)], of_array(np.array(1, dtype=dtype._np)), 'tf.eye')
    pad = of_array(np.array(0, dtype=dtype._np))
    attrs = attributes(k=0, num_rows=rows, num_cols=columns, align='RIGHT_LEFT')
    return execute('MatrixDiagV3', (diagonal, pad), attrs, 'tf.eye')


def range(start, limit=None, delta=1, dtype=None, name='range'):
    if limit is None:
        start, limit = 0, start
    given = [start, limit, delta]
    if dtype is None:
        order = [int32, int64, float32, float64]
        parts = [_range_part(v) for v in given]
        found = [p.dtype for p in parts]
        if any(d not in order for d in found):
            raise AssertionError
        dtype = order[max(map(order.index, found))]
    else:
        dtype = as_dtype(dtype)
        parts = [convert(v) if is_tensor(v) else convert(v, dtype) for v in given]
    if dtype.kind == 'u':
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(
            None, None, "Value for attr 'Tidx' of uint8 is not in the list of allowed values: bfloat16, half, float, double, int8, int16, int32, int64, uint16, uint32, uint64"
        )
    parts = [p if p.dtype is dtype else cast(p, dtype) for p in parts]
    values = [p._nd.item() for p in parts if isinstance(p, EagerTensor)]
    if len(values) == 3 and np.isfinite(values).all():
        return execute('Range', (), attributes(Tidx=dtype.name, values=values), 'tf.range')
    return execute('Range', parts, attributes(Tidx=dtype.name), 'tf.range')


def _range_part(value):
    if isinstance(value, str):
        raise AssertionError
    return convert(value)


def linspace(start, stop, num, name=None, axis=0):
    start = convert(start)
    stop = convert(stop, start.dtype)
    if start.dtype.kind == 'b':
        execute('Sub', (stop, start))
    if start.dtype.kind != 'f':
        one = of_array(np.array(1, dtype=start.dtype._np))
        start, stop = truediv(start, one), truediv(stop, one)
    count = int_list(num)
    if count < 0:
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(None, None, f'Requires num > 0: {count} [Op:LinSpace]')
    shape = np.broadcast_shapes(start._shape, stop._shape) if start._shape != stop._shape else start._shape
    start, stop = (t if t._shape == shape else broadcast_to(t, list(shape)) for t in (start, stop))
    if not -len(shape) - 1 <= axis <= len(shape):
        expand_dims(start, axis)
    axis = axis + len(shape) + 1 if axis < 0 else axis
    return execute('LinSpace', (start, stop), attributes(num=count, axis=axis), 'tf.linspace')


# ── shapes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def reshape(tensor, shape, name=None):
    return with_ints('Reshape', [tensor], 'shape', shape, 'tf.reshape')


def transpose(a, perm=None, conjugate=False, name='transpose'):
    a = convert(a)
    if perm is None:
        return execute('Transpose', (a,), '{"perm":null}', 'tf.transpose')
    return with_ints('Transpose', [a], 'perm', perm, 'tf.transpose')


def expand_dims(input, axis, name=None):
    return with_ints('ExpandDims', [input], 'axis', axis, 'tf.expand_dims')


def squeeze(input, axis=None, name=None):
    axis = [] if axis is None else int_list(axis, 'axis')
    return execute('Squeeze', (convert(input),), attributes(axis=axis), 'tf.squeeze')


def broadcast_to(input, shape, name=None):
    return with_ints('BroadcastTo', [input], 'shape', shape, 'tf.broadcast_to')


def rank(input, name=None):
    return execute('Rank', (convert(input),), '{}', 'tf.rank')


def size(input, out_type=None, name=None):
    return execute('Size', (convert(input),), attributes(out_type=as_dtype(out_type or int32).name), 'tf.size')


def shape(input, out_type=None, name=None):
    return execute('Shape', (convert(input),), attributes(out_type=as_dtype(out_type or int32).name), 'tf.shape')


def concat(values, axis, name='concat'):
    if not isinstance(values, (list, tuple)):
        values = [values]
    if len(values) == 1:
        int_list(axis)
        return execute('Identity', (convert(values[0]),), '{}', 'tf.concat')
    parts = matching(*values)
    if not parts:
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(None, None, "OpKernel 'ConcatV2' has constraint on attr 'T' not in NodeDef '[N=0, Tidx=DT_INT32]'")
    return with_ints('ConcatV2', parts, 'axis', axis, 'tf.concat')


def stack(values, axis=0, name='stack'):
    if is_tensor(values) and len(values._shape) > 0:
        values = [values[i] for i in builtin_range(values._shape[0])]
    values = list(values)
    if axis == 0 and not any(is_tensor(v) for v in values):
        return convert(values)
    parts = _stack_parts(values)
    n = len(parts[0]._shape) + 1
    if axis < -n or axis >= n:
        raise ValueError(f'Argument `axis` = {axis} not in range [{-n}, {n})')
    return execute('Pack', parts, attributes(axis=int(axis)), 'tf.stack')


def _stack_parts(values):
    # Beside a tensor, an array takes the dtype of the first of them.
    if all(map(is_tensor, values)) or all(isinstance(v, np.ndarray) for v in values):
        return [convert(v) for v in values]
    return matching(*values)


def unstack(value, num=None, axis=0, name='unstack'):
    value = convert(value)
    rank = len(value._shape)
    if not -rank <= axis < rank:
        raise ValueError(f'Argument `axis` = {axis} not in range [{-rank}, {rank})')
    axis = axis + rank if axis < 0 else axis
    if num is not None and num != value._shape[axis]:
        from .errors import InvalidArgumentError

        where = f'{{{{function_node __wrapped__Unpack_num_{num}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}}'
        shape = ','.join(map(str, value._shape))
        raise InvalidArgumentError(None, None, f'{where} Input shape axis {axis} must equal {num}, got shape [{shape}] [Op:Unpack]')
    whole = (builtin_slice(None),) * axis
    return [value[(*whole, i)] for i in builtin_range(value._shape[axis])]


def tile(input, multiples, name=None):
    return with_ints('Tile', [input], 'multiples', multiples, 'tf.tile')


def repeat(input, repeats, axis=None, name=None):
    input = convert(input)
    if axis is None:
        input, axis = reshape(input, [-1]), 0
    if not input._shape:
        input = reshape(input, [1])
    rank = len(input._shape)
    if not -rank <= axis < rank:
        raise ValueError(f'axis={axis} out of bounds: expected {-rank}<=axis<{rank}')
    axis = axis + rank if axis < 0 else axis
    n = input._shape[axis]
    given = repeats
    repeats = None if isinstance(repeats, (float, np.floating)) else int_list(repeats)
    if repeats is None:
        raise TypeError(
            f'Argument `tensor` (name: repeats) must be of type integer. Received `tensor` = {given} of dtype: {convert(given).dtype!s}'
        )
    if isinstance(repeats, list) and len(repeats) not in (1, n):
        raise ValueError(f'Dimensions {n} and {len(repeats)} are not compatible')
    if isinstance(repeats, Tensor):
        return execute('Repeat', (input, repeats), attributes(axis=axis), 'tf.repeat')
    return execute('Repeat', (input,), attributes(axis=axis, repeats=repeats), 'tf.repeat')


def reverse(tensor, axis, name=None):
    return with_ints('ReverseV2', [tensor], 'axis', axis, 'tf.reverse')


def roll(input, shift, axis, name=None):
    shift, axis = int_list(shift, 'shift', op='Roll'), int_list(axis, 'axis', op='Roll')
    return execute('Roll', (convert(input),), attributes(shift=shift, axis=axis), 'tf.roll')


def pad(tensor, paddings, mode='CONSTANT', constant_values=0, name=None):
    mode = mode.upper()
    tensor = convert(tensor)
    if mode == 'CONSTANT':
        if not is_tensor(constant_values) and constant_values == 0:
            return with_ints('Pad', [tensor], 'paddings', paddings, 'tf.pad')
        value = convert(constant_values) if is_tensor(constant_values) else convert(constant_values, tensor.dtype)
        return with_ints('PadV2', [tensor, value], 'paddings', paddings, 'tf.pad')
    if mode not in ('REFLECT', 'SYMMETRIC'):
        raise ValueError(
            f"Value of argument `mode` expected to be one of 'CONSTANT', 'REFLECT', or 'SYMMETRIC'. Received `mode` = {mode}"
        )
    return with_ints('MirrorPad', [tensor], 'paddings', paddings, 'tf.pad', mode=mode)


def meshgrid(*args, **kwargs):
    indexing = kwargs.pop('indexing', 'xy')
    kwargs.pop('name', None)
    if kwargs:
        key = next(iter(kwargs))
        raise TypeError(f"'{key}' is an invalid keyword argument for this function")
    if indexing not in ('xy', 'ij'):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'")
    parts = [reshape(convert(x), [-1]) for x in args]
    # The real function multiplies by ones of the first dtype.
    parts = [p if p.dtype is parts[0].dtype else p * execute('OnesLike', [parts[0][:1]]) for p in parts]
    sizes = [p._shape[0] for p in parts]
    order = list(builtin_range(len(parts)))
    if indexing == 'xy' and len(parts) > 1:
        order[0], order[1] = 1, 0
    out = []
    for i, p in enumerate(parts):
        where_ = order.index(i)
        single = [1] * len(parts)
        single[where_] = sizes[i]
        out.append(broadcast_to(reshape(p, single), [sizes[j] for j in order]))
    return out


# ── picking and placing ─────────────────────────────────────────────────────────────────────────────────────────────
def where(condition, x=None, y=None, name=None):
    if x is None and y is None:
        return execute('Where', (convert(condition),), '{}', 'tf.where')
    if x is None or y is None:
        raise ValueError('x and y must both be non-None or both be None.')
    condition = argument('SelectV2', 'condition', condition, bool_)
    return execute('SelectV2', (condition, *operands('SelectV2', x, y)), '{}', 'tf.where')


def gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None):
    axis = int_list(batch_dims if axis is None else axis)
    params, indices = convert(params), convert(indices)
    if isinstance(axis, Tensor):
        return execute('GatherV2', (params, indices, axis), attributes(batch_dims=batch_dims), 'tf.gather')
    return execute('GatherV2', (params, indices), attributes(axis=axis, batch_dims=batch_dims), 'tf.gather')


def gather_nd(params, indices, batch_dims=0, name=None, bad_indices_policy=''):
    if batch_dims:
        raise NotImplementedError('tf.gather_nd: the argument batch_dims is not supported here')
    return execute('GatherNd', (convert(params), convert(indices)), '{}', 'tf.gather_nd')


def _scatter(op, api, tensor, indices, updates):
    tensor, updates = operands(op, tensor, updates)
    return execute(op, (tensor, convert(indices), updates), '{}', api)


def tensor_scatter_nd_update(tensor, indices, updates, name=None):
    return _scatter('TensorScatterUpdate', 'tf.tensor_scatter_nd_update', tensor, indices, updates)


def tensor_scatter_nd_add(tensor, indices, updates, bad_indices_policy='', name=None):
    return _scatter('TensorScatterAdd', 'tf.tensor_scatter_nd_add', tensor, indices, updates)


def boolean_mask(tensor, mask, axis=None, name='boolean_mask'):
    tensor, mask = convert(tensor), convert(mask)
    if mask._shape == ():
        raise ValueError('mask cannot be scalar.')
    if mask._shape is None or tensor._shape is None:
        raise ValueError(
            'Number of mask dimensions must be specified, even if some dimensions are None.  E.g. shape=[None] is ok, but shape=None is not.'
        )
    axis = 0 if axis is None else int_list(axis)
    n = len(mask._shape)
    TensorShape(tensor._shape[axis : axis + n]).assert_is_compatible_with(mask.shape)
    axis = axis + len(tensor._shape) if axis < 0 else axis
    flat = [*tensor._shape[:axis], -1, *tensor._shape[axis + n :]]
    if all(d is not None for d in flat):
        table = reshape(tensor, _free(flat, mask))
    else:
        if n > 1:
            raise NotImplementedError('tf.boolean_mask: a mask of several axes needs a tensor of known shape here')
        table = tensor
    places = squeeze(where(reshape(mask, [-1]) if n > 1 else mask), axis=[1])
    return gather(table, places, axis=axis)


def _free(flat, mask):
    """The shape with the masked axes laid flat; −1 only where another dimension is not 0."""
    if None in mask._shape:
        return flat
    count = 1
    for d in mask._shape:
        count *= d
    return [count if d == -1 else d for d in flat]


def unique(x, out_idx=int32, name=None):
    return Unique(*execute_many('Unique', (convert(x),), attributes(out_idx=as_dtype(out_idx).name), 2, 'tf.unique'))


def one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None):
    dtype = None if dtype is None else as_dtype(dtype)
    on = None if on_value is None else convert(on_value, hint=dtype)
    off = None if off_value is None else convert(off_value, hint=dtype)
    for label, t in (('on_value', on), ('off_value', off)):
        if t is not None and dtype is not None and t.dtype is not dtype:
            raise TypeError(f'dtype {t.dtype!s} of {label} does not match dtype parameter {dtype!s}')
    if on is not None and off is not None and on.dtype is not off.dtype:
        raise TypeError(f'dtype {on.dtype!s} of on_value does not match dtype {off.dtype!s} of off_value')
    dtype = next((t.dtype for t in (on, off) if t is not None), dtype or float32)
    on = convert(1, dtype) if on is None else on
    off = convert(0, dtype) if off is None else off
    attrs = attributes(depth=int_list(depth), axis=-1 if axis is None else int_list(axis))
    return execute('OneHot', (convert(indices), on, off), attrs, 'tf.one_hot')


def split(value, num_or_size_splits, axis=0, num=None, name='split'):
    value = convert(value)
    rank = len(value._shape)
    axis = int_list(axis)
    if not -rank <= axis < rank:
        raise _invalid(f'-input rank(-{rank}) <= split_dim < input rank ({rank}), but got {axis}')
    axis %= rank
    n = value._shape[axis]
    given = int_list(num_or_size_splits)
    if isinstance(given, int):
        if given <= 0 or n % given:
            raise _invalid(
                f'Number of ways to split should evenly divide the split dimension, but got split_dim {axis} (size = {n}) and num_split {given}'
            )
        sizes = [n // given] * given
    else:
        rest = n - sum(size for size in given if size != -1)
        sizes = [rest if size == -1 else size for size in given]
        if sum(sizes) != n or rest < 0:
            raise _invalid(
                f'Determined shape must either match input shape along split_dim exactly if fully specified, or be less than the size of the '
                f'input along split_dim if not fully specified.  Got: {sum(size for size in given if size != -1)}'
            )
    out, start = [], 0
    for size in sizes:
        begin = [start if i == axis else 0 for i in builtin_range(rank)]
        extent = [size if i == axis else -1 for i in builtin_range(rank)]
        out.append(execute('Slice', (value,), attributes(begin=begin, size=extent), 'tf.split'))
        start += size
    return out


def _invalid(words):
    from .errors import InvalidArgumentError

    return InvalidArgumentError(None, None, words)


def slice(input_, begin, size, name=None):
    begin, size = int_list(begin), int_list(size)
    if isinstance(begin, Tensor) or isinstance(size, Tensor):
        raise NotImplementedError('tf.slice: the arguments begin and size are supported as values that are known while a function is traced')
    return execute('Slice', (convert(input_),), attributes(begin=begin, size=size), 'tf.slice')
