"""Single statements before and after: what each stores or returns, and how long it takes, while the programs run.

A row is a place of the original and the lines that it became. Its statements are followed by a call that looks at their names;
AutoGraph reads the source, not this tree, so what is compiled by `tf.function` is not seen.
"""

import ast
import contextlib
import copy

import numpy as np

from . import world
from .values import as_array, compare, is_tensor, ulps, worst

#: Values are kept of so many executions, of arrays of so many elements; times of so many.
_MOST_VALUES, _MOST_ELEMENTS, _MOST_TIMES = 8, 1_000_000, 1000
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)
_TOO_LARGE = object()
RETURNED = "return"


class Watch:
    """What the rows of one side did. `side` is "before" or "after"."""

    def __init__(self, rows, side):
        self.on = self.keeps = True
        self.side = side
        self._at = {}
        for index, row in enumerate(rows):
            for line in range(row[side][0], row[side][1] + 1):
                self._at.setdefault(line, index)
        self.count = [0] * len(rows)
        self.times = [[] for _ in rows]
        #: The same without the time of rows inside.
        self.own = [[] for _ in rows]
        #: Of each execution that was looked at: name → value.
        self.values = [[] for _ in rows]
        #: (row, start, time of rows inside) of what has begun; time that watching itself took.
        self._begun = []
        self._lost = 0.0

    def time_again(self):
        """From now on only time counts: what ran so far was cold."""
        self.keeps = False
        self.times = [[] for _ in self.times]
        self.own = [[] for _ in self.own]

    def into(self, tree, namespace):
        """Puts the calls into the tree, and what they call into the namespace."""
        namespace.update(__begin__=self._begin, __end__=self._end, __value__=self._value)
        for node in ast.walk(tree):
            for field in ("body", "orelse", "finalbody"):
                body = getattr(node, field, None)
                if isinstance(body, list):
                    setattr(node, field, self._watched(body))

    def _watched(self, body):
        made, group = [], []
        for statement in [*body, None]:
            row = self._at.get(statement.lineno) if isinstance(statement, _SIMPLE) else None
            if group and group[0][0] != row:
                made += self._calls(group[0][0], [each for _, each in group])
                group = []
            if row is not None:
                group.append((row, statement))
            elif statement is not None:
                made.append(statement)
        return made

    def _calls(self, row, statements):
        first, last = statements[0], statements[-1]
        begin = ast.copy_location(ast.Expr(_call("__begin__", row)), first)
        if isinstance(last, ast.Return):
            if last.value is None:
                return statements
            last.value = ast.copy_location(_call("__value__", row, last.value), last)
            return [begin, *statements]
        names = [part for name in _stored(statements) for part in (ast.Constant(name), ast.Name(name, ast.Load()))]
        return [begin, *statements, ast.copy_location(ast.Expr(_call("__end__", row, *names)), last)]

    def _begin(self, row):
        if self.on:
            self._begun.append([row, world.now() - self._lost, 0.0])

    def _end(self, row, *names_and_values):
        if self.on:
            self._note(row, dict(zip(names_and_values[::2], names_and_values[1::2])))

    def _value(self, row, value):
        if self.on:
            self._note(row, {RETURNED: value})
        return value

    def _note(self, row, values):
        stopped = world.now()
        while self._begun:  # what an exception left open goes
            begun, started, inside = self._begun.pop()
            if begun == row:
                spent = stopped - self._lost - started
                if len(self.times[row]) < _MOST_TIMES:
                    self.times[row].append(spent)
                    self.own[row].append(spent - inside)
                if self._begun:
                    self._begun[-1][2] += spent
                break
        if not self.keeps:
            return
        self.count[row] += 1
        if len(self.values[row]) < _MOST_VALUES:
            self.values[row].append({name: _kept(value) for name, value in values.items()})
        self._lost += world.now() - stopped


class Switch:
    """Both watches at once: off while only one side is called."""

    def __init__(self, watches):
        self._watches = [each for each in watches if each]

    def off(self):
        for each in self._watches:
            each.on = False

    def on(self):
        for each in self._watches:
            each.on = True


def report(rows, before, after, strict):
    """A row for each row of the request: how often, how long, and how each name compares."""
    return [
        {
            "counts": [before.count[index], after.count[index]],
            "ms": [_median(before.times[index]), _median(after.times[index])],
            "own": [_median(before.own[index]), _median(after.own[index])],
            "values": _values(row, before.values[index], after.values[index], strict),
        }
        for index, row in enumerate(rows)
    ]


def _values(row, left, right, strict):
    found = []
    names = dict.fromkeys(name for each in [*left, *right] for name in each)
    for name in names:
        if name == RETURNED and not row.get("returns", True):
            continue
        pairs = [(a[name], b[name]) for a, b in zip(left, right) if name in a and name in b]
        compared = [each for each in (_pair(name, a, b, strict) for a, b in pairs) if each]
        one = worst(name, compared)
        if one:
            counted = [each["ulps"] for each in compared if each.get("ulps") is not None]
            found.append({**one, "ulps": max(counted) if len(counted) == len(compared) else None})
        elif any(each is _TOO_LARGE for pair in pairs for each in pair):
            found.append({"name": name, "skipped": "large"})
    return found


def _pair(name, a, b, strict):
    if a is _TOO_LARGE or b is _TOO_LARGE:
        return None
    row = compare(name, a, b, strict)
    if row and "maxAbs" in row:
        row["ulps"] = ulps(as_array(a), as_array(b)) if as_array(a) is not None else None
    return row


def _kept(value):
    """The value as it is now."""
    with contextlib.suppress(Exception):
        array = as_array(value)
        if array is not None:
            if array.size > _MOST_ELEMENTS:
                return _TOO_LARGE
            return value if isinstance(value, (bool, int, float, np.generic)) else np.array(array)
        return copy.deepcopy(value) if isinstance(value, (list, tuple, dict, str)) and not is_tensor(value) else value
    return None


def _median(times):
    return sorted(times)[len(times) // 2] * 1000 if times else None


def _stored(statements):
    """The names that statements store to, in order."""
    found = {}
    for statement in statements:
        if isinstance(statement, ast.Assign):
            pending = list(statement.targets)
        elif isinstance(statement, ast.AugAssign) or isinstance(statement, ast.AnnAssign) and statement.value:
            pending = [statement.target]
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            function = statement.value.func
            assigns = isinstance(function, ast.Attribute) and function.attr.startswith("assign")  # of a variable, or a slice of it
            pending = [function.value] if assigns else []
        else:
            pending = []
        while pending:
            node = pending.pop(0)
            if isinstance(node, (ast.Tuple, ast.List)):
                pending[:0] = node.elts
            elif isinstance(node, ast.Starred):
                pending.insert(0, node.value)
            else:
                while isinstance(node, ast.Subscript):
                    node = node.value
                if isinstance(node, ast.Name):
                    found[node.id] = None
    return list(found)


def _call(function, row, *arguments):
    return ast.Call(ast.Name(function, ast.Load()), [ast.Constant(row), *arguments], [])
