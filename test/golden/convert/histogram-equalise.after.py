"""Histogram equalisation of an 8-bit image."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(2)
image = tf.cast(tf.clip_by_value(tf.round(tf.convert_to_tensor(rng.normal(100.0, 20.0, (32, 32)))), 0, 255), tf.int64)

levels = tf.range(256, dtype=tf.int64)
flat = tf.reshape(image, [-1])
histogram = tf.reduce_sum(tf.cast(tf.equal(flat[:, None], levels[None, :]), tf.int64), axis=0)
cdf = tf.math.cumsum(histogram)
lowest = tf.reduce_min(tf.boolean_mask(cdf, cdf > 0))
mapping = tf.round(tf.cast(cdf - lowest, tf.float64) / tf.cast(int(tf.size(image)) - lowest, tf.float64) * 255.0)
mapping = tf.cast(tf.clip_by_value(mapping, 0, 255), tf.int64)
equalised = tf.gather(mapping, image)

print("before", tf.reduce_min(image).numpy(), tf.reduce_max(image).numpy(), (tf.round(tf.math.reduce_std(tf.cast(image, tf.float64)) * 1000.0) / 1000.0).numpy())
print("after", tf.reduce_min(equalised).numpy(), tf.reduce_max(equalised).numpy(), (tf.round(tf.math.reduce_std(tf.cast(equalised, tf.float64)) * 1000.0) / 1000.0).numpy())
print("monotone", tf.reduce_all((mapping[1:] - mapping[:-1]) >= 0).numpy(), "used", tf.math.count_nonzero(histogram).numpy())
