"""NumPy's scalar types: what `array[i]` gives. float64 is a Python float; the others hold a Python number in `_v`."""

import math

from . import _digits
from ._dtype import as_dtype, register_scalar
from ._errstate import report

_numpy = None


def numpy():
    """The package itself, which imports this module while it loads."""
    global _numpy
    if _numpy is None:
        import numpy as _numpy
    return _numpy


class generic:
    """What all scalar types share; most methods are those of the array without axes."""

    __slots__ = ()
    _name = None
    __array_priority__ = -1000000.0

    shape, ndim, size, strides = (), 0, 1, ()
    dtype = property(lambda self: as_dtype(self._name))
    itemsize = property(lambda self: self.dtype.itemsize)
    nbytes = property(lambda self: self.dtype.itemsize)
    T = property(lambda self: self)
    real = property(lambda self: self)
    imag = property(lambda self: type(self)(0))
    data = property(lambda self: numpy().asarray(self).data)
    flat = property(lambda self: numpy().asarray(self).flat)
    base = property(lambda self: None)

    def __new__(cls, *args):
        raise TypeError(f"cannot create 'numpy.{cls.__name__}' instances")

    def item(self, *args):
        return self._v

    def tolist(self):
        return self._v

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        return as_dtype(dtype).type(self)

    def __array__(self, dtype=None, copy=None):
        return numpy().array(self, dtype=dtype)

    def __getitem__(self, key):
        if key is None or key is Ellipsis or key == () or isinstance(key, tuple):
            return numpy().asarray(self)[key] if key != () else self
        raise IndexError('invalid index to scalar variable.')

    def __repr__(self):
        return f'np.{self._name}({self._v})'

    def __str__(self):
        return str(self._v)

    def __format__(self, spec):
        return format(self._v, spec)

    def __hash__(self):
        return hash(self._v)

    def __bool__(self):
        return self._v != 0

    def __int__(self):
        return int(self._v)

    def __float__(self):
        return float(self._v)

    def __complex__(self):
        return complex(self._v)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return (type(self), (self._v,))

    def conj(self):
        return self

    conjugate = copy = conj

    # Subscripts would make Python iterate.
    __iter__ = None


class number(generic):
    """Numbers of all kinds."""

    __slots__ = ()


class integer(number):
    """Integers of all widths."""

    __slots__ = ()

    def __index__(self):
        return self._v

    def __round__(self, ndigits=None):
        return self._v if ndigits is None else type(self)(round(self._v, ndigits))

    def bit_count(self):
        return abs(self._v).bit_count()

    def is_integer(self):
        return True

    numerator = property(lambda self: self)
    denominator = property(lambda self: 1)


class signedinteger(integer):
    """Integers with a sign."""

    __slots__ = ()


class unsignedinteger(integer):
    """Integers without a sign."""

    __slots__ = ()


class inexact(number):
    """Numbers that round."""

    __slots__ = ()


class floating(inexact):
    """Floats of all widths."""

    __slots__ = ()

    def __round__(self, ndigits=None):
        value = self.item()
        return round(value) if ndigits is None else type(self)(_decimals(value, ndigits))

    def is_integer(self):
        return self.item().is_integer()

    def as_integer_ratio(self):
        return self.item().as_integer_ratio()


def _decimals(value, ndigits):
    """numpy.round: scales, rounds half to even, scales back."""
    if value - value != 0:
        return value
    scale = 10.0 ** abs(ndigits)
    if ndigits < 0:
        return float(round(value / scale)) * scale
    scaled = value * scale
    if scaled - scaled != 0:
        report('over', 'multiply')
        return scaled
    return math.copysign(float(round(scaled)) / scale, value)


def _source(cls, value):
    """What a scalar type was called with → (Python number, does C's cast apply?), or an array."""
    if isinstance(value, generic):
        return value.item(), True
    if isinstance(value, (bool, int, float)):
        return value, False
    if isinstance(value, (str, bytes)):
        return (float if issubclass(cls, floating) else int)(value), False
    if hasattr(value, '__array__') or isinstance(value, (list, tuple, range)):
        made = numpy().asarray(value)
        if made.ndim:
            return made.astype(cls._name), None
        return made.item(), True
    for method, convert in (('__float__', float), ('__index__', int)):
        if hasattr(value, method):
            return convert(value), False
    kind = 'float' if issubclass(cls, floating) else 'int'
    wanted = 'a string or a real number' if kind == 'float' else 'a string, a bytes-like object or a real number'
    raise TypeError(f"{kind}() argument must be {wanted}, not '{type(value).__name__}'")


def out_of_range(value, name):
    """The error for a Python integer that a dtype cannot hold: NumPy goes through C's long, or the unsigned one."""
    top = 1 << (64 if name in ('uint32', 'uint64') else 63)
    if not -(1 << 63) <= value < top:
        return OverflowError('Python int too large to convert to C long')
    return OverflowError(f'Python integer {value} out of bounds for {name}')


