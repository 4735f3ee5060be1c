"""Subscripts: basic ones become views, index arrays and masks are gathered and stored element by element by the engine."""

from operator import index as as_index

import _tensorlift_bridge as _js

from . import _bridge
from ._bridge import fail, mail
from ._memory import Memory, asarray, handle, operand, store, view_of, wrap
from ._scalars import bool_, generic

_nonzero = _js.nonzero
_choose = _js.choose
_choose_store = _js.chooseStore
_WORDS = (
    'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices'
)


def get(a, key):
    """`a[key]`."""
    found, arrays, together, scalar = _resolve(a, key)
    if arrays:
        return wrap(_choose(handle(found), _pairs(arrays), together))
    if scalar:
        return found._make(found._mv[found._first])
    # An array of no dimensions counts as an index array: the result is a copy.
    if any(isinstance(item, Memory) for item in (key if type(key) is tuple else (key,))):
        return found.copy('K')
    return found


def put(a, key, value):
    """`a[key] = value`."""
    if not a._writeable:
        raise ValueError('assignment destination is read-only')
    found, arrays, together, scalar = _resolve(a, key)
    if arrays:
        if not isinstance(value, (Memory, generic, int, float)):
            value = _converted(value, a.dtype)
        if len(arrays) >= len(a._shape):
            _check_masked(a, key, value, arrays)
        code = operand(value, 0)
        target = handle(found)
        if _choose_store(target, _pairs(arrays), together, code, 0) == -1:
            fail()
        if mail[_bridge.WARNINGS]:
            _bridge.warn()
        return
    if scalar:
        value = _single(value, a.dtype)
    store(found, value)


def accumulate_at(a, key, value):
    """`np.add.at`: repeated places are added up."""
    found, arrays, together, scalar = _resolve(a, key)
    if not arrays:
        store(found, found + value)
        return
    code = operand(value if isinstance(value, (Memory, generic, int, float)) else _converted(value, a.dtype), 0)
    if _choose_store(handle(found), _pairs(arrays), together, code, 1) == -1:
        fail()


def _converted(value, dtype):
    from ._creation import array

    return array(value, dtype=dtype)


def _check_masked(a, key, value, arrays):
    """NumPy's own words for `a[mask] = value` with a mask of the whole array."""
    mask = key[0] if type(key) is tuple and len(key) == 1 else key
    if isinstance(mask, list):
        mask = asarray(mask)
    if not isinstance(mask, Memory) or mask.dtype.code != 0 or mask.ndim != a.ndim or not isinstance(value, Memory):
        return
    rank = len(value._shape)
    if rank > 1:
        raise TypeError(
            f'NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has {rank} dimensions'
        )
    count = arrays[0][1].size
    if rank == 1 and value.size not in (1, count):
        raise ValueError(
            f'NumPy boolean array indexing assignment cannot assign {value.size} input values to the {count} output values '
            'where the mask is true'
        )


def _single(value, dtype):
    """The value for one element: what is not a number must become one."""
    if isinstance(value, (int, float, generic)):
        return value
    if isinstance(value, Memory) or hasattr(value, '__array__'):
        made = asarray(value)
        if made._shape == ():
            return made
        if dtype.kind == 'b' and made.size == 1:
            return bool(made)
        raise ValueError('setting an array element with a sequence.')
    if isinstance(value, (list, tuple)):
        if dtype.kind == 'f':
            raise ValueError('setting an array element with a sequence.')
        if dtype.kind == 'b':
            return len(value) > 0
        words = f"int() argument must be a string, a bytes-like object or a real number, not '{type(value).__name__}'"
        raise TypeError(words)
    return _converted(value, dtype)


def _pairs(arrays):
    # All handles first: making one uses the mailbox.
    handles = [handle(index) for _, index, _ in arrays]
    for i, (axis, _, named) in enumerate(arrays):
        mail[3 * i] = axis
        mail[3 * i + 1] = named
        mail[3 * i + 2] = handles[i]
    return len(arrays)


def _index_error(at, axis, n):
    return IndexError(f'index {at} is out of bounds for axis {axis} with size {n}')


