"""Inputs made from what the analysis knows of the parameters: ordinary numbers, and the edges of what the signature allows."""

import numpy as np


def sample(spec):
    """The arguments of a spec (`SampleCall` in src/service/samples.ts): the same ones whenever it is called."""
    state = np.random.default_rng(7)
    arguments = []
    for item in spec["arguments"]:
        if "same" in item:
            arguments.append(arguments[item["same"]])
        elif "value" in item:
            arguments.append(item["value"])
        else:
            arguments.append(_array(state, tuple(item["shape"]), item["dtype"], spec["case"]))
    return tuple(arguments)


def _array(state, shape, dtype, case):
    """An array for a case; a case that means nothing for the dtype gives ordinary numbers."""
    normal = np.array(state.normal(0.0, 1.0, shape if shape else None))
    if dtype == "bool":
        values = normal > 0
        values = values & False if case == "zeros" else values
    elif dtype.startswith("float"):
        values = _floats(normal, case).astype(dtype)
    else:
        values = _integers(normal, dtype, case)
    return _apart(values) if case == "strided" else values


def _floats(normal, case):
    if case == "zeros":
        return np.zeros(normal.shape)
    if not normal.size:
        return normal
    flat = normal.ravel()
    middle = flat.size // 2
    if case == "signed-zeros":
        flat = np.zeros(flat.shape)
        flat[::2] = -0.0
    elif case == "nan":
        flat[middle] = np.nan
    elif case == "infinite":
        flat[middle] = -np.inf
        flat[0] = np.inf
    return flat.reshape(normal.shape)


def _integers(normal, dtype, case):
    """Ordinary ones are positive; `repeated` are zeros and ones, so that they serve as indices."""
    positions = np.arange(normal.size).reshape(normal.shape)
    limits = np.iinfo(dtype)
    if case == "zeros":
        return (positions * 0).astype(dtype)
    if case == "repeated":
        return (positions % 2).astype(dtype)
    if case == "negative" and limits.min < 0:
        return np.where(positions % 2 == 0, -1, normal * 4.0).astype(dtype)
    if case == "largest":
        values = np.full(normal.shape, limits.max, dtype)
        if values.size > 1:
            flat = values.ravel()
            flat[1::3] = limits.min
            flat[2::3] = limits.max - 1
            values = flat.reshape(normal.shape)
        return values
    return (1.0 + abs(normal * 4.0)).astype(dtype)


def _apart(values):
    """The same numbers as a view whose elements do not lie side by side."""
    if values.ndim == 0:
        return values
    if values.ndim > 1:
        return values.T.copy().T
    wide = np.zeros((values.size * 2,), values.dtype)
    wide[::2] = values
    return wide[::2]
