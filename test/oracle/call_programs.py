"""Random calls of NumPy's functions, methods and operators with all their arguments: axes, keepdims, dtype, out, where, initial, …, on
0-d, empty, strided, reversed and broadcast arrays of every dtype. One seed is one call; the same text runs on the real NumPy
and in the kernel, and the digest of what it gave (values, dtype, shape, aliasing, warnings, exception) says whether they agree."""

import random
import warnings
import zlib

import numpy as np

INTEGERS = ('int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64')
DTYPES = ('bool', *INTEGERS, 'float32', 'float64')
SHAPES = ((), (0,), (1,), (3,), (5,), (2, 3), (3, 1), (1, 4), (0, 3), (2, 0), (2, 2, 3), (3, 2, 1), (4, 4), (9,), (130,))
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.25, 1e10, float('nan'), float('inf'), -float('inf'), 2.0, 7.0, 0.1)
NUMBERS = ('2', '-1', '0', '3', '1.5', '-0.5', 'True', '300', '2**40', 'np.float32(1.5)', 'np.int8(3)', 'np.uint64(2)', 'np.int64(-2)', 'np.float64(0.1)', '[1, 2, 3]', 'np.bool(True)')
AXES = ('None', '0', '-1', '1', '(0, 1)', '(0,)', '()', '2', '5', 'np.int64(0)')
ONE_AXIS = ('None', '0', '-1', '1', '3')
BOOLS = ('True', 'False')
# Functions that round as C does in every step, so that all digits count.
UNARY = 'sqrt abs negative positive square sign floor ceil trunc rint isnan isinf isfinite invert logical_not'.split()
BINARY = """add subtract multiply divide floor_divide remainder maximum minimum bitwise_and bitwise_or bitwise_xor equal not_equal less
less_equal greater greater_equal logical_and logical_or logical_xor left_shift right_shift""".split()
OPERATORS = '+ - * / // % == != < <= > >= & | ^ << >>'.split()
REDUCTIONS = {
    'sum': ('axis', 'dtype', 'keepdims', 'initial', 'where'), 'max': ('axis', 'keepdims', 'initial', 'where'), 'min': ('axis', 'keepdims', 'initial', 'where'),
    'any': ('axis', 'keepdims', 'where'), 'all': ('axis', 'keepdims', 'where'), 'mean': ('axis', 'keepdims', 'where'), 'argmax': ('one_axis', 'keepdims'),
    'argmin': ('one_axis', 'keepdims'), 'cumsum': ('one_axis', 'dtype'), 'ptp': ('axis', 'keepdims'), 'count_nonzero': ('axis', 'keepdims'),
    'median': ('one_axis', 'keepdims'), 'sort': ('one_axis',),
}  # fmt: skip
METHODS = frozenset(('sum', 'max', 'min', 'any', 'all', 'mean', 'argmax', 'argmin', 'cumsum'))
SHAPING = """transpose(a)|transpose(a, (1, 0))|transpose(a, (0, 2, 1))|moveaxis(a, 0, -1)|moveaxis(a, (0, 1), (1, 0))|swapaxes(a, 0, 1)|squeeze(a)
squeeze(a, 0)|squeeze(a, axis=-1)|expand_dims(a, 0)|expand_dims(a, (0, 2))|ravel(a)|ravel(a, order='F')|flip(a)|flip(a, 0)|flip(a, (0, 1))|atleast_1d(a)
atleast_2d(a)|atleast_3d(a)|broadcast_to(a, (2, 2, 3))|broadcast_to(a, (3,))|roll(a, 1)|roll(a, -2, axis=0)|roll(a, (1, 2), axis=(0, 1))|roll(a, 2, axis=-1)
tile(a, 2)|tile(a, (2, 1))|repeat(a, 2)|repeat(a, 3, axis=0)|append(a, [1, 2])|append(a, a, axis=0)|diff(a)|diff(a, n=2)|diff(a, axis=0)|diff(a, prepend=0)
nonzero(a)|flatnonzero(a)|argwhere(a)|trace(a)|diag(a)|diag(a, 1)|diag(a, -1)|argsort(a, kind='stable')|argsort(a, axis=0, kind='stable')
reshape(a, -1)|reshape(a, (2, -1))|reshape(a, (3, 2))|reshape(a, (-1, 1))|reshape(a, (2, 3), order='F')|reshape(a, (-1, -1))|reshape(a, ())
array_split(a, 3)|split(a, 2, axis=-1)|searchsorted([0, 1, 2], a)|digitize(a, [0, 2, 4])|take(a, [0])|take(a, [0, -1], axis=0)|take(a, 7)|add.reduce(a)
add.reduce(a, axis=-1)|maximum.reduce(a, axis=0)|maximum.accumulate(a)|subtract.outer(a, [1, 2])|stack((a, a), axis=1)|hstack((a, a))|vstack((a, a))
dstack((a, a))|column_stack((a, a))|concatenate((a, a[::-1]), axis=1)|meshgrid(a, [1, 2])|isclose(a, 1)|array_equal(a, a)|result_type(a, 1.5)""".replace('\n', '|').split('|')
MEMBERS = """a.tolist()|a.T|a.flatten()|a.ravel()|a.copy()|a.nbytes|a.tobytes()|a.flags.c_contiguous|a.flags.writeable|len(a)|bool(a)|int(a)|float(a)|list(a)
a.nonzero()|a.repeat(2)|a.take([0])|a.sum() / 3|abs(a)|-a|~a|a.real|a.base is None|str(a)|repr(a)|a.ndim|a.size|a.clip(0, 3)|a.squeeze()|a.swapaxes(0, 1)
a.dtype|a.item(0)|divmod(a, 3)|a.any()|a.dot(2)|a.astype(int)|a.max(), a.min()""".replace('\n', '|').split('|')
INDICES = """[0]|[0, -1]|0|-1|[1, 0, 1]|[[0, 1], [1, 0]]|np.array([0, 1], np.uint8)|[True, False, True]|7|[0, 9]|slice(None, None, -1)|...|None|(0, 1)
(slice(None), 0)|([0, 1], [1, 0])|(..., [0])|([0], None)|a > 0|True|np.array(0)|(slice(1, None), [0, 1])|1.5|[]""".replace('\n', '|').split('|')


