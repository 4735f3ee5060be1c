"""Integers of every width: limits, casts, sums, mixed comparisons, orders, bytes; values, dtypes, warnings, errors."""

from snippets import main

SETUP = """import warnings
W = ('int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64')
ALL = ('bool', *W, 'float32', 'float64')
def run(f):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            text = repr(f())
        except Exception as error:
            text = type(error).__name__ + ': ' + str(error).partition(chr(10))[0]
    print(text, *sorted('~' + str(w.message) for w in caught))
def edges(d):
    return np.array([np.iinfo(d).min, 0, 1, 7, np.iinfo(d).max], d)
"""
NUMBERS = ('-1', '127', '128', '255', '256', '2**16', '2**31', '2**32', '2**63', '2**64', '-2**63 - 1', '10**30', 'True', '1.5', '-1.5')
FLOATS = ('3.7', '-1.5', '200.7', '300.0', '70000.0', '3e9', '-3e9', '2.0**63', '1.5 * 2**63', '2.0**64', '-1e19', "float('nan')", "float('inf')")
PER_DTYPE = (
    'x.sum()', 'x.prod()', 'x.cumsum()', 'x.cumprod()', 'x.mean()', 'x.max()', 'x.min()', 'x.argmax()', 'x.argmin()', 'np.sort(x[::-1])', 'x.argsort()',
    'np.unique(x)', '-x', '+x', '~x', 'abs(x)', 'np.sign(x)', 'x * x', 'x + x', 'x - x[::-1]', 'x // 3', 'x % 3', 'x // x[::-1]', 'x % x[::-1]',
    'x / 2', 'x ** 2', 'x ** np.array([0, 1, 2, 3, 1], d)', 'x & 3', 'x | x[::-1]', 'x ^ 1', 'x == x[::-1]', 'x > 1', 'x < 2**70', 'x >= -1', 'x * 1.5',
    'x * np.float32(1.5)', 'np.maximum(x, 5)', 'np.minimum(x, x[::-1])', 'np.clip(x, 1, 100)', 'np.clip(x, -1, 2**40)', 'np.where(x > 1, x, 0)', 'x.any()', 'x.all()',
    'x.nonzero()', 'x.tobytes()', 'x.view(np.uint8)', 'x.tolist()', 'x[np.array([1, 3], d)]', 'x[np.array(4, d)]', 'np.arange(4, dtype=d)', 'np.arange(3, 20, 5, dtype=d)',
    'np.linspace(0, 100, 5, dtype=d)', 'np.full((2, 2), 7, d)', 'np.eye(2, dtype=d)', 'np.concatenate([x, np.array([True])])', 'np.concatenate([x, x.astype(float)])',
    'np.repeat(x, 2)', 'np.dot(x, x)', 'x.reshape(5, 1) @ x.reshape(1, 5)', 'np.outer(x, x[1:3])', 'np.diff(x)', 'x.var()', 'np.sum(x, dtype=float)', 'np.sum(x, dtype=np.int16)',
    'np.sum(x, initial=3)', 'np.add.reduce(x)', 'np.add.accumulate(x)', 'np.multiply.reduce(x)', 'np.maximum.reduce(x)', 'np.log(x[1:])', 'np.exp(x[1:4])', 'np.floor(x)',
    'np.isnan(x)', 'np.isfinite(x)', 'np.logical_not(x)', 'np.square(x)', 'x.astype(bool)', 'x.dtype.char, x.dtype.num, x.dtype.str, x.dtype.kind, x.dtype.itemsize',
    'np.array_equal(x, x.copy())', 'np.allclose(x, x)', 'np.count_nonzero(x)', 'np.array(x.tolist())', 'np.dtype(d) == d', 'np.array(memoryview(x))', 'x.item(4)', 'np.ptp(x)',
    'np.power(x, -1)', 'np.left_shift', 'np.bincount', 'np.searchsorted(x, 3)', 'np.zeros(2, d) + [1, 2]',
)  # fmt: skip


