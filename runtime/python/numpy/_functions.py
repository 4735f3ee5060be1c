"""Functions that are short compositions of others: choosing, comparing, sets. Those about shapes are in _shaping."""

import builtins

import _tensorlift_bridge as _js

from ._bridge import ABSENT
from ._calls import NoValue, unsupported
from ._creation import arange, array, zeros
from ._dtype import can_cast_dtype, float64_dtype
from ._exceptions import bad_output
from ._memory import Memory, asarray, handle, normalize_axis, operand, pinned, view_of, wrap
from ._scalars import generic
from ._shaping import *  # noqa: F403
from ._shaping import broadcast_to, concatenate, moveaxis, ravel, transpose
from ._ufunc import out_argument
from ._wrappers import *  # noqa: F403
from ._wrappers import abs, all, cumsum, isfinite, isnan, max, min, multiply, positive, subtract, sum  # noqa: A004


# ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────────────
def where(condition, x=None, y=None, /):
    """Chooses between two arrays, or the indices of what is true."""
    if x is None and y is None:
        return nonzero(condition)
    if x is None or y is None:
        raise ValueError('either both or neither of x and y should be given')
    codes = operand(condition, 0), operand(x, 1), operand(y, 2)
    return wrap(_js.where(*codes))


def nonzero(a):
    """The indices of what is not zero, one array for each axis."""
    a = asarray(a)
    if not a._shape:
        raise ValueError('Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.')
    return tuple(wrap(_js.nonzero(handle(a))))


def flatnonzero(a):
    """The indices of what is not zero in the flattened array."""
    return nonzero(ravel(a))[0]


def argwhere(a):
    """The indices of what is not zero, one row for each."""
    return transpose(wrap(_js.nonzero(pinned(a, 0))))


def count_nonzero(a, axis=None, *, keepdims=False):
    """How many elements are not zero."""
    found = sum(asarray(a) != 0, axis=axis, keepdims=keepdims)
    return found


def take(a, indices, axis=None, out=None, mode='raise'):
    """Elements along an axis by index."""
    if mode not in ('raise', 'wrap', 'clip'):
        raise ValueError(f"clipmode must be one of 'clip', 'raise', or 'wrap' (got '{mode}')")
    a = asarray(a)
    n = a.size if axis is None else a._shape[normalize_axis(axis, len(a._shape))]
    places = asarray(indices)
    if places.dtype.code == 0 or not places.size and not isinstance(indices, Memory):
        places = places.astype(int)
    if places.size and n == 0:
        raise IndexError('cannot do a non-empty take from an empty axes.')
    if mode != 'raise':
        places = clip(places, 0, n - 1) if mode == 'clip' else places % n
    if axis is None:
        found = a.reshape(-1)[places]
    else:
        found = a[(slice(None),) * normalize_axis(axis, len(a._shape)) + (places,)]
    if out is None:
        return found
    out[...] = found
    return out


def clip(a, a_min=NoValue, a_max=NoValue, out=None, *, min=NoValue, max=NoValue, **kwargs):
    """Values limited to an interval."""
    if a_min is NoValue and a_max is NoValue:
        a_min = None if min is NoValue else min
        a_max = None if max is NoValue else max
    elif a_min is NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    elif a_max is NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    elif min is not NoValue or max is not NoValue:
        raise ValueError('Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.')
    for key, value in kwargs.items():
        if not (key == 'casting' and value == 'same_kind' or key == 'dtype' and value is None):
            raise unsupported('clip', key, value)
    a = asarray(a)
    target = out_argument(out)
    if a_min is None and a_max is None:
        return positive(a, out=target)
    low = ABSENT if a_min is None else operand(a_min, 1)
    high = ABSENT if a_max is None else operand(a_max, 2)
    made = wrap(_js.clip(handle(a), low, high, ABSENT if target is None else handle(target)))
    return made if target is None else target


