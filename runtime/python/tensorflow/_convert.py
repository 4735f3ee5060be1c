"""What becomes a tensor, and with which dtype: TensorFlow's rules for Python numbers, nested lists, NumPy values and tensors."""

import functools

import _tensorlift_bridge as _js
import numpy as np

from . import _state, errors
from ._dtypes import as_dtype, bool_, by_name, float32, int32, int64
from ._shape import TensorShape
from ._tensor import EagerTensor, Tensor, attributes, execute, of_array

_BITS = {'uint8': (8, False), 'int32': (32, True), 'int64': (64, True)}


def convert(value, dtype=None, hint=None):
    """`value` as a tensor. `dtype` is demanded; `hint` is tried, and given up without complaint."""
    kind = type(value)
    if kind is EagerTensor or isinstance(value, Tensor):
        if dtype is not None and value.dtype is not dtype:
            raise ValueError(
                f'Tensor conversion requested dtype {dtype.name} for Tensor with dtype {value.dtype.name}: {value!r}'
            )
        return value
    if getattr(kind, '_is_variable', False):
        return convert(value._read(), dtype)
    if hint is not None and dtype is None:
        try:
            return convert(value, hint)
        except (TypeError, ValueError):
            return convert(value)
    if isinstance(value, np.ndarray):
        return of_array(value.copy() if dtype is None else value.astype(dtype._np))
    if isinstance(value, np.generic):
        return of_array(np.array(value, dtype=dtype._np if dtype else value.dtype))
    if kind is bool or kind is int or kind is float:
        return of_array(_scalar(value, dtype))
    if isinstance(value, TensorShape):
        return convert(value.as_list(), dtype or int32)
    if isinstance(value, (list, tuple, range)):
        return _nested(value, dtype)
    if isinstance(value, (bool, int, float)):
        return of_array(_scalar(value, dtype))
    if isinstance(value, (str, bytes)):
        if dtype is not None:
            raise _cannot(value, dtype)
        raise NotImplementedError('string tensors are not supported here')
    if isinstance(value, complex):
        if dtype is not None:
            raise _cannot(value, dtype)
        raise NotImplementedError('complex tensors are not supported here')
    if hasattr(value, '_dense'):
        return convert(value._dense(), dtype)
    if hasattr(value, '__array__'):
        return convert(np.asarray(value), dtype)
    if _state.graph is not None and dtype is not None and value is not None:
        raise _cannot(value, dtype)
    raise unsupported(value)


def unsupported(value):
    if _state.graph is not None:
        return ValueError('None values not supported.') if value is None else _no_elements(value)
    return ValueError(f'Attempt to convert a value ({value!r}) with an unsupported type ({type(value)!r}) to a Tensor.')


def _no_elements(value):
    return TypeError(
        f'Failed to convert elements of {value} to Tensor. Consider casting elements to a supported type. See '
        'https://www.tensorflow.org/api_docs/python/tf/dtypes for supported TF dtypes.'
    )


def _fits(value, dtype):
    """Whether a Python scalar may become an element of `dtype`."""
    if dtype.kind == 'f':
        return True
    return isinstance(value, bool) or dtype.kind != 'b' and isinstance(value, int)


def element(value, dtype):
    """A Python scalar as TensorFlow stores it: integers lose the bits that do not fit."""
    bits, signed = _BITS.get(dtype.name, (0, False))
    if not bits:
        return value
    value &= (1 << bits) - 1
    return value - (1 << bits) if signed and value >> (bits - 1) else value


def default_dtype(value):
    if isinstance(value, bool):
        return bool_
    if isinstance(value, int):
        if -(2**31) <= value < 2**31:
            return int32
        if -(2**63) <= value < 2**63:
            return int64
        raise ValueError(f'Attempt to convert a value ({value}) with an unsupported type ({type(value)!r}) to a Tensor.')
    return float32


def _scalar(value, dtype):
    if dtype is None:
        dtype = default_dtype(value)
    elif not _fits(value, dtype):
        raise _cannot(value, dtype)
    return np.array(element(value, dtype), dtype=dtype._np)


def _cannot(value, dtype):
    if _state.graph is not None:
        return TypeError(f"Expected {dtype.name}, but got {value} of type '{type(value).__name__}'.")
    return TypeError(f'Cannot convert {value!r} to EagerTensor of dtype {dtype.c_name}')


def _is_tensor(x):
    return isinstance(x, Tensor) or getattr(type(x), '_is_variable', False)


def _holds(value, test):
    if isinstance(value, (list, tuple)):
        return any(_holds(v, test) for v in value)
    return test(value)


