"""Objects that are used by subscripts: mgrid, ogrid, c_, r_, s_."""

from . import _functions as f
from ._creation import arange, array, asarray, linspace
from ._memory import Memory
from ._scalars import generic


def _span(item, dtype=None):
    """The values of a slice: steps, or a count where the step is imaginary."""
    start = 0 if item.start is None else item.start
    step = 1 if item.step is None else item.step
    if isinstance(step, complex):
        return linspace(start, item.stop, int(abs(step)))
    return arange(start, item.stop, step) if dtype is None else arange(start, item.stop, step, dtype=dtype)


class _Grid:
    """mgrid (dense) and ogrid (open)."""

    __slots__ = ('_sparse',)

    def __init__(self, sparse):
        self._sparse = sparse

    def __getitem__(self, key):
        if isinstance(key, slice):
            return _span(key)
        values = [_span(item) for item in key]
        kind = f.result_type(*values)
        n = len(values)
        grids = [v.astype(kind).reshape((1,) * i + (-1,) + (1,) * (n - i - 1)) for i, v in enumerate(values)]
        if self._sparse:
            return tuple(grids)
        return f.stack(f.broadcast_arrays(*grids))

    def __len__(self):
        return 0


class _Joiner:
    """r_ (along the first axis) and c_ (as columns)."""

    __slots__ = ('_columns',)

    def __init__(self, columns):
        self._columns = columns

    def __getitem__(self, key):
        items = key if isinstance(key, tuple) else (key,)
        if items and isinstance(items[0], str):
            raise NotImplementedError('numpy.r_ and numpy.c_ with a string directive are not supported here')
        parts, plain = [], []
        for item in items:
            if isinstance(item, slice):
                part = _span(item)
            elif isinstance(item, (bool, int, float)) and not isinstance(item, generic):
                plain.append(item)
                parts.append(item)
                continue
            else:
                part = asarray(item)
            if self._columns and part.ndim < 2:
                part = part.reshape((-1, 1))
            elif part.ndim < 1:
                part = part.reshape(1)
            parts.append(part)
        strong = [part for part in parts if isinstance(part, Memory)]
        kind = f.result_type(*strong, *plain)
        shape = (1, 1) if self._columns else (1,)
        made = [part if isinstance(part, Memory) else array(part, dtype=kind).reshape(shape) for part in parts]
        return f.concatenate([part.astype(kind) for part in made], -1 if self._columns else 0)

    def __len__(self):
        return 0


class _Subscript:
    """s_: the subscript itself."""

    __slots__ = ()

    def __getitem__(self, key):
        return key


mgrid, ogrid = _Grid(False), _Grid(True)
r_, c_ = _Joiner(False), _Joiner(True)
s_ = _Subscript()
