"""Losses, einsum, pieces of tensors, equations: values, gradients, graphs, and what is refused."""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

from snippets import main  # noqa: E402

SETUP = r'''
import logging, re
import tensorflow as tf

logging.getLogger('tensorflow').setLevel('CRITICAL')
x = tf.constant([[1.0, 2.0, -1.5], [0.25, -3.0, 0.5]])
s = tf.constant([[4.0, 1.0], [2.0, 3.0]])
r = tf.reshape(tf.range(24.0) / 7.0, [2, 3, 4])


def plain(value):
    """Values to four digits, with dtypes and shapes."""
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if value is None:
        return None
    return value.dtype.name, value.shape.as_list(), np.round(value.numpy() * 1.0, 4).tolist()


def said(error):
    lines = str(error).splitlines() or ['']
    if lines[0] == 'Graph execution error:':
        lines = [line for line, after in zip(lines, lines[1:]) if after.startswith('\t [[{{node')]
    words = re.sub(r'{{function_node [^}]*}} | ?\[Op:.*', '', lines[0].split(" for '{{node")[0])
    return f'! {type(error).__name__}: {words}'


def call(f):
    """A call, eager and inside a function that is traced as it is."""
    for each in (f, tf.function(f, autograph=False)):
        try:
            print(plain(each()))
        except Exception as error:
            print(said(error))


def refuse(f):
    """A call that is refused, eager."""
    try:
        print(plain(f()))
    except Exception as error:
        print(said(error))


def derive(f, *values):
    """The gradient of the sum of a function, eager and traced."""
    def g(*values):
        with tf.GradientTape() as tape:
            tape.watch(values)
            y = tf.reduce_sum(f(*values) * 1.5)
        return tape.gradient(y, values)

    for each in (g, tf.function(g, autograph=False)):
        print(plain(each(*(tf.constant(v) for v in values))))
'''

CALLS = r'''
tf.nn.log_softmax(x)
tf.nn.log_softmax(x, axis=0)
tf.nn.log_softmax([1000.0, 0.0, -1000.0])
tf.nn.log_softmax(tf.zeros([2, 0]))
tf.math.log_softmax(tf.constant([1.0, 2.0], tf.float64))
tf.reduce_logsumexp(x)
tf.reduce_logsumexp(x, axis=1)
tf.math.reduce_logsumexp(x, axis=0, keepdims=True)
tf.reduce_logsumexp([np.inf, 1.0])
tf.reduce_logsumexp([-np.inf, -np.inf])
tf.reduce_logsumexp([1000.0, 1000.0])
tf.nn.sparse_softmax_cross_entropy_with_logits([2, 0], x)
tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.constant([1, 1], tf.int64), logits=tf.cast(x, tf.float64))
tf.nn.sparse_softmax_cross_entropy_with_logits(1, [1.0, 2.0, 3.0])
tf.nn.sparse_softmax_cross_entropy_with_logits([[1, 0, 3], [2, 2, 2]], r)
tf.nn.softmax_cross_entropy_with_logits([[0.0, 1.0, 0.0], [0.5, 0.25, 0.25]], x)
tf.nn.softmax_cross_entropy_with_logits(labels=[[0, 1, 0]], logits=x)
tf.nn.softmax_cross_entropy_with_logits(tf.ones([2, 3, 4]) / 4.0, r)
tf.nn.softmax_cross_entropy_with_logits([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0]], x, axis=0)
tf.argmin(x, axis=1)
tf.argmin(x)
tf.math.argmin([3, 1, 2], output_type=tf.int32)
tf.argmin([np.nan, 2.0, 1.0])
tf.one_hot([0, 2, -1, 5], 3)
tf.one_hot(1, 3, dtype=tf.int32)
tf.one_hot([[0, 1]], 2, axis=0)
tf.one_hot([[0, 1]], 2, axis=1)
tf.one_hot([0, 1], 2, on_value=5.0, off_value=-1.0)
tf.one_hot([0, 1], 2, on_value=True, off_value=False)
tf.one_hot([0, 1], 2, on_value=3)
tf.one_hot(tf.constant([], tf.int32), 2)
tf.split(x, 3, axis=1)
tf.split(x, [1, 2], 1)
tf.split(x, [1, -1], axis=-1)
tf.split(tf.range(6), 2)
tf.unstack(x)
tf.unstack(x, axis=1)
tf.slice(x, [0, 1], [2, 2])
tf.slice(x, [1, 0], [-1, 1])
tf.slice(tf.range(5), [1], [3])
tf.einsum('ij,kj->ik', x, x)
tf.einsum('ij,jk->ik', s, s)
tf.einsum('ij->ji', x)
tf.einsum('ij->', x)
tf.einsum('ij->j', x)
tf.einsum('ij,ij->ij', x, x)
tf.einsum('ij,ij', x, x)
tf.einsum('bij,bkj->bik', r, r)
tf.einsum('bij,jk->bik', r, tf.ones([4, 2]))
tf.einsum('i,j->ij', x[0], x[1])
tf.einsum('i,i->', x[0], x[1])
tf.einsum('ij,j,i->i', x, x[0], s[0])
tf.einsum('bij->bji', r)
tf.einsum('ij,jk,kl->il', s, s, s)
tf.linalg.einsum('ba,bc->ca', x, x)
tf.linalg.trace(s)
tf.linalg.trace(r)
tf.linalg.det(s)
tf.linalg.det(tf.stack([s, s * 2.0]))
tf.linalg.solve(s, [[1.0], [2.0]])
tf.linalg.solve(s, [[1.0, 0.0], [2.0, 1.0]], adjoint=True)
tf.linalg.matrix_transpose(x)
tf.linalg.matrix_transpose(r)
tf.math.rsqrt([4.0, 0.25, 0.0])
tf.round([0.5, 1.5, 2.5, -0.5, -1.4, 7.0])
tf.math.round([1, 2])
tf.tan([0.5, -1.0, np.nan])
tf.math.tan(tf.constant(2.0, tf.float64))
tf.asin([0.5, -1.0, 2.0])
tf.acos([0.5, -1.0, 2.0])
tf.atan([0.5, np.inf, -np.inf])
tf.sinh([0.5, 100.0, -2.0])
tf.cosh([0.5, 100.0, -2.0])
tf.asinh([0.5, -3.0])
tf.acosh([1.0, 3.0, 0.5])
tf.atanh([0.5, 1.0, -2.0])
tf.math.log1p([0.0, 1e-6, -1.0, -2.0])
tf.math.expm1([0.0, 1e-6, -np.inf, 3.0])
tf.math.atan2([1.0, -1.0, 0.0], [0.0, -1.0, -1.0])
tf.atan2(1.0, tf.constant([2.0, 3.0], tf.float64))
tf.linalg.band_part(x, 0, -1)
tf.linalg.band_part(x, -1, 0)
tf.linalg.band_part(r, 1, 1)
tf.linalg.band_part([[1, 2], [3, 4]], 0, 0)
tf.function(lambda a, b: (a // b, a % b), jit_compile=True)(tf.constant([1, -7, 0, 7]), tf.constant([0, 0, 0, -2]))
tf.function(lambda a, b: (a // b, a % b), jit_compile=True)(tf.constant([1, 7], tf.uint8), tf.constant([0, 2], tf.uint8))
'''

