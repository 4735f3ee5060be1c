"""tf.TensorShape: the shape of a tensor, of which dimensions (or the rank) may be unknown."""

from operator import index


class TensorShape:
    """Compares and indexes like a list; prints like a tuple."""

    __slots__ = ('_dims',)
    __module__ = 'tensorflow.python.framework.tensor_shape'

    def __init__(self, dims):
        if dims is None:
            self._dims = None
        elif isinstance(dims, TensorShape):
            self._dims = dims._dims
        elif hasattr(dims, '__iter__'):
            self._dims = tuple(_dimension(d) for d in dims)
        else:
            self._dims = (_dimension(dims),)

    @property
    def rank(self):
        return None if self._dims is None else len(self._dims)

    ndims = rank

    @property
    def dims(self):
        return None if self._dims is None else list(self._dims)

    def as_list(self):
        if self._dims is None:
            raise ValueError('as_list() is not defined on an unknown TensorShape.')
        return list(self._dims)

    def num_elements(self):
        if not self.is_fully_defined():
            return None
        n = 1
        for d in self._dims:
            n *= d
        return n

    def is_fully_defined(self):
        return self._dims is not None and None not in self._dims

    def assert_is_fully_defined(self):
        if not self.is_fully_defined():
            raise ValueError(f'Shape {self} is not fully defined')

    def is_compatible_with(self, other):
        other = TensorShape(other)
        if self._dims is None or other._dims is None:
            return True
        return len(self._dims) == len(other._dims) and all(
            a is None or b is None or a == b for a, b in zip(self._dims, other._dims)
        )

    def assert_is_compatible_with(self, other):
        if not self.is_compatible_with(other):
            raise ValueError(f'Shapes {self} and {TensorShape(other)} are incompatible')

    def assert_has_rank(self, rank):
        if self.rank not in (None, rank):
            raise ValueError(f'Shape {self} must have rank {rank}')

    def merge_with(self, other):
        other = TensorShape(other)
        self.assert_is_compatible_with(other)
        if self._dims is None:
            return other
        if other._dims is None:
            return self
        return TensorShape([b if a is None else a for a, b in zip(self._dims, other._dims)])

    def concatenate(self, other):
        other = TensorShape(other)
        return TensorShape(None if self._dims is None or other._dims is None else self._dims + other._dims)

    def with_rank(self, rank):
        return self.merge_with(TensorShape([None] * rank))

    def __add__(self, other):
        return self.concatenate(other)

    def __radd__(self, other):
        return TensorShape(other).concatenate(self)

    def __len__(self):
        if self._dims is None:
            raise ValueError('Cannot take the length of shape with unknown rank.')
        return len(self._dims)

    def __bool__(self):
        return self._dims is not None

    def __iter__(self):
        if self._dims is None:
            raise ValueError('Cannot iterate over a shape with unknown rank.')
        return iter(self._dims)

    def __getitem__(self, key):
        if self._dims is None:
            return TensorShape(None) if isinstance(key, slice) else None
        return TensorShape(self._dims[key]) if isinstance(key, slice) else self._dims[key]

    def __eq__(self, other):
        try:
            other = TensorShape(other)
        except TypeError:
            return NotImplemented
        return self._dims == other._dims

    def __hash__(self):
        return hash(self._dims)

    def __repr__(self):
        return f'TensorShape({"None" if self._dims is None else list(self._dims)})'

    def __str__(self):
        if self._dims is None:
            return '<unknown>'
        return f'({self._dims[0]},)' if len(self._dims) == 1 else '(' + ', '.join(map(str, self._dims)) + ')'

    def __reduce__(self):
        return TensorShape, (self._dims,)


def _dimension(d):
    if d is None:
        return None
    try:
        n = index(d)
    except TypeError:
        raise TypeError(
            f'Dimension value must be integer or None or have an __index__ method, got value {d!r} with type {type(d)!r}'
        ) from None
    if n < 0:
        raise ValueError(f'Dimension {n} must be >= 0')
    return n