def diff(a, n=1, axis=-1, prepend=NoValue, append=NoValue):
    """Differences of neighbours along an axis."""
    if n == 0:
        return a
    if n < 0:
        raise ValueError(f'order must be non-negative but got {n!r}')
    a = asarray(a)
    if not a._shape:
        raise ValueError('diff requires input that is at least one dimensional')
    at = normalize_axis(axis, len(a._shape))
    parts = [a]
    for value, before in ((prepend, True), (append, False)):
        if value is NoValue:
            continue
        value = asarray(value)
        if not value._shape:
            value = broadcast_to(value, a._shape[:at] + (1,) + a._shape[at + 1 :])
        parts.insert(0, value) if before else parts.append(value)
    if len(parts) > 1:
        a = concatenate(parts, at)
    lead = (slice(None),) * at
    for _ in range(n):
        later, earlier = a[lead + (slice(1, None),)], a[lead + (slice(None, -1),)]
        a = later != earlier if a.dtype.code == 0 else later - earlier
    return a


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True):
    """The sorted distinct values."""
    from ._creation import arange
    from ._wrappers import argsort

    ar = asarray(ar)
    if axis is not None:
        return _unique_along(ar, normalize_axis(axis, len(ar._shape)), return_index, return_inverse, return_counts)
    flat = ar.reshape(-1)
    order = argsort(flat, kind='stable')
    values = flat[order]
    n = values.size
    first = zeros(n, 'bool')
    if n:
        first[0] = True
        first[1:] = values[1:] != values[:-1]
        if equal_nan and values.dtype.kind == 'f':
            first[1:] = first[1:] & ~(isnan(values[1:]) & isnan(values[:-1]))
    found = [values[first]]
    if return_index:
        found.append(order[first])
    if return_inverse:
        inverse = zeros(n, 'int64')
        inverse[order] = cumsum(first) - 1
        found.append(inverse.reshape(ar._shape))
    if return_counts:
        found.append(diff(concatenate((nonzero(first)[0], arange(n, n + 1)))))
    return found[0] if len(found) == 1 else tuple(found)


def _unique_along(ar, axis, return_index, return_inverse, return_counts):
    """The sorted distinct slices along an axis."""
    slices = moveaxis(ar, axis, 0)
    seen = {}
    for i, row in enumerate(slices):
        seen.setdefault(tuple(asarray(row).reshape(-1).tolist()), []).append(i)
    rows = builtins.sorted(seen)
    first = array([seen[row][0] for row in rows], dtype='int64')
    found = [moveaxis(slices[first], 0, axis)]
    if return_index:
        found.append(first)
    if return_inverse:
        inverse = zeros(slices._shape[0], 'int64')
        for k, row in enumerate(rows):
            inverse[array(seen[row], dtype='int64')] = k
        found.append(inverse)
    if return_counts:
        found.append(array([len(seen[row]) for row in rows], dtype='int64'))
    return found[0] if len(found) == 1 else tuple(found)


# ── comparing ───────────────────────────────────────────────────────────────────────────────────────────────────────
def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether elements are equal within a tolerance."""
    from ._errstate import errstate

    x, y = asarray(a), asarray(b)
    if y.dtype.kind != 'f':
        y = y.astype(float64_dtype)
    with errstate(invalid='ignore'):
        near = abs(x - y) <= atol + rtol * abs(y)
        result = near & isfinite(y) | (x == y)
        if equal_nan:
            result = result | (isnan(x) & isnan(y))
    return result


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether all elements are equal within a tolerance."""
    return builtins.bool(all(isclose(a, b, rtol, atol, equal_nan)))


def array_equal(a1, a2, equal_nan=False):
    """Whether two arrays have the same shape and elements."""
    a, b = asarray(a1), asarray(a2)
    if a._shape != b._shape:
        return False
    same = a == b
    if equal_nan:
        same = same | (isnan(a) & isnan(b))
    return builtins.bool(all(same))


def round(a, decimals=0, out=None):  # noqa: A001
    """Rounds to so many decimals, half to even."""
    from ._wrappers import rint

    a = asarray(a)
    if a.dtype.code == 0 and decimals:
        bad_output('multiply' if decimals > 0 else 'divide', 'float64', 'bool')
    if a.dtype.kind != 'f':
        if decimals >= 0:
            made = a.copy() if a.dtype.code else a.astype('float64')
        else:
            scale = 10**-decimals
            made = (rint(a / scale) * scale).astype(a.dtype)
    elif decimals == 0:
        made = rint(a)
    elif decimals > 0:
        made = rint(a * 10.0**decimals) / 10.0**decimals
    else:
        made = rint(a / 10.0**-decimals) * 10.0**-decimals
    if out is not None:
        out[...] = made
        return out
    return made if isinstance(made, generic) or made._shape else made[()]


