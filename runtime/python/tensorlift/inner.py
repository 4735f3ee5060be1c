"""Results of statements inside functions and loops: told when a name was stored.

The code of the program stays as it is (AutoGraph and tracebacks see the original). A statement that runs often is left alone
after `_MOST` times; its last value then comes from the frame that returns, or from the module when the statement around it ends.
Nothing of the program is called: only plain values, arrays and tensors are shown.
"""

import ast
import functools
import types
import weakref
from time import perf_counter

from . import monitor, tracing, values

#: A statement is looked at so many times within one top-level statement, and a return of a function; where looking took more
#: than its share, only as often as the second number says.
_MOST, _FEW = 100, 10
_MOST_RETURNS, _FEW_RETURNS = 1000, 30
#: Seconds between two results of one statement; the share of time that looking may take, and what it may take at once.
_PAUSE, _SHARE, _ADVANCE = 0.02, 0.04, 0.02
#: Larger arrays are not kept alive for their line, nor copied.
_MOST_BYTES = 1 << 18
_MOST_ITEMS = 50
_PLAIN = frozenset((int, float, complex, bool, str, bytes, type(None)))
_STORES = frozenset(code for name, code in monitor.OPCODES.items() if name.startswith("STORE_"))
_NOTHING = object()


class _Place:
    """A statement that stores names, or returns a value."""

    __slots__ = ("line", "names", "code", "hits", "armed", "hot", "sent", "kept")

    def __init__(self, line: int, names: tuple, code):
        self.line, self.names, self.code = line, names, code
        self.hits, self.armed, self.hot, self.sent = 0, False, False, 0.0
        #: Values that were not shown yet, by name, and whether they are the last ones.
        self.kept: dict = {}


class _Code:
    """What is watched in one code object."""

    def __init__(self, code: types.CodeType):
        self.code = code
        self.places: list[_Place] = []
        #: Offset of an instruction → the place whose store it follows, the place whose store it is.
        self.table: dict[int, tuple] = {}
        #: Line of a return statement → its place.
        self.returns: dict[int, _Place] = {}
        #: How often it returned, and whether that is no longer watched.
        self.returned, self.left = 0, False
        #: Name → the place that stored it last.
        self.last: dict[str, _Place] = {}


_codes: list[_Code] = []
_emit = None
_busy = False
_began = _spent = 0.0


def start(tree: ast.Module, code: types.CodeType, emit) -> None:
    """`emit(line, name, value, sampled)` gets results; `line` counts from 1."""
    global _emit, _began, _spent
    _emit, _began, _spent = emit, perf_counter(), 0.0
    targets, returns = _targets(tree)
    for each in monitor.inside(code):
        found = _watched(each, targets, returns)
        if not found.table and not found.returns:
            continue
        _codes.append(found)
        for offset, (done, begun) in found.table.items():
            monitor.instruction(each, offset, functools.partial(_on_instruction, done, begun))
        if each is not code:
            monitor.returns(each, functools.partial(_on_return, found))


def stop() -> None:
    """Shows what was not shown yet."""
    try:
        _show_all()
    finally:
        _codes.clear()


def settle(code_names: list, first: int, last: int, namespace: dict) -> set:
    """A top-level statement (lines `first` to `last`) ended: the names of it that were shown at lines inside of it."""
    shown = set()
    for found in _codes:
        if found.code.co_name != "<module>":
            continue
        for name in code_names:
            places = [p for p in found.places if name in p.names and first <= p.line <= last and p.hits]
            if not places:
                continue
            shown.add(name)
            place = found.last.get(name)
            if place in places and name in namespace and _is_last(place, name):
                place.kept[name] = (namespace[name], True)
    _show_all()
    for found in _codes:
        if any(place.hot for place in found.places) or found.left:
            monitor.again(found.code)
        found.returned, found.left = 0, False
        for place in found.places:
            place.hits, place.hot, place.armed = 0, False, False
    return shown


def _targets(tree: ast.Module) -> tuple[dict, set]:
    """Positions of what statements inside others store to → (line, names), and the lines of return statements."""
    targets: dict[tuple, tuple] = {}
    returns: set[int] = set()

    def visit(body: list, top: bool, named: bool) -> None:
        for statement in body:
            compound = hasattr(statement, "body")
            inside = _stored(statement) if named and (compound or not top) else []
            names = tuple(dict.fromkeys(name for _, name in inside))
            for node, _ in inside:
                targets[node.lineno, node.end_lineno, node.col_offset, node.end_col_offset] = (statement.lineno, names)
            if isinstance(statement, ast.Return) and statement.value is not None:
                returns.add(statement.lineno)
            function = isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))
            keeps = function or not isinstance(statement, ast.ClassDef)
            for field in ("body", "orelse", "finalbody"):
                visit(getattr(statement, field, []), False, keeps)
            for part in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
                visit(part.body, False, keeps)

    visit(tree.body, True, True)
    return targets, returns


def _stored(statement: ast.stmt) -> list[tuple]:
    """The nodes that a statement itself stores to, each with the expression that is shown."""
    if isinstance(statement, ast.Assign):
        pending = list(statement.targets)
    elif isinstance(statement, (ast.AugAssign, ast.For, ast.AsyncFor)) or isinstance(statement, ast.AnnAssign) and statement.value:
        pending = [statement.target]
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        pending = [item.optional_vars for item in statement.items if item.optional_vars]
    else:
        return []
    found = []
    while pending:
        node = pending.pop(0)
        if isinstance(node, (ast.Tuple, ast.List)):
            pending[:0] = node.elts
        elif isinstance(node, ast.Starred):
            pending.insert(0, node.value)
        elif isinstance(node, ast.Name):
            found.append((node, node.id))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.append((node, f"{node.value.id}.{node.attr}"))
        elif isinstance(node, ast.Subscript):
            root = node.value
            if isinstance(root, ast.Name):
                found.append((node, root.id))
            elif isinstance(root, ast.Attribute) and isinstance(root.value, ast.Name):
                found.append((node, f"{root.value.id}.{root.attr}"))
    return found


