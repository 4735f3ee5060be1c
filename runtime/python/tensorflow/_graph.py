"""Tracing: the graph of a tf.function as Python sees it, and its symbolic tensors. The graph itself lives in TypeScript."""

import re
import weakref

import _tensorlift_bridge as _js
from numpy import _bridge
from numpy._ndarray import handle

from . import _state, errors
from ._dtypes import by_name
from ._convert import arguments
from ._tensor import EagerTensor, Tensor, adopt, out_of_scope, record

_new = object.__new__
mail = _bridge.mail
#: Names that ops get in a graph, where they are not the op's own.
_NAMES = {
    'AddV2': 'add', 'Sub': 'sub', 'Mul': 'mul', 'RealDiv': 'truediv', 'FloorDiv': 'floordiv', 'FloorMod': 'FloorMod',
    'Pow': 'pow', 'ConcatV2': 'concat', 'Pack': 'stack', 'StridedSlice': 'strided_slice', 'Transpose': 'transpose',
    'Range': 'range', 'PartitionedCall': 'PartitionedCall', 'If': 'cond', 'While': 'while', 'ReadVariable': 'ReadVariableOp',
    'BatchMatMulV2': 'MatMul', 'TopKV2': 'sort',
}  # fmt: skip
_HELP = (
    'You can attempt the following resolutions to the problem: If you are running in Graph mode, use Eager execution mode or '
    'decorate this function with @tf.function. If you are using AutoGraph, you can try decorating this function with '
    '@tf.function. If that does not work, then you may be using an unsupported feature or your source code may not be visible '
    'to AutoGraph. See https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/'
    'limitations.md#access-to-source-code for more information.'
)


class SymbolicTensor(Tensor):
    """A value of a graph: it has a dtype and a shape, but no values while Python traces."""

    __slots__ = ('graph', '_value', '_label', '_list')
    __module__ = 'tensorflow.python.framework.ops'

    @property
    def name(self):
        return self._label

    @property
    def op(self):
        return Operation(self._label.rpartition(':')[0])

    def __array__(self, dtype=None, copy=None):
        raise NotImplementedError(
            f"Cannot convert a symbolic tf.Tensor ({self._label}) to a numpy array. This error may indicate that you're trying "
            'to pass a Tensor to a NumPy call, which is not supported.'
        )

    def __bool__(self):
        raise errors.OperatorNotAllowedInGraphError(
            f'Using a symbolic `tf.Tensor` as a Python `bool` is not allowed. {_HELP}'
        )

    def __iter__(self):
        raise errors.OperatorNotAllowedInGraphError(f'Iterating over a symbolic `tf.Tensor` is not allowed. {_HELP}')

    def __index__(self):
        raise TypeError(f"'{type(self).__name__}' object cannot be interpreted as an integer")

    def __int__(self):
        raise TypeError("int() argument must be a string, a bytes-like object or a real number, not 'SymbolicTensor'")

    def __float__(self):
        raise TypeError("float() argument must be a string or a real number, not 'SymbolicTensor'")

    def __len__(self):
        raise TypeError(
            f"len is not well defined for a symbolic Tensor ({self._label}). Please call `x.shape` rather than `len(x)` for shape information."
        )

    def eval(self, feed_dict=None, session=None):
        raise ValueError('Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or pass an explicit session to `eval(session=sess)`')

    def __str__(self):
        shape = '<unknown>' if self._shape is None else str(self.shape)
        return f'Tensor("{self._label}", shape={shape}, dtype={self.dtype.name})'

    def __repr__(self):
        return f"<tf.Tensor '{self._label}' shape={self.shape} dtype={self.dtype.name}>"

    def __getattr__(self, name):
        if name in ('numpy', 'item'):
            raise AttributeError(f"'SymbolicTensor' object has no attribute '{name}'")
        return Tensor.__getattr__(self, name)


_LIST = re.compile(r"Value for attr '(\w+)' of (\w+) is not in the list of allowed values: ([^\n]*)")
_PAIR = re.compile(r'cannot compute (\w+) as input #(\d+)\(zero-based\) was expected to be a (\w+) tensor but is a (\w+) tensor')
_C = {'float': 'float32', 'double': 'float64', 'half': 'float16'}


