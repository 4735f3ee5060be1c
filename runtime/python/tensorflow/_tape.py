"""tf.GradientTape: records library ops with their operands while it watches, and differentiates what it recorded."""

import json
import logging

import _tensorlift_bridge as _js
from numpy import _bridge
from numpy._ndarray import handle
from tensorlift import tracing

from . import _state
from ._convert import convert
from ._tensor import Tensor, adopt, execute, of_array, record

_logger = logging.getLogger('tensorflow')


def _is_variable(x):
    return getattr(type(x), '_is_variable', False)


def flatten(structure, out=None):
    """The leaves of nested lists, tuples and dicts."""
    out = [] if out is None else out
    if isinstance(structure, dict):
        for key in sorted(structure):
            flatten(structure[key], out)
    elif isinstance(structure, (list, tuple)):
        for item in structure:
            flatten(item, out)
    else:
        out.append(structure)
    return out


def rebuild(structure, leaves):
    """The same nesting with other leaves (an iterator)."""
    if isinstance(structure, dict):
        found = {key: rebuild(structure[key], leaves) for key in sorted(structure)}
        return type(structure)((key, found[key]) for key in structure)
    if isinstance(structure, tuple) and hasattr(structure, '_fields'):
        return type(structure)(*(rebuild(item, leaves) for item in structure))
    if isinstance(structure, (list, tuple)):
        return type(structure)(rebuild(item, leaves) for item in structure)
    return next(leaves)


class IndexedSlices:
    """The gradient of a gather from a variable: rows and where they belong."""

    __module__ = 'tensorflow.python.framework.indexed_slices'

    def __init__(self, values, indices, dense_shape=None):
        self.values, self.indices, self.dense_shape = values, indices, dense_shape
        self.dtype = values.dtype

    @property
    def shape(self):
        from ._shape import TensorShape

        return TensorShape(None if self.dense_shape is None else self.dense_shape._nd.tolist())

    def __str__(self):
        return f'IndexedSlices(indices={self.indices!s}, values={self.values!s}, dense_shape={self.dense_shape!s})'

    def _dense(self):
        zeros = execute('Fill', [of_array(_zero(self.dtype))], json.dumps({'dims': self.dense_shape._nd.tolist()}))
        rows = execute('ExpandDims', [self.indices], '{"axis":-1}')
        return execute('TensorScatterAdd', [zeros, rows, self.values])


def _zero(dtype):
    import numpy as np

    return np.array(0, dtype=dtype._np)


class UnconnectedGradients:
    """What `gradient` gives where a source is not connected."""

    NONE = 'none'
    ZERO = 'zero'


