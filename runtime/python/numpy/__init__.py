"""NumPy for the bundled runtime: the covered functions over the tensor engine, with NumPy's dtypes, views, errors and words."""

import math as _math
import sys as _sys

__version__ = '2.4.6'

from . import exceptions  # noqa: F401
from ._bridge import LinAlgError as _LinAlgError  # noqa: F401
from ._dtype import dtype
from ._scalars import (  # noqa: F401
    False_,
    True_,
    bool_,
    float32,
    float64,
    floating,
    generic,
    inexact,
    int8,
    int16,
    int32,
    int64,
    integer,
    number,
    signedinteger,
    uint8,
    uint16,
    uint32,
    uint64,
    unsignedinteger,
)
from ._ndarray import ndarray  # isort: skip
from ._errstate import errstate, geterr, seterr  # noqa: F401
from ._print import (  # noqa: F401
    array2string,
    array_repr,
    array_str,
    format_float_positional,
    format_float_scientific,
    get_printoptions,
    printoptions,
    set_printoptions,
)
from . import _wrappers  # isort: skip
from ._wrappers import *  # noqa: F403
from ._creation import (  # noqa: F401
    arange,
    array,
    asanyarray,
    asarray,
    ascontiguousarray,
    copy,
    diag,
    empty_like,
    eye,
    fromfunction,
    full,
    full_like,
    identity,
    indices,
    linspace,
    logspace,
    meshgrid,
    zeros,
)
from ._functions import (  # noqa: A004, F401
    allclose,
    append,
    argwhere,
    around,
    array_equal,
    atleast_1d,
    atleast_2d,
    atleast_3d,
    broadcast_arrays,
    broadcast_shapes,
    broadcast_to,
    can_cast,
    clip,
    column_stack,
    concatenate,
    copyto,
    count_nonzero,
    diff,
    expand_dims,
    flatnonzero,
    flip,
    hstack,
    isclose,
    isscalar,
    iterable,
    may_share_memory,
    moveaxis,
    ndim,
    nonzero,
    outer,
    promote_types,
    ptp,
    ravel,
    repeat,
    reshape,
    result_type,
    roll,
    round,
    shape,
    shares_memory,
    size,
    squeeze,
    stack,
    swapaxes,
    take,
    tile,
    trace,
    tril,
    triu,
    transpose,
    unique,
    vstack,
    where,
)
from ._editing import delete, fill_diagonal, insert, pad, take_along_axis, unravel_index  # noqa: F401
from ._nans import nanmax, nanmean, nanmin, nanprod, nansum  # noqa: F401
from ._statistics import (  # noqa: F401
    array_split,
    average,
    bincount,
    digitize,
    dstack,
    histogram,
    histogram_bin_edges,
    hsplit,
    interp,
    median,
    nan_to_num,
    percentile,
    quantile,
    searchsorted,
    split,
    vsplit,
)
from ._index_tricks import c_, mgrid, ogrid, r_, s_  # noqa: F401
from ._ndindex import ndindex  # noqa: F401
from ._methods import install as _install
from ._ufunc import ufunc  # noqa: F401

_install(ndarray)
for _alias, _name in _wrappers.ALIASES.items():
    globals()[_alias] = globals()[_name]
concat, permute_dims = concatenate, transpose

pi, e, euler_gamma = _math.pi, _math.e, 0.5772156649015329
inf, nan, newaxis = _math.inf, _math.nan, None
int_ = intp = long = longlong = int64
uint = uintp = ulong = ulonglong = uint64
byte, ubyte, short, ushort, intc, uintc, single, double = int8, uint8, int16, uint16, int32, uint32, float32, float64
bool = bool_  # noqa: A001
little_endian = _sys.byteorder == 'little'


def issubdtype(arg1, arg2):
    """Whether a dtype is of a kind."""
    first = arg1 if isinstance(arg1, type) and issubclass(arg1, generic) else dtype(arg1).type
    second = arg2 if isinstance(arg2, type) and issubclass(arg2, generic) else dtype(arg2).type
    return issubclass(first, second)


def isnat(x, /, *args, **kwargs):
    """Not a time: for datetime64 and timedelta64, which this package does not have."""
    raise TypeError("ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.")


from . import linalg  # noqa: E402, F401


def __getattr__(name):
    if name in ('testing', 'random'):
        import importlib

        return importlib.import_module(f'numpy.{name}')
    if name in ('finfo', 'iinfo'):
        from . import _finfo

        return getattr(_finfo, name)
    from ._missing import missing

    raise missing('numpy', name)


def __dir__():
    return sorted({*globals(), 'testing', 'random', 'finfo', 'iinfo'})
