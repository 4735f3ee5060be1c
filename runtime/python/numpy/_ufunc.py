"""Ufuncs as objects, and the operators of arrays, which call them."""

import inspect
import warnings
from os.path import dirname

import _tensorlift_bridge as _js


from ._bridge import ABSENT
from ._dtype import as_dtype
from ._memory import Memory, asarray, handle, operand, pinned, wrap
from ._scalars import generic

_call = _js.ufunc
_binary, _unary, _power = _js.binary, _js.unary, _js.power

#: name → (number, inputs, identity, reducing primitive, scanning primitive)
TABLE = {}
for _number, _line in enumerate(_js.ufuncs().splitlines()):
    _name, _nin, _identity, _reduce, _scan = _line.split(' ')
    TABLE[_name] = (_number, int(_nin), int(_identity) if _identity else None, _reduce, _scan)

_REDUCTIONS = {'sum': 'sum', 'prod': 'prod', 'reduceMax': 'max', 'reduceMin': 'min'}
_LOGICAL = {'logical_and': 'all', 'logical_or': 'any'}


class _NoValueType:
    """The default of arguments that were not given."""

    def __repr__(self):
        return '<no value>'

    def __bool__(self):
        return False


NoValue = _NoValueType()


def signature_of(text):
    """The inspect.Signature of a row of the function tables."""
    scope = {'_NoValue': NoValue}
    source = text.replace('<no value>', '_NoValue').replace("<class 'float'>", 'float').replace("<class 'int'>", 'int')
    exec(f'def f{source}: pass', scope)
    return inspect.signature(scope['f'])


def out_argument(out):
    """`out=` as an array or None."""
    if out is None or isinstance(out, Memory):
        _check_writeable(out)
        return out
    if isinstance(out, tuple) and len(out) == 1:
        return out_argument(out[0])
    raise TypeError('return arrays must be of ArrayType')


def _check_writeable(out):
    if out is not None and not out._writeable:
        raise ValueError('output array is read-only')


class ufunc:
    """A function that works element by element."""

    __slots__ = ('__dict__', '_index', '_signature', 'nin', 'identity', '_reduction', '_scan')
    nout = 1
    ntypes = 6
    signature = None

    def __init__(self, name, signature, doc, key=None):
        self.__name__ = self.__qualname__ = name
        self._signature, self.__doc__ = signature, doc
        self._index, self.nin, self.identity, reduce, self._scan = TABLE[key or name]
        self._reduction = _LOGICAL.get(name) or _REDUCTIONS.get(reduce)

    @property
    def nargs(self):
        return self.nin + 1

    @property
    def __signature__(self):
        return signature_of(self._signature)

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __reduce__(self):
        return f'numpy.{self.__name__}'

    def __call__(self, *args, out=None, where=True, dtype=None, **more):
        nin = self.nin
        if len(args) != nin:
            if len(args) == nin + 1 and out is None:
                args, out = args[:nin], args[nin]
            else:
                bounds = f'from {nin} to {nin + 1} positional arguments'
                were = 'was' if len(args) == 1 else 'were'
                raise TypeError(f'{self.__name__}() takes {bounds} but {len(args)} {were} given')
        if more:
            check_keywords(self.__name__, more)
        left = operand_of(self, args[0], 0)
        right = operand_of(self, args[1], 1) if nin == 2 else ABSENT
        if left is NotImplemented or right is NotImplemented:
            return _delegated(self, args)
        if out is None and where is True and dtype is None:
            return wrap(_binary(self._index, left, right) if nin == 2 else _unary(self._index, left))
        out = out_argument(out)
        code = -1 if dtype is None else as_dtype(dtype).code
        mask = ABSENT
        if where is not True:
            mask = asarray(where)
            if mask.dtype.code != 0:
                raise TypeError(f"Cannot cast array data from {mask.dtype!r} to dtype('bool') according to the rule 'safe'")
            if out is None:
                warn_of_garbage()
            _hold.append(mask)
            mask = handle(mask)
        result = wrap(_call(self._index, left, right, code, ABSENT if out is None else handle(out), mask))
        _hold.clear()
        return result if out is None else out

    def reduce(self, array, axis=0, dtype=None, out=None, keepdims=False, initial=NoValue, where=True):
        """Combines the elements along an axis."""
        from . import _wrappers as w

        if self._reduction:
            function = getattr(w, self._reduction)
            more = {} if initial is NoValue else {'initial': initial}
            if where is not True:
                more['where'] = where
            if dtype is not None:
                array = asarray(array).astype(dtype)
            return function(array, axis=axis, out=out, keepdims=keepdims, **more)
        array = asarray(array)
        if axis is None:
            array, axis = array.reshape(-1), 0
        rows = [array[(slice(None),) * (axis % array.ndim) + (i,)] for i in range(array.shape[axis])]
        if not rows:
            raise ValueError(f'zero-size array to reduction operation {self.__name__} which has no identity')
        total = rows[0]
        for row in rows[1:]:
            total = self(total, row)
        return total

    def accumulate(self, array, axis=0, dtype=None, out=None):
        """All the partial results of reduce."""
        array = asarray(array)
        if not array._shape:
            raise TypeError('cannot accumulate on a scalar')
        if self._scan:
            from . import _wrappers as w

            return getattr(w, self._scan)(array, axis, dtype, out)
        if dtype is not None:
            array = array.astype(dtype)
        made = array.copy()
        rows = made.swapaxes(0, axis)
        for i in range(1, len(rows)):
            rows[i] = self(rows[i - 1], rows[i])
        if out is not None:
            out[...] = made
            return out
        return made

    def outer(self, A, B, /, **kwargs):
        """The function of every pair."""
        a, b = asarray(A), asarray(B)
        return self(a.reshape(a.shape + (1,) * b.ndim), b, **kwargs)

    def at(self, a, indices, b=NoValue, /):
        """Applies in place, repeated indices one after the other."""
        from ._indexing import accumulate_at
        from ._creation import arange

        if self.__name__ == 'add' and asarray(b).dtype.kind <= a.dtype.kind:
            return accumulate_at(a, indices, b)
        places = arange(a.size).reshape(a.shape)[indices]
        values = [None] if b is NoValue else asarray(b)
        flat = a.flat
        if b is not NoValue:
            from ._functions import broadcast_to

            values = broadcast_to(values, places.shape).reshape(-1)
        for i, at in enumerate(asarray(places).reshape(-1).tolist()):
            flat[at] = self(flat[at]) if b is NoValue else self(flat[at], values[i])
        return None

    def reduceat(self, array, indices, axis=0, dtype=None, out=None):
        """Not here."""
        raise NotImplementedError(f'numpy.{self.__name__}.reduceat is not supported here')


