"""tf.print: writes tensors in its own format, to stderr unless told otherwise; in a graph each time the graph runs."""

import json
import sys

import _tensorlift_bridge as _js
from numpy import _bridge
from numpy._ndarray import handle

from . import _state
from ._tensor import Tensor

_CHANNELS = {'stdout': 'stdout', 'stderr': 'stderr'}


class _Mark:
    """Stands for a tensor inside a nested structure while Python writes the rest."""

    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


def _marked(value, tensors):
    if getattr(type(value), '_is_variable', False):
        value = value._read()
    if isinstance(value, Tensor):
        tensors.append(value)
        return _Mark(f'\0{len(tensors) - 1}\0')
    if isinstance(value, dict):
        return {key: _marked(item, tensors) for key, item in value.items()}
    if isinstance(value, (list, tuple)) and not hasattr(value, '_fields'):
        return type(value)(_marked(item, tensors) for item in value)
    return value


def tf_print(*inputs, **kwargs):
    stream = kwargs.pop('output_stream', None)
    summarize = kwargs.pop('summarize', 3)
    sep = kwargs.pop('sep', ' ')
    end = kwargs.pop('end', '\n')
    kwargs.pop('name', None)
    if kwargs:
        raise ValueError(f'Unrecognized keyword arguments for tf.print: {kwargs}')
    tensors = []
    words = []
    for value in inputs:
        marked = _marked(value, tensors)
        words.append(marked if isinstance(marked, str) else repr(marked))
    template = sep.join(words) + ('' if end is None else end)
    attrs = json.dumps({'template': template, 'summarize': -1 if summarize is None else summarize})
    if stream is None or stream is sys.stderr:
        channel = 'stderr'
    elif stream is sys.stdout:
        channel = 'stdout'
    else:
        channel = str(stream)
        if channel not in _CHANNELS:
            raise ValueError(f'Output stream must be sys.stderr, sys.stdout or a file: {stream!r}')
    if _state.graph is not None:
        note = json.dumps({'template': f'\1{channel}\1{template}', 'summarize': -1 if summarize is None else summarize})
        _state.graph.special('Print', tensors, note, [])
        return
    for i, t in enumerate(tensors):
        _bridge.mail[i] = handle(t._nd)
    text = _js.tf_print(len(tensors), attrs)
    if text == -1:
        _bridge.fail()
    getattr(sys, channel).write(text)


tf_print.__name__ = tf_print.__qualname__ = 'print'


def flush():
    """Writes what a graph printed while it ran."""
    text = _js.tf_printed()
    if not text:
        return
    parts = text.split('\1')[1:]
    for channel, words in zip(parts[::2], parts[1::2]):
        getattr(sys, channel).write(words)
