"""Two values beside each other: dtype, shape, and the largest absolute and relative error."""

import math
import sys

import numpy as np


#: So many unequal elements are looked at one by one.
_MOST_ULPS = 20_000


def is_tensor(value):
    return hasattr(value, "numpy") and hasattr(value, "dtype") and not isinstance(value, np.ndarray)


def as_array(value):
    """The value as an ndarray, or None where it isn't numeric."""
    if is_tensor(value):
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
        return worst(name, [row for row in rows if row])
    if isinstance(left, dict) and isinstance(right, dict):
        if list(left) != list(right):
            return {"name": name, "problem": "the keys differ"}
        return worst(name, [row for row in (compare(f"{name}[{key!r}]", left[key], right[key], strict) for key in left) if row])
    if left is None or right is None or isinstance(left, str) or isinstance(right, str):
        right = right.numpy() if is_tensor(right) else right
        same = left == right if isinstance(left, str) or left is None else False
        return None if same else {"name": name, "problem": f"{short(left)} became {short(right)}"}
    a, b = as_array(left), as_array(right)
    if a is None and b is None:
        return None
    if a is None or b is None:
        return {"name": name, "problem": f"{short(left)} became {short(right)}"}
    row = {"name": name, "dtypes": [str(a.dtype), str(b.dtype)], "shapes": [list(a.shape), list(b.shape)]}
    if a.shape != b.shape:
        row["problem"] = f"shape {a.shape} became {b.shape}"
        return row
    python_scalar = isinstance(left, (bool, int, float)) and not isinstance(left, np.generic)
    if strict and a.dtype != b.dtype and not python_scalar:
        row["problem"] = f"dtype {a.dtype} became {b.dtype}"
    row["maxAbs"], row["maxRel"] = _errors(a, b)
    return row


def worst(name, rows):
    """One row for several: the first problem, else the largest errors."""
    if not rows:
        return None
    for row in rows:
        if "problem" in row:
            return row
    found = dict(max(rows, key=lambda row: row["maxRel"]))
    found["name"] = name
    found["maxAbs"] = max(row["maxAbs"] for row in rows)
    return found


def _errors(a, b):
    """Largest absolute error, and the same relative to the largest finite magnitude: the largest float where NaN or ±inf do not match (JSON has no infinity)."""
    if a.size == 0:
        return 0.0, 0.0
    if str(a.dtype) == str(b.dtype) and str(a.dtype).startswith(("int", "uint", "bool")):
        return _integer_errors(a, b)
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


def _integer_errors(a, b):
    """Exact, also where float64 would round: above 2**53 neighbours look equal in it."""
    unequal = a != b
    if not unequal.any():
        return 0.0, 0.0
    largest = max(abs(int(x) - int(y)) for x, y in zip(a[unequal].tolist(), b[unequal].tolist()))
    scale = max(abs(int(x)) for x in (a.ravel().min(), a.ravel().max()))
    return float(largest), largest / scale if scale else sys.float_info.max


def ulps(a, b):
    """The largest distance of two float arrays in units of the last place; None where there is none to tell."""
    digits = {"float64": (53, -1074), "float32": (24, -149)}.get(str(a.dtype))
    if digits is None or a.dtype != b.dtype or a.shape != b.shape:
        return None
    x, y = a.ravel(), b.ravel()
    unequal = (x != y) & ~((x != x) & (y != y))
    pairs = list(zip(x[unequal].tolist(), y[unequal].tolist()))
    if len(pairs) > _MOST_ULPS or not all(math.isfinite(p) and math.isfinite(q) for p, q in pairs):
        return None
    return max((abs(p - q) / _place(max(abs(p), abs(q)), *digits) for p, q in pairs), default=0.0)


def _place(value, digits, smallest):
    return math.ldexp(1.0, max(math.frexp(value)[1] - digits, smallest))


def short(value):
    text = repr(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "..."
