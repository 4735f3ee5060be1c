"""The arrays and tensors that programs hold: looked at without running any code of the program."""

import ast
import json
import re
import sys
import types

import _tensorlift_bridge as _bridge

#: The module of each program that ran, by the name of its namespace.
namespaces: dict[str, types.ModuleType] = {}
_CONTAINERS = (list, tuple, dict)
_MOST_ROWS = 200
_EXPRESSION = re.compile(r"([^\W\d]\w*)(?:\[(.+)\])?", re.DOTALL)


def array_of(value: object):
    """The array behind an array, a tensor with values or a variable; None for anything else."""
    numpy = sys.modules.get("numpy._memory")
    if numpy is None:
        return None
    kind = type(value)
    tensors = sys.modules.get("tensorflow._tensor")
    if tensors is not None:
        if getattr(kind, "_is_variable", None) is True:
            value = value._value
            kind = type(value)
        if issubclass(kind, tensors.EagerTensor):
            value = value._nd
            kind = type(value)
    return value if issubclass(kind, numpy.Memory) else None


def handle(array) -> int:
    return sys.modules["numpy._memory"].handle(array)


def is_scalar(value: object) -> bool:
    """True for NumPy's scalars."""
    numpy = sys.modules.get("numpy._scalars")
    return numpy is not None and issubclass(type(value), numpy.generic)


def is_symbol(value: object) -> bool:
    """True for a tensor of a graph that is being traced."""
    tensors = sys.modules.get("tensorflow._graph")
    return tensors is not None and type(value) is tensors.SymbolicTensor


def summary(value: object) -> str:
    """`ValueSummary` of src/shared/tensors.ts as JSON; empty for what has none."""
    try:
        array = array_of(value)
        return "" if array is None or not array._shape else _bridge.summary(handle(array))
    except Exception:
        return ""


def rows_json(namespace: str) -> str:
    """The `TensorRow`s of a namespace."""
    return json.dumps([_row(name, value) for name, value in _found(namespace)][:_MOST_ROWS])


def find(namespace: str, name: str):
    """The handle of an array by an expression of `rows_json`, or why there is none."""
    match = _EXPRESSION.fullmatch(name)
    module = namespaces.get(namespace)
    if match is None or module is None or match[1] not in module.__dict__:
        return _gone(name)
    value = module.__dict__[match[1]]
    if match[2] is not None:
        try:
            key = ast.literal_eval(match[2])
            value = _item(value, key)
        except Exception:
            return _gone(name)
    array = array_of(value)
    return f"{name} is no array or tensor now" if array is None else handle(array)


def _gone(name: str) -> str:
    return f"{name} is gone: run the file again"


def _item(container: object, key: object):
    kind = type(container)
    if issubclass(kind, dict):
        return dict.__getitem__(container, key)
    if issubclass(kind, list):
        return list.__getitem__(container, key)
    return tuple.__getitem__(container, key)


def _found(namespace: str):
    module = namespaces.get(namespace)
    for name, value in list(module.__dict__.items()) if module else ():
        if name.startswith("_"):
            continue
        if array_of(value) is not None:
            yield name, value
        elif issubclass(type(value), _CONTAINERS):
            for key, item in _items(value):
                if array_of(item) is not None:
                    yield f"{name}[{key}]", item


def _items(container):
    """The items of a container with their keys as text; only keys that can be written down."""
    if not issubclass(type(container), dict):
        plain = list.__iter__(container) if issubclass(type(container), list) else tuple.__iter__(container)
        yield from ((str(i), item) for i, item in zip(range(_MOST_ROWS), plain))
        return
    for key, item in list(dict.items(container)):
        if type(key) is str:
            yield json.dumps(key, ensure_ascii=False), item
        elif type(key) is int:
            yield str(key), item


def _row(name: str, value: object) -> dict:
    array = array_of(value)
    tensor = array is not value
    kind = "Variable" if getattr(type(value), "_is_variable", None) is True else "Tensor" if tensor else "ndarray"
    size = 1
    for length in array._shape:
        size *= length
    number = handle(array)
    source = _bridge.trace_source(number)
    return {
        "name": name,
        "type": kind,
        "dtype": array.dtype.name,
        "shape": list(array._shape),
        "bytes": size * array.dtype.itemsize,
        "nonFinite": _bridge.nonFinite(number),
        **({"gradientOf": source} if source else {}),
    }
