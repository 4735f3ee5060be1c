"""One attention head with a causal mask."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(4)
length, width = 5, 8
tokens = tf.convert_to_tensor(rng.normal(0.0, 1.0, (2, length, width)))
Wq, Wk, Wv = tf.convert_to_tensor(rng.normal(0.0, 0.5, (3, width, width)))
q, k, v = tokens @ Wq, tokens @ Wk, tokens @ Wv
scores = q @ tf.transpose(k, [0, 2, 1]) / tf.sqrt(tf.constant(width, tf.float64))
causal = tf.greater(tf.range(length, dtype=tf.int64)[None, :], tf.range(length, dtype=tf.int64)[:, None])
scores = tf.where(causal, tf.constant(-1e9, tf.float64), scores)
scores = scores - tf.reduce_max(scores, axis=-1, keepdims=True)
weights = tf.exp(scores)
weights = weights / tf.reduce_sum(weights, axis=-1, keepdims=True)
output = weights @ v
normed = (output - tf.reduce_mean(output, axis=-1, keepdims=True)) / tf.sqrt(tf.math.reduce_variance(output, axis=-1, keepdims=True) + 1e-5)
hidden = tf.maximum(normed, 0.0)
pooled = tf.squeeze(tf.reduce_mean(hidden, axis=1, keepdims=True), axis=[1])
print(tuple(output.shape), (tf.round(output[0, 0] * 1e5) / 1e5).numpy())
print((tf.round(weights[1] * 1e4) / 1e4).numpy())
print("rows sum to one", bool(tf.reduce_all(tf.abs(tf.reduce_sum(weights, axis=-1) - 1.0) <= 1e-08 + 1e-05)), (tf.round(pooled * 1e4) / 1e4).numpy())
print("gate", (tf.round(tf.reduce_sum(tf.tanh(pooled)) * 1e6) / 1e6).numpy(), "order", tf.cast(tf.argsort(pooled[0], stable=True), tf.int64).numpy())
