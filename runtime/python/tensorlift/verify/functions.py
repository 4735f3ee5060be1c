"""One function before and after: called with the same inputs, compared by value, text, exception and gradient."""

import contextlib
import copy
import inspect
import io

from . import gradients, text, world
from .programs import describe
from .samples import sample
from .tensors import effects, to_tensors
from .values import compare

#: How NumPy and Python name what an op of TensorFlow refuses with an error of its own.
_REFUSALS = frozenset(("ValueError", "IndexError", "LinAlgError"))


def check(spec, original, converted, inputs, watches):
    """`spec`: name, returns, strict; `inputs`: (origin, case or None, maker of arguments) each.

    Calls that the programs did not make themselves are watched, but for the edges of the signature.
    """
    plain = inspect.unwrap(original)
    found = {"name": spec["name"], "inputs": [], "gradient": "not-run", "gradientMaxRel": None}
    for origin, case, make in inputs:
        if origin != "call" and case in (None, "normal"):
            watches.on()
        compared, returned = _compare(spec, plain, converted, make)
        watches.off()
        found["inputs"].append({"origin": origin, **({"case": case} if case else {}), **compared})
        if returned and found["gradient"] == "not-run":
            found["gradient"], found["gradientMaxRel"] = gradients.check(plain, converted, spec, *make())
    return found


def made_of(calls, samples):
    """Inputs for `check`: `calls` are (origin, (args, kwargs)), `samples` their specs."""
    for origin, call in calls:
        yield origin, None, lambda call=call: copy.deepcopy(call)
    for spec in samples:
        yield "sample", spec["case"], lambda spec=spec: (sample(spec), {})


def _compare(spec, plain, converted, make):
    """Rows of differences and what both raised; and whether both returned."""
    import tensorflow as tf

    left_args, left_kwargs = make()
    left, left_error, left_text = _call(plain, left_args, left_kwargs)
    right_args, right_kwargs = to_tensors(make(), tf)
    right, right_error, right_text = _call(converted, right_args, right_kwargs)
    if left_error or right_error:
        problem = _other_error(left_error, right_error)
        rows = [{"name": spec["name"], "problem": problem}] if problem else []
        return {"rows": rows, "raised": describe(left_error)["type"] if left_error else None}, False
    rows = []
    if left_text != right_text:
        rows.append({"name": "print", "problem": text.difference(left_text.splitlines(), right_text.splitlines())})
    row = compare(spec["name"], effects(plain, spec, left, left_args, left_kwargs), right, spec.get("strict", True))
    return {"rows": rows + [row] if row else rows, "raised": None}, True


def _call(function, args, kwargs):
    out = io.StringIO()
    try:
        with world.fixed(), contextlib.redirect_stdout(out):
            return function(*args, **kwargs), None, out.getvalue()
    except Exception as exception:
        return None, exception, out.getvalue()


def _other_error(left, right):
    """How two exceptions differ, in words; None where they are of one type, by the name that each library has for it."""
    import tensorflow as tf

    if not (left and right):
        side, error = ("NumPy", left) if left else ("TensorFlow", right)
        said = describe(error)
        return f"only {side} raises {said['type']}: {said['message']}"
    names = type(left).__name__, type(right).__name__
    if names[0] == names[1] or isinstance(right, tf.errors.OpError) and names[0] in _REFUSALS:
        return None
    return f"NumPy raises {names[0]}, TensorFlow {names[1]}"
