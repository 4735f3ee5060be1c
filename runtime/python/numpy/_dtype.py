"""np.dtype for the six dtypes of the engine: one object each, found by name, character, Python type or scalar class."""

import builtins

_ALIGN = {'bool': 1, 'uint8': 1, 'int32': 4, 'int64': 8, 'float32': 4, 'float64': 8}

# name: (code of src/shared/dtypes.ts, kind, char, array-interface string, struct format, other names)
_TABLE = {
    'bool': (0, 'b', '?', '|b1', '?', ('bool_', '?', 'b1')),
    'uint8': (1, 'u', 'B', '|u1', 'B', ('ubyte', 'B', 'u1')),
    'int32': (2, 'i', 'i', '<i4', 'i', ('intc', 'i', 'i4')),
    'int64': (3, 'i', 'l', '<i8', 'q', ('int', 'int_', 'long', 'longlong', 'intp', 'l', 'q', 'p', 'i8')),
    'float32': (4, 'f', 'f', '<f4', 'f', ('single', 'f', 'f4')),
    'float64': (5, 'f', 'd', '<f8', 'd', ('float', 'double', 'd', 'f8', 'float_')),
}
# Names that NumPy knows and the engine does not: they raise NotImplementedError instead of TypeError.
_KNOWN_ELSEWHERE = frozenset(
    'int8 int16 uint16 uint32 uint64 float16 half longdouble complex64 complex128 complex str object bytes void '
    'datetime64 timedelta64 uint uintp ulong ushort short byte csingle cdouble clongdouble float128 complex256 '
    'i1 i2 u2 u4 u8 f2 c8 c16 b h H I L Q e g F D G O S U V M m str_ object_ bytes_ uintc ulonglong'.split()
)
_TYPE_ORDER = {'b': 0, 'u': 1, 'i': 2, 'f': 3}


class dtype:
    """The type of the elements of an array."""

    __slots__ = ('name', 'code', 'kind', 'char', 'str', 'format', 'itemsize', 'type', '_num')

    #: NumPy's own comparison functions ask for this.
    _is_numeric = True

    def __new__(cls, dtype=None, align=False, copy=False, **kwargs):
        return as_dtype(dtype)

    @property
    def num(self):
        return self._num

    @property
    def byteorder(self):
        return '|' if self.itemsize == 1 else '='

    @property
    def isnative(self):
        return True

    @property
    def alignment(self):
        return self.itemsize

    @property
    def hasobject(self):
        return False

    @property
    def names(self):
        return None

    @property
    def fields(self):
        return None

    @property
    def subdtype(self):
        return None

    @property
    def shape(self):
        return ()

    @property
    def ndim(self):
        return 0

    @property
    def base(self):
        return self

    @property
    def flags(self):
        return 0

    @property
    def descr(self):
        return [('', self.str)]

    def newbyteorder(self, new_order='S', /):
        if new_order in ('=', '|', '<', 'native', 'little', 'N', 'L', 'I'):
            return self
        raise NotImplementedError('dtypes with a foreign byte order are not supported here')

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name

    def __hash__(self):
        return self.code + 17

    def __eq__(self, other):
        if self is other:
            return True
        if isinstance(other, dtype) or other is None and self.name != 'float64':
            return False
        try:
            return as_dtype(other) is self
        except (TypeError, NotImplementedError):
            return False

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        other = as_dtype(other)
        return self is not other and can_cast_dtype(self, other, 'safe')

    def __le__(self, other):
        return can_cast_dtype(self, as_dtype(other), 'safe')

    def __gt__(self, other):
        return as_dtype(other) < self

    def __ge__(self, other):
        return as_dtype(other) <= self

    def __bool__(self):
        return True

    def __len__(self):
        return 0

    def __reduce__(self):
        return (dtype, (self.name,))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __setattr__(self, name, value):
        raise AttributeError(f"attribute '{name}' of 'numpy.dtype' objects is not writable")


