import math
import tensorflow as tf


def rotation(angle):
    c, s = tf.cos(tf.constant(angle, tf.float64)), tf.sin(tf.constant(angle, tf.float64))
    return tf.stack([tf.stack([c, -s]), tf.stack([s, c])])


R = rotation(math.pi / 6)
point = tf.constant([1.0, 0.0], tf.float64)
for k in range(3):
    point = tf.linalg.matvec(R, point)
print((tf.reduce_max(tf.abs(R @ tf.transpose(R) - tf.eye(2, dtype=tf.float64))) < 1e-12).numpy(), point[1].numpy())
