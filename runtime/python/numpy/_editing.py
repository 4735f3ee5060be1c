"""Arrays with elements put in, taken out, laid around or set along a diagonal; places as one number or as several."""

import builtins
from operator import index

from . import _functions as f
from ._creation import arange, array, full
from ._memory import asarray, normalize_axis


def _flattened(arr, axis):
    """The array and its axis; without an axis all its elements in a row."""
    arr = asarray(arr)
    if axis is None:
        return arr.reshape(-1), 0
    return arr, normalize_axis(axis, arr.ndim)


def _at(axis, places):
    return (slice(None),) * axis + (places,)


def insert(arr, obj, values, axis=None):
    """A copy with values before places along an axis."""
    arr, axis = _flattened(arr, axis)
    n = arr.shape[axis]
    if isinstance(obj, slice):
        places = arange(*obj.indices(n))
    else:
        places = asarray(obj)
        if places.dtype.kind == 'b':
            if obj.ndim != 1:
                raise ValueError('boolean array argument obj to insert must be one dimensional')
            places = f.flatnonzero(places)
        elif places.ndim > 1:
            raise ValueError('index array argument obj to insert must be one dimensional or scalar')
    values = array(values, dtype=arr.dtype, ndmin=arr.ndim)
    if places.size == 1:
        place = index(places.reshape(-1)[0])
        if place < -n or place > n:
            raise IndexError(f'index {place} is out of bounds for axis {axis} with size {n}')
        place += n if place < 0 else 0
        if places.ndim == 0:
            values = f.moveaxis(values, 0, axis)
        shape = list(arr.shape)
        shape[axis] = values.shape[axis]
        before, after = arr[_at(axis, slice(None, place))], arr[_at(axis, slice(place, None))]
        return f.concatenate((before, f.broadcast_to(values, shape), after), axis=axis)
    if places.size == 0 and not isinstance(obj, slice):
        places = places.astype(int)
    wanted = [index(place) for place in places.reshape(-1)]
    wanted = [place + n if place < 0 else place for place in wanted]
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    target = [0] * len(wanted)
    size = n + len(wanted)
    for shift, i in enumerate(order):
        target[i] = wanted[i] + shift
    for place in target:
        if not -size <= place < size:
            raise IndexError(f'index {place} is out of bounds for axis {axis} with size {size}')
    shape = list(arr.shape)
    shape[axis] = size
    made = f.empty(shape, arr.dtype)
    taken = {place % size for place in target}
    made[_at(axis, target)] = values
    made[_at(axis, [i for i in range(size) if i not in taken])] = arr
    return made


def delete(arr, obj, axis=None):
    """A copy without some places along an axis."""
    arr, axis = _flattened(arr, axis)
    n = arr.shape[axis]
    if isinstance(obj, slice):
        gone = set(range(*obj.indices(n)))
    else:
        places = asarray(obj)
        if places.dtype.kind == 'b':
            if places.shape != (n,):
                raise ValueError(f'boolean array argument obj to delete must be one dimensional and match the axis length of {n}')
            places = f.flatnonzero(places)
        elif places.size == 0:
            places = places.astype(int)
        gone = set()
        for place in places.reshape(-1):
            if not -n <= place < n:
                raise IndexError(f'index {place} is out of bounds for axis {axis} with size {n}')
            gone.add(index(place) % n)
    return arr[_at(axis, array([i for i in range(n) if i not in gone], dtype=int))]


def _pairs(given, n, what):
    """A number, a pair, a pair in a list, or a pair for each axis, as pairs."""
    if isinstance(given, dict):
        pairs = [(0, 0)] * n
        for axis, value in given.items():
            pairs[axis] = (value, value) if isinstance(value, int) else tuple(value)
        return pairs
    given = asarray(given)
    if what == 'pad_width' and given.dtype.kind not in 'iub':
        raise TypeError('`pad_width` must be of integral type.')
    wide = f.broadcast_to(given, (n, 2)).tolist()
    if what == 'pad_width' and builtins.any(side < 0 for pair in wide for side in pair):
        raise ValueError("index can't contain negative values")
    return wide


