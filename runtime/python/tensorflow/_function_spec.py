"""tf.TensorSpec: what a signature says of an argument."""

from ._dtypes import as_dtype
from ._shape import TensorShape


class TensorSpec:
    """The dtype and shape of an argument."""

    __module__ = 'tensorflow.python.framework.tensor'

    def __init__(self, shape, dtype=None, name=None):
        self.shape = TensorShape(shape)
        self.dtype = as_dtype('float32' if dtype is None else dtype)
        self.name = name

    @classmethod
    def from_tensor(cls, tensor, name=None):
        return cls(tensor.shape, tensor.dtype, name)

    def is_compatible_with(self, other):
        return self.dtype is other.dtype and self.shape.is_compatible_with(other.shape)

    def __eq__(self, other):
        return isinstance(other, TensorSpec) and (self.shape, self.dtype, self.name) == (other.shape, other.dtype, other.name)

    def __hash__(self):
        return hash((self.shape, self.dtype))

    def __repr__(self):
        return f'TensorSpec(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r})'
