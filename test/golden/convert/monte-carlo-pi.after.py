import numpy as np
import tensorflow as tf

rng = np.random.default_rng(42)
points = tf.convert_to_tensor(rng.random((1000, 2))) * 2 - 1
inside = tf.reduce_sum(tf.cast(points[:, 0] ** 2 + points[:, 1] ** 2 <= 1, tf.int64))
print("pi is about", (tf.cast(4 * inside, tf.float64) / 1000).numpy())
