"""numpy.ndindex: all indices of a shape, in row-major order."""

import itertools
from operator import index


class ndindex:
    """An iterator over tuples of integers."""

    __module__ = 'numpy'

    def __init__(self, *shape):
        if len(shape) == 1 and isinstance(shape[0], tuple):
            (shape,) = shape
        shape = tuple(map(index, shape))
        if any(n < 0 for n in shape):
            raise ValueError('negative dimensions are not allowed')
        self._indices = itertools.product(*map(range, shape))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._indices)
