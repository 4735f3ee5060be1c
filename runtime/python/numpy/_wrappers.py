"""Made by scripts/generate-wrappers.ts from src/shared/api/numpy: change the rows, not this file."""

# fmt: off
# ruff: noqa: A001, A002, E501
from ._calls import NoValue, along, determinant, filled, filled_like, inverse, matmul_ufunc, norm, product, reduction, solution, ufunc

#: What a user finds in the package itself; the rest belongs to its classes and its parts.
__all__ = ['zeros', 'ones', 'empty', 'zeros_like', 'ones_like', 'sqrt', 'exp', 'log', 'sin', 'cos', 'deg2rad', 'abs', 'square', 'add', 'multiply', 'maximum', 'hypot', 'sum', 'prod', 'mean', 'std', 'max', 'min', 'argmax', 'argsort', 'dot', 'matmul', 'tanh', 'log2', 'log10', 'log1p', 'expm1', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'arcsinh', 'arccosh', 'arctanh', 'cbrt', 'arctan2', 'rad2deg', 'degrees', 'radians', 'negative', 'positive', 'sign', 'floor', 'ceil', 'trunc', 'rint', 'isnan', 'isinf', 'isfinite', 'invert', 'logical_not', 'subtract', 'divide', 'floor_divide', 'remainder', 'power', 'minimum', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'left_shift', 'right_shift', 'equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal', 'logical_and', 'logical_or', 'logical_xor', 'var', 'any', 'all', 'argmin', 'cumsum', 'cumprod', 'sort']

