"""Runs one program as `__main__` in the fixed world, and says what it left: names, printed lines, exception."""

import ast
import contextlib
import io
import linecache
import sys
import traceback
import types

from . import world


class Ran:
    """A program that ran."""

    def __init__(self, filename):
        self.filename = filename
        self.module = types.ModuleType("__main__")
        self.namespace = self.module.__dict__
        self.lines = []
        self.error = None


def execute(source, filename, recorder=None, watch=None, tick=1.0, name=None):
    """Runs a program. `recorder` notes calls, `watch` single statements; `name` stands in tracebacks instead of the file's."""
    code_name = name or filename
    ran = Ran(code_name)
    ran.namespace.update(__file__=filename, __builtins__=__builtins__)
    out = io.StringIO()
    # tf.function reads the source of what it compiles: that of this text, not of the file.
    linecache.cache[code_name] = (len(source), None, source.splitlines(True), code_name)
    try:
        tree = ast.parse(source, code_name)
        if watch is not None:
            watch.into(tree, ran.namespace)
        if recorder is not None:
            ran.namespace["__record__"] = recorder.wrap
            recorder.into(tree)
        code = compile(ast.fix_missing_locations(tree), code_name, "exec")
        with as_main(ran.module, filename), world.fixed(tick), contextlib.redirect_stdout(out):
            exec(code, ran.namespace)
    except SystemExit:
        pass
    except BaseException as exception:
        ran.error = describe(exception, code_name)
    ran.lines = out.getvalue().splitlines()
    return ran


@contextlib.contextmanager
def as_main(module, filename, *more):
    """The module is `__main__`, and what `more` names import."""
    saved = {name: sys.modules.get(name) for name in ("__main__", *more)}
    arguments = sys.argv
    sys.modules.update(dict.fromkeys(saved, module))
    sys.argv = [filename]
    try:
        yield
    finally:
        sys.argv = arguments
        for name, old in saved.items():
            if old is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = old


def describe(exception, filename=None):
    """Type, first line of the message, line of the program."""
    line = getattr(exception, "lineno", None) if isinstance(exception, SyntaxError) else None
    for frame in traceback.extract_tb(exception.__traceback__):
        if frame.filename == filename:
            line = frame.lineno
    first = str(getattr(exception, "msg", "") if isinstance(exception, SyntaxError) else exception).strip().splitlines()
    return {"type": type(exception).__name__, "message": first[0] if first else "", "line": line}
