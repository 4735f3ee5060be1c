"""tf.compat.v1, tf.config, tf.debugging, tf.random, tf.device: the parts that programs of TensorFlow 2 touch."""

from collections import namedtuple
from contextlib import contextmanager

import _tensorlift_bridge as _js
import numpy as np

from . import _math, _reduce, _state, errors
from ._convert import convert
from ._modules import Namespace
from ._concrete import ConcreteFunction
from ._graph import FuncGraph
from ._tensor import EagerTensor, Tensor, is_tensor

PhysicalDevice = namedtuple('PhysicalDevice', ['name', 'device_type'])


class Session:
    """What is left of TensorFlow 1's session: its graph is always empty, because ops run at once."""

    __module__ = 'tensorflow.python.client.session'

    def __init__(self, target='', graph=None, config=None):
        self._closed = False
        self.graph = FuncGraph('session', None)
        self._before = None

    def run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        if self._closed:
            raise RuntimeError('Attempted to use a closed Session.')
        if self.graph.count == 0:
            raise RuntimeError('The Session graph is empty. Add operations to the graph before calling run().')
        if feed_dict:
            raise NotImplementedError('tf.compat.v1.Session.run: the argument feed_dict is not supported here')
        return _run_session(self.graph, fetches)

    def close(self):
        self._closed = True

    def __enter__(self):
        self._before, _state.graph = _state.graph, self.graph
        return self

    def __exit__(self, *error):
        _state.graph = self._before
        self.close()

    def as_default(self):
        return self


def _run_session(graph, fetches):
    """The values of symbolic tensors of the session's graph."""
    if isinstance(fetches, (list, tuple)):
        return type(fetches)(_run_session(graph, item) for item in fetches)
    if isinstance(fetches, dict):
        return {key: _run_session(graph, item) for key, item in fetches.items()}
    if isinstance(fetches, EagerTensor):
        return fetches.graph
    if not isinstance(fetches, Tensor):
        raise TypeError(
            f'Argument `fetch` = {fetches!r} has invalid type "{type(fetches).__name__}" must be a string or Tensor. (Can not convert a '
            f'{type(fetches).__name__} into a Tensor or Operation.)'
        )
    outer, _state.graph = _state.graph, None
    try:
        concrete = ConcreteFunction(None, graph, fetches, graph.finish([fetches]), [])
        return concrete._run(concrete.captured)[0].numpy()
    finally:
        _state.graph = outer


def placeholder(dtype, shape=None, name=None):
    raise RuntimeError('tf.placeholder() is not compatible with eager execution.')


def _graph_only(name, instead):
    def refuse(*args, **kwargs):
        raise NotImplementedError(f'tf.compat.v1.{name} is not supported here: {instead}')

    refuse.__name__ = name
    return refuse


_V1 = {
    'global_variables_initializer': 'variables have their values when they are made',
    'disable_eager_execution': 'ops run at once; use tf.function for graphs',
    'disable_v2_behavior': 'this is TensorFlow 2; use tf.function for graphs',
    'get_variable': 'use tf.Variable',
    'variable_scope': 'use tf.Variable with a name',
    'get_default_graph': 'there is no default graph; use tf.function',
    'reset_default_graph': 'there is no default graph; use tf.function',
    'InteractiveSession': 'ops run at once',
}


def executing_eagerly():
    return _state.graph is None


def run_functions_eagerly(run_eagerly):
    _state.functions_eagerly = bool(run_eagerly)


def functions_run_eagerly():
    return _state.functions_eagerly


def list_physical_devices(device_type=None):
    devices = [PhysicalDevice('/physical_device:CPU:0', 'CPU')]
    if device_type in (None, 'GPU') and _js.gpuName():
        devices.append(PhysicalDevice('/physical_device:GPU:0', 'GPU'))
    return devices if device_type is None else [d for d in devices if d.device_type == device_type]


@contextmanager
def _device(name):
    kind = str(name).upper() if isinstance(name, str) else ''
    choice = 'webgpu' if 'GPU' in kind else 'wasm' if 'CPU' in kind else 'auto'
    before = _js.device(choice)
    try:
        yield
    finally:
        _js.device(before)


def device(device_name):
    """Ops run there as far as the device has them; soft placement, as TensorFlow has it."""
    if not isinstance(device_name, str) and device_name is not None and not callable(device_name):
        raise ValueError(f'Expected a device name, got {device_name!r}')
    return _device(device_name)


def set_seed(seed):
    """Kept for programs that set it: no random function of TensorFlow is covered."""
    if not isinstance(seed, (int, np.integer)) and not hasattr(seed, '__index__'):
        raise TypeError(f'an integer is required, got {type(seed).__name__}')


def assert_near(x, y, rtol=None, atol=None, message=None, summarize=None, name=None):
    x = convert(x)
    y = convert(y) if is_tensor(y) else convert(y, x.dtype)
    eps = {'float32': 2.0**-23, 'float64': 2.0**-52}.get(x.dtype.name, 0)
    rtol = _tolerance(10 * eps if rtol is None else rtol, x.dtype)
    atol = _tolerance(10 * eps if atol is None else atol, x.dtype)
    gap = _math.abs(x - y)
    limit = atol + rtol * _math.abs(y)
    near = _reduce.reduce_all(_math.less(gap, limit))
    if _state.graph is not None:
        _state.graph.special('Assert', [near], '{"message":"x and y not equal to tolerance"}', [])
        return None
    if not near:
        raise errors.InvalidArgumentError(
            None, None, f"Expected '{near!s}' to be true. Summarized data: b'{message or ''}'"
        )
    return None


def _tolerance(value, dtype):
    return value if is_tensor(value) else convert(float(value) if dtype.kind == 'f' else int(value), dtype)


def namespaces(tf):
    """tf.config, tf.compat and so on."""
    v1 = Namespace(
        'tf.compat.v1',
        Session=Session,
        placeholder=placeholder,
        executing_eagerly=executing_eagerly,
        **{name: _graph_only(name, why) for name, why in _V1.items()},
    )
    for name in ('constant', 'float32', 'float64', 'int32', 'int64', 'matmul', 'add', 'multiply', 'reduce_sum', 'reduce_mean', 'errors'):
        v1.__dict__[name] = tf[name]
    return {
        'compat': Namespace('tf.compat', v1=v1),
        'config': Namespace(
            'tf.config',
            run_functions_eagerly=run_functions_eagerly,
            functions_run_eagerly=functions_run_eagerly,
            list_physical_devices=list_physical_devices,
            list_logical_devices=list_physical_devices,
            PhysicalDevice=PhysicalDevice,
        ),
        'random': Namespace('tf.random', set_seed=set_seed),
        'debugging': Namespace('tf.debugging', assert_near=assert_near),
    }