_hold = []


def warn_of_garbage():
    """NumPy's warning for where= without out=."""
    words = "'where' used without 'out', expect unitialized memory in output. If this is intentional, use out=None."
    warnings.warn(words, UserWarning, stacklevel=2, skip_file_prefixes=(dirname(__file__),))


def check_keywords(name, given):
    """The keywords of ufuncs that do nothing here, and those that are not supported."""
    for key, value in given.items():
        if key == 'casting' and value == 'same_kind' or key == 'order' and value in ('K', 'C', 'A'):
            continue
        if key == 'subok' or key in ('signature', 'sig') and value is None:
            continue
        if key in ('casting', 'order', 'signature', 'sig', 'axes', 'axis', 'keepdims'):
            raise NotImplementedError(f'numpy.{name}: the argument {key}={value!r} is not supported here')
        raise TypeError(f"{name}() got an unexpected keyword argument '{key}'")


def operand_of(function, x, slot):
    """An operand of a ufunc, with NumPy's error for what is no number."""
    if isinstance(x, (Memory, generic, bool, int, float)):
        return operand(x, slot)
    if defers(x):
        return NotImplemented
    if isinstance(x, str) or x is None or isinstance(x, (bytes, complex, dict, set)):
        raise _unsupported_input(function.__name__)
    try:
        return pinned(x, slot)
    except NotImplementedError as error:
        if 'str' in str(error):
            raise _unsupported_input(function.__name__) from None
        raise


def _unsupported_input(name):
    return TypeError(
        f"ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported "
        "types according to the casting rule ''safe''"
    )


def defers(x):
    """Foreign array types that handle mixed operators themselves."""
    kind = type(x)
    if getattr(kind, '__array_ufunc__', True) is None:
        return True
    return False


def _delegated(function, args):
    raise TypeError("operand 'array' does not support ufuncs (__array_ufunc__=None)")


# ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────────

_SYMBOLS = {
    'add': '+', 'subtract': '-', 'multiply': '*', 'divide': '/', 'floor_divide': '//', 'remainder': '%', 'power': '**',
    'bitwise_and': '&', 'bitwise_or': '|', 'bitwise_xor': '^', 'left_shift': '<<', 'right_shift': '>>',
}  # fmt: skip
_OPERATORS = {
    'add': 'add', 'sub': 'subtract', 'mul': 'multiply', 'truediv': 'divide', 'floordiv': 'floor_divide', 'mod': 'remainder',
    'pow': 'power', 'and': 'bitwise_and', 'or': 'bitwise_or', 'xor': 'bitwise_xor', 'lshift': 'left_shift',
    'rshift': 'right_shift',
}  # fmt: skip
_COMPARISONS = {'eq': 'equal', 'ne': 'not_equal', 'lt': 'less', 'le': 'less_equal', 'gt': 'greater', 'ge': 'greater_equal'}
_REFLECTED = {'lt': 'gt', 'le': 'ge', 'gt': 'lt', 'ge': 'le', 'eq': 'eq', 'ne': 'ne'}
_PYTHON = {'b': 'bool', 'u': 'int', 'i': 'int', 'f': 'float'}


