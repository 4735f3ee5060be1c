"""How a converted function is called, and what its result stands for: tensors in; changed arguments come back as results."""

import inspect

import numpy as np


def to_tensors(value, tensorflow):
    if isinstance(value, np.ndarray):
        return tensorflow.constant(value)
    if isinstance(value, tuple):
        return tuple(to_tensors(item, tensorflow) for item in value)
    if isinstance(value, list):
        return [to_tensors(item, tensorflow) for item in value]
    if isinstance(value, dict):
        return {key: to_tensors(item, tensorflow) for key, item in value.items()}
    return value


def effects(function, spec, value, args, kwargs):
    """What the converted function returns: the original's value and the arguments that it changed, in the order of spec.returns."""
    returns = spec.get("returns") or []
    if not returns or returns == ["return"]:
        return value
    bound = inspect.signature(function).bind(*args, **kwargs)
    bound.apply_defaults()
    items = [value if name == "return" else bound.arguments[name] for name in returns]
    return items[0] if len(items) == 1 else tuple(items)
