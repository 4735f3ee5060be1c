"""numpy.finfo and numpy.iinfo: the limits of the dtypes."""

from ._dtype import as_dtype
from ._scalars import MAKE, generic

# name: (bits, bits of the exponent, bits of the mantissa, decimal digits)
_FLOATS = {'float32': (32, 8, 23, 6), 'float64': (64, 11, 52, 15)}
_RULE = '-' * 63


def _class_of(dtype):
    """The dtype for a type, a name, a dtype or a scalar."""
    if isinstance(dtype, generic):
        return dtype.dtype
    if isinstance(dtype, (bool, int, float)):
        dtype = type(dtype)
    return as_dtype(dtype)


class finfo:
    """Limits of a floating dtype."""

    __module__ = 'numpy'
    _made = {}

    def __new__(cls, dtype):
        dtype = as_dtype(dtype)
        if dtype.name not in _FLOATS:
            raise ValueError(f"data type <class 'numpy.{dtype.name}'> not inexact")
        made = cls._made.get(dtype.name)
        if made is None:
            made = cls._made[dtype.name] = object.__new__(cls)
            made._fill(dtype)
        return made

    def _fill(self, dtype):
        make = MAKE[dtype.name]
        bits, exponent, mantissa, digits = _FLOATS[dtype.name]
        top = 1 << (exponent - 1)
        self.dtype, self.bits, self.precision = dtype, bits, digits
        self.iexp = self.nexp = exponent
        self.nmant, self.machep, self.negep = mantissa, -mantissa, -mantissa - 1
        self.minexp, self.maxexp = 2 - top, top
        self.eps, self.epsneg = make(2.0**-mantissa), make(2.0 ** (-mantissa - 1))
        self.max = make((2.0 - 2.0**-mantissa) * 2.0 ** (top - 1))
        self.min = make(-self.max.item())
        self.tiny = self.smallest_normal = make(2.0 ** (2 - top))
        self.smallest_subnormal = make(2.0 ** (2 - top - mantissa))
        self.resolution = dtype.type(float(f'1e-{digits}'))

    def __repr__(self):
        return f'finfo(resolution={self.resolution!s}, min={self.min!s}, max={self.max!s}, dtype={self.dtype})'

    def __str__(self):
        return (
            f'Machine parameters for {self.dtype}\n{_RULE}\n'
            f'precision = {self.precision}   resolution = {self.resolution!s}\n'
            f'machep = {self.machep}   eps =        {self.eps!s}\n'
            f'negep =  {self.negep}   epsneg =     {self.epsneg!s}\n'
            f'minexp = {self.minexp}   tiny =       {self.tiny!s}\n'
            f'maxexp = {self.maxexp}   max =        {self.max!s}\n'
            f'nexp =   {self.nexp}   min =        -max\n'
            f'smallest_normal = {self.smallest_normal!s}   smallest_subnormal = {self.smallest_subnormal!s}\n'
            f'{_RULE}\n'
        )


class iinfo:
    """Limits of an integer dtype."""

    __module__ = 'numpy'

    def __init__(self, type):
        self.dtype = _class_of(type)
        self.kind, self.bits = self.dtype.kind, self.dtype.itemsize * 8
        self.key = f'{self.kind}{self.bits}'
        if self.kind not in 'iu':
            raise ValueError(f'Invalid integer data type {self.kind!r}.')
        self.min, self.max = self.dtype.type._low, self.dtype.type._high

    def __repr__(self):
        return f'iinfo(min={self.min}, max={self.max}, dtype={self.dtype})'

    def __str__(self):
        return f'Machine parameters for {self.dtype}\n{_RULE}\nmin = {self.min}\nmax = {self.max!s}\n{_RULE}\n'
