import numpy as np
import tensorflow as tf

np.random.seed(4)
image = tf.convert_to_tensor(np.random.rand(10, 10))
kernel = tf.ones((3, 3), tf.float64) / 9
h, w = image.shape
out = tf.zeros((h - 2, w - 2), tf.float64)
for i in range(h - 2):
    for j in range(w - 2):
        out = tf.tensor_scatter_nd_update(out, [[i, j]], [tf.reduce_sum(image[i:i + 3, j:j + 3] * kernel)])
print(tuple(out.shape), tf.reduce_mean(out).numpy())
