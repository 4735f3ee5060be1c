"""Reductions, scans, searches and sorting."""

from . import _state
from ._convert import argument, convert, int_list, integers
from ._dtypes import as_dtype, bool_, int64
from ._math import sqrt
from ._tensor import Tensor, attributes, execute, is_tensor


def _axes(axis, keepdims):
    return '{"axis":%s,"keep_dims":%s}' % ('null' if axis is None else axis, 'true' if keepdims else 'false')


def _reduce(op, api, x, axis, keepdims):
    if axis is not None:
        axis = integers(op, 'reduction_indices', axis, [x])
    x = convert(x)
    if isinstance(axis, Tensor):
        return execute(op, (x, axis), attributes(keep_dims=bool(keepdims)), api)
    return execute(op, (x,), _axes(axis, keepdims), api)


def reduce_sum(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Sum', 'tf.reduce_sum', input_tensor, axis, keepdims)


def reduce_mean(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Mean', 'tf.reduce_mean', input_tensor, axis, keepdims)


def reduce_max(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Max', 'tf.reduce_max', input_tensor, axis, keepdims)


def reduce_min(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Min', 'tf.reduce_min', input_tensor, axis, keepdims)


def reduce_prod(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Prod', 'tf.reduce_prod', input_tensor, axis, keepdims)


def _truths(op, x, axis):
    # Beside a list of axes, eager execution converts the operand itself, and complains in other words.
    listed = _state.graph is None and not (axis is None or isinstance(axis, int)) and is_tensor(x)
    return convert(x, bool_) if listed else argument(op, 'input', x, bool_)


def reduce_any(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('Any', 'tf.reduce_any', _truths('Any', input_tensor, axis), axis, keepdims)


def reduce_all(input_tensor, axis=None, keepdims=False, name=None):
    return _reduce('All', 'tf.reduce_all', _truths('All', input_tensor, axis), axis, keepdims)


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


def reduce_logsumexp(input_tensor, axis=None, keepdims=False, name=None):
    x = convert(input_tensor)
    top = reduce_max(x, axis, True)
    finite = execute('IsFinite', (top,))
    shift = execute('StopGradient', (execute('SelectV2', (finite, top, execute('ZerosLike', (top,)))),))
    total = execute('Log', (reduce_sum(execute('Exp', (execute('Sub', (x, shift)),)), axis, keepdims),))
    if not keepdims:
        shift = execute('Reshape', (shift,), attributes(shape=list(total._shape)))
    return execute('AddV2', (total, shift), '{}', 'tf.reduce_logsumexp')


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


def argmax(input, axis=None, output_type=int64, name=None):
    axis = _axis_of_argmax(0 if axis is None else axis)
    return execute('ArgMax', (convert(input),), attributes(axis=axis, output_type=as_dtype(output_type).name), 'tf.argmax')


def argmin(input, axis=None, output_type=int64, name=None):
    axis = _axis_of_argmax(0 if axis is None else axis)
    return execute('ArgMin', (convert(input),), attributes(axis=axis, output_type=as_dtype(output_type).name), 'tf.argmin')


def _axis_of_argmax(axis):
    if isinstance(axis, (float, str, list, tuple)):
        raise TypeError('axis must be int or Tensor with integer datatype')
    return int_list(axis, 'axis')


def _direction(direction):
    if direction not in ('ASCENDING', 'DESCENDING'):
        raise ValueError(f'Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction={direction}')
    return direction


def _sorting(values, axis, direction):
    if axis is None:
        raise ValueError("Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.")
    values = convert(values)
    rank = len(values._shape)
    if direction == 'ASCENDING' and values.dtype.kind == 'b':
        # The real function sorts the negative.
        execute('Neg', (values,))
    if not -rank <= axis < rank:
        from .errors import InvalidArgumentError

        if _state.graph is not None:
            raise ValueError(f"slice index {axis} of dimension 0 out of bounds. for '{{{{node strided_slice}}}} = StridedSlice[]'")
        where = '{{function_node __wrapped__StridedSlice_device_/job:localhost/replica:0/task:0/device:CPU:0}}'
        raise InvalidArgumentError(
            None, None, f'{where} slice index {axis} of dimension 0 out of bounds. [Op:StridedSlice] name: strided_slice/'
        )
    return values


def sort(values, axis=-1, direction='ASCENDING', name=None):
    _direction(direction)
    values = _sorting(values, axis, direction)
    return execute('TopKV2', (values,), attributes(axis=axis, direction=direction), 'tf.sort')


def argsort(values, axis=-1, direction='ASCENDING', stable=False, name=None):
    _direction(direction)
    values = _sorting(values, axis, direction)
    return execute('TopKV2', (values,), attributes(axis=axis, direction=direction, indices=True), 'tf.argsort')
