"""Reductions that pass over NaN."""

import warnings

from . import _functions as f
from ._calls import NoValue
from ._memory import Memory, asarray


def _without(a, value):
    """The array with NaN replaced, and where it was; integers have none."""
    a = asarray(a)
    if a.dtype.kind != 'f':
        return a, None
    mask = f.isnan(a)
    return f.where(mask, asarray(value).astype(a.dtype), a), mask


def _more(**given):
    return {name: value for name, value in given.items() if value is not NoValue}


def nansum(a, axis=None, dtype=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Sum; NaN counts as 0."""
    return f.sum(_without(a, 0.0)[0], axis=axis, dtype=dtype, out=out, **_more(keepdims=keepdims, initial=initial, where=where))


def nanprod(a, axis=None, dtype=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Product; NaN counts as 1."""
    return f.prod(_without(a, 1.0)[0], axis=axis, dtype=dtype, out=out, **_more(keepdims=keepdims, initial=initial, where=where))


def _extreme(reduce, worst, a, axis, out, **given):
    # NumPy says "slice" of arrays and "axis" of what has to become one.
    what = 'slice' if isinstance(a, Memory) else 'axis'
    filled, mask = _without(a, worst)
    more = _more(**given)
    found = reduce(filled, axis=axis, out=out, **more)
    if mask is None:
        return found
    more.pop('initial', None)
    empty = f.all(mask, axis=axis, **more)
    if f.any(empty) and given['initial'] is NoValue:
        warnings.warn(f'All-NaN {what} encountered', RuntimeWarning, stacklevel=3)
        found = f.where(empty, asarray(float('nan')).astype(filled.dtype), found)
        found = found if found.ndim else found[()]
        if out is not None:
            out[...] = found
            return out
    return found


def nanmax(a, axis=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Largest value; NaN where there is nothing else."""
    return _extreme(f.max, float('-inf'), a, axis, out, keepdims=keepdims, initial=initial, where=where)


def nanmin(a, axis=None, out=None, keepdims=NoValue, initial=NoValue, where=NoValue):
    """Smallest value; NaN where there is nothing else."""
    return _extreme(f.min, float('inf'), a, axis, out, keepdims=keepdims, initial=initial, where=where)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=NoValue, *, where=NoValue):
    """Mean of what is not NaN."""
    filled, mask = _without(a, 0.0)
    more = _more(keepdims=keepdims, where=where)
    if mask is None:
        return f.mean(filled, axis=axis, dtype=dtype, out=out, **more)
    count = f.sum(~mask, axis=axis, **more)
    total = f.sum(filled, axis=axis, dtype=dtype, **more)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        found = (total / count).astype(total.dtype)
    if f.any(count == 0):
        warnings.warn('Mean of empty slice', RuntimeWarning, stacklevel=2)
    if out is not None:
        out[...] = found
        return out
    return found
