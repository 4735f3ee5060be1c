"""Directional derivatives of the converted function by tape against central differences of the original in float64."""

import contextlib
import copy
import io
import math

import numpy as np

from . import world
from .programs import describe
from .tensors import effects, to_tensors


def check(original, converted, spec, args, kwargs):
    """("checked", largest relative error), or why there is none."""
    import tensorflow as tf

    places = [index for index, value in enumerate(args) if isinstance(value, np.ndarray) and str(value.dtype) == "float64" and value.size]
    if not places:
        return "not-differentiable", None

    def scalar(arguments):
        arguments, keywords = copy.deepcopy((arguments, kwargs))
        value = effects(original, spec, original(*arguments, **keywords), arguments, keywords)
        return sum(float(np.sum(item)) for item in _float_outputs(value))

    try:
        tensors = [tf.constant(value) if isinstance(value, np.ndarray) else copy.deepcopy(value) for value in args]
        with contextlib.redirect_stdout(io.StringIO()), world.fixed():
            with tf.GradientTape() as tape:
                for index in places:
                    tape.watch(tensors[index])
                outputs = _float_outputs(converted(*tensors, **to_tensors(copy.deepcopy(kwargs), tf)))
                if not outputs:
                    return "not-differentiable", None
                total = tf.add_n([tf.cast(tf.reduce_sum(item), tf.float64) for item in outputs]) if len(outputs) > 1 else tf.reduce_sum(outputs[0])
            gradients = tape.gradient(total, [tensors[index] for index in places])
        if all(gradient is None for gradient in gradients):
            return "not-differentiable", None
        state = np.random.default_rng(3)
        worst, checked = 0.0, 0
        with contextlib.redirect_stdout(io.StringIO()):
            for _ in range(4):
                directions = {index: state.normal(0.0, 1.0, args[index].shape if args[index].shape else None) for index in places}
                scale = max(1.0, max(float(np.max(abs(args[index]))) for index in places))
                step = 1e-5 * scale

                def moved(sign, step=step, directions=directions):
                    return scalar([args[i] + sign * step * np.array(directions[i]) if i in directions else args[i] for i in range(len(args))])

                middle, above, below = scalar(list(args)), moved(1), moved(-1)
                numeric = (above - below) / (2 * step)
                forward, backward = (above - middle) / step, (middle - below) / step
                if not math.isfinite(numeric) or abs(forward - backward) > 1e-2 * max(1.0, abs(numeric)):
                    continue
                analytic = sum(
                    float(np.sum(gradient.numpy() * directions[index]))
                    for index, gradient in zip(places, gradients)
                    if gradient is not None
                )
                worst = max(worst, abs(analytic - numeric) / max(1.0, abs(numeric)))
                checked += 1
        if not checked:
            return "not-differentiable", None
        return "checked", worst
    except Exception as exception:
        return "not-run", describe(exception)["message"]


def _float_outputs(value):
    if isinstance(value, (list, tuple)):
        return [item for part in value for item in _float_outputs(part)]
    dtype = str(getattr(getattr(value, "dtype", None), "name", getattr(value, "dtype", "")))
    return [value] if dtype.startswith("float") else []
