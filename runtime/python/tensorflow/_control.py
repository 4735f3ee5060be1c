"""Control flow over tensors: tf.cond and tf.while_loop, at once in eager mode, as ops with graphs of their own while tracing."""

import json

from . import _state, errors
from ._convert import convert
from ._graph import FuncGraph, GraphAttrs
from ._tape import flatten, rebuild
from ._tensor import EagerTensor, Tensor
from ._tensor_array import TensorArray


def symbolic(x):
    """Whether `x` is a tensor of a graph."""
    return isinstance(x, Tensor) and not isinstance(x, EagerTensor)


def expand(structure):
    """Tensors of a structure; TensorArrays give their list."""
    return [leaf._flow() if isinstance(leaf, TensorArray) else leaf for leaf in flatten(structure)]


def restore(structure, tensors):
    """The structure with other tensors; TensorArrays around their list."""
    leaves = iter(tensors)
    return rebuild(structure, iter([x._with(next(leaves)) if isinstance(x, TensorArray) else next(leaves) for x in flatten(structure)]))


def inherit(outer, *graphs):
    """What graphs within read and write of variables, the graph around them does too."""
    for graph in graphs:
        for number, variable in graph.variables.items():
            outer.variables[number] = variable
            outer.read(variable)
        for number, variable in graph.assigned.items():
            outer.assigned[number] = variable
            outer._read.pop(number, None)


def captured(graph):
    return [outer for outer, _ in graph.captures.values()]


def merged_shape(a, b):
    """What two shapes have in common."""
    if a is None or b is None or len(a) != len(b):
        return None
    return tuple(m if m == n else None for m, n in zip(a, b))


def branch(pred, then, otherwise, mismatch=None, select=lambda a, b: (a, b)):
    """An `If` of the graph: `select` makes of what both sides gave two lists of values with the same dtypes."""
    outer = _state.graph
    if pred.dtype.kind != 'b':
        raise _no_condition('pred', pred.dtype, 'cond/switch_pred', 'Switch; signature=data:T, pred:bool -> output_false:T, output_true:T; attr=T:type')
    graphs, given, results = [], [], []
    for name, side in (('cond_true', then), ('cond_false', otherwise)):
        graph = FuncGraph(name, outer)
        with graph:
            given.append(side())
        graphs.append(graph)
    for graph, values in zip(graphs, select(*given)):
        graph.closed = False
        with graph:
            results.append(graph.finish([convert(t) for t in values]))
    if len(results[0]) != len(results[1]):
        raise ValueError(
            'true_fn and false_fn arguments to tf.cond must have the same number, type, and overall structure of return values.'
        )
    signatures = []
    for i, (a, b) in enumerate(zip(*results)):
        if a.dtype is not b.dtype:
            raise TypeError(mismatch(i, a.dtype, b.dtype) if mismatch else
                            f'true_fn and false_fn arguments to tf.cond must have the same number, type, and overall structure of return values.\n{a.dtype!r} {b.dtype!r}')
        signatures.append((a.dtype, merged_shape(a._shape, b._shape), getattr(a, '_list', False)))
    inherit(outer, *graphs)
    taken = [captured(g) for g in graphs]
    attrs = json.dumps({'then': graphs[0].id, 'else': graphs[1].id, 'then_inputs': len(taken[0])})
    return outer.special('If', [pred, *taken[0], *taken[1]], GraphAttrs(attrs, graphs), signatures)


def loop(test, body, variables, names=None, maximum=None, invariants=None):
    """A `While` of the graph over a list of tensors."""
    outer = _state.graph
    start = [outer.own(convert(v)) for v in variables]
    shapes = [t._shape for t in start] if invariants is None else invariants
    cond_graph, body_graph = FuncGraph('while_cond', outer), FuncGraph('while_body', outer)

    def inputs(graph):
        return [graph.input(t.dtype, s, 'placeholder', getattr(t, '_list', False)) for t, s in zip(start, shapes)]

    with cond_graph:
        result = convert(test(*inputs(cond_graph)))
        if result.dtype.kind != 'b':
            raise _no_condition('input', result.dtype, 'while/LoopCond', 'LoopCond; signature=input:bool -> output:bool')
        cond_graph.finish([result])
    with body_graph:
        results = [convert(v) for v in body(*inputs(body_graph))]
        for i, (t, r, s) in enumerate(zip(start, results, shapes)):
            label = f"'{names[i]}'" if names else t._label
            if t.dtype is not r.dtype and not names:
                raise TypeError(
                    f'Loop var {label} enters the loop with type {t.dtype!s} but has type {r.dtype!s} after 1 iteration. '
                    f'{label} type should remain constant.'
                )
            if t.dtype is not r.dtype:
                raise TypeError(f'{label} has dtype {t.dtype.name} before the loop, but dtype {r.dtype.name} after one iteration')
            if not getattr(t, '_list', False) and not _covers(s, r._shape):
                from ._shape import TensorShape

                if not names:
                    raise ValueError(
                        f'Input tensor `{label}` enters the loop with shape {TensorShape(t._shape)}, but has shape {TensorShape(r._shape)} '
                        'after one iteration. To allow the shape to vary across iterations, use the `shape_invariants` argument of '
                        'tf.while_loop to specify a less-specific shape.'
                    )
                raise ValueError(
                    f'{label} has shape {TensorShape(t._shape)} before the loop, but shape {TensorShape(r._shape)} after one iteration. '
                    'Use tf.autograph.experimental.set_loop_options to set shape invariants.'
                )
        body_graph.finish(results)
    inherit(outer, cond_graph, body_graph)
    taken = captured(cond_graph), captured(body_graph)
    attrs = {'cond': cond_graph.id, 'body': body_graph.id, 'count': len(start), 'cond_inputs': len(taken[0])}
    if maximum is not None:
        attrs['maximum_iterations'] = int(maximum)
    signatures = [(t.dtype, s, getattr(t, '_list', False)) for t, s in zip(start, shapes)]
    attrs = GraphAttrs(json.dumps(attrs), [cond_graph, body_graph])
    return outer.special('While', [*start, *taken[0], *taken[1]], attrs, signatures)


