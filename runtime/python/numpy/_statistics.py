"""Counting and order statistics: averages, medians, quantiles, histograms, searches. Compositions of the other functions."""

import bisect
import builtins
import warnings

from . import _functions as f
from ._creation import array, linspace, zeros
from ._indexing import accumulate_at
from ._memory import Memory, asarray, normalize_axis
from ._scalars import generic
from ._ufunc import NoValue, out_argument


def _axes(axis, ndim, prefix=''):
    given = axis if isinstance(axis, (tuple, list)) else (axis,)
    found = tuple(normalize_axis(i, ndim, prefix) for i in given)
    if len(set(found)) != len(found):
        raise ValueError('repeated axis in `axis` argument')
    return found


def average(a, axis=None, weights=None, returned=False, *, keepdims=NoValue):
    """The mean, or the weighted mean."""
    a = asarray(a)
    keep = {} if keepdims is NoValue else {'keepdims': keepdims}
    axes = None if axis is None else _axes(axis, a.ndim, 'axis: ')
    if weights is None:
        mean = f.mean(a, axes, **keep)
        total = asarray(mean).dtype.type(a.size / asarray(mean).size)
    else:
        weights = _weights(asarray(weights), a, axes)
        dtype = f.result_type(a.dtype, weights.dtype, *(['float64'] if a.dtype.kind != 'f' else []))
        total = f.sum(weights, axis=axes, dtype=dtype, **keep)
        if f.any(total == 0.0):
            raise ZeroDivisionError("Weights sum to zero, can't be normalized")
        mean = f.sum(f.multiply(a, weights, dtype=dtype), axis=axes, **keep) / total
    if not returned:
        return mean
    shape = asarray(mean)._shape
    return mean, total if asarray(total)._shape == shape else f.broadcast_to(total, shape).copy()


def _weights(weights, a, axes):
    """The weights under a shape that broadcasts with `a`."""
    if weights._shape == a._shape:
        return weights
    if axes is None:
        raise TypeError('Axis must be specified when shapes of a and weights differ.')
    if weights._shape != tuple(a._shape[i] for i in axes):
        raise ValueError('Shape of weights must be consistent with shape of a along specified axis.')
    ordered = weights.transpose(f.argsort(axes).tolist())
    return ordered.reshape(tuple(n if i in axes else 1 for i, n in enumerate(a._shape)))


# ── quantiles ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _lines(a, axis, keepdims):
    """The reduced axes as one, the last; and the shape of a result."""
    a = asarray(a)
    axes = tuple(range(a.ndim)) if axis is None else _axes(axis, a.ndim)
    kept = [i for i in range(a.ndim) if i not in axes]
    lines = a.transpose(kept + list(axes)).reshape(tuple(a._shape[i] for i in kept) + (-1 if a.size else f.prod([a._shape[i] for i in axes], dtype=int).item(),))
    shape = tuple(1 if i in axes else n for i, n in enumerate(a._shape)) if keepdims else lines._shape[:-1]
    return lines, shape


