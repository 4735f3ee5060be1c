"""Unfit arguments, eager and while a function is traced: what TensorFlow refuses is refused, in its words."""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

from snippets import main  # noqa: E402

SETUP = r'''
import re

import tensorflow as tf


def said(error):
    """Type and words of an error: without the op and its nodes, which stand around them in one way or another."""
    lines = str(error).splitlines() or ['']
    if lines[0] == 'Graph execution error:':
        lines = [line for line, after in zip(lines, lines[1:]) if after.startswith('\t [[{{node')]
    words = re.sub(r'{{function_node [^}]*}} | ?\[Op:.*', '', lines[0].split(" for '{{node")[0])
    return f'! {type(error).__name__}: {words}'


def eager(f):
    """The result of a call, or its error."""
    try:
        print(repr(f()))
    except Exception as error:
        print(said(error))


def graph(f):
    """The same inside a function that is traced as it is."""
    eager(tf.function(f, autograph=False))


def derive(of, x):
    """A gradient, eager and traced."""
    def g(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = of(x)
        return tape.gradient(y, x)

    for each in (g, tf.function(g, autograph=False)):
        eager(lambda: each(tf.constant(x)))
'''

EAGER = r'''
tf.linalg.set_diag(np.uint8(250), [1.])
tf.roll(np.array([[0.5,1.5],[2.5,3.5]],np.float32), 1.5, 1)
tf.repeat(tf.constant([1,2],tf.uint8), 1.5)
tf.argsort(np.float32(2), axis=1)
tf.tensor_scatter_nd_update(np.arange(6).reshape(2,3), [[9]], tf.constant([1.]))
tf.tensor_scatter_nd_add([np.nan,np.inf,-np.inf], [[0]], 1.)
tf.pad(tf.reshape(tf.range(8.),[2,2,2]), [[-1,1]], mode='REFLECT', constant_values=0)
tf.gather_nd(tf.zeros([2,0]), [[5]])
tf.squeeze(np.array([1.5,-2.]), axis=[0,1])
tf.math.reduce_std(tf.constant([1.5,-2.5],tf.float64), axis=True, keepdims=True)
tf.reverse(1e400, 0)
tf.tensor_scatter_nd_add(2.5, [[1,1]], [9.,8.])
tf.reduce_all(tf.constant([0.,0.,1.,1.]), axis=[1], keepdims=None)
tf.tensor_scatter_nd_add(tf.zeros([2,0]), [0], [9.,8.])
tf.stack([tf.constant(False), tf.constant(False)], axis=0.5)
tf.tensor_scatter_nd_update(np.array([[0.5,1.5],[2.5,3.5]],np.float32), [[0]], [5,6])
tf.linalg.set_diag(tf.Variable([1,2]), [9.,9.])
tf.broadcast_to(np.array([True,False,True]), [2,1])
tf.reduce_prod(-2, axis='0', keepdims=1)
tf.repeat(tf.constant([1.,-2.,0.]), -1)
tf.linalg.inv(tf.constant([0.,0.,1.,1.]))
tf.broadcast_to(tf.constant([True,False]), [-1])
tf.divide(np.int64(4), tf.range(4))
tf.roll(np.array([1.5,-2.]), [1,2], [0,1])
tf.tensor_scatter_nd_update(tf.zeros([2,0]), [[0]], [5,6])
tf.roll(tf.range(4), 0, [0,1])
tf.Variable(tf.constant([1,-2,0]), dtype=tf.bool, name='w')
tf.argmax(tf.Variable([1.,2.]), axis=[], output_type=tf.int64)
tf.repeat(0, 0, axis=1)
tf.cumsum([], axis=(0,-1))
tf.tile(tf.Variable([1.,2.]), [1.5])
tf.reduce_max(tf.constant(2,tf.int64), axis='0')
tf.tensordot(tf.Variable([1.,2.]), [tf.constant(1),2], 0)
tf.fill([-1], tf.range(4))
tf.reverse(0, tf.constant([0]))
tf.reshape(3, [2.,2.])
tf.tensor_scatter_nd_add(tf.constant(0.5), [0], [[1.,2.]])
tf.boolean_mask(tf.constant([1,-2,0]), [1,0], axis=-1)
tf.argmax(np.array([1,2],np.int32), output_type=tf.float32)
tf.concat([3, 3], True)
tf.linalg.diag(True, k=1, padding_value=1.5)
tf.reverse(np.array(3.0), 0)
tf.squeeze(tf.constant([[1.,2.],[3.,4.]]), axis=True)
tf.cumsum(np.array(3.0), axis=True, reverse=True)
tf.reverse(np.int64(4), [1])
tf.reduce_any(tf.constant([1,2],tf.uint8), axis=np.int64(0))
tf.pad(np.array([1.5,-2.]), [1,1], constant_values=0)
tf.sort(np.int64(4), axis=0)
(tf.reshape(tf.range(8.),[2,2,2])) @ (tf.constant([1,2]))
tf.eye(2.5, batch_shape=[])
tf.linalg.set_diag(2**31, tf.constant([5.,6.,7.]), k=-1)
tf.reverse(True, [5])
tf.reduce_min(tf.constant([[1.],[2.]]), axis=0.5, keepdims=None)
tf.reduce_min(tf.constant(0.5), axis='0', keepdims=None)
tf.meshgrid(tf.constant([True,False]), tf.constant([0.,0.,1.,1.]), indexing='xy')
tf.stack([np.array([1,2],np.int32), np.array([1,2],np.int32)], axis=[0,0])
tf.argsort(np.array([True,False,True]))
tf.sort(np.array([True,False,True]), axis=5)
tf.concat([True, True], [0,0])
tf.expand_dims(tf.constant(2,tf.int64), [0,0])
tf.linalg.diag(tf.constant([[1,2],[3,4]]), k=0, padding_value=1.5)
tf.gather(tf.constant([[1.],[2.]]), 0, axis=[0], batch_dims=1)
tf.math.reduce_variance([np.nan,np.inf,-np.inf], axis='0', keepdims=1)
tf.reverse(tf.constant(False), [5])
tf.math.reduce_std(tf.reshape(tf.range(8.),[2,2,2]), axis='0', keepdims=False)
tf.argmax([np.nan,np.inf,-np.inf], axis=tf.constant([0,1]))
tf.meshgrid(tf.constant([[1.,2.],[3.,4.]]), tf.constant(False))
tf.fill([2.,2.], tf.zeros([2,0]))
tf.where(np.float32(2))
tf.divide(np.float32(2), tf.constant(2,tf.int64))
tf.reduce_sum([1,None])
tf.stack([np.array([True,False,True]), np.array([True,False,True])], axis=tf.constant(1,tf.int64))
tf.divide(np.array([1.5,-2.]), tf.constant([], tf.float32))
tf.math.reduce_variance(tf.constant([1,-2,0]), axis=True, keepdims=1)
tf.broadcast_to(tf.Variable(2.0), [2.,2.])
tf.Variable(np.arange(6).reshape(2,3), dtype=tf.float32, shape=[2])
tf.matmul([], tf.constant([1,2],tf.uint8))
tf.stack([tf.constant([True,False]), tf.constant([True,False])], axis=None)
tf.linspace(0., 10., tf.constant(4), axis=1)
tf.reverse(tf.constant([[1.,2.],[3.,4.]]), [0,0])
(tf.constant(0.5)) @ (tf.constant(3))
tf.broadcast_to(np.array([[0.5,1.5],[2.5,3.5]],np.float32), [6])
tf.Variable(tf.range(4), dtype=tf.bool, trainable=False, name='w')
tf.expand_dims([[1.,2.],[3.,4.]], True)
tf.stack([np.uint8(250), np.uint8(250)], axis='0')
tf.repeat(tf.Variable(2.0), 2, axis=-1)
tf.reduce_prod([1,None], keepdims=1)
tf.expand_dims(tf.Variable([1.,2.]), True)
tf.math.reduce_std(2.5, axis=0.5, keepdims=None)
tf.divide(3, tf.constant([[1.,2.,3.]]))
tf.meshgrid(tf.constant([1,-2,0]), True)
tf.repeat(np.array(3.0), [1,2], axis=-1)
tf.equal([1,None], [tf.constant(1.),tf.constant(2.)])
tf.Variable(tf.constant([[1.,2.,3.]]), dtype=None, shape=[2])
tf.linalg.diag_part(True)
tf.reduce_mean(np.array([1,2],np.int32), axis='0')
tf.reduce_min(tf.Variable(2.0), axis=True, keepdims=None)
tf.add([1,None], np.array([1,2],np.int32))
tf.fill(None, tf.constant([1,2],tf.uint8))
tf.reduce_max([1,None], axis=np.int64(0))
tf.tensor_scatter_nd_update(np.array([1.5,-2.]), [[9]], 1.)
tf.linalg.diag([1.,2.,3.], k=[0,1])
tf.tensordot(tf.constant([1.]), np.array([1.]), 1)
tf.linalg.matvec(tf.constant([[1.]]), np.array([2.]))
tf.linalg.matvec(tf.constant([[1.]]), [2])
tf.expand_dims(2.5, [])
tf.cast(tf.Variable([1., 2.]), tf.float32)
'''

