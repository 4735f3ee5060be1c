"""Every pair of operands × operator: dtype and container of the result, or the exception. Runs on both NumPys."""

import operator
import warnings

import numpy as np

DTYPES = ('bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64')
OPERATORS = {
    '+': operator.add, '-': operator.sub, '*': operator.mul, '/': operator.truediv, '//': operator.floordiv, '%': operator.mod,
    '**': operator.pow, '==': operator.eq, '!=': operator.ne, '<': operator.lt, '<=': operator.le, '>': operator.gt,
    '>=': operator.ge, '&': operator.and_, '|': operator.or_, '^': operator.xor, '<<': operator.lshift, '>>': operator.rshift,
}  # fmt: skip
UNARY = {'neg': operator.neg, 'abs': abs, '~': operator.invert}


def operands():
    made = {}
    for name in DTYPES:
        made[f'{name}[]'] = np.array([1, 2, 3]).astype(name)
        made[f'{name}()'] = getattr(np, name)(1)
    made |= {'True': True, '2': 2, '300': 300, '-1': -1, '2.5': 2.5}
    return made


def outcome(function, *args):
    """`float64 [3]`: dtype and shape; or the type and first line of the exception."""
    try:
        result = function(*args)
    except Exception as error:
        return f'{type(error).__name__}: {str(error).splitlines()[0]}'
    kind = getattr(result, 'dtype', type(result).__name__)
    container = 'array' if isinstance(result, np.ndarray) else 'scalar'
    # Powers may differ in the last digit: this is about types.
    values = np.asarray(result).reshape(-1).tolist()
    return f'{container} {kind} {" ".join(f"{v:.13g}" if isinstance(v, float) else str(v) for v in values)}'


def cases():
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        values = operands()
        for a, x in values.items():
            for b, y in values.items():
                if type(x) in (bool, int, float) and type(y) in (bool, int, float):
                    continue
                for symbol, function in OPERATORS.items():
                    found[f'{a} {symbol} {b}'] = outcome(function, x, y)
            if type(x) not in (bool, int, float):
                for symbol, function in UNARY.items():
                    found[f'{symbol} {a}'] = outcome(function, x)
    return found