around = round


def outer(a, b, out=None):
    """The product of every pair of elements."""
    x, y = asarray(a), asarray(b)
    made = multiply(x.reshape((-1, 1)), y.reshape((1, -1)))
    if out is None:
        return made
    out[...] = made
    return out


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """The sum of a diagonal."""
    a = asarray(a)
    if len(a._shape) < 2:
        raise ValueError('diag requires an array of at least two dimensions')
    moved = moveaxis(a, (axis1, axis2), (-2, -1))
    *rest, n, m = moved._shape
    *steps, row, column = moved._strides
    length = builtins.max(0, builtins.min(n, m - offset) if offset >= 0 else builtins.min(n + offset, m))
    start = (offset * column if offset >= 0 else -offset * row) if length else 0
    diagonals = view_of(moved, moved._first + start, (*rest, length), (*steps, row + column))
    return sum(diagonals, axis=-1, dtype=dtype, out=out)


def tril(m, k=0):
    """Elements above a diagonal become 0."""
    m = asarray(m)
    return where(_below(m, k), m, zeros(1, m.dtype))


def triu(m, k=0):
    """Elements below a diagonal become 0."""
    m = asarray(m)
    return where(_below(m, k - 1), zeros(1, m.dtype), m)


def _below(m, k):
    """Of the last two axes (of a vector: of a square of its length) the places on and below a diagonal."""
    if not m._shape:
        raise TypeError("tri() missing 1 required positional argument: 'N'")
    rows, columns = m._shape[-2:] if len(m._shape) > 1 else m._shape * 2
    return arange(rows)[:, None] >= arange(-k, columns - k)


def ptp(a, axis=None, out=None, keepdims=NoValue):
    """The range of values along an axis."""
    keepdims = False if keepdims is NoValue else keepdims
    return subtract(max(a, axis=axis, keepdims=keepdims), min(a, axis=axis, keepdims=keepdims), out=out)


#: Kinds whose Python scalars an array of a kind takes.
_BELOW = {'b': 'b', 'u': 'bui', 'i': 'bui', 'f': 'buif'}


def copyto(dst, src, casting='same_kind', where=True):
    """Copies values into an array."""
    source = asarray(src)
    weak = isinstance(src, (builtins.bool, int, float)) and not isinstance(src, generic)
    allowed = source.dtype.kind in _BELOW[dst.dtype.kind] if weak else can_cast_dtype(source.dtype, dst.dtype, casting)
    if not allowed:
        what = 'array data' if source._shape else 'scalar'
        raise TypeError(f"Cannot cast {what} from {source.dtype!r} to {dst.dtype!r} according to the rule '{casting}'")
    if where is True:
        dst[...] = src if weak else source
    else:
        mask = broadcast_to(where, dst._shape)
        dst[mask] = broadcast_to(source, dst._shape)[mask]


def shares_memory(a, b, max_work=None):
    """Whether two arrays have an element in common."""
    a, b = asarray(a), asarray(b)
    if (a if a._owner is None else a._owner) is not (b if b._owner is None else b._owner):
        return False
    return not _places(a).isdisjoint(_places(b))


def _places(a):
    spots = {a._first}
    for n, step in zip(a._shape, a._strides, strict=True):
        spots = {s + i * step for s in spots for i in range(n)}
    return {s * a.dtype.itemsize + k for s in spots for k in range(a.dtype.itemsize)}


def may_share_memory(a, b, max_work=None):
    """Whether two arrays might have an element in common."""
    a, b = asarray(a), asarray(b)
    if (a._owner if a._owner is not None else a) is not (b._owner if b._owner is not None else b):
        return False
    (low, high), (start, end) = (_extent(x) for x in (a, b))
    return low < end and start < high


def _extent(a):
    if 0 in a._shape:
        return (0, 0)
    reach = [(n - 1) * step for n, step in zip(a._shape, a._strides, strict=True)]
    low = a._first + builtins.sum(r for r in reach if r < 0)
    high = a._first + builtins.sum(r for r in reach if r > 0)
    return low * a.dtype.itemsize, (high + 1) * a.dtype.itemsize

