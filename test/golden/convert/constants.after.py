import math
import tensorflow as tf

angles = tf.linspace(tf.constant(0, tf.float64), math.pi, 5)
print(tf.reduce_sum(tf.sin(angles)).numpy(), (tf.constant([0.0, 180.0], tf.float64) * (math.pi / 180)).numpy())
limit = tf.constant([1.0, math.inf, -math.inf], tf.float64)
eps = tf.constant(2.220446049250313e-16, tf.float64)
print(limit.numpy(), (1.0 + eps > 1.0).numpy(), (tf.constant(2.5, tf.float64) * 2).numpy())
