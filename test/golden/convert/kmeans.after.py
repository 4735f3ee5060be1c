import numpy as np
import tensorflow as tf

np.random.seed(2)
points = tf.convert_to_tensor(np.random.rand(50, 2))
centers = tf.identity(points[:3])
for step in range(5):
    distances = tf.Variable(tf.zeros((50, 3), tf.float64))
    for k in range(3):
        distances[:, k].assign(tf.reduce_sum((points - centers[k]) ** 2, axis=1))
    nearest = tf.argmax(-distances, axis=1)
    for k in range(3):
        members = tf.boolean_mask(points, nearest == k)
        centers = tf.tensor_scatter_nd_update(centers, [[k]], [tf.reduce_mean(members, axis=0)])
print(centers.numpy())
