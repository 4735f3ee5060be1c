"""Cross entropies."""

from ._array import reshape
from ._convert import convert
from ._math import cast
from ._shape import TensorShape
from ._tensor import execute


def sparse_softmax_cross_entropy_with_logits(labels, logits, name=None):
    labels, logits = convert(labels), convert(logits)
    own, shape = TensorShape(labels._shape), TensorShape(logits._shape)
    if shape.rank == 0:
        raise ValueError(f'`logits` cannot be a scalar. Received logits={logits}`')
    if own.rank is not None and shape.rank is not None and own.rank != shape.rank - 1:
        raise ValueError(
            f'`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: labels.shape={own} of rank {own.rank} and '
            f'logits.shape={shape} of rank {shape.rank}'
        )
    if not own.is_compatible_with(shape[:-1]):
        raise ValueError(
            f'`labels.shape` must equal `logits.shape` except for the last dimension. Received: labels.shape={own} and logits.shape={shape}'
        )
    op, api = 'SparseSoftmaxCrossEntropyWithLogits', 'tf.nn.sparse_softmax_cross_entropy_with_logits'
    if shape.rank == 2:
        return execute(op, (logits, labels), '{}', api)
    loss = execute(op, (reshape(logits, [-1, shape[-1]]), reshape(labels, [-1])), '{}', api)
    return reshape(loss, own.as_list())


def softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None):
    logits = convert(logits)
    labels = cast(convert(labels), logits.dtype)
    rank = len(logits._shape)
    if axis not in (-1, rank - 1):
        last = [i for i in range(rank) if i != axis % rank] + [axis % rank]
        labels, logits = (execute('Transpose', (x,), f'{{"perm":{last}}}') for x in (labels, logits))
    op, api = 'SoftmaxCrossEntropyWithLogits', 'tf.nn.softmax_cross_entropy_with_logits'
    if rank == 2:
        return execute(op, (logits, labels), '{}', api)
    *lead, classes = logits._shape
    return reshape(execute(op, [reshape(x, [-1, classes]) for x in (logits, labels)], '{}', api), lead)