def _make(name):
    code, kind, char, text, form, _ = _TABLE[name]
    made = object.__new__(dtype)
    values = {'name': name, 'code': code, 'kind': kind, 'char': char, 'str': text, 'format': form}
    values |= {'itemsize': _ALIGN[name], 'type': None, '_num': (0, 2, 5, 7, 11, 12)[code]}
    for key, value in values.items():
        object.__setattr__(made, key, value)
    return made


#: The six dtypes by their code.
by_code = tuple(_make(name) for name in _TABLE)
bool_dtype, uint8_dtype, int32_dtype, int64_dtype, float32_dtype, float64_dtype = by_code
_lookup = {}
for _made in by_code:
    _lookup[_made] = _made
    for _name in (_made.name, _made.str, _made.str.replace('|', '<'), '=' + _made.str[1:], *_TABLE[_made.name][5]):
        _lookup[_name] = _made
_lookup['|b1'] = bool_dtype
_lookup.update({builtins.bool: bool_dtype, builtins.int: int64_dtype, builtins.float: float64_dtype, None: float64_dtype})


def register_scalar(name, scalar_type):
    """Called by _scalars for each concrete scalar class: `dtype.type`, and dtype(np.float32)."""
    object.__setattr__(_lookup[name], 'type', scalar_type)
    _lookup[scalar_type] = _lookup[name]


def as_dtype(spec):
    """The dtype object for whatever NumPy accepts as `dtype=` (None is float64)."""
    if type(spec) is dtype:
        return spec
    try:
        return _lookup[spec]
    except KeyError:
        pass
    except TypeError:
        raise TypeError(f"Cannot interpret '{spec!r}' as a data type") from None
    if isinstance(spec, builtins.str):
        if spec.lstrip('<>=|') in _KNOWN_ELSEWHERE or spec[:1] in '>' and spec[1:] in _lookup:
            raise NotImplementedError(_unsupported(spec))
        raise TypeError(f"data type '{spec}' not understood")
    if isinstance(spec, type):
        if spec in (complex, builtins.str, bytes, object) or spec.__name__ in _KNOWN_ELSEWHERE:
            raise NotImplementedError(_unsupported(spec.__name__))
        abstract = _ABSTRACT.get(spec.__name__)
        if abstract and getattr(spec, '__module__', '') == 'numpy':
            return abstract
        raise NotImplementedError(_unsupported('object'))
    # tf.float32 and the like say their NumPy dtype; anything with a `dtype` attribute too.
    for attribute in ('as_numpy_dtype', 'dtype'):
        inner = getattr(spec, attribute, None)
        if inner is not None and inner is not spec:
            return as_dtype(inner)
    raise TypeError(f"Cannot interpret '{spec!r}' as a data type")


_ABSTRACT = {'floating': float64_dtype, 'inexact': float64_dtype, 'integer': int64_dtype, 'signedinteger': int64_dtype}


def _unsupported(name):
    return f'dtype {name} is not supported here; the supported dtypes are bool, uint8, int32, int64, float32 and float64'


# Safe casts that are not from a dtype to itself or from bool.
_SAFE = frozenset([(1, 2), (1, 3), (1, 4), (1, 5), (2, 3), (2, 5), (3, 5), (4, 5)])


def can_cast_dtype(source, target, casting='safe'):
    """numpy.can_cast of two dtype objects."""
    if casting == 'unsafe' or source is target:
        return True
    if casting in ('no', 'equiv'):
        return False
    safe = source.code == 0 or (source.code, target.code) in _SAFE
    if casting == 'safe' or safe:
        return safe
    if casting == 'same_kind':
        return _TYPE_ORDER[source.kind] <= _TYPE_ORDER[target.kind]
    raise ValueError(f"casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '{casting}')")


def promote_dtypes(a, b):
    """numpy.promote_types of two dtype objects."""
    low, high = (a, b) if a.code < b.code else (b, a)
    if high.code == 4 and low.code in (2, 3):
        return float64_dtype
    return high
