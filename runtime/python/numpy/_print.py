"""Arrays as text, byte for byte as NumPy 2.4: array2string, array_repr, array_str and the print options.

Of an array only `shape`, `size`, `dtype.name`, `tolist()` and basic subscripts are used, so that TensorFlow's tensors print here too.
"""

import contextlib
import numbers
import operator

from . import _digits

_options = {
    'edgeitems': 3,
    'threshold': 1000,
    'floatmode': 'maxprec',
    'precision': 8,
    'suppress': False,
    'linewidth': 75,
    'nanstr': 'nan',
    'infstr': 'inf',
    'sign': '-',
    'formatter': None,
    'legacy': False,
    'override_repr': None,
}
_FLOATMODES = ('fixed', 'unique', 'maxprec', 'maxprec_equal')
_IMPLIED = frozenset(('bool', 'int64', 'float64'))


def _changes(
    precision=None,
    threshold=None,
    edgeitems=None,
    linewidth=None,
    suppress=None,
    nanstr=None,
    infstr=None,
    formatter=None,
    sign=None,
    floatmode=None,
    legacy=None,
    override_repr=None,
):
    """The options given, checked with NumPy's words."""
    given = {key: value for key, value in locals().items() if value is not None}
    if floatmode is not None and floatmode not in _FLOATMODES:
        raise ValueError('floatmode option must be one of ' + ', '.join(f'"{mode}"' for mode in _FLOATMODES))
    if sign not in (None, '-', '+', ' '):
        raise ValueError("sign option must be one of ' ', '+', or '-'")
    if threshold is not None:
        if not isinstance(threshold, numbers.Number):
            raise TypeError('threshold must be numeric')
        if threshold != threshold:
            raise ValueError('threshold must be non-NAN, try sys.maxsize for untruncated representation')
    if precision is not None:
        try:
            given['precision'] = operator.index(precision)
        except TypeError as error:
            raise TypeError('precision must be an integer') from error
    if legacy:
        raise NotImplementedError('printing in the style of older versions (legacy=) is not supported here')
    return given


def set_printoptions(
    precision=None,
    threshold=None,
    edgeitems=None,
    linewidth=None,
    suppress=None,
    nanstr=None,
    infstr=None,
    formatter=None,
    sign=None,
    floatmode=None,
    *,
    legacy=None,
    override_repr=None,
):
    """Sets how arrays are printed from now on."""
    given = _changes(**locals())
    # These two are set each time, to None when they are not given.
    given |= {'formatter': formatter, 'override_repr': override_repr}
    _options.update(given)


def get_printoptions():
    """The current print options, as a dict of its own."""
    return dict(_options)


@contextlib.contextmanager
def printoptions(*args, **kwargs):
    """Print options for the length of a with statement."""
    before = dict(_options)
    try:
        set_printoptions(*args, **kwargs)
        yield dict(_options)
    finally:
        _options.update(before)


def _precision(options):
    value = options['precision']
    if options['floatmode'] == 'unique' or value is None:
        return None
    if value < 0:
        raise ValueError('precision must be >= 0')
    return value


