"""What two programs print: line by line, without what comes from the clock."""

import math
import re

from .programs import execute
from .values import short


def difference(left, right):
    """The first difference of two texts, in words."""
    for number, (a, b) in enumerate(zip(left, right)):
        if a != b:
            return f"line {number + 1} of the output: {short(a)} became {short(b)}"
    return f"{len(left)} printed lines became {len(right)}"


def without_clock(source, filename, lines):
    """The printed lines that do not depend on the clock: those that stay the same when each tick is longer."""
    if not any(word in source for word in ("time", "perf_counter", "monotonic")):
        return lines
    again = execute(source, filename, tick=1.75).lines
    if len(again) != len(lines):
        return lines
    return [line for line, other in zip(lines, again) if line == other]


#: A number as Python and NumPy print it.
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|nan|inf)(?![\w.])")


def same(left, right):
    """Printed lines are equal, or their numbers agree to nine digits (a reordered sum prints its last digit), and all else does up to white space.

    Whole numbers must be equal, and stay whole: `4` is not `4.0`. NaN agrees with NaN only.
    """
    return len(left) == len(right) and all(a == b or _alike(a, b) for a, b in zip(left, right))


def _alike(a, b):
    if ["".join(text.split()) for text in _NUMBER.split(a)] != ["".join(text.split()) for text in _NUMBER.split(b)]:
        return False
    return all(_close(p, q) for p, q in zip(_NUMBER.findall(a), _NUMBER.findall(b)))


def _close(p, q):
    if _is_whole(p) or _is_whole(q):
        return _is_whole(p) and _is_whole(q) and int(p) == int(q)
    x, y = float(p), float(q)
    if math.isnan(x) or math.isnan(y):
        return math.isnan(x) and math.isnan(y)
    return x == y or (math.isfinite(x) and abs(x - y) <= 1e-9 * max(1.0, abs(x)))


def _is_whole(text):
    return text.lstrip("+-").isdigit()
