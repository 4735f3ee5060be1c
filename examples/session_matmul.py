"""A matrix product in the style of TensorFlow 1: constants, a session, and IPython timing inside a call."""

import numpy as np
import tensorflow as tf

left = np.random.rand(1000, 1000)
right = np.random.rand(1000, 1000)
product = np.matmul(left, right)

a = tf.constant(left)
b = tf.constant(right)
c = tf.matmul(a, b)

with tf.compat.v1.Session() as sess:
    tf_product = sess.run(c)

print("NumPy:", %timeit -n 1 -r 1 np.matmul(left, right))
print("TensorFlow:", %timeit -n 1 -r 1 sess.run(c))
