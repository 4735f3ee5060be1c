"""Elementwise functions."""

from ._convert import argument, convert, operands
from ._dtypes import as_dtype, bool_
from ._operators import true_divide
from ._tensor import execute, is_tensor


def cast(x, dtype, name=None):
    dtype = as_dtype(dtype)
    if is_tensor(x) and x.dtype is dtype:
        return x
    x = convert(x)
    if x.dtype is dtype:
        return x
    return execute('Cast', (x,), f'{{"DstT":"{dtype.name}"}}', 'tf.cast')


def saturate_cast(value, dtype, name=None):
    value, dtype = convert(value), as_dtype(dtype)
    if dtype.kind in 'iu' and value.dtype.kind != 'b':
        low, high = convert(dtype.min, value.dtype), convert(dtype.max, value.dtype)
        value = clip_by_value(value, low, high)
    return cast(value, dtype)


def add(x, y, name=None):
    x = convert(x)
    return execute('AddV2', (x, convert(y, hint=x.dtype)), '{}', 'tf.add')


def subtract(x, y, name=None):
    return execute('Sub', operands('Sub', x, y), '{}', 'tf.subtract')


def multiply(x, y, name=None):
    return execute('Mul', operands('Mul', x, y), '{}', 'tf.multiply')


def divide(x, y, name=None):
    # As the operator: where only `y` is a tensor, `x` takes its dtype.
    return (x if is_tensor(x) or is_tensor(y) else convert(x)) / y


def truediv(x, y, name=None):
    x = convert(x)
    return true_divide(x, convert(y, hint=x.dtype))


def floordiv(x, y, name=None):
    return execute('FloorDiv', operands('FloorDiv', x, y), '{}', 'tf.math.floordiv')


def floormod(x, y, name=None):
    return execute('FloorMod', operands('FloorMod', x, y), '{}', 'tf.math.floormod')


def pow(x, y, name=None):
    return execute('Pow', operands('Pow', x, y), '{}', 'tf.pow')


def maximum(x, y, name=None):
    return execute('Maximum', operands('Maximum', x, y), '{}', 'tf.maximum')


def minimum(x, y, name=None):
    return execute('Minimum', operands('Minimum', x, y), '{}', 'tf.minimum')


def square(x, name=None):
    return execute('Square', (convert(x),), '{}', 'tf.square')


def sqrt(x, name=None):
    return execute('Sqrt', (convert(x),), '{}', 'tf.sqrt')


def rsqrt(x, name=None):
    return execute('Rsqrt', (convert(x),), '{}', 'tf.math.rsqrt')


def round(x, name=None):
    x = convert(x)
    return x if x.dtype.is_integer else execute('Round', (x,), '{}', 'tf.round')


def exp(x, name=None):
    return execute('Exp', (convert(x),), '{}', 'tf.exp')


def abs(x, name=None):
    return execute('Abs', (convert(x),), '{}', 'tf.abs')


def negative(x, name=None):
    return execute('Neg', (convert(x),), '{}', 'tf.negative')


def sign(x, name=None):
    return execute('Sign', (convert(x),), '{}', 'tf.sign')


def sin(x, name=None):
    return execute('Sin', (convert(x),), '{}', 'tf.sin')


def cos(x, name=None):
    return execute('Cos', (convert(x),), '{}', 'tf.cos')


def tan(x, name=None):
    return execute('Tan', (convert(x),), '{}', 'tf.tan')


def asin(x, name=None):
    return execute('Asin', (convert(x),), '{}', 'tf.asin')


def acos(x, name=None):
    return execute('Acos', (convert(x),), '{}', 'tf.acos')


def atan(x, name=None):
    return execute('Atan', (convert(x),), '{}', 'tf.atan')


def sinh(x, name=None):
    return execute('Sinh', (convert(x),), '{}', 'tf.sinh')


def cosh(x, name=None):
    return execute('Cosh', (convert(x),), '{}', 'tf.cosh')


def asinh(x, name=None):
    return execute('Asinh', (convert(x),), '{}', 'tf.asinh')


def acosh(x, name=None):
    return execute('Acosh', (convert(x),), '{}', 'tf.acosh')


def atanh(x, name=None):
    return execute('Atanh', (convert(x),), '{}', 'tf.atanh')


def log1p(x, name=None):
    return execute('Log1p', (convert(x),), '{}', 'tf.math.log1p')


