"""Matrix products, norms, inverses and diagonals."""

import numpy as np

from ._array import reshape, transpose
from ._convert import convert, int_list, operands
from ._math import abs, pow, sqrt
from ._reduce import _reduce, reduce_max, reduce_sum
from ._tensor import attributes, execute, is_tensor


def matmul(
    a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False,
    output_type=None, grad_a=False, grad_b=False, name=None,
):  # fmt: skip
    if transpose_a and adjoint_a:
        raise ValueError(f'Only one of `transpose_a` and `adjoint_a` can be True. Received `transpose_a`={transpose_a}, `adjoint_a`={adjoint_a}.')
    if transpose_b and adjoint_b:
        raise ValueError(f'Only one of `transpose_b` and `adjoint_b` can be True. Received `transpose_b`={transpose_b}, `adjoint_b`={adjoint_b}.')
    a = convert(a)
    b = convert(b, hint=a.dtype)
    ta, tb = bool(transpose_a or adjoint_a), bool(transpose_b or adjoint_b)
    if a._shape is not None and b._shape is not None and (len(a._shape) > 2 or len(b._shape) > 2):
        return execute('BatchMatMulV2', (a, b), attributes(adj_x=ta, adj_y=tb), 'tf.matmul')
    return execute('MatMul', (a, b), attributes(grad_a=False, grad_b=False, transpose_a=ta, transpose_b=tb), 'tf.matmul')


def matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None):
    a = convert(a)
    b = convert(b)
    column = execute('ExpandDims', (b,), '{"axis":-1}')
    product = matmul(a, column, transpose_a=transpose_a, adjoint_a=adjoint_a)
    return execute('Squeeze', (product,), '{"axis":[-1]}', 'tf.linalg.matvec')


def tensordot(a, b, axes, name=None):
    a = convert(a)
    b = convert(b)
    a_axes, b_axes = _tensordot_axes(a._shape, axes)
    a_shape, b_shape = list(a._shape), list(b._shape)
    a_axes = [i + len(a_shape) if i < 0 else i for i in a_axes]
    b_axes = [i + len(b_shape) if i < 0 else i for i in b_axes]
    a_free = [i for i in range(len(a_shape)) if i not in a_axes]
    b_free = [i for i in range(len(b_shape)) if i not in b_axes]
    count_a, count_b = _product([a_shape[i] for i in a_axes]), _product([b_shape[i] for i in b_axes])
    left = reshape(transpose(a, a_free + a_axes), [_product([a_shape[i] for i in a_free]), count_a])
    right = reshape(transpose(b, b_axes + b_free), [count_b, _product([b_shape[i] for i in b_free])])
    product = matmul(left, right)
    return reshape(product, [a_shape[i] for i in a_free] + [b_shape[i] for i in b_free])


def _product(sizes):
    n = 1
    for size in sizes:
        n *= size
    return n


def _tensordot_axes(a_shape, axes):
    if isinstance(axes, int):
        if axes < 0:
            raise ValueError(f'`axes` must be at least 0. Received: {axes}.')
        if axes > len(a_shape):
            raise ValueError(f'`axes` must not be larger than the number of dimensions of tensor {a_shape}.  Received {axes}, vs tensor dimensions {len(a_shape)}.')
        return list(range(len(a_shape) - axes, len(a_shape))), list(range(axes))
    if isinstance(axes, (list, tuple)):
        if len(axes) != 2:
            raise ValueError(f'`axes` must be an integer or have length 2. Received {axes}.')
        first, second = axes
        if isinstance(first, int) and isinstance(second, int):
            return [first], [second]
        first = [first] if isinstance(first, int) else list(first)
        second = [second] if isinstance(second, int) else list(second)
        if len(first) != len(second):
            raise ValueError(
                f'Different number of contraction axes `a` and `b`, {len(first)} != {len(second)}.'
            )
        return first, second
    axes = int_list(axes)
    return _tensordot_axes(a_shape, axes)


