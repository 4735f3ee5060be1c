"""tf.function: traces a Python function once per signature into a graph, and runs the graph without Python from then on."""

import copy
import functools
import inspect
import linecache
import traceback
import types

import numpy as np

from . import _state, _variable
from ._concrete import TENSOR, ConcreteFunction
from ._convert import convert
from ._dtypes import DType, as_dtype
from ._function_spec import TensorSpec
from ._graph import FuncGraph
from ._tape import flatten, rebuild
from ._tensor import Tensor
from .errors import OpError


def _is_variable(x):
    return getattr(type(x), '_is_variable', False)


def _is_leaf_tensor(x):
    return isinstance(x, (Tensor, np.ndarray, np.generic))


def _key(value):
    """What tells signatures apart."""
    if isinstance(value, Tensor):
        return ('tensor', value.dtype, value._shape)
    if _is_variable(value):
        return ('variable', value._id)
    if isinstance(value, (np.ndarray, np.generic)):
        return ('tensor', value.dtype.name, value.shape)
    if isinstance(value, dict):
        return ('dict', tuple((k, _key(value[k])) for k in sorted(value)))
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, tuple(map(_key, value)))
    if isinstance(value, TensorSpec):
        return ('tensor', value.dtype, value.shape)
    try:
        hash(value)
    except TypeError:
        return ('object', id(value))
    # As in TensorFlow, what is equal is one: a function that was traced for 1 serves True, too.
    return ('literal', value)


def _output(value, outputs, name, function):
    """A result of the traced function as its structure; tensors go to `outputs`."""
    if isinstance(value, dict):
        return type(value)((k, _output(v, outputs, name, function)) for k, v in value.items())
    if isinstance(value, tuple) and hasattr(value, '_fields'):
        return type(value)(*(_output(v, outputs, name, function) for v in value))
    if isinstance(value, (list, tuple)):
        return type(value)(_output(v, outputs, name, function) for v in value)
    if value is None:
        return None
    if isinstance(value, DType) or callable(value) and not _is_variable(value) and not isinstance(value, Tensor):
        raise TypeError(
            'To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or None values; '
            f'in compilation of {function!r}, found return value of type {type(value).__name__}, which is not a Tensor or ExtensionType.'
        )
    try:
        t = convert(value)
    except (TypeError, ValueError):
        raise TypeError(
            'To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or None values; '
            f'in compilation of {function!r}, found return value of type {type(value).__name__}, which is not a Tensor or ExtensionType.'
        ) from None
    outputs.append(t)
    return TENSOR


class StagingError(Exception):
    """An error while a function is traced that cannot be raised as its own type."""

    __module__ = 'tensorflow.python.autograph.impl.api'


def _located(error, body):
    """The error with the lines of the user's code in front, as AutoGraph writes it."""
    code = getattr(getattr(body, '__func__', body), '__code__', None)
    if code is None or str(error).startswith('in user code:') or isinstance(error, UnboundLocalError):
        return None
    lines = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if name == code.co_filename:
            shown = frame.f_code.co_name
            shown = code.co_name if shown.startswith('_ag_') else shown
            lines.append(f'    File "{name}", line {line}, in {shown}  *\n        {linecache.getline(name, line).strip()}\n')
    if not lines:
        return None
    words = f'RecursionError: {error}' if isinstance(error, RecursionError) else None
    if words is not None:
        return StagingError(f'in user code:\n\n{lines[0]}\n    {words}\n')
    text = 'in user code:\n\n' + ''.join(lines) + f'\n    {type(error).__name__}: {error}\n'
    try:
        return type(error)(None, None, text) if isinstance(error, OpError) else type(error)(text)
    except TypeError:
        return None


