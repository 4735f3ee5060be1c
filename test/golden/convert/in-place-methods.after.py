import numpy as np
import tensorflow as tf

scores = tf.constant([3.5, 1.0, 2.25], tf.float64)
scores = tf.sort(scores)
ranks = tf.constant([[3, 1], [2, 0]], tf.int64)
ranks = tf.sort(ranks, axis=0)
flags = tf.constant([True, False, True], tf.bool)
flags = tf.cast(tf.sort(tf.cast(flags, tf.int32)), tf.bool)
buffer = tf.zeros((2, 3), tf.float64)
buffer = tf.broadcast_to(tf.cast(tf.constant([1, 2, 3], tf.int64), tf.float64), buffer.shape)
buffer = tf.where(buffer > 2, -buffer, buffer)
level = tf.Variable(tf.zeros(4, tf.float64))
for i in range(3):
    level.assign(tf.fill(level.shape, tf.constant(i, tf.float64)))
    level[1:3].assign(9.0)
shared = np.array([3.0, 1.0, 2.0])
tail = shared[1:]
shared.sort()
print(scores.numpy(), ranks.numpy(), flags.numpy(), buffer.numpy(), level.numpy(), tail)


def order(values):
    values = tf.sort(values)
    return values


numbers = tf.constant([5, 4, 6], tf.int64)
numbers = order(numbers)
half = tf.zeros(3, tf.float64)
half = tf.divide(tf.cast(numbers, tf.float64), 2)
half = tf.subtract(half, 1.0)
above = tf.zeros(3, tf.bool)
above = tf.greater(half, 1.2)
print(numbers.numpy(), half.numpy(), above.numpy())
