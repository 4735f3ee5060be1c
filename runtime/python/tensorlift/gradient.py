"""The gradient of one function of a program at a point, by tape and, on request, by central differences.

Reads one JSON request, prints one JSON answer; the types of both stand in src/service/grad.ts.
"""

import contextlib
import copy
import inspect
import io
import json
import math
import sys

import numpy as np

from . import differences, tracing
from .verify.calls import Recorder
from .verify.programs import describe, execute
from .verify.samples import sample
from .verify.tensors import effects
from .verify.values import is_tensor

BINS = 24
# So many entries of a gradient are named.
_SHOWN = 5


class Unable(Exception):
    """Nothing can be differentiated; the message says why."""


class NoPoint(Unable):
    """A point would help."""


def gradient(request):
    """request: filename, original, converted, function, returns, at, wrt, samples, check."""
    import tensorflow as tf

    # Of all that runs here, only the function under its tape belongs into a graph.
    tracing.pause(True)
    name = request["function"]
    recorder = Recorder([name])
    before = execute(request["original"], request["filename"], recorder)
    lifted = request["converted"] != request["original"]
    after = execute(request["converted"], request["filename"]) if lifted else before
    for ran in (before, after):
        if name not in ran.namespace:
            raise Unable(_said(ran.error) if ran.error else f"the file has no function {name}")
    original, converted = inspect.unwrap(before.namespace[name]), inspect.unwrap(after.namespace[name])
    arguments = _arguments(inspect.signature(original), request, recorder.of(name, "call"))
    numpy_side = lifted or not _mentions_tensorflow(arguments, request)
    if request.get("at") is not None and not any(_floating(value) for value in arguments.values()):
        arguments = {key: _as_float(value) for key, value in arguments.items()}
    point = {key: _tensor(value, numpy_side, tf) for key, value in arguments.items()}
    wrt = request.get("wrt") or [key for key, value in point.items() if is_tensor(value) and value.dtype.is_floating]
    for key in wrt:
        if key not in point:
            raise Unable(f"{name} has no argument {key}")
        if not (is_tensor(point[key]) and point[key].dtype.is_floating):
            raise Unable(f"the argument {key} is not a floating array, so it has no gradient")
    if not wrt:
        raise Unable(f"no argument of {name} is a floating array")
    value, gradients, replayed = _by_tape(converted, point, wrt, tf, request.get("check"))
    check = None
    if request.get("check"):
        try:
            check = _by_differences(original, request, arguments, wrt, gradients, numpy_side, tf)
        except tf.errors.InvalidArgumentError:
            # The function mixes its arguments with float32 of its own: its ops run again in float64 instead.
            check = replayed if all(each is not None for each in replayed.values()) else None
    line = getattr(getattr(original, "__code__", None), "co_firstlineno", 1) - 1
    return {
        "at": {key: _nested(item.numpy() if is_tensor(item) else item) for key, item in point.items()},
        "value": _nested(value),
        "summed": getattr(value, "ndim", 0) > 0,
        "gradients": [_row(name, key, point[key], gradients[key], line, check) for key in wrt],
        "check": check and {"maxRel": max(error for error, _ in check.values())},
    }


def _said(error):
    return f"{error['type']}: {error['message']}" + (f" (line {error['line']})" if error.get("line") else "")


def _mentions_tensorflow(arguments, request):
    return "tensorflow" in request["original"] or any(is_tensor(value) for value in arguments.values())


def _arguments(signature, request, calls):
    """Argument values by name: from --at, else from the file's first call, else from the samples; then defaults."""
    if request.get("at") is not None:
        at = json.loads(request["at"])
        unknown = [key for key in at if key not in signature.parameters]
        if unknown:
            raise Unable(f"the function has no argument {unknown[0]}")
        values = {key: _given(value) for key, value in at.items()}
        optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        needed = {key for key, item in signature.parameters.items() if item.default is inspect.Parameter.empty and item.kind not in optional}
        missing = sorted(needed - set(values))
        if missing:
            raise Unable(f"the argument {missing[0]} has no value and no default")
        bound = signature.bind(**values)
    elif calls:
        bound = signature.bind(*calls[0][0], **calls[0][1])
    else:
        samples = request.get("samples")
        if not samples:
            raise NoPoint("the file does not call the function and the shapes of its arguments are not known: give it a point")
        bound = signature.bind(*sample(samples[0]))
    bound.apply_defaults()
    return dict(bound.arguments)


def _given(value):
    if isinstance(value, dict):
        return np.array(value["data"], dtype=value.get("dtype"))
    if isinstance(value, list):
        return np.array(value)
    return value


def _floating(value):
    return isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and str(value.dtype).startswith("float"))


def _as_float(value):
    """A point of integers alone (`{"x": 2}`) means floats: nothing else could be differentiated."""
    if isinstance(value, np.ndarray) and not str(value.dtype).startswith("float"):
        return value.astype(np.float64)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _tensor(value, numpy_side, tf):
    if is_tensor(value):
        return tf.constant(value.numpy())
    if isinstance(value, np.ndarray):
        floating = str(value.dtype).startswith("float")
        return tf.constant(value) if numpy_side or not floating else tf.constant(value, dtype=tf.float32)
    if isinstance(value, float) or isinstance(value, np.floating):
        return tf.constant(float(value), dtype=tf.float64 if numpy_side else tf.float32)
    return value


