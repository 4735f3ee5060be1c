"""What the functions of readiness_cases.py bear on real TensorFlow: tensors instead of arrays, tf.function, and a tape.

eager: called with tensors it gives what it gives with arrays, where it takes arrays. graph: tf.function of it gives, twice, what it
gives with tensors. tape: it has a gradient, and that is what central differences say. Anything else, or an exception, is False.
Without arguments the answers are written to recorded/readiness.json; with --check they are compared, and the last line is
`N passed, N failed`.
"""

import contextlib
import io
import json
import linecache
import math
import os
import pathlib
import random
import sys
import types
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["AUTOGRAPH_VERBOSITY"] = "0"

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from readiness_cases import CASES  # noqa: E402

RECORD = pathlib.Path(__file__).parent / "recorded" / "readiness.json"


def plain(value):
    """A result as nested arrays."""
    if isinstance(value, (tuple, list, types.GeneratorType)):
        return [plain(item) for item in value]
    return value if value is None else np.asarray(value)


def same(a, b):
    if isinstance(a, list) or isinstance(b, list):
        return isinstance(a, list) and isinstance(b, list) and len(a) == len(b) and all(map(same, a, b))
    if a is None or b is None:
        return a is b
    return a.shape == b.shape and a.dtype == b.dtype and np.allclose(a, b, rtol=1e-12, atol=0, equal_nan=True)


def tensors(arguments):
    if isinstance(arguments, list):
        return [tensors(each) for each in arguments]
    return tf.constant(arguments) if isinstance(arguments, np.ndarray) else arguments


def total(result):
    """The sum of everything that is a float in a result, in float64."""
    if isinstance(result, (tuple, list)):
        return sum(total(each) for each in result)
    return float(np.sum(np.asarray(result), dtype=np.float64))


def seed():
    random.seed(0)
    np.random.seed(0)


def twice(f, arguments):
    """What two calls give, from the same random numbers on."""
    seed()
    return [plain(f(*arguments())) for _ in range(2)]


def eager(f, arguments):
    found = twice(f, lambda: tensors(arguments()))
    try:
        wanted = twice(f, arguments)
    except Exception:  # noqa: BLE001
        return True  # It was written for tensors.
    return same(found, wanted)


def graph(f, arguments):
    return same(twice(tf.function(f), lambda: tensors(arguments())), twice(f, lambda: tensors(arguments())))


def tape(f, arguments):
    given = tensors(arguments())
    watched = [each for each in tf.nest.flatten(given) if tf.is_tensor(each) and each.dtype.is_floating]
    seed()
    with tf.GradientTape() as recorder:
        for each in watched:
            recorder.watch(each)
        result = f(*given)
    found = recorder.gradient(result, watched)
    if all(each is None for each in found):
        return False
    return all(
        np.allclose(0.0 if each is None else tf.convert_to_tensor(each).numpy(), differences(f, given, of), **bound(of))
        for of, each in zip(watched, found, strict=True)
    )


def bound(of):
    return {"rtol": 1e-5, "atol": 1e-6} if of.dtype == tf.float64 else {"rtol": 1e-2, "atol": 1e-2}


def differences(f, given, of):
    """Central differences of the sum of the results with respect to one of the tensors that are given."""

    def side(place, step):
        moved = of.numpy()
        moved[place] += step
        seed()
        return total(f(*tf.nest.map_structure(lambda each: tf.constant(moved) if each is of else each, given)))

    size = 1e-6 if of.dtype == tf.float64 else 1e-2
    wanted = np.zeros(of.shape)
    for place in np.ndindex(*of.shape):
        wanted[place] = (side(place, size) - side(place, -size)) / (2 * size)
    return wanted


def answers(name, source, arguments):
    scope = {"np": np, "tf": tf, "math": math}
    file = f"<{name}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)  # AutoGraph reads the source.
    exec(compile(source, file, "exec"), scope)
    found = {}
    for way in (eager, graph, tape):
        try:
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                found[way.__name__] = way(scope["f"], lambda: [eval(each, scope) for each in arguments])
        except Exception as error:  # noqa: BLE001
            found[way.__name__] = False
            if "--why" in sys.argv:
                text = str(error).strip().splitlines()
                print(f"  {name}, {way.__name__}: {type(error).__name__}: {text[-1] if text else ''}")
    return found


def main():
    tf.get_logger().setLevel("ERROR")
    rows = [
        {"name": name, "source": source, "arguments": arguments, **answers(name, source, arguments)}
        for name, source, arguments in CASES
    ]
    if "--check" not in sys.argv:
        RECORD.write_text("[\n" + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n]\n")
        return 0
    recorded = json.loads(RECORD.read_text())
    failed = [row["name"] for row, known in zip(rows, recorded, strict=True) if row != known]
    for name in failed:
        print(f"differs: {name}")
    print(f"{len(rows) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
