"""What rewritten functions call: each decides whether its operand is a tensor of a graph, and does Python's own thing otherwise."""

import types

from .. import _state
from .._array import zeros
from .._control import branch, expand, loop, restore, symbolic
from .._convert import convert
from .._graph import FuncGraph
from .._dtypes import int32
from .._tensor import Tensor
from .._tensor_array import TensorArray


class Undefined:
    """A variable that has no value yet."""

    def __init__(self, name):
        self.name = name

    def __getattr__(self, attribute):
        raise UnboundLocalError(f"cannot access local variable '{self.__dict__['name']}' where it is not associated with a value")

    def __repr__(self):
        return f'<undefined {self.name}>'


def _use(value):
    if isinstance(value, Undefined):
        raise UnboundLocalError(f"cannot access local variable '{value.name}' where it is not associated with a value")
    return value


# ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────────
def and_(*parts):
    value = parts[0]()
    for part in parts[1:]:
        if symbolic(value):
            from .._math import logical_and

            value = logical_and(value, part())
        elif not value:
            return value
        else:
            value = part()
    return value


def or_(*parts):
    value = parts[0]()
    for part in parts[1:]:
        if symbolic(value):
            from .._math import logical_or

            value = logical_or(value, part())
        elif value:
            return value
        else:
            value = part()
    return value


def not_(value):
    if symbolic(value):
        from .._math import logical_not

        return logical_not(value)
    return not value


def if_expression(test, then, otherwise):
    if not symbolic(test):
        return then() if test else otherwise()
    return _if_return(test, then, otherwise, tuple, lambda values: None)


# ── calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _range(*args):
    if any(symbolic(a) for a in args):
        from .._array import range as tf_range

        return tf_range(*args)
    return range(*args)


def _len(x):
    if symbolic(x):
        from .._array import shape

        return x._shape[0] if x._shape and x._shape[0] is not None else shape(x)[0]
    return len(x)


def _int(x=0, *args):
    return _cast(x, 'int32') if symbolic(x) else int(x, *args)


def _float(x=0.0):
    return _cast(x, 'float32') if symbolic(x) else float(x)


def _cast(x, name):
    from .._math import cast

    return cast(x, name)


_BUILTINS = {range: _range, len: _len, int: _int, float: _float}


def call(function):
    """The function to call in place of `function`."""
    from ._convert import convert_function, is_user_code

    try:
        known = _BUILTINS.get(function)
    except TypeError:
        known = None
    if known is not None:
        return known
    if isinstance(function, types.FunctionType) and is_user_code(function):
        return convert_function(function)
    if isinstance(function, types.MethodType) and isinstance(function.__func__, types.FunctionType) and is_user_code(function.__func__):
        return convert_function(function)
    return function


# ── branches ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _is_value(x):
    return isinstance(x, (Tensor, bool, int, float, TensorArray)) or getattr(type(x), '_is_variable', False) or hasattr(x, '__array__')


def _truth(test, where):
    """A condition of the graph: one boolean."""
    many = test._shape is not None and None not in test._shape and any(d != 1 for d in test._shape)
    if test.dtype.kind != 'b' or many:
        cast = '' if test.dtype.kind == 'b' else 'to use as boolean Tensor, use `tf.cast`; '
        raise ValueError(f'condition of {where} expected to be `tf.bool` scalar, got {test}; {cast}to check for None, use `is not None`')
    return test


def if_(test, then, otherwise, get, put, names):
    if not symbolic(test):
        (then if test else otherwise)()
        return
    _truth(test, 'if statement')
    start = get()

    def side(function):
        def run():
            put(start)
            function()
            return get()

        return run

    kept = []

    def select(a, b):
        lists = [], []
        for name, x, y, before in zip(names, a, b, start):
            if x is before and y is before or x is y:
                kept.append(None)
                continue
            for value, where in ((x, 'main'), (y, 'else')):
                if isinstance(value, Undefined):
                    raise ValueError(f"'{name}' must also be initialized in the {where} branch")
            kept.append((name, x))
            lists[0].extend(expand([x]))
            lists[1].extend(expand([y]))
        return lists

    def mismatch(i, first, second):
        flat = [n for n in kept if isinstance(n, tuple) for _ in expand([n[1]])]
        return f"'{flat[i][0]}' has dtype {first.name} in the main branch, but dtype {second.name} in the else branch"

    try:
        outs = branch(test, side(then), side(otherwise), mismatch, select)
    finally:
        put(start)
    leaves = iter(outs)
    values = []
    for entry, before in zip(kept, start):
        if entry is None:
            values.append(before)
        elif isinstance(entry, tuple):
            values.append(restore([entry[1]], [next(leaves) for _ in expand([entry[1]])])[0])
    put(tuple(values))


def if_return(test, then, otherwise, get, put, live=()):
    """Both sides return: the value of the function is that of the side taken."""
    if not symbolic(test):
        return then() if test else otherwise()
    return _if_return(_truth(test, 'if statement'), then, otherwise, get, put, live)


