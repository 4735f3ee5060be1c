"""tf.DType: one object for each dtype of the engine, equal to its NumPy dtype, its name and its scalar class."""

import numpy as np
from numpy._dtype import by_code as numpy_by_code

#: TensorFlow's own names, as the errors of its kernels write them.
_C_NAMES = {'bool': 'bool', 'uint8': 'uint8', 'int32': 'int32', 'int64': 'int64', 'float32': 'float', 'float64': 'double'}
_RANGES = {'bool': (False, True), 'uint8': (0, 255), 'int32': (-(2**31), 2**31 - 1), 'int64': (-(2**63), 2**63 - 1)}
_LARGEST = {'float32': 3.4028234663852886e38, 'float64': 1.7976931348623157e308}
#: Names that TensorFlow knows and the engine does not.
_ELSEWHERE = (
    'int8 int16 uint16 uint32 uint64 float16 half bfloat16 complex64 complex128 string resource variant '
    'qint8 quint8 qint16 quint16 qint32 int4 uint4 float8_e5m2 float8_e4m3fn'
).split()


class DType:
    """The type of the elements of a tensor."""

    __slots__ = ('name', 'code', '_np', 'kind')
    __module__ = 'tensorflow.python.framework.dtypes'

    def __init__(self, name):
        self.name, self._np = name, np.dtype(name)
        self.code, self.kind = self._np.code, self._np.kind

    @property
    def as_numpy_dtype(self):
        return self._np.type

    @property
    def base_dtype(self):
        return self

    real_dtype = base_dtype

    @property
    def is_integer(self):
        return self.kind in 'iu'

    @property
    def is_floating(self):
        return self.kind == 'f'

    @property
    def is_complex(self):
        return False

    @property
    def is_bool(self):
        return self.kind == 'b'

    @property
    def is_unsigned(self):
        return self.kind == 'u'

    is_quantized = is_numpy_compatible = property(lambda self: False)

    @property
    def is_numeric(self):
        return self.kind != 'b'

    @property
    def size(self):
        return self._np.itemsize

    @property
    def c_name(self):
        return _C_NAMES[self.name]

    @property
    def as_datatype_enum(self):
        return {'bool': 10, 'uint8': 4, 'int32': 3, 'int64': 9, 'float32': 1, 'float64': 2}[self.name]

    @property
    def min(self):
        return self._np.type(-_LARGEST[self.name]) if self.kind == 'f' else _RANGES[self.name][0]

    @property
    def max(self):
        return self._np.type(_LARGEST[self.name]) if self.kind == 'f' else _RANGES[self.name][1]

    @property
    def limits(self):
        return self.min, self.max

    def is_compatible_with(self, other):
        return as_dtype(other) is self

    def __eq__(self, other):
        if other is self:
            return True
        if other is None or isinstance(other, DType):
            return False
        try:
            return as_dtype(other) is self
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return self.as_datatype_enum

    def __repr__(self):
        return 'tf.' + self.name

    def __str__(self):
        return f'<dtype: {self.name!r}>'

    def __reduce__(self):
        return as_dtype, (self.name,)


by_name = {name: DType(name) for name in _C_NAMES}
bool_, uint8, int32, int64, float32, float64 = by_name.values()
_KNOWN = {**by_name, 'float': float32, 'double': float64, bool: bool_, float: float32}


def unsupported(name):
    """The error for a dtype that TensorFlow has and this package has not."""
    return NotImplementedError(f'tf.{name} is not supported here; the dtypes are {", ".join(by_name)}')


class _ByCode(dict):
    def __missing__(self, code):
        raise unsupported(numpy_by_code[code].name)


#: From the code of a NumPy dtype.
by_code = _ByCode((dtype.code, dtype) for dtype in by_name.values())


def as_dtype(value):
    """Anything that TensorFlow takes as a dtype."""
    if type(value) is DType:
        return value
    try:
        known = _KNOWN.get(value)
    except TypeError:
        known = None
    if known is not None:
        return known
    if isinstance(value, str):
        if value in _ELSEWHERE:
            raise unsupported(value)
    elif isinstance(value, np.dtype) or isinstance(value, type) and issubclass(value, np.generic):
        name = np.dtype(value).name
        if name not in by_name:
            raise unsupported(name)
        return by_name[name]
    raise TypeError(f'Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType.')
