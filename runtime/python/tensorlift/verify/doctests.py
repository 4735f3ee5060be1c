"""The examples in a program's docstrings: their calls are inputs, and what they expect is a witness of its own."""

import ast
import builtins
import contextlib
import io
import os
import sys
import traceback

from . import world
from .programs import as_main
from .values import short

_MOST_EXAMPLES = 200


def run(source, filename, ran, recorder):
    """Runs the examples over the names that the program left; returns those whose output is not what they expect."""
    if ">>>" not in source:
        return []
    import doctest

    recorder.origin = "doctest"
    stem = os.path.splitext(os.path.basename(filename))[0]
    more = [stem] if stem.isidentifier() and stem not in sys.modules else []
    checker, failed, left = doctest.OutputChecker(), [], _MOST_EXAMPLES
    with as_main(ran.module, filename, *more):
        for owner, line, text in _docstrings(ast.parse(source)):
            with contextlib.suppress(ValueError):  # not a doctest after all
                examples = doctest.DocTestParser().get_examples(text)
                left -= len(examples)
                if left < 0:
                    break
                failed += _run(examples, dict(ran.namespace), owner, line, checker)
    return failed


def _docstrings(tree):
    """(function that it describes or "", line of the file, text) of each."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            text = ast.get_docstring(node, clean=False)
            if text and ">>>" in text:
                yield getattr(node, "name", ""), node.body[0].lineno, text


def _run(examples, names, owner, line, checker):
    import doctest

    failed = []
    with world.fixed():
        for example in examples:
            options = sum(flag for flag, on in example.options.items() if on)
            if options & doctest.SKIP:
                continue
            out = io.StringIO()
            said = None
            try:
                with contextlib.redirect_stdout(out), _shown():
                    exec(compile(example.source, f"<doctest {owner}>", "single"), names)
            except Exception as exception:
                said = traceback.format_exception_only(exception)[-1]
            if example.exc_msg is not None or said is not None:
                same = said is not None and example.exc_msg is not None and checker.check_output(example.exc_msg, said, options)
            else:
                same = checker.check_output(example.want, out.getvalue(), options)
            if not same:
                got = said if said is not None else out.getvalue()
                place = line + example.lineno
                failed.append({"name": owner, "line": place, "want": short_text(example.want), "got": short_text(got)})
    return failed


@contextlib.contextmanager
def _shown():
    """Values are shown as the interpreter does, and leave no `_` behind."""
    hook, sys.displayhook = sys.displayhook, sys.__displayhook__
    try:
        yield
    finally:
        sys.displayhook = hook
        builtins.__dict__.pop("_", None)


def short_text(text):
    """One line of it, as it stands in a sentence."""
    line = " ".join(text.split())
    return short(line)[1:-1] if line else "nothing"
