"""How the generated wrappers call the engine: one function per family of functions."""

from operator import index

import _tensorlift_bridge as _js


from ._bridge import ABSENT, NO_AXIS, axes_to_mail
from ._dtype import as_dtype
from ._memory import asarray, handle, normalize_axis, operand, pinned, shape_tuple, wrap
from ._ufunc import NoValue, matrix_product, out_argument, ufunc  # noqa: F401 - the generated wrappers use them

_REDUCTIONS = {name: i for i, name in enumerate(_js.reductions().split())}
_ALONG = {name: i for i, name in enumerate(_js.alongs().split())}


def unsupported(function, argument, value):
    """The error for an argument that NumPy has and this package has not."""
    return NotImplementedError(f'numpy.{function}: the argument {argument}={value!r} is not supported here')


def reduction(name, a, axis=None, dtype=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue, ddof=0, **more):
    """sum, mean, max and their kin."""
    if more:
        if more.get('correction', NoValue) is not NoValue:
            if ddof:
                raise ValueError("ddof and correction can't be provided simultaneously.")
            ddof = more['correction']
        if more.get('mean', NoValue) is not NoValue:
            return _spread_around(name, a, more['mean'], axis, dtype, out, ddof, keepdims, where)
    a = asarray(a)
    if isinstance(axis, tuple) and axis and not a._shape:
        normalize_axis(axis[0], 0)
    out = out_argument(out)
    mask = ABSENT
    held = None
    if where is not NoValue and where is not True:
        held = asarray(where)
        mask = handle(held)
    start = ABSENT if initial is NoValue or initial is None else operand(initial, 1)
    h = handle(a)
    target = ABSENT if out is None else handle(out)
    code = -1 if dtype is None else as_dtype(dtype).code
    # keepdims of anything but a truth value is a mistake that NumPy reports.
    keep = 0 if keepdims is NoValue else int(bool(keepdims))
    made = wrap(_js.reduce(_REDUCTIONS[name], h, axes_to_mail(axis), code, keep, start, mask, target, ddof))
    del held
    return made if out is None else out


def _spread_around(name, a, mean, axis, dtype, out, ddof, keepdims, where):
    """var and std around a mean that is known already."""
    from . import _wrappers as w

    a = asarray(a)
    a = a.astype(dtype) if dtype is not None else a if a.dtype.kind == 'f' else a.astype(float)
    distance = a - mean
    total = w.sum(distance * distance, axis=axis, keepdims=keepdims, where=where)
    counted = (a == a) | (a != a)
    if where is not NoValue and where is not True:
        counted = counted & where
    count = w.sum(counted, axis=axis, keepdims=keepdims)
    made = total / w.maximum(count - ddof, 0)
    made = w.sqrt(made) if name == 'std' else made
    if out is None:
        return made
    out[...] = made
    return out


def along(name, a, axis=NO_AXIS, keepdims=NoValue, dtype=None, out=None, kind=None, order=None, stable=None):
    """argmax, argsort, cumsum and their kin."""
    if order is not None:
        raise ValueError('Cannot specify order when the array has no fields.')
    if kind is not None and kind not in ('quicksort', 'heapsort', 'mergesort', 'stable', 'Q', 'H', 'M', 'S', 'q', 'h', 'm', 's'):
        raise ValueError(f"sort kind must be one of 'quick', 'heap', or 'stable' (got '{kind}')")
    if kind is not None and stable is not None:
        raise ValueError("`kind` and keyword parameters can't be provided at the same time. Use only one of them.")
    a = asarray(a)
    out = out_argument(out)
    h = handle(a)
    target = ABSENT if out is None else handle(out)
    code = -1 if dtype is None else as_dtype(dtype).code
    keep = 0 if keepdims is NoValue else int(bool(keepdims))
    made = wrap(_js.along(_ALONG[name], h, NO_AXIS if axis is None else index(axis), keep, code, target))
    return made if out is None else out


def filled(name, shape, dtype=None, order='C', device=None, like=None):
    """zeros, ones, empty."""
    from ._creation import check_order
    from ._creation import filled as fill

    check_order(order)
    if like is not None:
        raise unsupported(name, 'like', like)
    return fill(1 if name == 'ones' else 0, shape, as_dtype(dtype), order)


def filled_like(name, a, dtype=None, order='K', subok=True, shape=None, device=None):
    """zeros_like, ones_like, empty_like."""
    from ._creation import filled as fill

    a = asarray(a)
    return fill(1 if name == 'ones_like' else 0, a._shape if shape is None else shape_tuple(shape), a.dtype if dtype is None else as_dtype(dtype))


def product(name, a, b, out=None):
    """dot."""
    target = out_argument(out)
    left = pinned(a, 0)
    right = pinned(b, 1)
    made = wrap(_js.product(0, left, right, ABSENT if target is None else handle(target)))
    return made if target is None else target


def inverse(name, a):
    """linalg.inv."""
    return wrap(_js.inv(pinned(a, 0)))


def determinant(name, a):
    """linalg.det."""
    return wrap(_js.det(pinned(a, 0)))


def solution(name, a, b):
    """linalg.solve."""
    return wrap(_js.solve(pinned(a, 0), pinned(b, 1)))


_ORDERS = {None: 0, 'fro': 1, 'f': 1, 'nuc': 2}


def norm(name, x, ord=None, axis=None, keepdims=False):
    """linalg.norm."""
    a = asarray(x)
    if axis is not None and not isinstance(axis, tuple):
        try:
            axis = int(axis)
        except Exception as error:
            raise TypeError("'axis' must be None, an integer or a tuple of integers") from error
    kind, number = 0, ABSENT
    if isinstance(ord, str) or ord is None:
        if ord not in _ORDERS:
            rank = len(a._shape) if axis is None else len(axis) if isinstance(axis, tuple) else 1
            words = f"Invalid norm order '{ord}' for vectors" if rank == 1 else 'Invalid norm order for matrices.'
            raise ValueError(words)
        kind = _ORDERS[ord]
    else:
        number = operand(float(ord), 1)
    return wrap(_js.norm(handle(a), kind, number, axes_to_mail(axis), int(bool(keepdims))))




def matmul_ufunc(name, x1, b, out=None, axes=NoValue, axis=NoValue, keepdims=False, casting='same_kind', order='K', dtype=None, subok=True, signature=None):
    """matmul."""
    for argument, value in (('axes', axes), ('axis', axis)):
        if value is not NoValue:
            raise unsupported(name, argument, value)
    made = matrix_product(x1, b, out)
    return made if dtype is None else made.astype(dtype)
