"""Tensors: EagerTensor holds an array of the engine, SymbolicTensor a value of a graph. `execute` runs or records a library op."""

import json

import _tensorlift_bridge as _js
from numpy import _bridge
from numpy._ndarray import handle, wrap

from . import _state
from ._dtypes import by_code
from ._shape import TensorShape

mail = _bridge.mail
fail = _bridge.fail
_op = _js.tf_op
_result = _js.tf_result
_new = object.__new__
_NUMPY_ONLY = frozenset(
    'astype ravel transpose reshape clip size tolist data T'.split()
)


class Tensor:
    """An immutable array with a dtype and a shape."""

    __slots__ = ('dtype', '_shape', '_id', '_static', '__weakref__')
    __module__ = 'tensorflow.python.framework.tensor'
    __array_priority__ = 100
    _name = property()

    @property
    def shape(self):
        return TensorShape(self._shape)

    @property
    def ndim(self):
        if self._shape is None:
            raise ValueError('ndim is not defined for a tensor of unknown rank')
        return len(self._shape)

    def get_shape(self):
        return self.shape

    def set_shape(self, shape):
        if not self.shape.is_compatible_with(shape):
            raise ValueError(f"Tensor's shape {self.shape} is not compatible with supplied shape {TensorShape(shape)}.")

    @property
    def device(self):
        return '/job:localhost/replica:0/task:0/device:CPU:0'

    def ref(self):
        return Reference(self)

    experimental_ref = ref

    def __hash__(self):
        raise TypeError('Tensor is unhashable. Instead, use tensor.ref() as the key.')

    def __setitem__(self, key, value):
        kind = type(self)
        full = 'SymbolicTensor' if kind.__name__ == 'SymbolicTensor' else f'{kind.__module__}.{kind.__name__}'
        raise TypeError(f"'{full}' object does not support item assignment")

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def consumers(self):
        raise NotImplementedError('Tensor.consumers is not supported here')

    def __getattr__(self, name):
        kind = type(self).__name__
        if name in ('op', 'graph', 'name'):
            raise AttributeError(f'Tensor.{name} is undefined when eager execution is enabled.')
        if name in _NUMPY_ONLY:
            raise AttributeError(
                f"{kind} object has no attribute '{name}'. \n"
                '        If you are looking for numpy-related methods, please run the following:\n'
                '        tf.experimental.numpy.experimental_enable_numpy_behavior()\n      '
            )
        raise AttributeError(f"'{type(self).__module__}.{kind}' object has no attribute '{name}'")


class EagerTensor(Tensor):
    """A tensor with its values."""

    __slots__ = ('_nd',)
    __module__ = 'tensorflow.python.framework.ops'

    def numpy(self):
        nd = self._nd
        return nd.copy() if nd._shape else nd[()]

    def __array__(self, dtype=None, copy=None):
        nd = self._nd.copy() if dtype is None else self._nd.astype(dtype)
        if not copy:
            nd.flags.writeable = False
        return nd

    def _numpy(self):
        return self._nd

    def __bool__(self):
        nd = self._nd
        size = nd.size
        if size == 1:
            return bool(nd.item())
        if size == 0:
            return False
        raise ValueError('The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()')

    def _scalar(self):
        if self._shape:
            raise TypeError('only 0-dimensional arrays can be converted to Python scalars')
        return self._nd.item()

    def __int__(self):
        return int(self._scalar())

    def __float__(self):
        return float(self._scalar())

    def __complex__(self):
        return complex(self._scalar())

    def __index__(self):
        return self.numpy().__index__()

    def __round__(self, ndigits=None):
        return self.astype

    def __len__(self):
        if not self._shape:
            raise TypeError('Scalar tensor has no `len()`')
        return self._shape[0]

    def __iter__(self):
        if not self._shape:
            raise TypeError('Cannot iterate over a scalar tensor.')
        return (self[i] for i in range(self._shape[0]))

    def __contains__(self, value):
        return any(bool(item == value) for item in self)

    def __format__(self, spec):
        return self._nd.__format__(spec) if self._shape else format(self.numpy(), spec)

    def __str__(self):
        text = text_of(self._nd)
        return f'tf.Tensor({chr(10) if chr(10) in text else ""}{text}, shape={self.shape}, dtype={self.dtype.name})'

    def __repr__(self):
        return f'<tf.Tensor: shape={self.shape}, dtype={self.dtype.name}, {repr_of(self._nd)}>'

    def __reduce__(self):
        return _rebuild, (self.numpy(),)

    def cpu(self):
        return self

    gpu = cpu

    def eval(self, feed_dict=None, session=None):
        raise NotImplementedError("eval is not supported when eager execution is enabled, is .numpy() what you're looking for?")