class Function:
    """A Python function that runs as graphs."""

    __module__ = 'tensorflow.python.eager.polymorphic_function.polymorphic_function'

    def __init__(self, python_function, name=None, input_signature=None, autograph=True, reduce_retracing=False, jit_compile=False):
        self._python_function = python_function
        self._name = name or getattr(python_function, '__name__', 'function')
        self._autograph = autograph
        self._reduce = reduce_retracing
        self._xla = jit_compile
        self._seen = None
        self.input_signature = None if input_signature is None else tuple(input_signature)
        self._cache = {}
        self._concrete = []
        self._calls = 0
        self._created = None
        self._converted = None
        functools.update_wrapper(self, python_function)
        try:
            self._signature = inspect.signature(python_function)
        except (TypeError, ValueError):
            self._signature = None

    @property
    def python_function(self):
        return self._python_function

    def experimental_get_tracing_count(self):
        return len(self._concrete)

    def __get__(self, instance, owner):
        if instance is None:
            return self
        bound = instance.__dict__.setdefault('_tf_functions', {}) if hasattr(instance, '__dict__') else {}
        key = id(self)
        if key not in bound:
            python_method = types.MethodType(self._python_function, instance)
            method = Function(python_method, self._name, self.input_signature, self._autograph, self._reduce, self._xla)
            bound[key] = method
        return bound[key]

    def _bind(self, args, kwargs):
        if self._signature is None:
            return args, kwargs
        try:
            bound = self._signature.bind(*args, **kwargs)
        except TypeError as error:
            shown = f'{self._name}{self._signature}'
            raise TypeError(f'Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} for signature: {shown[len(self._name):]}.') from None
        bound.apply_defaults()
        return bound.args, bound.kwargs

    def __call__(self, *args, **kwargs):
        if _state.functions_eagerly:
            return self._python_function(*args, **kwargs)
        given = args, kwargs
        args, kwargs = self._bind(args, kwargs)
        if self.input_signature is not None:
            args = self._signed(args, given)
        concrete = self._lookup(args, kwargs)
        tensors = [convert(x) for x in flatten([list(args), kwargs]) if _is_leaf_tensor(x)]
        return concrete._call(tensors)

    def _signed(self, args, given):
        """Arguments as the signature wants them."""
        out = []
        specs = self.input_signature
        for value, spec in zip(args, specs):
            if isinstance(spec, TensorSpec):
                t = value if isinstance(value, Tensor) else self._cast(value, spec, given)
                if t.dtype is not spec.dtype or not spec.shape.is_compatible_with(t.shape):
                    self._refuse(f'Can not cast {TensorSpec(t.shape, t.dtype)!r} to {spec!r}', given)
                value = t
            out.append(value)
        return tuple(out)

    def _cast(self, value, spec, given):
        if _is_variable(value):
            return value._read()
        try:
            return convert(value, spec.dtype)
        except (TypeError, ValueError):
            self._refuse(f'Cannot convert {value!r} to EagerTensor of dtype {spec.dtype.c_name}', given)

    def _refuse(self, why, given):
        names = list(self._signature.parameters)
        shown = ', '.join(f'{n}: {s!r}' for n, s in zip(names, self.input_signature))
        raise TypeError(
            f'Binding inputs to tf.function failed due to `{why}`. Received args: {given[0]} and kwargs: {given[1]} '
            f'for signature: ({shown}).'
        )

    def _lookup(self, args, kwargs):
        if self.input_signature is not None:
            key = ('signature',)
        else:
            key = (_key(list(args)), _key(kwargs))
        found = self._cache.get(key)
        if found is None and self._reduce:
            found = self._general(args, key)
        if found is None:
            found = self._trace(args, kwargs)
            self._cache[key] = found
            self._concrete.append(found)
        return found

    def _general(self, args, key):
        """With reduce_retracing: a graph whose unknown dimensions take these arguments too."""
        if not args or not all(isinstance(x, Tensor) for x in args):
            return None
        seen = self._seen
        self._seen = [tuple(x._shape) for x in args]
        for concrete in self._concrete:
            if all(a.dtype is x.dtype and a.shape.is_compatible_with(x.shape) for a, x in zip(concrete._arguments, args)):
                return concrete
        if seen is None or [len(s) for s in seen] != [len(s) for s in self._seen]:
            return None
        shapes = [[m if m == n else None for m, n in zip(s, x._shape)] for s, x in zip(seen, args)]
        found = self._trace(tuple(TensorSpec(s, x.dtype) for s, x in zip(shapes, args)), {})
        self._concrete.append(found)
        return found

    def _check_unchanged(self, args, copies):
        names = list(self._signature.parameters) if self._signature else []
        changed = [n for n, x, y in zip(names, args, copies) if isinstance(x, (list, dict)) and (len(x) != len(y) or any(a is not b for a, b in zip(x, y)))]
        if changed:
            shown = f'{self._name}{self._signature}'
            raise ValueError(
                f'{shown} should not modify its Python input arguments. Modifying a copy is allowed. The following parameter(s) were '
                f'modified: {", ".join(changed)}'
            )

    def _trace(self, args, kwargs):
        name = f'__inference_{self._name}_{_state.unique()}'
        graph = FuncGraph(name, _state.graph)
        graph.xla |= self._xla
        arguments = []
        names = iter(self._argument_names(args, kwargs))

        def symbol(x):
            label = next(names)
            if _is_leaf_tensor(x) or isinstance(x, TensorSpec):
                shape = x.shape.as_list() if isinstance(x, TensorSpec) and x.shape.rank is not None else None if isinstance(x, TensorSpec) else x.shape if isinstance(x, (np.ndarray, np.generic)) else x._shape
                spec = x.dtype if isinstance(x, (Tensor, TensorSpec)) else as_dtype(x.dtype)
                t = graph.input(spec, None if shape is None else tuple(shape), label)
                arguments.append(t)
                return t
            return x

        if self.input_signature is not None:
            args = tuple(s if isinstance(s, TensorSpec) else a for a, s in zip(args, self.input_signature))
        before = _variable.creating
        first = self._created is None
        _variable.creating = created = [] if first else None
        outputs = []
        try:
            with graph:
                leaves = [symbol(x) for x in flatten([list(args), kwargs])]
                inner_args, inner_kwargs = rebuild([list(args), kwargs], iter(leaves))
                copies = [copy.copy(x) if isinstance(x, (list, dict)) else x for x in inner_args]
                result = self._traced(self._body(), inner_args, inner_kwargs)
                self._check_unchanged(inner_args, copies)
                structure = _output(result, outputs, name, self._python_function)
                outputs = graph.finish(outputs)
        finally:
            _variable.creating = before
        if first:
            self._created = created
            if created:
                # TensorFlow traces a second time once variables were made; making them anew is an error.
                return self._trace(args, kwargs)
        return ConcreteFunction(self, graph, structure, outputs, arguments)

    def _traced(self, body, args, kwargs):
        """Runs the function on symbols; errors say where in the user's code they come from."""
        if not self._autograph:
            return body(*args, **kwargs)
        try:
            return body(*args, **kwargs)
        except Exception as error:
            located = _located(error, body)
            if located is None:
                raise
            raise located.with_traceback(error.__traceback__) from None

    def _argument_names(self, args, kwargs):
        parameters = list(self._signature.parameters.values()) if self._signature else []
        names = []
        for i, value in enumerate(args):
            if i < len(parameters) and parameters[i].kind != inspect.Parameter.VAR_POSITIONAL:
                label = parameters[i].name
            else:
                label = parameters[-1].name if parameters else f'arg{i}'
            names.extend([label] * len(flatten(value)))
        for key in sorted(kwargs):
            names.extend([key] * len(flatten(kwargs[key])))
        return names

    def _body(self):
        if not self._autograph:
            return self._python_function
        if self._converted is None:
            from .autograph import convert_function

            self._converted = convert_function(self._python_function, top=True)
        return self._converted

    def get_concrete_function(self, *args, **kwargs):
        if not args and not kwargs and self.input_signature is not None:
            args = self.input_signature
            return self._lookup(args, {})
        args, kwargs = self._bind(args, kwargs)
        return self._lookup(args, kwargs)

    def __repr__(self):
        return f'<tensorflow.python.eager.polymorphic_function.polymorphic_function.Function object at 0x{id(self):x}>'


def function(
    func=None, input_signature=None, autograph=True, jit_compile=None, reduce_retracing=False, experimental_implements=None,
    experimental_autograph_options=None, experimental_attributes=None, experimental_relax_shapes=None, experimental_compile=None,
    experimental_follow_type_hints=None,
):  # fmt: skip
    """Compiles a function into graphs; also a decorator with arguments."""

    def decorate(python_function):
        if isinstance(python_function, Function):
            python_function = python_function._python_function
        return Function(
            python_function, None, input_signature, autograph, bool(reduce_retracing or experimental_relax_shapes),
            bool(jit_compile or experimental_compile),
        )  # fmt: skip

    return decorate if func is None else decorate(func)
