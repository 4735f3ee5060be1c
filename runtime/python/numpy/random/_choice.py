"""Samples of a population: what the choice of RandomState and that of Generator have in common."""

import bisect
import math

from .._dtype import int64_dtype
from .._memory import allocate, asarray

# The words of the two differ in their beginnings.
_WORDS = {
    'legacy': ("'p' must be 1-dimensional", "'a' and 'p' must have same size", 'probabilities', 'probabilities do not sum to 1'),
    'new': ('p must be 1-dimensional', 'a and p must have same size', 'Probabilities', 'Probabilities do not sum to 1. See Notes section of docstring for more information.'),
}  # fmt: skip


def probabilities(p, population, kind):
    """`p` as a list of floats, with NumPy's checks."""
    flat, size, word, total = _WORDS[kind]
    given = asarray(p)
    if given.ndim != 1:
        raise ValueError(flat)
    weights = [float(x) for x in given.tolist()]
    if len(weights) != population:
        raise ValueError(size)
    if any(x != x for x in weights):
        raise ValueError(f'{word} contain NaN')
    if any(x < 0 for x in weights):
        raise ValueError(f'{word} are not non-negative')
    tolerance = 2.0 ** (-11.5 if given.dtype.name == 'float32' else -26)
    if abs(math.fsum(weights) - 1.0) > tolerance:
        raise ValueError(total)
    return weights


def _bounds(weights):
    """Running sums, scaled to end at one."""
    made, total = [], 0.0
    for weight in weights:
        total += weight
        made.append(total)
    return [x / total for x in made]


def weighted(weights, draws, count, replace):
    """`count` positions; `draws(n)` gives n uniform values."""
    if replace:
        bounds = _bounds(weights)
        found = [bisect.bisect_right(bounds, x) for x in draws(count)]
    else:
        if sum(x > 0 for x in weights) < count:
            raise ValueError('Fewer non-zero entries in p than size')
        found, left = [], list(weights)
        while len(found) < count:
            drawn = draws(count - len(found))
            for i in found:
                left[i] = 0.0
            bounds = _bounds(left)
            found.extend(dict.fromkeys(bisect.bisect_right(bounds, x) for x in drawn))
    made = allocate((len(found),), int64_dtype)
    made[...] = found
    return made
