"""Operators of the scalar types: NEP 50 promotion, wrap-around with a warning, and the words of NumPy's errors."""

import itertools
import math
import operator

from . import _digits
from ._dtype import by_code, promote_dtypes
from ._errstate import report
from ._exceptions import no_loop
from ._scalars import (
    False_,
    MAKE,
    TYPES,
    True_,
    float64,
    generic,
    numpy,
    out_of_range,
    wrap,
)

_NAMES = tuple(TYPES)
_CLASSES = tuple(TYPES.values())
_BOOL, _INT8, _INT64, _SINGLE, _DOUBLE = map(_NAMES.index, ('bool', 'int8', 'int64', 'float32', 'float64'))
# Python's own numbers adapt to the dtype that they meet.
_WEAK_INT, _WEAK_FLOAT = len(_NAMES), len(_NAMES) + 1
_OPERAND = {cls: cls._code for cls in _CLASSES} | {bool: _BOOL, int: _WEAK_INT, float: _WEAK_FLOAT}


def _promoted(a, b):
    if b == _WEAK_INT:
        return _INT64 if a == _BOOL else a
    if b == _WEAK_FLOAT:
        return a if a >= _SINGLE else _DOUBLE
    return promote_dtypes(by_code[a], by_code[b]).code


_RESULT = tuple(tuple(_promoted(a, b) for b in range(len(_NAMES) + 2)) for a in range(len(_NAMES)))

_wrap_float = _digits.to_single
_new_float64 = float.__new__
_NOT_SUPPORTED = (
    "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported types "
    "according to the casting rule ''safe''"
)


def _to(code, value, weak):
    """The operand in the dtype of the operation."""
    if code >= _SINGLE:
        value = float(value)
        if code == _SINGLE:
            rounded = _wrap_float(value)
            if weak and rounded - rounded != 0 and value - value == 0:
                report('over', 'cast')
            return rounded
        return value
    if weak and code != _BOOL:
        cls = _CLASSES[code]
        if not cls._low <= value <= cls._high:
            raise out_of_range(value, cls._name)
    return value


# ---- integers: exact, then wrapped; `where` names the operation in warnings
def _wrapped(function):
    def run(a, b, cls, where):
        value = function(a, b)
        if cls._low <= value <= cls._high:
            return value
        if where.startswith('scalar'):  # ufuncs wrap silently
            report('over', where)
        return wrap(value, cls._bits, cls._signed)

    return run


def _int_floordiv(a, b, cls, where):
    if b == 0:
        report('divide', where)
        return 0
    value = a // b
    if value > cls._high:
        report('over', where)
        return wrap(value, cls._bits, cls._signed)
    return value


def _int_mod(a, b, cls, where):
    if b == 0:
        report('divide', where)
        return 0
    return a % b


def _int_pow(a, b, cls, where):
    if b < 0:
        raise ValueError('Integers to negative integer powers are not allowed.')
    return wrap(pow(a, b, 1 << cls._bits), cls._bits, cls._signed)


def _int_lshift(a, b, cls, where):
    return wrap(a << b, cls._bits, cls._signed) if 0 <= b < cls._bits else 0


def _int_rshift(a, b, cls, where):
    return a >> b if 0 <= b < cls._bits else (-1 if a < 0 else 0)


# ---- floats: computed in float64; a float32 result is rounded once more
def _checked(function):
    def run(a, b, cls, where):
        value = function(a, b)
        if cls is not float64:
            value = _wrap_float(value)
        if value - value != 0:
            if value != value:
                if a == a and b == b:
                    report('invalid', where)
            elif a - a == 0 and b - b == 0:
                report('over', where)
        return value

    return run


def _quotient(a, b, where):
    """a / 0 with its warning."""
    if a != a or b != b:
        return math.nan
    if a == 0:
        report('invalid', where)
        return math.nan
    if a - a == 0:
        report('divide', where)
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


_divide = _checked(operator.truediv)


def _float_truediv(a, b, cls, where):
    return _quotient(a, b, where) if b == 0 else _divide(a, b, cls, where)


def _float_divmod(a, b, cls, where):
    """(floor of the quotient, remainder with the sign of the divisor)"""
    if b == 0:
        quotient = _quotient(a, b, where)
        if a == a and b == b and quotient == quotient:
            report('invalid', where)
        return quotient, math.nan
    if a - a != 0 or b != b:
        if a == a and b == b:
            report('invalid', where)
        return math.nan, math.nan
    remainder = math.fmod(a, b)
    quotient = (a - remainder) / b
    if remainder:
        if (b < 0) != (remainder < 0):
            remainder += b
            quotient -= 1.0
    else:
        remainder = math.copysign(0.0, b)
    if quotient and quotient - quotient == 0:
        whole = math.floor(quotient)
        quotient = float(whole + 1 if quotient - whole > 0.5 else whole)
    elif not quotient:
        quotient = math.copysign(0.0, a / b)
    return (quotient, remainder) if cls is float64 else (_wrap_float(quotient), _wrap_float(remainder))


