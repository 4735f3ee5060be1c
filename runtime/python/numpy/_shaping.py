"""What an array is and how its shape changes: shapes, views, joining, repeating. Short compositions."""

import builtins
from operator import index

import _tensorlift_bridge as _js

from ._bridge import mail
from ._creation import array
from ._dtype import as_dtype, can_cast_dtype, promote_dtypes
from ._memory import Memory, asarray, handle, normalize_axis, set_writeable, shape_tuple, view_of, wrap
from ._scalars import generic


# ── what an array is ────────────────────────────────────────────────────────────────────────────────────────────────
def shape(a):
    """The shape as a tuple."""
    return asarray(a)._shape


def ndim(a):
    """The number of axes."""
    return len(asarray(a)._shape)


def size(a, axis=None):
    """The number of elements, or the length of an axis."""
    return asarray(a).size if axis is None else asarray(a)._shape[axis]


def result_type(*arrays_and_dtypes):
    """The dtype that an operation on all of these would give."""
    if not arrays_and_dtypes:
        raise ValueError('at least one array or dtype is required')
    strong, weak = None, []
    for item in arrays_and_dtypes:
        if type(item) in (builtins.bool, int, float):
            weak.append(type(item))
            continue
        dtype = item.dtype if isinstance(item, (Memory, generic)) else _dtype_or_array(item)
        strong = dtype if strong is None else promote_dtypes(strong, dtype)
    for kind in weak:
        own = as_dtype(kind)
        if strong is None:
            strong = own
        elif kind is int and strong.kind == 'b' or kind is float and strong.kind != 'f':
            strong = promote_dtypes(strong, own)
    return strong


def _dtype_or_array(item):
    if isinstance(item, (list, tuple)):
        return asarray(item).dtype
    return as_dtype(item)


def promote_types(type1, type2):
    """The smallest dtype to which both can be cast safely."""
    return promote_dtypes(as_dtype(type1), as_dtype(type2))


def can_cast(from_, to, casting='safe'):
    """Whether a cast is allowed by a rule."""
    if type(from_) in (builtins.bool, int, float, complex):
        raise TypeError("can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the future.")
    source = from_.dtype if isinstance(from_, (Memory, generic)) else as_dtype(from_)
    return can_cast_dtype(source, as_dtype(to), casting)


def isscalar(element):
    """Whether this is a scalar rather than an array."""
    return isinstance(element, (generic, int, float, complex, str, bytes))


def iterable(y):
    """Whether this can be iterated over."""
    try:
        iter(y)
    except TypeError:
        return False
    return True


# ── other shapes ────────────────────────────────────────────────────────────────────────────────────────────────────
def reshape(a, /, shape, order='C', *, copy=None):
    """The same values with another shape; a view where possible."""
    return asarray(a).reshape(shape, order=order, copy=copy)


def ravel(a, order='C'):
    """One dimension; a view where possible."""
    return asarray(a).ravel(order)


def transpose(a, axes=None):
    """A view with the axes permuted, reversed by default."""
    return asarray(a).transpose(axes)


def swapaxes(a, axis1, axis2):
    """A view with two axes exchanged."""
    return asarray(a).swapaxes(axis1, axis2)


def squeeze(a, axis=None):
    """A view without the axes of length 1."""
    return asarray(a).squeeze(axis)


def _axis_tuple(axis, n, name=None):
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    try:
        found = [normalize_axis(i, n) for i in axes]
    except ValueError as error:
        raise type(error)(f'{name}: {error}') if name else error from None
    if len(set(found)) != len(found):
        raise ValueError(f'repeated axis in `{name}` argument' if name else 'repeated axis')
    return found


def moveaxis(a, source, destination):
    """A view with axes moved to other positions."""
    a = asarray(a)
    n = len(a._shape)
    start, end = _axis_tuple(source, n, 'source'), _axis_tuple(destination, n, 'destination')
    if len(start) != len(end):
        raise ValueError('`source` and `destination` arguments must have the same number of elements')
    order = [i for i in range(n) if i not in start]
    for to, axis in sorted(zip(end, start, strict=True)):
        order.insert(to, axis)
    return a.transpose(order)


def expand_dims(a, axis):
    """A view with new axes of length 1."""
    a = asarray(a)
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    n = len(a._shape) + len(axes)
    places = _axis_tuple(axes, n)
    lengths = iter(a._shape)
    return a.reshape([1 if i in places else next(lengths) for i in range(n)])