def _as_index_array(item):
    """A list, mask or array inside a subscript, as an array of integers or truths."""
    made = asarray(item)
    kind = made.dtype.kind
    if kind in 'iub':
        return made
    if made.size == 0 and not isinstance(item, Memory):
        return made.astype('int64')
    raise IndexError(
        'arrays used as indices must be of integer (or boolean) type'
        if isinstance(item, (Memory, list, tuple)) or hasattr(item, '__array__')
        else _WORDS
    )


def _resolve(a, key):
    """A view of what the basic part of the subscript names, the index arrays by axis of that view, whether they are
    neighbours, and whether a single element is meant."""
    items = key if type(key) is tuple else (key,)
    shape, strides = a._shape, a._strides
    used = 0
    ellipsis = -1
    advanced = False
    prepared = []
    for item in items:
        kind = type(item)
        if kind is int or kind is slice:
            used += 1
        elif item is None:
            pass
        elif item is Ellipsis:
            if ellipsis >= 0:
                raise IndexError("an index can only have a single ellipsis ('...')")
            ellipsis = len(prepared)
        elif kind is bool or kind is bool_:
            item = asarray(bool(item))
            advanced = True
        elif isinstance(item, Memory) or not hasattr(item, '__index__'):
            if isinstance(item, (str, bytes, float, dict, set)) or not (
                isinstance(item, (Memory, list, tuple, range)) or hasattr(item, '__array__') or hasattr(item, '__len__')
            ):
                raise IndexError(_WORDS)
            item = _as_index_array(item)
            if not item._shape and item.dtype.code:
                used += 1
                prepared.append(item.item())
                continue
            advanced = True
            used += len(item._shape) if item.dtype.code == 0 else 1
        else:
            item = as_index(item)
            used += 1
        prepared.append(item)
    n = len(shape)
    if used > n:
        raise IndexError(f'too many indices for array: array is {n}-dimensional, but {used} were indexed')
    if ellipsis < 0:
        ellipsis = len(prepared)
        prepared.append(Ellipsis)
        bare = used == n
    else:
        bare = False
    fill = n - used

    first = a._first
    new_shape, new_strides, arrays = [], [], []
    axis = 0
    runs = 0  # groups of index arrays that stand together
    previous = False
    for item in prepared:
        kind = type(item)
        is_array = isinstance(item, Memory)
        if advanced and (is_array or kind is int):
            if not previous:
                runs += 1
            previous = True
        else:
            previous = False
        if kind is int:
            length = shape[axis]
            at = item + length if item < 0 else item
            if not 0 <= at < length:
                raise _index_error(item, axis, length)
            if advanced:
                arrays.append((len(new_shape), asarray(at), axis))
                new_shape.append(length)
                new_strides.append(strides[axis])
            else:
                first += at * strides[axis]
            axis += 1
        elif kind is slice:
            start, stop, step = item.indices(shape[axis])
            length = len(range(start, stop, step))
            if length:
                first += start * strides[axis]
            new_shape.append(length)
            new_strides.append(strides[axis] * step)
            axis += 1
        elif item is None:
            new_shape.append(1)
            new_strides.append(0)
        elif item is Ellipsis:
            for _ in range(fill):
                new_shape.append(shape[axis])
                new_strides.append(strides[axis])
                axis += 1
        elif item.dtype.code == 0:
            rank = len(item._shape)
            if rank == 0:
                arrays.append((len(new_shape), _truth_index(item), axis))
                new_shape.append(1)
                new_strides.append(0)
                continue
            for k, length in enumerate(item._shape):
                if shape[axis + k] != length:
                    raise IndexError(
                        f'boolean index did not match indexed array along axis {axis + k}; size of axis is '
                        f'{shape[axis + k]} but size of corresponding boolean axis is {length}'
                    )
            places = wrap(_nonzero(handle(item)))
            for k in range(rank):
                arrays.append((len(new_shape), places[k], axis))
                new_shape.append(shape[axis])
                new_strides.append(strides[axis])
                axis += 1
        else:
            length = shape[axis]
            arrays.append((len(new_shape), item, axis))
            new_shape.append(length)
            new_strides.append(strides[axis])
            axis += 1
    found = view_of(a, first, tuple(new_shape), tuple(new_strides))
    return found, arrays, 1 if runs == 1 else 0, bare and not new_shape


def _truth_index(item):
    """a[True] adds an axis of length 1, a[False] one of length 0."""
    from ._creation import zeros

    return zeros((1 if item.item() else 0,), 'int64')
