"""How arrays hang on the engine: handles, views, operands, and the checks of shapes and axes that all files share."""

import builtins
import math
from operator import index as as_index

import _tensorlift_bridge as _js

from . import _bridge
from ._bridge import DONE, HIGH, LOW, SCALAR, fail, floats, heap_view, keep, longs, mail, ulongs
from ._dtype import by_code, uint64_dtype
from ._scalars import MAKE, generic

#: Writable memoryviews of the heap → read-only ones, and back, by id.
FROZEN = {id(mv): mv.toreadonly() for mv in LOW + HIGH}
THAWED = {id(FROZEN[id(mv)]): mv for mv in LOW + HIGH}
MAKERS = tuple(MAKE[dtype.name] for dtype in by_code)
#: Where the mailbox holds a scalar, by code.
SLOTS = tuple(floats if dtype.kind == 'f' else ulongs if dtype is uint64_dtype else longs for dtype in by_code)
_new = object.__new__
_js_view = _js.view
_js_store = _js.store
#: Arrays made from lists and the like for a call stay here until the next one.
pins = [None] * 8
#: The class of arrays; _ndarray sets it.
array_type = None


class Memory:
    """What an array is made of. `_h`: handle or −1; `_first`, `_strides`: elements of `_mv`; `_owner`: whose memory it is."""

    __slots__ = ('_h', 'dtype', '_shape', '_strides', '_first', '_mv', '_make', '_owner', '_writeable', '__weakref__')


def wrap(h):
    """The array, or the NumPy scalar, that a call of the bridge gave."""
    if h < 0:
        if h == SCALAR:
            if mail[255]:
                code = mail[0]
                value = SLOTS[code][0]
                _bridge.warn()
                return MAKERS[code](value)
            code = mail[0]
            return MAKERS[code](SLOTS[code][0])
        if h == DONE:
            if mail[255]:
                _bridge.warn()
            return None
        fail()
    m = mail
    n = m[1]
    code = m[0]
    a = _new(array_type)
    a._h = h
    dtype = a.dtype = by_code[code]
    shape = a._shape = tuple(m[3 : 3 + n])
    a._strides = tuple(m[3 + n : 3 + n + n])
    a._mv, a._first = heap_view(dtype, m[2])
    a._make = MAKERS[code]
    a._owner = None
    a._writeable = True
    size = dtype.itemsize
    for length in shape:
        size *= length
    keep(a, h, size)
    if m[255]:
        _bridge.warn()
    return a


def view_of(a, first, shape, strides):
    """A view of the memory of `a`; it gets a handle of its own when the engine needs one."""
    v = _new(array_type)
    v._h = -1
    v.dtype = a.dtype
    v._shape = shape
    v._strides = strides
    v._first = first
    v._mv = a._mv
    v._make = a._make
    owner = a._owner
    v._owner = a if owner is None else owner
    v._writeable = a._writeable
    return v


def adopt(made, source):
    """Makes `made` known as a view of the memory of `source`."""
    made._owner = source if source._owner is None else source._owner
    if not source._writeable:
        set_writeable(made, False)


def handle(a):
    """The handle of an array."""
    h = a._h
    return h if h >= 0 else _realize(a)


def _realize(a):
    n = len(a._shape)
    m = mail
    i = 0
    for length in a._shape:
        m[i] = length
        i += 1
    for step in a._strides:
        m[i] = step
        i += 1
    h = _js_view(a._owner._h, n, a._first - a._owner._first)
    if h < 0:
        fail()
    a._h = h
    keep(a, h)
    return h


def operand(x, slot):
    """An argument for the bridge: a handle, or a scalar written into its slot. Lists and the like become arrays first."""
    kind = type(x)
    if kind is array_type:
        h = x._h
        return h if h >= 0 else _realize(x)
    if kind is float:
        floats[slot] = x
        return -202
    if kind is int:
        try:
            longs[slot] = x
        except ValueError:
            return _large(x, slot)
        return -201
    if kind is builtins.bool:
        longs[slot] = x
        return -200
    if isinstance(x, generic):
        code = x._code
        SLOTS[code][slot] = x._v
        return -100 - code
    return pinned(x, slot)


def _large(x, slot):
    """An integer that does not fit 64 bits with a sign: without one, or as a float."""
    try:
        ulongs[slot] = x
    except ValueError:
        try:
            floats[slot] = x
        except (OverflowError, ValueError):
            floats[slot] = math.inf if x > 0 else -math.inf
        return -204
    return -203


def pinned(x, slot):
    """The handle of `x` as an array, which stays alive until the slot is used again."""
    a = x if isinstance(x, Memory) else asarray(x)
    if a is not x:
        pins[slot] = a
    return handle(a)


def asarray(x):
    """Anything that NumPy takes as an array."""
    if isinstance(x, Memory):
        return x
    from ._creation import array

    return array(x, copy=None)


