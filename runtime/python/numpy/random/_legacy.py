"""RandomState: the legacy functions over MT19937. Their streams are frozen: the same seed gives the same bits for ever."""

import math
from operator import index

import _tensorlift_bridge as _js

from .._dtype import int64_dtype
from .._memory import Memory, allocate, asarray, handle
from .._scalars import generic
from ._choice import probabilities, weighted
from ._common import Stream, bounded, call, cont, fresh_entropy, is_scalar, size_tuple, text, words_of


def _seed_argument(seed):
    """('word' or 'key' or 'entropy', words) for the seeds that NumPy takes."""
    if seed is None:
        return 'entropy', words_of(fresh_entropy())
    out_of_range = ValueError('Seed must be between 0 and 2**32 - 1')
    try:
        single = index(seed)
    except TypeError:
        if isinstance(seed, str):
            raise TypeError(
                f"Cannot cast scalar from dtype('<U{len(seed)}') to dtype('int64') according to the rule 'safe'"
            ) from None
        values = asarray(seed)
        if values.size == 0:
            raise ValueError('Seed must be non-empty') from None
        if values.dtype.kind == 'f':
            kind = 'scalar' if values.ndim == 0 else 'array data'
            raise TypeError(
                f"Cannot cast {kind} from dtype('{values.dtype.name}') to dtype('int64') according to the rule 'safe'"
            ) from None
        if values.ndim != 1:
            raise ValueError('Seed array must be 1-d') from None
        words = [int(x) for x in values.tolist()]
        if any(not 0 <= x < 1 << 32 for x in words):
            raise out_of_range from None
        return 'key', words
    if not 0 <= single < 1 << 32:
        raise out_of_range
    return 'word', [single]


class RandomState:
    """A legacy stream with its distributions."""

    def __init__(self, seed=None):
        self._stream = Stream(_js.random_mt19937())
        self.seed(seed)

    def __repr__(self):
        return f'{self} at 0x{id(self):X}'

    def __str__(self):
        return 'RandomState(MT19937)'

    def seed(self, seed=None):
        """Restarts the stream."""
        how, words = _seed_argument(seed)
        call(_js.random_seed(self._stream.id, how, text(words)))

    def get_state(self, legacy=True):
        """The state, for `set_state`; the key is a list here."""
        words, position, kept = _js.random_get_state(self._stream.id).split(';')
        kept = float(kept) if kept else None
        return ('MT19937', [int(x) for x in words.split(',')], int(position), int(kept is not None), kept or 0.0)

    def set_state(self, state):
        """Takes what `get_state` gave."""
        name, key, position, has_kept, kept = state
        if name != 'MT19937' or len(key) != 624:
            raise ValueError('set_state can only be used with legacy MT19937 state instances.')
        kept = repr(float(kept)) if has_kept else ''
        call(_js.random_set_state(self._stream.id, f'{text(key)};{position};{kept}'))

    def random_sample(self, size=None):
        """Uniform values in [0, 1)."""
        return cont(self._stream, 'uniform', size, 0.0, 1.0)

    def random(self, size=None):
        """Uniform values in [0, 1)."""
        return self.random_sample(size)

    def rand(self, *args):
        """Uniform values in [0, 1)."""
        return self.random_sample(args if args else None)

    def randn(self, *args):
        """Standard normal values."""
        return self.standard_normal(args if args else None)

    def standard_normal(self, size=None):
        """Standard normal values."""
        return cont(self._stream, 'normal', size, 0.0, 1.0)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal values with mean `loc` and deviation `scale`."""
        check_scale(scale)
        return cont(self._stream, 'normal', size, loc, scale)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform values in [low, high)."""
        return uniform(self._stream, low, high, size)

    def randint(self, low, high=None, size=None, dtype=int):
        """Integers from low (inclusive) to high (exclusive)."""
        return bounded(self._stream, 1, low, high, size, dtype, False, 'randint')

    def random_integers(self, low, high=None, size=None):
        """Integers from a closed interval."""
        if high is None:
            low, high = 1, low
        return self.randint(low, int(high) + 1, size=size)

    def _shuffled(self, n):
        order = allocate((n,), int64_dtype)
        order[...] = range(n)
        call(_js.random_shuffle(self._stream.id, 1, handle(order), 1))
        return order

    def shuffle(self, x):
        """Reorders a sequence in place, along its first axis."""
        if isinstance(x, Memory):
            if x.ndim == 0:
                raise TypeError('x must be an integer or at least 1-dimensional')
            x[...] = x[self._shuffled(len(x))]
            return
        order = self._shuffled(len(x)).tolist()
        x[:] = [x[i] for i in order]

    def permutation(self, x):
        """A shuffled copy, or the shuffled integers below x."""
        if isinstance(x, (int, generic)):
            return self._shuffled(index(x))
        values = asarray(x)
        return values[self._shuffled(len(values))]

    def choice(self, a, size=None, replace=True, p=None):
        """Elements of a, or of range(a), with or without repetition."""
        whole = isinstance(a, (int, generic))
        values = None if whole else asarray(a)
        if not whole and values.ndim != 1:
            raise ValueError('a must be 1-dimensional')
        population = index(a) if whole else len(values)
        shape = () if size is None else size_tuple(size)
        count = math.prod(shape)
        if population <= 0 and count:
            raise ValueError('a must be greater than 0 unless no samples are taken' if whole else "'a' cannot be empty unless no samples are taken")
        if p is not None:
            weights = probabilities(p, population, 'legacy')
            if not replace and count > population:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            chosen = weighted(weights, lambda n: self.random_sample((n,)).tolist(), count, replace).reshape(shape)
        elif replace:
            chosen = self.randint(0, population, size=shape)
        else:
            if count > population:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            chosen = self._shuffled(population)[:count].reshape(shape)
        if size is None:
            chosen = chosen.item()
            return chosen if whole else values[chosen]
        return chosen if whole else values[chosen]


def check_scale(scale):
    """NumPy's check of a standard deviation."""
    values = [scale] if is_scalar(scale) else asarray(scale).ravel().tolist()
    if any(math.copysign(1.0, x) < 0 for x in map(float, values)):
        raise ValueError('scale < 0')


def uniform(stream, low, high, size):
    """low + (high − low) · u; the width must be finite."""
    if is_scalar(low, high):
        low = float(low)
        width = float(high) - low
        if width - width != 0:
            raise OverflowError('Range exceeds valid bounds')
        return cont(stream, 'uniform', size, low, width)
    low = asarray(low)
    return cont(stream, 'uniform', size, low, asarray(high) - low)