def _other(self, x, slot, name, reflected=False):
    """The other operand of an operator, or NotImplemented when the other type shall answer."""
    kind = type(x)
    if kind is type(self) or kind is float or kind is int or isinstance(x, (Memory, generic, bool, int, float)):
        return operand(x, slot)
    if defers(x) or getattr(kind, '__array_priority__', 0) > 0:
        return NotImplemented
    if isinstance(x, (list, tuple, range)) or hasattr(x, '__array__'):
        return pinned(x, slot)
    if isinstance(x, (str, bytes)):
        from ._exceptions import no_loop

        no_loop(name, *((x, self) if reflected else (self, x)))
    if x is None or isinstance(x, (dict, set)):
        types = (_PYTHON[self.dtype.kind], type(x).__name__)
        left, right = types[::-1] if reflected else types
        raise TypeError(f"unsupported operand type(s) for {_SYMBOLS[name]}: '{left}' and '{right}'")
    return NotImplemented


def _operator(name, index):
    call = _power if name == 'power' else _binary

    def forward(self, other):
        right = _other(self, other, 1, name)
        if right is NotImplemented:
            return right
        return wrap(call(index, self._h if self._h >= 0 else handle(self), right))

    def backward(self, other):
        left = _other(self, other, 0, name, True)
        if left is NotImplemented:
            return left
        return wrap(_binary(index, left, self._h if self._h >= 0 else handle(self)))

    def in_place(self, other):
        if not self._writeable:
            raise ValueError('output array is read-only')
        right = _other(self, other, 1, name)
        if right is NotImplemented:
            return right
        target = handle(self)
        wrap(_call(index, target, right, -1, target, ABSENT, 1 if name == 'power' else 0))
        return self

    return forward, backward, in_place


def _comparison(name, index):
    def compare(self, other):
        if other is None or isinstance(other, (str, bytes)) or _is_foreign(other):
            if name in ('equal', 'not_equal'):
                from ._creation import filled
                from ._dtype import bool_dtype

                return filled(1 if name == 'not_equal' else 0, self._shape, bool_dtype)
            if not isinstance(other, (str, bytes)):
                return NotImplemented
        right = _other(self, other, 1, name)
        if right is NotImplemented:
            return right
        return wrap(_binary(index, self._h if self._h >= 0 else handle(self), right))

    return compare


def _is_foreign(x):
    """Objects that are no numbers and no arrays: nothing equals them."""
    return not (
        isinstance(x, (Memory, generic, bool, int, float, list, tuple, range))
        or hasattr(x, '__array__')
        or defers(x)
        or getattr(type(x), '__array_priority__', 0) > 0
    )


def _unary_operator(index):
    def method(self):
        return wrap(_unary(index, self._h if self._h >= 0 else handle(self)))

    return method


def matrix_product(left, right, out=None):
    """np.matmul."""
    target = out_argument(out)
    a, b = asarray(left), asarray(right)
    made = wrap(_js.product(1, handle(a), handle(b), ABSENT if target is None else handle(target)))
    return made if target is None else target


def _matmul(self, other):
    if defers(other) or getattr(type(other), '__array_priority__', 0) > 0:
        return NotImplemented
    if isinstance(other, (bool, int, float, generic)):
        return matrix_product(self, asarray(other))
    return matrix_product(self, other)


def _rmatmul(self, other):
    return matrix_product(other, self)


def _imatmul(self, other):
    self[...] = matrix_product(self, other)
    return self


def install(cls):
    """Puts the operators on the array class."""
    for method, name in _OPERATORS.items():
        forward, backward, in_place = _operator(name, TABLE[name][0])
        for prefix, function in (('', forward), ('r', backward), ('i', in_place)):
            function.__name__ = f'__{prefix}{method}__'
            setattr(cls, function.__name__, function)
    for method, name in _COMPARISONS.items():
        setattr(cls, f'__{method}__', _comparison(name, TABLE[name][0]))
    for method, name in {'neg': 'negative', 'pos': 'positive', 'abs': 'abs', 'invert': 'invert'}.items():
        setattr(cls, f'__{method}__', _unary_operator(TABLE[name][0]))
    cls.__matmul__, cls.__rmatmul__, cls.__imatmul__ = _matmul, _rmatmul, _imatmul
    cls.__divmod__ = lambda self, other: (self // other, self % other)
    cls.__rdivmod__ = lambda self, other: (other // self, other % self)
    cls.__hash__ = None