def wrap(value, bits, signed):
    """The integer modulo 2**bits."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if signed and value >> (bits - 1) else value


def _integer_class(name, base, bits, signed, doc):
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    # The machine converts floats to 32 bits, or to 64 where these do not fit.
    wide = 1 << (63 if bits == 64 or name == 'uint32' else 31)
    top = 1 << 64 if name == 'uint64' else wide

    def __new__(cls, value=0, /):
        value, cast = _source(cls, value)
        if cast is None:
            return value
        if isinstance(value, float):
            if cast and not -wide <= value < top:
                # What x86 gives: the smallest integer, cut to size; what lies above uint64 has lost its highest bit.
                report('invalid', 'cast')
                return MAKE[name](0 if name == 'uint64' and value >= top else wrap(-wide, bits, signed))
            if value - value != 0:
                raise (ValueError if value != value else OverflowError)(
                    f'cannot convert float {"NaN" if value != value else "infinity"} to integer'
                )
            value = int(value)
        if not low <= value <= high:
            if not cast:
                raise out_of_range(value, name)
            value = wrap(value, bits, signed)
        return MAKE[name](int(value))

    return type(name, (base,), {
        '__slots__': ('_v',), '__doc__': doc, '__module__': 'numpy', '_name': name, '__new__': __new__,
        '_low': low, '_high': high, '_bits': bits, '_signed': signed,
    })  # fmt: skip


int8 = _integer_class('int8', signedinteger, 8, True, '8-bit integer.')
uint8 = _integer_class('uint8', unsignedinteger, 8, False, '8-bit integer without a sign.')
int16 = _integer_class('int16', signedinteger, 16, True, '16-bit integer.')
uint16 = _integer_class('uint16', unsignedinteger, 16, False, '16-bit integer without a sign.')
int32 = _integer_class('int32', signedinteger, 32, True, '32-bit integer.')
uint32 = _integer_class('uint32', unsignedinteger, 32, False, '32-bit integer without a sign.')
int64 = _integer_class('int64', signedinteger, 64, True, '64-bit integer, the default.')
uint64 = _integer_class('uint64', unsignedinteger, 64, False, '64-bit integer without a sign.')


class float32(floating):
    """32-bit float."""

    __slots__ = ('_v',)
    _name = 'float32'

    def __new__(cls, value=0, /):
        if value is None:
            return MAKE['float32'](math.nan)
        value, cast = _source(cls, value)
        if cast is None:
            return value
        rounded = _digits.to_single(float(value))
        if rounded - rounded != 0 and value - value == 0:
            report('over', 'cast')
        return MAKE['float32'](rounded)

    def __repr__(self):
        return f'np.float32({_digits.scalar(self._v, True)})'

    def __str__(self):
        return _digits.scalar(self._v, True)


class float64(floating, float):
    """64-bit float, the default; a Python float as well."""

    __slots__ = ()
    _name = 'float64'

    def __new__(cls, value=0, /):
        if value is None:
            return float.__new__(cls, math.nan)
        if isinstance(value, float):
            return float.__new__(cls, value)
        value, cast = _source(cls, value)
        return value if cast is None else float.__new__(cls, value)

    _v = property(float.__float__)
    item = tolist = lambda self, *args: float.__float__(self)
    __float__ = float.__float__
    __int__ = float.__int__
    __bool__ = float.__bool__
    __hash__ = float.__hash__
    __format__ = float.__format__
    __str__ = float.__repr__
    is_integer = float.is_integer
    as_integer_ratio = float.as_integer_ratio

    def __repr__(self):
        return f'np.float64({float.__repr__(self)})'


class bool_(generic):
    """True or False, each of them one object."""

    __slots__ = ('_v',)
    _name = 'bool'

    def __new__(cls, value=False, /):
        if isinstance(value, generic):
            value = value.item()
        elif hasattr(value, '__array__') or isinstance(value, (list, tuple)):
            made = numpy().asarray(value)
            if made.ndim:
                return made.astype('bool')
            value = made.item()
        return True_ if value else False_

    def __repr__(self):
        return 'np.True_' if self._v else 'np.False_'


bool_.__name__ = bool_.__qualname__ = 'bool'
for _cls in (generic, number, integer, signedinteger, unsignedinteger, inexact, floating, bool_, float32, float64):
    _cls.__module__ = 'numpy'


def _truth(value):
    made = object.__new__(bool_)
    made._v = value
    return made


True_, False_ = _truth(True), _truth(False)

#: The scalar types by name, in the order of their codes.
TYPES = {
    cls._name: cls for cls in (bool_, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64)
}


def _maker(cls):
    new = object.__new__

    def make(value):
        made = new(cls)
        made._v = value
        return made

    return make


def _make_float64(value, _new=float.__new__, _cls=float64):
    return _new(_cls, value)


#: Name → function from a Python number that the type can hold to the scalar, without any check.
MAKE = {name: _maker(cls) for name, cls in TYPES.items()} | {
    'float64': _make_float64,
    'bool': lambda value: True_ if value else False_,
}

for _code, (_name, _cls) in enumerate(TYPES.items()):
    _cls._code = _code
    register_scalar(_name, _cls)

_METHODS = """all any argmax argmin argsort clip cumprod cumsum diagonal dot fill flatten max mean min nonzero prod ptp
ravel repeat reshape round searchsorted sort squeeze std sum swapaxes take tobytes trace transpose var view"""


def _delegate(name):
    def method(self, *args, **kwargs):
        return getattr(numpy().asarray(self), name)(*args, **kwargs)

    method.__name__ = name
    return method


for _name in _METHODS.split():
    setattr(generic, _name, _delegate(_name))

from . import _scalar_math  # noqa: E402 - installs the operators on the classes above

_scalar_math.install()
