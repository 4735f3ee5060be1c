import numpy as np
import tensorflow as tf

# NumPy drops axes of length one in front of what is stored.
x = np.arange(4.0)
x[:] = x[None]
some = x > 1
some[-1] = np.prod(some, keepdims=True)
y = np.arange(3.0)
y[y > 1] = tf.constant([5.0], tf.float64).numpy()
print(x, y, some)

# One row for all of them, and rows that are swapped by their numbers.
grid = tf.reshape(tf.range(6.0, dtype=tf.float64), [3, 2])
grid = tf.tensor_scatter_nd_update(grid, [[0], [2]], tf.broadcast_to(tf.constant([[7.0, 8.0]], tf.float64), [2] + grid.shape[1:]))
order = tf.eye(3, dtype=tf.float64)
order = tf.tensor_scatter_nd_update(order, [[0], [1]], tf.gather(order, [1, 0]))
print(grid.numpy(), order.numpy())

# A variable has neither a length nor ndim.
tail = tf.Variable(tf.zeros(5, tf.float64))
tail[1:3].assign(2.0)
print(tail.shape[0], tail.shape.rank, [i for i in range(tail.shape[0])])
size = tf.Variable(tf.reduce_max(tf.convert_to_tensor(x)))
size = tf.Variable(size - tf.convert_to_tensor(x))
size[1:].assign(size[1:] + 1.0)
print(size.numpy())

# An axis of what has no axes.
print(np.max(tf.constant(3, tf.int64).numpy(), axis=0), tf.constant(True, tf.bool).numpy().max(axis=-1))
