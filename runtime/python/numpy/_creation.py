"""Arrays from Python values, shapes and rules: array, asarray, full, arange, linspace and their kin."""

import builtins
import math
from array import array as _buffer
from itertools import chain

import _tensorlift_bridge as _js

from ._bridge import floats, shape_to_mail
from ._dtype import FLOATS, as_dtype, bool_dtype, by_code, float32_dtype, float64_dtype, int64_dtype, promote_dtypes, uint64_dtype
from ._memory import Memory, allocate, check_size, is_contiguous, shape_tuple, store, view_of, wrap
from ._scalars import TYPES, generic, out_of_range
from ._scalars import wrap as wrap_integer

_SEQUENCES = (list, tuple, range)
_CODES = tuple('B' if dtype is bool_dtype else dtype.format for dtype in by_code)
_KINDS = {builtins.bool: bool_dtype.code, builtins.int: int64_dtype.code, builtins.float: float64_dtype.code}


def _refuse(**given):
    """Arguments that exist in NumPy and are not supported here."""
    for name, value in given.items():
        if value:
            raise NotImplementedError(f'the argument {name}={value!r} is not supported here')


def check_order(order):
    if order not in ('C', 'K', 'A', 'F', None):
        raise ValueError(f"order must be one of 'C', 'F', 'A', or 'K' (got '{order}')")


def array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None):
    """An array from nested sequences, scalars or another array."""
    check_order(order)
    _refuse(like=like)
    target = None if dtype is None else as_dtype(dtype)
    made = _convert(object, target, copy, order)
    if order in ('C', 'F') and not is_contiguous(made if order == 'C' else made.T):
        if copy is False:
            raise ValueError(_NO_COPY)
        made = made.copy(order)
    if ndmin > len(made._shape):
        lead = ndmin - len(made._shape)
        made = made.reshape((1,) * lead + made._shape)
    return made


def asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None):
    """The same array if it already is one of that dtype, else a new one."""
    return array(a, dtype, copy=copy, order=order, like=like)


def asanyarray(a, dtype=None, order=None, *, device=None, copy=None, like=None):
    """As asarray."""
    return array(a, dtype, copy=copy, order=order, like=like)


def ascontiguousarray(a, dtype=None, *, like=None):
    """A row-major array of at least one dimension."""
    return array(a, dtype, copy=None, ndmin=1, order='C')


def copy(a, order='K', subok=False):
    """A new array with the same values."""
    return array(a, copy=True, order=order)


_NO_COPY = 'Unable to avoid copy while creating an array as requested.'


def _convert(value, target, copy, order='C'):
    if isinstance(value, Memory):
        if target is None or target is value.dtype:
            return value.copy(order) if copy else value
        if copy is False:
            raise ValueError(f'{_NO_COPY}\nIf using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).')
        return value.astype(target, order)
    if copy is False:
        raise ValueError(_NO_COPY)
    kind = type(value)
    if kind in _KINDS or isinstance(value, generic):
        return _from_scalar(value, target)
    if isinstance(value, _SEQUENCES):
        return _from_sequence(value, target)
    if hasattr(value, '__array__'):
        made = value.__array__() if target is None else value.__array__(target)
        if target is not None and made.dtype is not target:
            return made.astype(target)
        # A view that may only be read (of a tensor) is copied where a copy was asked for.
        return made.copy() if copy and not made._writeable else made
    if isinstance(value, (str, bytes)):
        if target is not None:
            return _from_scalar(_number(value, target), target)
        raise NotImplementedError('arrays of str are not supported here')
    try:
        view = memoryview(value)
    except TypeError:
        pass
    else:
        return _from_buffer(view, target)
    if hasattr(value, '__len__') and hasattr(value, '__getitem__') and not isinstance(value, dict):
        return _from_sequence([value[i] for i in builtins.range(len(value))], target)
    for method in ('__float__', '__index__'):
        if hasattr(value, method) and target is not None:
            return _from_scalar(float(value) if method == '__float__' else value.__index__(), target)
    if isinstance(value, complex):
        raise NotImplementedError('complex arrays are not supported here')
    if value is None and target is not None and target.kind == 'f':
        return _from_scalar(math.nan, target)
    if target is not None:
        kind = 'float' if target.kind == 'f' else 'int'
        wanted = 'a string or a real number' if kind == 'float' else 'a string, a bytes-like object or a real number'
        raise TypeError(f"{kind}() argument must be {wanted}, not '{type(value).__name__}'")
    raise NotImplementedError(f'arrays of objects are not supported here (got {type(value).__name__})')