def norm(tensor, ord='euclidean', axis=None, keepdims=None, name=None):
    keepdims = bool(keepdims)
    matrix = isinstance(axis, (tuple, list)) and len(axis) == 2
    if matrix:
        if axis[0] == axis[1]:
            raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {tuple(axis)}")
        if isinstance(ord, str) and ord not in ('euclidean', 'fro') or not isinstance(ord, str) and ord not in (1, 2, np.inf, 'fro'):
            raise ValueError(f"'ord' must be a supported matrix norm in ['euclidean', 'fro', 1, 2, inf], got {ord}")
    else:
        if not (axis is None or isinstance(axis, int)):
            raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {axis}")
        if isinstance(ord, str) and ord not in ('euclidean',) or not isinstance(ord, str) and ord <= 0:
            raise ValueError(f"'ord' must be a supported vector norm, got {ord}")
    x = convert(tensor)
    if x.dtype.kind == 'b':
        raise TypeError(f'Expected numeric or variant tensor, got dtype {x.dtype!r}.')
    api = 'tf.norm'
    if ord in ('euclidean', 'fro') or ord == 2 and not matrix:
        squares = execute('Mul', (x, x), '{}', api)
        return sqrt(_reduce('Sum', api, squares, list(axis) if matrix else axis, keepdims))
    if matrix and ord == 2:
        rank = len(x._shape)
        first, second = (i + rank if i < 0 else i for i in axis)
        perm = [i for i in range(rank) if i not in (first, second)] + [first, second]
        values = execute('Svd', (transpose(x, perm),), '{}', api)
        top = reduce_max(values, axis=-1)
        if not keepdims:
            return top
        return reshape(top, [1 if i in (first, second) else d for i, d in enumerate(x._shape)])
    size = abs(x)
    if ord == 1:
        total = reduce_sum(size, axis[0] if matrix else axis, True)
        total = reduce_max(total, axis[1] if matrix else axis, True) if matrix else total
    elif ord == np.inf:
        if matrix:
            total = reduce_sum(size, axis[1], True)
            total = reduce_max(total, axis[0], True)
        else:
            total = reduce_max(size, axis, True)
    else:
        total = pow(reduce_sum(pow(size, ord), axis, True), 1.0 / ord)
    if keepdims:
        return total
    if axis is None:
        return reshape(total, [])
    return execute('Squeeze', (total,), attributes(axis=list(axis) if matrix else [axis]))


def inv(input, adjoint=False, name=None):
    return execute('MatrixInverse', (convert(input),), attributes(adjoint=bool(adjoint)), 'tf.linalg.inv')


def _padding(value, of, dtype):
    # The real function makes room for the numeric default where the operand says that it is boolean.
    if dtype.kind == 'b' and hasattr(of, 'dtype'):
        value = bool(value)
    return convert(value, None if is_tensor(value) else dtype)


def _k(k):
    k = int_list(k)
    return k if isinstance(k, int) else list(k)


def diag(diagonal, name='diag', k=0, num_rows=-1, num_cols=-1, padding_value=0, align='RIGHT_LEFT'):
    given, diagonal = diagonal, convert(diagonal)
    attrs = attributes(k=_k(k), num_rows=int_list(num_rows), num_cols=int_list(num_cols), align=align)
    return execute('MatrixDiagV3', (diagonal, _padding(padding_value, given, diagonal.dtype)), attrs, 'tf.linalg.diag')


def diag_part(input, name='diag_part', k=0, padding_value=0, align='RIGHT_LEFT'):
    given, input = input, convert(input)
    attrs = attributes(k=_k(k), align=align)
    return execute('MatrixDiagPartV3', (input, _padding(padding_value, given, input.dtype)), attrs, 'tf.linalg.diag_part')


def set_diag(input, diagonal, name='set_diag', k=0, align='RIGHT_LEFT'):
    return execute('MatrixSetDiagV3', operands('MatrixSetDiagV3', input, diagonal), attributes(k=_k(k), align=align), 'tf.linalg.set_diag')


def band_part(input, num_lower, num_upper, name=None):
    counts = {}
    for label, count in (('num_lower', num_lower), ('num_upper', num_upper)):
        counts[label] = int_list(count, label)
    return execute('MatrixBandPart', (convert(input),), attributes(**counts), 'tf.linalg.band_part')


def trace(x, name=None):
    return execute('Sum', (diag_part(convert(x)),), attributes(axis=[-1], keep_dims=False), 'tf.linalg.trace')


def det(input, name=None):
    return execute('MatrixDeterminant', (convert(input),), '{}', 'tf.linalg.det')


def solve(matrix, rhs, adjoint=False, name=None):
    return execute('MatrixSolve', operands('MatrixSolve', matrix, rhs), attributes(adjoint=bool(adjoint)), 'tf.linalg.solve')


def matrix_transpose(a, name='matrix_transpose', conjugate=False):
    a = convert(a)
    rank = len(a._shape)
    if rank < 2:
        raise ValueError(f'Argument `a` should be a (batch) matrix with rank >= 2.  Received `a` = {a} with shape: {a.shape}')
    return transpose(a, [*range(rank - 2), rank - 1, rank - 2])
