import numpy as np
import tensorflow as tf

left = np.random.rand(200, 200)
right = np.random.rand(200, 200)
expected = np.matmul(left, right)

a = tf.constant(left)
b = tf.constant(right)
product = tf.matmul(a, b)

with tf.compat.v1.Session() as sess:
    fetched = sess.run(product)

print("NumPy:", %timeit -n 3 -r 1 np.matmul(left, right))
print("TensorFlow:", %timeit -n 3 -r 1 sess.run(product))
