"""Runs every golden program and every rule example before and after its conversion, and compares what they print and hold.

`before` runs on NumPy, `after` on TensorFlow; arrays are compared by dtype, shape and value. Takes names of pairs as arguments
(all without). `--write` records what the examples' `result` is on both sides, for the docs. Last line: `N passed, N failed`.
"""
import contextlib
import io
import json
import linecache
import os
import pathlib
import re
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf

HERE = pathlib.Path(__file__).resolve().parent
PAIRS = HERE.parent / "golden" / "convert"
EXAMPLES = HERE.parent / "golden" / "examples.json"
OUTPUTS = HERE / "recorded" / "rule_examples.json"
TOLERANCE = 1e-12
NUMBER = re.compile(r"-?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan)")


def run(source, name):
    """The namespace, what was printed, and the exception (type name) of a program."""
    space = {"__name__": "__main__"}
    # tf.function reads the source of what it compiles.
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    out = io.StringIO()
    error = None
    with contextlib.redirect_stdout(out), np.errstate(all="ignore"):
        try:
            exec(compile(source, name, "exec"), space)
        except Exception as problem:  # noqa: BLE001 - every exception is an outcome
            error = f"{type(problem).__name__}: {str(problem).splitlines()[0] if str(problem) else ''}"
    return space, out.getvalue(), error


def as_array(value):
    return value.numpy() if isinstance(value, (tf.Tensor, tf.Variable)) else value


def close(a, b, tolerance):
    if a.dtype.kind in "biu":
        return np.array_equal(a, b)
    with np.errstate(all="ignore"):
        return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True))


def differs(name, before, after, tolerance):
    """Why a value of the converted program is not the original's; None where it agrees."""
    if isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        if len(before) != len(after):
            return f"{name}: {len(before)} items, then {len(after)}"
        for i, (a, b) in enumerate(zip(before, after)):
            found = differs(f"{name}[{i}]", a, b, tolerance)
            if found:
                return found
        return None
    if not isinstance(before, (np.ndarray, np.generic)):
        return None
    after = as_array(after)
    if isinstance(after, (bool, int, float)) and np.ndim(before) == 0:
        return None if close(np.asarray(before), np.asarray(after), tolerance) else f"{name}: {before} != {after}"
    if not isinstance(after, (np.ndarray, np.generic)):
        return f"{name}: an array, then {type(after).__name__}"
    if before.dtype != after.dtype:
        return f"{name}: {before.dtype}, then {after.dtype}"
    if before.shape != after.shape:
        return f"{name}: shape {before.shape}, then {after.shape}"
    return None if close(before, after, tolerance) else f"{name}: values differ: {before!r} != {after!r}"[:400]


def same_print(a, b):
    if a == b:
        return True
    if NUMBER.sub("0", a).split() != NUMBER.sub("0", b).split():
        return False
    x = [float(n) for n in NUMBER.findall(a)]
    y = [float(n) for n in NUMBER.findall(b)]
    return len(x) == len(y) and bool(np.allclose(x, y, rtol=1e-9, atol=1e-12, equal_nan=True))


def compare(label, before, after, tolerance=TOLERANCE):
    if label.startswith("session-"):
        # The original can't run on TensorFlow 2: the converted program must.
        return run(after, f"{label}.after.py")[2]
    space, printed, error = run(before, f"{label}.before.py")
    space2, printed2, error2 = run(after, f"{label}.after.py")
    if error or error2:
        return None if error and error2 and "raises" in label else f"before {error}, after {error2}"
    if not same_print(printed, printed2):
        return f"printed {printed!r}, then {printed2!r}"
    for name, value in space.items():
        if name.startswith("__") or callable(value) and not isinstance(value, np.generic):
            continue
        found = differs(name, value, space2.get(name), tolerance)
        if found:
            return found
    return None


def pairs():
    for path in sorted(PAIRS.glob("*.before.py")):
        name = path.name.removesuffix(".before.py")
        # newline="": line ends are part of the pair.
        yield name, path.read_bytes().decode("utf-8-sig"), (PAIRS / f"{name}.after.py").read_bytes().decode("utf-8-sig"), TOLERANCE
    for row in json.loads(EXAMPLES.read_text()):
        yield row["id"] + " " + row["name"], row["before"], row["after"], max(TOLERANCE, row["tolerance"])


def write_outputs():
    rows = {}
    for row in json.loads(EXAMPLES.read_text()):
        shown = [repr(run(row[side], f"{row['id']}.{side}.py")[0].get("result")) for side in ("before", "after")]
        rows[row["id"]] = {"numpy": shown[0], "tensorflow": shown[1]}
    OUTPUTS.parent.mkdir(exist_ok=True)
    OUTPUTS.write_text(json.dumps(rows, indent=1) + "\n")


def main(arguments):
    if "--write" in arguments:
        write_outputs()
    wanted = [name for name in arguments if not name.startswith("--")]
    passed = failed = 0
    for name, before, after, tolerance in pairs():
        if wanted and not any(name.startswith(start) for start in wanted):
            continue
        if name.startswith("syntax-"):
            continue
        problem = compare(name, before, after, tolerance)
        if problem:
            failed += 1
            print(f"FAILED {name}: {problem}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
