import numpy as np
import tensorflow as tf

rng = np.random.default_rng(3)
data = tf.convert_to_tensor(rng.normal(5.0, 2.0, (20, 3)))
mean = tf.reduce_mean(data, axis=0)
std = tf.math.reduce_std(data, axis=0)
scaled = (data - mean) / std
print(tuple(scaled.shape), (tf.round(tf.reduce_mean(scaled) * 1e6) / 1e6).numpy() if False else tf.reduce_max(scaled).numpy())
print(f"mean {mean[0].numpy():.3f} std {std[0].numpy():.3f}")
