"""NumPy's exception types. The public ones are those of numpy.exceptions; the others say why a ufunc refuses its operands."""


class ComplexWarning(RuntimeWarning):
    """A complex number loses its imaginary part."""


class VisibleDeprecationWarning(UserWarning):
    """A deprecation that users should see."""


class ModuleDeprecationWarning(DeprecationWarning):
    """A whole module is deprecated."""


class RankWarning(RuntimeWarning):
    """A polynomial fit is badly conditioned."""


class TooHardError(RuntimeError):
    """An exact answer would take too long."""


class DTypePromotionError(TypeError):
    """Two dtypes have no common one."""


class AxisError(ValueError, IndexError):
    """An axis that the array does not have."""

    __slots__ = ('_text', 'axis', 'ndim')

    def __init__(self, axis, ndim=None, msg_prefix=None):
        if ndim is None and msg_prefix is None:
            self._text, self.axis, self.ndim = axis, None, None
            return
        self.axis, self.ndim = axis, ndim
        text = f'axis {axis} is out of bounds for array of dimension {ndim}'
        self._text = f'{msg_prefix}: {text}' if msg_prefix is not None else text

    def __str__(self):
        return str(self._text)


for _public in (
    ComplexWarning, VisibleDeprecationWarning, ModuleDeprecationWarning, RankWarning, TooHardError, DTypePromotionError, AxisError,
):  # fmt: skip
    _public.__module__ = 'numpy.exceptions'


class UFuncTypeError(TypeError):
    """A ufunc cannot take these operands."""

    def __init__(self, text):
        super().__init__(text)


def _shown_as_base(cls):
    """The private subclasses show the name of their public base, and their own in tracebacks."""
    cls.__name__ = 'UFuncTypeError'
    return cls


@_shown_as_base
class _UFuncNoLoopError(UFuncTypeError):
    pass


class _UFuncCastingError(UFuncTypeError):
    pass


@_shown_as_base
class _UFuncInputCastingError(_UFuncCastingError):
    pass


@_shown_as_base
class _UFuncOutputCastingError(_UFuncCastingError):
    pass


for _private in (UFuncTypeError, _UFuncNoLoopError, _UFuncCastingError, _UFuncInputCastingError, _UFuncOutputCastingError):
    _private.__module__ = 'numpy._core._exceptions'


_DTYPE_CLASSES = {'bool': 'Bool', 'float32': 'Float32', 'float64': 'Float64'} | {
    f'{kind}int{bits}'.lower(): f'{kind}Int{bits}' for kind in ('', 'U') for bits in (8, 16, 32, 64)
}
_COMPARISONS = frozenset(('less', 'less_equal', 'greater', 'greater_equal', 'equal', 'not_equal'))


def _described(operand, as_class):
    name = getattr(getattr(operand, 'dtype', None), 'name', None)
    if name is None:
        name = {bool: 'bool', int: 'int64', float: 'float64'}.get(type(operand))
    if as_class:
        return f"<class 'numpy.dtypes.{_DTYPE_CLASSES.get(name, 'Str')}DType'>"
    return f"dtype('{name}')" if name else f"dtype('<U{len(operand)}')"


def no_loop(ufunc, *operands):
    """Raises NumPy's error for operands that the ufunc has no loop for."""
    unary = len(operands) == 1
    parts = [_described(operand, unary or ufunc in _COMPARISONS) for operand in operands]
    inside = parts[0] if unary else f'({", ".join(parts)})'
    raise _UFuncNoLoopError(f"ufunc '{ufunc}' did not contain a loop with signature matching types {inside} -> None")


def bad_output(ufunc, source, target, casting='same_kind'):
    """Raises NumPy's error for a result that `out=` cannot take."""
    raise _UFuncOutputCastingError(
        f"Cannot cast ufunc '{ufunc}' output from dtype('{source}') to dtype('{target}') with casting rule '{casting}'"
    )
