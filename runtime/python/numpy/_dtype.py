"""np.dtype for the dtypes of the engine: one object each, found by name, character, Python type or scalar class."""

import builtins

# name: (bytes, kind, NumPy's number, char, struct format, other names), in the order of the codes of src/shared/dtypes.ts
_TABLE = {
    'bool': (1, 'b', 0, '?', '?', ('bool_', '?')),
    'int8': (1, 'i', 1, 'b', 'b', ('byte', 'b')),
    'uint8': (1, 'u', 2, 'B', 'B', ('ubyte', 'B')),
    'int16': (2, 'i', 3, 'h', 'h', ('short', 'h')),
    'uint16': (2, 'u', 4, 'H', 'H', ('ushort', 'H')),
    'int32': (4, 'i', 5, 'i', 'i', ('intc', 'i')),
    'uint32': (4, 'u', 6, 'I', 'I', ('uintc', 'I')),
    'int64': (8, 'i', 7, 'l', 'q', ('int', 'int_', 'long', 'longlong', 'intp', 'l', 'q', 'p', 'n')),
    'uint64': (8, 'u', 8, 'L', 'Q', ('uint', 'ulong', 'ulonglong', 'uintp', 'L', 'Q', 'P', 'N')),
    'float32': (4, 'f', 11, 'f', 'f', ('single', 'f')),
    'float64': (8, 'f', 12, 'd', 'd', ('float', 'double', 'd', 'float_')),
}
# Names that NumPy knows and the engine does not: they raise NotImplementedError instead of TypeError.
_KNOWN_ELSEWHERE = frozenset(
    'float16 half longdouble complex64 complex128 complex str object bytes void datetime64 timedelta64 csingle cdouble '
    'clongdouble float128 complex256 f2 c8 c16 e g F D G O S U V M m str_ object_ bytes_'.split()
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
    itemsize, kind, num, char, form, _ = _TABLE[name]
    made = object.__new__(dtype)
    values = {'name': name, 'code': list(_TABLE).index(name), 'kind': kind, 'char': char, 'format': form}
    values |= {'str': f'{"|" if itemsize == 1 else "<"}{kind}{itemsize}', 'itemsize': itemsize, 'type': None, '_num': num}
    for key, value in values.items():
        object.__setattr__(made, key, value)
    return made


#: The dtypes by their code: bool, the integers from narrow to wide, the floats.
by_code = tuple(_make(name) for name in _TABLE)
by_name = {made.name: made for made in by_code}
bool_dtype, int8_dtype, int64_dtype, uint64_dtype = (by_name[name] for name in ('bool', 'int8', 'int64', 'uint64'))
float32_dtype, float64_dtype = by_name['float32'], by_name['float64']
#: Codes from this one on are floats.
FLOATS = float32_dtype.code
_lookup = {}
for _made in by_code:
    _lookup[_made] = _made
    for _name in (_made.name, *(sign + _made.str[1:] for sign in ('', '<', '=', '|')), *_TABLE[_made.name][5]):
        _lookup[_name] = _made
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
    *names, last = by_name
    return f'dtype {name} is not supported here; the supported dtypes are {", ".join(names)} and {last}'


def can_cast_dtype(source, target, casting='safe'):
    """numpy.can_cast of two dtype objects."""
    if casting == 'unsafe' or source is target:
        return True
    if casting in ('no', 'equiv'):
        return False
    safe = promote_dtypes(source, target) is target
    if casting == 'safe' or safe:
        return safe
    if casting == 'same_kind':
        return _TYPE_ORDER[source.kind] <= _TYPE_ORDER[target.kind]
    raise ValueError(f"casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '{casting}')")


def promote_dtypes(a, b):
    """numpy.promote_types of two dtype objects."""
    low, high = (a, b) if a.code < b.code else (b, a)
    if low is high or low is bool_dtype:
        return high
    if high.kind == 'f':
        # float32 has 24 bits of mantissa: too few for 32- and 64-bit integers.
        return high if low.kind == 'f' or low.itemsize < 4 else float64_dtype
    if low.kind == high.kind:
        return high
    signed, unsigned = (low, high) if low.kind == 'i' else (high, low)
    if signed.itemsize > unsigned.itemsize:
        return signed
    return by_name.get(f'int{16 * unsigned.itemsize}', float64_dtype)