def expm1(x, name=None):
    return execute('Expm1', (convert(x),), '{}', 'tf.math.expm1')


def atan2(y, x, name=None):
    return execute('Atan2', operands('Atan2', y, x), '{}', 'tf.math.atan2')


def tanh(x, name=None):
    return execute('Tanh', (convert(x),), '{}', 'tf.tanh')


def sigmoid(x, name=None):
    return execute('Sigmoid', (convert(x),), '{}', 'tf.sigmoid')


def floor(x, name=None):
    return execute('Floor', (convert(x),), '{}', 'tf.floor')


def ceil(x, name=None):
    return execute('Ceil', (convert(x),), '{}', 'tf.math.ceil')


def log(x, name=None):
    return execute('Log', (convert(x),), '{}', 'tf.math.log')


def is_nan(x, name=None):
    return execute('IsNan', (convert(x),), '{}', 'tf.math.is_nan')


def is_inf(x, name=None):
    return execute('IsInf', (convert(x),), '{}', 'tf.math.is_inf')


def is_finite(x, name=None):
    return execute('IsFinite', (convert(x),), '{}', 'tf.math.is_finite')


def relu(features, name=None):
    return execute('Relu', (convert(features),), '{}', 'tf.nn.relu')


def softmax(logits, axis=None, name=None):
    return _along(logits, axis, 'Softmax', 'tf.nn.softmax')


def log_softmax(logits, axis=None, name=None):
    return _along(logits, axis, 'LogSoftmax', 'tf.nn.log_softmax')


def _along(logits, axis, op, api):
    """An op over the last axis, over another one."""
    logits = convert(logits)
    axis = -1 if axis is None else axis
    rank = len(logits._shape)
    if axis == -1 or axis == rank - 1:
        return execute(op, (logits,), '{}', api)
    if not -rank <= axis < rank:
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(None, None, f'`dim` must be in the range [{-rank}, {rank}) where {rank} is the number of dimensions in the input. Received: dim={axis}')
    axis %= rank
    perm = [i for i in range(rank)]
    perm[axis], perm[-1] = perm[-1], perm[axis]
    turned = execute('Transpose', (logits,), f'{{"perm":{perm}}}')
    return execute('Transpose', (execute(op, (turned,), '{}', api),), f'{{"perm":{perm}}}')


def clip_by_value(t, clip_value_min, clip_value_max, name=None):
    t = convert(t)
    low = minimum(t, clip_value_max)
    if not low.shape.is_compatible_with(t.shape) or len(low._shape or ()) > len(t._shape or ()):
        raise ValueError(f'Shapes {t.shape} and {low.shape} are incompatible')
    high = maximum(low, clip_value_min)
    t.shape.assert_is_compatible_with(high.shape)
    return high


def equal(x, y, name=None):
    return execute('Equal', operands('Equal', x, y), '{}', 'tf.equal')


def not_equal(x, y, name=None):
    return execute('NotEqual', operands('NotEqual', x, y), '{}', 'tf.not_equal')


def less(x, y, name=None):
    return execute('Less', operands('Less', x, y), '{}', 'tf.less')


def less_equal(x, y, name=None):
    return execute('LessEqual', operands('LessEqual', x, y), '{}', 'tf.less_equal')


def greater(x, y, name=None):
    return execute('Greater', operands('Greater', x, y), '{}', 'tf.greater')


def greater_equal(x, y, name=None):
    return execute('GreaterEqual', operands('GreaterEqual', x, y), '{}', 'tf.greater_equal')


def logical_and(x, y, name=None):
    return _logical('LogicalAnd', 'tf.logical_and', x=x, y=y)


def logical_or(x, y, name=None):
    return _logical('LogicalOr', 'tf.logical_or', x=x, y=y)


def logical_not(x, name=None):
    return _logical('LogicalNot', 'tf.logical_not', x=x)


def _logical(op, api, **values):
    return execute(op, [argument(op, name, value, bool_) for name, value in values.items()], '{}', api)


def logical_xor(x, y, name='LogicalXor'):
    return logical_and(logical_or(x, y), logical_not(logical_and(x, y)))


def stop_gradient(input, name=None):
    return execute('StopGradient', (convert(input),), '{}', 'tf.stop_gradient')


def identity(input, name=None):
    return execute('Identity', (convert(input),), '{}', 'tf.identity')
