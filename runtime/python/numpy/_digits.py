"""Floats as text: shortest digits that identify a float32 or float64, and NumPy's positional and scientific layouts of them.

Every function takes a Python float; `single` says that it stands for a float32.
"""

import math
import struct

_single = struct.Struct('<f')


def to_single(x):
    """x rounded to float32."""
    try:
        return _single.unpack(_single.pack(x))[0]
    except OverflowError:
        return math.copysign(math.inf, x)


def shortest(x, single):
    """(digits, exponent): the fewest digits d1d2d3… with d1.d2d3… * 10**exponent nearest to x > 0."""
    if single:
        # Six digits always survive (fewer in subnormal numbers); nine always suffice.
        for places in (5, 6, 7, 8) if x >= 1.1754944e-38 else range(9):
            text = f'{x:.{places}e}'
            if to_single(float(text)) == x:
                break
        mantissa, _, exponent = text.partition('e')
        return mantissa.replace('.', '').rstrip('0') or '0', int(exponent)
    mantissa, _, exponent = repr(x).partition('e')
    whole, _, fraction = mantissa.partition('.')
    digits = whole + fraction
    leading = len(digits) - len(digits.lstrip('0'))
    return digits[leading:].rstrip('0') or '0', len(whole) - 1 - leading + int(exponent or 0)


def _exact(x, places):
    """(digits, exponent) of x > 0 rounded to `places` digits after the point of its scientific form."""
    text = f'{x:.{places}e}'
    mantissa, _, exponent = text.partition('e')
    return _carried(mantissa.replace('.', ''), text, x), int(exponent)


def _carried(digits, text, x):
    """Zeros at the end stay where digits were cut off, and go where nines were carried over or nothing is left."""
    return digits.rstrip('0') if digits[-1] == '0' and _not_below(text, x) else digits


def _not_below(text, x):
    """Is the decimal exactly x, or above?"""
    near = float(text)
    if near != x:
        return near > x
    from fractions import Fraction

    return Fraction(text) >= x


def _trimmed(fraction, trim):
    """The part after the integer digits, with its point."""
    if trim == 'k':
        return '.' + fraction
    fraction = fraction.rstrip('0')
    if trim == '.':
        return '.' + fraction
    if trim == '0':
        return '.' + (fraction or '0')
    return '.' + fraction if fraction else ''


def _special(x, sign):
    return 'nan' if x != x else '-inf' if x < 0 else '+inf' if sign else 'inf'


def negative(x):
    return x < 0 or (x == 0 and str(x)[0] == '-')


def positional(x, single, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=0, pad_right=0, min_digits=None):
    """123.456: `precision` counts digits after the point, or all significant digits unless `fractional`."""
    if x - x != 0:
        return _special(x, sign)
    prefix = '-' if negative(x) else '+' if sign else ''
    x = abs(x)
    if x == 0:
        digits, exponent = '0', 0
    elif unique:
        digits, exponent = shortest(x, single)
        count = max(len(digits) - 1 - exponent, 0) if fractional else len(digits)
        if precision is not None and count > precision:
            digits, exponent = _cut(x, precision, fractional)
        elif min_digits is not None and (count < min_digits or fractional and len(digits) <= exponent):
            digits, exponent = _cut(x, min_digits, fractional)
    else:
        digits, exponent = _cut(x, precision, fractional)
    if exponent < 0:
        whole, fraction = '0', '0' * (-exponent - 1) + digits
    else:
        whole, fraction = digits[: exponent + 1].ljust(exponent + 1, '0'), digits[exponent + 1 :]
    wanted = min_digits or 0
    if not unique and fractional:
        wanted = precision
    if not fractional:
        wanted = max((precision if not unique else min_digits or 0) - len(whole), 0)
    fraction = fraction.ljust(wanted, '0')
    text = prefix + whole + _trimmed(fraction, trim)
    if pad_left:
        text = ' ' * (pad_left - len(prefix) - len(whole)) + text
    if pad_right:
        after = len(text) - text.find('.') - 1 if '.' in text else -1
        text += ' ' * (pad_right - after)
    return text


def _cut(x, places, fractional):
    """The exact digits of x, rounded half to even to so many places."""
    if not fractional:
        return _exact(x, max(places - 1, 0))
    text = f'{x:.{places}f}'
    whole, _, fraction = text.partition('.')
    digits = _carried(whole + fraction, text, x)
    leading = min(len(digits) - len(digits.lstrip('0')), len(whole) - 1 if not digits.strip('0') else len(digits))
    return digits[leading:], len(whole) - 1 - leading


def scientific(x, single, precision=None, unique=True, trim='k', sign=False, pad_left=0, exp_digits=2, min_digits=None):
    """1.23456e+02; `precision` counts digits after the point."""
    if x - x != 0:
        return _special(x, sign)
    prefix = '-' if negative(x) else '+' if sign else ''
    x = abs(x)
    if x == 0:
        digits, exponent = '0', 0
    elif unique:
        digits, exponent = shortest(x, single)
        if precision is not None and len(digits) - 1 > precision:
            digits, exponent = _exact(x, precision)
        elif min_digits is not None and len(digits) - 1 < min_digits:
            digits, exponent = _exact(x, min_digits)
    else:
        digits, exponent = _exact(x, precision)
    wanted = (min_digits or 0) if unique else precision
    fraction = digits[1:].ljust(wanted, '0')
    if trim == '-' and len(digits) > 1 and not digits[1:].strip('0'):
        trim = '.'  # as NumPy has it: 8.e+01
    text = prefix + digits[0] + _trimmed(fraction, trim)
    text = ' ' * (pad_left - len(prefix) - 1) + text if pad_left else text
    return f'{text}e{"-" if exponent < 0 else "+"}{abs(exponent):0{max(exp_digits, 2)}d}'


def scalar(x, single):
    """str() of a NumPy float scalar."""
    if single:
        size = abs(x)
        if size == 0 or 1e-4 <= size < 1e6:
            return positional(x, True, trim='0')
        return scientific(x, True, trim='-')
    return float.__repr__(x)
