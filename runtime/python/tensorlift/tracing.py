"""What only Python knows of a trace: the user's names of values, and what a gradient is called in the source."""

import ast
import contextlib
import json
import linecache
import math
import sys

import _tensorlift_bridge as _bridge

from . import values
from .positions import column
from .surroundings import is_library

is_on = _bridge.trace_on
pause = _bridge.trace_pause
#: A run begins: times count from here.
runs = _bridge.trace_runs
#: Microseconds since then.
now = _bridge.trace_now


@contextlib.contextmanager
def unrecorded():
    """What a report itself computes is no op of the user."""
    recording = is_on()
    pause(True)
    try:
        yield
    finally:
        if recording:
            pause(False)


def handle_of(value: object) -> int | None:
    """The handle behind an array, a tensor or a variable; None for anything else."""
    array = values.array_of(value)
    return None if array is None else values.handle(array)


def name(value: object, label: str, place: dict | None) -> None:
    """Tells the recorder what the user calls a value."""
    handle = handle_of(value)
    if handle is not None:
        kind = "variable" if hasattr(value, "assign") else "constant"
        _bridge.trace_name(handle, json.dumps({"label": label, "kind": kind, "range": place}))


def _range(path: str, node: ast.AST) -> dict:
    return {
        "start": {"line": node.lineno - 1, "character": column(path, node.lineno, node.col_offset)},
        "end": {"line": node.end_lineno - 1, "character": column(path, node.end_lineno, node.end_col_offset)},
    }


def name_parameters(function, values: dict) -> None:
    """Tells what a function's arguments are called, and where its parameters stand."""
    code = function.__code__
    path, first = code.co_filename, code.co_firstlineno
    places = {}
    with contextlib.suppress(SyntaxError):
        for node in ast.walk(ast.parse("".join(linecache.getlines(path)))):
            if isinstance(node, ast.FunctionDef) and min([node.lineno, *(each.lineno for each in node.decorator_list)]) == first:
                parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                places = {each.arg: _range(path, each) for each in parameters}
    for each, value in values.items():
        name(value, each, places.get(each))


def name_all(names: list[str], namespace: dict, path: str, node: ast.AST) -> None:
    """Tells the names that a statement assigned."""
    place = _range(path, node)
    for each in names:
        if each in namespace:
            name(namespace[each], each, place)


def gradients(entries: list, targets: list, sources: list, seeds: list, found: list) -> None:
    """Rows of the gradient table for `tape.gradient(target, sources)`; called by the tape while tracing is on."""
    from .differences import check

    target, labels = _called(len(sources))
    checks = check(entries, targets, sources, seeds, found)
    for label, gradient, checked in zip(labels, found, checks):
        handle = None if gradient is None else handle_of(gradient)
        if handle is not None:
            with unrecorded():
                value = str(gradient.numpy())
            row = {"target": target, "source": label, "value": value, "checkMaxRel": None}
            if checked is not None and all(map(math.isfinite, checked)):
                tape, differences, error = checked
                row.update(checkMaxRel=error, compared=[{"at": None, "tape": tape, "differences": differences}])
            _bridge.trace_gradient(handle, json.dumps(row))


def name_sources(sources: list) -> None:
    """Before the backward lane is drawn: its leaves get the names of the sources."""
    for label, source in zip(_called(len(sources))[1], sources):
        name(source, label, None)


_told: tuple[str, list[str]] | None = None


@contextlib.contextmanager
def called(target: str, sources: list[str]):
    """What target and sources are called where no call of the user says it."""
    global _told
    _told = (target, sources)
    try:
        yield
    finally:
        _told = None


def _called(count: int) -> tuple[str, list[str]]:
    """How the running call of the user writes its target and its sources."""
    if _told is not None:
        return _told
    names = ("target", [f"source {i + 1}" for i in range(count)])
    frame = sys._getframe(1)
    while frame is not None and is_library(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return names
    line, last, start, end = list(frame.f_code.co_positions())[frame.f_lasti >> 1]
    if line is None:
        return names
    lines = [linecache.getline(frame.f_code.co_filename, each).encode() for each in range(line, last + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    try:
        call = ast.parse(b"".join(lines).decode().strip(), mode="eval").body
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        target, sources = [*call.args, *(given[key] for key in ("target", "sources")[len(call.args) :])][:2]
    except (SyntaxError, ValueError, AttributeError, KeyError):
        return names
    return ast.unparse(target), _leaves(sources, count)


def _leaves(node: ast.AST, count: int) -> list[str]:
    items = [node]
    if isinstance(node, (ast.List, ast.Tuple)):
        items = node.elts
    elif isinstance(node, ast.Dict):
        items = node.values
    if len(items) == count:
        return [ast.unparse(item) for item in items]
    return [f"{ast.unparse(node)}[{i}]" for i in range(count)]