def _delivered(made, out):
    if out is None:
        return made[()] if made.ndim == 0 else made
    out_argument(out)[...] = made
    return out


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The middle value, or the mean of the two middle ones."""
    lines, shape = _lines(a, axis, keepdims)
    n = lines._shape[-1]
    if n == 0:
        return _delivered(asarray(f.mean(lines, axis=-1)).reshape(shape), out)
    ordered = f.sort(lines, axis=-1)
    middle = ordered[..., n // 2 if n % 2 else n // 2 - 1 : n // 2 + 1]
    made = asarray(f.mean(middle, axis=-1))
    if lines.dtype.kind == 'f':
        # NaN is sorted to the end, and decides.
        made = f.where(f.isnan(ordered[..., -1]), ordered[..., -1], made)
    made = asarray(made).reshape(shape)
    return made if keepdims and out is None else _delivered(made, out)


#: Where the quantile q of n values lies among them, by the methods that take one of the values or the middle of two.
_PLACES = {'lower': f.floor, 'higher': f.ceil, 'nearest': f.rint}


def _quantiles(a, q, axis, keepdims, method):
    if method not in ('linear', 'midpoint', *_PLACES):
        raise NotImplementedError(f'numpy.quantile: the argument method={method!r} is not supported here')
    lines, shape = _lines(a, axis, keepdims)
    if lines.dtype.kind == 'b' and method in ('linear', 'midpoint'):
        raise TypeError(
            'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, '
            'or the logical_xor function instead.'
        )
    n = lines._shape[-1]
    if n == 0:
        raise IndexError('index -1 is out of bounds for axis 0 with size 0')
    ordered = f.sort(lines, axis=-1)
    place = q.reshape(-1) * (n - 1)
    if method in _PLACES:
        place = _PLACES[method](place)
    elif method == 'midpoint':
        place = 0.5 * (f.floor(place) + f.ceil(place))
    low = f.floor(place).astype(int)
    high = f.minimum(low + 1, n - 1)
    below, above = f.take(ordered, low, axis=-1), f.take(ordered, high, axis=-1)
    if method in _PLACES:
        made = below
    else:
        part = asarray(place - low).astype(place.dtype)
        step = f.subtract(above, below)
        # From the nearer side, so that equal values stay equal.
        made = f.where(part >= 0.5, above - step * (1 - part), below + step * part)
    if lines.dtype.kind == 'f':
        last = ordered[..., -1:]
        made = f.where(f.isnan(last), last, made)
    return f.moveaxis(made, -1, 0).reshape(q._shape + shape)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """The values below which given fractions of the elements lie."""
    return _checked_quantiles(asarray(a), q, 1, 'Quantiles must be in the range [0, 1]', axis, out, method, keepdims, weights)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """The values below which given percentages of the elements lie."""
    return _checked_quantiles(asarray(a), q, 100, 'Percentiles must be in the range [0, 100]', axis, out, method, keepdims, weights)


def _checked_quantiles(a, q, whole, words, axis, out, method, keepdims, weights):
    if weights is not None:
        raise NotImplementedError('numpy.quantile: weights= is not supported here')
    # A Python number leaves floats in their dtype, though the places are worked out in float64.
    weak = isinstance(q, (int, float)) and not isinstance(q, generic) and a.dtype.kind == 'f'
    q = asarray(f.divide(q, whole))
    if not f.all((q >= 0) & (q <= 1)):
        raise ValueError(words)
    made = _quantiles(a, q, axis, keepdims, method)
    return _delivered(made.astype(a.dtype) if weak else made, out)


# ── counting ────────────────────────────────────────────────────────────────────────────────────────────────────────
def bincount(x, /, weights=None, minlength=0):
    """How often each non-negative integer occurs."""
    given, x = x, asarray(x)
    if x.ndim > 1 and not isinstance(given, Memory):
        raise ValueError('setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 1.')
    if x.ndim != 1:
        raise ValueError('object of too small depth for desired array' if x.ndim == 0 else 'object too deep for desired array')
    if x.dtype.kind == 'f' and isinstance(given, Memory):
        raise TypeError(f"Cannot cast array data from {x.dtype!r} to dtype('int64') according to the rule 'safe'")
    if x.dtype.kind == 'f' and x.size:
        words = 'Non-integer input passed to bincount. In a future version of NumPy, this will be an error. (Deprecated NumPy 2.1)'
        warnings.warn(words, DeprecationWarning, stacklevel=2)
    if minlength < 0:
        raise ValueError("'minlength' must not be negative")
    x = x.astype(int)
    if x.size and x.min() < 0:
        raise ValueError("'list' argument must have no negative elements")
    length = builtins.max(int(minlength), int(x.max()) + 1 if x.size else 0)
    if weights is None:
        made, weights = zeros(length, int), 1
    else:
        made, weights = zeros(length), asarray(weights).astype(float)
        if weights._shape != x._shape:
            raise ValueError("The weights and list don't have the same length.")
    if x.size:
        accumulate_at(made, x, weights)
    return made


def searchsorted(a, v, side='left', sorter=None):
    """Where values would have to stand so that a sorted array stays sorted."""
    a, v = asarray(a), asarray(v)
    if a.ndim != 1:
        raise ValueError('object of too small depth for desired array' if a.ndim == 0 else 'object too deep for desired array')
    if side not in ('left', 'right', 'l', 'r'):
        raise ValueError(f"search side must be 'left' or 'right' (got '{side}')")
    if sorter is not None:
        a = a[asarray(sorter)]
    common = f.result_type(a.dtype, v.dtype)
    # NaN stands behind everything.
    key = (lambda x: (x != x, x)) if common.kind == 'f' else None
    search = bisect.bisect_left if side[0] == 'l' else bisect.bisect_right
    values = a.astype(common).tolist()
    if key:
        values = [key(x) for x in values]
    found = [search(values, key(x) if key else x) for x in v.astype(common).reshape(-1).tolist()]
    made = array(found, dtype=int).reshape(v._shape)
    return made if v.ndim else made[()]


def digitize(x, bins, right=False):
    """The number of the bin of each value; bins rise or fall."""
    x, bins = asarray(x), asarray(bins)
    if bins.ndim != 1:
        raise ValueError('object of too small depth for desired array' if bins.ndim == 0 else 'object too deep for desired array')
    steps = bins[1:] >= bins[:-1]
    if f.all(steps):
        return searchsorted(bins, x, side='left' if right else 'right')
    if not f.all(bins[1:] <= bins[:-1]):
        raise ValueError('bins must be monotonically increasing or decreasing')
    return len(bins) - searchsorted(bins[::-1], x, side='right' if right else 'left')


def _outer_edges(a, given):
    if given is not None:
        first, last = given
        if first > last:
            raise ValueError('max must be larger than min in range parameter.')
        if not (f.isfinite(first) and f.isfinite(last)):
            raise ValueError(f'supplied range of [{first}, {last}] is not finite')
    elif a.size == 0:
        first, last = 0, 1
    else:
        first, last = a.min(), a.max()
        if not (f.isfinite(first) and f.isfinite(last)):
            raise ValueError(f'autodetected range of [{first}, {last}] is not finite')
    if first == last:
        first, last = first - 0.5, last + 0.5
    return first, last


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges of the bins of a histogram."""
    return _bins(asarray(a).reshape(-1), bins, range)[0]


