"""numpy.testing: comparisons that raise AssertionError with NumPy's message."""

import contextlib
import math
import unittest

import numpy as np

_case = unittest.TestCase()


def _message(operands, err_msg, header, verbose=True, names=('ACTUAL', 'DESIRED'), precision=8):
    lines = ['\n' + header]
    if err_msg:
        if '\n' not in err_msg and len(err_msg) < 79 - len(header):
            lines = [lines[0] + ' ' + err_msg]
        else:
            lines.append(err_msg)
    if verbose:
        for name, operand in zip(names, operands, strict=False):
            text = np.array_repr(operand, precision=precision) if isinstance(operand, np.ndarray) else repr(operand)
            if text.count('\n') > 3:
                text = '\n'.join(text.splitlines()[:3]) + '...'
            lines.append(f' {name}: {text}')
    return '\n'.join(lines)


def _flat(x, shape):
    return np.broadcast_to(x, shape).ravel()


def _number(x):
    """A difference as NumPy prints it: like an array without axes."""
    return np.array2string(np.asarray(x))


def _remarks(x, y, good, shape, names):
    """How many elements differ, where, and by how much."""
    bad = [i for i, ok in enumerate(good) if not ok]
    lines = [f'Mismatched elements: {len(bad)} / {len(good)} ({100 * len(bad) / len(good):.3g}%)']
    first, second = _flat(x, shape), _flat(y, shape)
    if shape:
        heads = {True: 'Mismatch at index:', False: 'Mismatch at indices:'}
        lines.append('First 5 mismatches are at indices:' if len(bad) > 5 else heads[len(bad) == 1])
        for i in bad[:5]:
            index, rest = [], i
            for length in reversed(shape):
                rest, at = divmod(rest, length)
                index.insert(0, at)
            lines.append(f' {index}: {first[i]} ({names[0]}), {second[i]} ({names[1]})')
    if x.dtype.kind == 'b' and y.dtype.kind == 'b':
        return lines
    with np.errstate(all='ignore'):
        wide = first.astype(np.result_type(first, second)), second.astype(np.result_type(first, second))
        gaps = [abs(wide[0][i] - wide[1][i]) if wide[0][i] > wide[1][i] else abs(wide[1][i] - wide[0][i]) for i in bad]
        largest = max(gaps)
        relative = [gap / abs(wide[1][i]) for gap, i in zip(gaps, bad, strict=True) if wide[1][i] != 0]
    lines.append(f'Max absolute difference among violations: {_number(largest)}')
    lines.append(f'Max relative difference among violations: {_number(max(relative) if relative else np.float64(np.inf))}')
    return lines


def _compare_arrays(
    close, x, y, err_msg, verbose, header, precision=6, equal_nan=True, equal_inf=True, strict=False, names=('ACTUAL', 'DESIRED')
):
    """Compares element by element; `close` takes two Python numbers."""
    x, y = np.asanyarray(x), np.asanyarray(y)

    def fail(*lines):
        text = err_msg + '\n' + '\n'.join(lines)
        raise AssertionError(_message((x, y), text, header, verbose, names, precision))

    if strict and (x.shape != y.shape or x.dtype != y.dtype) or x.shape != y.shape and () not in (x.shape, y.shape):
        what = f'(shapes {x.shape}, {y.shape} mismatch)' if x.shape != y.shape else f'(dtypes {x.dtype}, {y.dtype} mismatch)'
        fail(what)
    shape = x.shape or y.shape
    first, second = _flat(x, shape).tolist(), _flat(y, shape).tolist()
    same_place = [False] * len(first)
    tests = [('nan', lambda v: v != v)] if equal_nan else []
    if equal_inf:
        tests += [('+inf', lambda v: v == math.inf), ('-inf', lambda v: v == -math.inf)]
    for word, test in tests:
        if [test(v) for v in first] != [test(v) for v in second]:
            fail(f'{word.lstrip("+-") if word != "nan" else word} location mismatch:')
        same_place = [done or test(v) for done, v in zip(same_place, first, strict=True)]
    good = [done or close(a, b) for done, a, b in zip(same_place, first, second, strict=True)]
    if not all(good):
        fail(*_remarks(x, y, good, shape, names))


