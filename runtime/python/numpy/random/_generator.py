"""Generator over PCG64: default_rng and its distributions."""

from operator import index

import _tensorlift_bridge as _js

from .._dtype import as_dtype, float64_dtype, int64_dtype
from .._memory import Memory, asarray
from .._scalars import float64
from ._common import Stream, bounded, cont, fresh_entropy, size_tuple, text, words_of
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


def default_rng(seed=None):
    """A Generator on PCG64; a Generator is given back as it is."""
    if isinstance(seed, Generator):
        return seed
    return Generator(seed if isinstance(seed, PCG64) else PCG64(asarray(seed) if isinstance(seed, Memory) else seed))
