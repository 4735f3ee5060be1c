import numpy as np
import tensorflow as tf


def pairwise(points):
    difference = points[:, None, :] - points[None, :, :]
    return tf.sqrt(tf.reduce_sum(difference ** 2, axis=-1))


np.random.seed(8)
points = tf.convert_to_tensor(np.random.rand(6, 2))
distances = pairwise(points)
print(tuple(distances.shape), tf.reduce_max(distances).numpy())
nearest = tf.cast(tf.argsort(distances, axis=1, stable=True), tf.int64)[:, 1]
print(nearest.numpy())