def A(seed, dtype, shape, view=''):
    """An array with values that the seed decides; one in seven is an extreme of its dtype or special."""
    size = 1
    for n in shape:
        size *= n
    state, values = seed * 7919 + 13, []
    for _ in range(size):
        state = (state * 1103515245 + 12345) % (1 << 31)
        r = state >> 8
        if dtype == 'bool':
            values.append(r % 2 == 0)
        elif dtype.startswith('float'):
            # NaN and infinities do not meet: what warns then is a matter of the order of a sum.
            special = SPECIAL[r % len(SPECIAL)]
            special = 1.5 if (special != special if seed % 2 else special in SPECIAL[9:11]) else special
            values.append(special if r % 3 == 0 else ((r % 2001) - 1000) / 8)
        elif r % 7 == 0:
            values.append(int(np.iinfo(dtype).max if r % 2 else np.iinfo(dtype).min))
        else:
            values.append(r % 12 if dtype.startswith('u') else r % 21 - 10)
    a = np.array(values, dtype=dtype).reshape(shape)
    if view == 'T':
        return a.T
    if view == 'new':
        return a[None, ...]
    if view == 'bc':
        return np.broadcast_to(a, (2,) + a.shape)
    if not a.ndim:
        return a
    return {'rev': a[::-1], 'step': a[..., ::2], 'off': a[1:] if len(a) > 1 else a}.get(view, a)


#: Kinds of arguments that are not called like their keyword.
KEYWORDS = {'one_axis': 'axis', 'number': 'dtype'}


