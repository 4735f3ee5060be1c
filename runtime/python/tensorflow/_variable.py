"""tf.Variable: a tensor that can be assigned. It holds the tensor it was last given; tapes and graphs follow its number."""

import json

from . import _state
from ._convert import convert
from ._dtypes import as_dtype
from ._indexing import get, is_mask, parse
from ._shape import TensorShape
from ._tensor import EagerTensor, Reference, Tensor, execute, record, repr_of

_HASH = 'Variable is unhashable. Instead, use variable.ref() as the key. (Variable: {!r})'
#: Variables that a tf.function may make while it is traced for the first time; None: it may not.
creating = None


class Variable:
    """A value that programs change."""

    _is_variable = True
    __module__ = 'tensorflow.python.ops.resource_variable_ops'
    __array_priority__ = 100
    __hash_error = _HASH

    def __init__(
        self, initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None,
        dtype=None, import_scope=None, constraint=None, synchronization=None, aggregation=None, shape=None,
        experimental_enable_variable_lifting=None,
    ):  # fmt: skip
        if initial_value is None:
            raise ValueError(
                'The `initial_value` arg to `tf.Variable` must be specified except when you are not providing a `variable_def`. '
                'You provided neither.'
            )
        before, _state.graph = _state.graph, None
        try:
            if callable(initial_value):
                initial_value = initial_value()
            if isinstance(initial_value, Tensor) and not isinstance(initial_value, EagerTensor):
                initial_value = _lifted(initial_value)
            dtype = None if dtype is None else as_dtype(dtype)
            try:
                value = convert(initial_value, dtype)
            except ValueError as error:
                if str(error).startswith('Tensor conversion requested'):
                    raise ValueError(f'initial_value: {error}') from None
                raise
            if shape is not None and not TensorShape(shape).is_compatible_with(value.shape):
                raise ValueError(
                    f"In this `tf.Variable` creation, the initial value's shape ({value.shape}) is not compatible with the explicitly "
                    f'supplied `shape` argument ({shape}).'
                )
        finally:
            _state.graph = before
        if before is not None:
            _announce(self)
        self._value = value
        self.dtype = value.dtype
        self._static = None if shape is None else TensorShape(shape)
        self.name = f'{name or "Variable"}:0'
        self.trainable = trainable is not False
        self._id = _state.unique()

    @property
    def shape(self):
        return TensorShape(self._value._shape) if self._static is None else self._static

    def _dims(self):
        return tuple(self.shape.as_list()) if self.shape.rank is not None else None

    def get_shape(self):
        return self.shape

    @property
    def device(self):
        return '/job:localhost/replica:0/task:0/device:CPU:0'

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _read(self):
        """The present value as a tensor that tapes know to come from this variable."""
        for tape in _state.tapes:
            tape._accessed(self)
        if _state.graph is not None:
            t = _state.graph.read(self)
            if _state.tapes:
                record('ReadVariableOp', '{}', (self,), (t,))
            return t
        if not _state.tapes:
            return self._value
        t = _alias(self._value)
        record('ReadVariableOp', '{}', (self,), (t,))
        return t

    value = read_value = lambda self: self._read()
    value.__name__ = 'value'

    def numpy(self):
        if _state.graph is not None:
            raise NotImplementedError('numpy() is only available when eager execution is enabled.')
        return self._value.numpy()

    def __array__(self, dtype=None, copy=None):
        return self._value.__array__(dtype)

    def __bool__(self):
        return bool(self._read())

    def __int__(self):
        return int(self._value)

    def __float__(self):
        return float(self._value)

    def __index__(self):
        return self._value.__index__()

    def __iter__(self):
        return iter(self._read())

    def __len__(self):
        raise TypeError("object of type 'ResourceVariable' has no len()")

    def __format__(self, spec):
        if spec:
            raise TypeError('unsupported format string passed to ResourceVariable.__format__')
        return repr(self)

    def __hash__(self):
        raise TypeError(_HASH.format(self))

    def ref(self):
        return Reference(self)

    experimental_ref = ref

    def __getitem__(self, key):
        t = get(self._read(), key)
        if not is_mask(key):
            t = _slice_of(t, self, key)
        return t

    def __setitem__(self, key, value):
        raise TypeError("'ResourceVariable' object does not support item assignment")

    def __getattr__(self, name):
        raise AttributeError(f"'ResourceVariable' object has no attribute '{name}'")

    def __repr__(self):
        if _state.graph is not None:
            return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}, {repr_of(self._value._nd)}>"

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _store(self, value, read_value):
        if _state.graph is not None:
            _state.graph.assign(self, value)
            return _state.graph.read(self) if read_value else None
        self._value = value
        return _Unread(self) if read_value else None

    def assign(self, value, use_locking=False, name=None, read_value=True):
        value = convert(value, self.dtype)
        if not self.shape.is_compatible_with(value.shape):
            raise ValueError(
                f"Cannot assign value to variable ' {self.name}': Shape mismatch.The variable shape {self.shape}, "
                f'and the assigned value shape {value.shape} are incompatible.'
            )
        return self._store(value, read_value)

    def _update(self, op, delta, name):
        delta = convert(delta, self.dtype)
        if delta._shape is not None and None not in delta._shape and delta._shape != self._value._shape:
            from .errors import InvalidArgumentError

            where = f'__wrapped__{name}_device_/job:localhost/replica:0/task:0/device:CPU:0'
            shapes = [f'[{",".join(map(str, s))}]' for s in (self._value._shape, delta._shape)]
            raise InvalidArgumentError(
                None,
                None,
                f'{{{{function_node {where}}}}} Cannot update variable with shape {shapes[0]} using a Tensor with shape {shapes[1]}, '
                f'shapes must be equal. [Op:{name}] name: ',
            )
        now = _state.graph.read(self) if _state.graph is not None else self._value
        tapes, _state.tapes = _state.tapes, []
        try:
            return execute(op, (now, delta))
        finally:
            _state.tapes = tapes

    def assign_add(self, delta, use_locking=None, name=None, read_value=True):
        return self._store(self._update('AddV2', delta, 'AssignAddVariableOp'), read_value)

    def assign_sub(self, delta, use_locking=None, name=None, read_value=True):
        return self._store(self._update('Sub', delta, 'AssignSubVariableOp'), read_value)

    def _scatter(self, op, indices, updates):
        now = _state.graph.read(self) if _state.graph is not None else self._value
        return self._store(execute(op, (now, convert(indices), convert(updates, self.dtype))), True)

    def scatter_nd_update(self, indices, updates, name=None):
        return self._scatter('TensorScatterUpdate', indices, updates)

    def scatter_nd_add(self, indices, updates, name=None):
        return self._scatter('TensorScatterAdd', indices, updates)

    def __iadd__(self, other):
        raise _augmented('+=', 'assign_add', '+')

    def __isub__(self, other):
        raise _augmented('-=', 'assign_sub', '-')

    def __imul__(self, other):
        raise _augmented('*=', 'assign', '*')

    def __itruediv__(self, other):
        raise _augmented('/=', 'assign', '/')

    def __ipow__(self, other):
        raise _augmented('**=', 'assign', '**')