def _number(text, target):
    if target.kind == 'f':
        try:
            return float(text)
        except ValueError:
            raise ValueError(f'could not convert string to float: {text!r}') from None
    return builtins.bool(text) if target.kind == 'b' else int(text)


def _from_scalar(value, target):
    if target is None:
        target = value.dtype if isinstance(value, generic) else _integer_dtype([value]) if type(value) is int else by_code[_KINDS[type(value)]]
    made = allocate((), target)
    store(made, value)
    return made


def _from_buffer(view, target):
    # The size of `l` and `L` is that of the machine.
    form = {'l': 'i', 'L': 'I'}.get(view.format, view.format) if view.itemsize == 4 else view.format
    dtype = next((known for known in by_code if form in (known.format, known.char)), None)
    if dtype is None:
        raise NotImplementedError(f'buffers of format {view.format!r} are not supported here')
    made = allocate(tuple(view.shape), dtype)
    made._mv[made._first : made._first + made.size] = view.cast('B').cast(dtype.format) if view.nbytes else view
    return made if target is None or target is dtype else made.astype(target)


def _ragged(depth, shape):
    return ValueError(
        'setting an array element with a sequence. The requested array has an inhomogeneous shape after '
        f'{depth} dimensions. The detected shape was {shape} + inhomogeneous part.'
    )


def _from_sequence(value, target):
    """Level by level: all items of a level are sequences of one length, or none is a sequence."""
    shape = (len(value),)
    level = value
    while True:
        kinds = set(map(type, level))
        if not kinds or kinds <= _PLAIN:
            return _from_flat(level, kinds, shape, target)
        nested = [isinstance(item, _SEQUENCES) for item in level]
        if all(nested):
            lengths = set(map(len, level))
            if len(lengths) != 1:
                raise _ragged(len(shape), shape)
            shape += (lengths.pop(),)
            level = list(chain.from_iterable(level))
            continue
        return _from_mixed(level, shape, target)


_PLAIN = {builtins.bool, builtins.int, builtins.float}


def _from_flat(level, kinds, shape, target):
    if target is None:
        if not kinds:
            target = float64_dtype
        else:
            target = by_code[builtins.max(_KINDS[kind] for kind in kinds)]
            if target is int64_dtype:
                target = _integer_dtype(level)
    made = allocate(shape, target)
    if not kinds:
        return made
    mv, first = made._mv, made._first
    code = target.code
    if code == 0:
        level = [1 if item else 0 for item in level]
    elif code < FLOATS and float in kinds:
        level = [_whole(item) for item in level]
    try:
        flat = _buffer(_CODES[code], level)
    except OverflowError:
        if code >= FLOATS:
            raise
        cls = TYPES[target.name]
        raise out_of_range(next(item for item in level if not cls._low <= item <= cls._high), target.name) from None
    mv[first : first + len(level)] = memoryview(flat).cast('B').cast(target.format)
    return made


def _integer_dtype(items):
    """The dtype that Python integers get by themselves: int64, uint64 for large ones, float64 for both together."""
    low, high = builtins.min(items), builtins.max(items)
    if -(1 << 63) <= low and high < 1 << 63:
        return int64_dtype
    if low < -(1 << 63) or high >= 1 << 64:
        raise NotImplementedError('arrays of objects are not supported here (got an int that needs more than 64 bits)')
    return uint64_dtype if low >= 1 << 63 else float64_dtype


def _whole(item):
    """A float that becomes an integer element, as int() does it."""
    return int(item)


def _from_mixed(level, shape, target):
    """Arrays, NumPy scalars and foreign objects among the items."""
    parts = []
    dtype = target
    weak = set()
    inner = None
    for item in level:
        if type(item) in _PLAIN:
            weak.add(_KINDS[type(item)] if type(item) is not int else _integer_dtype([item]).code)
            part = item
            found = ()
        else:
            part = item if isinstance(item, generic) else _convert(item, target if isinstance(item, (str, bytes)) else None, None)
            found = part._shape if isinstance(part, Memory) else ()
            if target is None:
                dtype = part.dtype if dtype is None else promote_dtypes(dtype, part.dtype)
        if inner is None:
            inner = found
        elif inner != found:
            common = 0
            while common < min(len(inner), len(found)) and inner[common] == found[common]:
                common += 1
            raise _ragged(len(shape) + common, shape + inner[:common])
        parts.append(part)
    if target is None:
        for code in weak:
            own = by_code[code]
            dtype = own if dtype is None else promote_dtypes(dtype, own)
    made = allocate(shape + (inner or ()), dtype)
    flat = made.reshape((len(parts),) + (inner or ())) if made.size else made
    if made.size:
        for i, part in enumerate(parts):
            flat[i] = part
    return made


