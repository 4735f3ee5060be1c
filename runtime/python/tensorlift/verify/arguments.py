"""Arguments as plain lists, so that they travel from the kernel that ran a program to the one that judges it. Exact in every dtype."""

import json

import numpy as np

_MOST_ELEMENTS = 20_000
_PLAIN = (bool, int, float, str, type(None))


def encode(value):
    """`[kind, …]`; raises TypeError for what is not plain."""
    kind = type(value)
    if kind in _PLAIN:
        return ["plain", value]
    if kind is np.ndarray and value.size <= _MOST_ELEMENTS:
        return ["array", str(value.dtype), list(value.shape), value.ravel().tolist()]
    if isinstance(value, np.generic):
        return ["scalar", str(value.dtype), value.item()]
    if kind in (list, tuple):
        return [kind.__name__, [encode(item) for item in value]]
    if kind is dict:
        return ["dict", [[encode(key), encode(item)] for key, item in value.items()]]
    raise TypeError(f"{kind.__name__} is not kept")


def decode(coded):
    kind, *rest = coded
    if kind == "plain":
        return rest[0]
    if kind == "array":
        dtype, shape, values = rest
        return np.array(values, dtype=dtype).reshape(shape)
    if kind == "scalar":
        dtype, value = rest
        return np.array(value, dtype=dtype)[()]
    if kind == "dict":
        return {decode(key): decode(item) for key, item in rest[0]}
    return (tuple if kind == "tuple" else list)(decode(item) for item in rest[0])


def bound(signature, call):
    """What each parameter gets, as text: equal for equal calls. None where the call does not fit, or has what does not travel."""
    args, kwargs = call
    try:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return json.dumps({name: encode(value) for name, value in given.arguments.items()})
    except TypeError:
        return None


def decoded_call(coded):
    args, kwargs = coded
    return tuple(decode(value) for value in args), {name: decode(value) for name, value in kwargs.items()}
