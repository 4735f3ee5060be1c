"""Which dtypes each op takes: result dtype or exception type, over the six dtypes of the engine."""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

from snippets import main  # noqa: E402

OPS = r'''a + b|a - b|a * b|a / b|a // b|a % b|a ** b|-a|tf.abs(a)|tf.sign(a)|tf.square(a)|tf.sqrt(a)|tf.exp(a)|tf.math.log(a)|tf.sin(a)
tf.cos(a)|tf.tanh(a)|tf.sigmoid(a)|tf.floor(a)|tf.math.ceil(a)|tf.math.is_nan(a)|tf.math.is_finite(a)|tf.maximum(a, b)|tf.minimum(a, b)
tf.clip_by_value(a, b[0], b[1])|a == b|a != b|a < b|a >= b|~a|a & b|a \| b|a ^ b|tf.where([True, False, True], a, b)|tf.where(a)
tf.reduce_sum(a)|tf.reduce_mean(a)|tf.reduce_prod(a)|tf.reduce_max(a)|tf.reduce_min(a)|tf.reduce_any(a)|tf.reduce_all(a)
tf.math.reduce_std(a)|tf.math.reduce_variance(a)|tf.math.reduce_euclidean_norm(a)|tf.argmax(a)|tf.cumsum(a)|tf.sort(a)|tf.argsort(a)
tf.unique(a)[0]|A @ A|tf.matmul(A[None], A[None])|tf.linalg.matvec(A, a[:2])|tf.tensordot(a, b, 1)|tf.norm(a)|tf.linalg.inv(A)|tf.linalg.diag(a)
tf.linalg.diag_part(A)|tf.linalg.set_diag(A, a[:2])|tf.reshape(A, [4])|tf.transpose(A)|tf.concat([a, b], 0)|tf.stack([a, b])|tf.tile(a, [2])
tf.repeat(a, 2)|tf.pad(a, [[1, 1]])|tf.pad(a, [[1, 1]], 'REFLECT')|tf.roll(a, 1, 0)|tf.reverse(a, [0])|a[::-2]|tf.gather(a, [0, 2])
tf.gather_nd(a, [[0]])|tf.boolean_mask(a, [True, False, True])|tf.tensor_scatter_nd_update(a, [[0]], b[:1])
tf.tensor_scatter_nd_add(a, [[0]], b[:1])|tf.Variable(a)[1:].assign(b[1:])|tf.Variable(a).assign_add(b)|tf.zeros_like(a)|tf.ones_like(a)
tf.fill([2], a[0])|tf.eye(2, dtype=a.dtype)|tf.range(3, dtype=a.dtype)|tf.linspace(a[0], b[0], 3)|tf.meshgrid(a, b)[0]|tf.nn.relu(a)
tf.nn.softmax(a)|tf.cast(a, tf.float64)|tf.logical_and(a, b)|tf.logical_not(a)|a + 1|a * 1.5|1 - a|a > 0|tf.identity(a)|tf.broadcast_to(a, [2, 3])
tf.expand_dims(a, 0)|tf.squeeze(a[None])|tf.size(a)|tf.shape(a)|tf.rank(a)|tf.zeros([2], a.dtype)|tf.gather(b, a)|tf.math.floordiv(a, b)
tf.round(a)|tf.math.is_inf(a)|tf.math.logical_xor(a, b)|tf.argmin(a)|tf.math.count_nonzero(a)|tf.math.cumprod(a)|tf.linalg.trace(A)|tf.unstack(a)[0]'''
DTYPES = ('bool', 'uint8', 'int32', 'int64', 'float32', 'float64')
SETUP = """import tensorflow as tf
def over(dtypes, source):
    for name in dtypes:
        a, b = (tf.cast(tf.constant(v), name) for v in ([1, 2, 1], [2, 1, 2]))
        A = tf.cast(tf.constant([[2, 1], [1, 3]]), name)
        try:
            print(eval(source).dtype.name, end=' ')
        except Exception as error:
            print('!' + type(error).__name__, end=' ')
"""

sources = [source.replace('\\', '') for line in OPS.splitlines() for source in line.replace('\\|', '\0').split('|')]
main('tensorflow_dtypes', [f'over({DTYPES!r}, {source.replace(chr(0), "|")!r})' for source in sources], SETUP)