def _nested(value, dtype):
    if _holds(value, _is_tensor):
        return _packed(value, dtype or _first_dtype(value))
    if _holds(value, lambda x: isinstance(x, np.ndarray)):
        return convert(np.array(value), dtype)
    shape, leaf = [], value
    while isinstance(leaf, (list, tuple, range)):
        shape.append(len(leaf))
        if not leaf:
            break
        leaf = leaf[0]
    flat = []
    _flatten(value, shape, 0, flat)
    if dtype is None:
        if _state.graph is not None and None in flat:
            raise _no_elements(value)
        dtype = _common(flat)
    else:
        for x in flat:
            if not isinstance(x, (np.generic, int, float)) or isinstance(x, float) and dtype.kind != 'f' or not _fits(x, dtype) and not isinstance(x, np.generic):
                # Eager, the list is named; in a graph, the element.
                raise _cannot(value if _state.graph is None else x, dtype)
    cells = [element(x if isinstance(x, int) else int(x), dtype) for x in flat] if dtype.name in _BITS else flat
    return of_array(np.array(cells, dtype=dtype._np).reshape(tuple(shape)))


def _flatten(value, shape, depth, flat):
    if depth == len(shape):
        if isinstance(value, (list, tuple, range)):
            raise ValueError("Can't convert non-rectangular Python sequence to Tensor.")
        flat.append(value)
        return
    if not isinstance(value, (list, tuple, range)) or len(value) != shape[depth]:
        raise ValueError("Can't convert non-rectangular Python sequence to Tensor.")
    for v in value:
        _flatten(v, shape, depth + 1, flat)


def _common(flat):
    """The dtype of a list of Python and NumPy scalars: the first one decides, floats win over integers."""
    if not flat:
        return float32
    first = flat[0]
    for x in flat:
        if not isinstance(x, (bool, int, float, np.generic)):
            if isinstance(x, (str, bytes)) and not isinstance(first, (str, bytes)):
                raise ValueError("Can't convert Python sequence with mixed types to Tensor.")
            if isinstance(x, (str, bytes)):
                raise NotImplementedError('string tensors are not supported here')
            if isinstance(x, complex):
                raise NotImplementedError('complex tensors are not supported here')
            if x is None and first is not None:
                raise ValueError("Can't convert Python sequence with mixed types to Tensor.")
            raise unsupported(x) if x is None else ValueError(f'Failed to convert a NumPy array to a Tensor (Unsupported object type {type(x).__name__}).')
    if isinstance(first, (bool, np.bool_)):
        if all(isinstance(x, (bool, np.bool_)) for x in flat):
            return bool_
        raise ValueError("Can't convert Python sequence with mixed types to Tensor.")
    if isinstance(first, np.floating):
        return by_name[first.dtype.name]
    if any(isinstance(x, (float, np.floating)) for x in flat):
        return float32
    dtype = int32
    for x in flat:
        if not -(2**31) <= x < 2**31:
            dtype = int64
            if not -(2**63) <= x < 2**63:
                raise ValueError("Can't convert Python sequence with out-of-range integer to Tensor.")
    return dtype


def _first_dtype(value):
    if isinstance(value, (list, tuple)):
        for v in value:
            found = _first_dtype(v)
            if found is not None:
                return found
        return None
    return value.dtype if _is_tensor(value) else None


def _packed(value, dtype):
    """A nested list with tensors among its leaves."""
    if not isinstance(value, (list, tuple)):
        t = convert(value) if _is_tensor(value) else convert(value, dtype)
        if t.dtype is not dtype:
            raise TypeError(f'Cannot convert a list containing a tensor of dtype {t.dtype!s} to {dtype!s} (Tensor is: {t!r})')
        return t
    return execute('Pack', [_packed(v, dtype) for v in value], '{"axis":0}', 'tf.stack')


def matching(*values):
    """Operands of one dtype: the first tensor decides, else the first value."""
    dtype = None
    for v in values:
        if _is_tensor(v):
            dtype = v.dtype
            break
    out = []
    for v in values:
        if _is_tensor(v):
            out.append(convert(v))
            continue
        t = convert(v, dtype)
        if dtype is None:
            dtype = t.dtype
        out.append(t)
    return out


def operands(op, *values):
    """The arguments of a generated op that share a dtype: eager, the first tensor decides; in a graph, the first argument."""
    if _state.graph is None:
        return matching(*values)
    names = [name for name, kind in arguments(op) if kind == 'T']
    first = convert(values[0])
    return [first, *(argument(op, name, v, first.dtype) for name, v in zip(names[1:], values[1:]))]


def argument(op, name, value, dtype):
    """A value where an op wants `dtype`; a graph says which parameter it is. Tensors are left to the op's own check."""
    if _state.graph is None or _is_tensor(value):
        return convert(value, None if _is_tensor(value) else dtype)
    try:
        return convert(value, dtype)
    except TypeError as error:
        raise TypeError(
            f"Expected {dtype.name} passed to parameter '{name}' of op '{op}', got {value!r} of type '{type(value).__name__}' instead. "
            f'Error: {error}'
        ) from None


@functools.cache
def arguments(op):
    """Names of an op's arguments, each with the dtype attribute (or dtype) that it has."""
    return [tuple(part.split(':')) for part in _js.tf_arguments(op).split()]


