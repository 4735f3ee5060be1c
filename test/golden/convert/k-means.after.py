import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
points = tf.convert_to_tensor(rng.normal(size=(30, 2)))


def kmeans(points, count, steps=5):
    centers = tf.gather(points, [0, 3])
    labels = tf.zeros(len(points), tf.int64)
    for _ in range(steps):
        distances = tf.sqrt(tf.reduce_sum((points[:, None] - centers[None]) ** 2, axis=2))
        labels = tf.argmax(-distances, axis=1)
        for j in range(count):
            centers = tf.tensor_scatter_nd_update(centers, [[j]], [tf.reduce_mean(tf.boolean_mask(points, labels == j), axis=0)])
    return centers, labels


centers, labels = kmeans(points, 2)
print(centers.numpy(), labels.numpy())

# Several stores at once.
grid = tf.zeros((4, 5), tf.float64)
grid = tf.tensor_scatter_nd_update(grid, [[1, 2], [2, 3]], [1, 1])
corner = -tf.reduce_sum(grid)
grid = tf.tensor_scatter_nd_update(grid, [[0, 0], [3, 4]], [corner, corner])
print(grid.numpy())
