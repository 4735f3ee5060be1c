"""The arguments with which the functions of a program were called in its last run, kept as text, so that a comparison can call them again."""

import functools
import inspect
import json
import sys
import types

from . import inner, monitor

_MOST_CALLS = 3
_VARIABLE = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS
#: Namespace → function → calls.
_kept: dict[str, dict[str, list]] = {}


def start(namespace: str, module: types.ModuleType, code: types.CodeType, fresh: bool) -> None:
    """Listens to the functions that the program defines, and to those that its namespace already has."""
    calls = _kept.setdefault(namespace, {})
    if fresh:
        calls.clear()
    defined = [each for each in code.co_consts if isinstance(each, types.CodeType)]
    known = [each.__code__ for each in module.__dict__.values() if isinstance(each, types.FunctionType) and each.__globals__ is module.__dict__]
    begun: set[str] = set()
    for each in {id(each): each for each in [*defined, *known]}.values():
        if each.co_name.isidentifier() and not each.co_flags & _VARIABLE and each.co_argcount + each.co_kwonlyargcount:
            monitor.starts(each, functools.partial(_on_start, calls, begun))


def json_of(namespace: str) -> str:
    """{function: [[args, kwargs]]}, arguments as `tensorlift.verify.arguments` writes them."""
    return json.dumps(_kept.get(namespace, {}))


def forget(namespace: str) -> None:
    """Nobody runs anything in this namespace any more."""
    _kept.pop(namespace, None)


def _on_start(calls: dict, begun: set, frame: types.FrameType) -> bool:
    """Says whether the function needs no more looking at."""
    if "numpy" not in sys.modules:
        return False
    code = frame.f_code
    if code.co_name not in begun:
        begun.add(code.co_name)
        calls[code.co_name] = []
    kept = calls[code.co_name]
    if len(kept) >= _MOST_CALLS:
        return True
    with inner.quiet():
        from .verify import arguments

        names, at = code.co_varnames, code.co_argcount
        values = frame.f_locals
        try:
            kept.append(
                [
                    [arguments.encode(values[name]) for name in names[:at]],
                    {name: arguments.encode(values[name]) for name in names[at : at + code.co_kwonlyargcount]},
                ]
            )
        except Exception:
            return False  # an argument that is not plain: another call may have plain ones
    return len(kept) >= _MOST_CALLS
