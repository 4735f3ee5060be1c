import numpy as np
import tensorflow as tf

np.random.seed(6)
samples = tf.convert_to_tensor(np.random.randn(50, 3))
centered = samples - tf.reduce_mean(samples, axis=0)
covariance = tf.transpose(centered) @ centered / (len(samples) - 1)
deviation = tf.sqrt(tf.linalg.diag_part(covariance))
correlation = covariance / (deviation[:, None] * deviation[None, :])
print(tuple(correlation.shape), tf.linalg.diag_part(correlation).numpy())
