"""Reductions, scans, searches and sorting."""

from ._convert import convert, int_list
from ._dtypes import as_dtype, int64
from ._math import _boolean, sqrt
from ._tensor import Tensor, attributes, execute


def _axes(axis, keepdims):
    return '{"axis":%s,"keep_dims":%s}' % ('null' if axis is None else axis, 'true' if keepdims else 'false')


def _reduce(op, api, x, axis, keepdims):
    if isinstance(axis, float):
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(None, None, "Value for attr 'Tidx' of float is not in the list of allowed values: int32, int64")
    if axis is not None:
        axis = int_list(axis, 'axis')
        if isinstance(axis, Tensor):
            return execute(op, (x, axis), attributes(keep_dims=bool(keepdims)), api)
    return execute(op, (x,), _axes(axis, keepdims), api)


def reduce_sum(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Sum', 'tf.reduce_sum', convert(input_tensor), axis, keepdims)


def reduce_mean(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Mean', 'tf.reduce_mean', convert(input_tensor), axis, keepdims)


def reduce_max(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Max', 'tf.reduce_max', convert(input_tensor), axis, keepdims)


def reduce_min(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Min', 'tf.reduce_min', convert(input_tensor), axis, keepdims)


def reduce_prod(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Prod', 'tf.reduce_prod', convert(input_tensor), axis, keepdims)


def reduce_any(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Any', 'tf.reduce_any', _boolean(input_tensor), axis, keepdims)


def reduce_all(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('All', 'tf.reduce_all', _boolean(input_tensor), axis, keepdims)


def reduce_euclidean_norm(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('EuclideanNorm', 'tf.math.reduce_euclidean_norm', convert(input_tensor), axis, keepdims)


def reduce_variance(input_tensor, axis=None, keepdims=False, name=None):
    x = convert(input_tensor)
    means = _reduce('Mean', 'tf.reduce_mean', x, axis, True)
    if means.dtype.is_integer:
        raise TypeError(f'Input must be either real or complex. Received integer type {means.dtype!s}.')
    diff = execute('Sub', (x, means), '{}', 'tf.subtract')
    return _reduce('Mean', 'tf.reduce_mean', execute('Square', (diff,), '{}', 'tf.square'), axis, keepdims)


def reduce_std(input_tensor, axis=None, keepdims=False, name=None):
    return sqrt(reduce_variance(convert(input_tensor), axis, keepdims))


def cumsum(x, axis=0, exclusive=False, reverse=False, name=None):
    axis = int_list(axis, 'axis')
    return execute('Cumsum', (convert(x),), attributes(axis=axis, exclusive=bool(exclusive), reverse=bool(reverse)), 'tf.math.cumsum')


def cumprod(x, axis=0, exclusive=False, reverse=False, name=None):
    axis = int_list(axis, 'axis')
    return execute('Cumprod', (convert(x),), attributes(axis=axis, exclusive=bool(exclusive), reverse=bool(reverse)), 'tf.math.cumprod')


def count_nonzero(input, axis=None, keepdims=None, dtype=int64, name=None):
    x = convert(input)
    found = execute('NotEqual', (x, convert(False if x.dtype.kind == 'b' else 0, x.dtype)), '{}', 'tf.math.count_nonzero')
    counted = reduce_sum(execute('Cast', (found,), attributes(DstT='int64'), 'tf.cast'), axis, bool(keepdims))
    dtype = as_dtype(dtype)
    return counted if dtype is int64 else execute('Cast', (counted,), attributes(DstT=dtype.name), 'tf.cast')


def argmin(input, axis=None, output_type=int64, name=None):
    axis = int_list(0 if axis is None else axis, 'axis')
    return execute('ArgMin', (convert(input),), attributes(axis=axis, output_type=as_dtype(output_type).name), 'tf.argmin')


def argmax(input, axis=None, output_type=int64, name=None):
    axis = int_list(0 if axis is None else axis, 'axis')
    return execute('ArgMax', (convert(input),), attributes(axis=axis, output_type=as_dtype(output_type).name), 'tf.argmax')


def _direction(direction):
    if direction not in ('ASCENDING', 'DESCENDING'):
        raise ValueError(f'Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction={direction}')
    return direction


def _sorting(values, axis):
    values = convert(values)
    rank = len(values._shape)
    if rank == 0:
        from .errors import InvalidArgumentError

        where = '{{function_node __wrapped__StridedSlice_device_/job:localhost/replica:0/task:0/device:CPU:0}}'
        raise InvalidArgumentError(
            None, None, f'{where} slice index -1 of dimension 0 out of bounds. [Op:StridedSlice] name: strided_slice/'
        )
    if not -rank <= axis < rank:
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(None, None, f'axis {axis} is out of range [-{rank}, {rank})')
    return values


def sort(values, axis=-1, direction='ASCENDING', name=None):
    _direction(direction)
    values = _sorting(values, axis)
    return execute('TopKV2', (values,), attributes(axis=axis, direction=direction), 'tf.sort')


def argsort(values, axis=-1, direction='ASCENDING', stable=False, name=None):
    _direction(direction)
    values = _sorting(values, axis)
    return execute('TopKV2', (values,), attributes(axis=axis, direction=direction, indices=True), 'tf.argsort')
