"""What the package is doing right now: the graph being traced, the tapes that watch, switches."""

#: The innermost graph that is being traced (a FuncGraph of _graph.py), or None in eager mode.
graph = None
#: GradientTapes that record, innermost last.
tapes = []
#: tf.config.run_functions_eagerly
functions_eagerly = False
_count = 0


def unique():
    """A number that no other tensor or variable has."""
    global _count
    _count += 1
    return _count
