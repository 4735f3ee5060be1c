"""Runs an original NumPy program and its converted form side by side and says where they differ.

Plain Python over the public names of numpy and tensorflow, so that the same file judges in the bundled
kernel (`python -m tensorlift.verify`) and on a user's own interpreter. Reads one JSON request, prints one
JSON answer; the types of both stand in src/service/verify.ts.
"""

import ast
import contextlib
import copy
import inspect
import io
import json
import math
import os
import random
import sys
import time
import traceback
import types

import numpy as np

CALLS_PER_FUNCTION = 6
ELEMENTS_PER_ARGUMENT = 1_000_000
CLOCKS = [name for name in ("time", "perf_counter", "monotonic", "process_time", "thread_time") if hasattr(time, name)]


class Recorder:
    """Keeps copies of the arguments with which the functions of a program were called."""

    def __init__(self, names):
        self.calls = {name: [] for name in names}
        self.depth = 0

    def wrap(self, name, function):
        """The function, noting its calls; a compiled function keeps its attributes."""
        calls = self.calls.get(name)
        if calls is None or not callable(function) or isinstance(function, type):
            return function

        def recorded(*args, **kwargs):
            if self.depth == 0 and len(calls) < CALLS_PER_FUNCTION and _small((args, kwargs)):
                with contextlib.suppress(Exception):
                    calls.append(copy.deepcopy((args, kwargs)))
            self.depth += 1
            try:
                return function(*args, **kwargs)
            finally:
                self.depth -= 1

        recorded.__name__ = name
        recorded.__doc__ = function.__doc__
        recorded.__wrapped__ = function
        return recorded if isinstance(function, types.FunctionType) else _Recorded(recorded, function)


class _Recorded:
    """A callable object whose calls are noted."""

    def __init__(self, recorded, function):
        self.__wrapped__ = function
        self._recorded = recorded

    def __call__(self, *args, **kwargs):
        return self._recorded(*args, **kwargs)

    def __getattr__(self, name):
        return getattr(self.__wrapped__, name)


def _small(value):
    if isinstance(value, np.ndarray):
        return value.size <= ELEMENTS_PER_ARGUMENT
    if isinstance(value, (list, tuple)):
        return all(_small(item) for item in value)
    if isinstance(value, dict):
        return all(_small(item) for item in value.values())
    return True


class _Recording(ast.NodeTransformer):
    """Adds `f = __record__('f', f)` after each top-level `def f`."""

    def visit_Module(self, node):
        body = []
        for statement in node.body:
            body.append(statement)
            if isinstance(statement, ast.FunctionDef):
                again = ast.parse(f"{statement.name} = __record__({statement.name!r}, {statement.name})").body[0]
                for part in ast.walk(again):
                    if hasattr(part, "lineno"):
                        part.lineno = part.end_lineno = statement.end_lineno
                body.append(again)
        return ast.Module(body, node.type_ignores)


@contextlib.contextmanager
def _fixed_world(tick):
    """Seeds every generator and replaces the clocks: each reading is one tick later than the last."""
    saved = {name: getattr(time, name) for name in CLOCKS}
    saved_sleep = time.sleep
    default_rng = np.random.default_rng
    now = [1_000_000.0]

    def clock():
        now[0] += tick
        return now[0]

    random.seed(0)
    np.random.seed(0)
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        tensorflow.random.set_seed(0)
    np.random.default_rng = lambda seed=None: default_rng(0 if seed is None else seed)
    for name in CLOCKS:
        setattr(time, name, clock)
    time.sleep = lambda seconds: None
    try:
        yield
    finally:
        for name, function in saved.items():
            setattr(time, name, function)
        time.sleep = saved_sleep
        np.random.default_rng = default_rng


