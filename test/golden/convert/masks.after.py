import math
import tensorflow as tf

x = tf.constant([-2.0, -0.5, 0.0, 1.5, math.nan], tf.float64)
x = tf.where(x < 0, tf.constant(0.0, tf.float64), x)
x = tf.where(x != x, tf.constant(-1.0, tf.float64), x)
y = tf.constant([[1.0, 2.0], [3.0, 4.0]], tf.float64)
y = tf.where(y > 2.5, y * 10, y)
rows = tf.constant([True, False], tf.bool)
y = tf.where(rows[..., None], tf.constant(0.0, tf.float64), y)
print(x.numpy(), y.numpy())