REFUSED = r'''
tf.nn.log_softmax([1, 2])
tf.nn.log_softmax(x, axis=5)
tf.reduce_logsumexp([1, 2])
tf.nn.sparse_softmax_cross_entropy_with_logits([2, 3], x)
tf.nn.sparse_softmax_cross_entropy_with_logits([2, 1, 0], x)
tf.nn.sparse_softmax_cross_entropy_with_logits([[2, 1]], x)
tf.nn.sparse_softmax_cross_entropy_with_logits([1.0, 2.0], x)
tf.nn.sparse_softmax_cross_entropy_with_logits([1, 2], tf.cast(x, tf.int32))
tf.nn.softmax_cross_entropy_with_logits([[0.0, 1.0], [1.0, 0.0]], x)
tf.argmin(x, axis=2)
tf.one_hot([0], 2, on_value=1.0, dtype=tf.int32)
tf.one_hot([0], 2, on_value=1.0, off_value=0)
tf.one_hot([1.0], 2)
tf.one_hot([1], 2, axis=3)
tf.split(tf.range(5), 2)
tf.split(tf.range(5), [1, 2])
tf.slice(x, [0, 2], [2, 2])
tf.slice(x, [3, 0], [1, 1])
tf.slice(x, [0], [1])
tf.einsum('ij,jk->ik', x)
tf.linalg.det(x)
tf.linalg.solve(s, x)
tf.linalg.solve(tf.zeros([2, 2]), s)
tf.linalg.solve(x, x)
tf.math.rsqrt([4])
tf.tan(3)
tf.math.log1p([True])
tf.math.atan2([1.0, 2.0], [1.0, 2.0, 3.0])
tf.linalg.band_part(x[0], 0, 0)
tf.linalg.band_part(x, 3, 0)
tf.linalg.band_part(x, 0, 4)
'''

DERIVED = r'''
tf.nn.log_softmax, x
lambda x: tf.nn.log_softmax(x, axis=0), x
tf.reduce_logsumexp, x
lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits([2, 0], x), x
lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits([[1, 0, 3], [2, 2, 2]], x), r
lambda y, x: tf.nn.softmax_cross_entropy_with_logits(y, x), [[0.0, 1.0, 0.0], [0.5, 0.25, 0.25]], x
lambda x: tf.split(x, [1, 2], 1)[1], x
lambda x: tf.unstack(x)[1], x
lambda x: tf.slice(x, [0, 1], [2, 1]), x
lambda x, y: tf.einsum('ij,kj->ik', x, y), x, x
lambda x, y: tf.einsum('bij,jk->bk', x, y), r, [[1.0], [2.0], [3.0], [4.0]]
lambda x: tf.einsum('ij->j', x), x
tf.linalg.trace, s
tf.linalg.det, s
tf.linalg.solve, s, [[1.0], [2.0]]
lambda x: tf.linalg.matrix_transpose(x) ** 2.0, x
tf.math.rsqrt, [4.0, 0.25]
lambda x: tf.tan(x) + tf.atan(x) + tf.sinh(x) + tf.cosh(x) + tf.asinh(x) + tf.math.expm1(x), x
lambda x: tf.asin(x) + tf.acos(x * 0.5) + tf.atanh(x) + tf.math.log1p(x), [0.5, -0.25]
lambda x: tf.acosh(x), [1.5, 3.0]
tf.math.atan2, [1.0, -2.0], [0.5, -1.5]
lambda x: tf.linalg.band_part(x, 0, -1) * x, x
lambda x: tf.round(x) + x, x
lambda x: tf.reduce_sum(tf.one_hot([0, 1, 2], 3)) * x, x
'''


def lines(text):
    return text.strip().split('\n')


main(
    'tensorflow_more',
    [
        *(f'call(lambda: {line})' for line in lines(CALLS)),
        *(f'refuse(lambda: {line})' for line in lines(REFUSED)),
        *(f'derive({line})' for line in lines(DERIVED)),
    ],
    SETUP,
)