def _watched(code: types.CodeType, targets: dict, returns: set) -> _Code:
    found = _Code(code)
    places: dict[tuple, _Place] = {}
    all_of_it = monitor.instructions(code)
    for at, after, op, position in all_of_it:
        if op in _STORES and position in targets:
            key = targets[position]
            place = places.get(key)
            if place is None:
                place = places[key] = _Place(*key, found)
            follows = found.table.get(at, (None, None))[0]
            found.table[at] = (None if follows is place else follows, place)
            found.table[after] = (place, None)
    found.places = list(places.values())
    if code.co_name != "<module>":
        for line in {position[0] for *_, position in all_of_it} & returns:
            found.returns[line] = _Place(line, ("",), found)
        found.places += found.returns.values()
    return found


def _on_instruction(done, begun, frame) -> bool:
    if done is not None and done.armed:
        done.armed = False
        done.hits += 1
        done.hot = done.hits >= (_MOST if _has_time() else _FEW)
        if not _busy:
            _look(done, frame, done.names, not done.hot)
    if begun is not None and not begun.hot:
        begun.armed = True
        return True
    return done is not None and not done.hot


def _on_return(found: _Code, frame, line, value) -> bool:
    if _busy:
        return True
    found.returned += 1
    if found.returned >= (_MOST_RETURNS if _has_time() else _FEW_RETURNS):
        found.left = True
    for place in found.places:
        # What is no longer watched, and what will not outlive the frame.
        if place.hot and found.last.get(place.names[0]) is place:
            _look(place, frame, [name for name in place.names if _is_last(place, name)], True)
        elif any(type(kept) is weakref.ref for kept, _ in place.kept.values()) and _may_show(place):
            _show(place)
    place = found.returns.get(line)
    if place is not None and value is not None:
        place.hits += 1
        _keep(place, "", value, True)
        if _may_show(place):
            _show(place)
    return not found.left


def _look(place: _Place, frame, names, last: bool) -> None:
    """Takes the values of names as they are now; shows them, unless that was done a moment ago."""
    global _spent
    began = perf_counter()
    local = frame.f_locals
    for name in names:
        value = _value(name, local, frame.f_globals)
        if value is not _NOTHING:
            _keep(place, name, value, last)
            place.code.last[name] = place
    _spent += perf_counter() - began
    if _may_show(place):
        _show(place)


def _is_last(place: _Place, name: str) -> bool:
    """Whether the place that was seen last did store the name last: others that are no longer watched may have, too."""
    return not any(other.hot and name in other.names for other in place.code.places if other is not place)


def _value(name: str, local, namespace: dict):
    root, _, attribute = name.partition(".")
    try:
        value = local[root]
    except KeyError:
        value = namespace.get(root, _NOTHING)
    if attribute and value is not _NOTHING:
        try:
            value = object.__getattribute__(value, "__dict__").get(attribute, _NOTHING)
        except AttributeError:
            value = _NOTHING
    return value


def _keep(place: _Place, name: str, value: object, last: bool) -> None:
    kept = _snapshot(value)
    if kept is _NOTHING:
        place.kept.pop(name, None)
    else:
        place.kept[name] = (kept, last)


def _snapshot(value: object):
    """What shows the value as it is now even when it changes later; a weak reference where that would cost much."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    array = values.array_of(value)
    if array is not None:
        size = array.dtype.itemsize
        for length in array._shape:
            size *= length
        if size > _MOST_BYTES:
            return weakref.ref(value)
        if array is not value:
            return value
        with quiet():
            return array.copy()
    if values.is_scalar(value) or values.is_symbol(value):
        return value
    if kind in (list, tuple, set, dict) and len(value) <= _MOST_ITEMS:
        items = [*value, *value.values()] if kind is dict else value
        if all(type(item) in _PLAIN or values.is_scalar(item) or values.array_of(item) is not None for item in items):
            return kind(value)
    return _NOTHING


class quiet:
    """What looking itself runs is neither traced nor looked at."""

    def __enter__(self):
        global _busy
        self._before, _busy = _busy, True
        tracing.pause(True)

    def __exit__(self, *error):
        global _busy
        _busy = self._before
        tracing.pause(False)


def _has_time() -> bool:
    return _spent <= _SHARE * (perf_counter() - _began) + _ADVANCE


def _may_show(place: _Place) -> bool:
    """What runs once is always shown: a large array may be gone at the next look. What runs again waits for time to be left."""
    return place.hits <= 1 or (perf_counter() - place.sent >= _PAUSE and _has_time())


def _show(place: _Place) -> None:
    global _spent
    began = perf_counter()
    kept, place.kept = place.kept, {}
    left = place.code.left and (place.hot or place.names == ("",))
    with quiet():
        for name, (value, last) in kept.items():
            if type(value) is weakref.ref:
                value = value()
                if value is None:
                    continue
            _emit(place.line, name, value, left or not last)
    place.sent = perf_counter()
    _spent += place.sent - began


def _show_all() -> None:
    for found in _codes:
        for place in found.places:
            if place.kept:
                _show(place)
