import math
import tensorflow as tf

x = tf.linspace(tf.constant(0, tf.float64), 2 * math.pi, 41)
y = tf.sin(x)
dy = (y[1:] - y[:-1]) / (x[1:] - x[:-1])
middle = (x[1:] + x[:-1]) / 2
error = tf.reduce_max(tf.abs(dy - tf.cos(middle)))
print((error < 0.01).numpy(), tuple(dy.shape))