def allocate(shape, dtype):
    """Memory for an array; the caller fills it."""
    check_size(shape, dtype)
    return wrap(_js.allocate(_bridge.shape_to_mail(shape), dtype.code))


def check_size(shape, dtype):
    """Refuses what cannot fit, as NumPy does."""
    size = dtype.itemsize
    for n in shape:
        if n < 0:
            raise ValueError('negative dimensions are not allowed')
        size *= n
    if size >= 1 << 32:
        units = ('bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB')
        amount, unit = size, 0
        while amount >= 1024 and unit < 6:
            amount /= 1024
            unit += 1
        words = f'{amount:#.3g}' if amount < 1000 else f'{amount:.0f}'
        raise memory_error(f'Unable to allocate {words} {units[unit]} for an array with shape {shape} and data type {dtype}')


def memory_error(message):
    return _bridge._exceptions['MemoryError'](message)


def is_contiguous(a):
    step = 1
    if 0 in a._shape:
        return True
    for length, stride in zip(a._shape[::-1], a._strides[::-1], strict=True):
        if length != 1 and stride != step:
            return False
        step *= length
    return True


def flat_list(a):
    """The elements in row-major order as Python scalars."""
    if not is_contiguous(a):
        a = a.copy()
    return a._mv[a._first : a._first + a.size].tolist()


def shape_tuple(shape):
    """A shape argument as a tuple of integers."""
    if type(shape) is tuple and all(type(n) is int for n in shape):
        return shape
    if isinstance(shape, (tuple, list)) or hasattr(shape, '__len__') and not isinstance(shape, (str, bytes)):
        try:
            return tuple(map(as_index, shape))
        except TypeError:
            bad = next((n for n in shape if not hasattr(n, '__index__')), None)
            if bad is None:
                raise
            raise TypeError(f"'{type(bad).__name__}' object cannot be interpreted as an integer") from None
    if not hasattr(shape, '__index__'):
        if hasattr(shape, '__iter__'):
            return tuple(map(as_index, shape))
        raise TypeError(f"expected a sequence of integers or a single integer, got '{shape!r}'")
    return (as_index(shape),)


def complete_shape(shape, a):
    """Fills in the −1 of a reshape."""
    size = a.size
    known, unknown = 1, -1
    for i, n in enumerate(shape):
        if n < 0:
            if unknown >= 0:
                raise ValueError('can only specify one unknown dimension')
            unknown = i
        else:
            known *= n
    if unknown >= 0:
        if known == 0 or size % known:
            raise _cannot_reshape(size, shape)
        return shape[:unknown] + (size // known,) + shape[unknown + 1 :]
    if known != size:
        raise _cannot_reshape(size, shape)
    return shape


def _cannot_reshape(size, shape):
    # As NumPy writes it: unknown lengths in front are left out, others are called newaxis.
    known = list(shape)
    while known and known[0] < 0:
        known.pop(0)
    inside = ','.join('newaxis' if n < 0 else str(n) for n in known)
    text = f'({inside},)' if len(shape) == 1 and known else f'({inside})'
    return ValueError(f'cannot reshape array of size {size} into shape {text}')


def normalize_axis(axis, ndim, prefix=''):
    """A non-negative axis, or AxisError."""
    at = as_index(axis)
    if not -ndim <= at < ndim:
        raise _bridge._exceptions['AxisError'](f'{prefix}axis {at} is out of bounds for array of dimension {ndim}')
    return at + ndim if at < 0 else at


def store(a, value):
    """`a[...] = value`."""
    if not a._writeable:
        raise ValueError('assignment destination is read-only')
    kind = type(value)
    if kind is not array_type and kind is not float and kind is not int and not isinstance(value, (generic, builtins.bool, Memory)):
        from ._creation import array

        value = array(value, dtype=a.dtype)
        if len(value._shape) > len(a._shape):
            raise ValueError(
                'setting an array element with a sequence. The requested array would exceed the maximum number of dimension '
                f'of {len(a._shape)}.'
            )
    code = operand(value, 0)
    if _js_store(handle(a), code) == -1:
        fail()
    if mail[255]:
        _bridge.warn()


def set_writeable(a, flag):
    """Switches between the writable and the read-only memoryview of the heap."""
    a._writeable = flag
    a._mv = (THAWED if flag else FROZEN).get(id(a._mv), a._mv)


def become(a, other):
    """Gives `a` the layout of a view of it; a handle of the old layout moves to an array that owns the memory from now on."""
    if a._h >= 0:
        owner = _new(array_type)
        for name in Memory.__slots__[:-1]:
            setattr(owner, name, getattr(a, name))
        ref = _bridge._alive.pop(a._h)
        keep(owner, a._h, ref.size)
        a._h = -1
        if a._owner is None:
            a._owner = owner
    a._shape, a._strides, a._first = other._shape, other._strides, other._first
