"""Generator over PCG64: default_rng and its distributions."""

import math
from operator import index

import _tensorlift_bridge as _js

from .._creation import arange
from .._dtype import as_dtype, float64_dtype, int64_dtype
from .._memory import Memory, allocate, asarray, handle, normalize_axis
from .._scalars import float64
from ._choice import probabilities, weighted
from ._common import Stream, bounded, call, cont, fresh_entropy, is_scalar, size_tuple, text, words_of
from ._legacy import check_scale, uniform


class SeedSequence:
    """Turns any integers into well-mixed seeds."""

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4):
        if spawn_key or pool_size != 4:
            raise NotImplementedError('SeedSequence with spawn_key= or pool_size= is not supported here')
        self.entropy = fresh_entropy() if entropy is None else entropy
        self._words = _entropy_words(self.entropy)


def _entropy_words(entropy):
    if isinstance(entropy, Memory):
        entropy = entropy.tolist()
    if isinstance(entropy, (list, tuple, range)):
        return [word for part in entropy for word in _entropy_words(part)]
    try:
        value = index(entropy)
    except TypeError:
        raise TypeError(f'SeedSequence expects int or sequence of ints for entropy not {entropy}') from None
    if value < 0:
        raise ValueError('expected non-negative integer')
    return words_of(value)


class PCG64:
    """The bit generator behind default_rng."""

    def __init__(self, seed=None):
        self.seed_seq = seed if isinstance(seed, SeedSequence) else SeedSequence(seed)
        self._stream = Stream(_js.random_pcg64(text(self.seed_seq._words)))


class Generator:
    """Random values of many distributions from a stream of its own."""

    def __init__(self, bit_generator):
        if not isinstance(bit_generator, PCG64):
            raise NotImplementedError('Generator works with PCG64 only here')
        self.bit_generator = bit_generator
        self._stream = bit_generator._stream

    def __repr__(self):
        return f'{self} at 0x{id(self):X}'

    def __str__(self):
        return 'Generator(PCG64)'

    def random(self, size=None, dtype=float64, out=None):
        """Uniform values in [0, 1)."""
        kind = as_dtype(dtype)
        if kind.kind != 'f':
            raise TypeError(f'Unsupported dtype {kind!r} for random')
        if out is not None:
            return self._into(out, kind, size, 'uniform')
        if size is None:
            if kind is float64_dtype:
                return self._stream.double()
            return self._stream.floats('uniform', (), kind).item()
        return self._stream.floats('uniform', size_tuple(size), kind)

    def standard_normal(self, size=None, dtype=float64_dtype, out=None):
        """Standard normal values."""
        kind = as_dtype(dtype)
        if kind is not float64_dtype:
            if kind.kind == 'f':
                raise NotImplementedError('standard_normal in float32 is not supported here')
            raise TypeError(f'Unsupported dtype {kind!r} for standard_normal')
        if out is not None:
            return self._into(out, kind, size, 'normal')
        return cont(self._stream, 'normal', size, 0.0, 1.0)

    def _into(self, out, kind, size, what):
        if out.dtype is not kind:
            raise TypeError('Supplied output array has the wrong type. Expected {0}, got {1}'.format(kind, out.dtype))
        if size is not None and size_tuple(size) != out.shape:
            raise ValueError('size must match out.shape when used together')
        out[...] = self._stream.floats(what, out.shape, kind)
        return out

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal values with mean `loc` and deviation `scale`."""
        check_scale(scale)
        return cont(self._stream, 'normal', size, loc, scale)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform values in [low, high)."""
        return uniform(self._stream, low, high, size)

    def integers(self, low, high=None, size=None, dtype=int64_dtype, endpoint=False):
        """Integers from low to high, which is left out unless `endpoint`."""
        return bounded(self._stream, 0, low, high, size, dtype, endpoint, 'integers')


    def _drawn(self, n):
        """The integers below n, shuffled."""
        order = arange(n)
        call(_js.random_shuffle(self._stream.id, 1, handle(order), 1))
        return order

    def shuffle(self, x, axis=0):
        """Reorders a sequence in place, along an axis."""
        if isinstance(x, Memory):
            if not x._writeable:
                raise ValueError('array is read-only')
            axis = normalize_axis(axis, x.ndim)
            rows = x.swapaxes(0, axis)
            rows[...] = rows[self._drawn(len(rows))]
            return
        if axis != 0:
            raise NotImplementedError('Axis argument is only supported on ndarray objects')
        order = self._drawn(len(x)).tolist()
        x[:] = [x[i] for i in order]

    def permutation(self, x, axis=0):
        """A shuffled copy, or the shuffled integers below x."""
        if is_scalar(x) and not isinstance(x, Memory):
            return self._drawn(index(x))
        values = asarray(x)
        axis = normalize_axis(axis, values.ndim)
        return values[(slice(None),) * axis + (self._drawn(values.shape[axis]),)]

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Elements of a, or of range(a), with or without repetition."""
        values = asarray(a)
        whole = values.ndim == 0
        if whole:
            try:
                population = index(values.item())
            except TypeError:
                raise ValueError('a must be a sequence or an integer, not ' + str(type(a))) from None
        else:
            population = values.shape[axis]
        shape = () if size is None else size_tuple(size)
        count = math.prod(shape)
        if population <= 0 and count:
            kind = 'be a positive integer' if whole else 'be empty'
            raise ValueError(f'a {"must" if whole else "cannot"} {kind} unless no samples are taken')
        weights = None if p is None else probabilities(p, population, 'new')
        if not replace and count > population:
            raise ValueError('Cannot take a larger sample than population when replace is False')
        if weights is not None:
            chosen = weighted(weights, lambda n: self.random((n,)).tolist(), count, replace)
        elif replace:
            chosen = self.integers(0, population, size=(count,))
        else:
            chosen = self._sample(population, count, shuffle)
        chosen = chosen.reshape(shape)
        if whole:
            return chosen.item() if size is None else chosen
        found = values.take(chosen.item() if size is None else chosen, axis=axis)
        return asarray(found) if size is not None else found

    def _sample(self, population, count, shuffle):
        """Different integers: the end of a shuffled range where many are wanted, else Floyd's way."""
        if population > 10000 and count > population // (50 if shuffle else 20):
            order = arange(population)
            call(_js.random_shuffle(self._stream.id, 0, handle(order), max(population - count, 1)))
            return order[population - count :].copy()
        chosen = allocate((count,), int64_dtype)
        call(_js.random_floyd(self._stream.id, population, handle(chosen)))
        if shuffle:
            call(_js.random_shuffle(self._stream.id, 0, handle(chosen), 1))
        return chosen


def default_rng(seed=None):
    """A Generator on PCG64; a Generator is given back as it is."""
    if isinstance(seed, Generator):
        return seed
    return Generator(seed if isinstance(seed, PCG64) else PCG64(asarray(seed) if isinstance(seed, Memory) else seed))
