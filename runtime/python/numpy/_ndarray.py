"""numpy.ndarray: a view of the heap. Elements are read and written in place; whole arrays are the engine's, by handle."""

import builtins
from operator import index as as_index

import _tensorlift_bridge as _js

from . import _bridge, _memory
from ._bridge import mail
from ._dtype import FLOATS, as_dtype, can_cast_dtype
from ._memory import (
    Memory,
    adopt,
    allocate,
    complete_shape,
    flat_list,
    handle,
    is_contiguous,
    normalize_axis,
    shape_tuple,
    store,
    view_of,
    wrap,
)
from ._scalars import float64

_js_reshape = _js.reshape
_js_copy = _js.copy


class ndarray(Memory):
    """An array: elements of one dtype, a shape, and strides over memory that views share."""

    __slots__ = ()
    __array_priority__ = 0.0
    __module__ = 'numpy'

    def __new__(cls, shape, dtype=None, buffer=None, offset=0, strides=None, order=None):
        kind, lengths = as_dtype(float if dtype is None else dtype), shape_tuple(shape)
        if buffer is not None or strides is not None:
            return _over_buffer(lengths, kind, buffer, offset, strides)
        made = allocate(lengths, kind)
        made.fill(0)
        return made

    # ── what it is ──────────────────────────────────────────────────────────────────────────────────────────────────
    @property
    def shape(self):
        return self._shape

    @shape.setter
    def shape(self, shape):
        made = self.reshape(shape)
        if made._owner is None:
            raise AttributeError(
                'Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.'
            )
        _memory.become(self, made)

    @property
    def ndim(self):
        return len(self._shape)

    @property
    def size(self):
        n = 1
        for length in self._shape:
            n *= length
        return n

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.size * self.dtype.itemsize

    @property
    def strides(self):
        bytes_ = self.dtype.itemsize
        return tuple(step * bytes_ for step in self._strides)

    @strides.setter
    def strides(self, strides):
        raise NotImplementedError('setting ndarray.strides is not supported here')

    @property
    def T(self):
        return view_of(self, self._first, self._shape[::-1], self._strides[::-1])

    @property
    def mT(self):
        if len(self._shape) < 2:
            raise ValueError('matrix transpose with ndim < 2 is undefined')
        return self.swapaxes(-1, -2)

    @property
    def base(self):
        return self._owner

    @property
    def flags(self):
        return flagsobj(self)

    @property
    def data(self):
        return memoryview(self)

    @property
    def real(self):
        return self

    @property
    def imag(self):
        made = allocate(self._shape, self.dtype)
        store(made, 0)
        return made

    @property
    def flat(self):
        return flatiter(self)

    @property
    def device(self):
        return 'cpu'

    def __buffer__(self, flags):
        if not is_contiguous(self):
            raise BufferError('memoryview: underlying buffer is not C-contiguous')
        size = self.size
        mv = self._mv[self._first : self._first + size]
        if not self._writeable:
            mv = mv.toreadonly()
        if len(self._shape) == 1 or size == 0:
            return mv
        return mv.cast('B').cast(mv.format, self._shape)

    def __array__(self, dtype=None, copy=None):
        if dtype is not None and as_dtype(dtype) is not self.dtype:
            return self.astype(dtype)
        return self.copy() if copy else self

    def __len__(self):
        if not self._shape:
            raise TypeError('len() of unsized object')
        return self._shape[0]

    def __repr__(self):
        return _print.array_repr(self)

    def __str__(self):
        return _print.array_str(self)

    def __format__(self, spec):
        if not self._shape:
            return format(self.item(), spec)
        if spec:
            raise TypeError('unsupported format string passed to numpy.ndarray.__format__')
        return str(self)

    __hash__ = None

    def _one(self, what):
        if self._shape:
            raise TypeError('only 0-dimensional arrays can be converted to Python scalars')
        return self._mv[self._first]

    def __bool__(self):
        size = self.size
        if size == 1:
            return builtins.bool(self.item())
        if size == 0:
            raise ValueError('The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.')
        raise ValueError('The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()')

    def __int__(self):
        return builtins.int(self._one('int'))

    def __float__(self):
        return builtins.float(self._one('float'))

    def __complex__(self):
        return complex(self._one('complex'))

    def __index__(self):
        if self._shape or self.dtype.kind not in 'iu':
            raise TypeError('only integer scalar arrays can be converted to a scalar index')
        return self._mv[self._first]

    def __contains__(self, value):
        return builtins.bool((self == value).any())

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, memo):
        return self.copy()

    def __reduce__(self):
        return (_rebuild, (self.tolist(), self.dtype.name, self._shape))

    # ── elements ────────────────────────────────────────────────────────────────────────────────────────────────────
    def __getitem__(self, key):
        kind = type(key)
        if kind is int:
            shape = self._shape
            if len(shape) == 1:
                n = shape[0]
                at = key + n if key < 0 else key
                if 0 <= at < n:
                    return self._make(self._mv[self._first + at * self._strides[0]])
        elif kind is tuple and len(key) == 2 == len(self._shape):
            i, j = key
            if type(i) is int and type(j) is int:
                n, m = self._shape
                if i < 0:
                    i += n
                if j < 0:
                    j += m
                if 0 <= i < n and 0 <= j < m:
                    s, t = self._strides
                    return self._make(self._mv[self._first + i * s + j * t])
        return get(self, key)

    def __setitem__(self, key, value):
        kind = type(value)
        code = self.dtype.code
        if (kind is float or kind is float64 or kind is int) if code >= FLOATS else kind is int and code:
            kind = type(key)
            if kind is int:
                shape = self._shape
                if len(shape) == 1:
                    n = shape[0]
                    at = key + n if key < 0 else key
                    if 0 <= at < n:
                        try:
                            self._mv[self._first + at * self._strides[0]] = value
                            return
                        except (ValueError, TypeError):
                            pass
            elif kind is tuple and len(key) == 2 == len(self._shape):
                i, j = key
                if type(i) is int and type(j) is int:
                    n, m = self._shape
                    if i < 0:
                        i += n
                    if j < 0:
                        j += m
                    if 0 <= i < n and 0 <= j < m:
                        s, t = self._strides
                        try:
                            self._mv[self._first + i * s + j * t] = value
                            return
                        except (ValueError, TypeError):
                            pass
        put(self, key, value)

    def __getattr__(self, name):
        if name in _ELSEWHERE:
            words = f'ndarray.{name} exists in NumPy, but is not supported by the bundled runtime'
        else:
            words = f"'numpy.ndarray' object has no attribute '{name}'"
        raise AttributeError(words, name=name, obj=self)

    def __delitem__(self, key):
        raise ValueError('cannot delete array elements')

    def __iter__(self):
        shape = self._shape
        if not shape:
            raise TypeError('iteration over a 0-d array')
        return self._elements() if len(shape) == 1 else self._rows()

    def _elements(self):
        mv, make, first, step = self._mv, self._make, self._first, self._strides[0]
        for i in range(self._shape[0]):
            yield make(mv[first + i * step])

    def _rows(self):
        first, step = self._first, self._strides[0]
        shape, strides = self._shape[1:], self._strides[1:]
        for i in range(self._shape[0]):
            yield view_of(self, first + i * step, shape, strides)

    def item(self, *args):
        if len(args) == 1 and isinstance(args[0], tuple):
            args = args[0]
        if not args:
            if self.size != 1:
                raise ValueError('can only convert an array of size 1 to a Python scalar')
            return self._mv[self._first]
        if len(args) == 1 and len(self._shape) != 1:
            at = as_index(args[0])
            if not -self.size <= at < self.size:
                raise IndexError(f'index {at} is out of bounds for size {self.size}')
            return self.reshape(-1)[at].item()
        if len(args) != len(self._shape):
            raise ValueError('incorrect number of indices for array')
        return self[tuple(map(as_index, args))].item()

    def tolist(self):
        shape = self._shape
        if not shape:
            return self._mv[self._first]
        if len(shape) == 1:
            n, step = shape[0], self._strides[0]
            if n and step > 0:
                return self._mv[self._first : self._first + (n - 1) * step + 1 : step].tolist()
            return [self._mv[self._first + i * step] for i in range(n)]
        if 0 in shape:
            return _empty_lists(shape)
        flat = flat_list(self)
        for length in shape[:0:-1]:
            flat = [flat[i : i + length] for i in range(0, len(flat), length)]
        return flat

    def tobytes(self, order='C'):
        source = self if is_contiguous(self) else self.copy()
        return source._mv[source._first : source._first + source.size].tobytes()

    def fill(self, value):
        store(self, value)

    # ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def reshape(self, *shape, order='C', copy=None):
        if len(shape) == 1:
            shape = shape_tuple(shape[0])
        else:
            shape = tuple(map(as_index, shape))
        shape = complete_shape(shape, self)
        if order not in ('C', 'A', None):
            if order != 'F':
                raise ValueError(f"order must be one of 'C', 'F', 'A', or 'K' (got '{order}')")
            return self.T.reshape(shape[::-1]).T
        made = wrap(_js_reshape(handle(self), _bridge.shape_to_mail(shape)))
        if mail[_bridge.VIEW]:
            if copy:
                return made.copy()
            adopt(made, self)
        elif copy is False:
            raise ValueError('Unable to avoid creating a copy while reshaping.')
        return made

    def ravel(self, order='C'):
        order = 'C' if order in ('K', 'A') else order
        # Always contiguous, unlike reshape(-1) of a strided vector.
        if order == 'C' and not is_contiguous(self):
            return self.copy().reshape(-1)
        if order == 'F' and not is_contiguous(self.T):
            return self.T.copy().reshape(-1)
        return self.reshape(-1, order=order)

    def flatten(self, order='C'):
        return self.ravel(order).copy()

    def transpose(self, *axes):
        n = len(self._shape)
        if len(axes) == 1 and (axes[0] is None or not hasattr(axes[0], '__index__')):
            axes = axes[0]
        if not axes:
            return self.T
        if len(axes) != n:
            raise ValueError("axes don't match array")
        order = [normalize_axis(axis, n) for axis in axes]
        if len(set(order)) != n:
            raise ValueError('repeated axis in transpose')
        shape, strides = self._shape, self._strides
        return view_of(self, self._first, tuple(shape[i] for i in order), tuple(strides[i] for i in order))

    def swapaxes(self, axis1, axis2, /):
        n = len(self._shape)
        order = list(range(n))
        a, b = normalize_axis(axis1, n, 'axis1: '), normalize_axis(axis2, n, 'axis2: ')
        order[a], order[b] = order[b], order[a]
        return self.transpose(order) if n else self.view()

    def squeeze(self, axis=None):
        n = len(self._shape)
        if axis is None:
            gone = {i for i, length in enumerate(self._shape) if length == 1}
        else:
            # No dimensions can lose their first or last one.
            given = axis if isinstance(axis, tuple) else () if n == 0 and axis in (0, -1) else (axis,)
            gone = {normalize_axis(i, n) for i in given}
            if any(self._shape[i] != 1 for i in gone):
                raise ValueError('cannot select an axis to squeeze out which has size not equal to one')
        rest = [i for i in range(n) if i not in gone]
        return view_of(self, self._first, tuple(self._shape[i] for i in rest), tuple(self._strides[i] for i in rest))

    def view(self, dtype=None, type=None):
        if dtype is None or dtype is ndarray:
            return view_of(self, self._first, self._shape, self._strides)
        made = wrap(_js.reinterpret(handle(self), as_dtype(dtype).code))
        adopt(made, self)
        return made

    def resize(self, *shape, refcheck=True):
        raise NotImplementedError('ndarray.resize is not supported here; use numpy.reshape or numpy.concatenate')

    # ── copies ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def copy(self, order='C'):
        if order == 'F':
            return self.T.copy().T
        return wrap(_js_copy(handle(self), self.dtype.code, 1 if order in ('K', 'A') else 0))

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        dtype = as_dtype(dtype)
        if not can_cast_dtype(self.dtype, dtype, casting):
            raise TypeError(
                f"Cannot cast {'array data' if self._shape else 'scalar'} from {self.dtype!r} to {dtype!r} according to the rule '{casting}'"
            )
        if dtype is self.dtype and not copy:
            return self
        return wrap(_js_copy(handle(self), dtype.code, 1 if order in ('K', 'A') else 0))

    def setflags(self, write=None, align=None, uic=None):
        if write is not None:
            flagsobj(self).writeable = write


