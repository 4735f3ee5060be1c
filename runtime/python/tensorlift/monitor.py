"""Watches single instructions of the program through sys.monitoring: the code stays as it is, and what nobody watches costs nothing.

One tool for all who watch: CPython tells INSTRUCTION events of one place to one tool only.
"""

import opcode
import sys
import types

OPCODES = opcode.opmap
_CACHES = {OPCODES[name]: count for name, count in opcode._inline_cache_entries.items() if name in OPCODES}
_monitoring = sys.monitoring
_events = _monitoring.events
_DISABLE = _monitoring.DISABLE
_TOOL = 4


class _Watched:
    """What is watched in one code object."""

    def __init__(self, code: types.CodeType):
        self.code = code
        self.instructions: dict[int, list] = {}
        self.returned = None
        self.started: list = []

    def listen(self) -> None:
        events = _events.INSTRUCTION if self.instructions else 0
        if self.started:
            events |= _events.PY_START
        if self.returned:
            events |= _events.PY_RETURN
        _monitoring.set_local_events(_TOOL, self.code, events)


#: By id: hashing a code object compares its content.
_watched: dict[int, _Watched] = {}
_on = False


def instruction(code: types.CodeType, offset: int, handler) -> None:
    """`handler(frame)` is called before the instruction runs; it says whether it wants to be called again."""
    _of(code).instructions.setdefault(offset, []).append(handler)


def starts(code: types.CodeType, handler) -> None:
    """`handler(frame)` when a function begins; it says True where it needs no further calls."""
    _of(code).started.append(handler)


def returns(code: types.CodeType, handler) -> None:
    """`handler(frame, line, value)` when a function returns; it says whether it wants to be called again."""
    _of(code).returned = handler


def again(code: types.CodeType) -> None:
    """Calls handlers that did not want to be called again."""
    # Off and on: that is how events that were disabled at single instructions come back.
    _monitoring.set_local_events(_TOOL, code, 0)
    _watched[id(code)].listen()


def start() -> None:
    global _on
    if not _watched:
        return
    _monitoring.use_tool_id(_TOOL, "tensorlift")
    _on = True
    for event, callback in _CALLBACKS.items():
        _monitoring.register_callback(_TOOL, event, callback)
    for each in _watched.values():
        each.listen()


def stop() -> None:
    global _on
    if _on:
        for each in _watched.values():
            _monitoring.set_local_events(_TOOL, each.code, 0)
        _monitoring.free_tool_id(_TOOL)
    _on = False
    _watched.clear()
    _lines.clear()


def instructions(code: types.CodeType) -> list[tuple]:
    """(offset, offset of the next one, opcode, position) of each; a position is (line, end line, column, end column)."""
    raw, positions = code.co_code, list(code.co_positions())
    found, at = [], 0
    while at < len(raw):
        after = at + 2 + 2 * _CACHES.get(raw[at], 0)
        found.append((at, after, raw[at], positions[at >> 1]))
        at = after
    return found


def inside(code: types.CodeType) -> list[types.CodeType]:
    """A code object and all that are made within it."""
    found = [code]
    for each in found:
        found += [inner for inner in each.co_consts if isinstance(inner, types.CodeType)]
    return found


def _of(code: types.CodeType) -> _Watched:
    found = _watched.get(id(code))
    if found is None:
        found = _watched[id(code)] = _Watched(code)
    return found


def _on_instruction(code, offset):
    found = _watched.get(id(code))
    handlers = found.instructions.get(offset) if found else None
    if handlers is None:
        return _DISABLE
    frame = sys._getframe(1)
    wanted = False
    for handler in handlers:
        if handler(frame):
            wanted = True
    return None if wanted else _DISABLE


def _on_start(code, offset):
    found = _watched.get(id(code))
    if found is None or not found.started:
        return _DISABLE
    frame = sys._getframe(1)
    done = [handler(frame) is True for handler in found.started]
    return _DISABLE if all(done) else None


_lines: dict[tuple[int, int], int | None] = {}


def _on_return(code, offset, value):
    found = _watched.get(id(code))
    if found is None or found.returned is None:
        return _DISABLE
    key = (id(code), offset)
    if key not in _lines:
        _lines[key] = list(code.co_positions())[offset >> 1][0]
    return None if found.returned(sys._getframe(1), _lines[key], value) else _DISABLE


_CALLBACKS = {_events.INSTRUCTION: _on_instruction, _events.PY_START: _on_start, _events.PY_RETURN: _on_return}
