"""Runs a program as `__main__` and reports errors and results as JSON. The kernel calls `run_json` and nothing else."""

import ast
import atexit
import builtins
import contextlib
import functools
import gc
import io
import json
import linecache
import os
import random
import runpy
import sys
import time
import types

import _tensorlift_host as _host

from . import errors, figures, lastcalls, lines, monitor, positions, surroundings, tracing, turns, values

surroundings.install()

_HOME = "/home/pyodide"
_is_running = _host.running
locate = positions.locate


def run_json(request: str) -> str:
    """Takes a `Program`, gives a `ProgramResult`, both as in src/shared/protocol.ts."""
    program = json.loads(request)
    tracing.runs()
    started = time.perf_counter()
    error = _run(program)
    return json.dumps({"error": error, "ms": (time.perf_counter() - started) * 1000})


def _run(program: dict) -> dict | None:
    path = program.get("path")
    source = program.get("source")
    if source is not None:
        text = program.get("text", source)
        linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    before = (list(sys.path), list(sys.argv), os.getcwd())
    try:
        try:
            _enter(program)
            figures.start(_host.event if program.get("figures") else None, program.get("firstLine", 0))
            _is_running(True)
            if program.get("module"):
                runpy.run_module(program["module"], run_name="__main__", alter_sys=True)
            else:
                _execute(program, source, path)
        finally:
            try:
                figures.stop()
                if program.get("fresh", True):
                    atexit._run_exitfuncs()
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                _undisturbed(functools.partial(_is_running, False))
    except BaseException as error:
        return _undisturbed(functools.partial(errors.report, error, path, source))
    finally:
        lines.stop()
        turns.stop()
        monitor.stop()
        positions.forget()
        sys.path[:], sys.argv[:] = before[0], before[1]
        os.chdir(before[2])
    return None


def _undisturbed(work):
    """Does what belongs to the end of a program: an interrupt that comes now has nothing left to end."""
    while True:
        try:
            return work()
        except KeyboardInterrupt:
            pass


def _enter(program: dict) -> None:
    """What the interpreter's own start does for a program: folder, arguments, path."""
    folder = program.get("folder") or _HOME
    try:
        os.chdir(folder)
    except OSError:  # a text that was never saved has no folder that can be read
        folder = _HOME
        os.chdir(folder)
    sys.path[:0] = [folder, *program.get("paths", [])]
    sys.argv[:] = [program.get("path") or "", *program.get("argv", [])]
    if program.get("fresh", True):
        random.seed()
        figures.forget()
        surroundings.forget_modules_of_the_user()


def _execute(program: dict, source: str, path: str) -> None:
    tree = ast.parse(source, path)
    if program.get("lines"):
        lines.start(tree, path, _host.event, program.get("firstLine", 0))
    code = compile(tree, path, "exec", dont_inherit=True)
    if program.get("trace"):
        turns.start(tree, code)
    if program.get("lines") == "all":
        lines.watch(tree, code, _host.event, program.get("firstLine", 0))
    module = _namespace(program, path)
    if program.get("calls"):
        lastcalls.start(program.get("namespace", ""), module, code, program.get("fresh", True))
    monitor.start()
    exec(code, module.__dict__)


def _let_go(module: types.ModuleType) -> None:
    """Frees what the last run of a namespace left: functions and their module hold each other, and so do graphs and theirs."""
    graphs = sys.modules.get("tensorflow._graph")
    # What destructors print is no output of the program that begins.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        module.__dict__.clear()
        if graphs is not None and graphs.are_alive():
            gc.collect()
    arrays = sys.modules.get("numpy._bridge")
    if arrays is not None:
        arrays.drain()


def forget(name: str) -> None:
    """Frees a namespace that nobody uses any more."""
    lastcalls.forget(name)
    module = values.namespaces.pop(name, None)
    if module is None:
        return
    if sys.modules.get("__main__") is module:
        sys.modules["__main__"] = types.ModuleType("__main__")
    _let_go(module)


def _namespace(program: dict, path: str) -> types.ModuleType:
    name = program.get("namespace", "")
    module = values.namespaces.get(name)
    if module is not None and program.get("fresh", True):
        _let_go(module)
    if module is None or program.get("fresh", True):
        module = values.namespaces[name] = types.ModuleType("__main__")
        module.__dict__.update(__builtins__=builtins, __file__=program.get("file", path), __cached__=None)
    sys.modules["__main__"] = module
    return module
