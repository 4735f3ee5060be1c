"""Errors as Python prints them, with the frames of the user only, and the range in the file they point at."""

import linecache
import re
import sys
import traceback

from .positions import column, utf16
from .surroundings import is_library

_HINT_CHECK = "`tensorlift check {path}` shows what to change, with fixes."


_MAGIC = re.compile(r"^\s*[%!]|%(timeit|time|prun|memit|matplotlib)\b", re.MULTILINE)


def report(error: BaseException, path: str | None, source: str | None) -> dict | None:
    """Prints the traceback to stderr and describes it as `PythonError` of src/shared/trace.ts; None for a clean sys.exit."""
    if isinstance(error, SystemExit):
        return _exit(error)
    description = traceback.TracebackException.from_exception(error)
    _keep_frames_of_the_user(description)
    text = "".join(description.format())
    hint = _hint(error, path, source)
    sys.stderr.write(text)
    if hint:
        sys.stderr.write(f"hint: {hint}\n")
    sys.stderr.flush()
    return {
        "type": type(error).__name__,
        "message": str(error),
        "traceback": text,
        "range": _range(error, description, path),
        **({"hint": hint} if hint else {}),
    }


def _exit(error: SystemExit) -> dict | None:
    if error.code is None or error.code == 0:
        return None
    if not isinstance(error.code, int):
        sys.stderr.write(f"{error.code}\n")
        sys.stderr.flush()
    code = error.code & 0xFF if isinstance(error.code, int) else 1
    return {"type": "SystemExit", "message": str(error.code), "traceback": "", "range": None, "exitCode": code}


def _keep_frames_of_the_user(description: traceback.TracebackException) -> None:
    seen = set()
    pending = [description]
    while pending:
        each = pending.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        each.stack[:] = [frame for frame in each.stack if not is_library(frame.filename)]
        pending += [each.__cause__, each.__context__, *(each.exceptions or ())]


def _range(error: BaseException, description: traceback.TracebackException, path: str | None) -> dict | None:
    if isinstance(error, SyntaxError) and error.filename == path and error.lineno:
        line = error.text or linecache.getline(path, error.lineno)
        start = max((error.offset or 1) - 1, 0)
        last = error.end_lineno or error.lineno
        end = error.end_offset - 1 if error.end_offset and error.end_offset > 0 else start + 1
        if last == error.lineno:
            end = max(end, start + 1)
        return {
            "start": {"line": error.lineno - 1, "character": utf16(line[:start])},
            "end": {"line": last - 1, "character": utf16(linecache.getline(path, last)[:end])},
        }
    for frame in reversed(description.stack):
        if frame.filename == path and frame.lineno is not None:
            last = frame.end_lineno or frame.lineno
            return {
                "start": {"line": frame.lineno - 1, "character": column(path, frame.lineno, frame.colno)},
                "end": {"line": last - 1, "character": column(path, last, frame.end_colno)},
            }
    return None


def _hint(error: BaseException, path: str | None, source: str | None) -> str | None:
    check = _HINT_CHECK.format(path=path or "FILE")
    if isinstance(error, SyntaxError) and source and _MAGIC.search(source):
        return f"%timeit, !command and the like are commands of notebooks, not Python. {check}"
    text = str(error)
    if isinstance(error, AttributeError) and "tensorflow" in text and re.search(r"Session|placeholder|global_variables", text):
        return f"sessions belong to TensorFlow 1. {check}"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return (
            f"{error.name.partition('.')[0]} is not in the bundled runtime, which has Python's standard library, numpy and "
            "tensorflow. `--path DIR` adds a folder of pure-Python modules."
        )
    return None