def _bins(a, bins, given):
    """The edges; and whether the bins are equally wide, which has a rounding of its own."""
    if isinstance(bins, str):
        raise NotImplementedError(f'numpy.histogram: the argument bins={bins!r} is not supported here')
    if asarray(bins).ndim == 1:
        edges = asarray(bins)
        if f.any(edges[:-1] > edges[1:]):
            raise ValueError('`bins` must increase monotonically, when an array')
        return edges, None
    if asarray(bins).ndim:
        raise ValueError('`bins` must be 1d, when an array')
    try:
        n = bins.__index__()
    except AttributeError:
        raise TypeError('`bins` must be an integer, a string, or an array') from None
    if n < 1:
        raise ValueError('`bins` must be positive, when an integer')
    first, last = _outer_edges(a, given)
    kind = f.result_type(first, last, a)
    return linspace(first, last, n + 1, endpoint=True, dtype=kind if kind.kind == 'f' else float), (first, last, n)


def histogram(a, bins=10, range=None, density=None, weights=None):
    """How many values fall into each bin, and the edges of the bins."""
    a = asarray(a)
    if a.dtype.kind == 'b':
        warnings.warn("Converting input from bool to <class 'numpy.uint8'> for compatibility.", RuntimeWarning, stacklevel=2)
        a = a.astype('uint8')
    if weights is not None:
        weights = asarray(weights)
        if weights._shape != a._shape:
            raise ValueError('weights should have the same shape as a.')
        weights = weights.reshape(-1)
    a = a.reshape(-1)
    edges, uniform = _bins(a, bins, range)
    counts = _counted(a, edges, weights) if uniform is None else _equal_bins(a, edges, weights, *uniform)
    if weights is None:
        counts = counts.astype(int)
    if density:
        counts = counts / array(f.diff(edges), dtype=float) / f.sum(counts)
    return counts, edges


def _equal_bins(a, edges, weights, first, last, n):
    inside = (a >= first) & (a <= last)
    values = a[inside]
    share = weights if weights is None else weights[inside]
    values = values.astype(edges.dtype)
    if a.dtype.kind != 'f':
        # Narrow integers would overflow.
        first, last = array(first).item(), array(last).item()
    at = f.minimum((f.subtract(values, first) / f.subtract(last, first) * n).astype(int), n - 1)
    # What the division put on the wrong side of an edge.
    at = at - (values < edges[at])
    at = at + ((values >= edges[at + 1]) & (at != n - 1))
    counts = bincount(at, weights=share, minlength=n)
    return counts if weights is None else counts.astype(f.result_type(weights, 'float64') if weights.dtype.kind == 'f' else weights.dtype)


