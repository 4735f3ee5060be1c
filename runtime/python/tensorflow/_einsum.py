"""tf.einsum: operand by operand, each step a batched matrix product."""

import re

from ._array import reshape, transpose
from ._convert import convert
from ._linalg import matmul
from ._reduce import reduce_sum


def einsum(equation, *inputs, **kwargs):
    for key in kwargs:
        if key not in ('optimize', 'name'):
            raise TypeError(f'Invalid keyword arguments for einsum: {key}. Expected: optimize, name')
    text = equation.replace(' ', '')
    left, arrow, right = text.partition('->')
    if '.' in text:
        raise NotImplementedError('tf.einsum: `...` is not supported here; name the axes')
    terms = left.split(',')
    if not re.fullmatch(r'[A-Za-z,]*', left) or not re.fullmatch(r'[A-Za-z]*', right):
        raise ValueError(f'Indices have incorrect format: {equation}')
    if len(terms) != len(inputs):
        raise ValueError(f'Got {len(inputs)} inputs for equation "{equation}", expecting {len(terms)}')
    if not arrow:
        right = ''.join(sorted(c for c in set(left) - {','} if left.count(c) == 1))
    tensors = [convert(inputs[0]), *(convert(x, hint=convert(inputs[0]).dtype) for x in inputs[1:])]
    for term, t in zip(terms, tensors):
        if len(set(term)) != len(term):
            raise NotImplementedError(f'tf.einsum: a repeated axis of one operand is not supported here: {term}')
        if len(term) != len(t._shape):
            raise ValueError(f'Einsum: operand of rank {len(t._shape)} does not have the axes {term}')
    axes, result = terms[0], tensors[0]
    for i in range(1, len(tensors)):
        later = set(right).union(*terms[i + 1 :])
        axes, result = _product(axes, result, terms[i], tensors[i], later)
    summed = [i for i, c in enumerate(axes) if c not in right]
    if summed:
        result = reduce_sum(result, summed)
        axes = ''.join(c for c in axes if c in right)
    order = [axes.index(c) for c in right]
    return result if order == sorted(order) else transpose(result, order)


def _product(a_axes, a, b_axes, b, kept):
    """Two operands contracted over what both have and nobody needs later: batch, free axes of the left, of the right."""
    # What only one operand has and nobody needs is summed before.
    for _ in range(2):
        alone = [i for i, c in enumerate(a_axes) if c not in b_axes and c not in kept]
        if alone:
            a = reduce_sum(a, alone)
            a_axes = ''.join(c for i, c in enumerate(a_axes) if i not in alone)
        a_axes, a, b_axes, b = b_axes, b, a_axes, a
    batch = [c for c in a_axes if c in b_axes and c in kept]
    inner = [c for c in a_axes if c in b_axes and c not in kept]
    left, right = [c for c in a_axes if c not in b_axes], [c for c in b_axes if c not in a_axes]
    size = {**dict(zip(a_axes, a._shape)), **dict(zip(b_axes, b._shape))}

    def flat(t, axes, *groups):
        t = transpose(t, [axes.index(c) for group in groups for c in group])
        return reshape(t, [size[c] for c in batch] + [_sizes(size, group) for group in groups[1:]])

    product = matmul(flat(a, a_axes, batch, left, inner), flat(b, b_axes, batch, inner, right))
    out = [*batch, *left, *right]
    return ''.join(out), reshape(product, [size[c] for c in out])


def _sizes(size, axes):
    n = 1
    for c in axes:
        n *= size[c]
    return n