def assert_almost_equal(actual, desired, decimal=7, err_msg='', verbose=True):
    """Raises AssertionError unless the values agree to so many decimals."""
    header = f'Arrays are not almost equal to {decimal} decimals'
    if isinstance(actual, (np.ndarray, tuple, list)) or isinstance(desired, (np.ndarray, tuple, list)):
        assert_array_almost_equal(actual, desired, decimal, err_msg, verbose)
        return
    failure = AssertionError(_message((actual, desired), err_msg, header, verbose))
    if not (math.isfinite(desired) and math.isfinite(actual)):
        if desired != desired or actual != actual:
            if not (desired != desired and actual != actual):
                raise failure
        elif not desired == actual:
            raise failure
        return
    if abs(desired - actual) >= np.float64(1.5 * 10.0 ** (-decimal)):
        raise failure


def assert_array_almost_equal(actual, desired, decimal=6, err_msg='', verbose=True):
    """The same for arrays."""
    bound = 1.5 * 10.0 ** (-decimal)
    header = f'Arrays are not almost equal to {decimal} decimals'
    _compare_arrays(lambda a, b: abs(b - a) < bound, actual, desired, err_msg, verbose, header, precision=decimal)


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg='', verbose=True, *, strict=False):
    """Raises AssertionError unless |actual − desired| ≤ atol + rtol · |desired|."""
    header = f'Not equal to tolerance rtol={rtol:g}, atol={atol:g}'
    _compare_arrays(
        lambda a, b: a == b or abs(a - b) <= atol + rtol * abs(b),
        actual, desired, str(err_msg), verbose, header, equal_nan=equal_nan, strict=strict,
    )  # fmt: skip


def assert_array_equal(actual, desired, err_msg='', verbose=True, *, strict=False):
    """Raises AssertionError unless shape and elements are equal."""
    _compare_arrays(lambda a, b: a == b, actual, desired, err_msg, verbose, 'Arrays are not equal', strict=strict)


def assert_array_less(x, y, err_msg='', verbose=True, *, strict=False):
    """Raises AssertionError unless x < y everywhere."""
    _compare_arrays(
        lambda a, b: a < b, x, y, err_msg, verbose, 'Arrays are not strictly ordered `x < y`', equal_inf=False,
        strict=strict, names=('x', 'y'),
    )  # fmt: skip


def assert_equal(actual, desired, err_msg='', verbose=True, *, strict=False):
    """Raises AssertionError unless two values, sequences, dicts or arrays are equal."""
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for key in desired:
            if key not in actual:
                raise AssertionError(repr(key))
            assert_equal(actual[key], desired[key], f'key={key!r}\n{err_msg}', verbose)
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for i, (a, b) in enumerate(zip(actual, desired, strict=True)):
            assert_equal(a, b, f'item={i!r}\n{err_msg}', verbose)
        return
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        assert_array_equal(actual, desired, err_msg, verbose, strict=strict)
        return
    failure = AssertionError(_message((actual, desired), err_msg, 'Items are not equal:', verbose))
    if isinstance(actual, float) and isinstance(desired, float):
        if actual != actual and desired != desired:
            return
        if actual == 0 and desired == 0 and math.copysign(1, actual) != math.copysign(1, desired):
            raise failure
    if not (desired == actual):
        raise failure


def assert_(val, msg=''):
    """assert that also works under `python -O`."""
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def assert_raises(*args, **kwargs):
    """The callable, or the block of the with statement, must raise the exception."""
    return _case.assertRaises(*args, **kwargs)


def assert_raises_regex(exception_class, expected_regexp, *args, **kwargs):
    """The same, with a pattern for the message."""
    return _case.assertRaisesRegex(exception_class, expected_regexp, *args, **kwargs)


@contextlib.contextmanager
def assert_no_warnings():
    """No warning may be given inside."""
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        yield
    if caught:
        raise AssertionError(f'Got warnings: {caught}')
