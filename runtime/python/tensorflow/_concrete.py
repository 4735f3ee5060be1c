"""One traced signature of a tf.function: its graph, what it takes from outside, and how it is called."""

import json

import _tensorlift_bridge as _js
import numpy as np
from numpy import _bridge
from numpy._ndarray import handle

from . import _printing, _state
from ._convert import convert
from ._function_spec import TensorSpec
from ._graph import GraphAttrs
from ._tape import flatten, rebuild
from ._tensor import Tensor, adopt, record


class _Tensor:
    """Stands in a structure of results where a tensor goes."""


TENSOR = _Tensor()


class ConcreteFunction:
    """One traced signature."""

    __module__ = 'tensorflow.python.eager.polymorphic_function.concrete_function'

    def __init__(self, owner, graph, structure, outputs, arguments):
        self._owner = owner
        self.graph = graph
        self._structure = structure
        self._outputs = outputs
        self._arguments = arguments
        self.captured = [outer for outer, _ in graph.captures.values()]
        self.variables_read = list(graph.variables.values())
        self.assigned = list(graph.assigned.values())

    @property
    def name(self):
        return self.graph.name

    @property
    def structured_input_signature(self):
        return tuple(TensorSpec(t.shape, t.dtype, t.name.partition(':')[0]) for t in self._arguments), {}

    @property
    def inputs(self):
        return list(self._arguments)

    @property
    def outputs(self):
        return list(self._outputs)

    @property
    def variables(self):
        return tuple(self.variables_read)

    @property
    def trainable_variables(self):
        return tuple(v for v in self.variables_read if v.trainable)

    def __call__(self, *args, **kwargs):
        flat = [x for x in flatten([list(args), kwargs]) if isinstance(x, (Tensor, np.ndarray, np.generic, int, float, bool, list))]
        return self._call([convert(x, a.dtype) for x, a in zip(flat, self._arguments)])

    def _call(self, tensors):
        inputs = [*tensors, *self.captured]
        outs = self._call_in_graph(inputs) if _state.graph is not None else self._run(inputs)
        leaves = iter(outs)
        return rebuild(self._structure, (next(leaves) if leaf is TENSOR else leaf for leaf in flatten(self._structure)))

    def _call_in_graph(self, inputs):
        outer = _state.graph
        for v in self.variables_read:
            outer.variables[v._id] = v
        reads = [outer.read(v) for v in self.variables_read]
        for v in self.assigned:
            outer.assigned[v._id] = v
            outer._read.pop(v._id, None)
        attrs = GraphAttrs(json.dumps({'graph': self.graph.id}), [self.graph])
        signatures = [(t.dtype, t._shape, False) for t in self._outputs]
        if _state.tapes and self.variables_read and not self.assigned:
            # The variables are operands too, so that tapes see them.
            attrs = GraphAttrs(json.dumps({'graph': self.graph.id, 'variables': [v._id for v in self.variables_read]}), [self.graph])
            return outer.special('PartitionedCall', [*inputs, *reads], attrs, signatures)
        return outer.special('PartitionedCall', inputs, attrs, signatures)

    def _run(self, inputs):
        variables = self.variables_read
        values = [v._read() for v in variables]
        mail = _bridge.mail
        i = 0
        for t in inputs:
            mail[i] = handle(t._nd)
            i += 1
        for t in values:
            mail[i] = handle(t._nd)
            i += 1
        written = ','.join(str(v._id) for v in self.assigned)
        count = _js.tf_graph_run(self.graph.id, i, ','.join(str(v._id) for v in variables), written)
        _printing.flush()
        if count == -1:
            _bridge.fail()
        found = [adopt(_js.tf_result(k)) for k in range(count)]
        outs = found[: len(self._outputs)]
        for v, t in zip(self.assigned, found[len(outs) :]):
            v._value = t
        if _state.tapes:
            attrs = GraphAttrs(json.dumps({'graph': self.graph.id, 'variables': [v._id for v in variables]}), [self.graph])
            record('PartitionedCall', attrs, [*inputs, *values], outs)
        return outs

    def __repr__(self):
        return f'<ConcreteFunction {self.graph.name} at 0x{id(self):X}>'