sqrt = ufunc('sqrt', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Square root.')
exp = ufunc('exp', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'e to the power of x.')
log = ufunc('log', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Natural logarithm.')
sin = ufunc('sin', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Sine of an angle in radians.')
cos = ufunc('cos', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Cosine of an angle in radians.')
deg2rad = ufunc('deg2rad', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Degrees to radians.')
abs = ufunc('absolute', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Absolute value.', 'abs')
square = ufunc('square', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x times x.')
add = ufunc('add', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Sum of two arrays.')
multiply = ufunc('multiply', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Product of two arrays.')
maximum = ufunc('maximum', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'The larger of two values; NaN wins.')
hypot = ufunc('hypot', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Length of the hypotenuse, without overflow.')
tanh = ufunc('tanh', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Hyperbolic tangent.')
log2 = ufunc('log2', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Logarithm to base 2.')
log10 = ufunc('log10', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Logarithm to base 10.')
log1p = ufunc('log1p', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Logarithm of 1 + x.')
expm1 = ufunc('expm1', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Exponential minus 1.')
tan = ufunc('tan', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Tangent.')
arcsin = ufunc('arcsin', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Angle whose sine is x.')
arccos = ufunc('arccos', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Angle whose cosine is x.')
arctan = ufunc('arctan', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Angle whose tangent is x.')
sinh = ufunc('sinh', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Hyperbolic sine.')
cosh = ufunc('cosh', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Hyperbolic cosine.')
arcsinh = ufunc('arcsinh', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Inverse of the hyperbolic sine.')
arccosh = ufunc('arccosh', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Inverse of the hyperbolic cosine.')
arctanh = ufunc('arctanh', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Inverse of the hyperbolic tangent.')
cbrt = ufunc('cbrt', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Cube root.')
arctan2 = ufunc('arctan2', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Angle of the point (x2, x1).')
rad2deg = ufunc('rad2deg', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Radians to degrees.')
degrees = ufunc('degrees', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Radians to degrees.')
radians = ufunc('radians', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Degrees to radians.')
negative = ufunc('negative', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Minus x.')
positive = ufunc('positive', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'A copy of x.')
sign = ufunc('sign', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', '−1, 0 or 1.')
floor = ufunc('floor', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'The largest integer that is not above x.')
ceil = ufunc('ceil', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'The smallest integer that is not below x.')
trunc = ufunc('trunc', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'The integer part.')
rint = ufunc('rint', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'The nearest integer, half to even.')
isnan = ufunc('isnan', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Whether x is not a number.')
isinf = ufunc('isinf', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Whether x is infinite.')
isfinite = ufunc('isfinite', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Whether x is a finite number.')
invert = ufunc('invert', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'All bits flipped; logical not of bool.')
logical_not = ufunc('logical_not', '(x, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Whether x is zero.')
subtract = ufunc('subtract', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Difference of two arrays.')
divide = ufunc('divide', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Quotient of two arrays.')
floor_divide = ufunc('floor_divide', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Quotient rounded down.')
remainder = ufunc('remainder', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Remainder with the sign of the divisor.')
power = ufunc('power', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 to the power of x2.')
minimum = ufunc('minimum', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'The smaller of two values; NaN wins.')
bitwise_and = ufunc('bitwise_and', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Bitwise and.')
bitwise_or = ufunc('bitwise_or', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Bitwise or.')
bitwise_xor = ufunc('bitwise_xor', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Bitwise exclusive or.')
left_shift = ufunc('left_shift', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 · 2 ** x2 in the bits of the dtype.')
right_shift = ufunc('right_shift', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 // 2 ** x2.')
equal = ufunc('equal', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 == x2.')
not_equal = ufunc('not_equal', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 != x2.')
less = ufunc('less', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 < x2.')
less_equal = ufunc('less_equal', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 <= x2.')
greater = ufunc('greater', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 > x2.')
greater_equal = ufunc('greater_equal', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'x1 >= x2.')
logical_and = ufunc('logical_and', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Whether both are true.')
logical_or = ufunc('logical_or', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Whether one is true.')
logical_xor = ufunc('logical_xor', '(x1, x2, /, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None, subok=True, signature=None)', 'Whether just one is true.')


def zeros(shape, dtype=None, order='C', *, device=None, like=None):
    """An array of zeros."""
    return filled('zeros', shape, dtype=dtype, order=order, device=device, like=like)


def ones(shape, dtype=None, order='C', *, device=None, like=None):
    """An array of ones."""
    return filled('ones', shape, dtype=dtype, order=order, device=device, like=like)


def empty(shape, dtype=None, order='C', *, device=None, like=None):
    """An array whose values are whatever the memory holds."""
    return filled('empty', shape, dtype=dtype, order=order, device=device, like=like)


def zeros_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Zeros with the shape and dtype of another array."""
    return filled_like('zeros_like', a, dtype=dtype, order=order, subok=subok, shape=shape, device=device)


def ones_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Ones with the shape and dtype of another array."""
    return filled_like('ones_like', a, dtype=dtype, order=order, subok=subok, shape=shape, device=device)


def sum(a, axis=None, dtype=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Sum over axes."""
    return reduction('sum', a, axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial, where=where)


def prod(a, axis=None, dtype=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Product over axes."""
    return reduction('prod', a, axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial, where=where)


def mean(a, axis=None, dtype=None, out=None, keepdims=NoValue, *, where=NoValue):
    """Arithmetic mean over axes."""
    return reduction('mean', a, axis=axis, dtype=dtype, out=out, keepdims=keepdims, where=where)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=NoValue, *, where=NoValue, mean=NoValue, correction=NoValue):
    """Standard deviation over axes."""
    return reduction('std', a, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where, mean=mean, correction=correction)


def max(a, axis=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Largest value over axes; NaN wins."""
    return reduction('max', a, axis=axis, out=out, keepdims=keepdims, initial=initial, where=where)


def min(a, axis=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Smallest value over axes; NaN wins."""
    return reduction('min', a, axis=axis, out=out, keepdims=keepdims, initial=initial, where=where)


def argmax(a, axis=None, out=None, *, keepdims=NoValue):
    """Position of the largest value; of the flattened array without axis."""
    return along('argmax', a, axis=axis, out=out, keepdims=keepdims)


def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    """The positions that would sort an axis."""
    return along('argsort', a, axis=axis, kind=kind, order=order, stable=stable)


def dot(a, b, out=None):
    """Dot product: last axis of a with the second to last of b."""
    return product('dot', a, b=b, out=out)


def matmul(x1, x2, /, out=None, *, axes=NoValue, axis=NoValue, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None):
    """Matrix product with batch axes."""
    return matmul_ufunc('matmul', x1, b=x2, out=out, axes=axes, axis=axis, keepdims=keepdims, casting=casting, order=order, dtype=dtype, subok=subok, signature=signature)


def linalg_norm(x, ord=None, axis=None, keepdims=False):
    """Norm of a vector or matrix."""
    return norm('norm', x, ord=ord, axis=axis, keepdims=keepdims)


def linalg_inv(a):
    """Inverse of square matrices."""
    return inverse('inv', a)


def linalg_det(a):
    """Determinant of square matrices."""
    return determinant('det', a)


def linalg_solve(a, b):
    """What gives b when the matrix a is multiplied by it."""
    return solution('solve', a, b=b)


def ndarray_sum(self, axis=None, dtype=None, out=None, keepdims=False, initial=NoValue, where=True):
    """Sum over axes."""
    return reduction('sum', self, axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial, where=where)


def ndarray_mean(self, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    """Mean over axes."""
    return reduction('mean', self, axis=axis, dtype=dtype, out=out, keepdims=keepdims, where=where)


def ndarray_std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=NoValue):
    """Standard deviation over axes."""
    return reduction('std', self, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where, mean=mean)


def ndarray_max(self, axis=None, out=None, keepdims=False, initial=NoValue, where=True):
    """Largest value over axes."""
    return reduction('max', self, axis=axis, out=out, keepdims=keepdims, initial=initial, where=where)


def ndarray_min(self, axis=None, out=None, keepdims=False, initial=NoValue, where=True):
    """Smallest value over axes."""
    return reduction('min', self, axis=axis, out=out, keepdims=keepdims, initial=initial, where=where)


def ndarray_dot(self, other, out=None):
    """Dot product."""
    return product('dot', self, b=other, out=out)


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=NoValue, *, where=NoValue, mean=NoValue, correction=NoValue):
    """Variance over axes."""
    return reduction('var', a, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where, mean=mean, correction=correction)


def any(a, axis=None, out=None, keepdims=NoValue, *, where=NoValue):
    """Whether any element is true."""
    return reduction('any', a, axis=axis, out=out, keepdims=keepdims, where=where)


def all(a, axis=None, out=None, keepdims=NoValue, *, where=NoValue):
    """Whether all elements are true."""
    return reduction('all', a, axis=axis, out=out, keepdims=keepdims, where=where)


def argmin(a, axis=None, out=None, *, keepdims=NoValue):
    """The index of the smallest element."""
    return along('argmin', a, axis=axis, out=out, keepdims=keepdims)


def cumsum(a, axis=None, dtype=None, out=None):
    """Sums of everything before, along an axis."""
    return along('cumsum', a, axis=axis, dtype=dtype, out=out)


def cumprod(a, axis=None, dtype=None, out=None):
    """Products of everything before, along an axis."""
    return along('cumprod', a, axis=axis, dtype=dtype, out=out)


def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    """A sorted copy."""
    return along('sort', a, axis=axis, kind=kind, order=order, stable=stable)


#: Further names of the functions above.
ALIASES = {'absolute': 'abs', 'amax': 'max', 'amin': 'min', 'asin': 'arcsin', 'acos': 'arccos', 'atan': 'arctan', 'asinh': 'arcsinh', 'acosh': 'arccosh', 'atanh': 'arctanh', 'atan2': 'arctan2', 'bitwise_not': 'invert', 'bitwise_invert': 'invert', 'true_divide': 'divide', 'mod': 'remainder', 'pow': 'power', 'bitwise_left_shift': 'left_shift', 'bitwise_right_shift': 'right_shift'}
#: Methods of ndarray.
METHODS = {'sum': ndarray_sum, 'mean': ndarray_mean, 'std': ndarray_std, 'max': ndarray_max, 'min': ndarray_min, 'dot': ndarray_dot}