def _mirror(n, before, after, edge):
    """Places of a reflection; `edge`: the outermost element stands twice."""
    period = 2 * n if edge else builtins.max(2 * n - 2, 1)
    for i in range(-before, n + after):
        at = i % period
        yield at if at < n else period - at - (1 if edge else 0)


_LAID = {
    'edge': lambda n, before, after: (builtins.min(builtins.max(i, 0), n - 1) for i in range(-before, n + after)),
    'wrap': lambda n, before, after: (i % n for i in range(-before, n + after)),
    'reflect': lambda n, before, after: _mirror(n, before, after, False),
    'symmetric': lambda n, before, after: _mirror(n, before, after, True),
}


def pad(array, pad_width, mode='constant', **kwargs):
    """An array with more elements around it."""
    a = asarray(array)
    widths = _pairs(pad_width, a.ndim, 'pad_width')
    known = {'constant': {'constant_values'}, 'reflect': {'reflect_type'}, 'symmetric': {'reflect_type'}}.get(mode, set())
    if mode != 'constant' and mode not in _LAID or kwargs.get('reflect_type', 'even') != 'even':
        raise NotImplementedError(f'numpy.pad: the mode {mode!r} is not supported here; constant, edge, reflect, symmetric and wrap are')
    strange = set(kwargs) - known
    if strange:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {strange}")
    if mode == 'constant':
        values = _pairs(kwargs.get('constant_values', 0), a.ndim, 'constant_values')
        for axis, ((before, after), (left, right)) in enumerate(zip(widths, values, strict=True)):
            shape = list(a.shape)
            parts = []
            for count, value in ((before, left), (after, right)):
                shape[axis] = count
                parts.append(full(shape, value).astype(a.dtype))
            a = f.concatenate((parts[0], a, parts[1]), axis=axis)
        return a
    for axis, (before, after) in enumerate(widths):
        n = a.shape[axis]
        if n == 0 and before + after:
            raise ValueError(f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'")
        a = a[_at(axis, arange(0) if n == 0 else asarray(list(_LAID[mode](n, before, after))))]
    return a.copy()


def fill_diagonal(a, val, wrap=False):
    """Sets the main diagonal, in place."""
    if a.ndim < 2:
        raise ValueError('array must be at least 2-d')
    if a.ndim == 2:
        rows, columns = a.shape
        places = range(0, rows * columns if wrap else builtins.min(rows, columns) * (columns + 1), columns + 1)
        at = [[place // columns for place in places], [place % columns for place in places]]
    else:
        if len(set(a.shape)) != 1:
            raise ValueError('All dimensions of input must be of equal length')
        at = [list(range(a.shape[0]))] * a.ndim
    values = asarray(val).reshape(-1)
    a[tuple(at)] = values if values.size == 1 else values[arange(len(at[0])) % values.size]


def unravel_index(indices, shape, order='C'):
    """Places of the flat array as places along each axis."""
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    flat = asarray(indices)
    size = 1
    for n in shape:
        size *= n
    for place in flat.reshape(-1):
        if not 0 <= place < size:
            raise ValueError(f'index {place} is out of bounds for array with size {size}')
    places, out = flat.astype('int64'), []
    axes = shape if order == 'F' else shape[::-1]
    for n in axes:
        out.append(places % n)
        places = places // n
    found = tuple(out if order == 'F' else out[::-1])
    return found if flat.ndim else tuple(place[()] for place in found)


def take_along_axis(arr, indices, axis=-1):
    """For each place along the other axes, the elements that its own indices name."""
    arr, indices = asarray(arr), asarray(indices)
    if axis is None:
        arr, axis = arr.reshape(-1), 0
    if arr.ndim != indices.ndim:
        raise ValueError('`indices` and `arr` must have the same number of dimensions')
    if indices.dtype.kind not in 'iu':
        raise IndexError('`indices` must be an integer array')
    axis = normalize_axis(axis, arr.ndim)
    at = [arange(n).reshape([-1 if i == j else 1 for j in range(arr.ndim)]) for i, n in enumerate(arr.shape)]
    at[axis] = indices
    return arr[tuple(at)]