class GradientTape:
    """Records ops for automatic differentiation."""

    __module__ = 'tensorflow.python.eager.backprop'

    def __init__(self, persistent=False, watch_accessed_variables=True):
        self._persistent = persistent
        self._watch_variables = watch_accessed_variables
        #: A tape that was never entered has nothing to give, as one that gave it already.
        self._used = True
        self._on = False
        self._reset()

    def _reset(self):
        self._entries = []
        self._watched = set()
        self._variables = {}
        self._graph = None

    # ── recording ───────────────────────────────────────────────────────────────────────────────────────────────────
    def __enter__(self):
        if self._on:
            raise ValueError('Tape is still recording, This can happen if you try to re-enter an already-active tape.')
        self._used = False
        if not self._persistent:
            self._reset()
        self._graph = _state.graph
        self._start()
        return self

    def __exit__(self, *error):
        if self._on:
            self._stop()

    def _start(self):
        self._on = True
        _state.tapes.append(self)

    def _stop(self):
        self._on = False
        _state.tapes.remove(self)

    def _accessed(self, variable):
        if self._watch_variables and variable.trainable and self._graph is _state.graph:
            self._watched.add(variable._id)
            self._variables[variable._id] = variable

    def _record(self, op, attrs, inputs, outputs):
        if self._graph is not _state.graph:
            return
        watched = self._watched
        for t in inputs:
            if t._id in watched:
                break
        else:
            return
        self._entries.append((op, attrs, inputs, outputs))
        for t in outputs:
            if t.dtype.kind == 'f' or getattr(t, '_list', False):
                watched.add(t._id)

    def watch(self, tensor):
        for t in flatten(tensor):
            if _is_variable(t):
                self._watched.add(t._id)
                self._variables[t._id] = t
                continue
            if not isinstance(t, Tensor):
                raise ValueError(
                    f'Passed in object {t} of type {type(t).__name__!r}, not tf.Tensor or tf.Variable or ExtensionType.'
                )
            if t.dtype.kind != 'f':
                _logger.warning(f'The dtype of the watched tensor must be floating (e.g. tf.float32), got {t.dtype!r}')
            self._watched.add(t._id)

    def watched_variables(self):
        return tuple(self._variables.values())

    def stop_recording(self):
        return _Pause(self)

    def reset(self):
        self._reset()

    # ── gradients ───────────────────────────────────────────────────────────────────────────────────────────────────
    def gradient(self, target, sources, output_gradients=None, unconnected_gradients='none'):
        if not self._persistent and self._used:
            raise RuntimeError('A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)')
        if self._on:
            if not self._persistent:
                self._stop()
            else:
                _logger.warning(
                    'Calling GradientTape.gradient on a persistent tape inside its context is significantly less efficient than calling '
                    'it outside the context (it causes the gradient ops to be recorded on the tape, leading to increased CPU and memory '
                    'usage). Only call GradientTape.gradient inside the context if you actually want to trace the gradient in order to '
                    'compute higher order derivatives.'
                )
        if target is None:
            raise TypeError(
                "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be differentiated, "
                'but received None.'
            )
        targets = flatten(target)
        for t in targets:
            if not isinstance(t, Tensor) and not _is_variable(t):
                raise AttributeError(f"'{_type_name(t)}' object has no attribute '_id'")
        for t in targets:
            if t.dtype.kind != 'f':
                _logger.warning(
                    f'The dtype of the target tensor must be floating (e.g. tf.float32) when calling GradientTape.gradient, got {t.dtype!r}'
                )
        flat = flatten(sources)
        for s in flat:
            if not isinstance(s, Tensor) and not _is_variable(s):
                raise ValueError(f'Passed in object {s} of type {type(s).__name__!r}, not tf.Tensor or tf.Variable or ExtensionType.')
        for s in flat:
            if s.dtype.kind != 'f':
                _logger.warning(
                    f'The dtype of the source tensor must be floating (e.g. tf.float32) when calling GradientTape.gradient, got {s.dtype!r}'
                )
        seeds = [None] * len(targets)
        if output_gradients is not None:
            seeds = [None if g is None else convert(g, t.dtype) for g, t in zip(flatten(output_gradients), targets)]
        traced = tracing.is_on()
        if traced:
            tracing.name_sources(flat)
        found = self._differentiate(targets, flat, seeds)
        if traced:
            tracing.gradients(self._needed(targets, flat), targets, flat, seeds, found)
        if not self._persistent:
            self._used = True
            self._entries = []
        mode = getattr(unconnected_gradients, 'value', unconnected_gradients)
        if mode not in ('none', 'zero'):
            raise ValueError(f'Unknown value for unconnected_gradients: {unconnected_gradients!r}')
        if mode == 'zero':
            found = [_zeros_for(s) if g is None else g for g, s in zip(found, flat)]
        return rebuild(sources, iter(found))

    def _differentiate(self, targets, sources, seeds):
        """Gradients of the sources (None where not connected), recorded on the tapes around this one."""
        entries = self._needed(targets, sources)
        slots, numbers, tensors = [], {}, []

        def slot(t):
            n = numbers.get(t._id)
            if n is None:
                n = numbers[t._id] = len(tensors)
                tensors.append(t)
                slots.append(t)
            return n

        rows = [(op, attrs, [slot(t) for t in ins], [slot(t) for t in outs]) for op, attrs, ins, outs in entries]
        wanted = [slot(t) for t in targets]
        given = [-1 if g is None else slot(g) for g in seeds]
        places = [slot(s) for s in sources]
        connected = _connected(rows, wanted, places, tensors)
        asked = [i for i, yes in enumerate(connected) if yes]
        found = [None] * len(sources)
        if not asked:
            return found
        # As JSON: the attributes are that already, and so are lists of integers.
        entries_text = ','.join(f'["{op}",{attrs},{ins},{outs}]' for op, attrs, ins, outs in rows)
        sources_text = [places[i] for i in asked]
        tape = f'{{"entries":[{entries_text}],"targets":{wanted},"seeds":{given},"sources":{sources_text}}}'
        operands = [_value_of(t) for t in tensors]
        if _state.graph is not None:
            outs = _state.graph.op('Gradient', operands, _attributes(tape, entries), 'gradients')
        else:
            outs = _run(tape, operands)
            if _state.tapes:
                record('Gradient', _attributes(tape, entries), tensors, outs)
        for i, g in zip(asked, outs):
            found[i] = g
        return self._sparse(entries, targets, sources, seeds, found)

    def _sparse(self, entries, targets, sources, seeds, found):
        """A variable that is only gathered from gets its gradient as IndexedSlices."""
        if _state.graph is not None or _state.tapes:
            return found
        for i, source in enumerate(sources):
            if found[i] is None:
                continue
            reads = {source._id} if not _is_variable(source) else {o._id for op, _, ins, outs in entries if op == 'ReadVariableOp' and ins[0] is source for o in outs}
            users = [e for e in entries if any(t._id in reads for t in e[2])]
            if len(users) == 1 and users[0][0] == 'GatherV2' and json.loads(users[0][1]).get('axis') == 0:
                op, attrs, ins, outs = users[0]
                rest = self._differentiate_to(entries, targets, seeds, outs[0])
                if rest is None:
                    continue
                indices = ins[1]
                row = list(source.shape.as_list()[1:])
                values = execute('Reshape', [rest], json.dumps({'shape': [-1, *row]}))
                flat = execute('Reshape', [indices], '{"shape":[-1]}')
                found[i] = IndexedSlices(values, flat, convert(source.shape.as_list()))
        return found

    def _differentiate_to(self, entries, targets, seeds, middle):
        if any(t is middle for t in targets) and len(targets) == 1 and seeds[0] is None:
            return execute('OnesLike', [middle])
        inner = GradientTape()
        inner._entries = [e for e in entries if e[3][0] is not middle and e[0] != 'ReadVariableOp']
        inner._watched = {middle._id}
        return inner._differentiate(targets, [middle], seeds)[0]

    def _needed(self, targets, sources):
        """The entries on the way back from the targets, in order."""
        wanted = {t._id for t in targets}
        kept = []
        for entry in reversed(self._entries):
            if any(t._id in wanted for t in entry[3]):
                kept.append(entry)
                wanted.update(t._id for t in entry[2])
        kept.reverse()
        return kept

    def jacobian(self, target, sources, unconnected_gradients='none', parallel_iterations=None, experimental_use_pfor=True):
        import numpy as np

        if not self._persistent and self._used:
            raise RuntimeError('A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)')
        if self._on and not self._persistent:
            self._stop()
        flat = flatten(sources)
        size = 1
        for d in target._shape:
            size *= d
        rows = []
        for i in range(size):
            seed = np.zeros(size, dtype=target.dtype._np)
            seed[i] = 1
            rows.append(self._differentiate([target], flat, [of_array(seed.reshape(target._shape))]))
        self._used = True
        out = []
        for j, source in enumerate(flat):
            column = [row[j]._dense() if isinstance(row[j], IndexedSlices) else row[j] for row in rows]
            if not column or column[0] is None:
                out.append(None if unconnected_gradients == 'none' else _zeros_for(source))
                continue
            packed = execute('Pack', column, '{"axis":0}')
            shape = [*target._shape, *source.shape.as_list()]
            out.append(execute('Reshape', [packed], json.dumps({'shape': shape})))
        return rebuild(sources, iter(out))

    def batch_jacobian(self, *args, **kwargs):
        raise NotImplementedError('tf.GradientTape.batch_jacobian is not supported here; use jacobian')


