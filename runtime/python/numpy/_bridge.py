"""The border with the engine: handles of arrays, the mailbox, memoryviews of the heap, and errors as Python exceptions."""

import sys
import types
import warnings
import weakref
from operator import index
from os.path import dirname

import _tensorlift_bridge as _proxy

from ._dtype import by_code
from ._errstate import report
from . import _exceptions as _classes

# Looking a function up on the JavaScript object costs ten times its call: a plain module takes the object's place.
_js = types.ModuleType('_tensorlift_bridge')
for _name in _proxy.names().split():
    setattr(_js, _name, getattr(_proxy, _name))
sys.modules['_tensorlift_bridge'] = _js

#: An operand that was not given, and what functions return besides handles (runtime/numpy/border.ts).
ABSENT = -99
ERROR, SCALAR, DONE = -1, -2, -3
NO_AXIS = 1 << 30

_error = _js.error
_free = _js.free
_take_warnings = _js.warnings

# Two memoryviews over the linear memory, of 2 GiB each; and the views of it in each dtype.
_views = _js.heap()
_HALF = 0x7FFFFFF8
LOW = tuple(_views['low'].cast(dtype.format) for dtype in by_code)
HIGH = tuple(_views['high'].cast(dtype.format) for dtype in by_code)
LOW_BYTES, HIGH_BYTES = _views['low'], _views['high']
del _views

_start = int(_js.mailbox())
_low = LOW_BYTES if _start < _HALF else HIGH_BYTES
_at = _start if _start < _HALF else _start - _HALF
mail = _low[_at : _at + 1024].cast('i')
floats = _low[_at + 1024 : _at + 1152].cast('d')
longs = _low[_at + 1024 : _at + 1152].cast('q')
ulongs = _low[_at + 1024 : _at + 1152].cast('Q')
WARNINGS = 255
VIEW = 254
MOST_AXES = 64


def heap_view(dtype, first):
    """The memoryview that holds element `first` (counted from address 0), and its index there."""
    if first < 0:
        first += 1 << 32
    if first * dtype.itemsize < _HALF - 8:
        return LOW[dtype.code], first
    return HIGH[dtype.code], first - _HALF // dtype.itemsize


class _Ref(weakref.ref):
    """Frees a handle when its owner is gone: the callback only appends to a list, so no Python code runs in a destructor."""

    __slots__ = ('handle', 'size')


_alive = {}
_dead = []
_bury = _dead.append


def keep(owner, handle, size=0):
    """Ties a handle to the life of `owner`; `size` in bytes makes large arrays go sooner."""
    ref = _Ref(owner, _bury)
    ref.handle = handle
    ref.size = size
    _alive[handle] = ref
    if len(_dead) > 24 or _dead and (size > 65536 or _dead[-1].size > 65536):
        drain()


def drain():
    """Gives the memory of dead arrays back."""
    while _dead:
        handle = _dead.pop().handle
        del _alive[handle]
        _free(handle)


def announced():
    """dtype, first element, shape and strides of the array whose handle was just returned."""
    m = mail
    n = m[1]
    return by_code[m[0]], m[2], tuple(m[3 : 3 + n]), tuple(m[3 + n : 3 + n + n])


_exceptions = {}


def exception(name, cls):
    """Says which class an error of the engine is raised as."""
    _exceptions[name] = cls


for _builtin in (ValueError, TypeError, IndexError, OverflowError, ZeroDivisionError, NotImplementedError, MemoryError, RuntimeError, KeyboardInterrupt):
    exception(_builtin.__name__, _builtin)

class _ArrayMemoryError(MemoryError):
    """An array that the heap has no room for."""


class LinAlgError(ValueError):
    """A matrix that a routine of linear algebra cannot work with."""


_ArrayMemoryError.__name__, _ArrayMemoryError.__module__ = 'MemoryError', 'numpy._core._exceptions'
LinAlgError.__module__ = 'numpy.linalg'
exception('MemoryError', _ArrayMemoryError)
exception('LinAlgError', LinAlgError)
exception('AxisError', _classes.AxisError)
exception('UFuncNoLoopError', _classes._UFuncNoLoopError)
exception('UFuncInputCastingError', _classes._UFuncInputCastingError)
exception('UFuncOutputCastingError', _classes._UFuncOutputCastingError)


def fail():
    """Raises the error of the call that returned ERROR, after its warnings."""
    message = _error()
    if mail[WARNINGS]:
        warn()
    name, _, message = message.partition('\n')
    raise _exceptions.get(name, RuntimeError)(message) from None


_package = dirname(__file__)


def warn():
    """Raises the warnings that the last call left; they point at the line of the user."""
    lines = [line.partition(' ') for line in _take_warnings().splitlines()]
    for kind, _, words in lines:
        if kind == 'always':
            warnings.warn(words, RuntimeWarning, stacklevel=2, skip_file_prefixes=(_package,))
        else:
            report(kind, words.partition(' encountered in ')[2])


def shape_to_mail(shape):
    """Writes lengths into the mailbox; returns how many."""
    if len(shape) > MOST_AXES:
        raise ValueError(f'maximum supported dimension for an ndarray is currently {MOST_AXES}, found {len(shape)}')
    for i, n in enumerate(shape):
        mail[i] = n
    return len(shape)


def axes_to_mail(axis):
    """Writes an axis argument (None, an integer or a tuple) into the mailbox; returns the count, −1 for None."""
    if axis is None:
        return -1
    if type(axis) is int:
        mail[0] = axis
        return 1
    if not isinstance(axis, (tuple, list)):
        axis = (index(axis),)
    for i, n in enumerate(axis):
        mail[i] = index(n)
    return len(axis)