GRAPH = r'''
tf.linalg.diag([1.,2.,3.], k=[0,1])
tf.eye(tf.constant(2), num_columns=3)
tf.linspace(0., 1., tf.constant(3))
tf.reshape(tf.constant([1, 2]), 2)
tf.zeros(2, tf.float64)
tf.ones(tf.constant(2))
tf.fill(2, 1)
tf.reverse([1, 2], 0)
tf.broadcast_to(1, 2)
tf.unique([[1.,2.],[3.,4.]])
tf.argmax(tf.constant([], tf.float32))
tf.tile(1e400, [2])
tf.matmul(1e400, tf.constant(-0.0))
tf.stack([np.float32(2), tf.constant([[1.],[2.]])], axis=[0,1])
tf.reduce_all(tf.constant([True,False]), axis=1)
(tf.constant([True,False])) @ (tf.Variable([1,2]))
tf.reduce_sum(tf.constant(-0.0), axis=[0,1])
tf.math.floordiv([1,None], np.float32(2))
tf.maximum(tf.constant([1,2],tf.uint8), 'a')
tf.squeeze(-2, axis=np.int64(0))
tf.linalg.diag_part([1.5,2.5])
tf.gather(np.array([1,2],np.int32), 1.0)
tf.tile(np.uint8(250), [1.5])
tf.pad(np.array(3.0), tf.constant([[1,2]]), constant_values=9)
([1.5,2.5]) != (tf.constant(3))
tf.linalg.matvec([[1,2],[3,4]], tf.constant([1,-2,0]), transpose_a=True)
tf.math.reduce_euclidean_norm(np.array([True,False,True]), keepdims=True)
tf.reduce_any(tf.constant([[1.,2.,3.]]), axis=[])
tf.gather_nd(tf.constant([1.,-2.,0.]), [[0.5]])
tf.nn.softmax(np.uint8(250))
tf.reduce_all(tf.constant([[1.,2.],[3.,4.]]), keepdims=True)
tf.less_equal(0, tf.constant(-0.0))
tf.argsort(np.float32(2))
tf.fill([-2], 2**31)
tf.pow([[1.,2.],[3.,4.]], tf.constant(False))
tf.math.reduce_variance(3, axis=(0,-1), keepdims=1)
(tf.constant(2,tf.int64)) * ([np.nan,np.inf,-np.inf])
tf.repeat(tf.Variable(2.0), [2], axis=1)
tf.linalg.diag(tf.constant(0.5), padding_value=9)
tf.math.reduce_euclidean_norm(-2, axis=2)
tf.maximum(0, tf.zeros([2,0]))
tf.reduce_sum([1,2.5], axis=0.5, keepdims=1)
tf.expand_dims([1,2,3], '0')
tf.gather(tf.constant(False), [1,0,1])
tf.gather_nd(tf.constant([[1,2],[3,4]]), [[5]])
tf.reduce_min(tf.constant(False), keepdims=None)
tf.reduce_mean(np.float32(2), axis=True, keepdims=None)
tf.reduce_prod(tf.constant([True,False]))
tf.reduce_any(None, keepdims=1)
tf.nn.relu(tf.float32)
tf.repeat([np.nan,np.inf,-np.inf], -1, axis=0)
tf.linalg.inv([[1,2],[3,4]], adjoint=True)
tf.tensor_scatter_nd_update(tf.constant([0.,0.,1.,1.]), [[9]], tf.constant([1.]))
tf.math.reduce_std(np.int64(4), axis=-1, keepdims=True)
tf.linalg.set_diag(tf.constant([[1.,2.,3.]]), [9,9])
(tf.constant([1,2])) @ (np.int64(4))
(-1.0) >= (tf.constant(2,tf.int64))
tf.tensor_scatter_nd_add(np.int64(4), [0], [[1.,2.]])
tf.broadcast_to([1,None], [1,1,4])
tf.logical_not([1,2.5])
(tf.constant(2,tf.int64)) % (np.array([True,False,True]))
tf.expand_dims(-1.0, [0,0])
(tf.constant(3)) < (-1.0)
tf.cumsum(1e400, exclusive=True)
tf.cos([1,None])
tf.fill(tf.constant([2,3],tf.int64), tf.constant([0.,0.,1.,1.]))
tf.tensor_scatter_nd_add(tf.constant([1.5,-2.5],tf.float64), [[9]], tf.constant([1.]))
tf.greater(np.uint8(250), tf.constant([True,False]))
tf.reduce_all(1e400, axis=-1, keepdims=True)
tf.reduce_min(2.5, axis=[0,1], keepdims=False)
tf.tensor_scatter_nd_update(-2, [[9]], [[1.,2.]])
tf.argmax([1,2,3], axis='0', output_type=tf.float32)
tf.meshgrid(-1.0, tf.constant([True,False]), indexing='ij')
tf.reduce_any(np.array([True,False,True]), axis=0.5, keepdims=True)
tf.math.floordiv(-2, tf.constant(0.5))
tf.reduce_prod(tf.constant([1.,-2.,0.]), axis=1, keepdims=True)
tf.sort(tf.constant(0.5), axis=0)
tf.cumsum(tf.Variable(2.0), axis=2, reverse=True)
tf.linalg.inv(tf.Variable(2.0), adjoint=True)
tf.clip_by_value(-2, 0, [1.,2.])
tf.not_equal(tf.range(4), 1e400)
(tf.constant([1,2])) * ([np.nan,np.inf,-np.inf])
tf.where(2.5)
(2**31) @ (tf.Variable(2.))
([[1.,2.],[3.,4.]]) % (tf.constant([1,2]))
(tf.constant([1,2])) - ([1.5,2.5])
tf.tensordot([True,False], [True,False], 1)
tf.where([True,False], tf.constant([True,False]), 0)
tf.reduce_mean(np.array([True,False,True]), axis=[0,0], keepdims=False)
tf.transpose(tf.Variable([1.,2.]), perm=[0,0])
tf.equal(tf.float32, [np.nan,np.inf,-np.inf])
tf.reduce_any(2**31, axis=-1)
tf.linalg.set_diag(np.array([1,2],np.int32), [9,9], k=-1)
tf.reverse(tf.zeros([2,0]), [0,0])
([[1.,2.],[3.,4.]]) ** (tf.constant([1,2]))
tf.norm(tf.zeros([2,0]), axis=True)
(tf.constant(3)) % (tf.constant([1,-2,0]))
tf.argmax(tf.constant([], tf.float32), axis=0, output_type=tf.float32)
tf.matmul(tf.reshape(tf.range(8.),[2,2,2]), tf.constant(-0.0))
tf.reshape(np.array([1.5,-2.]), [2.,2.])
tf.linalg.inv(tf.zeros([2,2]))
tf.subtract([1,2.5], tf.Variable([1,2]))
tf.reduce_max(tf.constant([1,2],tf.uint8), axis=np.array([0,1]), keepdims=1)
tf.ones([-2], dtype=np.int32)
tf.clip_by_value(tf.float32, [0.,1.], 1)
tf.maximum([1,None], tf.constant([1.5,-2.5],tf.float64))
tf.tensor_scatter_nd_update([1,None], [0], [[1.,2.]])
tf.reduce_any(tf.constant([True,False]), axis=[1], keepdims=1)
tf.nn.relu(tf.constant([True,False]))
tf.logical_and(-1.0, tf.constant([1,-2,0]))
tf.norm(tf.constant([1,2],tf.uint8), axis=2)
tf.linalg.set_diag(tf.constant([7,-7],tf.int64), [9.,9.], k=0)
tf.gather_nd(tf.float32, [[0,1]])
tf.divide(2**31, tf.Variable(2.0))
tf.tile(tf.float32, [0])
tf.tensor_scatter_nd_update(tf.constant([True,False]), [0], tf.constant([1.]))
tf.divide(tf.float32, tf.constant([0.,0.,1.,1.]))
tf.less(np.int64(4), tf.zeros([2,0]))
tf.less(tf.Variable([1,2]), 1e400)
tf.sort(True, axis=0, direction='ASCENDING')
tf.gather(np.array([1,2],np.int32), [-1])
tf.reduce_sum(tf.float32, axis=[])
tf.minimum(True, tf.constant([7,-7],tf.int64))
tf.math.floormod([1,2.5], tf.Variable([1,2]))
tf.stack([tf.constant(0.5), tf.constant(0.5)], axis=np.int64(0))
tf.linalg.diag_part(tf.constant([[1.,2.,3.]]), k=-1)
tf.tensor_scatter_nd_update(tf.constant([7,-7],tf.int64), [[0]], [9.,8.])
tf.subtract(tf.constant([[1,2],[3,4]]), [1.5,2.5])
(np.array([1.5,-2.])) @ (tf.constant([True,False]))
tf.divide(np.float32(2), [1,None])
tf.multiply(np.array([[0.5,1.5],[2.5,3.5]],np.float32), tf.Variable([1,2]))
([[1.,2.],[3.,4.]]) + (tf.constant(2,tf.int64))
(tf.constant(2,tf.int64)) > ([1.5,2.5])
(-1.0) != (tf.constant(2,tf.int64))
tf.linalg.norm([1,2,3], axis=[0,1])
tf.argmax(tf.Variable(2.0))
tf.math.reduce_euclidean_norm(tf.constant([[1.],[2.]]), axis=True)
tf.norm(np.int64(4), ord=0.5, keepdims=True)
tf.truediv(tf.constant([1,-2,0]), [1,None])
tf.linspace(1, [1.,2.], 0, axis=-1)
(tf.constant([1,2])) ** ([np.nan,np.inf,-np.inf])
tf.tensor_scatter_nd_add(tf.constant([1,-2,0]), [[0],[0]], 1.)
tf.where(tf.constant([[True],[False]]), tf.constant([1,-2,0]), -1.0)
(-2) @ (tf.constant([1.,2.]))
tf.linalg.set_diag(tf.constant([1,2],tf.uint8), tf.constant([5.,6.,7.]))
tf.equal(np.array([True,False,True]), [1.5,2.5])
tf.not_equal(0, tf.constant([], tf.float32))
tf.greater(np.int64(4), [1.5,2.5])
tf.linalg.matvec(tf.constant([[1.],[2.]]), [1,None], transpose_a=True)
tf.logical_or(-2, tf.constant([1,-2,0]))
tf.linalg.diag_part(tf.zeros([2,0]), k=(0,1))
tf.reduce_max([True,False], axis=-1, keepdims=True)
tf.expand_dims(tf.float32, tf.constant(1,tf.int64))
tf.where(tf.constant([[True],[False]]), [1,2,3], tf.constant([[1.],[2.]]))
tf.equal(tf.range(4), tf.float32)
tf.equal(np.array(3.0), tf.float32)
(tf.constant(3)) % (2.5)
tf.argsort(True, axis=0)
tf.roll(tf.constant(2,tf.int64), 1.5, 1)
tf.tensor_scatter_nd_update(tf.constant([True,False]), [[9]], [5,6])
([np.nan,np.inf,-np.inf]) & (tf.constant(3))
tf.boolean_mask(tf.float32, np.array([False,False]))
tf.math.floordiv(tf.constant([1,-2,0]), 2.5)
tf.greater([1,2,3], [1.5,2.5])
'''

