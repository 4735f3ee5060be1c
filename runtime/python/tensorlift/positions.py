"""Where the user's code stands: the range of the running expression, the functions and loops around it, for the recorder."""

import linecache
import sys

from . import turns
from .surroundings import is_library

_places: dict[tuple[int, int], tuple[str, list]] = {}
_codes: dict[int, object] = {}


def utf16(text: str) -> int:
    """Length as VS Code counts: characters beyond the basic plane are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def column(path: str, line: int, byte: int | None) -> int:
    """UTF-16 column of a byte offset in a line, which is how code objects count."""
    return utf16(linecache.getline(path, line).encode()[: byte or 0].decode("utf-8", "replace"))


def locate() -> str:
    """`line,character,endLine,endCharacter` of the innermost frame of the user, then `;name` for each group around it."""
    frame = sys._getframe(1)
    while frame is not None and is_library(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return ""
    place = _place(frame.f_code, frame.f_lasti)[0]
    groups = []
    while frame is not None:
        code = frame.f_code
        if not is_library(code.co_filename):
            loops = _place(code, frame.f_lasti)[1]
            if loops:
                groups += reversed(turns.names(frame, loops))
            if code.co_name != "<module>":
                groups.append(code.co_name)
        frame = frame.f_back
    return ";".join([place, *reversed(groups)])


def _place(code, instruction: int) -> tuple[str, list]:
    """The range as text, and the loops around it."""
    # By id: hashing a code object compares its content. The object is kept, so that its id stays its own.
    key = (id(code), instruction)
    found = _places.get(key)
    if found is None:
        _codes[id(code)] = code
        positions = list(code.co_positions())[instruction >> 1]
        line, last, start, end = positions
        if line is None:
            found = "", []
        else:
            path = code.co_filename
            last = last or line
            text = f"{line - 1},{column(path, line, start)},{last - 1},{column(path, last, end)}"
            found = text, turns.around(code, (line, start or 0))
        _places[key] = found
    return found


def forget() -> None:
    _places.clear()
    _codes.clear()