class Call:
    """The text of the call of one seed."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def pick(self, options):
        return options[int(self.r.random() * len(options))]

    def array(self, dtypes=DTYPES, shapes=SHAPES):
        view = self.pick(('', '', '', 'rev', 'step', 'T', 'new', 'bc', 'off'))
        return f'A({int(self.r.random() * 1000)}, {self.pick(dtypes)!r}, {self.pick(shapes)!r}, {view!r})'

    def mask(self):
        return f"A({int(self.r.random() * 99)}, 'bool', {self.pick(((), (3,), (2, 3), (1,), (5,)))!r})"

    def out(self):
        return f'np.full({self.pick(((), (3,), (2, 3), (2,), (1,), (5,)))}, 7, {self.dtype()})'

    def dtype(self):
        return self.pick([repr(name) for name in DTYPES] + ['float', 'int', 'np.float32'])

    def value(self, name):
        if name == 'where':
            return self.mask()
        if name == 'initial':
            return self.pick(NUMBERS[:14])
        if name == 'dtype':
            return self.dtype()
        if name == 'number':
            return self.pick([repr(name) for name in DTYPES[1:]])
        return self.pick({'axis': AXES, 'one_axis': ONE_AXIS, 'keepdims': BOOLS}[name])

    def arguments(self, names):
        return ''.join(f', {KEYWORDS.get(name, name)}={self.value(name)}' for name in names if self.r.random() < 0.4)

    def source(self):
        a = f'a = {self.array()}\n'
        kind = self.pick(('unary', 'binary', 'binary', 'binary', 'reduction', 'reduction', 'reduction', 'shaping', 'shaping', 'index', 'index', 'member', 'where', 'cast', 'join', 'range'))
        return getattr(self, kind)(a)

    def unary(self, a):
        name = self.pick(UNARY)
        if name in ('sqrt', 'rint'):
            # One byte gives float16, which the bundled NumPy does not have.
            a = f'a = {self.array(DTYPES[3:])}\n'
        if self.r.random() < 0.3:
            return f'{a}o = {self.out()}\nr = np.{name}(a, out=o{self.arguments(("where",))})'
        return f'{a}r = np.{name}(a{self.arguments(("number",))})'

    def binary(self, a):
        b = f'b = {self.array() if self.r.random() < 0.6 else self.pick(NUMBERS)}\n'
        way = self.r.random()
        if way < 0.4:
            return f'{a}{b}r = a {self.pick(OPERATORS)} b'
        if way < 0.5:
            return f'{a}{b}r = b {self.pick(OPERATORS)} a'
        if way < 0.65:
            return f'{a}{b}a = a.copy()\na {self.pick(OPERATORS[:6] + OPERATORS[12:])}= b\nr = a'
        if way < 0.8:
            return f'{a}{b}o = {self.out()}\nr = np.{self.pick(BINARY)}(a, b, out=o{self.arguments(("where",))})'
        return f'{a}{b}r = np.{self.pick(BINARY)}(a, b{self.arguments(("number",))})'

    def reduction(self, a):
        name = self.pick(list(REDUCTIONS))
        if name == 'sort':
            # The order of 0 and -0 is left open.
            a = f'a = {self.array(INTEGERS)}\n'
        given = self.arguments(REDUCTIONS[name])
        if name in METHODS and self.r.random() < 0.4:
            return f'{a}r = a.{name}({given[2:]})'
        return f'{a}r = np.{name}(a{given})'

    def shaping(self, a):
        return f'{a}r = np.{self.pick(SHAPING)}'

    def member(self, a):
        return f'{a}r = {self.pick(MEMBERS)}'

    def index(self, a):
        ways = ('r = a[i]', 'a = a.copy(); a[i] = 5; r = a', 'a = a.copy(); a[i] = [1, 2]; r = a', 'a = a.copy(); a[i] = 2.7; r = a', 'a = a.copy(); a[i] += 1; r = a')
        return f'{a}i = {self.pick(INDICES)}\n{self.pick(ways)}'

    def where(self, a):
        b = f'b = {self.array() if self.r.random() < 0.5 else self.pick(NUMBERS)}\n'
        if self.r.random() < 0.5:
            return f'{a}{b}r = np.clip(a, {self.pick(("b", "None", "0"))}, {self.pick(("b", "None", "3"))})'
        return f'{a}{b}r = np.where({self.pick(("a", "a > 0", self.mask()))}, {self.pick(("a", "b"))}, {self.pick(("b", "1", "0.5", "a"))})'

    def cast(self, a):
        # Floats that no integer holds depend on the vector unit.
        a = f'a = {self.array(("bool", *INTEGERS))}\n'
        if self.r.random() < 0.5:
            casting = self.pick(("'safe'", "'same_kind'", "'unsafe'"))
            return f'{a}r = a.astype({self.dtype()}, casting={casting}, copy={self.pick(BOOLS)})'
        return f'{a}r = np.array(a, dtype={self.dtype()}, ndmin={self.pick(("0", "2", "4"))})'

    def join(self, a):
        b = self.array(shapes=((3,), (2, 3), (3, 1), (1, 4), (5,), ()))
        return f'{a}b = {b}\nr = np.{self.pick(("concatenate", "stack", "hstack", "vstack", "dstack"))}((a, b))'

    def range(self, a):
        numbers = ('1', '5', '-3', '7.5', '2.5', 'np.int64(3)', '3', '10', '0')
        start, stop, step = self.pick(numbers), self.pick(numbers), self.pick(numbers[:8])
        return f'r = np.arange({start}, {stop}, {step}{self.arguments(("dtype",)) if "." not in start + stop + step else ""})'


def described(r):
    """A value as text: every digit, dtype, shape."""
    if isinstance(r, (np.ndarray, np.generic)):
        values = np.asarray(r)
        kind = 'array' if isinstance(r, np.ndarray) else 'scalar'
        return f'{kind} {values.dtype} {values.shape} {values.reshape(-1).tolist()!r}'
    if isinstance(r, np.dtype):
        return str(r)
    if isinstance(r, (tuple, list)):
        return f'{type(r).__name__}[{", ".join(map(described, r))}]'
    return f'{type(r).__name__} {r!r}'


def outcome(seed):
    """The text of a call, and of what came of it."""
    source = Call(seed).source()
    names = {'np': np, 'A': A}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            exec(source, names)
            result = names['r']
            text = described(result)
            if isinstance(result, np.ndarray) and result.size and isinstance(names.get('a'), np.ndarray):
                text += f' shared {np.shares_memory(result, names["a"])}'
            if 'o' in names:
                text += f' out {described(names["o"])}'
        except Exception as error:
            text = f'{type(error).__name__}: {(str(error).splitlines() or [""])[0]}'
    return source, '\n'.join([text, *sorted({str(w.message) for w in caught})])


def digests(first, count):
    """The digests of the outcomes of `count` seeds, joined."""
    return ''.join(f'{zlib.crc32(outcome(seed)[1].encode()):08x}' for seed in range(first, first + count))
