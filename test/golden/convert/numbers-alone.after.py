"""Functions of Python numbers alone: NumPy gives float64 and int64."""

import numpy as np
import tensorflow as tf
a = tf.maximum(tf.constant(3, tf.float64), 4.5)
b = tf.maximum(tf.constant(3, tf.int64), 4)
c = tf.minimum(tf.constant(2.0, tf.float64), 3)
d = tf.convert_to_tensor(np.less(1, 2.5))
e = tf.convert_to_tensor(np.equal(1, 1))
f = tf.convert_to_tensor(np.bitwise_and(6, 3))
g = tf.maximum(tf.range(3, dtype=tf.int64), 1)
h = tf.minimum(0.5, tf.ones(2, tf.float64))
print(a.numpy(), b.numpy(), c.numpy(), d.numpy(), e.numpy(), f.numpy(), g.numpy(), h.numpy(), a.numpy().dtype, b.numpy().dtype)
