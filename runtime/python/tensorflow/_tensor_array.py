"""tf.TensorArray: a list of tensors that loops write and read. Eager it is a Python list, in a graph a list value of the graph."""

import json

from . import _state, errors
from ._convert import convert
from ._dtypes import as_dtype, int32
from ._shape import TensorShape
from ._tensor import Tensor, execute


class TensorArray:
    """Each write gives the array to go on with."""

    __module__ = 'tensorflow.python.ops.tensor_array_ops'

    def __init__(
        self, dtype, size=None, dynamic_size=None, clear_after_read=None, tensor_array_name=None, handle=None, flow=None,
        infer_shape=True, element_shape=None, colocate_with_first_write_call=True, name=None,
    ):  # fmt: skip
        self._dtype = as_dtype(dtype)
        self._dynamic = bool(dynamic_size)
        self._clear = True if clear_after_read is None else clear_after_read
        self._infer = infer_shape
        self._element = None if element_shape is None else TensorShape(element_shape)
        self._list = None
        self._items = []
        self._cleared = set()
        if flow is not None:
            self._list = flow
        elif _state.graph is not None:
            size = convert(0 if size is None else size, int32)
            self._list = _state.graph.special('ListReserve', [size], '{}', [self._signature()])[0]
        else:
            self._items = [None] * (0 if size is None else int(size))

    dtype = property(lambda self: self._dtype)
    dynamic_size = property(lambda self: self._dynamic)

    @property
    def element_shape(self):
        return TensorShape(None) if self._element is None else self._element

    flow = handle = property(lambda self: self._list)

    def _signature(self):
        return self._dtype, None, True

    def _flow(self):
        if self._list is None:
            raise NotImplementedError('a TensorArray that was made outside of a tf.function cannot be used inside it here')
        return self._list

    def _with(self, flow):
        """The same kind of array around another list value."""
        array = object.__new__(TensorArray)
        array.__dict__.update(self.__dict__)
        array._list = flow
        return array

    def _item(self, value):
        value = convert(value, hint=self._dtype)
        if value.dtype is not self._dtype:
            raise errors.InvalidArgumentError(
                None, None, f'TensorArray dtype is {self._dtype.name} but Op is trying to write dtype {value.dtype.name}'
            )
        if self._element is not None and not self._element.is_compatible_with(value.shape):
            raise ValueError(f'Incompatible shape for value ({value.shape}), expected ({self._element})')
        if self._infer and self._element is None and value._shape is not None:
            self._element = value.shape
        return value

    # ── reading and writing ─────────────────────────────────────────────────────────────────────────────────────────
    def write(self, index, value, name=None):
        value = self._item(value)
        if self._list is not None:
            index = convert(index, int32) if not isinstance(index, Tensor) else index
            attrs = json.dumps({'dynamic': self._dynamic})
            return self._with(_state.graph.special('ListSet', [self._list, index, value], attrs, [self._signature()])[0])
        index = int(index)
        if index < 0:
            raise errors.OutOfRangeError(None, None, f'Writing to negative indices (index {index}) is not allowed.')
        if index >= len(self._items):
            if not self._dynamic:
                raise errors.OutOfRangeError(
                    None, None, f'Tried to write to index {index} but array is not resizeable and size is: {len(self._items)} '
                )
            self._items.extend([None] * (index + 1 - len(self._items)))
        self._items[index] = value
        self._cleared.discard(index)
        return self

    def _attrs(self):
        known = self._element is not None and self._element.is_fully_defined()
        return json.dumps({'dtype': self._dtype.name, 'shape': self._element.as_list() if known else None})

    def read(self, index, name=None):
        if self._list is not None:
            index = convert(index, int32) if not isinstance(index, Tensor) else index
            shape = None if self._element is None or self._element.rank is None else tuple(self._element.as_list())
            return _state.graph.special('ListGet', [self._list, index], self._attrs(), [(self._dtype, shape, False)])[0]
        index = int(index)
        if index < 0:
            raise errors.OutOfRangeError(None, None, f'Reading from negative indices (index {index}) is not allowed.')
        if index >= len(self._items):
            raise errors.OutOfRangeError(
                None, None, f'Tried to read from index {index} but array size is: {len(self._items)} '
            )
        if index in self._cleared:
            raise errors.InvalidArgumentError(
                None,
                None,
                f'Could not read index {index} twice because it was cleared after a previous read (perhaps try setting clear_after_read = false?)',
            )
        value = self._items[index]
        if value is None:
            value = self._zeros()
        if self._clear:
            self._items[index] = None
            self._cleared.add(index)
        return value

    def _zeros(self):
        if self._element is None or not self._element.is_fully_defined():
            raise ValueError(f'Cannot convert a partially known TensorShape {self.element_shape} to a Tensor.')
        return execute('Fill', [convert(0, self._dtype)], json.dumps({'dims': self._element.as_list()}))

    def size(self, name=None):
        if self._list is not None:
            return _state.graph.special('ListSize', [self._list], '{}', [(int32, (), False)])[0]
        return convert(len(self._items))

    # ── as a whole ──────────────────────────────────────────────────────────────────────────────────────────────────
    def stack(self, name=None):
        if self._list is not None:
            known = self._element is not None and self._element.rank is not None
            shape = (None, *self._element.as_list()) if known else None
            return _state.graph.special('ListStack', [self._list], self._attrs(), [(self._dtype, shape, False)])[0]
        items = [self._zeros() if item is None else item for item in self._items]
        if not items:
            return execute('Fill', [convert(0, self._dtype)], json.dumps({'dims': [0, *(self._element.as_list() if self._element else [])]}))
        return execute('Pack', items, '{"axis":0}', 'tf.stack')

    def concat(self, name=None):
        if self._list is not None:
            rest = (None,) if self._element is None or self._element.rank is None else (None, *self._element.as_list()[1:])
            return _state.graph.special('ListConcat', [self._list], self._attrs(), [(self._dtype, rest, False)])[0]
        items = [self._zeros() if item is None else item for item in self._items]
        return execute('ConcatV2', items, '{"axis":0}', 'tf.concat') if len(items) > 1 else items[0]

    def gather(self, indices, name=None):
        return execute('GatherV2', [self.stack(), convert(indices, int32)], '{"axis":0}', 'tf.gather')

    def unstack(self, value, name=None):
        value = convert(value, self._dtype)
        if self._infer and value._shape is not None:
            self._element = TensorShape(value._shape[1:])
        if self._list is not None or _state.graph is not None:
            return self._with(_state.graph.special('ListUnstack', [value], '{}', [self._signature()])[0])
        self._items = [value[i] for i in range(value._shape[0])]
        self._cleared = set()
        return self

    def split(self, value, lengths, name=None):
        raise NotImplementedError('tf.TensorArray.split is not supported here')

    def identity(self):
        return self

    def grad(self, source, flow=None, name=None):
        raise NotImplementedError('tf.TensorArray.grad is not supported here; use tf.GradientTape')

    def close(self, name=None):
        self._items = []