def execute(source, filename, recorder=None, tick=1.0):
    """Runs a program; returns its namespace, its printed lines and its exception (or None)."""
    namespace = {"__name__": "__main__", "__file__": filename, "__builtins__": __builtins__}
    module = types.ModuleType("__main__")
    module.__dict__.update(namespace)
    namespace = module.__dict__
    out = io.StringIO()
    error = None
    saved = sys.modules.get("__main__"), sys.argv
    sys.modules["__main__"] = module
    sys.argv = [filename]
    try:
        tree = ast.parse(source, filename)
        if recorder is not None:
            namespace["__record__"] = recorder.wrap
            tree = ast.fix_missing_locations(_Recording().visit(tree))
        code = compile(tree, filename, "exec")
        with _fixed_world(tick), contextlib.redirect_stdout(out):
            exec(code, namespace)
    except SystemExit:
        pass
    except BaseException as exception:
        error = _describe(exception, filename)
    finally:
        sys.argv = saved[1]
        if saved[0] is not None:
            sys.modules["__main__"] = saved[0]
    return namespace, out.getvalue().splitlines(), error


def _describe(exception, filename=None):
    line = getattr(exception, "lineno", None) if isinstance(exception, SyntaxError) else None
    for frame in traceback.extract_tb(exception.__traceback__):
        if frame.filename == filename:
            line = frame.lineno
    first = str(getattr(exception, "msg", "") if isinstance(exception, SyntaxError) else exception).strip().splitlines()
    return {"type": type(exception).__name__, "message": first[0] if first else "", "line": line}


def _is_tensor(value):
    return hasattr(value, "numpy") and hasattr(value, "dtype") and not isinstance(value, np.ndarray)


def as_array(value):
    """The value as an ndarray, or None where it isn't numeric."""
    if _is_tensor(value):
        value = value.numpy()
    if isinstance(value, (bool, int, float)):
        return np.array(value)
    if isinstance(value, (np.ndarray, np.generic)):
        return np.asarray(value)
    return None


def compare(name, left, right, strict=True):
    """How two values differ: a row with dtypes, shapes and the largest absolute and relative error; None where they can't be compared."""
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        if len(left) != len(right):
            return {"name": name, "problem": f"{len(left)} items became {len(right)}"}
        rows = [compare(f"{name}[{index}]", a, b, strict) for index, (a, b) in enumerate(zip(left, right))]
        return _worst(name, [row for row in rows if row])
    if isinstance(left, dict) and isinstance(right, dict):
        if list(left) != list(right):
            return {"name": name, "problem": "the keys differ"}
        return _worst(name, [row for row in (compare(f"{name}[{key!r}]", left[key], right[key], strict) for key in left) if row])
    if left is None or right is None or isinstance(left, str) or isinstance(right, str):
        right = right.numpy() if _is_tensor(right) else right
        same = left == right if isinstance(left, str) or left is None else False
        return None if same else {"name": name, "problem": f"{_short(left)} became {_short(right)}"}
    a, b = as_array(left), as_array(right)
    if a is None and b is None:
        return None
    if a is None or b is None:
        return {"name": name, "problem": f"{_short(left)} became {_short(right)}"}
    row = {"name": name, "dtypes": [str(a.dtype), str(b.dtype)], "shapes": [list(a.shape), list(b.shape)]}
    if a.shape != b.shape:
        row["problem"] = f"shape {a.shape} became {b.shape}"
        return row
    python_scalar = isinstance(left, (bool, int, float)) and not isinstance(left, np.generic)
    if strict and a.dtype != b.dtype and not python_scalar:
        row["problem"] = f"dtype {a.dtype} became {b.dtype}"
    row["maxAbs"], row["maxRel"] = _errors(a, b)
    return row


def _worst(name, rows):
    if not rows:
        return None
    for row in rows:
        if "problem" in row:
            return row
    worst = dict(max(rows, key=lambda row: row["maxRel"]))
    worst["name"] = name
    worst["maxAbs"] = max(row["maxAbs"] for row in rows)
    return worst


def _errors(a, b):
    """Largest absolute error, and the same relative to the largest finite magnitude: the largest float where NaN or ±inf do not match (JSON has no infinity)."""
    if a.size == 0:
        return 0.0, 0.0
    if str(a.dtype) == str(b.dtype) and str(a.dtype).startswith(("int", "uint", "bool")):
        if not (a != b).any():
            return 0.0, 0.0
    x, y = a.astype(np.float64).ravel(), b.astype(np.float64).ravel()
    unequal = (x != y) & ~((x != x) & (y != y))
    if not unequal.any():
        return 0.0, 0.0
    x, y = x[unequal], y[unequal]
    difference = abs(x - y)
    if (difference != difference).any() or (difference == math.inf).any():
        return sys.float_info.max, sys.float_info.max
    finite = abs(a.astype(np.float64).ravel())
    finite = finite[finite < math.inf]
    scale = float(finite.max()) if finite.size else 0.0
    largest = float(difference.max())
    return largest, largest / scale if scale > 0 else sys.float_info.max


