import math
import tensorflow as tf

x = tf.constant([1.0, 4.0, 9.0], tf.float64)
y = tf.sqrt(x) * math.pi
z = tf.zeros(2, tf.float64)
print(y.numpy(), z.numpy())
