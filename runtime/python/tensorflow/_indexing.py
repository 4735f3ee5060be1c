"""Subscripts of tensors: strided slices, new axes, `...`, scalar tensors and boolean masks; nothing fancy."""

import json

import numpy as np

from . import _state, errors
from ._convert import convert
from ._tensor import EagerTensor, Tensor, execute

_WORDS = 'Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid indices, got '


def _refuse(item):
    raise TypeError(f'{_WORDS}{item!r}')


def _is_tensor(x):
    return isinstance(x, Tensor) or getattr(type(x), '_is_variable', False)


def _number(item, extra):
    """An index as attributes carry it: an integer, or the place of a scalar tensor among the inputs."""
    kind = type(item)
    if kind is int:
        return item
    if item is None:
        return None
    if _is_tensor(item):
        t = convert(item)
        if t.dtype.kind == 'i' and t._shape and len(t._shape) > 1:
            shape = ','.join(map(str, (1, *t._shape)))
            raise errors.InvalidArgumentError(
                None,
                None,
                f'Expected begin, end, and strides to be 1D equal size tensors, but got shapes [{shape}], [{shape}], and [1] instead.',
            )
        if t.dtype.kind != 'i' or t._shape not in ((), None):
            _refuse(item)
        if isinstance(t, EagerTensor) and _state.graph is None:
            return t._nd.item()
        extra.append(t)
        return {'input': len(extra)}
    if isinstance(item, np.integer):
        return int(item)
    if isinstance(item, np.ndarray) and item.shape == () and item.dtype.kind in 'iu':
        return int(item)
    if isinstance(item, (bool, np.ndarray)) or not hasattr(item, '__index__'):
        _refuse(item)
    return item.__index__()


def parse(key, first=1):
    """`(spec, extra)`: entries for the op StridedSlice, and the scalar tensors among them, counted from input `first`."""
    if isinstance(key, list) and key and all(isinstance(item, bool) for item in key):
        raise errors.InvalidArgumentError(
            None, None, "Value for attr 'Index' of bool is not in the list of allowed values: int16, int32, int64"
        )
    if not isinstance(key, (tuple, list)):
        key = (key,)
    extra, spec = [None] * (first - 1), []
    for item in key:
        if item is None:
            spec.append(['n'])
        elif item is Ellipsis:
            spec.append(['e'])
        elif isinstance(item, slice):
            spec.append(['s', _number(item.start, extra), _number(item.stop, extra), _number(item.step, extra)])
        else:
            spec.append(['i', _number(item, extra)])
    return spec, extra[first - 1 :]


def is_mask(key):
    """A boolean tensor, array or list picks elements."""
    if isinstance(key, bool):
        return True
    dtype = getattr(key, 'dtype', None)
    return dtype is not None and getattr(dtype, 'name', '') == 'bool' and (_is_tensor(key) or isinstance(key, np.ndarray))


def get(t, key):
    """`t[key]`."""
    if is_mask(key):
        from ._array import boolean_mask

        return boolean_mask(t, key)
    spec, extra = parse(key)
    return execute('StridedSlice', [t, *extra], json.dumps({'spec': spec}), 'tf.strided_slice')


Tensor.__getitem__ = get