def _float_floordiv(a, b, cls, where):
    if b == 0:
        return _quotient(a, b, where)
    quotient = _float_divmod(a, b, cls, where)[0]
    if abs(quotient) == math.inf:
        report('over', where)
        report('invalid', where)
    return quotient


def _float_mod(a, b, cls, where):
    if b == 0:
        if a == a:
            report('invalid', where)
        return math.nan
    return _float_divmod(a, b, cls, where)[1]


def _float_pow(a, b, cls, where):
    try:
        value = math.pow(a, b)
    except OverflowError:
        report('over', where)
        return math.copysign(math.inf, a) if b % 2 == 1 else math.inf
    except ValueError:
        if a == 0:
            report('divide', where)
            return math.copysign(math.inf, a) if b % 2 == 1 else math.inf
        report('invalid', where)
        return math.nan
    return value if cls is float64 else _checked(lambda *_: value)(a, b, cls, where)


# Operation → (symbol, ufunc, for bool, for integers, for floats). A missing one has no loop in NumPy; bool goes as int8 then.
_OPS = {
    'add': ('+', 'add', operator.or_, _wrapped(operator.add), _checked(operator.add)),
    'sub': ('-', 'subtract', None, _wrapped(operator.sub), _checked(operator.sub)),
    'mul': ('*', 'multiply', operator.and_, _wrapped(operator.mul), _checked(operator.mul)),
    'truediv': ('/', 'divide', None, None, _float_truediv),
    'floordiv': ('//', 'floor_divide', None, _int_floordiv, _float_floordiv),
    'mod': ('%', 'remainder', None, _int_mod, _float_mod),
    'pow': ('**', 'power', None, _int_pow, _float_pow),
    'lshift': ('<<', 'left_shift', None, _int_lshift, None),
    'rshift': ('>>', 'right_shift', None, _int_rshift, None),
    'and': ('&', 'bitwise_and', operator.and_, lambda a, b, *_: a & b, None),
    'or': ('|', 'bitwise_or', operator.or_, lambda a, b, *_: a | b, None),
    'xor': ('^', 'bitwise_xor', operator.xor, lambda a, b, *_: a ^ b, None),
}


_BITWISE = frozenset(name for name, row in _OPS.items() if row[-1] is None)


def _compute(name, a, b, code, prefix):
    where, for_bool, for_int, for_float = _OPS[name][1:]
    where = prefix + where
    if code >= _SINGLE:
        return MAKE[_NAMES[code]](for_float(a, b, _CLASSES[code], where))
    if code == _BOOL:
        return True_ if for_bool(a, b) else False_
    return MAKE[_NAMES[code]](for_int(a, b, _CLASSES[code], where))


def _foreign(name, self, other, reflected):
    """The other operand is no number: arrays and tensors know better, sequences become arrays."""
    if name == 'mul' and isinstance(other, (list, tuple, str, bytes)):
        if hasattr(self, '__index__'):
            return other * self._v
        raise TypeError(f"can't multiply sequence by non-int of type 'numpy.{self._name}'")
    if isinstance(other, (list, tuple)):
        mine = numpy().asarray(self)
        function = getattr(operator, name if name not in ('and', 'or') else name + '_')
        return function(other, mine) if reflected else function(mine, other)
    if isinstance(other, str):
        if name not in ('add', 'sub', 'mul', 'truediv') or (name == 'truediv' and self._code == _BOOL):
            raise TypeError(_NOT_SUPPORTED.format(_OPS[name][1]))
        no_loop(_OPS[name][1], *((other, self) if reflected else (self, other)))
    if other is None:
        kinds = [_python_kind(self), "'NoneType'"]
        symbol = '** or pow()' if name == 'pow' else _OPS[name][0]
        raise TypeError(
            f'unsupported operand type(s) for {symbol}: {" and ".join(reversed(kinds) if reflected else kinds)}'
        )
    return NotImplemented


def _python_kind(scalar):
    return "'float'" if scalar._code >= _SINGLE else "'bool'" if scalar._code == _BOOL else "'int'"


def _operands(self, other, info, name):
    code = _RESULT[self._code][info]
    value = other.item() if isinstance(other, generic) else other
    if name == 'truediv' and code < _SINGLE:
        code = _DOUBLE
    elif code == _BOOL and (name == 'divmod' or _OPS[name][2] is None):
        if name == 'sub':
            raise TypeError(
                'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, '
                'or the logical_xor function instead.'
            )
        code, value = _INT8, int(value)
        return code, int(self.item()), value
    if code >= _SINGLE and name in _BITWISE:
        raise TypeError(_NOT_SUPPORTED.format(_OPS[name][1]))
    return code, _to(code, self.item(), False), _to(code, value, info >= _WEAK_INT)


def _prefix(own, info):
    """Warnings name `scalar add` where NumPy's scalar code runs: in the type of one of the two scalars, which must not be bool.
    Anything else goes through the ufunc."""
    code = _RESULT[own][info]
    return 'scalar ' if code != _BOOL != own and (code == own or code == info) else ''