def _attributes(tape, entries):
    """A tape, as JSON, as attributes of the op `Gradient`."""
    from ._graph import GraphAttrs, graphs_of

    return GraphAttrs(tape, graphs_of(entries))


def _type_name(x):
    kind = type(x)
    return kind.__name__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__name__}'


def _value_of(t):
    if _is_variable(t):
        return _state.graph.read(t) if _state.graph is not None else t._value
    return t


_NO_GRADIENT = frozenset(
    'StopGradient Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr LogicalNot BitwiseAnd BitwiseOr BitwiseXor '
    'Invert Round Floor Ceil IsNan IsInf IsFinite ZerosLike OnesLike Shape Rank Size Any All ArgMax ArgMin Range Where OneHot'.split()
)


def _connected(rows, targets, sources, tensors):
    """Which sources the targets depend on, by the ops alone."""
    reached = set(t for t in targets if tensors[t].dtype.kind == 'f')
    for op, _, ins, outs in reversed(rows):
        if op in _NO_GRADIENT or not any(o in reached for o in outs):
            continue
        reached.update(i for i in ins if tensors[i].dtype.kind == 'f' or getattr(tensors[i], '_list', False))
    return [s in reached and tensors[s].dtype.kind == 'f' for s in sources]


def _run(tape, operands):
    """The gradient at once: results as tensors."""
    count = _js.tf_gradient(tape, ','.join([str(handle(t._nd)) for t in operands]))
    if count == -1:
        _bridge.fail()
    outs = []
    for i in range(count):
        h = _js.tf_result(i)
        outs.append(None if h == -2 else adopt(h))
    return outs


def _zeros_for(source):
    return execute('ZerosLike', [source._read() if _is_variable(source) else source])


class _Pause:
    """`with tape.stop_recording():`"""

    def __init__(self, tape):
        self._tape = tape

    def __enter__(self):
        if not self._tape._on:
            raise ValueError('Tape is not recording.')
        self._tape._stop()

    def __exit__(self, *error):
        self._tape._start()


