"""What happens when a float operation overflows, divides by zero or makes a NaN: seterr, geterr, errstate, and the warnings."""

import os
import warnings

_modes = {'divide': 'warn', 'over': 'warn', 'under': 'ignore', 'invalid': 'warn'}
_WORDS = {'divide': 'divide by zero', 'over': 'overflow', 'under': 'underflow', 'invalid': 'invalid value'}
_VALID = ('ignore', 'warn', 'raise', 'call', 'print', 'log')
_HERE = (os.path.dirname(__file__),)


def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    """Sets the reactions; returns those that held before."""
    before = dict(_modes)
    given = {'divide': divide, 'over': over, 'under': under, 'invalid': invalid}
    for kind, mode in given.items():
        mode = all if mode is None else mode
        if mode is None:
            continue
        if mode not in _VALID:
            raise ValueError(f"invalid error mode {mode!r}; must be one of {', '.join(map(repr, _VALID))}")
        if mode in ('call', 'log'):
            raise NotImplementedError(f'the error mode {mode!r} is not supported here')
        _modes[kind] = mode
    return before


def geterr():
    """The reactions, by kind of error."""
    return dict(_modes)


class errstate:
    """Reactions for the length of a with statement, or of a decorated function."""

    def __init__(self, *, call=None, all=None, divide=None, over=None, under=None, invalid=None):
        self._given = {'all': all, 'divide': divide, 'over': over, 'under': under, 'invalid': invalid}

    def __enter__(self):
        self._before = seterr(**self._given)

    def __exit__(self, *_):
        _modes.update(self._before)

    def __call__(self, function):
        import functools

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            with errstate(**self._given):
                return function(*args, **kwargs)

        return wrapped


def report(kind, where):
    """Reacts to an error of this kind ('divide', 'over', 'under', 'invalid') in the operation `where`."""
    mode = _modes[kind]
    if mode == 'ignore':
        return
    text = f'{_WORDS[kind]} encountered in {where}'
    if mode == 'raise':
        raise FloatingPointError(text)
    if mode == 'print':
        print(f'Warning: {text}')
        return
    # Points at the line of the user, as NumPy's warnings do.
    warnings.warn(text, RuntimeWarning, stacklevel=2, skip_file_prefixes=_HERE)