class _FloatFormat:
    """One width for all floats of an array; scientific when the range asks for it."""

    def __init__(self, values, single, options):
        self.single, self.mode, self.sign = single, options['floatmode'], options['sign']
        self.nan, self.inf = options['nanstr'], options['infstr']
        self.left = self.right = 0
        self.scientific, self.exp_digits = False, -1
        self.trim, self.unique, self.min_digits = '.', True, 0
        self.precision = _precision(options)
        finite = [x for x in values if x - x == 0]
        sizes = [abs(x) for x in finite if x != 0]
        if sizes:
            largest, smallest = max(sizes), min(sizes)
            # A float32 array is compared in float32.
            limit, tiny = (1e6, _digits.to_single(0.0001)) if single else (1e8, 0.0001)
            ratio = _digits.to_single(largest / smallest) if single else largest / smallest
            self.scientific = largest >= limit or (not options['suppress'] and (smallest < tiny or ratio > 1000.0))
        if finite:
            self._measure(finite)
        else:
            self.precision = 0
        if self.sign == ' ' and not any(_digits.negative(x) for x in finite):
            self.left += 1
        if len(finite) != len(values):
            signed = self.sign != '-' or any(x == -float('inf') for x in values)
            after = self.right + 1
            self.left = max(self.left, len(self.nan) - after, len(self.inf) + signed - after)

    def _measure(self, finite):
        """Prints every value once to find the widths before and after the point."""
        fixed = self.mode == 'fixed'
        trim, self.unique = ('k', False) if fixed else ('.', True)
        layout = _digits.scientific if self.scientific else _digits.positional
        texts = [
            layout(x, self.single, self.precision, self.unique, trim=trim, sign=self.sign == '+') for x in finite
        ]
        if self.scientific:
            numbers_, _, exponents = zip(*(text.partition('e') for text in texts), strict=True)
            whole, _, fraction = zip(*(text.partition('.') for text in numbers_), strict=True)
            self.exp_digits = max(map(len, exponents)) - 1
            self.left, self.precision = max(map(len, whole)), max(map(len, fraction))
            self.trim, self.min_digits = 'k', self.precision
            self.right = self.exp_digits + 2 + self.precision
            return
        whole, _, fraction = zip(*(text.partition('.') for text in texts), strict=True)
        self.left, self.right = max(map(len, whole)), max(map(len, fraction))
        if self.mode in ('fixed', 'maxprec_equal'):
            self.precision = self.min_digits = self.right
            self.trim = 'k'

    def __call__(self, x):
        if x - x != 0:
            plus = '+' if self.sign == '+' else ''
            text = plus + self.nan if x != x else ('-' if x < 0 else plus) + self.inf
            return ' ' * (self.left + self.right + 1 - len(text)) + text
        if self.scientific:
            return _digits.scientific(
                x, self.single, self.precision, self.unique, self.trim, self.sign == '+', self.left,
                self.exp_digits, self.min_digits,
            )  # fmt: skip
        return _digits.positional(
            x, self.single, self.precision, self.unique, True, self.trim, self.sign == '+', self.left, self.right,
            self.min_digits,
        )  # fmt: skip


def _integer_format(values, sign):
    low, high = (min(values), max(values)) if values else (0, -1)
    if sign == ' ' and low < 0:
        sign = '-'
    width = max(len(str(high)) + (high >= 0 and sign != '-'), len(str(low))) if values else 0
    return lambda x: f'{x:{sign}{width}d}'


# Keys of `formatter=` that speak for a kind of dtype, the later ones first.
_FORMATTER_KEYS = {'b': ('all', 'bool'), 'i': ('all', 'int_kind', 'int'), 'f': ('all', 'float_kind', 'float')}


def _formatter(values, name, shape, options):
    """A function from a Python number to its text. `values` are all that will be printed."""
    kind = 'b' if name == 'bool' else 'f' if name.startswith('float') else 'i'
    custom = {key: value for key, value in (options['formatter'] or {}).items() if value is not None}
    for key in reversed(_FORMATTER_KEYS[kind]):
        if key in custom:
            return _wrapped(custom[key], name)
    if kind == 'f':
        return _FloatFormat(values, name == 'float32', options)
    if kind == 'i':
        return _integer_format(values, options['sign'])
    return (lambda x: ' True' if x else 'False') if shape else (lambda x: 'True' if x else 'False')


def _wrapped(function, name):
    """A user's formatter gets NumPy scalars."""
    from ._scalars import MAKE

    make = MAKE[name]
    return lambda x: function(make(x))


def _extend(text, line, word, width, prefix):
    """Appends a word to the line; a line that would grow too long goes to the text first."""
    if len(line) + len(word) > width and len(line) > len(prefix):
        text += line.rstrip() + '\n'
        line = prefix
    return text, line + word


def _extend_lines(text, line, word, width, prefix):
    """The same for the words of a user's formatter, which may have several lines."""
    words = word.splitlines()
    if len(words) == 1:
        return _extend(text, line, word, width, prefix)
    longest = max(map(len, words))
    if len(line) + longest > width and len(line) > len(prefix):
        text += line.rstrip() + '\n'
        line = prefix + words[0]
        indent = prefix
    else:
        indent = len(line) * ' '
        line += words[0]
    for word in words[1:]:
        text += line.rstrip() + '\n'
        line = indent + word
    return text, line + (longest - len(words[-1])) * ' '


def _corners(array, shape, edge, index=()):
    """Nested lists of what will be printed: of a long axis only both ends."""
    axis = len(index)
    length = shape[axis]
    cut = 2 * edge < length
    if axis == len(shape) - 1:
        if not cut:
            return array[index].tolist() if index else array.tolist()
        return array[(*index, slice(0, edge))].tolist() + array[(*index, slice(length - (edge or 1), length))].tolist()
    rows = range(length) if not cut else (*range(edge), *range(length - (edge or 1), length))
    return [_corners(array, shape, edge, (*index, row)) for row in rows]


def _flat(nested, depth):
    for _ in range(depth - 1):
        nested = [x for row in nested for x in row]
    return nested