def _counted(a, edges, weights):
    if weights is None:
        ordered = f.sort(a)
        return f.diff(f.concatenate([searchsorted(ordered, edges[:-1], 'left'), searchsorted(ordered, edges[-1:], 'right')]))
    order = f.argsort(a)
    running = f.concatenate([zeros(1, weights.dtype), f.cumsum(weights[order])])
    ordered = a[order]
    places = f.concatenate([searchsorted(ordered, edges[:-1], 'left'), searchsorted(ordered, edges[-1:], 'right')])
    return f.diff(running[places])


# ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def dstack(tup):
    """Joins arrays along a third axis."""
    return f.concatenate([f.atleast_3d(part) for part in tup], 2)


def array_split(ary, indices_or_sections, axis=0):
    """Views of consecutive parts, nearly equal ones for a number."""
    ary = asarray(ary)
    n = ary._shape[axis]
    try:
        cuts = [0, *list(indices_or_sections), n]
    except TypeError:
        sections = int(indices_or_sections)
        if sections <= 0:
            raise ValueError('number sections must be larger than 0.') from None
        each, extra = divmod(n, sections)
        cuts = [i * each + builtins.min(i, extra) for i in builtins.range(sections + 1)]
    swapped = ary.swapaxes(axis, 0)
    return [swapped[start:end].swapaxes(axis, 0) for start, end in zip(cuts[:-1], cuts[1:], strict=True)]


def split(ary, indices_or_sections, axis=0):
    """Views of consecutive parts, equal ones for a number."""
    if not hasattr(indices_or_sections, '__len__') and asarray(ary)._shape[axis] % indices_or_sections:
        raise ValueError('array split does not result in an equal division')
    return array_split(ary, indices_or_sections, axis)


def hsplit(ary, indices_or_sections):
    """Parts beside each other."""
    ary = asarray(ary)
    if ary.ndim == 0:
        raise ValueError('hsplit only works on arrays of 1 or more dimensions')
    return split(ary, indices_or_sections, 1 if ary.ndim > 1 else 0)


def vsplit(ary, indices_or_sections):
    """Parts one below the other."""
    ary = asarray(ary)
    if ary.ndim < 2:
        raise ValueError('vsplit only works on arrays of 2 or more dimensions')
    return split(ary, indices_or_sections, 0)


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Finite numbers in place of NaN and infinities."""
    from ._finfo import finfo

    made = array(x, copy=True if copy else None)
    if made.dtype.kind == 'f':
        limits = finfo(made.dtype)
        for mask, value in (
            (f.isnan(made), nan),
            (made == float('inf'), limits.max if posinf is None else posinf),
            (made == -float('inf'), limits.min if neginf is None else neginf),
        ):
            made[...] = f.where(mask, value, made)
    return made if made.ndim else made[()]


def interp(x, xp, fp, left=None, right=None, period=None):
    """Values of the straight lines between points."""
    if period is not None:
        raise NotImplementedError('numpy.interp: period= is not supported here')
    xs, ys = (asarray(values).astype(float) for values in (xp, fp))
    if xs.ndim != 1 or ys.ndim != 1:
        raise ValueError('object too deep for desired array')
    if xs.size == 0:
        raise ValueError('array of sample points is empty')
    if xs.size != ys.size:
        raise ValueError('fp and xp are not of the same length.')
    x = asarray(x).astype(float)
    at = f.clip(asarray(searchsorted(xs, x, 'right')) - 1, 0, builtins.max(xs.size - 2, 0))
    if xs.size == 1:
        made = f.where(f.isnan(x), x, ys[0])
    else:
        slope = (ys[at + 1] - ys[at]) / (xs[at + 1] - xs[at])
        made = slope * (x - xs[at]) + ys[at]
        made = f.where(x == xs[-1], ys[-1], made)
    made = f.where(x < xs[0], ys[0] if left is None else left, made)
    made = asarray(f.where(x > xs[-1], ys[-1] if right is None else right, made))
    return made if made.ndim else made[()]