def not_integers(op, name, value):
    """Why `value` cannot be the integers that an op wants."""
    t = 'string' if _holds(value, lambda v: isinstance(v, str)) else convert(value).dtype
    if _state.graph is not None:
        return TypeError(f'Value passed to parameter {name!r} has DataType {getattr(t, "name", t)} not in list of allowed values: int32, int64')
    kind = next(kind for each, kind in arguments(op) if each == name)
    return errors.InvalidArgumentError(
        None, None, f"Value for attr '{kind}' of {getattr(t, 'c_name', t)} is not in the list of allowed values: int32, int64"
    )


def constant(value, dtype=None, shape=None, name='Const'):
    """A tensor with these values."""
    dtype = None if dtype is None else as_dtype(dtype)
    if isinstance(value, (list, tuple)) and _state.graph is not None and _holds(value, lambda x: isinstance(x, Tensor)):
        raise TypeError('Expected any non-tensor type, but got a tensor instead.')
    if isinstance(value, (list, tuple)) and _holds(value, lambda x: isinstance(x, EagerTensor)):
        raise ValueError('TypeError: Scalar tensor has no `len()`\n')
    if isinstance(value, EagerTensor) and dtype is not None and value.dtype is not dtype:
        text = value._nd if value._shape else value.numpy()
        raise TypeError(f'Expected tensor {text} with dtype {dtype!r}, but got dtype {value.dtype!r}.')
    t = convert(value, dtype)
    if shape is not None:
        t = _shaped(value, t, TensorShape(shape))
    if _state.graph is not None and isinstance(t, EagerTensor):
        return _state.graph.capture(t, name if name != 'Const' else 'Const')
    return t


def _shaped(value, t, shape):
    if shape == t.shape:
        return t
    size, wanted = t._nd.size, shape.num_elements()
    if size == wanted:
        return execute('Reshape', [t], attributes(shape=shape.as_list()))
    if size == 1:
        return execute('Fill', [execute('Reshape', [t], '{"shape":[]}')], attributes(dims=shape.as_list()))
    text = t._nd if t._shape else t.numpy()
    raise TypeError(
        f'Eager execution of tf.constant with unsupported shape. Tensor {text} (converted from {value!r}) has {size} elements, '
        f'but got `shape` {shape} with {wanted} elements).'
    )


def convert_to_tensor(value, dtype=None, dtype_hint=None, name=None):
    """Anything that can be a tensor, as one."""
    return convert(value, None if dtype is None else as_dtype(dtype), None if dtype_hint is None else as_dtype(dtype_hint))


def int_list(value, what='shape', dtype=int32, op=None):
    """A shape, axis or the like: a list of Python integers where it is known, else a tensor. `what` is the parameter of `op`."""
    if op is not None and _holds(value, lambda v: isinstance(v, (float, str, np.floating))) and not _holds(value, lambda v: v is None):
        raise not_integers(op, what, value)
    if isinstance(value, TensorShape):
        value = value.as_list()
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (list, tuple)) and all(isinstance(v, int) for v in value):
        return [int(v) for v in value]
    if isinstance(value, (list, tuple)) and _holds(value, lambda v: isinstance(v, (float, str)) or v is None):
        if _holds(value, lambda v: v is None):
            raise ValueError(f'Attempt to convert a value (None) with an unsupported type ({type(None)!r}) to a Tensor.')
        raise _cannot(value, dtype)
    if isinstance(value, range):
        return list(value)
    if isinstance(value, (float, str)):
        raise _cannot(value, dtype)
    t = convert(value)
    if isinstance(t, EagerTensor):
        if t.dtype.kind not in 'iu':
            raise _cannot(value, dtype)
        return t._nd.tolist()
    from ._graph import constant_value

    known = constant_value(t)
    return t if known is None or known.dtype.kind not in 'iu' else known.tolist()


def integers(op, name, value, others):
    """The list of integers `name` of an op. A lone float is refused as what it is where the other operands are tensors."""
    lone = isinstance(value, float) and _state.graph is None and all(map(_is_tensor, others))
    return int_list(value, name, op=None if lone else op)


def with_ints(op, inputs, name, value, api, **attrs):
    """Runs an op whose argument `name` is a list of integers or a tensor behind the other operands."""
    value = integers(op, arguments(op)[-1][0], value, inputs)
    inputs = [convert(x) for x in inputs]
    if isinstance(value, int) and _state.graph is not None and op in ('Reshape', 'Fill', 'BroadcastTo', 'ReverseV2'):
        raise ValueError(f"Shape must be rank 1 but is rank 0 for '{{{{node {op}}}}} = {op}[]'")
    if isinstance(value, Tensor):
        return execute(op, [*inputs, value], attributes(**attrs), api)
    return execute(op, inputs, attributes(**{name: value}, **attrs), api)
