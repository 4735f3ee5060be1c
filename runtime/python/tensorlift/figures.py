"""Where figures go: to the client where it draws them, else one line on stderr says that there are some."""

import json
import sys

from . import surroundings

_event = None
_first_line = 0
_told = False


def start(event, first_line: int) -> None:
    """A program begins; `event` is None where nobody draws."""
    global _event, _first_line, _told
    _event, _first_line, _told = event, first_line, False


def forget() -> None:
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot._forget()


def stop() -> None:
    """The program ended: figures that were never shown are shown now. They stay open for what runs next in the namespace."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and _event is not None:
        for figure in pyplot._figures:
            if figure.changed:
                _send(figure, None)


def show(figures: list) -> None:
    if _event is None:
        return _tell(len(figures) or 1)
    line = _line()
    for figure in figures:
        _send(figure, line)


def not_saved(name: object, count: int) -> None:
    if _event is None:
        return _tell(count)
    what = name if isinstance(name, str) and name else "the figure"
    sys.stderr.write(f"note: {what} was not written: figures are shown in the panel\n")


def _send(figure, line: int | None) -> None:
    figure.changed = False
    axes = figure.described()
    if axes is not None:
        found = {"number": figure.number, "axes": axes, "others": figure.others, "line": line}
        _event(json.dumps({"figure": found}))


def _line() -> int | None:
    """The line of the user's call."""
    frame = sys._getframe(1)
    while frame is not None and surroundings.is_library(frame.f_code.co_filename):
        frame = frame.f_back
    return None if frame is None else frame.f_lineno - 1 + _first_line


def _tell(count: int) -> None:
    global _told
    if not _told:
        _told = True
        sys.stderr.write(f"note: {count} figure{'s' if count > 1 else ''} recorded, not drawn: this runtime has no screen\n")