def _by_tape(function, point, wrt, tf, check):
    """The value, the gradients, and their errors against the tape's own ops replayed in float64 with the numbers behind them."""
    point = dict(point)
    sources = [point[key] for key in wrt]
    tracing.name_parameters(function, point)
    tracing.pause(False)
    try:
        with tf.GradientTape(persistent=True) as tape:
            for key in wrt:
                tape.watch(point[key])
            with contextlib.redirect_stdout(io.StringIO()):
                value = function(**point)
            outputs = list(value) if isinstance(value, (list, tuple)) else [value]
            outputs = [item for item in outputs if is_tensor(item) and item.dtype.is_floating]
            if not outputs:
                raise Unable("the function returns no floating tensor")
            parts = [tf.reduce_sum(item) if item.shape.rank else item for item in outputs]
            total = parts[0]
            for item in parts[1:]:
                total = total + item
        with tracing.called(function.__name__, wrt):
            found = tape.gradient(total, sources)
    finally:
        tracing.pause(True)
    for key, item in zip(wrt, found):
        if item is None:
            raise Unable(f"the result does not depend on {key} in a way that a tape can follow")
    replayed = differences.check(tape._needed([total], sources), [total], sources, [None], found) if check else [None] * len(wrt)
    checks = [each and (each[2], [{"at": None, "tape": each[0], "differences": each[1]}]) for each in replayed]
    return outputs[0].numpy(), {key: item.numpy() for key, item in zip(wrt, found)}, dict(zip(wrt, checks))


def _by_differences(function, request, arguments, wrt, gradients, numpy_side, tf):
    """Central differences of the original function in float64, of at most 256 entries of each argument.

    Per argument the largest relative error, and the numbers of the entries with the largest gradients.
    """
    arrays = {
        key: np.array(arguments[key].numpy() if is_tensor(arguments[key]) else arguments[key], dtype=np.float64) for key in wrt
    }

    def scalar(key, moved):
        values = {name: copy.deepcopy(item) for name, item in arguments.items()}
        for name, item in arrays.items():
            array = moved if name == key else item
            as_scalar = array.ndim == 0 and numpy_side and not isinstance(arguments[name], np.ndarray)
            values[name] = float(array) if as_scalar else np.array(array) if numpy_side else tf.constant(array)
        with contextlib.redirect_stdout(io.StringIO()):
            value = function(**values)
        value = effects(function, {"returns": request.get("returns")}, value, (), values)
        parts = list(value) if isinstance(value, (list, tuple)) else [value]
        return sum(float(np.sum(part.numpy() if is_tensor(part) else part)) for part in parts)

    worst = {}
    for key in wrt:
        flat = arrays[key].ravel()
        tape = np.array(gradients[key]).astype(np.float64).ravel()
        count = int(flat.size)
        stride = max(1, count // 256)
        error, compared = 0.0, []
        for index in range(0, count, stride):
            step = 1e-5 * max(1.0, abs(float(flat[index])))
            above, below = flat.copy(), flat.copy()
            above[index] += step
            below[index] -= step
            shape = arrays[key].shape
            numeric = (scalar(key, above.reshape(shape)) - scalar(key, below.reshape(shape))) / (2 * step)
            error = max(error, abs(float(tape[index]) - numeric) / max(1.0, abs(numeric)))
            if math.isfinite(numeric) and math.isfinite(tape[index]):
                compared.append({"at": _place(index, shape), "tape": float(tape[index]), "differences": numeric})
        compared.sort(key=lambda row: -abs(row["tape"]))
        worst[key] = (error if math.isfinite(error) else sys.float_info.max, compared[:_SHOWN])
    return worst


def _place(index, shape):
    """The indices of an entry of the flat array."""
    place = []
    for size in reversed(shape):
        index, here = divmod(index, size)
        place.insert(0, int(here))
    return place


def _largest(flat):
    """Where the finite entries with the largest magnitude are."""
    sizes = np.where(np.isfinite(flat), abs(flat), -1.0)
    return [index for index in np.argsort(-sizes, kind="stable")[:_SHOWN].tolist() if sizes[index] >= 0]


def _row(target, source, tensor, array, line, check):
    array = np.array(array)
    flat = array.astype(np.float64).ravel()
    finite = flat[abs(flat) < math.inf]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    counts = [0] * BINS
    if finite.size > 1:
        for value in finite.tolist():
            place = int((value - low) / (high - low) * BINS) if high > low else 0
            counts[min(BINS - 1, place)] += 1
    return {
        "line": line,
        "target": target,
        "source": source,
        "dtype": tensor.dtype.name,
        "shape": list(array.shape),
        "value": _nested(array),
        "norm": float(np.sqrt(np.sum(finite * finite))),
        "min": low,
        "max": high,
        "mean": float(np.mean(finite)) if finite.size else 0.0,
        "zeros": int(np.sum(flat == 0.0)),
        "nonFinite": int(flat.size - finite.size),
        "histogram": counts if finite.size > 1 else None,
        "checkMaxRel": check[source][0] if check else None,
        **({"compared": check[source][1]} if check else {}),
        "largest": [{"at": _place(index, array.shape), "value": float(flat[index])} for index in _largest(flat)],
    }


def _nested(value):
    """Nested lists of numbers; what JSON has no number for is text."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_nested(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    return value if isinstance(value, (int, float, bool, str, type(None))) else repr(value)


def main(text):
    """Prints the answer, or why there is none."""
    try:
        print(json.dumps(gradient(json.loads(text))))
    except Unable as reason:
        print(json.dumps({"reason": str(reason), "needsPoint": isinstance(reason, NoPoint)}))
    except Exception as exception:
        print(json.dumps({"reason": _said(describe(exception))}))