def _layout(nested, shape, form, options, separator, prefix, summary):
    """The brackets, line breaks and `...` around the formatted values."""
    edge = options['edgeitems']
    extend = _extend_lines if options['formatter'] else _extend

    def walk(values, axis, indent, width):
        left = len(shape) - axis
        if left == 0:
            return form(values)
        cut = summary and 2 * edge < shape[axis]
        # Position of the `...` among the values.
        gap = edge if cut else -1
        inner, narrower, text = indent + ' ', width - 1, ''
        last = len(values) - 1
        if left == 1:
            room = width - max(len(separator.rstrip()), 1)
            line = indent
            for at, value in enumerate(values):
                if at == gap:
                    text, line = _extend(text, line, '...', room, indent)
                    line += separator
                text, line = extend(text, line, form(value), room, indent)
                if at < last:
                    line += separator
            text += line
        else:
            between = separator.rstrip() + '\n' * (left - 1)
            for at, value in enumerate(values):
                if at == gap:
                    text += indent + '...' + between
                text += indent + walk(value, axis + 1, inner, narrower)
                if at < last:
                    text += between
        return '[' + text[len(indent) :] + ']'

    return walk(nested, 0, prefix, options['linewidth'])


def _text(array, options, separator, prefix):
    shape = tuple(array.shape)
    if array.size == 0:
        return '[]'
    summary = array.size > options['threshold']
    if summary and shape:
        nested = _corners(array, shape, options['edgeitems'])
    else:
        nested = array.tolist()
    values = _flat(nested, len(shape)) if shape else [nested]
    form = _formatter(values, array.dtype.name, shape, options)
    return _layout(nested, shape, form, options, separator, ' ' + ' ' * len(prefix), summary)


def array2string(
    a,
    max_line_width=None,
    precision=None,
    suppress_small=None,
    separator=' ',
    prefix='',
    *,
    formatter=None,
    threshold=None,
    edgeitems=None,
    sign=None,
    floatmode=None,
    suffix='',
    legacy=None,
):
    """The array as text, with options that hold for this call only."""
    given = _changes(
        precision, threshold, edgeitems, max_line_width, suppress_small, None, None, formatter, sign, floatmode, legacy
    )
    options = _options | given
    options['linewidth'] -= len(suffix)
    return _text(a, options, separator, prefix)


def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    """`array([1., 2.])`, with the dtype and the shape where the values do not say them."""
    override = _options['override_repr']
    if override is not None:
        return override(arr)
    width = _options['linewidth'] if max_line_width is None else max_line_width
    shape, name = tuple(arr.shape), arr.dtype.name
    implied = name in _IMPLIED and arr.size > 0
    extras = []
    if (arr.size == 0 and shape != (0,)) or arr.size > _options['threshold']:
        extras.append(f'shape={shape}')
    if not implied:
        extras.append(f'dtype={name}')
    prefix = 'array('
    inner = array2string(arr, width, precision, suppress_small, ', ', prefix, suffix=',' if extras else ')')
    text = prefix + inner
    if not extras:
        return text + ')'
    text, extra = text + ',', ', '.join(extras) + ')'
    last = len(text) - (text.rfind('\n') + 1)
    return text + ('\n' + ' ' * len(prefix) if last + len(extra) + 1 > width else ' ') + extra


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    """The values alone; an array without axes as its scalar."""
    if tuple(a.shape) == ():
        return str(a[()])
    return array2string(a, max_line_width, precision, suppress_small, ' ', '')


def _float_argument(x):
    """(value, is it a float32)"""
    return float(x), getattr(getattr(x, 'dtype', None), 'name', '') == 'float32'


def format_float_positional(
    x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None
):
    """A float without exponent."""
    _check_digits(precision, unique, fractional, min_digits)
    return _digits.positional(
        *_float_argument(x), precision, unique, fractional, trim, sign, pad_left or 0, pad_right or 0, min_digits
    )


def format_float_scientific(x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None):
    """A float with exponent."""
    _check_digits(precision, unique, True, min_digits)
    return _digits.scientific(
        *_float_argument(x), precision, unique, trim, sign, pad_left or 0, exp_digits or 2, min_digits
    )


def _check_digits(precision, unique, fractional, min_digits):
    if precision is None and not unique:
        raise TypeError('in non-unique mode `precision` must be supplied')
    if precision is not None and precision < 0:
        raise ValueError('precision must be >= 0')
    if not fractional and precision == 0:
        raise ValueError('precision must be greater than 0 if fractional=False')
    if min_digits is not None and precision is not None and min_digits > precision:
        raise ValueError('min_digits must be less than or equal to precision')
