"""Which turn of which loop is running: the groups of a trace."""

import ast
import functools
import types

from . import monitor

#: Turns with a group of their own; all later ones of the loop share one.
_MOST_TURNS = 16
#: So many turns are counted in a run; then the loop is left alone and goes on in its last group.
_MOST_COUNTED = 2000
_LONGEST_LABEL = 32


class _Loop:
    """A `for` or `while` of the program."""

    def __init__(self, node, label: str):
        self.label = label
        self.target = node.target.id if isinstance(node, ast.For) and isinstance(node.target, ast.Name) else None
        self.body = _span(node.body[0])[0], _span(node.body[-1])[1]
        self.counted = 0


def _span(node: ast.AST) -> tuple:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


#: id of a code object → its loops, outer ones first.
_loops: dict[int, list[_Loop]] = {}
#: id of a frame → loop → [turns so far, label of this one].
_turns: dict[int, dict[_Loop, list]] = {}


def start(tree: ast.Module, code: types.CodeType) -> None:
    loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]
    for each in monitor.inside(code) if loops else ():
        _find(each, loops)


def stop() -> None:
    _loops.clear()
    _turns.clear()


def _find(code: types.CodeType, nodes: list) -> None:
    """The loops whose turns begin in this code object."""
    begins = {}
    for offset, _, op, position in monitor.instructions(code):
        line, _, column, _ = position
        if line is None or column is None:
            continue
        for node in nodes:
            first = node.target if isinstance(node, ast.For) else node.test
            if isinstance(first, ast.Constant):
                first = node.body[0]
            low, high = _span(first)
            if low <= (line, column) < high and (node not in begins or begins[node][0] == (op, position)):
                begins.setdefault(node, ((op, position), []))[1].append(offset)
    if not begins:
        return
    # The same line stands in several code objects only for what is no loop, so each loop is found once.
    found = [(node, _Loop(node, _label(node, begins))) for node in nodes if node in begins]
    for node, loop in found:
        inner = [other for each, other in found if each is not node and _within(each, node)]
        for offset in begins[node][1]:
            monitor.instruction(code, offset, functools.partial(_on_turn, loop, inner))
    _loops[id(code)] = [loop for _, loop in sorted(found, key=lambda pair: _span(pair[0])[0])]
    if code.co_name != "<module>":
        monitor.starts(code, _on_start)


def _within(node: ast.AST, outer: ast.AST) -> bool:
    return _span(outer)[0] <= _span(node)[0] and _span(node)[1] <= _span(outer)[1]


def _label(node, others) -> str:
    text = f"for {_head(node)}" if isinstance(node, ast.For) else f"while {_head(node)}"
    if len(text) > _LONGEST_LABEL:
        text = text[: _LONGEST_LABEL - 1] + "…"
    head = text.replace(";", ",").replace("\n", " ")
    same = [each for each in others if each is not node and type(each) is type(node) and _head(each) == _head(node)]
    return f"{head} (line {node.lineno})" if same else head


def _head(node) -> str:
    if isinstance(node, ast.While):
        return ast.unparse(node.test)
    text = ast.unparse(node.target)
    return text[1:-1] if isinstance(node.target, ast.Tuple) else text


def _on_start(frame) -> None:
    _turns.pop(id(frame), None)


def _on_turn(loop: _Loop, inner: list[_Loop], frame) -> bool:
    turns = _turns.setdefault(id(frame), {})
    turn = turns.get(loop)
    if turn is None:
        turn = turns[loop] = [0, None]
    turn[0] += 1
    turn[1] = None
    for each in inner:
        turns.pop(each, None)
    loop.counted += 1
    if loop.counted < _MOST_COUNTED:
        return True
    turn[0] = max(turn[0], _MOST_TURNS + 1)
    return False


def around(code: types.CodeType, position: tuple) -> list[_Loop]:
    """The loops of a code object whose bodies hold a position (line, column)."""
    return [loop for loop in _loops.get(id(code), ()) if loop.body[0] <= position < loop.body[1]]


def names(frame, loops: list[_Loop]) -> list[str]:
    """The groups of loops around the running code of a frame: for each loop its own name and that of its turn."""
    found = []
    turns = _turns.get(id(frame), {})
    for loop in loops:
        turn = turns.get(loop)
        if turn is None:
            continue
        if turn[1] is None:
            turn[1] = _turn_label(loop, turn[0] - 1, frame)
        found += [loop.label, turn[1]]
    return found


def _turn_label(loop: _Loop, index: int, frame) -> str:
    if index >= _MOST_TURNS:
        return f"turns {_MOST_TURNS} and later"
    value = frame.f_locals.get(loop.target) if loop.target else None
    return f"{loop.target} {value}" if type(value) is int else f"turn {index}"