def broadcast_to(array, shape, subok=False):
    """A read-only view that repeats an array without copying it."""
    a = asarray(array)
    target = shape_tuple(shape)
    lead = len(target) - len(a._shape)
    fits = lead >= 0 and builtins.all(n in (1, m) for n, m in zip(a._shape, target[builtins.max(lead, 0) :], strict=False))
    if not fits:
        if lead < 0:
            raise ValueError('input operand has more dimensions than allowed by the axis remapping')
        words = ' '.join(_joined(s) for s in (a._shape, target))
        raise ValueError(
            f'operands could not be broadcast together with remapped shapes [original->remapped]: {words.split(" ")[0]}  and requested shape {_joined(target)}'
        )
    strides = (0,) * lead + tuple(0 if n == 1 and m != 1 else s for n, m, s in zip(a._shape, target[lead:], a._strides, strict=True))
    made = view_of(a, a._first, target, strides)
    set_writeable(made, False)
    return made


def _joined(shape):
    return f'({shape[0]},)' if len(shape) == 1 else '(' + ','.join(map(str, shape)) + ')'


def broadcast_shapes(*args):
    """The shape that arrays of these shapes broadcast to."""
    shapes = [shape_tuple(s) for s in args]
    rank = builtins.max(map(len, shapes), default=0)
    result = [1] * rank
    for k, s in enumerate(shapes):
        for i, n in enumerate(s, rank - len(s)):
            if n not in (1, result[i]):
                if result[i] != 1:
                    raise ValueError(
                        'shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with '
                        f'shape {shapes[0]} and arg {k} with shape {s}.'
                    )
                result[i] = n
    return tuple(result)


def broadcast_arrays(*args, subok=False):
    """Views of all arrays under one shape."""
    made = [asarray(a) for a in args]
    common = broadcast_shapes(*(a._shape for a in made))
    return tuple(a if a._shape == common else broadcast_to(a, common) for a in made)


def atleast_1d(*arys):
    """Arrays with one axis or more."""
    made = tuple(a if a._shape else a.reshape(1) for a in map(asarray, arys))
    return made[0] if len(made) == 1 else made


def atleast_2d(*arys):
    """Arrays with two axes or more."""
    made = tuple(a if len(a._shape) > 1 else a.reshape((1, a.size)) for a in map(asarray, arys))
    return made[0] if len(made) == 1 else made


def atleast_3d(*arys):
    """Arrays with three axes or more."""
    made = []
    for a in map(asarray, arys):
        n = len(a._shape)
        made.append(a.reshape((1, a.size, 1)) if n < 2 else a[:, :, None] if n == 2 else a)
    return made[0] if len(made) == 1 else tuple(made)


# ── joining and repeating ───────────────────────────────────────────────────────────────────────────────────────────
def concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'):
    """Joins arrays along an axis."""
    parts = [asarray(a) for a in arrays]
    if not parts:
        raise ValueError('need at least one array to concatenate')
    if out is not None and dtype is not None:
        raise TypeError('concatenate() only takes `out` or `dtype` as an argument, but both were provided.')
    if axis is None:
        parts, axis = [a.reshape(-1) for a in parts], 0
    n = len(parts[0]._shape)
    if n == 0:
        raise ValueError('zero-dimensional arrays cannot be concatenated')
    at = normalize_axis(axis, n)
    for k, a in enumerate(parts):
        if len(a._shape) != n:
            raise ValueError(
                'all the input arrays must have same number of dimensions, but the array at index 0 has '
                f'{n} dimension(s) and the array at index {k} has {len(a._shape)} dimension(s)'
            )
        for i in range(n):
            if i != at and a._shape[i] != parts[0]._shape[i]:
                raise ValueError(
                    'all the input array dimensions except for the concatenation axis must match exactly, but along '
                    f'dimension {i}, the array at index 0 has size {parts[0]._shape[i]} and the array at index {k} has size '
                    f'{a._shape[i]}'
                )
    kind = result_type(*(a.dtype for a in parts)) if dtype is None else as_dtype(dtype)
    for a in parts:
        if dtype is not None and not can_cast_dtype(a.dtype, kind, casting):
            raise TypeError(f"Cannot cast array data from {a.dtype!r} to {kind!r} according to the rule '{casting}'")
    made = _concatenate(parts, at, kind)
    if out is None:
        return made
    out[...] = made
    return out


def _concatenate(parts, axis, dtype):
    """In portions that fit the mailbox."""
    if len(parts) > 200:
        parts = [_concatenate(parts[i : i + 200], axis, dtype) for i in range(0, len(parts), 200)]
        return _concatenate(parts, axis, dtype)
    handles = [handle(a) for a in parts]
    for i, h in enumerate(handles):
        mail[i] = h
    return wrap(_js.concat(len(parts), axis, dtype.code))