#: Methods that NumPy's arrays have and these have not.
_ELSEWHERE = frozenset(
    'argpartition byteswap choose compress ctypes diagonal dump dumps getfield partition searchsorted setfield to_device '
    'tofile'.split()
)


def _over_buffer(shape, dtype, buffer, offset, strides):
    """An array over the memory of another one."""
    if not isinstance(buffer, ndarray):
        raise NotImplementedError('numpy.ndarray: the argument buffer is supported for arrays only')
    if strides is not None or not is_contiguous(buffer) or offset % dtype.itemsize:
        raise NotImplementedError('numpy.ndarray: strides and unaligned buffers are not supported here')
    size = 1
    for n in shape:
        size *= n
    if offset + size * dtype.itemsize > buffer.nbytes:
        raise TypeError('buffer is too small for requested array')
    start = offset // dtype.itemsize
    return buffer.reshape(-1).view(dtype)[start : start + size].reshape(shape)


def _empty_lists(shape):
    return [_empty_lists(shape[1:]) for _ in range(shape[0])] if len(shape) > 1 else []


def _rebuild(values, dtype, shape):
    from ._creation import array

    return array(values, dtype=dtype).reshape(shape)


_memory.array_type = ndarray

from . import _print  # noqa: E402 - these modules need the class
from ._flat import flagsobj, flatiter  # noqa: E402
from ._indexing import get, put  # noqa: E402