def _short(value):
    text = repr(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "..."


def _to_tensors(value, tensorflow):
    if isinstance(value, np.ndarray):
        return tensorflow.constant(value)
    if isinstance(value, tuple):
        return tuple(_to_tensors(item, tensorflow) for item in value)
    if isinstance(value, list):
        return [_to_tensors(item, tensorflow) for item in value]
    if isinstance(value, dict):
        return {key: _to_tensors(item, tensorflow) for key, item in value.items()}
    return value


def _call(function, args, kwargs):
    out = io.StringIO()
    try:
        with _fixed_world(1.0), contextlib.redirect_stdout(out):
            return function(*args, **kwargs), None, out.getvalue()
    except Exception as exception:
        return None, _describe(exception), out.getvalue()


def check_function(spec, original, converted, calls):
    """Calls both functions on the same inputs; spec: name, mutates, returns, samples."""
    import tensorflow as tf

    plain = inspect.unwrap(original)
    inputs = [(call, "call") for call in calls] + [((sample, {}), "sample") for sample in _samples(spec.get("samples") or [])]
    result = {"name": spec["name"], "inputs": 0, "rows": [], "gradient": "not-run", "gradientMaxRel": None}
    for (args, kwargs), _origin in inputs:
        left_args, left_kwargs = copy.deepcopy((args, kwargs))
        left, left_error, left_text = _call(plain, left_args, left_kwargs)
        right_args, right_kwargs = _to_tensors(copy.deepcopy((args, kwargs)), tf)
        right, right_error, right_text = _call(converted, right_args, right_kwargs)
        result["inputs"] += 1
        if left_error or right_error:
            if not (left_error and right_error):
                side, error = ("NumPy", left_error) if left_error else ("TensorFlow", right_error)
                result["rows"].append({"name": spec["name"], "problem": f"only {side} raises {error['type']}: {error['message']}"})
            continue
        if left_text != right_text:
            result["rows"].append({"name": "print", "problem": _text_difference(left_text.splitlines(), right_text.splitlines())})
        left = _effects(plain, spec, left, left_args, left_kwargs)
        row = compare(spec["name"], left, right, spec.get("strict", True))
        if row:
            result["rows"].append(row)
        if result["gradient"] == "not-run":
            result["gradient"], result["gradientMaxRel"] = check_gradient(plain, converted, spec, args, kwargs)
    return result


def _effects(function, spec, value, args, kwargs):
    """What the converted function returns: the original's value and the arguments that it changed, in the order of spec.returns."""
    returns = spec.get("returns") or []
    if not returns or returns == ["return"]:
        return value
    bound = inspect.signature(function).bind(*args, **kwargs)
    bound.apply_defaults()
    items = [value if name == "return" else bound.arguments[name] for name in returns]
    return items[0] if len(items) == 1 else tuple(items)


def _samples(specs):
    """Arrays for sampled inputs: each spec is a list of {shape, dtype, case} or {value}."""
    state = np.random.default_rng(7)
    for spec in specs:
        yield tuple(_sample(state, item) for item in spec)


def _sample(state, item):
    if "value" in item:
        return item["value"]
    shape, dtype, case = tuple(item["shape"]), item["dtype"], item.get("case", "normal")
    values = state.normal(0.0, 1.0, shape if shape else None)
    if case == "zeros":
        values = values * 0.0
    if dtype == "bool":
        values = values > 0
    elif not dtype.startswith("float"):
        values = values * 4.0
    values = np.array(values).astype(dtype)
    if case == "nan" and dtype.startswith("float") and values.size:
        flat = values.ravel()
        flat[values.size // 2] = math.nan
        values = flat.reshape(shape)
    return values


def _float_outputs(value):
    if isinstance(value, (list, tuple)):
        return [item for part in value for item in _float_outputs(part)]
    dtype = str(getattr(getattr(value, "dtype", None), "name", getattr(value, "dtype", "")))
    return [value] if dtype.startswith("float") else []


def check_gradient(original, converted, spec, args, kwargs):
    """Directional derivatives of the converted function by tape against central differences of the original in float64."""
    import tensorflow as tf

    places = [index for index, value in enumerate(args) if isinstance(value, np.ndarray) and str(value.dtype) == "float64" and value.size]
    if not places:
        return "not-differentiable", None

    def scalar(arguments):
        arguments, keywords = copy.deepcopy((arguments, kwargs))
        value = _effects(original, spec, original(*arguments, **keywords), arguments, keywords)
        return sum(float(np.sum(item)) for item in _float_outputs(value))

    try:
        tensors = [tf.constant(value) if isinstance(value, np.ndarray) else copy.deepcopy(value) for value in args]
        with contextlib.redirect_stdout(io.StringIO()), _fixed_world(1.0):
            with tf.GradientTape() as tape:
                for index in places:
                    tape.watch(tensors[index])
                outputs = _float_outputs(converted(*tensors, **_to_tensors(copy.deepcopy(kwargs), tf)))
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
        return "not-run", _describe(exception)["message"]


def _text_difference(left, right):
    for number, (a, b) in enumerate(zip(left, right)):
        if a != b:
            return f"line {number + 1} of the output: {_short(a)} became {_short(b)}"
    return f"{len(left)} printed lines became {len(right)}"


def _without_clock(source, filename, lines):
    """The printed lines that do not depend on the clock: those that stay the same when each tick is longer."""
    if not any(word in source for word in ("time", "perf_counter", "monotonic")):
        return lines
    again = execute(source, filename, tick=1.75)[1]
    if len(again) != len(lines):
        return lines
    return [line for line, other in zip(lines, again) if line == other]


def _numbers(line):
    parts = line.replace("[", " ").replace("]", " ").replace(",", " ").split()
    numbers, words = [], []
    for part in parts:
        try:
            numbers.append(float(part))
        except ValueError:
            words.append(part)
    return numbers, words


def _same_text(left, right):
    """Printed lines are equal, or have the same words and numbers that agree to nine digits (a reordered sum prints its last digit)."""
    if len(left) != len(right):
        return False
    for a, b in zip(left, right):
        if a == b:
            continue
        (x, u), (y, v) = _numbers(a), _numbers(b)
        if u != v or len(x) != len(y) or any(abs(p - q) > 1e-9 * max(1.0, abs(p)) for p, q in zip(x, y)):
            return False
    return True


def verify(request):
    """The answer to a request: versions, printed text, module-level values, functions."""
    filename, strict = request["filename"], request.get("strict", True)
    folder = os.path.dirname(filename)
    if folder and folder not in sys.path:
        sys.path.insert(0, folder)
    recorder = Recorder([spec["name"] for spec in request.get("functions", [])])
    left, left_lines, left_error = execute(request["original"], filename, recorder)
    right, right_lines, right_error = execute(request["converted"], filename)
    answer = {
        "versions": {"numpy": np.__version__, "tensorflow": getattr(sys.modules.get("tensorflow"), "__version__", None)},
        "errors": [left_error, right_error],
        "text": None,
        "lines": len(left_lines),
        "values": [],
        "functions": [],
    }
    if not left_error and not right_error:
        left_lines = _without_clock(request["original"], filename, left_lines)
        right_lines = _without_clock(request["converted"], filename, right_lines)
        if not _same_text(left_lines, right_lines):
            answer["text"] = _text_difference(left_lines, right_lines)
        for name, value in left.items():
            if name.startswith("__") or name not in right or not isinstance(value, (np.ndarray, np.generic)):
                continue
            other = right[name]
            if callable(other) or isinstance(other, types.ModuleType):
                continue
            row = compare(name, value, other, strict)
            if row:
                answer["values"].append(row)
    for spec in request.get("functions", []):
        pair = left.get(spec["name"]), right.get(spec["name"])
        if all(callable(function) for function in pair):
            answer["functions"].append(check_function({"strict": strict, **spec}, *pair, recorder.calls[spec["name"]]))
    return answer


def main():
    request = json.load(sys.stdin) if len(sys.argv) < 2 else json.loads(sys.argv[1])
    json.dump(verify(request), sys.stdout)


if __name__ == "__main__":
    main()