def _fail(op, inputs):
    """While tracing, what eager ops refuse is refused by the Python side of TensorFlow, in other words."""
    try:
        _bridge.fail()
    except errors.InvalidArgumentError as error:
        words = str(error)
        found = _PAIR.match(words)
        if found:
            name, at, expected, got = found.groups()
            name = name.removeprefix('_Mkl')
            expected, got = _C.get(expected, expected), _C.get(got, got)
            parameters = arguments(name)
            parameter, kind = parameters[min(int(at), len(parameters) - 1)]
            if parameters[0][1].startswith('N*'):
                types = ', '.join(t.dtype.name for t in inputs)
                raise TypeError(f"Tensors in list passed to '{parameters[0][0]}' of '{name}' Op have types [{types}] that don't all match.") from None
            if kind == expected:
                raise TypeError(f"Input '{parameter}' of '{name}' Op has type {got} that does not match expected type of {expected}.") from None
            first = next(each for each, other in parameters if other == kind)
            raise TypeError(f"Input '{parameter}' of '{name}' Op has type {got} that does not match type {expected} of argument '{first}'.") from None
        found = _LIST.match(words)
        if found:
            attribute, got, allowed = found.groups()
            allowed = ', '.join(_C.get(n, n) for n in allowed.split(', '))
            parameter = next((each for each, kind in arguments(op) if kind.removeprefix('N*') == attribute), attribute)
            raise TypeError(
                f"Value passed to parameter '{parameter}' has DataType {_C.get(got, got)} not in list of allowed values: {allowed}"
            ) from None
        raise


class GraphAttrs(str):
    """Attributes of an op that name graphs by number: whoever keeps the attributes keeps the graphs."""

    def __new__(cls, text, graphs):
        made = str.__new__(cls, text)
        made.graphs = graphs
        return made


def graphs_of(entries):
    """The graphs that entries of a tape name."""
    return [graph for _, attrs, _, _ in entries if type(attrs) is GraphAttrs for graph in attrs.graphs]


class _Ref(weakref.ref):
    """Tells that a graph is gone: the callback only appends to a list."""

    __slots__ = ('id',)


_alive = {}
_dead = []


def are_alive():
    """Whether there are graphs: they and their tensors hold each other until they are collected."""
    return len(_alive) > 0


def _free_dead():
    while _dead:
        number = _dead.pop().id
        del _alive[number]
        _js.tf_graph_free(number)


class Operation:
    """The op behind a symbolic tensor: its name."""

    def __init__(self, name):
        self.name = name
        self.type = re.sub(r'_\d+$', '', name)


_DIVISIONS = frozenset(('FloorDiv', 'FloorMod'))


