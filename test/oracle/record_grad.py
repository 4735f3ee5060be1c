"""Gradients at kinks, poles and ties, as real TensorFlow gives them: recorded/grad.json.

Without arguments writes the file; with --check compares it with what TensorFlow says now.
A value is a number, "nan", "inf" or "-inf"; a gradient is nested lists, or null where TensorFlow answers None.
"""

import json
import math
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import tensorflow as tf

NAN = math.nan
INF = math.inf
RECORDED = pathlib.Path(__file__).parent / "recorded" / "grad.json"

# Name, function, arguments (float64). The test builds the same function from the primitives.
CASES = [
    ("abs", tf.abs, [[-0.0, 0.0, 1.0, -2.0, NAN]]),
    ("sign", tf.sign, [[0.0, 1.0, -3.0]]),
    ("floor", tf.floor, [[0.0, 1.5]]),
    ("ceil", tf.math.ceil, [[0.0, 1.5]]),
    ("round", tf.round, [[0.5, 1.5]]),
    ("sqrt", tf.sqrt, [[0.0, -1.0, INF, 4.0]]),
    ("exp", tf.exp, [[0.0, -INF, INF, NAN, 1.0]]),
    ("log", tf.math.log, [[0.0, -1.0, INF, 2.0]]),
    ("tanh", tf.tanh, [[0.0, INF, -INF, 0.5]]),
    ("max", tf.maximum, [[1.0, 2.0, 3.0, NAN, 1.0], [1.0, 3.0, 2.0, 1.0, NAN]]),
    ("min", tf.minimum, [[1.0, 2.0, 3.0, NAN, 1.0], [1.0, 3.0, 2.0, 1.0, NAN]]),
    ("pow", tf.pow, [[0.0, 0.0, 0.0, -1.0, 2.0, 0.0, -2.0, 1e-300], [0.0, 1.0, 2.0, 2.0, 0.0, -1.0, 3.0, 0.5]]),
    ("pow", tf.pow, [[NAN, 2.0, NAN], [1.0, NAN, 0.0]]),
    ("div", tf.divide, [[0.0, 1.0, 1.0, -3.0], [0.0, 0.0, 2.0, 4.0]]),
    ("floordiv", tf.math.floordiv, [[5.0, 1.0], [2.0, 2.0]]),
    ("mod", tf.math.floormod, [[5.0, -1.0, -7.5], [2.0, 2.0, 2.0]]),
    ("clip", lambda x: tf.clip_by_value(x, 0.0, 1.0), [[0.0, 0.5, 1.0, 2.0, -1.0]]),
    ("where", lambda x, y: tf.where(x > 0, x, y), [[1.0, 0.0, NAN], [3.0, 4.0, 5.0]]),
    ("reduceMax", tf.reduce_max, [[1.0, 3.0, 3.0, 2.0]]),
    ("reduceMax", tf.reduce_max, [[1.0, 3.0, NAN, 2.0]]),
    ("reduceMinRows", lambda x: tf.reduce_min(x, 0), [[[1.0, 3.0], [1.0, 2.0]]]),
    ("prod", tf.reduce_prod, [[0.0, 3.0, 2.0]]),
    ("prod", tf.reduce_prod, [[0.0, 0.0, 2.0]]),
    ("cumsum", tf.math.cumsum, [[2.0, 0.0, 3.0]]),
    ("cumprod", tf.math.cumprod, [[2.0, 0.0, 3.0]]),
    ("cumprod", tf.math.cumprod, [[2.0, -1.0, 3.0]]),
    ("sortFirst", lambda x: tf.sort(x)[0], [[2.0, 1.0, 1.0]]),
    ("castThere", lambda x: tf.cast(tf.cast(x, tf.int32), tf.float64), [[3.0, 0.0]]),
    ("castNarrow", lambda x: tf.cast(tf.cast(x, tf.float32), tf.float64), [[3.0, 0.0]]),
    ("argmax", lambda x: tf.cast(tf.argmax(x), tf.float64), [[3.0, 0.0]]),
    ("det", tf.linalg.det, [[[3.0, 1.0], [1.0, 2.0]]]),
    ("inverse", tf.linalg.inv, [[[3.0, 1.0], [1.0, 2.0]]]),
    ("scatterSet", lambda x, u: tf.tensor_scatter_nd_update(x, [[0], [0], [1]], u), [[3.0, 0.0], [3.0, 4.0, 5.0]]),
    ("scatterAdd", lambda x, u: tf.tensor_scatter_nd_add(x, [[0], [0], [1]], u), [[3.0, 0.0], [3.0, 4.0, 5.0]]),
    ("scatterMax", lambda x, u: tf.tensor_scatter_nd_max(x, [[0], [0], [1]], u), [[3.0, 0.0], [3.0, 3.0, 5.0]]),
    ("scatterMin", lambda x, u: tf.tensor_scatter_nd_min(x, [[0], [0], [1]], u), [[3.0, 0.0], [3.0, 3.0, 5.0]]),
    ("squareThenDiscard", lambda x, y: x * x, [[3.0], [1.0]]),
]


def plain(value):
    if isinstance(value, list):
        return [plain(item) for item in value]
    if math.isnan(value):
        return "nan"
    return ("inf" if value > 0 else "-inf") if math.isinf(value) else value


def record(name, function, arguments):
    tensors = [tf.constant(argument, tf.float64) for argument in arguments]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        result = function(*tensors)
    gradients = tape.gradient(result, tensors)
    return {
        "name": name,
        "inputs": [plain(argument) for argument in arguments],
        "gradients": [None if g is None else plain(tf.convert_to_tensor(g).numpy().tolist()) for g in gradients],
    }


def same(a, b):
    """Equal, but for the last bits of what differs between processors (exp, log)."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-13)
    return a == b


def main():
    cases = [record(*case) for case in CASES]
    if "--check" not in sys.argv[1:]:
        RECORDED.write_text("[\n" + ",\n".join("  " + json.dumps(case) for case in cases) + "\n]\n")
        return
    known = json.loads(RECORDED.read_text())
    failed = abs(len(known) - len(cases))
    for old, new in zip(known, cases):
        if not all(same(old[key], new[key]) for key in new):
            failed += 1
            print(f"recorded {old}\n     now {new}")
    print(f"{max(len(known), len(cases)) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