Variable.__name__ = Variable.__qualname__ = 'ResourceVariable'


def _augmented(sign, method, plain):
    change = f'variable.{method}(value)' if method != 'assign' else f'variable.assign(variable {plain} value)'
    return RuntimeError(
        f'`variable {sign} value` with `tf.Variable`s is not supported. Use `{change}` to modify the variable, or '
        f'`out = variable {plain} value` if you need to get a new output Tensor.'
    )


class _Unread(Variable):
    """What an assignment returns: the variable, under the name that TensorFlow shows for it."""

    def __init__(self, variable):
        self.__dict__['_variable'] = variable
        self.__dict__['name'] = 'UnreadVariable'

    def __getattr__(self, name):
        return getattr(self._variable, name)

    def __setattr__(self, name, value):
        setattr(self._variable, name, value)


class SliceOfVariable(EagerTensor):
    """`v[key]`: a tensor that can also be assigned to."""

    __slots__ = ('_variable', '_key')

    def assign(self, value, name=None):
        v = self._variable
        spec, extra = parse(self._key, first=2)
        value = convert(value, v.dtype)
        return v._store(execute('StridedSliceAssign', [v._value, value, *extra], json.dumps({'spec': spec})), True)


SliceOfVariable.__name__ = SliceOfVariable.__qualname__ = 'EagerTensor'
SliceOfVariable.__module__ = EagerTensor.__module__


def _slice_of(t, variable, key):
    """The slice with its `assign`."""
    if isinstance(t, EagerTensor):
        s = object.__new__(SliceOfVariable)
        s._nd, s.dtype, s._shape, s._id, s._static = t._nd, t.dtype, t._shape, t._id, None
        s._variable, s._key = variable, key
        return s
    _slices[t._id] = (variable, key)
    return t


#: Slices of variables in graphs: symbolic tensor → (variable, key).
_slices = {}


def assign_slice(t, value):
    """`v[key].assign(value)` in a graph."""
    variable, key = _slices[t._id]
    spec, extra = parse(key, first=2)
    now = _state.graph.read(variable)
    return variable._store(execute('StridedSliceAssign', [now, convert(value, variable.dtype), *extra], json.dumps({'spec': spec})), True)


def _alias(t):
    """The same values under a number of their own."""
    a = object.__new__(EagerTensor)
    a._nd, a.dtype, a._shape, a._static = t._nd, t.dtype, t._shape, None
    a._id = _state.unique()
    return a


def _announce(variable):
    if creating is None:
        raise ValueError(
            'tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only created '
            'once or created outside tf.function. See https://www.tensorflow.org/guide/function#creating_tfvariables for more information.'
        )
    creating.append(variable)


def _lifted(t):
    """The value of a symbolic initial value that is known while tracing."""
    from ._graph import constant_value
    from ._tensor import of_array

    nd = constant_value(t)
    if nd is None:
        raise NotImplementedError('tf.Variable: an initial value that depends on the arguments of a tf.function is not supported here')
    return of_array(nd)


def _operators():
    for name in (
        'add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul and rand or ror xor rxor '
        'neg abs invert lt le gt ge eq ne'
    ).split():
        method = getattr(Tensor, f'__{name}__')

        def operator(self, *other, _method=method):
            return _method(self._read(), *other)

        setattr(Variable, f'__{name}__', operator)


_operators()
