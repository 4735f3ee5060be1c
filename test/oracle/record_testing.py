"""The messages of numpy.testing, and the limits of finfo and iinfo."""

from snippets import main

SETUP = """T = np.testing
def call(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except AssertionError as error:
        print(error)
"""
CASES = (
    'T.assert_almost_equal, 1.0, 1.001, decimal=7',
    "T.assert_almost_equal, 1.0, 1.001, 3, err_msg='hello', verbose=False",
    "T.assert_almost_equal, 1.0, 1.001, 3, 'hello'",
    'T.assert_almost_equal, np.array([1.0, 2.33333]), [1.0, 2.3334], decimal=5',
    'T.assert_almost_equal, [1, 2], [1, 3]',
    'T.assert_almost_equal, np.zeros((2, 2)), np.zeros(3)',
    'T.assert_almost_equal, np.nan, 1.0',
    'T.assert_almost_equal, np.nan, np.nan',
    'T.assert_almost_equal, np.array([np.nan, 1]), np.array([1, 1.0])',
    'T.assert_almost_equal, np.inf, 1.0',
    'T.assert_almost_equal, np.array([np.inf, 1]), np.array([1, 1.0])',
    'T.assert_almost_equal, np.zeros(3), 1',
    'T.assert_almost_equal, np.float32(1.5), 1.25',
    "T.assert_almost_equal, 1, 2, err_msg='a message that is too long to stand on the line of the header, which ends at 79'",
    'T.assert_equal, [1, 2], [1, 3]',
    'T.assert_equal, np.array([1, 2]), [1, 3]',
    "T.assert_equal, {'a': 1}, {'a': 2}",
    "T.assert_equal, 'a', 'b'",
    'T.assert_equal, (1, 2), (1, 2, 3)',
    'T.assert_equal, np.float64(1), np.nan',
    'T.assert_equal, -0.0, 0.0',
    'T.assert_equal, np.nan, np.nan',
    'T.assert_allclose, [1, 2.0], [1, 2.1]',
    "T.assert_allclose, 1.0, 1.1, rtol=1e-3, err_msg='m'",
    'T.assert_allclose, np.float32([1, np.nan]), [1, np.nan]',
    'T.assert_allclose, [0.0, 0], [0.0, 1e-3]',
    'T.assert_allclose, [np.nan, 1.0], [np.nan, 2.0]',
    'T.assert_allclose, np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(2, 3) * [[1], [1.1]]',
    'T.assert_allclose, np.int64([1, 2, 300]), [1, 2, 301]',
    'T.assert_array_equal, [1, 2, 3], [1, 2, 4]',
    'T.assert_array_equal, [1, 2, 3], [1, 2]',
    'T.assert_array_equal, np.array([True, False]), np.array([True, True])',
    'T.assert_array_equal, np.arange(1500), np.arange(1500) + 1',
    'T.assert_array_equal, [1.0, 0], [0, 0.0]',
    'T.assert_array_equal, np.array(3), 4',
    'T.assert_array_equal, np.arange(5, dtype=np.uint8), np.arange(5)[::-1]',
    'T.assert_array_equal, np.zeros((5, 5)), np.eye(5)',
    'T.assert_array_almost_equal, [1.0, 2.0], [1.0, 2.00001], 4',
    'T.assert_array_less, [1.0, 2], [1.0, 3]',
    "T.assert_, False, 'x'",
    "T.assert_raises, ValueError, int, 'a'",
    "T.assert_raises, ValueError, int, '1'",
)
FIELDS = 'bits dtype eps epsneg iexp machep max maxexp min minexp negep nexp nmant precision resolution tiny smallest_normal smallest_subnormal'


def cases():
    for case in CASES:
        yield f'call({case})'
    for dtype in ('np.float32', 'np.float64', 'float', "'float32'", 'np.zeros(1).dtype'):
        yield f"f = np.finfo({dtype})\nprint(repr(f), f, [repr(getattr(f, k)) for k in '{FIELDS}'.split()])"
    for dtype in ('np.uint8', 'np.int32', 'np.int64', 'int', '5', 'np.int32(3)', 'bool', '1.5'):
        yield f'i = np.iinfo({dtype})\nprint(repr(i), i, i.min, i.max, i.bits, i.kind, i.dtype)'
    yield 'np.finfo(int)'


if __name__ == '__main__':
    main('testing', list(cases()), SETUP)
