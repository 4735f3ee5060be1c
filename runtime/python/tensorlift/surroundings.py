"""What differs from a Python on the machine: sleep that can be interrupted, modules that are missing, modules of the user."""

import importlib
import sys
import time

import _tensorlift_host as _host

_BLOCKED = frozenset(
    ("js", "pyodide_js", "_pyodide_core", "pyodide.http", "pyodide.code", "ctypes", "_ctypes", "micropip", "pyodide.ffi")
)
_sleep = _host.sleep


class _Missing:
    """The last finder: says what cannot be imported here."""

    def find_spec(self, name, path=None, target=None):
        if name in _BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def sleep(seconds):
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _sleep(float(seconds))


def install() -> None:
    for name in ("js", "pyodide_js", "pyodide_js._api"):
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Missing())
    time.sleep = sleep


def is_library(filename: str) -> bool:
    """True for the standard library, the bundled packages and the interpreter's own frames."""
    return filename.startswith(("/lib/", "<frozen"))


def forget_modules_of_the_user() -> None:
    """A fresh run imports the files of the user again: they may have changed."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name != "__main__" and isinstance(file, str) and not is_library(file):
            del sys.modules[name]
    importlib.invalidate_caches()
