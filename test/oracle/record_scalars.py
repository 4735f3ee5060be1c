"""NumPy's scalar types: construction, operators between all kinds of operands, conversions; values, types, warnings, errors."""

from snippets import main

SETUP = """import math, operator as o, warnings
def run(f):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            r = f()
            text = repr(r) + ('' if repr(r).startswith(('np.', '(np.', 'dtype')) else ' ' + type(r).__name__)
        except Exception as error:
            text = type(error).__name__ + ': ' + str(error).replace('numpy.', '')[:60]
    print(text, *sorted('~' + str(w.message) for w in caught))
B = [False, True, 0, 3, -2, 300, 0.1, -1.5, 2.0**130, float('nan'), np.bool(0), np.bool(1), np.uint8(0), np.uint8(3), np.uint8(200), np.int32(-7),
     np.int32(2**31 - 1), np.int64(5), np.int64(-3), np.int64(2**62), np.float32(0.1), np.float32(3e38), np.float32(0), np.float64(0.1),
     np.float64(-0.0), np.float64(7.5), np.float64(1e308), np.float64('inf')]
C = [np.int8(-3), np.uint8(200), np.int16(-300), np.uint16(7), np.int32(-7), np.uint32(2**31), np.int64(-3), np.uint64(2), np.uint64(2**63), np.float32(1.5)]
"""
LEFT = ('np.bool(1)', 'np.uint8(3)', 'np.uint8(200)', 'np.int32(-7)', 'np.int32(2**31 - 1)', 'np.int64(5)', 'np.int64(2**62)', 'np.float32(0.1)',
        'np.float32(-2.5)', 'np.float32(0)', 'np.float64(0.1)', 'np.float64(7.5)', 'np.float64(-0.0)', 'np.float64(1e308)')  # fmt: skip
OPERATORS = 'add sub mul truediv floordiv mod pow lshift rshift and_ or_ xor eq ne lt le gt ge'.split()
# These give float16, which the bundled NumPy does not have.
UNSUPPORTED = {'np.bool': ('np.sqrt(x)',), 'np.uint8': ('np.sqrt(x)',), 'np.int8': ('np.sqrt(x)',)}
VALUES = ('0', '1', '-1', '255', '256', '300', '2**31', '2**32', '2**63', '2**64', '-2**63 - 1', '1.5', '-1.5', '300.7', "float('nan')", "float('inf')", "'12'", "'1.5'", "'a'",
          'None', 'True', '1e40', 'np.float64(2.9)', 'np.int64(300)', 'np.float32(0.1)', 'np.bool(1)', '[1, 2]', 'np.array(3.7)')  # fmt: skip
UNARY = ('-x', '+x', 'abs(x)', '~x', 'bool(x)', 'int(x)', 'float(x)', 'complex(x)', 'round(x)', 'round(x, 1)', 'hash(x) == hash(x.item())', 'x.item()',
         'x.tolist()', 'x.dtype', 'x.shape', 'x.ndim', 'x.size', 'x.itemsize', 'x.nbytes', 'x.astype(np.float32)', 'x.sum()', 'x.mean()', 'x.reshape(1)', 'x[()]', 'x[0]',
         'x[None]', 'x[...]', 'len(x)', 'list(x)', 'x + [1, 2]', 'np.arange(3) + x', 'x + np.arange(3)', 'x * np.float32([1, 2])', 'x == np.arange(3)',
         'isinstance(x, (int, float))', 'isinstance(x, np.floating)', 'isinstance(x, np.integer)', 'type(x).__mro__', 'math.floor(x)', 'x.T', 'x.real',
         '[10, 20, 30, 40, 50, 60][x]', 'range(x)', 'np.sqrt(x)', 'x == None', "x == 'a'", 'divmod(x, 2)', 'sum([x, x])', 'max(x, 0)', 'x.max()', 'x.copy()',
         "'ab' * x", "x * 'ab'", '[1, 2] * x', '(1,) * x', "b'ab' * x")  # fmt: skip


def cases():
    for left in LEFT:
        for name in OPERATORS:
            yield f'a = {left}\nfor b in B: run(lambda: o.{name}(a, b))'
            yield f'a = {left}\nfor b in B[:10]: run(lambda: o.{name}(b, a))'
        for text in UNARY:
            if text in UNSUPPORTED.get(left.partition('(')[0], ()) or '2**' in left and ('[x]' in text or ' * ' in text and 'np.' not in text):
                continue
            yield f'x = {left}\nrun(lambda: {text})'
    for left in ('np.int8(-100)', 'np.int16(300)', 'np.uint16(65535)', 'np.uint32(2**32 - 1)', 'np.uint64(5)', 'np.uint64(2**64 - 1)'):
        for name in OPERATORS:
            yield f'a = {left}\nfor b in B[:5] + B[6:8] + C: run(lambda: o.{name}(a, b)), run(lambda: o.{name}(b, a))'
        for text in UNARY:
            if text in UNSUPPORTED.get(left.partition('(')[0], ()) or left[3:] != 'uint64(5)' and ('[x]' in text or ' * ' in text and 'np.' not in text):
                continue
            yield f'x = {left}\nrun(lambda: {text})'
    for kind in ('bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'):
        for value in VALUES:
            yield f'run(lambda: np.{kind}({value}))'


if __name__ == '__main__':
    main('scalars', list(cases()), SETUP)
