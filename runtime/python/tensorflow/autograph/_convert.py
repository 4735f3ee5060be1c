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
    found = _definition(tree, function)
    if found is None:
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
    # Under its own name the function would hide the global of that name from itself.
    name, found.name = function.__name__, '_ag_function'
    outer = ast.parse('def _outer(): pass').body[0]
    outer.args.args = [ast.arg(arg=name) for name in dict.fromkeys(free)]
    outer.body = [found]
    module = ast.Module(body=[outer], type_ignores=[])
    ast.fix_missing_locations(module)
    compiled = compile(module, function.__code__.co_filename, 'exec')
    outer_code = next(c for c in compiled.co_consts if isinstance(c, types.CodeType))
    code = next(c for c in outer_code.co_consts if isinstance(c, types.CodeType) and c.co_name == '_ag_function')
    return code.replace(co_name=name, co_qualname=function.__qualname__)


def _definition(tree, function):
    """The definition of the function in its source; a lambda as the function that it stands for."""
    if function.__name__ != '<lambda>':
        found = next((n for n in tree.body if isinstance(n, ast.FunctionDef)), None)
        return found if found is not None and found.name == function.__name__ else None
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    same = [n for n in ast.walk(tree) if isinstance(n, ast.Lambda) and tuple(a.arg for a in n.args.args) == names]
    if len(same) != 1:
        return None
    made = ast.parse('def _lambda(): pass').body[0]
    made.args = same[0].args
    made.body = [ast.copy_location(ast.Return(value=same[0].body), same[0])]
    return ast.copy_location(made, same[0])
