"""The bundled TensorFlow: tensors, variables, gradients and tf.function over the tensor engine, for the names in the tables."""

import sys as _sys

from . import _operators as _operators
from . import errors as errors
from ._array import (
    boolean_mask, broadcast_to, concat, expand_dims, eye, fill, gather, gather_nd, linspace, meshgrid, one_hot, ones, ones_like,
    pad, range, rank, repeat, reshape, reverse, roll, shape, size, squeeze, stack, tensor_scatter_nd_add, tensor_scatter_nd_update,
    slice, split, tile, transpose, unique, unstack, where, zeros, zeros_like,
)  # fmt: skip
from ._control import cond, while_loop
from ._compat import device, executing_eagerly, namespaces as _namespaces
from ._convert import constant, convert_to_tensor
from ._dtypes import DType, as_dtype, bool_ as bool, float32, float64, int32, int64, uint8
from ._einsum import einsum
from ._function import function
from ._function_spec import TensorSpec
from ._linalg import (
    band_part as _band_part, det as _det, diag as _diag, diag_part as _diag_part, inv as _inv, matmul, matrix_transpose as _matrix_transpose, matvec as _matvec, norm,
    set_diag as _set_diag, solve as _solve, tensordot, trace as _trace,
)  # fmt: skip
from ._losses import (
    softmax_cross_entropy_with_logits as _softmax_cross_entropy, sparse_softmax_cross_entropy_with_logits as _sparse_cross_entropy,
)  # fmt: skip
from ._math import (
    abs, acos, acosh, add, asin, asinh, atan, atan2, atanh, cosh, expm1 as _expm1, log1p as _log1p, sinh, tan, cast, ceil as _ceil, clip_by_value, cos, divide, equal, exp, floor, floordiv as _floordiv, floormod as _floormod,
    greater, greater_equal, identity, is_finite as _is_finite, is_inf as _is_inf, is_nan as _is_nan, less, less_equal, log as _log, log_softmax as _log_softmax, logical_and,
    logical_not, logical_or, logical_xor as _logical_xor, maximum, minimum, multiply, negative, not_equal, pow, relu as _relu, round, rsqrt as _rsqrt, saturate_cast, sigmoid, sign, sin,
    softmax as _softmax, sqrt, square, stop_gradient, subtract, tanh, truediv,
)  # fmt: skip
from ._modules import Namespace as _Namespace, missing as _missing
from ._printing import tf_print as print
from ._reduce import (
    argmax, argmin, argsort, count_nonzero as _count_nonzero, cumprod as _cumprod, cumsum, reduce_all, reduce_any, reduce_euclidean_norm as _reduce_euclidean_norm, reduce_logsumexp, reduce_max, reduce_mean,
    reduce_min, reduce_prod, reduce_std as _reduce_std, reduce_sum, reduce_variance as _reduce_variance, sort,
)  # fmt: skip
from ._shape import TensorShape
from ._tape import GradientTape, IndexedSlices, UnconnectedGradients
from ._tensor import Tensor, is_tensor
from ._tensor_array import TensorArray
from ._variable import Variable

__version__ = '2.21.0'
newaxis = None

math = _Namespace(
    'tf.math', abs=abs, acos=acos, acosh=acosh, add=add, asin=asin, asinh=asinh, atan=atan, atan2=atan2, atanh=atanh, cosh=cosh, expm1=_expm1,
    log1p=_log1p, sinh=sinh, tan=tan, argmax=argmax, argmin=argmin, ceil=_ceil, cos=cos, count_nonzero=_count_nonzero, cumprod=_cumprod, cumsum=cumsum, divide=divide, equal=equal, exp=exp, floor=floor,
    floordiv=_floordiv, floormod=_floormod, mod=_floormod, greater=greater, greater_equal=greater_equal, is_finite=_is_finite,
    is_inf=_is_inf, is_nan=_is_nan, less=less, less_equal=less_equal, log=_log, log_softmax=_log_softmax, logical_and=logical_and, logical_not=logical_not, logical_or=logical_or, logical_xor=_logical_xor,
    maximum=maximum, minimum=minimum, multiply=multiply, negative=negative, not_equal=not_equal, pow=pow, reduce_all=reduce_all,
    reduce_any=reduce_any, reduce_euclidean_norm=_reduce_euclidean_norm, reduce_logsumexp=reduce_logsumexp, reduce_max=reduce_max, reduce_mean=reduce_mean,
    reduce_min=reduce_min, reduce_prod=reduce_prod, reduce_std=_reduce_std, reduce_sum=reduce_sum, reduce_variance=_reduce_variance,
    round=round, rsqrt=_rsqrt, sigmoid=sigmoid, sign=sign, sin=sin, softmax=_softmax, sqrt=sqrt, square=square, subtract=subtract, tanh=tanh, truediv=truediv,
)  # fmt: skip
linalg = _Namespace(
    'tf.linalg', band_part=_band_part, det=_det, diag=_diag, diag_part=_diag_part, einsum=einsum, eye=eye, inv=_inv, matmul=matmul,
    matrix_transpose=_matrix_transpose, matvec=_matvec, norm=norm, set_diag=_set_diag, solve=_solve, tensordot=tensordot, trace=_trace,
)  # fmt: skip
nn = _Namespace(
    'tf.nn', log_softmax=_log_softmax, relu=_relu, sigmoid=sigmoid, softmax=_softmax, softmax_cross_entropy_with_logits=_softmax_cross_entropy,
    sparse_softmax_cross_entropy_with_logits=_sparse_cross_entropy, tanh=tanh,
)  # fmt: skip
dtypes = _Namespace('tf.dtypes', DType=DType, as_dtype=as_dtype, cast=cast, saturate_cast=saturate_cast, **{
    name: globals()[name] for name in ('bool', 'uint8', 'int32', 'int64', 'float32', 'float64')
})  # fmt: skip
globals().update(_namespaces(globals()))
for _name in ('math', 'linalg', 'nn', 'dtypes', 'compat', 'config', 'random', 'debugging'):
    _sys.modules[f'{__name__}.{_name}'] = globals()[_name]
_sys.modules[f'{__name__}.compat.v1'] = compat.v1  # noqa: F821 - made by _namespaces
del _name


def __getattr__(name):
    raise _missing('tf', name, globals())


def __dir__():
    return sorted(name for name in globals() if not name.startswith('_'))