# ── from shapes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def filled(value, shape, dtype, order='C'):
    """zeros (0) and ones (1)."""
    shape = shape_tuple(shape)
    check_size(shape, dtype)
    if order == 'F':
        return filled(value, shape[::-1], dtype).T
    return wrap(_js.filled(value, shape_to_mail(shape), dtype.code))


def zeros(shape, dtype=None, order='C', *, device=None, like=None):
    """An array of zeros."""
    check_order(order)
    return filled(0, shape, as_dtype(dtype), order)


def full(shape, fill_value, dtype=None, order='C', *, device=None, like=None):
    """An array filled with one value."""
    check_order(order)
    _refuse(like=like)
    if dtype is None:
        dtype = array(fill_value, copy=None).dtype
    shape = shape_tuple(shape)
    made = allocate(shape, as_dtype(dtype))
    store(made, _as_fill(fill_value))
    return made


def _as_fill(value):
    """A value that fills an array is cast as arrays are; only integers must fit."""
    return array(value) if isinstance(value, (*_SEQUENCES, builtins.float)) and not isinstance(value, generic) else value


def full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """An array like another, filled with one value."""
    a = array(a, copy=None)
    made = allocate(a._shape if shape is None else shape_tuple(shape), a.dtype if dtype is None else as_dtype(dtype))
    store(made, _as_fill(fill_value))
    return made


def identity(n, dtype=None, *, like=None):
    """The identity matrix."""
    return eye(n, dtype=dtype)


def eye(N, M=None, k=0, dtype=float, order='C', *, device=None, like=None):
    """Ones on a diagonal, zeros elsewhere."""
    check_order(order)
    _refuse(like=like)
    from operator import index

    n = index(N)
    m = n if M is None else index(M)
    check_size((n, m), as_dtype(dtype))
    return wrap(_js.eye(n, m, index(k), as_dtype(dtype).code))


def _range(n, start, step, dtype):
    """start + i · step."""
    check_size((n,), dtype)
    floats[0], floats[1] = start, step
    return wrap(_js.arange(n, dtype.code))


# ── ranges ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_MISSING = builtins.object()


def arange(start_or_stop, /, stop=None, step=1, *, dtype=None, device=None, like=None):
    """Evenly spaced values in a half-open interval."""
    _refuse(like=like)
    start = start_or_stop
    if stop is None:
        start, stop = 0, start
    if step is None:
        step = 1
    bounds = [value.item() if isinstance(value, (generic, Memory)) else value for value in (start, stop, step)]
    for value in bounds:
        if not isinstance(value, (int, float)):
            raise TypeError(f"arange() not supported for inputs with DType {type(value).__name__!r}")
    if dtype is None:
        dtype = array([v for v in (start, stop, step)]).dtype if any(isinstance(v, (generic, Memory)) for v in (start, stop, step)) else (
            float64_dtype if any(isinstance(v, float) for v in bounds) else int64_dtype
        )
        if dtype is bool_dtype:
            dtype = int64_dtype
    dtype = as_dtype(dtype)
    first, last, delta = bounds
    if delta == 0:
        raise ZeroDivisionError('division by zero' if all(isinstance(v, int) for v in bounds) else 'float division by zero')
    span = (last - first) / delta
    if span != span or span in (math.inf, -math.inf):
        raise ValueError('arange: cannot compute length')
    n = max(0, math.ceil(span))
    if dtype.kind in 'iu':
        exact = [int(v) for v in (first, delta)] if not isinstance(first, float) and not isinstance(delta, float) else None
        if exact and n > 32 and max(abs(v) for v in (exact[0], exact[0] + n * exact[1])) < 1 << 52 and dtype is int64_dtype:
            return _range(n, *exact, dtype)
        values = builtins.range(exact[0], exact[0] + n * exact[1], exact[1]) if exact and n else []
        if exact is None:
            second = int(first + delta) - int(first)
            values = [int(first) + i * second for i in builtins.range(n)]
        # The first two must fit; those that follow wrap around.
        bits = 8 * dtype.itemsize
        values = [v if i < 2 else wrap_integer(v, bits, dtype.kind == 'i') for i, v in enumerate(values)]
        return _from_flat(list(values), {int} if n else set(), (n,), dtype)
    if n > 2 and dtype is bool_dtype:
        raise TypeError('arange() is only supported for booleans when the result has at most length 2.')
    # NumPy fills from the first two values: start + i * (second - start), in the dtype.
    second = float(first + delta)
    first = float(first)
    if dtype is float32_dtype:
        single = allocate((2,), dtype)
        single[0], single[1] = first, second
        first, second = single.tolist()
    gap = second - first
    if n > 2:
        made = _range(n, first, gap, dtype)
        made[1] = second
        return made
    values = [first + i * gap for i in builtins.range(n)]
    if n > 1:
        values[1] = second
    return _from_flat(values, {float} if n else set(), (n,), dtype)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    """Evenly spaced values, a given number of them."""
    from operator import index

    from . import _functions as f

    num = index(num)
    if num < 0:
        raise ValueError(f'Number of samples, {num}, must be non-negative.')
    div = num - 1 if endpoint else num
    start, stop = asarray(start) * 1.0, asarray(stop) * 1.0
    natural = f.result_type(start, stop, float(num))
    out = natural if dtype is None else as_dtype(dtype)
    delta = stop - start
    shape = getattr(delta, '_shape', ())
    y = arange(0, num, dtype=natural).reshape((-1,) + (1,) * len(shape))
    if div > 0:
        step = delta / div
        if f.any(step == 0) if shape else step == 0:
            y = y / div * delta
        else:
            y = y * step
    else:
        step = math.nan
        y = y * delta
    y = y + start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if axis != 0:
        y = f.moveaxis(y, 0, axis)
    if out.kind in 'iu':
        y = f.floor(y)
    y = y.astype(out, copy=False)
    return (y, step) if retstep else y


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """Values evenly spaced on a logarithmic scale."""
    from . import _functions as f

    start, stop, base = f.broadcast_arrays(start, stop, base) if getattr(base, 'ndim', 0) or isinstance(base, (list, tuple)) else (start, stop, base)
    y = linspace(start, stop, num=num, endpoint=endpoint, axis=axis)
    if isinstance(base, Memory):
        base = f.expand_dims(base, axis)
    result = f.power(base, y)
    return result if dtype is None else result.astype(dtype, copy=False)


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    """An array from a function of its coordinates."""
    _refuse(like=like)
    return function(*indices(shape, dtype=dtype), **kwargs)


