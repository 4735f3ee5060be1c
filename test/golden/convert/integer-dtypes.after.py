import numpy as np
import tensorflow as tf

i = tf.constant([7, -7, 3], tf.int32)
j = tf.constant([2, 2, 2], tf.int64)
print((i // 2).numpy(), (i % 2).numpy(), (tf.cast(i, tf.int64) * j).numpy().dtype == np.int64, tf.reduce_sum(tf.cast(i, tf.int64)).numpy(), tf.reduce_mean(tf.cast(i, tf.float64)).numpy())
u = tf.constant([200, 100], tf.uint8)
print((u + u).numpy(), (u * 2).numpy(), (tf.cast(u, tf.float64) / 2).numpy(), (tf.cast(u, tf.int64) * 2).numpy(), (u > 150).numpy())
k = tf.cast(i, tf.float32)
print((k * 0.5).numpy(), tf.reduce_sum(k).numpy(), tf.reduce_max(tf.cast(k, tf.float64) + tf.cast(i, tf.float64)).numpy())