def _no_condition(parameter, dtype, node, op):
    return errors.InvalidArgumentError(
        None, None, f"Input '{parameter}' passed {dtype.c_name} expected bool while building NodeDef '{node}' using Op<name={op}>"
    )


def _covers(invariant, shape):
    """Whether a value of `shape` may stand where `invariant` was promised."""
    if invariant is None:
        return True
    return shape is not None and len(shape) == len(invariant) and all(a is None or a == b for a, b in zip(invariant, shape))


def cond(pred, true_fn=None, false_fn=None, name=None):
    """One of two functions, by a boolean tensor."""
    if not callable(true_fn):
        raise TypeError("'true_fn' must be callable.")
    if not callable(false_fn):
        raise TypeError("'false_fn' must be callable.")
    if _state.graph is None:
        return true_fn() if (bool(pred) if not isinstance(pred, bool) else pred) else false_fn()
    if isinstance(pred, bool):
        raise TypeError('pred must not be a Python bool')
    structures = []

    def side(function):
        def run():
            result = function()
            structures.append(result)
            return expand(result)

        return run

    outs = branch(convert(pred), side(true_fn), side(false_fn))
    first = structures[0]
    if first is None:
        return None
    return restore(first, outs)


def while_loop(
    cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False,
    maximum_iterations=None, name=None,
):  # fmt: skip
    """Repeats `body` on the loop variables while `cond` holds."""
    if not callable(cond):
        raise TypeError("'cond' must be callable.")
    if not callable(body):
        raise TypeError("'body' must be callable.")
    if len(loop_vars) == 0:
        raise ValueError("'loop_vars' must be provided.")
    if _state.graph is None:
        return _run(cond, body, loop_vars, maximum_iterations)
    structure = list(loop_vars)

    def call(function, tensors):
        return function(*restore(structure, tensors))

    def step(*tensors):
        result = call(body, tensors)
        result = list(result) if isinstance(result, (list, tuple)) else [result]
        _same_structure(structure, result)
        return expand(result)

    invariants = None
    if shape_invariants is not None:
        from ._shape import TensorShape

        invariants = [None if s.rank is None else tuple(s.as_list()) for s in map(TensorShape, _shapes(shape_invariants))]
    outs = loop(lambda *t: call(cond, t), step, expand(structure), None, maximum_iterations, invariants)
    result = restore(structure, outs)
    return type(loop_vars)(*result) if hasattr(loop_vars, '_fields') else type(loop_vars)(result)


def _shapes(invariants):
    from ._shape import TensorShape

    return list(invariants) if not isinstance(invariants, TensorShape) else [invariants]


def _run(test, body, state, most):
    """At once: the result has the structure that the body gives."""
    before = state
    count = 0
    while test(*state) and (most is None or count < most):
        state = body(*state)
        count += 1
        # With a limit, the real loop carries the variables as one value beside a counter.
        _same_structure(*((list(before), list(state)) if most is None else ([before], [state])))
    return rebuild(state, iter([x if isinstance(x, TensorArray) else convert(x) for x in flatten(state)]))


def _same_structure(first, second):
    """Raises unless two structures are nested alike."""
    nested = [isinstance(x, (list, tuple, dict)) for x in (first, second)]
    words = "The two structures don't have the same nested structure."
    if nested == [False, False]:
        return
    if nested[0] is not nested[1] or len(first) != len(second):
        raise ValueError(f'{words}\n\nFirst structure: {first}\n\nSecond structure: {second}')
    if type(first) is not type(second):
        raise TypeError(f'{words}\n\nFirst structure: {first}\n\nSecond structure: {second}')
    for key in first if isinstance(first, dict) else range(len(first)):
        _same_structure(first[key], second[key])