def _checked_sequence(tup, name):
    if not hasattr(tup, '__getitem__'):
        raise TypeError('arrays to stack must be passed as a "sequence" type such as list or tuple.')
    return tup


def stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind'):
    """Joins arrays along a new axis."""
    parts = [asarray(a) for a in arrays]
    if not parts:
        raise ValueError('need at least one array to stack')
    if len({a._shape for a in parts}) != 1:
        raise ValueError('all input arrays must have the same shape')
    at = normalize_axis(axis, len(parts[0]._shape) + 1)
    return concatenate([expand_dims(a, at) for a in parts], axis=at, out=out, dtype=dtype, casting=casting)


def vstack(tup, *, dtype=None, casting='same_kind'):
    """Stacks arrays as rows."""
    rows = [atleast_2d(a) for a in _checked_sequence(tup, 'vstack')]
    return concatenate(rows, 0, dtype=dtype, casting=casting)


def hstack(tup, *, dtype=None, casting='same_kind'):
    """Joins arrays along the second axis (the first for vectors)."""
    parts = [atleast_1d(a) for a in _checked_sequence(tup, 'hstack')]
    return concatenate(parts, 0 if parts and len(parts[0]._shape) == 1 else 1, dtype=dtype, casting=casting)


def column_stack(tup):
    """Stacks vectors as columns."""
    parts = [asarray(a) for a in _checked_sequence(tup, 'column_stack')]
    return concatenate([a if len(a._shape) > 1 else a.reshape((-1, 1)) for a in parts], 1)


def tile(A, reps):
    """Repeats an array along its axes."""
    reps = tuple(map(index, reps)) if hasattr(reps, '__iter__') else (index(reps),)
    a = asarray(A)
    if builtins.all(n == 1 for n in reps):
        return array(a, copy=True, ndmin=len(reps))
    rank = builtins.max(len(reps), len(a._shape))
    reps = (1,) * (rank - len(reps)) + reps
    lengths = (1,) * (rank - len(a._shape)) + a._shape
    pairs = [n for pair in zip(reps, lengths, strict=True) for n in pair]
    ones = [n for length in lengths for n in (1, length)]
    final = tuple(n * r for n, r in zip(lengths, reps, strict=True))
    return broadcast_to(a.reshape(ones), pairs).copy().reshape(final)


def repeat(a, repeats, axis=None):
    """Repeats each element."""
    a = asarray(a)
    if axis is None:
        a, axis = a.reshape(-1), 0
    elif not a._shape:
        a = a.reshape(1)
    at = normalize_axis(axis, len(a._shape))
    n = a._shape[at]
    counts = asarray(repeats)
    if counts.size == 1:
        counts = [int(counts.reshape(-1)[0])] * n
    else:
        counts = counts.tolist()
    if len(counts) != n:
        raise ValueError(f'operands could not be broadcast together with shape ({n},) ({len(counts)},)')
    if builtins.any(c < 0 for c in counts):
        raise ValueError('repeats may not contain negative values.')
    places = array([i for i, c in zip(range(n), counts, strict=True) for _ in range(c)], dtype='int64')
    return a[(slice(None),) * at + (places,)]


def append(arr, values, axis=None):
    """Joins values to the end of an array."""
    a, v = asarray(arr), asarray(values)
    if axis is None:
        return concatenate((a.reshape(-1), v.reshape(-1)))
    return concatenate((a, v), axis=axis)


def flip(m, axis=None):
    """A view with the elements of axes reversed."""
    m = asarray(m)
    n = len(m._shape)
    axes = range(n) if axis is None else _axis_tuple(axis, n)
    return m[tuple(slice(None, None, -1) if i in axes else slice(None) for i in range(n))]


def roll(a, shift, axis=None):
    """Shifts elements along an axis; those that fall off come back at the other end."""
    a = asarray(a)
    if axis is None:
        return roll(a.reshape(-1), shift, 0).reshape(a._shape)
    if isinstance(axis, tuple) or isinstance(shift, tuple):
        axes = axis if isinstance(axis, tuple) else (axis,) * len(shift)
        shifts = shift if isinstance(shift, tuple) else (shift,) * len(axes)
        for s, x in zip(shifts, axes, strict=True):
            a = roll(a, s, x)
        return a
    at = normalize_axis(axis, len(a._shape))
    n = a._shape[at]
    if n == 0:
        return a.copy()
    cut = (n - shift) % n
    lead = (slice(None),) * at
    return concatenate((a[lead + (slice(cut, None),)], a[lead + (slice(None, cut),)]), at)