_PREFIX = tuple(tuple(_prefix(own, info) for info in range(len(_NAMES) + 2)) for own in range(len(_NAMES)))


def _operator(name):
    """The two methods of an operation."""

    def forward(self, other):
        info = _OPERAND.get(type(other))
        if info is None:
            return _foreign(name, self, other, False)
        code, a, b = _operands(self, other, info, name)
        return _compute(name, a, b, code, _PREFIX[self._code][info])

    def reflected(self, other):
        info = _OPERAND.get(type(other))
        if info is None:
            return _foreign(name, self, other, True)
        code, b, a = _operands(self, other, info, name)
        return _compute(name, a, b, code, _PREFIX[self._code][info])

    return forward, reflected


def _fast(name, general):
    """float64 with a float: one step when the result is finite."""
    plain = getattr(float, f'__{name}__')
    kinds = frozenset((float64, float, int))

    def forward(self, other, _new=_new_float64):
        if type(other) in kinds:
            value = plain(self, other)
            if value - value == 0:
                return _new(float64, value)
        return general(self, other)

    return forward


def _divmod(self, other, name='divmod'):
    info = _OPERAND.get(type(other))
    if info is None:
        return NotImplemented
    code, a, b = _operands(self, other, info, name)
    where = _PREFIX[self._code][info] + 'divmod'
    if code < _SINGLE:
        make, cls = MAKE[_NAMES[code]], _CLASSES[code]
        return make(_int_floordiv(a, b, cls, where)), make(_int_mod(a, b, cls, where) if b else 0)
    make = MAKE[_NAMES[code]]
    quotient, remainder = _float_divmod(a, b, _CLASSES[code], where)
    return make(quotient), make(remainder)


def _rdivmod(self, other):
    info = _OPERAND.get(type(other))
    if info is None:
        return NotImplemented
    cls = _CLASSES[_RESULT[self._code][info]]
    return divmod(cls(other), self)


def _comparison(name):
    compare = getattr(operator, name)

    def run(self, other):
        info = _OPERAND.get(type(other))
        if info is None:
            if isinstance(other, str):
                if name in ('eq', 'ne'):
                    return True_ if name == 'ne' else False_
                no_loop({'lt': 'less', 'le': 'less_equal', 'gt': 'greater', 'ge': 'greater_equal'}[name], self, other)
            if isinstance(other, (list, tuple)):
                return compare(numpy().asarray(self), other)
            if other is None and name not in ('eq', 'ne'):
                symbol = {'lt': '<', 'le': '<=', 'gt': '>', 'ge': '>='}[name]
                raise TypeError(f"'{symbol}' not supported between instances of {_python_kind(self)} and 'NoneType'")
            return NotImplemented
        a, b = self.item(), other.item() if isinstance(other, generic) else other
        code = _RESULT[self._code][info]
        whole = self._code < _SINGLE and info < _SINGLE
        if code >= _SINGLE and not whole and not (info == _WEAK_INT and code == _DOUBLE):
            a, b = _to(code, a, False), _to(code, b, info >= _WEAK_INT)
        return True_ if compare(a, b) else False_

    return run


def _negative(self):
    if self._code == _BOOL:
        raise TypeError(
            'The numpy boolean negative, the `-` operator, is not supported, use the `~` operator '
            'or the logical_not function instead.'
        )
    return _signed(self, -self.item(), 'negative')


def _signed(self, value, where):
    if self._code < _SINGLE and not self._low <= value <= self._high:
        report('over', f'scalar {where}')
        value = wrap(value, self._bits, self._signed)
    return MAKE[self._name](value)


def _positive(self):
    if self._code == _BOOL:
        no_loop('positive', self)
    return MAKE[self._name](self.item())


def _absolute(self):
    return self if self._code == _BOOL else _signed(self, abs(self.item()), 'absolute')


def _invert(self):
    if self._code >= _SINGLE:
        raise TypeError(_NOT_SUPPORTED.format('invert'))
    if self._code == _BOOL:
        return False_ if self._v else True_
    return MAKE[self._name](wrap(~self._v, self._bits, self._signed))


def install():
    """Puts the operators on the classes."""
    for name, cls in itertools.product(_OPS, _CLASSES):
        forward, reflected = _operator(name)
        setattr(cls, f'__{name}__', forward)
        setattr(cls, f'__r{name}__', reflected)
    for name in ('add', 'sub', 'mul'):
        setattr(float64, f'__{name}__', _fast(name, getattr(float64, f'__{name}__')))
    for cls in _CLASSES:
        cls.__divmod__, cls.__rdivmod__ = _divmod, _rdivmod
        cls.__neg__, cls.__pos__, cls.__abs__, cls.__invert__ = _negative, _positive, _absolute, _invert
        hashed = cls.__hash__
        for name in ('eq', 'ne', 'lt', 'le', 'gt', 'ge'):
            setattr(cls, f'__{name}__', _comparison(name))
        cls.__hash__ = hashed