class FuncGraph:
    """The ops of a function while it is traced, and what it takes from outside."""

    def __init__(self, name, outer):
        self.name = name
        self.outer = outer
        #: Compiled by XLA, whose integers can be divided by zero; so is what it runs.
        self.xla = outer is not None and outer.xla
        _free_dead()
        self.id = _js.tf_graph(name)
        ref = _alive[self.id] = _Ref(self, _dead.append)
        ref.id = self.id
        #: Graphs that ops of this one run.
        self.graphs = []
        self.captures = {}
        #: Variables that are read or written, by number.
        self.variables = {}
        self.assigned = {}
        self._read = {}
        self._names = {}
        self.closed = False
        #: Ops so far, constants included.
        self.count = 0

    def __enter__(self):
        self._before = _state.graph
        _state.graph = self
        return self

    def __exit__(self, *error):
        _state.graph = self._before
        self.closed = True

    # ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def symbol(self, value, dtype, shape, label):
        t = _new(SymbolicTensor)
        t.graph, t._value, t.dtype, t._shape, t._label = self, value, dtype, shape, label
        t._id = _state.unique()
        t._list = False
        t._static = None
        return t

    def unique(self, name):
        n = self._names.get(name, 0)
        self._names[name] = n + 1
        return f'{name}_{n}' if n else name

    def input(self, dtype, shape, name, is_list=False):
        text = '*' if shape is None else ','.join('?' if d is None else str(d) for d in shape)
        value = _js.tf_graph_input(self.id, dtype.code, text, 'list' if is_list else '')
        t = self.symbol(value, dtype, shape, self.unique(name) + ':0')
        t._list = is_list
        return t

    def capture(self, t, name='Const'):
        """A tensor from outside as a value of this graph."""
        known = self.captures.get(t._id)
        if known is not None:
            return known[1]
        if isinstance(t, EagerTensor):
            self.count += 1
            value = _js.tf_graph_capture(self.id, handle(t._nd))
        else:
            if self.outer is None or t.graph.closed:
                raise errors.InaccessibleTensorError(str(out_of_scope(t)))
            t = self.outer.own(t)
            known = self.captures.get(t._id)
            if known is not None:
                return known[1]
            value = _js.tf_graph_outer(self.id, self.outer.id, t._value)
        inner = self.symbol(value, t.dtype, t._shape, self.unique(name) + ':0')
        inner._list = getattr(t, '_list', False)
        inner._static = t
        self.captures[t._id] = (t, inner)
        return inner

    def own(self, t):
        """`t` as a value of this graph."""
        if type(t) is SymbolicTensor and t.graph is self:
            return t
        return self.capture(t)

    # ── ops ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def _made(self, op, text, label, inputs):
        if text == -1:
            _fail(op, inputs)
        self.count += 1
        name = self.unique(label or _NAMES.get(op, op))
        outs = []
        for i, part in enumerate(text.split(';') if text else ()):
            value, dtype, shape = part.split(' ')
            dims = None if shape == '*' else tuple(None if d == '?' else int(d) for d in shape.split(',') if d)
            outs.append(self.symbol(int(value), by_name[dtype], dims, f'{name}:{i}'))
        return outs

    def _keep(self, attrs):
        if type(attrs) is GraphAttrs:
            self.graphs += attrs.graphs

    def op(self, op, inputs, attrs, label=None):
        if self.xla and op in _DIVISIONS:
            attrs = '{"xla":true}'
        mine = [self.own(t) for t in inputs]
        for i, t in enumerate(mine):
            mail[i] = t._value
        self._keep(attrs)
        outs = self._made(op, _js.tf_graph_op(self.id, op, len(mine), attrs), label, mine)
        if _state.tapes:
            record(op, attrs, mine, outs)
        return outs

    def special(self, op, inputs, attrs, signatures, label=None):
        """An op of control flow, a variable or a list; `signatures` are (dtype, shape, is_list) of its results."""
        mine = [self.own(t) for t in inputs]
        for i, t in enumerate(mine):
            mail[i] = t._value
        self._keep(attrs)
        words = ';'.join(
            f'{dtype.code} {"*" if shape is None else ",".join("?" if d is None else str(d) for d in shape)}'
            + (' list' if is_list else '')
            for dtype, shape, is_list in signatures
        )
        outs = self._made(op, _js.tf_graph_special(self.id, op, len(mine), attrs, words), label, mine)
        for t, (_, _, is_list) in zip(outs, signatures):
            t._list = is_list
        if _state.tapes and op not in ('ReadVariable', 'AssignVariable', 'Print', 'Assert'):
            record(op, attrs, mine, outs)
        return outs

    def read(self, variable):
        """The present value of a variable inside the graph."""
        self.variables[variable._id] = variable
        if self.outer is not None and self.name.startswith('cond_') and variable._id not in self.assigned:
            # A branch takes the variable's value from outside, so that tapes around it see the way.
            return self.capture(self.outer.read(variable))
        known = self._read.get(variable._id)
        if known is not None and variable._id not in self.assigned:
            return known
        attrs = f'{{"variable":{variable._id}}}'
        t = self.special('ReadVariable', [], attrs, [(variable.dtype, variable._dims(), False)])[0]
        self._read[variable._id] = t
        return t

    def assign(self, variable, value):
        self.variables[variable._id] = variable
        self.assigned[variable._id] = variable
        self._read.pop(variable._id, None)
        self.special('AssignVariable', [value], f'{{"variable":{variable._id}}}', [])

    def finish(self, outputs):
        mine = [self.own(t) for t in outputs]
        for i, t in enumerate(mine):
            mail[i] = t._value
        _js.tf_graph_outputs(self.id, len(mine))
        return mine


def constant_value(t):
    """The values of a symbolic tensor as an array where they are known while tracing, else None."""
    if isinstance(t, EagerTensor):
        return t._nd
    h = _js.tf_graph_constant(t.graph.id, t._value)
    return None if h == -2 else adopt(h)._nd
