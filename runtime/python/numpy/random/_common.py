"""What the legacy functions and Generator share: streams in TypeScript, sizes, broadcast parameters, bounds of integers."""

import os
import weakref
from operator import index

import _tensorlift_bridge as _js

from .._bridge import ERROR, fail
from .._dtype import as_dtype, float64_dtype
from .._memory import Memory, allocate, asarray, handle
from .._scalars import MAKE, TYPES, generic

_one, _fill, _integers, _integer = _js.random_one, _js.random_fill, _js.random_integers, _js.random_integer
_dead = []


def call(answer):
    """The answer of a bridge call that gives no array."""
    if answer == ERROR:
        fail()
    return answer


class Stream:
    """A stream of random bits; its number is free again when the object is gone."""

    def __init__(self, number):
        while _dead:
            _js.random_free(_dead.pop())
        self.id = call(number)
        self._end = weakref.finalize(self, _dead.append, self.id)
        self._end.atexit = False

    def double(self, low=0.0, width=1.0):
        return float(_one(self.id, 'uniform', low, width))

    def normal(self, mean=0.0, deviation=1.0):
        return float(_one(self.id, 'normal', mean, deviation))

    def floats(self, what, shape, dtype=float64_dtype, a=0.0, b=1.0, out=None):
        """An array of draws, `uniform` or `normal`."""
        out = allocate(shape, dtype) if out is None else out
        call(_fill(self.id, what, handle(out), a, b))
        return out

    def integer(self, masked, dtype, low, high):
        """A Python integer in [low, high]."""
        return int(_integer(self.id, masked, dtype.name, str(low), str(high - low)))

    def integers(self, masked, shape, dtype, low, high):
        out = allocate(shape, dtype)
        call(_integers(self.id, masked, handle(out), str(low), str(high - low)))
        return out


def words_of(value):
    """A non-negative integer as words of 32 bits, the lowest first."""
    words = [value & 0xFFFFFFFF]
    while value := value >> 32:
        words.append(value & 0xFFFFFFFF)
    return words


def fresh_entropy():
    """128 bits that nobody knows."""
    return int.from_bytes(os.urandom(16), 'little')


def text(words):
    return ','.join(map(str, words))


def size_tuple(size):
    """A `size=` argument as a tuple."""
    if isinstance(size, (tuple, list)) or isinstance(size, Memory) and size.ndim:
        shape = tuple(map(index, size))
    else:
        shape = (index(size),)
    if any(n < 0 for n in shape):
        raise ValueError('negative dimensions are not allowed')
    return shape


def is_scalar(*values):
    return all(isinstance(x, (int, float, generic)) or isinstance(x, Memory) and x.ndim == 0 for x in values)


def broadcast(size, *parameters):
    """The common shape of parameters that are arrays, checked against `size`, and their values in row-major order."""
    import numpy as np

    arrays = [asarray(x) for x in parameters]
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    if size is not None:
        wanted = size_tuple(size)
        full = np.broadcast_shapes(wanted, shape)
        if full != wanted:
            raise ValueError(f'Output size {wanted} is not compatible with broadcast dimensions of inputs {shape}.')
        shape = wanted
    return shape, [np.broadcast_to(a, shape).ravel().tolist() for a in arrays]


def from_values(values, shape, dtype=float64_dtype):
    import numpy as np

    return np.array(values, dtype=dtype).reshape(shape)


def cont(stream, what, size, a, b):
    """Draws with parameters a and b (low and width, or mean and deviation), which may be arrays."""
    if is_scalar(a, b):
        a, b = float(a), float(b)
        if size is None:
            return stream.normal(a, b) if what == 'normal' else stream.double(a, b)
        return stream.floats(what, size_tuple(size), a=a, b=b)
    shape, (first, second) = broadcast(size, a, b)
    draw = stream.normal if what == 'normal' else stream.double
    return from_values([draw(x, y) for x, y in zip(first, second, strict=True)], shape)


_LIMITS = {'bool': (0, 1)} | {
    name: (cls._low, cls._high) for name, cls in TYPES.items() if hasattr(cls, '_low')
}


def bounded(stream, masked, low, high, size, dtype, endpoint, where):
    """randint and Generator.integers."""
    if high is None:
        low, high = 0, low
    python_type = dtype if dtype in (int, bool) and where == 'randint' else None
    dtype = as_dtype(dtype)
    if dtype.kind == 'f':
        raise TypeError(f"Unsupported dtype dtype('{dtype.name}') for {where}")
    if size is not None and 0 in size_tuple(size):
        return allocate(size_tuple(size), dtype)
    if is_scalar(low, high):
        low, last = _bounds(low, high, dtype, endpoint)
        if size is None:
            value = stream.integer(masked, dtype, low, last)
            if python_type is not None:
                return python_type(value)
            return MAKE[dtype.name](value)
        return stream.integers(masked, size_tuple(size), dtype, low, last)
    shape, (lows, highs) = broadcast(size, low, high)
    pairs = [_bounds(x, y, dtype, endpoint) for x, y in zip(lows, highs, strict=True)]
    return from_values([stream.integer(masked, dtype, x, y) for x, y in pairs], shape, dtype)


def _bounds(low, high, dtype, endpoint):
    low, high = int(low), int(high) - (0 if endpoint else 1)
    smallest, largest = _LIMITS[dtype.name]
    if low < smallest:
        raise ValueError(f'low is out of bounds for {dtype.name}')
    if high > largest:
        raise ValueError(f'high is out of bounds for {dtype.name}')
    if low > high:
        raise ValueError('low > high' if endpoint else 'low >= high')
    return low, high


def not_here(name):
    """What stands for a function of numpy.random that is not in this package."""

    def missing(*args, **kwargs):
        raise NotImplementedError(f'numpy.random.{name} is not supported here')

    missing.__name__ = name
    return missing


