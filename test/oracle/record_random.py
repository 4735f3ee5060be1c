"""The streams of numpy.random: values, and digests of long runs, for the legacy functions and for Generator."""

from snippets import main

SETUP = """import hashlib
def digest(x):
    x = np.asarray(x)
    print(x.dtype, x.shape, hashlib.sha256(repr(x.ravel().tolist()).encode()).hexdigest()[:24])
def show(x):
    print(repr(x), type(x).__name__)
"""
SEEDS = ('0', '1', '5', '42', '12345', '2**32 - 1', '[1, 2, 3]', '[7]', 'np.array([4, 5])', 'list(range(700))', 'True', 'np.int64(9)')
BAD_SEEDS = ('-1', '2**32', '1.5', "'a'", '[]', '[-1]', '[[1, 2]]', '[2**32]')
LEGACY = ('np.random.rand()', 'np.random.rand(3)', 'np.random.rand(2, 2)', 'np.random.randn()', 'np.random.randn(5)', 'np.random.randint(10)',
          'np.random.randint(0, 100, 7)', 'np.random.randint(-5, 5, (2, 3))', 'np.random.uniform(-1, 1, 3)', 'np.random.normal(5, 2, 3)',
          'np.random.random(2)', 'np.random.random_sample((1, 2))', 'np.random.standard_normal(2)', 'np.random.permutation(6)',
          "np.random.choice(5, 4)", "np.random.choice([1.5, 2.5, 3.5], 4)", 'np.random.choice(6, 3, replace=False)',
          'np.random.choice(3, 5, p=[0.2, 0.3, 0.5])', 'np.random.randint([1, 2], [5, 9])', 'np.random.normal([0, 10], 1)')  # fmt: skip
GENERATOR = ('choice(5)', 'choice(5, 4)', 'choice([1.5, 2.5, 3.5], 4)', 'choice(6, 3, replace=False)', 'choice(6, 6, replace=False)', 'choice(x, 2)', 'choice(x, 2, axis=1)',
             'choice(x, (2, 2), axis=1, replace=False)', 'choice(3, 5, p=[0.2, 0.3, 0.5])', 'choice([4, 5, 6], p=[0, 0, 1])', 'choice(5, 3, replace=False, p=[0.1, 0.2, 0.3, 0.2, 0.2])',
             'choice(4, (2, 2), replace=False, p=[0.25] * 4)', 'choice(5, ())', 'choice([1, 2], ())', 'choice(x)', 'choice(9, 4, replace=False, shuffle=False)', 'choice(0)', 'choice([])',
             'choice(3, 5, replace=False)', 'choice(3, p=[0.5, 0.5])', 'choice(3, p=[0.5, 0.5, 0.5])', 'choice(3, p=[1.5, -0.5, 0])', 'choice(3, 3, replace=False, p=[0.5, 0.5, 0])',
             "choice(2, p=[float('nan'), 1])", 'choice(2, p=[[1, 0]])', 'choice(2.5)', 'choice(0, 0)', 'choice([True, False], 3)', "choice(3, 2, p=np.float32([0.1, 0.2, 0.7]))", 'choice(range(5), 2)',
             'permutation(5)', 'permutation([1, 2, 3])', 'permutation(x)', 'permutation(x, axis=1)', 'permutation(np.int64(4))', 'permutation(x, axis=2)', 'permutation(1)', 'permutation(0)')  # fmt: skip
SHUFFLES = ('shuffle(x)', 'shuffle(x, axis=1)', 'shuffle(l)', 'shuffle(x[0])', 'shuffle(x[:, 1])', 'shuffle(x[::-1])', 'shuffle(l, axis=1)', 'shuffle(np.broadcast_to(1, 3))')
LEGACY_CHOICES = ('5, 3, replace=False, p=[0.1, 0.2, 0.3, 0.2, 0.2]', '4, (2, 2), False, [0.25] * 4', '3, 3, False, [0.5, 0.5, 0]', '3, 4, False, [0.5, 0.5, 0]', '3, p=[0.5, 0.5]',
                  '3, p=[0.5, 0.5, 0.5]', '3, p=[1.5, -0.5, 0]', "2, p=[float('nan'), 1]", '2, p=[[1, 0]]', '[7, 8, 9], 2, p=[0.1, 0.8, 0.1]', '5, ()', '[[1, 2]]', '[1, 2, 3]')  # fmt: skip
RANGES = ('1', '2', '3', '10', '100', '255', '256', '257', '1000', '2**31 - 1', '2**31', '2**32 - 1', '2**32', '2**32 + 1', '2**40', '2**62', '2**63 - 1')


