"""Results beside the code: after each top-level statement, the names it assigned and the value of an expression."""

import ast
import builtins
import json
import sys
import time
import types

from . import inner, tracing, values

_REPR_LIMIT = 4000
_HIDDEN = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)
_started = 0.0
#: The same on the clock of the run.
_at = 0


def start(tree: ast.Module, path: str, event, first_line: int = 0) -> None:
    """Rewrites the tree so that every statement reports to `event`, without a name that the program could see."""
    names = [_assigned(statement) for statement in tree.body]
    rows = [statement.lineno - 1 + first_line for statement in tree.body]
    statements = list(tree.body)
    docstring = ast.get_docstring(tree, clean=False) is not None

    def mark(index):
        global _started
        spent = (time.perf_counter() - _started) * 1000
        if names[index]:
            namespace = sys._getframe(1).f_globals
            last = statements[index].end_lineno or statements[index].lineno
            shown = inner.settle(names[index], statements[index].lineno, last, namespace)
            with tracing.unrecorded():
                tracing.name_all(names[index], namespace, path, statements[index])
                for name in names[index]:
                    if name in namespace and name not in shown:
                        _emit(event, rows[index], name, namespace[name], spent, at=_at)
        ended(index)

    def value(index, result):
        global _started
        spent = (time.perf_counter() - _started) * 1000
        inner.settle([], 0, 0, {})
        if result is not None:
            with tracing.unrecorded():
                _emit(event, rows[index], "", result, spent, at=_at)
        ended(index)

    def ended(index):
        global _started, _at
        # What the statement printed comes before this event.
        sys.stdout.flush()
        event(json.dumps({"ran": rows[index]}))
        _started, _at = time.perf_counter(), tracing.now()

    builtins.__tensorlift_mark__ = mark
    builtins.__tensorlift_value__ = value
    body = []
    for index, statement in enumerate(tree.body):
        if docstring and index == 0:
            body.append(statement)
        elif isinstance(statement, ast.Expr):
            statement.value = _call(statement, "__tensorlift_value__", index, [statement.value])
            body.append(statement)
        elif isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            body.append(statement)
        else:
            body += [statement, ast.copy_location(ast.Expr(_call(statement, "__tensorlift_mark__", index, [])), statement)]
    tree.body = body
    global _started, _at
    _started, _at = time.perf_counter(), tracing.now()


def watch(tree: ast.Module, code: types.CodeType, event, first_line: int = 0) -> None:
    """Reports what statements inside functions and loops store, too."""

    def emit(line: int, name: str, value: object, sampled: bool) -> None:
        _emit(event, line - 1 + first_line, name, value, 0, inner=True, **({"sampled": True} if sampled else {}))

    inner.start(tree, code, emit)


def stop() -> None:
    inner.stop()
    for name in ("__tensorlift_mark__", "__tensorlift_value__"):
        builtins.__dict__.pop(name, None)


def _call(place: ast.stmt, function: str, index: int, arguments: list) -> ast.Call:
    call = ast.Call(ast.Name(function, ast.Load()), [ast.Constant(index), *arguments], [])
    for node in (call, call.func, call.args[0]):
        ast.copy_location(node, place)
    return call


def _assigned(statement: ast.stmt) -> list[str]:
    """Names that a statement assigns, in the order of the text; bodies of functions and classes are their own."""
    found: dict[str, None] = {}
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Import, ast.ImportFrom)):
            continue
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = None
        elif isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Store):
            root = node.value
            while isinstance(root, (ast.Subscript, ast.Attribute)):
                root = root.value
            if isinstance(root, ast.Name):
                found[root.id] = None
        pending += reversed(list(ast.iter_child_nodes(node)))
    return list(found)


def _emit(event, line: int, name: str, value: object, spent: float, **more) -> None:
    if isinstance(value, _HIDDEN):
        return
    try:
        text = repr(value)
        shape = _shape(value)
        dtype = _dtype(value)
    except Exception:
        return
    if len(text) > _REPR_LIMIT:
        text = text[:_REPR_LIMIT] + "…"
    row = {"line": line, "name": name, "dtype": dtype, "shape": shape, "repr": text, "ms": round(spent, 4), **more}
    row = json.dumps(row)
    summary = values.summary(value)
    if summary:
        row = f'{row[:-1]}, "summary": {summary}}}'
    event(f'{{"line": {row}}}')


def _dtype(value: object) -> str:
    dtype = getattr(value, "dtype", None)
    if dtype is None:
        return type(value).__name__
    return str(getattr(dtype, "name", dtype))


def _shape(value: object) -> list[int]:
    shape = getattr(value, "shape", None)
    return [] if shape is None else [int(size) for size in shape]
