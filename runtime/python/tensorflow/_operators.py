"""Operators of tensors. Two tensors must agree on the dtype; a Python number or NumPy array takes that of the tensor."""

from ._convert import argument, convert
from ._dtypes import float32, float64
from ._tensor import Tensor, execute

_QUOTIENT = {'uint8': float32, 'int32': float64, 'int64': float64, 'float32': None, 'float64': None}


def _other(x, y, op=None):
    """The other operand: Python values take the dtype of the tensor. `op` is given where it is the op that converts them."""
    if isinstance(y, Tensor):
        return y
    if getattr(type(y), '_is_variable', False):
        return y._read()
    return convert(y, x.dtype) if op is None else argument(op, 'y', y, x.dtype)


def _define(name, op, api):
    def forward(x, y):
        return execute(op, (x, _other(x, y, op)), '{}', api)

    def reflected(y, x):
        return execute(op, (_other(y, x), y), '{}', api)

    setattr(Tensor, f'__{name}__', forward)
    setattr(Tensor, f'__r{name}__', reflected)


for _name, _op, _api in (
    ('sub', 'Sub', 'tf.subtract'),
    ('floordiv', 'FloorDiv', 'tf.math.floordiv'),
    ('mod', 'FloorMod', 'tf.math.floormod'),
    ('pow', 'Pow', 'tf.pow'),
):
    _define(_name, _op, _api)


def multiply(x, y):
    if x.dtype.kind == 'b' or isinstance(y, Tensor) and y.dtype.kind == 'b':
        # A boolean makes the product logical.
        x, y = (t if t.dtype.kind == 'b' else execute('Cast', (t,), '{"DstT":"bool"}', 'tf.cast') for t in (x, convert(y)))
        return execute('LogicalAnd', (x, y), '{}', 'tf.multiply')
    return execute('Mul', (x, _other(x, y, 'Mul')), '{}', 'tf.multiply')


def add(x, y):
    if not isinstance(y, Tensor):
        if isinstance(y, str):
            from .errors import InvalidArgumentError

            raise InvalidArgumentError(
                None,
                None,
                f'cannot compute AddV2 as input #1(zero-based) was expected to be a {x.dtype.c_name} tensor but is a string tensor [Op:AddV2] name: ',
            )
        y = convert(y, hint=x.dtype)
    return execute('AddV2', (x, y), '{}', 'tf.add')


def radd(y, x):
    return execute('AddV2', (_other(y, x), y), '{}', 'tf.add')


def true_divide(x, y):
    """`/`: integers become floats first."""
    if x.dtype is not y.dtype:
        raise TypeError(f'`x` and `y` must have the same dtype, got {x.dtype!r} != {y.dtype!r}.')
    if x.dtype.name not in _QUOTIENT:
        expected = 'tf.uint8, tf.int8, tf.uint16, tf.int16, tf.int32, tf.int64, tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.complex64, tf.complex128'
        raise TypeError(f'Invalid dtype {x.dtype!r} in __truediv__. Expected one of {{{expected}}}.')
    wide = _QUOTIENT[x.dtype.name]
    if wide is not None:
        attrs = f'{{"DstT":"{wide.name}"}}'
        x, y = execute('Cast', (x,), attrs, 'tf.cast'), execute('Cast', (y,), attrs, 'tf.cast')
    return execute('RealDiv', (x, y), '{}', 'tf.divide')


def truediv(x, y):
    return true_divide(x, convert(y, hint=x.dtype))


def rtruediv(y, x):
    return true_divide(_other(y, x), y)


def compare(op, api):
    def operator(x, y):
        return execute(op, (x, _other(x, y, op)), '{}', api)

    return operator


def _equality(op, answer):
    def operator(x, y):
        if y is None:
            return answer
        return execute(op, (x, _other(x, y, op)), '{"incompatible_shape_error":false}', 'tf.equal' if op == 'Equal' else 'tf.not_equal')

    return operator


def _bitwise(logical, bits):
    def forward(x, y):
        op = logical if x.dtype.kind == 'b' else bits
        return execute(op, (x, _other(x, y, op)), '{}', f'tf.{"math.logical" if x.dtype.kind == "b" else "bitwise"}')

    def reflected(y, x):
        return forward(_other(y, x), y)

    return forward, reflected


def logical_xor(x, y):
    both = execute('LogicalAnd', (x, y))
    return execute('LogicalAnd', (execute('LogicalOr', (x, y)), execute('LogicalNot', (both,))))


def xor(x, y):
    y = _other(x, y)
    return logical_xor(x, y) if x.dtype.kind == 'b' else execute('BitwiseXor', (x, y))


def invert(x):
    return execute('LogicalNot' if x.dtype.kind == 'b' else 'Invert', (x,), '{}', 'tf.logical_not')


def matmul(x, y):
    from ._linalg import matmul as product

    return product(x, y)


def rmatmul(y, x):
    return matmul(_other(y, x), y)


Tensor.__add__, Tensor.__radd__ = add, radd
Tensor.__mul__, Tensor.__rmul__ = multiply, lambda y, x: multiply(_other(y, x), y)
Tensor.__truediv__, Tensor.__rtruediv__ = truediv, rtruediv
Tensor.__matmul__, Tensor.__rmatmul__ = matmul, rmatmul
Tensor.__neg__ = lambda x: execute('Neg', (x,), '{}', 'tf.negative')
Tensor.__abs__ = lambda x: execute('Abs', (x,), '{}', 'tf.abs')
Tensor.__invert__ = invert
Tensor.__lt__ = compare('Less', 'tf.less')
Tensor.__le__ = compare('LessEqual', 'tf.less_equal')
Tensor.__gt__ = compare('Greater', 'tf.greater')
Tensor.__ge__ = compare('GreaterEqual', 'tf.greater_equal')
Tensor.__eq__ = _equality('Equal', False)
Tensor.__ne__ = _equality('NotEqual', True)
Tensor.__and__, Tensor.__rand__ = _bitwise('LogicalAnd', 'BitwiseAnd')
Tensor.__or__, Tensor.__ror__ = _bitwise('LogicalOr', 'BitwiseOr')
Tensor.__xor__ = xor
Tensor.__rxor__ = lambda y, x: xor(_other(y, x), y)