def _if_return(test, then, otherwise, get, put, live=()):
    start = get()
    structures, states = [], []

    def side(function):
        def run():
            put(start)
            result = function()
            structures.append(result)
            states.append(get())
            return result

        return run

    def select(a, b):
        for name, x, y in zip(live, *states):
            if name is not None and isinstance(x, Undefined) is not isinstance(y, Undefined):
                side_without = 'main' if isinstance(x, Undefined) else 'else'
                raise ValueError(f"'{name}' must also be initialized in the {side_without} branch")
        if (a is None) != (b is None):
            raise ValueError(f'the {"main" if a is None else "else"} branch must also have a return statement.')
        return ([], []) if a is None else (expand(a), expand(b))

    def mismatch(i, first, second):
        return f"'retval_' has dtype {first.name} in the main branch, but dtype {second.name} in the else branch"

    try:
        outs = branch(test, side(then), side(otherwise), mismatch, select)
    finally:
        put(start)
    return None if structures[0] is None else restore(structures[0], outs)


# ── loops ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def while_(test, body, get, put, names):
    first = test()
    if not symbolic(first):
        while first:
            body()
            first = test()
            if symbolic(first):
                raise NotImplementedError(
                    'The condition of while loop started as non-Tensor, then changed to Tensor. This may happen either because variables '
                    'changed type, or when a break or return statement inside the loop depends on a Tensor condition. In both cases, '
                    'changing to a TF loop should remove the error.'
                )
        return
    _while(test, body, get, put, names)


def _while(test, body, get, put, names, extra=(), step=None, targets=()):
    """A loop of the graph over the variables that have a value; the others live within one turn."""
    start = get()
    if any(name.startswith('_ag_return') for name in names):
        raise NotImplementedError(
            'a return statement cannot be placed inside this TensorFlow loop; this may happen if a return statement depends on a static '
            'Python condition such as a hyperparameter'
        )
    start = _with_first_values(start, names, body, get, put, extra, targets)
    carried = [i for i, v in enumerate(start) if not isinstance(v, Undefined) and _is_value_structure(v)]
    before = [start[i] for i in carried]
    flat = [*extra, *expand(before)]
    labels = [''] * len(extra) + [names[i] for i in carried for _ in expand([start[i]])]

    def enter(tensors):
        own = list(tensors[len(extra) :])
        values = list(start)
        for i, value in zip(carried, restore(before, own)):
            values[i] = value
        put(tuple(values))
        return tensors[: len(extra)]

    def condition(*tensors):
        counters = enter(tensors)
        return _truth(test(*counters), 'while loop')

    def turn(*tensors):
        counters = enter(tensors)
        body(*counters)
        after = get()
        for i in carried:
            _use(after[i])
        return [*(step(*counters) if step else ()), *expand([after[i] for i in carried])]

    try:
        outs = loop(condition, turn, flat, labels)
    finally:
        put(start)
    enter(outs)


def _with_first_values(start, names, body, get, put, extra, targets):
    """Variables that only the body gives a value begin as zeros of the dtype and shape that one turn gives them."""
    missing = [i for i, v in enumerate(start) if isinstance(v, Undefined) and not names[i].startswith('_ag_') and names[i] not in targets]
    if not missing:
        return start
    with FuncGraph('scratch', _state.graph) as scratch:
        try:
            body(*[scratch.input(t.dtype, t._shape, 'placeholder') for t in extra])
            after = get()
        finally:
            put(start)
    values = list(start)
    for i in missing:
        t = after[i]
        if isinstance(t, Tensor) and t._shape is not None and None not in t._shape or isinstance(t, (bool, int, float)):
            t = convert(t) if not isinstance(t, Tensor) else t
            values[i] = zeros(list(t._shape), t.dtype)
    return tuple(values)


def _is_value_structure(x):
    if isinstance(x, (list, tuple)):
        return bool(x) and all(map(_is_value_structure, x))
    if isinstance(x, dict):
        return bool(x) and all(map(_is_value_structure, x.values()))
    return _is_value(x) and not callable(x)


def for_(iterated, more, body, get, put, names, targets):
    if not symbolic(iterated):
        for item in iterated:
            body(item)
            if more is not None and not more():
                break
        return
    from .._array import shape
    from .._math import logical_and

    known = iterated._shape is not None and len(iterated._shape) > 0 and iterated._shape[0] is not None
    if iterated._shape == ():
        raise TypeError('Cannot iterate over a scalar tensor.')
    count = convert(iterated._shape[0], int32) if known else shape(iterated)[0]

    def test(i):
        inside = i < count
        return inside if more is None else logical_and(inside, convert(more()))

    _while(test, lambda i: body(iterated[i]), get, put, names, [convert(0, int32)], lambda i: [i + 1], targets)

