import tensorflow as tf

a = tf.constant([1.0, 2.0], tf.float64)
b = tf.constant([3.0, 4.0], tf.float64)
c = tf.zeros(2, tf.float64)
c = tf.add(a, b)
c = tf.multiply(c, 2.0)
c = tf.sqrt(c)
print(c.numpy())