def cases():
    for number in NUMBERS:
        yield f'for d in W: run(lambda: np.array([{number}], d)), run(lambda: np.full(1, {number}, d))'
        yield f'for d in W: run(lambda: np.array([1], d) + ({number})), run(lambda: ({number}) - np.array([1], d))'
        yield f'for d in W: run(lambda: [np.array([1], d) == ({number}), np.array([1], d) < ({number})])'
        yield f'def put(d):\n    x = np.array([0, 0], d); x[0] = {number}; x[1:] = {number}\n    return x\nfor d in W: run(lambda: put(d))'
        yield f'def add(d):\n    x = np.array([1], d); x += {number}\n    return x\nfor d in W: run(lambda: add(d))'
    for value in FLOATS:
        yield f"for d in W:\n    for s in ('float32', 'float64'): run(lambda: np.array([{value}], s).astype(d))"
    for text in PER_DTYPE:
        if text.startswith('np.') and '(' not in text or 'searchsorted' in text:
            continue
        narrow = "W[4:]" if any(f in text for f in ('np.log', 'np.exp')) else 'W'
        yield f'for d in {narrow}:\n    x = edges(d)\n    run(lambda: {text})'
    for name in ('equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'):
        yield (
            f'for d in W:\n    for e in W: run(lambda: np.{name}(edges(d)[:, None], edges(e)).astype(int).reshape(-1).tolist()), '
            f'run(lambda: [bool(np.{name}(a, b)) for a in edges(d) for b in edges(e)])'
        )
    for name in ('add', 'multiply', 'floor_divide', 'remainder', 'maximum', 'bitwise_and', 'divide'):
        yield f'for d in ALL:\n    for e in W[1::2]: run(lambda: np.{name}(np.array([1, 7], d), np.array([2, 3], e)))'
        yield f'def into(d, e):\n    x = np.array([7], d); return np.{name}(x, np.array([2], e), out=x)\nfor d in W:\n    for e in ALL: run(lambda: into(d, e))'
    yield "for d in ALL:\n    print([np.promote_types(d, e).name for e in ALL])"
    for casting in ('safe', 'same_kind'):
        yield f"for d in ALL:\n    print([int(np.can_cast(d, e, '{casting}')) for e in ALL])"
    yield "for d in W:\n    for e in ALL: run(lambda: edges(d).astype(e))"
    yield "print([np.result_type(d, 1).name for d in ALL], [np.result_type(d, 1.5).name for d in ALL])"
    for text in ('np.array([2**63])', 'np.array([2**63, -1])', 'np.array([2**63, 1])', 'np.array(2**64 - 1)', 'np.asarray(2**63)', 'np.full(2, 2**63)', 'np.add(2**63, 1)',
                 'np.multiply(2**63, 2.0)', 'np.array([1]) + 2**63', 'np.array([1.0]) + 2**63', 'np.array([1.0]) + 10**400', 'np.sqrt(2**63)', 'np.abs(2**63)',
                 'np.array([2**64], float)', 'np.array([np.uint64(1), 2])', 'np.array([np.int8(1), 300])', 'np.array([np.uint8(1), np.int8(1)])', 'np.array([True, False]) // True',
                 'np.array([True]) ** np.array([False])', 'np.array([True]) ** 2', 'np.square(np.array([True]))', 'np.array([True, False]) % np.array([True, True])',
                 "np.array([1, 2], '<u8')", "np.array([1, 2], '=i2')", "np.array([1, 2], 'H')", "np.dtype('uint'), np.dtype('ushort'), np.dtype('byte'), np.dtype('Q')",
                 'np.uint is np.uint64, np.byte is np.int8, np.short is np.int16, np.uintc is np.uint32', 'np.issubdtype(np.uint16, np.unsignedinteger), np.issubdtype(np.int8, np.signedinteger)',
                 'np.iinfo(np.uint64).max, np.iinfo(np.int8).min', "np.array(memoryview(b'ab').cast('b'))", 'np.random.seed(0), np.random.randint(0, 200, 5).astype(np.uint16)'):  # fmt: skip
        yield f'run(lambda: {text})'


if __name__ == '__main__':
    main('integers', list(cases()), SETUP)