def indices(dimensions, dtype=int, sparse=False):
    """The coordinates of every element."""
    shape = shape_tuple(dimensions)
    n = len(shape)
    grids = [arange(length, dtype=dtype).reshape((1,) * i + (length,) + (1,) * (n - i - 1)) for i, length in enumerate(shape)]
    if sparse:
        return tuple(grids)
    made = allocate((n,) + shape, as_dtype(dtype))
    for i, grid in enumerate(grids):
        made[i] = grid
    return made


def meshgrid(*xi, copy=True, sparse=False, indexing='xy'):
    """Coordinate matrices from coordinate vectors."""
    if indexing not in ('xy', 'ij'):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    from ._functions import broadcast_arrays

    n = len(xi)
    grids = [asarray(x).reshape((1,) * i + (-1,) + (1,) * (n - i - 1)) for i, x in enumerate(xi)]
    if indexing == 'xy' and n > 1:
        grids[0] = grids[0].reshape((1, -1) + (1,) * (n - 2))
        grids[1] = grids[1].reshape((-1, 1) + (1,) * (n - 2))
    if not sparse:
        grids = broadcast_arrays(*grids)
    return tuple(grid.copy() for grid in grids) if copy else tuple(grids)


def diag(v, k=0):
    """A diagonal of a matrix (a read-only view), or a matrix with a given diagonal."""
    from ._memory import set_writeable

    v = asarray(v)
    if len(v._shape) == 1:
        n = v._shape[0] + abs(k)
        made = filled(0, (n, n), v.dtype)
        diagonal(made, k, True)[...] = v
        return made
    if len(v._shape) != 2:
        raise ValueError('Input must be 1- or 2-d.')
    found = diagonal(v, k)
    set_writeable(found, False)
    return found


def diagonal(a, k, writeable=False):
    """The view of a diagonal of a matrix."""
    (n, m), (row, column) = a._shape, a._strides
    length = max(0, min(n, m - k) if k >= 0 else min(n + k, m))
    first = a._first + (k * column if k >= 0 else -k * row if length else 0) if length else a._first
    return view_of(a, first, (length,), (row + column,))


def empty_like(prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Memory with the shape and dtype of another array."""
    prototype = asarray(prototype)
    lengths = prototype._shape if shape is None else shape_tuple(shape)
    return filled(0, lengths, prototype.dtype if dtype is None else as_dtype(dtype))