def _rebuild(array):
    return of_array(array)


def text_of(nd):
    """The values as `str` of a tensor shows them."""
    return str(nd) if nd._shape else str(nd[()])


def repr_of(nd):
    """`numpy=…` of a tensor's repr."""
    text = repr(nd) if nd._shape else str(nd.item()) if nd.dtype.kind != 'f' else repr(float(nd.item()))
    return f'numpy=\n{text}' if '\n' in text else f'numpy={text}'


class Reference:
    """A hashable stand-in for a tensor or variable."""

    __slots__ = ('_referent',)

    def __init__(self, referent):
        self._referent = referent

    def deref(self):
        return self._referent

    def __eq__(self, other):
        return isinstance(other, Reference) and self._referent is other._referent

    def __hash__(self):
        return id(self._referent)

    def __repr__(self):
        return f'<Reference wrapping {self._referent!r}>'


def of_array(nd):
    """A tensor over an array that nobody else writes to."""
    t = _new(EagerTensor)
    t._nd = nd
    t.dtype = by_code[nd.dtype.code]
    t._shape = nd._shape
    t._id = _state.unique()
    t._static = None
    return t


def adopt(h):
    """The tensor of a handle that the bridge has just announced."""
    return of_array(wrap(h))


def out_of_scope(t):
    """The error for a tensor of a graph that is used outside of it."""
    return TypeError(
        f'{t!r} is out of scope and cannot be used here. Use return values, explicit Python locals or TensorFlow collections to '
        'access it.\nPlease see https://www.tensorflow.org/guide/function#all_outputs_of_a_tffunction_must_be_return_values for more '
        'information.\n'
    )


def execute(op, inputs, attrs='{}', api=''):
    """Runs a library op (or records it, while a graph is traced) and gives its result. `attrs` is JSON."""
    if _state.graph is not None:
        return _state.graph.op(op, inputs, attrs)[0]
    i = 0
    try:
        for t in inputs:
            mail[i] = handle(t._nd)
            i += 1
    except AttributeError:
        raise out_of_scope(t) from None
    h = _op(op, i, attrs, api)
    if h == -1:
        fail()
    out = of_array(wrap(h))
    if _state.tapes:
        record(op, attrs, inputs, (out,))
    return out


def execute_many(op, inputs, attrs, count, api=''):
    """As `execute`, for an op with several results."""
    if _state.graph is not None:
        return _state.graph.op(op, inputs, attrs)
    for i, t in enumerate(inputs):
        mail[i] = handle(t._nd)
    h = _op(op, len(inputs), attrs, api)
    if h == -1:
        fail()
    outs = [adopt(h), *(adopt(_result(i)) for i in range(1, count))]
    if _state.tapes:
        record(op, attrs, inputs, outs)
    return outs


def record(op, attrs, inputs, outputs):
    """Tells the tapes what ran."""
    for tape in _state.tapes:
        tape._record(op, attrs, inputs, outputs)


def attributes(**attrs):
    """Attributes of an op as JSON."""
    return json.dumps(attrs)


def is_tensor(x):
    return isinstance(x, (Tensor,)) or getattr(type(x), '_is_variable', False)