GRADIENTS = r'''
lambda x: tf.boolean_mask(x, x > 0), [1.0, -1.0, 2.0]
lambda x: tf.unique(x)[0], [1.0, 1.0, 2.0]
lambda x: tf.unique(x)[0] * 2.0 + x, [1.0, 2.0, 3.0]
lambda x: tf.math.floormod(1.5, x), [1, 2]
lambda x: tf.nn.softmax(x), [1, 2]
lambda x: tf.tensor_scatter_nd_update(x, [[0]], [5.0]), [1, 2]
lambda x: tf.reduce_sum(tf.gather(x, [0, 0, 1]) * 2.0) + tf.reduce_sum(x), [1.0, 2.0]
'''

STATEMENTS = [
    'v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])\neager(lambda: v[0, 0].assign([[1.0, 1.0], [2.0, 2.0]]))',
    'v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])\neager(lambda: v[:, 1].assign([[1.0, 1.0], [2.0, 2.0]]))',
    'eager(lambda: tf.range(tf.constant(float("nan"))))',
]


def lines(text):
    return text.strip().split('\n')


main(
    'tensorflow_words',
    [
        *(f'eager(lambda: {line})' for line in lines(EAGER)),
        *(f'graph(lambda: {line})' for line in lines(GRAPH)),
        *(f'derive({line})' for line in lines(GRADIENTS)),
        *STATEMENTS,
    ],
    SETUP,
)
