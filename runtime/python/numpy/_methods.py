"""Methods of ndarray that are functions of the package under another roof."""

from . import _functions as f
from . import _wrappers as w
from ._calls import NoValue, along, reduction
from ._ufunc import install as install_operators


def _any(self, axis=None, out=None, keepdims=False, *, where=True):
    """Whether any element is true."""
    return reduction('any', self, axis=axis, out=out, keepdims=keepdims, where=where)


def _all(self, axis=None, out=None, keepdims=False, *, where=True):
    """Whether all elements are true."""
    return reduction('all', self, axis=axis, out=out, keepdims=keepdims, where=where)


def _prod(self, axis=None, dtype=None, out=None, keepdims=False, initial=NoValue, where=True):
    """Product over axes."""
    return reduction('prod', self, axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial, where=where)


def _var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True):
    """Variance over axes."""
    return reduction('var', self, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where)


def _argmax(self, axis=None, out=None, *, keepdims=False):
    """The index of the largest element."""
    return along('argmax', self, axis=axis, out=out, keepdims=keepdims)


def _argmin(self, axis=None, out=None, *, keepdims=False):
    """The index of the smallest element."""
    return along('argmin', self, axis=axis, out=out, keepdims=keepdims)


def _argsort(self, axis=-1, kind=None, order=None, *, stable=None):
    """The positions that would sort an axis."""
    return along('argsort', self, axis=axis, kind=kind, order=order, stable=stable)


def _sort(self, axis=-1, kind=None, order=None, *, stable=None):
    """Sorts in place."""
    self[...] = along('sort', self, axis=axis, kind=kind, order=order, stable=stable)


def _cumsum(self, axis=None, dtype=None, out=None):
    """Sums of everything before, along an axis."""
    return along('cumsum', self, axis=axis, dtype=dtype, out=out)


def _cumprod(self, axis=None, dtype=None, out=None):
    """Products of everything before, along an axis."""
    return along('cumprod', self, axis=axis, dtype=dtype, out=out)


def _clip(self, min=None, max=None, out=None, **kwargs):
    """Values limited to an interval."""
    return f.clip(self, min, max, out, **kwargs)


def _round(self, decimals=0, out=None):
    """Rounds to so many decimals, half to even."""
    return f.round(self, decimals, out)


def _nonzero(self):
    """The indices of what is not zero."""
    return f.nonzero(self)


def _repeat(self, repeats, /, axis=None):
    """Repeats each element."""
    return f.repeat(self, repeats, axis)


def _take(self, indices, /, axis=None, out=None, mode='raise'):
    """Elements along an axis by index."""
    return f.take(self, indices, axis, out, mode)


def _put(self, indices, values, /, mode='raise'):
    """Stores at places of the flattened array."""
    if mode != 'raise':
        raise NotImplementedError(f'ndarray.put: the argument mode={mode!r} is not supported here')
    self.flat[f.asarray(indices)] = values


def _trace(self, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """The sum of a diagonal."""
    return f.trace(self, offset, axis1, axis2, dtype, out)


def _conjugate(self):
    """The array itself: it is real."""
    return self


#: The methods above by their name with an underscore.
_OWN = {name: value for name, value in globals().items() if name[0] == '_' and name[1] != '_'}


def install(cls):
    """Puts the methods and the operators on the array class."""
    for name, function in _OWN.items():
        _place(cls, name[1:], function)
    cls.conj = cls.conjugate
    for name, function in w.METHODS.items():
        _place(cls, name, function)
    install_operators(cls)


def _place(cls, name, function):
    function.__name__ = name
    function.__qualname__ = f'ndarray.{name}'
    setattr(cls, name, function)
