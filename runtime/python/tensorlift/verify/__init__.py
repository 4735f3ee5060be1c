"""Runs an original NumPy program and its converted form side by side and says where they differ.

Plain Python over the public names of numpy and tensorflow, so that the same files judge in the bundled kernel and on a user's own
interpreter. The types of request and answer stand in src/service/compare.ts and src/core/compare/verdict.ts.
"""

import inspect
import json
import os
import sys
import types

import numpy as np

from . import arguments, doctests, functions, statements, text, world
from .calls import Recorder
from .programs import execute
from .statements import Switch, Watch
from .values import compare

#: Seconds up to which both programs run once more, so that times are those of a warm runtime; several times, if that is as short.
_SHORT, _TIMES = 3.0, 3


def verify(request):
    """The answer to a request: versions, printed text, module-level values, functions."""
    filename, strict = request["filename"], request.get("strict", True)
    folder = os.path.dirname(filename)
    if folder and folder not in sys.path:
        sys.path.insert(0, folder)
    specs = request.get("functions", [])
    recorder = Recorder(spec["name"] for spec in specs)
    rows = request.get("statements", [])
    watches = [Watch(rows, side) if rows else None for side in ("before", "after")]
    lifted_name = f"{os.path.splitext(filename)[0]}.lifted.py"
    started = world.now()
    left = execute(request["original"], filename, recorder, watches[0])
    right = execute(request["converted"], filename, None, watches[1], name=lifted_name)
    spent = world.now() - started
    answer = {
        "versions": {"numpy": np.__version__, "tensorflow": getattr(sys.modules.get("tensorflow"), "__version__", None)},
        "errors": [left.error, right.error],
        "text": None,
        "lines": len(left.lines),
        "values": [],
        "functions": [],
        "doctests": [],
    }
    if not left.error and not right.error:
        lines = text.without_clock(request["original"], filename, left.lines)
        others = text.without_clock(request["converted"], filename, right.lines)
        if not text.same(lines, others):
            answer["text"] = text.difference(lines, others)
        answer["values"] = _values(left.namespace, right.namespace, strict)
    switch = Switch(watches)
    switch.off()
    if not left.error and specs:
        answer["doctests"] = doctests.run(request["original"], filename, left, recorder)
    last = json.loads(request.get("last") or "{}")
    for spec in specs:
        name = spec["name"]
        pair = left.namespace.get(name), right.namespace.get(name)
        if all(callable(function) for function in pair):
            calls = [(origin, call) for origin in ("call", "doctest") for call in recorder.of(name, origin)]
            calls += [("last", call) for call in _others(pair[0], last.get(name, []), calls)]
            inputs = functions.made_of(calls, spec.get("samples") or [])
            answer["functions"].append(functions.check({"strict": strict, **spec}, *pair, inputs, switch))
    if rows:
        answer["warm"] = not left.error and not right.error and spent <= _SHORT
        if answer["warm"]:
            for watch in watches:
                watch.time_again()
            switch.on()
            for _ in range(_TIMES if spent * _TIMES <= _SHORT else 1):
                execute(request["original"], filename, None, watches[0])
                execute(request["converted"], filename, None, watches[1], name=lifted_name)
        answer["statements"] = statements.report(rows, *watches, strict)
    return answer


def _others(function, coded, calls):
    """The calls of the last run that the function can still take and that are none of those that were made here."""
    signature = inspect.signature(inspect.unwrap(function))
    seen, others = [arguments.bound(signature, call) for _, call in calls], []
    for call in map(arguments.decoded_call, coded):
        bound = arguments.bound(signature, call)
        if bound is not None and bound not in seen:
            seen.append(bound)
            others.append(call)
    return others


def _values(left, right, strict):
    """The module-level arrays that both programs have, compared."""
    rows = []
    for name, value in left.items():
        if name.startswith("__") or name not in right or not isinstance(value, (np.ndarray, np.generic)):
            continue
        other = right[name]
        if callable(other) or isinstance(other, types.ModuleType):
            continue
        row = compare(name, value, other, strict)
        if row:
            rows.append(row)
    return rows
