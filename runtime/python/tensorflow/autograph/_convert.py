"""Finds the source of a function, rewrites it, and makes a function of the result that shares globals, defaults and closure."""

import ast
import functools
import inspect
import textwrap
import types
from os.path import dirname

from . import _run
from ._rewrite import Unsupported, rewrite

_cache = {}
_library = dirname(dirname(dirname(__file__)))


def is_user_code(function):
    """Functions of the packages and of the standard library stay as they are."""
    filename = function.__code__.co_filename
    return not filename.startswith((_library, '/lib/python', '<frozen'))


def convert_function(function, top=False):
    """The rewritten function; the function itself where there is nothing to rewrite or no source."""
    if isinstance(function, types.MethodType):
        return types.MethodType(convert_function(function.__func__), function.__self__)
    if isinstance(function, functools.partial):
        return functools.partial(convert_function(function.func), *function.args, **function.keywords)
    if not isinstance(function, types.FunctionType) or '_ag' in function.__code__.co_freevars:
        return function
    code = _cache.get(function.__code__)
    if code is None:
        code = _cache[function.__code__] = _rewritten(function) or function.__code__
    if code is function.__code__:
        return function
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))
    cells['_ag'] = types.CellType(_run)
    closure = tuple(cells[name] for name in code.co_freevars)
    made = types.FunctionType(code, function.__globals__, function.__name__, function.__defaults__, closure)
    made.__kwdefaults__ = function.__kwdefaults__
    made.__qualname__, made.__module__ = function.__qualname__, function.__module__
    return made


def _rewritten(function):
    """The code object of the rewritten function, or None."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError, IndentationError):
        return None
    found = next((n for n in tree.body if isinstance(n, ast.FunctionDef)), None)
    if found is None or found.name != function.__name__:
        return None
    if any(isinstance(n, (ast.Yield, ast.YieldFrom, ast.Await)) for n in ast.walk(found)):
        return None
    ast.increment_lineno(tree, function.__code__.co_firstlineno - 1)
    found.decorator_list = []
    # Defaults belong to the function that exists.
    found.args.defaults = [ast.copy_location(ast.Constant(None), found) for _ in found.args.defaults]
    found.args.kw_defaults = [d and ast.copy_location(ast.Constant(None), found) for d in found.args.kw_defaults]
    try:
        found = rewrite(found)
    except Unsupported:
        return None
    free = ['_ag', *function.__code__.co_freevars]
    outer = ast.parse('def _outer(): pass').body[0]
    outer.args.args = [ast.arg(arg=name) for name in dict.fromkeys(free)]
    outer.body = [found]
    module = ast.Module(body=[outer], type_ignores=[])
    ast.fix_missing_locations(module)
    compiled = compile(module, function.__code__.co_filename, 'exec')
    outer_code = next(c for c in compiled.co_consts if isinstance(c, types.CodeType))
    return next(c for c in outer_code.co_consts if isinstance(c, types.CodeType) and c.co_name == found.name)
