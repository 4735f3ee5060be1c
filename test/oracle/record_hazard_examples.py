"""Runs both forms of every hazard's example on real NumPy and TensorFlow and records what they give.

An example that gives the same on both sides shows nothing and fails. Without arguments the outcomes are written to
recorded/hazard_examples.json; with --check they are compared, and the last line is `N passed, N failed`.
"""

import ast
import contextlib
import io
import json
import linecache
import math
import os
import pathlib
import subprocess
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
RECORD = HERE / "recorded" / "hazard_examples.json"


def examples():
    """The rows as the product has them."""
    command = ["node", "--import", "tsx", "test/support/print-hazards.ts"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout)


def outcome(source, name):
    """The result of the source, as text a page can show, or the exception's type."""
    tree = ast.parse(source)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.fix_missing_locations(
            ast.copy_location(ast.Assign([ast.Name("result", ast.Store())], last.value), last)
        )
    scope = {"np": np, "tf": tf, "math": math}
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)  # AutoGraph reads the source.
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            exec(compile(tree, name, "exec"), scope)
        return show(scope["result"])
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}"


def show(value):
    if isinstance(value, (tf.Tensor, tf.Variable)):
        value = value.numpy() if hasattr(value, "numpy") else str(value.shape)
    if isinstance(value, (np.ndarray, np.generic)):
        return f"{np.array2string(np.asarray(value), precision=6)} {value.dtype}"
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(show(item) for item in value) + ")"
    return str(value)


def main():
    rows = {}
    same = []
    for row in examples():
        numpy = outcome(row["numpy"], f"<{row['id']} numpy>")
        tensorflow = outcome(row["tensorflow"], f"<{row['id']} tensorflow>")
        rows[row["id"]] = {**row, "numpyResult": numpy, "tensorflowResult": tensorflow}
        if numpy == tensorflow:
            same.append(row["id"])
            print(f"no difference: {row['id']}: {numpy}")
    if "--check" not in sys.argv:
        lines = ",\n".join(f"  {json.dumps(row['id'])}: {json.dumps(row)}" for row in rows.values())
        RECORD.write_text("{\n" + lines + "\n}\n")
        return 1 if same else 0
    recorded = json.loads(RECORD.read_text())
    random = {"TL260", "TL502"}  # Their numbers differ from run to run.
    failed = {name for name in {*rows, *recorded} if rows.get(name) != recorded.get(name) and name not in random}
    failed.update(same)
    for name in sorted(failed):
        print(f"differs: {name}: {rows.get(name)}")
    print(f"{len(rows) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