def cases():
    for seed in SEEDS:
        yield f'np.random.seed({seed})\n' + '\n'.join(f'show({call})' for call in LEGACY)
        yield f'r = np.random.RandomState({seed})\nshow(r.rand(2))\nshow(r.randn(3))\nshow(r.randint(9, size=4))'
    for seed in BAD_SEEDS:
        yield f'np.random.seed({seed})'
        yield f'show(np.random.default_rng({seed}).random())'
    for seed in range(8):
        for call in ('np.random.rand(100000)', 'np.random.randn(200000)', 'np.random.randint(0, 1000, 50000)', 'np.random.normal(-3, 0.1, 10001)',
                     'np.random.permutation(1000)'):  # fmt: skip
            yield f'np.random.seed({seed})\ndigest({call})\nshow(np.random.randn())\nshow(np.random.rand())'
    yield 'r = np.random.default_rng(2026)\nfor _ in range(4):\n    digest(r.standard_normal(300000))'
    for top in RANGES:
        yield f'np.random.seed(3)\ndigest(np.random.randint({top}, size=500))\nshow(np.random.randint({top}))\nshow(np.random.rand())'
        yield f'r = np.random.default_rng(3)\ndigest(r.integers({top}, size=500))\nshow(r.integers({top}))\nshow(r.random())'
    yield 'np.random.seed(3)\nfor low, high in ((-2**63, 2**63 - 1), (-2**62, 2**62), (-10**12, 10**12)):\n    digest(np.random.randint(low, high, 300))'
    for dtype, high in (('bool', 2), ('uint8', 256), ('uint8', 7), ('uint8', 200), ('int32', 2**31), ('int32', 1000), ('int64', 9)):
        yield f"np.random.seed(8)\ndigest(np.random.randint(0, {high}, 1001, dtype='{dtype}'))\nshow(np.random.randint(0, {high}, dtype='{dtype}'))\nshow(np.random.rand())"
        yield f"r = np.random.default_rng(8)\ndigest(r.integers(0, {high}, 1001, dtype='{dtype}'))\nshow(r.integers(0, {high}, dtype='{dtype}'))\nshow(r.random())"
    for dtype, high in (('int8', 128), ('int8', 3), ('int16', 1000), ('uint16', 2**16), ('uint16', 7), ('uint32', 2**32), ('uint32', 10), ('uint64', 2**64), ('uint64', 2**40)):
        yield f"np.random.seed(8)\ndigest(np.random.randint(0, {high}, 1001, dtype='{dtype}'))\nshow(np.random.randint(0, {high}, dtype='{dtype}'))\nshow(np.random.rand())"
        yield f"r = np.random.default_rng(8)\ndigest(r.integers(0, {high}, 1001, dtype='{dtype}'))\nshow(r.integers(0, {high}, dtype='{dtype}'))\nshow(r.random())"
    for call in GENERATOR:
        yield f'r = np.random.default_rng(11)\nx = np.arange(12).reshape(3, 4)\nfor _ in range(3): show(r.{call})\nshow(r.random())'
    for call in SHUFFLES:
        yield f'r = np.random.default_rng(12)\nx = np.arange(12).reshape(3, 4)\nl = [1, "b", 3.5, None]\nfor _ in range(3):\n    show(r.{call})\n    show(x)\n    show(l)\nshow(r.random())'
    for call in LEGACY_CHOICES:
        yield f'np.random.seed(11)\nfor _ in range(3): show(np.random.choice({call}))\nshow(np.random.rand())'
    for n, k in ((20000, 15), (20000, 401), (20000, 20000), (10001, 200), (10001, 201), (300, 300), (10**6, 30000), (2**31, 5)):
        yield f'r = np.random.default_rng(5)\ndigest(r.choice({n}, {k}, replace=False))\nshow(r.random())\ndigest(r.choice({n}, {k}, replace=False, shuffle=False))\nshow(r.random())'
    yield 'r = np.random.default_rng(5)\ndigest(r.permutation(100000))\ndigest(r.permutation(257))\nshow(r.random())'
    for seed in ('0', '1', '42', '12345', '2**70', '[1, 2, 3]', '[]', '[2**40, 1]', 'True', 'np.int64(3)', '99999999999'):
        yield (f'r = np.random.default_rng({seed})\nshow(r.random())\nshow(r.random(3))\nshow(r.normal())\nshow(r.normal(1, 2, (2, 2)))\n'
               'show(r.standard_normal(3))\nshow(r.integers(0, 10, 5))\nshow(r.integers(5))\nshow(r.uniform(-1, 1, 2))\n'
               'show(r.random(2, dtype=np.float32))\nshow(r.integers(0, 3, 4, endpoint=True))')  # fmt: skip
    for call in ('np.random.rand(-1)', 'np.random.rand(2.5)', 'np.random.randn(2, -1)', 'np.random.randint(5, 5)', 'np.random.randint(5, 3)',
                 "np.random.randint(300, dtype='uint8')", "np.random.randint(-1, 3, dtype='uint8')", 'np.random.randint(3, dtype=float)',
                 'np.random.normal(0, -1)', 'np.random.uniform(0, float("inf"))', 'np.random.default_rng(0).normal(0, -1)',
                 'np.random.default_rng(0).integers(5, 5)', 'np.random.default_rng(0).random(3, dtype=int)', 'np.random.rand(0)',
                 'np.random.rand(2, 0)', 'np.random.randint(3, size=())', 'type(np.random.randint(3))', 'type(np.random.default_rng(0).integers(3))',
                 'np.random.default_rng(0)', 'np.random.RandomState(0)', 'np.random.choice(0)', 'np.random.choice(3, 5, replace=False)'):  # fmt: skip
        yield f'np.random.seed(0)\nshow({call})'
    yield 'np.random.seed(4)\nx = np.arange(10)\nnp.random.shuffle(x)\nshow(x)\ny = [1, 2, 3, 4]\nnp.random.shuffle(y)\nshow(y)'
    yield 'np.random.seed(4)\nx = np.arange(12).reshape(4, 3)\nnp.random.shuffle(x)\nshow(x)\nshow(np.random.permutation(x))'
    yield 'np.random.seed(6)\nnp.random.randn(3)\ns = np.random.get_state()\na = np.random.randn(4)\nnp.random.set_state(s)\nshow(np.array_equal(a, np.random.randn(4)))'
    yield 'np.random.seed()\na = np.random.rand()\nnp.random.seed()\nshow(a != np.random.rand())\nshow(0 <= a < 1)\nshow(np.random.default_rng().random() != a)'


if __name__ == '__main__':
    main('random', list(cases()), SETUP)
