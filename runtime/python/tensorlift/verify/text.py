"""What two programs print: line by line, without what comes from the clock."""

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


def same(left, right):
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


def _numbers(line):
    parts = line.replace("[", " ").replace("]", " ").replace(",", " ").split()
    numbers, words = [], []
    for part in parts:
        try:
            numbers.append(float(part))
        except ValueError:
            words.append(part)
    return numbers, words
