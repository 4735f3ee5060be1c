"""Checks a tape's gradients by central differences: what the tape recorded runs again in float64, a little to either side."""

import random

from . import tracing

_MOST_OPS = 300
_MOST_ELEMENTS = 100_000
_STEP = 1e-5


def check(entries: list, targets: list, sources: list, seeds: list, found: list) -> list[tuple[float, float, float] | None]:
    """For each gradient its slope along a random direction by tape and by differences, and their relative error.

    None where the program cannot be run again.
    """
    from tensorflow import _state

    tapes, _state.tapes = _state.tapes, []
    try:
        with tracing.unrecorded():
            return [_compared(entries, targets, source, seeds, gradient) for source, gradient in zip(sources, found)]
    finally:
        _state.tapes = tapes


def _compared(entries: list, targets: list, source, seeds: list, gradient) -> tuple[float, float, float] | None:
    if gradient is None or not hasattr(gradient, "_nd") or len(entries) > _MOST_OPS:
        return None
    if any(op == "StopGradient" for op, *_ in entries):
        return None  # the gradient differs on purpose
    start = _wide(source)
    if start.size > _MOST_ELEMENTS or start.dtype.kind != "f":
        return None
    try:
        direction = _direction(start)
        scale = _STEP * max(1.0, float(abs(start).max()))
        above, below = (_replay(entries, targets, source, start + sign * scale * direction, seeds) for sign in (1, -1))
    except Exception:
        return None
    numeric = (above - below) / (2 * scale)
    exact = float((_wide(gradient) * direction).sum())
    largest = max(abs(numeric), abs(exact))
    # Both are nothing: the gradient along this direction is zero.
    return exact, numeric, 0.0 if largest < 1e-9 else abs(numeric - exact) / largest


def _direction(like):
    import numpy as np

    # A stream of its own: the program's random numbers must not depend on whether somebody looks.
    stream = random.Random(like.size)
    return np.array([stream.gauss(0, 1) for _ in range(like.size)]).reshape(like.shape)


def _wide(value):
    """The present values as an array, floats in float64."""
    array = getattr(value, "_value", value).numpy()
    import numpy as np

    array = np.asarray(array)
    return array.astype(np.float64) if array.dtype.kind == "f" else array


def _replay(entries: list, targets: list, source, moved, seeds: list) -> float:
    """The sum of the targets, weighted by their seeds, with `moved` in the place of the source."""
    import numpy as np
    from tensorflow._tensor import execute_many, of_array

    values = {source._id: of_array(np.asarray(moved))}
    for op, attrs, inputs, outputs in entries:
        if not any(each._id in values for each in inputs):
            continue
        if op in ("ReadVariableOp", "Identity"):
            values[outputs[0]._id] = values[inputs[0]._id]
            continue
        operands = [values[each._id] if each._id in values else of_array(_wide(each)) for each in inputs]
        results = execute_many(op, operands, attrs.replace('"float32"', '"float64"'), len(outputs))
        values.update((output._id, result) for output, result in zip(outputs, results))
    total = 0.0
    for target, seed in zip(targets, seeds):
        if target._id in values:
            weight = 1.0 if seed is None else _wide(seed)
            total += float(np.sum(_wide(values[target._id]) * weight))
    return total
